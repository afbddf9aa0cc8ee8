"""Reads statutory tables of which only the order of cells is known (text exports).

A label is followed by as many values as its block has columns. A row with another number of
values is not guessed at: its cells are unreadable, with a doubt.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from checker.assemble.column_order import value_order
from checker.assemble.labels import LabelMatch
from checker.assemble.lines import Line
from checker.assemble.reading import PrintedValue, TableReading, is_value, shortened
from checker.domain.document import TableCell
from checker.domain.finding import Doubt

_ALL = "total"  # where the only figure of a group belongs
_FEW = 2  # rows that may be torn in a table of which the others are still trusted
_MOST_TORN = 3  # one row in so many, and no more, may be unread where the others are trusted
JOIN = 3  # a label may be broken over that many cells: 本年新 | 制作数量


class Token(NamedTuple):
    """A cell in reading order; ``ends_line`` where a printed row is known to end."""

    cell: TableCell
    ends_line: bool


@dataclass
class _Row:
    """The row that is being read.

    Attributes:
        loose: figures without a row that stand directly before or behind it.
    """

    kind: str
    id: str
    label: TableCell
    values: list[TableCell] = field(default_factory=list)
    loose: list[TableCell] = field(default_factory=list)


def tokens(lines: Sequence[Line]) -> list[Token]:
    """The cells of all lines in reading order; of a label in several cells in a row the first.

    Whoever writes out merged cells repeats their label in every one of them.
    """
    out: list[Token] = []
    for line in lines:
        for cell in line.cells:
            if not out or cell.text != out[-1].cell.text or is_value(cell.text):
                out.append(Token(cell, ends_line=False))
        if out and line.table.geometry == "rows":
            out[-1] = out[-1]._replace(ends_line=True)
    return out


class SequenceReader:
    """Walks over the cells of a table in reading order.

    Args:
        reading: receives what is read.
    """

    def __init__(self, reading: TableReading) -> None:
        self._reading = reading
        self._columns: list[str] = []
        self._group_at: int | None = None
        self._orders: dict[
            tuple[tuple[str, ...], tuple[str, ...], int | None], tuple[str, ...] | None
        ] = {}
        self._in_header = False
        self._row: _Row | None = None
        self._before: _Row | None = None
        self._loose: list[TableCell] = []
        self._beside: list[TableCell] = []
        self._in_heads: list[TableCell] = []
        self._guessed: list[_Row] = []
        self._torn: list[_Row] = []
        self._rows: list[_Row] = []

    def read(self, items: Sequence[Token]) -> None:
        """Read tables 二 or 三."""
        i = 0
        while i < len(items):
            i += self._step(items, i)
        self._finish()
        self._finish_guessed()
        self._finish_torn()
        self._finish_loose()

    def _step(self, items: Sequence[Token], i: int) -> int:
        """Take one label or value; returns how many cells it was made of."""
        cell = items[i].cell
        if not cell.text or is_value(cell.text):
            self._value(cell)
            used = 1
        else:
            used = self._label(items, i)
        row = self._row
        if items[i + used - 1].ends_line and row is not None and self._complete(row):
            self._finish()
        return used

    def _complete(self, row: _Row) -> bool:
        filled = any(v.text for v in row.values)
        return filled and len(row.values) >= len(self._expected(row))

    def _value(self, cell: TableCell) -> None:
        if self._row is not None:
            self._row.values.append(cell)
        elif cell.text and self._in_header:
            self._in_heads.append(cell)
        elif cell.text:
            self._loose.append(cell)
            self._beside.append(cell)
            if self._before is not None:
                self._before.loose.append(cell)
                self._torn.append(self._before)

    def _label(self, items: Sequence[Token], i: int) -> int:
        """Act on a label; tries the cell alone first, then joined with the next ones."""
        cell, text = items[i].cell, ""
        for used, item in enumerate(items[i : i + JOIN], start=1):
            if item.cell.text and is_value(item.cell.text):
                break
            text += item.cell.text
            match = self._match(text)
            if match is not None:
                count = used
                if match.kind == "column":
                    count = self._head_size(items[i : i + JOIN], used, match)
                whole = "".join(taken.cell.text for taken in items[i : i + count])
                self._known(match, cell if count == 1 else replace(cell, text=whole))
                return count
        self._unknown(cell, items[i + 1 : i + 2])
        return 1

    def _head_size(self, items: Sequence[Token], used: int, match: LabelMatch) -> int:
        """How many cells a column head takes with its unit, which may stand on its own line."""
        text = "".join(item.cell.text for item in items[:used])
        for count, item in enumerate(items[used:], start=used):
            more = item.cell.text
            if not more or is_value(more) or self._match(more) is not None:
                return count
            text += more
            whole = self._reading.index.find(text, "column")
            if whole is None or whole.id != match.id:
                return count
        return len(items)

    def _match(self, text: str) -> LabelMatch | None:
        find = self._reading.index.find
        fixed = find(text, "heading", "corner")
        if fixed is not None:
            return fixed
        if self._in_header:
            return find(text, "column") or find(text, "row", "group")
        return find(text, "row") or find(text, "group") or find(text, "column")

    def _known(self, match: LabelMatch, cell: TableCell) -> None:
        if match.kind in ("heading", "corner"):
            self._finish()
            if match.kind == "heading":
                self._reading.headings.append(match.id)
            self._open_header()
        elif match.kind == "column":
            self._finish()
            self._open_header()
            name = self._reading.column_head(cell)
            if name not in self._columns:
                self._columns.append(name)
        else:
            column_group = self._in_header and any(
                c.group == match.id for c in self._reading.spec.columns
            )
            if not column_group:
                self._start(match.kind, match.id, cell)
            elif self._group_at is None:
                self._group_at = len(self._columns)

    def _open_header(self) -> None:
        """Begin new column heads, unless some were read directly before."""
        if not self._in_header:
            self._columns, self._group_at, self._in_header = [], None, True
            self._before, self._beside = None, []

    def _close_header(self) -> None:
        """End the column heads; a figure among them is none of theirs, a number for each may be."""
        if len(self._in_heads) < len(self._columns):
            self._loose += self._in_heads
            self._beside += self._in_heads
        self._in_heads, self._in_header = [], False

    def _start(self, kind: str, label_id: str, cell: TableCell) -> None:
        self._finish()
        self._close_header()
        if kind == "row":
            label_id = self._reading.row_head(cell) or label_id
        else:
            self._reading.add_heading_figure(cell)
        self._row = _Row(kind, label_id, cell)

    def _unknown(self, cell: TableCell, following: Sequence[Token]) -> None:
        """A text that is no label of the form: a row when figures follow, else a column head."""
        followed = (
            bool(following) and bool(following[0].cell.text) and is_value(following[0].cell.text)
        )
        if self._in_header and not followed:
            self._columns.append(self._reading.column_head(cell))
            return
        if followed:
            self._finish()
        index, used = self._reading.index, self._reading.row_order
        near = index.near if followed else index.alike
        found = near(cell.text, "row", used)
        if found is not None:
            self._start("row", found, cell)
        elif followed:
            self._close_header()
            self._row = _Row("extra", "", cell)

    def _expected(self, row: _Row) -> tuple[str, ...]:
        """The columns of a row, left to right; as many as heads where their order is unknown."""
        return self._ordered(row) or tuple(self._columns)

    def _ordered(self, row: _Row) -> tuple[str, ...] | None:
        """The columns of a row, left to right; None where the heads leave their order open."""
        block = self._reading.spec.block_of(row.id) or next(
            (b for b in self._reading.spec.blocks if set(self._columns) <= set(b.columns)),
            self._reading.spec.blocks[0],
        )
        if not self._columns:
            return block.columns
        asked = (block.columns, tuple(self._columns), self._group_at)
        if asked not in self._orders:  # the rows below one head have one order
            found = value_order(self._columns, self._group_at, block, self._reading.spec)
            self._orders[asked] = found
        return self._orders[asked]

    def _finish(self) -> None:
        row, self._row = self._row, None
        if row is None:
            return
        self._note_beside(row)
        columns = self._expected(row)
        values = fit_values(row.values, len(columns))
        if row.kind == "group" and values is None and len(row.values) == 1:
            columns, values = (_ALL,), row.values
        if row.kind == "group" and (values is None or not any(v.text for v in values)):
            return
        if values is None or self._ordered(row) is None:
            if row.kind == "row":
                self._reading.unreadable_row(row.id, row.label, columns, row.values)
            else:
                self._loose.extend(v for v in row.values if v.text)
            return
        printed = [PrintedValue(c, v) for c, v in zip(columns, values, strict=True)]
        if row.kind == "row":
            if not self._all_heads(row):
                self._guessed.append(row)
            self._reading.add_row(row.id, row.label, printed)
        elif row.kind == "group":
            self._reading.add_subtotal(row.id, row.label, printed)
            if len(printed) > 1:
                self._reading.unnamed[row.id] = printed
        else:
            self._reading.add_extra_row(row.label, printed)

    def _note_beside(self, row: _Row) -> None:
        """Figures without a row beside this one: a number may be broken there."""
        self._before = row
        self._rows.append(row)
        if self._beside:
            row.loose += self._beside
            self._torn.append(row)
            self._beside = []

    def _all_heads(self, row: _Row) -> bool:
        """Whether the heads above a row are all that the form has, or none were printed."""
        block = self._reading.spec.block_of(row.id)
        return block is None or not self._columns or set(block.columns) <= set(self._columns)

    def _finish_guessed(self) -> None:
        """Rows below incomplete heads, in a table of which other figures are not understood.

        Then the heads are more likely torn apart than left out, and nobody knows the columns.
        """
        if self._reading.unreadable or self._loose:
            for row in self._guessed:
                self._reading.doubt_columns(row.id, row.label, row.values)

    def _finish_torn(self) -> None:
        """Rows beside loose figures; no row is trusted in a table that has many of them."""
        for row in self._torn:
            self._doubt(row)
        unread = len({u.row for u in self._reading.unreadable})
        torn = len({row.id for row in self._torn})
        if unread > _FEW and (torn > _FEW or _MOST_TORN * unread > len(self._reading.row_order)):
            for row in self._rows:
                self._doubt(row)
            self._reading.subtotals.clear()
            self._reading.unnamed.clear()

    def _doubt(self, row: _Row) -> None:
        """Take back what was read of a row, unless it was not read as this one."""
        reading = self._reading
        told = any(u.row == row.id for u in reading.unreadable)
        if row.kind == "row" and row.id in reading.row_order and not told:
            found = sorted((*row.values, *row.loose), key=lambda c: c.locator.start)
            reading.doubt_columns(row.id, row.label, found)

    def _finish_loose(self) -> None:
        """Figures that no label claims are never lost in silence."""
        if not self._loose:
            return
        printed = " ".join(c.text for c in self._loose)
        self._reading.doubts.append(
            Doubt(
                kind="unassigned_numbers",
                message=f"表{self._reading.spec.ordinal}里有数字找不到所属的行：{shortened(printed)}。"
                "请对照原件，或换用 Word 文件再检查。",
                quote=printed,
                locator=self._loose[0].locator,
            )
        )


def fit_values(values: Sequence[TableCell], n: int) -> list[TableCell] | None:
    """Exactly n values, or None when it cannot be told which they are.

    Surplus empty cells behind or before the figures come from spanned cells.
    """
    if len(values) == n:
        return list(values)
    if len(values) > n:
        if all(not v.text for v in values[n:]):
            return list(values[:n])
        filled = [v for v in values if v.text]
        if len(filled) == n:
            return filled
    return None
