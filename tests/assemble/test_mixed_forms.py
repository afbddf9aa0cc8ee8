"""A report whose 表二 was taken over from one of another year: each table by its own form."""

import pytest

from checker.assemble import assemble
from checker.checks import run_checks
from checker.domain.report import AnnualReport
from checker.readers.builder import DocumentBuilder
from eval.report_plan import Grid
from tests.builders import clean_report


def _with_other_proactive(form: str, other: str) -> AnnualReport:
    """A clean report with the 表二 of a clean report in another form."""
    plan = clean_report(form)
    taken = next(i for i in clean_report(other).items() if isinstance(i, Grid))
    builder = DocumentBuilder("报告.docx", form.encode(), "docx")
    for item in plan.items():
        if not isinstance(item, Grid):
            builder.paragraph(item.text, heading=item.rank == 1)
        elif item.table == "proactive":
            builder.table(taken.cells, geometry="grid")
        else:
            builder.table(item.cells, geometry="grid")
    return assemble(builder.build())


@pytest.mark.parametrize(("form", "other"), [("2021", "2019"), ("2019", "2021")])
def test_the_form_is_that_of_the_year_and_each_table_is_read_by_its_own(
    form: str, other: str
) -> None:
    report = _with_other_proactive(form, other)
    assert report.identity.form == form
    by_table = {t.id: t.form for t in report.tables}
    assert (by_table["proactive"], by_table["requests"]) == (other, form)
    told = {f.rule for f in run_checks(report).findings if f.rule[0] in "FT"}
    assert told == {"F101"}  # and nothing on the right rows of 表三


@pytest.mark.parametrize(("form", "year"), [("2019", 2023), ("2021", 2020)])
def test_a_report_all_in_the_form_of_other_years_keeps_it(form: str, year: int) -> None:
    report = clean_report(form, year=year).report()
    assert {t.form for t in report.tables} == {report.identity.form} == {form}
