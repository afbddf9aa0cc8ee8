"""A whole row or column as the one cause of many broken sums: left 0, copied, filled in wrongly.

It proposes what the line would have to hold and never writes it anywhere; lines that cannot
explain every broken sum at once are not named.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from checker.checks.repair import Equation, Repair, is_count, refill
from checker.domain.report import split_address


class Line(NamedTuple):
    """A row or a column of a table."""

    table: str
    row: str | None
    column: str | None


def wrong_lines(
    equations: Sequence[Equation],
    values: Mapping[str, Decimal | None],
    broken: Collection[str],
) -> tuple[Repair, ...]:
    """The changes within one row or column that make every equation hold, the fewest cells only.

    Args:
        equations: sums that hang together.
        values: printed values by cell.
        broken: ids of the sums that fail.
    """
    wrong = [{c for c, _ in e.terms} for e in equations if e.id in broken]
    wrong += [{c} for c, v in values.items() if v is not None and not is_count(v)]
    found: list[Repair] = []
    for line in lines_of(values):
        if all(not cells.isdisjoint(line) for cells in wrong):
            filled = refill(equations, values, line)
            if changes := tuple(f for f in filled if f.value != values[f.cell]):
                found.append(changes)
    fewest = min(map(len, found), default=0)
    return tuple(f for f in found if len(f) == fewest)


def lines_of(values: Mapping[str, Decimal | None]) -> Iterator[tuple[str, ...]]:
    """The printed figures of each row, then of each column."""
    rows: dict[tuple[str, str], list[str]] = {}
    columns: dict[tuple[str, str], list[str]] = {}
    for cell, value in values.items():
        if value is not None:
            table, row, column = split_address(cell)
            rows.setdefault((table, row), []).append(cell)
            columns.setdefault((table, column), []).append(cell)
    for cells in (*rows.values(), *columns.values()):
        yield tuple(cells)


def line_of(cells: Sequence[str]) -> Line:
    """The row or the column that all cells share; neither for cells here and there."""
    parts = [split_address(c) for c in cells]
    rows, columns = {p.row for p in parts}, {p.column for p in parts}
    return Line(
        table=parts[0].table,
        row=rows.pop() if len(rows) == 1 else None,
        column=columns.pop() if len(columns) == 1 else None,
    )
