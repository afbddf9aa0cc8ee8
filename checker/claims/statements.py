"""Statements without a figure, and the clauses in which they stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

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


class Told(NamedTuple):
    """A figure or an absence of the sentence.

    Attributes:
        some: the figure as printed when it counts only some of what its cells count; else empty.
    """

    place: int
    subject: Subject
    some: str = ""


def _asked(subject: Subject) -> bool:
    return subject.topic == "requests" and bool(subject.stages)


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a sentence spoke of, by place.

    Attributes:
        earlier: the subject of a table that was spoken of before the sentence.
        told: what the sentence counts, in order.
    """

    earlier: Subject
    told: tuple[Told, ...]

    def before(self, place: int) -> tuple[Subject, ...]:
        """All subjects up to a place, the last one last."""
        return (self.earlier, *(t.subject for t in self.told if t.place < place))

    def stages(self, start: int, end: int) -> set[str]:
        """All stages that were counted between two places."""
        return {v for t in self.told if start <= t.place < end for v in t.subject.stages}

    def base(self, start: int, end: int) -> Subject:
        """What the clause itself counts before the universal word."""
        inside = [t.subject for t in self.told if start <= t.place < end]
        return inside[-1] if inside else Subject()

    def only_old(self, place: int) -> bool:
        """对上年结转的5件申请，均已答复: of applications it counted only those carried over."""
        asked = [t.subject.stages for t in self.told if t.place < place and _asked(t.subject)]
        return bool(asked) and all(s == ("carried_over_in",) for s in asked)

    def part(self, place: int, topics: tuple[str, ...]) -> str:
        """What was counted last when it is only some of what the tables count, as printed."""
        said = [t for t in self.told if t.place < place and t.subject.topics]
        last = said[-1] if said else None
        same = last is not None and bool(set(last.subject.topics) & set(topics))
        return last.some if last is not None and same else ""


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
