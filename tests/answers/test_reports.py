"""Questions about several files: which is meant, what each says, what stays with the open one."""

from collections.abc import Sequence

import pytest

from checker.answers import Answer, Conversation
from checker.answers.reports import Report, answer_on_reports
from checker.checks import run_checks
from checker.domain.run import CheckRun
from tests.answers.runs import clean_run, sample_run
from tests.builders import clean_report


def _of(agency: str, year: int, *changes: tuple[str, int]) -> CheckRun:
    plan = clean_report()
    for address, by in changes:
        plan.add(address, by)
    run = run_checks(plan.report())
    identity = run.report.identity.model_copy(update={"agency": agency, "year": year})
    report = run.report.model_copy(update={"identity": identity})
    return run.model_copy(update={"report": report})


MORE = (("requests/new_received/natural_person", 14), ("requests/new_received/total", 14))
THIS = Report(1, "今年.docx", _of("青田县水利和湖泊局", 2024, *MORE))
LAST = Report(2, "旧的.docx", _of("丽水市青田县水利和湖泊局", 2023))
STREET = Report(3, "a.txt", _of("枫桥街道办事处", 2024, ("appeals/reconsideration/total", 1)))
BROKEN = Report(4, "坏.docx", None)
TWO = (Report(1, "甲.docx", sample_run()), Report(2, "乙.docx", clean_run()))
ALL = (THIS, LAST, STREET, BROKEN)


def test_a_file_that_was_not_checked_says_why() -> None:
    why = "报告里没有要核对的三张表。"
    files = (THIS, Report(2, "weather.txt", None, why))
    for question in ("weather.txt为什么没核对", "第2份为什么没有核对", "第2份怎么样"):
        found = ask(question, files)
        assert found is not None, question
        assert found.text == f"第2份 weather.txt：没有核对。{why}"


def test_a_file_is_named_by_its_whole_name_however_short() -> None:
    why = "文件已损坏或不完整，打不开。"
    broken = Report(2, "坏.docx", None, why)
    for files in ((THIS, broken), (THIS, broken, STREET)):
        for question in ("坏.docx为什么不能核对", "坏.docx为什么打不开", "坏.docx呢"):
            found = ask(question, files)
            assert found is not None, question
            assert found.text == f"第2份 坏.docx：没有核对。{why}"
    alone = ask("坏.docx为什么不能核对", (Report(1, "坏.docx", None, why),))
    assert alone is not None
    assert why in alone.text
    two = (THIS, broken, Report(3, "很坏.docx", None, "另一个原因。"))
    longer = ask("很坏.docx为什么不能核对", two)
    assert longer is not None
    assert longer.text.endswith("另一个原因。")


def test_so_many_files_as_were_checked_are_these() -> None:
    found = ask("三份的新收各是多少", ALL)
    assert found is not None
    assert "第3份 a.txt：表三" in found.text
    assert "坏.docx" not in found.text
    unclear = ask("两份的新收各是多少", ALL)
    assert unclear is not None
    assert unclear.kind == "ask_back"
    assert ask("制发3份规范性文件", ALL) is None


def ask(question: str, reports: Sequence[Report], *before: str, shown: int = 1) -> Answer | None:
    context = Conversation()
    for earlier in before:
        found = answer_on_reports(earlier, reports, context=context, shown=shown)
        context = found.context if found else context
    return answer_on_reports(question, reports, context=context, shown=shown)


