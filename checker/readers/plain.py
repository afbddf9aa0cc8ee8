"""Reads .txt and .md: the layouts in which web pages, Word files and PDFs arrive as text.

Nothing is repaired: where the text leaves open which cell a figure belongs to, a doubt says so.
"""

from collections.abc import Callable, Sequence

from checker.domain.document import Document
from checker.errors import LimitExceededError
from checker.readers.builder import DocumentBuilder
from checker.readers.characters import map_compatible, strip_invisible, unseen_only
from checker.readers.decoding import decode
from checker.readers.detect import text_kind
from checker.readers.plain_across import read_torn_heads
from checker.readers.plain_commas import only_cell, read_commas
from checker.readers.plain_markdown import heading_text, without_pictures
from checker.readers.plain_pipes import read_pipes
from checker.readers.plain_region import Line, Region
from checker.readers.plain_tabs import read_tabs
from checker.readers.plain_unmarked import read_unmarked
from checker.settings import Limits

_Recogniser = Callable[[Sequence[Line], int], Region | None]
_RECOGNISERS: tuple[_Recogniser, ...] = (
    read_pipes,
    read_tabs,
    read_commas,
    read_torn_heads,
    read_unmarked,
)
_PAGE_BREAK = "\f"


def read_plain(data: bytes, *, name: str, limits: Limits) -> Document:
    """Read a text file.

    Args:
        data: content of the file.
        name: file name as the user knows it.
        limits: what a file may be at most.

    Raises:
        LimitExceededError: the text, or a table in it, is too long.
    """
    decoded = decode(data)
    if len(decoded.text) > limits.text_chars:
        raise LimitExceededError(
            f"文件有 {len(decoded.text)} 个字，超过上限 {limits.text_chars} 个字。",
            path=name,
            limit="text_chars",
            hint="请确认上传的是一份年度报告。",
        )
    kind = text_kind(decoded.text)
    builder = DocumentBuilder(name, data, kind, limits=limits)
    if decoded.lost:
        builder.doubt(
            "encoding",
            f"文件有 {decoded.lost} 处字节无法按文字编码读出，这些地方的字显示为“\ufffd”，"
            "请换用 UTF-8 编码另存后再核对。",
        )
    pages = decoded.text.replace("\r\n", "\n").replace("\r", "\n").split(_PAGE_BREAK)
    lines = _lines(pages)
    emit_lines(lines, builder, name=name, limits=limits, markdown=kind == "md")
    return builder.build(pages=len(pages) if len(pages) > 1 else None)


def _lines(pages: Sequence[str]) -> list[Line]:
    """The lines as a reader sees them."""
    out: list[Line] = []
    for number, page in enumerate(pages, start=1):
        shown = number if len(pages) > 1 else None
        clean = strip_invisible(page)
        if not clean.removed:
            out += [Line(text, shown) for text in map_compatible(clean.text).split("\n")]
            continue
        for text in page.split("\n"):
            stripped = strip_invisible(text)
            first, *more = map_compatible(stripped.text).split("\n")
            out.append(Line(first, shown, unseen_only(stripped.removed)))
            out += [Line(part, shown) for part in more]
    return out


def emit_lines(
    lines: Sequence[Line], builder: DocumentBuilder, *, name: str, limits: Limits, markdown: bool
) -> None:
    """Hand the lines to the builder as paragraphs and tables, in the order of the file.

    Raises:
        LimitExceededError: a table is too long.
    """
    index = 0
    looked: dict[_Recogniser, int] = {}
    while index < len(lines):
        line = lines[index]
        region = None if line.empty else _region(lines, index, looked)
        end = index + 1 if region is None else region.end
        for unseen in (lines[i].unseen for i in range(index, end) if lines[i].unseen):
            builder.hidden(unseen, "zero_width", page=line.page)
        if region is not None:
            _emit_table(region, line, builder, name=name, limits=limits)
        else:
            _emit_line(line, builder, markdown=markdown)
        index = end


def _emit_line(line: Line, builder: DocumentBuilder, *, markdown: bool) -> None:
    shown, pictures = without_pictures(line.text)
    for _ in range(pictures):
        builder.picture(page=line.page)
    heading = heading_text(shown) if markdown else None
    text = only_cell(shown.strip()) if heading is None else heading
    if text or not pictures:
        builder.paragraph(text, page=line.page, heading=heading is not None)


def _emit_table(
    region: Region, first: Line, builder: DocumentBuilder, *, name: str, limits: Limits
) -> None:
    cells = region.cells()
    if len(cells) > limits.table_cells:
        raise LimitExceededError(
            f"一张表有 {len(cells)} 格，超过上限 {limits.table_cells} 格。",
            path=name,
            limit="table_cells",
            hint="请确认上传的是一份年度报告。",
        )
    builder.table(cells, geometry=region.geometry)
    for kind, message, quote in region.misgivings:
        builder.doubt(kind, message, quote=quote, page=first.page)
    for loose in region.loose:
        builder.paragraph(loose.text.strip(), page=loose.page)


def _region(lines: Sequence[Line], index: int, looked: dict[_Recogniser, int]) -> Region | None:
    """The table that begins here, by the first layout that fits.

    ``looked`` keeps how far each recogniser has found no table, so that nothing is read twice.
    """
    for recognise in _RECOGNISERS:
        if index < looked.get(recognise, 0):
            continue
        region = recognise(lines, index)
        if region is not None and region.rows:
            return region
        if region is not None:
            looked[recognise] = region.end
    return None
