"""Visible text of a web page, in order: paragraphs, tables, and what is hidden between them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from lxml import etree

from checker.domain.document import HiddenReason
from checker.readers.flow import AreaMeter, HiddenNode, Node, PictureNode, TableNode, TextNode
from checker.readers.html_sheet import StyleSheets
from checker.readers.html_style import BLOCKS, Facts, Look, inherit
from checker.readers.html_tables import (
    PARTS,
    HtmlGrid,
    columns_of,
    is_old_page,
    span_of,
    take_apart,
    width_of,
    without_columns,
)
from checker.readers.html_text import (
    BREAK,
    SPACES,
    all_text,
    collapsed,
    figure_in,
    is_background_only,
    is_drawing,
    is_large,
    printed,
)
from checker.readers.markup import too_deep
from checker.readers.ordinals import format_ordinal, join_label
from checker.readers.plain_markdown import without_pictures
from checker.readers.set_aside import Crossing, SetAside, without_notes
from checker.settings import Limits

_SKIPPED = frozenset({
    "script", "style", "noscript", "template", "head", "title", "meta", "link", "base",
    "iframe", "frame", "frameset", "noframes", "object", "applet", "svg", "canvas",
    "audio", "video", "select", "datalist", "button", "map", "rt", "rp",
})  # fmt: skip
_DRAWINGS = frozenset({"iframe", "frame", "object", "svg", "canvas"})
_PAINTED = frozenset({"button", "select", "svg"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TYPED = frozenset({"", "text", "number", "tel"})
_CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_TAG = re.compile("<[^<>]*>")
_LEAST_COMMENT = 8
_MARKED_HEADING = re.compile(r"#{1,6}[ \t]+")
_LIST_STYLES = {
    "1": ("decimal", "."),
    "decimal": ("decimal", "."),
    "a": ("lowerLetter", "."),
    "lower-alpha": ("lowerLetter", "."),
    "lower-latin": ("lowerLetter", "."),
    "A": ("upperLetter", "."),
    "upper-alpha": ("upperLetter", "."),
    "upper-latin": ("upperLetter", "."),
    "i": ("lowerRoman", "."),
    "lower-roman": ("lowerRoman", "."),
    "I": ("upperRoman", "."),
    "upper-roman": ("upperRoman", "."),
    "cjk-ideographic": ("chineseCounting", "、"),
    "simp-chinese-informal": ("chineseCounting", "、"),
    "trad-chinese-informal": ("chineseCounting", "、"),
    "cjk-heavenly-stem": ("ideographTraditional", "、"),
}


@dataclass(slots=True)
class _Flow:
    """Nodes of a page or cell, and the paragraph that is being put together.

    Attributes:
        raised: indices of the pieces that are raised or lowered.
        crossed: the texts that are taken back, in order.
        led: a piece of the paragraph is a link.
        own: a piece with words is none; a day behind a link says nothing.
    """

    nodes: list[Node] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    raised: list[int] = field(default_factory=list)
    crossed: list["_Crossed"] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    hidden_reason: HiddenReason | None = None
    led: bool = False
    own: bool = False
    label: str = ""


@dataclass(slots=True)
class _Crossed:
    """Pieces of a text that is taken back, and the number of pieces read before them."""

    texts: list[str]
    crossing: Crossing
    place: int


@dataclass(slots=True)
class _List:
    """An open list: how it counts (empty for bullets) and the next number."""

    style: str
    next: int = 1


class HtmlReader:
    """Reads the body of one page.

    Args:
        name: file name for messages.
        limits: what the file may be at most.
        lines: line breaks of the source are line breaks of the print, and ``#`` marks headings:
            the page is plain text or Markdown with tables in HTML between.
        sheets: the style sheets inside the page.
    """

    def __init__(self, *, name: str, limits: Limits, lines: bool, sheets: StyleSheets) -> None:
        self._name = name
        self._limits = limits
        self._lines = lines
        self._heading = 0
        self._lists: list[_List] = []
        self._sheets = sheets
        self._old = False
        self._aside = SetAside("请对照原网页，确认这些文字确已删除。")

    def read(self, root: etree._Element) -> list[Node]:
        """All nodes of the page, in order.

        Raises:
            LimitExceededError: too deep, or a table too large.
        """
        flow = _Flow()
        self._old = is_old_page(root)
        self._element(root, flow, Look(pre=self._lines), 0)
        self._flush(flow)
        return flow.nodes

    def _children(self, element: etree._Element, flow: _Flow, look: Look, depth: int) -> None:
        if depth > self._limits.nesting:
            raise too_deep(self._name, self._limits.nesting)
        if element.text:
            self._text(element.text, flow, look)
        for child in element:
            self._element(child, flow, look, depth + 1)
            if child.tail:
                self._text(child.tail, flow, look)

    def _element(self, element: etree._Element, flow: _Flow, look: Look, depth: int) -> None:
        tag = element.tag
        if not isinstance(tag, str):
            _comment(element, flow)
            return
        if tag in _SKIPPED:
            if tag in _PAINTED and (figure := figure_in(element)):
                self._text_as_is(figure, flow, look)
            elif tag in _DRAWINGS and not self._sheets.facts_of(element).gone:
                flow.nodes += [PictureNode()] if is_drawing(element) else []
            return
        if tag == "br":
            self._text_as_is(BREAK, flow, look._replace(crossing="", raised=False))
            return
        facts = self._sheets.facts_of(element)
        if facts.gone or (tag == "dialog" and "open" not in element.attrib):
            self._gone(element, flow)
            return
        if tag == "a" and element.get("href"):
            look = look._replace(linked=True)
        if tag == "table":
            look = look._replace(indented=False)
            if self._old:
                look = look._replace(tiny=False, ink=None)
        self._shown(
            element, flow, inherit(look, facts, element, certain=self._sheets.complete), depth
        )

    def _shown(self, element: etree._Element, flow: _Flow, look: Look, depth: int) -> None:
        """An element that is displayed, with the look inside it."""
        tag = element.tag
        if tag == "details" and "open" not in element.attrib:
            self._closed(element, flow, look, depth)
        elif tag == "table":
            self._flush(flow)
            self._table(element, flow, look, depth)
        elif tag in BLOCKS:
            if self._sheets.facts_of(element).painted and is_background_only(element):
                flow.nodes.append(PictureNode())
            self._block(element, flow, look, depth)
        elif tag in ("img", "embed"):
            if is_large(element):
                flow.nodes.append(PictureNode())
            self._children(element, flow, look, depth)  # the parser puts what follows into embed
        elif tag in ("input", "textarea"):
            self._typed(element, flow, look)
        elif tag == "bdo" and element.get("dir", "").strip().lower() == "rtl":
            self._text_as_is(all_text(element)[::-1], flow, look)
        else:
            self._children(element, flow, look, depth)

    def _block(self, element: etree._Element, flow: _Flow, look: Look, depth: int) -> None:
        tag = element.tag
        self._flush(flow)
        if tag == "pre":
            look = look._replace(pre=True)
        if tag == "li":
            flow.label = self._label(element, self._sheets.facts_of(element))
        is_list = tag in ("ol", "ul", "menu", "dir")
        if is_list:
            self._lists.append(_open_list(element, self._sheets.facts_of(element)))
        self._heading += tag in _HEADINGS
        self._children(element, flow, look, depth)
        self._flush(flow)
        self._heading -= tag in _HEADINGS
        if is_list:
            self._lists.pop()
        if tag == "li":
            flow.label = ""

    def _label(self, item: etree._Element, facts: Facts) -> str:
        """The number printed before a list item."""
        if not self._lists:
            return ""
        current = self._lists[-1]
        own = span_of(item, "value")
        number = current.next if own is None else own
        current.next = number + 1
        style = _list_style(facts.list_style) if facts.list_style else current.style
        if style not in _LIST_STYLES:
            return ""
        form, mark = _LIST_STYLES[style]
        printed = format_ordinal(number, form)
        return "" if printed is None else printed + mark

    def _text(self, text: str, flow: _Flow, look: Look) -> None:
        if look.pre:
            text = text.replace("\r\n", "\n").replace("\n", BREAK)
        self._text_as_is(text, flow, look)

    def _text_as_is(self, text: str, flow: _Flow, look: Look) -> None:
        reason = look.reason
        if reason is None:
            if look.crossing:
                _cross(text, flow, look.crossing)
                return
            if look.raised:
                flow.raised.append(len(flow.pieces))
            flow.pieces.append(text)
            flow.led = flow.led or look.linked
            flow.own = flow.own or (not look.linked and bool(_CHINESE.search(text)))
            return
        if reason != flow.hidden_reason:
            _flush_hidden(flow)
            flow.hidden_reason = reason
        flow.hidden.append(text)

    def _closed(self, element: etree._Element, flow: _Flow, look: Look, depth: int) -> None:
        """What folds up: only its summary is displayed."""
        self._flush(flow)
        summary = next(element.iterchildren("summary"), None)
        if summary is not None:
            self._element(summary, flow, look, depth + 1)
        for child in element:
            if child is not summary and isinstance(child.tag, str):
                self._gone(child, flow)
        texts = [element.text or "", *(child.tail or "" for child in element)]
        self._text_as_is("".join(texts), flow, look._replace(unseen=True))
        self._flush(flow)

    def _gone(self, element: etree._Element, flow: _Flow) -> None:
        """Record an element that is not displayed, with all that is in it."""
        texts: list[str] = []
        for part in element.iter("*"):
            if part.tag not in ("script", "style"):
                texts.append(part.text or "")
            if part is not element:
                texts.append(part.tail or "")
        whole = collapsed(" ".join(text for text in texts if text.strip())).strip()
        if whole:
            flow.nodes.append(HiddenNode(whole, "hidden"))

    def _typed(self, element: etree._Element, flow: _Flow, look: Look) -> None:
        """What is typed into a field is printed like other text."""
        if element.tag == "textarea":
            self._text(element.text or "", flow, look._replace(pre=True))
        elif element.get("type", "").strip().lower() in _TYPED:
            self._text_as_is(element.get("value", ""), flow, look)

    def _flush(self, flow: _Flow) -> None:
        """End the paragraph."""
        _flush_hidden(flow)
        for crossed in flow.crossed:
            self._aside.cross(printed("".join(crossed.texts)), crossed.crossing, flow.nodes)
        flow.crossed = []
        if not flow.pieces:
            return
        raw = "".join(self._without_notes(flow))
        linked = flow.led and not flow.own
        flow.led = flow.own = False
        flow.pieces = []
        if raw.isspace() or not raw:
            return
        text = join_label(flow.label, printed(raw))
        flow.label = ""
        if not self._lines:
            flow.nodes.append(TextNode(text, self._heading > 0, linked))
            return
        for source in text.split("\n"):
            line, pictures = without_pictures(source)
            flow.nodes += [PictureNode()] * pictures
            mark = _MARKED_HEADING.match(line)
            body = line[mark.end() :] if mark else line
            flow.nodes.append(TextNode(body, self._heading > 0 or mark is not None))

    def _without_notes(self, flow: _Flow) -> list[str]:
        """The text of the paragraph; marks of notes are told."""
        if not flow.raised:
            return flow.pieces
        read = without_notes(flow.pieces, flow.raised)
        flow.raised = []
        for mark in read.marks:
            self._aside.notes.add(printed(mark), flow.nodes)
        return read.pieces

    def _table(self, element: etree._Element, flow: _Flow, look: Look, depth: int) -> None:
        parts = take_apart(element)
        inside = look._replace(pre=False)
        if element.text and element.text.strip():
            self._text(element.text, flow, inside)
        self._loose(parts.loose, flow, inside, depth)
        grid = HtmlGrid(AreaMeter(self._name, self._limits), span=self._limits.span)
        # What is not displayed stands in no cell; it is told in the first one.
        gone = _Flow()
        for group in parts.groups:
            shown = [row for row in group.rows if not self._is_gone_row(row, gone)]
            grid.start_group(len(shown), width=width_of(shown[0]) if shown else 0)
            for row in shown:
                grid.start_row()
                around, look = element, inside
                for cell in row:
                    parent = cell.getparent()
                    if parent is not None and parent is not around:
                        around, look = parent, self._look_around(parent, element, inside)
                    self._cell(cell, grid, gone, look, depth + 3)
                grid.end_row()
        table: TableNode = grid.table()
        collapsed = self._collapsed_columns(parts.loose, grid)
        if collapsed:
            table = without_columns(table, collapsed, gone.nodes)
        if table.cells:
            table.cells[0].content += gone.nodes
            flow.nodes.append(table)
        else:
            flow.nodes += gone.nodes
        self._loose(parts.behind, flow, inside, depth)

    def _loose(
        self, parts: Sequence[etree._Element | str], flow: _Flow, look: Look, depth: int
    ) -> None:
        """What stands in a table and in none of its cells."""
        for part in parts:
            if isinstance(part, str):
                self._text(part, flow, look)
            else:
                self._element(part, flow, look, depth + 1)
        self._flush(flow)

    def _collapsed_columns(self, loose: Sequence[etree._Element | str], grid: HtmlGrid) -> set[int]:
        """The columns that are taken out of a table by what is stated for its columns."""
        collapsed: set[int] = set()
        place = 0
        for column in columns_of(loose):
            behind = place + column.span
            if any(self._sheets.facts_of(e).collapsed for e in column.elements):
                collapsed.update(range(place, min(behind, grid.width)))
            place = behind
        return collapsed

    def _is_gone_row(self, row: list[etree._Element], flow: _Flow) -> bool:
        parent = row[0].getparent() if row else None
        if parent is None or parent.tag != "tr":
            return False
        group = parent.getparent()
        around = [parent] if group is None or group.tag == "table" else [parent, group]
        found = map(self._sheets.facts_of, around)
        if not any(facts.gone or facts.collapsed for facts in found):
            return False
        self._gone(parent, flow)
        return True

    def _look_around(self, parent: etree._Element, table: etree._Element, look: Look) -> Look:
        """The look inside the row.

        Whatever else somebody wrote around cells or rows, browsers put in front of the table.
        """
        lineage = [parent, *takewhile(lambda e: e is not table, parent.iterancestors())]
        for element in reversed(lineage):
            if element.tag in PARTS:
                facts = self._sheets.facts_of(element)
                look = inherit(look, facts, element, certain=self._sheets.complete)
        return look

    def _cell(
        self, element: etree._Element, grid: HtmlGrid, gone: _Flow, look: Look, depth: int
    ) -> None:
        facts = self._sheets.facts_of(element)
        if facts.gone:
            self._gone(element, gone)
            return
        look = inherit(look, facts, element, certain=self._sheets.complete)
        content = self._plain_content(element, look, depth)
        if content is None:
            inner = _Flow()
            lists, self._lists = self._lists, []
            self._children(element, inner, look, depth)
            self._flush(inner)
            self._lists = lists
            content = inner.nodes
        grid.place(element).content = content

    def _plain_content(self, element: etree._Element, look: Look, depth: int) -> list[Node] | None:
        """What stands in a cell that holds text and nothing else, as many do; else None."""
        special = self._lines or look.pre or look.crossing or look.raised or look.reason
        if len(element) or special or depth > self._limits.nesting:
            return None
        text = printed(element.text or "")
        return [TextNode(text, self._heading > 0)] if text else []


def _comment(element: etree._Element, flow: _Flow) -> None:
    if not isinstance(element, etree._Comment):
        return
    text = SPACES.sub(" ", _TAG.sub("", element.text or "")).strip()
    if len(_CHINESE.findall(text)) >= _LEAST_COMMENT:
        flow.nodes.append(HiddenNode(text, "comment"))


def _cross(text: str, flow: _Flow, crossing: Crossing) -> None:
    """Keep a text that is taken back; what follows without anything between is one with it."""
    last = flow.crossed[-1] if flow.crossed else None
    if last is not None and (last.crossing, last.place) == (crossing, len(flow.pieces)):
        last.texts.append(text)
    else:
        flow.crossed.append(_Crossed([text], crossing, len(flow.pieces)))


def _flush_hidden(flow: _Flow) -> None:
    if not flow.hidden or flow.hidden_reason is None:
        return
    text = printed("".join(flow.hidden))
    if text:
        flow.nodes.append(HiddenNode(text, flow.hidden_reason))
    flow.hidden = []
    flow.hidden_reason = None


def _open_list(element: etree._Element, facts: Facts) -> _List:
    if element.tag != "ol":
        return _List(_list_style(facts.list_style))
    start = span_of(element, "start")
    style = _list_style(facts.list_style) or element.get("type", "1").strip()
    return _List(style, 1 if start is None else start)


def _list_style(declared: str) -> str:
    """The counting style in ``list-style``; ``none`` and bullets count nothing."""
    return next((word for word in declared.split() if word in _LIST_STYLES), declared)
