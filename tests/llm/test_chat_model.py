"""The chat model for an agent: it streams, and goes only where it was told."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from checker.errors import ModelNotConfiguredError
from checker.llm import chat_model
from checker.settings import ModelSettings
from tests.llm.server import KEY, Server, Step, error, running

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI


@pytest.fixture
def chat(settings: ModelSettings) -> "Iterator[ChatOpenAI]":
    made = chat_model(settings)
    yield made
    made.root_client.close()


def test_it_streams(chat: "ChatOpenAI", server: Server) -> None:
    server.will(Step(content="表三“本年新收”总计为66件。"))
    pieces = [str(chunk.content) for chunk in chat.stream("收到多少申请？")]
    assert len([p for p in pieces if p]) > 3
    assert "".join(pieces) == "表三“本年新收”总计为66件。"
    assert server.asked[0]["stream"] is True
    assert server.keys == [f"Bearer {KEY}"]


def test_it_tries_again(chat: "ChatOpenAI", server: Server) -> None:
    server.will(error(503, "busy"), Step(content="好"))
    assert chat.invoke("？").content == "好"


def test_it_follows_no_redirect(chat: "ChatOpenAI", server: Server) -> None:
    with running() as other:
        there = {"Location": f"{other.url}/chat/completions"}
        server.will(Step(status=307, headers=there, body=b"{}"))
        with pytest.raises(Exception, match="307"):
            chat.invoke("？")
        assert other.paths == []


def test_it_needs_an_endpoint() -> None:
    with pytest.raises(ModelNotConfiguredError):
        chat_model(ModelSettings(model="m"))
