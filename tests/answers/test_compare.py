"""Comparisons are right for every pair of figures, however they are named."""

from decimal import Decimal
from itertools import combinations, permutations

import pytest

from checker.answers import Conversation, answer
from checker.domain.run import CheckRun
from checker.rulebook import load_forms
from checker.rulebook.forms import ColumnSpec
from tests.answers.runs import sample_run

RUN = sample_run()
REQUESTS = load_forms()["2021"].table("requests")
COLUMNS = [c for c in REQUESTS.columns if c.id != "total"]
ROWS = [r for r in REQUESTS.rows if r.group in (None, "results")]


def ask(question: str, run: CheckRun = RUN) -> str:
    return answer(question, run, context=Conversation()).text


def value(row: str, column: str) -> Decimal | None:
    found = RUN.report.table("requests")
    assert found is not None
    cell = found.cell(row, column)
    assert cell is not None
    return cell.value.value


def said(first: str, gap: Decimal, second: str) -> str:
    if not gap:
        return f"“{first}”与“{second}”一样多"
    return f"“{first}”{'多' if gap > 0 else '少'}{abs(gap)}"


@pytest.mark.parametrize(("first", "second"), list(permutations(COLUMNS, 2)), ids=lambda c: c.id)
def test_every_two_kinds_of_applicants(first: ColumnSpec, second: ColumnSpec) -> None:
    gap = (value("new_received", first.id) or Decimal(0)) - (
        value("new_received", second.id) or Decimal(0)
    )
    told = ask(f"本年新收申请里{first.name}比{second.name}多多少")
    assert said(first.name, gap, second.name) in told


@pytest.mark.parametrize("own", COLUMNS, ids=lambda c: c.id)
def test_every_two_rows_in_every_column(own: ColumnSpec) -> None:
    for first, second in combinations(ROWS, 2):
        gap = (value(first.id, own.id) or Decimal(0)) - (value(second.id, own.id) or Decimal(0))
        told = ask(f"{own.name}列，{first.label}和{second.label}相差多少")
        assert said(first.name, gap, second.name) in told


def test_the_most_is_the_largest_figure_of_every_row() -> None:
    for row in ROWS:
        figures = {c.name: value(row.id, c.id) or Decimal(0) for c in COLUMNS}
        told = ask(f"{row.label}哪类申请人最多")
        largest = max(figures.values())
        ends = [n for n, v in figures.items() if v == largest]
        assert told.partition("最多的是")[2].startswith(f"“{ends[0]}”（{largest}）"), told
