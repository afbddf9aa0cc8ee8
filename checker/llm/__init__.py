"""The only package that talks to a language model; nothing is sent unless an endpoint is set.

The model proposes, code disposes: replies hold places and choices, and every place is verified.
Importing this package loads none of the libraries; they are loaded for the first request.
"""

from typing import TYPE_CHECKING

from checker.llm.reader import read_with_model
from checker.llm.session import require_endpoint
from checker.settings import ModelSettings

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

__all__ = ["chat_model", "read_with_model"]


def chat_model(settings: ModelSettings) -> "ChatOpenAI":
    """The chat model of the configured endpoint, for an agent; it streams.

    Raises:
        ModelNotConfiguredError: the settings name no endpoint.
    """
    require_endpoint(settings)
    from checker.llm.transport import chat_openai

    return chat_openai(settings)
