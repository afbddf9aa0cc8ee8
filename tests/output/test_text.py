"""The text for the terminal."""

import json
import re
from collections.abc import Callable
from typing import Literal

import pytest

from checker.answers import Conversation, answer
from checker.assemble.bodies import classify
from checker.checks import run_checks
from checker.domain.finding import Basis, TextEvidence
from checker.domain.locator import Locator
from checker.domain.report import Identity
from checker.domain.run import ModelPart, RuleOutcome
from checker.output import CheckedFile, FailedFile, phrases, render
from checker.output.html_ledger import html_ledger
from checker.output.labels import EMPTY_FORM
from checker.output.ledger import list_ledger
from checker.output.phrases import not_judged_lines
from checker.output.text import outcome_line, result_text
from tests.builders import blank_form, clean_report
from tests.output.sample import cell_evidence, clean_run, failing_run

FAILED = FailedFile(
    file="坏.docx", kind="UnreadableFileError", message="文件损坏，打不开。", hint="请重新保存。"
)
FAILING = CheckedFile(file="云溪县林业局.docx", run=failing_run())
CLEAN = CheckedFile(file="好.txt", run=clean_run())


def test_the_text_is_as_expected(expected: Callable[[str, str], None]) -> None:
    expected("output/failing.txt", render([FAILING], "text"))


def test_several_files_end_in_a_summary(expected: Callable[[str, str], None]) -> None:
    expected("output/several.txt", render([CLEAN, FAILED], "text"))


def test_the_verdict_stands_before_the_findings() -> None:
    lines = result_text(FAILING).splitlines()
    assert lines[1] == "结论：不通过（错误2 警告1 提示1，存疑2）"


def test_errors_stand_before_warnings_and_notes() -> None:
    text = result_text(FAILING)
    assert text.index("F102") < text.index("T303") < text.index("C101") < text.index("T204")


def test_the_suggested_value_is_told_once() -> None:
    row = "表三“一、本年新收政府信息公开申请数量”行"
    text = result_text(FAILING)
    assert "最可能填错：总计，应为3。" in text
    assert f"{row}“总计”列（填“4”）" in text
    assert "建议值" not in text


def test_a_suggested_value_that_the_message_leaves_out_is_told() -> None:
    run = failing_run()
    found = next(f for f in run.findings if f.suggested_value is not None)
    bare = found.model_copy(update={"message": "合计不等。"})
    text = result_text(CheckedFile(file="x", run=run.model_copy(update={"findings": (bare,)})))
    assert (
        "建议值：表三“一、本年新收政府信息公开申请数量”行“总计”列由“4”改为 3（请先核实）\n" in text
    )


def test_articles_of_one_law_stand_together() -> None:
    run = failing_run()
    law = "中华人民共和国政府信息公开条例"
    basis = (Basis(source=law, clause="第五十条"), Basis(source=law, clause="第四十六条"))
    finding = run.findings[0].model_copy(update={"basis": basis})
    assert phrases.basis_line(finding) == f"《{law}》第五十条、第四十六条"


def test_titles_of_sections_stand_on_one_line() -> None:
    locator = Locator(page=2, start=0, end=1, block=0)
    evidence = tuple(
        TextEvidence(section=i, quote=q, locator=locator)
        for i, q in (("overview", "一、总体情况"), ("other_matters", "六、其他需要报告的事项"))
    )
    run = failing_run()
    finding = run.findings[0].model_copy(update={"evidence": evidence})
    told = phrases.places(run, finding)
    assert [p.text for p in told] == ["第2页 标题“一、总体情况”、“六、其他需要报告的事项”"]


def evidence(*addresses: str) -> CheckedFile:
    """A run with one finding over these cells."""
    run = clean_run()
    finding = failing_run().findings[0]
    cells = tuple(cell_evidence(run.report, a) for a in addresses)
    found = finding.model_copy(update={"evidence": cells})
    return CheckedFile(file="x", run=run.model_copy(update={"findings": (found,)}))


def test_few_cells_are_named_one_by_one() -> None:
    text = result_text(evidence("appeals/reconsideration/total", "appeals/reconsideration/other"))
    assert "位置：第2页 表四“行政复议”行“总计”列（填“0”）、表四“行政复议”行“其他结果”列" in text


def test_many_cells_are_named_by_rows() -> None:
    columns = ("upheld", "corrected", "other", "pending", "total")
    text = result_text(evidence(*(f"appeals/reconsideration/{c}" for c in columns)))
    assert "位置：第2页 表四“行政复议”行的5格\n" in text


def test_a_column_of_cells_is_named_as_one() -> None:
    rows = ("granted", "partially_granted", "denied.state_secret", "total")
    text = result_text(evidence(*(f"requests/{r}/total" for r in rows)))
    assert "位置：第2页 表三“总计”列的4格\n" in text


def test_the_figures_of_the_text_are_summed_up() -> None:
    assert "正文里没有认出数字。" in result_text(CLEAN) or "正文数字和说法" in result_text(CLEAN)


