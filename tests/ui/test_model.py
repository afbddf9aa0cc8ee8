"""The language model on the page: nothing is sent unbidden, nothing is lost, nobody waits."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Timer
from typing import TypeVar

import pytest

from checker.settings import ModelSettings, Settings
from tests.llm.reports import reply
from tests.llm.server import MODEL, Server, Step, error, running
from ui import handlers, render, strings
from ui.desk import Desk
from ui.handlers import Step as Shown
from ui.session import Session

_Item = TypeVar("_Item")
POINT = reply(coverage=[{"topic": "problems", "quote": None, "concrete": False}])
REMOTE = ModelSettings(base_url="https://model.example.gov.cn/v1", model=MODEL)


def collected(items: Callable[[], AsyncIterator[_Item]]) -> list[_Item]:
    async def collect() -> list[_Item]:
        return [item async for item in items()]

    # In a thread of its own: playwright keeps a loop running in the main one.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, collect()).result()


def checked(desk: Desk) -> list[Shown]:
    return collected(lambda: handlers.check_files(desk, [handlers.sample()]))


def talked(desk: Desk, question: str) -> list[Session]:
    return collected(lambda: handlers.talk(desk, question))


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[[ModelSettings], None]:
    def set_to(settings: ModelSettings) -> None:
        monkeypatch.setattr(handlers, "load_settings", lambda: Settings(llm=settings))

    return set_to


@pytest.fixture
def server(use: Callable[[ModelSettings], None]) -> Iterator[Server]:
    with running() as started:
        use(
            ModelSettings(
                base_url=started.url, model=MODEL, timeout=40, retries=0,
                structured_output="json_schema",
            )
        )  # fmt: skip
        yield started
        assert not started.unexpected


# -- nothing unbidden ------------------------------------------------------------------------


def test_nothing_is_sent_while_the_switch_is_off(server: Server) -> None:
    desk = Desk(model=False)
    stages = [s.stage for s in checked(desk)]
    assert stages == ["读取", "表格", "规则", "完成", ""]
    assert talked(desk, "自然人新收多少")[-1].exchanges[-1].answer.by == "code"
    assert server.requests == []


def test_a_model_elsewhere_is_off_until_it_is_switched_on(
    use: Callable[[ModelSettings], None],
) -> None:
    use(REMOTE)
    assert handlers.host_of_model() == "model.example.gov.cn"
    assert not handlers.stays_here()
    told = render.model_notice(
        Session(), host=handlers.host_of_model(), model=MODEL, here=handlers.stays_here()
    )
    assert "不发送任何内容" in told
    assert "model.example.gov.cn" in told


def test_a_model_on_this_machine_is_said_to_be_here(server: Server) -> None:
    assert handlers.stays_here()
    told = render.model_notice(
        Session(model=True), host=handlers.host_of_model(), model=MODEL, here=True
    )
    assert "运行本程序的电脑上" in told


def test_without_an_endpoint_there_is_no_model() -> None:
    desk = Desk(model=True)
    assert not handlers.host_of_model()
    assert [s.stage for s in checked(desk)] == ["读取", "表格", "规则", "完成", ""]


# -- reading ---------------------------------------------------------------------------------


def test_what_the_code_found_is_shown_before_the_model_answers(server: Server) -> None:
    server.will(Step(reply=POINT, delay=0.5))
    desk = Desk(model=True)
    steps = checked(desk)
    assert [s.stage for s in steps] == ["读取", "表格", "规则", "语言模型", ""]
    assert steps[3].fresh
    before, after = steps[3].session.run, steps[-1].session.run
    assert before is not None
    assert after is not None
    assert {f.judged_by for f in before.findings} == {"code"}
    assert [f for f in after.findings if f.judged_by == "code"] == list(before.findings)
    told = render.findings(steps[-1].session)
    assert strings.MODEL_TAG in told
    assert "用了2560个 token" in told
    assert strings.MODEL_GROUP_HINT in told
    assert handlers.host_of_model() in steps[3].message


def test_a_failing_model_leaves_the_result_of_the_code(server: Server) -> None:
    server.will(error(500, "boom"))
    steps = checked(Desk(model=True))
    run = steps[-1].session.run
    assert run is not None
    assert run.model.status == "failed"
    told = render.findings(steps[-1].session)
    assert strings.MODEL_FAILED in told
    assert "HTTP 500" in told
    assert 'id="finding-1"' in told


def test_stopping_keeps_the_result_of_the_code(server: Server) -> None:
    server.will(Step(reply=POINT, delay=6))
    desk = Desk(model=True)
    Timer(1, desk.stop).start()
    start = time.monotonic()
    last = checked(desk)[-1]
    assert time.monotonic() - start < 5
    assert last.session.run is not None
    assert last.session.run.verdict == "fail"
    assert not desk.working


def test_a_hanging_server_can_be_left_from_the_page(server: Server) -> None:
    server.hangs = 8
    desk = Desk(model=True)
    Timer(1, desk.stop).start()
    start = time.monotonic()
    steps = checked(desk)
    assert time.monotonic() - start < 5
    shown = [s for s in steps if s.stage == "语言模型"]
    assert shown[0].session.run is not None  # the result of the code stands meanwhile
    assert steps[-1].session.run is not None
    assert not desk.working


def test_a_report_can_be_read_by_the_model_later(server: Server) -> None:
    server.will(Step(reply=POINT))
    desk = Desk(model=False)
    checked(desk)
    desk.change(lambda s: s.model_copy(update={"model": True}))
    run = desk.session.run
    assert run is not None
    assert handlers.may_consult(desk.session, run)
    collected(lambda: handlers.read_again(desk))
    run = desk.session.run
    assert run is not None
    assert run.model.status == "used"
    assert not handlers.may_consult(desk.session, run)


def test_nothing_comes_back_after_clearing(server: Server) -> None:
    server.will(Step(reply=POINT, delay=2))
    desk = Desk(model=True)
    Timer(1, desk.clear).start()
    checked(desk)
    assert desk.session == Session(model=True)


# -- talking ---------------------------------------------------------------------------------


def _desk(server: Server) -> Desk:
    desk = Desk(model=False)
    checked(desk)
    desk.change(lambda s: s.model_copy(update={"model": True}))
    return desk


def test_an_answer_grows_sentence_by_sentence(server: Server) -> None:
    server.will(Step(content="第1条是错误[问题1]。第2条也是错误[问题2]。结论是不通过[结论]。"))
    sessions = talked(_desk(server), "讲讲前两处毛病")
    growing = [s.asking.answer.text for s in sessions if s.asking]
    assert growing[0] == ""
    assert growing[1] == "第1条是错误[问题1]。"
    assert strings.THINKING in render.chat(sessions[0])
    last = sessions[-1]
    assert last.asking is None
    assert last.exchanges[-1].answer.text.endswith("结论是不通过[结论]。")
    told = render.chat(last)
    assert strings.ANSWERER_MODEL in told
    assert 'href="#finding-1">[问题1]</a>' in told
    assert "[问题2] 第2条" in told
    assert strings.THINKING not in told


def test_words_of_a_model_never_become_markup(server: Server) -> None:
    hostile = "<img src=x onerror=alert(1)>[点此](http://evil.example) 第1条[问题1]。"
    server.will(
        Step(content=f"第1条是错误[问题1]。{hostile}![图](http://evil.example/p.png)[问题1]。")
    )
    last = talked(_desk(server), "讲讲第一处毛病")[-1]
    told = render.chat(last)
    assert "<img" not in told
    assert "evil.example" not in told
    assert "2句没有依据，未显示" in told


def test_a_failing_model_is_told_and_the_embedded_answer_given(server: Server) -> None:
    server.will(error(429, "busy"))
    last = talked(_desk(server), "自然人新收多少")[-1]
    told = render.chat(last)
    assert "填的是51" in told
    assert "语言模型没有回答：" in told


def test_leaving_the_page_stops_the_model_and_frees_the_talk(server: Server) -> None:
    server.will(Step(content="第1条是错误[问题1]。", delay=3))
    desk = _desk(server)

    async def left() -> None:
        talking = handlers.talk(desk, "讲讲第一处毛病")
        await anext(talking)
        assert desk.session.asking is not None
        assert desk.working
        await talking.aclose()  # type: ignore[attr-defined]

    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, left()).result()
    assert desk.session.asking is None
    assert not desk.working


def test_what_was_uploaded_while_a_model_answers_is_kept(server: Server) -> None:
    server.will(Step(content="第1条是错误[问题1]。", delay=1.5))
    desk = _desk(server)
    change = lambda s: s.with_file("第二份.docx", run=None, failure="打不开。")  # noqa: E731
    Timer(0.5, desk.change, (change,)).start()
    talked(desk, "讲讲第一处毛病")
    assert [f.name for f in desk.session.files] == [strings.SAMPLE_NAME, "第二份.docx"]
    assert desk.session.exchanges[-1].answer.by == "model"
    assert desk.session.memory.turns


def test_an_answer_about_another_report_does_not_mix_with_the_talk(server: Server) -> None:
    server.will(Step(content="第1条是错误[问题1]。", delay=1.5))
    desk = _desk(server)
    run = desk.session.run
    Timer(0.5, desk.change, (lambda s: s.with_file("第二份.docx", run=run),)).start()
    talked(desk, "讲讲第一处毛病")
    assert desk.session.exchanges[-1].answer.by == "model"
    assert desk.session.memory.turns == ()
    assert desk.session.context.finding is None


def test_eight_users_wait_for_the_model_at_the_same_time(server: Server) -> None:
    server.always = Step(content="第1条是错误[问题1]。")
    desks = [_desk(server) for _ in range(8)]
    talked(desks[0], "讲讲第一处毛病")  # the libraries are loaded once
    server.gate = threading.Barrier(8, timeout=30)  # nobody is answered before all eight asked

    async def all_at_once() -> None:
        async def one(desk: Desk) -> None:
            async for _ in handlers.talk(desk, "讲讲第一处毛病"):
                pass

        await asyncio.gather(*(one(d) for d in desks))

    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, all_at_once()).result()
    assert [d.session.exchanges[-1].answer.by for d in desks] == ["model"] * 8


def test_every_page_has_a_desk_of_its_own() -> None:
    from copy import deepcopy

    first = Desk(model=True)
    second = deepcopy(first)
    first.change(lambda s: s.with_file("甲.docx", run=None))
    assert second.session == Session(model=True)
