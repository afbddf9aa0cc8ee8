"""Tells an added row beside a missing one apart from one row under another name.

Only the place decides: the added line stands exactly where the missing one belongs. With several
added or missing lines nothing is paired.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from checker.domain.report import Deviation, DeviationKind, ReportTable, split_address
from checker.rulebook import TableSpec

_PAIRS: Final[tuple[tuple[DeviationKind, DeviationKind, DeviationKind], ...]] = (
    ("extra_row", "missing_row", "renamed_row"),
    ("extra_column", "missing_column", "renamed_column"),
)


def with_renames(
    told: Sequence[Deviation], table: ReportTable, spec: TableSpec
) -> tuple[Deviation, ...]:
    """The deviations, one added and one missing line of the same place told as one."""
    shown = tuple(told)
    for extra, missing, renamed in _PAIRS:
        added = [d for d in told if d.kind == extra]
        absent = [d for d in told if d.kind == missing]
        if len(added) == len(absent) == 1 and _same_place(added[0], absent[0], table, spec):
            one = Deviation(
                kind=renamed,
                printed=added[0].printed,
                official=absent[0].official,
                id=absent[0].id,
                locator=added[0].locator,
            )
            shown = tuple(one if d is added[0] else d for d in shown if d is not absent[0])
    return shown


def _same_place(added: Deviation, absent: Deviation, table: ReportTable, spec: TableSpec) -> bool:
    """Whether the printed neighbours of one line are the official neighbours of the other."""
    if added.locator is None or spec.orientation == "across":
        return False
    by_row = added.kind == "extra_row"
    at = added.locator.start if by_row else added.locator.column
    order = _order(absent.id, spec, by_row=by_row)
    if at is None or absent.id not in order:
        return False
    places = _places(table, by_row=by_row)
    near = _neighbours(at, {i: p for i, p in places.items() if i in order})
    index = order.index(absent.id)
    before = order[index - 1] if index else None
    behind = order[index + 1] if index + 1 < len(order) else None
    return near == (before, behind)


def _order(line: str, spec: TableSpec, *, by_row: bool) -> Sequence[str]:
    """The official order of the rows, or of the columns of the block that has this one."""
    if by_row:
        return [row for block in spec.blocks for row in block.rows]
    return next((block.columns for block in spec.blocks if line in block.columns), ())


def _places(table: ReportTable, *, by_row: bool) -> Mapping[str, int]:
    """Where each official row begins in the text, or in which grid column a column stands."""
    places: dict[str, int] = {}
    for cell in table.cells:
        _, row, column = split_address(cell.address)
        place = cell.locator.start if by_row else cell.locator.column
        if place is not None:
            places.setdefault(row if by_row else column, place)
    return places


def _neighbours(at: int, places: Mapping[str, int]) -> tuple[str | None, str | None]:
    """The line printed last before a place, and the one printed first behind it."""
    before = {i: p for i, p in places.items() if p < at}
    behind = {i: p for i, p in places.items() if p > at}
    return (
        max(before, key=before.__getitem__, default=None),
        min(behind, key=behind.__getitem__, default=None),
    )
