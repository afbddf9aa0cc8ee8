"""Statements without a figure, and the clauses in which they stand."""

from collections.abc import Iterator
from dataclasses import dataclass

from checker.claims.judge import unread
from checker.claims.sentences import Segment, Sentence
from checker.claims.subjects import Subject
from checker.claims.targets import Tables, Target
from checker.domain.claim import ClaimCheck, ClaimTest
from checker.rulebook.reasons import load_reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """An absence or a universal, with the word that states it.

    Attributes:
        start, end: the word in the folded passage.
    """

    start: int
    end: int
    subject: Subject
    check: ClaimCheck


def clauses(sentence: Sentence) -> Iterator[tuple[Segment, ...]]:
    """Segments grouped by comma: an enumeration with 、 is one clause."""
    group: list[Segment] = []
    for segment in sentence.segments:
        if group and segment.mark != "、":
            yield tuple(group)
            group = []
        group.append(segment)
    if group:
        yield tuple(group)


def unheld(target: Target | None, test: ClaimTest, tables: Tables) -> ClaimCheck | None:
    """Why a statement cannot be held against its cells; None when it can."""
    if target is None:
        return ClaimCheck(test=test, verdict="not_enough_info", reason=load_reasons().missing(""))
    if tables.holding(target).value is not None:
        return None
    return unread(test, target)
