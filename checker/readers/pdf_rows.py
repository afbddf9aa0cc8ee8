"""Tables without ruling lines: one printed line is one row, wide gaps separate its cells.

Only the order of the cells in a row is certain, so the geometry is ``rows``. A lone figure in
running text does not make a table.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from checker.readers.builder import RawCell
from checker.readers.pdf_labels import belongs_together, is_label
from checker.readers.pdf_lines import Line, join_lines, spell, split_tokens

_FIGURE = re.compile(r"[+\-—－/／_减增]?\s*\d[\d,，.．]*\s*(?:万元|元|件|项)?|[-—－/／_]+|无")
# Columns that only a plain space separates; three figures in a row are no prose.
_FIGURES_BEHIND = re.compile(r"(?P<label>.*?)(?P<figures>\d[\d,.]*(?:\s+\d[\d,.]*){2,})")
_HEADING = re.compile(r"\s*[一二三四五六七八九十]+\s*、")
# Lines between two rows that may belong to the table: a label that wraps, the name of a block.
_MOST_BETWEEN = 4
_LEAST_ROWS = 2


class RowsTable(NamedTuple):
    """An unruled table."""

    cells: tuple[RawCell, ...]
    page: int


class _Row(NamedTuple):
    """One line; ``centres`` are the middles of its tokens where nothing was split further."""

    tokens: tuple[str, ...]
    line: Line
    centres: tuple[float, ...] = ()

    @property
    def figures(self) -> int:
        return sum(_FIGURE.fullmatch(t) is not None for t in self.tokens)


def split_rows(lines: Sequence[Line]) -> Iterator[list[Line] | RowsTable]:
    """Runs of ordinary lines, and tables between them."""
    rows = _without_upright([_row(line) for line in lines])
    start = 0
    for first, last in _runs(rows):
        if first > start:
            yield list(lines[start:first])
        yield _table(rows[first : last + 1])
        start = last + 1
    if start < len(lines):
        yield list(lines[start:])


def _row(line: Line) -> _Row:
    tokens: list[str] = []
    pieces = split_tokens(line)
    for glyphs in pieces:
        token = spell(glyphs, line.em)
        tail = _FIGURES_BEHIND.fullmatch(token)
        if tail is None:
            tokens.append(token)
        else:
            tokens += [t for t in (tail["label"].strip(), *tail["figures"].split()) if t]
    centres = tuple((piece[0].x0 + piece[-1].x1) / 2 for piece in pieces)
    return _Row(tuple(tokens), line, centres if len(centres) == len(tokens) else ())


def _without_upright(rows: Sequence[_Row]) -> list[_Row]:
    """Take a label printed downwards out of the lines that it crosses, into a row of its own."""
    done = list(rows)
    for start in range(len(rows)):
        text, end = "", start
        while end < len(rows) and _continues_upright(rows[start], rows[end]):
            text += rows[end].tokens[0]
            end += 1
            if len(text) > 3 and is_label(text):
                rest = [row._replace(tokens=row.tokens[1:]) for row in rows[start:end]]
                whole = rows[start]._replace(tokens=(text,))
                done[start:end] = [whole, *(row for row in rest if row.tokens)]
                return done
    return done


def _continues_upright(first: _Row, row: _Row) -> bool:
    """Whether the line opens with a single character, straight below that of the first."""
    one, other = first.line.glyphs[0], row.line.glyphs[0]
    return len(row.tokens[0]) == 1 and abs(one.cx - other.cx) < 0.5 * first.line.em


def _is_row(row: _Row) -> bool:
    """Whether the line holds figures in columns."""
    if row.figures >= 3:
        return True
    return len(row.tokens) >= 2 and row.figures >= 1 and is_label(row.tokens[0])


def _may_belong(row: _Row) -> bool:
    """Whether a line beside a row can be part of the table: heads, wrapped labels."""
    if "。" in row.line.text:
        return False
    return len(row.tokens) >= 2 or len(row.line.glyphs) <= 24


def _runs(rows: Sequence[_Row]) -> Iterator[tuple[int, int]]:
    """First and last index of every table."""
    index = 0
    floor = 0
    while index < len(rows):
        if not _is_row(rows[index]):
            index += 1
            continue
        first = _reach_up(rows, index, floor)
        last, count = _reach_down(rows, index)
        if count >= _LEAST_ROWS or rows[index].figures >= 10:
            yield first, last
            floor = last + 1
        index = last + 1


def _reach_up(rows: Sequence[_Row], index: int, floor: int) -> int:
    """Include the head of the table: short lines up to the heading of the section."""
    first = index
    while first > floor and _may_belong(rows[first - 1]) and not _title(rows[first - 1]):
        if index - first >= 3 * _MOST_BETWEEN:
            break
        first -= 1
    return first


def _title(row: _Row) -> bool:
    """A heading of a section, not of a group of rows."""
    text = "".join(row.tokens)
    return _HEADING.match(text) is not None and not is_label(text)


def _reach_down(rows: Sequence[_Row], index: int) -> tuple[int, int]:
    last, count, between = index, 1, 0
    for position in range(index + 1, len(rows)):
        row = rows[position]
        if _is_row(row):
            last, count, between = position, count + 1, 0
        elif between < _MOST_BETWEEN and _may_belong(row) and not _title(row):
            between += 1
        else:
            break
    following = last + 1
    if following < len(rows) and len(rows[following].tokens) == 1:
        text = rows[following].tokens[0]
        # The label of the last row may wrap.
        above = rows[last].tokens[0]
        if belongs_together(above, text):
            last = following
    return last, count


def _table(rows: Sequence[_Row]) -> RowsTable:
    cells = [
        RawCell(token, number, column, page=row.line.page)
        for number, row in enumerate(_mended(_with_whole_heads(rows)))
        for column, token in enumerate(row.tokens)
    ]
    return RowsTable(tuple(cells), rows[0].line.page)


def _with_whole_heads(rows: Sequence[_Row]) -> list[_Row]:
    """Put the heads of columns together that wrap over several lines."""
    done: list[_Row] = []
    for row in rows:
        above = done[-1] if done else None
        joined = _head_below(above, row) if above is not None else None
        if joined is not None:
            done[-1] = joined
        else:
            done.append(row)
    known = [sum(map(is_label, row.tokens)) for row in rows]
    return done if sum(sum(map(is_label, r.tokens)) for r in done) >= sum(known) else list(rows)


def _head_below(above: _Row, row: _Row) -> _Row | None:
    """The heads with those of the next line, if each of these stands below one of them."""
    if above.figures or row.figures or len(above.centres) < 3 or not row.centres:
        return None
    tokens = list(above.tokens)
    for token, centre in zip(row.tokens, row.centres, strict=True):
        below = [n for n, x in enumerate(above.centres) if abs(x - centre) <= 1.1 * above.line.em]
        if len(below) != 1:
            return None
        tokens[below[0]] += token
    return above._replace(tokens=tuple(tokens))


def _mended(rows: Sequence[_Row]) -> list[_Row]:
    """Put labels together that wrap around the line of their figures."""
    done: list[_Row] = []
    index = 0
    while index < len(rows):
        size, merged = _wrapped(rows, index)
        done.append(merged)
        index += size
    return done


def _wrapped(rows: Sequence[_Row], index: int) -> tuple[int, _Row]:
    """The longest group of lines from ``index`` on that makes one row with an official label."""
    for size in (4, 3, 2):
        group = rows[index : index + size]
        if len(group) < size:
            continue
        with_figures = [row for row in group if row.figures]
        if len(with_figures) != 1:
            continue
        pieces = [t for row in group for t in row.tokens if not _FIGURE.fullmatch(t)]
        figures = [t for t in with_figures[0].tokens if _FIGURE.fullmatch(t)]
        if any(is_label(piece) for piece in pieces) or not is_label("".join(pieces)):
            continue
        return size, _Row((join_lines(pieces), *figures), with_figures[0].line)
    return 1, rows[index]
