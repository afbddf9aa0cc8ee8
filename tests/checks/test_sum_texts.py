"""Messages about cells and sums: short, with places, printed figures and what to do."""

from collections.abc import Mapping, Sequence

from checker.checks import run_checks
from checker.domain.finding import Finding
from tests.builders import APPLICANTS, clean_report

COLUMNS = (*APPLICANTS, "total")


def findings(changes: Mapping[str, str], *rules: str, base: str = "clean") -> Sequence[Finding]:
    plan = clean_report("2021", base="all_zero") if base == "all_zero" else clean_report("2021")
    for cell, printed in changes.items():
        plan.set_cell(cell, printed)
    return [f for f in run_checks(plan.report()).findings if f.rule in rules]


def row(name: str, figure: str) -> dict[str, str]:
    return {f"requests/{name}/{c}": figure for c in COLUMNS}


def test_whole_rows_that_are_blank_share_a_phrase() -> None:
    (finding,) = findings(row("denied.state_secret", "") | row("denied.registry_query", ""), "C101")
    assert finding.message.startswith(
        "表三14格空白：“（三）不予公开 1.属于国家秘密”“（三）不予公开 8.属于行政查询事项”2行整行。"
    )


def test_sums_with_a_blank_each_are_not_said_to_have_no_figures() -> None:
    plan = clean_report("2021")
    for cell, printed in row("denied.state_secret", "").items():
        plan.set_cell(cell, printed)
    reasons = {o.rule: o.reason for o in run_checks(plan.report()).outcomes}
    assert reasons["T302"] == "有关各处都有空白格，填上以后才能核对。"


def test_rows_that_were_not_printed_are_named_once() -> None:
    plan = clean_report("2021").drop_row("requests", "denied.state_secret")
    reasons = {o.rule: o.reason for o in run_checks(plan.report()).outcomes}
    assert reasons["T302"] == (
        "表三“（三）不予公开 1.属于国家秘密”行整行没有印出或无法识读，有关合计无法核对。"
    )


def test_two_wrong_cells_of_one_row_are_told_together() -> None:
    changes = {"requests/granted/natural_person": "16", "requests/granted/commercial": "5"}
    (finding,) = findings(changes, "T303")
    assert "看来下列各格都填错了：自然人应为14、商业企业应为2。" in finding.message
    assert finding.suspect_cell is None
    assert [c.value for c in finding.repairs[0].changes] == [14, 2]


def test_a_request_missing_in_some_row_is_told_without_listing_all_rows() -> None:
    lost = {
        "requests/granted/natural_person": "13",
        "requests/granted/total": "19",
    }
    (finding,) = findings(lost, "T302")
    assert "看来有一行的自然人、总计都少填了1，请对照台账找出是哪一行。" in finding.message
    assert "应为" not in finding.message


def test_other_places_of_a_rule_are_told_by_name_and_difference() -> None:
    changes = {f"requests/{r}/{c}": "9" for r in ("granted", "other.fee_unpaid") for c in COLUMNS}
    changes |= {
        "requests/carried_over_in/commercial": "77",
        "requests/declined.excessive/total": "8",
    }
    told = findings(changes, "T301", "T302", "T303")
    texts = "".join(f.message for f in told)
    assert "同样不相等的还有：" in texts
    assert "列的办理结果合计也差" not in texts


def test_many_addends_are_told_without_their_names() -> None:
    rows = ("granted", "partially_granted", "denied.state_secret", "denied.registry_query",
            "unavailable.not_held", "declined.duplicate", "declined.excessive",
            "other.fee_unpaid", "other.correction_overdue")  # fmt: skip
    changes = {
        f"requests/{r}/{c}": str(i) for i, r in enumerate(rows, 1) for c in ("research", "total")
    }
    total = {f"requests/{r}/{c}": "45" for r in ("total", "new_received")
             for c in ("research", "total")}  # fmt: skip
    changes |= total | {"requests/total/research": "46"}
    told = findings(changes, "T302", base="all_zero")
    assert not told  # the row tells it
    changes |= {"requests/total/total": "46"}
    (finding,) = findings(changes, "T302", base="all_zero")
    assert "自上而下各行（0除外）1＋2＋3＋4＋5＋6＋7＋9＋8＝45，（七）总计填46" in finding.message


def test_rows_of_a_group_are_told_without_the_name_of_the_group() -> None:
    plan = clean_report("2021")
    plan.subtotal("denied", ["12", "1", "0", "0", "2", "1", "18"])
    told = [f for f in run_checks(plan.report()).findings if f.rule == "T305"]
    assert all("（三）不予公开 " not in f.message for f in told)
    assert any("小计填18，" in f.message for f in told)
