"""Lines of a table that are notes: who filled it in and when, 续表, 注, and no row of the form."""

from collections.abc import Sequence

from checker.assemble.labels import LabelIndex
from checker.assemble.lines import Line
from checker.assemble.reading import is_value
from checker.rulebook.table_notes import load_table_notes
from checker.rulebook.wording import compiled

_LEAST_LINES = 2
_SHORTEST = 4  # 无, 不涉及 stand for figures


def without_notes(lines: Sequence[Line], index: LabelIndex) -> tuple[Line, ...]:
    """The lines without notes.

    A line that is one cell over the whole width is a note unless it is a label of the form or
    figures; where the width of cells is not known, its wording has to tell.

    Args:
        lines: of one statutory table.
        index: the labels of its form.
    """
    if sum(1 for line in lines if len(line.cells) >= _LEAST_LINES) < _LEAST_LINES:
        return tuple(lines)  # one cell per line
    return tuple(line for line in lines if not _is_note(line, index))


def _is_note(line: Line, index: LabelIndex) -> bool:
    filled = [c for c in line.cells if c.text.strip()]
    if len(filled) != 1 or any(c.text.strip() for c in line.above):
        return False
    cell = filled[0]
    if index.find(cell.text) is not None or not any("一" <= ch <= "鿿" for ch in cell.text):
        return False
    if compiled(load_table_notes().note).match(cell.text.strip()):
        return True
    whole = line.table.geometry == "grid" and cell.column_span >= line.table.columns > 1
    return whole and (len(cell.text) > _SHORTEST or not is_value(cell.text))
