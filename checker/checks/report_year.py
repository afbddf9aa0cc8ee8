"""Check of the report year: title, reporting period and text are of one year.

Only sentences that open with another year and tell results of it are slips; comparisons, titles in
《》, 文号, laws, meetings and plans for the next year are left alone.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from checker.assemble.fold import fold_text
from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.checks.sentences import (
    Narrative,
    Span,
    digit_years,
    matches,
    narratives,
    sentences,
    unreadable,
    without_asides,
)
from checker.domain.finding import TextEvidence
from checker.rulebook.kinds_legal import Patterns, ReportYearRule
from checker.rulebook.lexicon import found, load_lexicon

_YEAR = re.compile(
    r"(?<![\d〔\[(—\-~])(?P<year>20\d\d)年(?:(?=1月?[至到\-—~]12月)"
    r"|(?!\d{1,2}月|[一二三四五六七八九十]{1,2}月|[至到\-—~]|[以之]))"
)
_FIRST_DAY = re.compile(r"(?<!\d)(?P<year>20\d\d)年一月一日")
_TITLE_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)(?!年?\d{1,2}月|[.\-/]\d)")
_BRACKETS = re.compile(r"\([^()]*\)")
_LONGEST_HEADING = 28
_MOST_QUOTES = 3
_NEAR = 2
"""Sentences before and behind that may tell the other year of a comparison."""
_QUOTE_WIDTH = 30
_PLACES = {
    "introduction": "引言",
    "overview": "总体情况",
    "proactive": "第二部分",
    "requests": "第三部分",
    "appeals": "第四部分",
    "problems": "第五部分",
    "other_matters": "第六部分",
}


class _YearAt(NamedTuple):
    """A place in a paragraph that is written for another year."""

    year: int
    span: Span


class _Slip(NamedTuple):
    """A heading or sentence that is written for another year."""

    year: int
    evidence: TextEvidence


@evaluate.register
def _(rule: ReportYearRule, context: CheckContext) -> KindResult:
    open_point = unreadable(context, needs_year=True)
    if open_point is not None:
        return open_point
    year = context.report.identity.year or 0
    drafts = [*_title(rule, context), *_period(rule, context)]
    slips = list(_section_headings(context, year=year))
    plans: list[_Slip] = []
    for narrative in narratives(context):
        if any(int(y) != year for y in _YEAR.findall(digit_years(narrative.text))):
            found_here = (
                *_results(rule, narrative, year=year),
                *_named(rule, narrative, year=year),
            )
            slips += [_Slip(y, narrative.evidence(context, span)) for y, span in found_here]
        told = rule.plan if narrative.section == "problems" else ()
        past = _plans(rule, narrative, (*told, *rule.carried), year=year)
        plans += [_Slip(y, narrative.evidence(context, span)) for y, span in past]
    pieces = context.report.identity.evidence
    sure = any(e.field == "year" and e.source in ("标题", "统计期限") for e in pieces)
    for of_year in _by_year(slips):
        drafts.append(_draft(of_year, year=year, sure=sure))
    for of_year in _by_year(plans):
        drafts.append(_plan_draft(rule, of_year, year=year, sure=sure))
    return KindResult(drafts=tuple(drafts), tests=2)


def _by_year(slips: Sequence[_Slip]) -> list[list[_Slip]]:
    return [[s for s in slips if s.year == y] for y in sorted({s.year for s in slips})]


def _title(rule: ReportYearRule, context: CheckContext) -> Iterator[Draft]:
    """One year in the title, printed once; a date in brackets behind it does not count."""
    title = context.report.identity.title
    if title is None:
        return
    folded = fold_text(title)
    outside = _TITLE_YEAR.findall(_BRACKETS.sub("", folded))
    every = list(dict.fromkeys([*outside, *_TITLE_YEAR.findall(folded)]))
    evidence = tuple(_identity_evidence(context, "title"))
    values = {"year": every[0] if every else "", "title": title}
    if len(every) > 1:
        values["years"] = "和".join(f"{y}年" for y in every)
        message, hint = rule.title_message, rule.title_fix_hint
        yield Draft(
            values=values, evidence=evidence, message=message, fix_hint=hint, settles="title_year"
        )
    elif len(outside) > 1:
        yield Draft(
            values=values,
            evidence=evidence,
            severity="warning",
            message=rule.doubled_message,
            fix_hint=rule.title_fix_hint,
        )


def _identity_evidence(context: CheckContext, field: str) -> Iterator[TextEvidence]:
    for piece in context.report.identity.evidence:
        if piece.field == field and piece.locator is not None:
            yield context.text_evidence(piece.locator)


def _period(rule: ReportYearRule, context: CheckContext) -> Iterator[Draft]:
    """The reporting period is of the year of the title."""
    pieces = context.report.identity.evidence
    stated = [e.value for e in pieces if e.field == "year" and e.source == "标题"]
    years = {int(y) for value in stated for y in re.findall(r"\d{4}", value)}
    if len(years) != 1:
        return
    (year,) = years
    for piece in pieces:
        if piece.field != "period" or piece.locator is None:
            continue
        first, last = (date.fromisoformat(d) for d in piece.value.split("至"))
        if year not in (first.year, last.year):
            evidence = (*_identity_evidence(context, "title"), context.text_evidence(piece.locator))
            yield _period_draft(rule, year, evidence)
            return
    yield from _period_in_words(rule, context, year=year)


def _period_draft(rule: ReportYearRule, year: int, evidence: tuple[TextEvidence, ...]) -> Draft:
    return Draft(
        values={"year": year, "quote": "".join(evidence[-1].quote.split())},
        evidence=evidence,
        message=rule.period_message,
        fix_hint=rule.title_fix_hint,
        settles="period_year",
    )


def _period_in_words(rule: ReportYearRule, context: CheckContext, *, year: int) -> Iterator[Draft]:
    """二〇二三年一月一日 in a sentence about the period, which is stated for another year."""
    words = load_lexicon().period_words
    for narrative in narratives(context):
        if "年一月一日" not in narrative.text:
            continue
        for match in _FIRST_DAY.finditer(digit_years(narrative.text)):
            around = narrative.sentence(*match.span())
            if int(match["year"]) != year and found(words, narrative.text[slice(*around)]):
                evidence = (
                    *_identity_evidence(context, "title"),
                    narrative.evidence(context, around),
                )
                yield _period_draft(rule, year, evidence)
                return


def _section_headings(context: CheckContext, *, year: int) -> Iterator[_Slip]:
    """Titles of sections that name another year: 一、2023年总体情况."""
    for section in context.report.sections:
        match = _YEAR.search(fold_text(section.title))
        plans = section.id in (None, "problems")  # 2025年工作打算, 2023年问题整改
        if match is not None and not plans and int(match["year"]) != year:
            evidence = context.text_evidence(section.locator, section.id)
            yield _Slip(int(match["year"]), evidence)


def _results(rule: ReportYearRule, narrative: Narrative, *, year: int) -> Iterator[_YearAt]:
    """Sentences that open with another year and tell its results as those of the report."""
    text = without_asides(digit_years(narrative.text))
    spans = list(sentences(narrative))
    for index, span in enumerate(spans):
        sentence = text[slice(*span)]
        match = _YEAR.search(sentence)
        if match is None or int(match["year"]) == year or f"{year}年" in sentence:
            continue
        other, rest = int(match["year"]), sentence[match.end() :]
        if not found(rule.lead, sentence[: match.start()]) or not found(rule.subject, rest):
            continue
        if narrative.section == "problems":
            slip = _is_old_problem(rule, rest) and other < year
        else:
            first = narrative.section == "overview" and narrative.rank == index == 0
            near = other == year - 1 or other > year
            opens = first and bool(found(rule.opening, rest))
            slip = _is_result(rule, rest, first=opens, near=near)
            slip = slip and (opens or not _compared(rule, text, spans, index, (year, other)))
        if slip and not (other > year and found(rule.future, rest)):
            yield _YearAt(other, span)


def _is_old_problem(rule: ReportYearRule, rest: str) -> bool:
    return bool(found(rule.problem_opening, rest)) and not found(rule.not_problem, rest)


def _is_result(rule: ReportYearRule, rest: str, *, first: bool, near: bool) -> bool:
    """Whether a sentence tells the work of its year, neither comparing nor looking back.

    Args:
        rule: the wordings.
        rest: what follows the year.
        first: it opens the overview like a report, where no other year has a place.
        near: the year is one that a slip gives; older ones are mostly history.
    """
    if found(rule.not_result, rest):
        return False
    return first or bool(near and found(rule.result, rest))


def _compared(
    rule: ReportYearRule, text: str, spans: Sequence[Span], index: int, years: tuple[int, int]
) -> bool:
    """Whether a sentence close by compares two years, so that each may be told.

    Args:
        rule: the wordings.
        text: the paragraph.
        spans: its sentences.
        index: which of them tells another year.
        years: the report year and that other one.
    """
    year, other = years
    for span in (*spans[max(0, index - _NEAR) : index], *spans[index + 1 : index + 1 + _NEAR]):
        sentence = text[slice(*span)]
        own = re.search(rf"(?:{year}年度?(?!\d)|今年|本年度?)(?=[^。;]*\d)", sentence)
        if own is not None and found(rule.result, sentence[own.start() :]):
            return True
        explicit = str(other) in "".join(m.group() for m in matches(rule.comparing, sentence))
        if explicit and not sentence.startswith(f"{other}年"):
            return True
    told = text[slice(*spans[index])].partition(f"{other}年")[2]
    beside = [*spans[max(0, index - 1) : index], *spans[index + 1 : index + 2]]
    return bool(found(rule.base, told)) and any(
        found(rule.comparing, text[slice(*s)]) and f"{other}年" not in text[slice(*s)]
        for s in beside
    )


def _named(rule: ReportYearRule, narrative: Narrative, *, year: int) -> Iterator[_YearAt]:
    """A sub-heading or the announcement of the report that names another year."""
    text = narrative.text
    whole = Span(0, len(text))
    if len(text) <= _LONGEST_HEADING:
        for match in matches(rule.heading, text):
            if int(match["year"]) != year and not found(rule.not_result, text[match.end("year") :]):
                yield _YearAt(int(match["year"]), whole)
    if narrative.section == "introduction":
        for match in matches(rule.announcement, text):
            if int(match["year"]) != year:
                yield _YearAt(int(match["year"]), Span(*match.span()))


def _plans(
    rule: ReportYearRule, narrative: Narrative, patterns: Patterns, *, year: int
) -> Iterator[_YearAt]:
    """What is to come, planned or carried over, said of the report year or an earlier one."""
    text = without_asides(narrative.text)
    told: set[_YearAt] = set()
    for match in matches(patterns, text):
        around = narrative.sentence(match.start("year"), match.end())
        plan = _YearAt(int(match["year"]), around)
        over = plan.year <= year and not found(rule.not_plan, text[slice(*around)])
        if over and plan not in told:
            told.add(plan)
            yield plan


def _draft(slips: Sequence[_Slip], *, year: int, sure: bool) -> Draft:
    """All passages written for one other year, as one finding."""
    return Draft(
        values=_values(slips, year=year),
        evidence=tuple(s.evidence for s in slips),
        verdict="fail" if sure else "review",
        settles="text_year",
    )


def _plan_draft(rule: ReportYearRule, slips: Sequence[_Slip], *, year: int, sure: bool) -> Draft:
    """Plans for a year that is over: certain when it is before the report year."""
    past = slips[0].year < year
    return Draft(
        values=_values(slips, year=year),
        evidence=tuple(s.evidence for s in slips),
        verdict="fail" if past and sure else "review",
        severity=None if past else "warning",
        message=rule.plan_message,
        fix_hint=rule.plan_fix_hint,
    )


def _values(slips: Sequence[_Slip], *, year: int) -> dict[str, str | int]:
    quotes = ["".join(s.evidence.quote.split()) for s in slips]
    shown = [q if len(q) <= _QUOTE_WIDTH else f"{q[:_QUOTE_WIDTH]}…" for q in quotes]
    places = dict.fromkeys(_PLACES.get(s.evidence.section or "", "正文") for s in slips)
    more = f"等{len(shown)}处" if len(shown) > _MOST_QUOTES else ""
    return {
        "year": year,
        "other": slips[0].year,
        "next": year + 1,
        "place": "、".join(places),
        "quotes": "、".join(f"“{q}”" for q in shown[:_MOST_QUOTES]) + more,
    }
