"""Figures that reports print behind the heading of a group of rows: （三）不予公开3件.

The forms leave no cell there. Only headings of the forms count: what ends in a figure otherwise is
not looked at.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final, NamedTuple

from checker.rulebook.loader import load_forms

_LONGEST: Final = 40
_FIGURE: Final = r"(?P<figure>0|[1-9０-９][0-9０-９]{0,8})"
_WORD: Final = r"(?:小计|合计|共计|总计|共|计)"
_UNIT: Final = r"(?:件|条|宗|个|项|起)"
_BARE: Final = re.compile(
    rf"(?P<gap>\s*)(?P<told>[:：=＝,，]?\s*{_WORD}?\s*[:：=＝]?)\s*{_FIGURE}\s*(?P<unit>{_UNIT}?)\s*\Z"
)
_BRACKETED: Final = re.compile(
    rf"\s*[（(\[［【〔]\s*{_WORD}?\s*[:：]?\s*{_FIGURE}\s*{_UNIT}?\s*[)）\]］】〕]\s*\Z"
)
_ORDINAL: Final = re.compile(
    r"^(?:\([一二三四五六七八九十]{1,2}\)|[一二三四五六七八九十]{1,2}[、.,])"
)


class HeadingFigure(NamedTuple):
    """A heading and the figure behind it.

    Attributes:
        heading: the text in front of the figure.
        start: offset of the figure.
        end: offset behind its last digit.
        apart: nothing but a space parts them: it might be a cell of its own.
    """

    heading: str
    start: int
    end: int
    apart: bool


@lru_cache(maxsize=4096)
def heading_figure(text: str) -> HeadingFigure | None:
    """The figure behind the heading of a group of rows; None where there is none."""
    if len(text) > _LONGEST:
        return None
    found = _BRACKETED.search(text) or _BARE.search(text)
    if found is None or _key(text[: found.start()]) not in _headings():
        return None
    parts = found.groupdict()
    apart = bool(parts.get("gap")) and not parts["told"] and not parts["unit"]
    start, end = found.span("figure")
    return HeadingFigure(text[: found.start()], start, end, apart)


@cache
def _headings() -> frozenset[str]:
    """The headings of rows that are printed below each other, in all forms."""
    return frozenset(
        _key(wording)
        for form in load_forms().values()
        for table in form.tables
        if table.orientation == "rows"
        for group in table.groups
        if group.id in {line.group for line in table.rows} | {g.group for g in table.groups}
        for wording in (group.label, *group.accepted, *group.recognised)
    )


def _key(text: str) -> str:
    """A heading without width, white space and ordinal."""
    return _ORDINAL.sub("", "".join(unicodedata.normalize("NFKC", text).split()))
