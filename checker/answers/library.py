"""What the answerer may quote beside the report: forms, rules and articles."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from checker.domain.run import CheckRun
from checker.rulebook import FormSpec, form_of_report
from checker.rulebook.book import Rule
from checker.rulebook.catalogue import kind_of
from checker.rulebook.kinds_structure import (
    AspectsRule,
    FeeStatementRule,
    LengthRule,
    ProblemsRule,
)
from checker.rulebook.kinds_tables import TableRuleBase
from checker.rulebook.loader import load_regulations, load_rulebook
from checker.rulebook.schema import RuleBase

_MOST_TITLES: Final = 2
_OF_SECTION = (AspectsRule, FeeStatementRule, LengthRule, ProblemsRule)


@dataclass(frozen=True)
class Article:
    """An article of a regulation in our own words.

    Attributes:
        source: name of the document.
        clause: e.g. 第四十九条.
        text: our summary.
    """

    source: str
    clause: str
    text: str


@dataclass(frozen=True)
class Library:
    """Everything citable that is not the report.

    Attributes:
        rules: rules in force, by id.
        tables: the table a rule is about, by rule id; rules about no single table are absent.
        sections: the section a rule is about, by rule id; others are absent.
        equations: ids of the rules that are equations between cells.
        form_rules: ids of the rules on the form of the year.
    """

    forms: Mapping[str, FormSpec]
    rules: Mapping[str, RuleBase]
    tables: Mapping[str, str]
    sections: Mapping[str, str]
    equations: tuple[str, ...]
    form_rules: tuple[str, ...]
    articles: tuple[Article, ...]

    def form_of(self, run: CheckRun | None) -> FormSpec:
        """The form of a report; without one, the form in force."""
        if run is None:
            return tuple(self.forms.values())[-1]
        return form_of_report(self.forms, run.report)

    def article(self, source: str, clause: str) -> Article | None:
        """The clause of a document."""
        wanted = (source, clause)
        return next((a for a in self.articles if (a.source, a.clause) == wanted), None)

    def annex(self, source: str, ordinal: str) -> tuple[Article, ...]:
        """What a notice says of the section of that ordinal."""
        start = f"附件 {ordinal}、"
        return tuple(a for a in self.articles if a.source == source and a.clause.startswith(start))


@cache
def load_library() -> Library:
    """Forms, rules and articles as shipped.

    Raises:
        RulebookError: a file is damaged.
    """
    book = load_rulebook()
    active = {i: r for i, r in book.rules.items() if r.status != "retired"}
    return Library(
        forms=book.forms,
        rules=active,
        tables={i: t for i, r in active.items() if (t := table_of(r)) is not None},
        sections={i: r.section for i, r in active.items() if isinstance(r, _OF_SECTION)},
        equations=tuple(i for i, r in active.items() if r.check == "equation"),
        form_rules=tuple(i for i, r in active.items() if r.check == "form_year"),
        articles=tuple(
            Article(source=d.source, clause=c.clause, text=c.summary)
            for d in load_regulations()
            for c in d.clauses
        ),
    )


def table_of(rule: Rule) -> str | None:
    """The one table a rule is about, if it names one."""
    return rule.table if isinstance(rule, TableRuleBase) else None


def by_kind(rules: Iterable[str]) -> tuple[str, ...]:
    """Ids of many rules, a line for every kind of check."""
    return tuple(f"{kind}：{'、'.join(found)}。" for kind, found in _kinds(rules).items())


def titles_by_kind(titles: Mapping[str, str]) -> tuple[str, ...]:
    """The titles of many rules by their ids, a line for every kind of check; some stand for all."""
    lines = []
    for kind, found in _kinds(titles).items():
        shown = "；".join(titles[rule] for rule in found[:_MOST_TITLES])
        more = f"……共{len(found)}条" if len(found) > _MOST_TITLES else ""
        lines.append(f"{kind}：{shown}{more}。")
    return tuple(lines)


def _kinds(rules: Iterable[str]) -> dict[str, list[str]]:
    """The rules of every kind of check."""
    kinds: dict[str, list[str]] = {}
    for rule in rules:
        kinds.setdefault(kind_of(rule), []).append(rule)
    return kinds
