"""Cells of unruled tables with the print that they were read from."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from checker.readers.builder import RawCell
from checker.readers.pdf_cells import UNREADABLE, cell_text
from checker.readers.pdf_columns import Token
from checker.readers.pdf_pieces import Piece


class Placed(NamedTuple):
    """A cell with its place in the table.

    Attributes:
        figures: the pieces of a figure, to be compared with the other extraction.
    """

    text: str
    row: int
    column: int
    column_span: int = 1
    page: int | None = None
    figures: tuple[Piece, ...] = ()

    def raw(self) -> RawCell:
        """The cell without the print."""
        return RawCell(self.text, self.row, self.column, 1, self.column_span, page=self.page)


class Reading(NamedTuple):
    """An unruled table as read.

    Attributes:
        lost: pieces that stand in no cell although they are in the table.
        unnamed: labels that no form knows.
        notes: texts that name nothing.
        heads_whole: the heads of the columns are those of a form.
    """

    cells: tuple[Placed, ...]
    lost: tuple[Piece, ...] = ()
    unnamed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    heads_whole: bool = True


def figure_cell(tokens: Sequence[Token], row: int, column: int, *, doubtful: bool) -> Placed:
    """A cell with what stands in it; two figures in one cell are none."""
    pieces = tuple(p for token in tokens for p in token.pieces)
    text = printed(pieces)
    if doubtful or len(tokens) > 1 or "\n" in text:
        text = f"{UNREADABLE}{text}"
    return Placed(text, row, column, page=pieces[0].page if pieces else None, figures=pieces)


def printed(pieces: Sequence[Piece]) -> str:
    """The text of pieces, page by page and line by line."""
    pages = groupby(sorted(pieces, key=lambda p: p.page), key=lambda p: p.page)
    return "\n".join(cell_text([g for p in page for g in p.glyphs]) for _, page in pages)
