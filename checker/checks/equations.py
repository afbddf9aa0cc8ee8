"""A formula applied to a report: what holds, what does not, what cannot be told, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from checker.checks import intervals
from checker.checks.context import CheckContext
from checker.checks.intervals import ZERO, Interval
from checker.checks.operands import (
    cell_name,
    column_name,
    content_text,
    gap_text,
    line_name,
    printed_text,
    range_text,
    row_name,
)
from checker.checks.readings import UNKNOWN, Reading
from checker.domain.report import split_address
from checker.rulebook.formula import Compare, Formula, Linear, Logic, comparisons
from checker.rulebook.kinds_tables import EquationRule
from checker.rulebook.scope import Item, Operand, Place, member_rows, place_at, places

LONG_SUM = 8
"""From so many cells on a sum is told without its zeros."""
MANY_TERMS = 8
"""More figures than these are told without the names of their cells, in the order of the form."""


class Part(NamedTuple):
    """A cell with its coefficient, or a plain number when ``reading`` is None."""

    coefficient: Decimal
    reading: Reading | None


class Side(NamedTuple):
    """One side of a comparison."""

    parts: tuple[Part, ...]

    @property
    def bounds(self) -> Interval:
        """All values it can take."""
        one = intervals.point(Decimal(1))
        return intervals.total(
            (p.coefficient, p.reading.bounds if p.reading else one) for p in self.parts
        )


@dataclass(frozen=True, eq=False)
class Judged:
    """A formula at one place; its cells are looked at when somebody asks for them."""

    rule: EquationRule
    found: Place
    context: CheckContext

    @cached_property
    def truth(self) -> bool | None:
        """Whether it holds; None when that depends on cells without a number."""
        formula = self.rule.parsed
        if isinstance(formula, Compare):  # most formulas hold, and nobody asks for their sides
            left = _sum(formula.left, self.context, self.found)
            right = _sum(formula.right, self.context, self.found)
            if left is not None and right is not None:
                return intervals.compare(formula.op, intervals.point(left - right))
        return _truth(formula, self._sides)

    @cached_property
    def _sides(self) -> Mapping[int, tuple[Side, Side]]:
        """Left and right of every comparison."""
        return {
            id(c): (
                _side(c.left, self.context, self.found),
                _side(c.right, self.context, self.found),
            )
            for c in comparisons(self.rule.parsed)
        }

    @cached_property
    def coefficients(self) -> Mapping[str, Decimal]:
        """The equation as cell → coefficient of left minus right."""
        equation = next(comparisons(self.rule.parsed))
        sums: dict[str, Decimal] = {}
        for sign, side in ((1, equation.left), (-1, equation.right)):
            for coefficient, name in side.terms:
                if name is not None:
                    for address in _cells(self.found.operands[name], self.context):
                        sums[address] = sums.get(address, ZERO) + sign * coefficient
        return sums

    @property
    def item(self) -> Item:
        """The row, column or group that the formula is about here."""
        return self.found.item

    @property
    def left(self) -> Side:
        """Left of the comparison, or of the first one."""
        return next(iter(self._sides.values()))[0]

    @property
    def right(self) -> Side:
        """Right of the comparison, or of the first one."""
        return next(iter(self._sides.values()))[1]

    @cached_property
    def cells(self) -> tuple[Reading, ...]:
        """Every cell that the formula looks at."""
        sides = chain.from_iterable(self._sides.values())
        readings = (p.reading for side in sides for p in side.parts if p.reading is not None)
        return tuple({r.address: r for r in readings}.values())

    @property
    def id(self) -> str:
        """Names the equation within a run."""
        return f"{self.rule.id}:{self.item.row or ''}:{self.item.column or ''}"

    @property
    def difference(self) -> Interval:
        """Left minus right, each cell counted once."""
        return difference(self.left, self.right)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Cells that were not printed or cannot be read."""
        return tuple(c.address for c in self.cells if c.certainty in UNKNOWN)


