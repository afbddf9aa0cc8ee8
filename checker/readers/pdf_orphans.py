"""Rows of a ruled table that have lost their ruling lines, and ends of labels at a page break.

A line is taken into the table only when each of its pieces stands in exactly one column and all
columns of figures are filled. Otherwise it stays outside, and its figures are reported.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from checker.readers.pdf_cells import FieldCell, Fragment
from checker.readers.pdf_labels import goes_on
from checker.readers.pdf_lines import Line, join_lines, spell, split_tokens
from checker.readers.pdf_shapes import Box, Glyph
from checker.readers.plain_labels import is_fragment

_FIGURE = re.compile(r"[+\-—－/_]?\d[\d,.]*|[-—－/_]")
# A row that belongs to the table is at most so many line heights away from it.
_REACH = 2.0


class Adopted(NamedTuple):
    """A table with the rows found beside it, and the lines that are left."""

    fragment: Fragment
    lines: list[Line]


class _Piece(NamedTuple):
    text: str
    x0: float
    x1: float
    is_figure: bool


def adopt_rows(fragment: Fragment, lines: Sequence[Line]) -> Adopted:
    """Take in unruled rows below and above the table.

    Args:
        fragment: the table as far as it has ruling lines.
        lines: the lines of the page that are in no table.
    """
    left = list(lines)
    unsure: list[str] = []
    cut: list[str] = []
    for below in (True, False):
        while (line := _beside(fragment, left, below=below)) is not None:
            pieces = [_piece(token, line) for token in split_tokens(line)]
            figures = sum(piece.is_figure for piece in pieces)
            template = [c for c in fragment.cells if _at_edge(c, fragment.rows, below=below)]
            ends = _ends_of_labels(line, template) if below and not figures else None
            if ends is not None:
                fragment = _lengthened(fragment, ends, line)
                left.remove(line)
                continue
            if not figures and all(is_fragment(piece.text) for piece in pieces):
                cut.append(line.text)
            if not figures or not any(_FIGURE.fullmatch(c.text) for c in template):
                break
            row = _row(pieces, template)
            if row is None:
                if figures > 1:
                    unsure.append(line.text)
                break
            fragment = _grown(fragment, row, line, below=below)
            left.remove(line)
    return Adopted(fragment._replace(beside=tuple(unsure), cut=tuple(cut)), left)


def _piece(token: Sequence[Glyph], line: Line) -> _Piece:
    text = spell(token, line.em)
    return _Piece(text, token[0].x0, token[-1].x1, _FIGURE.fullmatch(text) is not None)


def _at_edge(cell: FieldCell, rows: int, *, below: bool) -> bool:
    return cell.row + cell.row_span == rows if below else cell.row == 0


def _beside(fragment: Fragment, lines: Sequence[Line], *, below: bool) -> Line | None:
    """The nearest line on that side, if it is near and not wider than the table."""
    box = fragment.box
    near: list[tuple[float, Line]] = []
    for line in lines:
        gap = line.top - box.bottom if below else box.top - line.bottom
        height = line.bottom - line.top
        if -0.6 * height <= gap <= _REACH * height:
            near.append((gap, line))
    if not near:
        return None
    line = min(near, key=lambda pair: pair[0])[1]
    return line if box.x0 - 2 <= line.x0 and line.x1 <= box.x1 + 2 else None


def _row(pieces: Sequence[_Piece], template: Sequence[FieldCell]) -> dict[FieldCell, str] | None:
    """Text by column, if every piece fits into one and no column of figures stays empty."""
    row: dict[FieldCell, str] = {}
    for piece in pieces:
        fits = [c for c in template if c.box.x0 - 1 <= piece.x0 and piece.x1 <= c.box.x1 + 1]
        if len(fits) != 1 or fits[0] in row:
            return None
        row[fits[0]] = piece.text
    figures = {c for c in template if _FIGURE.fullmatch(c.text)}
    filled = {c for c, text in row.items() if _FIGURE.fullmatch(text)}
    return row if figures and filled == figures else None


def _ends_of_labels(line: Line, template: Sequence[FieldCell]) -> dict[FieldCell, str] | None:
    """The pieces of a line by the cell above, if each is the next piece of the label there."""
    found: dict[FieldCell, str] = {}
    for glyph in line.glyphs:
        cell = next((c for c in template if c.box.x0 <= glyph.cx <= c.box.x1), None)
        if cell is None:
            return None
        found[cell] = found.get(cell, "") + glyph.char
    return found if all(goes_on(cell.text, text) for cell, text in found.items()) else None


def _lengthened(fragment: Fragment, ends: dict[FieldCell, str], line: Line) -> Fragment:
    """The table with labels of its last row that run over its lower end."""
    cells = [c._replace(text=join_lines([c.text, ends.get(c, "")])) for c in fragment.cells]
    box = fragment.box._replace(bottom=max(fragment.box.bottom, line.bottom))
    return fragment._replace(cells=tuple(cells), box=box)


def _grown(fragment: Fragment, row: dict[FieldCell, str], line: Line, *, below: bool) -> Fragment:
    shift = 0 if below else 1
    number = fragment.rows if below else 0
    moved = [c._replace(row=c.row + shift) for c in fragment.cells]
    new = [
        FieldCell(
            text,
            number,
            cell.column,
            1,
            cell.column_span,
            Box(cell.box.x0, line.top, cell.box.x1, line.bottom),
        )
        for cell, text in row.items()
    ]
    box = fragment.box
    grown = Box(box.x0, min(box.top, line.top), box.x1, max(box.bottom, line.bottom))
    return fragment._replace(
        box=grown,
        rows=fragment.rows + 1,
        full=frozenset() if below else fragment.full,
        cells=tuple(sorted([*moved, *new], key=lambda c: (c.row, c.column))),
    )
