"""Automatic list numbers: Word prints “一、” without it standing in the text.

Headings and row labels are found by their numbers, so these are counted here as Word counts
them. Bullets and unknown formats give no label.
"""

import re
from typing import NamedTuple

from lxml import etree

from checker.readers import docx_names as w
from checker.readers.docx_styles import ListPlace, Styles, is_on, number_of, value_of
from checker.readers.ordinals import format_ordinal

_LEVELS = 9
_PLACEHOLDER = re.compile("%([1-9])")


class Level(NamedTuple):
    """One level of a list.

    Attributes:
        text: the printed pattern, e.g. ``（%1）``.
        restart: the level whose count starts this one anew; 0 for never.
        legal: all numbers of the pattern are printed as 1, 2, 3.
        style: the paragraph style that belongs to this level.
    """

    start: int = 1
    style_name: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""


class _List(NamedTuple):
    key: str
    levels: dict[int, Level]
    starts: dict[int, int]


class Numbering:
    """The lists of a document, and how far each has been counted.

    Args:
        root: root of numbering.xml, or None when the file has none.
        styles: styles that lists may be linked to.
    """

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        numbers = () if root is None else root.iterchildren(w.NUM)
        abstracts = () if root is None else root.iterchildren(w.ABSTRACT)
        self._numbers = {number.get(w.NUM_ID, ""): number for number in numbers}
        self._abstracts = {item.get(w.ABSTRACT_REF, ""): item for item in abstracts}
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, place: ListPlace, *, style: str) -> str:
        """Count a paragraph and give the label that is printed before it.

        Args:
            place: list and level of the paragraph.
            style: id of the style that names the list, to find the level by.
        """
        if not place.num_id or place.num_id == "0":
            return ""
        found = self._list(place.num_id)
        if found is None:
            return ""
        index = place.level if place.level is not None else _level_of_style(found, style)
        if not 0 <= index < _LEVELS or index not in found.levels:
            return ""
        counts = self._count(place.num_id, found, index)
        return _render(found, index, counts)

    def _count(self, num_id: str, found: _List, index: int) -> list[int | None]:
        counts = self._counts.setdefault(found.key, [None] * _LEVELS)
        override = found.starts.get(index)
        if override is not None and (num_id, index) not in self._begun:
            counts[index] = None
        start = found.levels[index].start if override is None else override
        self._begun.add((num_id, index))
        before = counts[index]
        counts[index] = start if before is None else before + 1
        for deeper in range(index + 1, _LEVELS):
            level = found.levels.get(deeper)
            restart = None if level is None else level.restart
            if restart is None or (restart and index < restart):
                counts[deeper] = None
        return counts

    def _list(self, num_id: str) -> _List | None:
        if num_id not in self._lists:
            self._lists[num_id] = self._load(num_id)
        return self._lists[num_id]

    def _load(self, num_id: str) -> _List | None:
        number = self._numbers.get(num_id)
        if number is None:
            return None
        key = value_of(number.find(w.ABSTRACT_ID))
        abstract = self._abstracts.get(key)
        if abstract is None:
            return None
        levels = _levels(abstract)
        if not levels:
            levels = _levels(self._linked(abstract))
        starts: dict[int, int] = {}
        for override in number.iterchildren(w.OVERRIDE):
            index = _index(override)
            levels.update(_levels(override))
            start = override.find(w.START_OVERRIDE)
            if start is not None:
                starts[index] = number_of(start, default=1)
        return _List(key, levels, starts)

    def _linked(self, abstract: etree._Element) -> etree._Element | None:
        """The list that a list style stands for."""
        style = value_of(abstract.find(w.NUM_STYLE_LINK))
        if not style:
            return None
        number = self._numbers.get(self._styles.get(style).place.num_id or "")
        target = (
            self._abstracts.get(value_of(number.find(w.ABSTRACT_ID)))
            if (number is not None)
            else None
        )
        if target is not None:
            return target
        linked = (a for a in self._abstracts.values() if value_of(a.find(w.STYLE_LINK)) == style)
        return next(linked, None)


def _levels(parent: etree._Element | None) -> dict[int, Level]:
    if parent is None:
        return {}
    return {_index(level): _level(level) for level in parent.iterchildren(w.LEVEL)}


def _level(element: etree._Element) -> Level:
    restart = element.find(w.RESTART)
    # The format may stand in AlternateContent; the last one is the fallback that all can print.
    formats = list(element.iter(w.FORMAT))
    return Level(
        start=number_of(element.find(w.START), default=1),
        style_name=value_of(formats[-1]) if formats else "decimal",
        text=value_of(element.find(w.LEVEL_TEXT)),
        restart=None if restart is None else number_of(restart, default=0),
        legal=is_on(element.find(w.LEGAL)),
        style=value_of(element.find(w.P_STYLE)),
    )


def _index(element: etree._Element) -> int:
    text = element.get(w.LEVEL_INDEX, "0")
    return int(text) if text in {str(index) for index in range(_LEVELS)} else -1


def _level_of_style(found: _List, style: str) -> int:
    return next((i for i, level in found.levels.items() if style and level.style == style), 0)


def _render(found: _List, index: int, counts: list[int | None]) -> str:
    own = found.levels[index]
    if own.style_name == "bullet":
        return ""
    parts: list[str] = []
    end = 0
    for mark in _PLACEHOLDER.finditer(own.text):
        reached = int(mark.group(1)) - 1
        level = found.levels.get(reached, Level())
        count = counts[reached]
        number = level.start if count is None else count
        printed = format_ordinal(number, "decimal" if own.legal else level.style_name)
        if printed is None:
            return ""
        parts += [own.text[end : mark.start()], printed]
        end = mark.end()
    return "".join(parts) + own.text[end:]
