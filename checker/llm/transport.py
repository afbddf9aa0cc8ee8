"""Sends one request with LangChain's ``ChatOpenAI``: no retry, no redirect, no parsing.

Heavy: import it inside functions only. A redirect is refused, because it would carry a report to
a server that nobody configured. The whole exchange has one time limit and can be cancelled; the
connection is then closed, so that the server stops too.
"""

import asyncio
import logging
import ssl
import warnings
from collections.abc import Mapping
from functools import cache
from threading import Event
from typing import Final, NamedTuple, TypedDict, cast

import httpx2
import openai
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langchain_core.outputs import ChatResult
from langchain_openai import ChatOpenAI
from langsmith.run_helpers import tracing_context
from pydantic import SecretStr

from checker.errors import ModelCancelledError
from checker.llm.faults import fault_of, timed_out
from checker.llm.request import SEED, TEMPERATURE, Message, RawReply, Request
from checker.settings import ModelSettings, forbid_tracing

NO_KEY: Final = "none"  # the library wants a key where a server needs none
_GLANCE: Final = 0.05  # seconds between looks at the cancel event
_CONNECT: Final = 10.0
_CONTEXT_KEYS: Final = (
    *("max_model_len", "context_length", "context_window", "max_context_length"),
    *("loaded_context_length", "n_ctx"),
)
# What a server may cause by an answer that has not the shape of a chat completion.
_SHAPES: Final = (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError)

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


def chat_openai(settings: ModelSettings) -> ChatOpenAI:
    """The chat model of LangChain for the configured endpoint, with retries of its own."""
    forbid_tracing()
    timeout = _timeout(settings)
    return _chat(
        settings,
        retries=settings.retries,
        client=httpx2.Client(timeout=timeout, verify=_trust(), follow_redirects=False),
        async_client=httpx2.AsyncClient(timeout=timeout, verify=_trust(), follow_redirects=False),
    )


def _chat(
    settings: ModelSettings,
    *,
    steady: bool = True,
    retries: int = 0,
    client: httpx2.Client,
    async_client: httpx2.AsyncClient,
) -> ChatOpenAI:
    return _Chat(
        model=settings.model,
        base_url=settings.base_url,
        api_key=settings.api_key or SecretStr(NO_KEY),
        temperature=TEMPERATURE if steady else None,
        seed=SEED if steady else None,
        timeout=_timeout(settings),
        max_retries=retries,
        use_responses_api=False,
        http_client=client,
        http_async_client=async_client,
        cache=False,
    )


def _timeout(settings: ModelSettings) -> httpx2.Timeout:
    return httpx2.Timeout(settings.timeout, connect=min(_CONNECT, settings.timeout))


def send(request: Request, settings: ModelSettings, cancel: Event | None = None) -> RawReply:
    """Send a request and wait for the answer.

    Raises:
        ModelCancelledError: ``cancel`` was set.
        ModelError: there is no usable answer.
    """
    forbid_tracing()
    return asyncio.run(_exchange(request, settings, cancel or Event()))


def list_models(settings: ModelSettings) -> tuple[ModelEntry, ...]:
    """The models that the server says it has.

    Raises:
        ModelError: it does not say.
    """
    key = settings.api_key.get_secret_value() if settings.api_key else NO_KEY
    http = httpx2.Client(timeout=_timeout(settings), verify=_trust(), follow_redirects=False)
    with (
        http,
        openai.OpenAI(
            base_url=settings.base_url, api_key=key, max_retries=0, http_client=http
        ) as client,
    ):
        try:
            entries = [m.model_dump(warnings=False) for m in client.models.list().data]
            names = ("".join(filter(str.isprintable, str(m["id"]))) for m in entries)
            return tuple(map(ModelEntry, names, map(_context_of, entries)))
        except (openai.OpenAIError, httpx2.HTTPError, *_SHAPES) as error:
            raise fault_of(error, settings) from None


def _context_of(entry: Mapping[str, object]) -> int | None:
    """The context length in an entry of the list; every kind of server has a name of its own."""
    found = [v for k in _CONTEXT_KEYS if isinstance(v := entry.get(k), int)]
    return found[0] if found else None


async def _exchange(request: Request, settings: ModelSettings, cancel: Event) -> RawReply:
    async with httpx2.AsyncClient(
        timeout=_timeout(settings), verify=_trust(), follow_redirects=False
    ) as client:
        chat = _chat(settings, steady=request.steady, client=_idle(), async_client=client)
        asked = asyncio.ensure_future(_ask(chat, request))
        watched = asyncio.ensure_future(_set(cancel))
        try:
            await asyncio.wait(
                {asked, watched},
                timeout=settings.timeout,
                return_when=asyncio.FIRST_COMPLETED,
            )
            if asked.done():
                return _raw(asked.result())
        except (openai.OpenAIError, httpx2.HTTPError, *_SHAPES) as error:
            raise fault_of(error, settings) from None
        finally:
            asked.cancel()
            watched.cancel()
            await asyncio.gather(asked, watched, return_exceptions=True)
    if cancel.is_set():
        raise ModelCancelledError("已停止向语言模型提问。", model=settings.model)
    raise timed_out(settings)


async def _ask(chat: ChatOpenAI, request: Request) -> BaseMessage:
    messages = [_message(m) for m in request.messages]
    with tracing_context(enabled=False):
        return await chat.ainvoke(messages, extra_body=request.extra())


async def _set(cancel: Event) -> None:
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
        prompt_tokens=usage["input_tokens"] if usage else 0,
        completion_tokens=usage["output_tokens"] if usage else 0,
    )


def _text(message: _RawMessage) -> str:
    """Arguments of a tool call, else the content, else what is called reasoning."""
    calls = message.get("tool_calls")
    if isinstance(calls, list) and calls:
        arguments = calls[0]["function"]["arguments"]
        return arguments if isinstance(arguments, str) else ""
    texts = (message.get(k) for k in ("content", "reasoning_content", "reasoning"))
    return next((t for t in texts if isinstance(t, str) and t.strip()), "")


@cache
def _idle() -> httpx2.Client:
    """A client that sends nothing, so that the library makes none of its own.

    Its own would follow redirects, and read the certificates again for every address.
    """
    return httpx2.Client(verify=_trust(), follow_redirects=False)


@cache
def _trust() -> ssl.SSLContext:
    """The certificates of the system; read once, since that takes a while."""
    return httpx2.create_ssl_context()
