"""Rows of table 三 told in short among results: 信访投诉5件, 重复6件.

不予处理11件，其中信访举报投诉5件、重复6件: here they are applications. 受理信访投诉5件 stays
another matter, and so do 错链3件、重复5件.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final, NamedTuple

from checker.claims.ratios import is_ratio
from checker.claims.sentences import Sentence
from checker.claims.subjects import TELLING, Subject
from checker.rulebook.terms import load_terms

_UNITS: Final = ("件", "份", "宗", None)
_CARRY: Final = frozenset(("new_received", "carried_over_in", "carried_over_out"))


class Mention(NamedTuple):
    """Where a row is told in short, the row, the index of its figure, and if it is a result."""

    start: int
    end: int
    row: str
    number: int
    sure: bool


class _Patterns(NamedTuple):
    before: Mapping[str, re.Pattern[str]]
    behind: Mapping[str, re.Pattern[str]]
    any: re.Pattern[str]


def short_row(sentence: Sentence, number: int) -> Subject | None:
    """What a figure counts whose row is told in short."""
    told = next((m for m in short_rows(sentence) if m.number == number), None)
    if told is None:
        return None
    return Subject(topics=("requests",), stages=(told.row,), own_topic=True, residue=not told.sure)


@lru_cache(maxsize=4)  # a sentence is asked about once for each of its figures
def short_rows(sentence: Sentence) -> tuple[Mention, ...]:
    """All rows of a sentence that are told in short, in order."""
    found: list[Mention] = []
    if _patterns().any.search(sentence.text, sentence.start, sentence.end) is None:
        return ()
    for number, figure in enumerate(sentence.figures):
        told = _told(sentence, number, found) if figure.unit in _UNITS else None
        if told is not None:
            found.append(told)
    return tuple(found)


def _told(sentence: Sentence, number: int, found: list[Mention]) -> Mention | None:
    """The row in front of a figure, alone in its segment, or behind it."""
    figure, patterns = sentence.figures[number], _patterns()
    segment = sentence.segments[sentence.segment_of(figure.start)]
    front = sentence.text[segment.start : figure.start]
    for row, pattern in patterns.before.items():
        match = pattern.search(front)
        if match is not None and _among_results(sentence, number, found, segment.start):
            return Mention(segment.start + match.start(1), figure.start, row, number, True)
    for row, pattern in patterns.behind.items():
        match = pattern.match(sentence.text, figure.behind)
        sure = match is not None and _among_results(sentence, number, found, figure.start)
        if match is not None and (sure or match["requests"]):
            return Mention(figure.behind, match.end(), row, number, sure)
    return None


def _among_results(sentence: Sentence, number: int, found: list[Mention], start: int) -> bool:
    """Whether the count before is a result of applications; percentages are passed over."""
    figures = sentence.figures
    before = number - 1
    while before >= 0 and is_ratio(figures[before]):
        before -= 1
    if before < 0:
        return False
    if found and found[-1].number == before:
        return found[-1].sure
    since = figures[before - 1].behind if before else sentence.start
    words = sentence.words_between(since, start)
    return any((v := w.value("stage")) in TELLING - _CARRY or "." in (v or "") for w in words)


@cache
def _patterns() -> _Patterns:
    """The words of each row in front of a figure or behind it."""
    terms = load_terms()
    glue = (
        "(?:其中|具体为|具体是|分别为|分别是|包括|包含|含|因|属于?|为|有|另有|涉及|其余|剩余|的)*"
    )
    kind = "(?:类|件|性质|事项)?的?(?:申请)?的?"
    before = {r: re.compile(f"^{glue}((?:{p}){kind})$") for r, p in terms.short_rows.items()}
    behind = {
        r: re.compile(
            "(?P<requests>的?申请)?(?:实际|均|都|被认定)*(?:属于?|实为|为|系|是|按|因属?|作为?)"
            f"(?:{p})(?:类|性质|渠道|途径|程序|事项)*(?:的|处理|办理|不予处理)*(?=$|[,。;、()])"
        )
        for r, p in terms.short_rows.items()
    }
    return _Patterns(before, behind, re.compile("|".join(terms.short_rows.values())))
