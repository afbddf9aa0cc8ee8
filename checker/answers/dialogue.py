"""Decides what a question is about; the telling is done elsewhere.

A question is answered only when every word of it was understood. Precision goes before recall:
"no basis" is a good answer, a wrong one is not.
"""

from collections.abc import Callable
from dataclasses import dataclass

from checker.answers import law, overview
from checker.answers.cells import Line, carried_over, compared, find_lines, tell_cells
from checker.answers.findings import ASPECTS, headline_at, tell_finding
from checker.answers.identity import ASKED, tell_identity
from checker.answers.library import Library
from checker.answers.parse import Question
from checker.answers.prose import tell_mentions
from checker.answers.questions import Intent, QuestionBook
from checker.answers.types import Answer, Citation, Conversation
from checker.answers.view import View
from checker.answers.whole import tell_sums
from checker.answers.wording import clause_name
from checker.domain.report import split_address
from checker.rulebook import FormSpec

_MEANINGS = frozenset({"是什么意思", "什么意思", "啥意思", "怎么理解", "指什么"})
_WHETHER = frozenset({"是不是", "是否", "是不是都"})
_SEVERITY_INTENTS = {"errors_only": "error", "warnings_only": "warning", "notes_only": "note"}


@dataclass(frozen=True)
class Dialogue:
    """One question in its context."""

    question: Question
    book: QuestionBook
    library: Library
    form: FormSpec
    view: View | None
    context: Conversation

    def reply(self) -> Answer:
        """The answer, or the sentence that there is no basis for one."""
        q = self.question
        if not q.tokens or not self._right_year():
            return self._no_basis()
        if q.unknown:
            mentioned = tell_mentions(self.view, q, self.book) if self.view else None
            return mentioned or self._no_basis()
        for step in (self._plain, self._named, self._steps, self._law, self._whole,
                     self._places, self._wider, self._pointed):  # fmt: skip
            if (found := step()) is not None:
                return found
        return self._no_basis()

    # -- refusals --------------------------------------------------------------------

    def _no_basis(self) -> Answer:
        replies = self.book.replies
        text = f"{replies.no_basis}\n{replies.can_ask}"
        return Answer(kind="no_basis", text=text, context=self.context)

    def _need_report(self) -> Answer:
        return Answer(kind="need_report", text=self.book.replies.need_report, context=self.context)

    def _right_year(self) -> bool:
        years = {int(y) for y in self.question.all("year")}
        if not years:
            return True
        return self.view is not None and years == {self.view.run.report.identity.year}

    # -- steps, the first that answers wins --------------------------------------------

    def _plain(self) -> Answer | None:
        """Questions with a fixed reply."""
        q, replies = self.question, self.book.replies
        if q.asks("prose"):
            return Answer(kind="not_in_version", text=replies.prose, context=self.context)
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

    def _named(self) -> Answer | None:
        """A finding, rule or article that is named by its number."""
        q = self.question
        rules = q.all("rule")
        if rules:
            return self._rules_named(rules)
        numbers = q.all("ordinal")
        if not numbers:
            return None
        if self._is_about_findings(numbers):
            return self._findings_named(numbers)
        return self._articles([int(n) for n in numbers if n != "最后"])

    @property
    def _law_meant(self) -> str:
        """The law that is named, else the regulation."""
        named = self.question.all("law")
        return named[0] if named else next(iter(self.book.laws))

    def _is_about_findings(self, numbers: tuple[str, ...]) -> bool:
        if self.view is None or self.question.asks("regulation") or self.question.all("law"):
            return False
        known = len(self.view.findings)
        if all(n == "最后" or 1 <= int(n) <= known for n in numbers):
            return True
        return not any(
            self.library.article(self._law_meant, clause_name(int(n)))
            for n in numbers
            if n != "最后"
        )

    def _findings_named(self, numbers: tuple[str, ...]) -> Answer:
        assert self.view is not None  # noqa: S101 - _is_about_findings made sure
        known = len(self.view.findings)
        wanted = [known if n == "最后" else int(n) for n in numbers]
        missing = [n for n in wanted if not 1 <= n <= known]
        if missing:
            text = f"没有第{'、'.join(map(str, missing))}条。{overview.counts(self.view)}"
            return Answer(kind="overview", text=text, context=self.context)
        return self._findings(tuple(wanted))

    def _findings(self, numbers: tuple[int, ...]) -> Answer:
        answers = [self._finding(n) for n in numbers]
        if len(answers) == 1:
            return answers[0]
        return Answer(
            kind="finding",
            text="\n\n".join(a.text for a in answers),
            citations=tuple(c for a in answers for c in a.citations),
            highlight=tuple(dict.fromkeys(c for a in answers for c in a.highlight)),
            context=answers[-1].context,
        )

    def _finding(self, number: int) -> Answer:
        assert self.view is not None  # noqa: S101 - callers made sure
        asked = tuple(a for a in ASPECTS if a in self.question.intents)
        plain = self.question.intents - {"focus", "problems"}
        if not asked and not plain and self.context.aspect in ASPECTS:
            asked = (self.context.aspect,)
        known = self.context.focus == "finding" and self.context.finding == number
        return tell_finding(self.view, self.library, number=number, aspects=asked, known=known)

    def _rules_named(self, rules: tuple[str, ...]) -> Answer:
        unknown = [r for r in rules if r not in self.library.rules]
        if unknown or len(rules) > 1:
            return self._no_basis()
        return law.tell_rule(
            self.library, rules[0], view=self.view, aspects=set(self.question.intents)
        )

    def _articles(self, clauses: list[int]) -> Answer:
        law_meant = self._law_meant
        found = [
            a for n in clauses if (a := self.library.article(law_meant, clause_name(n))) is not None
        ]
        if len(found) < len(clauses) or not found or len(self.question.all("law")) > 1:
            return self._no_basis()
        return law.tell_articles(tuple(found))

    def _steps(self) -> Answer | None:
        """Next, previous, more: relative to what was told before."""
        q = self.question
        if not q.asks("next", "previous", "more") or q.places:
            return None
        if self.view is None:
            return self._need_report()
        known = len(self.view.findings)
        if q.asks("more") and not q.asks("next", "previous"):
            if self.context.focus in ("overview", "table", "section"):
                return overview.tell_more(self.view, self.context)
            return self._step(known, +1)
        return self._step(known, +1 if q.asks("next") else -1)

    def _step(self, known: int, by: int) -> Answer:
        assert self.view is not None  # noqa: S101 - _steps made sure
        start = self.context.finding or 0
        number = start + by
        if not 1 <= number <= known:
            text = f"没有{'下' if by > 0 else '上'}一条了。{overview.counts(self.view)}"
            return Answer(kind="overview", text=text, context=self.context)
        return self._finding(number)

    def _law(self) -> Answer | None:
        """Rules, articles and the form, which need no report."""
        q = self.question
        for intent, clause in self.book.articles.items():
            if q.asks(intent):
                return self._article_asked(intent, clause)
        tables = q.all("table")
        if q.asks("relation") or (q.asks("formula") and self._about_carrying()):
            return self._relation(tables)
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
            return law.tell_articles(tuple(annex)) if annex else self._no_basis()
        article = self.library.article(next(iter(self.book.laws)), clause)
        if article is None or self.question.places or self.question.all("table"):
            return self._no_basis()
        return law.tell_articles((article,))

    def _about_carrying(self) -> bool:
        return any("carried_over" in t.value for p in self.question.places for t in p.tags)

    def _relation(self, tables: tuple[str, ...]) -> Answer:
        if not tables and self.question.places:
            owners = {t.value.partition("/")[0] for p in self.question.places for t in p.tags}
            tables = tuple(t.id for t in self.form.tables if t.id in owners)
        found = law.tell_relation(self.library, tables, form=self.form, view=self.view)
        return found if found.text else self._no_basis()

    def _whole(self) -> Answer | None:
        """Questions about the report as a whole."""
        q, view = self.question, self.view
        if q.places:
            return None
        identity = tuple(a for a in (*ASKED, "file") if a in q.intents)
        asked = ("worst", "count", "verdict", "passed", "unchecked", "unjudged", "doubts")
        if not identity and q.intents.isdisjoint(asked):
            return None
        if view is None:
            return self._need_report()
        if identity:
            told = tell_identity(view, identity)
            if "form" in identity and q.asks("healthy"):
                text = f"{told.text}\n{law.form_status(self.library, view)}"
                return told.model_copy(update={"text": text})
            return told
        tellings: tuple[tuple[Intent, Callable[[], Answer]], ...] = (
            ("doubts", lambda: overview.tell_doubts(view)),
            ("unjudged", lambda: overview.tell_unjudged(view)),
            ("unchecked", lambda: overview.tell_unchecked(view, self.book.replies.prose)),
            ("passed", lambda: self._passed(view)),
        )
        tell = next((t for intent, t in tellings if q.asks(intent)), lambda: self._overall(view))
        return tell()

    def _passed(self, view: View) -> Answer:
        if self.question.asks("healthy"):  # “没有问题，对吗”
            return self._overall(view)
        return overview.tell_passed(view, self.library, self.question.all("table"))

    def _overall(self, view: View) -> Answer:
        q = self.question
        severities = self._severities()
        if q.all("table") or q.all("section"):
            return self._table_or_section() or self._no_basis()
        if q.asks("worst"):
            return self._finding(1) if view.findings else overview.tell_verdict(view)
        if q.asks("count"):
            return (
                overview.tell_problems(view, severities)
                if severities
                else overview.tell_count(view)
            )
        return overview.tell_verdict(view)

    def _severities(self) -> tuple[str, ...]:
        return tuple(s for i, s in _SEVERITY_INTENTS.items() if i in self.question.intents)

    def _places(self) -> Answer | None:
        """Cells, named by row, column or group; missing parts come from the context."""
        q, view = self.question, self.view
        if not q.places or self._is_section_title():
            return None
        if view is None:
            return self._need_report()
        lines: tuple[Line, ...] = ()
        if self._continues():
            kept = carried_over(self.context.cells, q.places)
            lines = find_lines(view, places=(*q.places, *kept), tables=q.all("table"))
        lines = lines or find_lines(view, places=q.places, tables=q.all("table"))
        if not lines:
            return self._no_basis()
        whole = q.asks("healthy") and q.asks("sum", "as_row", "as_column")
        if whole and (sums := tell_sums(view, self.library, lines)) is not None:
            return sums
        addresses = {a for line in lines for a in line.cells}
        if q.asks("money") and not any(view.is_money(a) for a in addresses):
            return self._no_basis()
        return self._about_cells(view, lines, addresses)

    def _about_cells(self, view: View, lines: tuple[Line, ...], addresses: set[str]) -> Answer:
        """What the cells hold, or the one finding that the question about them is about."""
        q = self.question
        asked = set(ASPECTS) & q.intents - {"where", "page"}
        repair = asked & {"fix", "should"}
        numbers = view.blaming_cells(addresses) if repair else view.about_cells(addresses)
        if asked and not q.asks("value") and len(numbers) == 1:
            return self._finding(numbers[0])
        if repair and not numbers:  # “总计应该填几”: the total that is wrong, not the first one
            every = find_lines(view, places=q.places, tables=q.all("table"), every=True)
            if wrong := view.blaming_cells(a for line in every for a in line.cells):
                return self._findings(wrong)
        told = tell_cells(
            view,
            lines,
            status=bool(asked) or q.asks("healthy", "problems", "passed"),
            total=q.asks("sum"),
            place=q.asks("page"),
        )
        opening = self._opening(view, lines)
        if opening:
            return told.model_copy(update={"text": f"{opening}\n{told.text}"})
        if not repair or numbers:
            return told
        text = f"{told.text}\n{self.book.replies.no_should}"
        return told.model_copy(update={"text": text})

    def _opening(self, view: View, lines: tuple[Line, ...]) -> str:
        """The direct answer to "是不是0" or "是什么意思", before what the cells hold."""
        q = self.question
        words = {t.text for t in q.tokens}
        if q.asks("meaning") and words & _MEANINGS:
            return self.book.replies.no_meaning
        numbers = q.all("number")
        if len(numbers) == 1 and (words & _WHETHER or q.asks("healthy")):
            return compared(view, lines, numbers[0])
        return ""

    def _is_section_title(self) -> bool:
        """A name such as 主动公开政府信息情况 is a section, unless a figure is asked."""
        q = self.question
        return bool(q.all("section")) and not q.asks("value", "sum") and all(
            p.values("section") or p.values("table") for p in q.places
        )  # fmt: skip

    def _continues(self) -> bool:
        """Whether "那商业企业呢？" goes on about the cells spoken of last."""
        words = {t.text for t in self.question.tokens}
        alone = self.question.intents <= {"value", "focus", "as_row", "as_column", "sum"}
        return bool(self.context.cells) and alone and (
            bool(words & {"那", "那么", "呢"}) or self.question.asks("focus")
        )  # fmt: skip

    def _wider(self) -> Answer | None:
        """A table, a section, or the list of findings."""
        if (found := self._table_or_section()) is not None:
            return found
        q = self.question
        if q.asks("problems", "all") or (self._severities() and not q.asks("focus")):
            if self.view is None:
                return self._need_report()
            if self._is_aspect_of_focus():
                return None
            return overview.tell_problems(self.view, self._severities())
        return None

    def _is_aspect_of_focus(self) -> bool:
        return self.question.asks("focus", *("why", "fix", "where", "basis")) and bool(
            self.context.finding
        )

    def _table_or_section(self) -> Answer | None:
        q = self.question
        tables, sections = q.all("table"), q.all("section")
        if not tables and not sections:
            return None
        if self.view is None:
            return self._need_report()
        if tables:
            if len(tables) > 1:
                return self._no_basis()
            return overview.tell_table(self.view, self.library, tables[0])
        if len(sections) > 1:
            return self._no_basis()
        text = q.asks("section_text", "meaning", "value")
        return overview.tell_section(self.view, sections[0], text=text)

    def _pointed(self) -> Answer | None:
        """What remains: an aspect of the thing spoken of last."""
        q, context = self.question, self.context
        asked = set(ASPECTS) & q.intents
        if not asked and not q.asks("focus", "meaning", "healthy", "value", "section_text"):
            return None
        if context.focus == "rule" and context.rule and context.rule in self.library.rules:
            aspects = set(q.intents)
            return law.tell_rule(self.library, context.rule, view=self.view, aspects=aspects)
        if self.view is None:
            return self._need_report() if asked or q.asks("healthy") else None
        return self._pointed_in_report(self.view, asked=bool(asked))

    def _pointed_in_report(self, view: View, *, asked: bool) -> Answer | None:
        context = self.context
        if (found := self._of_kind(view, asked=asked)) is not None:
            return found
        about_cells = context.focus == "cells" and bool(context.cells)
        if about_cells and (not asked or self.question.asks("page")):
            return self._same_cells(view)
        if context.finding and 1 <= context.finding <= len(view.findings):
            return self._finding(context.finding)
        if about_cells:
            return self._same_cells(view)
        if self.question.asks("healthy"):
            return overview.tell_verdict(view)
        return self._ask_back(view) if asked else None

    def _of_kind(self, view: View, *, asked: bool) -> Answer | None:
        """Money or sums without a place are not about what was spoken of last."""
        if self.question.asks("money"):
            money = view.about_cells(a for a in view.cells if view.is_money(a))
            return self._findings(money) if money and asked else self._no_basis()
        if self.question.asks("sum") and self.question.asks("healthy"):
            return self._relation((self.context.table,) if self.context.table else ())
        return None

    def _same_cells(self, view: View) -> Answer:
        line = Line(split_address(self.context.cells[0]).table, "", self.context.cells)
        q = self.question
        return tell_cells(view, (line,), status=True, total=q.asks("sum"), place=q.asks("page"))

    def _ask_back(self, view: View) -> Answer:
        """Which finding is meant, when there are several and none was spoken of."""
        if len(view.findings) == 1:
            return self._finding(1)
        if not view.findings:
            return overview.tell_verdict(view)
        lines = [headline_at(n, f) for n, f in enumerate(view.findings, 1)]
        return Answer(
            kind="ask_back",
            text="\n".join(("请说明是第几条，例如“第1条为什么”：", *lines)),
            citations=tuple(
                Citation(finding=n, rule=f.rule) for n, f in enumerate(view.findings, 1)
            ),
            context=self.context,
        )
