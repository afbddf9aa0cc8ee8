"""What one page holds while several of its handlers run at once.

A session is a value; a desk is the one place where the newest value lies. A model may take a
minute, and meanwhile the user may upload, ask or clear: nobody overwrites what another has done.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock

from ui.session import Session


class Desk:
    """The newest session of a page, and the work with a model that is under way.

    Args:
        model: whether a language model may be used from the start.
    """

    def __init__(self, *, model: bool = False) -> None:
        self._model = model
        self._lock = Lock()
        self._working: set[Event] = set()
        self._cleared = 0
        self.session = Session(model=model)

    def __deepcopy__(self, memo: object) -> "Desk":
        """Every page begins with a desk of its own."""
        return Desk(model=self._model)

    def change(self, change: Callable[[Session], Session], *, since: int | None = None) -> bool:
        """Replace the session by a changed one; not when it was cleared since then."""
        with self._lock:
            if since is not None and since != self._cleared:
                return False
            self.session = change(self.session)
            return True

    @property
    def cleared(self) -> int:
        """How often everything was cleared; tells whether work still counts."""
        return self._cleared

    def clear(self) -> None:
        """Forget everything but the choice about the model, and stop what is under way."""
        self.stop()
        with self._lock:
            self._cleared += 1
            self.session = Session(model=self.session.model)

    def stop(self) -> None:
        """Stop asking a model."""
        with self._lock:
            for event in self._working:
                event.set()

    @property
    def working(self) -> bool:
        """Whether a model is being asked."""
        return bool(self._working)

    @contextmanager
    def work(self) -> Iterator[Event]:
        """Work with a model; the event is set when it is to stop, also when the page is left."""
        event = Event()
        with self._lock:
            self._working.add(event)
        try:
            yield event
        finally:
            event.set()
            with self._lock:
                self._working.discard(event)
