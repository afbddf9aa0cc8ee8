"""Printed tables as lines of cells, each line attributed to a statutory table."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from checker.assemble.labels import LONGEST_LABEL, QUALITY_WEIGHT, all_forms, label_index
from checker.assemble.reading import is_value
from checker.domain.document import Document, Table, TableCell
from checker.domain.report import Section, TableId

ORDER: Final[tuple[TableId, ...]] = ("proactive", "requests", "appeals")
"""The tables in the order of the form."""
# Labels that several tables share say nothing about which table a line belongs to.
_SHARED = ("total", "other", "other_organization", "other.miscellaneous")


class Line(NamedTuple):
    """One printed row.

    Attributes:
        cells: cells that start in this row, left to right.
        above: cells that start in an earlier row and reach into this one.
        table: the printed table it comes from.
        block: index of that table in ``Document.blocks``.
    """

    cells: tuple[TableCell, ...]
    above: tuple[TableCell, ...]
    table: Table
    block: int


class TableLines(NamedTuple):
    """The lines of one statutory table, in print order."""

    table: TableId
    lines: tuple[Line, ...]


def table_lines(document: Document, sections: Sequence[Section] = ()) -> tuple[TableLines, ...]:
    """Collect the lines of each statutory table; lines of other tables are left out.

    A printed table may hold several statutory ones, and a statutory one may be printed in
    several pieces. A line belongs to the table whose labels it carries, a line of figures to the
    table of the line before it, unless the heading of another section stands between them.

    Args:
        document: what the reader found.
        sections: as found.
    """
    collected: dict[TableId, list[Line]] = {}
    current: TableId | None = None
    last = -1
    for index, block in enumerate(document.blocks):
        if not isinstance(block, Table):
            continue
        lines = _lines(block, index)
        votes = [_votes(line) for line in lines]
        names = [_winner(v) for v in votes]
        beside = index == last + 1
        if current and not any(names) and _under_another_heading(sections, last, index):
            current = None
        if not _statutory(votes) and not (current and _continues(lines, names, current, beside)):
            current = None
            continue
        last = index
        first = next((n for n in names if n), current)
        current = current if names[0] is None and first == current else first
        for line, name in zip(lines, names, strict=True):
            current = name or current
            if current is not None:
                collected.setdefault(current, []).append(line)
    return tuple(TableLines(t, tuple(collected[t])) for t in ORDER if t in collected)


def _under_another_heading(sections: Sequence[Section], before: int, block: int) -> bool:
    """Whether the heading of another section stands between two blocks.

    A heading that is printed again above the rest of its table parts nothing.
    """
    heads = [s for s in sections if s.id != "introduction"]
    above = [s.id for s in heads if s.locator.block < before]
    between = [s.id for s in heads if before < s.locator.block < block]
    return any(s not in above[-1:] for s in between)


def _statutory(votes: Sequence[dict[TableId, int]]) -> bool:
    """Whether a printed table carries enough labels to be (part of) a statutory one.

    A list of our own figures in the prose may name 行政许可 once; two exact labels are the least.
    """
    totals: dict[TableId, int] = {}
    for vote in votes:
        for table, weight in vote.items():
            totals[table] = totals.get(table, 0) + weight
    return max(totals.values(), default=0) >= 2 * QUALITY_WEIGHT["exact"]


def _continues(
    lines: Sequence[Line], names: Sequence[TableId | None], current: TableId, beside: bool
) -> bool:
    """Whether a printed table is the tail of the one before: its labels, or figures only.

    Args:
        lines: the rows of the printed table.
        names: the tables that their labels speak for.
        current: the statutory table before.
        beside: nothing stands between.
    """
    if any(names):
        return all(n in (None, current) for n in names)
    return all(_bare(line) or _is_row(line, current, beside) for line in lines)


def _bare(line: Line) -> bool:
    return not any("一" <= ch <= "鿿" for c in line.cells for ch in c.text)


def _is_row(line: Line, table: TableId, beside: bool) -> bool:
    """Whether a line is a label of a table, shared with others, with figures behind it.

    As many as the row has, unless nothing stands between it and the table.
    """
    begin = next((i for i, c in enumerate(line.cells) if c.text), 0)
    label, values = line.cells[begin].text, line.cells[begin + 1 :]
    if not values or is_value(label) or not all(is_value(c.text) for c in values):
        return False
    for form in all_forms():
        index = label_index(form.id, table)
        match = index.find(label, "row")
        block = index.spec.block_of(match.id) if match else None
        if block is not None and (beside or len(values) == len(block.columns)):
            return True
    return False


def _lines(table: Table, block: int) -> list[Line]:
    starts: list[list[TableCell]] = [[] for _ in range(table.rows)]
    above: list[list[TableCell]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        starts[cell.row].append(cell)
        for row in range(cell.row + 1, min(cell.row + cell.row_span, table.rows)):
            above[row].append(cell)
    return [
        Line(tuple(starts[r]), tuple(above[r]), table, block)
        for r in range(table.rows)
        if starts[r]
    ]


def _votes(line: Line) -> dict[TableId, int]:
    """How strongly the labels of a line speak for each table."""
    votes: dict[TableId, int] = {}
    for cell in line.cells:
        if len(cell.text) > LONGEST_LABEL:
            continue
        for table, weight in _votes_of(cell.text):
            votes[table] = votes.get(table, 0) + weight
    return votes


@lru_cache(maxsize=4096)
def _votes_of(text: str) -> tuple[tuple[TableId, int], ...]:
    """The tables in which a text is a label, with the best match of all forms."""
    if not any("一" <= ch <= "鿿" for ch in text):
        return ()
    votes: dict[TableId, int] = {}
    for form in all_forms():
        for spec in form.tables:
            match = label_index(form.id, spec.id).find(text)
            if match is not None and match.id not in _SHARED:
                votes[spec.id] = max(votes.get(spec.id, 0), QUALITY_WEIGHT[match.quality])
    return tuple(votes.items())


def _winner(votes: dict[TableId, int]) -> TableId | None:
    ranked = sorted(votes.items(), key=lambda item: -item[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def texts_of(lines: Sequence[Line]) -> frozenset[str]:
    """The different texts of all cells."""
    return frozenset(cell.text for line in lines for cell in line.cells if cell.text)


def form_score(texts: Collection[str], form: str, table: TableId) -> int:
    """How well the labels among texts fit a form: sum over distinct ids of match quality."""
    index = label_index(form, table)
    best: dict[tuple[str, str], int] = {}
    for text in texts:
        match = index.find(text)
        if match is not None and match.kind in ("row", "column"):
            key = (match.kind, match.id)
            best[key] = max(best.get(key, 0), QUALITY_WEIGHT[match.quality])
    return sum(best.values())
