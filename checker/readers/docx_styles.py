"""What styles.xml says: which paragraphs are headings, numbered or hidden.

Only properties that decide what is read are resolved; everything about looks stays unread.
"""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from lxml import etree

from checker.domain.document import HiddenReason
from checker.readers import docx_names as w
from checker.readers.markup import has_mark, is_white, parse_xml, refuse_too_many_tags

_OFF = frozenset({"0", "false", "off", "none"})
_NO_HIGHLIGHT = frozenset({"", "none", "white"})
_STRIKES = frozenset({w.STRIKE, w.DOUBLE_STRIKE})
_RAISED = frozenset({"superscript", "subscript"})
_LOOKED_AT = _STRIKES | {
    w.VANISH, w.SPEC_VANISH, w.COLOR, w.SIZE, w.SHADING, w.HIGHLIGHT, w.R_STYLE, w.VERTICAL,
}  # fmt: skip
_NO_SHADE = frozenset({"", "auto"})
_TINY_HALF_POINTS = 2
_BODY_LEVEL = 9
_LONGEST_CHAIN = 30
_HEADING_NAMES = frozenset({"title", "subtitle"})
# How Word, WPS and python-docx write the part: one style straight behind the other.
_ROOT = re.compile(rb"[^<]*(?:<\?[^>]*>[^<]*)?<w:styles\s[^>]*>")
_LONGEST_ROOT = 4_000  # it is parsed anew with every style
_MOST_STYLES = 1_000
_FIRST, _LAST, _END = b"<w:style ", b"</w:style>", b"</w:styles>"
_OWN_ID = re.compile(rb'[^>]*?\bw:styleId="([ !#-%\'-~]*)"')

Fate = HiddenReason | Literal["struck", "raised"] | None
"""What becomes of a text: not seen, crossed out, perhaps the number of a note, or read."""


class Look(NamedTuple):
    """Properties of a run that decide whether it is read; None where nothing is said.

    Attributes:
        struck: the text is crossed out.
        raised: it is raised or lowered, like the number of a note.
    """

    vanish: bool | None = None
    color: str | None = None
    size: int | None = None
    shaded: bool = False
    struck: bool | None = None
    raised: bool | None = None

    def over(self, base: "Look") -> "Look":
        """This look, with the gaps filled from another one."""
        if base is NO_LOOK or self is NO_LOOK:
            return base if self is NO_LOOK else self
        return Look(
            base.vanish if self.vanish is None else self.vanish,
            base.color if self.color is None else self.color,
            base.size if self.size is None else self.size,
            self.shaded or base.shaded,
            base.struck if self.struck is None else self.struck,
            base.raised if self.raised is None else self.raised,
        )

    def fate(self, *, shaded: bool) -> Fate:
        """Why the text is not seen or not read as it stands, or None.

        Args:
            shaded: the paper behind it is coloured.
        """
        if self.vanish:
            return "hidden"
        if self.size is not None and self.size <= _TINY_HALF_POINTS:
            return "tiny"
        if self.color and not shaded and not self.shaded and is_white(self.color):
            return "white"
        if self.struck:
            return "struck"
        return "raised" if self.raised else None


NO_LOOK = Look()


class RunLook(NamedTuple):
    """What run properties state directly, and the character style they name."""

    look: Look
    style: str


class ListPlace(NamedTuple):
    """List and level of a numbered paragraph; None where nothing is said."""

    num_id: str | None = None
    level: int | None = None


class Style(NamedTuple):
    """A style with everything it inherits.

    Attributes:
        heading: titles and headings, by name or outline level.
        holder: id of the style that names the list; the list's levels may point back to it.
    """

    heading: bool = False
    place: ListPlace = ListPlace()
    holder: str = ""
    look: Look = NO_LOOK
    shaded: bool = False


_PLAIN = Style()


class Styles:
    """The styles of a document, parsed and resolved when first asked for.

    Args:
        part: styles.xml as it stands, or None when the file has none.
        name: file name for messages.

    Raises:
        InputError: the part cannot be parsed; also when a style is asked for.
    """

    def __init__(self, part: bytes | None, *, name: str) -> None:
        self._name = name
        self._apart = None if part is None else _take_apart(part, name)
        self._elements: dict[str, etree._Element] = {}
        if part is not None and self._apart is None:
            root = parse_xml(part, name=name)
            self._elements = {s.get(w.STYLE_ID, ""): s for s in root.iterchildren(w.STYLE)}
        # A cached method would hold the object that holds it: the whole part would stay in memory.
        self._resolved: dict[str, Style] = {}

    def get(self, style_id: str) -> Style:
        """A style by its id, with everything it inherits."""
        found = self._resolved.get(style_id)
        if found is None:
            found = self._resolved[style_id] = self._resolve(style_id)
        return found

    def _resolve(self, style_id: str) -> Style:
        chain: list[tuple[str, etree._Element]] = []
        seen: set[str] = set()
        current = style_id
        while current not in seen and len(seen) < _LONGEST_CHAIN:
            element = self._element(current)
            if element is None:
                break
            seen.add(current)
            chain.append((current, element))
            current = value_of(element.find(w.BASED_ON))
        if not chain:
            # A file without its styles still says "Heading1".
            return Style(heading=_is_heading_name(style_id))
        result = _PLAIN
        for own_id, element in reversed(chain):
            result = _extend(result, own_id, element)
        return result

    def _element(self, style_id: str) -> etree._Element | None:
        if self._apart is not None and style_id not in self._elements:
            text = self._apart.styles.get(style_id)
            if text is not None:
                whole = self._apart.head + _FIRST + text + _END
                self._elements[style_id] = parse_xml(whole, name=self._name)[0]
        return self._elements.get(style_id)


