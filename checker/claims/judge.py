"""Compares a figure with what the tables hold, at the precision at which both are printed."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Final, NamedTuple

from checker.claims.figures import Figure
from checker.claims.targets import Tables, Target
from checker.domain.claim import ClaimCheck, ClaimTest
from checker.rulebook.reasons import load_reasons

_TENTH: Final = Decimal("0.1")
_QUARTER: Final = Decimal("0.25")
# How far a ratio called 近 or 约 may be off: a part of it, and at least so much.
_SLACK: Final[Mapping[str, tuple[Decimal, Decimal]]] = {
    "percent": (_TENTH, Decimal(1)),
    "成": (_TENTH, Decimal(5)),
    "倍": (Decimal("0.2"), Decimal(0)),
}
_TEN_THOUSANDS: Final = "万元"
_YUAN: Final = Decimal(10_000)
_MOST_SHOWN: Final = 24  # digits
_FEW_TERMS: Final = 6  # a longer sum is not written out


def plain(value: Decimal) -> str:
    """A number as people write it: no exponent, no trailing zeros."""
    text = format(value.normalize(), "f") if value else "0"
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}……（共{len(text)}位）"


def fits(figure: Figure, expected: Decimal, *, step: Decimal = Decimal(0)) -> bool:
    """Whether a printed figure can stand for a value.

    Args:
        figure: the figure.
        expected: the value, in the unit of the figure.
        step: unit of the last digit at which the value itself is printed.
    """
    if figure.lower is not None and figure.upper is not None:
        return figure.lower <= expected <= figure.upper
    value = figure.value
    if value is None:
        return False
    if figure.approximation == "exact":
        return _equal(value, expected, max(figure.step, step))
    if figure.approximation == "about":
        return abs(expected - value) <= value * _TENTH
    if figure.approximation == "more_than":
        return value <= expected < value + max(_round_unit(value), value * _TENTH, figure.step)
    return value - max(value * _TENTH, Decimal(1)) <= expected <= value


def _equal(value: Decimal, expected: Decimal, step: Decimal) -> bool:
    """Equal, or equal once rounded or cut at a coarser step; nothing is rounded to nothing."""
    if not value or not expected:
        return value == expected
    if value == expected:
        return True
    if step == 1 and value == int(value) and expected == int(expected):
        return False
    places = [(expected / step).to_integral_value(r) * step for r in (ROUND_HALF_UP, ROUND_DOWN)]
    back = [(value / step).to_integral_value(r) * step for r in (ROUND_HALF_UP, ROUND_DOWN)]
    return value in places or expected in back


def _round_unit(value: Decimal) -> Decimal:
    """The largest power of ten that divides a whole number: 100 for 2300."""
    if value == 0 or value != int(value):
        return Decimal(1)
    text = str(int(value))
    return Decimal(10) ** (len(text) - len(text.rstrip("0")))


def counted_alike(one: Figure, other: Figure) -> bool:
    """Whether two figures are counted by one word: 件次 (as in 58件次之) is 件."""
    return (one.unit or "").removesuffix("次") == (other.unit or "").removesuffix("次")


def follows(figure: Figure, ratio: Decimal) -> bool:
    """Whether a percentage (or 倍) follows from a ratio, rounded half up or cut."""
    if figure.value is None:
        return False
    share, least = _SLACK.get(figure.unit or "", (_TENTH, Decimal(0)))
    slack = max(figure.value * share, least)
    if figure.approximation == "about":
        return abs(ratio - figure.value) <= slack
    if figure.approximation == "less_than":  # 增长近一倍, 近三成
        return figure.value - slack <= ratio <= figure.value
    if figure.approximation == "more_than":
        return fits(figure, ratio)
    if figure.unit == "倍" and figure.step == 1:  # 增加一倍 is not said of a half
        return int(ratio) == figure.value or abs(ratio - figure.value) <= _QUARTER
    return figure.value in {
        ratio.quantize(figure.step, rounding) for rounding in (ROUND_HALF_UP, ROUND_DOWN)
    }


class Doubtful(NamedTuple):
    """Why a difference from the cells proves nothing.

    Attributes:
        scope: the reason is the scope, and a person should be asked.
    """

    reason: str = ""
    scope: bool = False


def against_cells(
    figure: Figure, printed: str, tables: Tables, readings: Sequence[Target], doubtful: Doubtful
) -> ClaimCheck:
    """Hold a count against the cells it may mean.

    Args:
        figure: the figure.
        printed: as it stands in the text, with its counting word.
        tables: the cells.
        readings: what it may mean, the likeliest first; not empty.
        doubtful: another scope, or words we do not know.
    """
    test: ClaimTest = "absence" if figure.value == 0 else "cell"
    held = [(t, tables.holding(t)) for t in readings]
    tried = [(t, in_unit(h.value, t, figure)) for t, h in held if h.value is not None]
    if not tried:
        return unread(test, readings[0])
    fitting = [
        (t, in_unit(h.value, t, figure))
        for t, h in held
        if h.value is not None
        and fits(figure, in_unit(h.value, t, figure), step=_cell_step(h.terms, t, figure))
    ]
    if not fitting:
        converted = _in_ten_thousand_yuan(figure, printed, tables, readings)
        if converted is not None:
            return converted
        partly = "其余可能的口径没有数字" if len(tried) < len(held) else ""
        unsure = doubtful._replace(reason=doubtful.reason or partly)
        return _different(test, printed, tables, tried, unsure)
    target, expected = min(fitting, key=lambda f: len(f[0].addresses))
    return ClaimCheck(
        test=test,
        target=target.expression,
        target_label=target.label,
        expected=expected,
        verdict="supported",
        reason=f"正文写{printed}，{shown(tables, target, expected)}，一致。",
        cells=target.addresses,
    )


def _in_ten_thousand_yuan(
    figure: Figure, printed: str, tables: Tables, readings: Sequence[Target]
) -> ClaimCheck | None:
    """An amount of money in 万元, or without a unit, that agrees when it is read so."""
    for target in readings:
        holding = tables.holding(target)
        if figure.unit != "yuan" or holding.value is None or _in_ten_thousands(target):
            continue
        expected = holding.value * _YUAN
        unit = tables.printed_unit(target)
        if unit not in ("", _TEN_THOUSANDS) or not fits(
            figure, expected, step=_printed_step(holding.terms) * _YUAN
        ):
            continue
        held = f"{target.label}为{plain(holding.value)}{unit}"
        ending = "一致。" if unit else "没有写明单位，按万元算一致。"
        return ClaimCheck(
            test="cell",
            target=target.expression,
            target_label=target.label,
            expected=expected,
            verdict="supported",
            reason=f"正文写{printed}，{held}，{ending}",
            cells=target.addresses,
        )
    return None


def unread(test: ClaimTest, target: Target) -> ClaimCheck:
    """What stands in the cells of the target is no number that could be compared."""
    return ClaimCheck(
        test=test,
        target=target.expression,
        target_label=target.label,
        verdict="not_enough_info",
        reason=load_reasons().unread_cells.format(cells=target.label),
        cells=target.addresses,
    )


def _different(
    test: ClaimTest,
    printed: str,
    tables: Tables,
    tried: Sequence[tuple[Target, Decimal]],
    doubtful: Doubtful,
) -> ClaimCheck:
    """No reading gives the figure; equal values are told once."""
    values = [v for _, v in tried]
    different = [(t, v) for i, (t, v) in enumerate(tried) if v not in values[:i]]
    told = "；".join(shown(tables, t, v) for t, v in different)
    ending = f"；{doubtful.reason}，请人工核对。" if doubtful.reason else "，不一致。"
    first, expected = tried[0]
    return ClaimCheck(
        test="scope" if doubtful.scope else test,
        target=first.expression,
        target_label=first.label,
        expected=expected,
        verdict="not_enough_info" if doubtful.reason else "refuted",
        reason=f"正文写{printed}，{told}{ending}",
        cells=tuple(dict.fromkeys(a for t, _ in different for a in t.addresses)),
    )


def shown(tables: Tables, target: Target, value: Decimal) -> str:
    """What a target holds, with the sum when it is one."""
    holding = tables.holding(target)
    if _in_ten_thousands(target):
        return f"{target.label}为{plain(holding.value or Decimal(0))}万元"
    if 1 < len(holding.terms) <= _FEW_TERMS:
        return f"{target.label}为{_added(holding.terms)}＝{plain(value)}"
    return f"{target.label}为{tables.amount(target) or plain(value)}"


def _added(terms: Sequence[Decimal]) -> str:
    return "＋".join(map(plain, terms)).replace("＋-", "－")


def in_unit(value: Decimal, target: Target, figure: Figure) -> Decimal:
    """A cell in the unit of the figure: cells of money are in 万元, money of the text in yuan."""
    return value * _YUAN if _in_ten_thousands(target) and figure.unit == "yuan" else value


def _cell_step(terms: Sequence[Decimal], target: Target, figure: Figure) -> Decimal:
    if not _in_ten_thousands(target) or figure.unit != "yuan":
        return Decimal(0)
    return _printed_step(terms) * _YUAN


def _printed_step(terms: Sequence[Decimal]) -> Decimal:
    """The unit of the last digit to which all terms are printed."""
    exponents = [int(t.as_tuple().exponent) for t in terms]
    return Decimal(1).scaleb(min(exponents, default=0))


def _in_ten_thousands(target: Target) -> bool:
    """收费金额 is the only column in 万元; 采购总金额 is read in yuan."""
    return target.expression.endswith("fees/amount")
