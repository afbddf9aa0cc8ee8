"""What one user has on the page; every change makes a new value, nothing is shared."""

from typing import Final

from checker.answers import Answer, Conversation
from checker.answers.model import Memory
from checker.domain.base import Frozen
from checker.domain.reading import Usage
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
        memory: the part of it that a language model took part in.
        asking: the question that a model is answering, with the answer so far.
        reading: the file that is being read, empty when none is.
        model: the user lets a language model read reports and answer questions.
        spent: what that has taken so far.
    """

    files: tuple[Loaded, ...] = ()
    current: int | None = None
    exchanges: tuple[Exchange, ...] = ()
    context: Conversation = Conversation()
    memory: Memory = Memory()
    asking: Exchange | None = None
    reading: str = ""
    model: bool = False
    spent: Usage = Usage()

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
        """Whether no more reports are taken; files that could not be checked do not count."""
        return sum(f.run is not None for f in self.files) >= MOST_REPORTS

    def with_file(self, name: str, *, run: CheckRun | None, failure: str = "") -> "Session":
        """With one more file; a checked one is shown, a failed one only when nothing else is."""
        key = max((f.key for f in self.files), default=0) + 1
        loaded = Loaded(key=key, name=name, run=run, failure=failure)
        changed = {"files": (*self.files, loaded), "reading": ""}
        if run is None and self.run is not None:
            return self.model_copy(update=changed)
        return self._turned_to(key).model_copy(update=changed)

    def with_run(self, key: int, run: CheckRun) -> "Session":
        """With the result for a file replaced, after a model has read it too."""
        files = tuple(f.model_copy(update={"run": run}) if f.key == key else f for f in self.files)
        spent = self.spent + run.model.usage
        return self.model_copy(update={"files": files, "spent": spent})

    def _turned_to(self, key: int) -> "Session":
        """With a report shown about which nothing was said yet."""
        anew = {"current": key, "context": Conversation(), "memory": Memory()}
        return self.model_copy(update=anew)

    def showing(self, key: int) -> "Session":
        """With another of its reports shown; the conversation about it starts anew."""
        if key == self.current or all(f.key != key for f in self.files):
            return self
        return self._turned_to(key)

    @property
    def about(self) -> str:
        """The name of the report that is asked about, where there are several."""
        return self.shown.name if self.shown and len(self.files) > 1 else ""

    def with_exchange(self, question: str, answer: Answer) -> "Session":
        """With one more question and answer; the oldest fall off."""
        other = next((f.name for f in self.files if f.key == answer.context.report), None)
        about = "" if answer.kind == "reports" else other or self.about
        exchange = Exchange(question=question, answer=answer, report=about)
        return self.keeping(exchange).model_copy(update={"context": answer.context})

    def keeping(self, exchange: Exchange) -> "Session":
        """With a finished exchange at the end of the talk; what it is about stays as it is."""
        kept = (*self.exchanges, exchange)[-MOST_EXCHANGES:]
        return self.model_copy(update={"exchanges": kept, "asking": None})
