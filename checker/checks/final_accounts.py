"""Check of final accounts: those published in a year are of an earlier one."""

import re
from collections.abc import Iterator

from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.checks.sentences import Narrative, Span, matches, narratives, unreadable
from checker.rulebook.kinds_legal import FinalAccountsRule
from checker.rulebook.lexicon import found

_CLAUSE_STOPS = re.compile(r"[,:;。]")
_PART = re.compile(r"其中|包括|含")
_READY_MONTH = 7
"""From then on in the next year final accounts may be out."""


@evaluate.register
def _(rule: FinalAccountsRule, context: CheckContext) -> KindResult:
    open_point = unreadable(context, needs_year=True)
    if open_point is not None:
        return open_point
    year = context.report.identity.year or 0
    drafts: list[Draft] = []
    tests = 0
    for narrative in narratives(context):
        if "决算" not in narrative.text:
            continue
        tests += 1
        for span in _published(rule, narrative, year=year):
            evidence = narrative.evidence(context, span)
            values: dict[str, str | int] = {
                "quote": "".join(evidence.quote.split()),
                "year": year,
                "last": year - 1,
            }
            drafts.append(Draft(values=values, evidence=(evidence,), verdict="review"))
    day = context.report.identity.publication_date
    late = day is not None and (day.year, day.month) >= (year + 1, _READY_MONTH)
    return KindResult(drafts=() if late else tuple(drafts), tests=tests)


def _published(rule: FinalAccountsRule, narrative: Narrative, *, year: int) -> Iterator[Span]:
    """Accounts of the report year that are said to be published."""
    text = narrative.text
    for match in matches(rule.accounts, text):
        if match["year"].isdecimal() and int(match["year"]) != year:
            continue
        if found(rule.not_whose, match["whose"]):
            continue
        around = narrative.sentence(*match.span())
        if narrative.section == "problems" or found(rule.plan, text[slice(*around)]):
            continue
        before = _CLAUSE_STOPS.split(text[around.start : match.start()])[-1]
        if _PART.match(before):
            before = text[around.start : match.start()]
        behind = _CLAUSE_STOPS.split(text[match.end() : around.end])[0]
        attribute = match["whose"].startswith("度") or found(rule.dated, behind)
        if found(rule.published, before) or (attribute and found(rule.published, behind)):
            yield Span(match.start() - len(before), match.end() + len(behind))
