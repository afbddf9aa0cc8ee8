"""What is no count (below 0, a fraction) is wrong itself, and no repair asks for such a number."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from random import Random
from typing import NamedTuple

import pytest

from checker.checks import run_checks
from checker.checks.lines import wrong_lines
from checker.checks.repair import Equation, is_count, minimal_repairs
from checker.checks.swaps import swapped_neighbours
from checker.domain.finding import Finding
from tests.checks.planted import COLUMNS, Values, random_table
from tests.checks.tables import with_values

CASES = 40
ROW = Equation("row", (("a/r/x", 1), ("a/r/y", 1), ("a/r/total", -1)))
OTHER = Equation("other", (("a/s/x", 1), ("a/s/y", 1), ("a/s/total", -1)))
X = Equation("x", (("a/r/x", 1), ("a/s/x", 1), ("a/t/x", -1)))
Y = Equation("y", (("a/r/y", 1), ("a/s/y", 1), ("a/t/y", -1)))


class _Case(NamedTuple):
    form: str
    negative: str
    printed: Values


def _cases(*, others: int) -> Iterator[_Case]:
    """Random tables with the sign of a figure turned, and other wrong figures beside it."""
    random = Random(f"below zero {others}")
    while True:
        form = random.choice(("2019", "2021"))
        right = random_table(form, random)
        printed = dict(right)
        negative = random.choice([c for c in right if right[c]])
        printed[negative] = -(right[negative] or 0)
        table, row, _ = negative.split("/")
        near = [f"{table}/{row}/{c}" for c in COLUMNS]
        near = [c for c in near if c in right and c != negative] or [c for c in right if c > "s"]
        for cell in random.sample(near, min(others, len(near))):
            by = random.choice((1, 2, 2 * (right[negative] or 0)))
            printed[cell] = (right[cell] or 0) + by
        yield _Case(form, negative, printed)


def _errors(case: _Case) -> list[Finding]:
    findings = run_checks(with_values(case.form, case.printed)).findings
    return [f for f in findings if f.severity == "error" and f.rule[0] in "CT"]


@pytest.mark.parametrize("others", [0, 1, 2])
def test_no_proposal_asks_for_a_number_below_0(others: int) -> None:
    for case in islice(_cases(others=others), CASES):
        for finding in _errors(case):
            wanted = [c.value for r in finding.repairs for c in r.changes]
            assert all(v is None or is_count(v) for v in (*wanted, finding.suggested_value or 0))


@pytest.mark.parametrize("others", [0, 1, 2])
def test_a_count_below_0_is_named_and_told_once(others: int) -> None:
    for case in islice(_cases(others=others), CASES):
        about = [f for f in _errors(case) if "C103" in (f.rule, *f.also_rules)]
        assert len(about) == 1, case
        (finding,) = about
        if finding.rule == "C103":
            continue  # all sums hold with it
        changed = [{c.cell for c in r.changes} for r in finding.repairs]
        changed += [{finding.suspect_cell}] if finding.suspect_cell else []
        assert changed
        assert all(case.negative in cells for cells in changed)


def test_every_smallest_repair_changes_what_is_no_count() -> None:
    values = {"a/r/x": -3, "a/r/y": 9, "a/r/total": 6, "a/s/x": 4, "a/s/y": 4, "a/s/total": 8}
    values |= {"a/t/x": 6, "a/t/y": 8}
    result = minimal_repairs([ROW, OTHER, X, Y], values)
    assert result.broken == ("x", "y")
    assert [dict(r) for r in result.repairs] == [{"a/r/x": 2, "a/r/y": 4}]
    half = minimal_repairs([ROW], {"a/r/x": Decimal("1.5"), "a/r/y": 1, "a/r/total": 3})
    assert [dict(r) for r in half.repairs] == [{"a/r/x": 2}]


def test_what_is_no_count_keeps_quiet_where_all_sums_hold() -> None:
    assert minimal_repairs([ROW], {"a/r/x": -3, "a/r/y": 9, "a/r/total": 6}).repairs == ()


def test_what_is_no_count_is_not_put_into_another_cell() -> None:
    values = {c: Decimal(v) for c, v in (("a/r/x", -1), ("a/r/y", 3), ("a/r/total", 2))}
    values |= {c: Decimal(v) for c, v in (("a/s/x", 1), ("a/s/y", 1), ("a/s/total", 2))}
    values |= {"a/t/x": Decimal(4), "a/t/y": Decimal(0)}
    parts = [ROW, OTHER, X, Y]
    found = minimal_repairs(parts, values, max_changes=1)
    assert swapped_neighbours(parts, values, found, max_changes=2, max_repairs=9) is None


def test_a_line_is_not_blamed_beside_what_is_no_count() -> None:
    values = {c: Decimal(v) for c, v in (("a/r/x", 5), ("a/r/y", 3), ("a/r/total", 2))}
    values |= {c: Decimal(v) for c, v in (("a/s/x", -1), ("a/s/y", 1), ("a/s/total", 0))}
    broken = minimal_repairs([ROW, OTHER], values).broken
    assert broken == ("row",)
    assert wrong_lines([ROW, OTHER], values, broken) == ()
