"""Fields between ruling lines, and which of them every character of a page stands in.

A character is in the cell around its middle. What that makes doubtful is marked: figures that run
over a line, texts that are wider than their column.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from checker.readers.pdf_shapes import Box, CellReading, Glyph, RuledTable
from checker.readers.plain_labels import is_fragment

# Ruling lines closer than this are one line drawn twice.
_SAME_LINE = 2.0
# Digits of one number have no gap between them; what is spread stands elsewhere in its next cell.
_LOOSE, _ALIKE = 0.04, 0.1
# A column of so few characters may be too narrow; one that is so far over its border is.
_NARROW, _OVER = 3.0, 0.2


class Span(NamedTuple):
    """Fields of a grid: first row and column, and how many of each."""

    row: int
    column: int
    rows: int
    columns: int

    def ends_above(self, row: int, start: int, end: int) -> bool:
        """Whether it ends above a row in exactly these columns."""
        return self.row + self.rows == row and (start, end) == (
            self.column,
            self.column + self.columns,
        )


class Grid:
    """Ruling lines of one table and the cell that owns every field between them."""

    def __init__(self, cells: Sequence[CellReading]) -> None:
        across = [v for c in cells for v in (c.box.x0, c.box.x1)]
        down = [v for c in cells for v in (c.box.top, c.box.bottom)]
        self.xs = merge_edges(across, _SAME_LINE)
        self.ys = merge_edges(down, _SAME_LINE)
        # Many cells end at one line: each is looked for once.
        x_at = {v: nearest(self.xs, v) for v in set(across)}
        y_at = {v: nearest(self.ys, v) for v in set(down)}
        self.owner: dict[tuple[int, int], int] = {}
        self.spans: list[Span] = []
        for cell in cells:
            left, right = x_at[cell.box.x0], x_at[cell.box.x1]
            top, bottom = y_at[cell.box.top], y_at[cell.box.bottom]
            self.spans.append(Span(top, left, bottom - top, right - left))
        # Where a ruling line is missing the finder makes a cell that covers others.
        for number in sorted(range(len(cells)), key=self._fields):
            top, left, rows, columns = self.spans[number]
            for row in range(top, top + rows):
                for column in range(left, left + columns):
                    self.owner.setdefault((row, column), number)
        claimed = sum(map(self._fields, range(len(cells))))
        self._covers = claimed > len(self.owner)

    def _fields(self, number: int) -> int:
        return self.spans[number].rows * self.spans[number].columns

    def covers_others(self, number: int) -> bool:
        """Whether fields of a cell belong to smaller ones."""
        if not self._covers:
            return False
        top, left, rows, columns = self.spans[number]
        fields = [(r, c) for r in range(top, top + rows) for c in range(left, left + columns)]
        return any(self.owner[field] != number for field in fields)

    def rest(self, number: int) -> list[Span]:
        """The rectangles that smaller cells leave of a cell, from top to bottom."""
        top, left, rows, columns = self.spans[number]
        found: list[Span] = []
        for row in range(top, top + rows):
            own = [c for c in range(left, left + columns) if self.owner[row, c] == number]
            for start, end in _runs(own):
                place = next(
                    (n for n, s in enumerate(found) if s.ends_above(row, start, end)), None
                )
                if place is None:
                    found.append(Span(row, start, 1, end - start))
                else:
                    found[place] = found[place]._replace(rows=found[place].rows + 1)
        return found

    def box(self, span: Span) -> Box:
        """Where fields stand on the page."""
        return Box(
            self.xs[span.column],
            self.ys[span.row],
            self.xs[span.column + span.columns],
            self.ys[span.row + span.rows],
        )

    def cell_at(self, x: float, y: float) -> int | None:
        """The cell around a point."""
        return self.owner.get((bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1))


def _runs(columns: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Beginnings and ends of columns that follow each other."""
    for index, column in enumerate(columns):
        if index == 0 or columns[index - 1] != column - 1:
            start = column
        if index + 1 == len(columns) or columns[index + 1] != column + 1:
            yield start, column + 1


