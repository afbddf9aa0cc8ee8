"""Rows of the ledger for sentences that once were judged wrongly, one mechanism each."""

import pytest

from checker.checks import run_checks
from eval.builders import clean_report


def verdicts(text: str, **cells: str) -> list[tuple[str, str]]:
    """Printed figure and verdict of every row of the overview."""
    plan = clean_report("2021", body="云溪县水务局", year=2024, base="all_zero")
    for name, value in cells.items():
        plan.set_cell(name.replace("__", "/"), value)
    plan.set_section("overview", text)
    run = run_checks(plan.report())
    return [(c.printed, c.verdict) for c in run.claims if c.section == "overview"]


TABLE = {
    "requests__new_received__total": "12",
    "requests__carried_over_in__total": "1",
    "requests__granted__total": "8",
    "requests__total__total": "10",
    "requests__carried_over_out__total": "3",
    "appeals__reconsideration__total": "3",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("余下3件因需补充材料等原因结转至2025年继续办理申请。", [("3", "supported")]),
        ("加之2023年结转的申请1件。", [("1", "supported")]),
        ("申请量由15件降至12件。", [("15", "not_enough_info"), ("12", "supported")]),
        (
            "发生行政复议8件，其中涉及政府信息公开3件。",
            [("8", "not_enough_info"), ("3", "supported")],
        ),
        (
            "收到申请12件，其中同意公开5件、已主动公开3件。",
            [("12", "supported"), ("5", "supported"), ("3", "supported")],
        ),
        ("从申请内容看，涉及征地的9件。", [("9", "not_enough_info")]),
        ("上半年收到申请5件。", [("5", "not_enough_info")]),
        ("全年收到政府信息公开申请1\n2件。", [("1\n2", "supported")]),
        ("收到申请10至15件。", [("10至15", "supported")]),
        (
            "平均用时11.5个工作日，最短1天。",
            [("11.5", "not_enough_info"), ("1", "not_enough_info")],
        ),
        ("在20个工作日内答复，需延长的最长不超过20个工作日。", []),
        ("政务公开工作未发生需追究责任情况。", [("未发生", "not_enough_info")]),
        (
            "未收到负面评价，没有被追责的情形。",
            [("未收到", "not_enough_info"), ("没有被追责", "not_enough_info")],
        ),
    ],
)
def test_a_row_has_the_verdict_that_its_words_allow(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert verdicts(text, **TABLE) == expected
