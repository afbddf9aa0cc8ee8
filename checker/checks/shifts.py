"""Two honest reasons why sums fail: a row that the form does not know, a line read one place off.

It only points at them; the fault itself stays a finding.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from checker.checks.context import CheckContext
from checker.checks.equations import Judged, place
from checker.checks.intervals import ZERO
from checker.checks.operands import line_name
from checker.domain.finding import Doubt
from checker.domain.report import split_address
from checker.rulebook.formula import names_in

EXTRA = "extra."
_LEAST = 2
"""So many figures must move, and so many sums be repaired, for a row to look out of place."""


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


def shifted_lines(
    judged: Sequence[Judged], every: Sequence[Judged], context: CheckContext
) -> tuple[Doubt, ...]:
    """Doubts about rows and columns whose sums would hold one place further.

    Args:
        judged: the sums that nothing else explains.
        every: all sums.
        context: the report.
    """
    doubts: list[Doubt] = []
    for item in dict.fromkeys((j.rule.table, j.item) for j in judged if j.truth is False):
        same = [j for j in judged if (j.rule.table, j.item) == item]
        step = _fitting_step(same, context)
        if step:
            across = same[0].rule.for_each == "row"
            doubts.append(
                _doubt(place(same[0], context), same[0].cells[0].address, step, across=across)
            )
    told = {d.cell for d in doubts}
    return (*doubts, *(d for d in _shifted_rows(every, context) if d.cell not in told))


def _doubt(line: str, cell: str, step: int, *, across: bool) -> Doubt:
    if across:
        way = "右移一列" if step > 0 else "左移一列"
    else:
        way = "下移一行" if step > 0 else "上移一行"
    message = f"{line}的数字整体{way}后合计相等，可能是填写或识读时错了位，请对照原件。"
    return Doubt(kind="shifted_cells", message=message, cell=cell)


def _shifted_rows(judged: Sequence[Judged], context: CheckContext) -> tuple[Doubt, ...]:
    """A row that was read one place off breaks the columns that it stands in, not its own sum.

    The row may have kept its total in place. Only the one row that repairs them all is named.
    """
    broken = {a for j in judged if j.truth is False for a in j.coefficients}
    lines: dict[tuple[str, str], list[str]] = {}
    for address in context.cells:
        parts = split_address(address)
        lines.setdefault((parts.table, parts.row), []).append(address)
    fitting: dict[tuple[str, str], Doubt] = {}
    for (table, row), line in lines.items():
        if broken.isdisjoint(line):
            continue
        for part, but in ((line, ""), (line[:-1], "（末列除外）")):
            for step in (1, -1):
                if (table, row) not in fitting and _repairs(part, step, judged, context):
                    name = f"{line_name(context, table, row=row, column=None)}{but}"
                    fitting[table, row] = _doubt(name, line[0], step, across=True)
    return tuple(fitting.values()) if len(fitting) == 1 else ()


def _repairs(
    line: Sequence[str], step: int, judged: Sequence[Judged], context: CheckContext
) -> bool:
    """Whether all sums that look into a row hold once its figures are moved one column.

    What was pushed out of the row is free; what falls off must be nothing, or that very figure.
    """
    if len(line) < _LEAST:
        return False
    values = [context.reading(a).value for a in line]
    leaving, kept = (values[-1], values[:-1]) if step > 0 else (values[0], values[1:])
    entering, targets = (line[0], line[1:]) if step > 0 else (line[-1], line[:-1])
    touching = [j for j in judged if not j.coefficients.keys().isdisjoint(line)]
    wrong = [j for j in touching if j.truth is False and entering not in j.coefficients]
    known = [v for v in kept if v is not None]
    if len(known) < len(kept) or not wrong:
        return False
    if len(wrong) < _LEAST and sum(j.truth is not True for j in touching) <= _LEAST:
        return False
    moved = dict(zip(targets, known, strict=True))
    needed = _needed(touching, moved, entering, context)
    if needed is None or sum(map(bool, (*known, needed))) < _LEAST:
        return False
    return leaving in (None, ZERO, needed)


def _needed(
    touching: Sequence[Judged], moved: Mapping[str, Decimal], entering: str, context: CheckContext
) -> Decimal | None:
    """What must stand in the cell left free so that all sums hold; None when nothing does."""
    wanted: set[Decimal] = set()
    for judged in touching:
        rest = ZERO
        for address, factor in judged.coefficients.items():
            value = moved.get(address, context.reading(address).value)
            if address != entering and value is None:
                return None
            rest += ZERO if value is None or address == entering else factor * value
        own = judged.coefficients.get(entering)
        if own is None and rest:
            return None
        wanted |= set() if own is None else {-rest / own}
    needed = wanted.pop() if len(wanted) == 1 else None
    return needed if needed is not None and needed >= 0 else None


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


def _fitting_step(same: Sequence[Judged], context: CheckContext) -> int:
    """1 or -1 when moving the whole line so makes all its sums hold; 0 when neither does."""
    line = tuple(_line(same[0], context))
    readings = [context.reading(a).value for a in line]
    values = [v for v in readings if v is not None]
    if len(values) < len(line) or len(line) < 3:
        return 0
    for step in (1, -1):
        leaving = values[-1] if step > 0 else values[0]
        moved = [values[(i - step) % len(values)] for i in range(len(values))]
        now = dict(zip(line, moved, strict=True))
        if not leaving and moved != values and all(_balances(j, now) for j in same):
            return step
    return 0


def _balances(judged: Judged, values: Mapping[str, Decimal]) -> bool:
    if not judged.coefficients.keys() <= values.keys():
        return False
    used = [f * values[a] for a, f in judged.coefficients.items()]
    return any(used) and sum(used) == 0


def _line(judged: Judged, context: CheckContext) -> Iterator[str]:
    """The printed row or column that a formula is about, in the order of the form."""
    row, column = judged.item
    table = judged.rule.table
    spec = context.form_of(table).table(table)
    for address in spec.addresses():
        parts = split_address(address)
        if parts.row == row or (row is None and parts.column == column):
            yield address
