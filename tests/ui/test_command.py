"""``xxgk ui``: options, help and mistakes, without starting the page."""

import os
import socket
import subprocess
import sys

import pytest

from ui import app


def test_options_come_from_the_settings_when_not_given() -> None:
    assert app.parse([]) == app.Options("127.0.0.1", 7860)


def test_options_are_read_in_both_spellings() -> None:
    assert app.parse(["--host", "0.0.0.0", "--port=9000", "--open"]) == app.Options(
        "0.0.0.0", 9000, open_browser=True
    )
    assert not app.parse(["--open", "--no-browser"]).open_browser


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["--prot", "1"], "不认识选项“--prot”"),
        (["--port"], "缺少值"),
        (["--port", "abc"], "端口“abc”不能使用"),
        (["--port", "70000"], "端口“70000”不能使用"),
        (["--host", "203.0.113.9"], "不能在地址“203.0.113.9”上打开页面"),
    ],
)
def test_mistake_is_told_in_chinese(
    argv: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert app.command(argv) == 2
    assert said in capsys.readouterr().err


def test_busy_port_is_told_with_another_one(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert app.command(["--port", str(port)]) == 2
    told = capsys.readouterr().err
    assert f"端口 {port} 已被占用" in told
    assert "--port" in told


def test_help_is_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.command(["--help"]) == 0
    assert capsys.readouterr().out.startswith("用法：xxgk ui")


def test_command_module_does_not_import_gradio() -> None:
    code = "import sys, ui.app; sys.exit('gradio' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_gradio_is_told_not_to_call_out_before_it_is_imported() -> None:
    code = (
        "import os, sys, ui; "
        "assert 'gradio' not in sys.modules; "
        "assert os.environ['GRADIO_ANALYTICS_ENABLED'] == 'False'"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_hosts_that_need_no_proxy_stay_named() -> None:
    """A model inside the network would otherwise be asked through the proxy of the office."""
    code = "import os, ui; print(os.environ['NO_PROXY'], os.environ['no_proxy'])"
    named = {**os.environ, "NO_PROXY": "model.example", "no_proxy": ""}
    told = subprocess.run(
        [sys.executable, "-c", code], env=named, capture_output=True, text=True, check=True
    ).stdout
    assert told.split() == ["model.example,127.0.0.1,localhost"] * 2
