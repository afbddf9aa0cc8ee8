"""Whatever the input, reading ends soon: with a document or with an InputError."""

import random
import struct
import time
import zipfile
from io import BytesIO

import pytest

from checker.errors import InputError, LimitExceededError, UnreadableFileError
from checker.readers import read
from checker.settings import Limits
from tests.readers.files import (
    LIMITS,
    W,
    docx,
    grid,
    p,
    r,
    read_docx,
    read_page,
    tbl,
    tc,
    tr,
    zipped,
)

_SMALL = Limits(unpacked_bytes=8_000_000, unpack_ratio=50)


def _is_refused(data: bytes, *, limits: Limits = LIMITS) -> str:
    with pytest.raises(LimitExceededError) as caught:
        read(data, name="报告.docx", limits=limits)
    assert caught.value.message.endswith("。")
    return caught.value.limit


def test_a_large_file_is_refused() -> None:
    assert _is_refused(b"x" * 2000, limits=Limits(file_bytes=1000)) == "file_bytes"


def test_a_long_text_is_refused() -> None:
    data = ("<p>" + "字" * 2000).encode()
    assert _is_refused(data, limits=Limits(text_chars=1000)) == "text_chars"


# Zip


def test_a_bomb_by_ratio_is_refused() -> None:
    body = docx(p("正文") + " " * 6_000_000)
    assert _is_refused(body, limits=_SMALL) == "unpack_ratio"


def test_a_bomb_in_an_unused_part_is_refused() -> None:
    parts: dict[str, str | bytes] = {"word/document.xml": "<x/>"}
    parts["word/media/a.bin"] = bytes(9_000_000)
    assert _is_refused(zipped(parts), limits=_SMALL) == "unpacked_bytes"


def test_a_header_that_lies_about_the_size_does_not_help() -> None:
    data = bytearray(docx(p("正文") + " " * 12_000_000))
    place = data.index(b"word/document.xml", data.index(b"PK\x01\x02"))
    struct.pack_into("<I", data, place - 46 + 24, 100)
    with pytest.raises(InputError):
        read(bytes(data), name="a.docx", limits=_SMALL)


def test_too_many_entries_are_refused_before_they_are_listed() -> None:
    assert _is_refused(b"PK\x03\x04" + b"PK\x01\x02" * 6_000) == "unpacked_bytes"


def test_an_archive_in_the_archive_is_not_opened() -> None:
    main = f'<w:document xmlns:w="{W}"><w:body/></w:document>'
    parts: dict[str, str | bytes] = {"word/document.xml": main}
    parts["word/inner.zip"] = zipped({"bomb": bytes(1_000_000)})
    data = zipped(parts)
    with pytest.raises(UnreadableFileError, match="没有可读的文字"):
        read(data, name="a.docx", limits=LIMITS)


def test_two_parts_of_one_name_are_refused() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("word/document.xml", "<b/>")
    with pytest.raises(UnreadableFileError, match="损坏"):
        read(buffer.getvalue(), name="a.docx", limits=LIMITS)


# XML


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_not_expanded(encoding: str) -> None:
    laughs = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 9))
    main = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE d [<!ENTITY a0 "ha">{laughs}]>'
        f'<w:document xmlns:w="{W}"><w:body>{p("&a8;")}</w:body></w:document>'
    )
    data = zipped({"word/document.xml": main.encode(encoding)})
    with pytest.raises(UnreadableFileError, match="外部实体"):
        read(data, name="a.docx", limits=LIMITS)


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"),
    ],
)
def test_deep_nesting_is_refused(opening: str, closing: str) -> None:
    assert _is_refused(docx(opening * 110 + p("字") + closing * 110)) == "nesting"


def test_deep_nesting_in_a_paragraph_is_refused() -> None:
    assert _is_refused(docx(p("<w:smartTag>" * 220 + r("字") + "</w:smartTag>" * 220))) == "nesting"


@pytest.mark.parametrize("element", ["<div>", "<span>", "<table><tr><td>", "<ul><li>", "<b><font>"])
@pytest.mark.parametrize("times", [220, 3000])
def test_deep_pages_are_refused(element: str, times: int) -> None:
    assert _is_refused((element * times + "字").encode()) == "nesting"


def test_too_many_tags_are_refused() -> None:
    assert _is_refused(b"<html>" + b"<p>" * 400_000) == "text_chars"


@pytest.mark.parametrize("attribute", [" a{}=1", "/a{}", ' a{}="<"', ' a{}="x>"', "\na{}"])
def test_endless_attributes_are_refused(attribute: str) -> None:
    tag = "<p" + "".join(attribute.format(number) for number in range(40_000)) + ">字"
    assert _is_refused(tag.encode()) == "text_chars"


