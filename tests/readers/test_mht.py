"""Web pages saved as one file."""

import base64
import hashlib
import quopri
from collections.abc import Callable

import pytest

from checker.errors import UnreadableFileError
from checker.readers import read
from checker.settings import Limits
from tests.builders import clean_report
from tests.renderers import to_html

HEAD = (
    b"From: <Saved by a browser>\r\nSubject: =?utf-8?B?5bm05oql?=\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n'
    b'\tboundary="----Part=_1"\r\n\r\n\r\n'
)
PICTURE = b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "quoted-printable": quopri.encodestring,
    "base64": base64.encodebytes,
    "8bit": bytes,
}


def _archive(page: bytes, coding: str) -> bytes:
    head = f"Content-Type: text/html\r\nContent-Transfer-Encoding: {coding}\r\n\r\n".encode()
    parts = (PICTURE, head + CODINGS[coding](page) + b"\r\n", PICTURE)
    mark = b"------Part=_1"
    return HEAD + b"".join(mark + b"\r\n" + part for part in parts) + mark + b"--\r\n"


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_the_page_in_a_web_archive_is_read_like_the_page(coding: str, charset: str) -> None:
    page = to_html(clean_report()).decode().encode(charset)
    data = _archive(page, coding)
    document = read(data, name="年报.mht", limits=Limits())
    wanted = read(page, name="年报.html", limits=Limits())
    assert (document.text, document.blocks) == (wanted.text, wanted.blocks)
    assert document.source.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("place", "address"),
    [
        ("Content-Location: cid:css-1@mhtml.blink", "cid:css-1@mhtml.blink"),
        ("Content-ID: <css-1>", "cid:css-1"),
        ("Content-Location: http://a.invalid/a.css", "http://a.invalid/a.css"),
    ],
)
def test_a_sheet_saved_with_the_page_is_applied(place: str, address: str) -> None:
    page = (
        f'<html><head><link rel="stylesheet" href="{address}"></head><body><table><tr><td>规章</td>'
        '<td class="v"><span class="h">8</span>9</td></tr></table>'
    )
    sheet = "@charset 'utf-8'; td .h{text-decoration:line-through} /* 划掉 */"
    part = (
        f"Content-Type: text/css\r\nContent-Transfer-Encoding: quoted-printable\r\n{place}\r\n\r\n"
    )
    mark = b"------Part=_1"
    data = _archive(page.encode(), "base64").removesuffix(mark + b"--\r\n")
    data += mark + b"\r\n" + part.encode() + quopri.encodestring(sheet.encode()) + b"\r\n"
    document = read(data + mark + b"--\r\n", name="a.mht", limits=Limits())
    assert document.text.split() == ["规章", "9"]
    assert len(document.doubts) == 1


def test_a_page_without_parts_is_read() -> None:
    data = b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>1</p>"
    assert read(data, name="a.mht", limits=Limits()).text.strip() == "1"


@pytest.mark.parametrize(
    "data",
    [
        b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nhello",
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n--x--",
        HEAD,
    ],
)
def test_an_archive_without_a_page_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="没有网页"):
        read(data, name="a.mht", limits=Limits())


def test_a_damaged_page_is_refused() -> None:
    data = b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n"
    data += b"Content-Transfer-Encoding: base64\r\n\r\nA"
    with pytest.raises(UnreadableFileError):
        read(data, name="a.mht", limits=Limits())
