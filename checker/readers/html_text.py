"""Text of a web page as it is printed: white space, line breaks, figures that are painted."""

import re

from lxml import etree

BREAK = "\u2028"
"""Stands for a line break of the print until white space is collapsed."""

SPACES = re.compile("[ \t\r\n\f]+")
_FIRST_WIDE = "\u2e80"
_SIZE = re.compile(r"\s*(\d{1,6})(?!\d*\s*%)")
_LARGE = 50  # pixels; icons and badges are smaller


def printed(text: str) -> str:
    """Text of the source as it is printed."""
    return collapsed(text).replace(BREAK, "\n").strip()


def collapsed(text: str) -> str:
    """Text with its white space as browsers show it, line breaks still as ``BREAK``."""
    return SPACES.sub(_one_space, text)


def _one_space(found: re.Match[str]) -> str:
    """White space of the source is one space, but a line break between Chinese is none.

    CSS Text 3, 4.1.2: a segment break between wide characters is removed.
    """
    if "\n" not in found.group():
        return " "
    text, start, end = found.string, found.start(), found.end()
    if start and end < len(text) and text[start - 1] >= _FIRST_WIDE <= text[end]:
        return ""
    return " "


def figure_in(element: etree._Element) -> str:
    """The figure that a button, a choice or a drawing shows in a cell; nothing else of a page."""
    if not any(around.tag in ("td", "th") for around in element.iterancestors()):
        return ""
    chosen = element
    if element.tag == "select":
        options = list(element.iter("option"))
        marked = [option for option in options if option.get("selected") is not None]
        chosen = (marked[-1:] or options[:1] or [element])[0]
    text = all_text(chosen).strip()
    return text if text.isdigit() else ""


def is_large(picture: etree._Element) -> bool:
    """Whether a picture may be one of a table: as far as it states a size, this is no icon."""
    found = (_SIZE.match(picture.get(side, "")) for side in ("width", "height"))
    return all(size is None or int(size[1]) >= _LARGE for size in found)


def all_text(element: etree._Element) -> str:
    """All text in an element, as it stands in the source."""
    return "".join(map(str, element.itertext("*")))
