"""Finds the known wording that a question is nearest to: an edit distance over small grammars.

It answers nothing. What a question says beyond the nearest wording costs as much as it weighs, so
that a word which changes the meaning keeps two questions apart.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from checker.answers.questions import load_questions
from checker.answers.shapes import SLOT, Shape, signs_of
from checker.answers.wording import fold
from checker.domain.base import Frozen
from checker.rulebook.loader import data_file

_CHOICE: Final = re.compile(r"（([^（）]*)）")
_PLAIN: Final = 1.0
_LIGHT: Final = 0.2
_HEAVY: Final = 3.0
_SLOT: Final = 6.0
_TYPED_FOR: Final = 0.4
"""What a character costs that is commonly typed for another."""
_LEAST: Final = 0.001
_MOST: Final = 3
_Row = list[float]
_Segments = tuple[tuple[tuple[str, ...], ...], ...]


class Group(Frozen):
    """Wordings of one question; ``ask`` is the one that the answerer understands."""

    ask: str
    said: tuple[str, ...]


class ParaphraseBook(Frozen):
    """Typed view of ``rules/paraphrases.yaml``.

    Attributes:
        noise: words that are dropped before wordings are compared.
        light, heavy: characters that change nothing, and those that change the meaning.
        alike: words of one meaning; the first stands for all.
        refused: questions that neither the report nor the rules answer.
    """

    noise: tuple[str, ...]
    light: str
    heavy: str
    alike: tuple[tuple[str, ...], ...]
    groups: tuple[Group, ...]
    refused: tuple[str, ...]


load_paraphrases = data_file("paraphrases.yaml", ParaphraseBook)
"""The wordings as shipped."""


class Near(NamedTuple):
    """A wording and how far a question is from it.

    Attributes:
        ask: what to answer instead; empty when it is one that is refused.
        cost: what the two do not share, by weight.
        share: the same in relation to what the question says beside the things it names.
    """

    ask: str
    cost: float
    share: float


class _Wording(NamedTuple):
    """A grammar: in each segment one of several rows of signs."""

    ask: str
    segments: _Segments
    signs: frozenset[str]


def nearest(shape: Shape, *, within: float | None = None) -> tuple[Near, ...]:
    """The nearest wordings, each question of ours once, the nearest first; at most three.

    Args:
        shape: of the question.
        within: only wordings that cost no more; all when None.
    """
    signs = _plain(shape.signs)
    extra = [_weight(s) for s in signs]
    total = sum(extra)
    if all(s.startswith(SLOT[0]) or _weight(s) == _LIGHT for s in signs):
        return ()  # “那第二条呢” says nothing by itself
    found: dict[str, float] = {}
    bound = total if within is None else min(total, within + _LEAST)
    ranked = sorted((_least(signs, extra, w), i) for i, w in enumerate(_wordings()))
    for least, i in ranked:
        if least >= bound:
            break
        wording = _wordings()[i]
        cost = _distance(signs, extra, wording.segments)
        if cost < min(bound, found.get(wording.ask, total)):
            found[wording.ask] = cost
        if len(found) >= _MOST:
            bound = min(bound, sorted(found.values())[_MOST - 1] + _LEAST)
    order = {w.ask: i for i, w in reversed([*enumerate(_wordings())])}
    best = sorted(found.items(), key=lambda item: (item[1], order[item[0]]))[:_MOST]
    said = sum(_weight(s) for s in signs if not s.startswith(SLOT[0]))
    return tuple(Near(ask, cost, cost / said) for ask, cost in best)


def _least(signs: Sequence[str], extra: Sequence[float], wording: _Wording) -> float:
    """A distance that it cannot fall below: the signs that the wording has nowhere."""
    return sum(
        min(weight, _TYPED_FOR) if _twins().get(s, frozenset()) & wording.signs else weight
        for s, weight in zip(signs, extra, strict=True)
        if s not in wording.signs
    )


def _distance(signs: Sequence[str], extra: Sequence[float], segments: _Segments) -> float:
    row: _Row = [0.0]
    for weight in extra:
        row.append(row[-1] + weight)
    for choices in segments:
        rows = [_past(row, choice, signs, extra) for choice in choices]
        row = [min(costs) for costs in zip(*rows, strict=True)]
    return row[-1]


def _past(row: _Row, choice: Sequence[str], signs: Sequence[str], extra: Sequence[float]) -> _Row:
    """The costs once the signs of a choice are passed, for every part of the question."""
    for wanted in choice:
        left_out = _weight(wanted)
        fresh = [row[0] + left_out]
        for i, sign in enumerate(signs):
            swapped = row[i] + _swap(wanted, sign, left_out + extra[i])
            fresh.append(min(swapped, row[i + 1] + left_out, fresh[i] + extra[i]))
        row = fresh
    return row


def _swap(wanted: str, sign: str, both: float) -> float:
    if wanted == sign:
        return 0.0
    return _TYPED_FOR if sign in _twins().get(wanted, frozenset()) else both


@cache
def _weight(sign: str) -> float:
    book = load_paraphrases()
    if sign.startswith(SLOT[0]):
        return _SLOT
    if sign in book.heavy:
        return _HEAVY
    return _LIGHT if sign in book.light else _PLAIN


@cache
def _twins() -> Mapping[str, frozenset[str]]:
    """The characters that are typed for each character."""
    found: dict[str, set[str]] = {}
    for group in load_questions().confusable:
        for char in group:
            found.setdefault(char, set()).update(group.replace(char, ""))
    return {char: frozenset(others) for char, others in found.items()}


@cache
def _wordings() -> tuple[_Wording, ...]:
    book = load_paraphrases()
    known = [(g.ask, said) for g in book.groups for said in (g.ask, *g.said)]
    return tuple(_wording(ask, said) for ask, said in (*known, *(("", r) for r in book.refused)))


def _wording(ask: str, said: str) -> _Wording:
    pieces = _CHOICE.split(said)
    segments = tuple(
        tuple(
            dict.fromkeys(
                _plain(tuple(signs_of(c))) for c in (piece.split("|") if i % 2 else [piece])
            )
        )
        for i, piece in enumerate(pieces)
        if piece or i % 2
    )
    signs = frozenset(s for choices in segments for choice in choices for s in choice)
    return _Wording(ask, segments, signs)


def _plain(signs: tuple[str, ...]) -> tuple[str, ...]:
    """Signs without noise, with one word for those of one meaning."""
    return tuple(_pieces(signs))


def _pieces(signs: Sequence[str]) -> Iterator[str]:
    text = ""
    for sign in (*signs, SLOT):
        if not sign.startswith(SLOT[0]):
            text += sign
            continue
        yield from _said().sub(lambda found: _instead()[found[0]], text)
        text = ""
        if sign != SLOT:
            yield sign


@cache
def _instead() -> Mapping[str, str]:
    book = load_paraphrases()
    alike = {fold(w): fold(words[0]) for words in book.alike for w in words}
    return alike | {fold(w): "" for w in book.noise}


@cache
def _said() -> re.Pattern[str]:
    words = sorted(_instead(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))
