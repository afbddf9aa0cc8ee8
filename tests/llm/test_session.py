"""One question to a server that may misbehave: what is asked again, and what is given up."""

import json
import time
from decimal import Decimal

import pytest

from checker.domain.reading import Usage
from checker.errors import (
    BadReplyError,
    ModelError,
    ModelNotConfiguredError,
    ModelRefusedError,
    ModelUnavailableError,
)
from checker.llm.replies import MemoryReply
from checker.llm.request import Message
from checker.llm.session import Session
from checker.settings import ModelSettings
from checker.store import Endpoint, Store
from tests.llm.server import KEY, Server, Step, error, mode_of, words_of

QUESTION = (Message("system", "你是助手。"), Message("user", "暗号是什么？"))
GOOD = {"word": "梧桐"}
KNOWN = Endpoint("json_schema", steady=True)


@pytest.fixture
def session(settings: ModelSettings) -> Session:
    return Session(settings=settings, endpoint=KNOWN)


def ask(session: Session) -> str:
    return session.ask(QUESTION, MemoryReply).word


def test_nothing_is_asked_without_an_endpoint() -> None:
    with pytest.raises(ModelNotConfiguredError, match="XXGK_LLM_BASE_URL"):
        Session(settings=ModelSettings(base_url="http://127.0.0.1:9/v1"))


def test_a_request_holds_the_parameters_that_make_it_repeatable(
    session: Session, server: Server
) -> None:
    server.will(Step(reply=GOOD))
    assert ask(session) == "梧桐"
    (body,) = server.asked
    assert body["temperature"] == 0
    assert isinstance(body["seed"], int)
    assert body["model"] == session.settings.model
    assert mode_of(body) == "json_schema"
    assert "tools" not in body
    assert server.keys == [f"Bearer {KEY}"]


# -- replies that are good in an unusual place -----------------------------------------------


@pytest.mark.parametrize(
    "step",
    [
        Step(content='```json\n{"word": "梧桐"}\n```'),
        Step(content='<think>嗯……</think>{"word": "梧桐"}'),
        Step(content='好的：{"word": "梧桐"}。'),
        Step(content="", reasoning='{"word": "梧桐"}'),
        Step(content=" \n", reasoning='{"word": "梧桐"}', reasoning_field="reasoning"),
        Step(content='{"word": "梧桐"}', reasoning='也许是 {"word": "槐树"}'),
        Step(reply=GOOD, usage=None),
        Step(reply=GOOD, delay=0.2),
        Step(reply=GOOD, headers={"X-Extra": "1"}),
    ],
    ids=[
        "fence",
        "think",
        "prose",
        "reasoning_content",
        "reasoning",
        "both",
        "no_usage",
        "slow",
        "",
    ],
)
def test_a_good_reply_is_taken_where_it_stands(
    session: Session, server: Server, step: Step
) -> None:
    server.will(step)
    assert ask(session) == "梧桐"
    assert len(server.asked) == 1


# -- replies that are bad ---------------------------------------------------------------------

BAD = {
    "empty": Step(content=""),
    "nothing_at_all": Step(content=None, usage=None),
    "nonsense": Step(content="%%% 嗡嗡嗡 ###"),
    "refusal_in_words": Step(content="抱歉，我无法协助完成这个请求。"),
    "truncated": Step(content='{"word": "梧', finish="length"),
    "whole_but_cut_off": Step(reply=GOOD, finish="length"),
    "no_finish_reason": Step(reply=GOOD, finish=None),
    "other_finish_reason": Step(reply=GOOD, finish="eos_token"),
    "wrong_type": Step(reply={"word": 7}),
    "number_in_words": Step(reply={"word": ["梧桐"]}),
    "missing_key": Step(reply={}),
    "extra_key": Step(reply={"word": "梧桐", "verdict": "pass"}),
    "list": Step(reply=["梧桐"]),
    "two_objects": Step(content='{"word": "梧桐"} {"word": "槐树"}'),
    "repeated_key": Step(content='{"word": "梧桐", "word": "槐树"}'),
    "only_thoughts": Step(content='<think>{"word": "梧桐"}'),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_reply_is_asked_for_once_more(session: Session, server: Server, name: str) -> None:
    server.will(BAD[name], Step(reply=GOOD))
    assert ask(session) == "梧桐"
    first, second = server.asked
    assert words_of(second).startswith(words_of(first))
    assert "上一次的回答不能使用" in words_of(second)


@pytest.mark.parametrize("name", BAD)
def test_two_bad_replies_are_an_error(session: Session, server: Server, name: str) -> None:
    server.will(BAD[name], BAD[name])
    with pytest.raises(BadReplyError, match="两次都没有按要求的格式回答") as caught:
        ask(session)
    assert caught.value.attempt == 2
    assert caught.value.model == session.settings.model
    assert "梧桐" not in str(caught.value)


@pytest.mark.parametrize(
    "step",
    [
        Step(content=None, refusal="I can't help with that."),
        Step(content="", finish="content_filter"),
        error(400, "Output data may contain inappropriate content.", code="data_inspection_failed"),
        error(400, "The response was filtered", code="content_filter"),
    ],
    ids=["refusal", "finish", "qwen", "azure"],
)
def test_a_refusal_is_not_asked_for_again(session: Session, server: Server, step: Step) -> None:
    server.will(step)
    with pytest.raises(ModelRefusedError, match="拒绝"):
        ask(session)


# -- servers that fail ------------------------------------------------------------------------


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 504])
def test_a_passing_failure_is_tried_again(session: Session, server: Server, status: int) -> None:
    server.will(error(status, "busy"), Step(reply=GOOD))
    assert ask(session) == "梧桐"
    assert session.usage.requests == 2


