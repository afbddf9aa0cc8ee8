"""What people read masks the numbers that a rule warns of; machines get the literal quotation."""

from typing import Literal

import pytest

from checker.answers import Conversation, answer
from checker.checks import run_checks
from checker.domain.run import CheckRun
from checker.output import CheckedFile, render
from checker.output.ledger import list_ledger
from tests.builders import clean_report
from ui import render as page
from ui.session import Session

NUMBER = "13800138000"
MASKED = "13*******00"


@pytest.fixture(scope="module")
def run() -> CheckRun:
    text = f"对申请均在15个工作日内答复，联系人手机{NUMBER}，共办结68件。"
    found = run_checks(clean_report().set_section("overview", text).report())
    assert {"W107", "L106"} <= {f.rule for f in found.findings}
    return found


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_no_readable_format_spreads_the_number(
    run: CheckRun, form: Literal["text", "markdown", "html"]
) -> None:
    told = render([CheckedFile(file="年报.txt", run=run)], form).replace("\\", "")
    assert NUMBER not in told
    assert MASKED in told


def test_json_keeps_the_literal_quotation(run: CheckRun) -> None:
    assert f'"{NUMBER}"' in render([CheckedFile(file="年报.txt", run=run)], "json")


def test_the_ledger_and_the_page_do_not_spread_it(run: CheckRun) -> None:
    session = Session().with_file("年报.txt", run=run)
    told = (list_ledger(run), page.findings(session), page.ledger(session))
    assert all(NUMBER not in t for t in told)
    assert MASKED in told[1]


@pytest.mark.parametrize(
    "question", ["有什么问题", "W107是什么问题", "总体情况写了什么", "第1条在哪里"]
)
def test_no_answer_spreads_it(run: CheckRun, question: str) -> None:
    assert NUMBER not in answer(question, run, context=Conversation()).text
