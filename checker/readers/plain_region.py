"""The types that the recognisers of plain-text tables share, and checks on rows of cells."""

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from checker.domain.document import Geometry
from checker.domain.finding import DoubtKind
from checker.readers.builder import RawCell
from checker.readers.plain_labels import is_sentence, is_value, key, known

_LEAST_LABELS = 3
_SHORT_LABEL = 2
_LONGEST_LABEL = 30
LEAST_FIGURES = 3  # in a row, that make a row of what could be a heading


class Line(NamedTuple):
    """A line of the file.

    Attributes:
        page: only where the text has form feeds.
        unseen: invisible characters that were removed from it.
    """

    text: str
    page: int | None = None
    unseen: str = ""

    @property
    def empty(self) -> bool:
        """Nothing but white space."""
        return not self.text or self.text.isspace()


class Row(NamedTuple):
    """The cells of one printed row, or a single cell where rows are unknown."""

    cells: tuple[str, ...]
    page: int | None = None


class Misgiving(NamedTuple):
    """A doubt that a recogniser has about its table."""

    kind: DoubtKind
    message: str
    quote: str = ""


class Region(NamedTuple):
    """Lines that form a table.

    Attributes:
        end: index of the first line behind it.
        rows: empty when the lines are no table after all.
        loose: lines inside it that are no cells, e.g. page numbers.
    """

    end: int
    rows: tuple[Row, ...]
    geometry: Geometry
    misgivings: tuple[Misgiving, ...] = ()
    loose: tuple[Line, ...] = ()

    def cells(self) -> list[RawCell]:
        """The cells with their places."""
        return [
            RawCell(text, index, column, page=row.page)
            for index, row in enumerate(self.rows)
            for column, text in enumerate(row.cells)
        ]


def rejected(end: int) -> Region:
    """Lines that look like a table and are none; they need no second look before ``end``."""
    return Region(end, (), "stream")


def leads_figures(lines: Sequence[Line], index: int) -> bool:
    """Whether a short line stands above figures, a line for each: a row, not a sub-heading."""
    if len(lines[index].text) > _LONGEST_LABEL:
        return False
    below = (line.text.strip(" \t|") for line in islice(lines, index + 1, None))
    figures = [is_value(text) for text in islice(filter(None, below), LEAST_FIGURES)]
    return len(figures) == LEAST_FIGURES and all(figures)


def is_row_of_figures(cells: Sequence[str]) -> bool:
    """Whether figures follow a label in a line, which is then no heading, whatever its number."""
    label, *others = cells
    figures = sum(is_value(cell) for cell in others)
    return figures >= LEAST_FIGURES and not is_sentence(label.strip())


def one_cell_rows(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The same cells, each in a row of its own."""
    return tuple(Row((cell,), row.page) for row in rows for cell in row.cells)


def is_statutory(rows: Sequence[Row]) -> bool:
    """Whether enough official labels stand in the cells to call them a statutory table.

    Short column labels such as 其他 are words of every text and do not count.
    """
    labels = {key(cell) for row in rows for cell in row.cells if _is_telling(cell)}
    if len(labels) >= _LEAST_LABELS:
        return True
    return any(_is_labelled(row) for row in rows)


def _is_telling(cell: str) -> bool:
    found = known(cell)
    return found is not None and ("row" in found.kinds or len(key(cell)) > _SHORT_LABEL)


def _is_labelled(row: Row) -> bool:
    texts = [cell for cell in row.cells if cell.strip()]
    return (
        len(texts) > 1 and known(texts[0]) is not None and all(is_value(cell) for cell in texts[1:])
    )


def is_exact(rows: Sequence[Row]) -> bool:
    """Whether the columns of the rows are those of the print.

    All rows must have the same number of cells, figures must stand right of all row labels, and
    every column with figures must have a column label. A table whose spans were filled up at
    the end of the line fails this, and a table without labels cannot show it.
    """
    if len({len(row.cells) for row in rows}) != 1 or len(rows[0].cells) < 2:
        return False
    first = 0
    figures: set[int] = set()
    heads: set[int] = set()
    for row in rows:
        values = {i for i, cell in enumerate(row.cells) if is_value(cell)}
        texts = [i for i, cell in enumerate(row.cells) if cell.strip() and i not in values]
        if values:
            figures |= values
            first = max(first, texts[-1] + 1 if texts else 0)
        heads |= {i for i in texts if _is_head(row.cells[i])}
    return bool(figures) and first <= min(figures) and figures <= heads and min(heads) == first


def _is_head(cell: str) -> bool:
    found = known(cell)
    return found is not None and found.kinds == {"column"}
