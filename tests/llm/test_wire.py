"""How a request travels: which proxy, how large an answer, how long a name may take to resolve."""

import gzip
import socket
import threading
import time

import pytest

from checker.errors import ModelCancelledError, ModelUnavailableError
from checker.llm import wire
from checker.llm.replies import MemoryReply
from checker.llm.request import Message
from checker.llm.session import Session
from checker.settings import ModelSettings
from checker.store import Endpoint
from tests.llm.server import Server, Step, running

KNOWN = Endpoint("json_schema", steady=True)
GOOD = {"word": "梧桐"}
ELSEWHERE = "http://model.example/v1"


def ask(settings: ModelSettings, cancel: threading.Event | None = None) -> str:
    session = Session(settings=settings, endpoint=KNOWN, cancel=cancel or threading.Event())
    return session.ask([Message("user", "暗号是什么？")], MemoryReply).word


# -- proxies ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_this_machine_is_never_reached_through_a_proxy(
    settings: ModelSettings, server: Server, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A report for a model on this machine would pass through the proxy of the office."""
    with running() as proxy:
        proxy.always = Step(reply={"word": "槐树"})
        monkeypatch.setenv(name, proxy.url.removesuffix("/v1"))
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        server.will(Step(reply=GOOD))
        assert ask(settings) == "梧桐"
        assert proxy.paths == []


def test_a_proxy_is_passed_by_where_it_is_told_to(
    settings: ModelSettings, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", server.url.removesuffix("/v1"))
    monkeypatch.setenv("NO_PROXY", "model.example")
    monkeypatch.delenv("no_proxy", raising=False)  # the page sets it, and it goes first
    there = settings.model_copy(update={"base_url": ELSEWHERE, "retries": 0})
    monkeypatch.setattr(socket, "getaddrinfo", _unknown)
    with pytest.raises(ModelUnavailableError, match="找不到这台服务器"):
        ask(there)
    assert server.paths == []


@pytest.mark.parametrize(
    "proxy",
    [
        *("socks5://127.0.0.1:1080", "socks5h://me:secret@127.0.0.1:1080", "ftp://x:1"),
        *("http://", "http://x:port", "http://[::1", "http://x y:1"),
    ],
)
def test_a_proxy_that_cannot_be_used_is_told(
    settings: ModelSettings, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    there = settings.model_copy(update={"base_url": "https://model.example/v1"})
    with pytest.raises(ModelUnavailableError, match="NO_PROXY") as caught:
        ask(there)
    assert (caught.value.reason, caught.value.retryable) == ("network", False)
    assert "secret" not in str(caught.value)


# -- size -------------------------------------------------------------------------------------


@pytest.fixture
def little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "MOST_BYTES", 20_000)
    monkeypatch.setattr(wire, "MOST_PACKED_BYTES", 2_000)


@pytest.mark.usefixtures("little")
@pytest.mark.parametrize("status", [200, 500])
def test_an_answer_without_end_is_not_read(
    settings: ModelSettings, server: Server, status: int
) -> None:
    server.will(Step(status=status, body=b" " * 5_000_000))
    with pytest.raises(ModelUnavailableError, match="大得不合理") as caught:
        ask(settings)
    assert not caught.value.retryable
    assert server.closed_early


@pytest.mark.usefixtures("little")
def test_a_packed_answer_may_not_unpack_without_end(
    settings: ModelSettings, server: Server
) -> None:
    body = gzip.compress(b" " * 3_000_000)
    assert len(body) > 2_000
    server.will(Step(body=body, headers={"Content-Encoding": "gzip"}))
    with pytest.raises(ModelUnavailableError, match="大得不合理"):
        ask(settings)


def test_a_long_answer_is_read_and_is_no_reply(settings: ModelSettings, server: Server) -> None:
    server.will(Step(content="好" * 500_000), Step(reply=GOOD))
    assert ask(settings) == "梧桐"


# -- names ------------------------------------------------------------------------------------


def _unknown(*_: object, **__: object) -> list[object]:
    raise socket.gaierror(socket.EAI_NONAME, "unknown")


def _slow(*_: object, **__: object) -> list[object]:
    time.sleep(1.5)
    raise socket.gaierror(socket.EAI_AGAIN, "no answer")


def test_a_name_server_that_is_slow_does_not_delay_a_stop(
    settings: ModelSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _slow)
    monkeypatch.setenv("NO_PROXY", "*")
    cancel = threading.Event()
    threading.Timer(0.1, cancel.set).start()
    start = time.monotonic()
    with pytest.raises(ModelCancelledError):
        ask(settings.model_copy(update={"base_url": ELSEWHERE}), cancel)
    assert time.monotonic() - start < 1


def test_a_name_server_that_is_slow_does_not_outlast_the_time_limit(
    settings: ModelSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _slow)
    monkeypatch.setenv("NO_PROXY", "*")
    hurried = {"base_url": ELSEWHERE, "timeout": 0.3, "retries": 0}
    start = time.monotonic()
    with pytest.raises(ModelUnavailableError):
        ask(settings.model_copy(update=hurried))
    assert time.monotonic() - start < 1.2
