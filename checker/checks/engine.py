"""Applies every rule to a report; the only place that turns drafts into findings.

A rule that crashes becomes an entry in ``problems``, never a pass.
"""

import hashlib
import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import NamedTuple

import checker
from checker.checks.arithmetic import check_family
from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.checks.misplaced import settled_with
from checker.checks.one_finding import Told, one_for_one_cell, without_repaired
from checker.checks.one_statement import one_for_one_figure
from checker.checks.unread_pages import without_unread
from checker.domain.finding import Basis, CellEvidence, Doubt, Evidence, Finding
from checker.domain.report import AnnualReport
from checker.domain.run import CheckRun, OutcomeStatus, Problem, RuleOutcome, Verdict, Versions
from checker.rulebook import Rule, Rulebook, form_of_report, load_rulebook
from checker.rulebook.kinds_tables import EquationRule, TableRuleBase

logger = logging.getLogger(__name__)


class _Judged(NamedTuple):
    """What one rule gave: a result, or why there is none."""

    rule: Rule
    result: KindResult | None
    findings: tuple[Finding, ...] = ()
    reason: str = ""
    problem: Problem | None = None


def run_checks(report: AnnualReport) -> CheckRun:
    """Check a report against all rules.

    Raises:
        RulebookError: the rules that came with the program are damaged.
    """
    return run_rules(report, load_rulebook())


def run_rules(report: AnnualReport, rulebook: Rulebook) -> CheckRun:
    """Check a report against the rules of a rulebook.

    Args:
        report: as assembled.
        rulebook: rules and forms.
    """
    return run_in(context_of(report, rulebook), rulebook)


def context_of(report: AnnualReport, rulebook: Rulebook) -> CheckContext:
    """What the rules may look at, nothing of it worked out yet."""
    form = form_of_report(rulebook.forms, report)
    return CheckContext(report=report, form=form, forms=rulebook.forms)


def run_in(context: CheckContext, rulebook: Rulebook) -> CheckRun:
    """Apply the rules to what a context shows.

    Args:
        context: of ``context_of`` with the same rulebook.
        rulebook: rules and forms.
    """
    report = context.report
    judged = _judge_all(rulebook, context)
    told = _told_by(judged, rulebook, context)
    findings = tuple(sorted(told, key=lambda f: (f.rule, _place(f.evidence), f.fingerprint)))
    own = _by_rule(findings)
    outcomes = tuple(_outcome(j, own.get(j.rule.id, ()), context) for j in judged)
    problems = tuple(j.problem for j in judged if j.problem is not None)
    told_by_rules = tuple(d for j in judged if j.result is not None for d in j.result.doubts)
    settled = {d.settles for j in judged if j.result is not None for d in j.result.drafts}
    ours = tuple(d for d in report.doubts if d.point is None or d.point not in settled)
    doubts = (*report.document.doubts, *ours, *told_by_rules)
    return CheckRun(
        report=report,
        verdict=verdict_of(findings, outcomes, doubts, problems),
        findings=findings,
        claims=context.claims,
        outcomes=outcomes,
        doubts=doubts,
        problems=problems,
        versions=Versions(checker=checker.__version__, rulebook=rulebook.version),
    )


def _told_by(
    judged: Sequence[_Judged], rulebook: Rulebook, context: CheckContext
) -> Iterator[Finding]:
    """All findings, but for those that a doubt about shifted figures explains."""

    def anew(rule: str, other: CheckContext) -> Sequence[Finding]:
        found = rulebook.rules[rule]
        return _guarded([found], partial(_alone, found, other))[rule].findings

    moved: dict[str, Decimal] = {}
    for one in judged:
        moved |= one.result.moved if one.result is not None else {}
    located = tuple(f for j in judged if _is_located(j.rule) for f in j.findings)
    others = [f for j in judged if not _is_located(j.rule) for f in j.findings]
    settled = tuple(settled_with(others, moved, context, anew))
    settled = one_for_one_figure(settled, context.claims)
    comparing = {r.id for r in rulebook.rules.values() if isinstance(r, EquationRule)}
    told = without_repaired(Told(located, settled), comparing, context, anew)
    yield from one_for_one_cell(*told)


def _is_located(rule: Rule) -> bool:
    return isinstance(rule, EquationRule) and rule.localise


def _judge_all(rulebook: Rulebook, context: CheckContext) -> list[_Judged]:
    """One entry per rule that is not retired, in the order of the ids."""
    active = [r for r in rulebook.rules.values() if r.status != "retired"]
    judged: dict[str, _Judged] = {}
    family: list[EquationRule] = []
    for rule in active:
        reason = _not_applicable(rule, context)
        if reason:
            judged[rule.id] = _Judged(rule, None, reason=reason)
        elif isinstance(rule, EquationRule) and rule.localise:
            family.append(rule)
        else:
            judged |= _guarded([rule], partial(_alone, rule, context))
    judged |= _guarded(family, partial(_together, family, context))
    return [judged[r.id] for r in active]


def _guarded(rules: Sequence[Rule], judge: Callable[[], dict[str, _Judged]]) -> dict[str, _Judged]:
    try:
        return judge()
    except Exception:  # a border: a rule that crashes must not take the others with it
        names = ", ".join(r.id for r in rules)
        logger.debug("rules %s failed", names, exc_info=True)  # may hold report text
        return {r.id: _failed(r) for r in rules}


def _alone(rule: Rule, context: CheckContext) -> dict[str, _Judged]:
    return {rule.id: _told(rule, evaluate(rule, context), context)}


