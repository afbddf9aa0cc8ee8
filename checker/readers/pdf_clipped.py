"""Which characters of a page lie outside of the area to which they are clipped (pypdfium2).

Nobody sees them: a cell of fixed height, or a head that is printed again, has no room for them.
The library hands them over all the same. Asking costs a dozen calls for each piece of text, so it
is done only for pages on which a text seems to run over into the cell below.
"""

import ctypes
from collections.abc import Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from checker.readers.pdf_shapes import Box, Frame, Glyph


def clipped_orders(
    text: pypdfium2.PdfTextPage, glyphs: Sequence[Glyph], frame: Frame
) -> frozenset[int]:
    """Positions in the content of those characters whose middle is outside of their clip path.

    Args:
        text: of the page.
        glyphs: the characters to ask for.
        frame: how the page lies.
    """
    areas: dict[int, Box | None] = {}
    found: set[int] = set()
    for glyph in glyphs:
        shape = pdfium.FPDFText_GetTextObject(text.raw, glyph.order)
        address = ctypes.cast(shape, ctypes.c_void_p).value
        if address is None:
            continue
        if address not in areas:
            area = _clip(shape)
            areas[address] = None if area is None else frame.box(*area)
        shown = areas[address]
        if shown is not None and not (
            shown.x0 <= glyph.cx <= shown.x1 and shown.top <= glyph.cy <= shown.bottom
        ):
            found.add(glyph.order)
    return frozenset(found)


def _clip(shape: object) -> Box | None:
    """What all clip paths of an object leave, in user space; None if it has none."""
    path = pdfium.FPDFPageObj_GetClipPath(shape)
    count = pdfium.FPDFClipPath_CountPaths(path) if path else 0
    boxes = [box for number in range(count) if (box := _bounds(path, number)) is not None]
    if not boxes:
        return None
    return Box(
        max(b.x0 for b in boxes),
        max(b.top for b in boxes),
        min(b.x1 for b in boxes),
        min(b.bottom for b in boxes),
    )


def _bounds(path: object, number: int) -> Box | None:
    x, y = ctypes.c_float(), ctypes.c_float()
    xs: list[float] = []
    ys: list[float] = []
    for index in range(pdfium.FPDFClipPath_CountPathSegments(path, number)):
        segment = pdfium.FPDFClipPath_GetPathSegment(path, number, index)
        if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            xs.append(x.value)
            ys.append(y.value)
    return Box(min(xs), min(ys), max(xs), max(ys)) if xs else None
