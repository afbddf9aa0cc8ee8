"""Reads statutory tables whose printed geometry is exact (Word, web page, ruled PDF)."""

from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from checker.assemble.lines import Line
from checker.assemble.notes import row_in
from checker.assemble.reading import PrintedColumn, PrintedValue, TableReading, is_value
from checker.domain.document import TableCell
from checker.domain.finding import Doubt

_FIRST = attrgetter("first")
_NUMBERED = 5  # figures that count up by one; fewer may be those of a row
_NOWHERE = -1  # the column of heads that were moved away from their figures


def read_grid(lines: Sequence[Line], reading: TableReading) -> None:
    """Read a table whose rows are printed below each other (tables 二 and 三)."""
    heads: list[PrintedColumn] = []
    in_header = False
    block = -1
    for number, line in enumerate(lines):
        if _is_heading(line, reading):
            heads, in_header = [], False
        elif is_header(line, reading):
            heads = joined([*(heads if in_header else ()), *_heads(line, reading)])
            in_header = True
            block = line.block
        elif in_header and counts_up(line.cells) and _named(line.cells, reading) is None:
            continue
        else:
            heads, in_header = _placed(heads, reading) if in_header else heads, False
            if heads and line.block != block:
                heads, block = _moved(heads, lines[number:]), line.block
            heads = _fit(heads, line, reading)
            _data_line(line, heads, reading)


def counts_up(cells: Sequence[TableCell]) -> bool:
    """Whether a line only numbers the columns: 1, 2, 3 … below their heads."""
    figures = [c.text for c in cells if _is_figure(c)]
    return len(figures) >= _NUMBERED and figures == [str(n + 1) for n in range(len(figures))]


def _moved(heads: list[PrintedColumn], lines: Sequence[Line]) -> list[PrintedColumn]:
    """Heads of another piece of the table over the columns of this one, which may count otherwise.

    The first row with as many figures as there are heads tells where the columns are.
    """
    ordered = sorted(heads, key=_FIRST)
    if ordered[0].first == _NOWHERE:
        return heads
    for line in lines:
        if line.block != lines[0].block:
            break
        at = next((i for i, c in enumerate(line.cells) if c.text and is_value(c.text)), None)
        values = () if at is None else line.cells[at:]
        if len(values) == len(ordered):
            return [
                head._replace(first=v.column, last=v.column + v.column_span)
                for head, v in zip(ordered, values, strict=True)
            ]
    return heads


def joined(heads: Sequence[PrintedColumn]) -> list[PrintedColumn]:
    """Heads with those as one that are written out in every place of a merged cell."""
    whole: list[PrintedColumn] = []
    for head in heads:
        if whole and (whole[-1].id, whole[-1].last) == (head.id, head.first):
            whole[-1] = whole[-1]._replace(last=head.last)
        elif head not in whole:
            whole.append(head)
    return whole


def _placed(heads: list[PrintedColumn], reading: TableReading) -> list[PrintedColumn]:
    """Heads whose places tell at least their order; else all of them nowhere.

    A heading over them that reaches too far down, or not far enough, leaves a hole or two heads
    above each other, and an order that is not that of the form.
    """
    ordered = sorted(heads, key=_FIRST)
    form = [c.id for c in reading.spec.columns]
    known = [form.index(h.id) for h in ordered if h.id in form]
    whole = all(a.last == b.first for a, b in pairwise(ordered))
    if whole or all(a < b for a, b in pairwise(known)):
        return heads
    return [h._replace(first=_NOWHERE, last=_NOWHERE) for h in heads]


def is_header(line: Line, reading: TableReading) -> bool:
    """Whether a line holds column heads: no figure, and a corner or two heads of columns."""
    texts = [c for c in line.cells if c.text]
    if any(_is_figure(c) for c in texts):
        return False
    if any(reading.index.find(c.text, "corner") for c in texts):
        return True
    named = sum(1 for c in texts if reading.index.find(c.text, "column"))
    return named >= 2 or (named >= 1 and any(reading.column_group(c.text) for c in texts))