@pytest.mark.parametrize(
    ("question", "reports", "has", "lacks"),
    [
        ("哪几份有问题", TWO, ["有问题或者没有核对的1份", "第1份 甲.docx：不通过，共5条"], ["乙"]),
        ("哪份没通过", TWO, ["第1份 甲.docx：不通过"], ["乙"]),
        ("哪份能报", TWO, ["“通过”的1份", "第2份 乙.docx：通过"], ["甲"]),
        ("都通过了吗", TWO, ["第1份 甲.docx：不通过", "第2份 乙.docx：通过"], []),
        ("两份都能报吗", TWO, ["第1份 甲.docx：不通过", "第2份 乙.docx：通过"], []),
        ("哪份问题多", TWO, ["最多的是第1份 甲.docx（5条问题）"], []),
        ("一共几份", ALL, ["共4份", "第4份 坏.docx：没有核对。"], []),
        ("哪几份有问题", ALL, ["第3份 a.txt：不通过", "第4份 坏.docx：没有核对"], ["第2份"]),
        ("两份报告收件数各是多少", TWO, ["甲.docx：表三", "填的是17", "乙.docx：表三"], ["多"]),
        ("收件哪份最多", ALL, ["最多的是第1份 今年.docx（80）", "第4份 坏.docx：没有核对"], []),
        ("两份的复议数一样吗", TWO, ["填的是5", "两份一样。"], []),
        ("第1份和第3份复议差多少", ALL, ["第1份比第3份少1。"], ["第2份"]),
        ("两份不予处理各几件", TWO, ["第1份 甲.docx：表三“（五）不予处理”各行“总计”列合计4"], []),
        ("两份自然人占比", TWO, ["“自然人”12÷“总计”17＝70.6%"], ["涉及"]),
        ("全部报告新收加起来", ALL, ["80＋66＋66＝212。第4份没有数字，没有计入。"], []),
        ("三份新收平均多少", ALL[:3], ["平均：（80＋66＋66）÷3＝70.7。"], []),
        ("谁新收最多", ALL, ["最多的是第1份 今年.docx（80）。"], ["乙"]),
        ("哪份最差", TWO, ["问题最重的是第1份 甲.docx（不通过，共5条", "先看结论"], ["乙.docx"]),
        ("哪份最好", ALL, ["最好的是第2份 旧的.docx", "第4份 坏.docx没有核对"], ["a.txt"]),
        ("比较第1份和第3份", ALL, ["表三新收80件", "表三新收66件", "没有共同的问题"], ["第2份"]),
        ("两份报告比一下", TWO, ["第1份 甲.docx（云溪县水利局，2024年）", "没有共同的问题"], []),
        ("哪些通过了哪些没通过", TWO, ["甲.docx：不通过", "乙.docx：通过"], ["“通过”的"]),
        ("这几份总共多少条错误", TWO, ["2份一共5条：错误2条、警告2条、提示1条。"], []),
        ("哪份警告多", TWO, ["最多的是第1份 甲.docx（2条警告）。"], []),
        ("都有谁的报告", ALL, ["第3份 a.txt（枫桥街道办事处）"], []),
        ("枫桥街道那份和旧的那份谁问题多", ALL, ["共2份", "最多的是第3份 a.txt"], ["今年"]),
        ("这两份里面哪份错误最少", TWO, ["最少的是第2份 乙.docx（0条错误）。"], []),
        ("第1和第3份新收差几件", ALL, ["第1份比第3份多14。"], ["第2份"]),
        ("哪份有存疑", TWO, ["甲.docx：识读存疑1处。", "乙.docx：没有识读存疑。"], []),
        ("两份表三都平吗", TWO, ["表三没有算平，有1处。", "乙.docx：表三算得平。"], ["T3"]),
    ],
)  # fmt: skip
def test_every_file_is_told_in_one_line(
    question: str, reports: Sequence[Report], has: Sequence[str], lacks: Sequence[str]
) -> None:
    found = ask(question, reports)
    assert found is not None
    assert found.kind == "reports"
    for piece in has:
        assert piece in found.text
    for piece in lacks:
        assert piece not in found.text
    assert found.highlight == ()
    assert found.citations == ()


