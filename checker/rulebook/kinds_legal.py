"""Kinds of check on law, documents, years and dates: the fields their rules add.

Documents are in ``rules/documents.yaml``, meetings in ``rules/meetings.yaml``; wordings that one
rule needs stand in its own file, as regular expressions over folded text.
"""

from typing import Annotated, Literal

from pydantic import Field

from checker.domain.base import Frozen
from checker.domain.report import KindOfBody, Level, SectionId
from checker.rulebook.kinds_tables import TableRuleBase
from checker.rulebook.schema import RuleBase

Patterns = tuple[str, ...]


class RuleMakingRule(TableRuleBase):
    """A body without the power to make 规章 reports none.

    Attributes:
        row: the row of 规章.
        published: columns that may hold what others made, which is for a person.
        zones: names of branches that are no body with the power, whatever their level.
        areas: names of areas of city level that are no 设区的市 or 自治州.
        of_government: words with which an office says that the figures are its government's.
        department_message: for a department or office of a province or city, which often prints
            the figures of its government.
        published_message: for a body without the power that published some.
    """

    check: Literal["rule_making"]
    row: str
    published: tuple[str, ...]
    zones: Patterns
    areas: Patterns
    of_government: Patterns
    department_message: str
    published_message: str


class SupersededBasisRule(RuleBase):
    """No document is cited as a basis that another one has replaced, or that came later.

    Attributes:
        history: words by which a sentence speaks of the past.
        articles: articles of the old regulation as the basis of the annual report.
        article_message: for these.
        early_not: words by which a document of a later year is only spoken of.
        early_message: for documents that apply to later years only.
        editions: the old regulation as a basis, told by its years.
        edition_not: words by which such a sentence tells of its revision.
        edition_message: for these.
        title_message: for the title of a superseded document without its number, which a local
            notice may carry too.
    """

    check: Literal["superseded_basis"]
    history: Patterns
    articles: Patterns
    article_message: str
    early_not: Patterns
    early_message: str
    editions: Patterns
    edition_not: Patterns
    edition_message: str
    title_message: str


class AnnualPointsRule(RuleBase):
    """The 工作要点 cited as a basis are those of the report year.

    Attributes:
        basis_words: words by which a document is cited as a basis.
        history: words by which a sentence speaks of the past.
        reviewed: words behind 要点 by which its fulfilment is looked back upon.
        plan: words by which a sentence speaks of the next year.
        right: what the message adds when the national 要点 of the year are known.
        none_issued: what it adds when none are known for a year behind the last known.
        number_message: when title and 文号 are of different years.
    """

    check: Literal["annual_points"]
    basis_words: Patterns
    history: Patterns
    reviewed: Patterns
    plan: Patterns
    right: str
    none_issued: str
    number_message: str


class DocumentNumberRule(RuleBase):
    """A 文号 has its official form and belongs to the title in front of it.

    Attributes:
        mismatch_message: when number and title do not belong together.
        mismatch_fix_hint: what to do then.
        unchecked: what is added when our own record of the number was not held against the source.
    """

    check: Literal["document_number"]
    mismatch_message: str
    mismatch_fix_hint: str
    unchecked: str


class FeeAmountRule(RuleBase):
    """An amount of 信息处理费 is one that the fee rules can give.

    Attributes:
        step: every amount is a multiple of it, in yuan.
        nouns: how texts call the fee.
        other_money: names of other money; an amount behind one of them is none of this fee.
        price: what stands in front of a price.
        rough: what stands around an amount that is not exact.
    """

    check: Literal["fee_amount"]
    step: int
    nouns: Patterns
    other_money: Patterns
    price: Patterns
    rough: Patterns


class OldTermsRule(RuleBase):
    """No time limit and no fee of the regulation before 2019.

    Attributes:
        days: the old time limit.
        days_about: words by which the sentence speaks of answers to applications.
        days_not: words by which it speaks of other limits of 15 days.
        fees: the old fees.
        charged: words by which they were charged.
        denied: words by which they were not.
        fee_message: for fees; ``message`` is for time limits.
    """

    check: Literal["old_terms"]
    days: Patterns
    days_about: Patterns
    days_not: Patterns
    fees: Patterns
    charged: Patterns
    denied: Patterns
    fee_message: str
    fee_fix_hint: str


class TimeLimitsRule(RuleBase):
    """The time limits of the regulation are stated as it sets them.

    Attributes:
        by_law: words by which a sentence goes by the regulation.
        changed: the limit for answers was changed from one number of days to another.
        changed_by: words by which the regulation did so.
        changed_not: words by which an office did so.
        shorter: words by which an office is faster than the law asks.
        long_message: for what is done and takes longer than the law allows.
        other_message: for limits that an office may not change.
        former_message: for the limit of the former regulation.
    """

    check: Literal["time_limits"]
    by_law: Patterns
    changed: Patterns
    changed_by: Patterns
    changed_not: Patterns
    shorter: Patterns
    long_message: str
    other_message: str
    former_message: str


