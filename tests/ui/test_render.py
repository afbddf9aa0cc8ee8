"""The HTML of the page: escaped, numbered as in the answers, Chinese."""

import re

from lxml import etree

from checker.answers import Answer
from checker.answers.view import View
from checker.domain.run import Problem
from checker.output import phrases
from checker.rulebook import load_forms
from tests.answers.runs import clean_run, sample_run
from ui import handlers, render, strings
from ui.session import Exchange, Session

HOSTILE = "<script>alert(1)</script>![图](http://evil.example/p.png)<img src=x onerror=alert(1)>"
PARTS = (
    render.verdict,
    render.findings,
    render.tables,
    render.open_points,
    render.checked,
    render.chat,
)


def _found(markup: str, path: str) -> list[etree._Element]:
    """Elements at an XPath, in markup that has to be well-formed enough for a browser."""
    tree = etree.fromstring(f"<div>{markup}</div>", etree.HTMLParser())
    found = tree.xpath(path)
    assert isinstance(found, list)
    return [e for e in found if isinstance(e, etree._Element)]


def _session() -> Session:
    return Session().with_file("甲.docx", run=sample_run())


def _hostile() -> Session:
    run = sample_run()
    finding = run.findings[0].model_copy(update={"message": HOSTILE, "title": HOSTILE})
    identity = run.report.identity.model_copy(update={"agency": HOSTILE})
    report = run.report.model_copy(update={"identity": identity})
    doubt = run.doubts[0].model_copy(update={"message": HOSTILE, "quote": HOSTILE})
    hostile = run.model_copy(
        update={
            "report": report,
            "findings": (finding, *run.findings[1:]),
            "doubts": (doubt,),
        }
    )
    session = Session().with_file(HOSTILE, run=hostile).with_file(HOSTILE, run=hostile)
    for question in ("有什么问题", "总体情况写了什么", "有什么存疑", "哪个单位", HOSTILE):
        session = handlers.ask(session, question)
    return session


def test_text_of_a_report_never_becomes_markup() -> None:
    for part in PARTS:
        markup = part(_hostile())
        assert not _found(markup, "//script|//img|//iframe|//*[@onerror]|//*[@src]")
        assert all((a.get("href") or "").startswith("#") for a in _found(markup, "//a"))


def test_failure_of_a_hostile_file_is_escaped() -> None:
    session = Session().with_file(HOSTILE, run=None, failure=HOSTILE)
    for told in (render.verdict(session), render.finished(session, HOSTILE)):
        assert "<script" not in told
        assert "<img" not in told


def test_cards_have_the_numbers_of_the_answers() -> None:
    run = sample_run()
    forms = load_forms()
    cards = [n.finding for g in phrases.grouped(run) for n in g.findings]
    assert tuple(cards) == View(run, forms["2021"], forms).findings


def test_card_points_at_the_suspect_cell_by_keyboard_too() -> None:
    markup = render.findings(_session())
    (card,) = _found(markup, "//*[@id='finding-1']")
    (button,) = _found(markup, "//*[@id='finding-1']//button")
    assert card.get("data-cells") == "requests/new_received/total"
    assert button.get("data-cells") == "requests/new_received/total"


def test_wrong_cell_is_marked_and_numbered_in_the_table() -> None:
    path = "//td[@data-cell='requests/new_received/total']"
    markup = render.tables(_session())
    (cell,) = _found(markup, path)
    (link,) = _found(markup, f"{path}/a")
    assert "xx-error" in (cell.get("class") or "")
    assert link.get("href") == "#finding-1"


def test_severity_is_said_in_words() -> None:
    told = render.findings(_session())
    assert re.findall(r">(..（\d）)<", told) == ["错误（2）", "警告（2）", "提示（1）"]


def test_list_of_reports_shows_every_verdict() -> None:
    session = _session().with_file("坏\n的.docx", run=None, failure="打不开。")
    told = [render.choice(f) for f in session.files]
    assert told[0].endswith("（不通过）")
    assert told[1] == "2. 坏 的.docx（没有核对）"


def test_clean_report_says_so() -> None:
    session = Session().with_file("甲.docx", run=clean_run())
    assert strings.NO_FINDINGS in render.findings(session)
    assert "通过" in render.verdict(session)


def test_page_without_report_explains_itself() -> None:
    assert strings.GUIDE_TITLE in render.tables(Session())
    assert strings.NO_REPORT in render.verdict(Session())
    for part in PARTS:
        part(Session())


def test_rules_not_judged_are_listed_with_their_reason() -> None:
    assert "没有认出单位性质" in render.open_points(_session())


def test_stage_is_marked_for_screen_readers() -> None:
    told = render.progress("表格", "正在核对")
    assert _found(told, "//*[@role='status']")
    assert [e.text for e in _found(told, "//li[@aria-current='step']")] == ["表格"]


def test_what_the_program_did_not_finish_stands_under_a_heading_of_its_own() -> None:
    run = clean_run().model_copy(update={"problems": ()})
    told = render.open_points(Session().with_file("甲.docx", run=run))
    assert "程序没有完成的部分" not in told
    assert told.count("没有。") <= 1
    failed = run.model_copy(update={"problems": (Problem(stage="llm", message="没有答完。"),)})
    told = render.open_points(Session().with_file("甲.docx", run=failed))
    assert "<h3>程序没有完成的部分</h3><ul><li>没有答完。</li></ul>" in told


def test_an_answer_that_is_growing_is_not_said_to_be_checked() -> None:
    asking = Exchange(question="为什么", answer=Answer(kind="model", text="", by="model"))
    told = render.chat(Session(asking=asking))
    assert strings.ANSWERER_ASKING in told
    assert strings.ANSWERER_MODEL not in told
