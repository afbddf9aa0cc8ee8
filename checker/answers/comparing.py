"""Decides which figures of one report a question compares; it routes and never tells."""

from dataclasses import dataclass
from typing import Final

from checker.answers import compare, contests, overview
from checker.answers.asked import Asked
from checker.answers.findings import tell_finding
from checker.answers.locate import find_lines
from checker.answers.parse import Question
from checker.answers.places import tokens_of
from checker.answers.questions import Intent
from checker.answers.types import Answer
from checker.answers.view import View

COMPARING: Final[tuple[Intent, ...]] = ("greater", "less", "most", "least", "gap", "than")

_TIMES: Final = "倍"


def names_times(question: Question) -> bool:
    """Whether it is asked how many times another figure one is: 处罚是许可的几倍."""
    said = any(_TIMES in t.text for t in question.tokens if "growth" in t.values("intent"))
    return said and len(question.places) == contests.TWO and not question.asks("prior")


@dataclass(frozen=True)
class Comparing(Asked):
    """A question that may ask which of several figures is more."""

    view: View

    def reply(self) -> Answer | None:
        """Which of several figures is more, and by how much."""
        q, view = self.question, self.view
        tables = q.all("table")
        if names_times(q):
            found = contests.find_contests(view, places=q.places, tables=tables)
            pairs = tuple(c for c in found if len(c.amounts) == contests.TWO)
            return compare.tell_times(view, pairs) if pairs else None
        if not q.asks(*COMPARING):
            return None
        if not q.places and q.asks("problems"):
            return None  # 还差哪些地方没弄好
        if not q.places and not q.asks("members"):
            return self._compare_with()
        if self._is_one_applicant() and q.asks("meaning"):
            return None  # 哪个自然人最多
        found = contests.find_contests(view, places=q.places, tables=tables)
        if not found and q.places and (spoken := tokens_of(self.context.cells)):
            found = contests.find_contests(view, places=(*spoken, *q.places), tables=tables)
        extreme = q.asks("most", "least") or any(len(c.amounts) > contests.TWO for c in found)
        if not found and (q.asks("members", "meaning") or self._is_one_applicant()):
            places = () if self._is_one_applicant() else q.places
            found = contests.find_members(view, places=places, tables=tables)
            extreme = True
        return self._told(found, extreme=extreme)

    def _told(self, found: tuple[contests.Contest, ...], *, extreme: bool) -> Answer:
        if not found:
            return self._what_is_missing() or self._compare_with()
        if extreme:
            return compare.tell_extreme(self.view, found, least=self.question.asks("least", "less"))
        return compare.tell_difference(self.view, found)

    def _what_is_missing(self) -> Answer | None:
        """The findings about what is named, where it is asked for the difference: 差的1件在哪."""
        q, view = self.question, self.view
        if not q.asks("gap") or not q.asks("where", "why", "fix", "should"):
            return None
        lines = find_lines(view, places=q.places, tables=q.all("table"))
        numbers = view.blaming_cells({a for line in lines for a in line.cells})
        if len(numbers) == 1:
            return tell_finding(view, self.library, number=numbers[0], aspects=())
        return overview.tell_list(view, numbers) if numbers else None

    def _is_one_applicant(self) -> bool:
        """Whether it is asked of one kind of applicant if it is the most: 自然人是不是最多."""
        kinds = {(t.kind, t.value.partition("/")[0]) for p in self.question.places for t in p.tags}
        return self.question.asks("most", "least") and kinds == {("column", "requests")}

    def _compare_with(self) -> Answer:
        text = self.book.replies.compare_with
        return Answer(kind="ask_back", text=text, context=self.context)
