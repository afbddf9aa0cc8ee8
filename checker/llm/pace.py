"""How fast a server is asked: one pace for all threads of the process, per address.

A server that says it is busy is left alone by every thread, not only by the one that was told.
"""

import time
from threading import Event, Lock
from typing import Final

from checker.errors import ModelCancelledError
from checker.settings import ModelSettings


class Pace:
    """Hands out the moments at which requests may start.

    Args:
        per_minute: at most so many, evenly spread; None for no limit.
    """

    def __init__(self, per_minute: int | None) -> None:
        self._gap = 60 / per_minute if per_minute else 0.0
        self._next = time.monotonic()
        self._lock = Lock()

    def wait(self, cancel: Event) -> None:
        """Wait for a free moment and take it.

        Raises:
            ModelCancelledError: ``cancel`` was set.
        """
        while True:
            with self._lock:
                now = time.monotonic()
                rest = self._next - now
                if rest <= 0 and not cancel.is_set():
                    self._next = now + self._gap
                    return
            if cancel.wait(max(rest, 0)):
                raise ModelCancelledError("已停止向语言模型提问。")

    def hold(self, seconds: float) -> None:
        """Nobody starts for so many seconds."""
        with self._lock:
            self._next = max(self._next, time.monotonic() + seconds)


_PACES: Final[dict[tuple[str, int | None], Pace]] = {}
_PACES_LOCK: Final = Lock()


def pace_of(settings: ModelSettings) -> Pace:
    """The pace that all threads keep towards the configured server."""
    key = (settings.base_url, settings.requests_per_minute)
    with _PACES_LOCK:
        if key not in _PACES:
            _PACES[key] = Pace(settings.requests_per_minute)
        return _PACES[key]
