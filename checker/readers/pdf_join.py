"""Parts of a table on consecutive pages to one table.

A row is never dropped except a heading row that is printed again, word for word. Where it is not
certain that two parts belong together they stay apart, and the caller says so.
"""

from collections import Counter
from collections.abc import Container, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, Protocol

from checker.domain.report import TableId
from checker.readers.builder import RawCell
from checker.readers.pdf_cells import UNREADABLE, FieldCell, Fragment
from checker.readers.pdf_grid import merge_edges, nearest
from checker.readers.pdf_labels import (
    goes_on,
    has_own_number,
    is_label,
    row_belongs_together,
)
from checker.readers.pdf_lines import is_wide, join_lines
from checker.readers.plain_labels import key, known

Relation = Literal["one", "apart", "unsure"]

# Writers shift the lines of a table by a point or two from page to page.
_OUTER_SHIFT = 8.0
_INNER_SHIFT = 5.0
# A shorter text is no long one of which the end is missing.
_SHORT = 8


class JoinedTable(NamedTuple):
    """A table over one or more pages.

    Attributes:
        uncertain: texts at a page break of which we cannot say to which row they belong.
        open: labels of rows behind a page break with cells that may be the rest of those above.
    """

    cells: tuple[RawCell, ...]
    page: int
    uncertain: tuple[str, ...] = ()
    open: tuple[str, ...] = ()


def relation(upper: Fragment, lower: Fragment) -> Relation:
    """What two parts are to each other that follow each other with nothing between them.

    Labels tell first: parts of two statutory tables are never one, parts of one are, unless a row
    occurs in both that is not of a head printed again. Without labels the ruling lines tell: all
    those of the part that has fewer must continue.
    """
    if lower.page != upper.page + 1:
        return "apart"
    above, below = _labels_of(upper.cells), _labels_of(lower.cells)
    if above.table and below.table:
        if above.table != below.table or (above.rows & below.rows and not _repeats(upper, lower)):
            return "apart"
        if _same_width(upper, lower) or len(upper.xs) == len(lower.xs):
            return "one"
        return "unsure"
    if _same_width(upper, lower):
        return "one" if _lines_continue(upper, lower) else "unsure"
    return "unsure" if above.table and not below.worded else "apart"


def may_continue(upper: Fragment, lower: Fragment) -> bool:
    """Whether by its place and width a part may continue another, whatever its labels say."""
    return lower.page == upper.page + 1 and _same_width(upper, lower)


def _repeats(upper: Fragment, lower: Fragment) -> bool:
    """Whether parts have the rows of one head in common and no other rows.

    A row of figures below either head makes two tables, unless the figures are halves.
    """
    head = _repeated_rows(upper.cells, lower.cells, min(upper.rows, lower.rows - 1))
    rest = [c for c in lower.cells if c.row >= head]
    above, below = _labels_of(upper.cells), _labels_of(rest)
    if not head or above.rows & below.rows:
        return False
    last = [c for c in upper.cells if c.row + c.row_span == upper.rows and c.row >= head]
    figures = {c.column for c in rest if c.row == head and c.text}
    filled = sum(bool(c.text) for c in last)
    return below.worded or filled > len(figures) or not filled or figures <= upper.full


class _Labels(NamedTuple):
    """Official labels of a part: the table whose they are, its rows; whether there are words."""

    table: TableId | None
    rows: frozenset[str]
    worded: bool


def _labels_of(cells: Sequence[FieldCell]) -> _Labels:
    tables: Counter[TableId] = Counter()
    rows: set[str] = set()
    for cell in cells:
        found = known(cell.text) if _worded(cell.text) else None
        if found is not None and len(found.tables) == 1:
            tables.update(found.tables)
            if "row" in found.kinds and "column" not in found.kinds:
                rows.add(key(cell.text))
    table = tables.most_common(1)[0][0] if tables else None
    return _Labels(table, frozenset(rows), any(_worded(c.text) for c in cells))


def _same_width(upper: Fragment, lower: Fragment) -> bool:
    left, right = abs(upper.xs[0] - lower.xs[0]), abs(upper.xs[-1] - lower.xs[-1])
    return left <= _OUTER_SHIFT and right <= _OUTER_SHIFT


def _lines_continue(upper: Fragment, lower: Fragment) -> bool:
    """Whether the vertical lines of the part that has fewer are also in the other."""
    few, many = sorted((upper.xs, lower.xs), key=len)
    return all(min(abs(x - other) for other in many) <= _OUTER_SHIFT for x in few)


