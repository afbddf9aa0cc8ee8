"""The unit that a column head prints holds for its cells."""

from decimal import Decimal

import pytest

from checker.checks import run_checks
from eval.builders import clean_report


@pytest.mark.parametrize(
    ("head", "printed", "value"),
    [
        ("本年收费金额（单位：元）", "360000", "36"),
        ("本年收费金额（单位：万元）", "36", "36"),
        ("本年收费金额（单位：亿元）", "0.0036", "36"),
        ("本年收费金额（单位：元）", "36万元", "36"),
        ("本年收费金额（单位：元）", "0", "0"),
        ("本年收费金额（元）", "360000", "36"),
        ("本年收费金额(元)", "360000", "36"),
        ("本年收费金额\n（元）", "360000", "36"),
        ("本年收费金额：元", "360000", "36"),
        ("本年收费金额[元]", "360000", "36"),
        ("本年收费金额（万元）", "36", "36"),
    ],
)
def test_an_amount_is_in_the_unit_of_its_head(head: str, printed: str, value: str) -> None:
    plan = clean_report("2021", body="云溪县水务局", year=2024)
    plan.rename_column("proactive", "amount", head)
    plan.set_cell("proactive/fees/amount", printed)
    plan.set_section("overview", f"全年收取行政事业性收费{value}万元。")
    report = plan.report()
    (table,) = [t for t in report.tables if t.id == "proactive"]
    cell = table.by_address["proactive/fees/amount"]
    assert (cell.value.printed, cell.value.value) == (printed, Decimal(value))
    rules = {f.rule for f in run_checks(report).findings}
    assert not rules & {"N101", "C105"}
