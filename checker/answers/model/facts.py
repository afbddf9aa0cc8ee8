"""What every figure of a text stands for: which side, row and column, printed or computed.

The same reading is made of a sentence and of its evidence, so that the two can be compared; it
decides nothing about right or wrong.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, NamedTuple

from checker.answers.model.figures import Figure, placed_figures
from checker.answers.model.meanings import ChatMeaning
from checker.answers.parse import Tag

Axis = Literal["side", "row", "column"]
Role = Literal["printed", "proposed", "added", "difference", "ordinal", "date"]
Ids = frozenset[str]
TABLES: Final[Ids] = frozenset({"proactive", "requests", "appeals"})
_CUT: Final = re.compile(r"(?<!\d),|,(?!\d)|[。;!?\s]+")
_DATE: Final = re.compile(r"(\d{1,2})月(\d{1,2})[日号]")
_ORDINAL: Final = re.compile(r"(?:第|问题)(?:[\d一二三四五六七八九十百]+[、和与及])*$")
_NAME: Final = re.compile(r"[A-Za-z]\d*$")
_BETWEEN: Final = re.compile(r"[,。;:!?+\d、和与及跟\s]")
_QUOTES: Final = "”\"’」"
_DIFFERENCE: Final = 4
_SHORTEST: Final = 2
_MONTH: Final = 100


class Term(NamedTuple):
    """A word that names a side, a row or a column; several when it may be any of them."""

    start: int
    end: int
    axis: Axis
    ids: Ids


class Fact(NamedTuple):
    """A figure and what it stands for; an empty set or None where nothing says so.

    Attributes:
        clause: number of the clause in its text.
        month_day: month and day as one number; the figure is then that of the day.
    """

    figure: Figure
    start: int
    end: int
    clause: int
    side: Ids
    row: Ids
    column: Ids
    roles: frozenset[Role]
    unit: str
    bound: str
    month_day: int | None = None


class Clause(NamedTuple):
    """A piece between two marks."""

    start: int
    end: int
    text: str


def normal(text: str) -> str:
    """The form of a text in which everything here is read."""
    return unicodedata.normalize("NFKC", text)


def clauses_of(text: str) -> tuple[Clause, ...]:
    """The pieces of a text in NFKC between commas, stops and white space."""
    found, at = [], 0
    for match in (*_CUT.finditer(text), None):
        end = match.start() if match else len(text)
        if text[at:end].strip():
            found.append(Clause(at, end, text[at:end]))
        at = match.end() if match else end
    return tuple(found)


@dataclass(frozen=True)
class FactReader:
    """Reads figures with what they stand for.

    Attributes:
        places: words for rows, columns and groups, folded, with what they name.
    """

    words: ChatMeaning
    places: Mapping[str, frozenset[Tag]]

    def facts(self, text: str) -> tuple[Fact, ...]:
        """Every figure of a text in NFKC."""
        terms, clauses = self.terms(text), clauses_of(text)
        dates = {m.start(2): (m.start(), m) for m in _DATE.finditer(text)}
        months = {m.start(1) for m in dates.values() for m in [m[1]]}
        found: list[Fact] = []
        placed = placed_figures(text)
        for n, (figure, start, end) in enumerate(placed):
            if start in months or _NAME.search(text[:start]) or text[start - 1 : start] == "表":
                continue
            index = next((i for i, c in enumerate(clauses) if c.start <= start < c.end), None)
            if index is None:
                continue
            clause = clauses[index]
            left = max(clause.start, placed[n - 1].end if n else 0)
            right = min(clause.end, placed[n + 1].start if n + 1 < len(placed) else clause.end)
            own = [self._nearest(a, terms, clause, start, right) for a in ("side", "row", "column")]
            side, row, column = self._carried(own, terms, clause)
            date = dates.get(start)
            roles: frozenset[Role] = (
                frozenset({"date"}) if date else self._roles(text, clause, (start, end), (left, right))
            )
            if roles == {"added"}:
                row = column = frozenset()
            unit, behind = self._unit(text[end : clause.end])
            found.append(
                Fact(
                    figure, start, end, index, side, row, column, roles, unit,
                    self._bound(text[left:start], text[behind + end : clause.end]),
                    int(date[1][1]) * _MONTH + int(date[1][2]) if date else None,
                )
            )  # fmt: skip
        return tuple(found)

    def terms(self, text: str) -> tuple[Term, ...]:
        """The words that name sides, rows and columns, in order."""
        found = [
            Term(m.start(), m.end(), "side", self._sides[m[0]]) for m in self._side.finditer(text)
        ]
        matches = list(self._place.finditer(text))
        for match in matches:
            tags = self.places[match[0]]
            columns = frozenset(t.value for t in tags if t.kind == "column")
            rows = frozenset(t.value for t in tags if t.kind != "column")
            as_row = rows and not columns
            if rows and columns:
                behind = text[match.end() :].lstrip(_QUOTES)[:1]
                as_row = behind == "行" or (behind != "列" and self._beside(text, match, matches))
            axis: Axis = "row" if as_row else "column"
            found.append(Term(match.start(), match.end(), axis, rows if as_row else columns))
        return tuple(sorted(found))

    def _beside(
        self, text: str, match: re.Match[str], matches: Iterable[re.Match[str]]
    ) -> bool:
        """Whether a word that is a column, and nothing else, stands before without a mark between.

        自然人总计 is the row 总计; in 自然人51＋其他1 the two are columns.
        """
        return any(
            o.end() <= match.start()
            and all(t.kind == "column" for t in self.places[o[0]])
            and not _BETWEEN.search(text[o.end() : match.start()])
            for o in matches
        )

    @cached_property
    def _sides(self) -> Mapping[str, Ids]:
        made = ((w, s) for s, words in self.words.sides.items() for w in words)
        return {w: TABLES if s == "any" else frozenset({s}) for w, s in made}

    @cached_property
    def _side(self) -> re.Pattern[str]:
        return _any_of(self._sides)

    @cached_property
    def _place(self) -> re.Pattern[str]:
        return _any_of(w for w in self.places if len(w) >= _SHORTEST)

    @staticmethod
    def _nearest(
        axis: Axis, terms: tuple[Term, ...], clause: Clause, at: int, right: int
    ) -> Term | None:
        """The last word of an axis before a figure in its clause, else the first behind it."""
        own = [t for t in terms if t.axis == axis and clause.start <= t.start < clause.end]
        before = [t for t in own if t.start < at]
        behind = [t for t in own if at < t.start < right]
        return before[-1] if before else behind[0] if behind else None

    @staticmethod
    def _carried(
        own: list[Term | None], terms: tuple[Term, ...], clause: Clause
    ) -> tuple[Ids, Ids, Ids]:
        """What the clause says itself, completed from the clauses before it.

        A row of its own ends what was said of a column, and both end what was said of a side.
        """
        side, row, column = own
        before = [t for t in terms if t.start < clause.start]
        kept: dict[Axis, Term] = {}
        for term in before:
            if term.axis == "side" and kept.get("side", term).ids != term.ids:
                kept.clear()
            elif term.axis == "row":
                kept.pop("column", None)
            kept[term.axis] = term
        sides = side.ids if side else frozenset()
        if side and kept.get("side", side).ids != side.ids:
            kept.clear()
        rows = row or (kept.get("row") if not row else None)
        columns = column or (kept.get("column") if not row else None)
        if not side and not row and not column and "side" in kept:
            sides = kept["side"].ids
        return sides, rows.ids if rows else frozenset(), columns.ids if columns else frozenset()

    def _roles(
        self, text: str, clause: Clause, figure: tuple[int, int], beside: tuple[int, int]
    ) -> frozenset[Role]:
        """Whether a figure is printed, computed, proposed, a difference or a number of a thing."""
        (start, end), (left, right) = figure, beside
        before, whole = text[left:start], text[clause.start : clause.end]
        if _ORDINAL.search(text[:start]):
            return frozenset({"ordinal"})
        behind = text[end:right]
        if _has(before, self.words.proposed) or _has(behind[:6], self.words.proposed_behind):
            return frozenset({"proposed"})
        if "=" in whole:
            return frozenset({"added" if "=" in text[clause.start : start] else "printed"})
        near = before[-_DIFFERENCE:]
        if _has(near, self.words.differing) and not _has(near, self.words.no_difference):
            return frozenset({"difference"})
        if _has(text[clause.start : start], self.words.added):
            return frozenset({"added"})
        weak = [w for w in self.words.added_weakly if w in text[clause.start : start]]
        return frozenset({"added", "printed"}) if weak else frozenset({"printed"})

    def _unit(self, behind: str) -> tuple[str, int]:
        """The kind of unit right behind a figure, and how long its word is."""
        pairs = ((u, w) for u, words in self.words.units.items() for w in words)
        found = max((p for p in pairs if behind.startswith(p[1])), key=lambda p: len(p[1]), default=None)
        return (str(found[0]), len(found[1])) if found else ("", 0)

    def _bound(self, before: str, behind: str) -> str:
        """Whether a figure is the most or the least; empty when nothing says so."""
        if _ends(before, self.words.upper_before) or _starts(behind, self.words.upper_behind):
            return "upper"
        if _ends(before, self.words.lower_before) or _starts(behind, self.words.lower_behind):
            return "lower"
        return ""


def table_of(ids: Ids) -> frozenset[str]:
    """The tables that rows or columns belong to."""
    return frozenset(i.partition("/")[0] for i in ids)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w)))))


def _has(text: str, words: Iterable[str]) -> bool:
    return any(w in text for w in words)


def _ends(text: str, words: Iterable[str]) -> bool:
    """Whether one of the words stands at the end, but for 的 and 是."""
    return text.rstrip("的是为在每年").endswith(tuple(words))


def _starts(text: str, words: Iterable[str]) -> bool:
    return text.startswith(tuple(words))
