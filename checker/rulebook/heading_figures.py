"""What reports print behind the heading of a group of rows: （三）不予公开3件, …公开（8项）.

The forms leave no cell there. Only headings of the forms count: what stands behind other labels is
not looked at. A figure is one of cases; how many kinds a group has, an article of law or a share
are remarks.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final, NamedTuple

from checker.rulebook.characters import simplified
from checker.rulebook.loader import load_forms

_LONGEST: Final = 40
_MARKS: Final = r"[\s:：=＝,，、;；.\-－‐–—―─~～·]*"
_DIGITS: Final = r"[1-9１-９][0-9０-９]{0,2}(?:[,，][0-9０-９]{3})+|0|[1-9１-９][0-9０-９]{0,8}"
_NUMERAL: Final = r"[零〇一二三四五六七八九十百千万两]{1,9}"
_WORD: Final = r"(?:小计|合计|共计|总计|总数|共有|共|计)"
_CASES: Final = r"(?:件次?|宗|起|份)(?:\s*[（(]次[)）])?"
_ITEMS: Final = r"[条个项]"
_KINDS: Final = r"[类种]"
_OPEN, _CLOSE = r"[（(\[［【〔]", r"[)）\]］】〕]"
_FIGURE: Final = (
    rf"(?P<word>{_WORD}?)\s*[:：=＝]?\s*(?:(?P<figure>{_DIGITS})|(?P<numeral>{_NUMERAL}))"
    rf"\s*(?:(?P<cases>{_CASES})|(?P<items>{_ITEMS})|(?P<kinds>{_KINDS}))?"
)
_REMARK: Final = rf"{_OPEN}[^{_OPEN[1:-1]}{_CLOSE[1:-1]}]*{_CLOSE}"
_BARE: Final = re.compile(rf"(?P<marks>{_MARKS}){_FIGURE}\s*(?:{_REMARK})?\s*")
_BRACKETED: Final = re.compile(
    rf"(?P<marks>{_MARKS}){_OPEN}\s*{_FIGURE}\s*(?:[,，;；、].*)?{_CLOSE}\s*", re.DOTALL
)
_REMARKED: Final = re.compile(rf"{_MARKS}{_REMARK}\s*")
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
    """The number of cases behind the heading of a group of rows; None where there is none."""
    heading = _heading(text)
    if heading is None:
        return None
    tail = text[len(heading) :]
    found = _BRACKETED.fullmatch(tail) or _BARE.fullmatch(tail)
    if found is None or not _counts_cases(found, heading):
        return None
    start, end = found.span("figure" if found["figure"] else "numeral")
    bracketed = found.re is _BRACKETED
    apart = bool(found["marks"]) and found["marks"].isspace() and not bracketed
    told = found["word"] or found["cases"] or found["items"]
    return HeadingFigure(heading, len(heading) + start, len(heading) + end, apart and not told)


@lru_cache(maxsize=4096)
def heading_before(text: str) -> str | None:
    """The heading of a group of rows in front of a figure or a remark; None where there is none."""
    heading = _heading(text)
    if heading is None or heading == text:
        return None
    tail = text[len(heading) :]
    behind = (_BRACKETED, _BARE, _REMARKED)
    return heading if any(pattern.fullmatch(tail) for pattern in behind) else None


def _counts_cases(found: re.Match[str], heading: str) -> bool:
    """Whether a figure is one of cases: not how many kinds the group has.

    A numeral alone could be an ordinal. What is counted in 项 may be kinds; so it is when the
    group has as many.
    """
    if found["kinds"] or (found["numeral"] and not (found["word"] or found["cases"])):
        return False
    digits = unicodedata.normalize("NFKC", found["figure"] or "")
    return not (found["items"] and digits in _headings()[_key(heading)])


def _heading(text: str) -> str | None:
    """The longest beginning of a text that is a heading of rows."""
    if len(text) > _LONGEST:
        return None
    ends = (end for end in range(len(text), 1, -1) if not text[end - 1].isspace())
    return next((text[:end] for end in ends if _key(text[:end]) in _headings()), None)


@cache
def _headings() -> dict[str, frozenset[str]]:
    """The headings of rows that are printed below each other, with how many kinds each has."""
    sizes: dict[str, frozenset[str]] = {}
    for wording, size in _sizes():
        sizes[wording] = sizes.get(wording, frozenset()) | {str(size)}
    return sizes


def _sizes() -> Iterator[tuple[str, int]]:
    """Every wording of a heading of rows in all forms, and the number of lines below it."""
    tables = (table for form in load_forms().values() for table in form.tables)
    for table in (t for t in tables if t.orientation == "rows"):
        for group in table.groups:
            inner = [g.id for g in table.groups if g.group == group.id]
            rows = [r.id for r in table.rows if r.group == group.id]
            below = [r.id for r in table.rows if r.group in inner]
            for wording in (group.label, *group.accepted, *group.recognised):
                if rows or inner:
                    yield _key(wording), len(rows) + len(inner)
                    yield _key(wording), len(rows) + len(below)


def _key(text: str) -> str:
    """A heading without width, form of characters, white space and ordinal."""
    return _ORDINAL.sub("", "".join(simplified(unicodedata.normalize("NFKC", text)).split()))
