"""A question with all that an answer may draw on, and the replies that need no telling."""

from dataclasses import dataclass

from checker.answers import law
from checker.answers.library import Library
from checker.answers.parse import Question
from checker.answers.questions import QuestionBook
from checker.answers.types import Answer, Conversation
from checker.answers.view import View
from checker.rulebook import FormSpec


@dataclass(frozen=True)
class Asked:
    """One question in its context."""

    question: Question
    book: QuestionBook
    library: Library
    form: FormSpec
    context: Conversation

    def no_basis(self) -> Answer:
        """Neither report nor rules hold it."""
        replies = self.book.replies
        text = f"{replies.no_basis}\n{replies.can_ask}"
        return Answer(kind="no_basis", text=text, context=self.context)

    def relation(self, tables: tuple[str, ...], view: View | None) -> Answer:
        """The equations of tables, or of those whose rows and columns are named."""
        if not tables and self.question.places:
            owners = {t.value.partition("/")[0] for p in self.question.places for t in p.tags}
            tables = tuple(t.id for t in self.form.tables if t.id in owners)
        found = law.tell_relation(self.library, tables, form=self.form, view=view)
        return found if found.text else self.no_basis()
