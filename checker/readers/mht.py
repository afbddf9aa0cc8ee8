"""Web pages saved as one file (MHT): the page inside is read, with the style sheets beside it.

Only the first HTML part of a flat archive is taken, as browsers and office programs write it, and
of the other parts nothing but style sheets. Mail parsers are not used: they follow nested parts
without end.
"""

import base64
import binascii
import quopri
import re
from collections.abc import Iterator, Sequence

from checker.domain.document import Document
from checker.errors import UnreadableFileError
from checker.readers.archive import damaged
from checker.readers.decoding import decode
from checker.readers.html import Saved, read_html
from checker.settings import Limits

_MOST_HEAD = 65_536
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_FOLD = re.compile(rb"\r?\n[ \t]+")
_BOUNDARY = re.compile(rb"boundary\s{0,9}=\s{0,9}\"?([^\";\r\n]{1,200})", re.I)
_CSS = re.compile(rb"^content-type:\s{0,9}text/css", re.I | re.M)
_PLACE = re.compile(rb"^content-(location|id):\s{0,9}<?([^\r\n>]{1,2000})", re.I | re.M)
_MOST_SHEETS = 200
_HTML = re.compile(rb"^content-type:\s{0,9}text/html", re.I | re.M)
_CODING = re.compile(rb"^content-transfer-encoding:\s{0,9}([\w-]{1,40})", re.I | re.M)


def read_mht(data: bytes, *, name: str, limits: Limits) -> Document:
    """Read the page in a web archive.

    Args:
        data: content of the file.
        name: file name as the user knows it.
        limits: what the file may be at most.

    Raises:
        UnreadableFileError: there is no page in it, or it is damaged.
        LimitExceededError: the page is too deep, or a table too large.
    """
    parts = list(_parts(data))
    for head, body in parts:
        if _HTML.search(head):
            saved = Saved(data, _sheets(parts, name))
            return read_html(_decoded(head, body, name), name=name, limits=limits, saved=saved)
    raise UnreadableFileError(
        "这个 MHT 文件里没有网页。",
        path=name,
        hint="请在浏览器中打开原网页，另存为 .html 或 .mht 再试。",
    )


def _sheets(parts: Sequence[tuple[bytes, bytes]], name: str) -> dict[str, str]:
    """The style sheets of an archive, by every address under which the page may call them."""
    sheets: dict[str, str] = {}
    for head, body in [part for part in parts if _CSS.search(part[0])][:_MOST_SHEETS]:
        text = decode(_decoded(head, body, name)).text
        for kind, place in _PLACE.findall(head):
            address = place.decode("utf-8", "replace").strip()
            sheets[f"cid:{address}" if kind.lower() == b"id" else address] = text
    return sheets


def _parts(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Head and body of the file, then of every part of it."""
    head, body = _cut(data.lstrip())
    yield head, body
    boundary = _BOUNDARY.search(head)
    if boundary is not None:
        for part in body.split(b"--" + boundary[1].strip())[1:]:
            yield _cut(part.lstrip(b"\r\n"))


def _cut(part: bytes) -> tuple[bytes, bytes]:
    found = _BLANK_LINE.search(part, 0, _MOST_HEAD)
    if found is None:
        return b"", b""
    return _FOLD.sub(b" ", part[: found.start()]), part[found.end() :]


def _decoded(head: bytes, body: bytes, name: str) -> bytes:
    coding = _CODING.search(head)
    how = coding[1].lower() if coding else b"8bit"
    if how == b"quoted-printable":
        return quopri.decodestring(body)
    if how != b"base64":
        return body
    try:
        return base64.b64decode(body)
    except binascii.Error as error:
        raise damaged(name) from error
