"""One figure of the narrative that is wrong in two ways is one fault."""

from checker.checks import run_checks
from checker.domain.finding import Finding
from eval.builders import clean_report
from eval.report_plan import ReportPlan


def _plan(*lines: str) -> ReportPlan:
    plan = clean_report("2021", body="云溪县水务局", year=2024)
    return plan.set_section(
        "overview",
        [
            "2024年，本局认真做好公开工作。",
            *lines,
            "主动公开。全年发布各类信息三百余条。",
            "政府信息管理。公开前逐条进行保密审查。",
            "平台建设。门户网站专栏改版一次。",
            "监督保障。公开工作纳入年度考核。",
        ],
    )


def _grave(plan: ReportPlan) -> list[Finding]:
    return [f for f in run_checks(plan.report()).findings if f.severity != "note"]


def _new_received() -> int:
    return int(clean_report("2021").tables["requests"]["new_received"]["total"])


def test_one_figure_wrong_against_cells_and_parts_is_one_finding() -> None:
    count = _new_received()
    row = clean_report("2021").tables["requests"]["new_received"]
    people = int(row["natural_person"])
    told = f"申请{count + 30}件，其中自然人{people}件、法人或其他组织{count - people}件"
    found = _grave(_plan(f"依申请公开。全年收到政府信息公开{told}。"))
    about = [f for f in found if {"N101", "A101"} & {f.rule, *f.also_rules}]
    assert len(about) == 1
    assert {"N101", "A101"} <= {about[0].rule, *about[0].also_rules}


def test_two_figures_of_one_clause_are_two_faults() -> None:
    row = clean_report("2021").tables["requests"]["new_received"]
    people, firms = int(row["natural_person"]), int(row["commercial"])
    told = f"其中自然人{people + 1}件、商业企业{firms + 3}件"
    found = _grave(_plan(f"依申请公开。全年收到政府信息公开申请{_new_received()}件，{told}。"))
    assert [f.rule for f in found].count("N101") == 2
