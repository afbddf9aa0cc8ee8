"""Decides what a question is about; the telling is done elsewhere.

A question is answered only when every word of it was understood. Precision goes before recall:
"not understood" is a good answer, a wrong one is not; "no basis" is said only of what was
understood.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from checker.answers import law, overview
from checker.answers.asked import Asked
from checker.answers.cells import tell_cells
from checker.answers.contests import TWO
from checker.answers.findings import ASPECTS, tell_finding
from checker.answers.ledger import tell_figures
from checker.answers.locate import Line, find_lines
from checker.answers.members import lists_group, tell_members
from checker.answers.money import tell_units
from checker.answers.narrative import Narrative
from checker.answers.pairs import tell_pair
from checker.answers.parse import TagKind, Token
from checker.answers.places import joined
from checker.answers.questions import Intent
from checker.answers.repairs import tell_advised
from checker.answers.sides import asks_side, tell_sides
from checker.answers.talk import LAST, REPORT_INTENTS, Talk
from checker.answers.topics import Topics
from checker.answers.types import Answer
from checker.answers.view import MOST_LISTED, View
from checker.answers.weighing import cell_weighed, tell_weighed
from checker.answers.whole import tell_sums
from checker.answers.wording import clause_name, fold, ordinal
from checker.domain.quantity import CellValue
from checker.domain.report import split_address

_ITEM: Final = re.compile(r"第(\w+?)条第\w+项$")
# With these a number is not one of the narrative alone.
_NAMING: Final[tuple[TagKind, ...]] = ("table", "section", "ordinal", "law", "rule", "year")
_OR: Final = "还是"
_ZERO: Final = "0"
_PRINTED: Final = re.compile(r"\d+(?:\.\d+)?(?![\d,.])")
_NOTICE: Final = "号"
_WHOLE: Final = ("通知正文", "附件")
"""The clauses that say what a notice is about."""
_CARRIED: Final = {"carried_over_in": -1, "carried_over_out": +1}
_OF_FINDINGS: Final[tuple[Intent, ...]] = (
    "must", "why", "fix", "where", "page", "should", "sums", "problems",
)  # fmt: skip
_SHARES_ASKED: Final = ("多少", "几", "百分之")
_MOST_FINDINGS: Final = 4
_BETWEEN: Final[tuple[Intent, ...]] = ("differ", "same_thing", "gap")
_OF_FIGURES: Final[frozenset[Intent]] = frozenset(
    {
        "healthy",
        "value",
        "meaning",
        "where",
        "why",
        "basis",
        "focus",
        "should",
        "share",
        "unchecked",
        "unjudged",
        "sums",
        "sum",
        "balance",
        "passed",
        "money",
        "unit",
        "unraised",
        "definition",
        "false_alarm",
    }
)
_OF_CELLS: Final[tuple[Intent, ...]] = (
    "healthy", "sums", "value", "money", "unit", "meaning", "where", "unraised",
)  # fmt: skip
"""What may be asked of a figure that only a table has."""
_RULES_COUNTED: Final = frozenset({"rules", "count", "sum", "value"})
_OF_NUMBER: Final[tuple[Intent, ...]] = ("meaning", "where", "definition", "sums")
"""What is asked of a number that is named anew: 2984是什么数, 326条是哪里的."""
_HOW: Final[frozenset[Intent]] = frozenset({"required", "formula", "where", "meaning", "fix"})
_ON_YEARS: Final = ("L", "D")
"""Rules about documents and dates: a question about them may name another year."""
_WHOLE_REPORT: Final = frozenset({"报告", "年报", "年度报告", "这份", "总结"})


@dataclass(frozen=True)
class Dialogue(Asked):
    """A question about a report, or about the rules when there is no report yet."""

    view: View | None

    @cached_property
    def _narrative(self) -> Narrative | None:
        if self.view is None:
            return None
        return Narrative(
            self.question, self.book, self.library, self.form, self.context, view=self.view
        )

    @cached_property
    def _talk(self) -> Talk | None:
        if self.view is None:
            return None
        return Talk(self.question, self.book, self.library, self.form, self.context, view=self.view)

    @cached_property
    def _topics(self) -> Topics:
        return Topics(
            self.question, self.book, self.library, self.form, self.context, talk=self._talk
        )

    def reply(self) -> Answer:
        """The answer, or that there is none, or that the question was not understood."""
        return (
            self._advised_figure()
            or self._two_figures()
            or self._figures_of_finding()
            or self._figure_named()
            or self._understood()
        )

    def _advised_figure(self) -> Answer | None:
        """Why a figure is advised: 为什么说应该是4."""
        q, view = self.question, self.view
        numbers = q.all("number")
        text = "".join(t.text for t in q.tokens)
        advised = any(f"{w}{numbers[0]}" in text for w in self.book.matching.advised if numbers)
        if view is None or not advised or len(numbers) != 1 or q.unknown or q.all("table"):
            return None
        if not q.asks("why", "blamed", "sums") or q.places:
            return None
        known = range(1, len(view.findings) + 1)
        wanted = [int(n) for n in q.all("ordinal") if n.isdecimal() and int(n) in known]
        spoken = [self.context.finding] if self.context.finding in known else []
        for chosen in (wanted,) if wanted else (spoken, known):
            if (told := tell_advised(view, numbers[0], tuple(n for n in chosen if n))) is not None:
                return told
        return self.no_basis(self.book.replies.not_advised.format(number=numbers[0]))

    def _figures_of_finding(self) -> Answer | None:
        """The findings that set all figures of the question side by side: 167和22对不上."""
        q, view = self.question, self.view
        numbers = tuple(dict.fromkeys(q.all("number")))
        named = q.places or any(q.all(kind) for kind in (*_NAMING, "topic"))
        asks = q.asks("relation", "balance", *_BETWEEN, *_OF_FINDINGS)
        if view is None or self._talk is None or len(numbers) < TWO or named or q.unknown:
            return None
        if not asks or q.intents - _OF_FIGURES - {*_BETWEEN, *_OF_FINDINGS, "relation"}:
            return None
        whole = [re.compile(rf"(?<![\d.]){re.escape(n)}(?![\d.])") for n in numbers]
        found = [
            n for n, f in enumerate(view.findings, 1) if all(p.search(f.message) for p in whole)
        ]
        return self._talk.findings(tuple(found)) if 1 <= len(found) <= _MOST_FINDINGS else None

    def _two_figures(self) -> Answer | None:
        """Two figures set side by side by nothing but their numbers: 17件和95件为什么不一样."""
        q, view = self.question, self.view
        numbers = tuple(dict.fromkeys(map(Decimal, q.all("number"))))
        named = any(q.all(kind) for kind in _NAMING if kind not in ("table", "section"))
        between = q.asks(*_BETWEEN) or any(t.text == _OR for t in q.tokens)
        if view is None or len(numbers) != TWO or named or not between:
            return None
        quotes = [fold(c.quote) for c in view.run.claims if c.value in numbers]
        if not all(any(w in quote for quote in quotes) for w in q.unknown):
            return None  # 政务动态144条跟741条 are words of these figures
        if not q.intents <= _OF_FIGURES | {*_BETWEEN, "greater", "less", "than", "prose"}:
            return None
        cells: frozenset[str] | None = None
        if q.places or q.all("table"):
            lines = find_lines(view, places=q.places, tables=q.all("table"), every=True)
            cells = frozenset(a for line in lines for a in line.cells) if q.places else None
        either = any(t.text == _OR for t in q.tokens)
        cell = cell_weighed(view, q, self.context, self.book.matching.modal) if either else None
        if cell is not None and (weighed := tell_weighed(view, cell, numbers)) is not None:
            return weighed
        which = either or any(t.text in self.book.matching.which for t in q.tokens)
        return tell_pair(view, *numbers, cells=cells, which=which)

    def _figure_named(self) -> Answer | None:
        """A figure of the narrative that is named by nothing but its number: 842条对不对."""
        q, view = self.question, self.view
        numbers = q.all("number")
        named = q.places or any(q.all(kind) for kind in (*_NAMING, "topic"))
        if any(t.values("intent") == ("share",) and _asks_how_much(t) for t in q.tokens):
            return None  # 76件占多少
        if view is None or not numbers or named or q.unknown:
            return None
        if q.asks(*_OF_FINDINGS, "basis", "false_alarm") and (about := self._quoting(view)):
            return self._talk.findings(about) if self._talk else None
        if not q.intents <= _OF_FIGURES:
            return None
        about_cells = self.context.focus == "cells" and not q.asks("healthy", *_OF_NUMBER)
        beside_zero = len({n == _ZERO for n in numbers}) > 1  # 21件里公开的为0
        of_two = len(numbers) > 1 and q.asks("share")  # 4件占20件的多少
        if about_cells or beside_zero or of_two:
            return None  # “是12件吗” goes on about the cell
        found = tell_figures(view, numbers=numbers, cells=())
        return found or (self._cells_with(view, numbers) if q.asks(*_OF_CELLS) else None)

    def _quoting(self, view: View) -> tuple[int, ...]:
        """The findings whose message quotes the figures as they were typed: “6件”."""
        typed = [re.escape(t.text) for t in self.question.tokens if t.values("number")]
        quoted = [re.compile(rf"“[^”]*(?<!\d){t}[^”]*”") for t in typed]
        found = (
            n
            for n, f in enumerate(view.findings, 1)
            if all(pattern.search(f.message) for pattern in quoted)
        )
        return tuple(found)[:_MOST_FINDINGS]

    def _cells_with(self, view: View, numbers: tuple[str, ...]) -> Answer:
        """The cells that print a figure which the narrative has not."""
        wanted = {Decimal(n) for n in numbers}
        cells = tuple(a for a, c in view.cells.items() if wanted & {*_figures_in(c.value)})
        if not cells:
            return self.no_basis(self.book.replies.no_such_number.format(number="、".join(numbers)))
        if len(cells) > MOST_LISTED:
            return self.no_basis(self.book.replies.many_cells.format(count=len(cells)))
        lines = tuple(Line(split_address(a).table, "", (a,)) for a in cells)
        if self.question.asks("money", "unit"):
            amounts = tuple(a for a in cells if view.is_money(a))
            return tell_units(view, amounts) if amounts else self.no_basis(self._no_money)
        return tell_cells(view, lines, status=True, total=False)

    @property
    def _no_money(self) -> str:
        return self.book.replies.no_money

    def _understood(self) -> Answer:
        """The answer to a question of which every word is known."""
        q, talk, narrative = self.question, self._talk, self._narrative
        if not q.tokens:
            return self.not_understood()
        if q.unknown:
            heard = narrative.unknown_words() if narrative and self._right_year() else None
            return heard or self.not_understood()
        if not self._right_year():
            return self._other_year()
        if q.asks("none") and not (q.all("topic") or self._topics.rules_asked()):
            return self.not_understood()  # 没有办结的 is not 办结的
        if q.asks("opinion"):
            told = talk.opinion() if talk else self.need_report()
            return told or self.not_understood()
        found = (
            self._sides()
            or self._outside()
            or self._which_of_two()
            or (narrative.reply() if narrative else None)
        )
        found = found or self._plain() or self._named() or self._notice()
        found = found or self._topics.reply() or self._rows_of_group()
        if talk is None:
            found = found or self._law() or self._need_report()
        else:
            found = found or talk.steps() or self._how_spoken() or self._columns_balance()
            found = found or self._law() or talk.about_report()
        return found or self.not_understood()

    def _other_year(self) -> Answer:
        years = "、".join(self.question.all("year"))
        own = self.view.run.report.identity.year if self.view else None
        reason = self.book.replies.other_year.format(year=own, asked=years) if own else ""
        return self.no_basis(reason)

    def _outside(self) -> Answer | None:
        """What neither a report nor the rules ever hold."""
        q, replies = self.question, self.book.replies
        if q.asks("score"):
            return self.no_basis(replies.no_score)
        if missing := q.all("no_table"):
            known = "、".join(f"表{t.ordinal}（{t.title}）" for t in self.form.tables)
            return self.no_basis(replies.no_table.format(names="、".join(missing), known=known))
        if q.asks("quality") and not q.all("section"):
            return self.no_basis(replies.no_quality)
        return self.no_basis(replies.no_other_bodies) if q.asks("outside") else None

    def _sides(self) -> Answer | None:
        """正文错了还是表格错了: of the findings named or spoken of last, else of none."""
        q, view, context = self.question, self.view, self.context
        if not asks_side(q, self.book):
            return None
        undecided = self.book.replies.which_side
        spoken = context.finding if context.focus == "finding" else None
        numbers = [int(n) for n in q.all("ordinal") if n != LAST] or ([spoken] if spoken else [])
        if view is None or not all(1 <= n <= len(view.findings) for n in numbers) or not numbers:
            return self.no_basis(undecided)
        return joined(tell_sides(view, self.library, numbers, undecided=undecided))

    def _which_of_two(self) -> Answer | None:
        """哪个对 goes on about the finding spoken of last, where figures differ."""
        q, view, number = self.question, self.view, self.context.finding
        said = [t for t in q.tokens if t.values("intent")]
        which = bool(said) and all(t.text in self.book.matching.which for t in said)
        if view is None or not which or not self._names_nothing() or q.all("number"):
            return None
        if number is None or not 1 <= number <= len(view.findings):
            return None
        return tell_finding(view, self.library, number=number, aspects=("should",))

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
        q = self.question
        years = {int(y) for y in q.all("year")}
        of_form = q.asks("form") and years <= {int(f) for f in self.library.forms}
        if not years or of_form or any(t[0] in _ON_YEARS for t in q.all("topic")):
            return True
        own = self.view.run.report.identity.year if self.view else None
        if own is None:
            return False
        rows = {t.value.partition("/")[2] for p in q.places for t in p.tags if t.kind == "row"}
        beside = {own + step for row, step in _CARRIED.items() if row in rows}
        return years <= {own, *beside}  # 结转到2024年的 stands in the report of 2023

    def _plain(self) -> Answer | None:
        """Questions with a fixed reply."""
        q, replies = self.question, self.book.replies
        only = q.intents - {"meaning"} if self._names_nothing() else frozenset()
        if only and only <= {"help", "greeting"}:
            told = replies.examples if self.view else replies.examples_no_report
            examples = "".join(f"“{e}”" for e in told)
            text = f"{replies.help}\n{replies.try_asking.format(examples=examples)}"
            opening = f"{replies.greeting}" if "greeting" in only else ""
            return Answer(kind="help", text=opening + text, context=self.context)
        if only and only <= {"thanks", "greeting"}:
            return Answer(kind="help", text=replies.thanks, context=self.context)
        if q.asks("errors_only", "warnings_only", "notes_only") and q.asks(
            "differ", "same_thing", "definition"
        ):
            return Answer(kind="help", text=replies.severities, context=self.context)
        if self._names_nothing() and self._about_verdicts():
            return overview.tell_meanings(self.view)
        if q.asks("rewrite"):
            return Answer(kind="help", text=replies.rewrite, context=self.context)
        return None

    def _about_verdicts(self) -> bool:
        """Whether it is asked what a verdict means, not which one the report has."""
        q, verdicts = self.question, self.book.reports.verdicts
        names = {w for words in verdicts.values() for w in words}
        named = [t for t in q.tokens if t.text in names]
        several = len(named) > 1 and q.asks("differ", "same_thing")
        return bool(named) and (several or q.asks("definition")) and not q.asks("why", "fix")

    def _names_nothing(self) -> bool:
        q = self.question
        return not q.places and not any(q.all(k) for k in (*_NAMING, "topic"))

    def _named(self) -> Answer | None:
        """A finding, rule or article that is named by its number."""
        q = self.question
        if rules := q.all("rule"):
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
        told = self._articles([n for n in wanted if n is not None])
        lines = [line for p in q.places for line in self._items(p)]
        return told.model_copy(update={"text": "\n".join((told.text, *lines))})

    def _items(self, place: Token) -> Iterator[str]:
        """The part of the table that counts what an item of an article is about."""
        rows = {v for kind in ("row", "group") for v in place.values(kind)}
        for table in self.form.tables:
            for block in table.blocks:
                if block.heading and any(f"{table.id}/{r}" in rows for r in block.rows):
                    specs = (table.row(r) for r in block.rows)
                    names = "、".join(s.name for s in specs if s)
                    yield self.book.replies.item.format(heading=block.heading, rows=names)

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
        if unknown:
            return self.no_basis(self.book.replies.no_rule.format(names="、".join(unknown)))
        if self._talk is not None and self.question.asks(*_OF_FINDINGS):
            numbers = {n for r in rules for n in self._talk.view.about_rule(r)}
            if 1 <= len(numbers) <= _MOST_FINDINGS:
                return self._talk.findings(tuple(sorted(numbers)))
        aspects = set(self.question.intents)
        return joined(
            [law.tell_rule(self.library, r, view=self.view, aspects=aspects) for r in rules]
        )

    def _articles(self, clauses: list[int]) -> Answer:
        law_meant = self._law_meant
        found = [
            a for n in clauses if (a := self.library.article(law_meant, clause_name(n))) is not None
        ]
        if not found or len(self.question.all("law")) > 1:
            return self._no_article(law_meant, clauses)
        return law.tell_articles(tuple(found))

    def _no_article(self, source: str, clauses: list[int]) -> Answer:
        known = [a.clause for a in self.library.articles if a.source == source]
        return self.no_basis(
            self.book.replies.no_article.format(
                law=f"《{source}》",
                names="、".join(clause_name(n) or f"第{n}条" for n in clauses),
                known="、".join(c for c in known if c.startswith("第")),
            )
        )

    def _law(self) -> Answer | None:
        """Rules, articles and the form, which need no report."""
        q = self.question
        for intent, clause in self.book.articles.items():
            if q.asks(intent) and not q.asks("length"):
                return self._article_asked(intent, clause)
        blank = bool({*q.all("topic")} & {*self.book.blanks})
        modal = q.asks("allowed") or any(t.text in self.book.matching.modal for t in q.tokens)
        if q.all("section") and (q.asks("may_blank") or (blank and modal)):
            return self._article_asked("required", self.book.articles["required"])
        tables = q.all("table")
        wrong = q.places and q.asks("why", "fix")  # 复议为什么对不上
        if (q.asks("relation") and not wrong) or (q.asks("formula") and self._about_carrying()):
            return self.relation(tables, self.view)
        if q.asks("rows_of") and not (q.places or q.asks("balance", "healthy", "why")):
            names = any("哪些" in t.text or "有哪些" in t.text for t in q.tokens)
            return law.tell_shape(self.form, tables, names=names)
        if q.asks("rules") and not q.places and not q.asks("passed", "unchecked", "unjudged"):
            counted = q.asks("count") and q.intents <= _RULES_COUNTED
            return (
                overview.tell_tested(self.view, self.library, tables)
                if counted
                else law.tell_rules(self.library, tables, self.form)
            )
        return None

    def _how_spoken(self) -> Answer | None:
        """怎么写, 写在哪里, 怎么填 right after a finding, a rule, or cells that are blamed."""
        q, view, context = self.question, self.view, self.context
        named = not self._names_nothing() or any(t.text in _WHOLE_REPORT for t in q.tokens)
        if view is None or named or not q.asks("required", "formula") or q.intents - _HOW:
            return None
        numbers = (context.finding,) if context.finding else view.blaming_cells(context.cells)
        if len(numbers) == 1 and 1 <= numbers[0] <= len(view.findings):
            aspects: tuple[Intent, ...] = ("where", "fix")
            return tell_finding(view, self.library, number=numbers[0], aspects=aspects)
        if context.focus == "rule" and context.rule and context.rule in self.library.rules:
            return law.tell_rule(self.library, context.rule, view=view, aspects={"fix"})
        return None

    def _rows_of_group(self) -> Answer | None:
        """How many rows stand under a heading: 其他处理应该有几行, 为什么只有一行."""
        q, view = self.question, self.view
        if view is not None and lists_group(q):
            return tell_members(view, q)
        headings = {
            f"{t.id}/{g.id}"
            for f in self.library.forms.values()
            for t in f.tables
            for g in t.groups
        }
        named = {v for p in q.places for kind in ("group", "row") for v in p.values(kind)}
        # What is a heading in one form may be a plain row in another.
        if not q.asks("rows_of") or not len(named) == len(q.places) == 1 or named - headings:
            return None
        (group,) = named
        told = law.tell_group(self.form, group)
        return told if view is None or told is None else law.with_printed(told, view, group)

    def _columns_balance(self) -> Answer | None:
        """Whether the columns that are named add up: 自然人列办结和新收对得上吗."""
        q, view = self.question, self.view
        columns = tuple(p for p in q.places if {t.kind for t in p.tags} == {"column"})
        if view is None or not columns or not q.asks("relation") or q.asks("why", "fix", "prose"):
            return None
        rows = {v for p in q.places if p not in columns for v in p.values("row")}
        if rows and not any("new_received" in v or "carried_over" in v for v in rows):
            return None
        return tell_sums(
            view, self.library, find_lines(view, places=columns, tables=q.all("table"))
        )

    def _notice(self) -> Answer | None:
        """What the notice that is named says, of the parts that are named or as a whole."""
        q = self.question
        sources = [s for s in q.all("law") if s.endswith(_NOTICE)]
        if not sources or q.asks("length") or q.places or q.all("topic"):
            return None
        tables = q.all("table")
        named = {*q.all("section"), *(t.section for t in self.form.tables if t.id in tables)}
        ordinals = [s.ordinal for s in self.form.sections if s.id in named]
        found = [
            a
            for s in sources
            for a in (
                [a for o in ordinals for a in self.library.annex(s, o)]
                if ordinals
                else [a for a in self.library.articles if a.source == s and a.clause in _WHOLE]
            )
        ]
        return law.tell_articles(tuple(found)) if found else None

    def _article_asked(self, intent: Intent, clause: str) -> Answer:
        sections = [s for s in self.form.sections if s.id in self.question.all("section")]
        if intent == "required" and sections:
            annex = [
                a for s in sections for a in self.library.annex(self.form.basis.source, s.ordinal)
            ]
            return law.tell_articles(tuple(annex)) if annex else self.not_understood()
        article = self.library.article(next(iter(self.book.laws)), clause)
        if article is None or sections or self.question.places or self.question.all("table"):
            return self.not_understood()
        return law.tell_articles((article,))

    def _about_carrying(self) -> bool:
        return any("carried_over" in t.value for p in self.question.places for t in p.tags)


def _figures_in(value: CellValue) -> Iterator[Decimal]:
    """The figure of a cell, and as it is printed where its unit stands beside it."""
    if value.value is not None:
        yield value.value
    if value.unit and (printed := _PRINTED.match(value.printed)):
        yield Decimal(printed[0])


def _asks_how_much(token: Token) -> bool:
    return any(word in token.text for word in _SHARES_ASKED)
