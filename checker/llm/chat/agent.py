"""The agent: LangChain's loop of model and tools, with our limits, pace, counts and faults.

Heavy: import it inside functions only. One question has a number of requests, of tool calls, of
characters of tool results, and a time; whatever runs out ends it with an error of ours.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from threading import Event
from typing import Any, Final

import httpx2
import openai
from langchain.agents import create_agent
from langchain.agents.middleware import (
    AgentMiddleware,
    AgentState,
    InputAgentState,
    ModelCallLimitMiddleware,
    ModelRequest,
    ModelResponse,
    OutputAgentState,
    ToolCallLimitMiddleware,
)
from langchain.agents.middleware.model_call_limit import ModelCallLimitExceededError
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, HumanMessage
from langchain_core.tools import BaseTool, StructuredTool
from langgraph.errors import GraphRecursionError
from langgraph.graph.state import CompiledStateGraph
from langsmith.run_helpers import tracing_context
from pydantic import ValidationError

from checker.domain.reading import Usage
from checker.errors import (
    ModelCancelledError,
    ModelError,
    ModelRefusedError,
    ModelUnavailableError,
)
from checker.llm.chat.split import Splitter
from checker.llm.chat.texts import ToolText, tool_texts
from checker.llm.chat.types import ChatTool, Evidence, Sentence, Talked, Turn
from checker.llm.faults import fault_of, timed_out, used_up
from checker.llm.pace import pace_of
from checker.llm.prompts import prompt
from checker.llm.session import pause_before, used_by
from checker.llm.transport import SHAPES, cancelled, streaming_chat
from checker.llm.wire import HastyExecutor
from checker.settings import ModelSettings, forbid_tracing

logger = logging.getLogger(__name__)

_Message = HumanMessage | AIMessage
_Graph = CompiledStateGraph[AgentState[Any], None, InputAgentState, OutputAgentState[Any]]

MOST_REQUESTS: Final = 6
MOST_TOOL_CALLS: Final = 12
MOST_TURNS: Final = 6
"""So many questions and answers of before are sent along."""
LONGEST_ANSWER: Final = 6_000
LONGEST_RESULT: Final = 5_000
_SHARE_OF_CONTEXT: Final = 0.5
_STEPS: Final = 60
_THREADS: Final = 3
_PLAIN: Final[set[tuple[str, str]]] = set()
"""Servers that were found to refuse temperature, seed or the count of tokens."""


@dataclass
class _Reply:
    """The answer as it grows."""

    verify: Callable[[str], Sentence | None]
    tell: Callable[[Sentence], None]
    sentences: list[Sentence] = field(default_factory=list)
    withheld: int = 0
    refused: bool = False
    length: int = 0
    _splitter: Splitter = field(default_factory=Splitter)
    _failed: int = 0
    _message: str | None = None
    _looks_up: bool = False

    def take(self, chunk: AIMessageChunk) -> None:
        """One piece of a message; another message begins when its id is another."""
        if chunk.id != self._message:
            self.end_message()
            self._message = chunk.id
        self._looks_up = self._looks_up or bool(chunk.tool_call_chunks)
        text = chunk.text
        self.length += len(text)
        for sentence in self._splitter.feed(text):
            self._judge(sentence)

    def end_message(self) -> None:
        """What a model says before it looks something up is no part of the answer."""
        for sentence in self._splitter.rest():
            self._judge(sentence)
        self.withheld += 0 if self._looks_up else self._failed
        self._failed, self._looks_up, self._splitter = 0, False, Splitter()

    def _judge(self, sentence: str) -> None:
        held = self.verify(sentence)
        if held is None:
            self._failed += 1
        elif held.refusal:
            self.refused = True
        elif held.text not in (s.text for s in self.sentences):
            self.sentences.append(held)
            self.tell(held)


class _Requests(AgentMiddleware):
    """Every request keeps the pace, has a time limit, and is repeated when that may help."""

    def __init__(self, settings: ModelSettings, cancel: Event) -> None:
        super().__init__()
        self.tools = []
        self.usage = Usage()
        self.streamed = False
        self._settings = settings
        self._cancel = cancel

    async def awrap_model_call(
        self,
        request: "ModelRequest[Any]",
        handler: "Callable[[ModelRequest[Any]], Awaitable[ModelResponse[Any]]]",
    ) -> "ModelResponse[Any]":
        """One request, with its repetitions."""
        pace, attempt = pace_of(self._settings), 0
        while True:
            await asyncio.to_thread(pace.wait, self._cancel)
            attempt += 1
            self.usage += Usage(requests=1)
            self.streamed = False
            try:
                return self._read(await self._once(request, handler))
            except ModelUnavailableError as error:
                error.attempt = attempt
                pause = None if self.streamed else pause_before(error, self._settings)
                if pause is None:
                    raise
                if error.reason == "rate_limit":
                    pace.hold(pause)
                else:
                    await asyncio.sleep(pause)

    async def _once(
        self,
        request: "ModelRequest[Any]",
        handler: "Callable[[ModelRequest[Any]], Awaitable[ModelResponse[Any]]]",
    ) -> "ModelResponse[Any]":
        try:
            async with asyncio.timeout(self._settings.timeout):
                return await handler(request)
        except TimeoutError:
            raise timed_out(self._settings) from None
        except ModelError:
            raise
        except (openai.OpenAIError, httpx2.HTTPError, *SHAPES) as error:
            raise fault_of(error, self._settings) from None

    def _read(self, response: "ModelResponse[Any]") -> "ModelResponse[Any]":
        """Count what was used; an answer that was cut off or declined is none."""
        message = response.result[-1]
        if not isinstance(message, AIMessage):
            return response
        if message.usage_metadata:
            told = message.usage_metadata
            self.usage += used_by(told["input_tokens"], told["output_tokens"], self._settings)
        finish = str(message.response_metadata.get("finish_reason") or "")
        if finish == "content_filter" or message.additional_kwargs.get("refusal"):
            raise ModelRefusedError("语言模型拒绝回答。", model=self._settings.model)
        if not finish:
            raise ModelUnavailableError(
                "语言模型的回答没有传完就中断了。", reason="network", model=self._settings.model
            )
        return response


@dataclass(kw_only=True)
class Agent:
    """One question to a model with tools."""

    settings: ModelSettings
    tools: Sequence[ChatTool]
    verify: Callable[[str], Sentence | None]
    cancel: Event
    tell: Callable[[Sentence], None]
    count: Callable[[Usage], None]
    _calls: int = 0
    _room: int = 0

    def ask(self, question: str, *, start: Sequence[Evidence], turns: Sequence[Turn]) -> Talked:
        """Ask and wait for the end of the answer.

        Raises:
            ModelError: there is no usable answer.
        """
        forbid_tracing()
        messages: list[_Message] = []
        for turn in turns[-MOST_TURNS:]:
            messages += [HumanMessage(turn.question), AIMessage(turn.answer)]
        given = "\n".join(_line(e) for e in start)
        messages.append(
            HumanMessage(prompt("chat_question").fill(evidence=given, question=question))
        )
        self._room = int(self.settings.context_length * _SHARE_OF_CONTEXT)
        with tracing_context(enabled=False):
            return asyncio.run(self._asked(messages))

    async def _asked(self, messages: Sequence[_Message]) -> Talked:
        asyncio.get_running_loop().set_default_executor(HastyExecutor(_THREADS))
        server = (self.settings.base_url, self.settings.model)
        try:
            return await self._watched(messages, steady=server not in _PLAIN)
        except ModelUnavailableError as error:
            if error.reason != "request" or server in _PLAIN or self._calls:
                raise
        talked = await self._watched(messages, steady=False)
        _PLAIN.add(server)
        return talked

    async def _watched(self, messages: Sequence[_Message], *, steady: bool) -> Talked:
        """The answer, unless it is cancelled or takes too long."""
        asked = asyncio.ensure_future(self._streamed(messages, steady=steady))
        watched = asyncio.ensure_future(cancelled(self.cancel))
        try:
            await asyncio.wait(
                {asked, watched},
                timeout=self.settings.longest,
                return_when=asyncio.FIRST_COMPLETED,
            )
            if asked.done():
                return asked.result()
        finally:
            asked.cancel()
            watched.cancel()
            await asyncio.gather(asked, watched, return_exceptions=True)
        if self.cancel.is_set():
            raise ModelCancelledError("已停止向语言模型提问。", model=self.settings.model)
        raise used_up(self.settings)

    async def _streamed(self, messages: Sequence[_Message], *, steady: bool) -> Talked:
        reply = _Reply(self.verify, self.tell)
        requests = _Requests(self.settings, self.cancel)
        async with streaming_chat(self.settings, steady=steady) as chat:
            pieces = self._graph(chat, requests).astream(
                InputAgentState(messages=list(messages)),
                {"recursion_limit": _STEPS},
                stream_mode="messages",
            )
            try:
                async for chunk, _ in pieces:
                    if isinstance(chunk, AIMessageChunk):
                        requests.streamed = requests.streamed or bool(chunk.text)
                        reply.take(chunk)
                    if reply.length > LONGEST_ANSWER:
                        raise self._gives_up("语言模型的回答太长。")
            except (ModelCallLimitExceededError, GraphRecursionError):
                raise self._gives_up(f"语言模型查了{MOST_REQUESTS}轮还没有给出回答。") from None
            finally:
                self.count(requests.usage)
        reply.end_message()
        return Talked(
            sentences=tuple(reply.sentences),
            withheld=reply.withheld,
            refused=reply.refused,
        )

    def _graph(self, chat: BaseChatModel, requests: _Requests) -> _Graph:
        limits: list[AgentMiddleware[Any, None, Any]] = [
            ModelCallLimitMiddleware(run_limit=MOST_REQUESTS, exit_behavior="error"),
            ToolCallLimitMiddleware(run_limit=MOST_TOOL_CALLS),
            requests,
        ]
        return create_agent(
            chat,
            tools=self._offered(),
            system_prompt=prompt("chat").text,
            middleware=limits,
        )

    def _gives_up(self, message: str) -> ModelUnavailableError:
        return ModelUnavailableError(message, reason="server", model=self.settings.model)

    # -- tools ------------------------------------------------------------------------------

    def _offered(self) -> list[BaseTool]:
        texts = tool_texts()
        return [self._structured(t, texts[t.name]) for t in self.tools]

    def _structured(self, tool: ChatTool, text: ToolText) -> BaseTool:
        async def called(**given: object) -> str:
            return await asyncio.to_thread(self._call, tool, given)

        return StructuredTool(
            name=tool.name,
            description=text.description,
            args_schema=text.schema_of(tool.arguments),
            coroutine=called,
        )

    def _call(self, tool: ChatTool, given: dict[str, object]) -> str:
        """What a tool found, as the model is shown it; a wrong call is told, not raised."""
        self._calls += 1
        try:
            arguments = tool.arguments.model_validate(given)
        except ValidationError as error:
            places = sorted({str(e["loc"][0]) if e["loc"] else "" for e in error.errors()})
            return prompt("chat_wrong").fill(names="、".join(places))
        result = tool.call(arguments)
        lines = [_line(e) for e in result.evidence]
        lines += [result.remark] if result.remark else []
        text = "\n".join(lines)[:LONGEST_RESULT]
        self._room -= len(text)
        return text if self._room >= 0 else prompt("chat_enough").text


def _line(evidence: Evidence) -> str:
    return f"[{evidence.id}] {evidence.text}"
