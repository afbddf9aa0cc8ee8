"""One report in every format gives the same tables and the same findings."""

import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from checker.domain.run import CheckRun
from checker.pipeline import check_report
from tests.builders import ReportPlan, clean_report
from tests.renderers import FORMATS, render


def faulty(form: str) -> ReportPlan:
    """A report with faults of several families."""
    return (
        clean_report(form, body="云溪县人民政府")
        .add("requests/granted/natural_person", 1)
        .set_cell("requests/declined.duplicate/commercial", "")
        .add("appeals/reconsideration/total", 1)
        .set_section("problems", ["无。"])
    )


@cache
def run_of(form: str, kind: str) -> CheckRun:
    return check_report(render(faulty(form), kind), name=f"report.{kind}")


def cells(run: CheckRun) -> dict[str, tuple[str, str]]:
    return {
        c.address: (c.value.printed, c.value.presence) for t in run.report.tables for c in t.cells
    }


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_gives_the_same_tables_and_findings(form: str, kind: str) -> None:
    reference, run = run_of(form, "docx"), run_of(form, kind)
    assert run.report.identity.form == form
    assert cells(run) == cells(reference)
    assert [(f.rule, f.message) for f in run.findings] == [
        (f.rule, f.message) for f in reference.findings
    ]
    assert [d.message for d in run.doubts] == []


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("base", ["clean", "all_zero"])
def test_a_clean_report_has_no_finding_in_any_format(form: str, kind: str, base: str) -> None:
    plan = clean_report(form, base=base)
    run = check_report(render(plan, kind), name=f"云溪县交通运输局.{kind}")
    assert [(f.rule, f.message) for f in run.findings] == []
    assert [d.message for d in run.doubts] == []
    assert run.verdict == "pass"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("form", ["2019", "2021"])
def test_a_pdf_made_by_an_office_program_gives_the_same_tables(form: str, tmp_path: Path) -> None:
    source = tmp_path / "report.docx"
    source.write_bytes(render(faulty(form), "docx"))
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=100,
    )
    run = check_report((tmp_path / "report.pdf").read_bytes(), name="report.pdf")
    reference = run_of(form, "docx")
    assert cells(run) == cells(reference)
    assert [f.rule for f in run.findings] == [f.rule for f in reference.findings]
