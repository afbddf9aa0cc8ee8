"""Tries out the configured endpoint step by step; sends fixed questions, never a report."""

import time
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Final, Literal, NamedTuple
from urllib.parse import urlsplit

from checker.errors import ModelError, ModelUnavailableError
from checker.llm.compose import LEAST_CONTEXT
from checker.llm.prompts import prompt
from checker.llm.replies import MemoryReply, SpeedReply
from checker.llm.request import Message
from checker.llm.session import Session
from checker.rulebook import load_forms
from checker.settings import ModelSettings, is_here, proxy_for
from checker.store import Store

Result = Literal["good", "doubtful", "bad"]

_REPORT: Final = 9_000  # characters of a long report with its tables and our questions
_REPLY: Final = 1_500  # tokens of a usual reply about one report
_WORD: Final = "青石桥边老梧桐"
_NUMBERS: Final = tuple(range(1, 101))
_SHOWN: Final = 5
_FORBIDDEN: Final = 403
_ADVISED: Final = 16_384  # tokens of context that hold every usual report and a long reply
_SELF: Final = "xxgk llm check"
_MODES: Final = {
    "json_schema": "能按给定的结构输出（json_schema），最可靠",
    "json_object": "能输出 JSON（json_object）",
    "tools": "能用函数调用输出（tools）",
    "prompt": "只能用提示词约束格式（prompt），可能有少数报告答不成",
}


class Step(NamedTuple):
    """One thing that was tried.

    Attributes:
        says: what was found, in Chinese.
        advice: what to change, in Chinese; empty when nothing.
    """

    name: str
    result: Result
    says: str
    advice: str = ""


def examine(settings: ModelSettings, store: Store | None = None) -> Iterator[Step]:
    """Try the endpoint out; ends at the first thing without which nothing else works.

    Args:
        settings: the endpoint.
        store: keeps what the server can do, for later runs.

    Raises:
        ModelNotConfiguredError: the settings name no endpoint.
    """
    session = Session(settings=settings)  # without the store: the answers have to be new
    yield _encryption(settings)
    for name, step in (("连接", _connection), ("输出格式", _form)):
        found = _tried(name, step, session)
        yield found
        if found.result == "bad":
            return
    if store and session.endpoint:
        store.keep_endpoint(settings.base_url, settings.model, session.endpoint)
    yield _tried("长文", _memory, session)
    yield _tried("速度", _speed, session)


def _tried(name: str, step: Callable[[str, Session], Step], session: Session) -> Step:
    session.spent = 0  # every step is a question of its own
    try:
        return step(name, session)
    except ModelError as error:
        detail = error.detail if isinstance(error, ModelUnavailableError) else ""
        key = session.settings.api_key
        if key is not None and key.get_secret_value():
            detail = detail.replace(key.get_secret_value(), "……")  # a server may say it again
        says = f"{error.message}服务器说：{detail}" if detail else error.message
        advice = "请换一个能力强一些的模型，或换一个接口。" if _SELF in error.hint else error.hint
        return Step(name, "bad", says, advice)


def _encryption(settings: ModelSettings) -> Step:
    address = urlsplit(settings.base_url)
    host = address.hostname or ""
    if is_here(host):
        return Step("传输", "good", "在本机上，报告不离开这台电脑。")
    through = _through(settings)
    if address.scheme == "https":
        return Step("传输", "good", f"经加密连接发送到 {host}{through}。")
    return Step(
        "传输",
        "doubtful",
        f"不加密发送到 {host}{through}，网络上的其他人可能看到报告。",
        "只在可信的内部网络这样用；否则请改用 https 地址。"
        + (f"不需要经过代理的，把 {host} 写进 NO_PROXY。" if through else ""),
    )


def _through(settings: ModelSettings) -> str:
    """By which proxy, for the user; a password in it is not told."""
    try:
        proxy = proxy_for(settings.base_url)
    except ValueError:  # the next step tells it
        return ""
    return f"（经过代理 {urlsplit(proxy).hostname}）" if proxy else ""


