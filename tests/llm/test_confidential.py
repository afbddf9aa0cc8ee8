"""Where a report goes and where it does not: only to the endpoint that was set, and into no log."""

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import langsmith.utils
import pytest

from checker.errors import CheckerError
from checker.llm import read_with_model
from checker.settings import ModelSettings, read_settings
from tests.builders import clean_report
from tests.llm.server import KEY, Server, Step, error, running, words_of
from tests.renderers import to_txt

SECRET = "云溪县交通运输局"
NOTHING: dict[str, list[str]] = {
    "links": [],
    "figures": [],
    "statements": [],
    "coverage": [],
    "contradictions": [],
}


@pytest.fixture
def other() -> Iterator[Server]:
    """Another server, which nobody configured."""
    with running() as started:
        started.always = Step(reply=NOTHING)
        yield started


def read(settings: ModelSettings) -> None:
    read_with_model(clean_report().report(), (), settings=settings)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_takes_nothing_elsewhere(
    settings: ModelSettings, server: Server, other: Server, status: int
) -> None:
    there = {"Location": f"{other.url}/chat/completions"}
    server.will(Step(status=status, headers=there, body=b"{}"))
    with pytest.raises(CheckerError, match="没有设置过的地方"):
        read(settings)
    assert other.paths == []


def _forget_environment() -> None:
    """The library looks at a variable once."""
    langsmith.utils.get_env_var.cache_clear()  # type: ignore[attr-defined]  # hidden by overloads


def test_tracing_stays_off_whatever_the_environment_says(
    settings: ModelSettings, server: Server, other: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGSMITH", "LANGCHAIN"):
        monkeypatch.setenv(f"{name}_TRACING", "true")
        monkeypatch.setenv(f"{name}_TRACING_V2", "true")
        monkeypatch.setenv(f"{name}_ENDPOINT", other.url)
        monkeypatch.setenv(f"{name}_API_KEY", "lsv2_x")
    _forget_environment()
    server.will(Step(reply=NOTHING))
    try:
        read(settings)
        assert os.environ["LANGSMITH_TRACING"] == "false"
    finally:
        _forget_environment()
    deadline = time.monotonic() + 0.4  # traces are sent by a thread in the background
    while time.monotonic() < deadline and not other.paths:
        time.sleep(0.02)
    assert other.paths == []


def test_a_gateway_of_the_environment_is_not_used(
    settings: ModelSettings, server: Server, other: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGSMITH_GATEWAY", "true")
    monkeypatch.setenv("LANGSMITH_GATEWAY_BASE_URL", other.url)
    monkeypatch.setenv("LANGSMITH_GATEWAY_API_KEY", "lsv2_x")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-another-server")
    monkeypatch.setenv("OPENAI_BASE_URL", other.url)
    server.will(Step(reply=NOTHING))
    read(settings.model_copy(update={"api_key": None}))
    assert other.paths == []
    assert set(server.keys) == {"Bearer none"}


def test_a_proxy_of_the_environment_is_used(
    settings: ModelSettings, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", server.url.removesuffix("/v1"))
    monkeypatch.setenv("NO_PROXY", "")
    server.will(Step(reply=NOTHING))
    read(settings.model_copy(update={"base_url": "http://model.example/v1"}))
    assert set(server.paths) == {"http://model.example/v1/chat/completions"}


@pytest.mark.parametrize(
    "steps",
    [
        [Step(reply=NOTHING)],
        [Step(content=f"{SECRET}？"), Step(reply={**NOTHING, SECRET: 1})],
        [error(400, f"invalid input: {SECRET}", code="x")],
        [error(500, f"traceback: {SECRET} {KEY}")] * 3,
        [Step(body=f"<html>{SECRET}</html>".encode())],
        [Step(body=f'{{"error": "{SECRET} {KEY}"}}'.encode())],
        [Step(reply=NOTHING, cut=9)] * 3,
    ],
    ids=["good", "bad_reply", "echo_400", "echo_500", "page", "echo_200", "cut"],
)
def test_neither_report_nor_key_is_logged_or_told(
    settings: ModelSettings,
    server: Server,
    steps: list[Step],
    caplog: pytest.LogCaptureFixture,
) -> None:
    server.will(*steps)
    told = ""
    with caplog.at_level(logging.DEBUG):
        try:
            read(settings)
        except CheckerError as failure:
            told = str(failure)
    assert SECRET in words_of(server.asked[0])
    logged = caplog.text + "".join(str(r.__dict__) for r in caplog.records)
    for text in (logged, told):
        assert SECRET not in text
        assert KEY not in text


def test_nothing_is_printed_when_the_libraries_are_told_to(server: Server, tmp_path: Path) -> None:
    """``OPENAI_LOG=debug`` prints every request, key and report included."""
    server.will(Step(reply=NOTHING))
    report = tmp_path / "报告.txt"
    report.write_bytes(to_txt(clean_report()))
    loud = {"OPENAI_LOG": "debug", "HTTPX_LOG_LEVEL": "trace", "LANGCHAIN_VERBOSE": "true"}
    own = {"XXGK_LLM_BASE_URL": server.url, "XXGK_LLM_MODEL": "m", "XXGK_LLM_API_KEY": KEY}
    done = subprocess.run(
        [sys.executable, "-m", "checker.cli", "check", str(report), "--format", "json"],
        env={**os.environ, **loud, **own},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0
    assert len(server.asked) == 1
    assert "政府信息公开" not in done.stderr
    assert SECRET not in done.stderr
    assert KEY not in done.stderr + done.stdout


def test_no_thread_is_left_behind(settings: ModelSettings, server: Server) -> None:
    before = threading.active_count()
    server.will(Step(reply=NOTHING))
    read(settings)
    deadline = time.monotonic() + 2  # nobody waits for the thread that looked the name up
    while time.monotonic() < deadline and threading.active_count() > before + 1:
        time.sleep(0.01)
    assert threading.active_count() <= before + 1  # the server may still hold the connection


def test_a_key_is_not_shown(settings: ModelSettings) -> None:
    assert KEY not in repr(settings)
    assert KEY not in settings.model_dump_json()
    with pytest.raises(CheckerError) as caught:
        read_settings({"XXGK_LLM_API_KEY": KEY, "XXGK_LLM_TIMEOUT": "soon", "XXGK_STORE": "off"})
    assert KEY not in str(caught.value)
