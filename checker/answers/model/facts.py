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
HIDDEN: Final = "〇"
TABLES: Final[Ids] = frozenset({"proactive", "requests", "appeals"})
_CUT: Final = re.compile(r"(?<!\d),|,(?!\d)|[。;!?\s]+")
_DATE: Final = re.compile(r"(\d{1,2})月(\d{1,2})[日号]")
_ORDINAL: Final = re.compile(r"(?:第|问题)(?:[\d一二三四五六七八九十百]+[、和与及])*$")
_NAME: Final = re.compile(r"[A-Za-z]\d*$")
_BETWEEN: Final = re.compile(r"[,。;:!?+\d、和与及跟\s]")
_QUOTES: Final = '”"’」'
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
        level: how severe the findings are that it counts.
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
    level: str
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


class _Span(NamedTuple):
    """Where a figure stands: from ``left`` to ``right`` no other figure stands in its clause."""

    text: str
    clause: Clause
    start: int
    end: int
    left: int
    right: int


@dataclass(frozen=True)
class FactReader:
    """Reads figures with what they stand for.

    Attributes:
        places: words for rows, columns and groups, folded, with what they name.
        cells: addresses of the cells that the form has.
    """

    words: ChatMeaning
    places: Mapping[str, frozenset[Tag]]
    cells: frozenset[str]

    def facts(self, text: str) -> tuple[Fact, ...]:
        """Every figure of a text in NFKC."""
        terms, clauses = self.terms(text), clauses_of(text)
        dates = {m.start(2): m for m in _DATE.finditer(text)}
        months = {m.start(1) for m in dates.values()}
        placed = [(0, 0), *((p.start, p.end) for p in placed_figures(text)), (len(text),) * 2]
        found: list[Fact] = []
        for n, (figure, start, end) in enumerate(placed_figures(text), 1):
            index = next((i for i, c in enumerate(clauses) if c.start <= start < c.end), None)
            named = _NAME.search(text[:start]) or text[start - 1 : start] == "表"
            if start in months or named or index is None:
                continue
            clause = clauses[index]
            span = _Span(
                text, clause, start, end,
                max(clause.start, placed[n - 1][1]), min(clause.end, placed[n + 1][0]),
            )  # fmt: skip
            side, row, column = self._meant(terms, span)
            date = dates.get(start)
            roles: frozenset[Role] = frozenset({"date"}) if date else self._roles(span)
            alone = roles == {"added"}
            behind, unit = text[end : clause.end], self._unit(text[end : clause.end])
            before, beyond = text[span.left : start], behind[len(unit) :]
            found.append(
                Fact(
                    figure=figure, start=start, end=end, clause=index, side=side,
                    row=frozenset() if alone else row, column=frozenset() if alone else column,
                    roles=roles, unit=self._units.get(unit, ""),
                    bound=self._bound(before, beyond), level=self._level(before, beyond),
                    month_day=int(date[1]) * _MONTH + int(date[2]) if date else None,
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

    def masked(self, text: str) -> str:
        """A text of the same length without the words whose characters are not read alone."""
        return self._opposed.sub(lambda m: HIDDEN * len(m[0]), text)

    def _beside(self, text: str, match: re.Match[str], matches: Iterable[re.Match[str]]) -> bool:
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
    def _units(self) -> Mapping[str, str]:
        return {w: unit for unit, words in self.words.units.items() for w in words}

    @cached_property
    def _sides(self) -> Mapping[str, Ids]:
        made = ((w, s) for s, words in self.words.sides.items() for w in words)
        return {w: TABLES if s == "any" else frozenset({s}) for w, s in made}

    @cached_property
    def _side(self) -> re.Pattern[str]:
        return _any_of(self._sides)

    @cached_property
    def _opposed(self) -> re.Pattern[str]:
        return _any_of(self.words.opposed)

    @cached_property
    def _no_difference(self) -> re.Pattern[str]:
        return _any_of(self.words.no_difference)

    @cached_property
    def _place(self) -> re.Pattern[str]:
        return _any_of(w for w in self.places if len(w) >= _SHORTEST)

    @cached_property
    def names(self) -> re.Pattern[str]:
        """Names and words that hold characters of denial and deny nothing."""
        words = self.words
        named = [w for w in self.places if len(w) > 1 and has(w, words.negators)]
        return _any_of({*named, *words.opposed, *words.differ})

    def _meant(self, terms: tuple[Term, ...], span: _Span) -> tuple[Ids, Ids, Ids]:
        """Side, row and column of a figure."""
        own: dict[Axis, Term] = {}
        inside = [t for t in terms if span.clause.start <= t.start < span.right]
        for term in reversed(inside):  # the first behind the figure, unless one stands before
            if term.start > span.start:
                own[term.axis] = term
        own |= {t.axis: t for t in inside if t.start < span.start}
        return self._carried(own, terms, span.clause)

    def _carried(
        self, own: Mapping[Axis, Term], terms: tuple[Term, ...], clause: Clause
    ) -> tuple[Ids, Ids, Ids]:
        """What the clause says itself, completed from the clauses before it.

        A row of its own ends what was said of a column, and both end what was said of a side; a
        row of before is not meant where the form has no such cell.
        """
        side, row, column = own.get("side"), own.get("row"), own.get("column")
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
        rows = row or kept.get("row")
        if rows and not row and column and not self._crosses(rows.ids, column.ids):
            rows = None
        columns = column or (kept.get("column") if not row else None)
        if not side and not row and not column and "side" in kept:
            sides = kept["side"].ids
        return sides, rows.ids if rows else frozenset(), columns.ids if columns else frozenset()

    def _crosses(self, rows: Ids, columns: Ids) -> bool:
        """Whether a row, or a row of a group, has a cell in a column."""
        return any(
            cell.startswith((f"{row}/", f"{row}."))
            and cell.endswith(f"/{column.partition('/')[2]}")
            and column.partition("/")[0] == row.partition("/")[0]
            for row in rows
            for column in columns
            for cell in self.cells
        )

    def _roles(self, span: _Span) -> frozenset[Role]:
        """Whether a figure is printed, computed, proposed, a difference or a number of a thing."""
        text, clause, start, end, left, right = span
        before, whole = text[left:start], clause.text
        if _ORDINAL.search(text[:start]):
            return frozenset({"ordinal"})
        behind = text[end:right]
        if has(before, self.words.proposed) or has(behind[:6], self.words.proposed_behind):
            return frozenset({"proposed"})
        if has(before, self.words.advised):
            return frozenset({"proposed", "printed"})
        if "=" in whole:
            return frozenset({"added" if "=" in text[clause.start : start] else "printed"})
        near = self._no_difference.sub("", before)[-_DIFFERENCE:]
        if has(near, self.words.differing):
            return frozenset({"difference"})
        return self._counted(text[clause.start : start])

    def _counted(self, before: str) -> frozenset[Role]:
        """Printed, or computed from others; 合计 may be either."""
        if has(before, self.words.added):
            return frozenset({"added"})
        either = has(before, self.words.added_weakly)
        return frozenset({"added", "printed"}) if either else frozenset({"printed"})

    def _unit(self, behind: str) -> str:
        """The unit right behind a figure."""
        return max((u for u in self._units if behind.startswith(u)), key=len, default="")

    def _level(self, before: str, behind: str) -> str:
        """The level that stands right before or behind a figure."""
        near = [w for w in self.words.levels if before.endswith(w)]
        near += [w for w in self.words.levels if behind.startswith((w, f"的{w}"))]
        return near[0] if near else ""

    def _bound(self, before: str, behind: str) -> str:
        """Whether a figure is the most or the least; empty when nothing says so."""
        if has(before, self.words.upper_before) or _starts(behind, self.words.upper_behind):
            return "upper"
        if has(before, self.words.lower_before) or _starts(behind, self.words.lower_behind):
            return "lower"
        return ""


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w)))))


def has(text: str, words: Iterable[str]) -> bool:
    """Whether any of the words stands in a text."""
    return any(w in text for w in words)


def _starts(text: str, words: Iterable[str]) -> bool:
    return text.startswith(tuple(words))
