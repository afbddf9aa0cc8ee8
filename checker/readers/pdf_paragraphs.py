"""Printed lines to paragraphs by the layout of Chinese official documents.

The first line of a paragraph is indented, its last one may end early; a page break does not end
a paragraph.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median_low
from typing import NamedTuple

from checker.readers.pdf_lines import Line, join_lines
from checker.readers.plain_labels import is_section_title

_HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]+\s*、|[（(]\s*[一二三四五六七八九十]+\s*[)）])"
)
# A line in the middle leaves at least so much room at both sides, in widths of a character.
_INSET = 0.4
# A number, a word of letters or an address on the web is never broken; half a width a character.
_UNBROKEN = re.compile(r"[!-~]+")
_FULL_STOPS = ("。", "；", "！", "？")
# A line that another one continues leaves no more room.
_ROOM = 2.2
# Lines of a large title are further apart than those of the text, up to so many widths.
_LARGE = 2.2


# The title of a report over a whole line: it names a year and a body, and is no clause.
_REPORT_TITLE = re.compile(
    r"(?!现将|根据|按照|依[据照]|[本我该]|关于印发)[^。，；：！？、《》,;:!?]{0,60}"
    r"(?:20\d\d|[二2][〇零○O0].{2})年?度?[^。，；：！？、《》,;:!?]{0,20}"
    r"信息公开(?:工作)?(?:情况)?的?年?度?(?:报告|年报|报)"
)
# What goes on a clause that such a line begins.
_GOES_ON = re.compile("[，。；：、）》]|[的已由将向是在为和及、]|编制|公布|公开|发布|包括|共分")


class TextBlock(NamedTuple):
    """A paragraph and the page on which it starts."""

    text: str
    page: int


class Margins(NamedTuple):
    """Left and right edge of the running text, and the usual distance of its lines."""

    left: float
    right: float
    pitch: float


def find_margins(lines: Sequence[Line]) -> Margins:
    """Edges at which most of the long lines begin and end."""
    if not lines:
        return Margins(0.0, 0.0, 0.0)
    widest = max(line.x1 - line.x0 for line in lines)
    long = [line for line in lines if line.x1 - line.x0 > 0.7 * widest]
    left = Counter(round(line.x0 / 2) for line in long)
    # First lines are indented, so of the frequent edges the outermost is the margin.
    frequent = [edge for edge, count in left.items() if count >= 0.2 * left.most_common(1)[0][1]]
    steps = [b.top - a.top for a, b in pairwise(lines) if a.page == b.page and b.top > a.top]
    pitch = median_low(steps) if steps else 0.0
    return Margins(min(frequent) * 2.0, max(line.x1 for line in long), pitch)


def paragraphs(lines: Sequence[Line], margins: Margins) -> Iterator[TextBlock]:
    """Consecutive lines as paragraphs."""
    open_lines: list[Line] = []
    told = False  # whether a sentence stands above
    for line in lines:
        if open_lines and (
            _starts(open_lines[-1], line, margins)
            or _ends_title(open_lines, line, margins)
            or (not told and _is_report_title(open_lines, line))
        ):
            told = told or any(map(_ends_sentence, open_lines))
            yield _block(open_lines)
            open_lines = []
        open_lines.append(line)
    if open_lines:
        yield _block(open_lines)


def _block(lines: Sequence[Line]) -> TextBlock:
    return TextBlock(join_lines([line.text for line in lines]), lines[0].page)


def _ends_title(lines: Sequence[Line], line: Line, margins: Margins) -> bool:
    """Whether lines are a whole title, of which the next line is no part.

    They are if they are that of a section, or stand in the middle at the head of the file.
    """
    if _HEADING.match(lines[0].text):
        text = join_lines([one.text for one in lines])
        return is_section_title(text) and not is_section_title(text + line.text)
    last = lines[-1]
    left, right = last.x0 - margins.left, margins.right - last.x1
    # A first line of running text, two characters in, may end as far from the edge.
    indented = abs(left - 2 * last.em) < _INSET * last.em and right < _ROOM * last.em
    centred = min(left, right) > _INSET * last.em and abs(left - right) < last.em and not indented
    at_margin = line.x0 - margins.left < _INSET * line.em
    return centred and at_margin and line.page == 1 and not any(map(_ends_sentence, lines))


def _is_report_title(lines: Sequence[Line], line: Line) -> bool:
    """Whether lines at the head of the file are the whole title of the report."""
    text = "".join(join_lines([one.text for one in lines]).split())
    following = line.text.lstrip()
    return (
        line.page == 1
        and text.endswith(("报告", "年报"))
        and _REPORT_TITLE.fullmatch(text) is not None
        and _GOES_ON.match(following) is None
    )


def _ends_sentence(line: Line) -> bool:
    return "。" in line.text or "，" in line.text


def _starts(before: Line, line: Line, margins: Margins) -> bool:
    """Whether a line begins a new paragraph."""
    if before.x1 < margins.right - _ROOM * before.em - _kept_whole(before, line):
        return True
    if line.x0 > margins.left + 1.2 * line.em:
        return True
    if _HEADING.match(line.text):
        return True
    if abs(before.em - line.em) > 0.2 * max(before.em, line.em):
        return True
    # Headings and formulas stand a little apart; a paragraph of its own clearly does.
    distance = line.top - before.top
    return before.page == line.page and distance > max(1.6 * margins.pitch, _LARGE * line.em)


def _kept_whole(before: Line, line: Line) -> float:
    """The room that an unfinished line leaves because what comes next cannot be broken."""
    first = _UNBROKEN.match(line.text)
    if first is None or before.text.endswith(_FULL_STOPS):
        return 0.0
    return len(first.group()) * line.em / 2
