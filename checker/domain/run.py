"""The result of checking one report."""

from typing import Literal

from checker.domain.base import Frozen
from checker.domain.claim import Claim
from checker.domain.finding import Doubt, Finding
from checker.domain.reading import ModelUse, Usage
from checker.domain.report import AnnualReport

OutcomeStatus = Literal["pass", "fail", "review", "not_applicable", "not_judged"]
Verdict = Literal["fail", "review", "pass"]
ModelStatus = Literal["off", "not_configured", "used", "failed"]


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


class ModelPart(Frozen):
    """What a language model had to do with a run.

    Attributes:
        base_url: where prose and figures of the report were sent; empty when nowhere.
        use: None unless it was used.
        not_assessed: what nobody looked at for lack of a model, in Chinese; empty when used.
    """

    status: ModelStatus = "off"
    base_url: str = ""
    use: ModelUse | None = None
    usage: Usage = Usage()
    not_assessed: str = ""


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
    model: ModelPart = ModelPart()