def _is_figure(cell: TableCell) -> bool:
    return bool(cell.text) and is_value(cell.text)


def _is_heading(line: Line, reading: TableReading) -> bool:
    """Whether a line is the heading of a block (第二十条第（一）项)."""
    for cell in line.cells:
        match = reading.index.find(cell.text, "heading") if cell.text else None
        if match is not None:
            reading.headings.append(match.id)
            return True
    return False


def _heads(line: Line, reading: TableReading) -> list[PrintedColumn]:
    """The column heads of a header line; corner and group cells are no columns."""
    heads: list[PrintedColumn] = []
    for cell in line.cells:
        if not cell.text or reading.index.find(cell.text, "corner"):
            continue
        if reading.index.find(cell.text, "column") is None and (
            cell.column == 0 or reading.index.find(cell.text, "group")
        ):
            continue
        name = reading.column_head(cell)
        heads.append(PrintedColumn(name, cell.column, cell.column + cell.column_span))
    return heads


def _fit(heads: list[PrintedColumn], line: Line, reading: TableReading) -> list[PrintedColumn]:
    """Column heads for a line; without printed heads those of the form, with a doubt."""
    if heads:
        return heads
    values = [c for c in line.cells if is_value(c.text)]
    label = next((c for c in line.cells if not is_value(c.text)), None)
    match = reading.index.find(label.text, "row") if label else None
    block = reading.spec.block_of(match.id) if match else None
    if block is None or len(values) != len(block.columns):
        return heads
    reading.doubts.append(
        Doubt(
            kind="order",
            message=f"表{reading.spec.ordinal}“{label.text if label else ''}”行起，"
            "上方没有读到列名，按官方表式的列序读取，请核对。",
            quote=label.text if label else "",
            locator=line.cells[0].locator,
        )
    )
    return [
        PrintedColumn(c, v.column, v.column + v.column_span)
        for c, v in zip(block.columns, values, strict=True)
    ]


def _run_together(line: Line, reading: TableReading) -> bool:
    """Whether a label and its figures stand in one cell: the row is there, its figures are not."""
    row = row_in(line.cells[0].text, reading.index) if len(line.cells) == 1 else None
    if row is None:
        return False
    block = reading.spec.block_of(row)
    reading.unreadable_row(row, line.cells[0], block.columns if block else (), line.cells)
    return True


def _data_line(line: Line, heads: Sequence[PrintedColumn], reading: TableReading) -> None:
    if _run_together(line, reading):
        return
    labels, cells, values = _parts(line, sorted(heads, key=_FIRST), reading)
    label = next((c for c in reversed(labels) if c.text), None)
    if label is None and not any(c.text for c in cells):
        return
    for heading in labels:
        reading.add_heading_figure(heading)
    row = _row_of(labels, reading) if label else None
    group = reading.index.find(label.text, "group") if label else None
    if row is not None and label is not None:
        _keep(reading, row, label, values, cells)
    elif group is not None and label is not None:
        if any(c.text for c in cells) and values is not None:
            reading.add_subtotal(group.id, label, values)
            if label is not labels[-1]:
                reading.unnamed[group.id] = values
    elif any(_is_figure(c) for c in cells) or (label and values and group is None):
        reading.add_extra_row(label, values or [])


def _keep(
    reading: TableReading,
    row: str,
    label: TableCell,
    values: Sequence[PrintedValue] | None,
    cells: Sequence[TableCell],
) -> None:
    if values is not None:
        reading.add_row(row, label, values)
        return
    block = reading.spec.block_of(row)
    reading.unreadable_row(row, label, block.columns if block else (), cells)


class _Parts(NamedTuple):
    """Label cells and value cells of a line, and the values by columns where that is certain."""

    labels: list[TableCell]
    cells: list[TableCell]
    values: list[PrintedValue] | None


