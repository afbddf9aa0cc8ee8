"""Averages that a sentence works out itself: 平均每村24张, 月均25篇, 得分为88、90，平均89分.

Nothing is judged where total or number may be another one, or where the total is not that of a
year that is divided by its months.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from checker.claims.figures import Figure
from checker.claims.judge import plain
from checker.claims.leads import Led, judged, part_of
from checker.claims.sentences import Sentence
from checker.rulebook.arithmetic import load_arithmetic
from checker.rulebook.wording import compiled

_PLANNED: Final = frozenset(("next_year", "planned", "intended", "goal"))
_NOUN_REACH: Final = 3  # 11个行政村
_LEAST_SCORES: Final = 2
_TENTH: Final = Decimal("0.1")
_QUARTER: Final = Decimal("0.25")


class _Division(NamedTuple):
    total: Decimal
    number: Decimal
    step: Decimal  # to which the total is printed
    of: Led


def averages(sentence: Sentence, told: Sequence[Led], before: Sequence[Led]) -> None:
    """Judge the averages of a sentence.

    Args:
        sentence: where they stand.
        told: its figures without ratios.
        before: those of the sentence in front of it.
    """
    for number, item in enumerate(told):
        each = _each(item)
        if each:
            found = [*_divisions(sentence, told[:number], before, item, each)]
        else:
            found = [*_scores(told[:number], item)]
        _judge(item, found)


def _each(item: Led) -> str:
    """By what is averaged: 村 in 平均每个村24张; empty where no average is told."""
    words = load_arithmetic().average
    match = compiled(words.each).search(item.lead)
    if match is None or not compiled(words.said).search(match[0]):
        return ""
    return match["each"] or match["short"]


def _judge(item: Led, found: Sequence[_Division]) -> None:
    fitting = [d for d in found if averaged(item.figure, d.total / d.number, d.step / d.number)]
    if not fitting and (len(found) != 1 or not found[0].of.exact):
        return
    total, number, _, of = (fitting or found)[0]
    exact = total / number
    expected = exact.quantize(min(item.figure.step, Decimal(1)))
    sums = f"{plain(total)}÷{plain(number)}＝{plain(expected)}"
    target = f"{plain(total)}/{plain(number)}"
    item.row.checks.append(
        judged("derived", sums, expected, right=bool(fitting), target=target, related=of.row)
    )


def _divisions(
    sentence: Sentence, told: Sequence[Led], before: Sequence[Led], item: Led, each: str
) -> Iterator[_Division]:
    """The totals and the numbers that may be meant, those of the part of the sentence first."""
    start, end = part_of(sentence, item.row.start)
    scopes = {w.value("scope") for w in sentence.telling("scope", start, item.row.start)}
    if scopes & _PLANNED:
        return
    near = [t for t in told if t.row.start >= start]
    words = load_arithmetic().average
    calendar = words.calendar.get(each)
    if compiled(words.not_all_year if calendar else words.some).search(sentence.text[start:end]):
        return
    totals = [t for t in near if _may_be_total(t, item)]
    if totals and not all(_counts_of(t, each) for t in near if t.row.start > totals[-1].row.start):
        return
    numbers = {Decimal(calendar)} if calendar else _numbers(near, each)
    if not numbers:
        numbers = _numbers([*before, *told], each)
    for total in totals:
        for number in numbers:
            if total.value >= number:
                step = total.figure.step if total.figure.step != 1 else Decimal(0)
                yield _Division(total.value, number, step, total)


def _may_be_total(total: Led, item: Led) -> bool:
    same = total.figure.unit == item.figure.unit and item.figure.unit is not None
    return same and total.row.scope != "prior_year" and not _each(total)


def _numbers(told: Sequence[Led], each: str) -> set[Decimal]:
    """How many there are of what is averaged by: 11 in 11个行政村 for 村."""
    return {t.value for t in told if t.exact and t.value and _counts_of(t, each)}


def _counts_of(item: Led, each: str) -> bool:
    if item.figure.unit == each:
        return True
    behind = item.figure.behind
    noun = item.row.sentence.text[behind : behind + _NOUN_REACH + len(each)]
    return item.figure.unit in ("个", "家", "名", None) and each in noun


def _scores(told: Sequence[Led], item: Led) -> Iterator[_Division]:
    """得分依次为88、90、93、93，平均91分; 上半年92.5分，下半年95.0分，全年平均93.75分."""
    words = load_arithmetic().average
    if not told or not compiled(words.mean).search(item.lead):
        return
    run = [told[-1]]
    for led in reversed(told[:-1]):
        if not _goes_on(run[0].lead):
            break
        run.insert(0, led)
    units = {t.figure.unit for t in run} - {None}
    if len(run) < _LEAST_SCORES or not units <= {item.figure.unit}:
        return
    first, last = run[0].lead, run[-1].lead
    by_half = len(run) == len(words.halves) and all(
        h in lead for h, lead in zip(words.halves, (first, last), strict=True)
    )
    if by_half or compiled(words.one_by_one).search(first) or compiled(words.scored).search(first):
        total = sum((t.value for t in run), Decimal(0))
        yield _Division(total, Decimal(len(run)), Decimal(0), run[0])


def _goes_on(lead: str) -> bool:
    words = load_arithmetic().average
    return compiled(words.joined).search(lead) is not None or words.halves[1] in lead


def averaged(figure: Figure, exact: Decimal, step: Decimal) -> bool:
    """Whether a printed average stands for an exact one, rounded up or down.

    Args:
        figure: the average.
        exact: total divided by number.
        step: how far the total itself may be rounded, divided alike.
    """
    value = figure.value or Decimal(0)
    if figure.approximation == "exact":
        return abs(value - exact) < figure.step + step
    slack = max(value * _TENTH, figure.step)
    if figure.approximation == "about":
        return abs(value - exact) <= slack + step
    if figure.approximation == "more_than":
        return value - step <= exact <= value + max(value * _QUARTER, figure.step) + step
    return value - max(value * _QUARTER, figure.step) - step <= exact <= value + step
