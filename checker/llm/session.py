"""Asks a model and gives back typed replies: mode, pace, retries, one repair, cache, counts."""

import hashlib
import json
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from threading import Event
from typing import Final, TypeVar

from checker.domain.reading import Usage
from checker.errors import (
    BadReplyError,
    ModelCancelledError,
    ModelNotConfiguredError,
    ModelRefusedError,
    ModelUnavailableError,
)
from checker.llm.pace import pace_of
from checker.llm.parse import parse_reply
from checker.llm.prompts import prompt
from checker.llm.replies import ProbeReply, ReplyBase, schema_of
from checker.llm.request import SEED, TEMPERATURE, Message, RawReply, Request
from checker.settings import ModelSettings, StructuredOutput
from checker.store import Endpoint, Store

logger = logging.getLogger(__name__)

_Reply = TypeVar("_Reply", bound=ReplyBase)

MODES: Final[tuple[StructuredOutput, ...]] = ("json_schema", "json_object", "tools", "prompt")
# Modes in which the server does not know the schema, so that the question has to tell it.
_TOLD: Final[frozenset[StructuredOutput]] = frozenset({"json_object", "prompt"})
_LONGEST_ECHO: Final = 6_000  # characters of a bad reply that are sent back for repair


def require_endpoint(settings: ModelSettings) -> None:
    """Make sure that the user has said where to send anything.

    Raises:
        ModelNotConfiguredError: no endpoint or no model is named.
    """
    if not settings.configured:
        raise ModelNotConfiguredError(
            "没有设置语言模型接口。",
            hint="设置 XXGK_LLM_BASE_URL 和 XXGK_LLM_MODEL 后可以使用。",
        )


@dataclass(kw_only=True)
class Session:
    """One run with one endpoint; not shared between threads.

    Attributes:
        store: where replies are kept; None keeps none.
        cancel: stops waiting and asking when set.
        usage: what has been sent so far.
        endpoint: what the server can do; found out at the first question.
        spent: seconds that the server has taken of the time for the whole report, pauses before
            repetitions included; waiting for our own pace is nobody's delay.

    Raises:
        ModelNotConfiguredError: the settings name no endpoint.
    """

    settings: ModelSettings
    store: Store | None = None
    cancel: Event = field(default_factory=Event)
    usage: Usage = field(default_factory=Usage)
    endpoint: Endpoint | None = None
    spent: float = 0
    _remembered: bool = False

    def __post_init__(self) -> None:
        require_endpoint(self.settings)

    def ask(self, messages: Sequence[Message], reply: type[_Reply]) -> _Reply:
        """Ask a question; a reply that is not of the type is asked for once more.

        Raises:
            BadReplyError: the second reply is not of the type either.
            ModelError: there is no reply.
        """
        request = _question(self.known(), messages, reply)
        key = _key(request, self.settings)
        kept = self.store.reply(key) if self.store else None
        if kept is not None:
            try:
                answer = parse_reply(kept, reply)
            except BadReplyError:
                logger.warning("a kept reply could not be read; asking again")
            else:
                self.usage += Usage(cached=1)
                return answer
        try:
            text, answer = self._asked(request, reply)
        except ModelUnavailableError as error:
            if error.reason != "request" or not self._remembered:
                raise
            request = _question(self.try_out(), messages, reply)  # the server has changed
            key = _key(request, self.settings)
            text, answer = self._asked(request, reply)
        if self.store:
            self.store.keep_reply(key, text)
        return answer

    def try_out(self) -> Endpoint:
        """Find out anew what the server can do, by a question that holds nothing of a report.

        Raises:
            BadReplyError: no mode gives a reply of the type that is asked for.
            ModelError: the server does not answer.
        """
        modes = (
            MODES
            if self.settings.structured_output == "auto"
            else (self.settings.structured_output,)
        )
        failures: list[str] = []
        for mode in modes:
            found = self._tried(mode, failures)
            if found:
                self.endpoint, self._remembered = found, False
                if self.store:
                    at = (self.settings.base_url, self.settings.model)
                    self.store.keep_endpoint(*at, found)
                return found
        raise BadReplyError(
            f"这个模型不能按要求的格式回答（试过 {'、'.join(modes)}）：{failures[-1]}",
            model=self.settings.model,
            hint="请换一个模型。",
        )

    def _tried(self, mode: StructuredOutput, failures: list[str]) -> Endpoint | None:
        """A mode with the parameters that the server accepts, or None and why not."""
        question = [Message("user", prompt("probe").text)]
        for steady in (True, False):
            endpoint = Endpoint(mode, steady)
            try:
                raw = self.send(_question(endpoint, question, ProbeReply))
                self._read(raw, ProbeReply)
            except BadReplyError as error:
                failures.append(error.message)
                return None
            except ModelUnavailableError as error:
                failures.append(error.message)
                if error.reason == "server" and mode == MODES[0] and mode != self._wanted:
                    return None  # some servers crash on a schema instead of refusing it
                if error.reason != "request":
                    raise
            else:
                return endpoint
        return None

    @property
    def _wanted(self) -> str:
        return self.settings.structured_output

    def known(self) -> Endpoint:
        """What the server can do: found out in this run, kept from another, or tried out now."""
        if self.endpoint is None and self.store:
            kept = self.store.endpoint(self.settings.base_url, self.settings.model)
            if kept and self.settings.structured_output in ("auto", kept.mode):
                self.endpoint, self._remembered = kept, True
        return self.endpoint or self.try_out()

    def _asked(self, request: Request, reply: type[_Reply]) -> tuple[str, _Reply]:
        """The text of a reply and the reply; asked for once more when it is a bad one."""
        raw = self.send(request)
        try:
            return raw.text, self._read(raw, reply)
        except BadReplyError as error:
            logger.info("bad reply, asking for a repair")
            repair = prompt("repair").fill(errors=error.message)
        echo = Message("assistant", raw.text[:_LONGEST_ECHO] or "{}")
        raw = self.send(
            replace(request, messages=(*request.messages, echo, Message("user", repair)))
        )
        try:
            return raw.text, self._read(raw, reply)
        except BadReplyError as error:
            raise BadReplyError(
                f"语言模型两次都没有按要求的格式回答：{error.message}",
                model=self.settings.model,
                attempt=2,
                hint="可运行 xxgk llm check 查看，或换一个模型。",
            ) from None

    def _read(self, raw: RawReply, reply: type[_Reply]) -> _Reply:
        """A finished answer as its type.

        Raises:
            ModelRefusedError: the model declined.
            BadReplyError: cut off, or not of the type.
        """
        if raw.refusal or raw.finish == "content_filter":
            raise ModelRefusedError(
                "语言模型拒绝回答。",
                model=self.settings.model,
                hint="这不是报告的问题；可以换一个模型，或不用语言模型。",
            )
        if raw.finish == "length":
            raise BadReplyError("回答太长，没有写完就被截断。", model=self.settings.model)
        if raw.finish not in ("stop", "tool_calls"):
            raise BadReplyError("服务器没有说明回答已经写完。", model=self.settings.model)
        return parse_reply(raw.text, reply)

    def send(self, request: Request) -> RawReply:
        """Send a request, again when the failure may pass.

        Raises:
            ModelError: there is no answer after all attempts.
        """
        from checker.llm import faults, transport

        pace = pace_of(self.settings)
        attempt = 0
        while True:
            pace.wait(self.cancel)
            left = self.settings.longest - self.spent
            if left <= 0:
                raise faults.used_up(self.settings)
            attempt += 1
            self.usage += Usage(requests=1)
            start = time.monotonic()
            try:
                raw = transport.send(request, self.settings, self.cancel, seconds=left)
            except ModelUnavailableError as error:
                self.spent += time.monotonic() - start
                error.attempt = attempt
                pause = pause_before(error, self.settings)
                if pause is None or self.spent + pause >= self.settings.longest:
                    raise
                self.spent += pause
                logger.info("attempt %d failed (%s), next in %.1f s", attempt, error.reason, pause)
                if error.reason == "rate_limit":
                    pace.hold(pause)
                elif self.cancel.wait(pause):
                    raise ModelCancelledError("已停止向语言模型提问。") from None
            else:
                self.spent += time.monotonic() - start
                self.usage += used_by(raw.prompt_tokens, raw.completion_tokens, self.settings)
                return raw


