"""Finds figures that were never filled in: a gap or XX where a number should stand."""

import re
from collections.abc import Iterator
from functools import cache

from checker.assemble.passages import EMPTY_FORM, Passage
from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.domain.locator import Locator
from checker.rulebook.alternatives import any_of
from checker.rulebook.kinds_claims import MissingFigureRule

_LEAD = (
    "(?:共计?|累计|合计|总计|收到|受理|公开|发布|办结|答复|结转|制发|废止|有效|信息|申请|文件|解读"
    "|培训|会议|检查|活动|复议|诉讼|召开|举办|组织|开展)"
)


@evaluate.register
def _(rule: MissingFigureRule, context: CheckContext) -> KindResult:
    if context.report.empty_form:
        return KindResult(not_judged=EMPTY_FORM)
    drafts: list[Draft] = []
    tests = 0
    for text in context.section_texts:
        for passage in text.passages:
            tests += 1
            for place in _gaps(rule, passage, context.report.document.text):
                quote = context.report.document.text[place.start : place.end]
                drafts.append(
                    Draft(
                        values={"quote": " ".join(quote.split())},
                        evidence=(context.text_evidence(place, text.section.id),),
                    )
                )
    return KindResult(drafts=tuple(drafts), tests=tests)


def _gaps(rule: MissingFigureRule, passage: Passage, document: str) -> Iterator[Locator]:
    """Places of a gap, each told once, with the clause around it."""
    seen: list[tuple[int, int]] = []
    for match in _pattern(rule.gaps).finditer(passage.text):
        seen.append(match.span())
    for match in _lost(rule.spaced).finditer(passage.text):
        at = match.start("unit")
        between = document[passage.folded.end_of(at) : passage.folded.start_of(at)]
        if between and not between.strip():
            seen.append(match.span())
    done: list[tuple[int, int]] = []
    for start, end in sorted(seen):
        if any(start < e and s < end for s, e in done):
            continue
        done.append((start, end))
        yield passage.locate(*_clause(passage.text, start, end))


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    left = max(text.rfind(c, 0, start) + 1 for c in ",;。:")
    right = min((i for c in ",;。" if (i := text.find(c, end)) >= 0), default=len(text))
    return left, max(right, end)


@cache
def _pattern(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(any_of(patterns))


@cache
def _lost(units: tuple[str, ...]) -> re.Pattern[str]:
    """A lead word directly before a counting word that ends the clause."""
    words = "|".join(map(re.escape, sorted(units, key=len, reverse=True)))
    return re.compile(rf"{_LEAD}(?P<unit>{words})(?=[,。;、)]|$)")
