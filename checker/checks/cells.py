"""Checks of single cells: blank, no number, no count, unusual notation, money, expected activity.

They look at what is printed; a cell that was not printed is a matter of layout, not of these.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from checker.assemble.money_unit import printed_unit
from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.checks.operands import cell_name, number, places
from checker.domain.finding import FindingVerdict
from checker.domain.quantity import CellValue
from checker.domain.report import ReportCell, ReportTable, split_address
from checker.rulebook import ColumnSpec
from checker.rulebook.kinds_tables import (
    CountRule,
    ExpectedActivityRule,
    MoneyUnitRule,
    NotationRule,
    PresenceRule,
    SizeLimit,
    TableRuleBase,
)

_TRAILING_ZERO = re.compile(r"[0-9０-９][.．][0０]+$")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


@evaluate.register
def _(rule: PresenceRule, context: CheckContext) -> KindResult:
    drafts: list[Draft] = []
    tests = 0
    for table in _tables(rule, context):
        cells = context.official_cells(table)
        tests += len(cells)
        hits = [c for c in cells if c.value.presence in rule.presence]
        if not hits or (len(hits) == len(cells) and _told_as_empty(table, context)):
            continue
        whole = len(hits) == len(cells)
        drafts.append(_presence_draft(rule, table, hits, context, whole=whole))
    return KindResult(drafts=tuple(drafts), tests=tests)


@evaluate.register
def _(rule: CountRule, context: CheckContext) -> KindResult:
    drafts: list[Draft] = []
    tests = 0
    for table, cell, column in _numbers(rule, context):
        tests += 1
        reason = _no_count(cell.value.value or Decimal(0), column)
        if reason:
            drafts.append(
                Draft(
                    values={
                        "place": cell_name(context, cell.address),
                        "printed": cell.value.printed,
                        "reason": reason,
                        "table": table.id,
                    },
                    evidence=(context.cell_evidence(cell.address),),
                    verdict="review" if column.kind == "money" else rule.verdict,
                )
            )
    return KindResult(drafts=tuple(drafts), tests=tests)


@evaluate.register
def _(rule: NotationRule, context: CheckContext) -> KindResult:
    names = {n.notation: n.name for n in rule.notations}
    drafts: list[Draft] = []
    tests = 0
    for table in _tables(rule, context):
        told: dict[str, str] = {}
        columns = _columns(table, context)
        for cell in context.official_cells(table):
            tests += cell.value.presence == "given"
            printed = cell.value.printed
            if not cell.value.notation and (not printed or printed.isdigit()):
                continue  # nearly all of them
            column = columns.get(split_address(cell.address).column)
            kinds = [names[n] for n in _notations(cell.value, column) if n in names]
            if kinds:
                place = cell_name(context, cell.address)
                told[cell.address] = (
                    f"{place}填“{printed}”（{'、'.join(kinds)}{_due(cell.value, column)}）"
                )
        if told:
            more = f"；等{len(told)}格" if len(told) > 10 else ""
            shown = "；".join(list(told.values())[:10]) + more
            drafts.append(_table_draft(rule, table, list(told), shown, context))
    return KindResult(drafts=tuple(drafts), tests=tests)


@evaluate.register
def _(rule: MoneyUnitRule, context: CheckContext) -> KindResult:
    drafts: list[Draft] = []
    tests = 0
    for table, cell, column in _numbers(rule, context):
        if column.kind != "money" or not cell.value.value:
            continue
        tests += 1
        values: dict[str, str] = {
            "place": cell_name(context, cell.address),
            "printed": cell.value.printed,
        }
        evidence = (context.cell_evidence(cell.address),)
        limit = _size_limit(rule.sizes, context)
        if (
            column.unit is None
            and not printed_unit(cell, table, context.report.document)
            and not _unit_in_words(cell.address, context)
        ):
            drafts.append(Draft(values=values, evidence=evidence, verdict=rule.verdict))
        elif limit is not None and _looks_like_yuan(cell.value, column, limit):
            values["converted"] = f"{number(cell.value.value / 10000)}亿元"
            drafts.append(
                Draft(
                    values=values,
                    message=rule.size_message,
                    fix_hint=rule.size_fix_hint,
                    evidence=evidence,
                    verdict=rule.verdict,
                )
            )
    return KindResult(drafts=tuple(drafts), tests=tests)


def _unit_in_words(address: str, context: CheckContext) -> bool:
    """Whether the narrative states the same amount with its unit (采购总金额5274.36万元)."""
    return any(
        address in check.cells and check.verdict == "supported"
        for claim in context.claims
        if claim.unit == "yuan"
        for check in claim.checks
    )


@evaluate.register
def _(rule: ExpectedActivityRule, context: CheckContext) -> KindResult:
    agency = _BRACKETS.sub("", context.report.identity.agency or "")
    names = (agency, *_BRACKETS.findall(context.report.identity.agency or ""))
    duties = [d for d in rule.organs if any(n.strip("()（）").endswith(d.words) for n in names)]
    drafts: list[Draft] = []
    tests = 0
    for row in dict.fromkeys(r for d in duties for r in d.rows):
        table = context.report.table(rule.table)
        cell = table.cell(row, rule.column) if table else None
        if cell is None or cell.value.value is None:
            continue
        tests += 1
        if cell.value.value == 0:
            spec = context.form_of(rule.table).table(rule.table).row(row)
            values = {
                "place": cell_name(context, cell.address),
                "agency": agency,
                "duty": spec.name if spec else "",
            }
            evidence = (context.cell_evidence(cell.address),)
            drafts.append(Draft(values=values, evidence=evidence, verdict=rule.verdict))
    return KindResult(drafts=tuple(drafts), tests=tests)


def _tables(rule: TableRuleBase, context: CheckContext) -> Iterator[ReportTable]:
    for table in context.report.tables:
        if rule.table in (None, table.id):
            yield table


def _numbers(
    rule: TableRuleBase, context: CheckContext
) -> Iterator[tuple[ReportTable, ReportCell, ColumnSpec]]:
    """Every cell with a number in a column that the form knows."""
    for table in _tables(rule, context):
        columns = _columns(table, context)
        for cell in table.cells:
            column = columns.get(split_address(cell.address).column)
            if cell.value.value is not None and column is not None:
                yield table, cell, column


def _columns(table: ReportTable, context: CheckContext) -> Mapping[str, ColumnSpec]:
    return {c.id: c for c in context.form_of(table.id).table(table.id).columns}


def _told_as_empty(table: ReportTable, context: CheckContext) -> bool:
    """A table without a single entry is told by F102, except in the unfilled template."""
    blank = all(c.value.presence == "blank" for c in table.cells)
    return blank and not context.report.empty_form


def _presence_draft(
    rule: PresenceRule,
    table: ReportTable,
    hits: Sequence[ReportCell],
    context: CheckContext,
    *,
    whole: bool,
) -> Draft:
    if whole and all(c.value.presence == "blank" for c in hits):
        shown = f"全部空白，共{len(hits)}格"
    elif "blank" in rule.presence:
        shown = f"{len(hits)}格空白：{places(context, [c.address for c in hits])}"
    else:
        marks = dict.fromkeys(c.value.printed for c in hits)
        same = {m: [c.address for c in hits if c.value.printed == m] for m in marks}
        shown = "；".join(f"{places(context, a)}填“{m}”" for m, a in list(same.items())[:8])
    return _table_draft(rule, table, [c.address for c in hits], shown, context)


def _table_draft(
    rule: TableRuleBase,
    table: ReportTable,
    addresses: Sequence[str],
    shown: str,
    context: CheckContext,
) -> Draft:
    spec = context.form_of(table.id).table(table.id)
    values: dict[str, str | int | Decimal] = {
        "ordinal": spec.ordinal,
        "places": shown,
        "count": len(addresses),
    }
    evidence = tuple(context.cell_evidence(a) for a in addresses)
    verdict: FindingVerdict = "review" if context.report.empty_form else rule.verdict
    return Draft(values=values, evidence=evidence, verdict=verdict)


def _no_count(value: Decimal, column: ColumnSpec) -> str:
    """Why a number cannot stand in its column, in Chinese; empty when it can."""
    if column.kind == "money":
        return "金额不应是负数" if value < 0 else ""
    if value != value.to_integral_value():
        return "件数不应有小数"
    return "件数不应是负数" if value < 0 and column.kind == "count" else ""


def _notations(value: CellValue, column: ColumnSpec | None) -> list[str]:
    """What is unusual about a number, as far as its column does not ask for it."""
    normal: set[str] = set()
    if column is not None and column.kind == "change":
        normal.add("sign")
    if column is not None and column.kind == "money" and column.unit is None:
        normal.add("unit")
    found: list[str] = [n for n in value.notation if n not in normal]
    money = column is not None and column.kind == "money"
    if not money and _TRAILING_ZERO.search(value.printed):
        found.append("trailing_zero")
    return found


def _due(value: CellValue, column: ColumnSpec | None) -> str:
    """What an amount with its unit should be in a column that prints the unit."""
    if column is None or column.unit is None or value.value is None or not value.amount:
        return ""
    return f"，按表头的{column.unit}应填{number(value.value)}"


def _size_limit(sizes: Sequence[SizeLimit], context: CheckContext) -> SizeLimit | None:
    body = context.report.identity
    for limit in sizes:
        if limit.level == body.level and (not limit.kinds or body.kind_of_body in limit.kinds):
            return limit
    return None


def _looks_like_yuan(value: CellValue, column: ColumnSpec, limit: SizeLimit) -> bool:
    """A large whole number in a 万元 cell; a cell that prints its own unit is taken at its word."""
    amount = value.value
    if amount is None or column.unit != "万元" or value.unit is not None:
        return False
    return amount == amount.to_integral_value() and amount >= limit.at_least
