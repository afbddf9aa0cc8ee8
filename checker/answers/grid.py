"""Whether an answer is about everything that a question says: the grid of ``rules/grid.yaml``.

A question of which one word would be left aside is not answered; so an answer is never about
something else.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final, Literal, get_args

from pydantic import field_validator

from checker.answers.parse import Question, TagKind, Token
from checker.answers.questions import Intent
from checker.answers.types import Answer, AnswerKind
from checker.domain.base import Frozen
from checker.rulebook.loader import data_file

Thing = Literal[
    "ordinal", "rule", "table", "section", "place", "number", "topic", "law", "year"
]  # fmt: skip
_PLACES: Final[tuple[TagKind, ...]] = ("row", "column", "group")
_NARROW: Final[tuple[TagKind, ...]] = ("ordinal", "rule")
_FREE: Final[tuple[TagKind, ...]] = ("filler", "compound", "word")
"""Words without meaning of their own, and those that ``parse`` counts as unknown."""


class Square(Frozen):
    """What answers of one kind may be about.

    Attributes:
        aims: what may be asked.
        things: what may be named.
    """

    aims: tuple[Intent, ...]
    things: tuple[Thing, ...]


class Grid(Frozen):
    """Typed view of ``rules/grid.yaml``; a kind of answer that is not in it answers anything.

    Attributes:
        answers: by kind; ``finding/ordinal`` is narrower, where an ordinal is named.
    """

    answers: Mapping[str, Square]

    @field_validator("answers")
    @classmethod
    def _known(cls, answers: Mapping[str, Square]) -> Mapping[str, Square]:
        kinds = get_args(AnswerKind)
        for name in answers:
            kind, _, narrow = name.partition("/")
            if kind not in kinds or (narrow and narrow not in _NARROW):
                allowed = f"{'、'.join(kinds)}，后面可以加 /{'、/'.join(_NARROW)}"
                raise ValueError(f"没有“{name}”这种回答。可用的有：{allowed}")
        return answers


load_grid = data_file("grid.yaml", Grid)
"""The grid as shipped."""


def left_aside(question: Question, found: Answer) -> tuple[str, ...]:
    """The words of a question that an answer of this kind is not about."""
    squares = _squares()
    named = (f"{found.kind}/{kind}" for kind in _NARROW if question.all(kind))
    square = next((squares[n] for n in named if n in squares), squares.get(found.kind))
    if square is None:
        return ()
    return tuple(t.text for t in question.tokens if t.tags and not _is_in(t, square))


def _is_in(token: Token, square: frozenset[str]) -> bool:
    for tag in token.tags:
        kind = "place" if tag.kind in _PLACES else tag.kind
        name = tag.value if kind == "intent" else kind
        if tag.kind in _FREE or name in square:
            return True
    return False


@cache
def _squares() -> Mapping[str, frozenset[str]]:
    grid = load_grid()
    return {kind: frozenset((*s.aims, *s.things)) for kind, s in grid.answers.items()}