def _connection(name: str, session: Session) -> Step:
    """Whether the server answers, takes the key and has the model."""
    from checker.llm import transport

    settings, start = session.settings, time.monotonic()
    try:
        entries = transport.list_models(settings)
    except ModelUnavailableError as error:
        # a key may be good for questions only, and then the list is forbidden
        told = error.reason in ("network", "timeout", "auth", "rate_limit")
        if told and error.status != _FORBIDDEN:
            raise
        return Step(name, "doubtful", "服务器不列出模型，下面直接提问来试。")
    seconds = time.monotonic() - start
    if not entries:
        return Step(name, "doubtful", "服务器列出的模型是空的，下面直接提问来试。")
    ids = [e.id for e in entries]
    if settings.model not in ids:
        near = get_close_matches(settings.model, ids, n=1)
        shown = "、".join(ids[:_SHOWN]) + ("等" if len(ids) > _SHOWN else "")
        return Step(
            name,
            "doubtful",
            f"能连上（{seconds:.2f} 秒），但 {len(ids)} 个模型里没有“{settings.model}”：{shown}。",
            f"是不是 {near[0]}？请检查 XXGK_LLM_MODEL。" if near else "请检查 XXGK_LLM_MODEL。",
        )
    says = f"能连上（{seconds:.2f} 秒），有“{settings.model}”这个模型。"
    context = next((e.context for e in entries if e.id == settings.model), None)
    return _context(name, says, context, settings)


def _context(name: str, says: str, context: int | None, settings: ModelSettings) -> Step:
    """Whether a report fits into what the server says that the model holds."""
    if context is None:
        return Step(name, "good", f"{says}服务器没有说上下文长度。")
    says = f"{says}上下文 {context} 个 token。"
    if context < LEAST_CONTEXT:
        advice = f"一份报告放不下：请在服务器上把上下文调到 {_ADVISED} 以上，或换一个模型。"
        return Step(name, "bad", says, advice)
    if context < settings.context_length:
        advice = f"请设 XXGK_LLM_CONTEXT_LENGTH={context}，程序会按这个长度分次提问。"
        return Step(name, "doubtful", says, advice)
    return Step(name, "good", says)


def _form(name: str, session: Session) -> Step:
    endpoint = session.try_out()
    says, advice = f"{_MODES[endpoint.mode]}。", ""
    if not endpoint.steady:
        says += "不接受温度和随机种子，同一份报告两次的回答可能不同。"
    if endpoint.mode == "prompt":
        advice = "有条件的，换一个支持 json_schema 或 json_object 的模型。"
    return Step(name, "doubtful" if advice or not endpoint.steady else "good", says, advice)


def _memory(name: str, session: Session) -> Step:
    """Whether the beginning of a long text arrives: some servers drop it without a word."""
    lines = [r.label for f in load_forms().values() for t in f.tables for r in t.rows]
    filler = "\n".join(lines * (_REPORT // sum(map(len, lines)) + 1))[:_REPORT]
    question = prompt("memory").fill(word=_WORD, filler=filler)
    reply = session.ask((Message("user", question),), MemoryReply)
    if _WORD in reply.word:
        return Step(name, "good", f"{_REPORT} 字的长文能完整读到。")
    return Step(
        name,
        "bad",
        f"{_REPORT} 字的长文没有读到开头，服务器可能把它截断了。",
        f"请在服务器上调大上下文长度（Ollama 是 num_ctx，建议 {_ADVISED} 以上）。",
    )


def _speed(name: str, session: Session) -> Step:
    before, start = session.usage, time.monotonic()
    reply = session.ask((Message("user", prompt("speed").text),), SpeedReply)
    seconds = max(time.monotonic() - start, 0.001)
    tokens = session.usage.completion_tokens - before.completion_tokens
    right = reply.numbers == _NUMBERS
    advice = "" if right else "模型连数数都会出错，建议换一个能力强一些的。"
    if not tokens:
        says = f"答完 100 个数用了 {seconds:.1f} 秒，服务器不报告用量。"
        return Step(name, "good" if right else "doubtful", says, advice)
    rate = tokens / seconds
    needed = _REPLY / rate
    says = f"每秒约 {rate:.0f} 个 token，一份报告约需 {max(needed, 1):.0f} 秒。"
    if needed > session.settings.timeout:
        wanted = min(600, round(needed * 2))
        total = session.settings.total_timeout
        also = "，XXGK_LLM_TOTAL_TIMEOUT 不小于它" if total and total < wanted else ""
        advice += f"请把 XXGK_LLM_TIMEOUT 设为 {wanted} 以上{also}，或换快一些的模型。"
    return Step(name, "doubtful" if advice else "good", says, advice)
