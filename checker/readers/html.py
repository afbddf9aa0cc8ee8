"""Saved web pages: what a visitor sees, with tables in their exact grid.

No script is run, nothing is fetched; of the style sheets in the page only what hides text counts.
The encoding is the one in which the bytes decode, whatever the page declares.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from checker.domain.document import Document
from checker.errors import LimitExceededError
from checker.readers.archive import damaged
from checker.readers.builder import DocumentBuilder
from checker.readers.characters import strip_invisible
from checker.readers.decoding import Decoded, decode
from checker.readers.flow import write_flow
from checker.readers.html_body import HtmlReader
from checker.readers.html_sheet import StyleSheets
from checker.readers.markup import TOO_DEEP_MESSAGE, refuse_too_many_tags
from checker.settings import Limits

_DECLARED = re.compile(
    rb"charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})|<\?xml[^>]{0,200}encoding=[\"']([\w.-]{1,40})",
    re.I,
)
_HEAD = 8192
_UNPARSABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Pages below this size cannot keep the parser busy.
_LARGE = 100_000
_BYTES_PER_CHARACTER = 6
_EMBEDDED = re.compile(rb"data:[\w.+-]{1,40}/[\w.+-]{1,80};base64,[A-Za-z0-9+/=%\s]*+")
# Quotes count where a value may stand; elsewhere they are letters, as for the parser.
_TAG = re.compile(rb"""<[a-zA-Z](?:[^"'>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+|["'])*+""")
_QUOTED = re.compile(rb"""=\s*+(?:"[^"]*+"|'[^']*+')""")
_STRAY_EQUALS = re.compile(rb"[\s/]=")
_MOST_ATTRIBUTES = 500
# What government content systems state about the page, by its usual spelling.
_METADATA = {
    key.lower(): key
    for key in (
        "PubDate",
        "ArticleTitle",
        "SiteName",
        "ColumnName",
        "Author",
        "ContentSource",
    )
}
_TITLE = "title"
# Fewer stand in any line of prose; the smallest of the official tables has ten.
_LEAST_FIGURES = 10
_RESOURCE_TROUBLE = re.compile("RESOURCE_LIMIT|INTERNAL_ERROR|NO_MEMORY|NAME_TOO_LONG")


class Saved(NamedTuple):
    """A file that holds a page with other parts.

    Attributes:
        source: content of the file.
        sheets: the style sheets in it, by their address.
    """

    source: bytes
    sheets: Mapping[str, str]


def read_html(data: bytes, *, name: str, limits: Limits, saved: Saved | None = None) -> Document:
    """Read a web page.

    Args:
        data: the page.
        name: file name as the user knows it.
        limits: what the file may be at most.
        saved: the file, where the page is a part of it.

    Raises:
        UnreadableFileError: nothing can be made of the markup.
        LimitExceededError: too deep, or a table too large.
    """
    decoded = decode(data, declared=_declared(data))
    root = _parse(decoded, name, limits)
    saved = saved or Saved(data, {})
    builder = DocumentBuilder(name, saved.source, "html", limits=limits)
    _add_metadata(builder, root)
    if decoded.lost:
        builder.doubt(
            "encoding",
            f"网页里有 {decoded.lost} 处字符无法识别，读成了“\ufffd”，请对照原网页。",
        )
    # Text before the first tag: plain text or Markdown that only holds tables in HTML.
    lines = not decoded.text.lstrip("\ufeff \t\r\n").startswith("<")
    sheets = StyleSheets(root, saved.sheets)
    if not sheets.whole:
        builder.doubt(
            "hidden_text",
            "网页的样式表太长，没有全部核对，可能把页面上看不见或划掉的文字也读了进来，请对照原网页。",
        )
    reader = HtmlReader(name=name, limits=limits, lines=lines, sheets=sheets)
    write_flow(builder, reader.read(root))
    document = builder.build()
    if document.tables:
        return document
    return _with_printed_tables(document, saved.source, name=name, limits=limits)


def _with_printed_tables(document: Document, data: bytes, *, name: str, limits: Limits) -> Document:
    """A page without any table, read line by line: somebody pasted tables into it as text."""
    from checker.readers.plain import emit_lines
    from checker.readers.plain_region import Line

    builder = DocumentBuilder(name, data, "html", limits=limits)
    for entry in document.metadata:
        builder.metadata(entry.key, entry.value)
    for unseen in document.hidden:
        builder.hidden(unseen.text, unseen.reason)
    for aside in document.set_aside:
        builder.set_aside(aside.text, aside.reason)
    for doubt in document.doubts:
        builder.doubt(doubt.kind, doubt.message, quote=doubt.quote)
    lines = [Line(paragraph.text) for paragraph in document.paragraphs]
    emit_lines(lines, builder, name=name, limits=limits, markdown=False)
    printed = builder.build()
    figures = sum(cell.text.isdigit() for table in printed.tables for cell in table.cells)
    return printed if figures >= _LEAST_FIGURES else document


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:_HEAD])
    return (found.group(1) or found.group(2)).decode("ascii", "replace") if found else ""


def _parse(decoded: Decoded, name: str, limits: Limits) -> etree._Element:
    plain = _UNPARSABLE.sub("", decoded.text).encode("utf-8")
    if len(plain) > _LARGE:
        plain = _EMBEDDED.sub(b"data:", plain)
        _refuse_endless(plain, name, limits)
    refuse_too_many_tags(plain, name=name)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_pis=True)
    try:
        root = etree.fromstring(plain, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(name) from error
    if root is None:
        raise damaged(name)
    for entry in parser.error_log:
        # The parser stops there and says nothing: the rest of the page would be lost.
        if _RESOURCE_TROUBLE.search(entry.type_name or "") or TOO_DEEP_MESSAGE in entry.message:
            raise LimitExceededError(
                "网页的标记过深或过长，没有读完。",
                path=name,
                limit="nesting",
                hint="请在浏览器中把正文复制到 Word，另存为 .docx 再试。",
            )
    return root


def _refuse_endless(plain: bytes, name: str, limits: Limits) -> None:
    """Refuse what the parser would read for minutes.

    Its time grows with the square of the attributes in one tag.
    """
    too_long = len(plain) > limits.text_chars * _BYTES_PER_CHARACTER
    if too_long or any(map(_has_endless_attributes, _TAG.finditer(plain))):
        raise LimitExceededError(
            "网页的标记太多，不像一份年度报告，没有打开。",
            path=name,
            limit="text_chars",
            hint="请在浏览器中把正文复制到 Word，另存为 .docx 再试。",
        )


def _has_endless_attributes(tag: re.Match[bytes]) -> bool:
    if tag.end() - tag.start() < 2 * _MOST_ATTRIBUTES:
        return False
    text = tag.group()
    if not _STRAY_EQUALS.search(text):
        text = _QUOTED.sub(b"= ", text)
    return len(text.replace(b"/", b" ").split()) > _MOST_ATTRIBUTES


def _add_metadata(builder: DocumentBuilder, root: etree._Element) -> None:
    for meta in root.iter("meta"):
        key = (meta.get("name") or meta.get("property") or "").strip().lower()
        value = (meta.get("content") or "").strip()
        if key in _METADATA and value:
            builder.metadata(_METADATA[key], strip_invisible(value).text)
    title = next(root.iter(_TITLE), None)
    text = " ".join((title.text or "").split()) if title is not None else ""
    if text:
        builder.metadata(_TITLE, strip_invisible(text).text)
