"""What the user is told about pages and tables of a PDF that were not read, or not surely."""

import re
from collections.abc import Mapping, Sequence

from checker.errors import NoTextLayerError
from checker.readers.builder import DocumentBuilder
from checker.readers.pdf_cells import Disagreement, Fragment, cell_text
from checker.readers.pdf_join import JoinedTable
from checker.readers.pdf_layout import RuledParts, is_coarse
from checker.readers.pdf_placed import Reading
from checker.readers.pdf_shapes import Box, PageContent

_FEW = 20
_NAMELESS = re.compile("[\ue000-\uf8ff\ufffd\x00-\x1f\x80-\x9f]")
_HINT = "请提供 Word、网页格式的报告，或由原文件直接导出的 PDF。"
_MOST_SHOWN = 6
_BEYOND = 3.0  # points; a thick line reaches over the edge by less
_ADVICE = "请对照原件，或换用 Word 文件再检查。"


def refuse_pictures(pages: Sequence[PageContent], name: str) -> None:
    """Refuse a file without text.

    Raises:
        NoTextLayerError: scanned, or nothing in it.
    """
    if sum(len(page.glyphs) for page in pages) >= _FEW:
        return
    if any(page.pictured for page in pages):
        raise NoTextLayerError("这个 PDF 是扫描件，没有可读取的文字。", path=name, hint=_HINT)
    raise NoTextLayerError("这个 PDF 里没有可读取的文字。", path=name, hint=_HINT)


