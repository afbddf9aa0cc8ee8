"""Tables in which commas part the cells, as a spreadsheet saves them: one row per line.

Only lines with the same number of cells that hold official labels; prose with commas stays text.
"""

import csv
from collections.abc import Sequence
from itertools import takewhile

from checker.readers.plain_labels import is_value
from checker.readers.plain_region import Line, Region, Row, is_exact, is_statutory, rejected

_COMMA = ","
_LEAST_CELLS = 3
_LEAST_ROWS = 3
_LONGEST_LINE = 2000


def read_commas(lines: Sequence[Line], start: int) -> Region | None:
    """The table that begins with the line at ``start``, or None when it is text."""
    size = len(_cells(lines[start]))
    if size < _LEAST_CELLS:
        return None
    below = ((lines[i], _cells(lines[i])) for i in range(start, len(lines)))
    alike = takewhile(lambda item: len(item[1]) == size, below)
    rows = [Row(cells, line.page) for line, cells in alike]
    end = start + len(rows)
    figures = any(is_value(cell) for row in rows for cell in row.cells)
    if len(rows) < _LEAST_ROWS or not figures or not is_statutory(rows):
        return rejected(end)
    return Region(end, tuple(rows), "grid" if is_exact(rows) else "rows")


def _cells(line: Line) -> tuple[str, ...]:
    """The cells of a line; a cell with a comma inside stands in quotation marks."""
    text = line.text.strip()
    if _COMMA not in text or len(text) > _LONGEST_LINE:
        return ()
    if '"' not in text:
        return tuple(cell.strip() for cell in text.split(_COMMA))
    try:
        (cells,) = csv.reader([text], strict=True)
    except (csv.Error, ValueError):
        return ()
    return tuple(cell.strip() for cell in cells)
