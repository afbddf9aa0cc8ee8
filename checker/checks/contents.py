"""Checks of what sections 五 and 六 have to say: problems and improvements, fees.

Only whether something of the kind is said; whether it is true or enough is for a person.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from checker.assemble.passages import EMPTY_FORM, SectionText, clauses
from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.checks.sections import heading_evidence, printed, section_texts
from checker.domain.report import Section
from checker.rulebook.kinds_structure import FeeStatementRule, ProblemsRule
from checker.rulebook.lexicon import ProblemWords, found, load_lexicon, without

_LEAST_CLAUSE = 7  # characters; shorter remains are 今后, 本年度 and the like


@evaluate.register
def _(rule: ProblemsRule, context: CheckContext) -> KindResult:
    if context.report.empty_form:
        return KindResult(not_judged=EMPTY_FORM)
    texts = [t for t in section_texts(context, rule.section) if not t.is_empty]
    if not texts:
        return KindResult()
    texts += _plans_behind(context, texts[-1].section)
    whole = "\n".join(p.text for t in texts for p in t.passages)
    words = load_lexicon().problems
    judged = _judge(whole, words, year=context.report.identity.year)
    faults: list[str] = []
    if not judged.problem:
        denied = found(words.none, whole) or any(found(words.none, c) for c in clauses(whole))
        faults.append("只说没有问题，没有写具体问题" if denied else "没有写出具体问题")
    if not judged.improvement:
        faults.append("没有写出改进措施")
    if not faults:
        return KindResult(tests=2)
    draft = Draft(
        values={"section": printed(context, texts[0].section), "faults": "，".join(faults)},
        evidence=(heading_evidence(context, texts[0].section),),
        verdict="review" if _is_open(judged) else "fail",
        lacks_in=(rule.section,),
    )
    return KindResult(drafts=(draft,), tests=2)


def _plans_behind(context: CheckContext, section: Section) -> list[SectionText]:
    """A heading of its own behind the problems that holds the improvements."""
    words = load_lexicon().section_patterns[section.id or "problems"]
    return [
        text
        for text in context.section_texts
        if text.section.id is None
        and text.section.locator.start > section.locator.start
        and found(words, text.section.title)
    ]


class _Judged(NamedTuple):
    """What was recognised in the text.

    Attributes:
        unknown: a clause says something that was not recognised as either.
        vague: a clause speaks of a problem in stock words alone.
    """

    problem: bool
    improvement: bool
    unknown: bool
    vague: bool


def _is_open(judged: _Judged) -> bool:
    """Whether a person has to decide: something was not recognised, or may pass for a problem."""
    return judged.unknown or (judged.vague and judged.improvement)


def _judge(whole: str, words: ProblemWords, *, year: int | None) -> _Judged:
    """Whether the text names a concrete problem, and an improvement.

    What no wording covers is taken for what the text announced last: a problem behind 存在问题,
    an improvement behind 改进措施 or the year behind the report year.
    """
    plan = "" if year is None else f"{year + 1}年"
    problem = improvement = unknown = vague = False
    announced = before = ""
    for clause in clauses(whole):
        if found(words.none, clause):
            continue
        plain = without(words.generic, clause)
        problem = problem or _addresses(clause, words)
        announced = _announced(clause, words, plan) or announced
        if found(words.concrete, plain):
            named = _names_matter(plain, words) or bool(before)
            problem, vague = problem or named, vague or not named
            announced = announced if named else "problem"
        elif found(words.improvement, plain):
            improvement = True
        elif len(plain) >= _LEAST_CLAUSE and (
            announced == "improvement" or not found(words.achievement, clause)
        ):
            named = announced != "problem" or _names_matter(plain, words)
            problem = problem or (named and announced == "problem")
            improvement = improvement or announced == "improvement"
            unknown, vague = unknown or not announced, vague or not named
        before = _topic(clause, words)
        if problem and improvement:
            break  # nothing is missing, whatever follows
    return _Judged(problem, improvement, unknown, vague)


def _addresses(clause: str, words: ProblemWords) -> bool:
    """Whether the clause says which problem it goes about (针对政策解读形式单一的问题)."""
    match = found(words.addressed, clause)
    return bool(match and found(words.concrete, match[0]) and _names_matter(match[0], words))


def _names_matter(plain: str, words: ProblemWords) -> bool:
    """Whether anything is named: an aspect, a medium, a thing; not only that work needs work."""
    return re.search(r"[^\W\d_]", without(words.stock, plain)) is not None


def _topic(clause: str, words: ProblemWords) -> str:
    """A clause that may name what the next one says is wanting (在政策解读方面，仍需加强)."""
    told = (words.generic, words.concrete, words.improvement, words.achievement)
    is_topic = not any(found(w, clause) for w in told) and _names_matter(clause, words)
    return clause if is_topic else ""


def _announced(clause: str, words: ProblemWords, plan: str) -> str:
    """What a clause says will follow, if anything; 针对问题 announces improvements."""
    if (plan and clause.startswith(plan)) or found(words.improvement_cue, clause):
        return "improvement"
    return "problem" if found(words.problem_cue, clause) else ""


@evaluate.register
def _(rule: FeeStatementRule, context: CheckContext) -> KindResult:
    if context.report.empty_form:
        return KindResult(not_judged=EMPTY_FORM)
    texts = [t for t in section_texts(context, rule.section) if not t.is_empty]
    if not texts or _states_fee(texts):
        return KindResult(tests=1 if texts else 0)
    section = texts[0].section
    values = {"section": printed(context, section)}
    evidence = (heading_evidence(context, section),)
    skipped = (rule.section, "introduction")
    for text in context.section_texts:
        other = text.section
        if other.id not in skipped and _states_fee([text]):
            draft = Draft(
                values=values | {"other": printed(context, other)},
                evidence=(*evidence, heading_evidence(context, other)),
                verdict="review",
                severity="note",
                message=rule.elsewhere_message,
                lacks_in=(rule.section,),
            )
            return KindResult(drafts=(draft,), tests=1)
    draft = Draft(values=values, evidence=evidence, lacks_in=(rule.section,))
    return KindResult(drafts=(draft,), tests=1)


def _states_fee(texts: Sequence[SectionText]) -> bool:
    """Whether a text says what was charged for information, be it nothing."""
    data = load_lexicon()
    every = (without(data.fee_other, p.text) for t in texts for p in t.passages)
    return any(found(data.fee, text) for text in every)
