"""The language model in a real browser: the notice, the switch, a streamed answer, the stop."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.llm.reports import reply
from tests.llm.server import MODEL, Server, Step, running
from tests.ui.conftest import PATIENCE, Served, Visit, serving, visiting
from ui import strings

POINT = reply(coverage=[{"topic": "problems", "quote": None, "concrete": False}])
expect.set_options(timeout=PATIENCE)
SLOWLY = 0.0005  # seconds between bytes; an answer has some 15 kB


@pytest.fixture(scope="module")
def served_with_model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Server]]:
    with running() as server:
        environment = {
            "XXGK_LLM_BASE_URL": server.url,
            "XXGK_LLM_MODEL": MODEL,
            "XXGK_LLM_RETRIES": "0",
        }
        with serving(tmp_path_factory.mktemp("model"), **environment) as page:
            yield page, server


@pytest.fixture
def server(served_with_model: tuple[Served, Server]) -> Server:
    served_with_model[1].steps.clear()
    served_with_model[1].asked.clear()
    return served_with_model[1]


@pytest.fixture
def visit(browser: Browser, served_with_model: tuple[Served, Server]) -> Iterator[Visit]:
    with visiting(browser, served_with_model[0].url) as window:
        yield window


def test_it_is_said_where_things_go_before_anything_is_sent(visit: Visit, server: Server) -> None:
    box = visit.page.locator("#xg-model")
    expect(box).to_contain_text(f"127.0.0.1:{server.port}")
    expect(box).to_contain_text(MODEL)
    expect(box.locator("input[type=checkbox]")).to_be_checked()  # the model is on this machine
    box.locator("input[type=checkbox]").uncheck()
    expect(box).to_contain_text("不发送任何内容")
    visit.sample()
    assert "填的是51" in visit.ask("自然人新收多少")
    expect(visit.page.locator("#xg-again")).to_have_count(0)
    assert server.asked == []


def test_the_result_of_the_code_is_there_while_the_model_reads(
    visit: Visit, server: Server
) -> None:
    server.will(Step(reply=POINT, delay=2))
    visit.sample()
    page = visit.page
    expect(page.locator(".xg-steps .xg-now")).to_have_text("语言模型")
    expect(page.locator(".xg-verdict strong")).to_have_text("不通过")
    expect(page.locator("#xg-stop")).to_be_visible()
    page.locator(".xg-findings").evaluate("sheet => { sheet.scrollTop = 300; }")
    expect(page.locator(".xg-steps .xg-done")).to_have_count(5)
    kept = page.locator(".xg-findings").evaluate("sheet => sheet.scrollTop")
    assert kept == pytest.approx(300, abs=2)
    expect(page.locator(".xg-raised")).to_contain_text(strings.MODEL_TAG)
    expect(page.locator(".xg-findings")).to_contain_text("个 token")
    expect(page.locator("#xg-stop")).to_be_hidden()
    assert visit.complaints == []


def test_an_answer_is_streamed_with_its_sources(visit: Visit, server: Server) -> None:
    page = visit.page
    page.locator("#xg-model input[type=checkbox]").uncheck()
    visit.sample()
    page.locator("#xg-model input[type=checkbox]").check()
    expect(page.locator("#xg-again")).to_be_visible()
    server.will(
        Step(calls=(("cells", {"names": ["自然人新收"]}),)),
        Step(
            content="自然人新收51件[格1]。第1条是错误[问题1]。报告没有问题[结论]。"
            + "多余的话。" * 9,
            drip=SLOWLY,
        ),
    )
    page.fill("#xg-question textarea, #xg-question input", "讲讲来龙去脉")
    page.click("#xg-send")
    growing = page.locator(".xg-asking")
    expect(growing).to_contain_text("自然人新收51件[格1]。")
    expect(page.locator("#xg-stop")).to_be_visible()
    told = page.locator(".xg-answer:not(.xg-asking)")
    expect(told).to_contain_text(strings.ANSWERER_MODEL)
    expect(told).to_contain_text("10句没有依据，未显示")
    expect(told).not_to_contain_text("报告没有问题")
    page.click(".xg-proofs summary")
    expect(page.locator(".xg-proofs li").first).to_contain_text("“自然人”列填的是51")
    page.click(".xg-answer a.xx-ref >> nth=0")
    expect(page.locator("#finding-1")).to_be_focused()
    expect(page.locator("#xg-stop")).to_be_hidden()
    hosts = {u.split("/")[2].split(":")[0] for u in visit.requests if "//" in u}
    assert hosts == {"127.0.0.1"}
    assert visit.complaints == []


def test_a_slow_answer_can_be_stopped(visit: Visit, server: Server) -> None:
    page = visit.page
    page.locator("#xg-model input[type=checkbox]").uncheck()
    visit.sample()
    page.locator("#xg-model input[type=checkbox]").check()
    server.will(Step(content="第1条是错误[问题1]。", delay=15))
    page.fill("#xg-question textarea, #xg-question input", "自然人新收多少")
    page.click("#xg-send")
    page.click("#xg-stop")
    told = page.locator(".xg-answer:not(.xg-asking)")
    expect(told).to_contain_text("填的是51")
    expect(told).to_contain_text("已停止语言模型")


def test_what_is_typed_while_an_answer_comes_is_kept(visit: Visit, server: Server) -> None:
    page = visit.page
    page.locator("#xg-model input[type=checkbox]").uncheck()
    visit.sample()
    page.locator("#xg-model input[type=checkbox]").check()
    server.will(Step(content="第1条是错误[问题1]。" + "多余的话。" * 9, drip=SLOWLY))
    box = page.locator("#xg-question textarea, #xg-question input")
    box.fill("讲讲来龙去脉")
    page.click("#xg-send")
    expect(box).to_have_value("")
    expect(page.locator(".xg-asking")).to_contain_text("第1条是错误")
    box.fill("那第二条呢？")
    page.click("#xg-send")  # too early, as is the next: it is said, and the question stays
    box.press("Enter")
    expect(page.locator("body")).to_contain_text(strings.STILL_ANSWERING)
    expect(page.locator(".xg-answer:not(.xg-asking)")).to_have_count(1)
    expect(page.locator("#xg-stop")).to_be_hidden()
    expect(box).to_have_value("那第二条呢？")


def test_pages_fit_on_a_narrow_screen(
    browser: Browser, served_with_model: tuple[Served, Server], server: Server, tmp_path: Path
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    try:
        visit = Visit(context.new_page()).open(served_with_model[0].url)
        server.will(Step(reply=POINT))
        visit.sample()
        expect(visit.page.locator(".xg-steps .xg-done")).to_have_count(5)
        width = visit.page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390
    finally:
        context.close()
