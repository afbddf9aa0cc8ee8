"""Lines that may hold a table without ruling lines: between headings and prose, over all pages."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from checker.readers.pdf_lines import Line, spell, split_tokens
from checker.readers.pdf_pieces import Piece, make_pieces
from checker.readers.plain_labels import (
    is_fragment,
    is_section_heading,
    is_section_title,
    is_value,
    key,
    known,
)

# A text of so many characters that is no part of a label is prose.
_PROSE = 24
_LEAST_CELLS = 3
# A figure and a comma behind it are a sentence, even without its end.
_PHRASE = re.compile(r"\d.*[，；：]")
# Repeated heads stand where the first ones stood, up to so many points.
_SHIFT = 3.0


class Run(NamedTuple):
    """Lines ``first`` to ``last`` (included) that may be a table."""

    first: int
    last: int


def tabular_runs(lines: Sequence[Line]) -> Iterator[Run]:
    """Lines between headings and prose that hold some figures or labels in columns."""
    cells = [_cells(line) for line in lines]
    if sum(cells) < _LEAST_CELLS:
        return
    titles = _broken_titles(lines)
    ends = [n for n, line in enumerate(lines) if n in titles or _ends_table(line)]
    start = 0
    for end in (*ends, len(lines)):
        if sum(cells[start:end]) >= _LEAST_CELLS:
            yield Run(start, end - 1)
        start = end + 1


def _broken_titles(lines: Sequence[Line]) -> set[int]:
    """Lines that make the title of a section in pairs; each half may be words of a label."""
    pairs = [
        n
        for n, (upper, lower) in enumerate(pairwise(lines))
        if is_section_heading(upper.text) and is_section_title(upper.text + lower.text)
    ]
    return {number for n in pairs for number in (n, n + 1)}


def _cells(line: Line) -> int:
    """How many figures and labels stand apart from other texts of the line."""
    if "。" in line.text:
        return 0
    tokens = _tokens(line)
    return sum(is_value(t) or (len(tokens) > 1 and known(t) is not None) for t in tokens)


def _tokens(line: Line) -> list[str]:
    """The texts that stand clearly apart."""
    return [spell(token, line.em) for token in split_tokens(line)]


def _ends_table(line: Line) -> bool:
    """Whether no cell of a table stands in the line: a heading, a sentence."""
    if "。" in line.text:
        return True
    tokens = _tokens(line)
    if any(map(_PHRASE.search, tokens)):
        return True
    # Cells that almost touch each other look like one text; each is a part of a label.
    if any(len(key(text)) > _PROSE and not is_fragment(text) for text in tokens):
        return not all(p.is_figure or p.is_mark or is_fragment(p.text) for p in make_pieces(line))
    if len(tokens) == 1 and is_section_heading(tokens[0]):
        return is_section_title(tokens[0]) or not all(
            p.is_mark or is_fragment(p.text) for p in make_pieces(line)
        )
    return False


def pieces_of(lines: Sequence[Line]) -> list[Piece]:
    """Pieces of all lines, with heights counted through all pages.

    Heads that are printed again on the next page are left out: they would stand between the two
    halves of a label that the page break cuts.
    """
    shift, end = 0.0, 0.0
    found: list[Piece] = []
    heads: list[Piece] = []
    for number, (_, page) in enumerate(groupby(lines, key=lambda line: line.page)):
        rows = [(line, list(make_pieces(line))) for line in page]
        if number == 0:
            heads = _heads([pieces for _, pieces in rows])
        else:
            rows = _without_heads(rows, heads)
        if not rows:
            continue
        shift = end - rows[0][0].top + 0.3 * rows[0][0].em if number else 0.0
        for _, pieces in rows:
            found += [_shifted(p, shift) for p in pieces]
        end = max(line.bottom for line, _ in rows) + shift
    return found


def _shifted(piece: Piece, shift: float) -> Piece:
    if not shift:
        return piece
    return piece._replace(top=piece.top + shift, bottom=piece.bottom + shift, cy=piece.cy + shift)


def _heads(rows: Sequence[Sequence[Piece]]) -> list[Piece]:
    """Pieces above the first line with figures."""
    heads: list[Piece] = []
    for pieces in rows:
        if sum(p.is_figure for p in pieces) >= 2:
            break
        heads += pieces
    return heads


def _without_heads(
    rows: Sequence[tuple[Line, list[Piece]]], heads: Sequence[Piece]
) -> list[tuple[Line, list[Piece]]]:
    """The lines of a page behind those that repeat the heads."""
    for index, (_, pieces) in enumerate(rows):
        if not all(_repeats(piece, heads) for piece in pieces):
            return list(rows[index:])
    return []


def _repeats(piece: Piece, heads: Sequence[Piece]) -> bool:
    return any(h.text == piece.text and abs(h.x0 - piece.x0) <= _SHIFT for h in heads)
