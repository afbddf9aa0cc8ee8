"""What attributes and declarations say about visibility.

Where a style sheet that we do not see could colour the background, white text counts as visible:
a header in white on blue must not be lost.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from lxml import etree

from checker.domain.document import HiddenReason
from checker.readers.markup import LIGHTEST_SEEN, is_white
from checker.readers.set_aside import Crossing

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "menu", "nav", "ol", "p",
    "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    "caption", "legend",
})  # fmt: skip
_WHITES = frozenset({"white", "snow", "ghostwhite", "ivory", "floralwhite"})
_NO_BACKGROUND = frozenset({"", "transparent", "none", "inherit", "initial", "unset"})
_RGB = re.compile(
    r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*(?:[,/]\s*([\d.]+%?)\s*)?\)"
)
_LENGTH = re.compile(r"(-?\d{0,6}(?:\.\d{1,6})?)\s*(px|pt|em|rem|ex|mm|cm|in|%)?")
_FONT_SIZE = re.compile(r"(?:^|\s)(\d{1,6}(?:\.\d{1,6})?)(px|pt)")
_LIFTED = frozenset({"super", "sub"})
_FAR_AWAY = -500
_FARTHEST = 30
_CELL_TAGS = frozenset({"td", "th"})
# Largest size that nobody can read, in thousandths of the unit.
_TINY = {"px": 1000, "pt": 1000, "em": 100, "rem": 100, "ex": 100, "%": 10_000, "": 0}


class Facts(NamedTuple):
    """What one element states; None where it states nothing.

    Attributes:
        clear: the element and all in it is as transparent as air.
        crossing: how its text is taken back.
        raised: its text is raised or lowered, like the number of a note.
    """

    gone: bool | None = None
    unseen: bool | None = None
    clear: bool | None = None
    tiny: bool | None = None
    white: bool | None = None
    shaded: bool | None = None
    off_page: bool = False
    pre: bool | None = None
    list_style: str = ""
    crossing: Crossing | None = None
    raised: bool | None = None


class Look(NamedTuple):
    """What holds for the text of an element, inherited values included."""

    unseen: bool = False
    clear: bool = False
    tiny: bool = False
    white: bool = False
    shaded: bool = False
    off_page: bool = False
    pre: bool = False
    crossing: Crossing = ""
    raised: bool = False

    @property
    def reason(self) -> HiddenReason | None:
        """Why a reader of the page does not see the text, or None."""
        if self.unseen or self.clear:
            return "hidden"
        if self.off_page:
            return "off_page"
        if self.tiny:
            return "tiny"
        return "white" if self.white and not self.shaded else None


NOTHING = Facts()
_RAISED = Facts(raised=True)
_STRUCK = Facts(crossing="struck")
_DELETED = Facts(crossing="deleted")
_OF_TAG = {"sup": _RAISED, "sub": _RAISED, "s": _STRUCK, "strike": _STRUCK, "del": _DELETED}
_SIDES = frozenset({"left", "top", "margin-left", "text-indent"})


def facts_of(element: etree._Element, *, under: str = "", above: str = "") -> Facts:
    """What an element states about its visibility.

    Args:
        element: with its attributes and its own style.
        under: declarations that its own style overrules.
        above: declarations that overrule its own style.
    """
    attributes = element.attrib
    usual = _OF_TAG.get(element.tag, NOTHING) if isinstance(element.tag, str) else NOTHING
    if not attributes and not under and not above:
        return usual
    own = attributes.get("style") or ""
    style = f"{under};{own};{above}" if under or above else own
    facts = facts_of_style(style) if style else NOTHING
    if "hidden" in attributes:
        facts = facts._replace(gone=True)
    color = attributes.get("color")
    if color and facts.white is None:
        facts = facts._replace(white=_is_white(color.strip().lower()))
    background = attributes.get("bgcolor") or attributes.get("background")
    if background and facts.shaded is None:
        facts = facts._replace(shaded=not _is_white(background.strip().lower()))
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
    shaded = look.shaded if facts.shaded is None else facts.shaded
    if facts.white and not shaded and not certain and _may_be_coloured(element):
        shaded = True
    return Look(
        unseen=look.unseen if facts.unseen is None else facts.unseen,
        clear=look.clear or bool(facts.clear),
        tiny=look.tiny if facts.tiny is None else facts.tiny,
        white=look.white if facts.white is None else facts.white,
        shaded=shaded,
        off_page=look.off_page or facts.off_page,
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
    placed = False
    away = False
    for key, value in declarations(style):
        if key == "position":
            placed = value in ("absolute", "fixed")
        elif key in _SIDES:
            far = _is_far_away(value)
            away = away or far
            facts = facts._replace(off_page=facts.off_page or (far and key == "text-indent"))
        else:
            facts = _stated(facts, key, value)
    facts = facts._replace(off_page=facts.off_page or (placed and away))
    return NOTHING if facts == NOTHING else facts


def _stated(facts: Facts, key: str, value: str) -> Facts:
    """The facts with what one declaration adds to them."""
    if key == "display":
        facts = facts._replace(gone=value == "none")
    elif key == "mso-hide":
        facts = facts._replace(gone=bool(facts.gone) or value == "all")
    elif key == "visibility":
        facts = facts._replace(unseen=value in ("hidden", "collapse"))
    elif key == "opacity":
        facts = facts._replace(clear=_thousandths(value) == 0)
    elif key in ("font-size", "font"):
        facts = facts._replace(tiny=_is_tiny(value, short=key == "font"))
    elif key == "color" and value not in ("inherit", "initial", "unset"):
        facts = facts._replace(white=_is_white(value))
    elif key in ("background", "background-color", "background-image"):
        facts = facts._replace(shaded=_is_coloured(value))
    elif key == "white-space":
        facts = facts._replace(pre=value.startswith("pre"))
    elif key in ("list-style", "list-style-type"):
        facts = facts._replace(list_style=value)
    elif key in ("text-decoration", "text-decoration-line"):
        facts = facts._replace(crossing="struck" if "line-through" in value else "")
    elif key == "vertical-align" and (facts.raised or value in _LIFTED):
        # Of other values nothing follows, and every second cell has one.
        facts = facts._replace(raised=value in _LIFTED)
    return facts


def declarations(style: str) -> Iterator[tuple[str, str]]:
    """Names and values of a list of declarations, in lower case."""
    for part in style.lower().split(";"):
        key, colon, value = part.partition(":")
        if colon:
            yield key.strip(), value.replace("!important", "").strip()


def _thousandths(value: str) -> int | None:
    """A CSS number without its unit, times 1000."""
    found = _LENGTH.match(value)
    digits = found.group(1) if found else ""
    if not any(character.isdigit() for character in digits):
        return None
    whole, _, fraction = digits.removeprefix("-").partition(".")
    number = int(whole or "0") * 1000 + int((fraction + "000")[:3])
    return -number if digits.startswith("-") else number


def _is_tiny(value: str, *, short: bool) -> bool:
    if short:
        found = _FONT_SIZE.search(value)
        value = found.group(1) + found.group(2) if found else "1em"
    number = _thousandths(value)
    unit = _LENGTH.match(value)
    largest = _TINY.get((unit.group(2) or "") if unit else "")
    return number is not None and largest is not None and number <= largest


def _is_far_away(value: str) -> bool:
    number = _thousandths(value)
    return number is not None and number <= _FAR_AWAY * 1000


def _is_white(value: str) -> bool:
    if value in _WHITES or value == "transparent":
        return True
    found = _RGB.match(value)
    if found:
        channels = [int(channel) for channel in found.groups()[:3]]
        see_through = found.group(4) is not None and _thousandths(found.group(4)) == 0
        return see_through or min(channels) >= LIGHTEST_SEEN
    digits = value.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return is_white(digits)


def _is_coloured(value: str) -> bool:
    if value in _NO_BACKGROUND:
        return False
    return "url(" in value or "gradient(" in value or not _is_white(value.split(" ", maxsplit=1)[0])
