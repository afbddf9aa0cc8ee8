"""Clean reports of fictitious bodies, and ways to spoil them: those of the suites."""

from eval.builders import clean_report
from eval.report_plan import APPLICANTS, ExtraRow, Figures, Grid, Heading, ReportPlan

__all__ = [
    "APPLICANTS",
    "ExtraRow",
    "Figures",
    "Grid",
    "Heading",
    "ReportPlan",
    "blank_form",
    "clean_report",
]


def blank_form() -> ReportPlan:
    """The official form that nobody has filled in."""
    plan = clean_report()
    for table, rows in plan.tables.items():
        for row, cells in rows.items():
            for column in cells:
                plan.set_cell(f"{table}/{row}/{column}", "")
    for section in ("overview", "problems", "other_matters"):
        plan.set_section(section, "")
    plan.introduction, plan.title = [], ["政府信息公开工作年度报告"]
    return plan
