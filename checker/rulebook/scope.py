"""What the names in a formula stand for in a form: cells, or the cells of a group.

It knows forms only, never a report: which of these cells were printed is seen in ``checks``.
"""

from collections.abc import Mapping
from typing import NamedTuple

from checker.domain.report import split_address
from checker.errors import UnknownCellError
from checker.rulebook.forms import FormSpec, TableSpec
from checker.rulebook.formula import Name, names_in
from checker.rulebook.kinds_tables import EquationRule


class Item(NamedTuple):
    """One repetition of a formula: the row, column or group subtotal it is about."""

    row: str | None
    column: str | None


class Operand(NamedTuple):
    """The cells that a name stands for.

    Attributes:
        addresses: one cell, or all cells of a group.
        heading: the cell of the group itself, which some reports print instead of its rows.
    """

    name: Name
    addresses: tuple[str, ...]
    heading: str | None = None


def items(rule: EquationRule, form: FormSpec) -> tuple[Item, ...]:
    """What a rule is repeated over in a form; rows without the named columns are left out."""
    spec = form.table(rule.table)
    if rule.for_each == "none":
        return (Item(None, None),)
    if rule.for_each == "column":
        return tuple(Item(None, c) for c in _columns(spec))
    if rule.for_each == "group":
        groups = [g.id for g in spec.groups if member_rows(spec, g.id)]
        return tuple(Item(g, c) for g in groups for c in _columns(spec))
    wanted = rule.rows or tuple(r for b in spec.blocks for r in b.rows)
    return tuple(Item(r, None) for r in wanted if _has_columns(rule, spec, r))


class Place(NamedTuple):
    """A place where a formula applies, with the cells of each of its names."""

    item: Item
    operands: Mapping[Name, Operand | None]


_PLACES: dict[tuple[str, ...], tuple[Place, ...]] = {}
"""Resolved once per process: rules and forms do not change while it runs."""


def places(rule: EquationRule, form: FormSpec) -> tuple[Place, ...]:
    """Every place where a rule applies in a form."""
    key = (rule.id, rule.table, rule.for_each, rule.formula, *rule.rows, form.id)
    found = _PLACES.get(key)
    if found is None:
        found = tuple(place_at(rule, form, item) for item in items(rule, form))
        _PLACES[key] = found
    return found


def place_at(rule: EquationRule, form: FormSpec, item: Item) -> Place:
    """One place, also one that the form does not foresee, such as a group printed as a row."""
    return Place(item, {n: operand(rule, form, n, item) for n in names_in(rule.parsed)})


def operand(rule: EquationRule, form: FormSpec, name: Name, item: Item) -> Operand | None:
    """What a name stands for, or None when the form has no such row, column or group."""
    spec = form.table(rule.table)
    row, column = item
    if row is None:
        return _by_address(form, spec, name) if column is None else _in_column(spec, name, column)
    return _in_row(spec, name, row) if column is None else _in_group(spec, name, row, column)


def member_rows(spec: TableSpec, group: str) -> tuple[str, ...]:
    """Rows of a group that hold nothing but leaves: 三、本年度办理结果 is no such group."""
    if any(g.group == group for g in spec.groups):
        return ()
    return tuple(r.id for r in spec.rows if r.group == group)


def member_columns(spec: TableSpec, group: str) -> tuple[str, ...]:
    """Columns below a heading."""
    return tuple(c.id for c in spec.columns if c.group == group)


def require_names(rule: EquationRule, form: FormSpec, shown: str) -> None:
    """Make sure that every name of a formula stands for something.

    Raises:
        UnknownCellError: names the id, the form and the nearest id that exists.
    """
    known = items(rule, form)
    for name in names_in(rule.parsed):
        if known and operand(rule, form, name, known[0]) is not None:
            continue
        from difflib import get_close_matches

        choices = _choices(rule, form)
        near = get_close_matches(name.text, choices, n=1, cutoff=0.4)
        ask = f'，是否指 "{near[0]}"？' if near else "。"
        raise UnknownCellError(
            f'规则 {rule.id}：formula 中的 "{name.text}" 不在 {form.id} 表式里{ask}（{shown}）',
            path=shown,
            key="formula",
        )
    for row in rule.rows:
        if form.table(rule.table).row(row) is None:
            raise UnknownCellError(
                f'规则 {rule.id}：rows 中的 "{row}" 不是 {form.id} 表式的行。（{shown}）',
                path=shown,
                key="rows",
            )


def _choices(rule: EquationRule, form: FormSpec) -> list[str]:
    spec = form.table(rule.table)
    if rule.for_each == "column":
        return [*(r.id for r in spec.rows), *(g.id for g in spec.groups)]
    if rule.for_each == "row":
        return [*(c.id for c in spec.columns), *(g.id for g in spec.groups)]
    if rule.for_each == "group":
        return ["subtotal", "group"]
    short = [a.partition("/")[2] for a in spec.addresses()]
    return [*short, *(a for t in form.tables for a in t.addresses())]


def _columns(spec: TableSpec) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c for b in spec.blocks for c in b.columns))


def _has_columns(rule: EquationRule, spec: TableSpec, row: str) -> bool:
    block = spec.block_of(row)
    if block is None:
        return False
    for name in names_in(rule.parsed):
        members = member_columns(spec, name.text) if name.summed else ()
        if not set(members or (name.text,)) <= set(block.columns):
            return False
    return True


def _in_column(spec: TableSpec, name: Name, column: str) -> Operand | None:
    if spec.row(name.text) is not None:
        return Operand(name, (f"{spec.id}/{name.text}/{column}",))
    rows = member_rows(spec, name.text)
    if not name.summed or not rows:
        return None
    addresses = tuple(f"{spec.id}/{r}/{column}" for r in rows)
    return Operand(name, addresses, heading=f"{spec.id}/{name.text}/{column}")


def _in_row(spec: TableSpec, name: Name, row: str) -> Operand | None:
    block = spec.block_of(row)
    if spec.column(name.text) is not None and (block is None or name.text in block.columns):
        return Operand(name, (f"{spec.id}/{row}/{name.text}",))
    columns = member_columns(spec, name.text)
    if not name.summed or not columns:
        return None
    return Operand(name, tuple(f"{spec.id}/{row}/{c}" for c in columns))


def _in_group(spec: TableSpec, name: Name, group: str, column: str) -> Operand | None:
    heading = f"{spec.id}/{group}/{column}"
    if name == Name("subtotal"):
        return Operand(name, (heading,))
    if name == Name("group", summed=True):
        rows = member_rows(spec, group)
        return Operand(name, tuple(f"{spec.id}/{r}/{column}" for r in rows))
    return None


def _by_address(form: FormSpec, spec: TableSpec, name: Name) -> Operand | None:
    parts = name.text.split("/")
    if len(parts) not in (2, 3) or name.summed:
        return None
    address = name.text if len(parts) == 3 else f"{spec.id}/{name.text}"
    table = split_address(address).table
    found = next((t for t in form.tables if t.id == table), None)
    if found is None or address not in found.addresses():
        return None
    return Operand(name, (address,))