def _parts(line: Line, heads: Sequence[PrintedColumn], reading: TableReading) -> _Parts:
    """Where the labels of a line end.

    The column heads tell, unless the label that names the row stands on the other side of that
    border: heading cells that reach too far down, or are not there, push a row aside. The places
    of its figures then say nothing; only their order does, where there are as many as heads.
    """
    cells = list(line.cells)
    border = _border(cells, heads)
    named = _named(cells, reading)
    pushed = named is not None and (
        named >= border or any(_is_figure(c) for c in cells[named + 1 : border])
    )
    if named is None or not pushed:
        return _Parts(cells[:border], cells[border:], assign(cells[border:], heads))
    labels, figures = cells[: named + 1], cells[named + 1 :]
    in_place = heads and figures[0].column == heads[0].first
    return _Parts(labels, figures, assign(figures, heads) if in_place else paired(figures, heads))


def _border(cells: Sequence[TableCell], heads: Sequence[PrintedColumn]) -> int:
    """The first value cell of a line by the column heads.

    A piece of a table on the next page may have other grid columns; there the border is the first
    cell that holds a value.
    """
    starts = {h.first for h in heads}
    if not starts.isdisjoint([c.column for c in cells]):
        return sum(c.column < min(starts) for c in cells)
    return next((i for i, c in enumerate(cells) if c.text and is_value(c.text)), len(cells))


def _named(cells: Sequence[TableCell], reading: TableReading) -> int | None:
    """The last cell that names a row and has something that may be a value behind it."""
    behind = False
    for i in range(len(cells) - 1, -1, -1):
        text = cells[i].text
        if is_value(text):
            behind = True
        elif behind and text and reading.index.find(text, "row") is not None:
            return i
    return None


def assign(cells: Sequence[TableCell], heads: Sequence[PrintedColumn]) -> list[PrintedValue] | None:
    """Value cells by the columns they stand under; None when that cannot be told.

    Exact positions decide; when they do not fit (a piece of a table with other grid columns),
    equal numbers of cells and heads are paired in order. Heads above each other have none.
    """
    as_many = len(cells) == len(heads)
    if as_many and all(c.column == h.first for c, h in zip(cells, heads, strict=True)):
        return _in_order(cells, heads)  # nearly every line
    values: list[PrintedValue] = []
    used: set[int] = set()
    covering: dict[int, list[int]] = {}
    for i, cell in enumerate(cells):
        for column in range(cell.column, cell.column + cell.column_span):
            covering.setdefault(column, []).append(i)
    for head in heads:
        below = covering.get(head.first, [])
        if len(below) != 1:
            break
        cell = cells[below[0]]
        if below[0] in used and cell.text:
            break
        used.add(below[0])
        values.append(PrintedValue(head.id, cell))
    else:
        if all(i in used or not c.text or _again(c, heads, values) for i, c in enumerate(cells)):
            return values
    return paired(cells, heads)


def _again(cell: TableCell, heads: Sequence[PrintedColumn], values: Sequence[PrintedValue]) -> bool:
    """Whether a cell says again what stands in the first place below its head."""
    return any(
        head.first < cell.column < head.last
        and value.cell is not None
        and value.cell.text == cell.text
        for head, value in zip(heads, values, strict=True)
    )


def paired(cells: Sequence[TableCell], heads: Sequence[PrintedColumn]) -> list[PrintedValue] | None:
    """As many value cells as heads beside each other, in their order; else None."""
    beside = len({h.first for h in heads}) == len(heads) == len(cells)
    return _in_order(cells, heads) if beside else None


def _in_order(cells: Sequence[TableCell], heads: Sequence[PrintedColumn]) -> list[PrintedValue]:
    return [PrintedValue(h.id, c) for h, c in zip(heads, cells, strict=True)]


def _row_of(labels: Sequence[TableCell], reading: TableReading) -> str | None:
    """The row that the label cells name: the last one, or several joined (1. | 属于国家秘密)."""
    texts = [c for c in labels if c.text]
    last = texts[-1]
    if reading.index.find(last.text, "row") is None and len(texts) > 1:
        joined = "".join(c.text for c in texts[-2:])
        if reading.index.find(joined, "row") is not None:
            return reading.row_head(last, text=joined)
    if reading.index.find(last.text, "group") is not None and (
        reading.index.find(last.text, "row") is None
    ):
        return None
    return reading.row_head(last)
