"""Decides what a question is about; the telling is done elsewhere.

A question is answered only when every word of it was understood. Precision goes before recall:
"no basis" is a good answer, a wrong one is not.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from checker.answers import law
from checker.answers.asked import Asked
from checker.answers.cells import tell_cells
from checker.answers.contests import TWO
from checker.answers.findings import ASPECTS
from checker.answers.ledger import tell_figures, tell_ledger
from checker.answers.locate import Line, find_lines
from checker.answers.matching import match_words
from checker.answers.pairs import tell_pair
from checker.answers.parse import TagKind
from checker.answers.prose import tell_mentions
from checker.answers.questions import Intent
from checker.answers.talk import LAST, REPORT_INTENTS, Talk
from checker.answers.types import Answer
from checker.answers.view import MOST_LISTED, View
from checker.answers.wording import clause_name, ordinal
from checker.domain.report import split_address

_ITEM: Final = re.compile(r"第(\w+?)条第\w+项$")
# With these a number is not one of the narrative alone.
_NAMING: Final[tuple[TagKind, ...]] = ("table", "section", "ordinal", "law", "rule", "year")
_BETWEEN: Final[tuple[Intent, ...]] = ("differ", "gap")
_OF_FIGURES: Final[frozenset[Intent]] = frozenset(
    {"healthy", "value", "meaning", "where", "why", "basis", "focus", "should"}
)


@dataclass(frozen=True)
class Dialogue(Asked):
    """A question about a report, or about the rules when there is no report yet.

    Attributes:
        typed: the question as typed.
    """

    view: View | None
    typed: str = ""

    @cached_property
    def _talk(self) -> Talk | None:
        if self.view is None:
            return None
        return Talk(self.question, self.book, self.library, self.form, self.context, view=self.view)

    def reply(self) -> Answer:
        """The answer, or the sentence that there is no basis for one."""
        found = self._two_figures() or self._figure_named() or self._understood()
        if found.kind != "no_basis":
            return found
        matched = match_words(
            self.typed, view=self.view, library=self.library, words=self.book.matching
        )
        return matched or found

    def _two_figures(self) -> Answer | None:
        """Two figures set side by side by nothing but their numbers: 17件和95件为什么不一样."""
        q, view = self.question, self.view
        numbers = tuple(dict.fromkeys(map(Decimal, q.all("number"))))
        named = any(q.all(kind) for kind in _NAMING if kind not in ("table", "section"))
        if view is None or len(numbers) != TWO or named or q.unknown or not q.asks(*_BETWEEN):
            return None
        if not q.intents <= _OF_FIGURES | {*_BETWEEN, "greater", "less", "than", "prose"}:
            return None
        cells: frozenset[str] | None = None
        if q.places or q.all("table"):
            lines = find_lines(view, places=q.places, tables=q.all("table"), every=True)
            cells = frozenset(a for line in lines for a in line.cells) if q.places else None
        which = any(t.text in self.book.matching.which for t in q.tokens)
        return tell_pair(view, *numbers, cells=cells, which=which)

    def _figure_named(self) -> Answer | None:
        """A figure of the narrative that is named by nothing but its number: 842条对不对."""
        q, view = self.question, self.view
        numbers = q.all("number")
        named = q.places or any(q.all(kind) for kind in _NAMING)
        if view is None or not numbers or named or q.unknown or not q.intents <= _OF_FIGURES:
            return None
        about_cells = self.context.focus == "cells" and not q.asks("healthy")
        if about_cells:
            return None  # “是12件吗” goes on about the cell
        found = tell_figures(view, numbers=numbers, cells=())
        return found or (self._cells_with(view, numbers) if q.asks("healthy") else None)

    def _cells_with(self, view: View, numbers: tuple[str, ...]) -> Answer:
        """The cells that print a figure which the narrative has not."""
        wanted = {Decimal(n) for n in numbers}
        cells = tuple(a for a, c in view.cells.items() if c.value.value in wanted)
        if not 1 <= len(cells) <= MOST_LISTED:
            return self.no_basis()
        lines = tuple(Line(split_address(a).table, "", (a,)) for a in cells)
        return tell_cells(view, lines, status=True, total=False)

    def _understood(self) -> Answer:
        """The answer to a question of which every word is known."""
        q, talk = self.question, self._talk
        if not q.tokens or not self._right_year():
            return self.no_basis()
        if q.unknown:
            mentioned = tell_mentions(talk.view, q, self.book) if talk else None
            return mentioned or self.no_basis()
        found = self._plain() or self._named()
        if talk is None:
            found = found or self._law() or self._need_report()
        else:
            found = found or talk.steps() or self._law() or talk.about_report()
        return found or self.no_basis()

    def _need_report(self) -> Answer | None:
        """What is asked about a report when there is none."""
        q = self.question
        about = q.places or q.all("table") or q.all("section")
        if not about and q.intents.isdisjoint((*REPORT_INTENTS, *ASPECTS)):
            return None
        return self.need_report()

    def need_report(self) -> Answer:
        """That there is no report yet."""
        return Answer(kind="need_report", text=self.book.replies.need_report, context=self.context)

    def _right_year(self) -> bool:
        years = {int(y) for y in self.question.all("year")}
        if not years:
            return True
        return self.view is not None and years == {self.view.run.report.identity.year}

    def _plain(self) -> Answer | None:
        """Questions with a fixed reply."""
        q, replies = self.question, self.book.replies
        if q.asks("prose", "figures_open") and self.view is not None:
            return self._figures(self.view)
        only = q.intents - {"meaning"}
        if only and only <= {"help", "greeting"}:
            text = f"{replies.help}\n{replies.can_ask}"
            opening = f"{replies.greeting}" if "greeting" in only else ""
            return Answer(kind="help", text=opening + text, context=self.context)
        if only and only <= {"thanks", "greeting"}:
            return Answer(kind="help", text=replies.thanks, context=self.context)
        if q.asks("rewrite"):
            return Answer(kind="help", text=replies.rewrite, context=self.context)
        return None

    def _figures(self, view: View) -> Answer:
        """The ledger, or those of its rows that the question names."""
        q = self.question
        if q.asks("figures_open") or q.asks("unchecked", "unjudged"):
            return tell_ledger(view, unjudged=True)
        lines = find_lines(view, places=q.places, tables=q.all("table")) if q.places else ()
        cells = {a for line in lines for a in line.cells}
        if q.all("number") or cells:
            found = tell_figures(view, numbers=q.all("number"), cells=cells)
            return found or self._not_in_prose(view, sorted(cells))
        return tell_ledger(view)

    def _not_in_prose(self, view: View, cells: list[str]) -> Answer:
        return Answer(
            kind="ledger",
            text=self.book.replies.not_in_prose,
            citations=tuple(view.cite_cell(a) for a in cells),
            highlight=tuple(cells),
            context=self.context,
        )

    def _named(self) -> Answer | None:
        """A finding, rule or article that is named by its number."""
        q = self.question
        rules = q.all("rule")
        if rules:
            return self._rules_named(rules)
        numbers = q.all("ordinal")
        if not numbers:
            return self._item_of_article()
        if self._talk is not None and self._is_about_findings(self._talk.view, numbers):
            return self._talk.findings_named(numbers)
        return self._articles([int(n) for n in numbers if n != LAST])

    def _item_of_article(self) -> Answer | None:
        """第二十条第五项 names a row too, but nobody asks of a row what it says."""
        q = self.question
        clauses = [_ITEM.match(p.text) for p in q.places]
        if not clauses or not all(clauses) or q.intents - {"meaning", "regulation"}:
            return None
        if not q.asks("meaning", "regulation"):
            return None
        wanted = [ordinal(c[1]) for c in clauses if c]
        return self._articles([n for n in wanted if n is not None])

    @property
    def _law_meant(self) -> str:
        """The law that is named, else the regulation."""
        named = self.question.all("law")
        if named:
            return named[0]
        before = (self.context.article or "").rpartition(" ")[0]
        return before if before in self.book.laws else next(iter(self.book.laws))

    def _is_about_findings(self, view: View, numbers: tuple[str, ...]) -> bool:
        q = self.question
        if q.asks("regulation") or q.all("law"):
            return False
        if self.context.focus == "article" and q.intents.isdisjoint((*ASPECTS, "problems")):
            return False  # 第五十一条呢, after an article
        known = len(view.findings)
        if all(n == LAST or 1 <= int(n) <= known for n in numbers):
            return True
        return not any(
            self.library.article(self._law_meant, clause_name(int(n))) for n in numbers if n != LAST
        )

    def _rules_named(self, rules: tuple[str, ...]) -> Answer:
        unknown = [r for r in rules if r not in self.library.rules]
        if unknown or len(rules) > 1:
            return self.no_basis()
        return law.tell_rule(
            self.library, rules[0], view=self.view, aspects=set(self.question.intents)
        )

    def _articles(self, clauses: list[int]) -> Answer:
        law_meant = self._law_meant
        found = [
            a for n in clauses if (a := self.library.article(law_meant, clause_name(n))) is not None
        ]
        if len(found) < len(clauses) or not found or len(self.question.all("law")) > 1:
            return self.no_basis()
        return law.tell_articles(tuple(found))

    def _law(self) -> Answer | None:
        """Rules, articles and the form, which need no report."""
        q = self.question
        for intent, clause in self.book.articles.items():
            if q.asks(intent):
                return self._article_asked(intent, clause)
        tables = q.all("table")
        if q.asks("relation") or (q.asks("formula") and self._about_carrying()):
            return self.relation(tables, self.view)
        if q.asks("rows_of") and not q.places:
            names = any("哪些" in t.text or "有哪些" in t.text for t in q.tokens)
            return law.tell_shape(self.form, tables, names=names)
        if q.asks("rules") and not q.places and not q.asks("passed", "unchecked", "unjudged"):
            return law.tell_rules(self.library, tables, self.form)
        return None

    def _article_asked(self, intent: Intent, clause: str) -> Answer:
        sections = [s for s in self.form.sections if s.id in self.question.all("section")]
        if intent == "required" and sections:
            annex = [
                a for s in sections for a in self.library.annex(self.form.basis.source, s.ordinal)
            ]
            return law.tell_articles(tuple(annex)) if annex else self.no_basis()
        article = self.library.article(next(iter(self.book.laws)), clause)
        if article is None or self.question.places or self.question.all("table"):
            return self.no_basis()
        return law.tell_articles((article,))

    def _about_carrying(self) -> bool:
        return any("carried_over" in t.value for p in self.question.places for t in p.tags)
