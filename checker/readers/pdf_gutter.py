"""Whether the running text of a page is set in two columns, and where they part.

A table is never taken for that: on both sides of the gap there must be lines of prose.
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from checker.readers.pdf_cells import Fragment
from checker.readers.pdf_lines import Line, is_wide, make_lines, split_tokens
from checker.readers.pdf_shapes import Glyph, PageContent

# Part of the page height in which page numbers and running heads stand.
_MARGIN = 0.12
# The gap between two columns of text lies in this part of the page width.
_FROM, _TO = 0.35, 0.65
_LEAST_LINES = 3
_LEAST_CHARACTERS = 12


class Gutter(NamedTuple):
    """A gap from top to bottom; everything is left or right of it."""

    x: float

    def side(self, x0: float, x1: float) -> int:
        """0 for what stands left of the gap, 1 for what stands right of it."""
        return int((x0 + x1) / 2 > self.x)

    def is_crossed(self, line: Line) -> bool:
        """Whether a line goes on over the gap, as a title or a page number does."""
        return any(
            a.cx <= self.x < b.cx and b.x0 - a.x1 < line.em for a, b in pairwise(line.glyphs)
        )


def is_marginal(item: Glyph | Line, page: PageContent) -> bool:
    """Whether it stands where page numbers and running heads do."""
    return not _MARGIN < (item.top + item.bottom) / 2 / page.height < 1 - _MARGIN


def find_gutter(
    page: PageContent, glyphs: Sequence[Glyph], fragments: Sequence[Fragment]
) -> Gutter | None:
    """The gap between two columns of text, or None.

    Args:
        page: where to look.
        glyphs: its characters outside of tables.
        fragments: its ruled tables.
    """
    body = [g for g in glyphs if not is_marginal(g, page)]
    wide = [g.x1 - g.x0 for g in body if is_wide(g.char)]
    if len(wide) < 2 * _LEAST_LINES * _LEAST_CHARACTERS:
        return None
    stretches = [(g.x0, g.x1) for g in body] + [(f.box.x0, f.box.x1) for f in fragments]
    gap = _widest_gap(sorted(stretches), page.width)
    if gap is None or gap[1] - gap[0] < median(wide):
        return None
    gutter = Gutter((gap[0] + gap[1]) / 2)
    sides = [[g for g in body if gutter.side(g.x0, g.x1) == side] for side in (0, 1)]
    return gutter if all(_is_prose(side, page.number) for side in sides) else None


def _widest_gap(
    stretches: Sequence[tuple[float, float]], width: float
) -> tuple[float, float] | None:
    gaps: list[tuple[float, float]] = []
    reached = stretches[0][0]
    for start, end in stretches:
        if start > reached and _FROM * width < (start + reached) / 2 < _TO * width:
            gaps.append((reached, start))
        reached = max(reached, end)
    return max(gaps, key=lambda gap: gap[1] - gap[0], default=None)


def _is_prose(glyphs: Sequence[Glyph], page: int) -> bool:
    lines = make_lines(glyphs, page) if glyphs else []
    long = sum(
        any(
            sum(is_wide(g.char) for g in token) >= _LEAST_CHARACTERS for token in split_tokens(line)
        )
        for line in lines
    )
    return long >= _LEAST_LINES
