"""The machine interface: what ``--format json`` prints; fields are added, never renamed."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from checker.domain.claim import Approximation, Claim, ClaimKind, ClaimVerdict, Scope
from checker.domain.finding import (
    CellEvidence,
    Doubt,
    DoubtKind,
    Finding,
    FindingVerdict,
    JudgedBy,
    Severity,
    TextEvidence,
)
from checker.domain.locator import Locator
from checker.domain.quantity import Presence
from checker.domain.report import (
    DeviationKind,
    FormId,
    KindOfBody,
    Level,
    ReportCell,
    ReportTable,
    TableId,
    split_address,
)
from checker.domain.run import CheckRun, ModelPart, ModelStatus, OutcomeStatus, Verdict
from checker.output.exact_json import dumps
from checker.output.results import CheckedFile, FailedFile, FileResult

SCHEMA_VERSION: Final = "1"
VERDICT_MEANING: Final = (
    "fail：有 verdict 为 fail 的问题；"
    "review：没有，但有要由人判断的错误或警告（或语言模型的意见），或有可能影响结论的存疑，"
    "或有规则未能判定，或是没有填写的空白表式；"
    "pass：都没有。程序的提示（note）和不影响数字的存疑（text_box）不影响结论。"
)

PARTS: Final = {
    "ledger": frozenset({"claims", "coverage"}),
    "tables": frozenset({"tables", "subtotals", "deviations", "doubts"}),
}
"""What ``xxgk ledger`` and ``xxgk tables`` print of a result, besides what names the report."""

Number = Annotated[Decimal, WithJsonSchema({"type": "number"})]
Day = Annotated[str, WithJsonSchema({"type": "string", "format": "date"})]


def _open_schema(schema: dict[str, Any]) -> None:
    # Readers of an older schema must accept fields that we add later.
    schema.pop("additionalProperties", None)
    schema.pop("description", None)


class Machine(BaseModel):
    """Base of the models of the machine interface."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_extra=_open_schema)


class PeriodOut(Machine):
    """The reporting period as printed."""

    first: Day
    last: Day


class ReportOut(Machine):
    """Whose report it is, of which year, on which form."""

    file: str
    sha256: str
    agency: str | None
    level: Level | None
    kind_of_body: KindOfBody | None
    class_reason: str
    year: int | None
    form: Annotated[FormId, Field(pattern=r"^(\d{4}|unknown)$")]
    title: str | None
    period: PeriodOut | None
    publication_date: Day | None
    empty_form: bool


class FailedReportOut(Machine):
    """All that is known of a file that could not be checked."""

    file: str


class BasisOut(Machine):
    """A clause that a finding rests on."""

    source: str
    clause: str


class CellEvidenceOut(Machine):
    """A cell; no place when it was not printed."""

    kind: Literal["cell"] = "cell"
    cell: str
    label: str
    printed: str
    value: Number | None
    page: int | None
    start: int | None
    end: int | None


class TextEvidenceOut(Machine):
    """A passage; ``quote`` is ``text[start:end]`` of what ``xxgk text --plain`` prints."""

    kind: Literal["text"] = "text"
    section: str | None
    quote: str
    page: int | None
    start: int
    end: int


class ChangeOut(Machine):
    """One cell of a repair; value null when several values would do."""

    cell: str
    label: str
    printed: str
    value: Number | None


class RepairOut(Machine):
    """A smallest set of cells whose change makes all broken sums agree."""

    changes: tuple[ChangeOut, ...]


class FindingOut(Machine):
    """A fault of the report, or a point that a person must decide."""

    rule: str
    also_rules: tuple[str, ...]
    title: str
    severity: Severity
    verdict: FindingVerdict
    judged_by: JudgedBy
    message: str
    fix_hint: str
    basis: tuple[BasisOut, ...]
    fingerprint: str
    evidence: tuple[CellEvidenceOut | TextEvidenceOut, ...]
    suspect_cell: str | None
    suggested_value: Number | None
    repairs: tuple[RepairOut, ...]


class ClaimOut(Machine):
    """A figure or statement of the narrative and the cells it was compared with."""

    section: str | None
    quote: str
    start: int
    end: int
    printed: str
    value: Number | None
    unit: str | None
    kind: ClaimKind
    approximation: Approximation
    scope: Scope
    target: str | None
    expected: Number | None
    verdict: ClaimVerdict
    reason: str
    figure_start: int
    figure_end: int
    page: int | None
    judged: bool


