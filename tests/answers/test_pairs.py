"""Two figures named by their numbers: both places, what they count, whether they must agree."""

from collections.abc import Sequence

import pytest

from checker.answers import Answer, Conversation, answer
from checker.answers.pairs import UNBOUND, WHICH
from checker.checks import run_checks
from checker.domain.run import CheckRun
from tests.builders import clean_report


def run_of(overview: str) -> CheckRun:
    return run_checks(clean_report().set_section("overview", overview).report())


def asked(question: str, run: CheckRun) -> Answer:
    return answer(question, run, context=Conversation())


OTHER_SCOPE = run_of("2024年，全县共收到政府信息公开申请617件。")
WRONG = run_of("2024年，本局新收政府信息公开申请76件，全年发布信息328条，培训4次。")
PARTS = run_of("2024年，本局发布信息120条，其中网站80条、微信40条。")


@pytest.mark.parametrize(
    ("question", "run", "says"),
    [
        ("76件和66件为什么不一样", WRONG, ["76：正文“", "本局新收政府信息公开申请76件", "列填66"]),
        ("76件和66件为什么不一样", WRONG, ["相差10", "两处应当一致：", "有关的问题：第"]),
        ("66和76哪个对", WRONG, ["两处应当一致：", WHICH]),
        ("76件和66件差多少", WRONG, ["相差10"]),
        ("328条和4次是一回事吗", WRONG, ["全年发布信息328条", "培训4次", UNBOUND]),
        ("328条和4次哪个对", WRONG, [UNBOUND, "两个数可能都对；", WHICH]),
        ("120条和80条为什么不一样", PARTS, ["两处不要求相同", "80", "40"]),
        ("正文的76件和表三的66件矛盾吗", WRONG, ["两处应当一致："]),
        ("328条和777条差多少", WRONG, ["777：报告的正文和三张表里都没有这个数。"]),
        ("51和3有什么区别", WRONG, ["列填51", "同在一个等式里：", "T303"]),
    ],
)  # fmt: skip
def test_both_places_and_what_binds_them_are_told(
    question: str, run: CheckRun, says: Sequence[str]
) -> None:
    found = asked(question, run)
    assert found.kind == "compare"
    for piece in says:
        assert piece in found.text
    for cited in found.citations:
        assert cited.quote is None or cited.cell or cited.quote in run.report.document.text


def test_figures_of_another_scope_need_not_agree() -> None:
    found = asked("617件和66件为什么不一样", OTHER_SCOPE)
    assert "不能认定两处必须一致：" in found.text
    assert "说的是整个地区" in found.text
    assert "应当一致" not in found.text


@pytest.mark.parametrize(
    "question",
    [
        "777件和888件为什么不一样",
        "17件和66件哪个部门不一样",
        "自然人和商业企业差多少",
        "66件对不对",
    ],
)
def test_other_questions_are_no_pair(question: str) -> None:
    found = asked(question, WRONG)
    assert "两个数相差" not in found.text


def test_a_figure_that_stands_nowhere_gets_no_relation() -> None:
    found = asked("777件和76件哪个对", WRONG)
    assert "两个数相差" not in found.text
    assert WHICH not in found.text
