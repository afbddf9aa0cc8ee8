"""What a format reader finds, before it is decided which tables are tables.

Word and web readers deliver the same nodes, so that one report gives the same text and the same
tables in both formats. Here tables that only lay out a page become paragraphs again, invisible
characters are taken out, and everything goes to the builder in document order.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from checker.domain.base import frozen_value
from checker.domain.document import AsideReason, HiddenReason
from checker.domain.finding import DoubtKind
from checker.errors import LimitExceededError
from checker.readers.builder import DocumentBuilder, GridPlace, RawCell
from checker.readers.characters import (
    has_private_use,
    map_compatible,
    strip_invisible,
    unseen_only,
)
from checker.settings import Limits

# Labels of the official forms stay below these lengths; what is longer is prose.
_LONGEST_LABEL = 60
_PROSE = 300
_LETTERHEAD_ROWS = 3
_MOST_SHOWN = 6  # cells that one doubt quotes
_FIGURES = 3  # cells of figures alone, as no frame of a page has them
_PLACE = attrgetter("row", "column")


@frozen_value(frozen=True, slots=True)
class TextNode:
    """A paragraph; line breaks inside are breaks of the print."""

    text: str
    heading: bool = False
    linked: bool = False


@dataclass(frozen=True, slots=True)
class HiddenNode:
    """Text that the printed page does not show."""

    text: str
    reason: HiddenReason


@dataclass(frozen=True, slots=True)
class AsideNode:
    """Text that is printed as taken back."""

    text: str
    reason: AsideReason


@dataclass(slots=True)
class DoubtNode:
    """Something that we may have misread, at this place; a count in it may still grow."""

    kind: DoubtKind
    message: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class PictureNode:
    """A picture that is large enough for a table."""


@dataclass(slots=True)
class FlowCell:
    """A cell in its place in the grid; the reader widens it while merged cells go on."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    content: "list[Node]" = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TableNode:
    """A table with exact places of its cells."""

    cells: tuple[FlowCell, ...]


Note = HiddenNode | AsideNode | DoubtNode | PictureNode
"""What stands at a place and is no text of the report."""

Node = TextNode | TableNode | Note


def write_flow(builder: DocumentBuilder, nodes: Sequence[Node]) -> None:
    """Hand the nodes to the builder as paragraphs, tables, hidden texts and doubts."""
    for node in nodes:
        if isinstance(node, TextNode):
            _write_text(builder, node)
        elif isinstance(node, TableNode):
            _write_table(builder, node)
        else:
            _write_note(builder, node)


class AreaMeter:
    """Counts the grid places of one table.

    Args:
        name: file name for the message.
        limits: how many places a table may have.
    """

    def __init__(self, name: str, limits: Limits) -> None:
        self._name = name
        self._limit = limits.table_cells
        self._area = 0

    def add(self, area: int) -> None:
        """Count the places of a cell.

        Raises:
            LimitExceededError: the table has more places than the limit.
        """
        self._area += area
        if self._area > self._limit:
            raise LimitExceededError(
                f"文件里有一张表超过 {self._limit} 个单元格，不像法定表格，没有读完。",
                path=self._name,
                limit="table_cells",
                hint="请确认选对了文件。",
            )


def _write_text(builder: DocumentBuilder, node: TextNode) -> None:
    # A line break in a paragraph ends a printed line: headings are often set apart only by it.
    text, unseen = _clean(node.text)
    if unseen:
        builder.hidden(unseen, "zero_width")
    for line in text.split("\n"):
        if body := line.strip():
            builder.paragraph(body, heading=node.heading, linked=node.linked)


def _write_note(builder: DocumentBuilder, node: Note, *, cell: GridPlace | None = None) -> None:
    if isinstance(node, HiddenNode):
        text = map_compatible(strip_invisible(node.text).text)
        builder.hidden(text, node.reason, cell=cell)
    elif isinstance(node, AsideNode):
        text = map_compatible(strip_invisible(node.text).text)
        builder.set_aside(text, node.reason, cell=cell)
    elif isinstance(node, PictureNode):
        builder.picture()
    else:
        builder.doubt(node.kind, node.message, quote=strip_invisible(node.quote).text)