class CellOut(Machine):
    """A cell of a statutory table as printed and as understood."""

    printed: str
    value: Number | None
    presence: Presence
    unit: str | None
    remark: str | None
    page: int | None
    start: int
    end: int


class DeviationOut(Machine):
    """A difference between a printed table and the official form."""

    table: TableId
    kind: DeviationKind
    id: str
    printed: str | None
    official: str | None


class DoubtOut(Machine):
    """Something that we may have misread; never a fault of the report."""

    kind: DoubtKind
    message: str
    cell: str | None
    cells: tuple[str, ...]
    quote: str
    page: int | None
    start: int | None
    end: int | None


class ProblemOut(Machine):
    """A failure of ours; what it touched is for review."""

    stage: str
    message: str
    rule: str | None


class CheckedOut(Machine):
    """What one rule did on this report."""

    rule: str
    title: str
    status: OutcomeStatus
    tests: int
    reason: str


class CoverageOut(Machine):
    """How many figures of the narrative there are and how many got a verdict."""

    numbers: int
    judged: int


class VersionsOut(Machine):
    """What is needed to repeat the run."""

    checker: str
    rulebook: str


class ModelOut(Machine):
    """What a language model had to do with it; the other fields are null unless it was used.

    ``base_url`` is where prose and figures of the report were sent.
    """

    status: ModelStatus
    base_url: str | None
    model: str | None
    mode: str | None
    temperature: int | None
    seed: int | None
    prompts: tuple[str, ...]
    not_assessed: str


class ErrorOut(Machine):
    """Why a file could not be checked."""

    kind: str
    message: str
    hint: str


TableOut = dict[str, dict[str, CellOut]]


class MachineRun(Machine):
    """One checked file."""

    schema_version: Literal["1"] = SCHEMA_VERSION
    report: ReportOut
    verdict: Annotated[Verdict, Field(description=VERDICT_MEANING)]
    findings: tuple[FindingOut, ...]
    claims: tuple[ClaimOut, ...]
    tables: dict[TableId, TableOut]
    subtotals: dict[TableId, TableOut]
    deviations: tuple[DeviationOut, ...]
    doubts: tuple[DoubtOut, ...]
    problems: tuple[ProblemOut, ...]
    checked: tuple[CheckedOut, ...]
    coverage: CoverageOut
    versions: VersionsOut
    model: ModelOut


class MachineFailure(Machine):
    """One file that could not be checked."""

    schema_version: Literal["1"] = SCHEMA_VERSION
    report: FailedReportOut
    error: ErrorOut


def _evidence(evidence: CellEvidence | TextEvidence) -> CellEvidenceOut | TextEvidenceOut:
    place = evidence.locator
    if isinstance(evidence, TextEvidence):
        return TextEvidenceOut(
            section=evidence.section,
            quote=evidence.quote,
            page=evidence.locator.page,
            start=evidence.locator.start,
            end=evidence.locator.end,
        )
    return CellEvidenceOut(
        cell=evidence.cell,
        label=evidence.label,
        printed=evidence.printed,
        value=evidence.value,
        page=place.page if place else None,
        start=place.start if place else None,
        end=place.end if place else None,
    )


def _finding(finding: Finding) -> FindingOut:
    repairs = tuple(
        RepairOut(
            changes=tuple(
                ChangeOut(cell=c.cell, label=c.label, printed=c.printed, value=c.value)
                for c in repair.changes
            )
        )
        for repair in finding.repairs
    )
    return FindingOut(
        rule=finding.rule,
        also_rules=finding.also_rules,
        title=finding.title,
        severity=finding.severity,
        verdict=finding.verdict,
        judged_by=finding.judged_by,
        message=finding.message,
        fix_hint=finding.fix_hint,
        basis=tuple(BasisOut(source=b.source, clause=b.clause) for b in finding.basis),
        fingerprint=finding.fingerprint,
        evidence=tuple(_evidence(e) for e in finding.evidence),
        suspect_cell=finding.suspect_cell,
        suggested_value=finding.suggested_value,
        repairs=repairs,
    )


