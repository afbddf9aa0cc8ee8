"""Sends one request with LangChain's ``ChatOpenAI``: no retry, no redirect, no parsing.

Heavy: import it inside functions only. A redirect is refused, because it would carry a report to
a server that nobody configured. A whole exchange has one time limit and can be cancelled; the
connection is then closed, so that the server stops too.
"""

import asyncio
import logging
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from threading import Event
from typing import Final, NamedTuple, TypedDict, TypeVar, cast

import httpx2
import openai
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from langchain_openai import ChatOpenAI
from langsmith.run_helpers import tracing_context
from pydantic import SecretStr

from checker.errors import ModelCancelledError
from checker.llm.faults import fault_of, timed_out, used_up
from checker.llm.request import SEED, TEMPERATURE, Message, RawReply, Request
from checker.llm.wire import HastyExecutor, async_client, idle_client, timeout_of
from checker.settings import ModelSettings, forbid_tracing

_Answer = TypeVar("_Answer")

NO_KEY: Final = "none"  # the library wants a key where a server needs none
_GLANCE: Final = 0.05  # seconds between looks at the cancel event
_CONTEXT_KEYS: Final = (
    *("max_model_len", "context_length", "context_window", "max_context_length"),
    *("loaded_context_length", "n_ctx"),
)
# What a server may cause by an answer that has not the shape of a chat completion.
SHAPES: Final = (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError)

# At DEBUG these print whole requests, that is reports.
for _name in ("openai", "httpx2", "httpcore2", "langchain_openai", "langchain_core"):
    logging.getLogger(_name).setLevel(logging.WARNING)
# Advice to programmers about structured output; we try other ways ourselves.
warnings.filterwarnings("ignore", category=UserWarning, module=r"langchain_openai\.")


class ModelEntry(NamedTuple):
    """A model in the list of a server; ``context`` in tokens, None when it does not say."""

    id: str
    context: int | None


class _RawMessage(TypedDict, total=False):
    """The message of a chat completion, as far as we look at it."""

    content: object
    refusal: object
    reasoning_content: object
    reasoning: object
    tool_calls: object


class _Chat(ChatOpenAI):
    """Keeps the message as it came: LangChain leaves reasoning and broken tool calls out."""

    def _create_chat_result(
        self,
        response: "dict[str, object] | openai.BaseModel",
        generation_info: dict[str, object] | None = None,
    ) -> ChatResult:
        result = super()._create_chat_result(response, generation_info)
        plain = response if isinstance(response, dict) else response.model_dump(warnings=False)
        choices = cast(list[dict[str, object]], plain["choices"])
        result.generations[0].message.additional_kwargs["raw"] = choices[0]["message"]
        return result

    def _convert_chunk_to_generation_chunk(
        self,
        chunk: dict[str, object],
        default_chunk_class: type,
        base_generation_info: dict[str, object] | None,
    ) -> ChatGenerationChunk | None:
        made = super()._convert_chunk_to_generation_chunk(
            chunk, default_chunk_class, base_generation_info
        )
        if made is not None and any(_declines(c) for c in cast(list[object], chunk["choices"])):
            made.message.additional_kwargs["refusal"] = "true"
        return made


def _declines(choice: object) -> bool:
    """Whether a piece of an answer says that there will be none."""
    delta = choice.get("delta") if isinstance(choice, dict) else None
    return isinstance(delta, dict) and bool(delta.get("refusal"))


def _chat(
    settings: ModelSettings,
    *,
    steady: bool,
    asynchronous: httpx2.AsyncClient,
) -> ChatOpenAI:
    return _Chat(
        model=settings.model,
        base_url=settings.base_url,
        api_key=settings.api_key or SecretStr(NO_KEY),
        temperature=TEMPERATURE if steady else None,
        seed=SEED if steady else None,
        timeout=timeout_of(settings),
        max_retries=0,
        use_responses_api=False,
        http_client=idle_client(),
        http_async_client=asynchronous,
        http_socket_options=(),  # else it warns that it leaves proxies to us
        cache=False,
    )


@asynccontextmanager
async def streaming_chat(settings: ModelSettings, *, steady: bool) -> AsyncIterator[ChatOpenAI]:
    """A chat model for one question of a conversation; it streams and repeats nothing by itself.

    Args:
        settings: the endpoint.
        steady: send temperature and seed, and ask for the count of tokens.

    Raises:
        ModelUnavailableError: the proxy of the environment cannot be used.
    """
    async with async_client(settings) as http:
        chat = _chat(settings, steady=steady, asynchronous=http)
        chat.streaming, chat.stream_usage = True, steady
        yield chat


