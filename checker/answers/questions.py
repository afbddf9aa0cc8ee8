"""Typed view of ``rules/questions.yaml``: the wordings that a question may use.

It holds no answer and decides nothing; staff extend the file without touching the program.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from typing import Final, Literal, NoReturn

from checker.domain.base import Frozen
from checker.domain.finding import Severity
from checker.domain.report import SectionId, TableId
from checker.domain.run import Verdict
from checker.errors import RuleFormatError
from checker.rulebook.loader import load_data, load_forms

Intent = Literal[
    "problems", "verdict", "count", "worst", "meaning", "why", "basis", "where", "page", "fix",
    "should", "false_alarm", "value", "money", "sum", "healthy", "passed", "unchecked", "unjudged",
    "doubts", "rules", "relation", "formula", "publish", "required", "regulation", "agency",
    "year", "form", "level", "title", "period", "published", "file", "rows_of", "next",
    "previous", "more", "all", "prose", "help", "greeting", "focus", "as_row", "as_column",
    "errors_only", "warnings_only", "notes_only", "section_text", "thanks", "rewrite", "greater",
    "less", "most", "least", "gap", "than", "members", "length",
    "parts", "by_table", "figures_open", "raised", "differ", "must", "share", "balance", "across",
    "down", "figures", "prior", "growth", "score", "outside", "deadline", "correction",
    "definition", "fee", "none", "which_side",
    "counted", "repaired", "only", "spots", "one_cell", "cause", "sums", "which_rows",
    "which_columns", "listing", "except", "may_blank", "same_thing", "quality", "blamed", "remains",
    "unraised", "unit", "zeros",
    "allowed", "choices", "rule_ids", "opinion",
]  # fmt: skip
Way = Literal["mean", "worst", "best", "most", "least", "sum", "compare"]
Words = tuple[str, ...]


class Replies(Frozen):
    """Fixed sentences of the answerer.

    Attributes:
        examples, examples_no_report: questions that can be asked, with a report and without.
        of_finding, of_table, of_section, of_place, of_words: questions about what was named.
    """

    no_basis: str
    not_understood: str
    not_ours: str
    unknown_words: str
    try_asking: str
    examples: Words
    examples_no_report: Words
    of_finding: Words
    of_table: Words
    of_section: Words
    of_place: Words
    of_words: Words
    did_you_mean: str
    read_as: str
    other_year: str
    no_rule: str
    no_article: str
    no_cell: str
    no_money: str
    no_score: str
    no_quality: str
    no_table: str
    no_law: str
    not_blamed: str
    not_used: str
    one_change: str
    stays: str
    goes: str
    item: str
    no_other_bodies: str
    which_side: str
    which_two: str
    answered_as: str
    no_prior: str
    no_change: str
    severities: str
    compare_with: str
    no_whole: str
    no_share: str
    no_such_whole: str
    not_advised: str
    no_sources: str
    no_such_number: str
    many_cells: str
    need_report: str
    no_should: str
    no_sum: str
    all_zero: str
    some_not_zero: str
    greeting: str
    thanks: str
    rewrite: str
    no_meaning: str
    help: str
    not_in_prose: str
    undone: str
    nothing_supposed: str
    which_cell: str
    which_of: str
    which_figure: str
    name_figure: str
    no_such_figure: str
    not_printed: str
    no_figure: str
    no_advice: str
    total_assumed: str
    advised_assumed: str
    on_top: str
    afresh: str
    as_printed: str


class SupposeWords(Frozen):
    """How a supposition is worded: "如果新收改为12件呢？".

    Attributes:
        conditions: 如果 and the like.
        changes: words before a figure that mean a change by themselves.
        apart: those that may have the name of the cell between them and 为: 改了自然人为1.
        changes_to: the same put together.
        plain: words before a figure that mean one only behind a condition.
        not_figures: words behind a number that make it no figure of a cell.
        more, less: words before a figure that is added or taken away.
        blank, zero: said instead of a figure.
        money: units that change the figure.
        counting: units that do not.
        effect: what is asked about the consequences, without meaning of its own.
        advised, apply: of "把第一条建议的数改上": what is taken, and that it is taken.
        asking: words by which the advised figure is only asked for.
        filled, allowed: of "填4可以吗", which goes on about what was spoken of.
        undo: back to the report as it is.
        onward: at the start of a question, the same.
        again: beside what was supposed before.
    """

    conditions: Words
    changes: Words
    apart: Words
    changes_to: str
    plain: Words
    not_figures: Words
    more: Words
    less: Words
    blank: Words
    zero: Words
    money: Words
    counting: Words
    effect: Words
    advised: Words
    apply: Words
    filled: Words
    allowed: Words
    asking: Words
    undo: Words
    onward: Words
    again: Words


class MatchWords(Frozen):
    """What a question says beside the words that name its subject.

    Attributes:
        asking: words of asking, which no finding and no rule has to hold.
        norms: among them those that ask for a rule rather than for what the report says.
        quantities: those that ask for a figure, which only the ledger has.
        units: words of counting.
        modal: words that ask what should be, not what is.
        judging: parts of words one of which has to be said.
        wrong: parts of words that call something a fault.
        advised: words behind which a figure is one that we advise.
        reasons: words that ask for a reason, which only a finding has.
        which: words that ask which of two is right.
        alike: words for one thing; a clause may have another one than the question.
    """

    asking: Words
    norms: Words
    quantities: Words
    units: Words
    modal: Words
    judging: Words
    wrong: Words
    advised: Words
    reasons: Words
    which: Words
    alike: tuple[Words, ...]


class ReportWords(Frozen):
    """How several reports are asked about.

    Attributes:
        which: words that ask which report.
        not_files: what stands behind such a word when it asks for applicants.
        which_ones: words that do where nothing but a verdict is asked.
        how_many: words that ask how many there are.
        each: words for all of them.
        counters: what stands behind the number of all of them.
        other: words for those that are not open.
        previous, following: the ones before and behind the open one.
        ways: what is to be made of the answers of several reports.
        compared: the cells that are set side by side, and how they are called.
        severities: how findings of some severity are called.
        here: the one that is open.
        there: the one that was spoken of last.
        verdicts: how the verdicts are called.
        problems: words that ask for findings.
        fillers: words without meaning of their own.
        unread: words that ask for files that could not be read.
        files: words for files, of which these are.
        last_year: words for the report of the year before.
        only_one, none_such, which_one: what is said when no such report is there.
        ranked: by what the best and the worst are found.
    """

    which: Words
    not_files: Words
    which_ones: Words
    how_many: Words
    each: Words
    counters: Words
    other: Words
    previous: Words
    following: Words
    ways: Mapping[Way, Words]
    compared: Mapping[str, str]
    severities: Mapping[Severity, Words]
    here: Words
    there: Words
    verdicts: Mapping[Verdict, Words]
    problems: Words
    fillers: Words
    unread: Words
    files: Words
    last_year: Words
    all_read: str
    unread_told: str
    only_one: str
    none_such: str
    which_one: str
    ranked: str


class Elsewhere(Frozen):
    """Matters that neither a report nor the rules hold.

    Attributes:
        said: parts of a question that say it is about such a matter.
        why: why nothing is known of it.
    """

    said: Words
    why: str


class Partly(Frozen):
    """A matter that the rules cover in part.

    Attributes:
        said: words that name it.
        rules: those that cover some of it.
        only: what they cover, and what nobody has looked at.
    """

    said: Words
    rules: Words
    only: str


class QuestionBook(Frozen):
    """Every wording that the answerer understands.

    Attributes:
        fillers: words without meaning of their own.
        measures: words of counting, which a quoted sentence need not hold.
        intents: what is asked, and how people say it.
        written: words that name a section only where 写 stands behind them: 主要问题写得怎么样.
        rows: short names by ``table/row``; one name may stand for several rows.
        numbered_rows, numbered_columns: tables whose rows or columns may be named by their
            number, 表三第一行, 表四第二列.
        columns: short names by ``table/column``.
        groups: short names by ``table/group``.
        laws: short names of laws by their ``source``; the first is meant when none is named.
        articles: the article of the first law that answers an intent.
        rules_asked: the rule that says what to fill in, by intent.
        compounds: words that say several things at once, and what they say.
        topics: what rules are about, by the id of the rule, in the words of those who ask.
        partly: matters that the rules cover in part.
        doings: short names of rows that are plain verbs too.
        blanks: rules about blank cells; with a row or a column it is asked what stands there.
        confusable: characters that are typed for one another.
        affirm: answers that say yes to a question of ours.
        facts: the rules about what a report states of itself, by intent.
        elsewhere: matters that neither a report nor the rules hold.
        suppose: how suppositions are worded.
        reports: how several reports are asked about.
        matching: which words of a question do not name its subject.
    """

    fillers: Words
    measures: Words
    intents: Mapping[Intent, Words]
    tables: Mapping[TableId, Words]
    numbered_rows: tuple[TableId, ...]
    numbered_columns: tuple[TableId, ...]
    sections: Mapping[SectionId, Words]
    written: Mapping[SectionId, Words]
    rows: Mapping[str, Words]
    columns: Mapping[str, Words]
    groups: Mapping[str, Words]
    laws: Mapping[str, Words]
    articles: Mapping[Intent, str]
    rules_asked: Mapping[Intent, str]
    compounds: Mapping[str, str]
    topics: Mapping[str, Words]
    partly: tuple[Partly, ...]
    doings: Words
    blanks: Words
    confusable: Words
    affirm: Words
    facts: Mapping[Intent, Words]
    elsewhere: tuple[Elsewhere, ...]
    suppose: SupposeWords
    matching: MatchWords
    reports: ReportWords
    replies: Replies


_FILE: Final = "questions.yaml"
_MOST_LISTED: Final = 40


@cache
def load_questions() -> QuestionBook:
    """The wordings as shipped.

    Raises:
        RuleFormatError: the file is damaged, or names a row, a column or a cell of no form.
    """
    book = load_data(_FILE, QuestionBook)
    rows, columns, groups, cells = _addresses()
    named = (
        ("rows", book.rows, rows),
        ("columns", book.columns, columns),
        ("groups", book.groups, groups),
        ("reports.compared", book.reports.compared, cells),
    )
    for key, words, known in named:
        for address in (a for a in words if a not in known):
            _refuse(key, address, known)
    return book


def _addresses() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """The rows, columns, groups and cells of all forms."""
    tables = [t for form in load_forms().values() for t in form.tables]
    return (
        frozenset(f"{t.id}/{r.id}" for t in tables for r in t.rows),
        frozenset(f"{t.id}/{c.id}" for t in tables for c in t.columns),
        frozenset(f"{t.id}/{g.id}" for t in tables for g in t.groups),
        frozenset(f"{t.id}/{r.id}/{c.id}" for t in tables for r in t.rows for c in t.columns),
    )


def _refuse(key: str, address: str, known: frozenset[str]) -> NoReturn:
    close = get_close_matches(address, sorted(known), n=1)
    meant = f"是否指“{close[0]}”？" if close else ""
    few = len(known) <= _MOST_LISTED
    listed = f"可用的有：{'、'.join(sorted(known))}。" if few else "编号见 rules/forms/。"
    raise RuleFormatError(
        f"规则文件 rules/{_FILE} 的字段“{key}”：表式里没有“{address}”。{meant}{listed}",
        path=f"rules/{_FILE}",
        key=f"{key}.{address}",
    )
