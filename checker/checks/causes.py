"""What explains broken sums with the fewest slips: single cells, swapped neighbours, shifted lines.

A shifted line is only blamed where it takes fewer slips than anything else; where it takes as many,
it is named beside the cells and swallows none of them.
"""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from typing import NamedTuple

from checker.checks.exchanged import Exchange, exchanged_lines
from checker.checks.intervals import ZERO
from checker.checks.printed_lines import printed_lines
from checker.checks.repair import Equation, RepairResult, connected, minimal_repairs
from checker.checks.rotated import Rotation, rotations
from checker.checks.shifts import Cause, Shift, ShiftSearch, Way, repaired_by
from checker.checks.sums import Sums
from checker.checks.swaps import Swapped, swapped_neighbours
from checker.domain.report import split_address

MAX_CHANGES = 3
MAX_REPAIRS = 200
"""So many repairs are compared; with more of them none of their cells is called certain."""
_PAIR = 2


class Figures(NamedTuple):
    """The figures that sums are made of.

    Attributes:
        values: by cell in printed order, None where there is no number.
        unreadable: cells of these that were not printed or cannot be read.
        missing: cells of these that were not printed.
        across: tables whose rows stand side by side.
    """

    values: Mapping[str, Decimal | None]
    unreadable: Collection[str]
    missing: Collection[str]
    across: Collection[str]


class PartCause(NamedTuple):
    """Sums that hang together, and which cells would make them hold.

    Attributes:
        values: printed figures, those of shifted lines moved back.
        found: the smallest repairs.
        swapped: swapped neighbours that explain more.
        rivals: shifts that explain the same with as few slips.
    """

    equations: tuple[Equation, ...]
    values: Mapping[str, Decimal | None]
    found: RepairResult
    swapped: Swapped | None
    rivals: tuple[Way, ...] = ()

    @property
    def cost(self) -> int:
        """How many slips that takes."""
        if self.swapped is not None:
            rest = self.swapped.found.repairs
            return len(self.swapped.swaps) + (len(rest[0]) if rest else 0)
        if self.found.repairs:
            return len(self.found.repairs[0])
        return MAX_CHANGES + len(self.found.broken) if self.found.broken else 0

    @property
    def is_explained(self) -> bool:
        """Whether few slips explain it; else every failing sum counts as one more."""
        return self.swapped is not None or bool(self.found.repairs) or not self.found.broken


class TableCause(NamedTuple):
    """What is wrong with the sums of one table: lines out of place first, then cells.

    Attributes:
        displaced: each explains all of it alone; they cannot be told apart.
    """

    shifted: tuple[Cause, ...]
    parts: tuple[PartCause, ...]
    displaced: tuple[Exchange | Rotation, ...] = ()


def causes_of(
    equations: Sequence[Equation], in_doubt: AbstractSet[str], figures: Figures
) -> list[TableCause]:
    """Explain the sums in doubt, table by table.

    Args:
        equations: all sums.
        in_doubt: ids of those that fail or are open.
        figures: of all cells of the sums.
    """
    tables: dict[str, list[Equation]] = {}
    for equation in equations:
        tables.setdefault(split_address(equation.terms[0][0]).table, []).append(equation)
    return [
        _Table(own, in_doubt, figures).cause()
        for own in tables.values()
        if not in_doubt.isdisjoint(e.id for e in own)
    ]


class _Option(NamedTuple):
    """Shifted lines, what they leave to be explained, and how many slips that takes."""

    shifted: tuple[Cause, ...]
    rest: tuple[PartCause, ...]
    cost: int

    @property
    def repaired(self) -> frozenset[str]:
        """Ids of the sums that the shifts explain."""
        return repaired_by(self.shifted)


