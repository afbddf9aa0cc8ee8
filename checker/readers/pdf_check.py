"""The other extraction as a check on figures that were read by their places only."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from checker.readers.pdf_cells import UNREADABLE, Disagreement
from checker.readers.pdf_pieces import Piece
from checker.readers.pdf_placed import Placed, Reading
from checker.readers.pdf_shapes import Mark

# The boxes of the extractions differ in height, so far in heights of a character.
_SLACK = 0.3


class Checked(NamedTuple):
    """A reading in which figures that were read differently are unreadable."""

    reading: Reading
    disagreements: tuple[Disagreement, ...] = ()


def compare(reading: Reading, marks: Mapping[int, Sequence[Mark]]) -> Checked:
    """Compare all figures with what the other extraction has in the same places.

    Args:
        reading: the table.
        marks: characters of the other extraction by page.
    """
    cells: list[Placed] = []
    found: list[Disagreement] = []
    for cell in reading.cells:
        ours = "".join(p.text for p in cell.figures)
        theirs = "".join(_seen(p, marks.get(p.page, ())) for p in cell.figures)
        if ours == theirs:
            cells.append(cell)
        else:
            found.append(Disagreement(ours, theirs))
            cells.append(cell._replace(text=f"{UNREADABLE}{ours}／{theirs}"))
    return Checked(reading._replace(cells=tuple(cells)), tuple(found))


def _seen(piece: Piece, marks: Sequence[Mark]) -> str:
    top = min(g.top for g in piece.glyphs)
    bottom = max(g.bottom for g in piece.glyphs)
    slack = _SLACK * (bottom - top)
    inside = [
        m for m in marks if piece.x0 <= m.cx <= piece.x1 and top - slack <= m.cy <= bottom + slack
    ]
    return "".join(m.char for m in sorted(inside, key=lambda m: m.cx))
