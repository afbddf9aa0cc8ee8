"""A conversation with a model that may look things up and has to cite what it found.

The caller gives the tools and the test; here the tools are offered, the answer is cut into
sentences, and every sentence that fails the test is withheld. Nothing is executed but the tools
given, and those only read.
"""

from collections.abc import Callable, Sequence
from threading import Event

from checker.domain.reading import Usage
from checker.llm.chat.types import (
    ChatTool,
    Evidence,
    Sentence,
    Talked,
    ToolArguments,
    ToolResult,
    Turn,
    tool,
)
from checker.llm.session import require_endpoint
from checker.settings import ModelSettings

__all__ = [
    "ChatTool",
    "Evidence",
    "Sentence",
    "Talked",
    "ToolArguments",
    "ToolResult",
    "Turn",
    "converse",
    "tool",
]


def converse(  # noqa: PLR0913 - all that one question can be told
    question: str,
    *,
    start: Sequence[Evidence],
    tools: Sequence[ChatTool],
    turns: Sequence[Turn],
    verify: Callable[[str], Sentence | None],
    settings: ModelSettings,
    cancel: Event,
    on_sentence: Callable[[Sentence], None],
    on_usage: Callable[[Usage], None],
) -> Talked:
    """Ask a model a question; blocks until it has answered.

    Args:
        question: as typed.
        start: evidence that it is given with the question.
        tools: what it may look up.
        turns: the conversation so far; only the last ones are sent.
        verify: gives a sentence as it may be shown, None when it does not hold.
        settings: the endpoint. Nothing is sent anywhere else.
        cancel: stops when set.
        on_sentence: told every sentence that holds, as soon as it is complete.
        on_usage: told at the end what was used, also when the model fails.

    Raises:
        ModelCancelledError: ``cancel`` was set.
        ModelError: the model gave no usable answer; sentences told before still hold.
        PromptError: the prompts that came with the program are damaged.
    """
    require_endpoint(settings)
    from checker.llm.chat.agent import Agent

    agent = Agent(
        settings=settings,
        tools=tools,
        verify=verify,
        cancel=cancel,
        tell=on_sentence,
        count=on_usage,
    )
    return agent.ask(question, start=start, turns=turns)