def merge_edges(values: Sequence[float], tolerance: float) -> tuple[float, ...]:
    """Positions of lines, those close together taken as one."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][0] <= tolerance:
            groups[-1].append(value)
        else:
            groups.append([value])
    return tuple(sum(g) / len(g) for g in groups)


def nearest(edges: Sequence[float], value: float) -> int:
    """Index of the closest edge."""
    after = bisect_right(edges, value)
    if after == 0:
        return 0
    if after == len(edges) or value - edges[after - 1] <= edges[after] - value:
        return after - 1
    return after


class Sorted(NamedTuple):
    """Characters of a table by cell.

    Attributes:
        spilled: cells with a figure over their border.
        onward: cells whose text the file goes on with in the cell below, with that one.
    """

    inside: list[list[Glyph]]
    strays: list[Glyph]
    spilled: set[int]
    onward: set[tuple[int, int]]


def sort_glyphs(glyphs: Sequence[Glyph], grid: Grid, table: RuledTable) -> Sorted:
    """Put the characters of a page into the cells of a table.

    Args:
        glyphs: of the page, in the order of the file.
        grid: the fields of the table.
        table: its cells.
    """
    found = Sorted([[] for _ in table.cells], [], set(), set())
    crossing: list[_Crossing] = []
    x0, top, x1, bottom = table.box
    before: Glyph | None = None
    last: int | None = None
    for glyph in glyphs:
        if not (x0 <= glyph.cx <= x1 and top <= glyph.cy <= bottom):
            before = None
            continue
        number = grid.cell_at(glyph.cx, glyph.cy)
        if number is None:
            found.strays.append(glyph)
        else:
            found.inside[number].append(glyph)
            if glyph.char.isdigit() and _is_over(table.cells[number].box.x0 - glyph.x0, glyph):
                found.spilled.add(number)
        if last != number and before is not None:
            if _one_figure(before, glyph):
                crossing.append(_Crossing(last, before, number, glyph))
            if last is not None and number is not None and _is_below(table.cells[last].box, glyph):
                found.onward.add((last, number))
        before, last = glyph, number
    for pair in crossing:
        if not _are_two(pair, found.inside, table.cells):
            found.spilled.update(n for n in (pair.cell, pair.other) if n is not None)
    return found


class _Crossing(NamedTuple):
    """Digits that follow each other on both sides of a ruling line, each with its cell."""

    cell: int | None
    digit: Glyph
    other: int | None
    next: Glyph


def _are_two(
    pair: _Crossing, inside: Sequence[Sequence[Glyph]], cells: Sequence[CellReading]
) -> bool:
    """Whether digits are of two figures: apart, and each in the same place of its cell."""
    a, b = pair.digit, pair.next
    if pair.cell is None or pair.other is None or b.x0 - a.x1 <= _LOOSE * (a.bottom - a.top):
        return False
    left, middle, right = [], [], []
    for number, digit in ((pair.cell, a), (pair.other, b)):
        box, size = cells[number].box, digit.bottom - digit.top
        line = [g for g in inside[number] if abs(g.cy - digit.cy) < 0.2 * size]
        x0, x1 = min(g.x0 for g in line), max(g.x1 for g in line)
        left.append((x0 - box.x0) / size)
        right.append((box.x1 - x1) / size)
        middle.append((x0 + x1 - box.x0 - box.x1) / 2 / size)
    return any(max(places) - min(places) < _ALIKE for places in (left, middle, right))


def _is_below(box: Box, glyph: Glyph) -> bool:
    """Whether a character stands within a line's height straight below a box."""
    return box.x0 <= glyph.cx <= box.x1 and 0 < glyph.cy - box.bottom < glyph.bottom - glyph.top


def _one_figure(a: Glyph, b: Glyph) -> bool:
    """Whether two characters that follow each other in the file are digits of one number."""
    if not (a.char.isdigit() and b.char.isdigit()) or b.order - a.order != 1:
        return False
    size = a.bottom - a.top
    return abs(a.cy - b.cy) < 0.2 * size and -0.2 * size < b.x0 - a.x1 < 0.2 * size


def crowded_texts(cells: Sequence[tuple[str, Sequence[Glyph], Box]]) -> tuple[str, ...]:
    """Texts of which characters stand far over an upright border of their cell.

    Those over the left border may belong to the cell before, if it is not one text only. A text
    that runs over the right one is where it should be as long as nothing of another is in it.

    Args:
        cells: text, characters and place of each.
    """
    left: list[str] = []
    right: list[str] = []
    for text, glyphs, box in cells:
        if not glyphs or box.x1 - box.x0 > _NARROW * (glyphs[0].bottom - glyphs[0].top):
            continue
        words = [g for g in glyphs if "一" <= g.char <= "\u9fff" and not g.sideways]
        if any(_is_over(box.x0 - g.x0, g) for g in words):
            left.append(text)
        elif any(_is_over(g.x1 - box.x1, g) for g in words) and not is_fragment(text):
            right.append(text)
    return (*left, *right) if right or len(left) > 1 else ()


def _is_over(distance: float, glyph: Glyph) -> bool:
    return distance > max(_OVER * (glyph.x1 - glyph.x0), _SAME_LINE)
