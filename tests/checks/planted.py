"""Random consistent tables with one fault of a given kind planted, and what is said about it.

Shared by the property tests; ``python -m tests.checks.planted N`` prints the rates.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice, pairwise, product
from random import Random
from typing import Literal, NamedTuple

from checker.checks.arithmetic import causes_in, check_family
from checker.checks.context import KindResult
from checker.checks.equations import judge
from checker.checks.extra_rows import extra_rows
from checker.checks.proposals import MAX_LISTED
from checker.rulebook import load_forms
from tests.builders import APPLICANTS
from tests.checks.tables import GROUPS, OUTSIDE, consistent, context_of, family, with_values

Values = dict[str, int | None]
Plant = Callable[[Values, Random], None]
Told = Literal[
    "exact", "listed", "cut", "sums_only", "wrong_list", "wrong_alone", "nothing", "hidden"
]
COLUMNS = (*APPLICANTS, "total")
RESULTS = ("upheld", "corrected", "other", "pending")
ABREAST = tuple(f"appeals/{g}/{c}" for g in GROUPS for c in (*RESULTS, "total"))


def random_table(form: str, random: Random) -> Values:
    """Consistent figures of tables 三 and 四, mostly 0 as in real reports."""
    rows = load_forms()[form].table("requests").blocks[0].rows
    leaf = [f"requests/{r}/{c}" for r in rows if r not in OUTSIDE for c in APPLICANTS]
    leaf += [f"appeals/{g}/{c}" for g in GROUPS for c in RESULTS] * 2
    people = [c for c in leaf if c.endswith("/natural_person")] * 4
    carried = [
        f"requests/{r}/{c}" for r in ("carried_over_in", "carried_over_out") for c in APPLICANTS
    ]

    def some() -> int:
        return random.choice((1, 1, 2, 3, random.randrange(4, 13), random.randrange(13, 400)))

    leaves = {
        random.choice(leaf + people): some() for _ in range(random.choice((3, 6, 10, 20, 60)))
    }
    over = {random.choice(carried): some() for _ in range(random.randrange(4))}
    return dict(consistent(form, leaves, over))


def row_of(values: Values, random: Random) -> list[str]:
    """A row of table 三 that holds something."""
    rows = sorted({c.split("/")[1] for c in values if c.startswith("requests/")})
    lines = [[f"requests/{r}/{c}" for c in COLUMNS] for r in rows]
    return random.choice([x for x in lines if any(values[c] for c in x)])


def column_of(values: Values, random: Random) -> list[str]:
    """A column of table 三 that holds something, in the order of the form."""
    rows = dict.fromkeys(c.split("/")[1] for c in values if c.startswith("requests/"))
    form = "2021" if "other.other" in rows or len(rows) > 23 else "2019"
    order = load_forms()[form].table("requests").blocks[0].rows
    lines = [[f"requests/{r}/{c}" for r in order] for c in COLUMNS]
    return random.choice([x for x in lines if any(values[c] for c in x)])


def move(values: Values, line: Sequence[str], random: Random) -> None:
    """Move the figures of a line by one place; the free cell gets 0 or nothing."""
    figures = [values[c] for c in line]
    around = random.random() < 0.2
    filler = random.choice((0, 0, None))
    if random.random() < 0.5:
        printed = [figures[-1] if around else filler, *figures[:-1]]
    else:
        printed = [*figures[1:], figures[0] if around else filler]
    values.update(zip(line, printed, strict=True))


def leave_out(values: Values, line: Sequence[str], random: Random) -> None:
    """Lose one figure of a line, so that those behind it move up."""
    at = random.randrange(len(line) - 1)
    behind = [values[c] for c in line[at + 1 :]]
    values.update(zip(line[at:], [*behind, random.choice((0, None))], strict=True))


def plus_one(values: Values, random: Random) -> None:
    cell = random.choice(sorted(values))
    values[cell] = (values[cell] or 0) + 1


def minus_one(values: Values, random: Random) -> None:
    cell = random.choice([c for c in sorted(values) if values[c]])
    values[cell] = (values[cell] or 0) - 1


def digits(values: Values, random: Random) -> None:
    """Two digits of one figure in each other's place."""
    long = [c for c in sorted(values) if (values[c] or 0) > 9]
    if long:
        cell = random.choice(long)
        text = str(values[cell])
        values[cell] = int(text[:-2] + text[-1] + text[-2])


def two_wrong(values: Values, random: Random) -> None:
    for cell in random.sample(sorted(values), 2):
        values[cell] = max(0, (values[cell] or 0) + random.choice((-2, -1, 1, 1, 2, 5, 10)))


def neighbours(values: Values, random: Random) -> None:
    line = random.choice((row_of, column_of))(values, random)
    pairs = [(a, b) for a, b in pairwise(line) if values[a] != values[b]]
    if pairs:
        one, two = random.choice(pairs)
        values[one], values[two] = values[two], values[one]


def shifted_row(values: Values, random: Random) -> None:
    move(values, row_of(values, random), random)


def shifted_applicants(values: Values, random: Random) -> None:
    move(values, row_of(values, random)[:-1], random)


def lone_row(values: Values, random: Random) -> None:
    """A row with one figure and its total, moved with or without the total."""
    rows = sorted({c.split("/")[1] for c in values if c.startswith("requests/")})
    lines = [[f"requests/{r}/{c}" for c in COLUMNS] for r in rows]
    lone = [x for x in lines if sum(bool(values[c]) for c in x[:-1]) == 1]
    if lone:
        line = random.choice(lone)
        move(values, random.choice((line, line[:-1])), random)


