"""All columns or rows moved along together: a doubt, with every explanation that fits."""

from collections.abc import Callable, Sequence

import pytest

from checker.checks import run_checks
from checker.domain.run import CheckRun
from tests.builders import APPLICANTS, clean_report

COLUMNS = (*APPLICANTS, "total")
_SUMS = ("T301", "T302", "T303", "T304")


def _run(change: Callable[[Sequence[str]], Sequence[str]], text: str = "") -> CheckRun:
    """The clean report with every row of table 三 changed in the same way."""
    plan = clean_report()
    if text:
        plan.sections["overview"] = [*plan.sections["overview"], text]
    for row, cells in list(plan.tables["requests"].items()):
        printed = change([cells[c] for c in COLUMNS])
        for column, figure in zip(COLUMNS, printed, strict=True):
            plan.set_cell(f"requests/{row}/{column}", figure)
    return run_checks(plan.report())


def _told(run: CheckRun) -> list[str]:
    return [d.message for d in run.doubts if d.kind == "shifted_cells"]


def _right(own: Sequence[str]) -> list[str]:
    return ["", *own[:-1]]


def test_all_columns_moved_behind_a_blank_one_are_one_doubt() -> None:
    run = _run(_right)
    (message,) = _told(run)
    assert message.startswith(
        "表三各列的数看来都右移了一列：“自然人”列全空，“总计”列印的是“其他”列的数，"
        "“总计”列原来的数没有印出。移回后，不相等的"
    )
    assert not [f for f in run.findings if f.rule in (*_SUMS, "C101")]
    assert run.verdict == "review"
    outcomes = {o.rule: (o.status, o.reason) for o in run.outcomes}
    assert outcomes["T303"] == (
        "not_judged",
        "表三各列的数看来错了位，对照原件后才能核对有关合计。",
    )


def test_the_prose_is_held_against_the_figures_moved_back() -> None:
    received = clean_report().tables["requests"]["new_received"]["total"]
    text = f"（二）依申请公开。本年新收政府信息公开申请{received}件。"
    assert not [f for f in _run(_right, text).findings if f.rule == "N101"]
    (finding,) = [f for f in _run(_right, text.replace(received, "777")).findings
                  if f.rule == "N101"]  # fmt: skip
    assert finding.verdict == "review"


@pytest.mark.parametrize(
    ("change", "swapped", "moved"),
    [
        (
            lambda own: [own[-1], *own[:-1]],
            "“自然人”列和“总计”列",
            "都右移了一列（“总计”列的数印在“自然人”列）",
        ),
        (
            lambda own: [*own[1:], own[0]],
            "“其他”列和“总计”列",
            "都左移了一列（“自然人”列的数印在“总计”列）",
        ),
        (
            lambda own: [*own[-2:], *own[:-2]],
            "“商业企业”列和“总计”列",
            "都右移了2列（移出一边的，接在另一边）",
        ),
    ],
)
def test_a_rotation_is_told_beside_the_swap_that_fits_as_well(
    change: Callable[[Sequence[str]], Sequence[str]], swapped: str, moved: str
) -> None:
    run = _run(change)
    (message,) = _told(run)
    assert f"可能是{swapped}互换了（或名称印反了），也可能是各列{moved}" in message
    assert "程序分不清是哪一种" in message
    assert not [f for f in run.findings if f.rule in _SUMS]
    assert run.verdict == "review"


@pytest.mark.parametrize("blank", [True, False])
def test_all_rows_moved_down_are_one_doubt(*, blank: bool) -> None:
    plan = clean_report()
    rows = plan.tables["requests"]
    figures = [dict(cells) for cells in rows.values()]
    empty = dict.fromkeys(COLUMNS, "")
    moved = [empty if blank else figures[-1], *figures[:-1]]
    for row, cells in zip(rows, moved, strict=True):
        for column, figure in cells.items():
            plan.set_cell(f"requests/{row}/{column}", figure)
    run = run_checks(plan.report())
    (message,) = _told(run)
    assert "表三各行的数看来都下移了一行" in message
    assert ("行全空" in message) == blank
    assert not [f for f in run.findings if f.rule in (*_SUMS, "C101")]


def test_a_first_column_left_blank_is_no_shift() -> None:
    run = _run(lambda own: ["", *own[1:]])
    assert not _told(run)
    assert "C101" in {f.rule for f in run.findings}


def test_a_blank_column_and_a_few_wrong_totals_are_no_shift() -> None:
    plan = clean_report()
    for row in plan.tables["requests"]:
        plan.set_cell(f"requests/{row}/natural_person", "")
    for row in ("granted", "total", "new_received"):
        plan.set_cell(f"requests/{row}/total", "1")
    run = run_checks(plan.report())
    assert not _told(run)
    assert {f.rule for f in run.findings} >= {"C101", "T303"}


def test_totals_that_are_all_one_too_high_are_no_rotation() -> None:
    run = _run(lambda own: [*own[:-1], str(int(own[-1]) + 1)])
    assert not _told(run)
    assert "T303" in {f.rule for f in run.findings}


def test_a_few_figures_in_a_table_of_zeros_are_no_rotation() -> None:
    plan = clean_report(base="all_zero")
    for column in ("natural_person", "total"):
        for row in ("granted", "new_received"):
            plan.set_cell(f"requests/{row}/{column}", "6")
    run = run_checks(plan.report())
    assert not _told(run)
    assert {f.rule for f in run.findings} == {"T302"}
