"""Decides what a question about the report is about: findings, cells, tables, the whole.

It routes and never tells; what fits nothing gets no answer here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from checker.answers import compare, contests, law, overview, parts
from checker.answers.asked import Asked
from checker.answers.cells import compared, tell_cells
from checker.answers.findings import ASPECTS, headline_at, tell_finding
from checker.answers.identity import ASKED, tell_identity
from checker.answers.locate import Line, carried_over, find_lines
from checker.answers.questions import Intent
from checker.answers.types import Answer, Citation
from checker.answers.view import View
from checker.answers.whole import tell_sums
from checker.domain.report import split_address

LAST: Final = "最后"
_MEANINGS: Final = frozenset({"是什么意思", "什么意思", "啥意思", "怎么理解", "指什么"})
_WHETHER: Final = frozenset({"是不是", "是否", "是不是都"})
_SEVERITY_INTENTS: Final[dict[Intent, str]] = {
    "errors_only": "error", "warnings_only": "warning", "notes_only": "note",
}  # fmt: skip
_COMPARING: Final[tuple[Intent, ...]] = ("greater", "less", "most", "least", "gap", "than")
_WHOLE: Final[tuple[Intent, ...]] = (
    "worst", "count", "verdict", "passed", "unchecked", "unjudged", "doubts", "raised",
)  # fmt: skip
REPORT_INTENTS: Final[frozenset[str]] = frozenset(
    {
        *_WHOLE, *_COMPARING, *ASKED, *_SEVERITY_INTENTS, "file", "problems", "all", "healthy",
        "next", "previous", "more", "length", "parts", "by_table",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Talk(Asked):
    """A question about a report that was checked."""

    view: View

    def about_report(self) -> Answer | None:
        """The first way to understand the question that gives an answer."""
        for step in (
            self._parts, self._compared, self._whole, self._places, self._wider, self._pointed,
        ):  # fmt: skip
            if (found := step()) is not None:
                return found
        return None

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

    def _compared(self) -> Answer | None:
        """Which of several figures is more, and by how much."""
        q, view = self.question, self.view
        tables = q.all("table")
        if not q.asks(*_COMPARING):
            return None
        if not q.places and not q.asks("members"):
            return self.no_basis()
        found = contests.find_contests(view, places=q.places, tables=tables)
        extreme = q.asks("most", "least") or any(len(c.amounts) > contests.TWO for c in found)
        if not found and q.asks("members", "meaning"):
            found = contests.find_members(view, places=q.places, tables=tables)
            extreme = True
        if not found:
            return self.no_basis()
        if extreme:
            return compare.tell_extreme(view, found, least=q.asks("least", "less"))
        return compare.tell_difference(view, found)

    def findings_named(self, numbers: tuple[str, ...]) -> Answer:
        """Findings that are named by their numbers."""
        known = len(self.view.findings)
        wanted = [known if n == LAST else int(n) for n in numbers]
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
        asked = tuple(a for a in ASPECTS if a in self.question.intents)
        plain = self.question.intents - {"focus", "problems"}
        if not asked and not plain and self.context.aspect in ASPECTS:
            asked = (self.context.aspect,)
        known = self.context.focus == "finding" and self.context.finding == number
        return tell_finding(self.view, self.library, number=number, aspects=asked, known=known)

    def steps(self) -> Answer | None:
        """Next, previous, more: relative to what was told before."""
        q = self.question
        if not q.asks("next", "previous", "more") or q.places:
            return None
        known = len(self.view.findings)
        if q.asks("more") and not q.asks("next", "previous"):
            if self.context.focus in ("overview", "table", "section"):
                return overview.tell_more(self.view, self.context)
            return self._step(known, +1)
        return self._step(known, +1 if q.asks("next") else -1)

    def _step(self, known: int, by: int) -> Answer:
        start = self.context.finding or 0
        number = start + by
        if not 1 <= number <= known:
            text = f"没有{'下' if by > 0 else '上'}一条了。{overview.counts(self.view)}"
            return Answer(kind="overview", text=text, context=self.context)
        return self._finding(number)

    def _whole(self) -> Answer | None:
        """Questions about the report as a whole."""
        q, view = self.question, self.view
        if q.places:
            return None
        identity = tuple(a for a in (*ASKED, "file") if a in q.intents)
        if not identity and q.intents.isdisjoint(_WHOLE):
            return None
        if q.asks("verdict") and q.asks("why", "fix"):
            return self._reasons()
        if identity:
            told = tell_identity(view, identity)
            if "form" in identity and q.asks("healthy"):
                text = f"{told.text}\n{law.form_status(self.library, view)}"
                return told.model_copy(update={"text": text})
            return told
        tellings: tuple[tuple[Intent, Callable[[], Answer]], ...] = (
            ("raised", lambda: overview.tell_raised(view)),
            ("doubts", lambda: overview.tell_doubts(view)),
            ("unjudged", lambda: overview.tell_unjudged(view)),
            ("unchecked", lambda: overview.tell_unchecked(view)),
            ("passed", lambda: self._passed(view)),
        )
        tell = next((t for intent, t in tellings if q.asks(intent)), lambda: self._overall(view))
        return tell()

    def _reasons(self) -> Answer:
        """Why the verdict is what it is, or what to change so that it gets better."""
        if self.question.asks("why"):
            return overview.tell_reasons(self.view)
        severe = [n for n, f in enumerate(self.view.findings, 1) if f.verdict == "fail"]
        if not severe:
            return overview.tell_reasons(self.view)
        told = self._findings(tuple(severe[: overview.PAGE]))
        return told.model_copy(update={"kind": "overview"})

    def _passed(self, view: View) -> Answer:
        if self.question.asks("healthy"):  # “没有问题，对吗”
            return self._overall(view)
        return overview.tell_passed(view, self.library, self.question.all("table"))

    def _overall(self, view: View) -> Answer:
        q = self.question
        severities = self._severities()
        if q.all("table") or q.all("section"):
            return self._table_or_section() or self.no_basis()
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
        lines: tuple[Line, ...] = ()
        if self._continues():
            kept = carried_over(self.context.cells, q.places)
            lines = find_lines(view, places=(*q.places, *kept), tables=q.all("table"))
        lines = lines or find_lines(view, places=q.places, tables=q.all("table"))
        if not lines:
            return self.no_basis()
        whole = q.asks("healthy") and q.asks("sum", "as_row", "as_column")
        if whole and (sums := tell_sums(view, self.library, lines)) is not None:
            return sums
        addresses = {a for line in lines for a in line.cells}
        if q.asks("money") and not any(view.is_money(a) for a in addresses):
            return self.no_basis()
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
        if tables:
            if len(tables) > 1:
                return self.no_basis()
            return overview.tell_table(self.view, self.library, tables[0])
        if len(sections) > 1:
            return self.no_basis()
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
            return self._findings(money) if money and asked else self.no_basis()
        if self.question.asks("sum") and self.question.asks("healthy"):
            return self.relation((self.context.table,) if self.context.table else (), view)
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