def two_rows(values: Values, random: Random) -> None:
    one = row_of(values, random)
    two = row_of(values, random)
    for line in (one, two) if one != two else (one,):
        move(values, random.choice((line, line[:-1])), random)


def shifted_column(values: Values, random: Random) -> None:
    line = column_of(values, random)
    move(values, random.choice((line, line[2:-1], line[2:-2])), random)


def lost_cell(values: Values, random: Random) -> None:
    line = row_of(values, random)
    leave_out(values, random.choice((line, line[:-1])), random)


def lost_in_column(values: Values, random: Random) -> None:
    leave_out(values, column_of(values, random), random)


def appeals_all(values: Values, random: Random) -> None:
    move(values, ABREAST, random)


def appeals_litigation(values: Values, random: Random) -> None:
    move(values, ABREAST[5:], random)


def appeals_group(values: Values, random: Random) -> None:
    at = random.randrange(3) * 5
    move(values, ABREAST[at : at + 5], random)


def appeals_lost(values: Values, random: Random) -> None:
    at = random.randrange(3) * 5
    leave_out(values, random.choice((ABREAST, ABREAST[at : at + 5])), random)


KINDS: Mapping[str, Plant] = {
    f.__name__: f
    for f in (
        plus_one, minus_one, digits, two_wrong, neighbours, shifted_row, shifted_applicants,
        lone_row, two_rows, shifted_column, lost_cell, lost_in_column, appeals_all,
        appeals_litigation, appeals_group, appeals_lost,
    )
}  # fmt: skip


class Case(NamedTuple):
    """A table with a fault."""

    form: str
    right: Values
    printed: Values


def cases(kind: str, seed: int = 0) -> Iterator[Case]:
    """Endless tables with a fault of a kind, the two forms in turn."""
    random = Random(f"{kind}{seed}")
    while True:
        for form in ("2019", "2021"):
            right = random_table(form, random)
            printed = dict(right)
            KINDS[kind](printed, random)
            if printed != right:
                yield Case(form, right, printed)


def results_of(case: Case) -> Mapping[str, KindResult]:
    return check_family(family(), context_of(with_values(case.form, case.printed)))


def explanations(case: Case) -> tuple[list[Values], int]:
    """What the table should be by each explanation that is told, and how many are not listed."""
    context = context_of(with_values(case.form, case.printed))
    choices: list[list[Mapping[str, int | None]]] = []
    cut = 0
    judged = {j.id: j for rule in family() for j in judge(rule, context)}
    extra = extra_rows(tuple(judged.values()), context)
    for table in causes_in(judged, extra, context):
        for cause in table.shifted:
            choices.append([{c: int(v) for c, v in w.changes.items()} for w in cause])
        for part in table.parts:
            found = part.swapped.found if part.swapped else part.found
            sets: list[Mapping[str, int | None]] = [
                {f.cell: None if f.value is None else int(f.value) for f in r}
                for r in found.repairs
            ]
            cut = max(cut, len(sets) - MAX_LISTED)
            if part.swapped:
                undone = [
                    [exchanged(part.values, s.cells) for s in same] for same in part.swapped.swaps
                ]
                sets = [
                    {k: v for one in choice for k, v in one.items()}
                    for choice in product(*undone, sets or [{}])
                ]
            sets += [{c: int(v) for c, v in w.changes.items()} for w in part.rivals]
            if not sets and found.broken:
                sets = [{"?": None}]
            if sets:
                choices.append(sets)
    told = [
        {k: v for change in choice for k, v in change.items()}
        for choice in islice(product(*choices), 3000)
    ]
    return told, cut


def exchanged(
    values: Mapping[str, Decimal | None], cells: tuple[str, str]
) -> Mapping[str, int | None]:
    one, two = cells
    return {one: int(values[two] or 0), two: int(values[one] or 0)}


def verdict_on(case: Case) -> Told:
    """How well the planted fault is told."""
    results = results_of(case).values()
    drafts = [d for r in results for d in r.drafts]
    doubts = [d for r in results for d in r.doubts]
    told, cut = explanations(case)
    if not drafts and not doubts:
        return "nothing" if told and told != [{}] else "hidden"
    if any("?" in t for t in told):
        return "sums_only"
    right = {c: v or 0 for c, v in case.right.items()}
    held = [{c: v or 0 for c, v in {**case.printed, **t}.items()} for t in told]
    blank = {c for c, v in case.printed.items() if v is None}
    open_cells = [{*(c for c, v in t.items() if v is None), *(blank - t.keys())} for t in told]
    at = [
        i for i, h in enumerate(held) if all(h[c] == right[c] or c in open_cells[i] for c in right)
    ]
    if not at:
        return "wrong_alone" if len(told) == 1 else "wrong_list"
    if len(told) == 1:
        return "exact"
    return "cut" if cut > 0 and at[0] >= MAX_LISTED and at[0] < cut + MAX_LISTED else "listed"


def seconds(case: Case) -> float:
    """How long one report takes."""
    context = context_of(with_values(case.form, case.printed))
    start = time.process_time()
    check_family(family(), context)
    return time.process_time() - start


def main(count: int) -> None:
    names = Told.__args__  # type: ignore[attr-defined]
    print("kind".ljust(20), *(n.rjust(11) for n in names), "max ms".rjust(8))
    for kind in KINDS:
        tally: Counter[str] = Counter()
        slowest = 0.0
        for case in islice(cases(kind), count):
            tally[verdict_on(case)] += 1
            slowest = max(slowest, min(seconds(case) for _ in range(3)))
        rates = (f"{tally[n] / count:.1%}".rjust(11) for n in names)
        print(kind.ljust(20), *rates, f"{slowest * 1000:8.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]))
