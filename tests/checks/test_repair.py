"""The smallest repair is found, it is complete, and it is never claimed unique when it is not."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import combinations, product
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.checks import repair
from checker.checks.repair import CellFix, Equation, RepairResult, connected, minimal_repairs
from checker.rulebook import FormSpec, load_forms

FORMS = ("2019", "2021")
NOT_RESULTS = ("new_received", "carried_over_in", "total", "carried_over_out")
Values = dict[str, int | Decimal | None]
fixed_budget = settings(max_examples=60, derandomize=True, deadline=None, database=None)


def requests_equations(form: FormSpec) -> list[Equation]:
    """T301, T302 and T303 of a form."""
    table = form.table("requests")
    columns = [c.id for c in table.columns]
    rows = [r.id for r in table.rows]
    signs = dict(zip(NOT_RESULTS, (1, 1, -1, -1), strict=True))
    made = []
    for c in columns:
        made.append(
            Equation(f"T301:{c}", tuple((f"requests/{r}/{c}", s) for r, s in signs.items()))
        )
        parts = [(f"requests/{r}/{c}", 1) for r in rows if r not in NOT_RESULTS]
        made.append(Equation(f"T302:{c}", (*parts, (f"requests/total/{c}", -1))))
    for r in rows:
        parts = [(f"requests/{r}/{c}", 1) for c in columns if c != "total"]
        made.append(Equation(f"T303:{r}", (*parts, (f"requests/{r}/total", -1))))
    return made


def appeals_equations(form: FormSpec) -> list[Equation]:
    """T401 of a form."""
    table = form.table("appeals")
    return [
        Equation(
            f"T401:{r.id}",
            tuple((f"appeals/{r.id}/{c.id}", -1 if c.id == "total" else 1) for c in table.columns),
        )
        for r in table.rows
    ]


def consistent(form: FormSpec, random: Random) -> Values:
    """Both tables of a report whose sums agree; most cells are 0, as in real ones."""
    values: Values = {}

    def some() -> int:
        return random.choice((0, 0, 0, 0, 1, 2, random.randrange(13), random.randrange(400)))

    table = form.table("requests")
    applicants = [c.id for c in table.columns if c.id != "total"]
    results = [r.id for r in table.rows if r.id not in NOT_RESULTS]
    for c in applicants:
        parts = {r: some() for r in results}
        done = sum(parts.values())
        kept = some()
        carried = random.randint(0, min(done + kept, 20))
        received = done + kept - carried
        column = dict(zip(NOT_RESULTS, (received, carried, done, kept), strict=True))
        values |= {f"requests/{r}/{c}": v for r, v in (parts | column).items()}
    for r in table.rows:
        values[f"requests/{r.id}/total"] = sum(
            int(values[f"requests/{r.id}/{c}"] or 0) for c in applicants
        )
    for row in form.table("appeals").rows:
        parts = {c: some() for c in ("upheld", "corrected", "other", "pending")}
        parts["total"] = sum(parts.values())
        values |= {f"appeals/{row.id}/{c}": v for c, v in parts.items()}
    return values


def mistyped(value: int, random: Random) -> int:
    """Another number that a hand may have typed for this one."""
    digits = list(str(value))
    random.shuffle(digits)
    for wrong in (int("".join(digits)), value * 10, value - 1):
        if wrong not in (value, -1) and random.random() < 0.3:
            return wrong
    return value + random.randint(1, 40)


def parts_of(form: str) -> tuple[list[Equation], list[Equation]]:
    spec = load_forms()[form]
    return requests_equations(spec), appeals_equations(spec)


def holds(equations: list[Equation], values: Mapping[str, Any]) -> bool:
    return all(sum(values[c] * k for c, k in e.terms) == 0 for e in equations)


def apply(values: Values, fixes: tuple[CellFix, ...]) -> Values:
    return values | {f.cell: f.value for f in fixes}


@given(st.sampled_from(FORMS), st.integers(0, 10**6))
@fixed_budget
def test_consistent_tables_need_no_repair(form: str, seed: int) -> None:
    values = consistent(load_forms()[form], Random(seed))
    for equations in parts_of(form):
        assert minimal_repairs(equations, values) == RepairResult((), True, ())


@given(st.sampled_from(FORMS), st.integers(0, 10**6))
@fixed_budget
def test_one_wrong_cell_is_found_with_its_true_value(form: str, seed: int) -> None:
    random = Random(seed)
    values = consistent(load_forms()[form], random)
    for equations in parts_of(form):
        cell = random.choice([c for e in equations for c, _ in e.terms])
        true = int(values[cell] or 0)
        result = minimal_repairs(equations, values | {cell: mistyped(true, random)})
        assert result.complete
        assert result.broken
        assert (CellFix(cell, true),) in result.repairs
        assert {len(r) for r in result.repairs} == {1}
        assert all(
            holds(equations, apply(values | {cell: 0}, r)) or r[0].cell != cell
            for r in result.repairs
        )


@given(st.sampled_from(FORMS), st.integers(0, 10**6))
@fixed_budget
def test_two_wrong_cells_are_among_the_smallest_repairs(form: str, seed: int) -> None:
    random = Random(seed)
    values = consistent(load_forms()[form], random)
    for equations in parts_of(form):
        cells = sorted({c for e in equations for c, _ in e.terms})
        pair = random.sample(cells, 2)
        wrong = values | {c: mistyped(int(values[c] or 0), random) for c in pair}
        result = minimal_repairs(equations, wrong, max_repairs=100)
        assert result.complete
        if not result.repairs:
            assert holds(equations, wrong)
            continue
        sizes = {len(r) for r in result.repairs}
        assert sizes in ({1}, {2})
        if sizes == {2}:
            fixes = [{f.cell: f.value for f in r} for r in result.repairs]
            assert {c: values[c] for c in pair} in fixes
        for repair_ in result.repairs:
            assert holds(equations, apply(wrong, repair_))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", range(3))
def test_every_cell_raised_by_one_is_found(form: str, seed: int) -> None:
    values = consistent(load_forms()[form], Random(seed))
    requests, appeals = parts_of(form)
    for cell, value in values.items():
        raised = values | {cell: int(value or 0) + 1}
        result = minimal_repairs(requests if cell.startswith("requests") else appeals, raised)
        assert result.broken
        assert (CellFix(cell, int(value or 0)),) in result.repairs
        if cell.startswith("requests"):
            assert len(result.repairs) == 1


def by_brute_force(
    equations: list[Equation], values: Values, *, top: int, largest: int = 3
) -> set[tuple[CellFix, ...]]:
    """All smallest repairs with values up to ``top``, by trying everything."""
    cells = sorted({c for e in equations for c, _ in e.terms})
    blanks = [c for c in cells if values[c] is None]
    given_ = [c for c in cells if values[c] is not None]
    for size in range(largest + 1):
        seen: dict[tuple[str, ...], list[set[int]]] = {}
        for chosen in combinations(given_, size):
            for numbers in product(range(top + 1), repeat=size + len(blanks)):
                tried = values | dict(zip((*chosen, *blanks), numbers, strict=True))
                if holds(equations, tried):
                    options = seen.setdefault(chosen, [set() for _ in chosen])
                    for option, number in zip(options, numbers, strict=False):
                        option.add(number)
        if seen:
            return {
                tuple(
                    CellFix(c, min(o) if len(o) == 1 else None)
                    for c, o in zip(chosen, options, strict=True)
                )
                for chosen, options in seen.items()
            }
    return set()


def grid(rows: int, columns: int) -> list[Equation]:
    """A cross table with a total row and a total column."""
    signs = [(i, 1 if i < columns - 1 else -1) for i in range(columns)]
    down = [(i, 1 if i < rows - 1 else -1) for i in range(rows)]
    across = [Equation(f"r{r}", tuple((f"{r}{c}", s) for c, s in signs)) for r in range(rows)]
    return [*across, *(Equation(f"c{c}", tuple((f"{r}{c}", s) for r, s in down)) for c, _ in signs)]


@given(
    st.lists(st.sampled_from((0, 0, 1, 2, 3, None)), min_size=6, max_size=6).filter(
        lambda v: v.count(None) <= 2
    )
)
@settings(fixed_budget, max_examples=60)
def test_small_tables_agree_with_trying_everything(numbers: list[int | None]) -> None:
    equations = grid(2, 3)
    values: Values = dict(zip(("00", "01", "02", "10", "11", "12"), numbers, strict=True))
    result = minimal_repairs(equations, values, max_repairs=1000)
    assert result.complete
    expected = by_brute_force(equations, values, top=7)
    assert {tuple(sorted(r)) for r in result.repairs} == expected - {()}


@given(st.lists(st.integers(0, 3), min_size=9, max_size=9))
@settings(fixed_budget, max_examples=25)
def test_three_by_three_agrees_with_trying_everything(numbers: list[int]) -> None:
    equations = grid(3, 3)
    values: Values = dict(
        zip((f"{r}{c}" for r in range(3) for c in range(3)), numbers, strict=True)
    )
    result = minimal_repairs(equations, values, max_changes=2, max_repairs=1000)
    assert result.complete
    expected = by_brute_force(equations, values, top=9, largest=2) - {()}
    assert {tuple(sorted(r)) for r in result.repairs} == expected


WEIGHTED = [Equation("e", (("a", 2), ("b", 3), ("t", -1))), Equation("f", (("a", 1), ("b", -2)))]


@given(st.lists(st.sampled_from((0, 1, 2, 3, None)), min_size=3, max_size=3))
@settings(fixed_budget, max_examples=40)
def test_other_coefficients_agree_with_trying_everything(numbers: list[int | None]) -> None:
    values: Values = dict(zip("abt", numbers, strict=True))
    result = minimal_repairs(WEIGHTED, values, max_repairs=1000)
    assert {tuple(sorted(r)) for r in result.repairs} == by_brute_force(
        WEIGHTED, values, top=21
    ) - {()}


@given(st.sampled_from(FORMS), st.integers(0, 10**6), st.sampled_from((0.02, 0.2, 0.6)))
@settings(fixed_budget, max_examples=30)
def test_blanks_in_consistent_tables_are_no_error(form: str, seed: int, share: float) -> None:
    random = Random(seed)
    values = consistent(load_forms()[form], random)
    blanked = {c: None if random.random() < share else v for c, v in values.items()}
    for equations in parts_of(form):
        result = minimal_repairs(equations, blanked)
        assert result == RepairResult((), True, ())


@given(st.sampled_from(FORMS), st.integers(0, 10**6))
@settings(fixed_budget, max_examples=30)
def test_blanks_never_hide_the_true_repair_behind_a_unique_other(form: str, seed: int) -> None:
    random = Random(seed)
    values = consistent(load_forms()[form], random)
    requests, _ = parts_of(form)
    cell = random.choice(requests[0].terms)[0]
    blanked = {c: None if random.random() < 0.05 and c != cell else v for c, v in values.items()}
    true = int(values[cell] or 0)
    result = minimal_repairs(requests, blanked | {cell: true + 1}, max_repairs=100)
    if result.complete and result.repairs:
        assert any(r[0].cell == cell and r[0].value in (true, None) for r in result.repairs)


ROW = Equation("row", (("a", 1), ("b", 1), ("sum", -1)))
COLUMN = Equation("column", (("a", 1), ("c", 1), ("down", -1)))
APART = Equation("apart", (("x", 1), ("y", -1)))


def test_a_blank_counts_as_any_number_from_zero_up() -> None:
    assert minimal_repairs([ROW], {"a": 2, "b": None, "sum": 5}).broken == ()
    assert minimal_repairs([ROW], {"a": 6, "b": None, "sum": 5}).broken == ("row",)


def test_blanks_that_meet_each_sum_but_not_all_need_a_repair() -> None:
    values: Values = {"a": None, "b": 0, "sum": 3, "c": 0, "down": 2}
    result = minimal_repairs([ROW, COLUMN], values)
    assert result.broken == ()
    assert {r[0] for r in result.repairs} == {
        CellFix("b", 1),
        CellFix("sum", 2),
        CellFix("down", 3),
    }


def test_a_repair_never_needs_a_negative_number() -> None:
    result = minimal_repairs([ROW], {"a": 0, "b": 4, "sum": 3})
    assert result.repairs == ((CellFix("b", 3),), (CellFix("sum", 4),))


def test_a_free_cell_costs_nothing() -> None:
    result = minimal_repairs([ROW], {"a": 0, "b": 4, "sum": 3}, free={"sum"})
    assert result == RepairResult((), True, ())


def test_a_cell_with_several_good_values_gets_none_suggested() -> None:
    result = minimal_repairs([ROW], {"a": 9, "b": None, "sum": 5})
    assert result.repairs == ((CellFix("a", None),), (CellFix("sum", None),))


def test_a_fraction_is_repaired_to_an_integer() -> None:
    result = minimal_repairs([APART], {"x": Decimal("1.5"), "y": 1})
    assert result.repairs == ((CellFix("x", 1),),)


def test_faults_apart_are_repaired_together() -> None:
    result = minimal_repairs([ROW, APART], {"a": 1, "b": 0, "sum": 0, "x": 0, "y": 1})
    assert result.broken == ("row", "apart")
    assert len(result.repairs) == 4
    assert all(len(r) == 2 for r in result.repairs)
    assert (
        minimal_repairs(
            [ROW, APART], {"a": 1, "b": 0, "sum": 0, "x": 0, "y": 1}, max_changes=1
        ).repairs
        == ()
    )


def test_no_more_repairs_than_asked_for() -> None:
    assert len(minimal_repairs([ROW], {"a": 1, "b": 1, "sum": 9}, max_repairs=2).repairs) == 2


def test_equations_without_a_common_cell_are_apart() -> None:
    assert connected([ROW, APART, COLUMN]) == ((ROW, COLUMN), (APART,))


def test_at_the_work_limit_nothing_is_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repair, "WORK_LIMIT", 5)
    result = minimal_repairs([ROW, COLUMN], {"a": 1, "b": 0, "sum": 0, "c": 0, "down": 0})
    assert result == RepairResult((), False, ("row", "column"))


def test_integers_that_do_not_exist_end_the_search() -> None:
    even = Equation("even", (("p", 2), ("q", -2), ("one", 1)))
    assert minimal_repairs([even], {"one": 1}, max_changes=0) == RepairResult((), False, ("even",))


@pytest.mark.parametrize("errors", [4, 20, 175])
def test_many_errors_end_the_search_without_a_claim(errors: int) -> None:
    random = Random(errors)
    values = consistent(load_forms()["2021"], random)
    requests, _ = parts_of("2021")
    cells = sorted(c for c in values if c.startswith("requests"))
    wrong = values | {
        c: int(values[c] or 0) + random.randint(1, 9) for c in random.sample(cells, errors)
    }
    result = minimal_repairs(requests, wrong)
    assert result.broken
    assert result.repairs == ()
