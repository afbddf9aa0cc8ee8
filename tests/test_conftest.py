"""The guards that every other test relies on."""

import socket

import pytest

from tests.conftest import UPDATE, NetworkBlockedError, may_update


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.org", 80)])
def test_another_machine_cannot_be_reached(address: tuple[str, int]) -> None:
    with socket.socket() as outside, pytest.raises(NetworkBlockedError):
        outside.connect(address)


def test_loopback_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as client:
        client.connect(server.getsockname())


def test_expected_files_are_not_rewritten_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(UPDATE, "1")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="not rewritten"):
        may_update()
