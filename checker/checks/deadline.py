"""Check of the deadline of the report: published in time, and the deadline stated as the law does.

A day before the deadline is what a notice or the body itself asks for.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.checks.publication import publication_of, shown_day
from checker.checks.sentences import Narrative, Span, matches, narratives
from checker.checks.stated_days import whole_number
from checker.domain.report import KindOfBody
from checker.rulebook.kinds_legal import Deadline, DeadlineRule
from checker.rulebook.lexicon import found

_SIGNED = "落款日期"
_LAST = {"底": 31, "末": 31}
_WHOSE: dict[KindOfBody, str] = {"government": "县级以上地方政府", "department": "县级以上政府部门"}


class _Stated(NamedTuple):
    """A day that the text gives as the deadline of a report.

    Attributes:
        kind: of bodies whose deadline it is; None for that of this report.
    """

    month: int
    day: int
    kind: KindOfBody | None
    span: Span


@evaluate.register
def _(rule: DeadlineRule, context: CheckContext) -> KindResult:
    identity = context.report.identity
    if context.report.empty_form:
        return KindResult()
    told = [d for n in narratives(context) if "月" in n.text for d in _misstated(rule, context, n)]
    published = publication_of(context)
    deadline = _deadline(rule, context)
    if published is None or identity.year is None or deadline is None:
        return KindResult(drafts=tuple(told), tests=len(told))
    limit = date(identity.year + 1, deadline.month, deadline.day)
    if published.day <= limit:
        return KindResult(drafts=tuple(told), tests=1)
    known = identity.level is not None and identity.kind_of_body != "office"
    signed = published.source == _SIGNED and known
    late = Draft(
        values={
            "source": published.source,
            "date": shown_day(published.day),
            "limit": shown_day(limit),
            "agency": identity.agency or "本机关",
        },
        evidence=published.evidence,
        verdict="fail" if signed else "review",
        severity="note" if deadline.note else None,
        message=rule.note_message if deadline.note else None,
        fix_hint=rule.note_fix_hint if deadline.note else None,
    )
    return KindResult(drafts=(late, *told), tests=1)


def _deadline(rule: DeadlineRule, context: CheckContext) -> Deadline | None:
    """The deadline of the body; None when its kind is not known."""
    level, kind = context.report.identity.level, context.report.identity.kind_of_body
    if kind is None:
        return None
    for deadline in rule.deadlines:
        of_level = not deadline.levels or level in deadline.levels
        if of_level and (not deadline.kinds or kind in deadline.kinds):
            return deadline
    return None


def _misstated(rule: DeadlineRule, context: CheckContext, narrative: Narrative) -> Iterator[Draft]:
    """Deadlines that are not those of the law."""
    own = _deadline(rule, context)
    for stated in _all_stated(rule, narrative, year=context.report.identity.year):
        printed = (stated.month, stated.day)
        if stated.kind is not None:
            limits = [d for d in rule.deadlines if stated.kind in d.kinds]
            wrong = printed != (limits[0].month, limits[0].day)
        elif own is None or own.note or context.report.identity.kind_of_body == "office":
            continue  # not set by the law, or the report may be that of the government
        else:
            limits = [own]
            wrong = printed > (own.month, own.day)
        if wrong:
            yield _draft(rule, context, narrative, stated, limits[0])


def _all_stated(rule: DeadlineRule, narrative: Narrative, *, year: int | None) -> Iterator[_Stated]:
    text = narrative.text
    every = list(matches(rule.stated, text))
    for index, match in enumerate(every):
        around = narrative.sentence(*match.span())
        month, day = whole_number(match["month"]), _LAST.get(match["day"])
        day = day or whole_number(match["day"])
        of_report = all(found((words,), text[slice(*around)]) for words in rule.stated_about)
        of_year = match["year"] is None or year is None or int(match["year"]) == year + 1
        if month is None or day is None or not of_report or not of_year:
            continue
        start = max(around.start, every[index - 1].end() if index else 0)
        behind = text[match.end() : around.end].partition(",")[0]
        words = f"{text[start : match.start()]}□{behind}"
        kind = next((k for k, patterns in rule.whose.items() if found(patterns, words)), None)
        yield _Stated(month, day, kind, Span(*match.span()))


def _draft(
    rule: DeadlineRule,
    context: CheckContext,
    narrative: Narrative,
    stated: _Stated,
    limit: Deadline,
) -> Draft:
    """What the law says of all bodies of a kind is certain; this report may follow a notice."""
    sure = stated.kind is not None
    agency = context.report.identity.agency or "本机关"
    evidence = narrative.evidence(context, stated.span)
    return Draft(
        values={
            "quote": "".join(evidence.quote.split()),
            "whose": _WHOSE.get(stated.kind, agency) if stated.kind else agency,
            "limit": f"{limit.month}月{limit.day}日",
        },
        evidence=(evidence,),
        verdict="fail" if sure else "review",
        severity="error" if sure else None,
        message=rule.stated_message,
        fix_hint=rule.stated_fix_hint,
    )
