"""The embedded answerer: question and checked report in, answer with citations out; no model."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from checker.answers.asked import Asked
from checker.answers.clarify import Respelt, clarified, respell
from checker.answers.dialogue import Dialogue
from checker.answers.grid import left_aside
from checker.answers.library import load_library
from checker.answers.matching import match_words
from checker.answers.members import lists_group
from checker.answers.paraphrases import Near, nearest
from checker.answers.parse import Lexicon, Question, understand
from checker.answers.questions import QuestionBook, load_questions
from checker.answers.shapes import Shape, filled, shape_of
from checker.answers.types import UNTOLD, Answer, Conversation
from checker.answers.view import View
from checker.answers.whatif import Supposing
from checker.answers.whatif.read import read_supposition
from checker.answers.wording import fold
from checker.checks.discreet import discreet_text
from checker.domain.run import CheckRun
from checker.rulebook import FormSpec

_CLAUSES: Final = re.compile(r"[，,。；;？?！!\s]+")
_SENTENCES: Final = re.compile(r"[。；;？?！!]+")
_COURTESY: Final = frozenset({"greeting", "thanks"})
_MOST_CLAUSES: Final = 3
TO_THE_LETTER: Final = 0.25
"""A wording is met when nothing but a particle differs."""
MUCH_ALIKE: Final = 0.65
"""It is answered, and told, when no word of weight differs: two particles, or a mistyped one."""
SOMEWHAT_ALIKE: Final = 0.5
"""It is asked back when less than so much of the question is unlike it."""


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
    hearing = Hearing(question, lexicon, view, context)
    return hearing.heard() or hearing.asked_back()


@dataclass(frozen=True)
class Hearing:
    """One question, and the ways to understand it, the surest first."""

    question: str
    lexicon: Lexicon
    view: View | None
    context: Conversation

    @cached_property
    def _asked(self) -> Question:
        return understand(self.question, self.lexicon)

    @cached_property
    def _shape(self) -> Shape:
        return shape_of(self._asked)

    @cached_property
    def _plain(self) -> bool:
        """Whether it supposes nothing; the figures of a supposition are for the rules."""
        words = load_questions().suppose
        return read_supposition(self.question, self.lexicon, words) is None

    @cached_property
    def _near(self) -> tuple[Near, ...]:
        """The nearest wordings."""
        return nearest(self._shape) if self._plain else ()

    @cached_property
    def _read(self) -> Answer:
        """What the question is answered as it stands."""
        return _understood(self.question, self.lexicon, self.view, self.context)

    def heard(self) -> Answer | None:
        """The first answer that there is."""
        return (
            self.refused()
            or self.politely_asked()
            or self.sentence_by_sentence()
            or self.understood()
            or self.much_alike()
            or self.matched()
            or self.one_by_one()
        )

    def refused(self) -> Answer | None:
        """That nothing here answers it, when it is to the letter such a question."""
        told = not self._plain or lists_group(self._asked)
        near = () if told else nearest(self._shape, within=TO_THE_LETTER)
        if not near or near[0].ask:
            return None
        return self._as_asked.no_basis(load_questions().replies.not_ours)

    def understood(self) -> Answer | None:
        """The answer to a question of which every word is known and has its place in it."""
        if self._read.kind == "not_understood":
            return None
        if self._read.kind not in UNTOLD or self._read.kind == "help":
            return self._read
        return self._spelt() or self._alike(MUCH_ALIKE) or self.matched() or self._read

    def _spelt(self) -> Answer | None:
        """The answer with a mistyped word put right, where as it stands nothing was found."""
        unsure = self._read.kind == "not_understood" or (
            self._read.kind == "no_basis" and self._asked.unknown
        )
        if not unsure or self._respelt is None or not self._respelt.sure:
            return None
        near, replies = self._respelt, load_questions().replies
        found = _understood(near.question, self.lexicon, self.view, self.context)
        if found.kind == "not_understood":
            return None
        read_as = replies.read_as.format(typed=near.typed, word=near.word)
        return found.model_copy(update={"text": f"{read_as}\n{found.text}"})

    @cached_property
    def _respelt(self) -> Respelt | None:
        return respell(self.question, self.lexicon, load_questions())

    def much_alike(self) -> Answer | None:
        """The answer to the question with a word put right, or to one that it is much like."""
        return self._spelt() or self._alike(MUCH_ALIKE)

    def matched(self) -> Answer | None:
        """The finding, the row of the ledger or the rule that has all words of the question."""
        if self._read.kind == "not_understood" and not self._asked.unknown:
            return None  # every word is known, and together they ask nothing that is answered
        book = load_questions()
        found = match_words(
            self.question, view=self.view, library=load_library(), words=book.matching
        )
        if found is None or left_aside(self._asked, found):
            return None
        return _kept(found, book, self.context)

    def politely_asked(self) -> Answer | None:
        """The answer to the question between a greeting and thanks."""
        clauses = [c for c in _CLAUSES.split(self.question) if c]
        asking = [c for c in clauses if not self._part(c).is_courtesy]
        if not 0 < len(asking) < len(clauses):
            return None
        plain = self._part("，".join(asking))
        return plain.heard() if plain.asks else None

    def sentence_by_sentence(self) -> Answer | None:
        """The answers to several sentences that each ask, such as 表三对吗？表四呢？."""
        return self._each_of([s for s in _SENTENCES.split(self.question) if s])

    def one_by_one(self) -> Answer | None:
        """The answers to several questions at once, when each of them is understood by itself."""
        return self._each_of([c for c in _CLAUSES.split(self.question) if c])

    def _each_of(self, parts: Sequence[str]) -> Answer | None:
        """The answers to parts of a question; what only names something is asked the same."""
        if not 1 < len(parts) <= _MOST_CLAUSES:
            return None
        told: list[Answer] = []
        context = self.context
        for part in parts:
            hearing = Hearing(part, self.lexicon, self.view, context)
            asks = hearing.asks or (bool(told) and hearing.names)
            found = hearing.heard() if asks else None
            if found is None or found.kind in UNTOLD:
                return None
            told.append(found)
            context = found.context
        return one_after_the_other(told)

    def _part(self, text: str) -> "Hearing":
        return Hearing(text, self.lexicon, self.view, self.context)

    @property
    def is_courtesy(self) -> bool:
        """Whether it is nothing but a greeting or thanks."""
        asked = self._asked
        return bool(asked.intents) and not asked.unknown and asked.intents <= _COURTESY

    @property
    def names(self) -> bool:
        """Whether it names a table, a section or cells."""
        asked = self._asked
        return bool(asked.places or asked.all("table") or asked.all("section"))

    @property
    def asks(self) -> bool:
        """Whether it asks something by itself; 今年新收 does not."""
        asked = self._asked.intents - {"focus", "as_row", "as_column", "repaired", "none"}
        return bool(asked)

    def _alike(self, most: float) -> Answer | None:
        """The answer to the nearest wording, which is told when it is not quite the question."""
        near = self._near[0] if self._near else None
        if near is None or not near.ask or near.cost > most:
            return None
        found = self._answered(near)
        if found.kind == "not_understood" or near.cost <= TO_THE_LETTER:
            return found if found.kind != "not_understood" else None
        asked = filled(near.ask, self._shape.named)
        told = load_questions().replies.answered_as.format(question=asked)
        return found.model_copy(update={"text": f"{told}\n{found.text}"})

    def _answered(self, near: Near) -> Answer:
        asked = filled(near.ask, self._shape.named)
        return _understood(asked, self.lexicon, self.view, self.context)

    @property
    def _as_asked(self) -> Asked:
        library = load_library()
        form = self.view.form if self.view else library.form_of(None)
        return Asked(self._asked, load_questions(), library, form, self.context)

    def asked_back(self) -> Answer:
        """That it was not understood, with a question that may be meant."""
        put_right = self._put_right()
        offered = "" if put_right else self._offered()
        return clarified(self._as_asked, self.view, put_right=put_right, offered=offered)

    def _put_right(self) -> str:
        """The question with a word put right, when it is answered then; else empty."""
        if self._respelt is None:
            return ""
        found = _understood(self._respelt.question, self.lexicon, self.view, self.context)
        return "" if found.kind in UNTOLD else self._respelt.question

    def _offered(self) -> str:
        """The known wording that the question may be meant for; empty when none is near."""
        near = self._near[0] if self._near else None
        if near is None or near.share > SOMEWHAT_ALIKE:
            return self._clause()
        if not near.ask or self._answered(near).kind in UNTOLD:
            return ""
        return filled(near.ask, self._shape.named)

    def _clause(self) -> str:
        """The last clause of a long question that is understood by itself."""
        clauses = [c for c in _CLAUSES.split(self.question) if c]
        for clause in reversed(clauses) if len(clauses) > 1 else ():
            found = Hearing(clause, self.lexicon, self.view, self.context).heard()
            if found is not None and found.kind not in UNTOLD:
                return clause
        return ""


def one_after_the_other(answers: Sequence[Answer]) -> Answer:
    """Several answers as one, of the kind of the last, which is spoken of next."""
    return answers[-1].model_copy(
        update={
            "text": "\n\n".join(a.text for a in answers),
            "citations": tuple(c for a in answers for c in a.citations),
            "highlight": tuple(dict.fromkeys(c for a in answers for c in a.highlight)),
        }
    )


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
    dialogue = Dialogue(asked, book, library, form, context, view=view)
    if supposition is not None and supposition.known:
        return dialogue.need_report()
    found = dialogue.reply()
    return dialogue.not_understood() if left_aside(asked, found) else _kept(found, book, context)


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
