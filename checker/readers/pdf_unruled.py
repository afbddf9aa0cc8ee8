"""Statutory tables without ruling lines, read by the places of labels and figures.

A figure at the height of one label and below one head is in their cell. Whatever is not so certain
is unreadable, and what nobody claims is told: no cell ever holds a guess.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from checker.readers.pdf_across import read_across, reads_across
from checker.readers.pdf_blocks import Arranged, Block, Head, Row, are_complete, arrange
from checker.readers.pdf_cells import UNREADABLE
from checker.readers.pdf_chains import Label, Labelled, find_labels
from checker.readers.pdf_columns import (
    Span,
    Token,
    columns_of,
    count_columns,
    count_strips,
    is_one_row,
    overlap,
    tokens_of,
)
from checker.readers.pdf_lines import Line
from checker.readers.pdf_placed import Placed, Reading, figure_cell, printed
from checker.readers.pdf_regions import pieces_of, tabular_runs
from checker.readers.plain_labels import is_value

_LEAST_ROWS = 2
# Lines of a table follow each other within so many widths of a character.
_PITCH = 2.5


class Unruled(NamedTuple):
    """An unruled table and the lines that it takes, which are none of a paragraph."""

    reading: Reading
    page: int


def split_unruled(lines: Sequence[Line]) -> Iterator[list[Line] | Unruled]:
    """Ordinary lines, and the statutory tables between them."""
    start = 0
    for run in tabular_runs(lines):
        inside = lines[run.first : run.last + 1]
        found = find_labels(pieces_of(inside))
        reading = _read(found)
        if reading is None:
            continue
        first, last = _extent(inside, found, reading)
        within = {(line.page, g.order) for line in inside[first : last + 1] for g in line.glyphs}
        lost = [p for p in reading.lost if (p.page, p.glyphs[0].order) in within]
        if run.first + first > start:
            yield list(lines[start : run.first + first])
        yield Unruled(reading._replace(lost=tuple(lost)), inside[first].page)
        start = run.first + last + 1
    if start < len(lines):
        yield list(lines[start:])


def _read(found: Labelled) -> Reading | None:
    """The table that the labels make, None if they make none."""
    if reads_across(found):
        return read_across(found)
    if sum(label.is_kind("row", "group") for label in found.labels) < _LEAST_ROWS:
        return None
    return _down(arrange(found))


def _extent(lines: Sequence[Line], found: Labelled, reading: Reading) -> tuple[int, int]:
    """First and last line of the table; lines of nothing but figures below belong to it."""
    place = {(line.page, g.order): n for n, line in enumerate(lines) for g in line.glyphs}
    used = [p for label in found.labels for p in label.pieces]
    used += [p for cell in reading.cells for p in cell.figures]
    numbers = [place[p.page, p.glyphs[0].order] for p in used]
    first, last = min(numbers), max(numbers)
    while last + 1 < len(lines) and _goes_on(lines[last], lines[last + 1]):
        last += 1
    while first > 0 and _goes_on(lines[first], lines[first - 1]):
        first -= 1
    return first, last


def _goes_on(line: Line, other: Line) -> bool:
    """Whether the line beside holds nothing but figures; one alone may be a page number."""
    tokens = other.text.split()
    near = line.page == other.page and abs(other.top - line.top) < _PITCH * line.em
    return all(map(is_value, tokens)) and (len(tokens) > 1 or near)


def _down(table: Arranged) -> Reading | None:
    """A table with its rows below each other."""
    levels = _levels([g for block in table.blocks for row in block.rows for g in row.groups])
    cells: list[Placed] = []
    for block in table.blocks:
        cells += _block(block, levels, max((c.row + 1 for c in cells), default=0))
    notes = tuple(text for block in table.blocks for text in block.notes)
    unnamed = [h.text for block in table.blocks for h in block.heads if not h.known]
    unnamed += [row.text for block in table.blocks for row in block.rows if not row.known]
    whole = all(not b.unread and (are_complete(b.heads) or not b.heads) for b in table.blocks)
    return Reading(tuple(cells), table.lost, tuple(unnamed), notes, heads_whole=whole)


def _levels(groups: Sequence[Label]) -> list[Span]:
    """Columns in which the labels over several rows stand."""
    levels: list[Span] = []
    for group in sorted(groups, key=lambda g: g.x0):
        if levels and group.x0 < levels[-1].x1:
            levels[-1] = Span(levels[-1].x0, max(levels[-1].x1, group.x1))
        else:
            levels.append(Span(group.x0, group.x1))
    return levels


def _block(block: Block, levels: Sequence[Span], top: int) -> Iterator[Placed]:
    """The lines of a block from row ``top`` on; labels of rows stand behind those of groups."""
    base = len(levels) + 1
    spans = [Span(h.x0, h.x1) for h in block.heads]
    if block.title is not None:
        yield Placed(block.title.text, top, 0, base + max(len(spans), 1))
        top += 1
    corners = [o for o in block.over if o.x1 <= block.left + 1]
    for label in block.over:
        if label not in corners:
            own = Span(label.x0, label.x1)
            below = [i for i, span in enumerate(spans) if overlap(own, span)] or [0]
            yield Placed(label.text, top, base + below[0], len(below))
            top += 1
    if corners:
        yield Placed("".join(c.text for c in corners), top, 0, base)
    for column, head in enumerate(block.heads):
        yield Placed(head.text, top, base + column)
    top += bool(corners or block.heads)
    yield from _rows(block, levels, top)


class _Figures(NamedTuple):
    """The figures of a row with the columns in which each may stand.

    Attributes:
        doubtful: columns that may hold another figure, or another one than it seems.
        clear: every figure is in one of the columns.
    """

    row: Row
    tokens: list[Token]
    columns: list[tuple[int, ...]]
    doubtful: frozenset[int]
    clear: bool


def _rows(block: Block, levels: Sequence[Span], top: int) -> Iterator[Placed]:
    for number, figures in enumerate(_figures(block.rows, block.heads), start=top):
        page = figures.row.label[0].page
        for level, span in enumerate(levels):
            own = [g.text for g in figures.row.groups if span.x0 <= g.x0 < span.x1]
            if own:
                yield Placed("".join(own), number, level, page=page)
        yield Placed(figures.row.text, number, len(levels), page=page)
        yield from _cells(figures, number, len(levels) + 1, len(block.heads))


def _figures(rows: Sequence[Row], heads: Sequence[Head]) -> Iterator[_Figures]:
    """Columns of all figures; without heads they are certain if no figure is missing anywhere."""
    tokens = [tokens_of(row.pieces) for row in rows]
    near = [tokens_of(row.near) for row in rows]
    # No figure near a row tells anything about those that stand in it.
    lines = [*tokens, *([token] for beside in near for token in beside)]
    several = {number for number, head in enumerate(heads) if _is_several(head, lines)}
    if heads:
        spans = [Span(h.x0, h.x1) for h in heads]
        places = columns_of(spans, lines, complete=are_complete(heads) and not several)
    else:
        full = not any(near) and count_columns([line for line in tokens if line])
        places = [[(i,) if full else () for i in range(len(line))] for line in lines]
    rest = iter(places[len(rows) :])
    for row, line, columns, loose in zip(rows, tokens, places, near, strict=False):
        beside = [next(rest)[0] for _ in loose]
        unclear = {n for c in (*(c for c in columns if len(c) > 1), *beside) for n in c}
        clear = not row.unsure and all(columns) and all(beside) and is_one_row(line, columns)
        yield _Figures(row, line, columns, frozenset(unclear | several), clear)


def _is_several(head: Head, lines: Sequence[Sequence[Token]]) -> bool:
    """Whether a text may be the heads of several columns: the figures below stand in several."""
    span = Span(head.x0, head.x1)
    below = [[token for token in line if overlap(token, span)] for line in lines]
    return head.vague and (count_strips(below) > 1 or any(len(line) > 1 for line in below))


def _cells(figures: _Figures, number: int, first: int, count: int) -> Iterator[Placed]:
    """The cells of figures; of a row that is not clear one cell, which nobody can read."""
    page = figures.row.label[0].page
    if not figures.clear:
        text = f"{UNREADABLE}{printed(figures.row.pieces)}"
        yield Placed(text, number, first, max(count, 1), page)
        return
    for column in range(count or len(figures.tokens)):
        pairs = zip(figures.tokens, figures.columns, strict=True)
        own = [token for token, columns in pairs if column in columns]
        doubtful = column in figures.doubtful
        cell = figure_cell(own, number, first + column, doubtful=doubtful)
        yield cell if cell.page else cell._replace(page=page)
