"""Ruled cells to a grid with text; compares the two extractions of every cell.

Figures on which the extractions differ are never decided: the cell says that it is unreadable.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from checker.readers.characters import map_compatible
from checker.readers.pdf_grid import Grid, Sorted, Span, crowded_texts, sort_glyphs
from checker.readers.pdf_labels import is_label
from checker.readers.pdf_lines import group_lines, is_wide, join_lines, spell
from checker.readers.pdf_shapes import Box, Glyph, PageContent, RuledTable
from checker.readers.pdf_wrapped import Lines, may_go_on, whole_figures
from checker.readers.plain_labels import may_begin

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


class _Read(NamedTuple):
    """A cell with its characters, and how the other extraction reads it if differently."""

    cell: FieldCell
    glyphs: Sequence[Glyph]
    disagreement: Disagreement | None = None


def read_fragment(page: PageContent, table: RuledTable) -> Fragment:
    """Give every cell its text and its place in the grid."""
    grid = Grid(table.cells)
    glyphs = sort_glyphs(page.glyphs, grid, table)
    read = [one for n in range(len(table.cells)) for one in _read(n, page, table, grid, glyphs)]
    cells = _with_whole_figures([r.cell for r in read], [r.glyphs for r in read])
    whole = [(cell, r.glyphs) for cell, r in zip(cells, read, strict=True)]
    ends = len(grid.ys) - 1
    return Fragment(
        page=page.number,
        box=table.box,
        xs=grid.xs,
        rows=ends,
        cells=tuple(sorted(cells, key=lambda c: (c.row, c.column))),
        used=frozenset(g.order for one in glyphs.inside for g in one),
        strays=tuple(glyphs.strays),
        disagreements=tuple(r.disagreement for r in read if r.disagreement is not None),
        spilled=tuple(cell_text(glyphs.inside[n]) for n in sorted(glyphs.spilled)),
        full=frozenset(
            c.column
            for c, mine in whole
            if c.row + c.row_span == ends and may_go_on(c.text, mine, c.box)
        ),
        crowded=crowded_texts([(c.text, mine, c.box) for c, mine in whole]),
        overrun=_overrun([[cell_text(glyphs.inside[n]) for n in pair] for pair in glyphs.onward]),
    )


def _read(
    number: int, page: PageContent, table: RuledTable, grid: Grid, glyphs: Sorted
) -> Iterator[_Read]:
    """The cell of a number; several where the finder has put labels of several cells in one."""
    span, mine = grid.spans[number], glyphs.inside[number]
    covering = grid.covers_others(number)
    # Between two strokes of one ruling line, or a border around other cells.
    if not span.rows or not span.columns or (not mine and covering):
        return
    parts = _labels_apart(grid, number, mine) if covering else []
    if parts:
        yield from parts
        return
    text, disagreement = _compared(cell_text(mine), table.cells[number].text, page)
    unsure = number in glyphs.spilled or any(g.doubtful and not is_wide(g.char) for g in mine)
    if unsure and not text.startswith(UNREADABLE):
        text = f"{UNREADABLE}{text}"
    cell = FieldCell(text, *_place(span), table.cells[number].box)
    yield _Read(cell, mine, disagreement)


def _labels_apart(grid: Grid, number: int, glyphs: Sequence[Glyph]) -> list[_Read]:
    """The rectangles of a cell that is none, if each holds a label; no printed cell has corners."""
    parts: list[_Read] = []
    for span in grid.rest(number):
        box = grid.box(span)
        inside = [g for g in glyphs if box.x0 <= g.cx <= box.x1 and box.top <= g.cy <= box.bottom]
        if inside:
            parts.append(_Read(FieldCell(cell_text(inside), *_place(span), box), inside))
    whole = sum(len(part.glyphs) for part in parts) == len(glyphs)
    return parts if len(parts) > 1 and whole and all(is_label(p.cell.text) for p in parts) else []


def _place(span: Span) -> tuple[int, int, int, int]:
    return span.row, span.column, span.rows, span.columns


def _overrun(pairs: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Texts that seem to go on below: they are no label, and what is below begins none."""
    return tuple(
        upper
        for upper, lower in pairs
        if any(map(is_wide, upper)) and not is_label(upper) and not may_begin(lower)
    )


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
        downwards = "".join(g.char for g in stack)
        if all(a.order > b.order for a, b in pairwise(stack)) and not is_label(downwards):
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

    A difference in words of a label does not matter for its figures; it is told.
    """
    if ours == theirs:
        return _Judged(ours)
    first, second = _bare(ours), _bare(theirs)
    if first == second:
        return _Judged(ours)
    if _is_explained(first, second, page):
        return _Judged(ours)
    if sum(map(is_wide, first)) >= 2:
        # A label decides which row is meant, not what is counted: keep it and say so.
        return _Judged(ours, Disagreement(ours, theirs))
    shown = _SPACE.sub(" ", theirs.strip())
    return _Judged(f"{UNREADABLE}{ours}／{shown}", Disagreement(ours, shown))


def _is_explained(first: str, second: str, page: PageContent) -> bool:
    """Whether two readings differ only by characters that need not be the same in both.

    The finder spreads vertical writing over neighbouring cells, and sees what is clipped away and
    what stands behind the text. The figures must be the same.
    """
    mine, other = Counter(first), Counter(second)
    sideways = Counter(g.char for g in page.glyphs if g.sideways)
    aside = Counter(page.clipped) + Counter(page.behind)
    if other - mine - sideways - aside or mine - other - sideways:
        return False
    theirs = "".join(c for c in second if c in mine or c not in aside)
    return _DIGITS.findall(first) == _DIGITS.findall(theirs)
