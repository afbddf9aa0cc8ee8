"""What is said of planted faults: the cause is named or listed, and none is wrongly named alone."""

from collections import Counter
from itertools import islice
from random import Random

import pytest

from checker.checks.arithmetic import check_family
from tests.checks.planted import KINDS, Case, cases, random_table, seconds, verdict_on
from tests.checks.tables import context_of, family, with_values

CASES = 16
FORMS = ("2019", "2021")
ONE_SUM = {"appeals_group"}
"""With one sum broken a shift is told only where cells explain it no better."""
SEVERAL = {"two_rows"}
"""Two rows, one of which holds one figure, may look like two wrong cells."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_planted_fault_is_named_or_listed(kind: str) -> None:
    told = Counter(verdict_on(case) for case in islice(cases(kind, seed=7), CASES))
    assert told["nothing"] == 0
    assert told["wrong_alone"] <= (2 if kind in SEVERAL else 0)
    assert told["sums_only"] <= (4 if kind in SEVERAL else 0)
    assert told["wrong_list"] <= (4 if kind in ONE_SUM else 2)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("by", [1, -1])
def test_one_more_or_less_in_any_cell_is_a_fault_and_no_shift(form: str, by: int) -> None:
    right = random_table(form, Random(f"{form}{by}"))
    for cell, value in right.items():
        wrong = (value or 0) + by
        if wrong < 0:
            continue
        results = check_family(family(), context_of(with_values(form, {**right, cell: wrong})))
        drafts = [d for r in results.values() for d in r.drafts]
        assert [d.verdict for d in drafts] == ["fail"]
        assert not any(r.doubts or r.moved for r in results.values())
        (draft,) = drafts
        alone = {r.changes[0].cell for r in draft.repairs if len(r.changes) == 1}
        assert cell in {draft.suspect_cell, *alone}


@pytest.mark.parametrize("form", FORMS)
def test_consistent_tables_are_judged_at_once(form: str) -> None:
    right = random_table(form, Random(form))
    assert min(seconds(Case(form, right, right)) for _ in range(5)) < 0.02


@pytest.mark.parametrize("kind", ["two_rows", "shifted_column", "lost_cell", "two_wrong"])
def test_the_worst_broken_table_takes_no_time_that_a_person_would_notice(kind: str) -> None:
    for case in islice(cases(kind, seed=3), 6):
        assert min(seconds(case) for _ in range(3)) < 0.25
