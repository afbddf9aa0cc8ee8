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
from checker.readers.plain_padding import without_padding
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
from checker.readers.plain_separated import (
    Separated,
    evened,
    opens_quoted,
    printed_row,
    separated,
    usual_size,
)

_CONTINUATION = 40
_FEW = 10  # of so many rows one may have another number of cells by mistake
_LEAST_ROWS = 3


class _Groups(NamedTuple):
    """Cells between blank lines, and the index of the first line behind them."""

    rows: list[Separated]
    end: int
    single: bool


def read_tabs(lines: Sequence[Line], start: int) -> Region | None:
    """The table that begins with the line at ``start``, or None when it is text."""
    text = _text(lines, start)
    if "\t" not in text or _is_prose(text):
        return None
    groups = _collect(lines, start)
    return _by_cells(groups) if groups.single else _by_lines(groups)


def _by_cells(groups: _Groups) -> Region:
    """A cell per line; blank lines may part the rows."""
    rows = [item.row for item in groups.rows]
    if not is_statutory(rows):
        return rejected(groups.end)
    if _parted(rows):
        return Region(groups.end, tuple(rows), "rows")
    return Region(groups.end, one_cell_rows(rows), "stream")


def _by_lines(groups: _Groups) -> Region:
    """A row per line; few rows of another size than the rest are a mistake of somebody."""
    rows = [item.row for item in groups.rows]
    size = usual_size(groups.rows)
    other = sum(len(row.cells) != size for row in rows)
    enough = len(rows) >= _LEAST_ROWS
    if not is_statutory(rows) and not (enough and not other):
        return rejected(groups.end)
    if enough and 0 < other <= max(1, len(rows) // _FEW):
        even = evened(groups.rows, size)
        trimmed = without_padding(even.rows, by_row=True)
        told = (*even.misgivings, *trimmed.misgivings)
        return Region(groups.end, trimmed.rows, "rows", told)
    return Region(groups.end, tuple(rows), "grid" if is_exact(rows) else "rows")


class _Open:
    """The rows so far and the cells of the one that may go on.

    Args:
        lines: of the file.
        start: index of the first line.
    """

    def __init__(self, lines: Sequence[Line], start: int) -> None:
        self.rows: list[Separated] = []
        self.cells: list[str] = []
        self._lines = lines
        self._at = start

    def add(self, cells: Sequence[str], index: int) -> None:
        """Take cells of the open row."""
        if not self.cells:
            self._at = index
        self.cells += cells

    def add_line(self, cells: Sequence[str], index: int) -> None:
        """Take the cells of a line; its first one may go on with the last one before."""
        if self.cells and _makes_label(self.cells[-1], cells[0]):
            self.cells[-1] = f"{self.cells[-1].strip()}\n{cells[0].strip()}"
            self.cells += cells[1:]
        else:
            self.close()
            self.add(cells, index)

    def close(self) -> None:
        """End the row that is open, if any."""
        if self.cells:
            row = Row(tuple(cell.strip() for cell in self.cells), self._lines[self._at].page)
            self.rows.append(Separated(row, self._at + 1, self._at + 1))
            self.cells = []


def _collect(lines: Sequence[Line], start: int) -> _Groups:
    """Cells up to the first line that belongs to no table."""
    open_row = _Open(lines, start)
    single = _one_cell(_text(lines, start))
    end = index = start
    while index < len(lines):
        text = _text(lines, index)
        here, index = index, index + 1
        if not text.strip() and "\t" not in text:
            open_row.close()
            continue
        if "\t" in text:
            prose = _is_prose(text) and not leads_figures(lines, here)
            if _one_cell(text) != single or prose:
                break
            if single:
                open_row.add(text.split("\t")[1:], here)
            else:
                item = separated(lines, here, "\t")
                open_row.add_line(item.row.cells, here)
                index = item.end
        elif open_row.cells and _continues(open_row.cells[-1], text):
            open_row.cells[-1] = f"{open_row.cells[-1]}\n{text.strip()}"
        elif not single and (known(text) is not None or _goes_on(lines, here)):
            open_row.close()
            open_row.add([text], here)
        else:
            break
        end = index
    open_row.close()
    return _Groups(open_row.rows, end, single)


def _text(lines: Sequence[Line], index: int) -> str:
    """A line, with those below it that a cell in quotation marks goes over."""
    text = lines[index].text
    return printed_row(lines, index)[0] if opens_quoted(text, "\t") else text


def _is_prose(text: str) -> bool:
    """Whether the first cell is a sentence or a section title, and no figures stand beside it."""
    cells = [cell.strip() for cell in text.strip().split("\t")]
    return is_prose(cells[0]) and not is_row_of_figures(cells)


def _one_cell(text: str) -> bool:
    """A tab in front of one cell, or a tab alone for an empty one."""
    return text.startswith("\t") and "\t" not in text[1:].rstrip(" ")


def _makes_label(cell: str, text: str) -> bool:
    """Whether a cell and a text that are no labels alone make one, or the beginning of one.

    A cell may be a shorter wording already: 1.信访举报投诉 before 类申请.
    """
    joined = f"{cell.strip()}{text.strip()}"
    if not cell.strip() or not text.strip():
        return False
    if known(cell) is not None:
        return known(text) is None and not is_value(text.strip()) and known(joined) is not None
    if cell.strip().isdecimal() and known(text) is not None:
        return False  # 2023 at the end of a row is a figure, no year in front of the next label
    return known(joined) is not None or (is_fragment(joined) and may_begin(joined))


def _goes_on(lines: Sequence[Line], index: int) -> bool:
    """Whether a line without a tab begins a label that goes on in the next line, before a tab."""
    below = lines[index + 1].text if index + 1 < len(lines) else ""
    return _makes_label(lines[index].text, below.partition("\t")[0])


def _continues(cell: str, text: str) -> bool:
    """Whether a line without a tab is the second line of the cell before it."""
    joined = f"{cell.strip()}{text.strip()}"
    if known(joined) is not None or (is_fragment(joined) and may_begin(joined)):
        return True
    if known(text) is not None or is_section_heading(text) or len(text) > _CONTINUATION:
        return False
    if known(cell) is not None and may_begin(text):
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
