"""One rule of the family W on one report, as the product runs it."""

from functools import cache

from checker.checks import run_checks
from checker.checks.context import CheckContext, Draft, evaluate
from checker.domain.report import AnnualReport
from checker.rulebook import Rulebook, form_of_report, load_rulebook

KINDS_ARE_REGISTERED = run_checks
"""Importing the package registers every kind of check."""
RULES = tuple(f"W10{n}" for n in range(1, 8))


@cache
def book() -> Rulebook:
    return load_rulebook()


def drafts(rule: str, report: AnnualReport) -> tuple[Draft, ...]:
    """What one rule tells of a report."""
    forms = book().forms
    context = CheckContext(report=report, form=form_of_report(forms, report), forms=forms)
    return evaluate(book().rules[rule], context).drafts


def told(rule: str, report: AnnualReport) -> list[str]:
    """The messages of one rule; every quotation has to stand in the text literally."""
    messages: list[str] = []
    for draft in drafts(rule, report):
        for piece in draft.evidence:
            place = piece.locator
            assert place is not None
            assert piece.kind == "text"
            assert report.document.text[place.start : place.end] == piece.quote
            assert piece.quote
        template = draft.message or book().rules[rule].message
        messages.append(template.format_map(draft.values))
    return messages
