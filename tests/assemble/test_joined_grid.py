"""One printed table that holds several statutory ones, with the titles of sections as rows."""

import pytest

from checker.domain.run import CheckRun
from checker.pipeline import check_report
from checker.readers.builder import RawCell
from tests.builders import Grid, Heading, ReportPlan, clean_report
from tests.renderers import render

_WIDTH = 20


class _Joined(ReportPlan):
    """A report whose second to fourth sections are one printed table."""

    def items(self) -> list[Heading | Grid]:
        items = super().items()
        starts = [n for n, i in enumerate(items) if isinstance(i, Heading) and i.rank == 1]
        first, behind = starts[1], starts[4]
        cells: list[RawCell] = []
        row = 0
        for item in items[first:behind]:
            if isinstance(item, Heading):
                cells.append(RawCell(item.text, row, 0, column_span=_WIDTH))
                row += 1
                continue
            width = max(c.column + c.column_span for c in item.cells)
            for cell in item.cells:
                last = cell.column + cell.column_span == width
                span = _WIDTH - cell.column if last else cell.column_span
                cells.append(cell._replace(row=cell.row + row, column_span=span))
            row += max(c.row + c.row_span for c in item.cells)
        return [*items[:first], Grid("proactive", tuple(cells)), *items[behind:]]


def _checked(kind: str, *, appeals_in: str = "appeals") -> CheckRun:
    plan = _Joined(**vars(clean_report()))
    if appeals_in == "requests":
        plan.move_table("appeals", "requests").set_section("appeals", "情况见上表。")
    return check_report(render(plan, kind), name=f"a.{kind}")


@pytest.mark.parametrize("kind", ["docx", "html", "txt", "md"])
def test_titles_as_rows_head_their_tables(kind: str) -> None:
    run = _checked(kind)
    assert not run.findings
    assert {t.id: t.section for t in run.report.tables} == {
        "proactive": "proactive",
        "requests": "requests",
        "appeals": "appeals",
    }


def test_a_table_above_its_title_stands_in_the_section_before() -> None:
    run = _checked("docx", appeals_in="requests")
    (finding,) = [f for f in run.findings if f.rule == "F104"]
    assert "表四" in finding.message
