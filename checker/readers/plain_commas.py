"""Tables in which commas part the cells, as a spreadsheet saves them: one row per line.

Only lines that hold official labels or several figures; prose with commas stays text.
"""

from collections.abc import Sequence

from checker.readers.plain_labels import is_prose, is_value, known
from checker.readers.plain_padding import without_padding
from checker.readers.plain_region import Line, Region, is_exact, is_statutory, rejected
from checker.readers.plain_separated import Separated, evened, separated, usual_size

_COMMA = ","
_LEAST_CELLS = 3
_LEAST_ROWS = 3
_LEAST_FIGURES = 2
_LONGEST_LINE = 2000


def read_commas(lines: Sequence[Line], start: int) -> Region | None:
    """The table that begins with the line at ``start``, or None when it is text."""
    first = _row(lines, start)
    if first is None or len(first.row.cells) < _LEAST_CELLS:
        return None
    rows: list[Separated] = []
    found: Separated | None = first
    while found is not None and _belongs(found, size=len(first.row.cells)):
        rows.append(found)
        found = _row(lines, found.end) if found.end < len(lines) else None
    end = rows[-1].end if rows else start + 1
    size = usual_size(rows) if rows else 0
    even = evened(rows, size)
    unfilled = any(not cell or is_value(cell) for row in even.rows for cell in row.cells)
    if len(even.rows) < _LEAST_ROWS or not unfilled or not is_statutory(even.rows):
        return rejected(end)
    if is_exact(even.rows):
        return Region(end, even.rows, "grid", even.misgivings)
    trimmed = without_padding(even.rows, by_row=True)
    return Region(end, trimmed.rows, "rows", (*even.misgivings, *trimmed.misgivings))


def only_cell(text: str) -> str:
    """A line of prose from a spreadsheet without the signs of its empty cells."""
    if not text.endswith(_COMMA * 2):
        return text
    filled = [cell for cell in separated([Line(text)], 0, _COMMA).row.cells if cell]
    return filled[0] if len(filled) == 1 and text.startswith(('"', filled[0])) else text


def _row(lines: Sequence[Line], index: int) -> Separated | None:
    """The row that begins with a line; None for a line without a comma."""
    text = lines[index].text
    if _COMMA not in text or len(text) > _LONGEST_LINE:
        return None
    return separated(lines, index, _COMMA)


def _belongs(item: Separated, *, size: int) -> bool:
    """Whether a row is one of a table: as long as the first one, with labels, or with figures.

    A sentence alone among empty cells is text of the same sheet.
    """
    filled = [cell for cell in item.row.cells if cell]
    if len(filled) == 1 and is_prose(filled[0]):
        return False
    named = any(known(cell) is not None for cell in filled)
    figures = sum(is_value(cell) for cell in filled)
    return len(item.row.cells) == size or named or figures >= _LEAST_FIGURES
