"""Reports with given figures, made from one assembled report: fast enough for property tests."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from checker.checks.context import CheckContext
from checker.domain.quantity import CellValue
from checker.domain.report import AnnualReport
from checker.rulebook import form_of_report, load_forms, load_rulebook
from checker.rulebook.kinds_tables import EquationRule
from tests.builders import APPLICANTS, clean_report

GROUPS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
OUTSIDE = ("new_received", "carried_over_in", "total", "carried_over_out")


@cache
def base(form: str) -> AnnualReport:
    """The clean report of a form."""
    return clean_report(form).report()


def with_values(form: str, values: Mapping[str, int | None]) -> AnnualReport:
    """The clean report with other figures; None stands for a blank cell."""
    report = base(form)
    tables = []
    for table in report.tables:
        cells = []
        for cell in table.cells:
            if cell.address in values:
                value = values[cell.address]
                content = CellValue(printed="", presence="blank")
                if value is not None:
                    content = CellValue(printed=str(value), presence="given", value=Decimal(value))
                cells.append(cell.model_copy(update={"value": content}))
            else:
                cells.append(cell)
        tables.append(table.model_copy(update={"cells": tuple(cells)}))
    return report.model_copy(update={"tables": tuple(tables)})


def context_of(report: AnnualReport) -> CheckContext:
    forms = load_forms()
    return CheckContext(report=report, form=form_of_report(forms, report), forms=forms)


def family() -> tuple[EquationRule, ...]:
    """The rules that are localised together."""
    rules = load_rulebook().rules.values()
    return tuple(r for r in rules if isinstance(r, EquationRule) and r.localise)


def printed(report: AnnualReport) -> dict[str, int]:
    """Figures of tables 三 and 四 by address."""
    cells = (c for t in report.tables if t.id != "proactive" for c in t.cells)
    return {c.address: int(c.value.value) for c in cells if c.value.value is not None}


def consistent(form: str, leaves: Mapping[str, int], carried: Mapping[str, int]) -> dict[str, int]:
    """All figures of tables 三 and 四 that follow from leaf figures; what is not given is 0.

    Args:
        form: id of the form.
        leaves: leaf cells, ``requests/row/column`` or ``appeals/row/column``.
        carried: cells of 上年结转 and 结转下年度; cut where 新收 would be negative.
    """
    rows = load_forms()[form].table("requests").blocks[0].rows
    results = [r for r in rows if r not in OUTSIDE]
    values: dict[str, int] = {}
    for column in APPLICANTS:
        total = 0
        for row in results:
            address = f"requests/{row}/{column}"
            values[address] = leaves.get(address, 0)
            total += values[address]
        out = carried.get(f"requests/carried_over_out/{column}", 0)
        came = min(carried.get(f"requests/carried_over_in/{column}", 0), total + out)
        values[f"requests/total/{column}"] = total
        values[f"requests/carried_over_out/{column}"] = out
        values[f"requests/carried_over_in/{column}"] = came
        values[f"requests/new_received/{column}"] = total + out - came
    for row in rows:
        values[f"requests/{row}/total"] = sum(values[f"requests/{row}/{c}"] for c in APPLICANTS)
    for group in GROUPS:
        total = 0
        for column in ("upheld", "corrected", "other", "pending"):
            values[f"appeals/{group}/{column}"] = leaves.get(f"appeals/{group}/{column}", 0)
            total += values[f"appeals/{group}/{column}"]
        values[f"appeals/{group}/total"] = total
    return values
