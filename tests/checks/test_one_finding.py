"""One fault gives one finding, also where it breaks a rule on single cells and sums."""

import pytest

from checker.checks import run_checks
from eval.builders import clean_report


@pytest.mark.parametrize(("printed", "told"), [("-5", "不应是负数"), ("2.5", "不应有小数")])
def test_a_wrong_count_that_breaks_its_sums_is_told_once(printed: str, told: str) -> None:
    plan = clean_report("2021", body="云溪县水务局", year=2024)
    plan.set_cell("requests/granted/natural_person", printed)
    (found,) = run_checks(plan.report()).findings
    assert {"T302", "T303", "C103"} == {found.rule, *found.also_rules}
    assert found.suspect_cell == "requests/granted/natural_person"
    assert told in found.message


def test_a_wrong_count_in_no_sum_is_told_alone() -> None:
    plan = clean_report("2021", body="云溪县水务局", year=2024)
    plan.set_cell("proactive/licensing/decisions", "-5")
    assert [f.rule for f in run_checks(plan.report()).findings] == ["C103"]


def test_two_wrong_counts_are_two_findings() -> None:
    cells = ("requests/declined.duplicate/legal_services", "requests/granted/natural_person")
    plan = clean_report("2021", body="云溪县水务局", year=2024)
    for cell in cells:
        plan.set_cell(cell, "-5")
    found = run_checks(plan.report()).findings
    assert sorted(f.suspect_cell or "" for f in found) == sorted(cells)
    assert all("C103" in f.also_rules for f in found)


def test_a_carry_over_that_one_wrong_cell_explains_is_told_with_its_sums() -> None:
    plan = clean_report("2021", base="all_zero").add("requests/carried_over_out/research", 1)
    (found,) = run_checks(plan.report()).findings
    assert found.rule == "T303"
    assert "T304" in found.also_rules
    assert found.suspect_cell == "requests/carried_over_out/research"


def test_a_carry_over_in_another_column_is_told_beside_it() -> None:
    plan = clean_report("2021", base="all_zero").add("requests/carried_over_out/research", 1)
    for row in ("carried_over_in", "carried_over_out"):
        plan.add(f"requests/{row}/commercial", 5).add(f"requests/{row}/total", 5)
    found = {f.rule: f for f in run_checks(plan.report()).findings}
    assert set(found) == {"T303", "T304"}
    assert "商业企业" in found["T304"].message
    assert "科研机构" not in found["T304"].message
