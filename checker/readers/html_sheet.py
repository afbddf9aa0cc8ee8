"""What the style sheets inside a page say about visibility.

The rules are found by libraries for CSS and overrule each other as in browsers. Rules for paper
and for small screens are left out, and what follows the mouse (``:hover``) applies to nothing.
Nothing is fetched. A page whose sheets hide nothing costs a search for words.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from lxml import etree

from checker.readers.html_colour import NO_COLOUR, UNKNOWN, WHITE, colour_of, unseen_on
from checker.readers.html_media import holds_on_screen
from checker.readers.html_select import Page, TooMuchWorkError
from checker.readers.html_style import Facts, facts_of, facts_of_style

if TYPE_CHECKING:
    from checker.readers.html_rules import Block, Matter

_MOST_TEXT: Final = 500_000
_MOST_SELECTORS: Final = 10_000
_MOST_STEPS: Final = 2_000_000
_INHERITED: Final[tuple["Matter", ...]] = ("visibility", "size", "box", "space")
_SHOWN: Final = frozenset({"display", "visibility", "opacity"})
# Something that may hide, strike or break lines; whether it does, its declaration says.
_MAY_HIDE: Final = re.compile(
    r"""display\s{0,9}:[^;}]{0,20}none|line-through
    |visibility\s{0,9}:[^;}]{0,20}(?:hidden|collapse)
    |mso-hide\s{0,9}:[^;}]{0,9}all|opacity\s{0,9}:\s{0,9}(?:0(?![.\d])|0?\.0)|:\s{0,9}-\d{3}
    |font(?:-size)?\s{0,9}:[^;}]{0,80}?(?<![\d.])(?:0(?![.\d])|0?\.[01]|1(?:px|pt))
    |vertical-align\s{0,9}:\s{0,9}su|white-space\s{0,9}:\s{0,9}(?:pre|break)
    |clip(?:-path)?\s{0,9}:|(?:height|width)\s{0,9}:\s{0,9}[01](?:px|[;}\s])
    |(?:display|visibility|opacity)\s{0,9}:[^;}]{0,40}!|\\[0-9a-f]""",
    re.IGNORECASE | re.VERBOSE,
)
_INK: Final = re.compile(r"(?<![\w-])color\s{0,9}:\s{0,9}([^;}!]{1,40})", re.IGNORECASE)
_GROUND: Final = re.compile(r"background(?:-color)?\s{0,9}:\s{0,9}([^;}!]{1,40})", re.IGNORECASE)
_STYLES: Final = etree.XPath("//@style", smart_strings=False)
_COLOURS: Final = etree.XPath("//@color", smart_strings=False)
_BGCOLOURS: Final = etree.XPath("//@bgcolor", smart_strings=False)


class StyleSheets:
    """The style sheets of one page.

    Args:
        root: the page.
        saved: sheets that are saved with the page, by the address under which it calls them.

    Attributes:
        complete: nothing but what is read here can colour an element; a fragment without any
            sheet has lost them.
        whole: no rule was left aside because there are too many.
    """

    def __init__(self, root: etree._Element, saved: Mapping[str, str]) -> None:
        found = list(_sheets(root, saved))
        texts = tuple(text for text in found if text is not None)
        self.complete = bool(texts) and None not in found
        self.whole = sum(map(len, texts)) < _MOST_TEXT
        self._styles: dict[etree._Element, str] = {}
        matters = _matters(root, texts) if texts else set()
        if matters or any(map(_MAY_HIDE.search, texts)):
            self._read(root, texts, matters)
        elif any("@import" in text for text in texts):
            self.complete = False

    def facts_of(self, element: etree._Element) -> Facts:
        """What attributes, inline style and style sheets state about an element."""
        if not self._styles:
            return facts_of(element)
        return facts_of(element, sheet=self._styles.get(element, ""))

    def _read(self, root: etree._Element, texts: Sequence[str], matters: set["Matter"]) -> None:
        from checker.readers.html_rules import read_sheet

        if any("tbody" in text or ">" in text for text in texts):
            _add_row_groups(root)
        sheets = [read_sheet(text) for text in texts]
        self.complete = self.complete and all(sheet.whole for sheet in sheets)
        blocks = [block for sheet in sheets for block in sheet.blocks]
        told = [t for block in blocks for t in block.told]
        matters |= {t.matter for t in told if t.hides or (t.important and t.matter in _SHOWN)}
        self._styles = self._applied(root, blocks, matters)

    def _applied(
        self, root: etree._Element, blocks: Sequence["Block"], matters: set["Matter"]
    ) -> dict[etree._Element, str]:
        """What the rules declare about these matters, by element; the last one wins."""
        from checker.readers.html_rules import LONGEST_LIST, read_selectors

        page = Page(root, steps=_MOST_STEPS)
        found: dict[int, list[tuple[bool, tuple[int, int, int], int, str]]] = {}
        left = _MOST_SELECTORS
        try:
            for order, block in enumerate(blocks):
                style = ";".join(t.text for t in block.told if t.matter in matters)
                if style and len(block.selectors) > LONGEST_LIST:
                    raise TooMuchWorkError
                selectors = read_selectors(block.selectors) if style else ()
                left -= len(selectors)
                for selector in selectors if left >= 0 else ():
                    entry = (not block.layer, selector.rank, order, style)
                    for number in page.select(selector.parts):
                        found.setdefault(number, []).append(entry)
        except TooMuchWorkError:
            self.whole = False
        self.whole = self.whole and left >= 0
        self.complete = self.complete and self.whole
        return {
            page.elements[number]: ";".join(entry[-1] for entry in sorted(entries))
            for number, entries in found.items()
        }


def _sheets(root: etree._Element, saved: Mapping[str, str]) -> Iterator[str | None]:
    """The text of every sheet that holds on a screen; None for one that is not at hand."""
    left = _MOST_TEXT
    for element in root.iter("style", "link"):
        if not holds_on_screen(element.get("media") or ""):
            continue
        text: str | None = element.text
        if element.tag == "link":
            kinds = (element.get("rel") or "").lower().split()
            if "stylesheet" not in kinds or "alternate" in kinds:
                continue
            text = saved.get((element.get("href") or "").strip())
            if text is None:
                yield None
        if text:
            yield text[:left]
            left = max(0, left - len(text))


def _add_row_groups(root: etree._Element) -> None:
    """Put the row groups into the page that browsers add and that selectors speak of."""
    for table in list(root.iter("table")):
        group: etree._Element | None = None
        for child in list(table):
            if child.tag != "tr":
                group = None if isinstance(child.tag, str) else group
                continue
            if group is None:
                group = table.makeelement("tbody")
                child.addprevious(group)
            group.append(child)


def _matters(root: etree._Element, texts: Sequence[str]) -> set["Matter"]:
    """What the sheets must be asked for because of what the page states itself."""
    matters: set[Matter] = set()
    grounds = {colour_of(c.lower()) for text in texts for c in _GROUND.findall(text)}
    inks = {colour_of(c.lower()) for text in texts for c in _INK.findall(text)}
    coloured = bool(grounds or inks)
    for style in set(_found(_STYLES, root)):
        facts = facts_of_style(style)
        grounds.add(facts.ground or NO_COLOUR)
        inks.add(UNKNOWN if facts.ink is None else facts.ink)
        # A sheet may show again what stands in something hidden.
        matters.update(m for m, hides in zip(_INHERITED, _hiding(facts), strict=True) if hides)
    if coloured:
        grounds.update(colour_of(c.lower()) for c in _found(_BGCOLOURS, root))
        inks.update(colour_of(c.lower()) for c in _found(_COLOURS, root))
        if any(unseen_on(ink, WHITE) or ink in grounds for ink in inks - {UNKNOWN}):
            matters.add("colours")
    if any("list-style" in text for text in texts) and root.find(".//ol") is not None:
        matters.add("lists")
    return matters


def _hiding(facts: Facts) -> tuple[bool, ...]:
    return bool(facts.unseen), bool(facts.tiny), bool(facts.indented), bool(facts.pre)


def _found(path: etree.XPath, root: etree._Element) -> list[str]:
    """The attribute values at a path."""
    values = path(root)
    return [v for v in values if isinstance(v, str)] if isinstance(values, list) else []
