"""Shared by all tests: no network, no settings from outside, expected files."""

import os
import socket
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parent / "fixtures"
UPDATE = "XXGK_UPDATE_EXPECTED"


class NetworkBlockedError(AssertionError):
    """A test tried to reach another machine."""


def _is_local(family: int, address: object) -> bool:
    if family not in (socket.AF_INET, socket.AF_INET6):
        return True
    host = str(address[0]) if isinstance(address, tuple) else ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded_connect(self: socket.socket, address: tuple[str, int]) -> None:
        if not _is_local(self.family, address):
            raise NetworkBlockedError(f"tests run offline, but something called {address!r}")
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: tuple[str, int]) -> int:
        if not _is_local(self.family, address):
            raise NetworkBlockedError(f"tests run offline, but something called {address!r}")
        return connect_ex(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded_connect)
    patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    yield
    patch.undo()


@pytest.fixture(autouse=True, scope="session")
def _settings_of_our_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No model, no store and no settings file of the user who runs the tests."""
    patch = pytest.MonkeyPatch()
    for name in [n for n in os.environ if n.startswith(("XXGK_", "OPENAI_")) and n != UPDATE]:
        patch.delenv(name)
    empty = tmp_path_factory.mktemp("settings") / "config.toml"
    empty.touch()
    patch.setenv("XXGK_CONFIG", str(empty))
    patch.setenv("XXGK_STORE", "off")
    yield
    patch.undo()


def may_update() -> bool:
    """Whether expected files are to be rewritten; never in continuous integration."""
    wanted = os.environ.get(UPDATE) == "1"
    if wanted and os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"{UPDATE} is set in CI: expected files are reviewed, not rewritten there")
    return wanted


@pytest.fixture
def expected() -> Callable[[str, str], None]:
    """Compare a text with the file of that name below ``fixtures/expected``."""

    def compare(name: str, text: str) -> None:
        path = FIXTURES / "expected" / name
        if may_update():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8"), f"see {UPDATE} in tests/conftest.py"

    return compare
