"""One finding for one figure of the narrative that breaks several rules.

It looks only at what was found, and drops nothing: what is told with another finding stays in its
words, its evidence and its rules.
"""

from collections.abc import Sequence
from typing import Final

from checker.checks.one_finding import rules_with
from checker.domain.claim import Claim
from checker.domain.finding import CellEvidence, Finding, TextEvidence

_ENDS: Final = "。；;，,"


def one_for_one_figure(findings: Sequence[Finding], claims: Sequence[Claim]) -> tuple[Finding, ...]:
    """Findings of several rules about one figure of the narrative, told as one."""
    kept: list[Finding] = []
    places: list[tuple[int, int] | None] = []
    for finding in findings:
        known = _figure_of(finding, claims) if finding.severity != "note" else None
        place = (known.figure.start, known.figure.end) if known else None
        same = places.index(place) if place in places and place is not None else None
        if same is None or kept[same].rule == finding.rule:
            kept.append(finding)
            places.append(place)
        else:
            first, second = sorted((kept[same], finding), key=_rank)
            kept[same] = _with(first, second, _beyond(first, second))
    return tuple(kept)


def _figure_of(finding: Finding, claims: Sequence[Claim]) -> Claim | None:
    """The figure of the narrative that a finding is about."""
    quotes = [e for e in finding.evidence if isinstance(e, TextEvidence)]
    for claim in claims if quotes else ():
        if claim.locator == quotes[0].locator and claim.value is not None:
            for check in claim.checks:
                if check.verdict != "supported" and check.reason in finding.message:
                    return claim
    return None


def _rank(finding: Finding) -> tuple[bool, bool, bool]:
    """What is certain and grave tells; of two such the one that rests on cells."""
    on_cells = any(isinstance(e, CellEvidence) for e in finding.evidence)
    return finding.verdict != "fail", finding.severity != "error", not on_cells


def _beyond(first: Finding, second: Finding) -> str:
    """What the second says that the first does not; its quote is the same."""
    head, mark, reason = second.message.partition("”：")
    said = reason if mark and first.message.startswith(head) else second.message
    own = first.message.partition("”：")[2].rstrip(_ENDS)
    if own and said.startswith(own):
        return said.removeprefix(own).lstrip(_ENDS)
    return "" if said.rstrip(_ENDS) in first.message else said


def _with(finding: Finding, other: Finding, words: str) -> Finding:
    return finding.model_copy(
        update={
            "also_rules": rules_with(finding, (other,)),
            "message": f"{finding.message}{words}",
            "evidence": tuple(dict.fromkeys((*finding.evidence, *other.evidence))),
        }
    )
