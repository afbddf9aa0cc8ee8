"""The kind of a file is told by its content, and what we do not read gets one clear sentence."""

import pytest

from checker.errors import InputError, UnreadableFileError, UnsupportedFormatError
from checker.readers.detect import detect
from tests.readers.files import LIMITS, docx, p, zipped

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def _ole(stream: str) -> bytes:
    return _OLE + stream.encode("utf-16-le")


def _kind(data: bytes, name: str = "报告") -> str:
    return detect(data, name=name, limits=LIMITS)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (docx(p("正文")), "docx"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\r\n junk \x01\n%PDF-1.4\n", "pdf"),
        ("<!DOCTYPE html><html><body>报告".encode(), "html"),
        ("\ufeff\n <!-- 保存自 --> <HTML><body>报告".encode(), "html"),
        ('<?xml version="1.0" encoding="gb2312"?>\n<html>报告'.encode("gb18030"), "html"),
        ("<p>报告全文</p>".encode(), "html"),
        ("<html><body>报告".encode("utf-16"), "html"),
        ("报告\n<table border=1><tr><td>规章".encode(), "html"),
        ("2023年政府信息公开工作年度报告\n一、总体情况".encode(), "txt"),
        ("一、总体情况\n规章 | 0 | 0 | 0 |".encode("gb18030"), "txt"),
        ("一、总体情况".encode("utf-16"), "txt"),
        ("| 规章 | 0 |\n|---|---|\n| 许可 | 1 |".encode(), "md"),
        ("## 一、总体情况\n正文".encode(), "md"),
        ("#1 号文件\n正文".encode(), "txt"),
    ],
)
@pytest.mark.parametrize("name", ["报告.docx", "报告.html", "报告"])
def test_the_suffix_does_not_matter(data: bytes, kind: str, name: str) -> None:
    assert _kind(data, name) == kind


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xff\xd8\xff\xe0abc", "JPG 图片"),
        (b"\x89PNG\r\n\x1a\nabc", "PNG 图片"),
        (b"GIF89a", "GIF 图片"),
        (b"BM" + bytes(100), "BMP 图片"),
        (b"II*\x00", "TIFF 图片"),
        (b"RIFF1234WEBPVP8 ", "WebP 图片"),
        (_ole("WordDocument"), "旧版 Word 或 WPS 文档"),
        (_ole("Workbook"), "旧版 Excel"),
        (_OLE, "旧版 Office"),
        (zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "Excel 表格"),
        (zipped({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), "PPT"),
        (zipped({"OFD.xml": "<ofd/>", "Doc_0/Document.xml": ""}), "OFD"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "OpenDocument"),
        (zipped({"a.txt": "x"}), "ZIP 压缩包"),
        (b"Rar!\x1a\x07\x01\x00", "RAR 压缩包"),
        (b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
        (b"MZ\x90\x00\x03" + bytes(100), "可执行程序"),
        (b"\x7fELF\x02", "可执行程序"),
        (b"{\\rtf1\\ansi", "RTF 文档"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', "Word 的 XML"),
        (b'<?xml version="1.0"?><rss></rss>', "XML 数据"),
        (bytes(range(256)) * 8, "二进制数据"),
    ],
)
def test_other_kinds_are_named_with_what_to_do(data: bytes, words: str) -> None:
    with pytest.raises(UnsupportedFormatError, match=words) as caught:
        _kind(data)
    assert caught.value.hint.startswith("请")
    assert caught.value.message.endswith("不能核对。")


def test_a_disguised_file_is_told_by_both_names() -> None:
    with pytest.raises(UnsupportedFormatError) as caught:
        _kind(b"\x89PNG\r\n\x1a\n", "某局年报.DOCX")
    assert caught.value.message == "文件名是 .docx，内容却是 PNG 图片，不能核对。"


def test_an_honest_name_is_not_called_a_disguise() -> None:
    with pytest.raises(UnsupportedFormatError) as caught:
        _kind(_ole("WordDocument"), "某局年报.wps")
    assert caught.value.message.startswith("这是旧版 Word 或 WPS 文档")
    assert "另存为 .docx" in caught.value.hint


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空的"),
        (b" \r\n\t ", "只有空白"),
        ("\ufeff\u3000\n".encode(), "只有空白"),
        (_ole("EncryptedPackage"), "已加密"),
        (docx(p("正文"))[:-60], "损坏"),
        (b"PK\x03\x04rest", "损坏"),
    ],
)
def test_unreadable_files_say_why(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFileError, match=words):
        _kind(data)


def test_a_part_with_a_password_is_called_encrypted() -> None:
    data = bytearray(zipped({"mimetype": "application/x"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    with pytest.raises(InputError, match="已加密"):
        _kind(bytes(data))
