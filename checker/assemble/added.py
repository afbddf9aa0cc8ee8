"""Columns that were added beside those of the form, where only the order of cells is known.

A number in front of every label (序号) and a remark behind the figures (备注) have a head that says
so. They are taken away only where every line bears that out: the numbers count up by one, and a
line has just one cell more than its row has figures. Else the table stays as it is printed.
"""

from collections.abc import Sequence
from typing import NamedTuple

from checker.assemble.labels import LabelIndex, label_key
from checker.assemble.lines import Line
from checker.assemble.reading import is_value
from checker.domain.document import TableCell
from checker.rulebook.table_notes import load_table_notes


class PlainLines(NamedTuple):
    """Lines without the columns that were added, and the heads of the remarks among these."""

    lines: tuple[Line, ...]
    remarks: tuple[TableCell, ...]


class _NotBorneOutError(Exception):
    """A line does not have what the heads say."""


def without_added(lines: Sequence[Line], index: LabelIndex) -> PlainLines:
    """The lines of a table without numbers in front and remarks behind.

    Args:
        lines: of one statutory table.
        index: the labels of its form.
    """
    if any(line.table.geometry != "rows" for line in lines):
        return PlainLines(tuple(lines), ())
    try:
        return _Columns(index).without(lines)
    except _NotBorneOutError:
        return PlainLines(tuple(lines), ())


class _Columns:
    """What the heads above the lines say of columns that were added."""

    def __init__(self, index: LabelIndex) -> None:
        self._index = index
        self._numbered = self._remarked = False
        self._in_heads = False
        self._count = 0
        self._remarks: list[TableCell] = []

    def without(self, lines: Sequence[Line]) -> PlainLines:
        """Take the columns away from all lines.

        Raises:
            _NotBorneOutError: a line has no number, another one, or another number of figures.
        """
        kept: list[Line] = []
        remarked: list[int] = []
        more: list[bool] = []
        for line in lines:
            if not self._holds_figures(line):
                kept.append(line._replace(cells=self._heads(line.cells)))
                continue
            cells = self._behind_number(line.cells)
            if self._remarked:
                remarked.append(len(kept))
                more += self._one_more(cells)
            kept.append(line._replace(cells=cells))
        printed = 2 * sum(more) > len(more)
        if any(more) and not printed:
            raise _NotBorneOutError
        for at in remarked if printed else ():  # where all are empty, often none is printed
            kept[at] = kept[at]._replace(cells=kept[at].cells[:-1])
        return PlainLines(tuple(line for line in kept if line.cells), tuple(self._remarks))

    def _holds_figures(self, line: Line) -> bool:
        return any(c.text and is_value(c.text) for c in line.cells)

    def _heads(self, cells: tuple[TableCell, ...]) -> tuple[TableCell, ...]:
        if not self._in_heads:
            self._in_heads, self._numbered, self._remarked = True, False, False
        filled = [c for c in cells if c.text]
        words = load_table_notes()
        beside: list[TableCell] = []
        if len(filled) > 1 and label_key(filled[0].text).flat in words.numbers:
            self._numbered = True
            beside.append(filled[0])
        if len(filled) > 1 and label_key(filled[-1].text).flat in words.remarks:
            self._remarked = True
            beside.append(filled[-1])
            self._remarks.append(filled[-1])
        return tuple(c for c in cells if c not in beside)

    def _behind_number(self, cells: tuple[TableCell, ...]) -> tuple[TableCell, ...]:
        self._in_heads = False
        if not self._numbered:
            return cells
        if cells[0].text not in (str(self._count + 1), "1"):
            raise _NotBorneOutError
        self._count = int(cells[0].text)
        return cells[1:]

    def _one_more(self, cells: tuple[TableCell, ...]) -> list[bool]:
        """Whether a line has one cell more than figures are due; empty where it has others.

        A line without its remark is short of a figure, and nobody reads it, when it had none.
        """
        begin = self._first_figure(cells)
        counts = self._figures_due(cells[:begin])
        found = len(cells) - begin
        return [more for more in (False, True) if found - more in counts]

    def _first_figure(self, cells: tuple[TableCell, ...]) -> int:
        """Where the figures begin: behind the last label, a remark at the end being none."""
        for at in range(len(cells) - 2, -1, -1):
            if not is_value(cells[at].text):
                return at + 1
        return 0

    def _figures_due(self, labels: Sequence[TableCell]) -> set[int]:
        """How many figures the row of these labels may have."""
        spec = self._index.spec
        if spec.orientation == "across":
            block = spec.blocks[0]
            return {len(block.rows) * len(block.columns)}
        match = self._index.find(labels[-1].text, "row") if labels else None
        own = spec.block_of(match.id) if match else None
        return {len(b.columns) for b in ((own,) if own else spec.blocks)}