LASTING = {
    "wrong_key": (error(401, "Incorrect API key"), "auth", "密钥"),
    "no_money": (error(402, "Insufficient Balance"), "auth", "余额"),
    "forbidden": (error(403, "forbidden"), "auth", "拒绝访问"),
    "no_model": (error(404, "The model does not exist"), "no_model", "XXGK_LLM_MODEL"),
    "no_interface": (error(405, "method"), "no_model", "不是语言模型接口"),
    "bad_request": (error(400, "messages: bad"), "request", "xxgk llm check"),
    "unprocessable": (error(422, "unprocessable"), "request", "xxgk llm check"),
    "too_large": (error(413, "too large"), "context", "上下文"),
    "too_long": (error(400, "maximum context length is 4096 tokens"), "context", "上下文"),
    "too_long_for_llama_cpp": (
        error(400, "request (14592 tokens) exceeds the available context size (8192 tokens)"),
        "context",
        "上下文",
    ),
    "no_quota": (error(429, "see your plan", code="insufficient_quota"), "rate_limit", "额度"),
    "moved": (
        Step(status=307, headers={"Location": "/v2/chat/completions"}, body=b"{}"),
        "no_model",
        "最终的地址",
    ),
}
STRANGE = (
    *(b"<html>login</html>", b"", b"\xff\xfe\x00", b"[]", b"null", b'"x"', b"{}"),
    *(b'{"choices": null}', b'{"choices": []}', b'{"choices": [{"message": null}]}'),
    b'{"choices": [{"message": "x", "finish_reason": "stop"}]}',
    b'{"choices": [{"message": {"content": "x"}}], "usage": "a lot"}',
    b'{"error": {"message": "model is loading"}}',
)


@pytest.mark.parametrize("name", LASTING)
def test_a_lasting_failure_is_told_at_once(session: Session, server: Server, name: str) -> None:
    step, reason, says = LASTING[name]
    server.will(step)
    with pytest.raises(ModelUnavailableError, match=says) as caught:
        ask(session)
    assert (caught.value.reason, caught.value.retryable) == (reason, False)
    assert caught.value.attempt == 1


@pytest.mark.parametrize("body", STRANGE, ids=repr)
def test_what_is_no_chat_completion_is_told(session: Session, server: Server, body: bytes) -> None:
    server.will(Step(body=body))
    with pytest.raises(ModelUnavailableError, match="不是通用的格式"):
        ask(session)


PAGE = "<!DOCTYPE html><html><title>统一认证</title></html>".encode()
EVENTS = b'data: {"choices": [{"delta": {"content": "x"}}]}\n\ndata: [DONE]\n\n'


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (PAGE, "text/html; charset=utf-8"),
        (PAGE, "application/json"),
        (b'{"choices": []}', "text/html"),
        (b"ok", "text/plain"),
        (EVENTS, "text/event-stream"),
        (b"\x89PNG\r\n", "image/png"),
        (b"", ""),
    ],
)
def test_a_page_of_another_kind_is_told(
    session: Session, server: Server, body: bytes, kind: str
) -> None:
    """A portal that wants a login, a gateway that streams unasked."""
    server.will(Step(body=body, headers={"Content-Type": kind}))
    with pytest.raises(ModelUnavailableError, match="不是通用的格式") as caught:
        ask(session)
    assert "认证" not in str(caught.value)


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 502, 503])
def test_an_error_page_is_told_and_not_quoted(
    settings: ModelSettings, server: Server, status: int
) -> None:
    server.will(Step(status=status, body=PAGE, headers={"Content-Type": "text/html"}))
    once = settings.model_copy(update={"retries": 0})
    with pytest.raises(ModelUnavailableError, match=f"HTTP {status}") as caught:
        ask(Session(settings=once, endpoint=KNOWN))
    assert caught.value.detail == ""


