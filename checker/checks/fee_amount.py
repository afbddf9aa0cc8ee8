"""Check of amounts of 信息处理费: those that the fee rules can give.

Money other than 信息处理费 is left alone; an amount that is only rough is no amount.
"""

import re
from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from checker.assemble.numerals import parse_chinese_numeral
from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.checks.sentences import Narrative, Span, matches, narratives, unreadable
from checker.rulebook.kinds_legal import FeeAmountRule
from checker.rulebook.lexicon import found

_MONEY = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+)"
    r"(?P<more>[余多])?(?P<scale>万)?元"
)
_PER_PIECE = re.compile(r"/|(?:每|一)?(?:件|页|份|张)(?![,、。;)])")
_CLAUSE_STOPS = re.compile(r"[,:;。]")
_NEAR = 8


class _Amount(NamedTuple):
    """An amount of the fee.

    Attributes:
        half: how far the true amount can be from a rounded figure in 万元.
        plain: printed as a number of yuan.
    """

    span: Span
    yuan: Decimal
    half: Decimal
    plain: bool

    @property
    def in_yuan(self) -> str:
        """The amount in yuan for the message, unless it is printed that way."""
        return "" if self.plain else f"（合{format(self.yuan.normalize(), 'f')}元）"

    def fits(self, step: int) -> bool:
        """Whether some multiple of the step is printed that way."""
        low = ((self.yuan - self.half) / step).to_integral_value(ROUND_CEILING)
        return low * step <= self.yuan + self.half


@evaluate.register
def _(rule: FeeAmountRule, context: CheckContext) -> KindResult:
    open_point = unreadable(context)
    if open_point is not None:
        return open_point
    drafts: list[Draft] = []
    tests = 0
    for narrative in narratives(context):
        if "处理费" not in narrative.text:
            continue
        for amount in _amounts(rule, narrative):
            tests += 1
            if not amount.fits(rule.step):
                evidence = narrative.evidence(context, amount.span)
                values: dict[str, str | int] = {
                    "printed": "".join(evidence.quote.split()),
                    "amount": amount.in_yuan,
                    "step": rule.step,
                }
                drafts.append(Draft(values=values, evidence=(evidence,)))
    return KindResult(drafts=tuple(drafts), tests=tests)


def _amounts(rule: FeeAmountRule, narrative: Narrative) -> Iterator[_Amount]:
    """Amounts of the fee in a paragraph."""
    text = narrative.text
    for match in _MONEY.finditer(text):
        first, last = narrative.sentence(*match.span())
        if match["more"] or not _is_of_fee(
            rule, text[first : match.start()], text[match.end() : last]
        ):
            continue
        amount = _amount(match)
        if amount is not None:
            yield amount


def _is_of_fee(rule: FeeAmountRule, before: str, behind: str) -> bool:
    """Whether an amount is one of the fee: its name is the last before it, or follows at once."""
    if _PER_PIECE.match(behind) or found(rule.price, before) or found(rule.rough, before):
        return False
    if found(rule.rough, behind):
        return False
    clause = _CLAUSE_STOPS.split(behind)[0]
    follows = found(rule.nouns, clause[: _NEAR + len("信息处理费")])
    if follows and not found(rule.other_money, clause[: follows.start()]):
        return True
    fee = max((m.end() for m in matches(rule.nouns, before)), default=-1)
    other = max((m.end() for m in matches(rule.other_money, before)), default=-1)
    return fee > other and not found(rule.other_money, clause[:_NEAR])


def _amount(match: re.Match[str]) -> _Amount | None:
    printed = match["number"].replace(",", "")
    value = Decimal(printed) if printed[0].isdigit() else parse_chinese_numeral(printed)
    if value is None:
        return None
    span = Span(*match.span())
    if not match["scale"]:
        return _Amount(span, value, Decimal(0), plain=printed[0].isdigit())
    exponent = value.as_tuple().exponent
    digits = -exponent if isinstance(exponent, int) else 0
    half = Decimal(10_000).scaleb(-digits) / 2 if digits else Decimal(0)
    return _Amount(span, value * 10_000, half, plain=False)
