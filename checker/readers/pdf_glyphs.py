"""Characters of one PDF page with their places, and which of them nobody sees (pypdfium2)."""

import ctypes
import math
from bisect import bisect
from collections.abc import Iterator, Sequence
from statistics import median_low

import pypdfium2
import pypdfium2.raw as pdfium

from checker.domain.document import HiddenReason
from checker.readers.characters import map_compatible
from checker.readers.pdf_shapes import Box, Concealed, Frame, Glyph, PageContent
from checker.readers.pdf_watermark import watermark

_INVISIBLE_MODES = (3, 7)
_SPACES = (
    (frozenset(range(0x21)) - {0x02})
    | {0x7F, 0xA0, 0x1680, 0x202F, 0x205F, 0x3000}
    | set(range(0x2000, 0x200B))
)
# Characters without width, marks of direction, fillers. Not the soft hyphen: fonts print it.
_UNSEEN = frozenset(
    {0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFEFF, 0xFFA0}
    | {*range(0x180B, 0x1810), *range(0x200B, 0x2010), *range(0x202A, 0x202F)}
    | {*range(0x2060, 0x2070), *range(0xFE00, 0xFE10), *range(0xFFF0, 0xFFFC)}
)
# First half of the pairs that stand for tags and for variants of a character.
_TAG_HALF = 0xDB40
_SKIPPED = _SPACES | _UNSEEN | {_TAG_HALF}
_LINE_END = 0x0A
_HYPHENS = (0x02, 0xFFFE)
_TINY = 2.0
_SAME_PLACE = 0.1
# A box of so much of the usual height may be that of the ink only, as a comma has.
_FLAT = 0.6
# Of a page with fewer characters we ask whether it is a picture.
_FEW = 30
# So many characters tell how a page lies.
_SAMPLE = 16
_QUARTER = math.pi / 2
# A picture of a table covers so much of the width of a page, and so many points of its height.
_WIDE, _HIGH = 0.3, 20.0
# The table finder leaves out what is shorter than a point, and what is shorter than three when
# it is put together; a few pieces between them, one in so many, are where lines of dots meet.
_DOT, _LINE, _MOST_DOTS = 1.0, 3.0, 20
# Lines at so many places make two columns.
_SIDES = 3
# Segments of a path that is one rectangle.
_RECTANGLE = 5


def read_page(
    page: pypdfium2.PdfPage,
    text: pypdfium2.PdfTextPage,
    frame: Frame,
    number: int,
    *,
    images: bool,
) -> PageContent:
    """All characters of a page, seen and unseen, without tables.

    Args:
        page: of pdfium.
        text: of the same page.
        frame: how the page lies.
        number: from 1.
        images: whether the file holds any; they are not searched for in vain.
    """
    width, height = frame.shown
    values = _values(text)
    glyphs, suspicious, heights = _glyphs(text, values, frame)
    aside = watermark(glyphs, text, heights)
    behind = "".join(g.char for g in glyphs if g.order in aside) if aside else ""
    if aside:
        glyphs = [g for g in glyphs if g.order not in aside]
    unseen: dict[int, HiddenReason] = {}
    if suspicious:
        unseen.update(_unseen(page, text, glyphs))
    unseen.update(_outside(glyphs, width, height, heights))
    pictured = (len(glyphs) < _FEW or bool(unseen)) and _pictured(page, frame)
    layered = pictured and "hidden" in unseen.values()
    if layered:
        unseen = {index: reason for index, reason in unseen.items() if reason != "hidden"}
    return PageContent(
        number=number,
        width=width,
        height=height,
        glyphs=tuple(g for g in glyphs if g.order not in unseen) if unseen else tuple(glyphs),
        concealed=(*_concealed(glyphs, unseen), *_without_width(values)),
        pictured=pictured,
        layered=layered,
        ruled=_ruled(page),
        turn=frame.rotation,
        behind=behind,
        pictures=tuple(_pictures(page, frame, glyphs)) if images else (),
    )