def test_a_cut_connection_is_tried_again(session: Session, server: Server) -> None:
    server.will(Step(reply=GOOD, cut=0), Step(reply=GOOD, cut=40), Step(reply=GOOD))
    assert ask(session) == "梧桐"
    assert session.usage.requests == 3


def test_several_calls_of_the_tool_are_no_reply(settings: ModelSettings, server: Server) -> None:
    call = {"id": "1", "type": "function"}
    calls = [
        {**call, "function": {"name": "reply", "arguments": json.dumps({"word": word})}}
        for word in ("梧桐", "槐树")
    ]
    message = {"role": "assistant", "content": None, "tool_calls": calls}
    choice = {"index": 0, "message": message, "finish_reason": "tool_calls"}
    body = json.dumps({"id": "c", "model": "m", "created": 1, "choices": [choice]}).encode()
    server.will(Step(body=body), Step(reply=GOOD))
    session = Session(settings=settings, endpoint=Endpoint("tools", steady=True))
    assert ask(session) == "梧桐"
    assert "不止一个 JSON 对象" in words_of(server.asked[1])


def test_after_all_attempts_it_is_given_up(session: Session, server: Server) -> None:
    server.will(*[error(500, "broken")] * 3)
    with pytest.raises(ModelUnavailableError, match="HTTP 500") as caught:
        ask(session)
    assert (caught.value.attempt, caught.value.retryable) == (3, True)


def test_a_closed_port_is_told_plainly(settings: ModelSettings, server: Server) -> None:
    nobody = settings.model_copy(update={"base_url": "http://127.0.0.1:9/v1", "retries": 0})
    with pytest.raises(ModelUnavailableError, match="没有程序在这个端口") as caught:
        ask(Session(settings=nobody, endpoint=KNOWN))
    assert caught.value.reason == "network"
    assert server.requests == []


@pytest.mark.parametrize("step", [Step(reply=GOOD, delay=1), Step(reply=GOOD, drip=0.02)])
def test_the_time_limit_is_for_the_whole_answer(
    settings: ModelSettings, server: Server, step: Step
) -> None:
    # a read timeout alone would wait for a server that drips for as long as it likes
    hurried = settings.model_copy(update={"timeout": 0.3, "retries": 0})
    server.will(step)
    start = time.monotonic()
    with pytest.raises(ModelUnavailableError, match="XXGK_LLM_TIMEOUT") as caught:
        ask(Session(settings=hurried, endpoint=KNOWN))
    assert caught.value.reason == "timeout"
    assert time.monotonic() - start < 2


# -- what a server can do ---------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["json_schema", "json_object", "tools", "prompt"])
def test_the_first_mode_that_works_is_used(
    settings: ModelSettings, server: Server, mode: str
) -> None:
    modes = ("json_schema", "json_object", "tools", "prompt")
    server.modes = frozenset(modes[modes.index(mode) :])
    server.will(Step(reply=GOOD))
    session = Session(settings=settings)
    assert ask(session) == "梧桐"
    assert mode_of(server.asked[0]) == mode
    told = "JSON Schema" in words_of(server.asked[0])
    assert told == (mode in ("json_object", "prompt"))
    assert not told or "json" in words_of(server.asked[0])  # some servers look for the word


def test_a_mode_that_is_accepted_and_not_heeded_does_not_count(
    settings: ModelSettings, server: Server
) -> None:
    server.ignored = frozenset({"json_schema", "json_object"})
    assert Session(settings=settings).try_out() == Endpoint("tools", steady=True)


def test_a_server_that_crashes_on_a_schema_is_asked_without(
    settings: ModelSettings, server: Server
) -> None:
    server.crashing = frozenset({"json_schema"})
    assert Session(settings=settings).try_out() == Endpoint("json_object", steady=True)


def test_a_server_that_crashes_on_everything_is_not_asked_in_every_way(
    settings: ModelSettings, server: Server
) -> None:
    server.crashing = frozenset({"json_schema", "json_object", "tools", "prompt"})
    with pytest.raises(ModelUnavailableError, match="HTTP 500"):
        Session(settings=settings).try_out()
    assert {mode_of(body) for body in server.requests} == {"json_schema", "json_object"}


@pytest.mark.parametrize("parameter", ["temperature", "seed"])
def test_parameters_that_are_refused_are_left_out(
    settings: ModelSettings, server: Server, parameter: str
) -> None:
    server.refused = frozenset({parameter})
    server.will(Step(reply=GOOD))
    session = Session(settings=settings)
    assert ask(session) == "梧桐"
    assert session.endpoint == Endpoint("json_schema", steady=False)
    assert "temperature" not in server.asked[0]
    assert "seed" not in server.asked[0]


