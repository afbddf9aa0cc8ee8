"""Figures of several cells without anything between them, parted where their sums leave one way.

A row of which several readings add up, or none, is not read.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

_MOST_SURPLUS = 6  # digits more than cells; beyond it many readings add up


@lru_cache(maxsize=1024)
def split_by_totals(digits: str, groups: tuple[int, ...]) -> tuple[str, ...] | None:
    """The cells of a row in which each group ends with the sum of its other cells.

    Args:
        digits: all figures of the row; no cell is empty.
        groups: how many cells each group has.
    """
    surplus = len(digits) - sum(groups)
    if not digits.isascii() or not digits.isdigit() or not 0 <= surplus <= _MOST_SURPLUS:
        return None
    readings: list[tuple[str, ...]] = []
    for reading in _readings(digits, groups):
        readings.append(reading)
        if len(readings) > 1:
            return None
    return readings[0] if readings else None


def _readings(digits: str, groups: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """Every way to part the digits by which all groups add up."""
    if not groups:
        if not digits:
            yield ()
        return
    rest = sum(groups[1:])
    for end in range(groups[0], len(digits) - rest + 1):
        for cells in _cuts(digits[:end], groups[0]):
            if sum(map(int, cells[:-1])) == int(cells[-1]):
                for others in _readings(digits[end:], groups[1:]):
                    yield (*cells, *others)


def _cuts(digits: str, cells: int) -> Iterator[tuple[str, ...]]:
    """Every way to part digits into figures; none but 0 itself begins with 0."""
    if cells == 1:
        if digits == "0" or not digits.startswith("0"):
            yield (digits,)
        return
    for end in range(1, len(digits) - cells + 2):
        if end == 1 or not digits.startswith("0"):
            for others in _cuts(digits[end:], cells - 1):
                yield (digits[:end], *others)
