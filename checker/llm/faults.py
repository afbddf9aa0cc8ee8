"""What went wrong between us and a server, as an error with advice in Chinese.

Messages never hold what the server said: it may echo the report. That is in ``detail`` alone.
"""

import email.utils
import math
import socket
import ssl
import time
from collections.abc import Iterator
from datetime import UTC
from typing import Final

import httpx2
import openai

from checker.errors import ModelError, ModelRefusedError, ModelUnavailableError, Unavailable
from checker.llm.wire import TooLargeError
from checker.settings import ModelSettings

_LONGEST_DETAIL: Final = 300
_CONTEXT_WORDS: Final = (
    "context_length_exceeded",
    "context length",
    "context size",
    "context window",
    "maximum context",
    "prompt is too long",
    "too many tokens",
    "exceed the configured limit",
)
_SAYS: Final = ("message", "msg", "detail", "error")  # where servers put it
_FILTER_WORDS: Final = ("content_filter", "data_inspection", "content policy", "sensitive")
_SAID: Final[dict[int, tuple[Unavailable, str, str]]] = {
    401: ("auth", "语言模型接口不接受这个密钥", "请检查 XXGK_LLM_API_KEY。"),
    402: ("auth", "语言模型接口的账户余额不足", "请充值，或换一个接口。"),
    403: ("auth", "语言模型接口拒绝访问", "请检查密钥的权限、访问来源是否在许可范围内。"),
    404: (
        "no_model",
        "语言模型接口里没有这个地址或这个模型",
        "请检查 XXGK_LLM_BASE_URL（一般以 /v1 结尾）和 XXGK_LLM_MODEL。",
    ),
    405: ("no_model", "这个地址不是语言模型接口", "请检查 XXGK_LLM_BASE_URL（一般以 /v1 结尾）。"),
    413: ("context", "报告太长，语言模型接口不收", "请换一个上下文更长的模型。"),
}


def fault_of(error: Exception, settings: ModelSettings) -> ModelError:
    """The error of ours for an error of the libraries."""
    if isinstance(error, openai.APITimeoutError):
        unreached = any(isinstance(c, httpx2.ConnectTimeout) for c in _causes(error))
        return _connection(error, settings) if unreached else timed_out(settings)
    if isinstance(error, openai.APIStatusError):
        return _status(error, settings)
    if isinstance(error, openai.APIConnectionError | httpx2.TransportError):
        return _connection(error, settings)
    return ModelUnavailableError(
        "语言模型接口的回答不是通用的格式（chat completions）。",
        reason="server",
        model=settings.model,
        hint="请检查 XXGK_LLM_BASE_URL 是不是 OpenAI 兼容接口的地址，一般以 /v1 结尾。",
    )


def timed_out(settings: ModelSettings) -> ModelUnavailableError:
    """Nothing complete came within the time limit of a request.

    It is not asked again: who has not answered by then will not, and the user waits.
    """
    return ModelUnavailableError(
        f"语言模型 {settings.timeout:g} 秒内没有答完。",
        reason="timeout",
        model=settings.model,
        hint="可以用 XXGK_LLM_TIMEOUT 放宽时限，或换一个快一些的模型。",
    )


def used_up(settings: ModelSettings) -> ModelUnavailableError:
    """The time for all requests about one report, or one question, is over."""
    return ModelUnavailableError(
        f"语言模型总共 {settings.longest:g} 秒内没有答完。",
        reason="timeout",
        model=settings.model,
        hint="可以用 XXGK_LLM_TOTAL_TIMEOUT 放宽总时限，或换一个快一些的模型。",
    )


