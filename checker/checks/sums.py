"""What sums say about single cells: which still hold, and what they leave for a cell.

A blank counts as 0 where a figure is needed, and as any number from 0 up where a sum is judged.
Exact arithmetic only; it searches for nothing.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal

from checker.checks.intervals import ZERO
from checker.checks.repair import Equation


class Sums:
    """Sums over cells of one table; every sum has to be 0.

    Args:
        equations: the sums.
        values: printed values by cell, None where there is no number.
        unreadable: cells without a number that are not known to be empty.
    """

    def __init__(
        self,
        equations: Sequence[Equation],
        values: Mapping[str, Decimal | None],
        unreadable: Collection[str] = (),
    ) -> None:
        self.values = {c: v or ZERO for c, v in values.items()}
        self.empty = frozenset(c for c, v in values.items() if v is None)
        self.unreadable = frozenset(unreadable)
        self._terms: dict[str, dict[str, int]] = {}
        self._open: dict[str, frozenset[str]] = {}
        self._rest: dict[str, Decimal] = {}
        self._of: dict[str, list[str]] = {}
        for equation in equations:
            self._add(equation)

    @property
    def ids(self) -> Iterable[str]:
        """Ids of all sums."""
        return self._terms.keys()

    @property
    def broken(self) -> tuple[str, ...]:
        """Ids of the sums that fail, whatever stands in their empty cells."""
        return tuple(i for i in self._terms if not self.holds(i))

    def of(self, cell: str) -> Sequence[str]:
        """Ids of the sums that a cell stands in."""
        return self._of.get(cell, ())

    def touched(self, cells: Iterable[str]) -> tuple[str, ...]:
        """Ids of the sums that any of the cells stands in."""
        return tuple(dict.fromkeys(i for c in cells for i in self._of.get(c, ())))

    def terms(self, id_: str) -> Mapping[str, int]:
        """The cells of a sum, each with its coefficient."""
        return self._terms[id_]

    def change(self, id_: str, changes: Mapping[str, Decimal]) -> Decimal:
        """By how much a sum changes when cells hold other figures."""
        terms = self._terms[id_]
        return sum(
            (terms[c] * (v - self.values[c]) for c, v in changes.items() if c in terms), ZERO
        )

    def rest(self, id_: str) -> Decimal:
        """What is left of a sum as printed, empty cells counted as 0."""
        return self._rest[id_]

    def holds(self, id_: str, changes: Mapping[str, Decimal] | None = None) -> bool:
        """Whether a sum is 0, or can be with figures from 0 up in its empty cells."""
        changed = changes or {}
        rest = self._rest[id_] + (self.change(id_, changed) if changed else ZERO)
        if not rest:
            return True
        terms = self._terms[id_]
        return any((terms[c] > 0) != (rest > 0) for c in self._open[id_] if c not in changed)

    def left_for(
        self, cell: str, ids: Iterable[str], changes: Mapping[str, Decimal] | None = None
    ) -> frozenset[Decimal]:
        """What sums leave for a cell, each value that one of them asks for.

        Empty when none of them determines it; several when they contradict each other.

        Args:
            cell: stands in all the sums.
            ids: the sums that are asked.
            changes: figures that other cells hold instead of the printed ones.
        """
        changed = {c: v for c, v in (changes or {}).items() if c != cell}
        wanted = set()
        for id_ in ids:
            factor = self._terms[id_].get(cell, 0)
            if abs(factor) == 1 and self._open[id_] <= {cell, *changed}:
                rest = self._rest[id_] + (self.change(id_, changed) if changed else ZERO)
                wanted.add(self.values[cell] - rest * factor)
        return frozenset(wanted)

    def _add(self, equation: Equation) -> None:
        terms: dict[str, int] = {}
        for cell, factor in equation.terms:
            terms[cell] = terms.get(cell, 0) + factor
        own = {c: f for c, f in terms.items() if f}
        self._terms[equation.id] = own
        self._open[equation.id] = frozenset(c for c in own if c in self.empty)
        self._rest[equation.id] = sum((f * self.values[c] for c, f in own.items()), ZERO)
        for cell in own:
            self._of.setdefault(cell, []).append(equation.id)
