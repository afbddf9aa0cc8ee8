"""The rows and columns of a table as they are printed, and which parts of them hang together.

It knows cells and sums only, no labels.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from checker.checks.sums import Sums
from checker.domain.report import split_address

Direction = Literal["row", "column"]
_LEAST = 3
"""A line of two cells has no neighbours to be moved by."""


class Span(NamedTuple):
    """Neighbouring cells of a line, both ends included, by their place in it."""

    first: int
    last: int

    def within(self, other: "Span") -> bool:
        """Whether it is a part of another span or the same."""
        return other.first <= self.first and self.last <= other.last


@dataclass(frozen=True, eq=False)
class PrintedLine:
    """A printed row or column.

    Attributes:
        cells: addresses in their printed order.
        own: ids of the sums that lie within the line.
        parts: the cells of each such sum, those that it adds up, and two such sums in a row, where
            they are neighbours.
    """

    direction: Direction
    cells: tuple[str, ...]
    own: frozenset[str]
    parts: tuple[Span, ...]

    @property
    def full(self) -> Span:
        """All cells."""
        return Span(0, len(self.cells) - 1)

    def rank(self, span: Span) -> int:
        """How natural a span is: 0 all, 1 a whole part, 2 from some cell on, 3 up to some cell."""
        return self.spans[span]

    @property
    def spans(self) -> Mapping[Span, int]:
        """All spans that start or end with the line or one of its parts, with their rank."""
        return _ranked_spans(self.full, self.parts)


@lru_cache(maxsize=32)
def _ranked_spans(full: Span, parts: tuple[Span, ...]) -> Mapping[Span, int]:
    ranks: dict[Span, int] = {}
    for part in (full, *parts):
        ranks |= {Span(at, part.last): 2 for at in range(part.first, part.last)}
    for part in (full, *parts):
        for at in range(part.first, part.last):
            ranks.setdefault(Span(part.first, at + 1), 3)
    return ranks | dict.fromkeys(parts, 1) | {full: 0}


def printed_lines(cells: Iterable[str], sums: Sums, across: Collection[str]) -> list[PrintedLine]:
    """The rows and columns of tables; one row per table that is printed so.

    Args:
        cells: addresses in printed order.
        sums: all sums of the tables.
        across: tables whose rows stand side by side, in one printed row.
    """
    rows: dict[tuple[str, str], list[str]] = {}
    columns: dict[tuple[str, str], list[str]] = {}
    for cell in cells:
        table, row, column = split_address(cell)
        if table in across:
            rows.setdefault((table, ""), []).append(cell)
        else:
            rows.setdefault((table, row), []).append(cell)
            columns.setdefault((table, column), []).append(cell)
    lines = [_line("row", line, sums) for line in rows.values() if len(line) >= _LEAST]
    return lines + [_line("column", line, sums) for line in columns.values() if len(line) >= _LEAST]


def _line(direction: Direction, cells: Sequence[str], sums: Sums) -> PrintedLine:
    place = {c: i for i, c in enumerate(cells)}
    inside = (i for i in sums.touched(cells) if sums.terms(i).keys() <= place.keys())
    own = tuple(i for i in inside if len(sums.terms(i)) >= _LEAST)
    parts: dict[Span, None] = {}
    sums_ = [_span(sums.terms(i), place) for i in own]
    for id_ in own:
        terms = sums.terms(id_)
        for members in (terms, [c for c, f in terms.items() if f > 0]):
            span = _span(members, place)
            if span is not None:
                parts[span] = None
    for one, two in pairwise(sorted(s for s in sums_ if s is not None)):
        if two.first == one.last + 1:
            parts[Span(one.first, two.last)] = None
    parts.pop(Span(0, len(cells) - 1), None)
    return PrintedLine(direction, tuple(cells), frozenset(own), tuple(parts))


def _span(members: Collection[str], place: Mapping[str, int]) -> Span | None:
    """The cells of a sum, where at least three of them are neighbours without a gap."""
    at = sorted(place[c] for c in members)
    whole = len(at) >= _LEAST and at[-1] - at[0] == len(at) - 1
    return Span(at[0], at[-1]) if whole else None
