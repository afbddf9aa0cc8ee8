"""Opens a PDF and collects characters (pypdfium2) and ruled tables (tablers), page by page.

The two libraries extract text independently of each other; nothing is compared or chosen here.
"""

import ctypes
import io
import re
import threading
import traceback
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Literal

import pypdfium2
import pypdfium2.raw as pdfium
import tablers

from checker.errors import InputError, LimitExceededError, UnreadableFileError
from checker.readers.characters import map_compatible
from checker.readers.pdf_clipped import clipped_orders
from checker.readers.pdf_glyphs import read_page, upright_turn
from checker.readers.pdf_shapes import (
    Box,
    CellReading,
    Concealed,
    Frame,
    Mark,
    PageContent,
    PdfContent,
    RuledTable,
)
from checker.settings import Limits

# Neither library may be used from two threads at once, and objects must die inside the lock.
_LOCK = threading.Lock()
_PASSWORD_ERRORS = (4, 5)
# Horizontal times vertical ruling lines of one page: the table finder compares all of them.
_MOST_CROSSINGS = 40_000


# The dictionary of an image is never compressed, nor are names encrypted.
_IMAGE = re.compile(rb"/Subtype\s*/Image")
_INDEX = re.compile(rb"startxref\s+(\d+)")
_OBJECT = re.compile(rb"\s*\d+\s+\d+\s+obj")


class _FailedError(Exception):
    """A library call failed without an exception of its own."""


def load_pdf(data: bytes, *, name: str, limits: Limits) -> PdfContent:
    """Read all pages.

    Args:
        data: content of the file.
        name: file name, for messages.
        limits: pages, characters and cells that we accept.

    Raises:
        UnreadableFileError: damaged, or encrypted with a password.
        LimitExceededError: too many pages, characters or cells.
    """
    with _LOCK, _translated(name):
        content, frames, data = _characters(data, name=name, limits=limits)
        pages = _with_tables(data, content.pages, frames, name=name, limits=limits)
        return PdfContent(pages=tuple(pages), title=content.title)


def read_marks(
    data: bytes, pages: Sequence[PageContent], numbers: Collection[int], *, name: str
) -> dict[int, tuple[Mark, ...]]:
    """The characters of some pages as the table finder sees them, without those of watermarks.

    Args:
        data: content of a file that ``load_pdf`` has read.
        pages: its pages.
        numbers: the pages, from 1.
        name: file name, for messages.

    Raises:
        UnreadableFileError: the table finder cannot read the file.
    """
    with _LOCK, _translated(name):
        with closing(_open(data, name)) as document:
            frames: dict[int, Frame] = {}
            for number in numbers:
                with closing(document[number - 1]) as page:
                    frames[number] = _frame(page, pages[number - 1].turn)
            data = _sound(document, data)
        with closing(tablers.Document(bytes=data)) as finder:
            return {
                n: _marks(finder.get_page(n - 1), frames[n], pages[n - 1].behind) for n in numbers
            }


def without_clipped(
    data: bytes, pages: Sequence[PageContent], numbers: Collection[int], *, name: str
) -> tuple[PageContent, ...]:
    """All pages, some of them without the characters that are clipped away.

    Args:
        data: content of a file that ``load_pdf`` has read.
        pages: its pages.
        numbers: where to look, from 1.
        name: file name, for messages.

    Raises:
        UnreadableFileError: the file cannot be opened again.
    """
    with _LOCK, _translated(name), closing(_open(data, name)) as document:
        return tuple(_clipped(document, p) if p.number in numbers else p for p in pages)


def _clipped(document: pypdfium2.PdfDocument, content: PageContent) -> PageContent:
    with closing(document[content.number - 1]) as page, closing(page.get_textpage()) as text:
        gone = clipped_orders(text, content.glyphs, _frame(page, content.turn))
    unseen = "".join(g.char for g in content.glyphs if g.order in gone)
    if not unseen:
        return content
    return content._replace(
        glyphs=tuple(g for g in content.glyphs if g.order not in gone),
        concealed=(*content.concealed, Concealed(unseen, "off_page")),
        clipped=unseen,
    )


def _marks(page: tablers.Page, frame: Frame, behind: str) -> tuple[Mark, ...]:
    page.extract_objects()
    found: list[Mark] = []
    aside = {char for char in behind if not char.isascii()}
    for char in page.objects.chars if page.objects else ():
        text = char.unicode_char
        if text and not text.isspace() and text not in aside:
            x0, top, x1, bottom = _displayed(char.bbox, frame)
            found.append(Mark(map_compatible(text), (x0 + x1) / 2, (top + bottom) / 2))
    return tuple(found)


@contextmanager
def _translated(name: str) -> Iterator[None]:
    """Turn whatever the libraries raise into an error of ours."""
    try:
        yield
    except InputError as error:
        _release(error)
        raise
    except (_FailedError, RuntimeError, ValueError, OSError, ctypes.ArgumentError) as error:
        _release(error)
        raise _damaged(name) from error
    except BaseException as error:
        _release(error)
        # A Rust panic reaches Python as a BaseException whose class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(name) from error


def _release(error: BaseException) -> None:
    """Let go of documents and pages that the frames of a traceback hold.

    They belong to this thread; the collector might drop them in another one.
    """
    link: BaseException | None = error
    while link is not None:
        traceback.clear_frames(link.__traceback__)
        link = link.__cause__ or link.__context__


def _damaged(name: str) -> UnreadableFileError:
    return UnreadableFileError(
        "PDF 文件已损坏，无法打开。",
        path=name,
        hint="请重新下载或重新导出后再试，也可以提供 Word 或网页格式的报告。",
    )


