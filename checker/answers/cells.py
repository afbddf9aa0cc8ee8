"""Finds the cells that a question names, and tells exactly what is printed in them."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from typing import Final, NamedTuple

from checker.answers.findings import headline
from checker.answers.parse import Tag, TagKind, Token
from checker.answers.types import Answer, Citation, Conversation
from checker.answers.view import View, figure, listed
from checker.domain.quantity import CellValue
from checker.domain.report import split_address
from checker.rulebook import TableSpec

TOTAL: Final = "total"
MOST_CELLS: Final = 30


class Line(NamedTuple):
    """Cells that belong together: those of one row, or the members of one group.

    Attributes:
        name: how the answer calls it; empty when the cells speak for themselves.
        summed: the members of a group, whose sum is asked.
        printed: a subtotal printed in the heading of the group.
    """

    table: str
    name: str
    cells: tuple[str, ...]
    summed: bool = False
    printed: str | None = None


class _Choice(NamedTuple):
    """One way to understand the places of a question, within one table."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    row_groups: tuple[str, ...]
    column_groups: tuple[str, ...]

    @property
    def rank(self) -> int:
        """How definite it is: row and column beat row beats column."""
        has_row = bool(self.rows or self.row_groups)
        has_column = bool(self.columns or self.column_groups)
        return 2 * has_row + has_column


def find_lines(
    view: View, *, places: tuple[Token, ...], tables: tuple[str, ...], every: bool = False
) -> tuple[Line, ...]:
    """The cells that the words of a question name, in every table where all words fit.

    Args:
        view: the report.
        places: words that name rows, columns or groups.
        tables: only these; all when empty.
        every: also the less definite ways to understand the words.
    """
    found: list[tuple[int, Line]] = []
    for spec in view.specs:
        if tables and spec.id not in tables:
            continue
        for choice in _choices(spec, places):
            found += [(choice.rank, line) for line in _lines(view, spec, choice)]
    best = max((rank for rank, _ in found), default=0)
    return tuple(dict.fromkeys(line for rank, line in found if every or rank == best))


def carried_over(cells: tuple[str, ...], places: tuple[Token, ...]) -> tuple[Token, ...]:
    """The row or the column spoken of last, whichever a question such as "那商业企业呢" leaves out.

    Args:
        cells: addresses spoken of last.
        places: words of the question that name rows, columns or groups.
    """
    parts = [split_address(a) for a in cells]
    kinds = {t.kind for p in places for t in p.tags}
    rows = {f"{p.table}/{p.row}" for p in parts}
    columns = {f"{p.table}/{p.column}" for p in parts}
    if "column" in kinds and len(rows) == 1:
        return (Token("", frozenset({Tag("row", rows.pop())})),)
    if kinds & {"row", "group"} and len(columns) == 1:
        return (Token("", frozenset({Tag("column", columns.pop())})),)
    return ()


def _choices(spec: TableSpec, places: tuple[Token, ...]) -> Iterator[_Choice]:
    options: list[list[tuple[TagKind, str]]] = []
    for place in places:
        own = [
            (t.kind, t.value.partition("/")[2])
            for t in sorted(place.tags)
            if t.value.startswith(f"{spec.id}/")
        ]
        if not own:
            return
        options.append(own)
    column_groups = {c.group for c in spec.columns}
    for picked in product(*options):
        groups = [i for kind, i in picked if kind == "group"]
        yield _Choice(
            rows=tuple(dict.fromkeys(i for kind, i in picked if kind == "row")),
            columns=tuple(dict.fromkeys(i for kind, i in picked if kind == "column")),
            row_groups=tuple(g for g in groups if g not in column_groups),
            column_groups=tuple(g for g in groups if g in column_groups),
        )


def _lines(view: View, spec: TableSpec, choice: _Choice) -> Iterator[Line]:
    if choice.column_groups:
        yield from _organisations(view, spec, choice)
        return
    groups = tuple(
        g for g in choice.row_groups if not any(_inside(spec, r, g) for r in choice.rows)
    )
    if choice.rows or groups:
        for row in choice.rows:
            yield from _row_line(view, spec, row, choice.columns)
        for group in groups:
            yield from _group_lines(view, spec, group, choice.columns or (TOTAL,))
    else:
        for column in choice.columns:
            cells = tuple(
                f"{spec.id}/{r}/{column}" for b in spec.blocks if column in b.columns
                for r in b.rows
            )  # fmt: skip
            alone = len(cells) == 1
            name = "" if alone else f"表{spec.ordinal}“{view.column_name(spec.id, column)}”列"
            yield Line(spec.id, name, cells)


