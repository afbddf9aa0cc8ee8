"""Check of 规章: a body that cannot make any reports none.

The power follows from level and kind of the body as its name tells them; where the name does not
tell, nothing is said.
"""

from typing import Literal

from checker.assemble.bodies import split_place
from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.domain.report import ReportCell, split_address
from checker.rulebook.kinds_legal import RuleMakingRule
from checker.rulebook.lexicon import found

_Power = Literal["own", "drafts", "none", "unknown"]


@evaluate.register
def _(rule: RuleMakingRule, context: CheckContext) -> KindResult:
    table = context.report.table(rule.table) if rule.table else None
    if table is None:
        return KindResult()
    cells = [c for c in context.official_cells(table) if split_address(c.address).row == rule.row]
    claimed = [c for c in cells if c.value.value is not None and c.value.value > 0]
    if not claimed:
        return KindResult(tests=len(cells))
    power = _power(rule, context)
    if power == "own":
        return KindResult(tests=len(cells))
    agency = context.report.identity.agency
    if power == "unknown":
        who = f"“{agency}”" if agency else "编制报告的机关"
        reason = f"表二“规章”行填了大于0的数，但看不出{who}有没有制定规章的权限，请人工核对。"
        return KindResult(not_judged=reason)
    if power == "drafts" and _of_government(rule, context):
        return KindResult(tests=len(cells))
    only_published = all(split_address(c.address).column in rule.published for c in claimed)
    drafts_only = power == "drafts"
    message = rule.published_message if only_published else None
    draft = Draft(
        values={"agency": agency or "", "cells": "、".join(_told(context, c) for c in claimed)},
        evidence=tuple(context.cell_evidence(c.address) for c in claimed),
        verdict="review" if drafts_only or only_published else rule.verdict,
        severity="warning" if drafts_only else None,
        message=rule.department_message if drafts_only else message,
    )
    return KindResult(drafts=(draft,), tests=len(cells))


def _of_government(rule: RuleMakingRule, context: CheckContext) -> bool:
    """公开省政府规章8件: the office says itself whose they are."""
    office = context.report.identity.kind_of_body == "office"
    return office and any(found(rule.of_government, t.text) for t in context.section_texts)


def _told(context: CheckContext, cell: ReportCell) -> str:
    spec = context.form_of("proactive").table("proactive")
    column = spec.column(split_address(cell.address).column)
    return f"“{column.label if column else ''}”填{cell.value.printed}"


def _power(rule: RuleMakingRule, context: CheckContext) -> _Power:
    """Whether the body makes 规章 itself, only drafts them for its government, or neither."""
    identity = context.report.identity
    level, kind, agency = identity.level, identity.kind_of_body, identity.agency or ""
    if kind is None:
        return "unknown"
    if kind == "vertical" or level in ("county", "township"):
        return "none"
    if level == "ministry":
        return "own"
    if level in ("province", "city"):
        area = level == "city" and found(rule.areas, split_place(agency).name)
        if kind == "branch" or area:
            return "none"
        return "own" if kind == "government" else "drafts"
    return "none" if kind == "branch" and found(rule.zones, agency) else "unknown"
