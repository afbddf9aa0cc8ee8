"""One page served for all browser tests, and one browser to look at it."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

CHROMIUM = (
    os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE = 20_000  # milliseconds; the machine may be busy with other tests


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Served(NamedTuple):
    """A page that runs, and the folder into which its uploads go."""

    url: str
    uploads: Path


@contextmanager
def serving(uploads: Path, **environment: str) -> Iterator[Served]:
    """The page as ``xxgk ui`` serves it, in a process of its own as for a user."""
    code = "import sys; from ui.app import command; sys.exit(command(sys.argv[1:]))"
    argv = [sys.executable, "-c", code, "--port", str(free_port())]
    own = {"GRADIO_TEMP_DIR": str(uploads), "PYTHONIOENCODING": "utf-8", **environment}
    with subprocess.Popen(
        argv, stdout=subprocess.PIPE, env={**os.environ, **own}, encoding="utf-8"
    ) as process:
        try:
            assert process.stdout is not None
            said = ""
            while not (found := re.search(r"http://[\d.:]+/", said)):
                line = process.stdout.readline()
                assert line, f"the page did not start: {said!r}"
                said += line
            yield Served(found[0], uploads)
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The page without a language model."""
    with serving(tmp_path_factory.mktemp("uploads")) as page:
        yield page


@pytest.fixture(scope="session")
def page_url(served: Served) -> str:
    return served.url


@pytest.fixture
def upload_folder(served: Served) -> Path:
    return served.uploads


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        message = "browser tests need Chromium: install it or set CHROMIUM to its path"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


class Visit:
    """A browser window with a record of everything it asked for and complained about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda r: self.requests.append(r.url))
        page.on("pageerror", lambda e: self.complaints.append(str(e)))
        page.on("console", self._heard)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def open(self, url: str) -> "Visit":
        self.page.goto(url)
        self.page.wait_for_selector("#xg-question textarea, #xg-question input")
        self.page.wait_for_selector("#xg-upload input[type=file]", state="attached")
        return self

    def upload(self, *paths: Path) -> None:
        self.page.set_input_files("#xg-upload input[type=file]", [str(p) for p in paths])

    def drag(self, *paths: Path, onto: str = "#xg-upload") -> Callable[[], None]:
        """Hold files over a part of the page, as the mouse does; the result lets them fall."""
        box = self.page.locator(onto).bounding_box()
        assert box is not None
        session = self.page.context.new_cdp_session(self.page)
        event = {
            "x": box["x"] + box["width"] / 2,
            "y": box["y"] + box["height"] / 2,
            "data": {"items": [], "files": [str(p) for p in paths], "dragOperationsMask": 1},
        }
        for kind in ("dragEnter", "dragOver"):
            session.send("Input.dispatchDragEvent", {"type": kind, **event})

        def let_fall() -> None:
            session.send("Input.dispatchDragEvent", {"type": "drop", **event})
            session.detach()

        return let_fall

    def sample(self) -> None:
        self.page.click("#xg-sample")
        self.page.wait_for_selector(".xg-card")

    def ask(self, question: str) -> str:
        answers = self.page.locator(".xg-answer")
        before = answers.count()
        self.page.fill("#xg-question textarea, #xg-question input", question)
        self.page.click("#xg-send")
        newest = answers.nth(before)
        newest.wait_for()
        return newest.inner_text()


@contextmanager
def visiting(browser: Browser, url: str) -> Iterator[Visit]:
    """A window of its own in an English browser; nothing is left behind."""
    context = browser.new_context(locale="en-US", viewport={"width": 1280, "height": 900})
    try:
        yield Visit(context.new_page()).open(url)
    finally:
        context.close()


@pytest.fixture
def visit(browser: Browser, page_url: str) -> Iterator[Visit]:
    with visiting(browser, page_url) as window:
        yield window
