"""Rules on law, years and dates: data, what cannot be judged, published reports."""

from functools import cache
from pathlib import Path

import pytest

from checker.checks import run_checks
from checker.checks.sentences import matches
from checker.domain.run import CheckRun
from checker.pipeline import check_report
from checker.rulebook import load_rulebook
from checker.rulebook.documents import load_documents
from tests.builders import ReportPlan, clean_report
from tests.renderers import to_html

OURS = ("L", "D")
REPORTS = Path(__file__).parents[2].parent / "shared" / "reports"
PLAIN_LISTS = {"forms", "exceptions", "published", "plan_sections"}


def told(run: CheckRun) -> list[tuple[str, str]]:
    return [(f.rule, f.verdict) for f in run.findings if f.rule.startswith(OURS)]


def status(run: CheckRun, rule: str) -> str:
    return next(o.status for o in run.outcomes if o.rule == rule)


def test_every_wording_of_our_rules_is_a_regular_expression() -> None:
    tried = 0
    for rule in load_rulebook().rules.values():
        if not rule.id.startswith(OURS):
            continue
        for name in set(type(rule).model_fields) - PLAIN_LISTS:
            value = dict(rule)[name]
            if isinstance(value, tuple) and value and all(isinstance(v, str) for v in value):
                list(matches(value, "公开"))
                tried += 1
    assert tried > 30


def test_what_supersedes_a_document_is_known() -> None:
    documents = load_documents().documents
    numbers = {d.number for d in documents}
    old = [d for d in documents if d.superseded_by]
    assert len(old) == 2
    assert all(d.superseded_by in numbers and d.last_year for d in old)


def test_points_are_one_a_year_and_numbered_in_it() -> None:
    points = load_documents().annual_points
    assert [p.year for p in points] == list(range(2014, 2023))
    assert all(p.parts.year == p.year for p in points)
    assert all(p.issued is None or p.issued.year == p.year for p in points)


def test_every_known_title_matches_its_own_words() -> None:
    for document in load_documents().documents:
        assert list(matches(document.named, document.title)), document.number


def test_numbers_not_held_against_the_source_are_only_noted() -> None:
    unchecked = [d for d in load_documents().documents if not d.checked]
    assert len(unchecked) == 14
    assert not any(d.superseded_by or d.last_year for d in unchecked)
    rule = load_rulebook().rules["L104"]
    assert rule.severity == "note"


def test_without_sections_nothing_is_judged() -> None:
    plan = clean_report("2021")
    for section in plan.form.sections:
        plan.set_section_title(section.id, "")
    plan.introduction = ["2023年，我局主动公开信息156条。"]
    run = run_checks(plan.report())
    assert status(run, "D101") == "not_judged"
    assert "D101" not in {f.rule for f in run.findings}


def doubts_of(run: CheckRun) -> list[str]:
    return [d.message for d in run.doubts if d.kind == "identity"]


def test_a_period_of_another_year_is_told_once() -> None:
    plan = clean_report("2021", year=2024)
    plan.introduction = ["数据统计期限为2023年1月1日至2023年12月31日。"]
    run = run_checks(plan.report())
    assert ("D101", "fail") in told(run)
    assert not any("报告年度不一致" in m for m in doubts_of(run))


def test_an_overview_of_another_year_is_told_once() -> None:
    plan = clean_report("2021", year=2024)
    plan.set_section("overview", "2023年，我局公开信息156条。\n2023年，我局收到申请12件。")
    run = run_checks(plan.report())
    assert ("D101", "fail") in told(run)
    assert not any("报告年度不一致" in m for m in doubts_of(run))


def test_an_overview_that_only_names_another_year_stays_a_doubt_without_a_finding() -> None:
    plan = clean_report("2021", year=2024)
    plan.set_section("overview", "公开目录沿用2023年的版本。\n专栏沿用2023年的样式，运行平稳。")
    run = run_checks(plan.report())
    assert not any(rule == "D101" for rule, _ in told(run))
    assert any("总体情况里提到最多的是2023年" in m for m in doubts_of(run))


