"""Figures that make each other up: 收到192件，个人164件，企业19件，另外9件来自各类组织.

A slip changes one figure and spoils the sum. A figure that completes a sum of figures which all
agree with their cells is more likely another quantity than the one it was read as.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Final

from checker.claims.judge import plain
from checker.claims.ratios import is_ratio
from checker.claims.rows import Row
from checker.claims.several import is_rest
from checker.claims.subjects import RESULTS

_LEAST_SUM: Final = 10  # smaller numbers make each other up by chance
_LEAST_TERMS: Final = 2
_MOST_TERMS: Final = 5


def completed_sum(rows: Sequence[Row], row: Row) -> str:
    """The sum that a figure makes up with figures beside it that agree; empty for none.

    Args:
        rows: those of the whole report, judged.
        row: a figure that differs from its cell.

    Returns:
        In Chinese, such as ``164＋19＋9＝192``.
    """
    if row.figure is None or is_rest(row.sentence, row.sentence.number_of(row.figure)):
        return ""  # 其余63件由公民提出 was worked out from the others, right or wrong
    run = _beside(rows, row)
    place = next((n for n, r in enumerate(run) if r is row), None)
    if place is None:
        return ""
    values = [_count(r) for r in run]
    for start, end, total in _sums(values):
        members = [*range(start, end), total]
        agreeing = all(_agrees(run[m]) for m in members if m != place)
        if place in members and agreeing and _may_add_up(run[start:end], run[total]):
            return "＋".join(map(plain, values[start:end])) + f"＝{plain(values[total])}"
    return ""


def _beside(rows: Sequence[Row], row: Row) -> list[Row]:
    """Counts of one kind in the sentence of a figure and in the one before it."""
    unit, sentence = row.figure.unit if row.figure else None, row.sentence
    same = [r for r in rows if r.figure is not None and r.sentence.passage is sentence.passage]
    starts = sorted({r.sentence.start for r in same if r.sentence.start < sentence.start})
    near = {sentence.start, *starts[-1:]}
    like = [r for r in same if r.sentence.start in near and r.figure and r.figure.unit == unit]
    return sorted((r for r in like if _count(r)), key=lambda r: r.start)


def _count(row: Row) -> Decimal:
    """The value of a count; 0 for others."""
    if row.figure is None or is_ratio(row.figure):
        return Decimal(0)
    return row.figure.value or Decimal(0)


def _sums(values: Sequence[Decimal]) -> Iterator[tuple[int, int, int]]:
    """Runs of values that add up to the one before or behind them: start, end and the total."""
    for start in range(len(values)):
        added = accumulate(values[start : start + _MOST_TERMS])
        for end, amount in enumerate(added, start + 1):
            if end - start < _LEAST_TERMS or amount < _LEAST_SUM:
                continue
            for total in (start - 1, end):
                if 0 <= total < len(values) and values[total] == amount:
                    yield start, end, total


def _may_add_up(parts: Sequence[Row], total: Row) -> bool:
    """Whether the sum means anything: 公开12件（企业4件）、部分公开2件 are no parts and whole."""
    depths = {r.sentence.depth_at(r.start) for r in parts}
    results = {s for s in total.subject.stages if s.partition(".")[0] in RESULTS}
    below = all(s.partition(".")[0] in results for r in parts for s in r.subject.stages)
    return len(depths) == 1 and (not results or below)


def _agrees(row: Row) -> bool:
    return any(c.test == "cell" and c.verdict == "supported" for c in row.checks)