def _together(rules: Sequence[EquationRule], context: CheckContext) -> dict[str, _Judged]:
    results = check_family(rules, context) if rules else {}
    return {r.id: _told(r, results[r.id], context) for r in rules}


def _told(rule: Rule, result: KindResult, context: CheckContext) -> _Judged:
    result = without_unread(result, context)
    findings = tuple(_finding(rule, draft, context) for draft in result.drafts)
    return _Judged(rule, result, findings)


def _failed(rule: Rule) -> _Judged:
    message = f"规则 {rule.id}（{rule.title}）执行时出错，本条没有核对，请人工核对。"
    problem = Problem(stage="checks", rule=rule.id, message=message)
    return _Judged(rule, None, reason=message, problem=problem)


def _not_applicable(rule: Rule, context: CheckContext) -> str:
    """Why a rule is not for this report, in Chinese; empty when it is."""
    table = rule.table if isinstance(rule, TableRuleBase) else None
    form = context.form_of(table) if table else context.form
    year = context.report.identity.year
    if year is not None and year < context.oldest and not context.report.tables:
        return f"{context.oldest}年以前的年度报告没有统一表式，不适用本条。"
    if form.id not in rule.forms:
        names = "、".join(f"{f}年" for f in rule.forms)
        return f"只适用于{names}表式。"
    if year is not None and rule.first_year is not None and year < rule.first_year:
        return f"只适用于{rule.first_year}年度以后的报告。"
    if year is not None and rule.last_year is not None and year > rule.last_year:
        return f"只适用于{rule.last_year}年度以前的报告。"
    return ""


def _finding(rule: Rule, draft: Draft, context: CheckContext) -> Finding:
    form = (
        context.form_of(rule.table)
        if isinstance(rule, TableRuleBase) and rule.table
        else context.form
    )
    message = (draft.message or rule.message).format_map(draft.values)
    message = " ".join(message.splitlines())  # a printed cell may have several lines
    severity = draft.severity or rule.severity
    # a note never fails a report: it is for the writer to look at
    for_review = rule.status == "trial" or severity == "note"
    return Finding(
        rule=rule.id,
        title=rule.title,
        severity=severity,
        verdict="review" if for_review else draft.verdict,
        message=message,
        fix_hint=(draft.fix_hint or rule.fix_hint).format_map(draft.values),
        basis=tuple(
            Basis(source=b.source, clause=b.clause)
            for b in rule.basis
            if not b.forms or form.id in b.forms
        ),
        fingerprint=_fingerprint(rule.id, draft.evidence, message),
        evidence=draft.evidence,
        also_rules=draft.also_rules,
        suspect_cell=draft.suspect_cell,
        suggested_value=draft.suggested_value,
        repairs=draft.repairs,
    )


def _fingerprint(rule: str, evidence: Sequence[Evidence], message: str) -> str:
    """Stable while rule, place and content stay; where it stands in the file does not count."""
    parts = [rule] if evidence else [rule, message]
    for piece in evidence:
        if isinstance(piece, CellEvidence):
            value = piece.printed if piece.value is None else format(piece.value.normalize(), "f")
            parts.append(f"{piece.cell}={value}")
        else:
            parts.append(f"{piece.section}={''.join(piece.quote.split())}")
    text = json.dumps(parts, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _place(evidence: Sequence[Evidence]) -> int:
    found = [e.locator.start for e in evidence if e.locator is not None]
    return min(found, default=0)


def _by_rule(findings: Sequence[Finding]) -> Mapping[str, Sequence[Finding]]:
    """The findings under each rule that tells them or has a part in them."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        for rule in (finding.rule, *finding.also_rules):
            found.setdefault(rule, []).append(finding)
    return found


def _outcome(judged: _Judged, own: Sequence[Finding], context: CheckContext) -> RuleOutcome:
    rule, result = judged.rule, judged.result
    status: OutcomeStatus
    reason = judged.reason
    if result is None:
        status = "not_judged" if judged.problem else "not_applicable"
    elif own:
        status = "fail" if any(f.verdict == "fail" for f in own) else "review"
        reason = result.not_judged
    elif result.not_judged:
        status, reason = "not_judged", result.not_judged
    elif result.tests == 0 and (missing := _missing_table(rule, context)):
        status, reason = "not_judged", missing
    elif result.tests == 0:
        status, reason = "not_applicable", "报告中没有本条要核对的内容。"
    else:
        status = "pass"
    tests = result.tests if result else 0
    return RuleOutcome(rule=rule.id, title=rule.title, status=status, tests=tests, reason=reason)


def _missing_table(rule: Rule, context: CheckContext) -> str:
    table = rule.table if isinstance(rule, TableRuleBase) else None
    if table is None or context.report.table(table) is not None:
        return ""
    return f"没有找到表{context.form.table(table).ordinal}，无法核对。"


def verdict_of(
    findings: Sequence[Finding],
    outcomes: Sequence[RuleOutcome],
    doubts: Sequence[Doubt],
    problems: Sequence[Problem],
) -> Verdict:
    """Nothing passes by default: what is open or doubtful is for a person.

    Notes and harmless doubts are told beside a pass; they leave nothing to decide.
    """
    if any(f.verdict == "fail" for f in findings):
        return "fail"
    open_points = (
        any(f.for_person for f in findings)
        or bool(problems)
        or any(not d.harmless for d in doubts)
        or any(o.status == "not_judged" for o in outcomes)
        or not any(o.status == "pass" for o in outcomes)
    )
    return "review" if open_points else "pass"
