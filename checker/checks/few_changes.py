"""Smallest repairs of sums without blanks, by counting: every changed cell must be answered for.

A sum that fails needs a changed cell; a sum that holds and gets one needs a second. So few sets of
cells are left that each is simply solved. Where a set leaves a choice of values it gives up, and
``repair`` takes the long way.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from checker.checks.tableau import Number, Work

Terms = Sequence[tuple[str, int]]


_COST = 5
"""One cell tried, beside one entry of a tableau touched."""
_COST_SOLVED = 60
"""One set of cells solved."""


class Change(NamedTuple):
    """A cell and what it has to hold."""

    cell: str
    value: int


class UndeterminedError(Exception):
    """A set of cells could be repaired with several values; internal."""


class FewChanges:
    """The sums of a table in which every cell has a number.

    Args:
        sums: per sum its cells with their coefficients; each has to be 0.
        numbers: printed values by cell.
        work: the common budget.
    """

    def __init__(self, sums: Sequence[Terms], numbers: Mapping[str, Number], work: Work) -> None:
        self._work = work
        self._cells = list(dict.fromkeys(c for terms in sums for c, _ in terms))
        place = {c: i for i, c in enumerate(self._cells)}
        self._numbers = [numbers[c] for c in self._cells]
        self._factors: list[dict[int, int]] = [{} for _ in self._cells]
        self._rest: list[Number] = []
        for at, terms in enumerate(sums):
            for cell, factor in terms:
                own = self._factors[place[cell]]
                own[at] = own.get(at, 0) + factor
            self._rest.append(sum(f * numbers[c] for c, f in terms))
        self._members = [0] * len(sums)
        self._sums_of = [0] * len(self._cells)
        for cell_, factors in enumerate(self._factors):
            for at, factor in factors.items():
                if factor:
                    self._members[at] |= 1 << cell_
                    self._sums_of[cell_] |= 1 << at
        self._widest = max((m.bit_count() for m in self._sums_of), default=0)

    def smallest(self, most: int, limit: int) -> tuple[tuple[Change, ...], ...]:
        """All smallest sets of changes, at most so many; none when more cells have to change.

        Args:
            most: largest set that is looked for.
            limit: the search ends when it has so many sets.

        Raises:
            UndeterminedError: a set of cells leaves a choice of values.
            WorkLimitError: the budget is used up.
        """
        broken = sum(1 << i for i, r in enumerate(self._rest) if r)
        if not broken:
            return ((),)
        everything = (1 << len(self._cells)) - 1
        for size in range(1, most + 1):
            found = []
            for cells in self._sets(broken, everything, size):
                values = self._solved(cells)
                if values is not None:
                    found.append(values)
                    if len(found) >= limit:
                        break
            if found:
                return tuple(found)
        return ()

    def _sets(
        self, asked: int, allowed: int, left: int, covered: int = 0, cells: tuple[int, ...] = ()
    ) -> Iterator[tuple[int, ...]]:
        """Sets of exactly ``left`` more cells that answer for all sums asked.

        Args:
            asked: sums that still need a cell.
            allowed: cells that may be taken; no set is met twice.
            left: how many more are taken.
            covered: sums that have a changed cell.
            cells: those taken.
        """
        if not left:
            if not asked:
                yield cells
            return
        if asked.bit_count() > left * self._widest:
            return
        if asked:
            candidates = self._answering(asked, allowed, left)
        else:  # the cells taken do not suffice, or a smaller set would have been found
            candidates = self._beside(covered, allowed, left)
        self._work.spend(_COST * (1 + candidates.bit_count()))
        for cell in _bits(candidates):
            own = self._sums_of[cell]
            allowed &= ~(1 << cell)
            still = (asked & ~own) | (own & ~covered & ~asked)
            yield from self._sets(still, allowed, left - 1, covered | own, (*cells, cell))

    def _answering(self, asked: int, allowed: int, left: int) -> int:
        """Cells of which one must be taken; the last one has to answer for everything."""
        members = [self._members[i] & allowed for i in _bits(asked)]
        if left > 1:
            return min(members, key=int.bit_count)
        for other in members:
            allowed &= other
        return allowed

    def _beside(self, covered: int, allowed: int, left: int) -> int:
        """Cells that share a sum with those taken; the last one may touch no other sum."""
        near = 0
        for at in _bits(covered):
            near |= self._members[at]
        if left > 1:
            return near & allowed
        alone = (c for c in _bits(near & allowed) if not self._sums_of[c] & ~covered)
        return sum(1 << c for c in alone)

    def _solved(self, cells: Sequence[int]) -> tuple[Change, ...] | None:
        """The values that a set of cells needs; None when there are none from 0 up."""
        self._work.spend(_COST_SOLVED)
        at = sorted({i for c in cells for i in self._factors[c]})
        rows: list[list[Number]] = [
            [*(self._factors[c].get(i, 0) for c in cells), -self._rest[i]] for i in at
        ]
        by = _solution(rows, len(cells))
        if by is None:
            return None
        values = [self._numbers[c] + d for c, d in zip(cells, by, strict=True)]
        if any(v < 0 or v.denominator != 1 for v in values) or not all(by):
            return None
        changes = (
            Change(self._cells[c], int(v)) for c, v in sorted(zip(cells, values, strict=True))
        )
        return tuple(changes)


def _solution(rows: list[list[Number]], unknowns: int) -> list[Number] | None:
    """The one solution of a few linear equations, their right side last; None when there is none.

    Raises:
        UndeterminedError: there are several.
    """
    done = 0
    for column in range(unknowns):
        pivot = next((r for r in rows[done:] if r[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        first = pivot[column]
        pivot = [x if first == 1 else -x if first == -1 else Fraction(x) / first for x in pivot]
        rows = [_less(r, pivot, r[column]) for r in rows]
        rows.insert(done, pivot)
        done += 1
    if any(r[-1] for r in rows[done:]):
        return None
    if done < unknowns:
        raise UndeterminedError
    return [r[-1] for r in rows[:unknowns]]


def _less(row: list[Number], pivot: list[Number], times: Number) -> list[Number]:
    return [a - times * b for a, b in zip(row, pivot, strict=True)] if times else row


def _bits(mask: int) -> Iterator[int]:
    while mask:
        yield (mask & -mask).bit_length() - 1
        mask &= mask - 1