def refuse_nameless(builder: DocumentBuilder, pages: Sequence[PageContent], name: str) -> None:
    """Refuse a text layer whose characters have no meaning; mention a few of them.

    Raises:
        NoTextLayerError: nearly a third of the characters has no meaning.
    """
    total = sum(len(page.glyphs) for page in pages)
    bad = {
        page.number: [g.doubtful for g in page.glyphs].count(True)
        + len(_NAMELESS.findall("".join([g.char for g in page.glyphs])))
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


def _is_scan(page: PageContent) -> bool:
    return page.pictured and len(page.glyphs) < _FEW


def report_pages(builder: DocumentBuilder, pages: Sequence[PageContent]) -> None:
    """Say what of the pages was not read, or may not be what is printed."""
    scans = [page.number for page in pages if _is_scan(page)]
    builder.image_pages(scans)
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


def _pages(numbers: Sequence[int]) -> str:
    return "第 " + "、".join(str(n) for n in numbers) + " 页"


def report_fragment(builder: DocumentBuilder, fragment: Fragment) -> None:
    """Say what of a ruled table is not certain."""
    report_disagreements(builder, fragment.disagreements, fragment.page)
    if fragment.spilled:
        builder.doubt(
            "unreadable_cell",
            f"第 {fragment.page} 页表格里有数字压在竖线上，属于哪一格不能确定："
            f"{_shown(fragment.spilled)}。",
            quote=fragment.spilled[0],
            page=fragment.page,
        )
    if is_coarse(fragment):
        builder.doubt(
            "missing_cells",
            f"第 {fragment.page} 页的表格线不全，有的格里混着几格的内容，没有读出。{_ADVICE}",
            page=fragment.page,
        )
    if fragment.beside:
        count = f"{len(fragment.beside)} 行" if len(fragment.beside) > 1 else "一行"
        builder.doubt(
            "unassigned_numbers",
            f"第 {fragment.page} 页表格旁边的{count}没有表格线，各数字属于哪一格不能确定："
            f"{_shown(fragment.beside)}。",
            quote=fragment.beside[0],
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


def report_cut(
    builder: DocumentBuilder, parts: RuledParts, pages: Mapping[int, PageContent]
) -> None:
    """Say that a table runs over the edge of the paper: what stands there nobody has read.

    Args:
        builder: receives the doubt.
        parts: of the table.
        pages: by number.
    """
    cut = dict.fromkeys(f.page for f in parts.fragments if _is_cut(f.box, pages[f.page]))
    if cut:
        builder.doubt(
            "ambiguous_label",
            f"{_pages(list(cut))}的表格伸到了纸外，纸边的名称和数字没有读全。{_ADVICE}",
            page=next(iter(cut)),
        )


def _is_cut(box: Box, page: PageContent) -> bool:
    """Whether lines or characters of a table stand beyond the edge."""
    right, bottom = page.width + _BEYOND, page.height + _BEYOND
    return (
        box.x0 < -_BEYOND or box.top < -_BEYOND or box.x1 > right or box.bottom > bottom
    ) or any(g.x1 > right for g in page.glyphs if box.top <= g.cy <= box.bottom)


def report_split(builder: DocumentBuilder, table: JoinedTable, parts: RuledParts) -> None:
    """Say what at a page break is not certain."""
    if table.uncertain:
        builder.doubt(
            "table_split",
            f"表格在第 {table.page} 页之后跨页，{_shown(table.uncertain)}属于哪一行不能确定，"
            "请对照原件。",
            quote=table.uncertain[0],
            page=table.page,
        )
    if table.open:
        builder.doubt(
            "unreadable_cell",
            f"表格在第 {table.page} 页之后跨页，{_shown(table.open)}行有的格没有数字，"
            "可能是上一页的格合并到这里，被分页线隔开了；是否空白不能确定，没有参加核对，请对照原件。",
            quote=table.open[0],
            page=table.page,
        )
    if parts.split:
        last = parts.fragments[-1].page
        builder.doubt(
            "table_split",
            f"第 {last} 页的表格和第 {last + 1} 页的表格可能是一张，表格线对不上，没有接起来，"
            "请核对跨页处的行。",
            page=last,
        )


def report_crowded(builder: DocumentBuilder, tables: Sequence[RuledParts]) -> None:
    """Say which tables were not read because their texts are wider than their columns."""
    texts = [text for table in tables for f in table.fragments for text in f.crowded]
    if texts:
        pages = sorted({f.page for table in tables for f in table.fragments})
        builder.doubt(
            "missing_cells",
            f"{_pages(pages)}的表格有的列太窄，字印到了旁边的格里（{_shown(texts)}），"
            f"各数字属于哪一列不能确定，没有读入。{_ADVICE}",
            quote=texts[0],
            page=pages[0],
        )


def report_disagreements(
    builder: DocumentBuilder, disagreements: Sequence[Disagreement], page: int
) -> None:
    """Name the figures that two extractions read differently."""
    if not disagreements:
        return
    count = len(disagreements)
    told = "；".join(f"“{a}”和“{b}”" for a, b in disagreements[:_MOST_SHOWN])
    more = f"；等 {count} 格" if count > _MOST_SHOWN else ""
    builder.doubt(
        "readers_disagree",
        f"第 {page} 页表格的{f' {count} 格' if count > 1 else '一格'}，两种读法不同：{told}{more}，"
        "请对照原件。",
        quote=disagreements[0][0],
        page=page,
    )


def report_unruled(builder: DocumentBuilder, reading: Reading, page: int) -> None:
    """Say what of a table without ruling lines is in no cell, or under no official name."""
    lost = [p.text for p in reading.lost]
    if lost:
        builder.doubt(
            "unassigned_numbers",
            f"第 {page} 页起的表格没有边框线，{_shown(lost)}属于哪一格不能确定，"
            f"没有读入。{_ADVICE}",
            quote=lost[0],
            page=page,
        )
    if reading.unnamed:
        builder.doubt(
            "ambiguous_label",
            f"第 {page} 页起的表格没有边框线，{_shown(reading.unnamed)}不是表式中的名称，"
            f"是按位置读出的。{_ADVICE}",
            quote=reading.unnamed[0],
            page=page,
        )

    if not reading.heads_whole and not reading.unnamed:
        builder.doubt(
            "ambiguous_label",
            f"第 {page} 页起的表格没有边框线，列名没有读全，或与表式不同。{_ADVICE}",
            page=page,
        )


def report_unread(builder: DocumentBuilder, page: int) -> None:
    """Say that a table without ruling lines was not read at all."""
    builder.doubt(
        "missing_cells",
        f"第 {page} 页有一张没有边框线的表格，各数字属于哪一格不能确定，没有读入。{_ADVICE}",
        page=page,
    )


def _shown(texts: Sequence[str]) -> str:
    more = f"等 {len(texts)} 处" if len(texts) > _MOST_SHOWN else ""
    return "".join(f"“{text}”" for text in texts[:_MOST_SHOWN]) + more
