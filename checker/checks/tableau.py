"""Can a system of sums be met? Exact, step by step, with a reason when it cannot.

The simplex method with bounds of Dutertre and de Moura (2006): a sum that cannot be met shows
up as one row of the tableau, and the cells of that row are all that could repair it. Figures are
int or Fraction, never float. It does not choose which cells to change (``repair`` does).
"""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor

Number = int | Fraction
Row = dict[int, Number]


_BRANCH_COST = 1000
"""Dear, because branching on a system without integers need never end."""


class WorkLimitError(Exception):
    """More work than the caller allowed; internal, always caught by the search."""


class Work:
    """Counts table entries touched, so that the limit is the same on every machine."""

    def __init__(self, limit: int) -> None:
        self._left = limit

    def spend(self, amount: int) -> None:
        """Take from what is left.

        Raises:
            WorkLimitError: nothing is left.
        """
        self._left -= amount
        if self._left < 0:
            raise WorkLimitError


class Tableau:
    """Sums over variables with bounds; every sum has to be 0.

    Variables 0 … n-1 are the cells, then one per sum (its value, bounded to 0). Rows are replaced,
    never edited, so that copies share them.

    Args:
        sums: per sum the coefficient of each cell.
        printed: value of each cell, None where it may be any integer from 0 up.
        work: the common budget.
    """

    def __init__(self, sums: Sequence[Row], printed: Sequence[Number | None], work: Work) -> None:
        self._work = work
        self._cells = len(printed)
        self._rows: list[Row] = list(sums)
        self._basic = [self._cells + i for i in range(len(sums))]
        start: list[Number] = [0 if p is None else p for p in printed]
        totals: list[Number] = [sum(a * start[j] for j, a in row.items()) for row in sums]
        zeros: list[Number] = [0] * len(sums)
        self._value = start + totals
        self._low = start + zeros
        self._high: list[Number | None] = [*printed, *zeros]

    def copy(self) -> "Tableau":
        """An independent tableau in the same state."""
        self._work.spend(len(self._rows))
        twin = Tableau.__new__(Tableau)
        twin._work = self._work
        twin._cells = self._cells
        twin._rows = self._rows[:]
        twin._basic = self._basic[:]
        twin._value = self._value[:]
        twin._low = self._low[:]
        twin._high = self._high[:]
        return twin

    def value(self, cell: int) -> Number:
        """The present value of a cell; it meets all sums after a successful ``settle``."""
        return self._value[cell]

    def free(self, cell: int) -> None:
        """Allow a cell any integer from 0 up."""
        self._low[cell], self._high[cell] = 0, None
        value = self._value[cell]
        if value < 0 or value.denominator != 1:
            self._move(cell, 0)

    def at_least(self, cell: int, bound: int) -> None:
        """Raise the lower bound of a free cell."""
        self._low[cell] = bound
        if self._value[cell] < bound and cell not in self._basic:
            self._move(cell, bound)

    def at_most(self, cell: int, bound: int) -> None:
        """Lower the upper bound of a free cell."""
        self._high[cell] = bound
        if self._value[cell] > bound and cell not in self._basic:
            self._move(cell, bound)

    def is_determined(self, cell: int) -> bool:
        """Whether the fixed cells alone leave the cell one value; False proves nothing."""
        if cell not in self._basic:
            return self._low[cell] == self._high[cell]
        row = self._rows[self._basic.index(cell)]
        return all(self._low[j] == self._high[j] for j in row)

    def settle(self) -> tuple[Row, ...]:
        """Look for values within all bounds that meet all sums, fractions allowed.

        Returns:
            Empty when there are such values; else rows of which each one proves that there are
            none: at least one of its fixed cells would have to change.

        Raises:
            WorkLimitError: the budget is used up.
        """
        while True:
            self._work.spend(len(self._basic))
            wrong = sorted((b, i) for i, b in enumerate(self._basic) if not self._within(b))
            steps = [(i, self._entering(i)) for _, i in wrong]
            conflicts = tuple(self._rows[i] for i, entering in steps if entering is None)
            if conflicts or not steps:
                return conflicts
            # Bland's rule: always the smallest index, else the method may run in circles.
            row, entering = steps[0]
            if entering is not None:
                self._repair(row, entering)

    def is_whole(self) -> bool:
        """Whether integers can meet all sums and bounds; call it after ``settle`` succeeded.

        The tables of the form always give integers at once; branching is for other equations.

        Raises:
            WorkLimitError: the budget is used up.
        """
        cell = next((b for b in self._basic if self._value[b].denominator != 1), None)
        if cell is None:
            return True
        self._work.spend(_BRANCH_COST)
        below, above = self.copy(), self.copy()
        below.at_most(cell, floor(self._value[cell]))
        if not below.settle() and below.is_whole():
            return True
        above.at_least(cell, ceil(self._value[cell]))
        return not above.settle() and above.is_whole()

    def _within(self, variable: int) -> bool:
        value, high = self._value[variable], self._high[variable]
        return value >= self._low[variable] and (high is None or value <= high)

    def _entering(self, index: int) -> int | None:
        """The smallest variable of a row that can move its sum towards the bound."""
        basic = self._basic[index]
        rising = self._value[basic] < self._low[basic]
        best: int | None = None
        row = self._rows[index]
        self._work.spend(len(row))
        for j, a in row.items():
            if best is not None and j > best:
                continue
            value = self._value[j]
            if (a > 0) == rising:
                high = self._high[j]
                movable = high is None or value < high
            else:
                movable = value > self._low[j]
            if movable:
                best = j
        return best

    def _move(self, variable: int, value: Number) -> None:
        """Give a variable outside the basis another value."""
        delta = value - self._value[variable]
        self._value[variable] = value
        for row, basic in zip(self._rows, self._basic, strict=True):
            a = row.get(variable)
            if a is not None:
                self._value[basic] += a * delta

    def _repair(self, index: int, entering: int) -> None:
        """Bring the basic variable of a row to its bound and swap it with another."""
        leaving = self._basic[index]
        rising = self._value[leaving] < self._low[leaving]
        high = self._high[leaving]
        bound = self._low[leaving] if rising or high is None else high
        step = _divide(bound - self._value[leaving], self._rows[index][entering])
        self._move(entering, self._value[entering] + step)
        self._value[leaving] = bound
        self._pivot(index, leaving, entering)

    def _pivot(self, index: int, leaving: int, entering: int) -> None:
        old = self._rows[index]
        a = old[entering]
        solved = {j: _divide(-b, a) for j, b in old.items() if j != entering}
        solved[leaving] = _divide(1, a)
        self._rows[index] = solved
        self._basic[index] = entering
        for i, row in enumerate(self._rows):
            factor = row.get(entering)
            if i == index or factor is None:
                continue
            self._work.spend(len(row) + len(solved))
            changed = dict(row)
            del changed[entering]
            for j, b in solved.items():
                total = changed.get(j, 0) + factor * b
                if total:
                    changed[j] = total
                else:
                    del changed[j]
            self._rows[i] = changed


def _divide(a: Number, b: Number) -> Number:
    """Exact quotient, an int whenever it is one."""
    if b == 1:
        return a
    if b == -1:
        return -a
    quotient = Fraction(a) / b
    return quotient.numerator if quotient.denominator == 1 else quotient
