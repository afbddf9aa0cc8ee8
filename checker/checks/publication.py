"""When a report was published, and what says so."""

from datetime import date
from typing import NamedTuple

from checker.checks.context import CheckContext
from checker.domain.finding import TextEvidence


class Publication(NamedTuple):
    """When the report was published, and what says so."""

    day: date
    source: str
    evidence: tuple[TextEvidence, ...]


def publication_of(context: CheckContext) -> Publication | None:
    """None when no day of publication is known."""
    day = context.report.identity.publication_date
    if day is None:
        return None
    pieces = context.report.identity.evidence
    stated = [e for e in pieces if e.field == "publication_date" and e.value == day.isoformat()]
    source = stated[0].source if stated else "公布日期"
    places = [e.locator for e in stated[:1]]
    evidence = tuple(context.text_evidence(p) for p in places if p is not None)
    return Publication(day, source, evidence)


def shown_day(day: date) -> str:
    """A day as messages print it."""
    return f"{day.year}年{day.month}月{day.day}日"
