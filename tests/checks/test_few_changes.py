"""Counting finds the same repairs as the long way, and gives up where values are open."""

from collections.abc import Mapping
from itertools import islice

import pytest

from checker.checks.few_changes import FewChanges, UndeterminedError
from checker.checks.repair import Equation, _Search
from checker.checks.tableau import Work, WorkLimitError
from checker.rulebook import load_forms
from tests.checks.planted import cases
from tests.checks.test_repair import requests_equations

Sets = set[frozenset[tuple[str, int | None]]]


def by_counting(equations: list[Equation], values: Mapping[str, int], most: int) -> Sets:
    few = FewChanges([e.terms for e in equations], values, Work(10**7))
    return {frozenset(s) for s in few.smallest(most, 10**4)}


@pytest.mark.parametrize("kind", ["plus_one", "two_wrong", "neighbours", "digits"])
def test_counting_agrees_with_the_long_way(kind: str) -> None:
    for case in islice(cases(kind, seed=5), 8):
        equations = requests_equations(load_forms()[case.form])
        own = {c for e in equations for c, _ in e.terms}
        values = {c: int(v or 0) for c, v in case.printed.items() if c in own}
        search = _Search(equations, values, 10**4, Work(10**8))
        slow = {frozenset((f.cell, f.value) for f in r) for r in search.run(2)}
        assert by_counting(equations, values, 2) == slow


def test_a_set_with_open_values_is_left_to_the_long_way() -> None:
    both = [Equation("one", (("a", 1), ("b", 1), ("sum", -1))),
            Equation("two", (("a", 1), ("b", -1), ("gap", -2)))]  # fmt: skip
    values = {"a": 5, "b": 0, "sum": 8, "gap": 7}
    assert by_counting(both, values, 3)
    twins = [Equation("one", (("a", 1), ("b", 1), ("c", -1)))]
    few = FewChanges([e.terms for e in twins], {"a": -9, "b": 0, "c": -10}, Work(10**6))
    with pytest.raises(UndeterminedError):
        few.smallest(3, 10)


def test_work_is_bounded() -> None:
    case = next(cases("two_wrong", seed=1))
    equations = requests_equations(load_forms()[case.form])
    values = {c: int(v or 0) for c, v in case.printed.items() if c.startswith("requests")}
    few = FewChanges([e.terms for e in equations], values, Work(20))
    with pytest.raises(WorkLimitError):
        few.smallest(3, 10)
