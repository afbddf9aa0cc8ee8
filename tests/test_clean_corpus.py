"""Varied reports without a fault: nothing may be said about them, and their body is known.

Every file in ``fixtures/clean`` is one report of a fictitious body in our own words. Figures of
table 三 stand in the text as ``{new}``, ``{carried_in}``, ``{done}`` and ``{carried_out}``, so that
text and table agree.
"""

from pathlib import Path
from typing import Literal

import pytest
import yaml
from pydantic import BaseModel, ConfigDict

from checker.domain.report import FormId, KindOfBody, Level, SectionId, TableId
from checker.pipeline import check_report
from tests.builders import ReportPlan, clean_report
from tests.renderers import render

FILES = sorted((Path(__file__).parent / "fixtures" / "clean").glob("*.yaml"))
Lines = tuple[str, ...]


class CleanReport(BaseModel):
    """One report as data.

    Attributes:
        base: ``settled`` has applications and nothing carried over.
        sections: lines under a heading; sections with a table may have some in front of it.
        behind: lines behind a table.
        cells: figures other than those of the base.
        told: the rule that says something, which a person decides: at most one warning.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["docx", "html", "pdf", "txt", "md"]
    form: FormId
    year: int
    agency: str
    level: Level | None
    kind_of_body: KindOfBody
    base: Literal["clean", "settled", "all_zero"] = "clean"
    before: Lines = ()
    title: Lines
    introduction: Lines = ()
    section_titles: dict[SectionId, str] = {}
    sections: dict[SectionId, Lines]
    behind: dict[TableId, Lines] = {}
    cells: dict[str, str] = {}
    after: Lines = ()
    told: Lines = ()


def plan(data: CleanReport) -> ReportPlan:
    """The report to be rendered."""
    base = "all_zero" if data.base == "all_zero" else "clean"
    made = clean_report(data.form, body=data.agency, year=data.year, base=base)
    requests = made.tables["requests"]
    if data.base == "settled":
        for row in ("carried_over_in", "carried_over_out"):
            requests[row] = dict.fromkeys(requests[row], "0")
        requests["new_received"] = dict(requests["total"])
    for address, printed in data.cells.items():
        made.set_cell(address, printed)
    figures = {
        "new": requests["new_received"]["total"],
        "carried_in": requests["carried_over_in"]["total"],
        "done": requests["total"]["total"],
        "carried_out": requests["carried_over_out"]["total"],
    }
    made.before, made.title = list(data.before), list(data.title)
    made.introduction, made.after = list(data.introduction), list(data.after)
    made.section_titles |= data.section_titles
    for section, lines in data.sections.items():
        made.set_section(section, [line.format(**figures) for line in lines])
    made.behind = {table: list(lines) for table, lines in data.behind.items()}
    return made


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_clean_report_is_read_and_left_alone(path: Path) -> None:
    data = CleanReport.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    run = check_report(render(plan(data), data.format), name=f"report.{data.format}")
    said = [(f.rule, f.severity, f.verdict) for f in run.findings]
    assert said == [(rule, "warning", "review") for rule in data.told], run.findings
    assert len(said) <= 1
    assert [d.message for d in run.doubts] == []
    assert [(o.rule, o.reason) for o in run.outcomes if o.status == "not_judged"] == []
    found = run.report.identity
    assert (found.agency, found.level, found.kind_of_body, found.year, found.form) == (
        data.agency,
        data.level,
        data.kind_of_body,
        data.year,
        data.form,
    )
    assert run.verdict == ("review" if data.told else "pass")


def test_the_corpus_is_there() -> None:
    assert len(FILES) >= 40