def send(
    request: Request,
    settings: ModelSettings,
    cancel: Event | None = None,
    *,
    seconds: float | None = None,
) -> RawReply:
    """Send a request and wait for the answer.

    Args:
        request: what is asked.
        settings: the endpoint.
        cancel: stops waiting when set.
        seconds: what is left of the time for the whole report.

    Raises:
        ModelCancelledError: ``cancel`` was set.
        ModelError: there is no usable answer.
    """
    forbid_tracing()

    async def ask(http: httpx2.AsyncClient) -> RawReply:
        chat = _chat(settings, steady=request.steady, asynchronous=http)
        return _raw(await _ask(chat, request))

    return asyncio.run(_exchange(ask, settings, cancel or Event(), seconds=seconds))


def list_models(settings: ModelSettings) -> tuple[ModelEntry, ...]:
    """The models that the server says it has.

    Raises:
        ModelError: it does not say.
    """
    key = settings.api_key.get_secret_value() if settings.api_key else NO_KEY

    async def ask(http: httpx2.AsyncClient) -> tuple[ModelEntry, ...]:
        asked = openai.AsyncOpenAI(
            base_url=settings.base_url, api_key=key, max_retries=0, http_client=http
        )
        page = await asked.models.list()
        entries = [m.model_dump(warnings=False) for m in page.data]
        names = ("".join(filter(str.isprintable, str(m["id"]))) for m in entries)
        return tuple(map(ModelEntry, names, map(_context_of, entries)))

    return asyncio.run(_exchange(ask, settings, Event()))


def _context_of(entry: Mapping[str, object]) -> int | None:
    """The context length in an entry of the list; every kind of server has a name of its own."""
    found = [v for k in _CONTEXT_KEYS if isinstance(v := entry.get(k), int)]
    return found[0] if found else None


async def _exchange(
    work: Callable[[httpx2.AsyncClient], Awaitable[_Answer]],
    settings: ModelSettings,
    cancel: Event,
    *,
    seconds: float | None = None,
) -> _Answer:
    """What some work with a client comes to, within the time limits and unless cancelled."""
    short = seconds is not None and seconds < settings.timeout
    asyncio.get_running_loop().set_default_executor(HastyExecutor(1))
    async with async_client(settings) as http:
        asked = asyncio.ensure_future(work(http))
        watched = asyncio.ensure_future(cancelled(cancel))
        try:
            await asyncio.wait(
                {asked, watched},
                timeout=seconds if short else settings.timeout,
                return_when=asyncio.FIRST_COMPLETED,
            )
            if asked.done():
                return asked.result()
        except (openai.OpenAIError, httpx2.HTTPError, *SHAPES) as error:
            raise fault_of(error, settings) from None
        finally:
            asked.cancel()
            watched.cancel()
            await asyncio.gather(asked, watched, return_exceptions=True)
    if cancel.is_set():
        raise ModelCancelledError("已停止向语言模型提问。", model=settings.model)
    raise used_up(settings) if short else timed_out(settings)


async def _ask(chat: ChatOpenAI, request: Request) -> BaseMessage:
    messages = [_message(m) for m in request.messages]
    with tracing_context(enabled=False):
        return await chat.ainvoke(messages, extra_body=request.extra())


async def cancelled(cancel: Event) -> None:
    """Wait until the event is set."""
    while not cancel.is_set():
        await asyncio.sleep(_GLANCE)


def _message(message: Message) -> BaseMessage:
    match message.role:
        case "system":
            return SystemMessage(content=message.text)
        case "user":
            return HumanMessage(content=message.text)
        case "assistant":
            return AIMessage(content=message.text)


def _raw(answer: BaseMessage) -> RawReply:
    """The parts of the answer that count.

    Raises:
        KeyError, TypeError: it has not the shape of a chat completion.
    """
    message: _RawMessage = answer.additional_kwargs["raw"]
    usage = answer.usage_metadata if isinstance(answer, AIMessage) else None
    return RawReply(
        text=_text(message),
        finish=str(answer.response_metadata.get("finish_reason") or ""),
        refusal=bool(message.get("refusal")),
        prompt_tokens=_count(usage["input_tokens"]) if usage else 0,
        completion_tokens=_count(usage["output_tokens"]) if usage else 0,
    )


def _count(told: object) -> int:
    """A number of tokens, as far as the server tells one."""
    return told if isinstance(told, int) and told > 0 else 0


def _text(message: _RawMessage) -> str:
    """Arguments of the tool calls, else the content, else what is called reasoning."""
    calls = message.get("tool_calls")
    if isinstance(calls, list) and calls:
        arguments = (call["function"]["arguments"] for call in calls)
        return "\n".join(a for a in arguments if isinstance(a, str))
    texts = (message.get(k) for k in ("content", "reasoning_content", "reasoning"))
    return next((t for t in texts if isinstance(t, str) and t.strip()), "")
