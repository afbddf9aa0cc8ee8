"""Whether the figures of a sentence stand for what they stand for in the evidence.

Held are side, row and column, printed or proposed or computed, unit and bound, the direction and
size of differences, and which cell is called wrong. Whatever cannot be resolved does not hold.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final, NamedTuple

from checker.answers.model.facts import Clause, Fact, FactReader, Ids, clauses_of, normal
from checker.answers.model.figures import Figure
from checker.answers.model.overlap import best_clauses, literal
from checker.llm.chat import Evidence

_SCALES: Final = {"万": 10_000, "亿": 100_000_000}
_TIMES: Final = frozenset({"workday", "day", "month", "year"})
_SEEN: Final = 2  # pairs of characters by which a clause of the evidence is the one meant


class Told(NamedTuple):
    """A figure of the evidence, with the clause it stands in and the one that heads the list."""

    fact: Fact
    plain: Decimal | None
    norm: bool
    clause: str
    heading: str


class Contrast(NamedTuple):
    """A comparison: what is compared with what, in which direction, from where on by how much."""

    first: str
    second: str
    more: bool | None
    at: int


@dataclass(frozen=True)
class Bearing:
    """One segment of a sentence held against its evidence.

    Attributes:
        before: what the sentence says before the segment.
        words: the segment.
    """

    reader: FactReader
    before: str
    words: str
    evidence: tuple[Evidence, ...]

    @cached_property
    def text(self) -> str:
        """The sentence up to the end of the segment."""
        return normal(self.before) + normal(self.words)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses of the segment."""
        at = len(normal(self.before))
        return tuple(c for c in clauses_of(self.text) if c.end > at)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The figures of the segment."""
        at = len(normal(self.before))
        return tuple(f for f in self.reader.facts(self.text) if f.start >= at)

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """The figures of the evidence."""
        return tuple(t for e in self.evidence for t in told_by(self.reader, e))

    def derived(self) -> frozenset[Figure] | None:
        """Differences that are right though the evidence does not print them; None if one is not.

        Checked with them are directions: 多, 少, and which cell holds too much.
        """
        found: set[Figure] = set()
        for clause in self.clauses:
            for contrast in self._contrasts(clause):
                size = self._size(clause, contrast.at)
                if not self._differs(clause, contrast, size):
                    return None
                if size is not None:
                    found.add(size.figure)
        return frozenset(found)

    def figures_hold(self, derived: frozenset[Figure]) -> bool:
        """Whether every figure stands for the same in the evidence."""
        return all(
            self._stands(f)
            for f in self.facts
            if "difference" not in f.roles or f.figure not in derived
        )

    def sources(self, fact: Fact) -> tuple[str, ...]:
        """The clauses of the evidence that state a figure of the segment."""
        return tuple(t.clause for t in self.told if _same(fact, t))

    def places_hold(self) -> bool:
        """Whether every side, row and column that is named is named in the evidence too."""
        if any(e.norm for e in self.evidence):
            return True
        terms = [t for e in self.evidence for t in self.reader.terms(normal(e.text))]
        at = len(normal(self.before))
        for term in self.reader.terms(self.text):
            known = [t.ids for t in terms if t.axis == term.axis]
            if term.start >= at and known and not any(_meet(term.ids, k) for k in known):
                return False
        return True

    def blame_holds(self) -> bool:
        """Whether what is called wrong is what code would change."""
        words = self.reader.words
        for clause in self.clauses:
            if not _has(clause.text, words.blamed) or _has(clause.text, words.either):
                continue
            terms = self.reader.terms(clause.text)
            if not terms or literal(clause.text, self.evidence):
                continue
            proposed = [t.fact for t in self.told if "proposed" in t.fact.roles]
            if not any(
                all(_meet(t.ids, _axis(f, t.axis)) or not _axis(f, t.axis) for t in terms)
                for f in proposed
            ):
                return False
        return True

    def _stands(self, fact: Fact) -> bool:
        matching = [t for t in self.told if _same(fact, t)]
        if not matching:
            return False
        clause = next(c for c in clauses_of(self.text) if c.start <= fact.start < c.end)
        supposed = "ordinal" in fact.roles and any(e.frame for e in self.evidence)
        if supposed and not _has(clause.text, self.reader.words.fates):
            return False
        computed = not fact.roles.isdisjoint({"added", "proposed"})
        placed = computed or any((fact.side, fact.row, fact.column, fact.level))
        if placed and not any(t.norm for t in matching):
            return True
        best = best_clauses(clause.text, self.evidence, least=_SEEN)
        return not best or any({t.clause, t.heading} & best for t in matching)

    def _contrasts(self, clause: Clause) -> Iterator[Contrast]:
        words, text = self.reader.words, clause.text
        for more, named in ((True, words.too_much), (False, words.too_little)):
            for word in (w for w in named if w in text):
                yield Contrast(text, "", more, clause.start + text.index(word))
                return
        for more, named in ((True, words.more_than), (False, words.less_than)):
            for word in (w for w in named if w in text):
                first, _, second = text.partition(word)
                if self.reader.terms(second) or _has(second, words.added):
                    yield Contrast(self._subject(first, clause), second, more, clause.end)
                    return
        yield from self._compared(clause)

    def _compared(self, clause: Clause) -> Iterator[Contrast]:
        """A比B多N, and A和B相差N."""
        words, text = self.reader.words, self.reader.masked(clause.text)
        for than in (t for t in words.than if t in text):
            first, _, rest = text.partition(than)
            for more, named in ((True, words.more), (False, words.less)):
                at = min((rest.index(w) for w in named if w in rest), default=None)
                if at is not None:
                    start = clause.start + len(first) + len(than) + at
                    yield Contrast(self._subject(first, clause), rest[:at], more, start)
                    return
        parts = self.reader.terms(text)
        apart = [f for f in self.facts if _inside(f, clause) and "difference" in f.roles]
        if len(parts) > 1 and apart and not any(_same(apart[0], t) for t in self.told):
            cut = parts[-1].start - clause.start
            yield Contrast(text[:cut], text[cut:], None, parts[-1].start)

    def _subject(self, first: str, clause: Clause) -> str:
        """What is compared; when the clause does not say, what the one before is about."""
        if self.reader.terms(first):
            return first
        before = [c for c in clauses_of(self.text) if c.end <= clause.start]
        return before[-1].text if before else first

    def _size(self, clause: Clause, at: int) -> Fact | None:
        """The difference that is stated."""
        inside = (f for f in self.facts if _inside(f, clause) and f.start >= at)
        return next((f for f in inside if "ordinal" not in f.roles), None)

    def _differs(self, clause: Clause, contrast: Contrast, size: Fact | None) -> bool:
        if not contrast.second:
            pairs = list(self._changed(contrast.first))
        else:
            firsts, seconds = self._values(contrast.first), self._values(contrast.second)
            pairs = [(a, b) for a in firsts for b in seconds if a != b]
        wanted = size.figure.value if size else None
        right = [
            (a, b)
            for a, b in pairs
            if (contrast.more is None or (a > b) == contrast.more) and wanted in (None, abs(a - b))
        ]
        if wanted is None and len(right) < len(pairs):
            return False
        return bool(right) or literal(clause.text, self.evidence)

    def _changed(self, text: str) -> Iterator[tuple[Decimal, Decimal]]:
        """What is printed and what code proposes for it, where the text names the place."""
        terms = self.reader.terms(text)
        for at, told in enumerate(self.told):
            fact = told.fact
            if "proposed" not in fact.roles or fact.figure.value is None:
                continue
            if any(_axis(fact, t.axis) and not _meet(t.ids, _axis(fact, t.axis)) for t in terms):
                continue
            printed = [
                t.fact.figure.value
                for t in self.told[:at]
                if "printed" in t.fact.roles and _meet(t.fact.column, fact.column)
            ]
            if printed and printed[-1] is not None:
                yield printed[-1], fact.figure.value

    def _values(self, part: str) -> frozenset[Decimal]:
        """The values that a part of a comparison may mean."""
        stated = {f.figure for f in self.reader.facts(part)}
        terms = self.reader.terms(part)
        role = "added" if _has(part, self.reader.words.added) else "printed"
        last = {t.axis: t.ids for t in terms}
        return frozenset(
            t.fact.figure.value
            for t in self.told
            if t.fact.figure.value is not None
            and role in t.fact.roles
            and (not stated or t.fact.figure in stated)
            and (role == "added" or all(_meet(ids, _axis(t.fact, a)) for a, ids in last.items()))
            and (terms or role == "added")
        )


def told_by(reader: FactReader, evidence: Evidence) -> Iterator[Told]:
    """The figures of an evidence."""
    text = normal(evidence.text)
    clauses = clauses_of(text)
    for fact in reader.facts(text):
        scale = _SCALES.get(text[fact.end - 1])
        value = fact.figure.value
        plain = value / scale if scale and value is not None else None
        headings = [c.text for c in clauses[: fact.clause] if c.text.endswith(":")]
        heading = headings[-1] if headings else ""
        yield Told(fact, plain, evidence.norm, clauses[fact.clause].text, heading)


def _same(fact: Fact, told: Told) -> bool:
    """Whether a figure of the evidence is the one that a sentence states."""
    other = told.fact
    equal = fact.figure == other.figure or (
        fact.figure.value is not None and fact.figure.value == told.plain
    )
    if not equal or (fact.month_day is not None and fact.month_day != other.month_day):
        return False
    if fact.level and fact.level != other.level:
        return False
    if fact.unit and other.unit and fact.unit != other.unit:
        return False
    within = fact.bound == "upper" and not other.bound and other.unit in _TIMES
    if fact.bound not in ("", other.bound) and not within:
        return False
    dated = "date" in other.roles and fact.unit == "day"
    if not (fact.roles & other.roles or dated):
        return False
    axes = ((fact.side, other.side), (fact.row, other.row), (fact.column, other.column))
    return told.norm or all(not a or not b or _meet(a, b) for a, b in axes)


def _meet(first: Ids, second: Ids) -> bool:
    """Whether two may be the same; a group holds its rows."""
    return not first.isdisjoint(second) or any(
        b.startswith(f"{a}.") or a.startswith(f"{b}.") for a in first for b in second
    )


def _axis(fact: Fact, axis: str) -> Ids:
    return {"side": fact.side, "row": fact.row, "column": fact.column}[axis]


def _inside(fact: Fact, clause: Clause) -> bool:
    return clause.start <= fact.start < clause.end


def _has(text: str, words: Iterable[str]) -> bool:
    return any(w in text for w in words)
