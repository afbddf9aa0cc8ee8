"""Aligns columns for a terminal, where a Chinese character is two columns wide."""

import unicodedata
from collections.abc import Collection, Sequence


def width(text: str) -> int:
    """Columns that a text takes in a terminal."""
    return sum(_char_width(c) for c in text)


def _char_width(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def pad(text: str, size: int, *, right: bool = False) -> str:
    """Fill up with spaces to ``size`` columns, on the left when ``right``-aligned."""
    blanks = " " * max(0, size - width(text))
    return blanks + text if right else text + blanks


def columns(
    rows: Sequence[Sequence[str]],
    *,
    right: Collection[int] = (),
    open_ended: int | None = None,
) -> list[str]:
    """Rows as aligned lines, two spaces between columns.

    Args:
        rows: the cells; a row may be shorter than others.
        right: columns to align on the right.
        open_ended: a column that may run over where it is the last of its row.
    """
    count = max((len(r) for r in rows), default=0)
    sizes = [
        max(
            (width(r[i]) for r in rows if len(r) > i and not (i == open_ended == len(r) - 1)),
            default=0,
        )
        for i in range(count)
    ]
    return [
        "  ".join(pad(c, sizes[i], right=i in right) for i, c in enumerate(row)).rstrip()
        for row in rows
    ]
