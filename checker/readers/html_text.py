"""Text of a web page as it is printed: white space, line breaks, figures that are painted."""

import re

from lxml import etree

BREAK = "\u2028"
"""Stands for a line break of the print until white space is collapsed."""

SPACES = re.compile("[ \t\r\n\f]+")
_FIRST_WIDE = "\u2e80"
_SIZE = re.compile(r"\s*(\d{1,6})(?!\d*\s*%)")
_STYLED = re.compile(r"(?<![\w-])(?:width|height)\s{0,9}:\s{0,9}(\d{1,6})(?:\.\d*)?(?:px|pt)", re.I)
_LARGE = 50  # pixels; icons and badges are smaller
_DRAWN = ("text", "image", "foreignobject")


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
    return all(size >= _LARGE for size in _sizes(picture))


def is_drawing(element: etree._Element) -> bool:
    """Whether what is drawn or embedded here may be a table, and no icon.

    Icons are drawings of lines only that seldom state their size.
    """
    if not is_large(element):
        return False
    lines_only = element.tag == "svg" and next(element.iter(*_DRAWN), None) is None
    return not lines_only or any(_sizes(element))


def is_background_only(element: etree._Element) -> bool:
    """Whether a part of a page with a picture behind it holds nothing else, and is no icon."""
    filled = next(element.iter("img", "table", "input", "textarea"), None) is not None
    return is_large(element) and not filled and not all_text(element).strip()


def _sizes(picture: etree._Element) -> list[int]:
    """The width and the height in pixels, as far as they are stated."""
    found = [_SIZE.match(picture.get(side, "")) for side in ("width", "height")]
    found += _STYLED.finditer(picture.get("style", ""))
    return [int(size[1]) for size in found if size is not None]


def all_text(element: etree._Element) -> str:
    """All text in an element, as it stands in the source."""
    return "".join(map(str, element.itertext("*")))
