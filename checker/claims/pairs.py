"""Which two figures a change compares: this year's and last year's count of the same thing."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from checker.claims.ratios import is_ratio
from checker.claims.rows import Row

Pair = tuple[Decimal | None, Decimal | None]
_NO_PAIR: Final[Pair] = (None, None)
_AMONG: Final = "其中"
_INCOMING: Final = frozenset(("received", "new_received"))


def growth_pairs(rows: Sequence[Row], number: int) -> list[Pair]:
    """This year's figure before a change and last year's, the likeliest first; never empty.

    A count in brackets is a part: ``收到4件（自然人3件），较上年减少12件`` is about 4.
    """
    counted = [
        r
        for i, r in enumerate(rows)
        if i != number and r.figure and not is_ratio(r.figure) and r.kind != "growth_rate"
    ]
    near = [r for r in counted if _same_part(r, rows[number])]
    if any(r.scope == "prior_year" for r in near) and any(r.scope != "prior_year" for r in near):
        counted = near
    prior = [r for r in counted if r.scope == "prior_year"]
    current = [r for r in counted if r.scope != "prior_year" and r.start < rows[number].start]
    if respectively(rows, number):
        return [_nth_pair(rows, number, current, prior)]
    if not current and prior:  # 下降40%，由上年5件减少到3件
        after = (r for r in counted if r.scope != "prior_year" and r.start > prior[-1].start)
        return [_pair(rows[number], next(after, None), prior[-1])]
    last = prior[-1] if prior else None
    return [_pair(rows[number], r, last) for r in _currents(current, rows[number])] or [_NO_PAIR]


def _currents(current: Sequence[Row], change: Row) -> list[Row]:
    """The counts that a change may speak of: the last one, or the total that it divides."""
    depth = change.sentence.depth_at(change.start)
    outside = [r for r in current if r.sentence.depth_at(r.start) <= depth]
    told = outside or list(current)
    if not told:
        return []
    text = change.sentence.text
    among = text.rfind(_AMONG, change.sentence.start, told[-1].start)
    totals = [r for r in told if r.start < among and _same_part(r, told[-1])]
    parts = [r for r in told if r.start > among]
    if among < 0 or not totals:
        return told[-1:]
    return [totals[-1], told[-1]] if len(parts) > 1 else [told[-1], totals[-1]]


def _pair(change: Row, current: Row | None, prior: Row | None) -> Pair:
    one, other = current and current.figure, prior and prior.figure
    if one and other and one.unit != other.unit:
        return _NO_PAIR
    if current is None or prior is None:
        return (one.value if one else None), (other.value if other else None)
    # behind a semicolon, the base of 受理4件，同比持平（上年4件） is not that of 文件72件
    near = _same_part(current, change) and _same_part(prior, change)
    if not (near or _same_thing(current, prior)):
        return _NO_PAIR
    return (one.value if one else None), (other.value if other else None)


def _same_thing(one: Row, other: Row) -> bool:
    """Whether two figures count the same, as far as the words are known."""
    first, second = one.subject, other.subject
    stages = [_INCOMING if set(s.stages) <= _INCOMING else set(s.stages) for s in (first, second)]
    return (
        (first.topics, first.applicant, first.outcome, first.action)
        == (second.topics, second.applicant, second.outcome, second.action)
        and stages[0] == stages[1]
        and one.noun == other.noun
    )


def _same_part(one: Row, other: Row) -> bool:
    """Whether no semicolon stands between two figures of a sentence."""
    first, last = sorted((one.start, other.start))
    return ";" not in one.sentence.text[first:last]


def respectively(rows: Sequence[Row], number: int) -> bool:
    """Changes told in the order of the counts: 收到27件、办结26件，分别上升42.1%和52.9%."""
    changes = changes_with(rows, number)
    before = rows[changes[0] - 1].figure if changes[0] else None
    start = before.behind if before else rows[changes[0]].sentence.start
    return "分别" in rows[number].sentence.text[start : rows[changes[0]].start]


def changes_with(rows: Sequence[Row], number: int) -> range:
    """The run of ratios in which one stands."""
    first = last = number
    while first and (f := rows[first - 1].figure) is not None and is_ratio(f):
        first -= 1
    while last + 1 < len(rows) and (f := rows[last + 1].figure) is not None and is_ratio(f):
        last += 1
    return range(first, last + 1)


def _nth_pair(
    rows: Sequence[Row], number: int, current: Sequence[Row], prior: Sequence[Row]
) -> Pair:
    """This year's and last year's count at the same place of the order as a change."""
    changes = changes_with(rows, number)
    at = number - changes[0]
    if len(current) != len(changes) or len(prior) != len(changes):
        return _NO_PAIR
    one, other = current[at].figure, prior[at].figure
    return (one.value if one else None), (other.value if other else None)