def _characters(
    data: bytes, *, name: str, limits: Limits
) -> tuple[PdfContent, tuple[Frame, ...], bytes]:
    """Pages without tables, how they lie, and the bytes that the table finder shall read."""
    with closing(_open(data, name)) as document:
        count = len(document)
        if not count:
            raise _FailedError
        if count > limits.pages:
            raise LimitExceededError(
                f"文件有 {count} 页，超过上限 {limits.pages} 页。",
                path=name,
                limit="pages",
                hint="请确认上传的是一份年度报告。",
            )
        read: list[PageContent] = []
        frames: list[Frame] = []
        left = limits.text_chars
        images = _IMAGE.search(data) is not None
        for number in range(1, count + 1):
            page, frame = _page(document, number, name=name, left=left, images=images)
            left -= len(page.glyphs)
            read.append(page)
            frames.append(frame)
        title = document.get_metadata_value("Title")
        return PdfContent(pages=tuple(read), title=title), tuple(frames), _sound(document, data)


def _open(data: bytes, name: str) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in _PASSWORD_ERRORS:
            raise UnreadableFileError(
                "PDF 文件已加密，打开需要密码。",
                path=name,
                hint="请解除密码后再试，或提供 Word、网页格式的报告。",
            ) from error
        raise


def _sound(document: pypdfium2.PdfDocument, data: bytes) -> bytes:
    """The file with a sound index; the libraries repair a broken one differently, or panic."""
    if _has_sound_index(data):
        return data
    copy = io.BytesIO()
    document.save(copy)
    return copy.getvalue()


def _has_sound_index(data: bytes) -> bool:
    """Whether the index of objects stands where the end of the file says."""
    ends = _INDEX.findall(data, max(0, len(data) - 2048))
    if not ends or len(ends[-1]) > 10:
        return False
    place = int(ends[-1])
    return data.startswith(b"xref", place) or _OBJECT.match(data, place) is not None


def _page(
    document: pypdfium2.PdfDocument, number: int, *, name: str, left: int, images: bool
) -> tuple[PageContent, Frame]:
    with closing(document[number - 1]) as page, closing(page.get_textpage()) as text:
        # White space that the library adds counts too, hence the margin.
        if text.count_chars() > 4 * left + 1000:
            raise LimitExceededError(
                "文件的文字过多，超过上限。",
                path=name,
                limit="text_chars",
                hint="请确认上传的是一份年度报告。",
            )
        frame = _frame(page, upright_turn(text))
        return read_page(page, text, frame, number, images=images), frame


def _frame(page: pypdfium2.PdfPage, turn: int | None) -> Frame:
    """How the page lies.

    Args:
        page: to be shown.
        turn: by how much it must be turned for its text to be upright, None as it says itself.
    """
    area = pdfium.FS_RECTF()
    turns = pdfium.FPDFPage_GetRotation(page.raw)
    if not pdfium.FPDF_GetPageBoundingBox(page.raw, area) or turns not in range(4):
        # The table finder would panic on an unknown rotation.
        raise _FailedError
    return Frame(
        left=area.left,
        upper=area.top,
        width=area.right - area.left,
        height=area.top - area.bottom,
        rotation=90 * turns if turn is None else turn,
    )


def _with_tables(
    data: bytes,
    pages: Sequence[PageContent],
    frames: Sequence[Frame],
    *,
    name: str,
    limits: Limits,
) -> list[PageContent]:
    with closing(tablers.Document(bytes=data)) as document:
        if document.page_count != len(pages):
            raise _FailedError
        done: list[PageContent] = []
        for page, frame in zip(pages, frames, strict=True):
            if not page.ruled:
                done.append(page)
                continue
            shown = document.get_page(page.number - 1)
            edges = tablers.get_edges(shown)
            if len(edges["h"]) * len(edges["v"]) > _MOST_CROSSINGS:
                done.append(page._replace(overloaded=True))
                continue
            tables = _tables(shown, frame)
            if any(len(t.cells) > limits.table_cells for t in tables):
                raise LimitExceededError(
                    f"第 {page.number} 页的表格过大，超过上限 {limits.table_cells} 格。",
                    path=name,
                    limit="table_cells",
                    hint="请确认上传的是一份年度报告。",
                )
            done.append(page._replace(tables=tables))
        return done


def _tables(page: tablers.Page, frame: Frame) -> tuple[RuledTable, ...]:
    """Tables of a page; open sides at a page break are closed by the finder."""
    found = _find(page, "lines_strict")
    if not found:
        # Some writers draw each cell as a rectangle; so they do the shading of a paragraph,
        # which has one column only.
        found = [t for t in _find(page, "lines") if len({c.bbox[0] for c in t.cells}) > 1]

    def place(box: tuple[float, float, float, float]) -> Box:
        return _displayed(box, frame)

    def read(text: str) -> str:
        return text[::-1] if frame.rotation == 180 else text

    tables = [
        RuledTable(place(t.bbox), tuple(CellReading(place(c.bbox), read(c.text)) for c in t.cells))
        for t in found
    ]
    return tuple(sorted(tables, key=lambda t: (t.box.top, t.box.x0)))


def _displayed(box: tuple[float, float, float, float], frame: Frame) -> Box:
    """A box of the finder, which ignores rotation and the origin of the crop box."""
    if frame.is_plain:
        return Box(*box)
    x0, top, x1, bottom = box
    return frame.box(x0, frame.height - bottom, x1, frame.height - top)


def _find(
    page: tablers.Page, strategy: Literal["lines_strict", "lines"]
) -> "list[tablers.tablers.Table]":
    found: list[tablers.tablers.Table] = tablers.find_tables(
        page,
        extract_text=True,
        vertical_strategy=strategy,
        horizontal_strategy=strategy,
        close_unclosed_boundaries=True,
        extend_partial_outer_boundaries=True,
    )
    return found
