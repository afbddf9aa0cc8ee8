"""Parts of a table on consecutive pages to one table.

A row is never dropped except a heading row that is printed again, word for word. Where it is not
certain that two parts belong together they stay apart, and the caller says so.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from checker.readers.builder import RawCell
from checker.readers.pdf_cells import FieldCell, Fragment, merge_edges, nearest
from checker.readers.pdf_labels import belongs_together, has_own_number, is_label
from checker.readers.pdf_lines import is_wide, join_lines

# Writers shift the lines of a table by a point or two from page to page.
_OUTER_SHIFT = 8.0
_INNER_SHIFT = 5.0


class JoinedTable(NamedTuple):
    """A table over one or more pages.

    Attributes:
        uncertain: texts at a page break of which we cannot say to which row they belong.
    """

    cells: tuple[RawCell, ...]
    page: int
    uncertain: tuple[str, ...] = ()


def continues(upper: Fragment, lower: Fragment) -> bool:
    """Whether two parts that follow each other directly over a page break are one table."""
    if lower.page != upper.page + 1:
        return False
    left, right = abs(upper.xs[0] - lower.xs[0]), abs(upper.xs[-1] - lower.xs[-1])
    return left <= _OUTER_SHIFT and right <= _OUTER_SHIFT


def join_fragments(fragments: Sequence[Fragment]) -> JoinedTable:
    """One table from parts of which each continues the one before."""
    xs = _common_edges(fragments)
    table = _Growing(_placed(fragments[0], xs), fragments[0].rows)
    for fragment in fragments[1:]:
        table.append(_placed(fragment, xs), fragment.rows)
    ordered = sorted(table.cells, key=lambda c: (c.row, c.column))
    return JoinedTable(tuple(ordered), fragments[0].page, tuple(table.uncertain))


def _common_edges(fragments: Sequence[Fragment]) -> tuple[float, ...]:
    if len(fragments) == 1:
        return fragments[0].xs
    narrowest = min(b - a for f in fragments for a, b in pairwise(f.xs))
    tolerance = min(_INNER_SHIFT, 0.45 * narrowest)
    return merge_edges([x for f in fragments for x in f.xs], tolerance)


def _placed(fragment: Fragment, xs: Sequence[float]) -> list[RawCell]:
    def place(cell: FieldCell) -> RawCell:
        column = nearest(xs, fragment.xs[cell.column])
        end = nearest(xs, fragment.xs[cell.column + cell.column_span])
        return RawCell(
            cell.text, cell.row, column, cell.row_span, max(end - column, 1), fragment.page
        )

    return [place(cell) for cell in fragment.cells]


def _worded(text: str) -> bool:
    return any(is_wide(char) for char in text)


class _Growing:
    """A table to which the part on the next page is added."""

    def __init__(self, cells: list[RawCell], rows: int) -> None:
        self.cells = cells
        self.rows = rows
        self.uncertain: list[str] = []

    def append(self, lower: list[RawCell], rows: int) -> None:
        """Add the part of the next page below."""
        repeated = self._repeated_head(lower, rows)
        lower = [c._replace(row=c.row - repeated) for c in lower if c.row >= repeated]
        rows -= repeated
        if self._is_cut(lower):
            lower, rows = self._mend(lower), rows - 1
        lower = self._extend(lower)
        self.cells += [c._replace(row=c.row + self.rows) for c in lower]
        self.rows += rows

    def _repeated_head(self, lower: Sequence[RawCell], rows: int) -> int:
        """Number of leading rows that repeat the head of the table; figures never repeat."""

        def row(cells: Sequence[RawCell], number: int) -> list[tuple[str, int, int]]:
            return [(c.text, c.column, c.row_span) for c in cells if c.row == number]

        count = 0
        while count < min(rows - 1, self.rows):
            mine, theirs = row(self.cells, count), row(lower, count)
            if not theirs or mine != theirs or not all(_worded(t[0]) for t in theirs):
                break
            count += 1
        # A cell that reaches from the head into the body would be cut in two.
        while count and any(c.row < count < c.row + c.row_span for c in lower):
            count -= 1
        return count

    def _above(self, cell: RawCell) -> RawCell | None:
        """The cell that ends at the page break in exactly the same columns."""
        for mine in self.cells:
            if (
                mine.row + mine.row_span == self.rows
                and mine.column == cell.column
                and mine.column_span == cell.column_span
            ):
                return mine
        return None

    def _is_cut(self, lower: Sequence[RawCell]) -> bool:
        """Whether the page break goes through a row, so that its halves must be put together."""
        first = [c for c in lower if c.row == 0 and c.row_span == 1]
        pairs = [(self._above(c), c) for c in first]
        if not pairs:
            return False
        halves = [(a, c) for a, c in pairs if a is not None]
        if len(halves) < len(pairs):
            return False
        if any(a.text and c.text and not belongs_together(a.text, c.text) for a, c in halves):
            self._note_loose_text(halves)
            return False
        if all(not c.text for c in first):
            # Blank figures under a label of their own row cannot come here: the label has text.
            return True
        if any(a.text and c.text for a, c in halves):
            return True
        figures = [(a, c) for a, c in halves if not _worded(a.text)]
        labels = [(a, c) for a, c in halves if _worded(a.text)]
        return bool(labels) and bool(figures) and all(not a.text for a, _ in figures)

    def _note_loose_text(self, halves: Sequence[tuple[RawCell, RawCell]]) -> None:
        worded = [c.text for _, c in halves if _worded(c.text)]
        figures = [c.text for _, c in halves if c.text and not _worded(c.text)]
        loose = [t for t in worded if not has_own_number(t) and not is_label(t)]
        if loose and not figures:
            self.uncertain.extend(loose)

    def _mend(self, lower: Sequence[RawCell]) -> list[RawCell]:
        for cell in lower:
            above = self._above(cell) if cell.row == 0 and cell.row_span == 1 else None
            if above is not None and cell.text:
                self._replace(above, text=join_lines([above.text, cell.text]))
        return [
            c._replace(row=max(c.row - 1, 0), row_span=c.row_span - (c.row == 0))
            for c in lower
            if c.row > 0 or c.row_span > 1
        ]

    def _extend(self, lower: Sequence[RawCell]) -> list[RawCell]:
        """Let merged label cells reach over the page break."""
        kept: list[RawCell] = []
        labels = [c for c in lower if c.row == 0 and _worded(c.text)]
        for cell in lower:
            above = self._above(cell) if cell.row == 0 else None
            if above is not None and self._same_label(above, cell, labels):
                text = join_lines([above.text, cell.text])
                self._replace(above, text=text, row_span=above.row_span + cell.row_span)
            else:
                kept.append(cell)
        return kept

    @staticmethod
    def _same_label(above: RawCell, cell: RawCell, labels: Sequence[RawCell]) -> bool:
        tall = above.row_span > 1 or cell.row_span > 1
        if not cell.text:
            return _worded(above.text) and (tall or any(c.column > cell.column for c in labels))
        if not above.text:
            return above.row_span > 1 and _worded(cell.text)
        return belongs_together(above.text, cell.text)

    def _replace(self, cell: RawCell, *, text: str, row_span: int | None = None) -> None:
        new = cell._replace(text=text, row_span=row_span or cell.row_span)
        self.cells[self.cells.index(cell)] = new