def _write_table(builder: DocumentBuilder, table: TableNode) -> None:
    cells = sorted(table.cells, key=_PLACE)
    if _is_layout(cells):
        for cell in cells:
            write_flow(builder, cell.content)
        return
    raw: list[RawCell] = []
    nameless: list[str] = []
    for cell in cells:
        printed = _only_line(cell)
        if printed is None:
            printed = _cell_text(cell)
            for note in _notes(cell.content):
                _write_note(builder, note, cell=GridPlace(cell.row, cell.column))
        text, unseen = _clean(printed)
        if unseen:
            builder.hidden(unseen, "zero_width")
        # Where nothing was taken out there is no such glyph.
        if text != printed and has_private_use(printed) and (not text.strip() or _has_digit(text)):
            nameless.append(text.strip())
        raw.append(RawCell(text, cell.row, cell.column, cell.row_span, cell.column_span))
    if nameless:
        count = f" {len(nameless)} 个" if len(nameless) > 1 else "一个"
        told = "".join(f"“{text}”" for text in nameless[:_MOST_SHOWN])
        more = "等" if len(nameless) > _MOST_SHOWN else ""
        builder.doubt(
            "unreadable_cell",
            f"表格里有{count}单元格含无法识别的特殊字符，只读到{told}{more}，请对照原文件。",
            quote=nameless[0],
        )
    builder.table(raw, geometry="rows" if _lost_spans(cells) else "grid")


def _lost_spans(cells: Sequence[FlowCell]) -> bool:
    """Whether rows have different numbers of cells and none reaches over others.

    Then whoever wrote the table left out how far cells reach, and columns mean nothing.
    """
    if any(cell.row_span > 1 or cell.column_span > 1 for cell in cells):
        return False
    sizes = Counter(cell.row for cell in cells)
    ends: dict[int, int] = {}
    for cell in cells:
        ends[cell.row] = max(ends.get(cell.row, 0), cell.column + 1)
    return len(set(sizes.values())) > 1 and sizes == ends


def _is_layout(cells: Sequence[FlowCell]) -> bool:
    """Whether the table only arranges a page.

    Government content systems and pages pasted into Word wrap whole reports in tables. A table is
    layout when it has one cell, when the tables inside hold at least as many cells as it has
    filled cells itself, when it is one column of prose or of a few lines (a letterhead), or when
    most of its text is one long cell and hardly a cell holds a figure: a statutory table may carry
    a long remark.
    """
    if len(cells) == 1:
        return True
    inner = sum(_size(n) for c in cells for n in c.content if isinstance(n, TableNode))
    lengths = [_own_length(cell) for cell in cells]
    if inner and inner >= sum(1 for length in lengths if length):
        return True
    longest = max(lengths, default=0)
    one_column = all(cell.column == 0 for cell in cells)
    if one_column and (len(cells) <= _LETTERHEAD_ROWS or longest > _LONGEST_LABEL):
        return True
    figures = sum(1 for c in cells if (line := _only_line(c)) and line.isdecimal())
    return longest > _PROSE and longest * 2 > sum(lengths) and figures < _FIGURES


def _size(table: TableNode) -> int:
    """Cells of a table inside a cell; a table of one cell is only a frame around text."""
    inner = sum(_size(n) for c in table.cells for n in c.content if isinstance(n, TableNode))
    return inner if len(table.cells) == 1 else inner + len(table.cells)


def _own_length(cell: FlowCell) -> int:
    """Characters of a cell outside the tables in it, frames around text included."""
    total = 0
    for node in cell.content:
        if isinstance(node, TextNode):
            total += len(node.text.strip())
        elif isinstance(node, TableNode) and len(node.cells) == 1:
            total += _own_length(node.cells[0])
    return total


def _only_line(cell: FlowCell) -> str | None:
    """The text of a cell that holds one line or nothing, as nearly all do; else None."""
    if not cell.content:
        return ""
    node = cell.content[0]
    if len(cell.content) > 1 or not isinstance(node, TextNode) or "\n" in node.text:
        return None
    return node.text.strip()


def _cell_text(cell: FlowCell) -> str:
    lines: list[str] = []
    for node in cell.content:
        if isinstance(node, TextNode):
            lines.extend(part.strip() for part in node.text.split("\n"))
        elif isinstance(node, TableNode):
            lines.extend(_inner_rows(node))
    return "\n".join(line for line in lines if line)


def _inner_rows(table: TableNode) -> Iterator[str]:
    rows: dict[int, list[str]] = {}
    for cell in sorted(table.cells, key=_PLACE):
        rows.setdefault(cell.row, []).append(_cell_text(cell))
    return ("\t".join(texts).strip() for texts in rows.values())


def _notes(content: Sequence[Node]) -> Iterator[Note]:
    for node in content:
        if isinstance(node, TableNode):
            for cell in node.cells:
                yield from _notes(cell.content)
        elif not isinstance(node, TextNode):
            yield node


def _clean(text: str) -> tuple[str, str]:
    """The text as it is kept, and the characters in it that hide."""
    if text.isascii() and text.isprintable():  # figures: most cells of a report
        return text, ""
    stripped = strip_invisible(text)
    unseen = unseen_only(stripped.removed) if stripped.removed else ""
    return map_compatible(stripped.text), unseen


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)
