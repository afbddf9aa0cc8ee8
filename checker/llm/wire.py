"""HTTP clients for the endpoint: one address, no redirect, one known proxy, bounded answers.

Heavy: import it inside functions only. A model on this machine is never reached through a proxy:
the report would leave the machine. What a server sends is read up to a limit and no further.
"""

import ssl
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Final

import httpx2

from checker.errors import ModelUnavailableError
from checker.settings import ModelSettings, proxy_for

MOST_BYTES: Final = 8_000_000  # of one answer; a long reply with all its thoughts has some 500 kB
MOST_PACKED_BYTES: Final = 128_000  # of a compressed one, which may unpack a thousandfold
_CONNECT: Final = 10.0
_HEADERS: Final = {"Accept-Encoding": "identity"}


class TooLargeError(httpx2.TransportError):
    """An answer that is longer than any answer to our questions."""


class HastyExecutor(ThreadPoolExecutor):
    """Threads that nobody waits for: a name server may take half a minute to say nothing."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more work; what runs may end when it likes."""
        del wait
        super().shutdown(wait=False, cancel_futures=cancel_futures)


def async_client(settings: ModelSettings) -> httpx2.AsyncClient:
    """A client for requests that can be cancelled.

    Raises:
        ModelUnavailableError: the proxy of the environment cannot be used.
    """
    return httpx2.AsyncClient(
        timeout=timeout_of(settings),
        verify=_trust(),
        follow_redirects=False,
        trust_env=False,
        proxy=_proxy(settings),
        headers=_HEADERS,
        event_hooks={"response": [_bound_async]},
    )


def client(settings: ModelSettings) -> httpx2.Client:
    """A client for an agent.

    Raises:
        ModelUnavailableError: the proxy of the environment cannot be used.
    """
    return httpx2.Client(
        timeout=timeout_of(settings),
        verify=_trust(),
        follow_redirects=False,
        trust_env=False,
        proxy=_proxy(settings),
        headers=_HEADERS,
        event_hooks={"response": [_bound]},
    )


@cache
def idle_client() -> httpx2.Client:
    """A client that sends nothing, so that the library makes none of its own.

    Its own would follow redirects, and read the certificates again for every address.
    """
    return httpx2.Client(verify=_trust(), follow_redirects=False, trust_env=False)


def timeout_of(settings: ModelSettings) -> httpx2.Timeout:
    """The time limits of a client; the whole exchange has one of its own."""
    return httpx2.Timeout(settings.timeout, connect=min(_CONNECT, settings.timeout))


@cache
def _trust() -> ssl.SSLContext:
    """The certificates of the system; read once, since that takes a while."""
    return httpx2.create_ssl_context()


def _proxy(settings: ModelSettings) -> str | None:
    try:
        return proxy_for(settings.base_url)
    except ValueError:
        raise ModelUnavailableError(
            "环境变量里设的代理不能使用，没有向语言模型接口发送任何内容。",
            reason="network",
            model=settings.model,
            hint="只支持 http:// 和 https:// 的代理，不支持 socks：请改正 HTTPS_PROXY、ALL_PROXY，"
            "或把接口的主机名写进 NO_PROXY。",
        ) from None


def _most(response: httpx2.Response) -> int:
    packed = response.headers.get("Content-Encoding", "identity") != "identity"
    return MOST_PACKED_BYTES if packed else MOST_BYTES


class _Bounded(httpx2.SyncByteStream):
    def __init__(self, stream: httpx2.SyncByteStream, most: int) -> None:
        self._stream, self._left = stream, most

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._stream:
            self._left -= len(piece)
            if self._left < 0:
                raise TooLargeError("the answer is too large")
            yield piece

    def close(self) -> None:
        self._stream.close()


class _BoundedAsync(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream, most: int) -> None:
        self._stream, self._left = stream, most

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._stream:
            self._left -= len(piece)
            if self._left < 0:
                raise TooLargeError("the answer is too large")
            yield piece

    async def aclose(self) -> None:
        await self._stream.aclose()


def _bound(response: httpx2.Response) -> None:
    if isinstance(response.stream, httpx2.SyncByteStream):
        response.stream = _Bounded(response.stream, _most(response))


async def _bound_async(response: httpx2.Response) -> None:
    if isinstance(response.stream, httpx2.AsyncByteStream):
        response.stream = _BoundedAsync(response.stream, _most(response))
