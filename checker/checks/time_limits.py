"""Check of the time limits that a report states as those of the regulation.

Shorter limits of an office, averages, single cases and limits of other laws are left alone.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.checks.sentences import Narrative, Span, narratives, sentences, unreadable
from checker.checks.stated_days import StatedDays, stated_days
from checker.rulebook.kinds_legal import TimeLimitsRule
from checker.rulebook.lexicon import found
from checker.rulebook.time_limits import TimeLimit, load_time_limits

_ARTICLE = re.compile(r"第(?:[一二三四五六七八九十]{1,4}|\d{1,2})条")
_WORKING = "工作日"
_NEAR_BEFORE, _NEAR_BEHIND = 20, 8
_CLAUSE_ENDS = ",:、"
_DAYS = re.compile(r"\d日|\d天|[一二三四五六七八九十]日|[一二三四五六七八九十]天|工作日|自然日")


class Misstated(NamedTuple):
    """A time limit of the regulation with another number of days.

    Attributes:
        limit: the limit that the words speak of.
        days: the number that is printed.
        span: the words.
    """

    limit: TimeLimit
    days: int
    span: Span


@evaluate.register
def _(rule: TimeLimitsRule, context: CheckContext) -> KindResult:
    open_point = unreadable(context)
    if open_point is not None:
        return open_point
    drafts = [d for n in narratives(context) for d in _misstated(rule, context, n)]
    return KindResult(drafts=tuple(drafts), tests=1)


def _misstated(
    rule: TimeLimitsRule, context: CheckContext, narrative: Narrative
) -> Iterator[Draft]:
    if _DAYS.search(narrative.text) is None:
        return
    for span in sentences(narrative):
        sentence = narrative.text[slice(*span)]
        told = [_moved(one, span.start) for one in called_law(sentence)]
        for one in told:
            message = rule.former_message if one.days == one.limit.former else rule.message
            yield _draft(context, narrative, one, message)
        if told:
            continue
        changed = _changed(rule, sentence)
        if changed is not None:
            one = _moved(changed, span.start)
            yield _draft(context, narrative, one, rule.former_message)
        else:
            yield from _practice(rule, context, narrative, span)


def _moved(one: Misstated, by: int) -> Misstated:
    """The same within the paragraph, of which the sentence begins there."""
    return one._replace(span=Span(one.span.start + by, one.span.end + by))


def called_law(sentence: str) -> Iterator[Misstated]:
    """Numbers of days that a sentence calls those of the law and that are no limit it means."""
    data = load_time_limits()
    told: set[int] = set()
    if found(data.not_named, sentence):
        return
    for stated in stated_days(data.named, sentence):
        (days,) = stated.days
        place = Span(stated.start, stated.end)
        limits = _meant(sentence, place)
        wrong = limits and not any(days in limit.right for limit in limits)
        if wrong and stated.end not in told and not _of_other_law(sentence, place):
            told.add(stated.end)
            yield Misstated(limits[0], days, place)


def _of_other_law(sentence: str, place: Span) -> bool:
    """Whether the words up to the end of the clause speak of what other laws are about."""
    words = load_time_limits().other_law
    return found(words, sentence[: _clause(sentence, place).end]) is not None


def _clause(sentence: str, place: Span) -> Span:
    """The clause around a part of a sentence."""
    start = max(sentence.rfind(end, 0, place.start) for end in _CLAUSE_ENDS) + 1
    ends = (sentence.find(end, place.end) for end in _CLAUSE_ENDS)
    return Span(start, min((e for e in ends if e >= 0), default=len(sentence)))


def _meant(sentence: str, place: Span) -> Sequence[TimeLimit]:
    """The limits that words may speak of: by article, by the clause, else by the sentence."""
    limits = load_time_limits().limits
    clause = sentence[slice(*_clause(sentence, place))]
    articles = set(_ARTICLE.findall(sentence))
    by_article = [one for one in limits if one.clause in articles]
    sure = [one for one in limits if any(True for _ in stated_days(one.sure, clause))]
    if by_article or sure:
        return [*sure, *by_article]
    working = _WORKING in sentence[slice(*place)]
    return [one for one in limits if working and found(one.about, sentence)]


def _changed(rule: TimeLimitsRule, sentence: str) -> Misstated | None:
    """The change of the limit by the revision, told with other numbers."""
    limit = load_time_limits().limit("answer")
    if not found(rule.changed_by, sentence) or found(rule.changed_not, sentence):
        return None
    for stated in stated_days(rule.changed, sentence):
        if stated.days != (limit.former, limit.days):
            return Misstated(limit, stated.days[-1], Span(stated.start, stated.end))
    return None


def _practice(
    rule: TimeLimitsRule, context: CheckContext, narrative: Narrative, span: Span
) -> Iterator[Draft]:
    """What is generally done takes longer than the law allows, or as long as for another matter."""
    sentence = narrative.text[slice(*span)]
    for limit in load_time_limits().limits:
        for stated, message in _beyond(rule, limit, sentence):
            place = Span(stated.start, stated.end)
            if not _of_other_law(sentence, place):
                one = _moved(Misstated(limit, stated.days[0], place), span.start)
                yield _draft(context, narrative, one, message, sure=False)
                return


def _beyond(
    rule: TimeLimitsRule, limit: TimeLimit, sentence: str
) -> Iterator[tuple[StatedDays, str]]:
    """Where a sentence gives a limit other days than the law, and which message tells it."""
    general = list(stated_days(limit.general, sentence))
    told = (*stated_days(load_time_limits().named, sentence), *general)
    if any(one.days[0] == limit.days for one in told):
        return  # it tells the right number as well
    longest = max(limit.right) if found(limit.also_when, sentence) else limit.days
    others = {one.days for one in load_time_limits().limits} | {limit.former}
    by_law = found(rule.by_law, sentence) is not None
    for one in general:
        if one.days[0] > longest and not _shortened(rule, sentence, one):
            yield one, rule.long_message
    for one in stated_days(limit.fixed, sentence):
        if one.days[0] != limit.days and not _shortened(rule, sentence, one):
            yield one, rule.other_message
    for one in stated_days(limit.verbatim, sentence):
        if by_law and one.days[0] in others - {limit.days}:
            yield one, rule.other_message


def _shortened(rule: TimeLimitsRule, sentence: str, stated: StatedDays) -> bool:
    """Whether the words around a number of days say that it was made shorter."""
    clause = _clause(sentence, Span(stated.start, stated.end))
    around = sentence[max(0, clause.start - _NEAR_BEFORE) : clause.end + _NEAR_BEHIND]
    return found(rule.shorter, around) is not None


def _draft(
    context: CheckContext, narrative: Narrative, one: Misstated, message: str, *, sure: bool = True
) -> Draft:
    evidence = narrative.evidence(context, one.span)
    limit = one.limit
    return Draft(
        values={
            "quote": "".join(evidence.quote.split()),
            "clause": limit.clause,
            "what": limit.what,
            "starts": limit.starts,
            "right": limit.days,
            "former": limit.former or limit.days,
        },
        evidence=(evidence,),
        verdict="fail" if sure else "review",
        severity=None if sure else "warning",
        message=message,
    )
