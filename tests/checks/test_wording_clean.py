"""A hundred reports without a fault of wording, of many bodies, years and formats."""

import random

import pytest

from checker.domain.report import AnnualReport
from checker.pipeline import read_report
from tests.builders import clean_report
from tests.checks.test_wording_attacks import HARMLESS
from tests.checks.wording_runs import RULES, told
from tests.renderers import render
from tests.rule_cases import bound_cases

FORMATS = ("html", "txt", "md", "html", "txt", "md", "html", "txt", "md", "pdf")
BODIES = (
    "云溪县人民政府",
    "云溪县人民政府办公室",
    "云溪县水务局",
    "云溪县发展和改革委员会",
    "云溪县农业农村局(乡村振兴局)",
    "云溪县石桥镇人民政府",
    "云溪县柳坪乡人民政府",
    "明湖区人民政府",
    "明湖区柳岸街道办事处",
    "云溪经济技术开发区管理委员会",
    "国家税务总局云溪县税务局",
    "湖北省文化遗产厅",
)
GUIDES = {
    2019: "以习近平新时代中国特色社会主义思想为指导，贯彻党的十九大和十九届二中、四中全会精神。",
    2020: "贯彻党的十九届四中、五中全会精神，增强“四个意识”、坚定“四个自信”、做到“两个维护”。",
    2021: "深入学习贯彻习近平法治思想，贯彻党的十九届五中、六中全会精神。",
    2022: "深入学习宣传贯彻党的二十大精神，坚持以人民为中心。",
    2023: "贯彻党的二十届二中全会精神，开展学习贯彻习近平新时代中国特色社会主义思想主题教育。",
    2024: "贯彻党的二十大和二十届二中、三中全会精神，深刻领悟“两个确立”的决定性意义。",
    2025: "贯彻党的二十届三中全会精神，以中国式现代化全面推进各项工作。",
}


def _passing_texts() -> tuple[tuple[str, ...], ...]:
    """Overviews that cases of the rules let pass that look at no body and no year."""
    texts: list[tuple[str, ...]] = []
    for bound in bound_cases():
        case = bound.case
        general = bound.rule in ("W101", "W103", "W104", "W106") and not case.file_name
        if general and case.expect == "pass" and bound.form == "2021" and "overview" in case.text:
            text = case.text["overview"]
            texts.append(tuple(text.splitlines()) if isinstance(text, str) else text)
    return tuple(texts)


def _report(number: int) -> AnnualReport:
    chosen = random.Random(number)
    year = chosen.choice(sorted(GUIDES))
    plan = clean_report("2019" if year < 2021 else "2021", body=chosen.choice(BODIES), year=year)
    lines = [f"{year}年，工作平稳有序。", GUIDES[year], *chosen.sample(HARMLESS, 8)]
    plan.set_section("overview", lines)
    plan.set_section("problems", [*plan.sections["problems"], *chosen.sample(HARMLESS, 2)])
    kind = FORMATS[number % len(FORMATS)]
    return read_report(render(plan, kind), name=f"report.{kind}")


@pytest.mark.parametrize("number", range(100))
def test_nothing_is_said_about_a_clean_report(number: int) -> None:
    report = _report(number)
    assert {rule: told(rule, report) for rule in RULES} == {rule: [] for rule in RULES}


def test_what_one_rule_lets_pass_no_other_rule_tells() -> None:
    texts = _passing_texts()
    assert len(texts) > 20
    for lines in texts:
        report = clean_report("2021").set_section("overview", lines).report()
        assert [told(rule, report) for rule in ("W101", "W103", "W104", "W106", "W107")] == [[]] * 5
