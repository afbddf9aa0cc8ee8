"""Suppositions: a changed copy gives exactly what checking the changed report gives."""

from decimal import Decimal
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.answers import Conversation, answer
from checker.answers.types import Change
from checker.answers.view import View
from checker.answers.whatif import reworded, what_if
from checker.checks import run_checks
from checker.domain.finding import Finding
from checker.domain.run import CheckRun
from checker.pipeline import check_report
from checker.rulebook import form_of_report, load_forms
from tests.answers.runs import checked_run
from tests.builders import clean_report

FORMS = load_forms()


def view_of(run: CheckRun) -> View:
    return View(run, form_of_report(FORMS, run.report), FORMS)


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    return sorted((f.rule, f.message, f.fingerprint) for f in findings)


def addresses(form: str) -> list[str]:
    report = clean_report(form).report()
    return [
        c.address
        for t in report.tables
        for c in t.cells
        if c.value.value is not None and c.value.value == int(c.value.value)
    ]


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_one_more_in_any_cell_finds_what_checking_the_changed_report_finds(form: str) -> None:
    view = view_of(run_checks(clean_report(form).report()))
    for address in addresses(form)[::7]:
        value = view.value(address)
        assert value is not None
        assert value.value is not None
        changed = str(int(value.value) + 1)
        found = what_if(view, (Change(cell=address, printed=changed),))
        plan = clean_report(form)
        plan.set_cell(address, changed)
        checked = run_checks(plan.report())
        assert told(found.after.findings) == told(checked.findings), address
        assert found.after.verdict == checked.verdict
        assert told(found.new) == told(checked.findings)
        assert found.gone == ()


@settings(max_examples=15, deadline=None)
@given(
    st.dictionaries(st.sampled_from(addresses("2021")), st.integers(0, 99), min_size=2, max_size=4)
)
def test_several_cells_at_once_find_what_checking_the_changed_report_finds(
    changes: dict[str, int],
) -> None:
    view = view_of(run_checks(clean_report().report()))
    wanted = tuple(Change(cell=a, printed=str(n)) for a, n in changes.items())
    plan = clean_report()
    for address, value in changes.items():
        plan.set_cell(address, str(value))
    assert told(what_if(view, wanted).after.findings) == told(run_checks(plan.report()).findings)


def test_the_report_itself_is_never_edited() -> None:
    run = checked_run()
    before = run.model_dump_json()
    answer("如果新收总计改成66呢", run, context=Conversation())
    assert run.model_dump_json() == before


def test_repairing_every_fault_leads_to_a_pass() -> None:
    plan = clean_report()
    plan.add("appeals/reconsideration/total", 1)
    run = run_checks(plan.report())
    assert run.verdict == "fail"
    found = answer("如果行政复议总计改成7呢", run, context=Conversation())
    assert "结论会由“不通过”变为“通过”" in found.text
    assert "会消失的问题1处" in found.text


def test_a_finding_of_a_model_is_not_called_gone() -> None:
    run = checked_run()
    own = run.findings[0].model_copy(update={"judged_by": "model", "fingerprint": "m"})
    found = answer(
        "如果新收总计改成66呢",
        run.model_copy(update={"findings": (*run.findings, own)}),
        context=Conversation(),
    )
    assert "语言模型提出的1条意见没有重新核对" in found.text


def test_the_doubt_about_a_cell_falls_away_with_its_figure() -> None:
    plan = clean_report()
    plan.set_cell("requests/granted/commercial", "1 2")
    run = run_checks(plan.report())
    view = view_of(run)
    found = what_if(view, (Change(cell="requests/granted/commercial", printed="2"),))
    assert found.after.verdict == "pass"
    assert [d.cell for d in found.after.doubts] == []


def test_points_of_a_model_come_last_and_are_told_apart() -> None:
    run = checked_run()
    own = run.findings[0].model_copy(update={"judged_by": "model", "fingerprint": "m"})
    with_model = run.model_copy(update={"findings": (own, *run.findings)})
    known = len(run.findings)
    told = answer("模型的意见", with_model, context=Conversation()).text
    assert f"第{known + 1}条（模型意见" in told
    assert "第1条" not in told
    for number in range(1, known + 1):
        asked = f"第{number}条是什么"
        before = answer(asked, run, context=Conversation()).text
        assert answer(asked, with_model, context=Conversation()).text == before
    counted = answer("一共有多少个问题", with_model, context=Conversation()).text
    assert f"共{known}条" in counted
    assert "语言模型的意见1条" in counted
    assert "没有请语言模型" in answer("模型的意见", run, context=Conversation()).text


def test_one_place_is_told_once_with_every_guess() -> None:
    told = answer("如果新收总计改为12件呢", _sample_document(), context=Conversation()).text
    head = told.partition("新出现的问题")[2].partition("\n仍在")[0]
    assert head.startswith("1处")
    assert head.count("总计填12，相差54") == 1
    assert "法律服务机构，应为10" in head
    assert "总计，应为67" in head


def _sample_document() -> CheckRun:
    data = files("ui").joinpath("assets", "sample.docx").read_bytes()
    return check_report(data, name="sample.docx")


