"""Chinese text in aligned columns, for what the bench prints."""

import unicodedata
from collections.abc import Sequence


def aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Cells padded to columns; a Chinese character is two wide. The last cell is free."""
    padded = [_pad(cell, width) for cell, width in zip(cells, widths, strict=False)]
    return "".join([*padded, *cells[len(widths) :]])


def judged(measured: float | None, aim: int) -> str:
    """Whether an aim is met, in a word."""
    if measured is None:
        return "—"
    return "达到" if measured <= aim else "未达"


def _pad(cell: str, width: int) -> str:
    wide = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in cell)
    return cell + " " * max(1, width - wide)
