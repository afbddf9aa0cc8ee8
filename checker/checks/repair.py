"""Which cells to change, at the least, so that all sums agree (Fellegi–Holt editing).

It proposes; it never edits a value, and it claims nothing when its work limit is reached.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import islice, product
from math import gcd
from typing import NamedTuple

from checker.checks.few_changes import FewChanges, UndeterminedError
from checker.checks.tableau import Number, Row, Tableau, Work, WorkLimitError

WORK_LIMIT = 100_000
"""Table entries touched, a few hundredths of a second; more is not a slip of a few cells."""


class Equation(NamedTuple):
    """A sum that has to hold: coefficient times value, over all terms, gives 0."""

    id: str
    terms: tuple[tuple[str, int], ...]


class CellFix(NamedTuple):
    """One cell of a repair; ``value`` is None when several values would do."""

    cell: str
    value: int | Decimal | None


Repair = tuple[CellFix, ...]


class RepairResult(NamedTuple):
    """What the search found.

    Attributes:
        repairs: the smallest sets of cells, in the order of the equations; empty when nothing
            is wrong or when more than ``max_changes`` cells would have to change. As many as
            ``max_repairs`` mean that there may be more.
        complete: False when the work limit was reached; ``repairs`` is empty then.
        broken: ids of the equations that fail on their own, whatever stands in their free
            cells. It may be empty beside repairs: each equation can be met, but not all.
    """

    repairs: tuple[Repair, ...]
    complete: bool
    broken: tuple[str, ...]


def minimal_repairs(
    equations: Sequence[Equation],
    values: Mapping[str, int | Decimal | None],
    *,
    free: Collection[str] = (),
    max_changes: int = 3,
    max_repairs: int = 6,
) -> RepairResult:
    """Find all smallest sets of cells whose change makes every equation hold.

    A changed cell and a free cell may take any integer from 0 up; all others keep what is
    printed. A cell whose value is None (or that is missing in ``values``) is free at no cost.
    What is no count (below 0, a fraction) cannot be kept: where a sum fails that hangs together
    with it, every repair changes it.

    Args:
        equations: the sums.
        values: printed values by cell.
        free: further cells that may take any value at no cost.
        max_changes: largest set that is looked for.
        max_repairs: the search ends when it has so many.
    """
    numbers = {c: None if c in free else _number(v) for c, v in values.items()}
    work = Work(WORK_LIMIT)
    broken: list[str] = []
    found: list[tuple[Repair, ...]] = []
    left = max_changes
    try:
        broken += (e.id for e in equations if not _can_hold(e, numbers, work))
        for part in connected(equations):
            if _may_be_wrong(part, broken, numbers):
                wrong = _no_counts(part, numbers) if any(e.id in broken for e in part) else ()
                found.append(
                    _Search(part, numbers, max_repairs, work).run(left, wrong)
                    if wrong
                    else _smallest(part, numbers, left, max_repairs, work)
                )
                left -= len(found[-1][0]) if found[-1] else left + 1
    except WorkLimitError:
        return RepairResult((), complete=False, broken=tuple(broken))
    joined = (tuple(f for r in choice for f in r) for choice in product(*found))
    repairs = tuple(islice((r for r in joined if r), max_repairs))
    return RepairResult(repairs, complete=True, broken=tuple(broken))


def refill(
    equations: Sequence[Equation], values: Mapping[str, int | Decimal | None], cells: Sequence[str]
) -> Repair:
    """What cells would have to hold for every equation to hold, all others kept as printed.

    Empty when no values do it, when several would, or when the work limit is reached.

    Args:
        equations: the sums, connected.
        values: printed values by cell.
        cells: those that may take any integer from 0 up.
    """
    numbers = {c: None if c in cells else _number(v) for c, v in values.items()}
    try:
        return _Search(equations, numbers, 1, Work(WORK_LIMIT)).fill(cells)
    except WorkLimitError:
        return ()


def is_count(value: Number | Decimal) -> bool:
    """Whether a number can be a count: whole and not below 0."""
    return value >= 0 and value == int(value)


def connected(equations: Sequence[Equation]) -> tuple[tuple[Equation, ...], ...]:
    """Split equations into groups that share no cell; each can be repaired on its own."""
    groups: list[tuple[set[str], list[int]]] = []
    for index, equation in enumerate(equations):
        cells, members = {c for c, _ in equation.terms}, [index]
        apart: list[tuple[set[str], list[int]]] = []
        for other in groups:
            if cells.isdisjoint(other[0]):
                apart.append(other)
            else:
                cells |= other[0]
                members += other[1]
        groups = [*apart, (cells, members)]
    parts = sorted(sorted(members) for _, members in groups)
    return tuple(tuple(equations[i] for i in part) for part in parts)


def _smallest(
    part: Sequence[Equation],
    numbers: Mapping[str, Number | None],
    most: int,
    limit: int,
    work: Work,
) -> tuple[Repair, ...]:
    """All smallest repairs of one connected group, by counting where that is enough."""
    own = {c: numbers.get(c) for e in part for c, _ in e.terms}
    known = {c: v for c, v in own.items() if v is not None}
    if len(known) == len(own):
        try:
            sets = FewChanges([e.terms for e in part], known, work).smallest(most, limit)
        except UndeterminedError:
            pass
        else:
            return tuple(tuple(CellFix(c, v) for c, v in changes) for changes in sets)
    return _Search(part, numbers, limit, work).run(most)


def _no_counts(part: Sequence[Equation], numbers: Mapping[str, Number | None]) -> tuple[str, ...]:
    """The cells of a group whose printed number is no count."""
    cells = dict.fromkeys(c for e in part for c, _ in e.terms)
    return tuple(c for c in cells if (v := numbers.get(c)) is not None and not is_count(v))


class _Search:
    """Iterative deepening over the cells of one connected group of equations."""

    def __init__(
        self,
        equations: Sequence[Equation],
        numbers: Mapping[str, Number | None],
        max_repairs: int,
        work: Work,
    ) -> None:
        self._names = list(dict.fromkeys(c for e in equations for c, _ in e.terms))
        self._printed = [numbers.get(c) for c in self._names]
        index = {c: i for i, c in enumerate(self._names)}
        self._tableau = Tableau([_row(e, index) for e in equations], self._printed, work)
        self._max_repairs = max_repairs
        self._repairs: list[Repair] = []

    def run(self, max_changes: int, wrong: Sequence[str] = ()) -> tuple[Repair, ...]:
        """All smallest repairs; one empty repair when nothing is wrong, none when too many are.

        Args:
            max_changes: largest set that is looked for.
            wrong: cells that every set holds.

        Raises:
            WorkLimitError: the budget is used up.
        """
        known = tuple(self._names.index(c) for c in wrong)
        fixed = sum(1 << i for i, p in enumerate(self._printed) if p is not None and i not in known)
        self._tableau.settle()
        for cell in known:
            self._tableau.free(cell)
        for changes in range(max_changes - len(known) + 1):
            self._descend(self._tableau.copy(), fixed, changes, known)
            if self._repairs:
                break
        return tuple(self._repairs)

    def fill(self, cells: Sequence[str]) -> Repair:
        """The one value of each of the cells that the sums leave; empty when there is none.

        Raises:
            WorkLimitError: the budget is used up.
        """
        if self._tableau.settle() or not self._tableau.is_whole():
            return ()
        fixes = tuple(self._fix(self._tableau, self._names.index(c)) for c in cells)
        return fixes if all(f.value is not None for f in fixes) else ()

    def _descend(self, state: Tableau, fixed: int, left: int, changed: tuple[int, ...]) -> None:
        """Change ``left`` more cells out of ``fixed`` (one bit per cell)."""
        conflicts = state.settle()
        if not conflicts and state.is_whole():
            self._repairs.append(tuple(self._fix(state, cell) for cell in sorted(changed)))
            return
        if left == 0:
            return
        for cell in self._candidates(conflicts, fixed, left):
            # What was tried here is not tried again below: no set is met twice.
            fixed &= ~(1 << cell)
            twin = state.copy()
            twin.free(cell)
            self._descend(twin, fixed, left - 1, (*changed, cell))
            if len(self._repairs) >= self._max_repairs:
                return

    def _candidates(self, conflicts: Sequence[Row], fixed: int, left: int) -> Iterator[int]:
        """Cells of which at least one must change, by the proofs that ``settle`` gave."""
        if not conflicts:
            return _bits(fixed)
        masks = sorted((_mask(r, len(self._names)) & fixed for r in conflicts), key=int.bit_count)
        if left == 1:
            common = fixed
            for mask in masks:
                common &= mask
            return _bits(common)
        taken = apart = 0
        for mask in masks:
            if not mask & taken:
                taken |= mask
                apart += 1
        return _bits(masks[0] if apart <= left and all(masks) else 0)

    def _fix(self, state: Tableau, cell: int) -> CellFix:
        """The value a cell needs, None when the sums leave a choice."""
        value = int(state.value(cell))
        if state.is_determined(cell):
            return CellFix(self._names[cell], value)
        others = [state.copy()]
        others[0].at_least(cell, value + 1)
        if value:
            others.append(state.copy())
            others[1].at_most(cell, value - 1)
        choice = any(not s.settle() and s.is_whole() for s in others)
        return CellFix(self._names[cell], None if choice else value)


def _row(equation: Equation, index: Mapping[str, int]) -> Row:
    row: Row = {}
    for cell, coefficient in equation.terms:
        row[index[cell]] = row.get(index[cell], 0) + coefficient
    return {j: a for j, a in row.items() if a}


def _mask(row: Row, cells: int) -> int:
    return sum(1 << j for j in row if j < cells)


def _bits(mask: int) -> Iterator[int]:
    while mask:
        yield (mask & -mask).bit_length() - 1
        mask &= mask - 1


def _number(value: int | Decimal | None) -> Number | None:
    if value is None or isinstance(value, int):
        return value
    whole = int(value)
    return whole if whole == value else Fraction(value)


def _can_hold(equation: Equation, numbers: Mapping[str, Number | None], work: Work) -> bool:
    """Whether an equation on its own holds for some integers from 0 up in its free cells."""
    rest: Number = 0
    free: dict[str, int] = {}
    for cell, coefficient in equation.terms:
        value = numbers.get(cell)
        if value is None:
            free[cell] = free.get(cell, 0) + coefficient
        else:
            rest += coefficient * value
    steps = {a for a in free.values() if a}
    if not steps or rest % gcd(*steps):
        return rest == 0
    if steps <= {1, -1}:
        return len(steps) > 1 or rest == 0 or (rest < 0) == (1 in steps)
    index = {c: i for i, (c, _) in enumerate(equation.terms)}
    alone = Tableau([_row(equation, index)], [numbers.get(c) for c in index], work)
    return not alone.settle() and alone.is_whole()


def _may_be_wrong(
    part: Sequence[Equation], broken: Collection[str], numbers: Mapping[str, Number | None]
) -> bool:
    """Blanks may satisfy each equation and still not all of them, so these are searched too."""
    cells = (c for e in part for c, _ in e.terms)
    return any(e.id in broken for e in part) or any(numbers.get(c) is None for c in cells)
