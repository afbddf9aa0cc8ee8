"""信访, 举报 and 投诉 that are the row 信访举报投诉类申请 of table 三, told among results.

不予处理11件，其中信访举报投诉5件: here they are applications. 受理信访投诉5件 stays another matter.
"""

import re
from dataclasses import replace
from functools import cache, lru_cache
from typing import Final, NamedTuple

from checker.claims.ratios import is_ratio
from checker.claims.sentences import Sentence
from checker.claims.subjects import TELLING, Subject
from checker.rulebook.terms import load_terms

_PETITION: Final = Subject(
    topics=("requests",), stages=("declined.petition_or_complaint",), own_topic=True
)
_UNITS: Final = ("件", "份", "宗", None)
_CARRY: Final = frozenset(("new_received", "carried_over_in", "carried_over_out"))


class Mention(NamedTuple):
    """Where 信访投诉 of a result stands, the index of its figure, and if it is told as a result."""

    start: int
    end: int
    number: int
    sure: bool


class _Patterns(NamedTuple):
    before: re.Pattern[str]
    behind: re.Pattern[str]


def petition(sentence: Sentence, number: int) -> Subject | None:
    """What a figure counts that is told to be 信访, 举报 or 投诉 among applications."""
    told = next((m for m in petitions(sentence) if m.number == number), None)
    return replace(_PETITION, residue=not told.sure) if told is not None else None


@lru_cache(maxsize=4)  # a sentence is asked about once for each of its figures
def petitions(sentence: Sentence) -> tuple[Mention, ...]:
    """All places of a sentence where such applications are counted, in order."""
    found: list[Mention] = []
    patterns = _patterns()
    if patterns.behind.search(sentence.text, sentence.start, sentence.end) is None:
        return ()
    for number, figure in enumerate(sentence.figures):
        if figure.unit not in _UNITS:
            continue
        segment = sentence.segments[sentence.segment_of(figure.start)]
        told = patterns.before.search(sentence.text[segment.start : figure.start])
        if told is not None and _among_results(sentence, number, segment.start):
            found.append(Mention(segment.start + told.start(1), figure.start, number, True))
            continue
        later = patterns.behind.match(sentence.text, figure.behind)
        told_so = later is not None and _among_results(sentence, number)
        if later is not None and (told_so or later["requests"]):
            found.append(Mention(figure.behind, later.end(), number, told_so))
    return tuple(found)


def _among_results(sentence: Sentence, number: int, start: int | None = None) -> bool:
    """Whether the count before is a result of applications; percentages are passed over."""
    figures = sentence.figures
    before = number - 1
    while before >= 0 and is_ratio(figures[before]):
        before -= 1
    if before < 0:
        return False
    since = figures[before - 1].behind if before else sentence.start
    words = sentence.words_between(since, start or figures[number].start)
    return any((v := w.value("stage")) in TELLING - _CARRY or "." in (v or "") for w in words)


@cache
def _patterns() -> _Patterns:
    """The words in front of a figure, alone in their segment, or behind it."""
    told = load_terms().petitions
    glue = (
        "(?:其中|具体为|具体是|分别为|分别是|包括|包含|含|因|属于?|为|有|另有|涉及|其余|剩余|的)*"
    )
    name = f"(?:{told})(?:类|件|性质|事项)?的?(?:申请)?的?"
    behind = (
        f"(?P<requests>的?申请)?(?:实际|均|都|被认定)*(?:属于?|实为|为|系|是|按|因属?|作为?)"
        f"(?:{told})(?:类|性质|渠道|途径|程序|事项)*(?:的|处理|办理|不予处理)*(?=$|[,。;、()])"
    )
    return _Patterns(re.compile(f"^{glue}({name})$"), re.compile(f"{behind}|(?:{told})"))
