"""Decides what a question about the narrative is about: statements, shares, growth; it never tells.

Words that no table and no rule knows are looked for in the narrative, never explained.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from checker.answers.asked import Asked
from checker.answers.cells import MOST_CELLS, tell_cells
from checker.answers.comparing import names_times
from checker.answers.findings import tell_finding
from checker.answers.ledger import ledger_answer, quoted, tell_figures, tell_ledger
from checker.answers.locate import Line, find_lines
from checker.answers.parse import TagKind
from checker.answers.prose import narrative_words, tell_mentions, tell_quotes
from checker.answers.questions import Intent
from checker.answers.shares import percent
from checker.answers.statements import (
    Subject,
    about,
    part_of,
    part_of_cell,
    tell_kind,
    tell_statements,
    words_of,
)
from checker.answers.types import Answer
from checker.answers.view import View
from checker.domain.report import split_address

_OTHERS: Final[tuple[TagKind, ...]] = (
    "table", "section", "topic", "ordinal", "rule", "number",
)  # fmt: skip
_CHANGE: Final[tuple[Intent, ...]] = ("growth", "prior")
_OF_FIGURES: Final[frozenset[Intent]] = frozenset(
    {"figures", "differ", "relation", "healthy", "passed", "value", "count"}
)
_ALL_APPLICATIONS: Final = ("requests/new_received/total", "requests/total/total")
_READ: Final[frozenset[Intent]] = frozenset({"prose", "section_text"})
_JUDGED: Final[frozenset[Intent]] = frozenset(
    {
        "prose",
        "healthy",
        "value",
        "section_text",
        "where",
        "relation",
        "differ",
        "verdict",
        "why",
        "unraised",
    }
)


@dataclass(frozen=True)
class Narrative(Asked):
    """A question that may be about the text of a report rather than about its tables."""

    view: View

    def reply(self) -> Answer | None:
        """The answer to a question of which every word is known; None when it is another."""
        q = self.question
        if q.asks("figures_open") or (q.asks("figures") and q.asks("unchecked", "unjudged")):
            return tell_ledger(self.view, unjudged=True)
        if q.asks(*_CHANGE):
            return self._growth()
        if self._about_figures():
            return self._figures()
        if q.places and q.all("number") and q.asks("healthy"):
            return self._only_in_prose()
        return None

    def _about_figures(self) -> bool:
        """Whether figures of the narrative are judged; 正文第五部分的句子 are only read."""
        q = self.question
        if q.all("section"):
            if q.asks("section_text") and q.intents <= _READ:
                return False
            if q.asks("figures") and q.asks("why", "problems", "healthy"):
                return True
        return q.asks("prose") or (q.asks("figures") and not q.places and q.intents <= _OF_FIGURES)

    def _only_in_prose(self) -> Answer | None:
        """A figure of named cells that the narrative has and none of the cells."""
        q, view = self.question, self.view
        lines = find_lines(view, places=q.places, tables=q.all("table"))
        cells = frozenset(a for line in lines for a in line.cells)
        values = {Decimal(n) for n in q.all("number")}
        held = {v.value for a in cells if (v := view.value(a)) is not None}
        stated = {c.value for c in about(view, Subject("", cells))}
        return self._figures() if values <= stated and not values & held else None

    def unknown_words(self) -> Answer | None:
        """The answer to a question with words that only the narrative may have."""
        q = self.question
        words = narrative_words(self.view, q.unknown, self.book.measures)
        if not words:
            return None
        official = [p for p in q.places if words_of(self.view, (p,))]
        subject = self._subject((*words, *(p.text for p in official)))
        if q.asks("share"):
            return self._share_of(subject, words)
        if q.asks(*_CHANGE):
            return tell_kind(self.view, subject, "growth_rate")
        claimed = q.asks("healthy") and q.all("number")  # 政策文件20条是真的吗
        if (q.asks("prose", "unraised") or claimed) and q.intents <= _JUDGED:
            told = tell_statements(self.view, subject, numbers=self._typed())
            return told or tell_mentions(self.view, q, self.book)
        return tell_mentions(self.view, q, self.book)

    def _subject(self, words: Sequence[str]) -> Subject:
        alike = tuple(
            next((g for g in self.book.matching.alike if w in g), (w,)) for w in words if w
        )
        return Subject("、".join(dict.fromkeys(words)), words=alike)

    def _share_of(self, subject: Subject, words: Sequence[str]) -> Answer | None:
        """A share that the narrative states, or two figures of it that make one."""
        if (told := tell_kind(self.view, subject, "share")) is not None:
            return told
        found = part_of(self.view, subject.words)
        if found is not None and found[0].value is not None and found[1].value:
            part, whole = found
            sums = f"{part.printed}÷{whole.printed}＝{percent(found[0].value, found[1].value)}"
            lines = [f"正文没有写这个占比；按“{quoted(whole)}”“{quoted(part)}”计算：{sums}。"]
            return ledger_answer(self.view, lines, (whole, part))
        return self._share_of_cell(subject) or self.no_basis(
            self.book.replies.no_share.format(name="、".join(words))
        )

    def _share_of_cell(self, subject: Subject) -> Answer | None:
        """A figure that makes up a cell together with its like: applications by their way."""
        found = part_of_cell(self.view, subject.words, _ALL_APPLICATIONS)
        value = self.view.value(found[1]) if found else None
        if found is None or value is None or not value.value or found[0].value is None:
            return None
        part, cell = found
        sums = f"{part.printed}÷{value.printed}＝{percent(found[0].value, value.value)}"
        lines = [
            f"正文没有写这个占比；与“{quoted(part)}”并列的各项之和，等于{self.view.label(cell)}"
            f"的{value.printed}，按此计算：{sums}。"
        ]
        return ledger_answer(self.view, lines, (part,), cells=(cell,))

    def _growth(self) -> Answer | None:
        """What the narrative states of a change against last year."""
        q = self.question
        if q.asks("growth") and not q.asks("prior") and (not q.places or names_times(q)):
            return None
        if not q.places and any(q.all(kind) for kind in _OTHERS):
            return None  # 表三比去年多多少
        words = [p.text for p in q.places]
        subject = self._subject(words) if words else Subject("", words=(("",),))
        lines = find_lines(self.view, places=q.places, tables=q.all("table")) if words else ()
        subject = subject._replace(cells=frozenset(a for line in lines for a in line.cells))
        name = f"“{subject.name}”" if subject.name else ""
        told = tell_kind(self.view, subject, "growth_rate") or self._printed_change(lines)
        replies = self.book.replies
        missing = replies.no_change if self._changes else replies.no_prior
        return told or self.no_basis(missing.format(name=name))

    @property
    def _changes(self) -> frozenset[str]:
        """The cells of the columns, if the form has any, that print a change against last year."""
        columns = {(t.id, c.id) for t in self.form.tables for c in t.columns if c.kind == "change"}
        return frozenset(
            a
            for a in self.view.cells
            if (split_address(a).table, split_address(a).column) in columns
        )

    def _printed_change(self, lines: Sequence[Line]) -> Answer | None:
        """What a table prints of the change in the rows that are named."""
        rows = {split_address(a)[:2] for line in lines for a in line.cells}
        cells = tuple(a for a in self._changes if split_address(a)[:2] in rows)
        told = tuple(Line(split_address(a).table, "", (a,)) for a in sorted(cells))
        if not told:
            return None
        answer = tell_cells(self.view, told, status=False, total=False)
        return answer.model_copy(update={"kind": "ledger"})

    def _figures(self) -> Answer:
        """The ledger, or those of its rows that the question names."""
        q, view = self.question, self.view
        if q.places:
            return self._about_places()
        if topics := [t.text for t in q.tokens if t.values("topic")]:
            told = tell_statements(view, self._subject(topics), numbers=self._typed())
            return told or self._not_in_prose(())
        if q.all("number"):
            found = tell_figures(view, numbers=q.all("number"), cells=())
            return found or self._not_in_prose(())
        if self._of_cells_spoken_of():
            cells = self.context.cells
            name = view.short_row(*split_address(cells[0])[:2])
            told = tell_statements(view, Subject(name, frozenset(cells)))
            return told or self._not_in_prose((Line(split_address(cells[0]).table, "", cells),))
        known = self.context.finding
        if q.asks("focus") and known and 1 <= known <= len(view.findings):
            return tell_finding(view, self.library, number=known, aspects=())
        return tell_ledger(view, sections=q.all("section"))

    def _of_cells_spoken_of(self) -> bool:
        """Whether 正文呢 goes on about the cells spoken of last."""
        q, context = self.question, self.context
        alone = q.intents <= {"prose", "section_text"} and not any(q.all(k) for k in _OTHERS)
        return alone and self.onward and context.focus == "cells" and bool(context.cells)

    def _about_places(self) -> Answer:
        q, view = self.question, self.view
        lines = find_lines(view, places=q.places, tables=q.all("table"))
        nouns = tuple(p for p in q.places if p.text not in self.book.doings)
        if not lines and nouns:  # 收费收了多少
            lines = find_lines(view, places=nouns, tables=q.all("table"))
        if not lines:
            return self.no_basis(self.book.replies.no_cell.format(names=self._names()))
        told = tell_statements(
            view,
            Subject(
                "".join(dict.fromkeys(p.text for p in q.places)),
                frozenset(a for line in lines for a in line.cells),
                self._subject([w for (w,) in words_of(view, q.places)]).words,
            ),
            numbers=self._typed(),
            cells_told=self._cells(lines).text.partition("\n")[0] if q.all("number") else "",
        )
        return told or self._not_in_prose(lines)

    def _typed(self) -> tuple[str, ...]:
        """The figures with their units, as typed."""
        return tuple(t.text for t in self.question.tokens if t.values("number"))

    def _names(self) -> str:
        return "".join(f"“{p.text}”" for p in self.question.places)

    def _cells(self, lines: tuple[Line, ...]) -> Answer:
        return tell_cells(self.view, lines, status=False, total=False)

    def _not_in_prose(self, lines: tuple[Line, ...]) -> Answer:
        """That the narrative says nothing of it, with what the tables hold."""
        text = self.book.replies.not_in_prose
        q = self.question
        words = tuple(w for (w,) in words_of(self.view, q.places))
        words = words or tuple(t.text for t in q.tokens if t.values("topic"))
        if words and (quotes := tell_quotes(self.view, words, sentences=True)):
            return quotes.model_copy(update={"text": f"{quotes.text}\n{text}"})
        if not lines or sum(len(line.cells) for line in lines) > MOST_CELLS:
            return Answer(kind="ledger", text=text, context=self.context)
        told = self._cells(lines)
        return told.model_copy(update={"kind": "ledger", "text": f"{text}\n{told.text}"})
