"""Lines of a table that are notes: who filled it in and when, 续表, 注, and no row of the form."""

import re
from collections.abc import Sequence

from checker.assemble.labels import LONGEST_LABEL, LabelIndex
from checker.assemble.lines import Line
from checker.assemble.reading import is_value
from checker.rulebook.table_notes import load_table_notes
from checker.rulebook.wording import compiled

_LEAST_LINES = 2
_FIGURES_BEHIND = re.compile(r"[:：\s]*(?:[0-9.,，/—–-]+|无)(?:[\s0-9.,，/—–-]|件|万?元)*$")
_FIGURES_LAST = re.compile(r"(?:[0-9.,，]|[—–-]|无)(?:\s|件|万?元|条|项|个|份)*$")
_LONG = 8  # characters; behind the last row that is no piece of a label
_SHORTEST = 4  # 无, 不涉及 stand for figures


def without_notes(lines: Sequence[Line], index: LabelIndex) -> tuple[Line, ...]:
    """The lines without notes.

    A line that is one cell over the whole width is a note unless it is a label of the form or
    figures; where the width of cells is not known, its wording has to tell.

    Args:
        lines: of one statutory table.
        index: the labels of its form.
    """
    lines = _without_remarks_below(lines, index)
    if sum(1 for line in lines if len(line.cells) >= _LEAST_LINES) < _LEAST_LINES:
        return tuple(lines)  # one cell per line
    kept = [line for line in lines if not _is_note(line, index)]
    while kept and _is_caption(kept[0], index):
        kept = kept[1:]
    return tuple(kept)


def _without_remarks_below(lines: Sequence[Line], index: LabelIndex) -> Sequence[Line]:
    """The lines down to the last that may be a row; no row needs what stands below all of them."""
    end = len(lines)
    while end and _is_remark(lines[end - 1], index):
        end -= 1
    return lines[:end] if end else lines


def _is_remark(line: Line, index: LabelIndex) -> bool:
    """Whether a line has one text that the form does not know and that is written as prose.

    It says of what it tells (数据来源：……), names a day, or is long; figures at its end would be
    those of a row.
    """
    filled = [c for c in line.cells if c.text.strip()]
    if len(filled) != 1 or any(c.text.strip() for c in line.above):
        return False
    text = filled[0].text.strip()
    known = index.find(text) or index.near(text, "row", ()) or index.alike(text, "row", ())
    if known is not None or row_in(text, index) is not None:
        return False
    words = load_table_notes()
    undated = compiled(words.day).sub("", text)
    if not _has_words(text) or _FIGURES_LAST.search(undated):
        return False
    prose = undated != text or compiled(words.subject).match(text) is not None
    return prose or sum("一" <= ch <= "鿿" for ch in text) >= _LONG


def _is_note(line: Line, index: LabelIndex) -> bool:
    filled = [c for c in line.cells if c.text.strip()]
    if not filled or any(c.text.strip() for c in line.above):
        return False
    if any(index.find(c.text) is not None for c in filled):
        return False
    worded = [bool(compiled(load_table_notes().note).match(c.text.strip())) for c in filled]
    if len(filled) > 1:  # 填报单位：…… | 填报日期：……
        figures = any(c.text.strip().isdecimal() for c in filled)
        return any(worded) and not figures
    cell = filled[0]
    if not _has_words(cell.text) or row_in(cell.text, index) is not None:
        return False
    whole = line.table.geometry == "grid" and cell.column_span >= line.table.columns > 1
    return worded[0] or (whole and (len(cell.text) > _SHORTEST or not is_value(cell.text)))


def _is_caption(line: Line, index: LabelIndex) -> bool:
    """A line above all heads in which one cell has words that the form does not know."""
    filled = [c for c in line.cells if c.text.strip()]
    alone = len(filled) == 1 and line.table.geometry == "grid" and len(line.cells) > 1
    return alone and _has_words(filled[0].text) and index.find(filled[0].text) is None


def _has_words(text: str) -> bool:
    return any("一" <= ch <= "鿿" for ch in text)


def row_in(text: str, index: LabelIndex) -> str | None:
    """The row whose label and figures stand in one cell: 行政许可：15件; None for other texts.

    Args:
        text: of a cell over the whole width.
        index: the labels of the form.
    """
    if len(text) > LONGEST_LABEL:
        return None
    label = _FIGURES_BEHIND.sub("", text)
    found = index.find(label, "row") if label != text else None
    return found.id if found is not None else None
