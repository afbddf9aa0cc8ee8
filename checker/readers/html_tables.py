"""Grid of an HTML table: rowspan and colspan → cells in exact places.

The rules are those of the HTML standard: rowspan 0 reaches to the end of the row group, and thead
stands first and tfoot last wherever they were written. A rowspan ends with its group, unless the
next row is short of just the places that it would take there: converters put the first row of a
head into a group of its own.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from checker.readers.flow import AreaMeter, FlowCell, HiddenNode, Node, TableNode, TextNode

_CELLS = frozenset({"td", "th"})
_GROUPS = frozenset({"thead", "tbody", "tfoot"})
PARTS = _GROUPS | {"tr"}
"""What stands between a table and its cells."""

# libxml2 gives the first of these to pages that state none.
_OLD = ("-//w3c//dtd html 4.0 ", "-//w3c//dtd html 3", "-//w3c//dtd w3 html", "-//ietf//")

_NUMBER = re.compile(r"\s*\+?(\d{1,9})")


@dataclass(slots=True)
class RowGroup:
    """Rows between which a rowspan may reach; each row is the list of its cell elements."""

    kind: str = "tbody"
    rows: list[list[etree._Element]] = field(default_factory=list)


@dataclass(slots=True)
class Parts:
    """A table taken apart.

    Attributes:
        loose: what stands in the table but in no cell: captions, stray text, comments.
            Browsers show it before the table.
        behind: the next table, where the end of this one is missing, and what follows.
    """

    groups: list[RowGroup] = field(default_factory=list)
    loose: list[etree._Element | str] = field(default_factory=list)
    behind: list[etree._Element | str] = field(default_factory=list)


def take_apart(table: etree._Element) -> Parts:
    """Rows and cells of a table; missing ``<tr>`` and stray wrappers are made up for."""
    parts = Parts()
    group = RowGroup()
    row: list[etree._Element] | None = None
    for event, element in _walk(table):
        tag = element.tag
        if event == "text":
            parts.loose.append(element.tail or "")
        elif event == "inside":
            parts.loose.append(element.text or "")
        elif event == "end":
            row = None
            if tag in _GROUPS:
                group = _closed(parts, group)
        elif tag in _GROUPS:
            group = _closed(parts, group, kind=str(tag))
            row = None
        elif tag == "tr":
            row = []
            group.rows.append(row)
        elif tag in _CELLS:
            if row is None:
                row = []
                group.rows.append(row)
            row.append(element)
        else:
            parts.loose.append(element)
    _closed(parts, group)
    cut = next((i for i, e in enumerate(parts.loose) if _is_table(e)), len(parts.loose))
    parts.loose, parts.behind = parts.loose[:cut], parts.loose[cut:]
    order = {"thead": 0, "tfoot": 2}
    parts.groups.sort(key=lambda found: order.get(found.kind, 1))
    return parts


def _is_table(loose: etree._Element | str) -> bool:
    return not isinstance(loose, str) and loose.tag == "table"


def _closed(parts: Parts, group: RowGroup, *, kind: str = "tbody") -> RowGroup:
    if group.rows:
        parts.groups.append(group)
    return RowGroup(kind=kind)


def _walk(table: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Rows, groups and cells in order, without looking into cells or inner tables.

    Yields ``start`` for cells, rows, groups and whatever stands between them, ``end`` for rows
    and groups, ``inside`` for elements with stray text at their beginning, and ``text`` for
    elements with stray text behind them.
    """
    waiting = [iter(table)]
    open_elements: list[etree._Element] = [table]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
            closed = open_elements.pop()
            if closed.tag in PARTS:
                yield "end", closed
            if closed is not table and (closed.tail or "").strip():
                yield "text", closed
            continue
        tag = child.tag
        holds_cells = tag in PARTS
        enters = holds_cells or (tag not in _CELLS and _wraps_rows(child))
        if holds_cells or not enters:
            yield "start", child
        if enters:
            if child.text and not child.text.isspace():
                yield "inside", child
            waiting.append(iter(child))
            open_elements.append(child)
        elif (child.tail or "").strip():
            yield "text", child


def _wraps_rows(element: etree._Element) -> bool:
    """A form or font that somebody wrapped around rows."""
    if not isinstance(element.tag, str) or element.tag == "table":
        return False
    return any(child.tag in ("tr", "td", "th", "tbody") for child in element)


def is_old_page(root: etree._Element) -> bool:
    """Whether browsers show a page as in former times: without or with an old document type.

    Tables then take neither size nor colour of their text from what is around them.
    """
    return (root.getroottree().docinfo.public_id or "").lower().startswith(_OLD)


