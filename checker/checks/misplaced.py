"""What other rules say of figures that seem to stand one place off.

A finding that goes away once the figures are moved back has the cause that the doubt tells
already; one that stays is for a person. It changes no report: it asks what a copy would give.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from checker.checks.context import CheckContext
from checker.checks.operands import number
from checker.domain.finding import CellEvidence, Finding, TextEvidence
from checker.domain.quantity import CellValue

ABOUT_PRINT = "C"
"""How the ids of the rules begin that judge what stands in a cell, wherever it belongs."""
LEAST_OF_TRACE = 3
"""So many cells that moving back would fill are what the shift left behind, no slips."""
NOTE = "所据的数看来错了位（见存疑），请先对照原件。"

Judge = Callable[[str, CheckContext], Sequence[Finding]]


def settled_with(
    findings: Sequence[Finding],
    moved: Mapping[str, Decimal],
    context: CheckContext,
    judge: Judge,
) -> Iterator[Finding]:
    """The findings without those that the shift explains; the others on its cells are left open.

    Args:
        findings: of all rules but those that found the shift.
        moved: figures of the cells that change when everything is moved back; may be empty.
        context: the report.
        judge: applies one rule, by id, to another context.
    """
    resting = {f.rule for f in findings if _rests_on(f, moved)}
    if not resting:
        yield from findings
        return
    back = with_figures(context, moved)
    again = {(f.rule, _texts(f)) for rule in resting for f in judge(rule, back)}
    for finding in findings:
        if not _rests_on(finding, moved):
            yield finding
        elif (finding.rule, _texts(finding)) in again:
            message = f"{finding.message}{NOTE}"
            yield finding.model_copy(update={"verdict": "review", "message": message})


def _rests_on(finding: Finding, cells: Collection[str]) -> bool:
    told = [e.cell for e in finding.evidence if isinstance(e, CellEvidence)]
    if finding.rule.startswith(ABOUT_PRINT):
        return len(told) >= LEAST_OF_TRACE and all(c in cells for c in told)
    return any(c in cells for c in told)


def _texts(finding: Finding) -> tuple[int, ...]:
    """Where the passages of a finding stand."""
    return tuple(e.locator.start for e in finding.evidence if isinstance(e, TextEvidence))


def with_figures(context: CheckContext, figures: Mapping[str, Decimal]) -> CheckContext:
    """What a copy of the report with other figures in some cells would give."""
    tables = []
    for table in context.report.tables:
        cells = (
            c.model_copy(update={"value": _given(figures[c.address])})
            if c.address in figures
            else c
            for c in table.cells
        )
        tables.append(table.model_copy(update={"cells": tuple(cells)}))
    report = context.report.model_copy(update={"tables": tuple(tables)})
    return CheckContext(report=report, form=context.form, forms=context.forms)


def _given(figure: Decimal) -> CellValue:
    return CellValue(printed=number(figure), presence="given", value=figure)
