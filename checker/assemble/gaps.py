"""The order of the lines of a table against that of the form, by ids alone.

A line that the form does not have may stand where one of the form is missing: between two lines
that were read, in their order.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple


class Gap(NamedTuple):
    """A stretch between two lines of the form that were read.

    Attributes:
        missing: ids of the lines that the form has there, in its order; at least one.
        added: ids of the lines that are printed there instead, in print order; at least one.
    """

    missing: tuple[str, ...]
    added: tuple[str, ...]


def gaps(printed: Sequence[str], official: Sequence[str]) -> Iterator[Gap]:
    """The gaps of a table.

    Args:
        printed: ids in print order, with those of lines that the form does not have.
        official: ids in the order of the form.
    """
    places = {line: index for index, line in enumerate(official)}
    read = set(printed)
    before, added = -1, list[str]()
    for line, place in (*((p, places.get(p)) for p in printed), (None, len(official))):
        if place is None:
            added.append(str(line))
            continue
        missing = tuple(o for o in official[before + 1 : place] if o not in read)
        if added and missing:
            yield Gap(missing, tuple(added))
        before, added = place, []


def out_of_order(printed: Sequence[str], official: Sequence[str]) -> tuple[str, ...]:
    """The lines of the form that stand outside the longest run in its order, in print order."""
    places = {line: index for index, line in enumerate(official)}
    known = [line for line in printed if line in places]
    kept = _longest_increasing([places[line] for line in known])
    return tuple(line for line in known if places[line] not in kept)


def _longest_increasing(values: Sequence[int]) -> set[int]:
    """The members of a longest strictly increasing subsequence."""
    if all(a < b for a, b in pairwise(values)):  # nearly every table
        return set(values)
    best: list[list[int]] = []
    for i, value in enumerate(values):
        longest: list[int] = []
        for j in range(i):
            if values[j] < value and len(best[j]) > len(longest):
                longest = best[j]
        best.append([*longest, value])
    longest = []
    for run in best:
        longest = run if len(run) > len(longest) else longest
    return set(longest)
