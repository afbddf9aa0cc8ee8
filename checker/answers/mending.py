"""Decides whether a question is about putting findings right and what it asks of that.

It routes and never tells.
"""

from dataclasses import dataclass, replace
from typing import Final

from checker.answers import causes, overview, repairs
from checker.answers.asked import Asked
from checker.answers.parse import Question
from checker.answers.questions import Intent
from checker.answers.scope import findings_meant, scope_named
from checker.answers.types import Answer
from checker.answers.view import View

_PASSING: Final[tuple[Intent, ...]] = (
    "verdict", "healthy", "count", "more", "problems", "passed", "value",
)  # fmt: skip
_SEVERAL: Final = 2
_NOT: Final = "不"


@dataclass(frozen=True)
class Mending(Asked):
    """A question that may be about what comes of changing a report."""

    view: View

    def reply(self) -> Answer | None:
        """The answer about all findings, or about those of what is named."""
        q, view = self.question, self.view
        if q.places:
            return None
        if q.asks("cause"):
            return self._related(self.context.numbers)
        if q.asks("only") and q.asks("one_cell"):
            return repairs.tell_one_cell(view)
        if q.asks("spots"):
            return repairs.tell_spots(view, findings_meant(q, view, self.library))
        return self._passing()

    def _passing(self) -> Answer | None:
        """Whether the report passes when all that is named is changed, or nothing is."""
        q, view = self.question, self.view
        if q.asks("repaired", "only") and q.asks(*_PASSING):
            meant = findings_meant(self._only, view, self.library)
            chosen = tuple(n for n in meant if view.finding(n).verdict == "fail")
            where = scope_named(self._only, view)
            if where and not chosen:
                return overview.tell_must(view, (), where=where)
            return repairs.tell_after(view, chosen)
        must = (t for t in q.tokens if t.values("intent") == ("must",))
        unchanged = q.asks("verdict") and any(t.text.startswith(_NOT) for t in must)
        return repairs.tell_unchanged(view) if unchanged else None

    @property
    def _only(self) -> Question:
        """The question from 只改 on: what stands before it stays as it is."""
        tokens = self.question.tokens
        at = next((i for i, t in enumerate(tokens) if "only" in t.values("intent")), 0)
        intents = frozenset(i for t in tokens[at:] for i in t.values("intent"))
        return replace(self.question, tokens=tokens[at:], intents=intents)

    def of(self, numbers: tuple[int, ...]) -> Answer | None:
        """The answer about findings that are named by their numbers."""
        q = self.question
        if q.asks("cause"):
            return self._related(numbers)
        if q.asks("except"):
            known = range(1, len(self.view.findings) + 1)
            others = tuple(n for n in known if n not in numbers)
            return overview.tell_others(self.view, numbers, others)
        if q.asks("repaired", "only") and q.asks(*_PASSING):
            return repairs.tell_after(self.view, numbers)
        return None

    def _related(self, numbers: tuple[int, ...]) -> Answer:
        """Whether findings come from one fault; which ones, when fewer than two are meant."""
        if len(numbers) < _SEVERAL:
            text = self.book.replies.which_two
            return Answer(kind="ask_back", text=text, context=self.context)
        return causes.tell_related(self.view, numbers)
