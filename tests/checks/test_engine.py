"""How rules become findings, outcomes and a verdict."""

from collections.abc import Mapping
from types import MappingProxyType

import pytest

from checker.answers import Conversation, answer
from checker.checks import engine, run_checks
from checker.checks.context import CheckContext, Draft, KindResult
from checker.domain.finding import Doubt
from checker.domain.quantity import CellValue
from checker.output import CheckedFile
from checker.output.results import exit_status
from checker.rulebook import Rule, form_of_report, load_rulebook
from tests.builders import blank_form, clean_report
from tests.checks.tables import with_values


def test_every_rule_has_one_outcome_in_order() -> None:
    outcomes = run_checks(clean_report().report()).outcomes
    assert [o.rule for o in outcomes] == list(load_rulebook().rules)


def test_crashing_rule_is_a_problem_and_no_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(rule: Rule, context: CheckContext) -> KindResult:
        if rule.id == "C101":
            raise RuntimeError("x")
        return KindResult(tests=1)

    monkeypatch.setattr(engine, "evaluate", crash)
    run = run_checks(clean_report().report())
    assert [p.rule for p in run.problems] == ["C101"]
    assert "请人工核对" in run.problems[0].message
    assert {o.rule: o.status for o in run.outcomes}["C101"] == "not_judged"
    assert run.verdict == "review"