class _Apart(NamedTuple):
    """A part not yet parsed: its start with the root tag, and its styles by id."""

    head: bytes
    styles: Mapping[str, bytes]


def _take_apart(part: bytes, name: str) -> _Apart | None:
    """The part in pieces, since a report uses four styles of a hundred; None if it is unusual.

    Raises:
        LimitExceededError: more tags than any report has.
    """
    refuse_too_many_tags(part, name=name)
    head, *pieces = part.split(_FIRST)
    root = _ROOT.match(head)
    if root is None or root.end() > _LONGEST_ROOT or has_mark(part, b"<!"):
        return None
    if not 0 < len(pieces) <= _MOST_STYLES or part.count(_LAST) != len(pieces):
        return None
    pieces[-1] = pieces[-1].rstrip().removesuffix(_END)
    styles: dict[str, bytes] = {}
    for piece in pieces:
        own, text = _OWN_ID.match(piece), piece.rstrip()
        # Each ends with an end, and there are no others.
        if own is None or not text.endswith(_LAST):
            return None
        styles[own[1].decode()] = text
    return _Apart(head[: root.end()], styles)


def _extend(base: Style, style_id: str, element: etree._Element) -> Style:
    heading = base.heading or _is_heading_name(value_of(element.find(w.NAME)))
    place, holder = base.place, base.holder
    paragraph = element.find(w.P_PR)
    if paragraph is not None:
        outline = paragraph.find(w.OUTLINE)
        if outline is not None:
            heading = number_of(outline, default=_BODY_LEVEL) < _BODY_LEVEL
        own = list_place(paragraph.find(w.NUM_PR))
        if own.num_id is not None:
            holder = style_id
        place = ListPlace(
            place.num_id if own.num_id is None else own.num_id,
            place.level if own.level is None else own.level,
        )
    run = element.find(w.R_PR)
    look = base.look if run is None else look_of(run).look.over(base.look)
    shaded = base.shaded or any(is_shaded(mark) for mark in element.iter(w.SHADING))
    return Style(heading, place, holder, look, shaded)


def _is_heading_name(name: str) -> bool:
    lowered = name.strip().lower()
    return lowered.startswith("heading") or lowered in _HEADING_NAMES or "标题" in lowered


def look_of(run_properties: etree._Element) -> RunLook:
    """The look that run properties state directly, without their style."""
    vanish, color, size, shaded, style = None, None, None, False, ""
    struck, raised, stated = None, None, False
    for child in run_properties:
        tag = child.tag
        if tag not in _LOOKED_AT:
            continue  # fonts, languages: most of what is there
        stated = True
        if tag == w.SIZE:
            half_points = number_of(child, default=-1)
            size = None if half_points < 0 else half_points
        elif tag == w.COLOR:
            color = value_of(child)
        elif tag == w.SHADING:
            shaded = shaded or is_shaded(child)
        elif tag == w.HIGHLIGHT:
            shaded = shaded or value_of(child) not in _NO_HIGHLIGHT
        elif tag == w.R_STYLE:
            style = value_of(child)
        elif tag in _STRIKES:
            struck = struck or is_on(child)
        elif tag == w.VERTICAL:
            raised = value_of(child) in _RAISED
        else:
            vanish = vanish or is_on(child)
    if not stated:
        return RunLook(NO_LOOK, style)
    return RunLook(Look(vanish, color, size, shaded, struck, raised), style)


def list_place(mark: etree._Element | None) -> ListPlace:
    """List and level that ``w:numPr`` states directly."""
    if mark is None:
        return ListPlace()
    number, level = mark.find(w.NUM_ID), mark.find(w.LEVEL_REF)
    return ListPlace(
        None if number is None else value_of(number),
        None if level is None else number_of(level, default=0),
    )


def is_shaded(shading: etree._Element) -> bool:
    """Whether a shading mark colours the paper."""
    pattern = shading.get(w.VAL, "clear")
    if pattern == "nil":
        return False
    fill = shading.get(w.FILL, "auto")
    return pattern != "clear" or (fill not in _NO_SHADE and not is_white(fill))


def is_on(toggle: etree._Element | None) -> bool:
    """Whether an on/off property is present and on."""
    return toggle is not None and toggle.get(w.VAL, "1").lower() not in _OFF


def value_of(element: etree._Element | None) -> str:
    """The ``w:val`` of an element, or an empty text."""
    return "" if element is None else (element.get(w.VAL) or "")


def number_of(element: etree._Element | None, *, default: int) -> int:
    """The ``w:val`` of an element as a whole number; damaged ones give the default."""
    text = value_of(element)
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 9:
        return default
    return int(text)
