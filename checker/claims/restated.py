"""A percentage that is said once more in words: 占25.0%，恰好四分之一; 占55.6%，已过半数.

Only words that stand right beside the percentage and say nothing else are held against it.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final, NamedTuple

from checker.claims.figures import Figure, without_approximation
from checker.claims.judge import plain
from checker.claims.leads import judged
from checker.claims.rows import Row
from checker.claims.sentences import Sentence
from checker.domain.claim import Approximation
from checker.rulebook.arithmetic import load_arithmetic
from checker.rulebook.wording import compiled

_HALF: Final = Decimal(50)
_TENTHS: Final = "成"
_FRACTION: Final = "分之"
_HUNDREDTHS: Final = "百分之"
_SLACK: Final = Decimal(5)  # 三成 is said of 25 to 35 %
_TENTH: Final = Decimal("0.1")


class _Share(NamedTuple):
    row: Row
    figure: Figure
    value: Decimal

    @property
    def spoken(self) -> bool:
        """三成, 四分之一: a share in words."""
        printed = self.row.printed
        return self.figure.unit == _TENTHS or (_FRACTION in printed and _HUNDREDTHS not in printed)


class _Words(NamedTuple):
    """A share in words.

    Attributes:
        slack: how far the percentage may be from it.
        near: 近三成, which is said of a little more too; 不足三成 is not.
    """

    value: Decimal
    approximation: Approximation
    slack: Decimal
    near: bool

    def stand_for(self, share: Decimal) -> bool:
        """Whether they may be said of a percentage."""
        if self.approximation == "more_than":
            return share >= self.value
        if self.approximation == "less_than":
            over = Decimal(1) if self.near else Decimal(0)
            return self.value - self.slack * 2 <= share <= self.value + over
        return abs(share - self.value) <= self.slack


def restatements(sentence: Sentence, rows: Sequence[Row]) -> None:
    """Judge the words beside the percentages of a sentence."""
    shares = [*_shares(rows)]
    for one, other in pairwise(shares):
        if one.spoken != other.spoken:
            _beside(sentence, one, other)
    for share in shares:
        if not share.spoken and share.figure.approximation == "exact":
            _halves(sentence, share)


def _shares(rows: Sequence[Row]) -> Iterator[_Share]:
    for row in rows:
        figure = row.figure
        if figure is None or figure.value is None or figure.unit not in ("percent", _TENTHS):
            continue
        if row.kind != "growth_rate":
            yield _Share(row, figure, figure.value)


def _beside(sentence: Sentence, one: _Share, other: _Share) -> None:
    """占25.0%，恰好四分之一; 近三成（29.6%）."""
    words = load_arithmetic().restated
    between = sentence.text[one.figure.behind : other.row.start]
    ended = compiled(words.ends).match(sentence.text[other.figure.behind :][:1] or "。")
    if not ended or not compiled(words.between).search(without_approximation(between)):
        return
    share, spoken = (other, one) if one.spoken else (one, other)
    if share.figure.approximation != "exact":
        return
    lead = sentence.text[sentence.segment_at(spoken.row.start).start : spoken.row.start]
    tenths = spoken.figure.unit == _TENTHS
    slack = _SLACK if tenths else max(spoken.value * _TENTH, Decimal(1))
    slack = Decimal(1) if tenths and spoken.figure.step == 1 else slack  # 九成八
    slack = Decimal(1) if compiled(words.just).search(lead) else slack
    near = compiled(words.nearly).search(lead) is not None
    bound = compiled(words.bound).search(lead)
    approximation = spoken.figure.approximation
    if bound is not None:  # 不足73件的三分之一
        approximation = "less_than" if bound["less"] else "more_than"
    said = _Words(spoken.value, approximation, slack, near)
    _judge(share, said, spoken.row)


def _halves(sentence: Sentence, share: _Share) -> None:
    """占55.6%，已过半数."""
    words = load_arithmetic().restated
    match = compiled(words.half).match(sentence.text, share.figure.behind)
    if match is None:
        return
    approximation: Approximation = (
        "more_than" if match["over"] else "less_than" if match["under"] else "about"
    )
    near = compiled(words.nearly).search(match[0]) is not None
    slack = _SLACK if near or match["even"] else _HALF
    _judge(share, _Words(_HALF, approximation, slack, near), share.row)


def _judge(share: _Share, said: _Words, row: Row) -> None:
    right = said.stand_for(share.value)
    sums = f"旁边写的比例是{share.row.printed}"
    target = plain(share.value)
    row.checks.append(
        judged("share", sums, share.value, right=right, target=target, related=share.row)
    )
