"""Finds the figures that a question sets side by side, or among which it asks for the most.

A blank or a word among them has no figure; nothing is taken for 0.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from checker.answers.cells import short_value
from checker.answers.locate import (
    TOTAL,
    Choice,
    Line,
    Pick,
    chosen,
    find_lines,
    group_name,
    inside,
    lines_of,
    picks,
)
from checker.answers.parse import Token
from checker.answers.view import View
from checker.checks.operands import number
from checker.domain.report import split_address
from checker.rulebook import TableSpec

TWO: Final = 2
_ROW_KINDS: Final = ("row", "group")
_APPLICATIONS: Final = ("requests", "new_received")


class Amount(NamedTuple):
    """A figure to compare.

    Attributes:
        cells: one, or those that are added.
        value: None when one of them holds no figure; ``note`` says what it holds.
    """

    name: str
    cells: tuple[str, ...]
    value: Decimal | None
    note: str = ""

    @property
    def told(self) -> str:
        """Its name and what is printed."""
        return f"“{self.name}”{self.note if self.value is None else number(self.value)}"


class Contest(NamedTuple):
    """Figures of one kind; ``where`` is what they have in common."""

    where: str
    amounts: tuple[Amount, ...]


def find_contests(
    view: View, *, places: tuple[Token, ...], tables: tuple[str, ...]
) -> tuple[Contest, ...]:
    """The figures that two or more words of a question set side by side.

    Args:
        view: the report.
        places: words that name rows, columns or groups.
        tables: only these; all when empty.
    """
    found: dict[Contest, None] = {}
    for spec in specs_of(view, tables):
        for picked in picks(spec, places):
            sides = [_line(view, spec, side) for side in _sides(spec, picked)]
            lines = [line for line in sides if line is not None]
            if len(lines) == len(sides) > 1 and len({x.cells for x in lines}) == len(lines):
                found |= dict.fromkeys(_contests(view, spec, lines))
    if not found and len(places) == TWO:
        found |= dict.fromkeys(_across_tables(view, places, tables))
    return tuple(found)


def find_members(
    view: View, *, places: tuple[Token, ...], tables: tuple[str, ...]
) -> tuple[Contest, ...]:
    """The figures among which the most or the least is asked: of one row, column or group.

    Without a place it is the applications received, by kind of applicant.
    """
    found: dict[Contest, None] = {}
    for spec in specs_of(view, tables):
        ways = picks(spec, places) if places else iter(())
        if not places and spec.id == _APPLICATIONS[0]:
            ways = iter(((Pick("row", _APPLICATIONS[1]),),))
        for picked in ways:
            if members := tuple(_members(view, spec, chosen(spec, picked))):
                where = f"表{spec.ordinal}{_where(view, spec, chosen(spec, picked))}"
                found[Contest(where, members)] = None
    return tuple(found)


# -- what is set side by side ------------------------------------------------------------


def specs_of(view: View, tables: tuple[str, ...]) -> Iterator[TableSpec]:
    """The tables that are named; all when none is."""
    return (s for s in view.specs if not tables or s.id in tables)


def _sides(spec: TableSpec, picked: tuple[Pick, ...]) -> tuple[tuple[Pick, ...], ...]:
    """The words that stand against each other, each with the words that both share."""
    picked = tuple(dict.fromkeys(_without_outer_groups(spec, picked)))
    column_groups = {c.group for c in spec.columns}
    rows = [p for p in picked if p.kind in _ROW_KINDS and p.id not in column_groups]
    columns = [p for p in picked if p not in rows]
    if len(rows) > 1 and len(columns) < TWO:
        return tuple((r, *columns) for r in rows)
    if len(columns) > 1 and len(rows) < TWO:
        return tuple((*rows, c) for c in columns)
    return tuple(zip(rows, columns, strict=True)) if len(rows) == len(columns) > 1 else ()


def _without_outer_groups(spec: TableSpec, picked: tuple[Pick, ...]) -> Iterator[Pick]:
    rows = [p.id for p in picked if p.kind == "row"]
    return (p for p in picked if p.kind != "group" or not any(inside(spec, r, p.id) for r in rows))


def _line(view: View, spec: TableSpec, side: tuple[Pick, ...]) -> Line | None:
    lines = tuple(lines_of(view, spec, chosen(spec, side)))
    return lines[0] if len(lines) == 1 else None


def _across_tables(
    view: View, places: tuple[Token, ...], tables: tuple[str, ...]
) -> Iterator[Contest]:
    """Two words of different tables, where each names one figure."""
    amounts = []
    for place in places:
        lines = find_lines(view, places=(place,), tables=tables)
        if len(lines) != 1 or (cells := _summary(view, lines[0])) is None:
            return
        amounts.append(_amount(view, _whole_name(view, cells), cells))
    yield Contest("", tuple(amounts))


def _summary(view: View, line: Line) -> tuple[str, ...] | None:
    """The cells of the one figure of a line: its only one, its total, its sum."""
    if line.summed or len(line.cells) == 1:
        return line.cells
    totals = tuple(a for a in line.cells if split_address(a).column == TOTAL)
    return totals if len(totals) == 1 else None


def _contests(view: View, spec: TableSpec, lines: Sequence[Line]) -> Iterator[Contest]:
    """One contest for each row or column that all lines have a figure in."""
    if all(x.summed or len(x.cells) == 1 for x in lines):
        yield two_sides(view, spec, [x.cells for x in lines])
        return
    across = len({split_address(a).row for a in lines[0].cells}) == 1
    keyed = [{_key(a, across=across): (a,) for a in x.cells} for x in lines if not x.summed]
    if len(keyed) < len(lines):  # a sum against a whole row: the sum is of its total column
        cells = [x.cells if x.summed else _summary(view, x) for x in lines]
        if all(c is not None for c in cells):
            yield two_sides(view, spec, [c for c in cells if c is not None])
        return
    for key in _keys(spec, keyed, across=across):
        yield two_sides(view, spec, [k[key] for k in keyed])


def _key(address: str, *, across: bool) -> str:
    parts = split_address(address)
    return parts.column if across else parts.row


def _keys(
    spec: TableSpec, keyed: Sequence[Mapping[str, tuple[str, ...]]], *, across: bool
) -> list[str]:
    """What the lines share: the total when there is one, else everything that is no detail."""
    shared = [k for k in keyed[0] if all(k in other for other in keyed)]
    if TOTAL not in shared:
        return shared
    if across:
        return [TOTAL]
    outside = {r.id for r in spec.rows if r.group is None or r.id == TOTAL}
    return [k for k in shared if k in outside]


def two_sides(view: View, spec: TableSpec, sides: Sequence[tuple[str, ...]]) -> Contest:
    """Figures with what they share said once."""
    rows = {split_address(a).row for cells in sides for a in cells}
    columns = {split_address(a).column for cells in sides for a in cells}
    if len(columns) == 1:
        (column,) = columns
        where = f"表{spec.ordinal}“{view.column_name(spec.id, column)}”列"
        names = [_row_side(view, spec, cells) for cells in sides]
    elif len(rows) == 1:
        (row,) = rows
        where = f"表{spec.ordinal}“{view.row_name(spec.id, row)}”行"
        names = [_column_side(view, spec, cells) for cells in sides]
    else:
        where = ""
        names = [_whole_name(view, cells) for cells in sides]
    amounts = (_amount(view, n, c) for n, c in zip(names, sides, strict=True))
    return Contest(where, tuple(amounts))


def _row_side(view: View, spec: TableSpec, cells: tuple[str, ...]) -> str:
    if len(cells) == 1:
        return view.short_row(spec.id, split_address(cells[0]).row)
    rows = tuple(dict.fromkeys(split_address(a).row for a in cells))
    for group in reversed(_parents(spec, rows[0])):
        if set(rows) == {r.id for r in spec.rows if r.id != TOTAL and inside(spec, r.id, group)}:
            return group_name(spec, group)
    return "＋".join(view.short_row(spec.id, r) for r in rows)


def _column_side(view: View, spec: TableSpec, cells: tuple[str, ...]) -> str:
    if len(cells) == 1:
        return view.column_name(spec.id, split_address(cells[0]).column)
    columns = [spec.column(split_address(a).column) for a in cells]
    groups = {c.group for c in columns if c}
    whole = [c for c in spec.columns if c.group in groups]
    if len(groups) == 1 and None not in groups and len(whole) == len(columns):
        return group_name(spec, str(whole[0].group))
    return "＋".join(c.name for c in columns if c)


def _parents(spec: TableSpec, row: str) -> list[str]:
    return [g.id for g in spec.groups if inside(spec, row, g.id)]


def _whole_name(view: View, cells: tuple[str, ...]) -> str:
    if len(cells) == 1:
        return view.label(cells[0])
    parts = split_address(cells[0])
    return _row_side(view, view.spec(parts.table), cells)


def _amount(view: View, name: str, cells: tuple[str, ...]) -> Amount:
    values = [view.value(a) for a in cells]
    numbers = [v.value for v in values if v is not None and v.value is not None]
    if len(numbers) == len(cells):
        return Amount(name, cells, sum(numbers, Decimal(0)))
    missing = next(v for v in values if v is None or v.value is None)
    held = short_value(missing)
    return Amount(name, cells, None, f"{held}" if len(cells) == 1 else f"里有{held}格")


# -- among which the most is asked -------------------------------------------------------


def _members(view: View, spec: TableSpec, choice: Choice) -> Iterator[Amount]:
    """The details of the one row, group or column that is named."""
    rows, columns = len(choice.rows), len(choice.columns)
    if choice.column_groups or max(rows + len(choice.row_groups), columns) > 1:
        return
    if choice.row_groups:
        (group,) = choice.row_groups
        column = choice.columns[0] if columns else TOTAL
        within = [r.id for r in spec.rows if inside(spec, r.id, group)]
        yield from _amounts(view, spec, within, column)
    elif rows and not columns:
        yield from _of_row(view, spec, choice.rows[0])
    elif columns and not rows:
        # Beside a row of totals only the rows under a heading are details.
        details = [r.id for r in spec.rows if r.group or spec.row(TOTAL) is None]
        yield from _amounts(view, spec, details, choice.columns[0])


def _of_row(view: View, spec: TableSpec, row: str) -> Iterator[Amount]:
    block = spec.block_of(row)
    for column in block.columns if block else ():
        if column != TOTAL:
            address = f"{spec.id}/{row}/{column}"
            yield _amount(view, view.column_name(spec.id, column), (address,))


def _amounts(view: View, spec: TableSpec, rows: Iterable[str], column: str) -> Iterator[Amount]:
    for row in rows:
        block = spec.block_of(row)
        if row != TOTAL and block is not None and column in block.columns:
            name = view.row_name(spec.id, row)
            yield _amount(view, name, (f"{spec.id}/{row}/{column}",))


def _where(view: View, spec: TableSpec, choice: Choice) -> str:
    rows = [f"“{view.row_name(spec.id, r)}”行" for r in choice.rows]
    rows += [f"“{group_name(spec, g)}”各行" for g in choice.row_groups]
    columns = [f"“{view.column_name(spec.id, c)}”列" for c in choice.columns]
    return "".join((*rows, *columns))