class ReportYearRule(RuleBase):
    """Title, reporting period and text are of one year.

    Attributes:
        lead: what may stand in front of a year that opens a sentence.
        subject: what follows the year when the sentence is about it.
        result: words by which a sentence tells results of the year.
        not_result: words by which a sentence with another year compares or looks back.
        comparing: a sentence that compares two years.
        base: what follows the year where a sentence gives no more than the figure of that year.
        opening: the first sentence of the overview.
        problem_opening: the first sentence about problems.
        not_problem: words by which it speaks of problems that were solved.
        heading: a heading that carries the year.
        announcement: the introduction announces the report.
        plan: a year, and what will be done in it.
        carried: a year to which applications are carried over.
        not_plan: 将 that only moves the object, and what was done.
        future: words by which a sentence on a later year is a plan.
        title_message: for two years in the title.
        doubled_message: for one year printed twice in the title.
        period_message: for a period of another year.
        title_fix_hint: for these three.
        plan_message: for plans for a year that is over, and what is carried over to it.
    """

    check: Literal["report_year"]
    lead: Patterns
    subject: Patterns
    result: Patterns
    not_result: Patterns
    comparing: Patterns
    base: Patterns
    opening: Patterns
    problem_opening: Patterns
    not_problem: Patterns
    heading: Patterns
    announcement: Patterns
    plan: Patterns
    carried: Patterns
    not_plan: Patterns
    future: Patterns
    title_message: str
    doubled_message: str
    period_message: str
    title_fix_hint: str
    plan_message: str
    plan_fix_hint: str


class ReportPeriodRule(RuleBase):
    """The reporting period is stated and is the calendar year.

    Attributes:
        calendar: ways to state first and last day of the year, wherever they stand.
        whole_year: ways to state the whole year in a sentence about the period.
        garbled: a statement that lost characters.
        as_of: a day of the report year up to which figures are counted.
        results: words of figures that should be those of the year.
        absent_message: when nothing states the period.
        garbled_message: when the statement cannot be read.
        as_of_message: when figures are counted up to an earlier day.
    """

    check: Literal["report_period"]
    calendar: Patterns
    whole_year: Patterns
    garbled: Patterns
    as_of: Patterns
    results: Patterns
    absent_message: str
    absent_fix_hint: str
    garbled_message: str
    as_of_message: str


class Deadline(Frozen):
    """A day in the year after the report year.

    Attributes:
        levels: levels of bodies it is for; all when empty.
        kinds: kinds of bodies it is for; all when empty.
        note: it is not set by the regulation itself.
    """

    levels: tuple[Level, ...] = ()
    kinds: tuple[KindOfBody, ...] = ()
    month: int
    day: int
    note: bool = False


class DeadlineRule(RuleBase):
    """The report was published in time.

    Attributes:
        deadlines: the first that fits level and kind of the body counts.
        note_message: for a deadline that a local notice sets.
        stated: a day before which something is to be done.
        stated_about: words by which that is the report; all have to stand around it.
        whose: kinds of bodies whose deadline a sentence gives, by its words.
        stated_message: for another day than that of the law.
    """

    check: Literal["deadline"]
    deadlines: tuple[Deadline, ...]
    note_message: str
    note_fix_hint: str
    stated: Patterns
    stated_about: Patterns
    whose: dict[KindOfBody, Patterns]
    stated_message: str
    stated_fix_hint: str


class PossibleDatesRule(RuleBase):
    """Every date exists, and nothing is told that came after publication.

    Attributes:
        plan: words by which a sentence speaks of the future.
        plan_sections: sections that hold plans.
        results: words of figures.
        late_message: for a date behind publication.
        beyond_message: for figures counted beyond the report year.
        early_message: for a report published before its year was over.
        meeting_message: for a meeting behind publication.
        number_message: for a 文号 behind publication.
    """

    check: Literal["possible_dates"]
    plan: Patterns
    plan_sections: tuple[SectionId, ...]
    results: Patterns
    late_message: str
    beyond_message: str
    early_message: str
    meeting_message: str
    number_message: str


class FinalAccountsRule(RuleBase):
    """Final accounts that were published are those of an earlier year.

    Attributes:
        accounts: a year and its final accounts.
        not_whose: words between them by which the year is not that of the accounts.
        published: words by which they were published.
        dated: words behind the accounts by which the year cannot be that of publication.
        plan: words by which they were not yet.
    """

    check: Literal["final_accounts"]
    accounts: Patterns
    not_whose: Patterns
    published: Patterns
    dated: Patterns
    plan: Patterns


LegalRule = Annotated[
    RuleMakingRule
    | SupersededBasisRule
    | AnnualPointsRule
    | DocumentNumberRule
    | FeeAmountRule
    | OldTermsRule
    | TimeLimitsRule
    | ReportYearRule
    | ReportPeriodRule
    | DeadlineRule
    | PossibleDatesRule
    | FinalAccountsRule,
    Field(discriminator="check"),
]
