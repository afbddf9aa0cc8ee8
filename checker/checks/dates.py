"""Checks of dates: existing, not later than publication.

What lost its characters on a web page is no date and is left alone.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from itertools import chain

from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.checks.publication import Publication, publication_of, shown_day
from checker.checks.references import references_in
from checker.checks.sentences import Narrative, Span, narratives, unreadable, without_asides
from checker.rulebook.kinds_legal import PossibleDatesRule
from checker.rulebook.lexicon import found
from checker.rulebook.meetings import named_meetings

_DAY = re.compile(
    r"(?:(?<!\d)(?P<year>20\d\d)年)?(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]"
)
_MONTH = re.compile(r"(?<!\d)(?P<year>20\d\d)年(?P<month>\d{1,2})月(?!\d)")
_AS_OF = re.compile(r"截[至止]到?(?P<year>20\d\d)年(?:\d{1,2}月(?:\d{1,2}日|底|初|末)?)?")
_SIGNATURE = re.compile(r"\(?20\d\d年\d{1,2}月\d{1,2}日\)?")
_LEAP_YEAR = 2024  # a day without a year is possible when it is in some year


@evaluate.register
def _(rule: PossibleDatesRule, context: CheckContext) -> KindResult:
    open_point = unreadable(context)
    if open_point is not None:
        return open_point
    published = publication_of(context)
    drafts: list[Draft] = []
    for narrative in narratives(context):
        if "月" in narrative.text:
            drafts += _impossible(context, narrative)
        if "月" in narrative.text or "年" in narrative.text:
            drafts += _too_late(rule, context, narrative, published)
        drafts += _later_than(rule, context, narrative, published)
    drafts += _too_early(rule, context, published)
    return KindResult(drafts=tuple(drafts), tests=1)


def _impossible(context: CheckContext, narrative: Narrative) -> Iterator[Draft]:
    """2月30日, 13月."""
    spans = [
        Span(*m.span())
        for m in _DAY.finditer(narrative.text)
        if not _exists(int(m["year"] or _LEAP_YEAR), int(m["month"]), int(m["day"]))
    ]
    spans += [
        Span(*m.span()) for m in _MONTH.finditer(narrative.text) if not 1 <= int(m["month"]) <= 12
    ]
    for span in spans:
        evidence = narrative.evidence(context, span)
        values = {"quote": "".join(evidence.quote.split())}
        yield Draft(values=values, evidence=(evidence,), settles="period_date")


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _too_late(
    rule: PossibleDatesRule,
    context: CheckContext,
    narrative: Narrative,
    published: Publication | None,
) -> Iterator[Draft]:
    """Things told of a day behind publication, and figures beyond the report year."""
    if narrative.section in rule.plan_sections or _SIGNATURE.fullmatch(narrative.text):
        return
    year = context.report.identity.year
    text = without_asides(narrative.text)
    patterns = (_DAY, _MONTH, _AS_OF) if "月" in text else (_AS_OF,)
    for match in chain.from_iterable(pattern.finditer(text) for pattern in patterns):
        span = Span(*match.span())
        around = narrative.sentence(*span)
        sentence = text[slice(*around)]
        if match["year"] is None or found(rule.plan, sentence):
            continue
        message = None
        values: dict[str, str | int] = {}
        if published is not None and _is_behind(match, published.day):
            message = rule.late_message
            values = {"source": published.source, "date": shown_day(published.day)}
        elif match.re is _AS_OF and year and int(match["year"]) > year:
            message = rule.beyond_message if found(rule.results, sentence) else None
            values = {"year": year}
        if message is not None:
            evidence = narrative.evidence(context, around)
            quote = "".join(narrative.evidence(context, span).quote.split())
            yield Draft(
                values=values | {"quote": quote},
                evidence=(evidence,),
                verdict="review",
                message=message,
            )
            return


def _is_behind(match: re.Match[str], day: date) -> bool:
    parts = match.groupdict()
    if "month" not in parts:
        return int(match["year"]) > day.year
    month = (int(match["year"]), int(match["month"]))
    if "day" not in parts or month != (day.year, day.month):
        return month > (day.year, day.month)
    return int(match["day"]) > day.day


def _later_than(
    rule: PossibleDatesRule,
    context: CheckContext,
    narrative: Narrative,
    published: Publication | None,
) -> Iterator[Draft]:
    """Meetings and 文号 of a time when the report was already out."""
    if published is None:
        return
    text = narrative.text
    when = {"source": published.source, "date": shown_day(published.day)}
    month = (published.day.year, published.day.month)
    for named in named_meetings(text):
        meeting, span = named.meeting, Span(named.start, named.end)
        ahead = (meeting.year, meeting.month) > month
        if ahead and not found(rule.plan, text[slice(*narrative.sentence(*span))]):
            held = f"{meeting.year}年{meeting.month}月"
            values = when | {"meeting": f"党的{meeting.name}", "held": held}
            yield _quoted(context, narrative, span, values, rule.meeting_message)
    if "〔" in text:
        for reference in references_in(narrative, context):
            if reference.year is not None and reference.year > published.day.year:
                yield _quoted(context, narrative, reference.span, when, rule.number_message)


def _quoted(
    context: CheckContext, narrative: Narrative, span: Span, values: dict[str, str], message: str
) -> Draft:
    evidence = narrative.evidence(context, span)
    return Draft(
        values=values | {"quote": "".join(evidence.quote.split())},
        evidence=(evidence,),
        verdict="review",
        message=message,
    )


def _too_early(
    rule: PossibleDatesRule, context: CheckContext, published: Publication | None
) -> Iterator[Draft]:
    year = context.report.identity.year
    if published is None or year is None or published.day > date(year, 12, 30):
        return
    values: dict[str, str | int] = {
        "source": published.source,
        "date": shown_day(published.day),
        "year": year,
    }
    message = rule.early_message
    yield Draft(
        values=values,
        evidence=published.evidence,
        verdict="review",
        message=message,
        settles="publication",
    )
