"""Grid of a Word table: gridSpan, vMerge, hMerge and gridBefore → cells in exact places."""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from checker.readers import docx_names as w
from checker.readers.docx_inline import chosen_alternative
from checker.readers.docx_styles import is_on, is_shaded, number_of, value_of
from checker.readers.flow import AreaMeter, FlowCell, TableNode

_MARKS = frozenset({w.GRID_SPAN, w.V_MERGE, w.H_MERGE, w.SHADING, w.CELL_DEL})
_WRAPPERS = frozenset({w.SDT, w.SDT_CONTENT, w.CUSTOM_XML, w.INS, w.MOVE_TO})


class CellMarks(NamedTuple):
    """Cell properties that decide what is read; merges are ``restart`` or ``continue``."""

    span: int = 1
    vertical: str = ""
    horizontal: str = ""
    shaded: bool = False
    deleted: bool = False


_PLAIN = CellMarks()


class TableGrid:
    """Places the cells of one table.

    Args:
        meter: counts the grid places.
        span: how many columns one cell may cover.
    """

    def __init__(self, meter: AreaMeter, *, span: int) -> None:
        self._meter = meter
        self._span = span
        self._cells: list[FlowCell] = []
        self._row = -1
        self._column = 0
        # Cells that a vertical merge may continue, by their first column.
        self._above: dict[int, FlowCell] = {}
        self._open: dict[int, FlowCell] = {}
        self._last: FlowCell | None = None

    def start_row(self, properties: etree._Element | None) -> None:
        """Begin the next printed row."""
        self._row += 1
        self._above, self._open = self._open, {}
        self._last = None
        self._column = 0
        if properties is not None:
            before = number_of(properties.find(w.GRID_BEFORE), default=0)
            self._column = min(max(before, 0), self._span)

    def place(self, marks: CellMarks) -> FlowCell | None:
        """Place the next cell of the row; None when it only continues a merged cell."""
        width = min(marks.span, self._span)
        column = self._column
        self._column += width
        self._meter.add(width)
        if self._last is not None and marks.horizontal == "continue":
            self._last.column_span += width
            return None
        above = self._above.get(column) if marks.vertical == "continue" else None
        if above is not None and above.column_span == width:
            above.row_span += 1
            self._open[column] = self._last = above
            return None
        cell = FlowCell(row=self._row, column=column, column_span=width)
        if marks.vertical:
            self._open[column] = cell
        self._last = cell
        self._cells.append(cell)
        return cell

    def table(self) -> TableNode:
        """The finished table."""
        return TableNode(tuple(self._cells))


def cell_marks(cell: etree._Element) -> CellMarks:
    """The properties of a cell, in one pass."""
    properties = cell[0] if len(cell) else None
    if properties is None or properties.tag != w.TC_PR:
        return _PLAIN
    stated = False
    span, vertical, horizontal, shaded, deleted = 1, "", "", False, False
    for child in properties:
        tag = child.tag
        if tag not in _MARKS:
            continue  # widths, borders: most of what is there
        stated = True
        if tag == w.GRID_SPAN:
            span = max(number_of(child, default=1), 1)
        elif tag == w.V_MERGE:
            vertical = value_of(child) or "continue"
        elif tag == w.H_MERGE:
            horizontal = value_of(child) or "continue"
        elif tag == w.SHADING:
            shaded = is_shaded(child)
        elif tag == w.CELL_DEL:
            deleted = True
    return CellMarks(span, vertical, horizontal, shaded, deleted) if stated else _PLAIN


def rows_of(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table, content controls and tracked wrappers looked through."""
    return _inside(table, w.TR)


def cells_of(row: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row, content controls and tracked wrappers looked through."""
    return _inside(row, w.TC)


def is_deleted_row(properties: etree._Element | None) -> bool:
    """Whether a tracked change deletes the row."""
    return properties is not None and properties.find(w.DEL) is not None


def is_hidden_row(properties: etree._Element | None) -> bool:
    """Whether the row is not printed."""
    return properties is not None and is_on(properties.find(w.HIDDEN))


def _inside(parent: etree._Element, wanted: str) -> Iterator[etree._Element]:
    # Wrappers may hold wrappers; a stack keeps deep nesting off the call stack.
    waiting = [iter(parent)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child.tag == wanted:
            yield child
        elif child.tag in _WRAPPERS:
            waiting.append(iter(child))
        elif child.tag == w.ALTERNATE:
            waiting.extend(iter(chosen) for chosen in chosen_alternative(child))
