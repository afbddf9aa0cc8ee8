"""A question with all that an answer may draw on, and the replies that need no telling."""

from dataclasses import dataclass
from typing import Final

from checker.answers import law
from checker.answers.library import Library
from checker.answers.parse import Question
from checker.answers.questions import QuestionBook
from checker.answers.types import Answer, Conversation
from checker.answers.view import View
from checker.rulebook import FormSpec

_THEN: Final = frozenset({"那", "那么", "其中"})
_AND: Final = "呢"


@dataclass(frozen=True)
class Asked:
    """One question in its context."""

    question: Question
    book: QuestionBook
    library: Library
    form: FormSpec
    context: Conversation

    def no_basis(self, reason: str = "") -> Answer:
        """The question was understood, and neither report nor rules hold an answer."""
        text = f"{self.book.replies.no_basis}{reason}"
        return Answer(kind="no_basis", text=text, context=self.context)

    def not_understood(self) -> Answer:
        """What the question asks is not known; ``clarify`` says what was not understood."""
        text = self.book.replies.not_understood
        return Answer(kind="not_understood", text=text, context=self.context)

    @property
    def onward(self) -> bool:
        """Whether it begins with 那 or 其中, or has 呢 at its end or behind what it names."""
        tokens, places = self.question.tokens, self.question.places
        before = zip(tokens, (None, *tokens), strict=False)
        behind = (t is tokens[-1] or b in places for t, b in before if t.text == _AND)
        return bool(tokens) and (tokens[0].text in _THEN or any(behind))

    def relation(self, tables: tuple[str, ...], view: View | None) -> Answer:
        """The equations of tables, or of those whose rows and columns are named."""
        if not tables and self.question.places:
            named = [{t.value.partition("/")[0] for t in p.tags} for p in self.question.places]
            owners = set.intersection(*named) or set.union(*named)
            tables = tuple(t.id for t in self.form.tables if t.id in owners)
        if self.question.asks("basis"):
            return law.tell_bases_of_relation(self.library, tables, form=self.form)
        tags = {t for p in self.question.places for t in p.tags if t.kind == "row"}
        rows = {t.value.partition("/")[2] for t in tags}
        for wanted in (rows, ()):
            found = law.tell_relation(self.library, tables, form=self.form, view=view, rows=wanted)
            if found.citations:
                return found
        return self.no_basis()
