"""Rows, columns and groups whose figures stand one place off, proved by the sums.

A shift is only found when every sum that its cells stand in holds once the figures are moved
back. It moves no figure itself, and what is more plausible is weighed in ``causes``.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import accumulate, pairwise
from typing import NamedTuple

from checker.checks.intervals import ZERO
from checker.checks.printed_lines import PrintedLine, Span
from checker.checks.repair import is_count
from checker.checks.sums import Sums

LEAST_PROVED = 2
"""A single broken sum is repaired by one cell as well as by a whole line."""
LEAST_PROVED_OF_SEVERAL = 3
LEAST_CHANGED = 3
"""Two cells within a line may be wrong each on its own; more hang together."""
LEAST_ALIKE = 3
MAX_WAYS = 5
"""With more explanations than these none is worth telling."""
_SWAPPED = 2
_OF_SEVERAL = 2
"""Several lines out of place are more than one slip."""

Changes = Mapping[str, Decimal]


class Shift(NamedTuple):
    """Neighbouring cells of a line whose figures stand one place off.

    Attributes:
        span: the cells, by their place in the line.
        step: 1 when the figures stand one place too far right or down, -1 for left or up.
        changes: cells that would hold another figure, with that figure.
        fitted: whether the figure that was lost is not 0 and only follows from the sums.
    """

    line: PrintedLine
    span: Span
    step: int
    changes: Changes
    fitted: bool

    @property
    def cells(self) -> tuple[str, ...]:
        """All cells of the span, in the order of the line."""
        return self.line.cells[self.span.first : self.span.last + 1]

    @property
    def filler(self) -> str:
        """The cell that was left free, or got a 0."""
        return self.cells[0 if self.step > 0 else -1]

    @property
    def rank(self) -> int:
        """0 for a whole line, 1 for a whole part of it, 2 for all from some cell on."""
        return self.line.rank(self.span)

    @property
    def whole(self) -> bool:
        """Whether a whole line or part of it was moved."""
        return self.rank < 2


class Way(NamedTuple):
    """What makes broken sums hold.

    Attributes:
        shifts: moved back together.
        causes: how many slips that takes; lines that moved alike are one.
        repaired: ids of the sums that fail as printed and hold then.
        proved: how many sums speak for it that did not give a lost figure its value.
    """

    shifts: tuple[Shift, ...]
    causes: int
    repaired: frozenset[str]
    proved: int

    @property
    def changes(self) -> Changes:
        """Cells that would hold another figure, with that figure."""
        return {c: v for s in self.shifts for c, v in s.changes.items()}


Cause = tuple[Way, ...]
"""One or several ways to explain the same broken sums; they cannot be told apart."""


class ShiftSearch:
    """Looks for the shifts that explain broken sums of one table."""

    def __init__(self, sums: Sums, lines: Sequence[PrintedLine]) -> None:
        self._sums = sums
        self._lines = lines
        self.broken = frozenset(sums.broken)
        self._no_counts = {c for c, v in sums.values.items() if not is_count(v)}
        self._left: dict[tuple[str, ...], Sequence[frozenset[Decimal]]] = {}

    def explanations(self, fewer: int) -> Iterator[tuple[Cause, ...]]:
        """Causes that belong together, each of which explains several sums; the simplest first.

        Args:
            fewer: explanations by so many slips are of no use.
        """
        telling = [w for w in self.single if self._is_telling(w)]
        alone = tuple(c for c in _apart(telling) if len(c) <= MAX_WAYS)
        if alone:
            yield alone
        if fewer <= _OF_SEVERAL or repaired_by(alone) == self.broken:
            return
        for ways in (self.alike(), self._pairs()):
            best = _best([w for w in ways if w.proved >= LEAST_PROVED_OF_SEVERAL])
            if 0 < len(best) <= MAX_WAYS:
                yield (best,)

    @cached_property
    def single(self) -> tuple[Way, ...]:
        """Every shift of one line after which all sums hold that it touches."""
        ways = (
            self._way((shift,), causes=1)
            for line in self._lines
            for step in (1, -1)
            for shift in self._shifts(line, step, line.spans, fitting=True)
        )
        return _distinct(w for w in ways if w is not None)

    def is_swap(self, shift: Shift) -> bool:
        """Whether it does no more than put two neighbours into each other's place."""
        if len(shift.changes) != _SWAPPED or shift.filler in self._sums.empty:
            return False
        (one, new), (two, other) = shift.changes.items()
        values = self._sums.values
        near = {(one, two), (two, one)} & set(pairwise(shift.line.cells))
        return bool(near) and (new, other) == (values[two], values[one])

    def _is_telling(self, way: Way) -> bool:
        (shift,) = way.shifts
        if len(way.repaired) + way.proved <= LEAST_PROVED or self.is_swap(shift):
            return False
        around = bool(self._sums.values[shift.filler])
        return (
            len(shift.changes) >= LEAST_CHANGED
            or (shift.whole and not around)
            or shift.filler in self._sums.empty
        )

    def _way(self, shifts: tuple[Shift, ...], *, causes: int) -> Way | None:
        """Shifts as an explanation; None when a sum that they touch would not hold.

        A sum that keeps a figure which is no count does not hold, whatever it adds up to.
        """
        changes = {c: v for s in shifts for c, v in s.changes.items()}
        touched = self._sums.touched(changes)
        kept = self._no_counts - changes.keys()
        if not all(
            self._sums.holds(i, changes) and kept.isdisjoint(self._sums.terms(i)) for i in touched
        ):
            return None
        sums = self._sums
        settled = [
            i for i in touched if sums.rest(i) and not sums.rest(i) + sums.change(i, changes)
        ]
        proved = len(settled) - sum(s.fitted for s in shifts)
        repaired = self.broken.intersection(touched)
        return Way(shifts, causes, repaired, proved) if repaired else None

    def _shifts(
        self, line: PrintedLine, step: int, spans: Iterable[Span], *, fitting: bool = False
    ) -> Iterator[Shift]:
        """Spans of a line that may have been moved, with what they would hold.

        Args:
            line: all sums within it hold afterwards.
            step: how the figures were moved.
            spans: those to look at.
            fitting: only such as meet the sums across the line, all other lines as printed.
        """
        values = self._sums.values
        figures = list(accumulate((bool(values[c]) for c in line.cells), initial=0))
        misfits = self._misfits(line, step) if fitting else None
        for span in spans if figures[-1] else ():
            moved = figures[span.last + (step > 0)] - figures[span.first + (step > 0)]
            if moved and (misfits is None or self._fits(span, step, misfits)):
                shift = self._moved_back(line, span, step)
                if shift is not None:
                    yield shift

    def _misfits(self, line: PrintedLine, step: int) -> list[int]:
        """Per place of a line, how many before it cannot hold the figure that was moved on."""
        counts, before, last = [], 0, len(line.cells) - 1
        for at, wanted in enumerate(self._wanted(line)):
            counts.append(before)
            if wanted and not (
                0 <= at + step <= last and wanted == {self._sums.values[line.cells[at + step]]}
            ):
                before += 1
        return [*counts, before]

    def _wanted(self, line: PrintedLine) -> Sequence[frozenset[Decimal]]:
        """What the sums across a line leave for each of its cells."""
        known = self._left.get(line.cells)
        if known is None:
            sums, own = self._sums, line.own
            known = [sums.left_for(c, [i for i in sums.of(c) if i not in own]) for c in line.cells]
            self._left[line.cells] = known
        return known

    @staticmethod
    def _fits(span: Span, step: int, misfits: Sequence[int]) -> bool:
        """Whether all cells of a span fit, but for the one whose figure was lost."""
        first, last = (span.first, span.last) if step > 0 else (span.first + 1, span.last + 1)
        return misfits[first] == misfits[last]

    def _moved_back(self, line: PrintedLine, span: Span, step: int) -> Shift | None:
        """What was moved; None when nothing was, or when a sum of the line would fail."""
        sums, cells = self._sums, line.cells[span.first : span.last + 1]
        if step < 0:
            cells = cells[::-1]
        filler, lost = cells[0], cells[-1]
        if sums.values[filler] and line.rank(span) > 1:
            return None
        if not sums.unreadable.isdisjoint(cells):
            return None
        back = {into: sums.values[c] for c, into in zip(cells[1:], cells[:-1], strict=True)}
        across = [i for i in sums.of(lost) if i not in line.own]
        wanted = sums.left_for(lost, [*line.own], back) or sums.left_for(lost, across)
        figure = next(iter(wanted)) if len(wanted) == 1 else None
        if figure is None or not all(map(is_count, (*back.values(), figure))):
            return None
        if sums.values[filler] not in (ZERO, figure):
            return None
        held = {**back, lost: figure}
        changes = {c: v for c, v in held.items() if v != sums.values[c]}
        own = line.own.intersection(sums.touched(changes))
        if len(changes) < 2 or not all(sums.holds(i, changes) for i in own):
            return None
        return Shift(line, span, step, changes, figure not in (ZERO, sums.values[filler]))

    def alike(self) -> Iterator[Way]:
        """Several rows moved in the same way: all those whose own sums fail."""
        rows = [x for x in self._rows if not self.broken.isdisjoint(x.own)]
        if len(rows) < LEAST_ALIKE:
            return
        for span in (rows[0].full, *rows[0].parts):
            for step in (1, -1):
                shifts = [s for x in rows for s in self._shifts(x, step, (span,))]
                way = (
                    self._way(tuple(shifts), causes=_OF_SEVERAL)
                    if len(shifts) == len(rows)
                    else None
                )
                if way is not None:
                    yield way

    def _pairs(self) -> Iterator[Way]:
        """Two rows whose shifts together explain all sums across them."""
        own = frozenset[str]().union(*(x.own for x in self._rows))
        asked = {i: -self._sums.rest(i) for i in self._sums.ids if i not in own}
        by_effect: dict[frozenset[tuple[str, Decimal]], list[Shift]] = {}
        for row in self._rows:
            shifts = (s for step in (1, -1) for s in self._shifts(row, step, row.spans))
            alone = _distinct(Way((s,), 1, frozenset(), 0) for s in shifts if _hangs_together(s))
            effects = [(w.shifts[0], self._effect(w.shifts[0])) for w in alone]
            for shift, effect in effects:
                for other in by_effect.get(_left(asked, effect), ()):
                    both = self._way((other, shift), causes=_OF_SEVERAL)
                    if both is not None:
                        yield both
            for shift, effect in effects:
                by_effect.setdefault(frozenset(effect.items()), []).append(shift)

    @property
    def _rows(self) -> list[PrintedLine]:
        return [x for x in self._lines if x.direction == "row"]

    def _effect(self, shift: Shift) -> dict[str, Decimal]:
        """What a shift, undone, adds to the sums across its line."""
        touched = (i for i in self._sums.touched(shift.changes) if i not in shift.line.own)
        effect = {i: self._sums.change(i, shift.changes) for i in touched}
        return {i: v for i, v in effect.items() if v}


