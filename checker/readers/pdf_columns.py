"""Which column of an unruled table a figure stands in; only what must be so, never what seems so.

Cells do not overlap. So texts that overlap from left to right stand in one column, and a head
names the column of every figure that overlaps it. A figure below no head stands in one of the two
columns beside it, and rows in which one of these is taken tell which.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from checker.readers.pdf_pieces import Piece
from checker.readers.plain_labels import is_value

# Boxes of characters may touch those of the next cell by a fraction of a point.
_TOUCH = 0.5
# What stands at one height differs by no more, in widths of a character.
_LEVEL = 0.35
# Stands for a column without a head.
NO_COLUMN = -1
# A unit stands this close behind its number, in widths of a Chinese character.
_UNIT_GAP = 0.9


class Span(NamedTuple):
    """From where to where a text reaches."""

    x0: float
    x1: float


class Token(NamedTuple):
    """The pieces of one printed figure: a number with its unit, a dash, a word."""

    pieces: tuple[Piece, ...]
    x0: float
    x1: float


def tokens_of(pieces: Sequence[Piece]) -> list[Token]:
    """Pieces of one row as figures, from left to right; a unit belongs to its number."""
    tokens: list[Token] = []
    for piece in sorted(pieces, key=lambda p: (p.x0, p.cy)):
        last = tokens[-1].pieces[-1] if tokens else None
        if (
            last is not None
            and not (last.is_figure and piece.is_figure)
            and abs(last.cy - piece.cy) < 0.5 * piece.em
            and piece.x0 - last.x1 <= _UNIT_GAP * piece.em
        ):
            before = tokens.pop()
            tokens.append(Token((*before.pieces, piece), before.x0, max(before.x1, piece.x1)))
        else:
            tokens.append(Token((piece,), piece.x0, piece.x1))
    return tokens


@dataclass
class _Strip:
    """Texts of which each overlaps another one, so that all stand in one column.

    Attributes:
        heads: numbers of the heads among them; more than one means that a text runs over.
        rows: numbers of the rows in which something stands here.
        columns: the columns that it may be; one when it is certain.
    """

    x0: float
    x1: float
    heads: list[int] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)
    columns: tuple[int, ...] = ()


def columns_of(
    heads: Sequence[Span], rows: Sequence[Sequence[Token]], *, complete: bool
) -> list[list[tuple[int, ...]]]:
    """The columns in which every figure of every row may stand; one where that is certain.

    Args:
        heads: from left to right, one for each column.
        rows: the figures of every row below these heads.
        complete: no column is without a head.
    """
    strips = _strips(heads, rows)
    _between_heads(strips, len(heads), complete=complete)
    if complete:
        _by_elimination(strips)
    return [[_columns(token, heads, strips) for token in row] for row in rows]


def count_columns(rows: Sequence[Sequence[Token]]) -> int | None:
    """How many columns rows without heads have, if each has one figure in every column."""
    strips = _strips((), rows)
    full = all(len(row) == len(strips) for row in rows)
    return len(strips) if full and all(len(s.rows) == len(rows) for s in strips) else None


def count_strips(rows: Sequence[Sequence[Token]]) -> int:
    """In how many places figures stand beside each other, whatever the row."""
    return len(_strips((), rows))


def is_one_row(tokens: Sequence[Token], columns: Sequence[tuple[int, ...]]) -> bool:
    """Whether these can be the cells of one row: figures, at one height unless a cell wraps."""
    alone = [t.pieces[0] for t, c in zip(tokens, columns, strict=True) if columns.count(c) == 1]
    worded = any(not is_value("".join(p.text for p in t.pieces)) for t in tokens)
    return not worded and is_level(alone)


def is_level(pieces: Sequence[Piece]) -> bool:
    """Whether all stand at one height."""
    heights = [p.cy for p in pieces]
    return not heights or max(heights) - min(heights) <= _LEVEL * pieces[0].em


def overlap(one: Span | Token, other: Span | Token) -> bool:
    """Whether two texts share a vertical line."""
    return one.x0 < other.x1 - _TOUCH and one.x1 > other.x0 + _TOUCH


def _strips(heads: Sequence[Span], rows: Sequence[Sequence[Token]]) -> list[_Strip]:
    spans: list[tuple[Span, int | None, int | None]] = [
        (head, number, None) for number, head in enumerate(heads)
    ]
    for number, row in enumerate(rows):
        for token in row:
            if sum(overlap(token, head) for head in heads) < 2:
                spans.append((Span(token.x0, token.x1), None, number))
    strips: list[_Strip] = []
    for span, head, row_number in sorted(spans, key=lambda s: s[0]):
        if not strips or span.x0 > strips[-1].x1 - _TOUCH:
            strips.append(_Strip(span.x0, span.x1))
        strip = strips[-1]
        strip.x1 = max(strip.x1, span.x1)
        if head is not None:
            strip.heads.append(head)
        if row_number is not None:
            strip.rows.add(row_number)
    return strips


def _between_heads(strips: Sequence[_Strip], count: int, *, complete: bool) -> None:
    """Columns that each strip may be: that of its head, else those of the heads beside it."""
    passed = 0
    for strip in strips:
        beside = tuple(c for c in (passed - 1, passed) if 0 <= c < count)
        if not complete:
            beside = (*beside, NO_COLUMN)
        strip.columns = tuple(strip.heads) or beside
        passed += len(strip.heads)


def _by_elimination(strips: Sequence[_Strip]) -> None:
    """Settle strips without a head: no row has two figures in one column."""
    changed = True
    while changed:
        changed = False
        for strip in strips:
            if strip.heads or len(strip.columns) < 2:
                continue
            left = tuple(c for c in strip.columns if not _taken(c, strip, strips))
            if len(left) == 1:
                strip.columns, changed = left, True


def _taken(column: int, strip: _Strip, strips: Sequence[_Strip]) -> bool:
    return any(
        other is not strip and other.columns == (column,) and other.rows & strip.rows
        for other in strips
    )


def _columns(token: Token, heads: Sequence[Span], strips: Sequence[_Strip]) -> tuple[int, ...]:
    over = tuple(number for number, head in enumerate(heads) if overlap(token, head))
    if len(over) >= 2:
        return over
    return next((s.columns for s in strips if s.x0 <= token.x0 and token.x1 <= s.x1), ())
