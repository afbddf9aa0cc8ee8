"""The embedded answerer: question and checked report in, answer with citations out; no model."""

from functools import lru_cache

from checker.answers.asked import Asked
from checker.answers.clarify import clarified, respell
from checker.answers.dialogue import Dialogue
from checker.answers.library import load_library
from checker.answers.parse import Lexicon, understand
from checker.answers.questions import QuestionBook, load_questions
from checker.answers.types import Answer, Conversation
from checker.answers.view import View
from checker.answers.whatif import Supposing
from checker.answers.whatif.read import read_supposition
from checker.answers.wording import fold
from checker.checks.discreet import discreet_text
from checker.domain.run import CheckRun
from checker.rulebook import FormSpec


def answer(question: str, run: CheckRun | None, *, context: Conversation) -> Answer:
    """Answer a question in Chinese from the report and the rules.

    It says so where they hold nothing, and where the question was not understood.

    The same question, run and context always give the same answer.

    Args:
        question: as typed.
        run: the checked report, None when there is none yet.
        context: the conversation so far; ``Conversation()`` at its start.

    Raises:
        RulebookError: the rules that came with the program are damaged.
    """
    found = _answer(question, run, context)
    if run is None:
        return found
    return found.model_copy(update={"text": discreet_text(found.text, run)})


def _answer(question: str, run: CheckRun | None, context: Conversation) -> Answer:
    library, book = load_library(), load_questions()
    form = library.form_of(run)
    lexicon = lexicon_of(form, run)
    view = View(run, form, library.forms) if run else None
    if context.offered:
        question = context.offered if fold(question) in book.affirm else question
        context = context.model_copy(update={"offered": ""})
    asked = understand(question, lexicon)
    found = _understood(question, lexicon, view, context)
    unheard = found.kind == "not_understood"
    if not unheard and not (found.kind == "no_basis" and asked.unknown):
        return found
    near = respell(question, lexicon, book)
    if near is not None and near.sure:
        found = _understood(near.question, lexicon, view, context)
        read_as = book.replies.read_as.format(typed=near.typed, word=near.word)
        return found.model_copy(update={"text": f"{read_as}\n{found.text}"})
    if not unheard:
        return found
    return clarified(Asked(asked, book, library, form, context), view, near=near)


def _understood(
    question: str, lexicon: Lexicon, view: View | None, context: Conversation
) -> Answer:
    """The answer, or that the question was not understood."""
    library, book = load_library(), load_questions()
    form = view.form if view else library.form_of(None)
    asked = understand(question, lexicon)
    supposition = read_supposition(question, lexicon, book.suppose)
    if view is not None:
        supposing = Supposing(
            asked, book, library, form, context, view=view, supposition=supposition
        )
        if (found := supposing.reply()) is not None:
            return found
    dialogue = Dialogue(asked, book, library, form, context, view=view, typed=question)
    if supposition is not None and supposition.known:
        return dialogue.need_report()
    return _kept(dialogue.reply(), book, context)


def _kept(found: Answer, book: QuestionBook, before: Conversation) -> Answer:
    """The answer with what was supposed before; it is told once that it does not count here."""
    if not before.supposed or found.kind == "supposed":
        return found
    context = found.context.model_copy(update={"supposed": before.supposed})
    about_report = found.kind not in (
        "no_basis", "not_understood", "help", "rule", "article", "form",
    )  # fmt: skip
    note = book.replies.as_printed if before.focus == "supposed" and about_report else ""
    text = f"{found.text}\n{note}" if note else found.text
    return found.model_copy(update={"text": text, "context": context})


def lexicon_of(form: FormSpec, run: CheckRun | None) -> Lexicon:
    """Every known word, with those of a report."""
    plain = _plain_lexicon(form.id)
    return plain if run is None else plain.knowing(run)


@lru_cache(maxsize=8)
def _plain_lexicon(form: str) -> Lexicon:
    return Lexicon(load_questions(), load_library().forms[form])