def _left(asked: Changes, effect: Changes) -> frozenset[tuple[str, Decimal]]:
    """What another shift would have to add."""
    left = {i: asked.get(i, ZERO) - effect.get(i, ZERO) for i in {**asked, **effect}}
    return frozenset((i, v) for i, v in left.items() if v)


def _hangs_together(shift: Shift) -> bool:
    """Whether a line or part is out of place, not two cells wrong that happen to fit."""
    return shift.whole or len(shift.changes) >= LEAST_CHANGED


def _distinct(ways: Iterable[Way]) -> tuple[Way, ...]:
    """One way for every set of changes, told by the most natural line."""
    found: dict[frozenset[tuple[str, Decimal]], Way] = {}
    for way in ways:
        key = frozenset(way.changes.items())
        if key not in found or _order(way) < _order(found[key]):
            found[key] = way
    return tuple(found.values())


def _order(way: Way) -> tuple[bool, int]:
    """Whole lines before parts of them, and no more cells than needed."""
    size = sum(s.span.last - s.span.first for s in way.shifts)
    return not all(s.whole for s in way.shifts), size


def _best(ways: Sequence[Way]) -> Cause:
    """The ways that repair and prove the most; several only when they repair the same sums."""
    most = max(((len(w.repaired), w.proved) for w in ways), default=(0, 0))
    best = [w for w in ways if (len(w.repaired), w.proved) == most]
    if any(w.repaired != best[0].repaired for w in best):
        return ()
    return _distinct(sorted(best, key=_order))


def _apart(ways: Sequence[Way]) -> Iterator[Cause]:
    """The best explanation of every group of ways that have broken sums in common."""
    left = list(ways)
    while left:
        group, reach = [left.pop(0)], set[str]()
        reach |= group[0].repaired
        while near := [w for w in left if not reach.isdisjoint(w.repaired)]:
            group += near
            reach = reach.union(*(w.repaired for w in near))
            left = [w for w in left if w not in near]
        if best := _best(group):
            yield best


def repaired_by(causes: Collection[Cause]) -> frozenset[str]:
    """Ids of all sums that the causes explain."""
    return frozenset[str]().union(*(c[0].repaired for c in causes))
