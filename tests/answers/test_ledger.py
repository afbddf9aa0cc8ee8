"""Questions on the figures of the narrative."""

from checker.answers import Answer, Conversation, answer
from checker.checks import run_checks
from checker.domain.run import CheckRun
from tests.builders import clean_report


def checked(text: str) -> CheckRun:
    plan = clean_report()
    plan.set_section("overview", text)
    return run_checks(plan.report())


def ask(question: str, run: CheckRun) -> Answer:
    return answer(question, run, context=Conversation())


def test_a_figure_that_disagrees_is_told_with_its_cell() -> None:
    run = checked("全年收到政府信息公开申请67件，办结68件。")
    found = ask("正文数字和表格一致吗", run)
    assert found.kind == "ledger"
    assert "不一致1处" in found.text
    assert "正文写67件" in found.text
    assert "requests/new_received/total" in found.highlight
    assert [c.quote for c in found.citations if c.quote and not c.cell] == [
        "全年收到政府信息公开申请67件"
    ]
    assert [c.rule for c in found.citations if c.finding] == ["N101"]


def test_agreeing_figures_are_told_as_such() -> None:
    found = ask("正文数字和表格一致吗", checked("全年收到政府信息公开申请66件。"))
    assert "没有发现与表格矛盾的数字" in found.text


def test_a_quoted_figure_carries_its_verdict() -> None:
    found = ask("政策图谱多少个", checked("全年制作政策图谱20个。"))
    assert "“全年制作政策图谱20个" in found.text
    assert "无法用表格核对" in found.text
