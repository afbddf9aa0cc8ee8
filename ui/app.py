"""Builds and serves the page: the command ``xxgk ui``.

Gradio takes seconds to import, so it is imported only when a page is really wanted.
"""

import errno
import json
import logging
import socket
import sys
import threading
from collections.abc import Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple, TextIO

from checker.errors import CheckerError, SettingsError
from checker.settings import load_settings
from ui import strings
from ui.desk import stop_all

if TYPE_CHECKING:
    import gradio as gr

_FONTS: Final = (
    "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "WenQuanYi Micro Hei", "sans-serif",
)  # fmt: skip
_LOCAL: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_BAD_INPUT: Final = 2
# Larger files are cut off while they arrive; up to here our own limit answers, in Chinese.
_LARGEST_UPLOAD: Final = 512 * 1024 * 1024
_LAST_PORT: Final = 65535


class Options(NamedTuple):
    """What was asked for on the command line."""

    host: str
    port: int
    open_browser: bool = False
    help_only: bool = False


class Served(NamedTuple):
    """A page that is being served."""

    blocks: "gr.Blocks"
    url: str


def build() -> "gr.Blocks":
    """The page, not yet served."""
    from ui import layout

    return layout.build()


def serve(host: str, port: int, *, open_browser: bool = False) -> Served:
    """Serve the page and return at once; ``Served.blocks.close()`` ends it.

    Raises:
        SettingsError: the port is taken or the address is not one of this machine.
    """
    require_free(host, port)
    import gradio as gr
    from starlette.middleware import Middleware

    from ui.headers import ChinesePage

    assets = files("ui") / "assets"
    blocks = build()
    _, url, _ = blocks.launch(
        server_name=host,
        server_port=port,
        inbrowser=open_browser,
        share=False,
        quiet=True,
        prevent_thread_lock=True,
        show_error=False,
        footer_links=[],
        enable_monitoring=False,
        ssr_mode=False,
        max_file_size=_LARGEST_UPLOAD,
        theme=gr.themes.Default(primary_hue="blue", neutral_hue="gray", font=list(_FONTS)),
        css=(assets / "page.css").read_text(encoding="utf-8"),
        head=_script((assets / "page.js").read_text(encoding="utf-8")),
        app_kwargs={"middleware": [Middleware(ChinesePage)]},
    )
    return Served(blocks, url)


def _script(code: str) -> str:
    """The script of the page behind the words that it says."""
    words = json.dumps(strings.IN_PAGE, ensure_ascii=False).replace("<", "\\u003c")
    return f"<script>window.xgWords = {words};\n{code}</script>"


def require_free(host: str, port: int) -> None:
    """Make sure that the page can be opened there.

    Raises:
        SettingsError: the port is taken or the address is not one of this machine.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            if sys.platform != "win32":  # there the option would allow a second listener
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            message = strings.BAD_HOST.format(host=host)
            raise SettingsError(message, name="host", value=host) from error
        other = port + 1 if port < _LAST_PORT else port - 1
        message = strings.PORT_BUSY.format(port=port, other=other)
        raise SettingsError(message, name="port", value=str(port)) from error


def parse(argv: Sequence[str]) -> Options:
    """Read the command line; what is not given comes from the settings.

    Raises:
        SettingsError: an option or its value cannot be used.
    """
    settings = load_settings()
    options = Options(settings.host, settings.port)
    rest = list(argv)
    while rest:
        name, _, value = rest.pop(0).partition("=")
        if name in ("-h", "--help"):
            options = options._replace(help_only=True)
        elif name in ("--open", "--no-browser"):
            options = options._replace(open_browser=name == "--open")
        elif name in ("--host", "--port"):
            if not value and not rest:
                message = strings.MISSING_VALUE.format(option=name)
                raise SettingsError(message, name=name, value="")
            value = value or rest.pop(0)
            options = (
                options._replace(host=value)
                if name == "--host"
                else options._replace(port=_port(value))
            )
        else:
            raise SettingsError(strings.BAD_OPTION.format(option=name), name=name, value=value)
    return options


def _port(value: str) -> int:
    if value.isdecimal() and 1 <= int(value) <= _LAST_PORT:
        return int(value)
    raise SettingsError(strings.BAD_PORT.format(port=value), name="port", value=value)


def command(argv: Sequence[str]) -> int:
    """Run ``xxgk ui`` until it is stopped.

    Returns:
        0 stopped by the user, 2 the options, the port or the address cannot be used.
    """
    try:
        options = parse(argv)
        if options.help_only:
            settings = load_settings()
            _say(strings.HELP.format(host=settings.host, port=settings.port), sys.stdout)
            return 0
        _say(strings.STARTING, sys.stdout)
        logging.getLogger("httpx").setLevel(logging.WARNING)
        served = serve(options.host, options.port, open_browser=options.open_browser)
    except CheckerError as error:
        _say(str(error), sys.stderr)
        return _BAD_INPUT
    _say(strings.OPENED.format(url=served.url), sys.stdout)
    if options.host not in _LOCAL:
        _say(strings.NETWORK_WARNING.format(host=options.host), sys.stdout)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        _say(strings.STOPPED, sys.stdout)
    finally:
        stop_all()
        served.blocks.close()
    return 0


def _say(text: str, stream: TextIO) -> None:
    stream.write(text.rstrip("\n") + "\n")
    stream.flush()
