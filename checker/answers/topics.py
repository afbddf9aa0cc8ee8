"""Answers questions about what a rule is about: with the finding, or with the rule."""

from dataclasses import dataclass
from typing import Final

from checker.answers import law
from checker.answers.asked import Asked
from checker.answers.findings import gist
from checker.answers.identity import ASKED
from checker.answers.places import Places, joined
from checker.answers.prose import tell_quotes
from checker.answers.questions import Intent
from checker.answers.types import Answer, Citation, Conversation
from checker.answers.view import View

_NORMS: Final[tuple[Intent, ...]] = ("required", "none", "allowed", "same_thing", "differ")
"""With these it is asked what a rule says."""


@dataclass(frozen=True)
class Topics(Asked):
    """A question that may name what a rule is about.

    Attributes:
        talk: tells findings; None when there is no report.
    """

    talk: Places | None

    def rules_asked(self) -> tuple[str, ...]:
        """The rule that says what to fill in where something did not happen."""
        q = self.question
        if not q.asks("formula", "should", "required", "may_blank"):
            return ()
        return tuple(r for i, r in self.book.rules_asked.items() if q.asks(i))

    def reply(self) -> Answer | None:
        """The finding about what is named, what the text says of it, or the rule."""
        q = self.question
        topics = tuple(r for r in q.all("topic") if r in self.library.rules) or self.rules_asked()
        plain = q.asks("required") or q.intents.isdisjoint(ASKED)
        of_cell = q.asks("unit") and bool(q.places)  # 收费金额是元还是万元
        if not topics or not plain or of_cell or (q.asks("may_blank") and q.all("section")):
            return None
        if q.all("section") and {*topics} <= {*self.book.blanks}:
            return None
        if self._about_blanks(topics) and (q.places or q.all("number") or q.all("section")):
            return None if q.places else self.not_understood()
        if (partly := self._partly()) is not None:
            return None if self._counts_row() else partly
        return self._told(topics)

    def _told(self, topics: tuple[str, ...]) -> Answer:
        """Of what the rules are about: why nothing was raised, the text, findings, or rules."""
        q, view = self.question, self.talk.view if self.talk else None
        words = tuple(t.text for t in q.tokens if t.values("topic"))
        if view is not None and q.asks("unraised"):
            return self._unraised(view, topics, words)
        quoted = (
            tell_quotes(view, words, sentences=True)
            if view is not None and q.asks("section_text", "value")
            else None
        )
        aspects = set(q.intents) - ({"verdict", "healthy"} if self._asks_for_rule() else set())
        told = [law.tell_rule(self.library, r, view=view, aspects=aspects) for r in topics]
        return quoted or self._in_report(topics) or joined(told)

    def _unraised(self, view: View, topics: tuple[str, ...], words: tuple[str, ...]) -> Answer:
        """Why nothing was raised: whom the rule is for, how it fared, what the report says."""
        if (raised := self._in_report(topics)) is not None and raised.kind == "finding":
            return raised
        aspects = {"why", "basis"}
        told = joined([law.tell_rule(self.library, r, view=view, aspects=aspects) for r in topics])
        quoted = tell_quotes(view, words, sentences=True)
        if quoted is None:
            return told
        return told.model_copy(
            update={
                "text": f"{told.text}\n{quoted.text}",
                "citations": (*told.citations, *quoted.citations),
            }
        )

    def _counts_row(self) -> bool:
        """Whether a word that names a row too is counted: 涉密信息几件."""
        q, quantities = self.question, self.book.matching.quantities
        both = any(t.values("topic") and t.values("row") for t in q.tokens)
        return both and any(t.text in quantities for t in q.tokens)

    def _partly(self) -> Answer | None:
        """What is covered of a matter that the rules cover in part, and what was found of it."""
        said = {t.text for t in self.question.tokens if t.values("topic")}
        part = next((p for p in self.book.partly if said & {*p.said}), None)
        if part is None:
            return None
        rules = tuple(r for r in part.rules if r in self.library.rules)
        view = self.talk.view if self.talk else None
        lines = [law.rule_line(self.library.rules[r], view) for r in rules]
        found = sorted({n for r in rules for n in view.about_rule(r)}) if view else []
        lines += [f"第{n}条：{gist(view.finding(n))}" for n in found] if view else []
        return Answer(
            kind="rule",
            text="\n".join((part.only, *lines)),
            citations=(
                *(Citation(rule=r) for r in rules),
                *(Citation(finding=n, rule=view.finding(n).rule) for n in found if view),
            ),
            context=Conversation(focus="rule", rule=rules[0]),
        )

    def _in_report(self, topics: tuple[str, ...]) -> Answer | None:
        """How the report fared by the rules; None when it is asked what they say."""
        q = self.question
        if self.talk is None or self._asks_for_rule():
            return None
        tables = q.all("table")
        about = {n for r in topics for n in self.talk.view.about_rule(r)}
        if tables:
            about &= {n for t in tables for n in self.talk.view.about_table(t)}
        if about:
            return self.talk.findings(tuple(sorted(about)))
        fared = q.asks("healthy", "problems", "verdict", "value", "why")
        return self._clean(self.talk.view, topics) if fared or tables else None

    def _clean(self, view: View, topics: tuple[str, ...]) -> Answer:
        """That the rules found nothing, in the table that is named or anywhere."""
        rules = [self.library.rules[r] for r in topics]
        names = "、".join(f"表{view.spec(t).ordinal}" for t in self.question.all("table"))
        head = f"{names}没有这方面的问题。\n" if names else ""
        return Answer(
            kind="rule",
            text=head + "\n".join(law.rule_line(r, view) for r in rules),
            citations=tuple(Citation(rule=r.id) for r in rules),
            context=Conversation(focus="rule", rule=rules[0].id),
        )

    def _asks_for_rule(self) -> bool:
        """Whether it is asked what the rule says, not how the report fared."""
        q = self.question
        means = q.asks("meaning") and not q.asks("why")
        blank = {*q.all("topic")} <= {*self.book.blanks}
        allowed = blank and (q.asks("verdict", "may_blank") or self._modal)
        return means or allowed or q.asks("formula", *_NORMS)

    @property
    def _modal(self) -> bool:
        """Whether it is asked what may or must be."""
        return any(t.text in self.book.matching.modal for t in self.question.tokens)

    def _about_blanks(self, topics: tuple[str, ...]) -> bool:
        """Whether it is asked if cells are blank, not what should be filled in."""
        of_cells = set(topics) <= {*self.book.blanks}
        asked = self.question.asks("should", "verdict", *_NORMS)
        return of_cells and not self._modal and not asked
