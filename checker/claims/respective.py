"""Figures told in the order of names: 予以公开和部分公开分别为12件、3件."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final, NamedTuple

from checker.claims.sentences import Sentence, unknown_length
from checker.claims.subjects import JOINED, Subject, read_subject
from checker.claims.words import Word, cut
from checker.rulebook.late import late_regex

_IN_ORDER: Final = late_regex("(?:分别|依次)[^,。;:、()0-9]{0,6}$")
_NAMES: Final = late_regex("[^,。;:()0-9]+$")
_CLAUSE_BEFORE: Final = late_regex("[^,。;:()0-9]+,$")
_GLUE: Final = late_regex("[、,和与及]|以及")
_JOINT: Final = late_regex("([^(和及或]+)(?:[和及或]|或者)([^)者]+)")
_LEAST_NAMES: Final = 2
_LEAST_UNKNOWN: Final = 2


class _Run(NamedTuple):
    """Figures that follow each other and the names that they are told of."""

    first: int
    names: tuple[Subject, ...]


def respective(sentence: Sentence, number: int) -> Subject | None:
    """What a figure counts that is told in the order of names; None for others.

    Where the names and the figures do not go together, nothing is known of any of them.
    """
    for run in _runs(sentence):
        if run.first <= number < run.first + len(run.names):
            return run.names[number - run.first]
    return None


@lru_cache(maxsize=4)  # a sentence is asked about once for each of its figures
def _runs(sentence: Sentence) -> tuple[_Run, ...]:
    found: list[_Run] = []
    if "分别" not in sentence.text and "依次" not in sentence.text:
        return ()
    for number, figure in enumerate(sentence.figures):
        start = sentence.figures[number - 1].behind if number else sentence.start
        opened = _IN_ORDER.search(sentence.text, start, figure.start)
        if opened is None:
            continue
        count = _length(sentence, number)
        groups = _groups(sentence, start, opened.start())
        if count < _LEAST_NAMES or len(groups) < _LEAST_NAMES:
            continue
        behind = sentence.words_between(opened.start(), figure.start)
        names = _subjects(sentence, groups, behind)
        known = names if len(names) == count else (Subject(residue=True),) * count
        found.append(_Run(number, known))
    return tuple(found)


def _length(sentence: Sentence, first: int) -> int:
    """How many figures follow each other from one on, with nothing but 、 or 和 between."""
    figures = sentence.figures
    last = first
    while last + 1 < len(figures) and _GLUE.fullmatch(
        sentence.text, figures[last].behind, figures[last + 1].start
    ):
        last += 1
    return last - first + 1


def _groups(sentence: Sentence, start: int, place: int) -> list[tuple[Word, ...]]:
    """The words of each name that stands before 分别, in its clause or in the one before."""
    said = _NAMES.search(sentence.text, start, place)
    if said is None:
        said = _CLAUSE_BEFORE.search(sentence.text, start, place)
    if said is None:
        return []
    groups: list[list[Word]] = [[]]
    for word in sentence.words_between(said.start(), place):
        if word.text in JOINED:
            groups.append([])
            continue
        first, *others = _parted(sentence, word)
        groups[-1] += first
        groups += others
    return [tuple(g) for g in groups if g]


def _parted(sentence: Sentence, word: Word) -> list[list[Word]]:
    """予以公开和部分公开 is one word of the dictionary, and two names here."""
    joint = _JOINT.fullmatch(word.text) if word.has("stage", "granted_or_partially") else None
    if joint is None:
        return [[word]]
    spans = [(word.start + joint.start(n), word.start + joint.end(n)) for n in (1, 2)]
    return [list(cut(sentence.text, *span)) for span in spans]


def _subjects(
    sentence: Sentence, groups: Sequence[tuple[Word, ...]], behind: Sequence[Word]
) -> tuple[Subject, ...]:
    """What each name says; what the last one or the verb behind 分别 says is said of all."""
    read = [read_subject(g) for g in groups]
    last, told = read[-1], read_subject(behind)
    names: list[Subject] = []
    for group, name in zip(groups, read, strict=True):
        unknown = unknown_length(group, sentence.figures) >= _LEAST_UNKNOWN
        topics = name.topics or last.topics or told.topics
        stages = name.stages or told.stages
        names.append(
            replace(
                name,
                topics=topics,
                stages=stages,
                action=name.action or told.action,
                own_topic=bool(topics),
                residue=unknown or name.empty,
            )
        )
    return tuple(names)
