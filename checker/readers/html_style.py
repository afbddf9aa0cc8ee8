"""What attributes and declarations say about visibility.

Where a style sheet that we do not see could colour the background, white text counts as visible:
a header in white on blue must not be lost.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Literal, NamedTuple

from lxml import etree

from checker.domain.document import HiddenReason
from checker.readers.html_colour import NO_COLOUR, UNKNOWN, WHITE, colour_of, unseen_on
from checker.readers.set_aside import Crossing

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "menu", "nav", "ol", "p",
    "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    "caption", "legend",
})  # fmt: skip
_LENGTH = re.compile(r"(-?\d{0,6}(?:\.\d{1,6})?)\s*(px|pt|em|rem|ex|mm|cm|in|%)?")
_FONT_SIZE = re.compile(r"(?:^|\s)(0(?![\d.])|\d{1,6}(?:\.\d{1,6})?(?:px|pt))")
_RELATIVE = frozenset({"inherit", "unset", "smaller", "larger"})
_LIFTED = frozenset({"super", "sub"})
_FAR_AWAY = -500
_BESIDE = -100
_FARTHEST = 30
_CELL_TAGS = frozenset({"td", "th"})
# Parts of a table grow with what is in them, whatever height they state.
_GROWING = frozenset({"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"})
# Largest size that nobody can read, in thousandths of the unit.
_TINY = {"px": 1000, "pt": 1000, "em": 100, "rem": 100, "ex": 100, "%": 10_000, "": 0}


class Facts(NamedTuple):
    """What one element states; None where it states nothing.

    Attributes:
        collapsed: unseen, and a row or column is taken out of its table.
        clear: the element and all in it is as transparent as air.
        cut: it is cut down to nothing: a block, or an element of any sort.
        ink: colour of its text.
        ground: colour behind its text.
        indented: the lines of a block begin far outside the page.
        crossing: how its text is taken back.
        raised: its text is raised or lowered, like the number of a note.
        painted: a picture is its background.
    """

    gone: bool | None = None
    unseen: bool | None = None
    collapsed: bool = False
    clear: bool | None = None
    cut: Literal["", "block", "any"] = ""
    tiny: bool | None = None
    ink: str | None = None
    ground: str | None = None
    off_page: bool = False
    indented: bool | None = None
    pre: bool | None = None
    list_style: str = ""
    crossing: Crossing | None = None
    raised: bool | None = None
    painted: bool = False


class Look(NamedTuple):
    """What holds for the text of an element, inherited values included.

    Attributes:
        ink: colour of the text; None where nothing states it.
        ground: colour behind it.
        linked: it leads to another place.
    """

    unseen: bool = False
    clear: bool = False
    tiny: bool = False
    ink: str | None = None
    ground: str = WHITE
    off_page: bool = False
    indented: bool = False
    pre: bool = False
    crossing: Crossing = ""
    raised: bool = False
    linked: bool = False

    @property
    def reason(self) -> HiddenReason | None:
        """Why a reader of the page does not see the text, or None."""
        if self.unseen or self.clear or self.ink == NO_COLOUR:
            return "hidden"
        if self.off_page or self.indented:
            return "off_page"
        if self.tiny:
            return "tiny"
        return "white" if self.ink is not None and unseen_on(self.ink, self.ground) else None


NOTHING = Facts()
_RAISED = Facts(raised=True)
_STRUCK = Facts(crossing="struck")
_DELETED = Facts(crossing="deleted")
_OF_TAG = {"sup": _RAISED, "sub": _RAISED, "s": _STRUCK, "strike": _STRUCK, "del": _DELETED}
_SIDES = frozenset({"left", "top", "margin-left"})
_SIZES = frozenset({"height", "max-height", "width", "max-width"})
# What only together with something else hides a text.
_BOX = frozenset({
    *_SIDES, *_SIZES, "position", "overflow", "clip", "clip-path", "text-indent", "animation",
    "animation-name",
})  # fmt: skip
_WORD = re.compile(r"[^\s()]+(?:\([^()]*\))?")
_AS_AROUND = frozenset({"inherit", "unset"})
_INKS = {"inherit": None, "unset": None, "currentcolor": None, "initial": "000000"}
_POINT = re.compile(r"(?:rect\((?:[01](?:px)?[\s,]*){4}\)|inset\((?:50|100)%\))")


def facts_of(element: etree._Element, *, sheet: str = "") -> Facts:
    """What an element states about its visibility.

    Args:
        element: with its attributes and its own style.
        sheet: what the style sheets declare for it, the last one wins.
    """
    attributes = element.attrib
    usual = _OF_TAG.get(element.tag, NOTHING) if isinstance(element.tag, str) else NOTHING
    if not attributes and not sheet:
        return usual
    own = attributes.get("style") or ""
    style = f"{sheet};{own}" if sheet else own
    facts = facts_of_style(style) if style else NOTHING
    if facts.gone is None and "hidden" in attributes:
        facts = facts._replace(gone=True)
    if facts.tiny is None and element.tag == "font" and "size" in attributes:
        facts = facts._replace(tiny=False)
    color = attributes.get("color")
    if color and facts.ink is None:
        facts = facts._replace(ink=colour_of(color.lower()))
    background = attributes.get("bgcolor")
    if facts.ground is None and (background or attributes.get("background")):
        facts = facts._replace(ground=colour_of(background.lower()) if background else UNKNOWN)
    return facts if usual is NOTHING else _with_usual(facts, usual)


def _with_usual(facts: Facts, usual: Facts) -> Facts:
    """What an element states, with what its tag means.

    A style may show a tag for a line through the text without the line; what is marked as
    deleted stays deleted, and a raised text is often raised by other means (``top``).
    """
    crossing = facts.crossing if usual.crossing == "struck" else usual.crossing
    return facts._replace(
        crossing=usual.crossing if crossing is None else crossing,
        raised=usual.raised or facts.raised,
    )


def inherit(look: Look, facts: Facts, element: etree._Element, *, certain: bool) -> Look:
    """The look inside an element.

    Args:
        look: the look around it.
        facts: what the element states.
        element: where it stands.
        certain: no style sheet can colour it of which we do not know.
    """
    if facts is NOTHING:
        return look
    ink, ground = facts.ink, facts.ground or look.ground
    if ink is None:
        ink = look.ink
    elif not certain and unseen_on(ink, ground) and _may_be_coloured(element):
        ground = UNKNOWN
    indented = look.indented
    if facts.indented is not None and element.tag in BLOCKS:
        indented = facts.indented
    cut = facts.cut == "any" or (facts.cut and element.tag in BLOCKS - _GROWING)
    return Look(
        unseen=look.unseen if facts.unseen is None else facts.unseen,
        clear=look.clear or bool(facts.clear) or bool(cut),
        tiny=look.tiny if facts.tiny is None else facts.tiny,
        ink=ink,
        ground=ground,
        off_page=look.off_page or facts.off_page,
        indented=indented,
        pre=look.pre if facts.pre is None else facts.pre,
        # A line goes through all that is inside; nothing in it can take the line away.
        crossing=look.crossing or facts.crossing or "",
        # In a cell or paragraph the same words place the whole.
        raised=look.raised or (bool(facts.raised) and element.tag not in BLOCKS),
    )


def _may_be_coloured(element: etree._Element) -> bool:
    """Whether a style sheet could give a background, up to the paragraph or the table around."""
    lineage = [element, *islice(element.iterancestors(), _FARTHEST)]
    tags = [ancestor.tag for ancestor in lineage]
    in_cell = next((i for i, tag in enumerate(tags) if tag in _CELL_TAGS), None)
    block = next((i for i, tag in enumerate(tags) if tag in BLOCKS), len(tags) - 1)
    # A paragraph of a cell may stand on the colour of the cell, the row or the table.
    if in_cell is not None and in_cell <= block + 1 and "table" in tags[in_cell:]:
        block = tags.index("table", in_cell)
    return any(ancestor.get("class") or ancestor.get("id") for ancestor in lineage[: block + 1])


@lru_cache(maxsize=2048)
def facts_of_style(style: str) -> Facts:
    """What a list of declarations states."""
    facts = NOTHING
    box: dict[str, str] = {}
    for key, value in declarations(style):
        if key in _BOX:
            box[key] = value
        else:
            facts = _stated(facts, key, value)
    if box:
        facts = facts._replace(
            off_page=_is_placed(box) and any(_is_far_away(box.get(side, "")) for side in _SIDES),
            indented=_is_far_away(box["text-indent"]) if "text-indent" in box else None,
            cut=_is_cut(box),
            # What fades in is seen when it is read.
            clear=facts.clear and not _is_moving(box),
        )
    return NOTHING if facts == NOTHING else facts


def _is_moving(box: Mapping[str, str]) -> bool:
    names = {box.get("animation", "none"), box.get("animation-name", "none")}
    return names != {"none"}


def _is_placed(box: Mapping[str, str]) -> bool:
    return box.get("position") in ("absolute", "fixed")


def _is_cut(box: Mapping[str, str]) -> Literal["", "block", "any"]:
    """Whether a box shows nothing of what is in it, or stands outside the page."""
    if _POINT.fullmatch(box.get("clip-path", "")):
        return "any"
    if _is_placed(box) and _POINT.fullmatch(box.get("clip", "")):
        return "any"
    if _is_far_away(box.get("margin-left", "")):
        return "block"
    if box.get("overflow", "").split(" ")[0] not in ("hidden", "clip"):
        return ""
    if not any(_is_nothing(box.get(size, "")) for size in _SIZES):
        return ""
    return "any" if _is_placed(box) else "block"


def _stated(facts: Facts, key: str, value: str) -> Facts:
    """The facts with what one declaration adds to them."""
    if key == "display":
        facts = facts._replace(gone=value == "none")
    elif key == "mso-hide":
        facts = facts._replace(gone=bool(facts.gone) or value == "all")
    elif key == "visibility":
        unseen = None if value in _AS_AROUND else value in ("hidden", "collapse")
        facts = facts._replace(unseen=unseen, collapsed=value == "collapse")
    elif key == "opacity":
        facts = facts._replace(clear=_thousandths(value) == 0)
    elif key in ("font-size", "font"):
        facts = facts._replace(tiny=_is_tiny(value, short=key == "font"))
    elif key == "color":
        facts = facts._replace(ink=_INKS[value] if value in _INKS else colour_of(value))
    elif key in ("background", "background-color", "background-image"):
        ground = _ground(facts.ground, key, value)
        facts = facts._replace(ground=ground, painted=facts.painted or "url(" in value)
    elif key == "white-space":
        facts = facts._replace(pre=value.startswith(("pre", "break-spaces")))
    elif key in ("list-style", "list-style-type"):
        facts = facts._replace(list_style=value)
    elif key in ("text-decoration", "text-decoration-line"):
        facts = facts._replace(crossing="struck" if "line-through" in value else "")
    elif key == "vertical-align" and (facts.raised or value in _LIFTED):
        # Of other values nothing follows, and every second cell has one.
        facts = facts._replace(raised=value in _LIFTED)
    return facts


def _ground(before: str | None, key: str, value: str) -> str:
    """The colour behind a text, by what is stated of it."""
    if "url(" in value or "gradient(" in value:
        return UNKNOWN
    if key == "background-image":
        return before or NO_COLOUR
    words = [word for word in _WORD.findall(value) if not word[0].isdigit()]
    colours = [colour_of(word) for word in words]
    return next((c for c in colours if c != UNKNOWN), UNKNOWN if colours else NO_COLOUR)


def declarations(style: str) -> Iterator[tuple[str, str]]:
    """Names and values of a list of declarations, in lower case, the important ones last."""
    parts = style.lower().split(";")
    if "!" in style:
        parts.sort(key=_is_important)
    for part in parts:
        key, colon, value = part.partition(":")
        # A backslash makes a value that only old browsers take.
        if colon and "\\" not in value:
            yield key.strip(), value.partition("!")[0].strip()


def _is_important(part: str) -> bool:
    return part.rstrip().endswith("important") and "!" in part


def _thousandths(value: str) -> int | None:
    """A CSS number without its unit, times 1000."""
    found = _LENGTH.match(value)
    digits = found.group(1) if found else ""
    if not any(character.isdigit() for character in digits):
        return None
    whole, _, fraction = digits.removeprefix("-").partition(".")
    number = int(whole or "0") * 1000 + int((fraction + "000")[:3])
    return -number if digits.startswith("-") else number


def _is_tiny(value: str, *, short: bool) -> bool | None:
    """Whether nobody can read this size; None where it is as that of the text around it."""
    if short:
        found = _FONT_SIZE.search(value)
        value = found.group(1) if found else "1em"
    number = _thousandths(value)
    if number is None:
        return None if value in _RELATIVE else False
    measured = _LENGTH.match(value)
    unit = (measured.group(2) or "") if measured else ""
    if number <= _TINY.get(unit, -1):
        return True
    return None if unit in ("em", "ex", "%") else False


def _is_far_away(value: str) -> bool:
    number = _thousandths(value)
    if number is None:
        return False
    # To the left by the width of what it is in.
    return number <= (_BESIDE if value.endswith(("%", "vw")) else _FAR_AWAY) * 1000


def _is_nothing(value: str) -> bool:
    number = _thousandths(value)
    return number == 0 or (number is not None and 0 < number <= 1000 and value.endswith("px"))
