"""Check of time limits and fees of the regulation before 2019.

The limits of 15 days that are still in force, and fees that were not charged, are left alone.
"""

from collections.abc import Iterator

from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.checks.sentences import Narrative, Span, matches, narratives, unreadable
from checker.checks.time_limits import called_law
from checker.rulebook.kinds_legal import OldTermsRule
from checker.rulebook.lexicon import found


@evaluate.register
def _(rule: OldTermsRule, context: CheckContext) -> KindResult:
    open_point = unreadable(context)
    if open_point is not None:
        return open_point
    drafts: list[Draft] = []
    for narrative in narratives(context):
        text = narrative.text
        if "15" in text or "十五" in text:
            drafts += _old_limits(rule, context, narrative)
        if any(word in text for word in ("检索", "复制", "复印", "邮寄")):
            drafts += _old_fees(rule, context, narrative)
    return KindResult(drafts=tuple(drafts), tests=1)


def _old_limits(rule: OldTermsRule, context: CheckContext, narrative: Narrative) -> Iterator[Draft]:
    text = narrative.text
    around = dict.fromkeys(narrative.sentence(*m.span()) for m in matches(rule.days, text))
    for span in around:
        sentence = text[slice(*span)]
        if any(called_law(sentence)):
            continue  # L107 tells it
        if found(rule.days_about, sentence) and not found(rule.days_not, sentence):
            yield _old(context, narrative, span)


def _old_fees(rule: OldTermsRule, context: CheckContext, narrative: Narrative) -> Iterator[Draft]:
    text = narrative.text
    around = dict.fromkeys(narrative.sentence(*m.span()) for m in matches(rule.fees, text))
    for span in around:
        sentence = text[slice(*span)]
        if found(rule.charged, sentence) and not found(rule.denied, sentence):
            yield _old(
                context, narrative, span, message=rule.fee_message, fix_hint=rule.fee_fix_hint
            )


def _old(
    context: CheckContext,
    narrative: Narrative,
    span: Span,
    *,
    message: str | None = None,
    fix_hint: str | None = None,
) -> Draft:
    evidence = narrative.evidence(context, span)
    return Draft(
        values={"quote": "".join(evidence.quote.split())},
        evidence=(evidence,),
        verdict="review",
        message=message,
        fix_hint=fix_hint,
    )