def test_the_report_cannot_steer_the_terminal() -> None:
    text = result_text(FAILING)
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_colour_only_adds_codes() -> None:
    coloured = result_text(FAILING, colour=True)
    assert "\x1b[1;31m不通过\x1b[0m" in coloured


def test_a_clean_report_says_so() -> None:
    text = result_text(CLEAN)
    assert "结论：通过" in text
    assert "没有发现问题。" in text


def test_one_line_tells_the_outcome_of_one_or_several_files() -> None:
    assert outcome_line([FAILING]) == "结论：不通过（错误2 警告1 提示1，存疑2）。"
    assert outcome_line([FAILING, FAILED]).startswith("共 2 份：不通过 1 份")


def test_an_empty_form_is_called_so() -> None:
    run = clean_run()
    empty = run.model_copy(update={"report": run.report.model_copy(update={"empty_form": True})})
    assert EMPTY_FORM in result_text(CheckedFile(file="x", run=empty))


def test_rules_not_judged_for_one_reason_stand_together() -> None:
    same = tuple(
        RuleOutcome(rule=r, title=r, status="not_judged", reason="这是空白表式。")
        for r in ("S101", "S102")
    )
    run = clean_run().model_copy(update={"outcomes": same})
    assert " · S101、S102：这是空白表式。\n" in result_text(CheckedFile(file="x", run=run))


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_many_rules_of_one_reason_are_told_by_kind(
    form: Literal["text", "markdown", "html"],
) -> None:
    rules = ("N101", "N102", "S101", "S102", "S103", "T301")
    same = tuple(
        RuleOutcome(rule=r, title=r, status="not_judged", reason="看不清。") for r in rules
    )
    run = clean_run().model_copy(update={"outcomes": same})
    told = render([CheckedFile(file="x", run=run)], form)
    assert "看不清。没有核对的：正文与表格2条、各部分内容3条、表三1条，共6条规则。" in told
    assert "N101" not in told
    data = json.loads(render([CheckedFile(file="x", run=run)], "json"))
    assert [o["rule"] for o in data["checked"]] == list(rules)


def test_rules_judged_in_part_are_not_called_left_out() -> None:
    some = tuple(
        RuleOutcome(rule=f"T30{n}", title="x", status="pass", tests=3, reason="两格看不清。")
        for n in range(1, 6)
    )
    run = clean_run().model_copy(update={"outcomes": some})
    assert " · 两格看不清。涉及：表三5条，共5条规则。\n" in result_text(
        CheckedFile(file="x", run=run)
    )


def test_a_blank_form_is_one_plain_sentence_everywhere() -> None:
    run = run_checks(blank_form().report())
    assert run.report.empty_form
    (line,) = not_judged_lines(run)
    assert line.startswith("这是没有填写的空白表式，不核对内容。没有核对的：")
    assert line.endswith("条规则。填写后请再核对一次。")
    assert not re.search(r"[A-Z]\d{3}", line)
    assert line in result_text(CheckedFile(file="x", run=run))
    asked = answer("有什么没有核对", run, context=Conversation()).text
    assert "没有核对的：" in asked
    assert asked.count("N1") == 0


def test_a_model_that_did_not_answer_is_named_beside_the_verdict() -> None:
    run = clean_run().model_copy(update={"verdict": "review", "model": ModelPart(status="failed")})
    line = result_text(CheckedFile(file="x", run=run)).splitlines()[1]
    assert line.endswith("；语言模型没有看完正文）")


def test_only_outside_the_ledger_is_the_ledger_pointed_at() -> None:
    run = run_checks(clean_report().set_section("overview", "本局办结68件。").report())
    assert "xxgk ledger" in result_text(CheckedFile(file="x", run=run))
    assert "xxgk ledger" not in list_ledger(run)
    assert "xxgk ledger" not in html_ledger(run)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("云溪县水务局", "云溪县水务局（县级部门）"),
        ("云溪县青石街道办事处", "云溪县青石街道办事处（乡镇街道级派出机关）"),
        ("云溪县高新区管委会", "云溪县高新区管委会（派出机构；层级未能认定："),
        ("云溪县公安局城关分局", "云溪县公安局城关分局（部门；层级未能认定："),
        ("云溪县自来水公司", "云溪县自来水公司（县级；单位性质未能认定："),
    ],
)
def test_what_is_not_known_of_the_body_is_told_with_the_reason(name: str, shown: str) -> None:
    body = classify(name)
    identity = Identity(
        agency=name, level=body.level, kind_of_body=body.kind, class_reason=body.reason
    )
    line = phrases.identity_line(identity)
    assert shown in line
    assert ("未能认定" in line.split("年度")[0]) == bool(body.reason)
    run = run_checks(clean_report().report())
    told = run.report.model_copy(update={"identity": identity})
    asked = answer("哪一级的单位", run.model_copy(update={"report": told}), context=Conversation())
    assert body.reason in asked.text
    assert ("单位性质：派出机构" in asked.text) == (body.kind == "branch" and body.level is None)
