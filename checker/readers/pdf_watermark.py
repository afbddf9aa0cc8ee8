"""Characters of a watermark: printed aslant, or large behind other text (pypdfium2).

They belong to no line and to no cell, so they are taken out of the page and told apart. Text that
is turned by a quarter is none.
"""

import math
from collections.abc import Sequence
from statistics import median_low

import pypdfium2
import pypdfium2.raw as pdfium

from checker.readers.pdf_shapes import Glyph

# So much taller than usual is a character that is turned, or a large one.
_TALL = 1.2
# So much taller is nothing that has its own place between lines or in a cell.
_HUGE = 1.8
_QUARTER = math.pi / 2
# Degrees of a scanned or slightly skewed page are no watermark.
_ASLANT = math.radians(4)


def watermark(
    glyphs: Sequence[Glyph], text: pypdfium2.PdfTextPage, heights: Sequence[float]
) -> frozenset[int]:
    """Positions in the content of the characters of watermarks.

    Args:
        glyphs: of the page.
        text: of the page, to ask for directions.
        heights: of the boxes that the library gives the characters, in points.
    """
    usual = median_low(heights) if heights else 0.0
    if not heights or max(heights) <= _TALL * usual:
        return frozenset()
    tall = [g for g in glyphs if g.bottom - g.top > _TALL * usual]
    if any(_is_aslant(text, g) for g in tall):
        aslant = frozenset(g.order for g in glyphs if _is_aslant(text, g))
        # A page of which most is turned was laid askew into the scanner.
        return aslant if 2 * len(aslant) < len(glyphs) else frozenset()
    huge = [g for g in tall if g.bottom - g.top > _HUGE * usual]
    return frozenset(g.order for g in huge) if _is_behind(huge, glyphs) else frozenset()


def _is_aslant(text: pypdfium2.PdfTextPage, glyph: Glyph) -> bool:
    angle = float(pdfium.FPDFText_GetCharAngle(text.raw, glyph.order))
    rest = angle % _QUARTER
    return angle > 0 and min(rest, _QUARTER - rest) > _ASLANT


def _is_behind(huge: Sequence[Glyph], glyphs: Sequence[Glyph]) -> bool:
    """Whether other text is printed over large characters."""
    if not huge:
        return False
    least = min(g.bottom - g.top for g in huge)
    x0, x1 = min(g.x0 for g in huge), max(g.x1 for g in huge)
    top, bottom = min(g.top for g in huge), max(g.bottom for g in huge)
    over = [
        g for g in glyphs if x0 <= g.cx <= x1 and top <= g.cy <= bottom and g.bottom - g.top < least
    ]
    return any(h.x0 < g.cx < h.x1 and h.top < g.cy < h.bottom for g in over for h in huge)