def test_crashing_family_is_a_problem_for_each_of_its_rules(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def crash(rules: object, context: object) -> Mapping[str, KindResult]:
        raise ZeroDivisionError

    monkeypatch.setattr(engine, "check_family", crash)
    run = run_checks(clean_report().report())
    assert [p.rule for p in run.problems] == ["T301", "T302", "T303", "T401"]
    assert run.verdict == "review"


def test_same_report_gives_the_same_run() -> None:
    plan = (
        clean_report()
        .add("requests/granted/total", 1)
        .set_cell("appeals/litigation_direct/other", "")
    )
    assert run_checks(plan.report()) == run_checks(plan.report())


def test_findings_are_ordered_by_rule_then_place() -> None:
    plan = clean_report().add("appeals/litigation_direct/total", 1)
    plan.add("appeals/reconsideration/total", 1).set_cell("requests/granted/research", "")
    run = run_checks(plan.report())
    assert [f.rule for f in run.findings] == ["C101", "T401", "T401"]
    first, second = run.findings[1:]
    assert first.evidence[0].locator.start < second.evidence[0].locator.start  # type: ignore[union-attr]


def test_fingerprint_survives_changes_elsewhere() -> None:
    plan = clean_report().add("requests/granted/total", 1)
    moved = plan.copy().set_section("overview", "（一）主动公开。前面多了一段。")
    (one,) = run_checks(plan.report()).findings
    assert one.fingerprint in {f.fingerprint for f in run_checks(moved.report()).findings}
    assert len(one.fingerprint) == 16


def test_fingerprint_changes_with_the_evidence() -> None:
    one = run_checks(clean_report().add("requests/granted/total", 1).report()).findings
    two = run_checks(clean_report().add("requests/granted/total", 2).report()).findings
    assert one[0].fingerprint != two[0].fingerprint


def test_basis_is_that_of_the_form_only() -> None:
    for form, source in (
        ("2019", "国办公开办函〔2019〕60号"),
        ("2021", "国办公开办函〔2021〕30号"),
    ):
        plan = clean_report(form).add("requests/granted/total", 1)
        (finding,) = run_checks(plan.report()).findings
        assert [b.source for b in finding.basis] == [source]


def test_rules_of_the_other_form_say_why_they_do_not_apply() -> None:
    outcomes = {o.rule: o for o in run_checks(clean_report("2021").report()).outcomes}
    assert outcomes["T202"].status == "not_applicable"
    assert outcomes["T202"].reason == "只适用于2019年表式。"


def test_rules_of_a_missing_table_are_not_judged() -> None:
    outcomes = {
        o.rule: o for o in run_checks(clean_report().drop_table("appeals").report()).outcomes
    }
    assert outcomes["T401"].status == "not_judged"
    assert outcomes["T401"].reason == "没有找到表四，无法核对。"


def test_doubt_about_figures_stops_a_pass_and_other_doubts_do_not() -> None:
    report = clean_report().report()
    for kind, verdict in (("unreadable_cell", "review"), ("text_box", "pass")):
        doubt = Doubt.model_validate({"kind": kind, "message": "看不清"})
        run = run_checks(report.model_copy(update={"doubts": (doubt,)}))
        assert (run.verdict, run.doubts) == (verdict, (doubt,))


def test_a_note_alone_stops_no_pass_and_is_called_a_remark() -> None:
    plan = clean_report().set_cell("proactive/licensing/decisions", "1,286")
    run = run_checks(plan.report())
    assert [f.severity for f in run.findings] == ["note"]
    assert run.verdict == "pass"
    assert not run.findings[0].for_person
    told = answer("能通过吗", run, context=Conversation()).text
    assert told.startswith("通过：核对过的规则没有发现错误，只有供参考的提示。共1条：提示1条。")


def test_a_warning_for_review_beside_notes_asks_for_review() -> None:
    plan = clean_report().set_cell("proactive/licensing/decisions", "1,286")
    plan.introduction = ["本报告由总体情况、主动公开政府信息情况等六个部分组成。"]
    run = run_checks(plan.report())
    assert {f.severity for f in run.findings} == {"note", "warning"}
    assert run.verdict == "review"
    assert {f.severity for f in run.findings if f.for_person} == {"warning"}


def test_a_blank_form_is_for_review_and_no_bad_report() -> None:
    run = run_checks(blank_form().report())
    assert run.report.empty_form
    assert {(f.rule, f.verdict) for f in run.findings} == {("C101", "review")}
    assert run.verdict == "review"
    assert exit_status(CheckedFile(file="x", run=run)) == 0
    told = answer("能通过吗", run, context=Conversation()).text
    assert told.startswith("需人工核对：这是一份没有填写的空白表式，填写后再核对。")


def test_report_without_tables_is_judged_by_the_form_of_its_year() -> None:
    for year, form in ((2020, "2019"), (2023, "2021"), (None, "2021")):
        report = clean_report().report()
        identity = report.identity.model_copy(update={"year": year, "form": "unknown"})
        bare = report.model_copy(update={"identity": identity, "tables": ()})
        assert form_of_report(load_rulebook().forms, bare).id == form


def test_report_before_2019_without_tables_is_not_judged_by_any_form() -> None:
    report = clean_report().report()
    identity = report.identity.model_copy(update={"year": 2015, "form": "unknown"})
    run = run_checks(report.model_copy(update={"identity": identity, "tables": ()}))
    assert {o.status for o in run.outcomes} == {"not_applicable"}
    assert run.verdict == "review"


def test_unreadable_cell_leaves_its_sums_open_and_is_named() -> None:
    report = with_values("2021", {})
    cell = CellValue(printed="2 0", presence="unreadable")
    tables = []
    for table in report.tables:
        cells = [
            c.model_copy(update={"value": cell}) if c.address == "requests/granted/total" else c
            for c in table.cells
        ]
        tables.append(table.model_copy(update={"cells": tuple(cells)}))
    run = run_checks(report.model_copy(update={"tables": tuple(tables)}))
    outcomes = {o.rule: o for o in run.outcomes}
    assert {r: outcomes[r].status for r in ("T301", "T302", "T303")} == {
        "T301": "pass",
        "T302": "not_judged",
        "T303": "not_judged",
    }
    assert "表三“（一）予以公开”行“总计”列没有印出或无法识读" in outcomes["T303"].reason
    assert run.verdict == "review"


def test_message_that_cannot_be_filled_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(rule: Rule, context: CheckContext) -> KindResult:
        return KindResult(drafts=(Draft(values={}, evidence=()),), tests=1)

    monkeypatch.setattr(engine, "evaluate", wrong)
    run = run_checks(clean_report().report())
    assert "C101" in {p.rule for p in run.problems}
    assert run.verdict == "review"


def test_run_with_no_rules_is_no_pass() -> None:
    book = load_rulebook()
    empty = type(book)(forms=book.forms, rules=MappingProxyType({}), version="x")
    assert engine.run_rules(clean_report().report(), empty).verdict == "review"