def upright_turn(text: pypdfium2.PdfTextPage) -> int | None:
    """By how many degrees a page must be turned for its text to be upright.

    Landscape tables stand sideways on portrait pages, and tools turn pages without their content.
    None if not nearly all of some characters stand alike.
    """
    count = text.count_chars()
    places = range(0, count, max(count // _SAMPLE, 1))
    angles = [pdfium.FPDFText_GetCharAngle(text.raw, index) for index in places]
    turns = [round(-angle / _QUARTER) % 4 for angle in angles if angle >= 0]
    if not turns:
        return None
    usual = max(set(turns), key=turns.count)
    return 90 * usual if turns.count(usual) > 0.8 * len(turns) else None


def _outside(
    glyphs: Sequence[Glyph], width: float, height: float, heights: Sequence[float]
) -> Iterator[tuple[int, HiddenReason]]:
    """Characters beside the page, and those too small to read; on most pages there are none."""
    across, down = [g.cx for g in glyphs], [g.cy for g in glyphs]
    if not glyphs or (
        min(heights) >= _TINY
        and (min(across) >= 0 and max(across) <= width)
        and (min(down) >= 0 and max(down) <= height)
    ):
        return
    for glyph in glyphs:
        if not (0 <= glyph.cx <= width and 0 <= glyph.cy <= height):
            yield glyph.order, "off_page"
        elif glyph.bottom - glyph.top < _TINY and not glyph.sideways:
            yield glyph.order, "tiny"


def _concealed(glyphs: Sequence[Glyph], unseen: dict[int, HiddenReason]) -> Iterator[Concealed]:
    if not unseen:
        return
    text = ""
    reason: HiddenReason | None = None
    for glyph in glyphs:
        now = unseen.get(glyph.order)
        if reason is not None and now != reason:
            yield Concealed(text, reason)
            text = ""
        reason = now
        if now is not None:
            text += glyph.char
    if reason is not None:
        yield Concealed(text, reason)


def _without_width(values: Sequence[int]) -> Iterator[Concealed]:
    """Characters that leave no trace on the page, line by line."""
    if _UNSEEN.isdisjoint(values) and _TAG_HALF not in values:
        return
    found = ""
    for order, value in enumerate((*values, _LINE_END)):
        if value in _UNSEEN:
            found += chr(value)
        elif value == _TAG_HALF:
            found += _character(values, order)
        elif value == _LINE_END and found:
            yield Concealed(found, "zero_width")
            found = ""


def _values(text: pypdfium2.PdfTextPage) -> list[int]:
    """The Unicode value of every character of the page, by index."""
    count = text.count_chars()
    buffer = (ctypes.c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(text.raw, 0, count, buffer) - 1 == count:
        return list(buffer)[:count]
    # Some characters are left out of the text; only the slow way keeps the indices.
    return [pdfium.FPDFText_GetUnicode(text.raw, index) for index in range(count)]


def _glyphs(
    text: pypdfium2.PdfTextPage, values: Sequence[int], frame: Frame
) -> tuple[list[Glyph], bool, list[float]]:
    """Characters except white space; whether any of those probed is hard to see; their heights.

    This loop runs for every character of the file: nothing in it is called without need.
    """
    probe = _Probe(text)
    chars = _characters(values)
    glyphs: list[Glyph] = []
    area, raw, new = pdfium.FS_RECTF(), text.raw, tuple.__new__
    reference, loose = ctypes.byref(area), pdfium.FPDFText_GetLooseCharBox
    left, upper, upright = frame.left, frame.upper, frame.rotation == 0
    fresh, suspicious, doubtful = True, False, False
    for order, value in enumerate(values):
        if value in _SKIPPED:
            fresh = True
            continue
        if fresh or order % 16 == 0 or 0x30 <= value <= 0x39:
            suspicious = suspicious or probe.pale(order) or (fresh and probe.invisible(order))
            doubtful = probe.unmapped(order) if fresh else doubtful
            fresh = False
        if 0xDC00 <= value <= 0xDFFF:
            continue
        loose(raw, order, reference)
        x0, top, x1, bottom = (
            area.left - left,
            upper - area.top,
            area.right - left,
            upper - area.bottom,
        )
        if not upright:
            x0, top, x1, bottom = frame.box(area.left, area.bottom, area.right, area.top)
        middle, centre = (x0 + x1) / 2, (top + bottom) / 2
        # Twice as fast as the constructor of a named tuple.
        fields = (chars[order], x0, top, x1, bottom, middle, centre, order, doubtful, False)
        glyphs.append(new(Glyph, fields))
    heights = [g.bottom - g.top for g in glyphs]
    return _with_true_boxes(glyphs, heights, probe, frame), suspicious, heights


def _characters(values: Sequence[int]) -> Sequence[str]:
    """Characters by index; of a surrogate pair the first one holds the character."""
    if not any(0xD800 <= value <= 0xDFFF or value in _HYPHENS for value in values):
        return map_compatible("".join(map(chr, values)))
    return [_character(values, order) for order in range(len(values))]


def _with_true_boxes(
    glyphs: list[Glyph], heights: Sequence[float], probe: "_Probe", frame: Frame
) -> list[Glyph]:
    """Give characters out of proportion the box that they take in their line.

    The library forgets the scale of the text matrix of vertical writing, so its box is far off;
    there the ink says where the character is. Fonts without a height of their own have the ink
    only (Type 3, as a browser prints them, and some that were cut down to what is in use): a flat
    一 would seem to be of a tiny size, and a decimal point to stand in a line of its own.
    """
    if not glyphs:
        return glyphs
    usual = median_low(heights)
    if min(heights) >= _FLAT * usual and max(heights) <= 2.5 * usual:
        return glyphs
    for place, (glyph, height) in enumerate(zip(glyphs, heights, strict=True)):
        if _FLAT * usual <= height <= 2.5 * usual:
            continue
        ink = frame.box(*probe.tight(glyph.order))
        low = height < 0.5 * probe.size(glyph.order)
        if low and (_holds(glyph, ink) or probe.has_line_box(glyph)):
            square = frame.box(*probe.square(glyph.order))
            glyphs[place] = _boxed(glyph, _around(glyph, square), sideways=False)
        elif not probe.has_line_box(glyph):
            glyphs[place] = _boxed(glyph, ink, sideways=True)
    return glyphs


def _holds(glyph: Glyph, ink: Box) -> bool:
    """Whether the box of a character is where its ink is."""
    return (
        glyph.x0 - _SAME_PLACE <= ink.x0
        and ink.x1 <= glyph.x1 + _SAME_PLACE
        and glyph.top - _SAME_PLACE <= ink.top
        and ink.bottom <= glyph.bottom + _SAME_PLACE
    )


def _around(glyph: Glyph, square: Box) -> Box:
    """The box around that of a character and another."""
    return Box(
        min(glyph.x0, square.x0),
        min(glyph.top, square.top),
        max(glyph.x1, square.x1),
        max(glyph.bottom, square.bottom),
    )


def _boxed(glyph: Glyph, box: Box, *, sideways: bool) -> Glyph:
    x0, top, x1, bottom = box
    return glyph._replace(
        x0=x0,
        top=top,
        x1=x1,
        bottom=bottom,
        cx=(x0 + x1) / 2,
        cy=(top + bottom) / 2,
        sideways=sideways,
    )


def _character(values: Sequence[int], index: int) -> str:
    value = values[index]
    if value in _HYPHENS:
        return "-"
    if 0xD800 <= value <= 0xDBFF and index + 1 < len(values):
        low = values[index + 1]
        if 0xDC00 <= low <= 0xDFFF:
            return chr(0x10000 + ((value - 0xD800) << 10) + low - 0xDC00)
        return "\ufffd"
    if 0x2E80 <= value <= 0x2FDF or 0xF900 <= value <= 0xFAFF:
        return map_compatible(chr(value))
    return chr(value)


class _Probe:
    """Asks the library about single characters; the calls are slow, so few are asked."""

    def __init__(self, text: pypdfium2.PdfTextPage) -> None:
        self._raw = text.raw
        self._matrix = pdfium.FS_MATRIX()
        self._colour = [ctypes.c_uint() for _ in range(4)]
        self._edges = [ctypes.c_double() for _ in range(4)]

    def has_line_box(self, glyph: Glyph) -> bool:
        """Whether the box of the character has the size of its font."""
        size = self.size(glyph.order)
        shown = max(glyph.bottom - glyph.top, glyph.x1 - glyph.x0)
        return bool(size <= 0 or 0.4 * size <= shown <= 2.5 * size)

    def size(self, index: int) -> float:
        """The size of its font as displayed, 0 when the library does not know."""
        if not pdfium.FPDFText_GetMatrix(self._raw, index, self._matrix):
            return 0.0
        scale = math.hypot(self._matrix.c, self._matrix.d)
        return float(pdfium.FPDFText_GetFontSize(self._raw, index) * scale)

    def square(self, index: int) -> tuple[float, float, float, float]:
        """The square of the font around the character, in user space."""
        left, right, bottom, top = self._edges
        pdfium.FPDFText_GetCharBox(self._raw, index, left, right, bottom, top)
        pdfium.FPDFText_GetCharOrigin(self._raw, index, bottom, top)
        size, baseline = self.size(index), top.value
        return left.value, baseline - 0.12 * size, right.value, baseline + 0.88 * size

    def tight(self, index: int) -> tuple[float, float, float, float]:
        """The box of the ink, in user space."""
        left, right, bottom, top = self._edges
        pdfium.FPDFText_GetCharBox(self._raw, index, left, right, bottom, top)
        return left.value, bottom.value, right.value, top.value

    def unmapped(self, index: int) -> bool:
        """Whether the font has no Unicode value for the character."""
        return bool(pdfium.FPDFText_HasUnicodeMapError(self._raw, index) == 1)

    def invisible(self, order: int) -> bool:
        """Whether the character is drawn in a mode that leaves no ink."""
        shape = pdfium.FPDFText_GetTextObject(self._raw, order)
        return bool(shape) and pdfium.FPDFTextObj_GetTextRenderMode(shape) in _INVISIBLE_MODES

    def pale(self, order: int) -> bool:
        """Whether the character is white or transparent."""
        red, green, blue, alpha = self._colour
        if not pdfium.FPDFText_GetFillColor(self._raw, order, red, green, blue, alpha):
            return False
        return alpha.value < 8 or (red.value > 247 and green.value > 247 and blue.value > 247)

    def reason(self, order: int) -> HiddenReason | None:
        """Why the character may be unseen."""
        if self.invisible(order):
            return "hidden"
        return "white" if self.pale(order) else None


def _unseen(
    page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, glyphs: Sequence[Glyph]
) -> Iterator[tuple[int, HiddenReason]]:
    """Characters that are invisible, or white with nothing dark behind them."""
    probe = _Probe(text)
    behind = list(_backgrounds(page))
    for glyph in glyphs:
        reason = probe.reason(glyph.order)
        if reason == "white":
            left, low, right, high = probe.tight(glyph.order)
            x, y = (left + right) / 2, (low + high) / 2
            if any(b.x0 <= x <= b.x1 and b.top <= y <= b.bottom for b in behind):
                continue
        if reason is not None:
            yield glyph.order, reason


def _bounds(shape: object) -> Box:
    left, low, right, high = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(shape, left, low, right, high)
    return Box(left.value, low.value, right.value, high.value)


def _shapes(page: pypdfium2.PdfPage) -> Iterator[tuple[int, object]]:
    raw, get, kind_of = page.raw, pdfium.FPDFPage_GetObject, pdfium.FPDFPageObj_GetType
    for index in range(pdfium.FPDFPage_CountObjects(raw)):
        shape = get(raw, index)
        yield kind_of(shape), shape


def _ruled(page: pypdfium2.PdfPage) -> bool:
    """Whether drawn lines stand at three different horizontal positions at least.

    Two columns need as many. Pages of prose, which are most, need no search for tables. Nor do
    pages with lines of thousands of dots, of which the table finder makes nothing but takes
    seconds for it; dashes it puts together, unless they are a few among the dots.
    """
    places: set[int] = set()
    dashed: set[int] = set()
    dots = dashes = 0
    for kind, shape in _shapes(page):
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            return True
        if kind != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        if pdfium.FPDFPath_CountSegments(shape) > _RECTANGLE:
            return True
        box = _bounds(shape)
        length = max(abs(box.x1 - box.x0), abs(box.bottom - box.top))
        if length < _DOT:
            dots += 1
            continue
        ends = (round(box.x0 / 4), round(box.x1 / 4))
        if length < _LINE:
            dashes += 1
            dashed.update(ends)
            continue
        places.update(ends)
        if len(places) >= _SIDES:
            return True
    if dashes * _MOST_DOTS > dots:
        places |= dashed
    return len(places) >= _SIDES


def _backgrounds(page: pypdfium2.PdfPage) -> Iterator[Box]:
    """Areas in user space on which white text is readable."""
    for kind, shape in _shapes(page):
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        if kind == pdfium.FPDF_PAGEOBJ_PATH and not _coloured(shape):
            continue
        yield _bounds(shape)


def _coloured(path: object) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, fill, stroke) or not fill.value:
        return False
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(path, red, green, blue, alpha):
        return True
    return bool(alpha.value >= 8 and min(red.value, green.value, blue.value) <= 240)


def _pictures(page: pypdfium2.PdfPage, frame: Frame, glyphs: Sequence[Glyph]) -> Iterator[Box]:
    """Images that may show a table: wide, and not beside or behind text."""
    levels = sorted(g.cy for g in glyphs)
    for kind, shape in _shapes(page):
        if kind != pdfium.FPDF_PAGEOBJ_IMAGE:
            continue
        box = frame.box(*_bounds(shape))
        wide = box.x1 - box.x0 >= _WIDE * frame.shown[0] and box.bottom - box.top >= _HIGH
        if wide and bisect(levels, box.top) == bisect(levels, box.bottom):
            yield box


def _pictured(page: pypdfium2.PdfPage, frame: Frame) -> bool:
    """Whether images cover at least 40 % of the page."""
    covered = 0.0
    for kind, shape in _shapes(page):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            box = _bounds(shape)
            covered += abs(box.x1 - box.x0) * abs(box.bottom - box.top)
    return covered >= 0.4 * frame.width * frame.height