def test_a_model_without_any_form_is_told(settings: ModelSettings, server: Server) -> None:
    server.ignored = frozenset({"json_schema", "json_object", "tools", "prompt"})
    with pytest.raises(BadReplyError, match="换一个模型"):
        Session(settings=settings).try_out()


def test_a_mode_that_was_set_is_the_only_one_tried(settings: ModelSettings, server: Server) -> None:
    fixed = settings.model_copy(update={"structured_output": "tools"})
    server.modes = frozenset({"json_schema"})
    with pytest.raises(BadReplyError, match="试过 tools"):
        Session(settings=fixed).try_out()
    assert {mode_of(body) for body in server.requests} == {"tools"}


def test_what_a_server_can_do_is_found_out_once(
    settings: ModelSettings, server: Server, store: Store
) -> None:
    server.modes = frozenset({"json_object"})
    server.will(Step(reply=GOOD))
    ask(Session(settings=settings, store=store))
    tried = len(server.requests)
    later = Session(settings=settings, store=store)
    assert later.known() == Endpoint("json_object", steady=True)
    assert len(server.requests) == tried


def test_a_server_that_has_changed_is_tried_out_again(
    settings: ModelSettings, server: Server, store: Store
) -> None:
    store.keep_endpoint(settings.base_url, settings.model, KNOWN)
    server.modes = frozenset({"json_object", "prompt"})
    server.will(Step(reply=GOOD))
    session = Session(settings=settings, store=store)
    assert ask(session) == "梧桐"
    kept = store.endpoint(settings.base_url, settings.model)
    assert kept == session.endpoint == Endpoint("json_object", steady=True)


# -- cache and counts -------------------------------------------------------------------------


def test_a_reply_is_asked_for_once(settings: ModelSettings, server: Server, store: Store) -> None:
    server.will(Step(reply=GOOD))
    for expected in (Usage(requests=1, prompt_tokens=1200, completion_tokens=80), Usage(cached=1)):
        session = Session(settings=settings, store=store, endpoint=KNOWN)
        assert ask(session) == "梧桐"
        assert session.usage == expected


@pytest.mark.parametrize(
    "change",
    [{"model": "other"}, {"base_url": "/v2"}],
)
def test_another_model_or_server_is_asked_itself(
    settings: ModelSettings, server: Server, store: Store, change: dict[str, str]
) -> None:
    server.will(Step(reply=GOOD))
    ask(Session(settings=settings, store=store, endpoint=KNOWN))
    if "base_url" in change:
        change = {"base_url": settings.base_url.replace("127.0.0.1", "localhost")}
    other = settings.model_copy(update=change)
    server.will(Step(reply={"word": "槐树"}))
    assert ask(Session(settings=other, store=store, endpoint=KNOWN)) == "槐树"


@pytest.mark.parametrize(
    "endpoint", [Endpoint("json_object", steady=True), Endpoint("json_schema", steady=False)]
)
def test_other_parameters_are_another_question(
    settings: ModelSettings, server: Server, store: Store, endpoint: Endpoint
) -> None:
    server.will(Step(reply=GOOD), Step(reply={"word": "槐树"}))
    ask(Session(settings=settings, store=store, endpoint=KNOWN))
    assert ask(Session(settings=settings, store=store, endpoint=endpoint)) == "槐树"


def test_a_bad_reply_is_not_kept(settings: ModelSettings, server: Server, store: Store) -> None:
    server.will(Step(content="?"), Step(content="?"), Step(reply=GOOD))
    with pytest.raises(BadReplyError):
        ask(Session(settings=settings, store=store, endpoint=KNOWN))
    assert ask(Session(settings=settings, store=store, endpoint=KNOWN)) == "梧桐"


def test_a_kept_reply_that_was_spoiled_is_asked_for_again(
    settings: ModelSettings, server: Server, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "reply", lambda _key: '{"word": 1}')
    server.will(Step(reply=GOOD))
    assert ask(Session(settings=settings, store=store, endpoint=KNOWN)) == "梧桐"


def test_a_run_is_priced(settings: ModelSettings, server: Server) -> None:
    priced = settings.model_copy(
        update={"price_input": Decimal("0.002"), "price_output": Decimal("0.01")}
    )
    server.will(Step(content="?"), Step(reply=GOOD, usage=(2000, 100)))
    session = Session(settings=priced, endpoint=KNOWN)
    ask(session)
    assert session.usage == Usage(
        requests=2, prompt_tokens=3200, completion_tokens=180, cost=Decimal("0.0082")
    )


def test_every_failure_is_an_error_of_our_own(settings: ModelSettings, server: Server) -> None:
    once = settings.model_copy(update={"retries": 0})
    for status in range(400, 600, 7):
        server.will(error(status, "x"))
        with pytest.raises(ModelError):
            ask(Session(settings=once, endpoint=KNOWN))
