"""One report in every format gives the same tables and the same findings."""

import io
import shutil
import subprocess
from functools import cache
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.shared import Pt
from docx.text.run import Run

from checker.domain.run import CheckRun
from checker.pipeline import check_report
from tests.builders import ReportPlan, clean_report
from tests.renderers import FORMATS, render, to_docx


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


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("kind", FORMATS)
def test_a_figure_in_a_group_heading_is_checked_in_every_format(form: str, kind: str) -> None:
    plan = clean_report(form, body="云溪县人民政府").rename_group("denied", "（三）不予公开99件")
    run = check_report(render(plan, kind), name=f"report.{kind}")
    assert [f.rule for f in run.findings] == ["T305"]
    assert "小计填99" in run.findings[0].message
    assert [d.message for d in run.doubts] == []


@pytest.mark.parametrize(
    ("behind", "hidden"),
    [
        ("</td>", "<span style='display:none'>1</span></td>"),
        ("</td>", "<span style='font-size:0'>1</span></td>"),
        ("</tr>", "</tr><tr style='display:none'><td>其他</td><td>7</td></tr>"),
    ],
)
def test_a_page_that_hides_figures_in_a_table_is_told(behind: str, hidden: str) -> None:
    before, label, rest = render(clean_report("2021"), "html").decode().partition("上年结转政府")
    page = before + label + rest.replace(behind, hidden, 1)
    run = check_report(page.encode(), name="report.html")
    assert [f.rule for f in run.findings] == ["W106"]
    assert run.verdict == "review"


def office_pdf(data: bytes, folder: Path) -> bytes:
    """A Word file as the PDF that an office program makes of it."""
    source = folder / "report.docx"
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    target = ["--convert-to", "pdf", "--outdir", str(folder)]
    command = ["soffice", profile, "--headless", *target, str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=100)
    return (folder / "report.pdf").read_bytes()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("form", ["2019", "2021"])
def test_a_pdf_without_ruling_lines_gives_the_same_tables(form: str, tmp_path: Path) -> None:
    plan = clean_report(form)
    data = office_pdf(to_docx(plan, style="Normal Table"), tmp_path)
    run = check_report(data, name="report.pdf")
    assert cells(run) == cells(check_report(render(plan, "docx"), name="report.docx"))
    assert [(f.rule, f.message) for f in run.findings] == []
    assert run.verdict == "pass"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("form", ["2019", "2021"])
def test_a_pdf_made_by_an_office_program_gives_the_same_tables(form: str, tmp_path: Path) -> None:
    data = office_pdf(render(faulty(form), "docx"), tmp_path)
    run = check_report(data, name="report.pdf")
    reference = run_of(form, "docx")
    assert cells(run) == cells(reference)
    assert [f.rule for f in run.findings] == [f.rule for f in reference.findings]


def enlarged(data: bytes) -> bytes:
    """A Word file with tables of many pages: large type, heads repeated on every page."""
    document = docx.Document(io.BytesIO(data))
    for table in document.tables:
        for row in table.rows[:3] if len(table.columns) > 4 else ():
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for run in table._tbl.xpath(".//w:r"):
            Run(run, table).font.size = Pt(18)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("form", ["2019", "2021"])
def test_rows_broken_over_pages_below_repeated_heads_give_the_same_tables(
    form: str, tmp_path: Path
) -> None:
    plan = clean_report(form)
    run = check_report(office_pdf(enlarged(to_docx(plan)), tmp_path), name="report.pdf")
    assert cells(run) == cells(check_report(render(plan, "docx"), name="report.docx"))
    assert [(f.rule, f.message) for f in run.findings] == []
    assert [d.message for d in run.doubts] == []
    assert len({c.locator.page for t in run.report.tables for c in t.cells}) > 3