def test_long_but_honest_tags_are_read() -> None:
    image = f'<img src="data:image/png;base64,{"iVBO/Rw0 " * 20_000}">'
    path = f'<svg><path d="{"M 1 2 " * 20_000}"></svg>'
    assert read_page(f"<body>{image}{path}<p>正文</p>").text == "正文\n"


# Tables


def test_a_huge_span_is_cut() -> None:
    page = read_page("<table><tr><td colspan=1000000>甲<tr><td rowspan=99999>乙<td>1</table>")
    assert grid(page.tables[0])[0] == (0, 0, 1, LIMITS.span, "甲")
    assert grid(page.tables[0])[1] == (1, 0, 1, 1, "乙")
    wide = tbl(tr(tc("甲", '<w:gridSpan w:val="999999"/>')), tr("乙", "1"))
    assert grid(read_docx(wide).tables[0])[0][3] == LIMITS.span


def test_a_huge_table_is_refused() -> None:
    limits = Limits(table_cells=100)
    assert _is_refused(docx(tbl(*[tr("0", "0")] * 60)), limits=limits) == "table_cells"
    page = "<table>" + "<tr><td colspan=30>0<td>1" * 4
    assert _is_refused(page.encode(), limits=limits) == "table_cells"


def test_overlapping_spans_end() -> None:
    row = "<tr>" + "<td rowspan=500 colspan=400>0" * 50
    assert _is_refused(("<table>" + row * 300).encode()) == "table_cells"


# Fuzz

_PAGE = (
    "<html><meta charset=gbk><body><table><tr><td rowspan=2>项<td colspan=3 style='color:#fff'>1"
    "</table><ol><li>甲<p hidden>藏</p></ol><!-- 注释里的一整句中文话 -->&nbsp;&#8203;一、总体情况"
).encode("gb18030")
_WORD_BODY = (
    p(
        "一、总体情况",
        '<w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
    )
    + p(r("甲", '<w:color w:val="FFFFFF"/><w:sz w:val="2"/>') + "<w:del>" + r("乙") + "</w:del>")
    + tbl(
        tr(tc("项", '<w:vMerge w:val="restart"/><w:gridSpan w:val="2"/>'), "1"),
        tr(tc("", '<w:vMerge/><w:gridSpan w:val="2"/>'), "2"),
    )
)
_STYLES = '<w:style w:styleId="a"><w:name w:val="heading 1"/></w:style>'
_LISTS = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
)
_WORD = docx(_WORD_BODY, styles=_STYLES, numbering=_LISTS)
_PIECES = (
    b"<w:p>", b"</w:p>", b"<table>", b"<td colspan=9>", b"</w:tbl>", b"<![CDATA[", b"<!--",
    b"&#x0;", b"&#xD800;", b"-1", b"99999999999999999999", b"\xff", b"\x00", b'w:val=""', b"<?x",
    b"<!DOCTYPE",
)  # fmt: skip


def _mutated(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        place = dice.randrange(len(changed) + 1)
        match dice.randrange(4):
            case 0:
                changed[place : place + 1] = bytes([dice.randrange(256)])
            case 1:
                del changed[place : place + dice.randrange(1, 40)]
            case 2:
                changed[place:place] = dice.choice(_PIECES)
            case _:
                changed[place:place] = changed[place : place + dice.randrange(1, 60)]
    return bytes(changed)


def _mutated_word(dice: random.Random) -> bytes:
    """A package in order whose parts are damaged: what a broken exporter writes."""
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(BytesIO(_WORD)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            parts[name] = _mutated(content, dice) if dice.random() < 0.6 else content
    return zipped(parts)


def _reads_or_refuses(data: bytes) -> None:
    try:
        document = read(data, name="报告", limits=LIMITS)
    except InputError as error:
        assert error.message
        return
    for paragraph in document.paragraphs:
        place = paragraph.locator
        assert document.text[place.start : place.end] == paragraph.text


@pytest.mark.parametrize("seed", range(4))
def test_mutated_files_are_read_or_refused(seed: int) -> None:
    dice = random.Random(seed)
    end = time.monotonic() + 1.0
    for _ in range(400):
        _reads_or_refuses(_mutated_word(dice))
        _reads_or_refuses(_mutated(_WORD, dice))
        _reads_or_refuses(_mutated(_PAGE, dice))
        if time.monotonic() > end:
            break


def test_a_broken_file_name_breaks_nothing() -> None:
    document = read("<p>正文".encode(), name="\udcff报告.html", limits=LIMITS)
    assert document.source.name == "?报告.html"