# -- figures of the narrative ------------------------------------------------------------------

PROSE = (
    "2024年，本局新收政府信息公开申请{new}件，办结{done}件，发布信息{sent}条，"
    "其中网站{site}条、微信{wechat}条，办结率{rate}%。培训{sent2}次。"
)
FIGURES = {"new": 66, "done": 68, "sent": 120, "site": 80, "wechat": 40, "rate": 93, "sent2": 9}


def prose_run(**changes: int) -> CheckRun:
    text = PROSE.format(**FIGURES | changes)
    return run_checks(clean_report().set_section("overview", text).report())


@pytest.mark.parametrize("name", ["new", "done", "sent", "site", "wechat", "sent2"])
@pytest.mark.parametrize("value", [7, 66, 1200])
def test_a_figure_of_the_prose_finds_what_checking_the_changed_prose_finds(
    name: str, value: int
) -> None:
    view = view_of(prose_run())
    (claim, *_) = [c for c in view.run.claims if c.value == FIGURES[name]]
    wish = reworded(claim, str(value), Decimal(0))
    assert wish is not None
    found = what_if(view, (wish,))
    checked = prose_run(**{name: value})
    assert told(found.after.findings) == told(checked.findings)
    assert [(c.quote, c.verdict, c.reason) for c in found.after.claims] == [
        (c.quote, c.verdict, c.reason) for c in checked.claims
    ]
    (changed,) = found.figures
    assert changed.printed == str(value)


def test_a_figure_and_a_cell_are_supposed_together() -> None:
    run = prose_run(new=70)
    first = answer("如果正文里的70件改为71件呢", run, context=Conversation())
    assert "改后的数字1处" in first.text
    second = answer("再把表三新收总计改成71呢", run, context=first.context)
    assert "里的70改为71" in second.text
    assert "由66改为71" in second.text
    assert {c.key[:5] for c in second.context.supposed} == {"text:", "reque"}


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("如果正文里的66件改为70件呢？", ["里的66改为70", "不一致", "新出现的问题"]),
        ("如果120条改为119条呢", ["里的120改为119", "新出现的问题"]),
        ("如果总体情况里的9次改成10次会怎样", ["里的9改为10", "结论仍是"]),
        ("如果正文里的66件加4件呢", ["里的66改为70"]),
        ("假如正文里的93改成95呢", ["里的93%改为95%"]),
        ("如果正文里的120条改成一百一十九条呢", ["里的120改为119"]),
    ],
)
def test_a_figure_of_the_prose_can_be_supposed(question: str, says: list[str]) -> None:
    found = answer(question, prose_run(), context=Conversation())
    assert found.kind == "supposed"
    for piece in says:
        assert piece in found.text


def test_a_figure_at_several_places_is_asked_back_with_all_of_them() -> None:
    run = prose_run(sent2=80)
    asked = answer("如果正文里的80改为81呢", run, context=Conversation())
    assert asked.kind == "ask_back"
    assert "这个数有2处" in asked.text
    assert "网站80条" in asked.text
    assert "培训80次" in asked.text
    again = answer("第3处", run, context=asked.context)
    assert again.kind == "ask_back"
    found = answer("第2处", run, context=again.context)
    assert "培训80次。”里的80改为81" in found.text


def test_a_figure_that_a_cell_prints_too_is_asked_back_with_the_cell() -> None:
    asked = answer("如果66件改为70件呢", prose_run(), context=Conversation())
    assert asked.kind == "ask_back"
    assert "新收政府信息公开申请66件" in asked.text
    assert "表三" in asked.text
    chosen = answer("第1处", prose_run(), context=asked.context)
    assert "里的66改为70" in chosen.text


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("如果正文里的777条改为1条呢", "正文里没有认出这个数"),
        ("如果正文改为1条呢", "请说明是正文里的哪个数"),
        ("如果正文里的120条改为空白呢", "不是一个数"),
    ],
)
def test_what_is_no_figure_of_the_prose_is_asked_back(question: str, says: str) -> None:
    found = answer(question, prose_run(), context=Conversation())
    assert found.kind == "ask_back"
    assert says in found.text


def test_a_cell_that_is_named_stays_a_cell() -> None:
    found = answer("如果新收总计改为70呢", prose_run(), context=Conversation())
    assert "由66改为70" in found.text
    assert "改后的数字" not in found.text


@pytest.mark.parametrize("question", ["只改一格行吗", "改两处够吗", "撤销第3条", "改一下行吗"])
def test_a_number_of_places_is_no_figure_of_a_cell(question: str) -> None:
    assert answer(question, checked_run(), context=Conversation()).kind != "supposed"


def test_what_stays_is_told_by_its_numbers() -> None:
    told = answer("如果行政处罚改成0呢", checked_run(), context=Conversation()).text
    assert "不受影响、仍在的问题3处：第1、2、3条。" in told
    on = answer("如果行政处罚改成0呢", checked_run(), context=Conversation()).context
    assert "T303" in answer("还有别的问题吗", checked_run(), context=on).text
