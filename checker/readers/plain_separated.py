"""Rows whose cells a sign parts, as spreadsheets save them: quotation marks, rows of other sizes.

A spreadsheet writes the same number of cells in every row. In a row of another size a sign is
missing or too many, and no place in it can be trusted: only its filled cells count, in order.
"""

import csv
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from checker.readers.plain_labels import is_value
from checker.readers.plain_padding import Context
from checker.readers.plain_region import Line, Misgiving, Row

_QUOTE = '"'
_LONGEST_CELL = 6  # lines that a cell in quotation marks may have
_SHOWN = 3


class Separated(NamedTuple):
    """A row as it stands in the file.

    Attributes:
        number: of its first line, from 1.
        end: index of the first line behind it.
    """

    row: Row
    number: int
    end: int


class Evened(NamedTuple):
    """Rows of which every place can be trusted, and what is told of the others."""

    rows: tuple[Row, ...]
    misgivings: tuple[Misgiving, ...]


def opens_quoted(text: str, sign: str) -> bool:
    """Whether the last cell of a line begins with a quotation mark and goes on in the next line."""
    return text.rpartition(sign)[2].lstrip(" ").startswith(_QUOTE) and text.count(_QUOTE) % 2 == 1


def printed_row(lines: Sequence[Line], index: int) -> tuple[str, int]:
    """The text of a row of which a cell in quotation marks may go over several lines, and its end.

    Returns:
        The lines, and the index of the first line behind them.
    """
    text, end = lines[index].text, index + 1
    if text.count(_QUOTE) % 2:
        for last in range(index + 1, min(index + _LONGEST_CELL, len(lines))):
            joined = "\n".join(line.text for line in lines[index : last + 1])
            if joined.count(_QUOTE) % 2 == 0:
                return joined, last + 1
    return text, end


def separated(lines: Sequence[Line], index: int, sign: str) -> Separated:
    """The row that begins with a line; a cell in quotation marks may go over several."""
    text, end = printed_row(lines, index)
    return Separated(Row(_cells(text.strip(" "), sign), lines[index].page), index + 1, end)


def _cells(text: str, sign: str) -> tuple[str, ...]:
    """The cells of a row; where the quotation marks make no sense every sign parts."""
    if _QUOTE in text:
        try:
            (cells,) = csv.reader([text], delimiter=sign, strict=True)
        except (csv.Error, ValueError):
            pass
        else:
            return tuple(cell.strip() for cell in cells)
    return tuple(cell.strip() for cell in text.split(sign))


def usual_size(rows: Sequence[Separated]) -> int:
    """How many cells most rows have."""
    return Counter(len(r.row.cells) for r in rows).most_common(1)[0][0]


def evened(rows: Sequence[Separated], size: int) -> Evened:
    """Rows of another size without their empty cells, with a doubt that names their lines.

    A short row is no doubt when it has as many figures as the table wants: some programs leave
    out the signs behind the last cell.
    """
    out: list[Row] = []
    uneven: list[Separated] = []
    context = Context()
    for item in rows:
        cells = item.row.cells
        for cell in cells:
            if cell and not is_value(cell):
                context.see(cell)
        if len(cells) == size:
            out.append(item.row)
            continue
        filled = tuple(cell for cell in cells if cell)
        figures = sum(is_value(cell) for cell in filled)
        if len(cells) > size or (figures and figures != context.expected()):
            uneven.append(item)
        if filled:
            out.append(item.row._replace(cells=filled))
    return Evened(tuple(out), (_told(uneven, size),) if uneven else ())


def _told(uneven: Sequence[Separated], size: int) -> Misgiving:
    numbers = "、".join(str(item.number) for item in uneven[:_SHOWN])
    more = f"等{len(uneven)}行" if len(uneven) > _SHOWN else "行"
    first = uneven[0].row.cells
    message = (
        f"第{numbers}{more}的分隔符与表格其他行不一样多（其他行{size}格，第{uneven[0].number}行"
        f"{len(first)}格），可能多了或少了分隔符，也可能数字里有千分位逗号；"
        "分不清各格的数没有采用，请核对这些行。"
    )
    return Misgiving("shifted_cells", message, next((cell for cell in first if cell), ""))