def pause_before(error: ModelUnavailableError, settings: ModelSettings) -> float | None:
    """Seconds until the attempt after a failed one, or None when there is to be none."""
    own = settings.retry_pause * 2 ** (error.attempt - 1)
    pause = own if error.wait is None else error.wait
    if not error.retryable or error.attempt > settings.retries or pause > settings.retry_longest:
        return None
    return pause


def _question(endpoint: Endpoint, messages: Sequence[Message], reply: type[_Reply]) -> Request:
    """A request in the mode of the endpoint; the form of the reply is told where it has to be."""
    *before, last = messages
    if endpoint.mode in _TOLD:
        schema = json.dumps(schema_of(reply), ensure_ascii=False)
        form = prompt("schema").fill(keys="、".join(reply.model_fields), schema=schema)
        last = Message(last.role, f"{last.text}\n\n{form}")
    return Request(
        messages=(*before, last), reply=reply, mode=endpoint.mode, steady=endpoint.steady
    )


def _key(request: Request, settings: ModelSettings) -> str:
    """Hash of all that shapes a reply: address, model, parameters, schema and every word sent.

    The words hold the report and the prompts, so a change of either is another key.
    """
    parts = {
        "base_url": settings.base_url,
        "model": settings.model,
        "temperature": TEMPERATURE if request.steady else None,
        "seed": SEED if request.steady else None,
        "extra": request.extra(),
        "schema": schema_of(request.reply),
        "messages": [list(m) for m in request.messages],
    }
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def used_by(prompt_tokens: int, completion_tokens: int, settings: ModelSettings) -> Usage:
    """Tokens of one answer and what they cost."""
    cost: Decimal | None = None
    if settings.price_input is not None or settings.price_output is not None:
        paid = (settings.price_input or Decimal(0)) * prompt_tokens
        paid += (settings.price_output or Decimal(0)) * completion_tokens
        cost = paid / 1000
    return Usage(prompt_tokens=prompt_tokens, completion_tokens=completion_tokens, cost=cost)
