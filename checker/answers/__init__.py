"""Question and checked report in, answer with citations out; no model, no guess."""

from functools import lru_cache

from checker.answers.dialogue import Dialogue
from checker.answers.library import load_library
from checker.answers.parse import Lexicon, understand
from checker.answers.questions import load_questions
from checker.answers.types import Answer, AnswerKind, Citation, Conversation
from checker.answers.view import View
from checker.domain.run import CheckRun
from checker.rulebook import FormSpec

__all__ = ["Answer", "AnswerKind", "Citation", "Conversation", "answer"]


def answer(question: str, run: CheckRun | None, *, context: Conversation) -> Answer:
    """Answer a question in Chinese from the report and the rules, or say that they hold nothing.

    The same question, run and context always give the same answer.

    Args:
        question: as typed.
        run: the checked report, None when there is none yet.
        context: the conversation so far; ``Conversation()`` at its start.

    Raises:
        RulebookError: the rules that came with the program are damaged.
    """
    library = load_library()
    form = library.form_of(run)
    return Dialogue(
        question=understand(question, _lexicon(form, run)),
        book=load_questions(),
        library=library,
        form=form,
        view=View(run, form, library.forms) if run else None,
        context=context,
    ).reply()


def _lexicon(form: FormSpec, run: CheckRun | None) -> Lexicon:
    return _plain_lexicon(form.id) if run is None else Lexicon(load_questions(), form, run)


@lru_cache(maxsize=8)
def _plain_lexicon(form: str) -> Lexicon:
    return Lexicon(load_questions(), load_library().forms[form], None)
