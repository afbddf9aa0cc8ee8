"""Ruled cells to a grid with text; compares the two extractions of every cell.

Figures on which the extractions differ are never decided: the cell says that it is unreadable.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from checker.readers.characters import map_compatible
from checker.readers.pdf_labels import is_label
from checker.readers.pdf_lines import group_lines, is_wide, join_lines, spell
from checker.readers.pdf_shapes import Box, CellReading, Glyph, PageContent, RuledTable
from checker.readers.pdf_wrapped import Lines, may_go_on, whole_figures
from checker.readers.plain_labels import is_fragment

# Ruling lines closer than this are one line drawn twice.
_SAME_LINE = 2.0
# Digits of one number have no gap between them; what is spread stands elsewhere in its next cell.
_LOOSE, _ALIKE = 0.04, 0.1
# A column of so few characters may be too narrow; one that is so far over its border is.
_NARROW, _OVER = 3.0, 0.2
_DIGITS = re.compile(r"\d+")
_SPACE = re.compile(r"\s+")
# Assembly reads a cell that starts with this as "unreadable".
UNREADABLE = "⁇"


class FieldCell(NamedTuple):
    """A cell in the grid of its fragment."""

    text: str
    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


class Disagreement(NamedTuple):
    """Two readings of one cell."""

    first: str
    second: str


class Fragment(NamedTuple):
    """The part of a ruled table that stands on one page.

    Attributes:
        xs: positions of the vertical ruling lines.
        rows: number of grid rows.
        used: indices of the characters in its cells.
        strays: characters inside the table that are in none of its cells.
        disagreements: cells that two extractions read differently.
        spilled: figures that run over a ruling line.
        beside: lines with figures next to the table that may be rows of it.
        cut: lines with parts of labels next to the table, cut off by a page break.
        full: columns of figures of the last row that may go on behind a page break.
        overrun: texts of cells that seem to go on in the cell below, and are no label so far.
        crowded: texts whose characters are wider than their cell, so that they stand in others.
    """

    page: int
    box: Box
    xs: tuple[float, ...]
    rows: int
    cells: tuple[FieldCell, ...]
    used: frozenset[int] = frozenset()
    strays: tuple[Glyph, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    spilled: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()
    full: frozenset[int] = frozenset()
    overrun: tuple[str, ...] = ()
    crowded: tuple[str, ...] = ()


class _Grid:
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
        self.spans: list[tuple[int, int, int, int]] = []
        for cell in cells:
            left, right = x_at[cell.box.x0], x_at[cell.box.x1]
            top, bottom = y_at[cell.box.top], y_at[cell.box.bottom]
            self.spans.append((top, left, bottom - top, right - left))
        # Where a ruling line is missing the finder makes a cell that covers others.
        for number in sorted(range(len(cells)), key=self._fields):
            top, left, rows, columns = self.spans[number]
            for row in range(top, top + rows):
                for column in range(left, left + columns):
                    self.owner.setdefault((row, column), number)
        claimed = sum(map(self._fields, range(len(cells))))
        self._covers = claimed > len(self.owner)

    def _fields(self, number: int) -> int:
        return self.spans[number][2] * self.spans[number][3]

    def covers_others(self, number: int) -> bool:
        """Whether fields of a cell belong to smaller ones."""
        if not self._covers:
            return False
        top, left, rows, columns = self.spans[number]
        fields = [(r, c) for r in range(top, top + rows) for c in range(left, left + columns)]
        return any(self.owner[field] != number for field in fields)

    def cell_at(self, x: float, y: float) -> int | None:
        """The cell around a point."""
        return self.owner.get((bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1))


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


class _Sorted(NamedTuple):
    """Characters of a table by cell.

    Attributes:
        spilled: cells with a figure over their border.
        onward: cells whose text the file goes on with in the cell below.
    """

    inside: list[list[Glyph]]
    strays: list[Glyph]
    spilled: set[int]
    onward: set[int]


def read_fragment(page: PageContent, table: RuledTable) -> Fragment:
    """Give every cell its text and its place in the grid."""
    grid = _Grid(table.cells)
    glyphs = _sorted(page.glyphs, grid, table)
    disagreements: list[Disagreement] = []
    cells: list[FieldCell] = []
    printed: list[Sequence[Glyph]] = []
    for number, cell in enumerate(table.cells):
        row, column, row_span, column_span = grid.spans[number]
        mine = glyphs.inside[number]
        # Between two strokes of one ruling line, or a border around other cells.
        if not row_span or not column_span or (not mine and grid.covers_others(number)):
            continue
        text, disagreement = _compared(cell_text(mine), cell.text, page)
        if disagreement is not None:
            disagreements.append(disagreement)
        unsure = number in glyphs.spilled or any(g.doubtful and not is_wide(g.char) for g in mine)
        if unsure and not text.startswith(UNREADABLE):
            text = f"{UNREADABLE}{text}"
        cells.append(FieldCell(text, row, column, row_span, column_span, cell.box))
        printed.append(mine)
    cells = _with_whole_figures(cells, printed)
    rows = len(grid.ys) - 1
    return Fragment(
        page=page.number,
        box=table.box,
        xs=grid.xs,
        rows=rows,
        cells=tuple(sorted(cells, key=lambda c: (c.row, c.column))),
        used=frozenset(g.order for one in glyphs.inside for g in one),
        strays=tuple(glyphs.strays),
        disagreements=tuple(disagreements),
        spilled=tuple(cell_text(glyphs.inside[n]) for n in sorted(glyphs.spilled)),
        full=frozenset(
            cell.column
            for cell, mine in zip(cells, printed, strict=True)
            if cell.row + cell.row_span == rows and may_go_on(cell.text, mine, cell.box)
        ),
        crowded=tuple(
            cell.text
            for cell, mine in zip(cells, printed, strict=True)
            if _is_crowded(cell.text, mine, cell.box)
        ),
        overrun=tuple(
            t for n in sorted(glyphs.onward) if _is_cut(t := cell_text(glyphs.inside[n]))
        ),
    )


def _is_crowded(text: str, glyphs: Sequence[Glyph], box: Box) -> bool:
    """Whether characters stand far over an upright border of their cell, so that it may be another.

    Those over the left border may belong to the cell before. A text that runs over the right one
    is where it should be as long as nothing of another text is in it.
    """
    if not glyphs or box.x1 - box.x0 > _NARROW * (glyphs[0].bottom - glyphs[0].top):
        return False
    shown = [
        g for g in glyphs if not g.sideways and (g.char.isdigit() or "一" <= g.char <= "\u9fff")
    ]
    left = any(box.x0 - g.x0 > _OVER * (g.x1 - g.x0) for g in shown)
    right = any(g.x1 - box.x1 > _OVER * (g.x1 - g.x0) for g in shown if is_wide(g.char))
    return left or (right and not is_fragment(text))


def _is_cut(text: str) -> bool:
    return any(map(is_wide, text)) and not is_label(text)


def _with_whole_figures(
    cells: Sequence[FieldCell], printed: Sequence[Sequence[Glyph]]
) -> list[FieldCell]:
    """Put figures together that their column breaks; other figures over several lines are unsure.

    Args:
        cells: of a table.
        printed: the characters of each.
    """
    several = {
        number: Lines(cell.row, cell.text, printed[number], cell.box)
        for number, cell in enumerate(cells)
        if "\n" in cell.text and not cell.text.startswith(UNREADABLE)
    }
    if not several:
        return list(cells)
    whole = whole_figures(several)
    texts = {n: whole.get(n, f"{UNREADABLE}{lines.text}") for n, lines in several.items()}
    return [cell._replace(text=texts.get(n, cell.text)) for n, cell in enumerate(cells)]


def _sorted(glyphs: Sequence[Glyph], grid: _Grid, table: RuledTable) -> _Sorted:
    found = _Sorted([[] for _ in table.cells], [], set(), set())
    x0, top, x1, bottom = table.box
    before: Glyph | None = None
    last: int | None = None
    crossing: list[tuple[int, Glyph, int, Glyph]] = []
    for glyph in glyphs:
        if not (x0 <= glyph.cx <= x1 and top <= glyph.cy <= bottom):
            before = None
            continue
        number = grid.cell_at(glyph.cx, glyph.cy)
        if number is None:
            found.strays.append(glyph)
        else:
            found.inside[number].append(glyph)
        if last != number and before is not None:
            if _one_figure(before, glyph):
                if last is None or number is None:
                    found.spilled.update(n for n in (last, number) if n is not None)
                else:
                    crossing.append((last, before, number, glyph))
            if last is not None and _is_below(table.cells[last].box, glyph):
                found.onward.add(last)
        before, last = glyph, number
    for one, a, other, b in crossing:
        sides = [(table.cells[n].box, found.inside[n], g) for n, g in ((one, a), (other, b))]
        if not (b.x0 - a.x1 > _LOOSE * (a.bottom - a.top) and _stand_alike(*sides)):
            found.spilled.update((one, other))
    return found


def _stand_alike(*sides: tuple[Box, Sequence[Glyph], Glyph]) -> bool:
    """Whether figures stand in the same place of their cells, so that each is a whole one.

    Args:
        sides: for each figure the cell, what is in it, and one of its digits.
    """
    left, middle, right = [], [], []
    for box, inside, digit in sides:
        size = digit.bottom - digit.top
        line = [g for g in inside if abs(g.cy - digit.cy) < 0.2 * size]
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


def cell_text(glyphs: Sequence[Glyph]) -> str:
    """Text of a cell from its characters, lines top down.

    Lines of a label are joined; lines without any Chinese character keep their break, because
    whether two lines of digits are one number their text does not say.
    """
    if len(glyphs) <= 1:
        return "".join(g.char for g in glyphs)
    lines = list(_in_reading_order(glyphs))
    if is_wide(max([g.char for g in glyphs])):
        return join_lines(lines)
    return "\n".join(lines)


def _in_reading_order(glyphs: Sequence[Glyph]) -> Iterator[str]:
    lines = group_lines(glyphs)
    if all(g.sideways for g in glyphs) and any(len(line) > 1 for line in lines):
        # Columns of vertical writing follow each other from right to left.
        columns = group_lines(
            [
                g._replace(x0=g.top, x1=g.bottom, top=-g.x1, bottom=-g.x0, cx=g.cy, cy=-g.cx)
                for g in glyphs
            ]
        )
        for column in columns:
            yield "".join(g.char for g in column)
        return
    if len(lines) > 2 and all(len(line) == 1 for line in lines):
        stack = [line[0] for line in lines]
        if all(a.order > b.order for a, b in pairwise(stack)):
            # Turned by a quarter to the left: it is read, and stands in the file, bottom up.
            stack.reverse()
        yield "".join(g.char for g in stack)
        return
    yield from (spell(line) for line in lines)


class _Judged(NamedTuple):
    text: str
    disagreement: Disagreement | None = None


def _bare(text: str) -> str:
    return _SPACE.sub("", map_compatible(text))


def _compared(ours: str, theirs: str, page: PageContent) -> _Judged:
    """Compare the readings of a cell; ``ours`` is by place, ``theirs`` by the table finder.

    The finder spreads vertical writing over neighbouring cells, and sees what is clipped away:
    surplus characters of these kinds somewhere on the page explain a difference, provided the
    figures are the same.
    """
    if ours == theirs:
        return _Judged(ours)
    first, second = _bare(ours), _bare(theirs)
    if first == second:
        return _Judged(ours)
    mine, other = Counter(first), Counter(second)
    sideways = Counter(g.char for g in page.glyphs if g.sideways) + Counter(page.clipped)
    vertical = not (other - mine) - sideways and not (mine - other) - sideways
    if vertical and _DIGITS.findall(first) == _DIGITS.findall(second):
        return _Judged(ours)
    if sum(map(is_wide, first)) >= 2:
        # A label decides which row is meant, not what is counted: keep it and say so.
        return _Judged(ours, Disagreement(ours, theirs))
    shown = _SPACE.sub(" ", theirs.strip())
    return _Judged(f"{UNREADABLE}{ours}／{shown}", Disagreement(ours, shown))