def judge(rule: EquationRule, context: CheckContext) -> tuple[Judged, ...]:
    """Apply a rule at every place where the report has something for it."""
    return tuple(Judged(rule, found, context) for found in _present_places(rule, context))


def difference(left: Side, right: Side) -> Interval:
    """Left minus right; a cell on both sides is one quantity, not two."""
    sums: dict[str, Decimal] = {}
    bounds: dict[str, Interval] = {}
    constant = Decimal(0)
    for sign, side in ((Decimal(1), left), (Decimal(-1), right)):
        for coefficient, reading in side.parts:
            if reading is None:
                constant += sign * coefficient
            else:
                sums[reading.address] = sums.get(reading.address, Decimal(0)) + sign * coefficient
                bounds[reading.address] = reading.bounds
    cells = intervals.total((c, bounds[a]) for a, c in sums.items())
    return cells.plus(intervals.point(constant))


def words(judged: Judged, context: CheckContext) -> Mapping[str, str]:
    """What fills the braces of an equation rule's message."""
    gap = judged.difference
    return {
        "place": place(judged, context),
        "left_side": side_text(judged.left, judged, context),
        "right_side": side_text(judged.right, judged, context),
        "left": range_text(judged.left.bounds),
        "right": range_text(judged.right.bounds),
        "delta": gap_text(gap),
        "cells": _cells_text(judged, context),
    }


def place(judged: Judged, context: CheckContext) -> str:
    """Where a formula was applied."""
    row, column = judged.item
    return line_name(context, judged.rule.table, row=row, column=column)


def side_text(side: Side, judged: Judged, context: CheckContext) -> str:
    """One side with its arithmetic written out."""
    cells = [p for p in side.parts if p.reading]
    if not cells:
        return range_text(side.bounds)
    if len(side.parts) == 1 and cells[0].reading and cells[0].coefficient == 1:
        return _single(cells[0].reading, judged, context)
    shown = [p for p in side.parts if p.reading is None or not _left_out(p, side)]
    lines = "列" if judged.rule.for_each == "row" else "行"
    bare = len(shown) > MANY_TERMS
    text = "".join(_part_text(p, i, judged, context, bare=bare) for i, p in enumerate(shown))
    if bare:
        text = f"自上而下各{lines}（0除外）{text}" if lines == "行" else text
    elif len(shown) < len(side.parts):
        text = f"{text}（其余各{lines}为0）" if shown else f"各{lines}均为0，合计"
    return f"{text}＝{range_text(side.bounds)}"


def own_name(address: str, judged: Judged, context: CheckContext) -> str:
    """A cell within the place of the formula: by row in a column, by column in a row."""
    table, row, column = split_address(address)
    if table != judged.rule.table or judged.rule.for_each == "none":
        return cell_name(context, address)
    if judged.rule.for_each == "row":
        same = row == judged.item.row
        spec = context.form_of(table).table(table)
        return column_name(spec, column) if same else cell_name(context, address)
    if column != judged.item.column:
        return cell_name(context, address)
    if judged.rule.for_each == "group":
        member = context.form_of(table).table(table).row(row)
        return member.name if member and row != judged.item.row else "小计"
    return row_name(context, table, row)


def evidence_cells(judged: Judged) -> tuple[str, ...]:
    """The cells to show: all of a short sum, without the zeros of a long one."""
    if not isinstance(judged.rule.parsed, Compare):
        return tuple(c.address for c in judged.cells)
    shown = [
        p.reading.address
        for side in (judged.left, judged.right)
        for p in side.parts
        if p.reading and not _left_out(p, side)
    ]
    return tuple(dict.fromkeys(shown or [c.address for c in judged.cells]))


def _left_out(part: Part, side: Side) -> bool:
    return len(side.parts) >= LONG_SUM and part.reading is not None and part.reading.value == 0


