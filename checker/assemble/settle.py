"""Gives rows and columns under unusual labels to those of the form in whose place they stand.

The place alone is not enough: the label has to be a shortened form of the official one, or to have
its number and most of its characters. Whatever stays open is told, and its figures stay apart.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from checker.assemble.gaps import Gap, gaps, out_of_order
from checker.assemble.labels import ordinal_number
from checker.assemble.reading import TableReading
from checker.domain.report import Deviation, split_address

_Kind = Literal["row", "column"]


class _Pair(NamedTuple):
    """A printed line and the one of the form that it is."""

    printed: str
    official: str


def settle(reading: TableReading) -> None:
    """Rename what was read under an id of its own and is a row or column of the form.

    Before that, rows whose labels are only like official ones and stand elsewhere are set apart.
    """
    for row in out_of_order(reading.row_order, [row.id for row in reading.spec.rows]):
        taken = reading.labels.get(row)
        if taken and not taken.certainty and not _renumbered(reading, row):
            reading.set_apart(row)
    if not reading.extra_rows and not reading.extra_columns:
        return
    columns = tuple(_columns_meant(reading))
    for rows, pair in columns:
        _move_column(reading, pair, rows)
    for pair in dict.fromkeys(pair for _, pair in columns):
        _tell(reading, "column", pair)
    for pair in tuple(_rows_meant(reading)):
        _move_row(reading, pair)
        _tell(reading, "row", pair)
    _drop_notes(reading)


def _renumbered(reading: TableReading, row: str) -> bool:
    """Whether a row has the official wording and only the number of the place where it stands.

    Then its neighbours are those of its own group: rows were exchanged and numbered anew.
    """
    label, spec = reading.labels[row].cell.text, reading.spec.row(row)
    match = reading.index.find(label, "row")
    if spec is None or match is None or match.id != row or match.quality == "recognised":
        return False
    at = reading.lines.index(row)
    rows = [reading.spec.row(line) for line in reading.lines]
    own = [found is not None and found.group == spec.group for found in rows]
    among_own = any(own[max(at - 1, 0) : at]) or any(own[at + 1 : at + 2])
    return among_own and ordinal_number(label) == 1 + sum(own[:at])


def _rows_meant(reading: TableReading) -> Iterator[_Pair]:
    official = [row for block in reading.spec.blocks for row in block.rows]
    unread = [row for row in official if row not in reading.lines]
    labels = {d.id: d.printed for d in reading.deviations if d.kind == "extra_row" and d.printed}
    across = columns_by_row(reading)
    for gap in gaps(reading.lines, official):
        block = reading.spec.block_of(gap.missing[0])
        columns = set() if block is None else set(block.columns)
        added = [line for line in gap.added if set(across.get(line, ())) == columns]
        yield from _pairs(reading, "row", gap._replace(added=tuple(added)), labels, unread)


def _drop_notes(reading: TableReading) -> None:
    """Forget lines without any figure that do not stand where a row is missing."""
    official = [row for block in reading.spec.blocks for row in block.rows]
    instead = {line for gap in gaps(reading.lines, official) for line in gap.added}
    across = columns_by_row(reading)
    printed = {
        split_address(a).row for a, c in reading.cells.items() if c.value.presence != "blank"
    }
    for line in [x for x in reading.lines if reading.spec.row(x) is None]:
        if line not in instead and line not in printed and line in across:
            reading.forget(line)


def _columns_meant(reading: TableReading) -> Iterator[tuple[Collection[str], _Pair]]:
    """Columns that are meant, with the rows below them: those that have the same columns."""
    labels = {label_id: text for text, label_id in reading.extra_columns.items()}
    below: dict[tuple[str, ...], list[str]] = {}
    across = columns_by_row(reading)
    for line in reading.lines:
        below.setdefault(across.get(line, ()), []).append(line)
    for printed, rows in below.items():
        blocks = (reading.spec.block_of(row) for row in rows)
        for block in dict.fromkeys(b for b in blocks if b is not None):
            unread = [column for column in block.columns if column not in printed]
            inside = [r for r in rows if r in block.rows or reading.spec.row(r) is None]
            for gap in gaps(printed, block.columns):
                for pair in _pairs(reading, "column", gap, labels, unread):
                    yield inside, pair


def columns_by_row(reading: TableReading) -> Mapping[str, tuple[str, ...]]:
    """The columns of the cells of every row that has cells, left to right."""
    across: dict[str, list[str]] = {}
    for _, row, column in map(split_address, reading.cells):
        across.setdefault(row, []).append(column)
    return {row: tuple(columns) for row, columns in across.items()}


def _pairs(
    reading: TableReading,
    kind: _Kind,
    gap: Gap,
    labels: Mapping[str, str],
    unread: Sequence[str],
) -> tuple[_Pair, ...]:
    """The lines of a gap that belong together; none when they would cross.

    A label has to mean one missing line, and no other label of the gap may mean it.
    """
    fits = [
        _Pair(line, missing)
        for line in gap.added
        for missing in gap.missing
        if line in labels and reading.index.meant(labels[line], kind, missing, unread)
    ]
    lines = [p.printed for p in fits]
    meant = [p.official for p in fits]
    sure = [p for p in fits if lines.count(p.printed) == meant.count(p.official) == 1]
    places = [gap.missing.index(p.official) for p in sure]
    return tuple(sure) if all(a < b for a, b in pairwise(places)) else ()


def _move_row(reading: TableReading, pair: _Pair) -> None:
    reading.lines[reading.lines.index(pair.printed)] = pair.official
    reading.row_order[:] = [line for line in reading.lines if reading.spec.row(line)]
    reading.move(lambda p: p._replace(row=pair.official) if p.row == pair.printed else p)


def _move_column(reading: TableReading, pair: _Pair, rows: Collection[str]) -> None:
    reading.move(
        lambda p: (
            p._replace(column=pair.official) if p.column == pair.printed and p.row in rows else p
        )
    )


def _tell(reading: TableReading, kind: _Kind, pair: _Pair) -> None:
    """Tell a line as one of the form under another name, no longer as one that was added."""
    spec = reading.spec.row(pair.official) if kind == "row" else reading.spec.column(pair.official)
    told = next(
        d
        for d in reading.deviations
        if (d.kind, d.id) == ("extra_row" if kind == "row" else "extra_column", pair.printed)
    )
    renamed = Deviation(
        kind="renamed_row" if kind == "row" else "renamed_column",
        printed=told.printed,
        official=spec.label if spec else None,
        id=pair.official,
        locator=told.locator,
    )
    reading.deviations.append(renamed)
    if kind == "column":
        reading.column_order.append(pair.official)
    left = (p.row if kind == "row" else p.column for p in map(split_address, reading.cells))
    if pair.printed not in left:
        reading.deviations.remove(told)
