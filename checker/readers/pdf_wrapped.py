"""Figures that the width of their column breaks over several lines.

Only a line in which the next digit has no room was broken by the column. Two lines of digits of
which the upper one has room left are not put together, nor is any other cell of their row: there a
ruling line may be missing between two rows.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from checker.readers.pdf_lines import group_lines
from checker.readers.pdf_shapes import Box, Glyph

_WRAPPED = re.compile(r"[+\-−－]?\d[\d,.]*(?:\n[\d,.]+)*\n[\d,.]*\d")
_FIGURE = re.compile(r"[+\-−－]?\d[\d,.]*")
# Word keeps 5.4 points at each side of a cell, and draws the lines up to a point aside.
_MARGINS = 13.0


class Lines(NamedTuple):
    """A cell with a figure over several lines."""

    row: int
    text: str
    glyphs: Sequence[Glyph]
    box: Box


def whole_figures(cells: Mapping[int, Lines]) -> dict[int, str]:
    """The figures of those cells in which the column breaks them, by the key of the cell."""
    several = {cell.row for cell in cells.values() if not _is_one(cell)}
    return {
        number: "".join(cell.text.split())
        for number, cell in cells.items()
        if cell.row not in several
    }


def _is_one(cell: Lines) -> bool:
    lines = group_lines(cell.glyphs)
    return _WRAPPED.fullmatch(cell.text) is not None and all(
        _is_full(cell.box, upper, lower[0]) for upper, lower in pairwise(lines)
    )


def may_go_on(text: str, glyphs: Sequence[Glyph], box: Box) -> bool:
    """Whether the last line of a cell is full, so that its figure may go on behind a break."""
    if not _FIGURE.fullmatch(text):
        return False
    last = group_lines(glyphs)[-1]
    return _is_full(box, last, last[-1])


def _is_full(box: Box, line: Sequence[Glyph], following: Glyph) -> bool:
    """Whether there is no room for the next character between the margins."""
    width = line[-1].x1 - line[0].x0 + following.x1 - following.x0
    return box.x1 - box.x0 - width < _MARGINS
