"""Pieces of print to the official labels that they make, over as many lines as a label wraps.

A label is taken only as a whole: its pieces stand below or beside each other and their texts in
this order are the wording of a form. Nothing is concluded from likeness here.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from checker.domain.report import TableId
from checker.readers.pdf_lines import is_wide, join_lines
from checker.readers.pdf_pieces import Piece
from checker.readers.plain_labels import Known, known, labels

# Distance of the next line of a label at most, in heights of a line; one may hold a bracket only.
_NEXT_LINE = 5.0
_SAME_LINE = 0.35
_OPENING = "（(“‘《〈「『【["


class Label(NamedTuple):
    """An official label as printed.

    Attributes:
        pieces: in reading order.
        first: centre of its first line, counted through all pages; ``last`` that of its last one.
    """

    text: str
    known: Known
    pieces: tuple[Piece, ...]
    x0: float
    x1: float
    first: float
    last: float

    @property
    def em(self) -> float:
        """Width of a Chinese character around it."""
        return self.pieces[0].em

    def is_kind(self, *kinds: str) -> bool:
        """Whether a form knows the text as one of these kinds."""
        return not self.known.kinds.isdisjoint(kinds)

    def is_only(self, table: TableId) -> bool:
        """Whether no other table has such a label."""
        return self.known.tables == {table}

    def covers(self, piece: Piece) -> bool:
        """Whether the piece stands at the height of the label.

        The label fills no more than its own row, so whatever stands beside it is in that row.
        """
        return self.first - 0.5 * self.em <= piece.cy <= self.last + 0.5 * self.em


class Labelled(NamedTuple):
    """All labels, from top to bottom, and the pieces that belong to none."""

    labels: tuple[Label, ...]
    rest: tuple[Piece, ...]


def find_labels(pieces: Sequence[Piece]) -> Labelled:
    """Put the labels together.

    Args:
        pieces: of one table, over all its pages.
    """
    search = _Search([p for p in pieces if not p.is_mark])
    marks = _Marks(pieces)
    found: list[Label] = []
    for piece in _in_lines(search.pieces):
        chain = search.longest(piece)
        if chain is not None:
            search.take(chain)
            found.append(_label(chain, marks))
    rest = tuple(p for p in search.pieces if search.is_free(p))
    return Labelled(tuple(sorted(found, key=lambda c: (c.first, c.x0))), rest)


def _label(chain: Sequence[Piece], marks: "_Marks") -> Label:
    found = known("".join(p.key for p in chain))
    if found is None:
        raise ValueError("".join(p.text for p in chain))
    return Label(
        text=join_lines([marks.around(p) for p in chain]),
        known=found,
        pieces=tuple(chain),
        x0=min(p.x0 for p in chain),
        x1=max(p.x1 for p in chain),
        first=min(p.cy for p in chain),
        last=max(p.cy for p in chain),
    )


class _Marks:
    """Punctuation that stands apart from its words, where characters are spread.

    Args:
        pieces: all of a table.
    """

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._before: dict[int, str] = {}
        self._after: dict[int, str] = {}
        ordered = _in_lines(sorted(pieces, key=lambda p: p.cy))
        for number, mark in enumerate(ordered):
            if not mark.is_mark:
                continue
            opening = mark.text[0] in _OPENING
            words = ordered[number + 1 :] if opening else reversed(ordered[:number])
            word = next((p for p in words if not p.is_mark), None)
            if word is not None and opening:
                self._before[id(word)] = self._before.get(id(word), "") + mark.text
            elif word is not None:
                self._after[id(word)] = mark.text + self._after.get(id(word), "")

    def around(self, piece: Piece) -> str:
        """The text with its punctuation."""
        return self._before.get(id(piece), "") + piece.text + self._after.get(id(piece), "")


def _in_lines(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces that are sorted by height, line by line; each line from left to right."""
    lines: list[list[Piece]] = []
    for piece in pieces:
        if lines and piece.cy - lines[-1][0].cy <= _SAME_LINE * (piece.bottom - piece.top):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [piece for line in lines for piece in sorted(line, key=lambda p: p.x0)]


class _Search:
    """Looks for chains of pieces among those that no label has taken."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = sorted(pieces, key=lambda p: p.cy)
        self._heights = [p.cy for p in self.pieces]
        self._taken: set[int] = set()

    def is_free(self, piece: Piece) -> bool:
        """Whether no label has taken the piece."""
        return id(piece) not in self._taken

    def take(self, chain: Sequence[Piece]) -> None:
        """Note that the pieces belong to a label."""
        self._taken.update(map(id, chain))

    def longest(self, start: Piece) -> tuple[Piece, ...] | None:
        """The longest label that begins with the piece."""
        worded = any(map(is_wide, start.key)) or not start.text.isdigit()
        if not worded or not self.is_free(start) or start.key not in labels().prefixes:
            return None
        best: tuple[Piece, ...] | None = None
        length = 0
        stack: list[tuple[tuple[Piece, ...], str]] = [((start,), start.key)]
        while stack:
            chain, text = stack.pop()
            if len(text) > length and text in labels().known:
                best, length = chain, len(text)
            for piece in self._next(chain):
                if piece.key and text + piece.key in labels().prefixes:
                    stack.append(((*chain, piece), text + piece.key))
        return best

    def _next(self, chain: Sequence[Piece]) -> Iterator[Piece]:
        """Pieces that may continue a label: those of the next line, and the next to the right.

        The last one is tried first: a line is read to its end.
        """
        last = chain[-1]
        height = last.bottom - last.top
        left, right = min(p.x0 for p in chain), max(p.x1 for p in chain)
        beside: Piece | None = None
        below: list[Piece] = []
        start = bisect_left(self._heights, last.cy - _SAME_LINE * height)
        for index in range(start, len(self.pieces)):
            piece = self.pieces[index]
            if below and piece.cy > below[0].cy + _SAME_LINE * height:
                break
            if piece.page == last.page and piece.cy > last.cy + _NEXT_LINE * height:
                continue
            if not self.is_free(piece) or piece is last:
                continue
            if piece.cy <= last.cy + _SAME_LINE * height:
                # However far: the characters of a label may be spread over the width of its cell.
                if piece.x0 > last.x1 - 0.1 * last.em and (beside is None or piece.x0 < beside.x0):
                    beside = piece
            elif piece.x0 < right and piece.x1 > left:
                below.append(piece)
        yield from below
        if beside is not None:
            yield beside