def _status(error: openai.APIStatusError, settings: ModelSettings) -> ModelError:
    status = error.status_code
    detail = _said(error)
    words = f"{error.code} {error.type} {error.message}".lower()
    if any(w in words for w in _FILTER_WORDS) and status < 500:
        return ModelRefusedError(
            "语言模型接口的内容过滤拒绝了这份报告。",
            model=settings.model,
            hint="这不是报告的问题；可以换一个接口，或不用语言模型。",
        )
    if status in (400, 422) and any(w in words for w in _CONTEXT_WORDS):
        status = 413
    if status == 429 or status >= 500 or status in (408, 409, 425):
        return _busy(error, settings, paid="insufficient_quota" not in words)
    reason, said, hint = _SAID.get(status, ("request", "语言模型接口不接受这样的请求", ""))
    if 300 <= status < 400:
        reason, said = "no_model", "语言模型接口要求转到别的地址"
        hint = "请把 XXGK_LLM_BASE_URL 直接设为最终的地址；报告不会被带到没有设置过的地方。"
    return ModelUnavailableError(
        f"{said}（HTTP {error.status_code}）。",
        reason=reason,
        model=settings.model,
        status=error.status_code,
        detail=detail,
        hint=hint or "请运行 xxgk llm check 查看接口能做什么。",
    )


def _busy(
    error: openai.APIStatusError, settings: ModelSettings, *, paid: bool
) -> ModelUnavailableError:
    limited = error.status_code == 429
    said = "语言模型接口嫌请求太多" if limited else "语言模型接口出错"
    hint = "请过一会儿再试；可以用 XXGK_LLM_REQUESTS_PER_MINUTE 限制频率。" if limited else ""
    if limited and not paid:
        said, hint = "语言模型接口的额度已用完", "请充值，或换一个接口。"
    return ModelUnavailableError(
        f"{said}（HTTP {error.status_code}）。",
        reason="rate_limit" if limited else "server",
        model=settings.model,
        status=error.status_code,
        retryable=paid,
        wait=_wait(error.response.headers.get("retry-after")),
        detail=_said(error),
        hint=hint or "请过一会儿再试。",
    )


def _connection(error: Exception, settings: ModelSettings) -> ModelUnavailableError:
    causes = list(_causes(error))
    if any(isinstance(c, TooLargeError) for c in causes):
        return ModelUnavailableError(
            "语言模型接口的回答大得不合理，没有读完。",
            reason="server",
            model=settings.model,
            hint="请检查 XXGK_LLM_BASE_URL 是不是语言模型接口的地址。",
        )
    why, retryable = "连接中断或没有连上", True
    hint = "请检查地址、网络和防火墙；设有代理时，内网地址要写进 NO_PROXY。"
    if any(isinstance(c, ssl.SSLCertVerificationError) for c in causes):
        why, retryable = "服务器的证书不受信任", False
        hint = "请把本单位的根证书装进系统，或用 SSL_CERT_FILE 指明。"
    elif any(isinstance(c, socket.gaierror) for c in causes):
        why = "找不到这台服务器"
    elif any(isinstance(c, httpx2.ConnectTimeout) for c in causes):
        why, retryable = "服务器没有反应", False
    elif any(isinstance(c, ConnectionRefusedError) for c in causes):
        why = "服务器上没有程序在这个端口接受连接"
    return ModelUnavailableError(
        f"连不上语言模型接口：{why}。",
        reason="network",
        model=settings.model,
        retryable=retryable,
        hint=hint,
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and all that led to it; libraries pack them several layers deep."""
    seen: set[int] = set()
    open_errors: list[BaseException | None] = [error]
    while open_errors:
        current = open_errors.pop()
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        open_errors += [current.__cause__, current.__context__]
        if isinstance(current, BaseExceptionGroup):
            open_errors += current.exceptions


def _wait(header: str | None) -> float | None:
    """Seconds that ``Retry-After`` asks for: a number or a date."""
    if header is None:
        return None
    try:
        seconds = float(header)
    except ValueError:
        try:
            date = email.utils.parsedate_to_datetime(header)
            seconds = date.replace(tzinfo=date.tzinfo or UTC).timestamp() - time.time()
        except (ValueError, OverflowError):
            return None
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _said(error: openai.APIStatusError) -> str:
    """What the server says went wrong, if it says so in words."""
    body: object = error.body
    if isinstance(body, dict):
        body = next((body[k] for k in _SAYS if isinstance(body.get(k), str)), "")
    if not isinstance(body, str) or body.lstrip().startswith(("<", "{")):
        return ""  # a page, or data
    return _shortened(body)


def _shortened(text: str) -> str:
    plain = " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())
    return plain if len(plain) <= _LONGEST_DETAIL else f"{plain[:_LONGEST_DETAIL]}…"
