"""Characters to printed lines, and the spaces between them.

Spaces follow from gaps: those that a PDF holds or that a library adds are as often layout.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from operator import attrgetter
from statistics import median
from typing import NamedTuple

from checker.readers.pdf_shapes import Glyph

_left = attrgetter("x0")
_centre = attrgetter("cy")
_FIRST_WIDE = "\u2e80"
"""Loops over all characters of a page compare with it themselves, without ``is_wide``."""

# The space of every font is wider than that, in em; digits of one number stand closer.
_LEAST_SPACE = 0.2
# Centres of characters of one size and line differ by no more, in heights of a character.
_ONE_HEIGHT = 0.1


class Line(NamedTuple):
    """Characters on one baseline, from left to right.

    Attributes:
        em: width of a Chinese character in this line.
    """

    glyphs: tuple[Glyph, ...]
    text: str
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    em: float


def is_wide(char: str) -> bool:
    """Whether the character fills a square: Chinese characters and full-width forms."""
    return char >= _FIRST_WIDE


def _em(glyphs: Sequence[Glyph]) -> float:
    widths = [g.x1 - g.x0 for g in glyphs if g.char >= _FIRST_WIDE]
    if widths:
        return median(widths)
    return 0.85 * median([g.bottom - g.top for g in glyphs])


def group_lines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Characters by line, top down; each line from left to right."""
    lines: list[list[Glyph]] = []
    anchor, reach, level = 0.0, 0.0, -inf
    for glyph in sorted(glyphs, key=_centre):
        centre, height = glyph.cy, glyph.bottom - glyph.top
        if glyph.sideways:
            height = max(height, glyph.x1 - glyph.x0)
        # What is at one height is in one line, however near to another the two are.
        beside = centre - level <= _ONE_HEIGHT * height
        if not beside:
            level = centre
        if lines and (beside or centre - anchor <= 0.5 * min(height, reach)):
            lines[-1].append(glyph)
            # The tallest character says best where the line is.
            if height > reach:
                anchor, reach = (anchor + centre) / 2, height
        else:
            lines.append([glyph])
            anchor, reach = centre, height
    for line in lines:
        line.sort(key=_left)
    return lines


def make_lines(glyphs: Sequence[Glyph], page: int) -> list[Line]:
    """The printed lines of a page, top down."""
    return [_line(line, page) for line in group_lines(glyphs)]


def _line(glyphs: Sequence[Glyph], page: int) -> Line:
    em = _em(glyphs)
    return Line(
        glyphs=tuple(glyphs),
        text=spell(glyphs, em),
        page=page,
        x0=glyphs[0].x0,
        top=min(g.top for g in glyphs),
        x1=max(g.x1 for g in glyphs),
        bottom=max(g.bottom for g in glyphs),
        em=em,
    )


def _usual(gaps: Sequence[float]) -> float:
    """The gap that three of four exceed: wide only if the whole line is spread."""
    return max(sorted(gaps)[len(gaps) // 4], 0.0) if len(gaps) > 3 else 0.0


def spell(glyphs: Sequence[Glyph], em: float = 0.0) -> str:
    """Text of one line.

    A gap of about one character beyond what is usual in the line is a space (a figure may be
    missing there); between Latin letters or digits a much smaller one is. Justified lines have
    wide gaps everywhere and get no spaces.
    """
    if len(glyphs) == 1:
        return glyphs[0].char
    em = em or _em(glyphs)
    gaps = [b.x0 - a.x1 for a, b in pairwise(glyphs)]
    if max(gaps) <= _LEAST_SPACE * em:  # most lines; nothing below is wider
        return "".join([g.char for g in glyphs])
    beside_wide = [a or b for a, b in pairwise([g.char >= _FIRST_WIDE for g in glyphs])]
    usual = _usual([gap for gap, wide in zip(gaps, beside_wide, strict=True) if wide])
    near_wide, elsewhere = usual + 0.9 * em, _LEAST_SPACE * em
    parts = [glyphs[0].char]
    for gap, wide, glyph in zip(gaps, beside_wide, glyphs[1:], strict=True):
        if gap > (near_wide if wide else elsewhere):
            parts.append(" ")
        parts.append(glyph.char)
    return "".join(parts)


def split_tokens(line: Line) -> list[list[Glyph]]:
    """Pieces of a line that stand clearly apart, as the columns of an unruled table do."""
    glyphs = line.glyphs
    wide = [
        b.x0 - a.x1 for a, b in pairwise(glyphs) if a.char >= _FIRST_WIDE and b.char >= _FIRST_WIDE
    ]
    usual = _usual(wide)
    limit = max(0.9 * line.em, 2 * usual + 0.5 * line.em if usual > 0.2 * line.em else 0.0)
    tokens = [[glyphs[0]]]
    for before, glyph in pairwise(glyphs):
        if glyph.x0 - before.x1 > limit:
            tokens.append([glyph])
        else:
            tokens[-1].append(glyph)
    return tokens


def join_lines(parts: Sequence[str]) -> str:
    """Lines of one paragraph or label; only Latin words and figures are kept apart."""
    text = ""
    for part in parts:
        if text and part and text[-1].isascii() and part[0].isascii():
            glued = text[-1] in "-/@." or part[0] in "-/@."
            text += part if glued else f" {part}"
        else:
            text += part
    return text
