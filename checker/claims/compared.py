"""What a change is said to be a change of: 较上年结转的5件减少2件, 下半年较上半年增长20%.

The words name the base beside the change; who tells which two figures are meant by the years in
which they were counted is asked first.
"""

from collections.abc import Sequence
from typing import Final

from checker.claims.pairs import Pair
from checker.claims.ratios import is_ratio
from checker.claims.rows import Row, text_between
from checker.rulebook.late import late_regex

_LED: Final = late_regex("(?:^|[,;。(])(?:比|较|与|同|和|相比于?|相较于?)[^,;。()0-9]{0,12}$")
_CHANGED: Final = late_regex(
    "(?:相比|比|相较)?,?(?:净|共|实际|有所|总共|一共)*"
    "(?:减少|下降|降低|减|少|降|增加|增长|上升|提高|多|增|升|涨)(?:了|出)?(?:约|近|超过?)*"
)
_THEN: Final = late_regex(
    ",(?:同比|环比|降幅|增幅|升幅|跌幅|减少|下降|降低|减|降|增加|增长|上升|提高|增|升|涨)(?:了|为|达到?|约|近|超过?|将近|接近)*"
)
_PERIOD: Final = "[上下]半年|第?[一二三四1-4]季度|(?:[1-9]|1[0-2])月份?"
_NAMED: Final = late_regex(
    f"(?:^|[,;。:])(?P<one>{_PERIOD})(?:[比较]|相比)(?P<other>{_PERIOD})(?:相比)?"
    "(?:减少|下降|降低|减|少|降|增加|增长|上升|提高|多|增|升|涨)(?:了|出)?(?:约|近|超过?|将近|接近)*$"
)
_SEPARATORS: Final = ",;。:、("


def compared_pairs(rows: Sequence[Row], number: int) -> list[Pair]:
    """The two figures of a change whose base its words name; at most one pair.

    Args:
        rows: those of the sentence, the change among them.
        number: which of them is the change.
    """
    found = _beside(rows, number) or _named(rows, number)
    return [found] if found is not None else []


def _beside(rows: Sequence[Row], number: int) -> Pair | None:
    """结转下年度3件，较上年结转的5件减少2件，下降40%."""
    row, at = rows[number], number - 1
    before = rows[at] if number else None
    if before is not None and before.change == row.change and is_ratio_row(row):
        if not _THEN.fullmatch(text_between(before, row)) or is_ratio_row(before):
            return None
        row, at = before, at - 1  # the change in numbers stands between
    base = rows[at] if at > 0 else None
    current = rows[at - 1] if at > 0 else None
    if base is None or current is None or not (_counts(base) and _counts(current)):
        return None
    led = _LED.search(base.sentence.text, base.sentence.start, base.start)
    told = _CHANGED.fullmatch(text_between(base, row)) is not None
    same = base.unit == current.unit and current.scope == "own" == base.scope
    plainly = led is not None and "(" not in text_between(current, base)
    return Pair(current, base) if told and same and plainly else None


def _named(rows: Sequence[Row], number: int) -> Pair | None:
    """上半年30件，下半年36件，下半年较上半年增长20%: both names stand before one count each."""
    row = rows[number]
    said = _NAMED.search(row.sentence.text, row.sentence.start, row.start)
    if said is None:
        return None
    start = said.start("one")
    told = [r for r in rows[:number] if _counts(r) and r.start < start]
    one, other = (_only(told, said[n]) for n in ("one", "other"))
    if one is None or other is None or one is other or one.unit != other.unit:
        return None
    return None if {one.scope, other.scope} & {"prior_year", "next_year"} else Pair(one, other)


def _only(told: Sequence[Row], name: str) -> Row | None:
    """The only count that this name leads to."""
    named = [r for r in told if name in _label(r)]
    return named[0] if len(named) == 1 else None


def _label(row: Row) -> str:
    text, start = row.sentence.text, row.sentence.start
    begins = max(text.rfind(c, start, row.start) for c in _SEPARATORS) + 1
    return text[max(begins, start) : row.start]


def is_ratio_row(row: Row) -> bool:
    """Whether the figure of a row is a percentage, a multiple or 成."""
    return row.figure is not None and is_ratio(row.figure)


def _counts(row: Row) -> bool:
    exact = row.figure is not None and row.figure.approximation == "exact"
    return exact and not row.change and not is_ratio_row(row)