def join_fragments(fragments: Sequence[Fragment]) -> JoinedTable:
    """One table from parts of which each continues the one before."""
    aligned = [fragments[0]]
    for fragment in fragments[1:]:
        wide = _same_width(aligned[-1], fragment)
        aligned.append(fragment if wide else fragment._replace(xs=aligned[-1].xs))
    xs = _common_edges(aligned)
    table = _Growing(_placed(aligned[0], xs), aligned[0].rows)
    for before, fragment in pairwise(aligned):
        full = {nearest(xs, before.xs[column]) for column in before.full}
        table.append(_placed(fragment, xs), fragment.rows, full)
    ordered = sorted(table.cells, key=lambda c: (c.row, c.column))
    return JoinedTable(tuple(ordered), fragments[0].page, tuple(table.uncertain), tuple(table.open))


def _common_edges(fragments: Sequence[Fragment]) -> tuple[float, ...]:
    if len(fragments) == 1:
        return fragments[0].xs
    narrowest = min(b - a for f in fragments for a, b in pairwise(f.xs))
    tolerance = min(_INNER_SHIFT, 0.45 * narrowest)
    return merge_edges([x for f in fragments for x in f.xs], tolerance)


def _placed(fragment: Fragment, xs: Sequence[float]) -> list[RawCell]:
    column_of = [nearest(xs, x) for x in fragment.xs]

    def place(cell: FieldCell) -> RawCell:
        column, end = column_of[cell.column], column_of[cell.column + cell.column_span]
        return RawCell(
            cell.text, cell.row, column, cell.row_span, max(end - column, 1), fragment.page
        )

    return [place(cell) for cell in fragment.cells]


def _worded(text: str) -> bool:
    return any(is_wide(char) for char in text)


def _joined(upper: str, lower: str, *, full: bool) -> str:
    """The halves of a cell; ``full`` if the column breaks the figure of the upper half."""
    if not upper or not lower or _worded(upper + lower):
        return join_lines([upper, lower])
    if full and UNREADABLE not in upper + lower:
        return upper + lower
    return f"{UNREADABLE}{upper.removeprefix(UNREADABLE)}\n{lower.removeprefix(UNREADABLE)}"


def _continue_figures(halves: Sequence[tuple[RawCell, RawCell]], full: Container[int]) -> bool:
    """Whether figures that wrap go on behind the page break: they have no label of their own.

    A row of figures without any label is one of its own only if it has as many as the one above
    and not all of those fill their columns. Figures below nothing but words stand below the heads
    of their columns.
    """
    lower = [c.text for _, c in halves if c.text]
    upper = [a.text for a, _ in halves if a.text]
    wrapped = any(a.text and c.text and not _worded(a.text) for a, c in halves)
    if not wrapped or any(map(_worded, lower)):
        return False
    fewer = any(map(_worded, upper)) or len(lower) < len(upper)
    return fewer or all(a.column in full for a, c in halves if c.text)


class _Printed(Protocol):
    """A cell with its row."""

    @property
    def text(self) -> str:
        """What is printed."""

    @property
    def row(self) -> int:
        """First row."""

    @property
    def row_span(self) -> int:
        """Number of rows."""


def _repeated_rows(above: Sequence[_Printed], below: Sequence[_Printed], most: int) -> int:
    """Number of rows at the top of a part that repeat the top of another, word for word.

    The corner may be blank. A cell may have had no room for the end of its text. Figures repeat
    only beside a label, below a head that does.
    """
    count = 0
    while count < most:
        mine = [(c.text, c.row_span) for c in above if c.row == count]
        theirs = [(c.text, c.row_span) for c in below if c.row == count]
        if not _repeat(mine, theirs) or not any(_worded(text) for text, _ in theirs):
            break
        if not count and any(text and not _worded(text) for text, _ in theirs):
            break
        count += 1
    # A cell that reaches from the head into the body would be cut in two.
    while count and any(c.row < count < c.row + c.row_span for c in below):
        count -= 1
    return count


def _repeat(row: Sequence[tuple[str, int]], other: Sequence[tuple[str, int]]) -> bool:
    """Whether the cells of a row are those of another one, long texts perhaps cut short."""
    return len(row) == len(other) and all(
        span == other_span
        and (text == part or (len(part) > _SHORT and _worded(part) and text.startswith(part)))
        for (text, span), (part, other_span) in zip(row, other, strict=True)
    )


