"""PDF with a text layer → Document: ruled tables exactly, everything else as paragraphs.

Scans are refused, not guessed. Where two extractions of a figure differ, the cell is unreadable.
"""

import re
from collections.abc import Iterator, Sequence

from checker.domain.document import Document
from checker.errors import NoTextLayerError
from checker.readers.builder import DocumentBuilder
from checker.readers.pdf_cells import Fragment, cell_text
from checker.readers.pdf_flow import flow
from checker.readers.pdf_join import continues, join_fragments
from checker.readers.pdf_lines import Line
from checker.readers.pdf_load import load_pdf
from checker.readers.pdf_paragraphs import Margins, find_margins, paragraphs
from checker.readers.pdf_rows import RowsTable, split_rows
from checker.readers.pdf_shapes import PageContent
from checker.readers.pdf_unruled import Unruled, split_unruled
from checker.settings import Limits

_FEW = 20
_NAMELESS = re.compile("[\ue000-\uf8ff\ufffd\x00-\x1f\x80-\x9f]")
_HINT = "请提供 Word、网页格式的报告，或由原文件直接导出的 PDF。"


def read_pdf(data: bytes, *, name: str, limits: Limits) -> Document:
    """Read a PDF that has a text layer.

    Args:
        data: content of the file.
        name: file name, for messages.
        limits: what we accept.

    Raises:
        UnreadableFileError: damaged or encrypted.
        NoTextLayerError: scanned, or the text layer has no meaning.
        LimitExceededError: too many pages, characters or cells.
    """
    content = load_pdf(data, name=name, limits=limits)
    _refuse_pictures(content.pages, name)
    builder = DocumentBuilder(name, data, "pdf", limits=limits)
    if content.title.strip():
        builder.metadata("Title", content.title.strip())
    _report_pages(builder, content.pages)
    _refuse_nameless(builder, content.pages, name)
    items = flow(content.pages)
    margins = find_margins([item for item in items if isinstance(item, Line)])
    for group in _groups(items):
        if isinstance(group[0], Fragment):
            _add_table(builder, [f for f in group if isinstance(f, Fragment)])
        else:
            _add_lines(builder, [i for i in group if isinstance(i, Line)], margins)
    return builder.build(pages=len(content.pages))


def _refuse_pictures(pages: Sequence[PageContent], name: str) -> None:
    """Refuse a file without text."""
    if sum(len(page.glyphs) for page in pages) >= _FEW:
        return
    if any(page.pictured for page in pages):
        raise NoTextLayerError("这个 PDF 是扫描件，没有可读取的文字。", path=name, hint=_HINT)
    raise NoTextLayerError("这个 PDF 里没有可读取的文字。", path=name, hint=_HINT)


def _is_scan(page: PageContent) -> bool:
    return page.pictured and len(page.glyphs) < _FEW


def _report_pages(builder: DocumentBuilder, pages: Sequence[PageContent]) -> None:
    """Say what of the pages was not read, or may not be what is printed."""
    scans = [page.number for page in pages if _is_scan(page)]
    if scans:
        builder.doubt(
            "missing_cells",
            f"{_pages(scans)}是图片，其中的文字和表格没有读取，请人工核对。",
            page=scans[0],
        )
    layered = [page.number for page in pages if page.layered]
    if layered:
        builder.doubt(
            "encoding",
            f"{_pages(layered)}是扫描图片，文字来自扫描软件的自动识别，可能有误，请对照原件。",
            page=layered[0],
        )
    overloaded = [page.number for page in pages if page.overloaded]
    if overloaded:
        builder.doubt(
            "missing_cells",
            f"{_pages(overloaded)}的线条过多，没有识别其中的表格，请人工核对。",
            page=overloaded[0],
        )
    for page in pages:
        for concealed in page.concealed:
            builder.hidden(concealed.text, concealed.reason, page=page.number)


