"""Sums of tables 三 and 四: silence on consistent tables, one finding per fault, the right cell."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.checks import causes, run_checks
from checker.checks.arithmetic import check_family
from checker.checks.context import Draft
from checker.domain.finding import CellEvidence
from checker.rulebook import load_forms
from tests.builders import APPLICANTS, clean_report
from tests.checks.tables import (
    GROUPS,
    OUTSIDE,
    base,
    consistent,
    context_of,
    family,
    printed,
    with_values,
)

FORMS = ("2019", "2021")


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, dict[str, int]]:
    """A form and consistent figures, mostly 0 as in real reports."""
    form = draw(st.sampled_from(FORMS))
    rows = load_forms()[form].table("requests").blocks[0].rows
    leaf_cells = [f"requests/{r}/{c}" for r in rows if r not in OUTSIDE for c in APPLICANTS]
    leaf_cells += [f"appeals/{g}/{c}" for g in GROUPS for c in ("upheld", "corrected", "pending")]
    carried_cells = [
        f"requests/{r}/{c}" for r in ("carried_over_in", "carried_over_out") for c in APPLICANTS
    ]
    figures = st.integers(0, 400)
    leaves = draw(st.dictionaries(st.sampled_from(leaf_cells), figures, max_size=12))
    carried = draw(st.dictionaries(st.sampled_from(carried_cells), figures, max_size=4))
    return form, consistent(form, leaves, carried)


def findings(form: str, values: Mapping[str, int | None]) -> list[Draft]:
    results = check_family(family(), context_of(with_values(form, values)))
    return [d for r in results.values() for d in r.drafts]


@given(tables())
@settings(max_examples=40, deadline=None)
def test_consistent_tables_give_no_finding(table: tuple[str, dict[str, int]]) -> None:
    form, values = table
    assert findings(form, values) == []


@given(tables(), st.data())
@settings(max_examples=40, deadline=None)
def test_blank_cells_of_a_consistent_table_give_no_finding(
    table: tuple[str, dict[str, int]], data: st.DataObject
) -> None:
    form, values = table
    blank = data.draw(st.sets(st.sampled_from(sorted(values)), min_size=1, max_size=6))
    assert findings(form, {**values, **dict.fromkeys(blank)}) == []


@given(tables(), st.data())
@settings(max_examples=40, deadline=None)
def test_one_wrong_cell_of_table_3_is_found_and_named(
    table: tuple[str, dict[str, int]], data: st.DataObject
) -> None:
    form, values = table
    cells = sorted(a for a in values if a.startswith("requests/"))
    cell = data.draw(st.sampled_from(cells))
    wrong = data.draw(st.integers(0, 500).filter(lambda v: v != values[cell]))
    (draft,) = findings(form, {**values, cell: wrong})
    assert draft.suspect_cell == cell
    assert draft.suggested_value == values[cell]


@pytest.mark.parametrize("form", FORMS)
def test_every_single_cell_plus_one_is_found(form: str) -> None:
    right = printed(base(form))
    for cell, value in right.items():
        (draft,) = findings(form, {cell: value + 1})
        assert cell in {e.cell for e in draft.evidence if isinstance(e, CellEvidence)}
        if cell.startswith("requests/"):
            assert draft.suspect_cell == cell
            assert draft.suggested_value == value
        else:
            alone = [r.changes[0] for r in draft.repairs if len(r.changes) == 1]
            proposed = {c.cell: c.value for c in alone}
            assert proposed.get(cell, draft.suggested_value) == value


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_two_wrong_cells_of_different_rows_and_columns_are_both_told(data: st.DataObject) -> None:
    right = printed(base("2021"))
    cells = sorted(a for a in right if a.startswith("requests/"))
    first = data.draw(st.sampled_from(cells))
    _, row, column = first.split("/")
    apart = [a for a in cells if a.split("/")[1] != row and a.split("/")[2] != column]
    second = data.draw(st.sampled_from(apart))
    wrong = {first: right[first] + 3, second: right[second] + 5}
    drafts = findings("2021", wrong)
    told = {e.cell for d in drafts for e in d.evidence if isinstance(e, CellEvidence)}
    assert {first, second} <= told


def test_fault_in_several_rules_is_told_once_by_the_row() -> None:
    run = run_checks(clean_report().add("requests/total/natural_person", 2).report())
    (finding,) = run.findings
    assert (finding.rule, finding.also_rules) == ("T303", ("T301", "T302"))
    assert {o.rule for o in run.outcomes if o.status == "fail"} == {"T301", "T302", "T303"}


def test_message_writes_the_sum_out_and_names_the_cell() -> None:
    plan = clean_report().add("requests/denied.security_and_stability/total", 1)
    (finding,) = run_checks(plan.report()).findings
    assert finding.message == (
        "表三“（三）不予公开 3.危及“三安全一稳定””行：自然人2＋商业企业0＋科研机构0＋社会公益组织0"
        "＋法律服务机构0＋其他1＝3，总计填4，相差1。最可能填错：总计，应为3。"
        "同时表三“总计”列的办理结果合计也差1。"
    )


def test_long_sum_is_told_without_its_zeros() -> None:
    plan = clean_report(base="all_zero")
    plan.set_cell("requests/granted/natural_person", "6").set_cell("requests/granted/total", "6")
    plan.set_cell("requests/total/natural_person", "7").set_cell("requests/total/total", "7")
    plan.set_cell("requests/new_received/natural_person", "7")
    plan.set_cell("requests/new_received/total", "7")
    (finding,) = run_checks(plan.report()).findings
    assert "（一）予以公开6（其余各行为0）＝6，（七）总计填7，相差1" in finding.message


def test_blanks_that_no_numbers_can_fill_are_told() -> None:
    values = printed(base("2021"))
    row, column = "requests/granted", "requests/total/natural_person"
    drafts = findings(
        "2021",
        {
            f"{row}/natural_person": None,
            f"{row}/total": values[f"{row}/total"] + 1,
            column: values[column],
        },
    )
    told = {c.cell for d in drafts for r in d.repairs for c in r.changes}
    told |= {d.suspect_cell for d in drafts if d.suspect_cell}
    assert f"{row}/total" in told


def test_wrong_cells_are_not_looked_for_where_none_holds_a_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(causes, "minimal_repairs")
    assert findings("2021", dict.fromkeys(printed(base("2021")))) == []


def test_suggested_value_is_a_decimal_and_repairs_are_at_most_five() -> None:
    plan = clean_report().add("appeals/reconsideration/total", 1)
    (finding,) = run_checks(plan.report()).findings
    assert finding.suspect_cell is None
    assert len(finding.repairs) == 5
    assert all(isinstance(c.value, Decimal) for r in finding.repairs for c in r.changes)


def test_many_broken_sums_share_one_finding_per_rule() -> None:
    plan = clean_report()
    for column in (*APPLICANTS, "total"):
        plan.add(f"requests/total/{column}", 1)
    run = run_checks(plan.report())
    rules = [f.rule for f in run.findings]
    assert sorted(set(rules)) == sorted(rules)
    assert {"T301", "T302", "T303"} <= {o.rule for o in run.outcomes if o.status == "fail"}


LINES = tuple(f"requests/{row}/" for row in ("total", "new_received", "carried_over_in"))


def line_of(form: str, start: str, end: str = "") -> dict[str, int]:
    """The figures of the clean report in a row (``start``) or a column (``end``)."""
    return {a: v for a, v in printed(base(form)).items() if a.startswith(start) and a.endswith(end)}


def proposals(draft: Draft) -> list[dict[str, Decimal | None]]:
    return [{c.cell: c.value for c in r.changes} for r in draft.repairs]


@pytest.mark.parametrize("form", FORMS)
def test_total_row_left_0_is_one_finding_with_what_it_should_be(form: str) -> None:
    right = line_of(form, "requests/total/")
    (draft,) = findings(form, dict.fromkeys(right, 0))
    assert proposals(draft) == [right]
    assert draft.also_rules == ("T301",)
    plan = clean_report(form)
    for cell in right:
        plan.set_cell(cell, "0")
    (finding,) = run_checks(plan.report()).findings
    assert finding.message == (
        "表三“（七）总计”行整行填0，与各项合计不符。应为：自然人52、商业企业4、科研机构1、"
        "社会公益组织1、法律服务机构9、其他1、总计68。"
    )
    assert {e.cell for e in finding.evidence if isinstance(e, CellEvidence)} == set(right)


@pytest.mark.parametrize("form", FORMS)
def test_total_column_left_0_is_one_finding(form: str) -> None:
    right = line_of(form, "requests/", "/total")
    (draft,) = findings(form, dict.fromkeys(right, 0))
    assert proposals(draft) == [{a: v for a, v in right.items() if v}]
    assert "“总计”列整列填0" in run_text(draft)


def test_short_total_row_left_0_is_one_finding_too() -> None:
    plan = clean_report(base="all_zero")
    for column in ("natural_person", "total"):
        plan.set_cell(f"requests/granted/{column}", "6")
        plan.set_cell(f"requests/new_received/{column}", "6")
    (finding,) = run_checks(plan.report()).findings
    assert "“（七）总计”行整行填0" in finding.message
    assert "应为：自然人6、总计6。" in finding.message
    assert (finding.rule, finding.also_rules) == ("T302", ("T301",))


def test_a_line_that_several_lines_could_repair_lists_them() -> None:
    right = line_of("2021", "requests/new_received/")
    (draft,) = findings("2021", dict.fromkeys(right, 0))
    told = proposals(draft)
    assert right in told
    assert len(told) == 2
    assert all({a.split("/")[1] for a in t} < {"new_received", "carried_over_in"} for t in told)
    assert draft.suspect_cell is None


@given(st.sampled_from(FORMS), st.sampled_from(LINES), st.integers(1, 40), st.data())
@settings(max_examples=25, deadline=None)
def test_a_row_wrong_throughout_is_told_once_with_the_right_row(
    form: str, start: str, step: int, data: st.DataObject
) -> None:
    right = line_of(form, start)
    wrong = {a: v + step * data.draw(st.integers(1, 9)) for a, v in right.items()}
    (draft,) = findings(form, wrong)
    assert right in proposals(draft)


def run_text(draft: Draft) -> str:
    return (draft.message or "{advice}").format_map(draft.values)
