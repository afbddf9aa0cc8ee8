"""Tables and paragraphs within the width of a terminal; nothing is left out to make them fit."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from checker.output.width import pad, width

WIDEST: Final = 100
"""Columns that a line takes at most; the window of an official has 80 to 120."""
_LONGEST_LABEL = 46
# A head is broken into lines of at least so many columns: three Chinese characters.
_NARROWEST = 6
_GAP = "  "
_NOTE = "（"
_ALL = "整行"
_PIECE = re.compile(r"[!-~]+|.", re.DOTALL)
_CLOSING = "，。；：、！？）》”’"


class Line(NamedTuple):
    """One row of a table."""

    label: str
    cells: tuple[str, ...] = ()


def table_lines(heads: Sequence[str], rows: Sequence[Line]) -> Iterator[str]:
    """A table with aligned columns, the figures on the right.

    A note that all cells of a row share is printed once. Where the columns are too wide for the
    line the heads are broken, then rows with long cells are printed as a list below their label.

    Args:
        heads: of the columns.
        rows: labels, with a cell for every head or none.
    """
    labels = [width(row.label) for row in rows if width(row.label) <= _LONGEST_LABEL]
    first = max(labels, default=0)
    sizes = _sizes(heads, [row for row in rows if not _is_shared(row)], WIDEST - first)
    broken = [_broken(head, size) for head, size in zip(heads, sizes, strict=True)]
    height = max((len(lines) for lines in broken), default=0)
    for level in range(height):
        # The last line of every head stands directly above the figures.
        line = [head[level - height] if level >= height - len(head) else "" for head in broken]
        yield _aligned("", line, first, sizes)
    for row in rows:
        yield from _row(row, heads, first, sizes)


def _row(row: Line, heads: Sequence[str], first: int, sizes: Sequence[int]) -> Iterator[str]:
    if not row.cells:
        yield row.label
    elif _is_shared(row):
        yield from wrapped(f"{pad(row.label, first)}{_GAP}{_ALL}{row.cells[0]}", first + len(_GAP))
    elif any(width(c) > size for c, size in zip(row.cells, sizes, strict=True)):
        yield row.label
        pairs = zip(heads, row.cells, strict=True)
        listed = "，".join(f"{head} {cell}" for head, cell in pairs)
        indent = width(row.label) - width(row.label.lstrip()) + 4
        yield from wrapped(f"{' ' * indent}{listed}", indent)
    elif width(row.label) > first:
        yield row.label
        yield _aligned("", row.cells, first, sizes)
    else:
        yield _aligned(row.label, row.cells, first, sizes)


def _is_shared(row: Line) -> bool:
    """Whether all cells hold the same note."""
    return len(row.cells) > 1 and row.cells[0].startswith(_NOTE) and len(set(row.cells)) == 1


def _aligned(label: str, cells: Sequence[str], first: int, sizes: Sequence[int]) -> str:
    padded = [pad(cell, size, right=True) for cell, size in zip(cells, sizes, strict=True)]
    return _GAP.join([pad(label, first), *padded]).rstrip()


def _sizes(heads: Sequence[str], rows: Sequence[Line], room: int) -> list[int]:
    """Widths of the columns: as wide as all cells if there is room, else as the short ones."""
    cells = [[width(row.cells[i]) for row in rows if row.cells] for i in range(len(heads))]
    whole = [max([width(head), *own]) for head, own in zip(heads, cells, strict=True)]
    if _fit(whole, room):
        return whole
    for most in sorted({size for own in cells for size in own}, reverse=True):
        sizes = [max([_NARROWEST, *(w for w in own if w <= most)]) for own in cells]
        if _fit(sizes, room):
            return sizes
    return [_NARROWEST] * len(heads)


def _fit(sizes: Sequence[int], room: int) -> bool:
    return sum(size + len(_GAP) for size in sizes) <= room


def _broken(head: str, size: int) -> list[str]:
    """A head in as few lines as its column allows, of about the same length."""
    lines = -(-width(head) // size)
    return list(_filled(head, max(-(-width(head) // lines) if lines else 0, 2), 0))


def wrapped(text: str, indent: int) -> Iterator[str]:
    """A paragraph in lines that fit, the later ones indented by so many columns."""
    lines = _filled(text, WIDEST, indent)
    yield next(lines, "")
    for line in lines:
        yield " " * indent + line.lstrip()


def _filled(text: str, size: int, indent: int) -> Iterator[str]:
    """Text in lines of at most ``size`` columns; all but the first are shorter by ``indent``."""
    line, used = "", 0
    for piece in _PIECE.findall(text):
        if line.strip() and used + width(piece) > size and piece not in _CLOSING:
            yield line
            line, used = "", indent
        line += piece
        used += width(piece)
    if line:
        yield line