class _Table:
    """The sums of one table with their figures."""

    def __init__(
        self, equations: Sequence[Equation], in_doubt: AbstractSet[str], figures: Figures
    ) -> None:
        cells = {c for e in equations for c, _ in e.terms}
        self._values = {c: v for c, v in figures.values.items() if c in cells}
        self._parts = [p for p in connected(equations) if not in_doubt.isdisjoint(_ids(p))]
        sums = Sums(equations, self._values, figures.unreadable)
        printed = [c for c in self._values if c not in figures.missing]
        lines = printed_lines(printed, sums, figures.across)
        self._search = ShiftSearch(sums, lines)
        exchange = exchanged_lines(sums, lines)
        turned = rotations(sums, lines)
        self._displaced = (*((exchange,) if exchange is not None else ()), *turned)

    def cause(self) -> TableCause:
        """The explanation that takes the fewest slips; on a tie the cells are blamed."""
        filled = {p: self._filled(p) for p in self._parts}
        costs = {p: c.cost if c else 0 for p, c in filled.items()}
        options = [self._option(s) for s in self._search.explanations(sum(costs.values()))]
        best = min(options, key=lambda o: o.cost, default=None)
        fewest = min(sum(costs.values()), best.cost if best else MAX_CHANGES)
        if self._displaced and fewest > 1:
            return TableCause((), (), self._displaced)
        hit = [p for p in self._parts if best and not best.repaired.isdisjoint(_ids(p))]
        own = sum(costs[p] for p in hit)
        shifted = best.shifted if best is not None and best.cost < own else ()
        told = {
            p: self._with_rivals(c if c and self._is_full(p) else _part_cause(p, self._values))
            for p, c in filled.items()
            if not shifted or p not in hit
        }
        if best is not None and shifted:
            return TableCause(shifted, (*best.rest, *told.values()))
        if best is not None and best.cost == own:
            rivals = tuple(w for cause in best.shifted for w in cause)
            told[hit[0]] = told[hit[0]]._replace(rivals=rivals)
        return TableCause((), tuple(told.values()))

    def _is_full(self, part: tuple[Equation, ...]) -> bool:
        return all(self._values[c] is not None for e in part for c, _ in e.terms)

    def _filled(self, part: tuple[Equation, ...]) -> PartCause | None:
        """What explains a part whose blanks hold 0; None when none of its sums fails.

        A blank that would have to hold more is a slip as well.
        """
        if self._search.broken.isdisjoint(_ids(part)):
            return None
        cause = _part_cause(part, {c: v or ZERO for c, v in self._values.items()})
        return cause if self._is_full(part) else cause._replace(swapped=None)

    def _option(self, shifted: tuple[Cause, ...]) -> _Option:
        repaired = repaired_by(shifted)
        left = self._search.broken - repaired
        moved = {c: v for cause in shifted for c, v in cause[0].changes.items()}
        rest = tuple(
            _part_cause(p, {**self._values, **moved})
            for p in self._parts
            if not repaired.isdisjoint(_ids(p)) and not left.isdisjoint(_ids(p))
        )
        slips = sum(cause[0].causes for cause in shifted)
        return _Option(shifted, rest, slips + sum(r.cost for r in rest))

    def _with_rivals(self, cause: PartCause) -> PartCause:
        """A part with the shifts that explain as much as the one slip that is blamed."""
        broken = frozenset(cause.found.broken)
        if not cause.is_explained:
            ways = [w for w in self._search.alike() if w.repaired == broken]
            return cause._replace(rivals=tuple(ways))
        if cause.cost != 1:
            return cause
        ways = [w for w in self._search.single if w.repaired == broken]
        if cause.swapped is not None:
            pairs = {frozenset(s.cells) for s in cause.swapped.swaps[0]}
            ways = [w for w in ways if w.shifts[0].whole and frozenset(w.changes) in pairs]
            return cause._replace(rivals=tuple(ways))
        one = len(cause.found.repairs) == 1
        likely = [w for w in ways if _is_likely(w.shifts[0]) and (one or self._is_proved(w))]
        within = [w for w in likely if w.proved or w.changes.keys() <= cause.values.keys()]
        return cause._replace(rivals=tuple(within or likely))

    def _is_proved(self, way: Way) -> bool:
        """Whether more speaks for a shift than one sum that the lost figure is made to fit."""
        return way.proved > 0 or self._values[way.shifts[0].filler] is None


def _is_likely(shift: Shift) -> bool:
    """Not two figures at the end of a group that a lost total would explain."""
    return shift.step < 0 or shift.whole or len(shift.changes) > _PAIR


def _ids(part: Sequence[Equation]) -> set[str]:
    return {e.id for e in part}


def _part_cause(part: tuple[Equation, ...], values: Mapping[str, Decimal | None]) -> PartCause:
    cells = {c for e in part for c, _ in e.terms}
    own = {c: v for c, v in values.items() if c in cells}
    found = minimal_repairs(part, own, max_changes=MAX_CHANGES, max_repairs=MAX_REPAIRS)
    swapped = swapped_neighbours(part, own, found, max_changes=MAX_CHANGES, max_repairs=MAX_REPAIRS)
    return PartCause(part, own, found, swapped)
