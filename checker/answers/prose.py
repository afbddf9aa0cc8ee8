"""Quotes what the narrative says of a word that no rule and no table knows.

It quotes, and adds what the number ledger says of the figures in the sentence.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from checker.answers.ledger import verdict_on
from checker.answers.parse import Question
from checker.answers.questions import Intent, QuestionBook
from checker.answers.statements import words_of
from checker.answers.types import Answer, Citation, Conversation
from checker.answers.view import View
from checker.answers.wording import fold

# Only what a quotation can answer: a figure or a wording, never a judgement.
_QUOTABLE: Final[frozenset[Intent]] = frozenset(
    {"value", "sum", "money", "where", "section_text", "count"}
)
_SENTENCE: Final = re.compile(r"[^。！？；\n]+[。！？；]?")
# A figure and what it counts stand between two commas; the year is not such a figure.
_CLAUSE: Final = re.compile(r"[^，。！？；\n]+")
_FIGURE: Final = re.compile(
    r"\d+(?!\d|\s*[年月日])|[〇一二两三四五六七八九十百千万]+[件条篇次个场期家人份部项]"
)
_SHORTEST: Final = 2
_HEADING: Final = 14
_MOST: Final = 3
_LONGEST: Final = 120


def tell_mentions(view: View, question: Question, book: QuestionBook) -> Answer | None:
    """The sentences that hold every word of the question that is not a question word.

    Args:
        view: the report.
        question: with words that nobody knows.
        book: for the words of counting, which need not stand in the sentence.
    """
    if not question.intents or not question.intents - {"prose"} <= _QUOTABLE:
        return None
    runs = narrative_words(view, question.unknown, book.measures)
    if not runs:
        return None
    wanted = (*runs, *(p.text for p in question.places if words_of(view, (p,))))
    units = (*book.measures, *book.matching.units)
    counted = {t.text[-1] for t in question.tokens if t.values("intent") and t.text[-1] in units}
    return tell_quotes(
        view,
        wanted,
        sentences="section_text" in question.intents,
        name=runs,
        counted="".join(sorted(counted)),
    )


def narrative_words(view: View, runs: Sequence[str], measures: Sequence[str]) -> tuple[str, ...]:
    """Unknown words as the report has them: whole, or in pieces of two characters and more.

    Empty when a word is too short, or when what is left of it is more than a word of counting.
    """
    plain = fold(view.run.report.document.text)
    words: list[str] = []
    for run in runs:
        if run in measures:
            continue
        pieces = (run,) if run in plain else _pieces_in(run, plain)
        left = [p for p in pieces if len(p) < _SHORTEST and p not in measures]
        kept = [p for p in pieces if len(p) >= _SHORTEST]
        if left or not kept:
            return ()
        words += kept
    return tuple(words)


def _pieces_in(run: str, plain: str) -> list[str]:
    """A run cut from the left into the longest pieces that a text has; else as it is."""
    pieces: list[str] = []
    at = 0
    while at < len(run):
        ends = range(len(run), at + 1, -1)
        end = next((e for e in ends if e - at >= _SHORTEST and run[at:e] in plain), at + 1)
        pieces.append(run[at:end])
        at = end
    return pieces if any(len(p) >= _SHORTEST for p in pieces) else [run]


def tell_quotes(
    view: View,
    wanted: Sequence[str],
    *,
    sentences: bool,
    name: Sequence[str] = (),
    counted: str = "",
) -> Answer | None:
    """The sentences of the narrative that hold some words; None when there are none.

    Args:
        view: the report.
        wanted: the words, folded.
        sentences: whole sentences; else only clauses with a figure.
        name: what they are called in the answer; the words themselves when empty.
        counted: units that are asked for; figures in other units are left out if there are some.
    """
    pieces = [*_pieces(view, _SENTENCE if sentences else _CLAUSE)]
    quotes = [p for p in pieces if all(w in fold(p) for w in wanted)]
    if sentences:  # of a heading the sentence behind it is wanted too
        behind = dict(pairwise(pieces))
        quotes = [q if len(q) > _HEADING else f"{q}{behind.get(q, '')}" for q in quotes]
    without = ""
    if not sentences:
        without = "，没有写数字" if quotes and not any(map(_FIGURE.search, quotes)) else ""
        quotes = [q for q in quotes if without or _FIGURE.search(q)]
        alike = re.compile(rf"\d(?:余|多|万)?[{counted}]") if counted else _FIGURE
        quotes = [q for q in quotes if alike.search(q)] or quotes
    if not quotes and not sentences:  # 发出问卷150份，收回141份 is more than one clause
        whole = (p for p in _pieces(view, _SENTENCE) if all(w in fold(p) for w in wanted))
        quotes = [p for p in whole if _FIGURE.search(p)]
    if not quotes:
        return None
    shown = [q if len(q) <= _LONGEST else f"{q[:_LONGEST]}……" for q in quotes[:_MOST]]
    rest = f"（共{len(quotes)}处，只列{_MOST}处）" if len(quotes) > _MOST else ""
    head = f"正文写到“{'、'.join(name or wanted)}”的原文如下{rest}{without}："
    return Answer(
        kind="section",
        text="\n".join((head, *(f"“{q}”{verdict_on(view, q, wanted)}" for q in shown))),
        citations=tuple(Citation(quote=q) for q in quotes[:_MOST]),
        context=Conversation(),
    )


def _pieces(view: View, pattern: re.Pattern[str]) -> Iterator[str]:
    report = view.run.report
    for section in report.sections:
        for match in pattern.finditer(report.prose(section)):
            if piece := match[0].strip():
                yield piece
