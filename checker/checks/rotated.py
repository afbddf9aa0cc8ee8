"""All rows or all columns of a table one or more places off, proved by the sums.

Either what fell off at one end stands at the other, or the first line was left blank and what fell
off is nowhere. It moves no figure itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from checker.checks.exchanged import LEAST_REPAIRED, across
from checker.checks.printed_lines import PrintedLine
from checker.checks.repair import is_count
from checker.checks.sums import Sums

_LEAST_FILLED = {"column": 3, "row": 6}
"""So many lines hold figures: a few in a table of zeros would fit many places."""


class Rotation(NamedTuple):
    """All lines of one direction.

    Attributes:
        lines: a cell of each, in printed order.
        column: they are columns.
        step: so many places too far right or down the figures stand; below 0 left or up.
        lost: the first line is blank, and the figures of the last are not printed.
        changes: cells that would hold another figure, or one at all, with that figure.
        repaired: ids of the sums that fail as printed and hold then.
    """

    lines: tuple[str, ...]
    column: bool
    step: int
    lost: bool
    changes: Mapping[str, Decimal]
    repaired: frozenset[str]


def rotations(sums: Sums, lines: Sequence[PrintedLine]) -> tuple[Rotation, ...]:
    """Every way to move all lines of a table along that makes all sums hold.

    Args:
        sums: all sums of the table.
        lines: its rows and columns.
    """
    broken = frozenset(sums.broken)
    if len(broken) < LEAST_REPAIRED:
        return ()
    found: list[Rotation] = []
    for direction, least in _LEAST_FILLED.items():
        own = [x for x in lines if x.direction == direction]
        filled = sum(any(sums.values[c] for c in x.cells) for x in own)
        if filled >= least and all(across(x) == across(own[0]) for x in own):
            found += _in_direction(own, sums, broken)
    return tuple(found)


def _in_direction(
    lines: Sequence[PrintedLine], sums: Sums, broken: frozenset[str]
) -> Iterator[Rotation]:
    cells = [c for x in lines for c in x.cells]
    if not sums.unreadable.isdisjoint(cells):
        return
    ends = tuple(x.cells[0] for x in lines)
    column = lines[0].direction == "column"
    if sums.empty.isdisjoint(cells):
        for step in range(1, len(lines)):
            changes = _turned_back(lines, sums, step)
            if _holds(sums, changes, broken):
                short = step if 2 * step <= len(lines) else step - len(lines)
                yield Rotation(ends, column, short, False, changes, broken)
    elif sums.empty.issuperset(lines[0].cells) and _most_fail(lines, sums, broken):
        changes = _restored(lines, sums)
        if _holds(sums, changes, broken):
            yield Rotation(ends, column, 1, True, changes, broken)


def _turned_back(lines: Sequence[PrintedLine], sums: Sums, step: int) -> dict[str, Decimal]:
    """What the cells held before all lines moved on, the last ones to the beginning."""
    return {
        here: sums.values[there]
        for line, source in zip(lines, (*lines[step:], *lines[:step]), strict=True)
        for here, there in zip(line.cells, source.cells, strict=True)
        if sums.values[here] != sums.values[there]
    }


def _most_fail(lines: Sequence[PrintedLine], sums: Sums, broken: frozenset[str]) -> bool:
    """Whether most of what stands across the lines and holds figures does not add up.

    A first line that was only left blank breaks no sum.
    """
    filled = failing = 0
    for abreast in zip(*(x.cells for x in lines), strict=True):
        if any(sums.values[c] for c in abreast):
            filled += 1
            inside = (i for i in sums.touched(abreast) if sums.terms(i).keys() <= {*abreast})
            failing += not broken.isdisjoint(inside)
    return 2 * failing > filled


def _restored(lines: Sequence[PrintedLine], sums: Sums) -> dict[str, Decimal]:
    """What the cells held before the first line was put in; nothing when that cannot be told."""
    held = {
        here: sums.values[there]
        for line, source in pairwise(lines)
        for here, there in zip(line.cells, source.cells, strict=True)
    }
    for abreast in zip(*(x.cells for x in lines), strict=True):
        inside = [i for i in sums.of(abreast[-1]) if sums.terms(i).keys() <= {*abreast}]
        wanted = sums.left_for(abreast[-1], inside, held)
        if len(wanted) != 1:
            return {}
        held[abreast[-1]] = next(iter(wanted))
    blank = {*lines[0].cells}
    return {c: v for c, v in held.items() if v != sums.values[c] or c in blank}


def _holds(sums: Sums, changes: Mapping[str, Decimal], broken: frozenset[str]) -> bool:
    """Whether everything adds up with other figures in these cells."""
    touched = sums.touched(changes)
    return (
        broken <= {*touched}
        and all(map(is_count, changes.values()))
        and all(sums.holds(i, changes) for i in touched)
    )
