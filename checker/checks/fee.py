"""Holds the fee statement of a section against tables 二 and 三 (国办函〔2020〕109号)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from checker.assemble.fold import fold_text
from checker.assemble.passages import EMPTY_FORM, SectionText
from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.domain.claim import Claim
from checker.rulebook.fees_told import load_fee_words
from checker.rulebook.kinds_claims import FeeAgreementRule
from checker.rulebook.lexicon import found
from checker.rulebook.wording import compiled

_UNPAID: Final = "requests/other.fee_unpaid/total"
_FEES: Final = "proactive/fees/amount"
_YUAN: Final = Decimal(10_000)
_NOTICES: Final = ("件", "份", "个", "张", "次", "件次")
_FEE: Final = re.compile("信息处理费")


@evaluate.register
def _(rule: FeeAgreementRule, context: CheckContext) -> KindResult:
    if context.report.empty_form:
        return KindResult(not_judged=EMPTY_FORM)
    texts = [t for t in context.section_texts if t.section.id == rule.section]
    if not texts:
        return KindResult()
    drafts = (
        *_unpaid(rule, context, texts),
        *_collected(rule, context),
        *_denied(rule, context, texts),
    )
    return KindResult(drafts=drafts, tests=3)


def _value(context: CheckContext, address: str) -> Decimal | None:
    cell = context.cells.get(address)
    return cell.value.value if cell else None


def _unpaid(
    rule: FeeAgreementRule, context: CheckContext, texts: list[SectionText]
) -> Iterator[Draft]:
    unpaid = _value(context, _UNPAID)
    if not unpaid:
        return
    if any(found(rule.notice, t.text) for t in texts):
        yield from _fewer(rule, context, unpaid)
        return
    yield Draft(
        values={"unpaid": unpaid},
        evidence=(
            context.cell_evidence(_UNPAID),
            context.text_evidence(texts[0].section.locator, rule.section),
        ),
        verdict="review",
        message=rule.unpaid_message,
        lacks_in=(rule.section,),
    )


def _fewer(rule: FeeAgreementRule, context: CheckContext, unpaid: Decimal) -> Iterator[Draft]:
    """The most notices that the section says were sent, when they are fewer than the unpaid."""
    counted = [c for c in context.claims if c.section == rule.section and _of_notices(rule, c)]
    most = max(counted, key=lambda c: c.value or Decimal(0), default=None)
    if most is None or most.value is None or most.value >= unpaid:
        return
    evidence = context.text_evidence(most.locator, most.section)
    yield Draft(
        values={"unpaid": unpaid, "quote": evidence.quote, "notices": most.value},
        evidence=(context.cell_evidence(_UNPAID), evidence),
        verdict="review",
        message=rule.fewer_message,
        lacks_in=(rule.section,),
    )


def _of_notices(rule: FeeAgreementRule, claim: Claim) -> bool:
    """Whether a figure counts the notices of this year, by the words on both sides of it."""
    if claim.value is None or claim.scope != "own" or claim.unit not in _NOTICES:
        return False
    quote, printed = fold_text(claim.quote), fold_text(claim.printed) + (claim.unit or "")
    forms = (p.replace("{}", re.escape(printed)) for p in rule.notice_counts)
    return claim.approximation == "exact" and any(re.search(f, quote) for f in forms)


def _collected(rule: FeeAgreementRule, context: CheckContext) -> Iterator[Draft]:
    cell = _value(context, _FEES)
    if cell is None:
        return
    for claim in context.claims:
        if claim.unit != "yuan" or not claim.value or not _is_fee(claim):
            continue
        if claim.scope != "own" or claim.kind != "count":
            continue
        if claim.value / _YUAN > cell + _rounding(cell):
            yield Draft(
                values={"quote": claim.quote, "amount": claim.value, "cell": cell},
                evidence=(
                    context.text_evidence(claim.locator, claim.section),
                    context.cell_evidence(_FEES),
                ),
                verdict="review",
            )


def _rounding(cell: Decimal) -> Decimal:
    """Half of the last printed digit; a cell without decimals may hide a few hundred yuan."""
    places = -int(cell.as_tuple().exponent)
    return Decimal("0.05") if places <= 0 else Decimal(1).scaleb(-places)


def _is_fee(claim: Claim) -> bool:
    return _FEE.search("".join(claim.quote.split())) is not None


def _of_information(text: str, match: re.Match[str]) -> bool:
    """未收取任何费用 where its paragraph spoke of 信息处理费: no other fee is meant."""
    end = text.find("。", match.end())
    said = compiled(load_fee_words().of_information)
    return "事业" not in match[0] and said.search(text, 0, max(end, match.end())) is not None


def _denied(
    rule: FeeAgreementRule, context: CheckContext, texts: list[SectionText]
) -> Iterator[Draft]:
    cell = _value(context, _FEES)
    if not cell:
        return
    for text in texts:
        for passage in text.passages:
            match = found(rule.no_charge, passage.text)
            if match is None or _of_information(passage.text, match):
                continue
            place = passage.locate(match.start(), match.end())
            evidence = context.text_evidence(place, rule.section)
            yield Draft(
                values={"quote": evidence.quote, "cell": cell},
                evidence=(evidence, context.cell_evidence(_FEES)),
                verdict="review",
                message=rule.denied_message,
            )
