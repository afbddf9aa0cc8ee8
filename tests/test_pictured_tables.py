"""A table that stands as a picture is a doubt of ours, no missing table; others stay missing."""

import io
import re
import struct
import zlib

import pytest

from checker.domain.run import CheckRun
from checker.pipeline import check_report
from checker.readers.pdf import read_pdf
from checker.settings import Limits
from tests.builders import clean_report
from tests.pdf_maker import PdfPage, make_pdf
from tests.renderers import to_docx, to_html, to_md

_TABLE = re.compile(r"<table.*?</table>", re.S)
_TEXT = "本机关认真履行法定职责，及时准确公开各类信息。"


def _png() -> bytes:
    """A white picture of 8 × 8 pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        body = kind + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0))
    rows = chunk(b"IDAT", zlib.compress((b"\0" + b"\xff" * 8) * 8))
    return b"\x89PNG\r\n\x1a\n" + head + rows + chunk(b"IEND", b"")


def _page(*markup: str) -> bytes:
    """A web page whose tables are replaced in order; an empty text keeps one."""
    page = to_html(clean_report()).decode()
    instead = iter(markup)
    return _TABLE.sub(lambda table: next(instead, "") or table.group(), page).encode()


def _word() -> bytes:
    from docx import Document

    document = Document(io.BytesIO(to_docx(clean_report())))
    table = document.tables[1]._tbl
    paragraph = document.add_paragraph()
    paragraph.add_run().add_picture(io.BytesIO(_png()))
    table.addprevious(paragraph._p)
    around = table.getparent()
    assert around is not None
    around.remove(table)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _missing(run: CheckRun) -> list[str]:
    return [f.message for f in run.findings if f.rule == "F102"]


def _told(run: CheckRun) -> list[str]:
    return [d.message for d in run.report.doubts if "图片" in d.message]


@pytest.mark.parametrize(
    ("data", "name"),
    [(_word(), "a.docx"), (_page("", '<p><img src="t3.png" width="900"></p>'), "a.html")],
)
def test_a_picture_in_place_of_a_table_is_a_doubt(data: bytes, name: str) -> None:
    run = check_report(data, name=name)
    assert not _missing(run)
    (told,) = _told(run)
    assert "应有表三（收到和处理政府信息公开申请情况）的地方是一张图片" in told
    assert run.verdict == "review"


@pytest.mark.parametrize(
    "markup",
    [
        '<svg width="900" height="600"><path d="M0 0h9"/></svg>',
        "<svg><text>新收</text></svg>",
        '<object data="t3.pdf" type="application/pdf"></object>',
        '<iframe src="t3.html"></iframe>',
        '<embed src="t3.pdf">',
        "<div style=\"height:600px;background-image:url('t3.png')\"></div>",
        '<p style="background:url(t3.png) no-repeat;height:600px">&nbsp;</p>',
    ],
)
def test_what_is_drawn_or_embedded_is_a_picture_too(markup: str) -> None:
    run = check_report(_page("", markup), name="a.html")
    assert not _missing(run)
    assert len(_told(run)) == 1


def test_what_stands_behind_an_embedded_file_is_read() -> None:
    page = to_html(clean_report()).decode().replace("<table", '<embed src="a.mp4"><table', 1)
    run = check_report(page.encode(), name="a.html")
    assert len(run.report.tables) == 3
    assert not _told(run)


@pytest.mark.parametrize(
    "markup",
    [
        '<svg viewBox="0 0 1024 1024"><path d="M0 0h9"/></svg>',
        '<iframe src="count.html" width="0" height="0"></iframe>',
        '<iframe src="count.html" style="display:none"></iframe>',
        '<object width="16" height="16" data="a.gif"></object>',
        '<div style="background:url(line.png);height:3px"></div>',
        '<div style="background:url(paper.png)">详见附件。</div>',
    ],
)
def test_small_or_unseen_things_and_grounds_are_no_pictures(markup: str) -> None:
    run = check_report(_page("", markup), name="a.html")
    assert len(_missing(run)) == 1
    assert not _told(run)


@pytest.mark.parametrize(
    "mark", ["![](t3.png)", '![表三](images/t3.png "表三")', "![表三][t3]", "见下图：![a](b.png)"]
)
@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_a_picture_of_markdown_is_one(mark: str, name: str) -> None:
    text = to_md(clean_report()).decode()
    tables = re.findall(r"(?:^\|.*\n)+", text, re.M)
    run = check_report(text.replace(tables[1], f"\n{mark}\n\n").encode(), name=name)
    assert not _missing(run)
    assert len(_told(run)) == 1
    assert ".png" not in run.report.document.text


def test_a_report_of_which_all_tables_are_pictures_lacks_none() -> None:
    run = check_report(_page(*('<p><img src="t.png"></p>',) * 3), name="a.html")
    assert not _missing(run)
    assert len(_told(run)) == 3


def test_an_icon_is_no_picture_of_a_table() -> None:
    run = check_report(_page("", '<img src="word.gif" width=16 height=16>'), name="a.html")
    assert len(_missing(run)) == 1
    assert not _told(run)


def test_a_table_that_is_not_there_is_missing_beside_one_that_is_a_picture() -> None:
    run = check_report(_page("", '<img src="t3.png">', "<p>详见附件。</p>"), name="a.html")
    (missing,) = _missing(run)
    assert "表四" in missing
    assert len(_told(run)) == 1


def test_a_picture_beside_a_table_that_was_read_is_no_doubt() -> None:
    page = _page().decode().replace("<table", '<img src="a.png"><table')
    run = check_report(page.encode(), name="a.html")
    assert not _missing(run)
    assert not run.report.doubts


def test_a_picture_of_a_pdf_stands_between_the_lines_around_it() -> None:
    made = PdfPage()
    made.text(80, 60, "三、收到和处理政府信息公开申请情况")
    made.image((80, 90, 500, 300))
    made.text(80, 320, "四、政府信息公开行政复议、行政诉讼情况")
    made.text(80, 350, _TEXT)
    document = read_pdf(make_pdf(made), name="a.pdf", limits=Limits())
    assert [place.block for place in document.pictures] == [1]
    assert document.blocks[1].locator.page == document.pictures[0].page == 1


def test_seals_on_text_and_heads_of_all_pages_are_no_pictures_of_tables() -> None:
    pages = []
    for _ in range(2):
        made = PdfPage()
        made.image((60, 20, 540, 50))
        for line in range(5):
            made.text(80, 80 + 30 * line, _TEXT)
        pages.append(made)
    pages[1].image((300, 150, 500, 250))
    document = read_pdf(make_pdf(*pages), name="a.pdf", limits=Limits())
    assert not document.pictures