@pytest.mark.parametrize(
    ("question", "reports", "number", "has"),
    [
        ("另一份怎么样", TWO, 2, ["第2份 乙.docx：通过"]),
        ("第二份呢", TWO, 2, ["第2份 乙.docx：通过"]),
        ("下一份收了多少件", TWO, 2, ["第2份 乙.docx：表三", "总计：17"]),
        ("枫桥街道那份能报吗", ALL, 3, ["第3份 a.txt：不通过"]),
        ("枫桥街道复议几件", ALL, 3, ["第3份 a.txt：", "总计：8"]),
        ("2023年收了多少件", ALL, 2, ["第2份 旧的.docx：", "总计：66"]),
        ("去年自然人新收多少", ALL, 2, ["第2份 旧的.docx：", "填的是51"]),
        ("第3份第1条要不要改", ALL, 3, ["第3份 a.txt：第1条（错误）T401", "要改"]),
    ],
)
def test_one_other_file_is_answered_without_marking_cells_of_the_open_one(
    question: str, reports: Sequence[Report], number: int, has: Sequence[str]
) -> None:
    found = ask(question, reports)
    assert found is not None
    assert found.context.report == number
    assert found.highlight == ()
    assert not any(c.finding or c.cell for c in found.citations)
    for piece in has:
        assert piece in found.text


def test_the_talk_stays_with_the_file_spoken_of_until_another_is_named() -> None:
    going_on = ask("为什么", ALL, "第3份第1条是什么")
    assert going_on is not None
    assert going_on.text.startswith("第3份 a.txt：第1条（错误）T401")
    assert "理由" in going_on.text
    assert ask("这份的第1条呢", ALL, "第3份第1条是什么") is None
    back = ask("第1份呢", ALL, "第3份第1条是什么")
    assert back is not None
    assert back.context.report is None


@pytest.mark.parametrize(
    ("question", "has"),
    [
        ("新收比去年多多少", ["今年.docx：", "旧的.docx：", "第1份比第2份多14（14÷66＝21.2%）"]),
        ("自然人新收同比增长多少", ["填的是65", "填的是51", "（14÷51＝27.5%）"]),
        ("2024年和2023年收件差多少", ["第1份比第2份多14"]),
        ("上年结转和去年的结转下年对得上吗", ["上年结转", "结转下年度", "第1份比第2份"]),
    ],
)  # fmt: skip
def test_last_years_report_of_the_same_body_is_set_beside_this_years(
    question: str, has: Sequence[str]
) -> None:
    found = ask(question, (THIS, LAST, *((STREET,) if "2023" not in question else ())))
    assert found is not None
    for piece in has:
        assert piece in found.text
    assert "a.txt" not in found.text


@pytest.mark.parametrize(
    "question",
    [
        "有什么问题",
        "自然人新收多少",
        "去年结转几件",
        "规范性文件几份",
        "这是哪份报告",
        "这份报告能报吗",
        "青田县水利和湖泊局的收件数",
        "水利湖泊局收了几件",
        "表三和表四都平吗",
        "自然人都办结了吗",
        "2024年收了多少件",
        "两份天气怎么样",
        "哪家公司申请最多",
        "制发3份规范性文件",
        "这是哪个单位",
        "哪几份行政处罚没有公开",
    ],
)
def test_other_questions_are_about_the_open_file(question: str) -> None:
    assert ask(question, ALL) is None


@pytest.mark.parametrize(
    ("question", "reports", "has"),
    [
        ("另一份怎么样", TWO[:1], "页面上只有1份报告：甲.docx"),
        ("两份收件数各多少", TWO[:1], "页面上只有1份报告"),
        ("第五份呢", TWO, "没有第五份报告，页面上共2份"),
        ("上一份呢", TWO, "没有上一份报告"),
        ("两份收件数各多少", ALL, "页面上有4份报告，请说明是第几份：第1份 今年.docx"),
    ],
)
def test_a_file_that_is_not_there_is_said_to_be_missing(
    question: str, reports: Sequence[Report], has: str
) -> None:
    found = ask(question, reports)
    assert found is not None
    assert found.kind == "ask_back"
    assert has in found.text
