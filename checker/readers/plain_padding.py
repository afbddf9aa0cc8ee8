"""Empty cells that stand for merged ones, told from blank figures by the number of columns."""

from collections.abc import Sequence
from typing import NamedTuple

from checker.domain.report import TableId
from checker.readers.plain_labels import is_value, known
from checker.readers.plain_region import Misgiving, Row
from checker.rulebook.table_notes import load_table_notes

_APPLICANT_COLUMNS = 7
_APPEAL_GROUPS = (5, 5, 5)
_APPEAL_CELLS = sum(_APPEAL_GROUPS)
_SHOWN = 3  # labels of rows that one misgiving names


class Trimmed(NamedTuple):
    """Rows without the padding, and where it could not be told from a blank figure."""

    rows: tuple[Row, ...]
    misgivings: tuple[Misgiving, ...]


class Beside(NamedTuple):
    """Cells of a row that stand in columns beside those of the form: a number, a remark."""

    front: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()


class _Place(NamedTuple):
    """A cell with its row."""

    row: int
    text: str


class Context:
    """Which table the cells belong to, and how many figures follow a label there."""

    def __init__(self) -> None:
        self.table: TableId | None = None
        self.heads = 0
        self._counting = False

    def see(self, label: str) -> None:
        """Take note of a label."""
        found = known(label)
        if found is None:
            return
        if len(found.tables) == 1:
            (table,) = found.tables
            if table != self.table:
                self.heads = 0
            self.table = table
        if "column" in found.kinds:
            self.heads = self.heads + 1 if self._counting else 1
        self._counting = "column" in found.kinds

    def expected(self) -> int | None:
        """How many figures follow a label here, where the form says so."""
        if self.table == "requests":
            return _APPLICANT_COLUMNS
        if self.table == "appeals":
            return _APPEAL_CELLS
        return self.heads or None

    def totals(self) -> tuple[int, ...]:
        """The sizes of the groups of figures that end with their sum; empty where none do."""
        if self.table == "requests":
            return (_APPLICANT_COLUMNS,)
        return _APPEAL_GROUPS if self.table == "appeals" else ()


def without_padding_between(rows: Sequence[Row]) -> Trimmed:
    """The rows of a table of even width without padding, its added columns kept in their places.

    A column of numbers or remarks has a head that says so; a row with one cell alone is a heading.
    """
    words = load_table_notes()
    whole = [sum(bool(c) for c in row.cells) > 1 for row in rows]
    first = [row.cells[0] for row, several in zip(rows, whole, strict=True) if several]
    numbered = any(_bare(c) in words.numbers for c in first) and all(
        not c or c.isdecimal() or _bare(c) in words.numbers for c in first
    )
    remarked = any(_bare(row.cells[-1]) in words.remarks for row in rows)
    inner: list[Row] = []
    beside: list[Beside] = []
    for row, several in zip(rows, whole, strict=True):
        front = row.cells[:1] if numbered and several else ()
        behind = row.cells[-1:] if remarked and several else ()
        cells = row.cells[len(front) : len(row.cells) - len(behind)]
        inner.append(Row(cells, row.page))
        beside.append(Beside(front, behind))
    return without_padding(inner, by_row=True, beside=beside)


def _bare(text: str) -> str:
    return "".join(text.split())


def without_padding(rows: Sequence[Row], *, by_row: bool, beside: Sequence[Beside] = ()) -> Trimmed:
    """Leave out empty cells that a text tool wrote for merged ones.

    Empty cells behind a heading go. Behind a row label they go when more cells follow than the
    table has columns and there is one way to leave out the surplus. Otherwise all go, with a
    doubt: the row is then short of cells, and nobody reads a figure in the wrong column.

    Args:
        rows: the rows as printed.
        by_row: figures stand in the row of their label.
        beside: for every row what stands before and behind these cells.
    """
    places = [_Place(i, cell) for i, row in enumerate(rows) for cell in row.cells]
    context = Context()
    kept: list[_Place] = []
    misgivings: list[Misgiving] = []
    index = 0
    while index < len(places):
        end = index + 1
        if places[index].text and not is_value(places[index].text):
            context.see(places[index].text)
            kept.append(places[index])
            index = end
            continue
        row = places[index].row
        while end < len(places) and _belongs(places[end], row if by_row else None):
            end += 1
        led = index > 0 and (not by_row or places[index - 1].row == row)
        label = places[index - 1].text if led else ""
        figures = _figures(places[index:end], context, label=label)
        kept += figures.kept
        misgivings += figures.misgivings
        index = end
    texts: list[list[str]] = [[] for _ in rows]
    for place in kept:
        texts[place.row].append(place.text)
    outer = beside or [Beside()] * len(rows)
    out = (
        Row((*apart.front, *cells, *apart.behind), row.page)
        for cells, row, apart in zip(texts, rows, outer, strict=True)
        if cells
    )
    return Trimmed(tuple(out), _together(misgivings))


def _together(misgivings: Sequence[Misgiving]) -> tuple[Misgiving, ...]:
    """One for all rows whose padding could not be told."""
    if len(misgivings) < 2:
        return tuple(misgivings)
    labels = [f"“{m.quote}”" for m in misgivings[:_SHOWN] if m.quote]
    more = "等" if 0 < len(labels) < len(misgivings) else ""
    message = (
        f"{''.join(labels)}{more}{len(misgivings)}行的格数比表式多，"
        "分不清哪些空格是合并单元格、哪些是没有填的数，这些行的空格没有读入，请核对原文。"
    )
    return (misgivings[0]._replace(message=message),)


def _belongs(place: _Place, row: int | None) -> bool:
    """Whether a cell continues the figures of a row (of any, when rows are unknown)."""
    return (row is None or place.row == row) and (not place.text or is_value(place.text))


class _Figures(NamedTuple):
    kept: list[_Place]
    misgivings: list[Misgiving]


def _figures(places: list[_Place], context: Context, *, label: str) -> _Figures:
    """The cells between two labels without their padding."""
    filled = [p for p in places if p.text]
    expected = context.expected()
    if not filled:
        return _Figures(_blanks(places, context, label=label), [])
    if expected is None or len(places) <= expected:
        return _Figures(places, [])
    if len(filled) == expected:
        return _Figures(filled, [])
    lead = next(i for i, p in enumerate(places) if p.text)
    tail = next(i for i, p in enumerate(reversed(places)) if p.text)
    surplus = len(places) - expected
    if lead and not tail and surplus <= lead:
        return _Figures(places[surplus:], [])
    if tail and not lead and surplus <= tail:
        return _Figures(places[:-surplus], [])
    message = (
        f"“{label}”后面有 {len(places)} 格，应有 {expected} 格，分不清哪些空格是合并单元格、"
        "哪些是没有填的数，这一行的空格没有读入，请核对原文。"
    )
    return _Figures(filled, [Misgiving("shifted_cells", message, label)])


def _blanks(places: list[_Place], context: Context, *, label: str) -> list[_Place]:
    """Blank figures behind a row label; of blanks alone it does not matter which are padding."""
    found = known(label)
    if context.table == "appeals":
        return places[:_APPEAL_CELLS] if len(places) >= _APPEAL_CELLS else []
    is_row = found is not None and "row" in found.kinds
    return places[: context.expected()] if is_row else []
