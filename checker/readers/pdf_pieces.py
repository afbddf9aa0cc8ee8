"""Printed lines to pieces: the smallest runs of characters that surely stand in one cell.

A label may fall into several pieces, which are put together by its wording; a figure never does.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from checker.readers.pdf_lines import Line, is_wide
from checker.readers.pdf_shapes import Glyph
from checker.readers.plain_labels import is_fragment, is_value, key, may_begin

# Widest gap inside a piece, in widths of a Chinese character.
_WIDE_GAP = 0.3
_NARROW_GAP = 0.2
# Inside an unknown text a label begins only where so many characters say so.
_TELLING = 4
# Characters of one piece stand on one baseline; those of a neighbouring cell need not.
_SAME_BASELINE = 0.3


class Piece(NamedTuple):
    """Characters that stand in one cell.

    Attributes:
        key: the text made comparable with labels.
        top: counted through all pages of the table, like ``bottom`` and ``cy``.
        em: width of a Chinese character around it.
    """

    text: str
    key: str
    glyphs: tuple[Glyph, ...]
    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    cy: float
    em: float

    @property
    def is_figure(self) -> bool:
        """Whether it is what a cell for figures holds."""
        return is_value(self.text)

    @property
    def is_mark(self) -> bool:
        """Whether it is nothing but punctuation of a label."""
        return not self.key and not self.is_figure


def make_pieces(line: Line, shift: float = 0.0) -> Iterator[Piece]:
    """The pieces of a line, from left to right.

    Args:
        line: characters on about one baseline.
        shift: what to add to its height to count through all pages.
    """
    for run in _runs(line):
        for part in _glued(run):
            yield _piece(part, line, shift)


def _runs(line: Line) -> list[list[Glyph]]:
    """Characters that follow each other without a gap."""
    runs: list[list[Glyph]] = []
    for glyph in line.glyphs:
        run = _run_of(glyph, runs, line.em)
        if run is None:
            runs.append([glyph])
        else:
            run.append(glyph)
    return runs


def _run_of(glyph: Glyph, runs: Sequence[list[Glyph]], em: float) -> list[Glyph] | None:
    """The run that the character continues."""
    height = glyph.bottom - glyph.top
    for run in reversed(runs):
        last = run[-1]
        limit = _gap_limit(last.char, glyph.char) * em
        if abs(last.cy - glyph.cy) <= _SAME_BASELINE * height and glyph.x0 - last.x1 <= limit:
            return run
    return None


def _gap_limit(before: str, char: str) -> float:
    if is_wide(before) and char.isdigit():
        # No official label has a figure behind its words; the next cell begins here.
        return -1.0
    return _WIDE_GAP if is_wide(before) or is_wide(char) else _NARROW_GAP


def _glued(run: Sequence[Glyph]) -> Iterator[Sequence[Glyph]]:
    """Labels of neighbouring cells that touch each other, told apart by their beginnings."""
    text = "".join(g.char for g in run)
    start = 0
    if not (is_value(text) or is_fragment(text)):
        for place in range(1, len(text)):
            least = 1 if place == _beginning(text, start) else _TELLING
            if _beginning(text, place) - place >= least:
                yield run[start:place]
                start = place
    yield run[start:]


def _beginning(text: str, start: int) -> int:
    """Where the longest beginning of a label ends that opens at a place of the text."""
    end = start
    while end < len(text):
        part = text[start : end + 1]
        if key(part) and not may_begin(part):
            break
        end += 1
    return end


def _piece(glyphs: Sequence[Glyph], line: Line, shift: float) -> Piece:
    text = "".join(g.char for g in glyphs)
    top, bottom = min(g.top for g in glyphs), max(g.bottom for g in glyphs)
    return Piece(
        text=text,
        key=key(text),
        glyphs=tuple(glyphs),
        page=line.page,
        x0=glyphs[0].x0,
        x1=max(g.x1 for g in glyphs),
        top=top + shift,
        bottom=bottom + shift,
        cy=(top + bottom) / 2 + shift,
        em=line.em,
    )
