"""Two rows or two columns whose figures stand in each other's place, proved by the sums.

It is only found when every sum holds once the two are exchanged, and nothing else does that. It
moves no figure itself.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from checker.checks.printed_lines import PrintedLine
from checker.checks.sums import Sums
from checker.domain.report import split_address

LEAST_REPAIRED = 3
"""Fewer sums are as well repaired by single cells."""


class Exchange(NamedTuple):
    """Two lines of one table.

    Attributes:
        lines: a cell of each.
        column: they are columns.
        changes: cells that would hold another figure, with that figure.
        repaired: ids of the sums that fail as printed and hold then.
    """

    lines: tuple[str, str]
    column: bool
    changes: Mapping[str, Decimal]
    repaired: frozenset[str]


def exchanged_lines(sums: Sums, lines: Sequence[PrintedLine]) -> Exchange | None:
    """The two lines of a table that have to change places; None when it is not certain.

    Args:
        sums: all sums of the table.
        lines: its rows and columns.
    """
    broken = frozenset(sums.broken)
    if len(broken) < LEAST_REPAIRED:
        return None
    unknown = sums.empty | sums.unreadable
    # A line of zeros was rather left out than exchanged.
    known = [
        x for x in lines if unknown.isdisjoint(x.cells) and any(sums.values[c] for c in x.cells)
    ]
    found = [e for pair in combinations(known, 2) if (e := _exchange(*pair, sums, broken))]
    return found[0] if len(found) == 1 else None


def _exchange(
    one: PrintedLine, other: PrintedLine, sums: Sums, broken: frozenset[str]
) -> Exchange | None:
    if one.direction != other.direction or across(one) != across(other):
        return None
    changes: dict[str, Decimal] = {}
    for here, there in zip(one.cells, other.cells, strict=True):
        if sums.values[here] != sums.values[there]:
            changes |= {here: sums.values[there], there: sums.values[here]}
    if broken - {*sums.touched(changes)}:
        return None
    if not all(sums.holds(i, changes) for i in sums.touched(changes)):
        return None
    exact = (i for i in broken if not sums.rest(i) + sums.change(i, changes))
    if sum(1 for _ in exact) < LEAST_REPAIRED:
        return None  # the others hold with some figure in a blank, which proves nothing
    return Exchange((one.cells[0], other.cells[0]), one.direction == "column", changes, broken)


def across(line: PrintedLine) -> list[str]:
    """What tells the cells of a line from each other: the rows of a column."""
    parts = [split_address(c) for c in line.cells]
    return [p.row if line.direction == "column" else p.column for p in parts]
