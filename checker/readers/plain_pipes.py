"""Tables in which ``|`` parts the cells: a row per line, a cell per line, Markdown."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from checker.readers.plain_labels import is_prose, is_value, known, may_begin
from checker.readers.plain_markdown import plain_text
from checker.readers.plain_padding import without_padding, without_padding_between
from checker.readers.plain_region import (
    Line,
    Region,
    Row,
    is_exact,
    is_statutory,
    leads_figures,
    rejected,
)

_PIPE = "|"
_BORDERS = tuple("|+├┌└╞┤┐┘╡┼")
_ALIKE = "｜│┃┆┊"
_LINES = r"[\s|:+\-=─━═┼├┤┌┐└┘┬┴╪╞╡]*"
_RULE = re.compile(rf"{_LINES}(?:[|+┼├┌└╞][\s:]*[\-=─━═]{{3}}|[\-=─━═]{{3}}[\s:]*[|+┼]){_LINES}")
_SHORT_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*|\|\s*:?-+:?\s*\|\s*")
_ESCAPED = "\ue000"
_MOST_LOOSE = 8
_LEAST_ROWS = 3


class _Marked(NamedTuple):
    """The lines of a region with their pipes made alike; separators are left out."""

    lines: tuple[Line, ...]
    end: int
    rule: str

    @property
    def ruled(self) -> bool:
        """Whether a line parts head and body, as in Markdown."""
        return bool(self.rule)

    @property
    def opened(self) -> bool:
        """Whether rows open with a pipe that is no cell."""
        if self.rule:
            return self.rule.startswith(_BORDERS)
        return all(
            line.text.lstrip().startswith(_PIPE) for line in self.lines if _PIPE in line.text
        )

    @property
    def closed(self) -> bool:
        """Whether rows close with a pipe that is no cell; a row may go over several lines."""
        if self.rule:
            return self.rule.endswith(_BORDERS)
        piped = [line.text.strip() for line in self.lines if _PIPE in line.text]
        begun = sum(text.startswith(_PIPE) for text in piped)
        ended = sum(text.endswith(_PIPE) for text in piped)
        return 5 * ended >= 4 * len(piped) or (begun == ended > 0 and piped[-1].endswith(_PIPE))


def read_pipes(lines: Sequence[Line], start: int) -> Region | None:
    """The table that begins with the line at ``start``, or None when it is text."""
    if not _may_start(lines, start):
        return None
    marked = _collect(lines, start)
    if _row_per_line(marked):
        return _by_lines(marked)
    return _by_cells(marked)


def _plain(text: str) -> str:
    for mark in _ALIKE:  # on lines of prose ten times as fast as ``translate``
        text = text.replace(mark, _PIPE)
    return text.replace("\\|", _ESCAPED)


def _may_start(lines: Sequence[Line], start: int) -> bool:
    """A line with a pipe, or label lines directly before one (the pipe stands behind or below)."""
    text = lines[start].text
    plain = _plain(text)
    if _RULE.fullmatch(plain):
        return start + 1 < len(lines) and _PIPE in _plain(lines[start + 1].text)
    if _PIPE in plain:
        return not is_prose(plain.partition(_PIPE)[0].strip())
    return (known(text) is not None or may_begin(text)) and _pipe_follows(lines, start)


def _is_rule(text: str, *, second: bool) -> bool:
    """A line that parts rows; short strokes are one only below the first row, else values."""
    return bool(_RULE.fullmatch(text)) or (second and bool(_SHORT_RULE.fullmatch(text)))


def _pipe_follows(lines: Sequence[Line], start: int) -> bool:
    """Whether the label at ``start`` ends in a line with a pipe, or a pipe stands below it."""
    joined = lines[start].text
    for index in range(start + 1, min(start + _MOST_LOOSE, len(lines))):
        text = _plain(lines[index].text)
        if lines[index].empty:
            continue
        if index + 1 < len(lines) and _is_rule(_plain(lines[index + 1].text), second=True):
            # A Markdown table has its labels inside; a loose one may belong to any row.
            return False
        head = text.partition(_PIPE)[0]
        if _PIPE in text:
            whole = known(joined + head) or (joined == lines[start].text and known(head.strip()))
            return not head.strip() or whole is not None
        joined += text
        if not may_begin(joined):
            return False
    return False


def _collect(lines: Sequence[Line], start: int) -> _Marked:
    """Lines up to the last one with a pipe before prose."""
    kept: list[Line] = []
    size, end, loose, rule = 0, start, 0, ""
    for index in range(start, len(lines)):
        line = lines[index]
        text = _plain(line.text)
        if line.empty:
            if rule and kept:
                break
            continue
        if _is_rule(text, second=len(kept) == 1):
            rule = text.strip()
            end = index + 1 if size else end
            continue
        if _PIPE not in text:
            loose += 1
            prose = is_prose(text.strip()) and not leads_figures(lines, index)
            if loose > _MOST_LOOSE or prose:
                break
            kept.append(Line(text, line.page))
            continue
        if _ends_table(lines, index):
            break
        loose = 0
        kept.append(Line(text, line.page))
        size, end = len(kept), index + 1
    return _Marked(tuple(kept[:size]), end, rule)


def _ends_table(lines: Sequence[Line], index: int) -> bool:
    """Whether a line with a pipe is prose: it holds no row, and no figures stand below it."""
    cells = _plain(lines[index].text).split(_PIPE)
    return len(cells) <= 2 and is_prose(cells[0].strip()) and not leads_figures(lines, index)


def _split(line: Line, *, opened: bool, closed: bool) -> Row:
    """The cells of a row, without those that an outer pipe opens or closes."""
    cells = line.text.split(_PIPE)
    if opened and len(cells) > 1 and not cells[0].strip():
        cells = cells[1:]
    if closed and len(cells) > 1 and not cells[-1].strip():
        cells = cells[:-1]
    return Row(tuple(_clean(cell) for cell in cells), line.page)


def _clean(cell: str) -> str:
    if not cell or cell.isspace():
        return ""
    lines = (line.strip() for line in cell.replace(_ESCAPED, _PIPE).split("\n"))
    return plain_text("\n".join(line for line in lines if line))


def _row_per_line(marked: _Marked) -> bool:
    """Whether a line holds a whole row: several cells, at least one of them a label."""
    if marked.ruled:
        return True
    rows = cells = 0
    for line in marked.lines:
        texts = [cell for cell in line.text.split(_PIPE) if cell.strip()]
        if len(texts) > 1 and not all(is_value(cell) for cell in texts):
            rows += 1
        elif len(texts) == 1 or (not texts and line.text.strip() == _PIPE):
            cells += 1
    return rows > 0 and 3 * rows >= cells


def _by_lines(marked: _Marked) -> Region:
    """A printed row per line, or per lines up to the closing pipe."""
    rows: list[Row] = []
    pending: Line | None = None
    opened, closed = marked.opened, marked.closed
    for line in marked.lines:
        joined = line if pending is None else Line(f"{pending.text}\n{line.text}", pending.page)
        pending = joined if closed and not line.text.rstrip().endswith(_PIPE) else None
        if pending is None:
            rows.append(_split(joined, opened=opened, closed=closed))
    if pending is not None:
        rows.append(_split(pending, opened=opened, closed=closed))
    regular = len(rows) >= _LEAST_ROWS and len({len(row.cells) for row in rows}) == 1
    if not (is_statutory(rows) or (marked.ruled and rows) or (regular and len(rows[0].cells) > 1)):
        return rejected(marked.end)
    if is_exact(rows):
        return Region(marked.end, tuple(rows), "grid")
    even = len({len(row.cells) for row in rows}) == 1
    trimmed = without_padding_between(rows) if even else without_padding(rows, by_row=True)
    return Region(marked.end, trimmed.rows, "rows", trimmed.misgivings)


def _by_cells(marked: _Marked) -> Region:
    """A cell ends at its pipe; line breaks mean nothing, except where a lone pipe opens a row."""
    opened = _opens_rows(marked)
    printed: list[tuple[list[str], int | None]] = []
    pending: list[str] = []
    for index, line in enumerate(marked.lines):
        if opened and line.text.strip() == _PIPE and _label_follows(marked, index):
            printed.append(([], line.page))
            continue
        *ended, rest = line.text.split(_PIPE)
        for cell in ended:
            text = _clean("\n".join((*pending, cell)))
            pending = []
            if opened and printed:
                printed[-1][0].append(text)
            else:
                printed.append(([text], line.page))
        if rest.strip():
            pending.append(rest)
    if pending and printed:
        printed.append(([_clean("\n".join(pending))], marked.lines[-1].page))
    rows = [Row(tuple(cells), page) for cells, page in printed if cells]
    if not is_statutory(rows):
        return rejected(marked.end)
    trimmed = without_padding(rows, by_row=opened)
    return Region(marked.end, trimmed.rows, "rows" if opened else "stream", trimmed.misgivings)


def _label_follows(marked: _Marked, index: int) -> bool:
    """Whether the line behind holds text that is no value."""
    if index + 1 >= len(marked.lines):
        return False
    text = marked.lines[index + 1].text.split(_PIPE)[0].strip()
    return bool(text) and not is_value(text)


def _opens_rows(marked: _Marked) -> bool:
    """Whether rows open with a line that holds only a pipe, and cells close with theirs."""
    if not marked.lines or marked.lines[0].text.strip() != _PIPE:
        return False
    ends = sum(
        line.text.strip() != _PIPE and line.text.rstrip().endswith(_PIPE) for line in marked.lines
    )
    opens = sum(
        line.text.strip() == _PIPE and _label_follows(marked, i)
        for i, line in enumerate(marked.lines)
    )
    return opens >= _LEAST_ROWS and ends > opens
