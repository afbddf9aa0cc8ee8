"""What one user has on the page; every change makes a new value, nothing is shared."""

from typing import Final

from checker.answers import Answer, Conversation
from checker.domain.base import Frozen
from checker.domain.run import CheckRun

MOST_REPORTS: Final = 20
MOST_EXCHANGES: Final = 100


class Loaded(Frozen):
    """A file that the user uploaded.

    Attributes:
        key: counts up within the session.
        run: None when the file could not be checked.
        failure: why it could not be checked, one Chinese sentence.
    """

    key: int
    name: str
    run: CheckRun | None = None
    failure: str = ""


class Exchange(Frozen):
    """A question with its answer, and the report that was open."""

    question: str
    answer: Answer
    report: str = ""


class Session(Frozen):
    """The state of one page.

    Attributes:
        current: key of the report that is shown.
        context: the conversation about that report.
    """

    files: tuple[Loaded, ...] = ()
    current: int | None = None
    exchanges: tuple[Exchange, ...] = ()
    context: Conversation = Conversation()

    @property
    def shown(self) -> Loaded | None:
        """The report that is shown."""
        return next((f for f in self.files if f.key == self.current), None)

    @property
    def run(self) -> CheckRun | None:
        """The checked report that is shown."""
        return self.shown.run if self.shown else None

    @property
    def full(self) -> bool:
        """Whether no more reports are taken."""
        return len(self.files) >= MOST_REPORTS

    def with_file(self, name: str, *, run: CheckRun | None, failure: str = "") -> "Session":
        """With one more file; a checked one is shown, a failed one only when nothing else is."""
        key = max((f.key for f in self.files), default=0) + 1
        loaded = Loaded(key=key, name=name, run=run, failure=failure)
        files = (*self.files, loaded)
        if run is None and self.run is not None:
            return self.model_copy(update={"files": files})
        return self.model_copy(update={"files": files, "current": key, "context": Conversation()})

    def showing(self, key: int) -> "Session":
        """With another of its reports shown; the conversation about it starts anew."""
        if key == self.current or all(f.key != key for f in self.files):
            return self
        return self.model_copy(update={"current": key, "context": Conversation()})

    def with_exchange(self, question: str, answer: Answer) -> "Session":
        """With one more question and answer; the oldest fall off."""
        report = self.shown.name if self.shown and len(self.files) > 1 else ""
        exchange = Exchange(question=question, answer=answer, report=report)
        kept = (*self.exchanges, exchange)[-MOST_EXCHANGES:]
        return self.model_copy(update={"exchanges": kept, "context": answer.context})
