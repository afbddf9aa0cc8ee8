"""A server to talk to, settings that point to it, and a file of its own for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from checker.settings import ModelSettings
from checker.store import Store
from tests.llm.server import KEY, MODEL, Server, running


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as started:
        yield started
        assert not started.unexpected, "the server was asked something that no test expected"
        assert not started.steps, "the server was not asked as often as the test expected"


@pytest.fixture
def settings(server: Server) -> ModelSettings:
    return ModelSettings(
        base_url=server.url,
        api_key=SecretStr(KEY),
        model=MODEL,
        timeout=5,
        retry_pause=0.01,
        retry_longest=1,
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache" / "store.sqlite3")
