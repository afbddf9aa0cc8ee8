"""Shares and growth: percentages recomputed from the figures from which they should follow."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from checker.claims.figures import Figure
from checker.claims.judge import follows, plain
from checker.claims.sentences import Sentence
from checker.domain.claim import ClaimCheck
from checker.rulebook.late import late_regex
from checker.rulebook.reasons import load_reasons

POINTS: Final = "个百分点"
_DOUBLINGS: Final = "番"
_TENTHS: Final = "成"
_HUNDREDTHS: Final = ("percent", _TENTHS)
RATIO_UNITS: Final = (*_HUNDREDTHS, "倍", POINTS, _DOUBLINGS)
_SHOWN_UNITS: Final[Mapping[str, str]] = {
    "percent": "%",
    "成": "%",
    "倍": "倍",
    POINTS: POINTS,
    _DOUBLINGS: "倍",
}
_TENTH: Final = Decimal("0.1")
_NEARLY: Final = Decimal("0.1")
_DOUBLED: Final = late_regex("翻了?$")
# 增长到, 降至: what follows is a level, not a change
_LEVEL: Final = late_regex("(?:了)?(?:到|至|为|成)")
_ANOTHER: Final = late_regex(":|(?:19|20)[0-9]{2}年")
_REACH: Final = 10
_MOST_WHOLES: Final = 3  # totals that are written out when none of them fits
_SHORT: Final = late_regex(
    r"([多少增减升降涨])(?:出|了|约|近|超过?|逾|公开|收到?|发布|发|办结|受理)*$"
)
# 收到72件，上年60件，多12件
_BESIDE_LAST: Final = late_regex(
    r"(?:[上去]一?年|20\d\d年)[^,;。]{0,12}(?:相比|比|比较)?,(?:20\d\d年度?|今年|本年度?)?[^,;。0-9]{0,8}[多少增减升降涨](?:出|了|公开|收到?|发布|办结)*$"
)
_COUNT: Final = "[^,。;0-9]{0,12}[0-9.]+[^,。;0-9]{0,4}"
# 许可去年1200件，今年1286件，多了86件
_TWO_YEARS: Final = late_regex(
    f"(?:[上去]一?年度?|20[0-9][0-9]年度?){_COUNT},(?:今年|本年度?|当年|20[0-9][0-9]年度?){_COUNT},"
    "(?:一共|总共|正好|刚好|整整|足足)*[多少增减升降涨](?:了|出)?$"
)
_TIMES_OF: Final = late_regex(
    r"(?:是|为|接近|将近|约|相当于|增长到|达到?|[增升降减]至|[升降减]到|仅为|仅有|只有|不足|不到)(?:上一?年度?|去年|20\d\d年度?)"
    r"(?:\([^)]*\))?[^,。;]{0,10}的(?:约|近|大约|超过|将近)?$"
)


def growth_word(sentence: Sentence, figure: Figure, before: int) -> str | None:
    """``up``, ``down`` or ``times`` when the figure is a change; None when it is a level."""
    if figure.unit == _DOUBLINGS:
        return "times" if _DOUBLED.search(sentence.text[before : figure.start]) else None
    words = sentence.words_between(before, figure.start)
    clause = max(sentence.text.rfind(",", sentence.start, figure.start), sentence.start)
    for word in reversed(words):
        # a count is not the change of which another clause speaks: 质量有待提高，全年14件申请
        if figure.start - word.end > _REACH or (word.end <= clause and not is_ratio(figure)):
            break
        if _ANOTHER.search(sentence.text, word.end, figure.start):
            break  # 有所回落：2023年60件
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
        compared = any(w.has("mark", "compared") for w in marks_before)
        said = sentence.text[sentence.start : figure.start]
        if compared or _BESIDE_LAST.search(said) or _TWO_YEARS.search(said):
            return "up" if short[1] in "多增升涨" else "down"
    of_other = is_ratio(figure) and _TIMES_OF.search(sentence.text[: figure.start])
    return "times" if of_other else None


def growth_check(
    figure: Figure, word: str, current: Decimal | None, prior: Decimal | None, *, unknown: str
) -> ClaimCheck:
    """Whether a change follows from this year's and last year's figure in the text.

    Args:
        figure: the change.
        word: ``up``, ``down`` or ``times`` (是上年的k倍).
        current: this year's figure.
        prior: last year's.
        unknown: what to say when one of them is not known.
    """
    if current is None or prior is None or prior == 0:
        return ClaimCheck(test="growth", verdict="not_enough_info", reason=unknown)
    change = current - prior
    exact, sums = _change(figure, current, prior, times=word == "times")
    wrong_way = (word == "up" and change < 0) or (word == "down" and change > 0)
    right = _grew_so(figure, exact) and not wrong_way
    direction = "减少" if change < 0 else "增加" if change > 0 else "持平"
    finest = _TENTH if figure.unit in ("倍", _DOUBLINGS) else Decimal(1)
    expected = exact.quantize(min(figure.step, finest))
    shown = plain(expected) + _SHOWN_UNITS.get(figure.unit or "", "")
    told = shown if word == "times" else f"{direction}{shown}" if change else direction
    ending = "，一致。" if right else "，增减方向相反。" if wrong_way else "，不一致。"
    return ClaimCheck(
        test="growth",
        target=f"text: {_expression(figure, current, prior, times=word == 'times')}",
        expected=expected,
        verdict="supported" if right else "refuted",
        reason=f"{sums}，应为{told}{ending}",
        opposite=wrong_way,
    )


def flat_check(word: str, current: Decimal, prior: Decimal, *, about: bool) -> ClaimCheck:
    """Whether two figures are equal that are said to be (与上年持平).

    Args:
        word: as printed.
        current: this year's figure.
        prior: last year's.
        about: it is said of nearly equal ones (基本持平).
    """
    apart = abs(current - prior)
    right = apart <= (prior * _NEARLY if about else 0)
    one, other = plain(current), plain(prior)
    return ClaimCheck(
        test="growth",
        target=f"text: {one}-{other}",
        expected=current - prior,
        verdict="supported" if right else "refuted",
        reason=f"正文写“{word}”，两年是{one}和{other}，{'一致' if right else '不一致'}。",
    )


def _grew_so(figure: Figure, exact: Decimal) -> bool:
    """Whether a printed change stands for an exact one."""
    if figure.unit == _DOUBLINGS:
        wanted = Decimal(2) ** int(figure.value or 0)
        least = wanted * (1 if figure.approximation == "more_than" else 1 - _NEARLY)
        return (
            least <= exact <= wanted * (2 if figure.approximation == "more_than" else 1 + _NEARLY)
        )
    return follows(figure, exact)


def _change(
    figure: Figure, current: Decimal, prior: Decimal, *, times: bool
) -> tuple[Decimal, str]:
    """The change in the unit of the figure, and how it is worked out."""
    change, one, other = abs(current - prior), plain(current), plain(prior)
    hundred = 100 if figure.unit in _HUNDREDTHS else 1
    if times:
        return current / prior * hundred, f"{one}÷{other}"
    if figure.unit in (*_HUNDREDTHS, "倍"):
        return change / prior * hundred, f"（{one}－{other}）÷{other}"
    return change, f"{one}－{other}"


def _expression(figure: Figure, current: Decimal, prior: Decimal, *, times: bool) -> str:
    """The change as arithmetic that gives it, without a sign."""
    one, other = plain(current), plain(prior)
    difference = f"{plain(max(current, prior))}-{plain(min(current, prior))}"
    hundred = "100*" if figure.unit in _HUNDREDTHS else ""
    if times:
        return f"{hundred}{one}/{other}"
    if hundred or figure.unit == "倍":
        return f"{hundred}({difference})/{other}"
    return difference


def share_check(
    figure: Figure, part: Decimal | None, wholes: Sequence[tuple[Decimal, str]]
) -> ClaimCheck:
    """Whether a share follows from its part and one of the wholes it may refer to.

    Args:
        figure: the share, in per cent.
        part: the part.
        wholes: totals with their names, the likeliest first.
    """
    usable: list[tuple[Decimal, str]] = []
    for whole, name in wholes:
        if whole > 0 and part is not None and part <= whole and whole not in dict(usable):
            usable.append((whole, name))
    if part is None or not usable:
        return ClaimCheck(
            test="share",
            verdict="not_enough_info",
            reason=load_reasons().unknown_ratio,
        )
    said = is_so_much if figure.unit == _TENTHS else follows
    fitting = [(w, n) for w, n in usable if said(figure, part / w * 100)]
    whole = (fitting or usable)[0][0]
    sums = [_division(figure, part, w, n) for w, n in fitting[:1] or usable[:_MOST_WHOLES]]
    every = "都" if len(sums) > 1 else ""
    ending = "，一致。" if fitting else f"，{every}与正文不一致。"
    return ClaimCheck(
        test="share",
        target=f"text: 100*{plain(part)}/{plain(whole)}",
        expected=(part / whole * 100).quantize(min(figure.step, Decimal(1))),
        verdict="supported" if fitting else "refuted",
        reason="；".join(sums) + ending,
    )


def is_so_much(figure: Figure, ratio: Decimal) -> bool:
    """Whether a share or a rate may be told so: 七成 of 75 %, 超过七成 of all that is more."""
    value = figure.value
    if value is None or (figure.approximation == "exact" and figure.unit != _TENTHS):
        return follows(figure, ratio)
    if figure.approximation == "more_than":
        return ratio >= value - _TENTH
    if figure.approximation == "less_than":  # 近七成 is said of a little more too
        return ratio <= value + 1
    slack = max(value * _TENTH, Decimal(5)) if figure.step > 1 else Decimal(1)
    return value - slack <= ratio <= value + slack * 2


def _division(figure: Figure, part: Decimal, whole: Decimal, name: str) -> str:
    exact = part / whole * 100
    expected = exact.quantize(min(figure.step, Decimal(1)))
    if expected != figure.value and follows(figure, exact):
        expected = exact.quantize(figure.step / 100)  # 95% for 95.65%, cut
    return f"{plain(part)}÷{plain(whole)}（{name}）＝{plain(expected)}%"


def is_ratio(figure: Figure) -> bool:
    """Whether a figure is a percentage, a multiple, percentage points, 成 or 番."""
    return figure.unit in RATIO_UNITS
