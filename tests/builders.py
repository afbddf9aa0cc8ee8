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
    "clean_report",
]
