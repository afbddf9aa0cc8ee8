"""A row that is wrong throughout is told in one breath, not cell by cell."""

import pytest

from checker.answers import Conversation, answer
from checker.checks import run_checks
from tests.builders import APPLICANTS, clean_report


@pytest.mark.parametrize("question", ["第1条应该填多少", "第1条怎么改", "总计应该填几"])
def test_what_a_row_left_0_should_hold_is_said_once(question: str) -> None:
    plan = clean_report()
    for column in (*APPLICANTS, "total"):
        plan.set_cell(f"requests/total/{column}", "0")
    told = answer(question, run_checks(plan.report()), context=Conversation())
    assert told.text.count("应为：自然人52、商业企业4") == 1
    assert told.text.count("（七）总计”行") == 1
    assert f"requests/total/{APPLICANTS[0]}" in told.highlight
