"""Reads table 四: groups of columns side by side above one line of figures.

A label that nobody knows is a group where it stands over several columns or in the place of one;
its figures are then kept apart. Where heads and figures do not count alike nothing is guessed.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter
from typing import NamedTuple

from checker.assemble.fold import fold_text
from checker.assemble.gaps import gaps
from checker.assemble.grid import assign, counts_up, joined
from checker.assemble.lines import Line
from checker.assemble.reading import PrintedColumn, PrintedValue, TableReading, is_value
from checker.assemble.sequence import JOIN, Token, fit_values
from checker.domain.document import TableCell

_FIRST = attrgetter("first")
_ADDED = "extra."  # begins the ids of columns that the form does not have
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_THIS_YEAR = re.compile("[本今当]年|本期|本报告期")


class _Group(NamedTuple):
    """A heading over columns; ``id`` is empty where the form has none like it."""

    id: str
    label: TableCell
    first: int
    last: int


class _Figures(NamedTuple):
    """A line of figures, and the name that stands before it."""

    name: TableCell | None
    cells: Sequence[TableCell]


class _Label(NamedTuple):
    """A label of a text; ``kind`` is ``row``, ``column`` or empty when it is not known."""

    kind: str
    id: str
    cell: TableCell


def read_across(lines: Sequence[Line], reading: TableReading, *, year: int | None = None) -> None:
    """Read a table 四 whose printed geometry is exact.

    Its groups may stand below each other in pieces, each with heads of its own. Of several lines
    of figures that are named after years the one of the report is read.

    Args:
        lines: of the table.
        reading: receives what is read.
        year: of the report.
    """
    heads: list[PrintedColumn] = []
    groups: list[_Group] = []
    figures: list[_Figures] = []
    begun = False
    for line in lines:
        leaves = [c for c in line.cells if c.text and not is_value(c.text)]
        if heads and groups and _is_named_line(leaves, line.cells, reading):
            figures.append(_figures(line.cells, heads, groups))
            continue
        if figures and any(_names_group(c, line.cells, reading) for c in leaves):
            begun |= _across_values(figures, heads, groups, reading, year)
            heads, groups, figures = [], [], []  # another piece, below the first
        for cell in leaves:
            span = (cell.column, cell.column + cell.column_span)
            if groups and (groups[-1].label.text, groups[-1].last) == (cell.text, cell.column):
                # Written out in every place of a merged cell.
                groups[-1] = groups[-1]._replace(last=span[1])
            elif _names_group(cell, line.cells, reading):
                groups.append(_Group(reading.row_head(cell) or "", cell, *span))
            elif reading.index.find(cell.text, "group") is None:
                heads.append(PrintedColumn(reading.column_head(cell), *span))
        heads = joined(heads)
        values = [c for c in line.cells if is_value(c.text)]
        if leaves or not values:
            continue
        if heads and groups and (not figures or any(c.text for c in values)):
            figures.append(_figures(values, heads, groups))
        elif begun and any(c.text for c in values):
            reading.add_extra_row(None, [])
    if figures:
        _across_values(figures, heads, groups, reading, year)


def _is_named_line(
    leaves: Sequence[TableCell], cells: Sequence[TableCell], reading: TableReading
) -> bool:
    """Whether a line holds the figures of at least one group, and a name or remark beside them."""
    many = len(reading.spec.blocks[0].columns)
    return (
        bool(leaves)
        and sum(bool(c.text) and is_value(c.text) for c in cells) >= many
        and not any(reading.index.find(c.text) for c in leaves)
    )


def _figures(
    cells: Sequence[TableCell], heads: Sequence[PrintedColumn], groups: Sequence[_Group]
) -> _Figures:
    """A line without what stands beside the groups."""
    owned = [h for h in heads if _owner(h, groups)]
    apart = [h for h in heads if h not in owned and h.id.startswith(_ADDED)]
    first = min((h.first for h in owned), default=0)
    in_place = any(c.column == first for c in cells)
    beside = [
        c
        for c in cells
        if (in_place and c.column < first) or any(h.first <= c.column < h.last for h in apart)
    ]
    names = [c for c in beside if c.column < first and c.text]
    return _Figures(names[0] if names else None, [c for c in cells if c not in beside])


def _own_line(figures: Sequence[_Figures], year: int | None) -> _Figures | None:
    """The line of the report; None when several may be."""
    unnamed = [f for f in figures if f.name is None]
    if len(figures) == 1:
        return figures[0]
    if len(unnamed) == len(figures):
        return figures[0] if all(_weaker(f, figures[0]) for f in figures[1:]) else None
    own = [f for f in figures if f.name is not None and _names_year(f.name.text, year)]
    if len(own) == 1:
        return own[0]
    return unnamed[0] if len(unnamed) == 1 and not own else None


def _weaker(other: _Figures, first: _Figures) -> bool:
    """Whether a line has fewer figures than the first one, or the same."""
    texts = [[c.text for c in f.cells if c.text] for f in (other, first)]
    return len(texts[0]) < len(texts[1]) or texts[0] == texts[1]


def _names_year(text: str, year: int | None) -> bool:
    """Whether a line is named after the year of the report: 2024年, 本年度."""
    years = [int(y) for y in _YEAR.findall(fold_text(text))]
    return years == [year] if years else _THIS_YEAR.search(text) is not None


def _names_group(cell: TableCell, line: Sequence[TableCell], reading: TableReading) -> bool:
    """Whether a cell is a heading over columns: known, or reaching over the ones right of it."""
    find = reading.index.find
    if find(cell.text, "row") is not None:
        return True
    if find(cell.text, "group", "column") is not None:
        return False
    beside = next((c for c in line if c.column == cell.column + 1), None)
    return cell.column_span > 1 or (beside is not None and beside.text in ("", cell.text))


def _across_values(
    figures: Sequence[_Figures],
    heads: Sequence[PrintedColumn],
    groups: Sequence[_Group],
    reading: TableReading,
    year: int | None,
) -> bool:
    """Attribute the line of figures of the report to groups and columns; the others are added."""
    figures = [f for f in figures if not counts_up(f.cells)] or figures
    filled = [f for f in figures if f.name is not None or any(c.text for c in f.cells)]
    figures = filled or figures
    own = _own_line(figures, year)
    cells = own.cells if own is not None else [c for f in figures for c in f.cells]
    owned = [h for h in heads if _owner(h, groups) or not h.id.startswith(_ADDED)]
    ordered = sorted(owned, key=_FIRST)
    values = assign(cells, ordered) if own is not None else None
    owners = [_owner(h, groups) for h in ordered]
    pairs = [(o, h.id) for o, h in zip(owners, ordered, strict=True)]
    for other in figures:
        if own is not None and other is not own:
            reading.add_extra_row(other.name, [])
    if values is None or None in owners or len(set(pairs)) < len(pairs):
        for row in reading.spec.blocks[0].rows:
            reading.unreadable_row(row, cells[0], reading.spec.blocks[0].columns, cells)
        return True
    for group in dict.fromkeys(o for o in owners if o):
        members = [v for v, o in zip(values, owners, strict=True) if o == group]
        if group.id:
            reading.add_row(group.id, None, members)
        else:
            reading.add_extra_row(group.label, members)
    return True


def _owner(head: PrintedColumn, groups: Sequence[_Group]) -> _Group | None:
    """The narrowest group heading above a column head.

    Pipe tables have no spans: a heading stands over its first column and the fields right of it
    are empty, so it reaches to the next heading.
    """
    over = [g for g in groups if g.first <= head.first < g.last]
    if over:
        return min(over, key=lambda g: g.last - g.first)
    before = [g for g in groups if g.first <= head.first and g.last - g.first == 1]
    return max(reversed(before), key=_FIRST) if before else None


def read_across_sequence(items: Sequence[Token], reading: TableReading) -> None:
    """Read a table 四 of which only the order of cells is known: heads, then figures by groups."""
    block = reading.spec.blocks[0]
    labels, values = _walk(items, reading)
    k = len(block.columns)
    wanted = len(block.rows) * k
    fitted = fit_values(values, wanted)
    while fitted is None and values and not values[0].text:
        values = values[1:]
        fitted = fit_values(values, wanted)
    groups, heads = _rows_in_place(labels, reading), [b for b in labels if b.kind != "row"]
    if fitted is None or len(groups) < len(block.rows) or not _orderly(heads, groups, reading):
        for row in block.rows if items else ():
            reading.unreadable_row(row, items[0].cell, block.columns, values)
        return
    names = [reading.column_head(h.cell) for h in heads if h not in groups]
    for j, group in enumerate(groups):
        part = zip(names[j * k : (j + 1) * k], fitted[j * k : (j + 1) * k], strict=True)
        printed = [PrintedValue(c, v) for c, v in part]
        name = group.id if group.kind else reading.row_head(group.cell)
        if name is not None:
            reading.add_row(name, None, printed)
        else:
            reading.add_extra_row(group.cell, printed)


def _walk(items: Sequence[Token], reading: TableReading) -> tuple[list[_Label], list[TableCell]]:
    """The labels, and the figures behind the last of them."""
    labels: list[_Label] = []
    values: list[TableCell] = []
    i = 0
    while i < len(items):
        cell = items[i].cell
        used = 1
        if is_value(cell.text):
            if labels:
                values.append(cell)
        else:
            values = []
            label, used = _label(items, i, reading)
            labels += [label] if label else []
        i += used
    return labels, values


def _label(items: Sequence[Token], i: int, reading: TableReading) -> tuple[_Label | None, int]:
    """A label of table 四 and how many cells it was made of; None for one over several groups."""
    cell, text = items[i].cell, ""
    for used, item in enumerate(items[i : i + JOIN], start=1):
        text += item.cell.text
        match = reading.index.find(text)
        if match is not None:
            whole = cell if used == 1 else replace(cell, text=text)
            known = match.kind in ("row", "column")
            return (_Label(match.kind, match.id, whole) if known else None), used
    return _Label("", "", cell), 1


def _rows_in_place(labels: Sequence[_Label], reading: TableReading) -> list[_Label]:
    """The headings of the groups in print order, with unknown ones where known ones are missing.

    Fewer than the form has when it cannot be told which of the unknown labels is one.
    """
    official = reading.spec.blocks[0].rows
    rows = [b for b in labels if b.kind == "row"]
    unknown = [b for b in labels if not b.kind]
    if len(rows) == len(official):
        return rows if [b.id for b in rows] == list(official) else []
    if len(rows) + len(unknown) != len(official):
        return []
    both = [b for b in labels if b in rows or b in unknown]
    order = [b.id or f"{number}" for number, b in enumerate(both)]
    placed = [len(gap.missing) == len(gap.added) for gap in gaps(order, official)]
    return both if placed and all(placed) else []


def _orderly(heads: Sequence[_Label], groups: Sequence[_Label], reading: TableReading) -> bool:
    """Whether the column heads are those of the form in its order, unknown ones in their place."""
    block = reading.spec.blocks[0]
    official = list(block.columns) * len(block.rows)
    columns = [h.id for h in heads if h not in groups]
    return len(columns) == len(official) and all(
        not printed or printed == column for printed, column in zip(columns, official, strict=True)
    )
