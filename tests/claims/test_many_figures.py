"""A text with more figures than any report: the first are read, the others only listed."""

import pytest

from checker.assemble import assemble
from checker.checks import run_checks
from checker.claims.ledger import MOST_READ
from checker.domain.run import CheckRun
from checker.readers import read
from checker.settings import Limits

HEAD = "某区2023年政府信息公开工作年度报告\n一、总体情况\n"
EXTRA = 5


def _run(figures: int) -> CheckRun:
    text = HEAD + "全年发布政策解读3件。\n" * figures
    return run_checks(assemble(read(text.encode(), name="a.txt", limits=Limits())))


@pytest.mark.parametrize(("figures", "unread"), [(MOST_READ, 0), (MOST_READ + EXTRA, EXTRA)])
def test_what_stands_behind_the_first_thousands_is_listed_and_not_judged(
    figures: int, unread: int
) -> None:
    run = _run(figures)
    left = run.claims[len(run.claims) - unread :]
    assert len(run.claims) == figures
    assert [c.unread for c in run.claims].count(True) == unread
    assert not any(c.judged or c.checks or c.verdict != "not_enough_info" for c in left)
    assert all(str(MOST_READ) in c.reason for c in left)


def test_rules_of_the_ledger_do_not_pass_when_figures_were_left_out() -> None:
    ledger = {"N101", "A101", "A102"}
    for figures, told in ((3, False), (MOST_READ + EXTRA, True)):
        outcomes = [o for o in _run(figures).outcomes if o.rule in ledger]
        assert len(outcomes) == len(ledger)
        assert all((o.status == "not_judged") is told for o in outcomes)
