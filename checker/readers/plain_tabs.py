"""Tables in which tabs part the cells: one cell per line behind a tab, or one row per line."""

from collections.abc import Sequence
from typing import NamedTuple

from checker.readers.plain_labels import (
    is_fragment,
    is_prose,
    is_section_heading,
    is_value,
    known,
    may_begin,
)
from checker.readers.plain_region import (
    Line,
    Region,
    Row,
    is_exact,
    is_row_of_figures,
    is_statutory,
    leads_figures,
    one_cell_rows,
    rejected,
)

_CONTINUATION = 40
_LEAST_ROWS = 3


class _Groups(NamedTuple):
    """Cells between blank lines, and the index of the first line behind them."""

    rows: list[Row]
    end: int
    single: bool


def read_tabs(lines: Sequence[Line], start: int) -> Region | None:
    """The table that begins with the line at ``start``, or None when it is text."""
    if "\t" not in lines[start].text or _is_prose(lines[start].text):
        return None
    groups = _collect(lines, start)
    rows = groups.rows
    if groups.single:
        if not is_statutory(rows):
            return rejected(groups.end)
        if _parted(rows):
            return Region(groups.end, tuple(rows), "rows")
        return Region(groups.end, one_cell_rows(rows), "stream")
    regular = len(rows) >= _LEAST_ROWS and len({len(row.cells) for row in rows}) == 1
    if not is_statutory(rows) and not regular:
        return rejected(groups.end)
    return Region(groups.end, tuple(rows), "grid" if is_exact(rows) else "rows")


def _collect(lines: Sequence[Line], start: int) -> _Groups:
    """Cells up to the first line that belongs to no table."""
    rows: list[Row] = []
    current: list[str] = []
    page = lines[start].page
    end = start
    single = _one_cell(lines[start].text)
    for index in range(start, len(lines)):
        text = lines[index].text
        if not text.strip() and "\t" not in text:
            _flush(rows, current, page)
            continue
        if "\t" in text:
            cells = text.split("\t")
            prose = _is_prose(text) and not leads_figures(lines, index)
            if _one_cell(text) != single or prose:
                break
            if not single:
                _flush(rows, current, page)
            page = page if current else lines[index].page
            current += cells[1:] if single else cells
        elif current and _continues(current[-1], text):
            current[-1] = f"{current[-1]}\n{text.strip()}"
        elif known(text) is not None and not single:
            _flush(rows, current, page)
            page = lines[index].page
            current.append(text)
        else:
            break
        end = index + 1
    _flush(rows, current, page)
    return _Groups(rows, end, single)


def _flush(rows: list[Row], current: list[str], page: int | None) -> None:
    """Close the row that is open, if any."""
    if current:
        rows.append(Row(tuple(cell.strip() for cell in current), page))
        current.clear()


def _is_prose(text: str) -> bool:
    """Whether the first cell is a sentence or a section title, and no figures stand beside it."""
    cells = [cell.strip() for cell in text.strip().split("\t")]
    return is_prose(cells[0]) and not is_row_of_figures(cells)


def _one_cell(text: str) -> bool:
    """A tab in front of one cell, or a tab alone for an empty one."""
    return text.startswith("\t") and "\t" not in text[1:].rstrip(" ")


def _continues(cell: str, text: str) -> bool:
    """Whether a line without a tab is the second line of the cell before it."""
    joined = f"{cell.strip()}{text.strip()}"
    if known(joined) is not None or (is_fragment(joined) and may_begin(joined)):
        return True
    if known(text) is not None or is_section_heading(text) or len(text) > _CONTINUATION:
        return False
    if is_value(cell):
        # 1 and 6 on two lines, 5 and 万元: the cell stays one and is judged as a whole.
        return is_value(f"{cell} {text}") or is_value(text)
    return bool(cell.strip()) and not is_prose(text) and not is_value(text)


def _parted(rows: Sequence[Row]) -> bool:
    """Whether blank lines part the printed rows, rather than all cells or none."""
    with_values = [row for row in rows if any(is_value(cell) for cell in row.cells)]
    led = sum(len(row.cells) > 1 for row in with_values)
    return len(rows) >= _LEAST_ROWS and 2 * led >= len(with_values) and bool(led)