def _inside(spec: TableSpec, row: str, group: str) -> bool:
    found = spec.row(row)
    parent = found.group if found else None
    while parent is not None:
        if parent == group:
            return True
        outer = spec.group(parent)
        parent = outer.group if outer else None
    return False


def _row_line(view: View, spec: TableSpec, row: str, columns: tuple[str, ...]) -> Iterator[Line]:
    block = spec.block_of(row)
    own = block.columns if block else tuple(
        split_address(a).column for a in view.cells if a.startswith(f"{spec.id}/{row}/")
    )  # fmt: skip
    if any(c not in own for c in columns):
        return
    wanted = columns or tuple(sorted(own, key=lambda c: c != TOTAL))
    cells = tuple(f"{spec.id}/{row}/{c}" for c in wanted)
    alone = columns or len(cells) == 1
    name = "" if alone else f"表{spec.ordinal}“{view.row_name(spec.id, row)}”行"
    yield Line(spec.id, name, cells)


def _group_lines(
    view: View, spec: TableSpec, group: str, columns: tuple[str, ...]
) -> Iterator[Line]:
    rows = tuple(r.id for r in spec.rows if r.id != TOTAL and _inside(spec, r.id, group))
    for column in columns:
        whole = f"{spec.id}/{group}/{column}"
        printed = [a for a in (whole,) if a in view.cells]
        cells = tuple(f"{spec.id}/{r}/{column}" for r in rows)
        if printed and not any(a in view.cells for a in cells):
            yield Line(spec.id, "", (whole,))
            continue
        where = f"各行“{view.column_name(spec.id, column)}”列"
        name = f"表{spec.ordinal}“{_group_name(spec, group)}”{where}"
        yield Line(spec.id, name, cells, summed=True, printed=whole if printed else None)


def _organisations(view: View, spec: TableSpec, choice: _Choice) -> Iterator[Line]:
    rows = choice.rows or choice.row_groups
    for group in choice.column_groups:
        columns = tuple(c.id for c in spec.columns if c.group == group)
        for row in rows:
            if spec.row(row) is None:
                return
            cells = tuple(f"{spec.id}/{row}/{c}" for c in columns)
            label = _group_name(spec, group)
            name = f"表{spec.ordinal}“{view.row_name(spec.id, row)}”行“{label}”各列"
            yield Line(spec.id, name, cells, summed=True)


def _group_name(spec: TableSpec, group: str) -> str:
    found = spec.group(group)
    return found.name if found else group


# -- telling ------------------------------------------------------------------------------


def told_value(value: CellValue | None, *, unit: str | None = None) -> str:
    """What a cell holds, blank and dash said exactly."""
    if value is None:
        return "没有印出"
    if value.presence == "given":
        plain = figure(value.value) if value.value is not None else value.printed
        same = plain == value.printed
        shown = f"{value.printed}{unit or ''}" if same else f"“{value.printed}”（即{plain}）"
        return f"填的是{shown}"
    return {
        "blank": "空白，没有填写",
        "unreadable": f"印的是“{value.printed}”，读不准是多少",
    }.get(value.presence, f"填的是“{value.printed}”，不是数字")


def _unit(view: View, address: str) -> str | None:
    table, _, column = split_address(address)
    spec = view.spec(table).column(column)
    return spec.unit if spec else None


def _told_line(view: View, line: Line) -> str:
    if line.summed:
        return told_sum(view, line)
    if not line.name:
        return "\n".join(
            f"{view.label(a)}{told_value(_value(view, a), unit=_unit(view, a))}。"
            for a in line.cells
        )
    by_row = len({split_address(a).row for a in line.cells}) == 1
    parts = []
    for address in line.cells:
        table, row, column = split_address(address)
        name = view.column_name(table, column) if by_row else view.row_name(table, row)
        parts.append(f"{name}：{_short(_value(view, address))}")
    return f"{line.name}：" + "；".join(parts) + "。"


def _short(value: CellValue | None) -> str:
    if value is None:
        return "没有印出"
    if value.presence == "blank":
        return "空白"
    if value.presence == "unreadable":
        return f"“{value.printed}”（读不准）"
    return value.printed if value.presence == "given" else f"“{value.printed}”"


def _value(view: View, address: str) -> CellValue | None:
    cell = view.cells.get(address)
    return cell.value if cell else None


