"""What Word and web readers share about markup.

XML is parsed without entities, document type, network or huge trees.
"""

import codecs
import re

from lxml import etree

from checker.errors import InputError, LimitExceededError, UnreadableFileError
from checker.readers.archive import damaged

# A report has some ten thousand tags; these would keep the machine busy for many seconds.
MAX_TAGS = 400_000
# libxml2 stops here by itself, and says so in these words.
_PARSER_DEPTH = 256
TOO_DEEP_MESSAGE = "xcessive depth"
# Anything lighter than this on white paper is not seen.
LIGHTEST_SEEN = 0xF8
_STRICT = b"http://purl.oclc.org/ooxml/"
# The two namespaces that the reader looks at, in their ISO strict and their usual spelling.
_USUAL = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/main",
        b"http://schemas.openxmlformats.org/drawingml/2006/main",
    ),
)
_DECLARATION = re.compile(r"\s*<\?xml.*?\?>", re.DOTALL)


def parse_xml(data: bytes, *, name: str) -> etree._Element:
    """The root element of an XML part; strict OOXML namespaces come out as the usual ones.

    Raises:
        UnreadableFileError: not well-formed, or it carries a document type.
        LimitExceededError: more tags, or deeper, than any report is.
    """
    plain = _as_utf8(data, name)
    if has_mark(plain, b"<!DOCTYPE"):
        raise _foreign(name)
    refuse_too_many_tags(plain, name=name)
    if _STRICT in plain:
        for strict, usual in _USUAL:
            plain = plain.replace(strict, usual)
    # Comments stay in the tree: taking them out here would nearly double the time to parse.
    # Nothing is looked up by xml:id, and a file from Word has an attribute of that kind per line.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(plain, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if TOO_DEEP_MESSAGE in str(error):
            raise too_deep(name, _PARSER_DEPTH) from error
        raise damaged(name) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _foreign(name)
    return root


def refuse_too_many_tags(data: bytes, *, name: str) -> None:
    """Refuse markup that would fill the memory.

    Raises:
        LimitExceededError: more tags than any report has.
    """
    # Most parts are shorter, and so cannot have as many.
    if len(data) > MAX_TAGS and data.count(b"<") > MAX_TAGS:
        raise LimitExceededError(
            f"文件里的标记超过 {MAX_TAGS} 个，不像一份年度报告，没有打开。",
            path=name,
            limit="text_chars",
            hint="请确认选对了文件。",
        )


def has_mark(data: bytes, mark: bytes) -> bool:
    """Whether markup holds a mark such as ``<!``; a third of the time where it has no ``!``."""
    return b"!" in data and mark in data


def too_deep(name: str, nesting: int) -> LimitExceededError:
    """The error for elements nested deeper than the limit."""
    return LimitExceededError(
        f"文件内容嵌套超过 {nesting} 层，没有读完。",
        path=name,
        limit="nesting",
        hint="请用 Word 或 WPS 打开后另存为 .docx 再试。",
    )


def is_white(color: str) -> bool:
    """Whether a colour of six hexadecimal digits cannot be seen on white paper."""
    try:
        channels = bytes.fromhex(color.removeprefix("#"))
    except ValueError:
        return False
    return len(channels) == 3 and min(channels) >= LIGHTEST_SEEN


def _as_utf8(data: bytes, name: str) -> bytes:
    # UTF-16 parts are legal; everything below looks at bytes.
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise damaged(name) from error
    return _DECLARATION.sub("", text, count=1).encode("utf-8", errors="replace")


def _foreign(name: str) -> InputError:
    return UnreadableFileError(
        "文件里带有外部实体声明，为安全起见没有打开。",
        path=name,
        hint="请用 Word 或 WPS 打开后另存为新的 .docx。",
    )
