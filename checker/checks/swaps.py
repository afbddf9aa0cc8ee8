"""Two neighbours that stand in each other's cells: one slip, though two cells are wrong.

A swap counts as one change. It is only named when it explains more than changing cells one by one
does, and several that explain the same sums are named together.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from checker.checks.lines import lines_of
from checker.checks.repair import Equation, RepairResult, is_count, minimal_repairs

LEAST_REPAIRED = 2
"""A single sum is repaired by one cell as well as by two."""
MAX_ALIKE = 5
"""With more swaps that explain the same none is worth telling."""


class Swap(NamedTuple):
    """Two cells of one row or column, and the sums that hold once their figures change places."""

    cells: tuple[str, str]
    repaired: frozenset[str]


class Swapped(NamedTuple):
    """What is left when the swaps are undone.

    Attributes:
        swaps: each with those that explain the same sums as well.
        values: the printed ones, those of the swaps in each other's place.
        found: what else is wrong then.
    """

    swaps: tuple[tuple[Swap, ...], ...]
    values: Mapping[str, Decimal | None]
    found: RepairResult


def swapped_neighbours(
    equations: Sequence[Equation],
    values: Mapping[str, Decimal | None],
    found: RepairResult,
    *,
    max_changes: int,
    max_repairs: int,
) -> Swapped | None:
    """The swaps that, with what is left to change, take fewer changes than cells one by one.

    Args:
        equations: sums that hang together.
        values: printed values by cell, in the order of the table.
        found: the smallest repairs that change cells one by one.
        max_changes: the largest of them that was looked for.
        max_repairs: as many repairs are looked for.
    """
    fewest = len(found.repairs[0]) if found.repairs else max_changes + 1
    if fewest < LEAST_REPAIRED or len(found.broken) < LEAST_REPAIRED:
        return None
    if not all(is_count(v or 0) for v in values.values()):
        return None  # a swap would leave what is no count, or put it into another cell
    swaps = _alternatives(list(_swaps(equations, values, found.broken)))
    if not swaps:
        return None
    undone = dict(values)
    for one, two in (same[0].cells for same in swaps):
        undone[one], undone[two] = values[two], values[one]
    rest = minimal_repairs(
        equations, undone, max_changes=max(fewest - len(swaps) - 1, 0), max_repairs=max_repairs
    )
    touched = {c for same in swaps for s in same for c in s.cells}
    if not _explains(rest) or any(f.cell in touched for r in rest.repairs for f in r):
        return None
    changes = len(swaps) + (len(rest.repairs[0]) if rest.repairs else 0)
    return Swapped(swaps, undone, rest) if changes < fewest else None


def _alternatives(swaps: Sequence[Swap]) -> tuple[tuple[Swap, ...], ...]:
    """Those that repair the same sums together; none where a sum is repaired by others as well."""
    best = [s for s in swaps if not any(s.repaired < o.repaired for o in swaps)]
    groups: dict[frozenset[str], list[Swap]] = {}
    for swap in best:
        groups.setdefault(swap.repaired, []).append(swap)
    return tuple(
        tuple(same)
        for sums, same in groups.items()
        if len(same) <= MAX_ALIKE and all(o is sums or sums.isdisjoint(o) for o in groups)
    )


def _explains(rest: RepairResult) -> bool:
    return rest.complete and (bool(rest.repairs) or not rest.broken)


def _swaps(
    equations: Sequence[Equation], values: Mapping[str, Decimal | None], broken: Collection[str]
) -> Iterator[Swap]:
    """Neighbours of which every sum holds when they change places, though some did not before."""
    rests = {e.id: _rest(e, values) for e in equations}
    places: dict[str, dict[str, int]] = {}
    for equation in equations:
        for cell, coefficient in equation.terms:
            own = places.setdefault(cell, {})
            own[equation.id] = own.get(equation.id, 0) + coefficient
    for one, two in _neighbours(values):
        by = (values[two] or Decimal(0)) - (values[one] or Decimal(0))
        moved = {
            e: (places[one].get(e, 0) - places[two].get(e, 0)) * by
            for e in {**places[one], **places[two]}
        }
        repaired = frozenset(e for e in moved if e in broken)
        holds = all(
            moved[e] == 0 and e not in broken
            if (rest := rests[e]) is None
            else rest + moved[e] == 0
            for e in moved
        )
        if by and holds and len(repaired) >= LEAST_REPAIRED:
            yield Swap((one, two), repaired)


def _neighbours(values: Mapping[str, Decimal | None]) -> Iterator[tuple[str, str]]:
    """Figures beside each other in a row, or one below the other in a column."""
    for line in lines_of(values):
        yield from pairwise(line)


def _rest(equation: Equation, values: Mapping[str, Decimal | None]) -> Decimal | None:
    """What is left of a sum that should be 0; None when a cell of it has no value."""
    total = Decimal(0)
    for cell, coefficient in equation.terms:
        value = values.get(cell)
        if value is None:
            return None
        total += coefficient * value
    return total