def _refuse_nameless(builder: DocumentBuilder, pages: Sequence[PageContent], name: str) -> None:
    """Refuse a text layer whose characters have no meaning; mention a few of them."""
    total = sum(len(page.glyphs) for page in pages)
    bad = {
        page.number: sum(g.doubtful for g in page.glyphs)
        + len(_NAMELESS.findall("".join(g.char for g in page.glyphs)))
        for page in pages
    }
    if sum(bad.values()) > 0.3 * total:
        raise NoTextLayerError(
            "这个 PDF 的文字是乱码，字体没有编码信息，无法读取。", path=name, hint=_HINT
        )
    found = [number for number, count in bad.items() if count]
    if found:
        builder.doubt(
            "encoding",
            f"{_pages(found)}有 {sum(bad.values())} 个字符没有编码信息，可能读错，请对照原件。",
            page=found[0],
        )


def _pages(numbers: Sequence[int]) -> str:
    return "第 " + "、".join(str(n) for n in numbers) + " 页"


def _groups(items: Sequence[Line | Fragment]) -> Iterator[list[Line | Fragment]]:
    """Lines that follow each other, or parts of one table."""
    group: list[Line | Fragment] = []
    for item in items:
        if group:
            last = group[-1]
            if isinstance(last, Fragment):
                together = isinstance(item, Fragment) and continues(last, item)
            else:
                together = isinstance(item, Line)
            if not together:
                yield group
                group = []
        group.append(item)
    if group:
        yield group


def _add_lines(builder: DocumentBuilder, lines: Sequence[Line], margins: Margins) -> None:
    for part in split_unruled(lines):
        if isinstance(part, Unruled):
            _add_unruled(builder, part)
        else:
            _add_rows(builder, part, margins)


def _add_rows(builder: DocumentBuilder, lines: Sequence[Line], margins: Margins) -> None:
    for part in split_rows(lines):
        if isinstance(part, RowsTable):
            builder.table(part.cells, geometry="rows", page=part.page)
        else:
            for block in paragraphs(part, margins):
                builder.paragraph(block.text, page=block.page)


def _add_unruled(builder: DocumentBuilder, table: Unruled) -> None:
    lost = [p.text for p in table.reading.lost]
    if lost:
        builder.doubt("missing_cells",f"第 {table.page} 页开始的表格没有边框线，{lost}", quote=lost[0], page=table.page)
    if table.reading.unnamed:
        builder.doubt("missing_cells",f"第 {table.page} 页开始的表格没有边框线，unnamed {table.reading.unnamed}", page=table.page)
    cells = [cell.raw() for cell in table.reading.cells]
    builder.table(cells, geometry="grid", page=table.page)
    for text in (*lost, *table.reading.notes):
        builder.paragraph(text, page=table.page)


def _add_table(builder: DocumentBuilder, fragments: Sequence[Fragment]) -> None:
    for fragment in fragments:
        _report_fragment(builder, fragment)
    table = join_fragments(fragments)
    for text in table.uncertain:
        builder.doubt(
            "table_split",
            f"表格在第 {table.page} 页之后跨页，“{text}”属于哪一行不能确定，请对照原件。",
            quote=text,
            page=table.page,
        )
    builder.table(table.cells, geometry="grid", page=table.page)


def _report_fragment(builder: DocumentBuilder, fragment: Fragment) -> None:
    for first, second in fragment.disagreements:
        builder.doubt(
            "readers_disagree",
            f"第 {fragment.page} 页表格的一格，两种读法不同：“{first}”和“{second}”，请对照原件。",
            quote=first,
            page=fragment.page,
        )
    if fragment.spilled:
        shown = "、".join(f"“{text}”" for text in fragment.spilled)
        builder.doubt(
            "unreadable_cell",
            f"第 {fragment.page} 页表格里有数字压在竖线上，属于哪一格不能确定：{shown}。",
            quote=fragment.spilled[0],
            page=fragment.page,
        )
    for text in fragment.beside:
        builder.doubt(
            "unassigned_numbers",
            f"第 {fragment.page} 页表格旁边的一行没有表格线，各数字属于哪一格不能确定：“{text}”。",
            quote=text,
            page=fragment.page,
        )
    lost = cell_text(fragment.strays)
    if any(char.isdigit() for char in lost):
        builder.doubt(
            "unassigned_numbers",
            f"第 {fragment.page} 页表格里有数字不在任何一格中：“{lost}”，请对照原件。",
            quote=lost,
            page=fragment.page,
        )