def _cells_text(judged: Judged, context: CheckContext) -> str:
    """All cells with what stands in them; those of one row under its name."""
    places_ = [split_address(c.address) for c in judged.cells]
    table, row, _ = places_[0]
    if judged.rule.for_each != "none" or any((p.table, p.row) != (table, row) for p in places_):
        return "，".join(_single(c, judged, context) for c in judged.cells)
    spec = context.form_of(table).table(table)
    told = "，".join(
        f"{column_name(spec, p.column)}{'填' if c.value is not None else ''}"
        f"{printed_text(c, context)}"
        for p, c in zip(places_, judged.cells, strict=True)
    )
    return f"{line_name(context, table, row=row, column=None)}：{told}"


def _single(reading: Reading, judged: Judged, context: CheckContext) -> str:
    name = own_name(reading.address, judged, context)
    verb = "填" if reading.value is not None else ""
    text = printed_text(reading, context)
    return f"{name}{verb}{text.strip('（）') if text.startswith('（') else text}"


def _part_text(part: Part, index: int, judged: Judged, context: CheckContext, *, bare: bool) -> str:
    sign = "－" if part.coefficient < 0 else ("＋" if index else "")
    size = abs(part.coefficient)
    if part.reading is None:
        return f"{sign}{range_text(intervals.point(size))}"
    factor = "" if size == 1 else f"{range_text(intervals.point(size))}×"
    name = "" if bare else own_name(part.reading.address, judged, context)
    return f"{sign}{factor}{name}{content_text(part.reading)}"


def _present_places(rule: EquationRule, context: CheckContext) -> Iterator[Place]:
    form = context.form_of(rule.table)
    spec = form.table(rule.table)
    rows = context.printed_rows.get(rule.table)
    if rows is None:
        return
    merged: set[str] = set()
    for found in places(rule, form):
        row, column = found.item
        if rule.for_each == "group" and row is not None:
            printed = f"{rule.table}/{row}/{column}" in context.cells
            if printed and rows & set(member_rows(spec, row)):
                yield found
        elif row is None or row in rows:
            yield found
        else:
            own = spec.row(row)
            group = own.group if own else None
            if group in rows and group not in merged and not rows & set(member_rows(spec, group)):
                merged.add(group)
                yield place_at(rule, form, Item(group, None))


def _sum(linear: Linear, context: CheckContext, found: Place) -> Decimal | None:
    """The value of a side, None when one of its cells has none."""
    total = ZERO
    for coefficient, name in linear.terms:
        if name is None:
            total += coefficient
            continue
        for address in _cells(found.operands[name], context):
            value = context.values.get(address)
            if value is None:
                return None
            total += coefficient * value
    return total


def _truth(formula: Formula, sides: Mapping[int, tuple[Side, Side]]) -> bool | None:
    if isinstance(formula, Compare):
        return intervals.compare(formula.op, difference(*sides[id(formula)]))
    if isinstance(formula, Logic):
        return intervals.join(formula.op, _truth(formula.left, sides), _truth(formula.right, sides))
    return intervals.negate(_truth(formula.inner, sides))


def _side(linear: Linear, context: CheckContext, found: Place) -> Side:
    parts: list[Part] = []
    reading = context.reading
    for coefficient, name in linear.terms:
        if name is None:
            parts.append(Part(coefficient, None))
        else:
            cells = _cells(found.operands[name], context)
            parts += [Part(coefficient, reading(a)) for a in cells]
    return Side(tuple(parts))


def _cells(found: Operand | None, context: CheckContext) -> tuple[str, ...]:
    """The cells of a name; a group printed as one row stands for its missing rows."""
    if found is None:
        return ()
    if found.heading is not None and found.heading in context.cells:
        merged = not any(a in context.cells for a in found.addresses)
        return (found.heading,) if merged else found.addresses
    return found.addresses


__all__ = [
    "Judged",
    "Part",
    "Side",
    "evidence_cells",
    "judge",
    "own_name",
    "place",
    "side_text",
    "words",
]
