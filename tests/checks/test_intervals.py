"""Bounds of sums against counting through small domains."""

from decimal import Decimal
from itertools import product
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.checks.intervals import ANY, NON_NEGATIVE, Interval, compare, join, negate, total
from checker.rulebook.formula import CompareOp, LogicOp

OPS = ("=", "<>", "<=", ">=", "<", ">")
BOUNDED = st.tuples(st.integers(-3, 3), st.integers(0, 3)).map(lambda t: (t[0], t[0] + t[1]))


def holds(op: str, value: int) -> bool:
    return {
        "=": value == 0,
        "<>": value != 0,
        "<=": value <= 0,
        ">=": value >= 0,
        "<": value < 0,
        ">": value > 0,
    }[op]


def plain(op: str, left: bool, right: bool) -> bool:
    return {
        "and": left and right,
        "or": left or right,
        "implies": not left or right,
        "iff": left == right,
    }[op]


@given(st.lists(st.tuples(st.integers(-2, 2), BOUNDED), min_size=1, max_size=3))
@settings(max_examples=150, deadline=None)
def test_bounds_are_the_smallest_and_largest_sum(parts: list[tuple[int, tuple[int, int]]]) -> None:
    bounds = total((Decimal(c), Interval(Decimal(a), Decimal(b))) for c, (a, b) in parts)
    domains = [range(a, b + 1) for _, (a, b) in parts]
    sums = [sum(c * v for (c, _), v in zip(parts, vs, strict=True)) for vs in product(*domains)]
    assert bounds == Interval(Decimal(min(sums)), Decimal(max(sums)))


@given(st.sampled_from(OPS), BOUNDED)
@settings(max_examples=200, deadline=None)
def test_comparison_is_certain_only_when_all_values_agree(op: str, pair: tuple[int, int]) -> None:
    low, high = pair
    truth = compare(cast(CompareOp, op), Interval(Decimal(low), Decimal(high)))
    # The bounds stand for every number between them; halves show what whole numbers would hide.
    seen = {holds(op, v) for v in (low, high)} | {holds(op, low + 1) for _ in range(high - low > 1)}
    if high > low and op in ("=", "<>") and low < 0 < high:
        seen = {True, False}
    if truth is None:
        assert low < high
    else:
        assert seen == {truth}


def test_blank_can_make_a_sum_larger_never_smaller() -> None:
    short = total([(Decimal(1), NON_NEGATIVE), (Decimal(-1), Interval(Decimal(5), Decimal(5)))])
    assert compare("=", short) is None
    too_much = total([(Decimal(1), NON_NEGATIVE), (Decimal(1), Interval(Decimal(5), Decimal(5)))])
    assert compare("=", too_much) is False
    assert compare("<=", too_much) is False
    assert compare(">", too_much) is True


def test_a_quantity_without_bounds_decides_nothing() -> None:
    for op in OPS:
        assert compare(cast(CompareOp, op), ANY) is None


def test_no_weight_no_influence() -> None:
    assert total([(Decimal(0), ANY)]) == Interval(Decimal(0), Decimal(0))


@pytest.mark.parametrize("op", ["and", "or", "implies", "iff"])
def test_joined_truth_is_certain_only_when_the_unknown_does_not_matter(op: str) -> None:
    for left, right in product((True, False, None), repeat=2):
        results = {
            plain(op, a, b)
            for a in ((True, False) if left is None else (left,))
            for b in ((True, False) if right is None else (right,))
        }
        expected = results.pop() if len(results) == 1 else None
        assert join(cast(LogicOp, op), left, right) is expected


def test_opposite_of_unknown_is_unknown() -> None:
    assert negate(None) is None
    assert negate(False) is True
