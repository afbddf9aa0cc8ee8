"""Two neighbours in each other's cells are one fault, told once, and hide nothing else."""

from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checker.checks import run_checks
from checker.checks.context import Draft
from checker.rulebook import load_forms
from tests.builders import APPLICANTS, clean_report
from tests.checks.tables import base, printed
from tests.checks.test_arithmetic import FORMS, findings, tables

COLUMNS = (*APPLICANTS, "total")


def neighbours(form: str) -> list[tuple[str, str]]:
    """Cells of table 三 beside each other or one below the other."""
    rows = load_forms()[form].table("requests").blocks[0].rows
    cells = [(f"requests/{r}/{a}", f"requests/{r}/{b}") for r in rows for a, b in pairwise(COLUMNS)]
    return cells + [
        (f"requests/{a}/{c}", f"requests/{b}/{c}") for a, b in pairwise(rows) for c in COLUMNS
    ]


def exchanged(values: Mapping[str, int], pair: tuple[str, str]) -> dict[str, int]:
    one, two = pair
    return {**values, one: values[two], two: values[one]}


def named(drafts: list[Draft]) -> list[dict[str, int | None]]:
    """The swaps that are told: cell and the figure it should hold."""
    return [
        {c.cell: None if c.value is None else int(c.value) for c in repair.changes}
        for d in drafts
        if d.message and "填反" in d.message
        for repair in d.repairs
    ]


@given(tables(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_planted_swap_is_told_once_with_both_cells(
    table: tuple[str, dict[str, int]], data: st.DataObject
) -> None:
    form, values = table
    pairs = [(a, b) for a, b in neighbours(form) if values[a] != values[b]]
    assume(pairs)
    pair = data.draw(st.sampled_from(pairs))
    wrong = exchanged(values, pair)
    drafts = findings(form, wrong)
    told = named(drafts)
    right = {c: values[c] for c in pair}
    if not told:
        # Only where the sums cannot tell it from another fault as small, or nothing is wrong.
        others = [p for p in neighbours(form) if p != pair and wrong[p[0]] != wrong[p[1]]]
        rivals = [p for p in others if not findings(form, exchanged(wrong, p))]
        single = any(d.suspect_cell for d in drafts) and len(drafts) == 1
        assert rivals or single or not drafts
        return
    assert right in told
    assert len(drafts) == 1


@given(st.sampled_from(FORMS), st.data())
@settings(max_examples=40, deadline=None)
def test_a_swap_does_not_hide_another_fault(form: str, data: st.DataObject) -> None:
    right = printed(base(form))
    pairs = [(a, b) for a, b in neighbours(form) if abs(right[a] - right[b]) > 1]
    pair = data.draw(st.sampled_from(pairs))
    wrong = exchanged(right, pair)
    assume(named(findings(form, wrong)))
    rows, columns = ({c.split("/")[i] for c in pair} for i in (1, 2))
    apart = [
        a
        for a in sorted(right)
        if a.split("/")[0] == "appeals" or not ({*a.split("/")[1:]} & (rows | columns))
    ]
    cell = data.draw(st.sampled_from(apart))
    drafts = findings(form, {**wrong, cell: right[cell] + 37})
    told = {
        e for d in drafts for e in (d.suspect_cell, *(c.cell for r in d.repairs for c in r.changes))
    }
    told |= {getattr(e, "cell", None) for d in drafts for e in d.evidence}
    assert cell in told
    assert {*pair} <= told


def test_two_swaps_of_one_table_are_two_findings() -> None:
    right = printed(base("2021"))
    one = ("requests/granted/natural_person", "requests/granted/commercial")
    two = ("requests/total/legal_services", "requests/total/other_organization")
    drafts = findings("2021", exchanged(exchanged(right, one), two))
    assert sorted(map(sorted, named(drafts))) == sorted(map(sorted, (one, two)))
    assert len(drafts) == 2


@pytest.mark.parametrize(
    ("cells", "changes"),
    [
        # as much too many here as too few there, and no swap
        (("granted/natural_person", "granted/commercial"), (-5, 5)),
        # the right difference in the right columns, in two rows
        (("granted/natural_person", "partially_granted/commercial"), (-12, 12)),
        # one cell explains all
        (("granted/total", "granted/total"), (3, 3)),
        (("total/natural_person", "new_received/natural_person"), (2, 2)),
    ],
)
def test_other_faults_are_no_swap(cells: tuple[str, str], changes: tuple[int, int]) -> None:
    right = printed(base("2021"))
    wrong = {
        f"requests/{c}": right[f"requests/{c}"] + by for c, by in zip(cells, changes, strict=True)
    }
    drafts = findings("2021", wrong)
    assert drafts
    assert not named(drafts)


def test_the_message_names_both_cells_and_what_their_exchange_repairs() -> None:
    plan = clean_report()
    plan.set_cell("requests/granted/natural_person", "2")
    plan.set_cell("requests/granted/commercial", "14")
    (finding,) = run_checks(plan.report()).findings
    assert finding.message == (
        "表三“（一）予以公开”行：自然人填2、商业企业填14，看来两格的数填反了："
        "互换后，“自然人”列、“商业企业”列的合计就相等。"
    )
    assert finding.fix_hint == "对照台账核实后，把这两格的数互换。"
    assert (finding.rule, finding.verdict, finding.suspect_cell) == ("T302", "fail", None)


def test_a_swap_is_no_doubt_about_our_reading() -> None:
    plan = clean_report()
    plan.set_cell("requests/granted/other_organization", "20")
    plan.set_cell("requests/granted/total", "0")
    run = run_checks(plan.report())
    assert len(run.findings) == 1
    assert not run.doubts