def _claim(claim: Claim) -> ClaimOut:
    return ClaimOut(
        section=claim.section,
        quote=claim.quote,
        start=claim.locator.start,
        end=claim.locator.end,
        printed=claim.printed,
        value=claim.value,
        unit=claim.unit,
        kind=claim.kind,
        approximation=claim.approximation,
        scope=claim.scope,
        target=claim.target,
        expected=claim.expected,
        verdict=claim.verdict,
        reason=claim.reason,
        figure_start=claim.figure.start,
        figure_end=claim.figure.end,
        page=claim.locator.page,
        judged=claim.judged,
    )


def _doubt(doubt: Doubt) -> DoubtOut:
    place: Locator | None = doubt.locator
    return DoubtOut(
        kind=doubt.kind,
        message=doubt.message,
        cell=doubt.cell,
        cells=tuple(sorted(doubt.touched)),
        quote=doubt.quote,
        page=place.page if place else None,
        start=place.start if place else None,
        end=place.end if place else None,
    )


def _cell(cell: ReportCell) -> CellOut:
    return CellOut(
        printed=cell.value.printed,
        value=cell.value.value,
        presence=cell.value.presence,
        unit=cell.value.unit,
        remark=cell.value.remark,
        page=cell.locator.page,
        start=cell.locator.start,
        end=cell.locator.end,
    )


def _table(cells: Iterable[ReportCell]) -> TableOut:
    table: TableOut = {}
    for cell in cells:
        parts = split_address(cell.address)
        table.setdefault(parts.row, {})[parts.column] = _cell(cell)
    return table


def _deviations(table: ReportTable) -> Iterable[DeviationOut]:
    return (
        DeviationOut(table=table.id, kind=d.kind, id=d.id, printed=d.printed, official=d.official)
        for d in table.deviations
    )


def _report(file: str, run: CheckRun) -> ReportOut:
    identity = run.report.identity
    period, day = identity.period, identity.publication_date
    return ReportOut(
        file=file,
        sha256=run.report.document.source.sha256,
        agency=identity.agency,
        level=identity.level,
        kind_of_body=identity.kind_of_body,
        class_reason=identity.class_reason,
        year=identity.year,
        form=identity.form,
        title=identity.title,
        period=PeriodOut(first=period.first.isoformat(), last=period.last.isoformat())
        if period
        else None,
        publication_date=day.isoformat() if day else None,
        empty_form=run.report.empty_form,
    )


def machine_result(result: FileResult) -> MachineRun | MachineFailure:
    """One result as the model that is published."""
    if isinstance(result, FailedFile):
        error = ErrorOut(kind=result.kind, message=result.message, hint=result.hint)
        return MachineFailure(report=FailedReportOut(file=result.file), error=error)
    run = result.run
    tables = run.report.tables
    return MachineRun(
        report=_report(result.file, run),
        verdict=run.verdict,
        findings=tuple(_finding(f) for f in run.findings),
        claims=tuple(_claim(c) for c in run.claims),
        tables={t.id: _table(t.cells) for t in tables},
        subtotals={t.id: _table(t.subtotals) for t in tables if t.subtotals},
        deviations=tuple(d for t in tables for d in _deviations(t)),
        doubts=tuple(_doubt(d) for d in run.doubts),
        problems=tuple(
            ProblemOut(stage=p.stage, message=p.message, rule=p.rule) for p in run.problems
        ),
        checked=tuple(
            CheckedOut(rule=o.rule, title=o.title, status=o.status, tests=o.tests, reason=o.reason)
            for o in run.outcomes
        ),
        coverage=CoverageOut(numbers=len(run.claims), judged=sum(c.judged for c in run.claims)),
        versions=VersionsOut(checker=run.versions.checker, rulebook=run.versions.rulebook),
        model=_model(run.model),
    )


def _model(part: ModelPart) -> ModelOut:
    use = part.use
    return ModelOut(
        status=part.status,
        base_url=part.base_url or None,
        model=use.model if use else None,
        mode=use.mode if use else None,
        temperature=use.temperature if use else None,
        seed=use.seed if use else None,
        prompts=use.prompts if use else (),
        not_assessed=part.not_assessed,
    )


def render_part_json(result: CheckedFile, part: Literal["ledger", "tables"]) -> str:
    """A part of the result: its fields are as in the whole, in the same words and order."""
    common = {"schema_version", "report", "versions"}
    return dumps(machine_result(result).model_dump(include=common | PARTS[part])) + "\n"


def render_json(results: Sequence[FileResult]) -> str:
    """One object for one file, an array for several."""
    out = [machine_result(r).model_dump() for r in results]
    return dumps(out[0] if len(out) == 1 else out) + "\n"
