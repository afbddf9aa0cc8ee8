"""Tells lines that were added where lines are missing as what they may be: the missing ones.

Only the place decides: between two lines of the form that were read. Whether a label means the
official one was looked at before; here nobody knows, and a person has to look.
"""

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Final, Literal, NamedTuple

from checker.assemble.gaps import Gap, gaps
from checker.domain.report import Deviation, DeviationKind, ReportTable, split_address
from checker.rulebook import TableSpec

ToldKind = (
    DeviationKind | Literal["possible_row", "uneven_rows", "possible_column", "uneven_columns"]
)
_Line = Literal["row", "column"]
_JOINED: Final = "”、“"  # between labels that a phrase puts in quotation marks


class Told(NamedTuple):
    """A difference from the form as a message tells it.

    Attributes:
        id: of the row or column, of the first one where it is about several.
        of: the difference itself, where it is a single one; of a line that may be a missing one,
            with the place of the line.
    """

    kind: ToldKind
    printed: str
    official: str
    id: str
    of: Deviation | None = None


class _Kinds(NamedTuple):
    line: _Line
    missing: DeviationKind
    extra: DeviationKind
    possible: ToldKind
    uneven: ToldKind


_KINDS: Final = (
    _Kinds("row", "missing_row", "extra_row", "possible_row", "uneven_rows"),
    _Kinds("column", "missing_column", "extra_column", "possible_column", "uneven_columns"),
)


def as_told(
    deviations: Sequence[Deviation], table: ReportTable, spec: TableSpec
) -> tuple[Told, ...]:
    """The differences in their order, what was added where lines are missing told with those."""
    instead: dict[tuple[str, str], tuple[Told, ...]] = {}
    for kinds in _KINDS:
        missing = {d.id: d.official or d.id for d in deviations if d.kind == kinds.missing}
        added = {d.id: d for d in deviations if d.kind == kinds.extra}
        for gap in _gaps(kinds.line, added, table, spec):
            absent = tuple(m for m in gap.missing if m in missing)
            extra = tuple(a for a in gap.added if a in added)
            if absent and extra:
                official = [missing[m] for m in absent]
                pairs = _paired(official, [added[a] for a in extra], absent, kinds)
                places = [(kinds.missing, m) for m in absent] + [(kinds.extra, a) for a in extra]
                instead |= dict.fromkeys(places, pairs)
    shown: dict[Told, None] = {}
    for d in deviations:
        plain = (Told(d.kind, d.printed or "", d.official or d.id, d.id, d),)
        shown |= dict.fromkeys(instead.get((d.kind, d.id), plain))
    return tuple(shown)


def _paired(
    official: Sequence[str], added: Sequence[Deviation], ids: Sequence[str], kinds: _Kinds
) -> tuple[Told, ...]:
    """Line by line where as many were added as are missing, else all of them together."""
    labels = [d.printed or "" for d in added]
    if len(official) != len(labels):
        return (Told(kinds.uneven, _JOINED.join(labels), _JOINED.join(official), ids[0]),)
    rows = zip(labels, official, ids, added, strict=True)
    return tuple(
        Told(kinds.possible, p, o, i, d.model_copy(update={"official": o})) for p, o, i, d in rows
    )


def _gaps(
    line: _Line, added: Mapping[str, Deviation], table: ReportTable, spec: TableSpec
) -> Iterator[Gap]:
    """Where lines are missing and others were printed."""
    if not added:
        return
    if line == "row":
        yield from gaps(_rows(added, table), [row for b in spec.blocks for row in b.rows])
        return
    for block in spec.blocks:
        orders = (_columns(table, row) for row in block.rows)
        yield from gaps(max(orders, key=len), block.columns)


def _rows(added: Mapping[str, Deviation], table: ReportTable) -> list[str]:
    """The rows in print order; one without cells has the place of its label."""
    places: dict[str, int] = {}
    for cell in table.cells:
        row, start = split_address(cell.address).row, cell.locator.start
        places[row] = min(start, places.get(row, start))
    labels = {i: d.locator.start for i, d in added.items() if d.locator is not None}
    places = labels | places
    return sorted(places, key=places.__getitem__)


def _columns(table: ReportTable, row: str) -> list[str]:
    """The columns of the cells of a row, left to right."""
    parts = ((split_address(c.address), c.locator) for c in table.cells)
    places = [((at.start, at.column or 0), p.column) for p, at in parts if p.row == row]
    return [column for _, column in sorted(places, key=itemgetter(0))]
