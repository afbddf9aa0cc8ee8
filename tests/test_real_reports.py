"""Published reports: read exactly, their true faults found, and nothing else."""

from functools import cache
from pathlib import Path

import pytest

from checker.domain.run import CheckRun
from checker.pipeline import check_report

REPORTS = Path(__file__).parents[1].parent / "shared" / "reports"
pytestmark = pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports are not here")


@cache
def run_of(name: str) -> CheckRun:
    return check_report((REPORTS / name).read_bytes(), name=name)


def rules(run: CheckRun) -> list[str]:
    return [f.rule for f in run.findings]


def message(run: CheckRun, rule: str) -> str:
    return next(f.message for f in run.findings if f.rule == rule)


def test_street_2020_is_identified_and_every_cell_is_read() -> None:
    run = run_of("湖墅街道2020.txt")
    identity = run.report.identity
    assert (identity.form, identity.year) == ("2019", 2020)
    assert identity.agency is not None
    assert "湖墅街道" in identity.agency
    assert (identity.level, identity.kind_of_body) == ("township", "branch")
    given = {t.id: [c.value.printed for c in t.cells] for t in run.report.tables}
    assert {k: len(v) for k, v in given.items()} == {
        "proactive": 22,
        "requests": 161,
        "appeals": 15,
    }
    assert [v for v in given["proactive"] if v != "0"] == ["18", "116014.331"]
    assert {*given["requests"], *given["appeals"]} == {"0"}


def test_street_2020_has_no_arithmetic_finding_and_no_error() -> None:
    run = run_of("湖墅街道2020.txt")
    assert [f.rule for f in run.findings if f.severity == "error"] == []
    assert [r for r in rules(run) if r.startswith("T")] == []
    assert {"C105", "S108"} <= set(rules(run))
    assert "116014.331" in message(run, "C105")
    assert "（四）" in message(run, "S108")
    assert "（五）" in message(run, "S108")
    assert run.doubts == ()


@pytest.mark.parametrize("year", [2023, 2024])
def test_district_is_identified_and_its_single_row_of_other_results_reported(year: int) -> None:
    run = run_of(f"洪泽区{year}.pdf")
    identity = run.report.identity
    assert (identity.form, identity.year) == ("2021", year)
    assert identity.agency is not None
    assert identity.agency.endswith("洪泽区人民政府")
    assert (identity.level, identity.kind_of_body) == ("county", "government")
    assert identity.period is not None
    assert (identity.period.first.isoformat(), identity.period.last.isoformat()) == (
        f"{year}-01-01",
        f"{year}-12-31",
    )
    assert {t.id: len(t.cells) for t in run.report.tables} == {
        "proactive": 10,
        "requests": 161,
        "appeals": 15,
    }
    assert "其他处理" in message(run, "F103")
    assert run.doubts == ()


def test_district_2023_true_faults_and_nothing_else() -> None:
    run = run_of("洪泽区2023.pdf")
    assert sorted(rules(run)) == ["F103", "S105", "T401", "T401"]
    told = [f.message for f in run.findings if f.rule == "T401"]
    assert any("10" in m and "11" in m for m in told)


def test_district_2024_true_faults_and_nothing_else() -> None:
    # N104: 17 applications at the office of the district, 95 in the table of the whole district
    assert sorted(rules(run_of("洪泽区2024.pdf"))) == ["F103", "N104", "S105"]


def test_the_official_form_is_recognised_as_empty() -> None:
    run = run_of("年报格式模板2021.docx")
    assert run.report.empty_form
    assert run.report.identity.form == "2021"
    assert {t.id: len(t.cells) for t in run.report.tables} == {
        "proactive": 10,
        "requests": 175,
        "appeals": 15,
    }
    assert {c.value.presence for t in run.report.tables for c in t.cells} == {"blank"}
    assert rules(run) == ["C101", "C101", "C101"]
    assert run.verdict == "review"