def told_sum(view: View, line: Line) -> str:
    """The members of a group and their sum, computed here; blanks are not taken for 0."""
    total = Decimal(0)
    terms: list[str] = []
    open_cells: list[str] = []
    by_row = len({split_address(a).row for a in line.cells}) == 1
    for address in line.cells:
        table, row, column = split_address(address)
        name = view.column_name(table, column) if by_row else view.short_row(table, row)
        value = _value(view, address)
        if value is None or value.value is None:
            open_cells.append(f"{name}（{_short(value)}）")
            continue
        total += value.value
        terms.append(f"{name}{figure(value.value)}")
    if not terms:
        return f"{line.name}没有一格填了数字，算不出合计。"
    told = f"{line.name}合计{figure(total)}：" + "＋".join(terms) + f"＝{figure(total)}。"
    if open_cells:
        told = told.replace("合计", "已填数字的合计", 1)
        told += f"另有{listed(open_cells)}没有计入，所以全部的合计不能确定。"
    if line.printed is not None:
        told += f"报告在该组标题行另印有合计，{told_value(_value(view, line.printed))}。"
    return told


def tell_cells(
    view: View, lines: tuple[Line, ...], *, status: bool, total: bool, place: bool = False
) -> Answer:
    """What the named cells hold, and which findings and doubts touch them.

    Args:
        view: the report.
        lines: from ``find_lines``.
        status: whether it is asked if they are right.
        total: whether the sum of several single cells is asked.
        place: whether the page is asked.
    """
    addresses = tuple(dict.fromkeys(a for line in lines for a in line.cells))
    told = [_told_line(view, line) for line in lines]
    if total and (summable := _summable(lines, addresses)) is not None:
        told = [told_sum(view, summable)]
    told += [_pages(view, addresses)] if place else []
    touched = view.about_cells(addresses)
    if touched:
        told.append(
            "涉及的问题：" + "；".join(headline(n, view.finding(n)) for n in touched) + "。"
        )
    elif status:
        told.append("核对过的规则没有在这里发现问题。")
    told += [f"识读存疑：{d.message}" for d in view.run.doubts if d.cell in addresses]
    kept = addresses if len(addresses) <= MOST_CELLS else ()
    printed = tuple(line.printed for line in lines if line.printed)
    return Answer(
        kind="sum" if any(line.summed for line in lines) or told[0].startswith("这几") else "cells",
        text="\n".join(told),
        citations=(
            *(view.cite_cell(a) for a in (*addresses, *printed)),
            *(Citation(finding=n, rule=view.finding(n).rule) for n in touched),
        ),
        highlight=addresses,
        context=Conversation(
            focus="cells",
            cells=kept,
            table=lines[0].table,
            finding=touched[0] if len(touched) == 1 else None,
            aspect="value",
        ),
    )


def compared(view: View, lines: tuple[Line, ...], number: str) -> str:
    """Whether a cell holds the figure that the question supposes; of a row, its total."""
    if len(lines) != 1 or lines[0].summed:
        return ""
    cells = lines[0].cells
    address = cells[0] if len(cells) == 1 else next(
        (a for a in cells if split_address(a).column == TOTAL), None
    )  # fmt: skip
    value = _value(view, address) if address else None
    if address is None or value is None or value.value is None:
        return ""
    if value.value == Decimal(number):
        return f"是，{view.column_name(*split_address(address)[::2])}填的是{value.printed}。"
    return f"不是，{view.column_name(*split_address(address)[::2])}填的是{value.printed}。"


def _pages(view: View, addresses: tuple[str, ...]) -> str:
    cells = (view.cells.get(a) for a in addresses)
    pages = sorted({c.locator.page for c in cells if c and c.locator.page})
    if not pages:
        return "这种文件格式读不到页码。"
    return f"在第{'、'.join(map(str, pages))}页。"


def _summable(lines: tuple[Line, ...], addresses: tuple[str, ...]) -> Line | None:
    """The cells whose sum is asked: single ones, or the totals of several rows."""
    if any(line.summed for line in lines):
        return None
    table = lines[0].table
    whole = [line for line in lines if line.name]
    if not whole:
        found = Line(table, "这几格", addresses, summed=True)
        return found if _addable(addresses) else None
    totals = tuple(a for a in addresses if split_address(a).column == TOTAL)
    if len(whole) == len(lines) == len(totals) > 1:
        return Line(table, "这几行“总计”列", totals, summed=True)
    return None


def _addable(addresses: tuple[str, ...]) -> bool:
    """Several details of one column or of one row: adding a total would count twice."""
    parts = [split_address(a) for a in addresses]
    column = len({(p.table, p.column) for p in parts}) == 1
    row = len({(p.table, p.row) for p in parts}) == 1
    details = all((p.row if column else p.column) != TOTAL for p in parts)
    return len(parts) > 1 and (column or row) and details
