"""Decides what a question about the report is about: findings, cells, tables, the whole.

It routes and never tells; what fits nothing gets no answer here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from checker.answers import law, overview, parts
from checker.answers.cells import findings_line
from checker.answers.comparing import COMPARING, Comparing
from checker.answers.findings import ASPECTS, headline_at
from checker.answers.identity import ASKED, tell_identity
from checker.answers.mending import Mending
from checker.answers.opinion import tell_opinion
from checker.answers.places import Places, joined
from checker.answers.questions import Intent
from checker.answers.scope import (
    SEVERITY_INTENTS,
    findings_meant,
    scope_named,
    severities_of,
)
from checker.answers.types import Answer, Citation
from checker.answers.view import View
from checker.answers.whole import tell_balance, tell_unbalanced
from checker.domain.finding import Severity
from checker.rulebook.kinds_tables import ForEach

LAST: Final = "最后"
_WHICH: Final = "哪"
_ONE: Final = "个"
_MOST_IN_FULL: Final = 2
_WHOLE: Final[tuple[Intent, ...]] = (
    "worst", "count", "verdict", "passed", "unchecked", "unjudged", "doubts", "raised",
)  # fmt: skip
_OF_OPINION: Final[frozenset[str]] = frozenset(
    {
        "opinion", "rewrite", "required", "formula", "fix", "meaning", "listing", "verdict", "all",
        "count",
        *SEVERITY_INTENTS,
    }
)  # fmt: skip
REPORT_INTENTS: Final[frozenset[str]] = frozenset(
    {
        *_WHOLE, *COMPARING, *ASKED, *SEVERITY_INTENTS, "file", "problems", "all", "healthy",
        "next", "previous", "more", "length", "parts", "by_table", "must", "balance", "share",
        "prose", "figures", "figures_open", "growth", "prior", "repaired", "spots", "cause",
        "opinion",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Talk(Places):
    """A question about a report that was checked."""

    def about_report(self) -> Answer | None:
        """The first way to understand the question that gives an answer."""
        for step in (
            self._zeros, self.sum_of_table, self.total_spoken_of, self.amount_unit,
            self._mending.reply, self.shares, self._must, self._balance, self._parts,
            self._comparing.reply, self._whole, self.cells, self._wider, self._pointed,
        ):  # fmt: skip
            if (found := step()) is not None:
                return found
        return None

    def opinion(self) -> Answer | None:
        """What to send back: all findings as a list, or those of what is named."""
        q = self.question
        numbers = [int(n) for n in q.all("ordinal") if n != LAST]
        known = all(1 <= n <= len(self.view.findings) for n in numbers)
        if not q.asks("opinion") or q.intents - _OF_OPINION or q.places or not known:
            return None
        if numbers:
            return tell_opinion(self.view, tuple(dict.fromkeys(numbers)))
        return tell_opinion(self.view, self._meant, where=scope_named(q, self.view))

    @property
    def _mending(self) -> Mending:
        return Mending(
            self.question, self.book, self.library, self.form, self.context, view=self.view
        )

    @property
    def _comparing(self) -> Comparing:
        return Comparing(
            self.question, self.book, self.library, self.form, self.context, view=self.view
        )

    @property
    def _meant(self) -> tuple[int, ...]:
        """The findings that the question is about."""
        return findings_meant(self.question, self.view, self.library)

    def _must(self) -> Answer | None:
        """Which findings have to be changed: all, or those about what is named."""
        q, view = self.question, self.view
        if not q.asks("must") or q.places or (self._points_at_finding() and not self._severities()):
            return None
        return overview.tell_must(view, self._meant, where=scope_named(q, view))

    def _points_at_finding(self) -> bool:
        """Whether 必须改吗 goes on about the finding spoken of last."""
        q, context = self.question, self.context
        named = q.all("table") or q.all("section") or q.asks("count", "all", "problems")
        spoken = context.focus in ("finding", "cells") and context.finding is not None
        return spoken and not named and not any(t.text.startswith("哪") for t in q.tokens)

    def _balance(self) -> Answer | None:
        """Whether tables add up, as a whole or along their rows or columns."""
        q, context = self.question, self.context
        ways: dict[Intent, ForEach] = {
            "across": "row", "which_rows": "row", "down": "column", "which_columns": "column",
        }  # fmt: skip
        along = next((ways[i] for i in ways if q.asks(i)), None)
        if q.places or not (q.asks("balance") or (along and q.asks("healthy", "sum", "problems"))):
            return None
        tables = q.all("table") or tuple(
            s.id for s in self.view.specs if s.section in q.all("section")
        )
        if not tables and q.asks("focus") and context.finding and not along:
            return None
        spoken = (context.table,) if context.table and not q.asks("by_table") else ()
        if along and q.asks("which_rows", "which_columns"):
            return tell_unbalanced(self.view, self.library, tables, along=along)
        return tell_balance(self.view, self.library, tables or spoken, along=along)

    def _parts(self) -> Answer | None:
        """Where most findings are, and how long a section is."""
        q = self.question
        if q.asks("length"):
            sections = q.all("section")
            return parts.tell_lengths(self.view, self.library, sections) if not q.places else None
        told = q.asks("problems", "passed", "healthy", "count") or bool(self._severities())
        told = told or (q.asks("why") and q.asks("parts", "by_table"))  # 哪张表错得最多
        if q.places or not told:
            return None
        tables, sections = q.all("table"), q.all("section")
        several = len(tables) > 1 or len(sections) > 1
        if not (several or q.asks("parts", "by_table", "most", "least")):
            return overview.tell_count(self.view) if q.asks("greater", "less") else None
        count = parts.Count(
            severities=self._severities(),
            only=tables or sections,
            by_table=bool(tables) or q.asks("by_table"),
            least=q.asks("least", "less"),
        )
        return parts.tell_parts(self.view, self.library, count)

    def findings_named(self, numbers: tuple[str, ...]) -> Answer:
        """Findings that are named by their numbers."""
        known = len(self.view.findings)
        if (one_of := self._of_those_listed(numbers)) is not None:
            return one_of
        wanted = [known if n == LAST else int(n) for n in numbers]
        missing = [n for n in wanted if not 1 <= n <= known]
        if missing:
            text = f"没有第{'、'.join(map(str, missing))}条。{overview.counts(self.view)}"
            return Answer(kind="overview", text=text, context=self.context)
        chosen = tuple(dict.fromkeys(wanted))
        return self._mending.of(chosen) or self._listed(chosen) or self.findings(chosen)

    def _of_those_listed(self, numbers: tuple[str, ...]) -> Answer | None:
        """第一个 right after a list of some findings is the first of these."""
        listed = self.context.numbers
        said = [t.text for t in self.question.tokens if t.values("ordinal")]
        places = [len(listed) if n == LAST else int(n) for n in numbers]
        of_list = all(_ONE in text for text in said) and all(p <= len(listed) for p in places)
        if not of_list or not all(1 <= n <= len(self.view.findings) for n in listed):
            return None
        told = self.findings(tuple(dict.fromkeys(listed[p - 1] for p in places)))
        kept = told.context.model_copy(update={"numbers": listed})
        return told.model_copy(update={"context": kept})

    def _listed(self, chosen: tuple[int, ...]) -> Answer | None:
        """More findings than are told in full, one line for each."""
        if len(chosen) <= _MOST_IN_FULL:
            return None
        if self.question.asks("fix", "should"):
            return overview.tell_fixes(self.view, chosen)
        if self.question.asks("basis"):
            return overview.tell_bases(self.view, chosen)
        return overview.tell_list(self.view, chosen)

    def steps(self) -> Answer | None:
        """Next, previous, more: relative to what was told before."""
        q = self.question
        if not q.asks("next", "previous", "more") or q.places or q.asks("remains"):
            return None
        if q.intents == {"more"} and q.all("table"):
            return self._table_or_section()  # 还有表二
        if q.asks("unchecked", "unjudged", "doubts", "passed", "repaired"):
            return None  # 还有没核对的吗, 改了以后还有几条
        known = len(self.view.findings)
        if q.asks("more") and not q.asks("next", "previous"):
            if self.context.focus in ("overview", "table", "section"):
                return overview.tell_more(self.view, self.context)
            return self._others(known)
        return self._step(known, +1 if q.asks("next") else -1)

    def _others(self, known: int) -> Answer:
        """All findings beside the one spoken of; the whole list when none was."""
        spoken = self.context.finding
        if spoken is None:
            return self._overall(self.view)
        others = tuple(n for n in range(1, known + 1) if n != spoken)
        return overview.tell_others(self.view, (spoken,), others)

    def _step(self, known: int, by: int) -> Answer:
        start = self.context.finding or 0
        number = start + by
        if not 1 <= number <= known:
            text = f"没有{'下' if by > 0 else '上'}一条了。{overview.counts(self.view)}"
            return Answer(kind="overview", text=text, context=self.context)
        return self.finding(number)

    def _whole(self) -> Answer | None:
        """Questions about the report as a whole."""
        q, view = self.question, self.view
        if q.places:
            return None
        identity = tuple(a for a in (*ASKED, "file") if a in q.intents)
        if not identity and q.intents.isdisjoint(_WHOLE):
            return None
        if q.asks("verdict") and q.asks("why", "fix", "blamed"):
            return self._reasons()
        if identity:
            told = self._with_findings(tell_identity(view, identity))
            told_of = {r for i, own in self.book.facts.items() if i in identity for r in own}
            judged = q.asks("healthy", "verdict") or bool(told_of & {*q.all("topic")})
            if judged and (lines := self._facts(identity)):
                told = told.model_copy(update={"text": "\n".join((told.text, *lines))})
            return self._with_form(told) if "form" in identity else told
        tellings: tuple[tuple[Intent, Callable[[], Answer]], ...] = (
            ("raised", lambda: overview.tell_raised(view)),
            ("doubts", lambda: overview.tell_doubts(view, q.all("table"))),
            ("unjudged", lambda: overview.tell_unjudged(view)),
            ("unchecked", lambda: overview.tell_unchecked(view)),
            ("passed", lambda: self._passed(view)),
        )
        tell = next((t for intent, t in tellings if q.asks(intent)), lambda: self._overall(view))
        return tell()

    def _with_form(self, told: Answer) -> Answer:
        """What is told of the form, with which form is for which year where that is asked."""
        q, lines = self.question, [told.text]
        lines += [law.form_years(self.library)] if q.asks("why") else []
        lines += [law.form_status(self.library, self.view)] if q.asks("healthy") else []
        return told.model_copy(update={"text": "\n".join(lines)})

    def _facts(self, asked: tuple[str, ...]) -> tuple[str, ...]:
        """How the report fared by the rules about what it states of itself."""
        rules = dict.fromkeys(r for i, own in self.book.facts.items() if i in asked for r in own)
        known = (self.library.rules[r] for r in rules if r in self.library.rules)
        return tuple(law.rule_line(r, self.view) for r in known)

    def _with_findings(self, told: Answer) -> Answer:
        """What is stated, with the findings of the rules about it."""
        numbers = {n for r in self.question.all("topic") for n in self.view.about_rule(r)}
        if not numbers:
            return told
        found = tuple(sorted(numbers))
        cited = tuple(Citation(finding=n, rule=self.view.finding(n).rule) for n in found)
        return told.model_copy(
            update={
                "text": f"{told.text}\n{findings_line(self.view, found)}",
                "citations": (*told.citations, *cited),
            }
        )

    def _reasons(self) -> Answer:
        """Why the verdict is what it is, or what to change so that it gets better."""
        if self.question.asks("why", "blamed"):
            return overview.tell_reasons(self.view)
        if self.view.run.verdict != "fail":
            return overview.tell_reasons(self.view)
        return overview.tell_fixes(self.view)

    def _passed(self, view: View) -> Answer:
        q = self.question
        which = q.asks("listing") or any(t.text.startswith(_WHICH) for t in q.tokens)
        if q.asks("healthy") and not which:  # “没有问题，对吗”
            return self._overall(view)
        if q.all("section") or (q.all("table") and not which):
            return self._table_or_section() or self.not_understood()
        return overview.tell_passed(view, self.library, q.all("table"))

    def _zeros(self) -> Answer | None:
        """表三全是0有没有问题: whether every cell holds 0, and what was found."""
        q, view = self.question, self.view
        tables = q.all("table")
        if not q.asks("zeros") or len(tables) != 1 or q.places:
            return None
        spec = view.spec(tables[0])
        values = [v for a in spec.addresses() if (v := view.value(a)) is not None]
        others = sum(v.value != 0 for v in values)
        replies = self.book.replies
        head = replies.some_not_zero if others else replies.all_zero
        told = overview.tell_table(view, self.library, spec.id)
        opening = head.format(table=f"表{spec.ordinal}", count=others or len(values))
        return told.model_copy(update={"text": f"{opening}\n{told.text}"})

    def _overall(self, view: View) -> Answer:
        q = self.question
        severities = self._severities()
        if q.all("table") or q.all("section"):
            return self._table_or_section() or self.not_understood()
        if q.asks("worst"):
            return self.finding(1) if view.findings else overview.tell_verdict(view)
        if q.asks("count"):
            return (
                overview.tell_problems(view, severities)
                if severities
                else overview.tell_count(view)
            )
        return overview.tell_verdict(view)

    def _severities(self) -> tuple[Severity, ...]:
        return severities_of(self.question)

    def _wider(self) -> Answer | None:
        """A table, a section, or the list of findings."""
        if (found := self._table_or_section()) is not None:
            return found
        q = self.question
        if q.asks("problems", "all") or (self._severities() and not q.asks("focus")):
            if self._is_aspect_of_focus():
                return None
            return self._of_each() or overview.tell_problems(self.view, self._severities())
        if q.asks("figures") and q.asks("why"):
            return overview.tell_problems(self.view, ())
        return None

    def _of_each(self) -> Answer | None:
        """What is asked about every finding, one line for each."""
        q, view = self.question, self.view
        if not q.asks("all") or not self._meant:
            return None
        if q.asks("fix", "should"):
            return overview.tell_fixes(view, self._meant)
        return overview.tell_bases(view, self._meant) if q.asks("basis") else None

    def _is_aspect_of_focus(self) -> bool:
        return self.question.asks("focus", *("why", "fix", "where", "basis")) and bool(
            self.context.finding
        )

    def _table_or_section(self) -> Answer | None:
        q = self.question
        tables, sections = q.all("table"), q.all("section")
        if not tables and not sections:
            return None
        told = [overview.tell_table(self.view, self.library, table) for table in tables]
        text = q.asks("section_text", "meaning", "value")
        told += [
            parts.tell_section(
                self.view, self.library, section, text=text, judged=q.asks("healthy", "verdict")
            )
            for section in sections
            if not tables
        ]
        return joined(told)

    def _pointed(self) -> Answer | None:
        """What remains: an aspect of the thing spoken of last."""
        q, context = self.question, self.context
        asked = set(ASPECTS) & q.intents
        if q.asks("unraised"):
            return None
        if not asked and not q.asks("focus", "meaning", "healthy", "value", "section_text"):
            return None
        if context.focus == "rule" and context.rule and context.rule in self.library.rules:
            aspects = set(q.intents)
            return law.tell_rule(self.library, context.rule, view=self.view, aspects=aspects)
        return self._pointed_in_report(self.view, asked=bool(asked))

    def _pointed_in_report(self, view: View, *, asked: bool) -> Answer | None:
        context = self.context
        if (found := self._of_kind(view, asked=asked)) is not None:
            return found
        about_cells = context.focus == "cells" and bool(context.cells)
        if about_cells and (not asked or self.question.asks("page")):
            return self.same_cells()
        if context.finding and 1 <= context.finding <= len(view.findings):
            return self.finding(context.finding)
        if about_cells:
            return self.same_cells()
        if self.question.asks("healthy"):
            return overview.tell_verdict(view)
        return self._ask_back(view) if asked else None

    def _of_kind(self, view: View, *, asked: bool) -> Answer | None:
        """Several findings told together; money or sums are not about what was spoken of last."""
        context = self.context
        told = context.numbers if context.listed == len(context.numbers) > 1 else ()
        if told and asked and context.focus == "finding" and not self.question.asks("focus"):
            return self._listed(told) or self.findings(told)
        if self.question.asks("money"):
            money = view.about_cells(a for a in view.cells if view.is_money(a))
            return self.findings(money) if money and asked else self.not_understood()
        if self.question.asks("sum") and self.question.asks("healthy"):
            return self.relation((context.table,) if context.table else (), view)
        return None

    def _ask_back(self, view: View) -> Answer:
        """Which finding is meant, when there are several and none was spoken of."""
        if len(view.findings) == 1:
            return self.finding(1)
        basis = self.question.asks("basis")
        if not view.findings:
            sources = self.book.replies.no_sources
            return (
                overview.tell_sources(view, self.library, sources)
                if basis
                else overview.tell_verdict(view)
            )
        if basis and not self.question.asks("focus"):
            return overview.tell_bases(view, tuple(range(1, len(view.findings) + 1)))
        lines = [headline_at(n, f) for n, f in enumerate(view.findings, 1)]
        return Answer(
            kind="ask_back",
            text="\n".join(("请说明是第几条，例如“第1条为什么”：", *lines)),
            citations=tuple(
                Citation(finding=n, rule=f.rule) for n, f in enumerate(view.findings, 1)
            ),
            context=self.context,
        )
