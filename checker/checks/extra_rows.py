"""Rows that the form does not know: when counting them makes sums hold, that is said.

It only points at them; the fault itself stays a finding.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from checker.checks.context import CheckContext
from checker.checks.equations import Judged
from checker.rulebook.formula import names_in

EXTRA = "extra."


class Explained(NamedTuple):
    """Broken sums of one rule that hold when the unknown rows are counted, and their cells."""

    broken: tuple[Judged, ...]
    cells: tuple[str, ...]


class ExtraRows(NamedTuple):
    """What unknown rows do to the sums.

    Attributes:
        terms: further terms by id of the equation, where counting the unknown rows fits better.
    """

    explained: tuple[Explained, ...]
    terms: Mapping[str, tuple[tuple[str, int], ...]]


def extra_rows(judged: Sequence[Judged], context: CheckContext) -> ExtraRows:
    """See whether sums over groups hold once the rows unknown to the form are counted."""
    explained: list[Explained] = []
    terms: dict[str, tuple[tuple[str, int], ...]] = {}
    for rule, same in groupby(judged, key=lambda j: j.rule):
        if rule.for_each != "column" or not any(n.summed for n in names_in(rule.parsed)):
            continue
        columns = list(same)
        if not _extra_rows(rule.table, context):
            continue
        added = {j.id: _extra_terms(j, context) for j in columns}
        fixed = [j for j in columns if j.truth is False and _holds(j, added[j.id], context)]
        spoiled = [j for j in columns if j.truth is True and not _holds(j, added[j.id], context)]
        if len(fixed) > len(spoiled):
            terms |= added
            cells = tuple(a for j in fixed for a, _ in added[j.id])
            explained.append(Explained(tuple(fixed), cells))
    return ExtraRows(tuple(explained), terms)


def _extra_rows(table: str, context: CheckContext) -> list[str]:
    printed = context.printed_rows.get(table, frozenset())
    return sorted(r for r in printed if r.startswith(EXTRA))


def _extra_terms(judged: Judged, context: CheckContext) -> tuple[tuple[str, int], ...]:
    """The unknown rows in this column, with the sign of the side that is the sum."""
    sign = 1 if len(judged.left.parts) > len(judged.right.parts) else -1
    rows = _extra_rows(judged.rule.table, context)
    column = judged.item.column
    addresses = (f"{judged.rule.table}/{row}/{column}" for row in rows)
    return tuple((a, sign) for a in addresses if context.reading(a).value is not None)


def _holds(judged: Judged, added: Sequence[tuple[str, int]], context: CheckContext) -> bool:
    exact = judged.difference.exact
    if exact is None:
        return judged.truth is True
    extra = sum((s * (context.reading(a).value or 0) for a, s in added), Decimal(0))
    return exact + extra == 0
