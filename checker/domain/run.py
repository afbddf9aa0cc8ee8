"""The result of checking one report."""

from typing import Literal

from checker.domain.base import Frozen
from checker.domain.claim import Claim
from checker.domain.finding import Doubt, Finding
from checker.domain.report import AnnualReport

OutcomeStatus = Literal["pass", "fail", "review", "not_applicable", "not_judged"]
Verdict = Literal["fail", "review", "pass"]


class RuleOutcome(Frozen):
    """What one rule did on this report.

    Attributes:
        tests: how many single comparisons were made.
        reason: why it was not applicable or not judged, in Chinese; else empty.
    """

    rule: str
    title: str
    status: OutcomeStatus
    tests: int = 0
    reason: str = ""


class Problem(Frozen):
    """A failure of ours during a run; what it touched is for review."""

    stage: str
    message: str
    rule: str | None = None


class Versions(Frozen):
    """What is needed to repeat the run."""

    checker: str
    rulebook: str


class CheckRun(Frozen):
    """Everything that was found, checked and left open for one report.

    Attributes:
        findings: ordered by rule id, then by place.
        claims: the number ledger, in document order.
        outcomes: one per rule of the rulebook, by rule id.
        doubts: of reading, assembly and checks together.
    """

    report: AnnualReport
    verdict: Verdict
    findings: tuple[Finding, ...]
    claims: tuple[Claim, ...] = ()
    outcomes: tuple[RuleOutcome, ...]
    doubts: tuple[Doubt, ...]
    problems: tuple[Problem, ...]
    versions: Versions
