"""Asks a language model and shows only what code has verified; else the embedded answer stands.

The model is given what the report and the rules hold, and may look up more. When it fails, says
nothing that holds, or sees no basis, the answer is that of the embedded answerer, with a note.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import Final, NamedTuple

from checker.answers.embedded import answer, lexicon_of
from checker.answers.library import load_library
from checker.answers.model.facts import FactReader
from checker.answers.model.meanings import load_chat_meaning
from checker.answers.model.memory import Memory
from checker.answers.model.shelf import Shelf
from checker.answers.model.tools import Toolbox
from checker.answers.model.verify import Verifier
from checker.answers.model.words import load_chat_words
from checker.answers.parse import Lexicon
from checker.answers.questions import load_questions
from checker.answers.types import UNTOLD, Answer, Conversation, Proof
from checker.answers.view import View
from checker.checks.discreet import discreet_text
from checker.domain.reading import Usage
from checker.domain.run import CheckRun
from checker.errors import ModelCancelledError, ModelError
from checker.llm.chat import Evidence, Sentence, Talked, Turn, converse
from checker.settings import ModelSettings

_SHORTEST_NAME: Final = 3
_FIRST_FINDINGS: Final = 8
_FIRST_CELLS: Final = 12


class Replied(NamedTuple):
    """An answer, and what is kept of the conversation with the model."""

    answer: Answer
    memory: Memory
    usage: Usage = Usage()


@dataclass
class _Draft:
    """The answer as it grows, sentence by sentence."""

    shelf: Shelf
    context: Conversation
    on_progress: Callable[[Answer], None]
    sentences: list[Sentence] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)

    def count(self, usage: Usage) -> None:
        self.usage += usage

    def take(self, sentence: Sentence) -> None:
        self.sentences.append(sentence)
        self.on_progress(self.made(""))

    def made(self, note: str) -> Answer:
        ids = dict.fromkeys(i for s in self.sentences for i in s.ids)
        sources = [self.shelf.given[i] for i in ids]
        run = self.shelf.view.run
        findings = [s.citation.finding for s in sources if s.citation.finding]
        cells = tuple(dict.fromkeys(c for s in sources for c in s.cells))
        return Answer(
            kind="model",
            text=discreet_text("".join(s.text for s in self.sentences), run),
            citations=tuple(s.citation for s in sources),
            highlight=cells if len(cells) <= _FIRST_CELLS else (),
            context=self._context(findings, cells),
            by="model",
            proofs=tuple(
                Proof(id=s.evidence.id, text=discreet_text(s.evidence.text, run)) for s in sources
            ),
            note=note,
        )

    def _context(self, findings: list[int], cells: tuple[str, ...]) -> Conversation:
        """What was spoken of, so that "怎么改" is understood when the model is switched off."""
        kept = Conversation(supposed=self.context.supposed)
        if len(set(findings)) == 1:
            return kept.model_copy(update={"focus": "finding", "finding": findings[0]})
        few = bool(cells) and len(cells) <= _FIRST_CELLS
        return kept.model_copy(update={"focus": "cells", "cells": cells}) if few else kept


def answer_with_model(  # noqa: PLR0913 - all that one question can be told
    question: str,
    run: CheckRun,
    *,
    context: Conversation,
    memory: Memory,
    settings: ModelSettings,
    cancel: Event,
    on_progress: Callable[[Answer], None],
) -> Replied:
    """Answer with a model; blocks until the answer is complete.

    Args:
        question: as typed.
        run: the checked report.
        context: of the embedded answerer, which may have to answer.
        memory: the conversation with the model so far.
        settings: the endpoint.
        cancel: stops asking the model when set; the embedded answer is given then.
        on_progress: told the answer so far after every sentence that holds.

    Raises:
        RulebookError: the rules that came with the program are damaged.
        PromptError: the prompts that came with the program are damaged.
    """
    library, book, words = load_library(), load_questions(), load_chat_words()
    form = library.form_of(run)
    view = View(run, form, library.forms)
    embedded = answer(question, run, context=context)
    shelf = Shelf(view, library, words, memory)
    lexicon = lexicon_of(form, run)
    box = Toolbox(
        shelf,
        lexicon,
        lambda q: answer(q, run, context=Conversation()),
        next(iter(book.laws)),
    )
    verifier = _verifier(shelf, lexicon, book.replies.no_basis)
    draft = _Draft(shelf, embedded.context, on_progress)
    try:
        talked = converse(
            question,
            start=_start(shelf, question, embedded),
            tools=box.tools(),
            turns=memory.turns,
            verify=verifier.verify,
            settings=settings,
            cancel=cancel,
            on_sentence=draft.take,
            on_usage=draft.count,
        )
    except ModelError as error:
        note = words.stopped if isinstance(error, ModelCancelledError) else words.failed
        return _failed(draft, embedded, memory, note.format(reason=str(error)))
    return _replied(question, draft, embedded, memory, talked)


def _verifier(shelf: Shelf, lexicon: Lexicon, refusal: str) -> Verifier:
    reader = FactReader(load_chat_meaning(), lexicon.places, frozenset(shelf.view.cells))
    return Verifier(shelf.given, shelf.words, _names(shelf.view), reader, refusal)


def _start(shelf: Shelf, question: str, embedded: Answer) -> tuple[Evidence, ...]:
    """What the model is given at once: the verdict, the findings, and what the program answers.

    What the turns of before cite is given again, so that they can be understood.
    """
    known = range(1, len(shelf.view.findings) + 1)
    given = [shelf.verdict(), *(shelf.finding(n) for n in known[:_FIRST_FINDINGS])]
    if embedded.kind not in UNTOLD:
        given.append(shelf.answer(question, embedded))
        given += [shelf.cell(a) for a in embedded.highlight[:_FIRST_CELLS]]
    return tuple(dict.fromkeys((*given, *(s.evidence for s in shelf.memory.sources))))


def _failed(draft: _Draft, embedded: Answer, memory: Memory, note: str) -> Replied:
    """The embedded answer; what the model said before is kept only where that one has none."""
    if draft.sentences and embedded.kind in ("no_basis", "not_understood", "ask_back"):
        return Replied(draft.made(note), memory, draft.usage)
    return Replied(embedded.model_copy(update={"note": note}), memory, draft.usage)


def _replied(
    question: str, draft: _Draft, embedded: Answer, memory: Memory, talked: Talked
) -> Replied:
    words = load_chat_words()
    withheld = words.withheld.format(count=talked.withheld) if talked.withheld else ""
    if not draft.sentences:
        note = "" if talked.refused and not talked.withheld else withheld + words.nothing
        if talked.refused and embedded.kind == "not_understood":  # the model did understand it
            update = {"kind": "no_basis", "text": load_questions().replies.no_basis}
            embedded = embedded.model_copy(update=update)
        return Replied(embedded.model_copy(update={"note": note}), memory, draft.usage)
    made = draft.made(withheld)
    turn = Turn(question=question, answer=made.text)
    ids = dict.fromkeys(i for s in draft.sentences for i in s.ids)
    sources = tuple(draft.shelf.given[i] for i in ids)
    return Replied(made, memory.with_turn(turn, sources, draft.shelf.last), draft.usage)


def _names(view: View) -> tuple[str, ...]:
    """Names of rows and columns that are long enough to be no other word, the longest first."""
    names = {s.name for t in view.specs for s in (*t.rows, *t.columns)}
    return tuple(sorted((n for n in names if len(n) >= _SHORTEST_NAME), key=lambda n: (-len(n), n)))
