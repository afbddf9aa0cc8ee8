"""What a report says in a cell, as bounds; and how messages name rows, columns and numbers."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Literal

from checker.checks.context import CheckContext
from checker.checks.intervals import Interval
from checker.checks.readings import Reading
from checker.domain.report import split_address
from checker.rulebook import TableSpec
from checker.rulebook.forms import NO_LABEL


def row_name(context: CheckContext, table: str, row: str) -> str:
    """A row with its group, as messages name it; an unknown row by its printed label."""
    spec = context.form_of(table).table(table)
    own = spec.row(row) or spec.group(row)
    if own is None:
        return context.added_label(table, row) or NO_LABEL
    parent = spec.group(own.group) if own.group and spec.row(row) else None
    shown = parent is not None and parent.group is not None
    return f"{parent.name} {own.name}" if parent is not None and shown else own.name


def column_name(spec: TableSpec, column: str) -> str:
    """A column as messages name it."""
    own = spec.column(column) or spec.group(column)
    return own.name if own else NO_LABEL


def line_name(context: CheckContext, table: str, *, row: str | None, column: str | None) -> str:
    """A whole row, a whole column or a cell: ``表三“自然人”列``."""
    spec = context.form_of(table).table(table)
    name = f"表{spec.ordinal}"
    if row is not None:
        across = spec.orientation == "across"
        name += f"“{row_name(context, table, row)}”" + ("" if across else "行")
    if column is not None:
        name += f"“{column_name(spec, column)}”列"
    return name


def cell_name(context: CheckContext, address: str) -> str:
    """A cell in full: ``表三“（七）总计”行“自然人”列``."""
    table, row, column = split_address(address)
    return line_name(context, table, row=row, column=column)


def number(value: Decimal | int) -> str:
    """A number as people write it: no exponent, no trailing zeros.

    Formatting instead of ``str(int(…))``: Python refuses that beyond 4300 digits.
    """
    text = format(Decimal(value), "f")
    plain = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if plain == "-0" else plain


def range_text(bounds: Interval) -> str:
    """A value, or what is known of it."""
    if bounds.exact is not None:
        return number(bounds.exact)
    if bounds.low is not None:
        return f"至少{number(bounds.low)}"
    return f"至多{number(bounds.high)}" if bounds.high is not None else "不定"


def gap_text(difference: Interval) -> str:
    """How far two sides are apart, at the least."""
    if difference.exact is not None:
        return number(abs(difference.exact))
    if difference.low is not None and difference.low > 0:
        return f"至少{number(difference.low)}"
    if difference.high is not None and difference.high < 0:
        return f"至少{number(-difference.high)}"
    return "不定"


def content_text(reading: Reading) -> str:
    """What stands in a cell, behind its name."""
    if reading.value is not None:
        text = number(reading.value)
        return f"（{text}）" if reading.value < 0 else text
    return {"blank": "空白", "missing": "未印出"}.get(reading.certainty, "无法识读")


def printed_text(reading: Reading, context: CheckContext) -> str:
    """What stands in a cell, behind its name; an amount with its unit as printed."""
    cell = context.cells.get(reading.address)
    return (cell.value.amount if cell else "") or content_text(reading)


def places(context: CheckContext, addresses: Sequence[str], *, limit: int = 10) -> str:
    """Cells of one table; whole rows and columns together, by their names only.

    Args:
        context: the report.
        addresses: cells of one table.
        limit: so many places are named; the rest is counted.
    """
    table = split_address(addresses[0]).table
    left = dict.fromkeys(addresses)
    spec = context.form_of(table).table(table)
    found = context.report.table(table)
    printed = [c.address for c in found.cells] if found else []
    rows, columns = _lines(printed, "row"), _lines(printed, "column")
    whole_rows, whole_columns = [], []
    for row, line in _lines(addresses, "row").items():
        # of a row that was not printed there is nothing to count but what was asked for
        if len(line) > 1 and len(line) >= len(rows.get(row, [])):
            whole_rows.append(f"“{row_name(context, table, row)}”")
            _drop(left, line)
    for column, line in _lines(left, "column").items():
        if len(line) > 2 and len(line) == len(columns.get(column, [])):
            whole_columns.append(f"“{column_name(spec, column)}”")
            _drop(left, line)
    named = [_whole(whole_rows, "组" if spec.orientation == "across" else "行", limit)]
    named.append(_whole(whole_columns, "列", limit))
    for row, line in _lines(left, "row").items():
        marks = "".join(f"“{column_name(spec, split_address(a).column)}”" for a in line)
        named.append(f"{_row_mark(context, spec, row)}{marks}列")
    named = [n for n in named if n]
    shown = "；".join(named[:limit])
    return shown if len(named) <= limit else f"{shown}；等{len(named)}处"


def _whole(names: Sequence[str], kind: Literal["行", "列", "组"], limit: int) -> str:
    """Whole rows, columns or groups in one phrase."""
    if not names:
        return ""
    shown = "".join(names[:limit])
    if len(names) == 1:
        return f"{shown}整组" if kind == "组" else f"{shown}{kind}整{kind}"
    count = f"{'等' if len(names) > limit else ''}{len(names)}{kind}"
    return f"{shown}{count}" if kind == "组" else f"{shown}{count}整{kind}"


def _row_mark(context: CheckContext, spec: TableSpec, row: str) -> str:
    mark = f"“{row_name(context, spec.id, row)}”"
    return mark if spec.orientation == "across" else f"{mark}行"


def _lines(addresses: Iterable[str], kind: Literal["row", "column"]) -> dict[str, list[str]]:
    """The cells of each row or column, in their order."""
    lines: dict[str, list[str]] = {}
    for address in addresses:
        parts = split_address(address)
        lines.setdefault(parts.row if kind == "row" else parts.column, []).append(address)
    return lines


def _drop(left: dict[str, None], line: Iterable[str]) -> None:
    for address in line:
        left.pop(address, None)
