"""Shares and growth: percentages recomputed from the figures from which they should follow."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from checker.claims.figures import Figure
from checker.claims.judge import follows, plain
from checker.claims.sentences import Sentence
from checker.domain.claim import ClaimCheck

_WORD_UNITS: Final = ("percent", "倍", "个百分点")
# 增长到, 降至: what follows is a level, not a change
_LEVEL: Final = re.compile("(?:了)?(?:到|至|为|成)")
_REACH: Final = 10
_SHORT: Final = re.compile(r"([多少增减])(?:了|约|公开|收到?|发布|办结|受理)*$")
_TIMES_OF: Final = re.compile(
    r"(?:是|为|相当于|增长到|达到|增至)(?:上一?年度?|去年|20\d\d年度?)(?:\([^)]*\))?[^,。;]{0,10}的$"
)


def growth_word(sentence: Sentence, figure: Figure, before: int) -> str | None:
    """``up``, ``down`` or ``growth`` when the figure is a change; None when it is a level."""
    words = sentence.words_between(before, figure.start)
    clause = max(sentence.text.rfind(",", sentence.start, figure.start), sentence.start)
    for word in reversed(words):
        # a count is not the change of which another clause speaks: 质量有待提高，全年14件申请
        if figure.start - word.end > _REACH or (word.end < clause and not is_ratio(figure)):
            break
        if any(m.facet in ("topic", "stage") for m in word.meanings):
            break
        marks = {m.value for m in word.meanings if m.facet == "mark"}
        if "up" in marks or "down" in marks:
            if _LEVEL.match(sentence.text, word.end) and not word.text.endswith("幅"):
                break
            return "up" if "up" in marks else "down"
    short = _SHORT.search(sentence.text[before : figure.start])
    if short is not None:
        marks_before = sentence.telling("mark", clause, figure.start)
        if any(w.has("mark", "compared") for w in marks_before):
            return "up" if short[1] in "多增" else "down"
    times = figure.unit == "倍" and _TIMES_OF.search(sentence.text[: figure.start])
    return "growth" if times else None


def growth_check(
    figure: Figure,
    word: str,
    current: Decimal | None,
    prior: Decimal | None,
    *,
    times_of: bool,
) -> ClaimCheck:
    """Whether a change follows from this year's and last year's figure in the text.

    Args:
        figure: the change.
        word: ``up``, ``down`` or ``growth`` (是上年的k倍).
        current: this year's figure.
        prior: last year's.
        times_of: 是上年的k倍, not 增长k倍.
    """
    if current is None or prior is None or prior == 0:
        return ClaimCheck(
            test="growth",
            verdict="not_enough_info",
            reason="要与上年的数字比较，本报告里没有上年的数字，无法核对。",
        )
    change = current - prior
    exact, sums = _change(figure, current, prior, times_of=times_of)
    expected = exact.quantize(figure.step)
    wrong_way = (word == "up" and change < 0) or (word == "down" and change > 0)
    right = follows(figure, exact) and not wrong_way
    direction = "减少" if change < 0 else "增加" if change > 0 else "持平"
    shown = plain(expected) + ("%" if figure.unit == "percent" else "")
    ending = "，一致。" if right else "，增减方向相反。" if wrong_way else "，不一致。"
    return ClaimCheck(
        test="growth",
        target=f"text: {plain(current)}-{plain(prior)}",
        expected=expected,
        verdict="supported" if right else "refuted",
        reason=f"{sums}，应为{direction}{shown}{ending}",
        opposite=wrong_way,
    )


def _change(
    figure: Figure, current: Decimal, prior: Decimal, *, times_of: bool
) -> tuple[Decimal, str]:
    """The change in the unit of the figure, and how it is worked out."""
    change, one, other = abs(current - prior), plain(current), plain(prior)
    if figure.unit == "percent":
        return change / prior * 100, f"（{one}－{other}）÷{other}"
    if figure.unit == "倍":
        if times_of:
            return current / prior, f"{one}÷{other}"
        return change / prior, f"（{one}－{other}）÷{other}"
    return change, f"{one}－{other}"


def share_check(
    figure: Figure, part: Decimal | None, wholes: Sequence[tuple[Decimal, str]]
) -> ClaimCheck:
    """Whether a share follows from its part and one of the wholes it may refer to.

    Args:
        figure: the share, in per cent.
        part: the part.
        wholes: totals with their names, the likeliest first.
    """
    usable = [(w, n) for w, n in wholes if w > 0 and part is not None and part <= w]
    if part is None or not usable:
        return ClaimCheck(
            test="share",
            verdict="not_enough_info",
            reason="看不出是哪两个数字的比例，无法核对。",
        )
    for whole, name in usable:
        ratio = part / whole * 100
        if follows(figure, ratio):
            return _share(figure, part, whole, name, right=True)
    whole, name = usable[0]
    return _share(figure, part, whole, name, right=False)


def _share(figure: Figure, part: Decimal, whole: Decimal, name: str, *, right: bool) -> ClaimCheck:
    expected = (part / whole * 100).quantize(figure.step)
    sums = f"{plain(part)}÷{plain(whole)}（{name}）＝{plain(expected)}%"
    return ClaimCheck(
        test="share",
        target=f"text: 100*{plain(part)}/{plain(whole)}",
        expected=expected,
        verdict="supported" if right else "refuted",
        reason=f"{sums}，一致。" if right else f"{sums}，与正文不一致。",
    )


def is_ratio(figure: Figure) -> bool:
    """Whether a figure is a percentage, a multiple or percentage points."""
    return figure.unit in _WORD_UNITS