def test_an_overview_that_compares_several_years_is_no_doubt() -> None:
    plan = clean_report("2021", year=2024)
    plan.set_section("overview", "2024年公开信息156条，2023年为144条，比2023年多12条，超过2023年。")
    assert not any("报告年度不一致" in m for m in doubts_of(run_checks(plan.report())))


def test_a_publication_within_the_year_is_told_once() -> None:
    plan = clean_report("2021", year=2024)
    plan.after = ["2024年6月18日"]
    run = run_checks(plan.report())
    assert ("D104", "review") in told(run)
    assert not any("结束之前" in m for m in doubts_of(run))


def test_without_a_year_of_the_report_only_a_person_can_say() -> None:
    plan = clean_report("2021", year=2024)
    plan.title = ["云溪县交通运输局政府信息公开工作年度报告"]
    plan.introduction = []
    plan.set_section("overview", "2023年，我局主动公开信息156条，内容全面。")
    plan.after = ["2025年1月18日"]
    assert ("D101", "review") in told(run_checks(plan.report()))


def _page(published: str, *, year: int = 2024, body: str = "云溪县交通运输局") -> ReportPlan:
    plan = clean_report("2021", year=year, body=body)
    plan.before = [f"发布日期：{published}"]
    return plan


def test_the_date_that_a_page_states_about_itself_counts() -> None:
    page = to_html(clean_report("2021", year=2024)).decode()
    meta = "<meta charset='utf-8'><meta name='PubDate' content='2025-02-18 10:00'>"
    run = check_report(page.replace("<meta charset='utf-8'>", meta).encode(), name="report.html")
    (finding,) = [f for f in run.findings if f.rule == "D103"]
    assert finding.verdict == "review"
    assert "2025年2月18日" in finding.message
    assert finding.evidence == ()


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2025-01-31", []),
        ("2025-02-01", [("D103", "review")]),
        ("2024-12-30", [("D104", "review")]),
    ],
)
def test_days_around_the_deadline(published: str, expected: list[tuple[str, str]]) -> None:
    assert told(run_checks(_page(published).report())) == expected


def test_kinds_that_the_name_does_not_tell_have_no_deadline() -> None:
    run = run_checks(_page("2025-06-01", body="云溪数据港").report())
    assert status(run, "D103") == "not_applicable"


def test_a_sentence_broken_over_lines_is_read_whole() -> None:
    plan = clean_report("2021", year=2024)
    lines = [
        "2024年，公开工作平稳有序，内容全面。",
        "（一）主动公开。2023年，我局通过门户网站和政务新媒体向社会主动公",
        "开各类政府信息156条，内容全面。",
    ]
    run = run_checks(plan.set_section("overview", lines).report())
    (finding,) = [f for f in run.findings if f.rule == "D101"]
    (evidence,) = finding.evidence
    assert evidence.kind == "text"
    assert evidence.quote in run.report.document.text
    assert evidence.quote.endswith("内容全面")


@cache
def run_of(name: str) -> CheckRun:
    return check_report((REPORTS / name).read_bytes(), name=name)


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports are not here")
def test_a_street_cites_the_points_of_last_year_and_states_no_period() -> None:
    run = run_of("湖墅街道2020.txt")
    assert told(run) == [("D102", "review"), ("L103", "review")]
    finding = next(f for f in run.findings if f.rule == "L103")
    assert "国办发〔2020〕17号" in finding.message
    (evidence,) = finding.evidence
    assert evidence.kind == "text"
    assert "国办发〔2019〕14号" in evidence.quote


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports are not here")
@pytest.mark.parametrize("name", ["洪泽区2023.pdf", "洪泽区2024.pdf", "年报格式模板2021.docx"])
def test_published_reports_without_such_faults(name: str) -> None:
    assert told(run_of(name)) == []
