"""Merged cells that a converter wrote out in every place are read as the cells they were."""

from collections.abc import Mapping

import pytest

from checker.assemble.tables import FoundTables, find_tables
from checker.domain.document import Document, Table
from checker.readers.builder import DocumentBuilder, RawCell
from tests.assemble.test_tables import expected, printed, table
from tests.builders import Grid, ReportPlan, clean_report


def written_out(
    plan: ReportPlan,
    *,
    change: tuple[str, int, str] | None = None,
    renamed: Mapping[str, str] | None = None,
) -> Document:
    """The report without any merged cell.

    Args:
        plan: the report.
        change: the label of a row, a column of its grid, and what to print there instead.
        renamed: other texts for some labels.
    """
    builder = DocumentBuilder("a.docx", b"x", "docx")
    for item in plan.items():
        if not isinstance(item, Grid):
            builder.paragraph(item.text)
            continue
        cells = [
            RawCell((renamed or {}).get(c.text, c.text), c.row + r, c.column + k)
            for c in item.cells
            for r in range(c.row_span)
            for k in range(c.column_span)
        ]
        if change is not None:
            rows = {c.row for c in cells if c.text == change[0]}
            cells = [
                c._replace(text=change[2]) if c.row in rows and c.column == change[1] else c
                for c in cells
            ]
        builder.table(cells, geometry="grid")
    return builder.build()


def found(document: Document) -> FoundTables:
    return find_tables(document, (), year=2024)


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_every_cell_is_read(form: str) -> None:
    plan = clean_report(form)
    result = find_tables(written_out(plan), (), year=plan.year)
    assert printed(result) == expected(plan)
    assert not result.doubts
    assert all(not t.deviations for t in result.tables)


def test_a_group_of_another_name_is_one_group() -> None:
    plan = clean_report()
    result = found(written_out(plan, renamed={"复议后起诉": "其他起诉情况"}))
    appeals = table(result, "appeals")
    (extra,) = [d for d in appeals.deviations if d.kind == "extra_row"]
    assert extra.printed == "其他起诉情况"
    assert len([c for c in appeals.cells if f"/{extra.id}/" in c.address]) == 5


def test_another_figure_below_a_head_written_out_is_a_doubt() -> None:
    plan = clean_report()
    result = found(written_out(plan, change=("行政许可", 2, "7")))
    cell = table(result, "proactive").cell("licensing", "decisions")
    assert cell is not None
    assert cell.value.presence == "unreadable"
    (doubt,) = result.doubts
    assert "行政许可" in doubt.message


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_labels_written_out_one_cell_a_line_are_those_of_one_row(form: str) -> None:
    plan = clean_report(form)
    builder = DocumentBuilder("a.txt", b"x", "txt")
    for block in written_out(plan).blocks:
        if isinstance(block, Table):
            texts = [c.text for c in block.cells]
            cells = [RawCell(text, row, 0) for row, text in enumerate(texts)]
            builder.table(cells, geometry="stream")
        else:
            builder.paragraph(block.text)
    result = find_tables(builder.build(), (), year=plan.year)
    requests = {a: v for a, v in expected(plan).items() if a.startswith("requests/")}
    assert {a: v for a, v in printed(result).items() if a in requests} == requests
    assert not [d for d in result.doubts if "表三" in d.message]
