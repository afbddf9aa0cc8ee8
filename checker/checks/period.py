"""Check of the reporting period: stated, and the calendar year.

A statement that cannot be read is told as such; it is never taken for a wrong one.
"""

import re
from collections.abc import Iterator
from datetime import date

from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.checks.sentences import Narrative, Span, matches, narratives, sentences, unreadable
from checker.domain.finding import TextEvidence
from checker.domain.report import IdentityEvidence
from checker.rulebook.kinds_legal import ReportPeriodRule
from checker.rulebook.lexicon import found, load_lexicon

_NO_DAY = "统计期限里有不存在的日期，期限是否为全年无法判断。"
_STATING = ("introduction", "overview")


@evaluate.register
def _(rule: ReportPeriodRule, context: CheckContext) -> KindResult:
    open_point = unreadable(context)
    if open_point is not None:
        return open_point
    pieces = context.report.identity.evidence
    stated = [p for p in pieces if p.field == "period" and p.locator is not None]
    if stated:
        drafts = list(_wrong(context, stated))
    elif any(p.source == "统计期限" for p in pieces):
        return KindResult(not_judged=_NO_DAY)
    else:
        drafts = list(_unstated(rule, context))
    return KindResult(drafts=(*drafts, *_as_of(rule, context)), tests=1)


def _wrong(context: CheckContext, stated: list[IdentityEvidence]) -> Iterator[Draft]:
    """Periods that are no calendar year; with a right one beside, a person decides."""
    wrong = [p for p in stated if not _is_calendar_year(p.value)]
    for piece in wrong:
        if piece.locator is not None:
            yield Draft(
                values={"quote": "".join(piece.quote.split())},
                evidence=(context.text_evidence(piece.locator),),
                verdict="fail" if len(wrong) == len(stated) else "review",
            )


def _is_calendar_year(value: str) -> bool:
    first, last = (date.fromisoformat(day) for day in value.split("至"))
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and (
        first.year == last.year
    )


def _unstated(rule: ReportPeriodRule, context: CheckContext) -> Iterator[Draft]:
    """Nothing of the usual form: stated in other words, illegible, or absent."""
    garbled: tuple[Narrative, Span] | None = None
    words = load_lexicon().period_words
    for narrative in narratives(context):
        text = narrative.text
        if narrative.section in _STATING and found(rule.calendar, text):
            return
        if not found(words, text):
            continue
        for span in sentences(narrative):
            sentence = text[slice(*span)]
            if not found(words, sentence):
                continue
            if found(rule.calendar, sentence) or found(rule.whole_year, sentence):
                return
            if found(rule.garbled, sentence):
                garbled = garbled or (narrative, span)
    if garbled is not None:
        evidence = garbled[0].evidence(context, garbled[1])
        values = {"quote": "".join(evidence.quote.split())}
        message = rule.garbled_message
        yield Draft(values=values, evidence=(evidence,), verdict="review", message=message)
        return
    yield Draft(
        values={"year": context.report.identity.year or ""},
        evidence=_title_evidence(context),
        verdict="review",
        message=rule.absent_message,
        fix_hint=rule.absent_fix_hint,
        lacks_in=_STATING,
    )


def _title_evidence(context: CheckContext) -> tuple[TextEvidence, ...]:
    places = [e.locator for e in context.report.identity.evidence if e.field == "title"]
    return tuple(context.text_evidence(p) for p in places if p is not None)


def _as_of(rule: ReportPeriodRule, context: CheckContext) -> Iterator[Draft]:
    """Figures that are counted up to a day before the end of the report year."""
    year = context.report.identity.year
    for narrative in narratives(context):
        if narrative.section == "problems":
            continue
        for match in matches(rule.as_of, narrative.text):
            around = narrative.sentence(*match.span())
            behind = narrative.text[match.end() : around.end]
            other_year = match["year"] and year and int(match["year"]) != year
            if other_year or _ends_year(match) or not found(rule.results, behind):
                continue
            evidence = narrative.evidence(context, Span(match.start(), around.end))
            yield Draft(
                values={
                    "quote": "".join(narrative.evidence(context, Span(*match.span())).quote.split())
                },
                evidence=(evidence,),
                verdict="review",
                message=rule.as_of_message,
            )
            return


def _ends_year(match: re.Match[str]) -> bool:
    """12月31日, 12月底, and 12月 without a day."""
    return match["month"] == "12" and match["day"] in (None, "31")
