"""Tells exactly what is printed in the cells that a question names."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from checker.answers.findings import gist, headline
from checker.answers.locate import MANY, TOTAL, Line
from checker.answers.types import Answer, Citation, Conversation
from checker.answers.view import View, listed
from checker.checks.operands import number
from checker.domain.quantity import CellValue
from checker.domain.report import split_address

MOST_CELLS: Final = 30
_MANY_TERMS: Final = 4
_FEW: Final = 3
_CAME_IN: Final = frozenset(("new_received", "carried_over_in"))
_WENT_OUT: Final = frozenset(("total", "carried_over_out"))


def told_value(value: CellValue | None, *, unit: str | None = None) -> str:
    """What a cell holds, blank and dash said exactly."""
    if value is None:
        return "没有印出"
    if value.presence == "given":
        plain = number(value.value) if value.value is not None else value.printed
        same = plain == value.printed
        if value.amount:
            held = "" if unit in (None, value.unit) else f"（即{plain}{unit}）"
            return f"填的是“{value.amount}”{held}"
        shown = f"{value.printed}{unit or ''}" if same else f"“{value.printed}”（即{plain}）"
        return f"填的是{shown}"
    return {
        "blank": "空白，没有填写",
        "unreadable": f"印的是“{value.printed}”，读不准是多少",
    }.get(value.presence, f"填的是“{value.printed}”，不是数字")


def unit_of(view: View, address: str) -> str | None:
    """The unit of the column of a cell."""
    table, _, column = split_address(address)
    spec = view.spec(table).column(column)
    return spec.unit if spec else None


def _told_line(view: View, line: Line) -> str:
    if line.summed:
        return _told_sum(view, line)
    if not line.name:
        return "\n".join(
            f"{view.label(a)}{told_value(view.value(a), unit=unit_of(view, a))}。"
            for a in line.cells
        )
    shown = _shown(view, line)
    by_row = len({split_address(a).row for a in line.cells}) == 1
    parts = []
    for address in shown:
        table, row, column = split_address(address)
        name = view.column_name(table, column) if by_row else view.row_name(table, row)
        parts.append(f"{name}：{short_value(view.value(address))}")
    rest = len(line.cells) - len(shown)
    left = f"（另有{rest}行{'没有列出' if line.main else '填0'}）" if rest else ""
    return f"{line.name}：" + "；".join(parts) + f"{left}。"


def _shown(view: View, line: Line) -> tuple[str, ...]:
    """The cells that are told one by one: of many the main ones, or those that are not 0."""
    if line.main or len(line.cells) <= MANY:
        return line.main or line.cells
    held = [a for a in line.cells if (v := view.value(a)) is None or v.value != 0]
    return tuple(held) or line.cells[:1]


def short_value(value: CellValue | None) -> str:
    """What a cell holds, in a list of cells."""
    if value is None:
        return "没有印出"
    if value.presence == "blank":
        return "空白"
    if value.presence == "unreadable":
        return f"“{value.printed}”（读不准）"
    return value.printed if value.presence == "given" else f"“{value.printed}”"


def _told_sum(view: View, line: Line) -> str:
    """The members of a group and their sum, computed here; blanks are not taken for 0."""
    total = Decimal(0)
    terms: list[str] = []
    open_cells: list[str] = []
    zeros: list[str] = []
    by_row = len({split_address(a).row for a in line.cells}) == 1
    for address in line.cells:
        table, row, column = split_address(address)
        name = view.column_name(table, column) if by_row else view.short_row(table, row)
        value = view.value(address)
        if value is None or value.value is None:
            open_cells.append(f"{name}（{short_value(value)}）")
            continue
        total += value.value
        terms.append(f"{name}{number(value.value)}")
        zeros += [] if value.value else terms[-1:]
    if not terms:
        return f"{line.name}没有一格填了数字，算不出合计。"
    if len(terms) > _MANY_TERMS and total:
        terms = [t for t in terms if t not in zeros]
        terms[-1] += f"（另有{len(zeros)}格填0）" if zeros else ""
    told = f"{line.name}合计{number(total)}：" + "＋".join(terms) + f"＝{number(total)}。"
    if open_cells:
        told = told.replace("合计", "已填数字的合计", 1)
        told += f"另有{listed(open_cells)}没有计入，所以全部的合计不能确定。"
    if line.printed is not None:
        told += f"报告在该组标题行另印有合计，{told_value(view.value(line.printed))}。"
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
        told = [_told_sum(view, summable)]
    told += [_pages(view, addresses)] if place else []
    touched = view.blaming_cells(addresses)
    if touched:
        told.append(findings_line(view, touched))
        few = touched if status and len(addresses) == 1 else ()
        told += [gist(view.finding(n)) for n in few[:_FEW]]
    elif status:
        others = len(view.run.findings)
        elsewhere = f"整份报告另有{others}条，可以问“有什么问题”。" if others else ""
        told.append(f"核对过的规则没有在这里发现问题。{elsewhere}")
    told += [
        f"识读存疑：{d.message}" for d in view.run.doubts if not d.touched.isdisjoint(addresses)
    ]
    printed = tuple(line.printed for line in lines if line.printed)
    shown = tuple(dict.fromkeys(a for line in lines for a in _shown(view, line)))
    kept = addresses if len(addresses) <= MOST_CELLS else ()
    return Answer(
        kind="sum" if any(line.summed for line in lines) or told[0].startswith("这几") else "cells",
        text="\n".join(told),
        citations=(
            *(view.cite_cell(a) for a in (*shown, *printed)),
            *(Citation(finding=n, rule=view.finding(n).rule) for n in touched),
        ),
        highlight=shown,
        context=about_cells(kept, lines[0].table, touched),
    )


def about_cells(cells: tuple[str, ...], table: str, touched: Sequence[int]) -> Conversation:
    """What is remembered of an answer about cells; the finding, where just one touches them."""
    return Conversation(
        focus="cells",
        cells=cells,
        table=table,
        finding=touched[0] if len(touched) == 1 else None,
        aspect="value",
    )


def findings_line(view: View, numbers: tuple[int, ...]) -> str:
    """Which findings the cells told of are about."""
    return "涉及的问题：" + "；".join(headline(n, view.finding(n)) for n in numbers) + "。"


def compared(view: View, lines: tuple[Line, ...], number: str) -> str:
    """Whether a cell holds the figure that the question supposes; of a row, its total."""
    if len(lines) != 1:
        return ""
    if lines[0].summed:
        return _compared_sum(view, lines[0], number)
    cells = lines[0].cells
    if lines[0].main:
        held = [view.label(a) for a in cells if (v := view.value(a)) and v.value == Decimal(number)]
        return f"填{number}的是{listed(held, most=_FEW)}。" if held else f"没有一格填的是{number}。"
    address = cells[0] if len(cells) == 1 else next(
        (a for a in cells if split_address(a).column == TOTAL), None
    )  # fmt: skip
    value = view.value(address) if address else None
    if address is None or value is None or value.value is None:
        return ""
    if value.value == Decimal(number):
        return f"是，{view.column_name(*split_address(address)[::2])}填的是{value.printed}。"
    return f"不是，{view.column_name(*split_address(address)[::2])}填的是{value.printed}。"


def _compared_sum(view: View, line: Line, number: str) -> str:
    """Whether the members of a group add up to the figure; empty when one of them has none."""
    values = [v.value if (v := view.value(a)) else None for a in line.cells]
    known = [v for v in values if v is not None]
    if len(known) < len(values):
        return ""
    return "是。" if sum(known, Decimal(0)) == Decimal(number) else f"不是{number}。"


def blankness(view: View, lines: tuple[Line, ...]) -> str:
    """Whether the cells are blank, before what each of them holds."""
    values = [view.value(a) for a in dict.fromkeys(a for line in lines for a in line.cells)]
    blank = sum(v is not None and v.presence == "blank" for v in values)
    zero = sum(v is not None and v.value == 0 for v in values)
    if len(values) > 1:
        return (
            f"{len(values)}格里，空白{blank}格，填0的{zero}格，其他{len(values) - blank - zero}格。"
        )
    if blank:
        return "是空白，不是0。"
    return "是0，不是空白。" if zero else "不是空白，也不是0。"


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
    if len(whole) == len(lines) == len(totals) > 1 and _of_one_side(totals):
        return Line(table, "这几行“总计”列", totals, summed=True)
    return None


def _of_one_side(totals: tuple[str, ...]) -> bool:
    """Whether rows add up to something: 新收 and 办结 together count applications twice."""
    rows = {p.row for a in totals if (p := split_address(a)).table == "requests"}
    sides = [s for s in (_CAME_IN, _WENT_OUT) if rows & s]
    return not sides or (len(sides) == 1 and rows <= sides[0])


def of_one_side(lines: tuple[Line, ...], count: int) -> tuple[Line, ...]:
    """So many rows that add up to something, where 结转 may be either; else all of them."""
    for side in (_CAME_IN, _WENT_OUT):
        own = tuple(x for x in lines if {split_address(a).row for a in x.cells} <= side)
        if len(own) == count > 1:
            return own
    return lines


def _addable(addresses: tuple[str, ...]) -> bool:
    """Several details of one column or of one row: adding a total would count twice."""
    parts = [split_address(a) for a in addresses]
    column = len({(p.table, p.column) for p in parts}) == 1
    row = len({(p.table, p.row) for p in parts}) == 1
    details = all((p.row if column else p.column) != TOTAL for p in parts)
    return len(parts) > 1 and (column or row) and details
