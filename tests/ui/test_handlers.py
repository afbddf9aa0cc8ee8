"""What happens on the page, without a browser."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from checker.answers import Answer, Conversation
from checker.errors import UnreadableFileError
from checker.settings import Limits, Settings
from tests.answers.runs import clean_run, sample_run
from ui import handlers, render, strings
from ui.desk import Desk
from ui.handlers import Step, Upload, check_files
from ui.session import MOST_EXCHANGES, MOST_REPORTS, Session


def _steps(session: Session, *uploads: Upload) -> list[Step]:
    async def collect() -> list[Step]:
        desk = Desk()
        desk.change(lambda _: session)
        return [step async for step in check_files(desk, uploads)]

    # In a thread of its own: playwright keeps a loop running in the main one.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, collect()).result()


def test_sample_is_checked_in_stages() -> None:
    steps = _steps(Session(), handlers.sample())
    assert [s.stage for s in steps] == ["读取", "表格", "规则", "完成", ""]
    assert steps[-1].fresh
    assert steps[-1].session.run is not None
    assert steps[-1].message == f"核对完成：{strings.SAMPLE_NAME}"


def test_bad_file_is_told_in_one_sentence() -> None:
    last = _steps(Session(), Upload("报告.docx", b"\x89PNG\r\n\x1a\n"))[-1]
    assert last.session.run is None
    assert last.message.startswith("“报告.docx”没有核对：")
    assert "Traceback" not in last.message
    assert "\n" not in last.message


def test_every_bad_file_of_an_upload_is_named_with_its_reason() -> None:
    bad = (Upload("空.docx", b""), Upload("图.docx", b"\x89PNG\r\n\x1a\n"))
    steps = _steps(Session(), bad[0], handlers.sample(), bad[1])
    last = steps[-1]
    assert [f.partition("”没有核对：")[0] for f in last.failed] == ["“空.docx", "“图.docx"]
    assert last.failed[0] != last.failed[1].replace("图", "空")
    while_reading = next(s for s in steps if strings.SAMPLE_NAME in s.message)
    assert while_reading.failed == last.failed[:1]
    shown = render.finished(last.session, last.message, failed=last.failed)
    assert shown.count("没有核对：") == 2
    good = _steps(Session(), *bad, handlers.sample())[-1]
    shown = render.finished(good.session, good.message, failed=good.failed)
    assert "核对完成" in shown
    assert shown.count("没有核对：") == 2


def test_an_upload_after_a_bad_one_is_not_blamed_for_it() -> None:
    before = _steps(Session(), Upload("空.docx", b""))[-1].session
    assert _steps(before, handlers.sample())[-1].failed == ()


def test_while_the_first_file_is_read_the_chat_says_so() -> None:
    steps = _steps(Session(), handlers.sample())
    reading = steps[0].session
    assert reading.reading == strings.SAMPLE_NAME
    told = handlers.ask(reading, "有什么问题").exchanges[-1].answer
    assert told.kind == "need_report"
    assert told.text.startswith(f"正在读取“{strings.SAMPLE_NAME}”")
    rule = handlers.ask(reading, "T301是什么意思").exchanges[-1].answer
    assert rule.kind == "rule"
    assert steps[-1].session.reading == ""
    none = handlers.ask(Session(), "有什么问题").exchanges[-1].answer.text
    assert none.startswith("还没有上传报告")


def test_a_second_file_is_read_while_the_first_is_asked_about() -> None:
    first = _steps(Session(), handlers.sample())[-1].session
    reading = _steps(first, handlers.sample()._replace(name="二.docx"))[0].session
    assert reading.reading == "二.docx"
    assert "第1条" in handlers.ask(reading, "有什么问题").exchanges[-1].answer.text


@pytest.mark.parametrize(
    "question", ["有什么问题", "哪些文件没读成", "为什么读不了", "政策解读几篇"]
)
def test_after_bad_files_alone_the_chat_says_which_and_why(question: str) -> None:
    bad = (Upload("空.docx", b""), Upload("图.docx", b"\x89PNG\r\n\x1a\n"))
    session = _steps(Session(), *bad)[-1].session
    told = handlers.ask(session, question).exchanges[-1].answer.text
    for file in session.files:
        assert file.name in told
        assert file.failure in told
    assert handlers.ask(session, "T301是什么意思").exchanges[-1].answer.kind == "rule"


@pytest.mark.parametrize("question", ["哪些文件没读成", "哪份文件打不开，为什么", "为什么读不了"])
def test_a_bad_file_beside_a_good_one_is_told_when_asked(question: str) -> None:
    session = _steps(Session(), handlers.sample(), Upload("空.docx", b""))[-1].session
    told = handlers.ask(session, question).exchanges[-1].answer.text
    assert told.startswith("没有核对的文件1份：\n第2份 空.docx：")
    assert strings.SAMPLE_NAME not in told


def test_only_bad_files_are_told_when_files_are_asked_for() -> None:
    session = _steps(Session(), handlers.sample())[-1].session
    told = handlers.ask(session, "有没有读不了的文件").exchanges[-1].answer.text
    assert told == "页面上的1份文件都核对了，没有读不了的。"
    for question in ("哪些数字没核对", "网址打不开", "哪些格子读不出来"):
        assert "文件都核对了" not in handlers.ask(session, question).exchanges[-1].answer.text


def test_bad_file_leaves_the_open_report_in_place() -> None:
    before = _steps(Session(), handlers.sample())[-1].session
    after = _steps(before, Upload("空.docx", b""))[-1].session
    assert after.run == before.run
    assert after.context == before.context
    assert [f.name for f in after.files] == [strings.SAMPLE_NAME, "空.docx"]


def test_several_files_are_all_checked_and_the_last_good_one_is_shown() -> None:
    good = handlers.sample()
    last = _steps(Session(), good, Upload("空.docx", b""), good._replace(name="二.docx"))[-1]
    assert [bool(f.run) for f in last.session.files] == [True, False, True]
    assert last.session.shown is not None
    assert last.session.shown.name == "二.docx"


def test_unforeseen_error_becomes_a_sentence_without_its_text(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("报告里的秘密文字")

    monkeypatch.setattr(handlers, "check_report", broken)
    last = _steps(Session(), Upload("报告.docx", b"x"))[-1]
    assert strings.UNFORESEEN in last.message
    assert "秘密" not in last.message + caplog.text


def test_checker_error_keeps_its_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise UnreadableFileError("文件是加密的。", path="报告.docx", hint="请去掉密码再传。")

    monkeypatch.setattr(handlers, "check_report", refuse)
    last = _steps(Session(), Upload("报告.docx", b"x"))[-1]
    assert last.message == "“报告.docx”没有核对：文件是加密的。请去掉密码再传。"


def test_uploaded_file_is_deleted_as_soon_as_it_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "hash"
    folder.mkdir()
    path = folder / "u0123456789abcdef_年报.docx"
    path.write_bytes(b"data")
    assert handlers.take(str(path)) == Upload("年报.docx", b"data")
    assert not folder.exists()


def test_file_that_never_arrived_is_told(tmp_path: Path) -> None:
    assert handlers.take(str(tmp_path / "x" / "年报.docx")).failure == strings.LOST


def test_file_over_the_limit_is_not_read_and_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = Settings(limits=Limits(file_bytes=3))
    monkeypatch.setattr(handlers, "load_settings", lambda: small)
    path = tmp_path / "大.docx"
    path.write_bytes(b"1234")
    taken = handlers.take(str(path))
    assert taken.data == b""
    assert "超过" in taken.failure
    assert not path.exists()


def test_session_takes_no_more_than_its_limit() -> None:
    full = Session()
    for number in range(MOST_REPORTS):
        full = full.with_file(f"{number}.docx", run=sample_run())
    steps = _steps(full, handlers.sample(), Upload("乙.docx", b""))
    assert len(steps) == 1
    assert steps[0].warning
    assert "有2份没有核对" in steps[0].message
    assert "“乙.docx”" in steps[0].message
    assert steps[0].session == full


def _with_report() -> Session:
    return Session().with_file("甲.docx", run=sample_run())


def test_question_is_answered_about_the_open_report() -> None:
    asked = handlers.ask(_with_report(), "  第1条怎么改 ")
    assert asked.exchanges[-1].question == "第1条怎么改"
    assert "应为15" in asked.exchanges[-1].answer.text
    assert "空白" in handlers.ask(asked, "那第三条呢").exchanges[-1].answer.text


def test_empty_question_changes_nothing() -> None:
    session = _with_report()
    assert handlers.ask(session, " \n ") is session


def test_long_question_is_refused() -> None:
    told = handlers.ask(_with_report(), "问" * 500).exchanges[-1]
    assert told.answer.text == strings.QUESTION_TOO_LONG
    assert len(told.question) < 210


def test_another_report_starts_its_own_conversation() -> None:
    session = handlers.ask(_with_report(), "第1条是什么").with_file("乙.docx", run=sample_run())
    assert session.context == Conversation()
    back = session.showing(1)
    assert back.shown is not None
    assert back.shown.name == "甲.docx"
    assert back.showing(99) is back


def test_answering_that_breaks_becomes_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> Answer:
        raise RuntimeError("boom")

    monkeypatch.setattr(handlers, "answer", broken)
    told = handlers.ask(_with_report(), "有什么问题").exchanges[-1]
    assert told.answer.text == strings.UNFORESEEN_ANSWER


def test_old_exchanges_fall_off() -> None:
    session = Session()
    for number in range(MOST_EXCHANGES + 5):
        answer = Answer(kind="help", text=str(number))
        session = session.with_exchange("问", answer)
    assert len(session.exchanges) == MOST_EXCHANGES
    assert session.exchanges[0].answer.text == "5"


def test_sessions_share_nothing() -> None:
    first, second = Session(), Session()
    handlers.ask(first.with_file("甲.docx", run=sample_run()), "有什么问题")
    assert second == Session()


def test_files_that_could_not_be_checked_take_no_room() -> None:
    session = Session()
    for number in range(MOST_REPORTS):
        session = session.with_file(f"{number}.docx", run=None, failure="坏")
    assert not session.full


@pytest.mark.parametrize(
    ("question", "named", "left_out"),
    [
        ("哪几份不通过", "第1份 甲.docx：不通过", "乙.docx"),
        ("哪些报告通过了", "第2份 乙.docx：通过", "甲.docx"),
        ("第二份呢", "第2份 乙.docx：通过", "甲.docx"),
        ("第三份怎么样", "没有第三份报告", "甲.docx"),
    ],
)
def test_questions_about_several_files_know_all_of_them(
    question: str, named: str, left_out: str
) -> None:
    session = _with_report().with_file("乙.docx", run=clean_run())
    told = handlers.ask(session, question).exchanges[-1].answer.text
    assert named in told
    assert left_out not in told


def test_a_question_about_one_report_is_not_taken_for_one_about_files() -> None:
    told = handlers.ask(_with_report(), "哪几份行政处罚没有公开").exchanges[-1].answer.text
    assert "第1份" not in told


def test_the_file_that_is_answered_about_is_named_beside_the_question() -> None:
    session = _with_report().with_file("乙.docx", run=clean_run())
    asked = handlers.ask(session, "另一份收了几件")
    assert asked.exchanges[-1].report == "甲.docx"
    assert "第1份 甲.docx：表三" in asked.exchanges[-1].answer.text
    on = handlers.ask(asked, "那复议呢")
    assert on.exchanges[-1].report == "甲.docx"
    assert on.shown == session.shown
    assert handlers.ask(on, "哪几份有问题").exchanges[-1].report == ""
    assert handlers.ask(on, "这份有什么问题").exchanges[-1].report == "乙.docx"
    assert handlers.ask(on.showing(1), "收了几件").exchanges[-1].answer.highlight