class _Growing:
    """A table to which the part on the next page is added."""

    def __init__(self, cells: list[RawCell], rows: int) -> None:
        self.cells = cells
        self.rows = rows
        self.uncertain: list[str] = []
        self.open: list[str] = []

    def append(self, lower: list[RawCell], rows: int, full: Container[int] = ()) -> None:
        """Add the part of the next page below.

        Args:
            lower: its cells.
            rows: how many it has.
            full: columns in which a figure of the last row may go on.
        """
        repeated = _repeated_rows(self.cells, lower, min(self.rows, rows - 1))
        lower = [c._replace(row=c.row - repeated) for c in lower if c.row >= repeated]
        rows -= repeated
        reaching = {c.column for c in lower if c.row == 0}
        halves = self._halves(lower)
        if self._is_cut(halves, full):
            reaching = {c.column for c in lower if c.row == 0 and c.row_span > 1}
            lower, rows = self._mend(lower, full), rows - 1
        else:
            lower = self._doubt_blanks(self._doubt_loose_row(halves, lower))
        lower = self._extend(lower, reaching)
        self.cells += [c._replace(row=c.row + self.rows) for c in lower]
        self.rows += rows

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

    def _halves(self, lower: Sequence[RawCell]) -> list[tuple[RawCell, RawCell]]:
        """The cells of the first row below with those above them, if every one has one."""
        first = [c for c in lower if c.row == 0 and c.row_span == 1]
        halves = [(a, c) for c in first if (a := self._above(c)) is not None]
        return halves if len(halves) == len(first) else []

    @staticmethod
    def _is_cut(halves: Sequence[tuple[RawCell, RawCell]], full: Container[int]) -> bool:
        """Whether the page break goes through a row, so that its halves must be put together."""
        if not halves:
            return False
        if _continue_figures(halves, full):
            return True
        figures = [(a, c) for a, c in halves if not _worded(a.text + c.text)]
        texts = [(a.text, c.text) for a, c in halves if _worded(a.text + c.text)]
        both = [(upper, lower) for upper, lower in texts if upper and lower]
        blank = bool(figures) and all(not c.text or a.column in full for a, c in figures)
        if not row_belongs_together(both) and not all(goes_on(*b, blank=blank) for b in both):
            return False
        # Blank figures under a label of their own row cannot come here: the label has text.
        if both or not any(c.text for _, c in halves):
            return True
        rest = [a.text for a, _ in halves if not _worded(a.text)]
        return 0 < len(rest) < len(halves) and not any(rest)

    def _doubt_loose_row(
        self, halves: Sequence[tuple[RawCell, RawCell]], lower: list[RawCell]
    ) -> list[RawCell]:
        """Say that a text without figures may be the rest of a row; then they are not blank."""
        worded = [c.text for _, c in halves if _worded(c.text)]
        figures = [c for a, c in halves if not _worded(a.text + c.text)]
        loose = [t for t in worded if not has_own_number(t) and not is_label(t)]
        if not loose or any(c.text for c in figures):
            return lower
        self.uncertain.extend(loose)
        return [c._replace(text=UNREADABLE) if c in figures else c for c in lower]

    def _doubt_blanks(self, lower: list[RawCell]) -> list[RawCell]:
        """Say that single blanks below figures may be the rest of cells over two rows.

        The page break draws a line through such a cell, and its figure stands in the upper half.
        Rows that are mostly blank have been left so.
        """
        first = [c for c in lower if c.row == 0 and c.row_span == 1]
        labels = [c.text for c in first if _worded(c.text)]
        figures = [c for c in first if not _worded(c.text)]
        blank = [c for c in figures if not c.text]
        below = [c for c in blank if (a := self._above(c)) and a.text and not _worded(a.text)]
        if not below or not labels or 2 * len(blank) > len(figures):
            return lower
        self.open.append(labels[-1])
        return [c._replace(text=UNREADABLE) if c in below else c for c in lower]

    def _mend(self, lower: Sequence[RawCell], full: Container[int]) -> list[RawCell]:
        """Put the halves of a row together, figures only if their columns break all of them."""
        halves = [(a, c) for a, c in self._halves(lower) if a.text and not _worded(a.text + c.text)]
        whole = all(c.column in full for _, c in halves if c.text)
        for cell in lower:
            above = self._above(cell) if cell.row == 0 and cell.row_span == 1 else None
            if above is not None and cell.text:
                text = _joined(above.text, cell.text, full=whole)
                self._replace(above, text=text)
        return [
            c._replace(row=max(c.row - 1, 0), row_span=c.row_span - (c.row == 0))
            for c in lower
            if c.row > 0 or c.row_span > 1
        ]

    def _extend(self, lower: Sequence[RawCell], reaching: Container[int]) -> list[RawCell]:
        """Let merged label cells reach over the page break; ``reaching`` are their columns."""
        kept: list[RawCell] = []
        labels = [c for c in lower if c.row == 0 and _worded(c.text)]
        pairs = [(self._above(c), c) for c in labels]
        cut = row_belongs_together([(a.text, c.text) for a, c in pairs if a is not None and a.text])
        for cell in lower:
            above = self._above(cell) if cell.row == 0 and cell.column in reaching else None
            whole = cut and above is not None and bool(above.text) and cell in labels
            if above is not None and (whole or self._same_label(above, cell, labels)):
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
        return goes_on(above.text, cell.text)

    def _replace(self, cell: RawCell, *, text: str, row_span: int | None = None) -> None:
        new = cell._replace(text=text, row_span=row_span or cell.row_span)
        self.cells[self.cells.index(cell)] = new
