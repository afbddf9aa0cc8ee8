"""Tells which of several figures is more, by how much, and which is the most.

With a blank or a word among two figures nothing is said to be more.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from checker.answers.cells import findings_line
from checker.answers.contests import Amount, Contest
from checker.answers.types import Answer, Citation, Conversation
from checker.answers.view import View, listed
from checker.checks.operands import number

_HUNDREDTH: Final = Decimal("0.01")
_MOST_WAYS: Final = 3
_NEXT: Final = 3


def tell_difference(view: View, contests: Sequence[Contest]) -> Answer:
    """How much more or less each figure is than the first."""
    told = [_difference(c) for c in contests]
    return _answer(view, contests, told)


def tell_times(view: View, contests: Sequence[Contest]) -> Answer:
    """How many times the second figure the first one is."""
    return _answer(view, contests, [_times(c) for c in contests])


def _times(contest: Contest) -> str:
    first, second = contest.amounts
    head = f"{contest.where}：" if contest.where else ""
    if first.value is None or not second.value:
        return f"{head}{first.told}，{second.told}，算不出倍数。"
    times = (first.value / second.value).quantize(_HUNDREDTH, ROUND_HALF_UP)
    return f"{head}{first.told}÷{second.told}＝{number(times)}（倍，保留两位小数）。"


def tell_extreme(view: View, contests: Sequence[Contest], *, least: bool) -> Answer:
    """Which figure is the most, or the least."""
    told = [_extreme(c, least=least) for c in contests]
    return _answer(view, contests, told)


def _difference(contest: Contest) -> str:
    first, *others = contest.amounts
    head = f"{contest.where}：" if contest.where else ""
    printed = "，".join(a.told for a in contest.amounts)
    if any(a.value is None for a in contest.amounts):
        return f"{head}{printed}，不能比较。"
    told = [_gap(first, other, several=len(others) > 1) for other in others]
    return f"{head}{printed}，{'，'.join(told)}。"


def _gap(first: Amount, other: Amount, *, several: bool) -> str:
    gap = (first.value or Decimal(0)) - (other.value or Decimal(0))
    than = f"比“{other.name}”" if several else ""
    if not gap:
        return f"“{first.name}”与“{other.name}”一样多"
    return f"“{first.name}”{than}{'多' if gap > 0 else '少'}{number(abs(gap))}"


def _extreme(contest: Contest, *, least: bool) -> str:
    known = [a for a in contest.amounts if a.value is not None]
    unknown = [a for a in contest.amounts if a.value is None]
    head = f"{contest.where}：" if contest.where else ""
    left = f"{listed(a.told for a in unknown)}，没有计入比较。" if unknown else ""
    if not known:
        return f"{head}没有一格填了数字，不能比较。"
    ranked = sorted(known, key=lambda a: (a.value or 0) * (1 if least else -1))
    first = [a for a in ranked if a.value == ranked[0].value]
    told = f"最{'少' if least else '多'}的是{listed(map(_counted, first), most=_NEXT)}"
    behind = [a for a in ranked[len(first) :] if a.value][:_NEXT]
    following = f"，其次{'、'.join(map(_counted, behind))}" if behind else ""
    return f"{head}{told}{following}。{left}"


def _counted(amount: Amount) -> str:
    return f"“{amount.name}”（{number(amount.value or Decimal(0))}）"


def _answer(view: View, contests: Sequence[Contest], told: Sequence[str]) -> Answer:
    shown = contests[:_MOST_WAYS]
    cells = tuple(dict.fromkeys(c for k in shown for a in k.amounts for c in a.cells))
    touched = view.blaming_cells(cells)
    lines = [*told[:_MOST_WAYS], *([findings_line(view, touched)] if touched else [])]
    return Answer(
        kind="compare",
        text="\n".join(lines),
        citations=(
            *(view.cite_cell(a) for a in cells),
            *(Citation(finding=n, rule=view.finding(n).rule) for n in touched),
        ),
        highlight=cells,
        context=Conversation(focus="cells", cells=cells, aspect="value"),
    )
