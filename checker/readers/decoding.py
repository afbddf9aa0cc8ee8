"""Bytes → text for formats that are text: the encoding is what decodes, not what is declared."""

import codecs
from typing import NamedTuple

from checker.errors import LimitExceededError
from checker.settings import Limits

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOST = "\ufffd"
# gbk and gb2312 are subsets of gb18030, and pages that declare them use the rest of it.
_SUPERSETS = {"gbk": "gb18030", "gb2312": "gb18030", "ascii": "utf-8", "iso8859-1": "cp1252"}
_DECLARABLE = frozenset({"gb18030", "big5", "big5hkscs", "utf-16-le", "utf-16-be"})
# A text in another encoding shows some valid UTF-8 sequences by chance, but never this share.
_GOOD_PER_LOST = 4


class Decoded(NamedTuple):
    """Text of a file.

    Attributes:
        text: the text, without byte order mark.
        encoding: the encoding that was used.
        lost: number of byte sequences that could not be decoded (U+FFFD stands for them).
    """

    text: str
    encoding: str
    lost: int


def decode(data: bytes, *, declared: str = "") -> Decoded:
    """Decode by byte order mark, then UTF-8 if it fits, then the declared encoding or gb18030.

    Args:
        data: the bytes.
        declared: what the file says of itself; only believed when everything decodes.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _tolerant(data[len(mark) :], encoding)
    if unmarked := _unmarked_utf16(data):
        return _tolerant(data, unmarked)
    strict = _strict(data, "utf-8")
    if strict is not None:
        return strict
    candidate = _known(declared)
    if candidate and (strict := _strict(data, candidate)) is not None:
        return strict
    as_utf8 = _tolerant(data, "utf-8")
    beyond_ascii = len(as_utf8.text) - len(as_utf8.text.encode("ascii", "ignore"))
    if beyond_ascii > (_GOOD_PER_LOST + 1) * as_utf8.lost:
        return as_utf8
    return _strict(data, "gb18030") or _tolerant(data, "gb18030")


def refuse_long_text(length: int, *, name: str, limits: Limits) -> None:
    """Refuse a text longer than the limit.

    Raises:
        LimitExceededError: the text is too long.
    """
    if length > limits.text_chars:
        raise LimitExceededError(
            f"文件有 {length} 个字，超过上限 {limits.text_chars} 个字。",
            path=name,
            limit="text_chars",
            hint="请确认上传的是一份年度报告。",
        )


def _unmarked_utf16(data: bytes) -> str:
    # Markup and ASCII text in UTF-16 show a zero byte in every other place.
    head = data[:64]
    if len(head) >= 4 and not any(head[1:8:2]) and all(head[0:8:2]):
        return "utf-16-le"
    if len(head) >= 4 and not any(head[0:8:2]) and all(head[1:8:2]):
        return "utf-16-be"
    return ""


def _known(declared: str) -> str:
    try:
        name = codecs.lookup(declared.strip()).name
    except (LookupError, ValueError):
        return ""
    name = _SUPERSETS.get(name, name)
    return name if name in _DECLARABLE else ""


def _strict(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding, 0)
    except UnicodeDecodeError:
        return None


def _tolerant(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    return Decoded(text, encoding, text.count(_LOST))
