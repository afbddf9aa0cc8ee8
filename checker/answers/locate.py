"""Finds the cells that the words of a question name; it tells nothing about them.

A word may name a row in one table and a column in another: every way in which all words of a
question fit into one table is kept.
"""

from collections.abc import Iterator
from itertools import product
from typing import Final, NamedTuple

from checker.answers.parse import Tag, TagKind, Token
from checker.answers.view import View
from checker.domain.report import split_address
from checker.rulebook import TableSpec

TOTAL: Final = "total"
MANY: Final = 10
"""Of more cells than these not all are told one by one."""


class Line(NamedTuple):
    """Cells that belong together: those of one row, or the members of one group.

    Attributes:
        name: how the answer calls it; empty when the cells speak for themselves.
        summed: the members of a group, whose sum is asked.
        printed: a subtotal printed in the heading of the group.
        main: those of a long column that are told when no others are asked for.
    """

    table: str
    name: str
    cells: tuple[str, ...]
    summed: bool = False
    printed: str | None = None
    main: tuple[str, ...] = ()


class Pick(NamedTuple):
    """What one word names within a table: a row, a column or a group."""

    kind: TagKind
    id: str


class Choice(NamedTuple):
    """One way to understand the places of a question, within one table."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    row_groups: tuple[str, ...]
    column_groups: tuple[str, ...]

    @property
    def rank(self) -> int:
        """How definite it is: row and column beat row beats column."""
        has_row = bool(self.rows or self.row_groups)
        has_column = bool(self.columns or self.column_groups)
        return 2 * has_row + has_column


def find_lines(
    view: View, *, places: tuple[Token, ...], tables: tuple[str, ...], every: bool = False
) -> tuple[Line, ...]:
    """The cells that the words of a question name, in every table where all words fit.

    Args:
        view: the report.
        places: words that name rows, columns or groups.
        tables: only these; all when empty.
        every: also the less definite ways to understand the words.
    """
    found: list[tuple[int, Line]] = []
    for spec in view.specs:
        if tables and spec.id not in tables:
            continue
        for picked in picks(spec, places):
            choice = chosen(spec, picked)
            found += [(choice.rank, line) for line in lines_of(view, spec, choice)]
    best = max((rank for rank, _ in found), default=0)
    return tuple(dict.fromkeys(line for rank, line in found if every or rank == best))


def carried_over(cells: tuple[str, ...], places: tuple[Token, ...]) -> tuple[Token, ...]:
    """The row or the column spoken of last, whichever a question such as "那商业企业呢" leaves out.

    Args:
        cells: addresses spoken of last.
        places: words of the question that name rows, columns or groups.
    """
    parts = [split_address(a) for a in cells]
    kinds = {t.kind for p in places for t in p.tags}
    rows = {f"{p.table}/{p.row}" for p in parts}
    columns = {f"{p.table}/{p.column}" for p in parts}
    if "column" in kinds and len(rows) == 1:
        return (Token("", frozenset({Tag("row", rows.pop())})),)
    if kinds & {"row", "group"} and len(columns) == 1:
        return (Token("", frozenset({Tag("column", columns.pop())})),)
    return ()


def picks(spec: TableSpec, places: tuple[Token, ...]) -> Iterator[tuple[Pick, ...]]:
    """Every way to understand all places within one table, in the order of the words."""
    options: list[list[Pick]] = []
    for place in places:
        own = [
            Pick(t.kind, t.value.partition("/")[2])
            for t in sorted(place.tags)
            if t.value.startswith(f"{spec.id}/")
        ]
        if not own:
            return
        options.append(own)
    yield from product(*options)


def chosen(spec: TableSpec, picked: tuple[Pick, ...]) -> Choice:
    """What was picked, by kind."""
    column_groups = {c.group for c in spec.columns}
    groups = [p.id for p in picked if p.kind == "group"]
    return Choice(
        rows=tuple(dict.fromkeys(p.id for p in picked if p.kind == "row")),
        columns=tuple(dict.fromkeys(p.id for p in picked if p.kind == "column")),
        row_groups=tuple(g for g in groups if g not in column_groups),
        column_groups=tuple(g for g in groups if g in column_groups),
    )


def lines_of(view: View, spec: TableSpec, choice: Choice) -> Iterator[Line]:
    """The cells of one choice, row by row, group by group or column by column."""
    if choice.column_groups:
        yield from _organisations(view, spec, choice)
        return
    groups = tuple(g for g in choice.row_groups if not any(inside(spec, r, g) for r in choice.rows))
    if choice.rows or groups:
        for row in choice.rows:
            yield from _row_line(view, spec, row, choice.columns)
        for group in groups:
            yield from _group_lines(view, spec, group, choice.columns or (TOTAL,))
    else:
        for column in choice.columns:
            cells = tuple(
                f"{spec.id}/{r}/{column}" for b in spec.blocks if column in b.columns
                for r in b.rows
            )  # fmt: skip
            alone = len(cells) == 1
            name = "" if alone else f"表{spec.ordinal}“{view.column_name(spec.id, column)}”列"
            main = tuple(c for c in cells if _is_main(spec, split_address(c).row))
            yield Line(spec.id, name, cells, main=main if len(cells) > MANY else ())


def _is_main(spec: TableSpec, row: str) -> bool:
    """Whether a row is none of the details under a heading."""
    found = spec.row(row)
    return found is not None and (found.group is None or row == TOTAL)


def inside(spec: TableSpec, row: str, group: str) -> bool:
    """Whether a row belongs to a group, or to a group within it."""
    found = spec.row(row)
    parent = found.group if found else None
    while parent is not None:
        if parent == group:
            return True
        outer = spec.group(parent)
        parent = outer.group if outer else None
    return False


def _row_line(view: View, spec: TableSpec, row: str, columns: tuple[str, ...]) -> Iterator[Line]:
    block = spec.block_of(row)
    own = block.columns if block else tuple(
        split_address(a).column for a in view.cells if a.startswith(f"{spec.id}/{row}/")
    )  # fmt: skip
    if any(c not in own for c in columns):
        return
    wanted = columns or tuple(sorted(own, key=lambda c: c != TOTAL))
    cells = tuple(f"{spec.id}/{row}/{c}" for c in wanted)
    alone = columns or len(cells) == 1
    name = "" if alone else f"表{spec.ordinal}“{view.row_name(spec.id, row)}”行"
    yield Line(spec.id, name, cells)


def _group_lines(
    view: View, spec: TableSpec, group: str, columns: tuple[str, ...]
) -> Iterator[Line]:
    rows = tuple(r.id for r in spec.rows if r.id != TOTAL and inside(spec, r.id, group))
    for column in columns:
        whole = f"{spec.id}/{group}/{column}"
        printed = [a for a in (whole,) if a in view.cells]
        cells = tuple(f"{spec.id}/{r}/{column}" for r in rows)
        if printed and not any(a in view.cells for a in cells):
            yield Line(spec.id, "", (whole,))
            continue
        where = f"各行“{view.column_name(spec.id, column)}”列"
        name = f"表{spec.ordinal}“{group_name(spec, group)}”{where}"
        yield Line(spec.id, name, cells, summed=True, printed=whole if printed else None)


def _organisations(view: View, spec: TableSpec, choice: Choice) -> Iterator[Line]:
    rows = choice.rows or choice.row_groups
    for group in choice.column_groups:
        columns = tuple(c.id for c in spec.columns if c.group == group)
        for row in rows:
            if spec.row(row) is None:
                return
            cells = tuple(f"{spec.id}/{row}/{c}" for c in columns)
            label = group_name(spec, group)
            name = f"表{spec.ordinal}“{view.row_name(spec.id, row)}”行“{label}”各列"
            yield Line(spec.id, name, cells, summed=True)


def group_name(spec: TableSpec, group: str) -> str:
    """A group in the words of the form."""
    found = spec.group(group)
    return found.name if found else group


def total_beside(view: View, cells: tuple[str, ...]) -> Line | None:
    """The total that some cells belong to: of their row, of their group, of their column.

    None where the table has none, or the cells are totals themselves.
    """
    parts = [split_address(a) for a in cells]
    if len({p.table for p in parts}) != 1:
        return None
    spec = view.spec(parts[0].table)
    rows, columns = {p.row for p in parts}, {p.column for p in parts}
    if len(rows) == 1 and spec.column(TOTAL) is not None and columns != {TOTAL}:
        return Line(spec.id, "", (f"{spec.id}/{parts[0].row}/{TOTAL}",))
    if len(columns) != 1:
        return None
    column = parts[0].column
    if len(rows) > 1:
        return None if TOTAL in rows else Line(spec.id, "这几格", cells, summed=True)
    found = spec.row(parts[0].row)
    if found is not None and found.group is not None and found.id != TOTAL:
        return next(_group_lines(view, spec, found.group, (column,)), None)
    return None
