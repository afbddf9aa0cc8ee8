"""How repairs are told: the cell, the line or the sets of cells that would make sums agree.

It only words what ``repair`` and ``lines`` found.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from checker.checks.context import CheckContext
from checker.checks.equations import Judged, own_name, place
from checker.checks.lines import Line, line_of
from checker.checks.operands import column_name, line_name, number, row_name
from checker.checks.repair import CellFix
from checker.domain.finding import CellChange, Repair
from checker.domain.report import split_address

MAX_LISTED = 5
"""So many minimal repairs are told; more do not help a clerk."""
MAX_NAMED = 10
"""So many cells of a line are named; the rest is counted."""


class Fix(NamedTuple):
    """A cell of a repair with the value it needs, None when several would do."""

    cell: str
    value: Decimal | None


def fixes_of(repair: Iterable[CellFix]) -> tuple[Fix, ...]:
    """A repair in the numbers of the report."""
    return tuple(Fix(c, None if v is None else Decimal(v)) for c, v in repair)


def repair_of(fixes: Sequence[Fix], context: CheckContext) -> Repair:
    """A repair as findings carry it."""
    changes = []
    for cell, value in fixes:
        shown = context.cell_evidence(cell)
        changes.append(CellChange(cell=cell, label=shown.label, printed=shown.printed, value=value))
    return Repair(changes=tuple(changes))


def suspect_text(fix: Fix, first: Judged, context: CheckContext, *, sure: bool) -> str:
    """The one cell that explains all; not the likeliest where something else does as well."""
    name = own_name(fix.cell, first, context)
    value = "，但应填多少不能唯一确定" if fix.value is None else f"，应为{number(fix.value)}"
    return f"{'最' if sure else ''}可能填错：{name}{value}。"


def repairs_text(repairs: Sequence[Sequence[Fix]], first: Judged, context: CheckContext) -> str:
    """The sets of cells of which one is wrong; empty when there is none."""
    if not repairs:
        return ""
    if len(repairs) > MAX_LISTED and (told_once := _same_in_some_row(repairs, context)):
        return told_once
    told = [_repair_text(r, first, context) for r in repairs[:MAX_LISTED]]
    single = all(len(r) == 1 for r in repairs)
    head = "可能填错的是下列" + ("之一" if single else "某一组") + "，请对照台账核实"
    if len(repairs) == 1:
        head = "看来下列各格都填错了"
    more = "；等" if len(repairs) > MAX_LISTED else ""
    return f"{head}：{'；'.join(told)}{more}。"


def _same_in_some_row(repairs: Sequence[Sequence[Fix]], context: CheckContext) -> str:
    """The same slip in one of many rows, told without listing them; empty when it is not that."""
    slips = set()
    for repair in repairs:
        row = _line(repair).row
        by = [
            None if f.value is None else f.value - (context.values.get(f.cell) or 0) for f in repair
        ]
        slips.add((row is not None and len(set(by)) == 1, _columns(repair), by[0]))
    whole, columns, by_ = slips.pop()
    if slips or not whole or by_ is None:
        return ""
    spec = context.form_of(columns[0]).table(columns[0])
    names = "、".join(column_name(spec, c) for c in columns[1:])
    way = "少" if by_ > 0 else "多"
    both = "都" if len(columns) > len(("table", "one")) else ""
    return f"看来有一行的{names}{both}{way}填了{number(abs(by_))}，请对照台账找出是哪一行。"


def _columns(repair: Sequence[Fix]) -> tuple[str, ...]:
    """The table and the columns of a repair."""
    parts = [split_address(f.cell) for f in repair]
    return (parts[0].table, *(p.column for p in parts))


def whole_line(fixes: Sequence[Fix], context: CheckContext) -> Mapping[str, str]:
    """What fills the braces of the message on a row or column that is wrong throughout."""
    kind = "列" if _line(fixes).row is None else "行"
    printed = {context.cell_evidence(f.cell).printed for f in fixes}
    order = list(context.cells)
    ordered = sorted(fixes, key=lambda f: order.index(f.cell))
    named = [f"{n}{number(f.value or 0)}" for n, f in _named(ordered, context)]
    more = f"等{len(named)}格" if len(named) > MAX_NAMED else ""
    return {
        "line": _line_name(fixes, context),
        "kind": kind,
        "printed": f"整{kind}填{printed.pop()}" if len(printed) == 1 else f"有{len(fixes)}格填错",
        "cells": "、".join(named[:MAX_NAMED]) + more,
    }


def exchange(
    ways: Sequence[Sequence[Fix]], broken: Sequence[Judged], context: CheckContext
) -> Mapping[str, str]:
    """What fills the braces of the message on two cells that stand in each other's place.

    Args:
        ways: the two cells, or several such pairs of which one is meant.
        broken: the sums that fail because of it.
        context: the report.
    """
    table = broken[0].rule.table
    ordinal = context.form_of(table).table(table).ordinal
    return {
        "line": "；".join(_as_printed(fixes, context) for fixes in ways),
        "places": "、".join(
            dict.fromkeys(place(j, context).removeprefix(f"表{ordinal}") for j in broken)
        ),
    }


def _as_printed(fixes: Sequence[Fix], context: CheckContext) -> str:
    printed = (context.cell_evidence(f.cell).printed for f in fixes)
    named = (n for n, _ in _named(fixes, context))
    cells = "、".join(f"{n}填{p}" for n, p in zip(named, printed, strict=True))
    return f"{_line_name(fixes, context)}：{cells}"


def _repair_text(repair: Sequence[Fix], first: Judged, context: CheckContext) -> str:
    """The cells of a repair; those of one row or column under its name."""
    line = _line(repair)
    if len(repair) > 1 and (line.row or line.column):
        named = "、".join(f"{n}{_wanted(f)}" for n, f in _named(repair, context))
        own = (line.row, line.column) == (first.item.row, first.item.column)
        table = line_name(context, first.rule.table, row=None, column=None)
        return named if own else f"{_line_name(repair, context).removeprefix(table)}{named}"
    return "、".join(f"{own_name(f.cell, first, context)}{_wanted(f)}" for f in repair)


def _line(fixes: Sequence[Fix]) -> Line:
    return line_of([f.cell for f in fixes])


def _line_name(fixes: Sequence[Fix], context: CheckContext) -> str:
    line = _line(fixes)
    return line_name(context, line.table, row=line.row, column=line.column)


def _named(fixes: Sequence[Fix], context: CheckContext) -> Iterator[tuple[str, Fix]]:
    """The cells of one line, each by what tells it from the others."""
    in_column = _line(fixes).row is None
    for fix in fixes:
        table, row, column = split_address(fix.cell)
        spec = context.form_of(table).table(table)
        yield row_name(context, table, row) if in_column else column_name(spec, column), fix


def _wanted(fix: Fix) -> str:
    return "需要改动" if fix.value is None else f"应为{number(fix.value)}"