class Column(NamedTuple):
    """What is stated for columns beside each other, and how many they are."""

    elements: tuple[etree._Element, ...]
    span: int


def columns_of(loose: Sequence[etree._Element | str]) -> Iterator[Column]:
    """The columns that a table names before its rows.

    Args:
        loose: what stands in the table but in no cell.
    """
    for element in loose:
        if isinstance(element, str) or element.tag not in ("col", "colgroup"):
            continue
        inner = list(element.iterchildren("col"))
        if not inner:
            yield Column((element,), span_of(element, "span") or 1)
        for column in inner:
            yield Column((element, column), span_of(column, "span") or 1)


def without_columns(table: TableNode, taken: Set[int], nodes: list[Node]) -> TableNode:
    """A table without some of its columns; what stood in them goes to ``nodes`` as hidden."""
    order = sorted(taken)
    kept: list[FlowCell] = []
    dropped: list[str] = []
    for cell in table.cells:
        before = bisect_left(order, cell.column)
        within = bisect_left(order, cell.column + cell.column_span) - before
        cell.column -= before
        cell.column_span -= within
        if cell.column_span:
            kept.append(cell)
        else:
            dropped += [node.text for node in cell.content if isinstance(node, TextNode)]
    if dropped:
        nodes.append(HiddenNode(" ".join(dropped), "hidden"))
    return TableNode(tuple(kept))


def span_of(element: etree._Element, attribute: str) -> int | None:
    """A span attribute as browsers read it; None when it is absent or no number."""
    value = element.get(attribute)
    found = _NUMBER.match(value) if value else None
    return int(found.group(1)) if found else None


def width_of(row: Sequence[etree._Element]) -> int:
    """How many columns the cells of a row cover."""
    return sum(span_of(cell, "colspan") or 1 for cell in row)


class HtmlGrid:
    """Places the cells of one table.

    Args:
        meter: counts the grid places.
        span: how many rows or columns one cell may cover.

    Attributes:
        width: how many columns the cells placed so far cover.
    """

    def __init__(self, meter: AreaMeter, *, span: int) -> None:
        self._meter = meter
        self._span = span
        self.width = 0
        self._cells: list[FlowCell] = []
        self._row = 0
        self._group_end = 0
        self._column = 0
        # Row behind the last one that is taken from above, for each column.
        self._taken: dict[int, int] = {}
        # Cells cut short at the end of their group, with the rows that they wanted.
        self._cut: list[tuple[FlowCell, int]] = []

    def start_group(self, rows: int, *, width: int) -> None:
        """Begin a group.

        Args:
            rows: how many there are in it.
            width: how many columns the cells of its first row cover.
        """
        self._group_end = self._row + rows
        self._taken = {}
        cut, self._cut = self._cut, []
        if cut and rows and width + sum(c.column_span for c, _ in cut) == self.width:
            for cell, wanted in cut:
                cell.row_span = min(wanted, self._group_end - cell.row)
                if cell.row + wanted > self._group_end:
                    self._cut.append((cell, wanted))
                self._meter.add(cell.column_span * (cell.row + cell.row_span - self._row))
                self._take(cell)

    def _take(self, cell: FlowCell) -> None:
        """Keep the places below a cell from the cells of the next rows."""
        end = cell.row + cell.row_span
        for column in range(cell.column, cell.column + cell.column_span):
            self._taken[column] = max(self._taken.get(column, 0), end)

    def start_row(self) -> None:
        """Begin a row; its cells go to the first free columns."""
        self._column = 0

    def end_row(self) -> None:
        """End a row."""
        self._row += 1

    def place(self, element: etree._Element) -> FlowCell:
        """Place the next cell of the row."""
        while self._taken.get(self._column, 0) > self._row:
            self._column += 1
        columns = min(span_of(element, "colspan") or 1, self._span)
        left = self._group_end - self._row
        wanted = span_of(element, "rowspan")
        rows = left if wanted == 0 else min(wanted or 1, left, self._span)
        self._meter.add(columns * rows)
        cell = FlowCell(self._row, self._column, rows, columns)
        if rows > 1:
            self._take(cell)
        if wanted and min(wanted, self._span) > left:
            self._cut.append((cell, min(wanted, self._span)))
        self._column += columns
        self.width = max(self.width, self._column)
        self._cells.append(cell)
        return cell

    def table(self) -> TableNode:
        """The finished table."""
        return TableNode(tuple(self._cells))
