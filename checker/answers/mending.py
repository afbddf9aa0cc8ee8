"""Decides whether a question is about putting findings right and what it asks of that.

It routes and never tells.
"""

from dataclasses import dataclass, replace
from typing import Final

from checker.answers import causes, overview, repairs
from checker.answers.asked import Asked
from checker.answers.parse import Question, Token
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
            meant = findings_meant(self._changed, view, self.library)
            chosen = tuple(n for n in meant if view.finding(n).verdict == "fail")
            where = scope_named(self._changed, view)
            spoken = self.context.finding
            if self.onward and self.context.focus == "finding" and spoken and not where:
                return repairs.tell_after(view, (spoken,))  # 那改了以后还有几条
            if where and not chosen:
                return overview.tell_must(view, (), where=where)
            return repairs.tell_after(view, chosen)
        unchanged = q.asks("verdict") and any(map(_leaves, q.tokens))
        return repairs.tell_unchanged(view) if unchanged else None

    @property
    def _changed(self) -> Question:
        """The question without what stays as it is: all before 只改, and 警告 in 警告不管."""
        tokens = self.question.tokens
        at = next((i for i, t in enumerate(tokens) if "only" in t.values("intent")), 0)
        kept = tuple(
            t
            for t, after in zip(tokens[at:], (*tokens[at + 1 :], None), strict=True)
            if after is None or not _leaves(after)
        )
        intents = frozenset(i for t in kept for i in t.values("intent"))
        return replace(self.question, tokens=kept, intents=intents)

    def of(self, numbers: tuple[int, ...]) -> Answer | None:
        """The answer about findings that are named by their numbers."""
        q = self.question
        if q.asks("cause") or (q.asks("same_thing") and len(numbers) > 1):
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


def _leaves(token: Token) -> bool:
    """Whether it says that something is not changed: 不改, 不管."""
    return token.values("intent") == ("must",) and token.text.startswith(_NOT)
