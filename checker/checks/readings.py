"""A cell as an operand: its value, or the bounds within which the value must lie."""

from decimal import Decimal
from typing import Literal, NamedTuple

from checker.checks.intervals import ANY, NON_NEGATIVE, Interval, point
from checker.domain.report import ReportCell
from checker.rulebook import ColumnSpec

Certainty = Literal["given", "blank", "missing", "unreadable"]
UNKNOWN = frozenset({"missing", "unreadable"})


class Reading(NamedTuple):
    """A cell as an operand.

    Attributes:
        certainty: ``blank`` also for dashes and words, which are findings of their own.
    """

    address: str
    value: Decimal | None
    bounds: Interval
    certainty: Certainty


def reading_of(address: str, cell: ReportCell | None, column: ColumnSpec | None) -> Reading:
    """What the report says in a cell; without a number every lawful value is possible.

    Args:
        address: the place asked for.
        cell: what was printed there, None when nothing was.
        column: its column, None when the form does not know it or a number is printed.
    """
    if cell is not None and cell.value.value is not None:
        return Reading(address, cell.value.value, point(cell.value.value), "given")
    bounds = ANY if column and column.kind == "change" else NON_NEGATIVE
    if cell is None:
        return Reading(address, None, bounds, "missing")
    blank = cell.value.presence in ("blank", "dash", "words")
    return Reading(address, None, bounds, "blank" if blank else "unreadable")
