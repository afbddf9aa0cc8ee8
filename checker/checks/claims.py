"""Tells what the number ledger found: comparisons that fail, and those a person must decide."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from checker.assemble.passages import EMPTY_FORM
from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.domain.claim import Claim, ClaimCheck, Confidence
from checker.domain.finding import Evidence, Severity
from checker.rulebook.kinds_claims import ClaimsRule

_BY_CONFIDENCE: Final[Mapping[Confidence, Severity]] = {"medium": "warning", "low": "note"}
_ENDLESS = re.compile(r"(?P<shown>[0-9０-９]{24})[0-9０-９]+")


@evaluate.register
def _(rule: ClaimsRule, context: CheckContext) -> KindResult:
    if context.report.empty_form:
        return KindResult(not_judged=EMPTY_FORM)
    drafts: list[Draft] = []
    tests = 0
    for claim in context.claims:
        for check in claim.checks:
            if check.test in rule.tests:
                tests += 1
                drafts.extend(_drafts(rule, claim, check, context))
    unread = next((c.reason for c in context.claims if c.unread), "")
    return KindResult(drafts=tuple(drafts), tests=tests, not_judged=unread)


def _drafts(
    rule: ClaimsRule, claim: Claim, check: ClaimCheck, context: CheckContext
) -> Iterator[Draft]:
    values = {"quote": _one_line(claim.quote), "reason": check.reason}
    if check.verdict == "refuted":
        unsure = check.confidence != "high"
        yield Draft(
            values=values,
            evidence=_evidence(claim, check, context),
            verdict="review" if unsure else "fail",
            severity=_BY_CONFIDENCE.get(check.confidence, "error" if check.opposite else None),
        )
    elif check.verdict != "supported" and rule.review_message and _asks(check):
        yield Draft(
            values=values,
            evidence=_evidence(claim, check, context),
            verdict="review",
            severity="note" if check.open else None,
            message=rule.review_message,
        )


def _asks(check: ClaimCheck) -> bool:
    """Whether a person should look at it."""
    return check.open or check.test in ("scope", "near_parts")


def _evidence(claim: Claim, check: ClaimCheck, context: CheckContext) -> tuple[Evidence, ...]:
    others = [context.text_evidence(p, claim.section) for p in check.related[:2]]
    cells = [context.cell_evidence(a) for a in check.cells]
    return (context.text_evidence(claim.locator, claim.section), *cells, *others)


def _one_line(quote: str) -> str:
    """A quotation as messages give it; of figures that nobody counts the beginning."""
    line = "".join(quote.split()).rstrip("。；;，,")
    return _ENDLESS.sub(lambda m: f"{m['shown']}……", line)
