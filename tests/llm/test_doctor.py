"""``xxgk llm check`` against a real server: what works, what does not, what to change."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.cli import main
from checker.llm.doctor import Step as Tried
from checker.llm.doctor import examine
from checker.settings import ModelSettings, load_settings
from checker.store import Endpoint, Store
from tests.llm.server import KEY, MODEL, Server, Step, error

REMEMBERED = Step(reply={"word": "青石桥边老梧桐"})
COUNTED = Step(reply={"numbers": list(range(1, 101))}, usage=(20, 300))


def tried(settings: ModelSettings, store: Store | None = None) -> dict[str, Tried]:
    return {step.name: step for step in examine(settings, store)}


def test_a_good_server_is_good(settings: ModelSettings, server: Server, store: Store) -> None:
    server.will(REMEMBERED, COUNTED)
    steps = tried(settings, store)
    assert {s.result for s in steps.values()} == {"good"}
    assert "json_schema" in steps["输出格式"].says
    assert "每秒约" in steps["速度"].says
    assert store.endpoint(settings.base_url, MODEL) == Endpoint("json_schema", steady=True)


def test_what_is_kept_is_not_asked_of_the_store(
    settings: ModelSettings, server: Server, store: Store
) -> None:
    store.keep_endpoint(settings.base_url, MODEL, Endpoint("tools", steady=False))
    server.will(REMEMBERED, COUNTED, REMEMBERED, COUNTED)
    assert tried(settings, store).keys() == tried(settings, store).keys()
    assert store.endpoint(settings.base_url, MODEL) == Endpoint("json_schema", steady=True)


@pytest.mark.parametrize(
    ("modes", "refused", "result", "says"),
    [
        ({"json_object"}, (), "good", "json_object"),
        ({"tools"}, (), "good", "函数调用"),
        ({"prompt"}, (), "doubtful", "提示词"),
        ({"json_schema"}, ("temperature",), "doubtful", "可能不同"),
    ],
)
def test_the_form_of_replies_is_told(
    settings: ModelSettings,
    server: Server,
    *,
    modes: set[str],
    refused: tuple[str, ...],
    result: str,
    says: str,
) -> None:
    server.modes, server.refused = frozenset(modes), frozenset(refused)
    server.will(REMEMBERED, COUNTED)
    step = tried(settings)["输出格式"]
    assert step.result == result
    assert says in step.says


def test_a_server_without_any_form_ends_it(settings: ModelSettings, server: Server) -> None:
    server.modes = frozenset()
    steps = tried(settings)
    assert steps["输出格式"].result == "bad"
    assert "速度" not in steps


def test_a_wrong_key_ends_it(settings: ModelSettings, server: Server) -> None:
    server.list_status = 401
    steps = tried(settings)
    assert steps["连接"].result == "bad"
    assert "XXGK_LLM_API_KEY" in steps["连接"].advice
    assert KEY not in str(steps)
    assert "输出格式" not in steps


def test_nobody_there_ends_it(settings: ModelSettings, server: Server) -> None:
    nobody = settings.model_copy(update={"base_url": "http://127.0.0.1:9/v1", "retries": 0})
    assert tried(nobody)["连接"].result == "bad"


@pytest.mark.parametrize("status", [403, 404, 500, 307])
def test_a_server_that_lists_no_models_is_asked_all_the_same(
    settings: ModelSettings, server: Server, status: int
) -> None:
    server.list_status = status
    server.will(REMEMBERED, COUNTED)
    steps = tried(settings)
    assert steps["连接"].result == "doubtful"
    assert steps["速度"].result == "good"


def test_a_mistyped_model_is_guessed(settings: ModelSettings, server: Server) -> None:
    server.will(REMEMBERED, COUNTED)
    step = tried(settings.model_copy(update={"model": "lingxi1"}))["连接"]
    assert step.result == "doubtful"
    assert MODEL in step.advice


@pytest.mark.parametrize(
    ("entry", "result", "says"),
    [
        ({"max_model_len": 65_536}, "good", "上下文 65536 个"),
        ({"context_length": 16_384}, "doubtful", "XXGK_LLM_CONTEXT_LENGTH=16384"),
        ({"context_length": 8_192}, "doubtful", "XXGK_LLM_CONTEXT_LENGTH=8192"),
        ({"context_window": 4_096}, "bad", "在服务器上把上下文调到 16384 以上"),
        ({"context_length": "long"}, "good", "没有说上下文"),
    ],
)
def test_the_context_length_is_told_when_the_server_tells(
    settings: ModelSettings, server: Server, entry: dict[str, object], result: str, says: str
) -> None:
    server.models = ({"id": MODEL, "object": "model", **entry},)
    server.always = REMEMBERED
    step = tried(settings)["连接"]
    assert step.result == result
    assert says in step.says + step.advice


def test_an_empty_list_of_models_is_told(settings: ModelSettings, server: Server) -> None:
    server.models = ()
    server.will(REMEMBERED, COUNTED)
    step = tried(settings)["连接"]
    assert (step.result, step.says) == ("doubtful", "服务器列出的模型是空的，下面直接提问来试。")


def test_a_key_that_nobody_has_looked_at_is_not_called_valid(
    settings: ModelSettings, server: Server
) -> None:
    """Many servers list their models to everybody."""
    server.will(REMEMBERED, COUNTED)
    assert "密钥" not in tried(settings)["连接"].says


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b'{"error": {"message": "bad key", "type": "x"}}', "服务器说：bad key"),
        (b'{"message": "bad key"}', "服务器说：bad key"),
        (b'{"error": "bad key"}', "服务器说：bad key"),
        (b"bad key", "服务器说：bad key"),
        (b"{}", ""),
        (b"", ""),
        (b"<html><body>login</body></html>", ""),
        (b'{"error": {"message": ["bad"]}}', ""),
    ],
)
def test_only_words_of_a_server_are_quoted(
    settings: ModelSettings, server: Server, body: bytes, says: str
) -> None:
    server.list_status, server.list_body = 401, body
    step = tried(settings)["连接"]
    assert step.says == f"语言模型接口不接受这个密钥（HTTP 401）。{says}"


@pytest.mark.parametrize("body", [b"<html>login</html>", b"not json", b"[]"])
def test_an_answer_of_another_kind_is_told_in_words(
    settings: ModelSettings, server: Server, body: bytes
) -> None:
    server.will(Step(body=body), Step(body=body))
    told = " ".join(step.says for step in examine(settings))
    assert "不是通用的格式" in told
    assert not re.search("Error|服务器说", told)


def test_a_key_that_a_server_says_again_is_not_shown(
    settings: ModelSettings, server: Server
) -> None:
    key = settings.api_key.get_secret_value() if settings.api_key else ""
    assert key
    server.list_status, server.list_body = 401, f"bad key Bearer {key}".encode()
    assert "bad key Bearer ……" in tried(settings)["连接"].says


def test_a_list_that_never_ends_is_given_up(settings: ModelSettings, server: Server) -> None:
    server.list_drip = 0.05
    hurried = settings.model_copy(update={"timeout": 1, "retries": 0})
    start = time.monotonic()
    step = tried(hurried)["连接"]
    assert (step.result, step.says) == ("bad", "语言模型 1 秒内没有答完。")
    assert time.monotonic() - start < 3


def test_the_proxy_that_sees_the_report_is_named(
    settings: ModelSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://me:secret@proxy.example:3128")
    first = next(examine(settings.model_copy(update={"base_url": "http://10.2.3.4/v1"})))
    assert "（经过代理 proxy.example）" in first.says
    assert "NO_PROXY" in first.advice
    assert "secret" not in str(first)


def test_a_proxy_that_cannot_be_used_ends_it(
    settings: ModelSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1080")
    steps = tried(settings.model_copy(update={"base_url": "https://model.example/v1"}))
    assert list(steps) == ["传输", "连接"]
    assert steps["连接"].result == "bad"
    assert "socks" in steps["连接"].advice


@pytest.mark.parametrize("steps", [[Step(content="嗯")] * 2, [error(400, "no")]])
def test_the_advice_is_not_to_run_the_same_again(
    settings: ModelSettings, server: Server, steps: list[Step]
) -> None:
    server.will(*steps, COUNTED)
    told = tried(settings)
    assert told["长文"].result == "bad"
    assert all("xxgk llm check" not in s.says + s.advice for s in told.values())


def test_what_a_server_says_moves_no_cursor(settings: ModelSettings, server: Server) -> None:
    server.models = ({"id": "\x1b[2J\x1b[H合格\r\n", "object": "model"},)
    server.always = error(418, "\x1b[31m坏\x07")
    shown = "".join(s.says + s.advice for s in tried(settings).values())
    assert shown.isprintable()


def test_a_text_that_is_cut_off_is_noticed(settings: ModelSettings, server: Server) -> None:
    server.will(Step(reply={"word": "不知道"}), COUNTED)
    step = tried(settings)["长文"]
    assert step.result == "bad"
    assert "num_ctx" in step.advice


def test_a_slow_model_is_told(settings: ModelSettings, server: Server) -> None:
    server.will(REMEMBERED, Step(reply=COUNTED.reply, usage=(20, 3), delay=0.3))
    step = tried(settings)["速度"]
    assert step.result == "doubtful"
    assert "XXGK_LLM_TIMEOUT" in step.advice


def test_a_model_that_cannot_count_is_told(settings: ModelSettings, server: Server) -> None:
    server.will(REMEMBERED, Step(reply={"numbers": [1, 2, 4]}, usage=None))
    step = tried(settings)["速度"]
    assert step.result == "doubtful"
    assert "数数" in step.advice
    assert "不报告用量" in step.says


@pytest.mark.parametrize(
    ("address", "result"),
    [
        ("https://model.example/v1", "good"),
        ("http://10.2.3.4/v1", "doubtful"),
        ("http://localhost:1/v1", "good"),
    ],
)
def test_an_open_connection_is_warned_of(
    settings: ModelSettings, address: str, result: str
) -> None:
    first = next(examine(settings.model_copy(update={"base_url": address})))
    assert (first.name, first.result) == ("传输", result)


# -- the command ------------------------------------------------------------------------------


@pytest.fixture
def fresh() -> Iterator[None]:
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


@pytest.fixture
def set_up(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh: None
) -> Iterator[None]:
    monkeypatch.setenv("XXGK_LLM_BASE_URL", server.url)
    monkeypatch.setenv("XXGK_LLM_MODEL", MODEL)
    monkeypatch.setenv("XXGK_LLM_API_KEY", KEY)
    monkeypatch.setenv("XXGK_STORE", str(tmp_path / "store.sqlite3"))
    yield


@pytest.mark.usefixtures("set_up")
def test_the_command_says_yes(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    server.will(REMEMBERED, COUNTED)
    assert main(["llm", "check"]) == 0
    out = capsys.readouterr().out
    assert f"接口地址：{server.url}（来自环境变量 XXGK_LLM_BASE_URL）" in out
    assert "一次提问 90 秒，一份报告（或一个问题）总共 180 秒" in out
    assert "[可以] 连接" in out
    assert "结论：可以使用。" in out
    assert KEY not in out


@pytest.mark.usefixtures("set_up")
def test_the_command_says_no(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    server.modes = frozenset()
    assert main(["llm", "check"]) == 2
    out = capsys.readouterr().out
    assert "[不行] 输出格式" in out
    assert "结论：现在不能使用" in out


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("XXGK_LLM_MODEL", "m", "还缺接口地址。"),
        ("XXGK_LLM_BASE_URL", "http://127.0.0.1:1/v1", "还缺模型名称"),
        ("OPENAI_API_KEY", KEY, "还缺接口地址和模型名称"),
        ("XXGK_HOST", "127.0.0.1", "不会向任何地方发送报告"),
    ],
)
def test_the_command_says_what_is_not_set(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: str,
    says: str,
) -> None:
    monkeypatch.setenv(name, value)
    assert main(["llm", "check"]) == 2
    out = capsys.readouterr().out
    assert says in out
    assert "XXGK_LLM_BASE_URL" in out
    assert KEY not in out


@pytest.mark.parametrize("words", [[], ["try"], ["check", "more"]])
def test_another_word_is_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["llm", *words]) == 2
    assert "错误：" in capsys.readouterr().err
