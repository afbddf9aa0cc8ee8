"""Finds the three statutory tables in a document and reads their cells by label."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from checker.assemble.across import read_across, read_across_sequence
from checker.assemble.added import without_added
from checker.assemble.gaps import out_of_order
from checker.assemble.grid import read_grid
from checker.assemble.image_pages import withhold_unread
from checker.assemble.labels import all_forms, label_index
from checker.assemble.lines import ORDER, Line, TableLines, form_score, table_lines, texts_of
from checker.assemble.nameless import Nameless, nameless_table
from checker.assemble.notes import without_notes
from checker.assemble.reading import TableReading
from checker.assemble.sequence import SequenceReader, tokens
from checker.assemble.settle import columns_by_row, settle
from checker.assemble.together import gather
from checker.assemble.unfollowed import withhold_unfollowed
from checker.assemble.withheld import left_open, withhold_deviations
from checker.domain.document import Document
from checker.domain.finding import Doubt
from checker.domain.locator import Locator
from checker.domain.quantity import CellValue
from checker.domain.report import (
    Deviation,
    FormId,
    ReportTable,
    Section,
    SectionId,
    TableId,
)
from checker.rulebook import TableSpec, form_for_year, load_forms

# A table speaks for a form when its labels fit it better by at least one exact label.
_DECISIVE = 3
_NEARLY = 0.7  # one block of 表二 in the words of another form leaves so many of the right ones


class FoundTables(NamedTuple):
    """The tables as read, the form of the report, and what may have been misread.

    Attributes:
        evidence: the label that speaks for the form, with its place.
    """

    tables: tuple[ReportTable, ...]
    form: FormId
    doubts: tuple[Doubt, ...]


def find_tables(
    document: Document, sections: Sequence[Section], *, year: int | None
) -> FoundTables:
    """Read the statutory tables.

    Args:
        document: what the reader found.
        sections: to tell in which section a table stands.
        year: the report year; decides between forms only where the labels do not.
    """
    found = table_lines(document, sections)
    forms = _forms(found, year)
    known = year is not None or any(map(_own_form, found))
    tables: list[ReportTable] = []
    doubts: list[Doubt] = []
    for item in found:
        reading = _read(item, forms[item.table], document, year)
        withhold_unread(reading, document, sections, form_known=known)
        if reading.cells or reading.subtotals:
            tables.append(_table(item, reading, forms[item.table], sections))
        else:
            doubts.append(_nothing_read(item, reading))
        doubts += reading.doubts
    form = _report_form(forms, tables, year)
    for nameless in _nameless(document, sections, form, {item.table for item in found}):
        tables.append(nameless.table)
        doubts.append(nameless.doubt)
    tables.sort(key=lambda t: ORDER.index(t.id))
    return FoundTables(tuple(tables), form, tuple(doubts))


def _nameless(
    document: Document, sections: Sequence[Section], form: FormId, found: Collection[TableId]
) -> Iterator[Nameless]:
    """The tables of the form of which only figures were found."""
    if form == "unknown":
        return
    for spec in load_forms()[form].tables:
        table = None if spec.id in found else nameless_table(document, sections, form, spec)
        if table is not None:
            yield table


def _nothing_read(item: TableLines, reading: TableReading) -> Doubt:
    """Labels of a table without a single cell: a list in prose, or a table that we cannot read."""
    return Doubt(
        kind="missing_cells",
        message=f"找到了表{reading.spec.ordinal}的一些行名或列名，但没有读到任何数字格，这张表没有参加核对。"
        "请对照原件，或换用 Word 文件再检查。",
        locator=item.lines[0].cells[0].locator,
    )


def _forms(found: Sequence[TableLines], year: int | None) -> dict[TableId, FormId]:
    """The form of each table: by its own labels, else by the other tables, else by the year."""
    usual = form_for_year(load_forms(), year)
    of_year = usual.id if usual else None
    own: dict[TableId, FormId | None] = {t.table: _own_form(t, of_year) for t in found}
    by_labels = own.get("proactive") or own.get("requests")
    fallback = by_labels or of_year or all_forms()[-1].id
    mixed = of_year is not None and by_labels not in (None, of_year)
    for item in found if mixed else ():
        if own[item.table] is None and _leaning(item) not in (None, by_labels):
            own[item.table] = of_year  # 表二 was taken over from another year's report alone
    return {table: form or fallback for table, form in own.items()}


def _own_form(item: TableLines, of_year: FormId | None = None) -> FormId | None:
    """The form whose labels a table carries, None when they fit several.

    One row （六）其他处理 where the 2021 form has three fits the older form as well; such a table
    does not decide. Nor does one in which the labels of the form of its year are nearly as many.
    """
    (best, form), (second, other) = _scores(item)
    if other == of_year and second >= best * _NEARLY:
        return None
    return form if best - second > _DECISIVE else None


def _leaning(item: TableLines) -> FormId | None:
    """The form that a table fits better, if only by one row."""
    (best, form), (second, _) = _scores(item)
    return form if best > second else None


def _scores(item: TableLines) -> tuple[tuple[int, FormId], tuple[int, FormId]]:
    """How well a table fits the forms: the best and the next."""
    texts = texts_of(item.lines)
    scored = ((form_score(texts, f.id, item.table), f.id) for f in all_forms())
    first, second, *_ = sorted(scored, reverse=True)
    return first, second


def _report_form(
    forms: dict[TableId, FormId], tables: Sequence[ReportTable], year: int | None
) -> FormId:
    """That of the tables; where they differ, the one of the year if any has it."""
    if not tables:
        return "unknown"
    usual = form_for_year(load_forms(), year)
    if usual is not None and any(t.form == usual.id for t in tables if t.id != "appeals"):
        return usual.id
    return forms.get("proactive") or forms.get("requests") or tables[0].form


def _read(item: TableLines, form: FormId, document: Document, year: int | None) -> TableReading:
    index = label_index(form, item.table)
    printed = without_added(without_notes(item.lines, index), index)
    item = item._replace(lines=printed.lines)
    reading = TableReading(index)
    for head in printed.remarks:
        reading.added_column(head)
    exact = all(line.table.geometry == "grid" for line in item.lines)
    across = index.spec.orientation == "across" and not _rows_downwards(item.lines, reading)
    if across and exact:
        read_across(item.lines, reading, year=year)
    elif across:
        read_across_sequence(tokens(item.lines), reading)
    elif exact:
        read_grid(item.lines, reading)
    else:
        SequenceReader(reading).read(tokens(item.lines))
    settle(reading)
    reading.settle_unnamed()
    reading.finish()
    gather(reading)
    _compare_with_form(reading)
    blocks = {line.block for line in item.lines}
    unfollowed = None if exact else withhold_unfollowed(reading, document, blocks)
    doubts = left_open(document, blocks, reading.doubts)
    if doubts:
        withhold_deviations(reading, doubts, document)
    if unfollowed is not None:
        reading.doubts.append(unfollowed)
    return reading


def _rows_downwards(lines: Sequence[Line], reading: TableReading) -> bool:
    """Whether somebody printed table 四 with its groups below each other."""
    rows = [
        line.cells[0]
        for line in lines
        if line.cells
        and reading.index.find(line.cells[0].text, "row")
        and any(c.text.isdigit() for c in line.cells[1:])
    ]
    return len(rows) >= 2


def _compare_with_form(reading: TableReading) -> None:
    """Note rows and columns that are missing, merged or out of order."""
    spec = reading.spec
    if not reading.cells and not reading.subtotals:
        return
    merged = _merged_groups(reading)
    for row in spec.rows:
        if row.id not in reading.row_order and row.group not in merged:
            reading.deviate("missing_row", row.id, official=row)
    for group in merged:
        label = reading.group_labels[group]
        reading.deviations.append(
            Deviation(
                kind="merged_rows",
                printed=label.text,
                official="；".join(r.label for r in spec.rows if r.group == group),
                id=group,
                locator=label.locator,
            )
        )
    if reading.column_order:
        for column in spec.columns:
            if column.id not in reading.column_order and _column_due(spec, column.id, reading):
                reading.deviate("missing_column", column.id, official=column)
    _note_order(reading)


def _column_due(spec: TableSpec, column: str, reading: TableReading) -> bool:
    """A column is missing only when rows that should have it were printed."""
    return any(
        row in reading.row_order
        for block in spec.blocks
        if column in block.columns
        for row in block.rows
    )


def _merged_groups(reading: TableReading) -> list[str]:
    """Groups that were printed as one row of figures, without any of their rows.

    Their figures are cells of the report (``requests/other/total``), not subtotals.
    """
    merged: list[str] = []
    for group in reading.spec.groups:
        members = [r.id for r in reading.spec.rows if r.group == group.id]
        if not members or any(m in reading.row_order for m in members):
            continue
        if any(a.split("/")[1] == group.id for a in reading.subtotals):
            merged.append(group.id)
    return merged


def _note_order(reading: TableReading) -> None:
    """Rows and columns out of the order of the form: those outside the longest ordered run."""
    spec = reading.spec
    for row in out_of_order(reading.row_order, [row.id for row in spec.rows]):
        label = reading.labels.get(row)
        printed = label.cell if label else None
        reading.deviate("reordered_row", row, printed=printed, official=spec.row(row))
    unread = {u.row for u in reading.unreadable}
    for row, columns in columns_by_row(reading).items():
        block = None if row in unread else spec.block_of(row)
        for column in out_of_order(columns, block.columns) if block else ():
            head = reading.column_heads.get(column)
            reading.deviate("reordered_column", column, printed=head, official=spec.column(column))


def _table(
    item: TableLines, reading: TableReading, form: FormId, sections: Sequence[Section]
) -> ReportTable:
    merged = set(_merged_groups(reading))
    cells = dict(reading.cells)
    subtotals = []
    for address, cell in reading.subtotals.items():
        if address.split("/")[1] in merged:
            cells[address] = cell
        else:
            subtotals.append(cell)
    order = {a: i for i, a in enumerate(reading.spec.addresses())}
    blocks = tuple(dict.fromkeys(line.block for line in item.lines))
    first, last = item.lines[0].cells[0].locator, item.lines[-1].cells[-1].locator
    return ReportTable(
        id=item.table,
        form=form,
        cells=tuple(sorted(cells.values(), key=lambda c: order.get(c.address, len(order)))),
        subtotals=tuple(subtotals),
        deviations=tuple(reading.deviations),
        withheld=tuple(reading.withheld),
        section=_section_of(first, sections),
        blocks=blocks,
        locator=Locator(start=first.start, end=last.end, block=first.block, page=first.page),
    )


def _section_of(place: Locator, sections: Sequence[Section]) -> SectionId | None:
    """The section in which a table begins; titles of several may be rows of one printed table."""
    holding = [
        s
        for s in sections
        if s.first_block <= place.block < s.last_block and s.locator.start <= place.start
    ]
    return holding[-1].id if holding else None


def empty_everywhere(tables: Sequence[ReportTable]) -> bool:
    """Whether tables were found and nothing is printed in any cell of them."""
    return bool(tables) and all(not c.value.printed for t in tables for c in t.cells)


def unfilled(found: FoundTables) -> FoundTables:
    """Tables without any figure as the blank ones of a form.

    Where only the order of cells is known a row without figures could as well have lost them; of a
    form that nobody has filled in nothing is lost.
    """
    blank = CellValue(printed="", presence="blank")
    tables = tuple(
        t.model_copy(
            update={"cells": tuple(c.model_copy(update={"value": blank}) for c in t.cells)}
        )
        for t in found.tables
    )
    doubts = tuple(d for d in found.doubts if d.kind != "missing_cells")
    return found._replace(tables=tables, doubts=doubts)
