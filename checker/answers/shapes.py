"""A question as a row of signs: its characters, and one sign for each thing that it names.

So two questions about different rows, findings or tables can be held against one wording.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from checker.answers.parse import Question, TagKind, Token
from checker.answers.wording import fold

SLOT: Final = "【】"
_PLACES: Final[tuple[TagKind, ...]] = ("row", "column", "group")
_NAMED: Final[tuple[tuple[str, tuple[TagKind, ...]], ...]] = (
    ("条", ("ordinal",)),
    ("规则", ("rule",)),
    ("表", ("table",)),
    ("格", _PLACES),
    ("部分", ("section",)),
    ("数", ("number",)),
    ("年", ("year",)),
    ("法", ("law",)),
    ("题", ("topic",)),
)
_OF_CELLS: Final = "C"
"""Rules about cells: 空白, 没填 are said of a cell and are no subject of their own."""
_DIGITS: Final = re.compile(r"\d+(?:\.\d+)?")
_JOINING: Final = frozenset("的那这行列里格组项栏块")
"""Between two words that name one cell: 不掌握那行的总计."""


class Shape(NamedTuple):
    """A question without what it names.

    Attributes:
        signs: characters, and ``【格】`` and the like.
        named: what the signs in 【】 stand for, in order, with the kind of each.
    """

    signs: tuple[str, ...]
    named: tuple[tuple[str, str], ...]


def shape_of(question: Question) -> Shape:
    """The shape of a question that was cut into words."""
    signs: list[str] = []
    named: list[tuple[str, str]] = []
    for token in question.tokens:
        kind = _kind(token)
        if kind is None:
            signs += signs_of(token.text)
            named += [("数", n) for n in _DIGITS.findall(token.text)]
            continue
        start = _joined_from(signs) if kind == "格" else None
        if start is None:
            signs.append(sign(kind))
            named.append((kind, token.text))
        else:
            between = "".join(signs[start + 1 :])
            del signs[start + 1 :]
            named[-1] = (kind, f"{named[-1][1]}{between}{token.text}")
    return Shape((*signs, *question.ending), tuple(named))


def _kind(token: Token) -> str | None:
    for kind, tags in _NAMED:
        values = [v for tag in tags for v in token.values(tag)]
        if kind == "题":
            values = [v for v in values if not v.startswith(_OF_CELLS)]
        if values:
            return kind
    return None


def _joined_from(signs: Sequence[str]) -> int | None:
    """Where the words begin that another word goes on to name the same cell."""
    at = len(signs) - 1
    while at >= 0 and signs[at] in _JOINING:
        at -= 1
    return at if at >= 0 and signs[at] == sign("格") else None


def sign(kind: str) -> str:
    """The sign for a thing of some kind."""
    return f"{SLOT[0]}{kind}{SLOT[1]}"


def signs_of(text: str) -> Iterator[str]:
    """The signs of a wording, folded as questions are; a number in it may be any number."""
    before, opened, rest = text.partition(SLOT[0])
    for i, piece in enumerate(_DIGITS.split(fold(before))):
        yield from (sign("数"),) * (i > 0)
        yield from piece
    if opened:
        name, _, behind = rest.partition(SLOT[1])
        yield sign(name)
        yield from signs_of(behind)


def filled(text: str, named: Sequence[tuple[str, str]]) -> str:
    """A wording of ours with what a question names."""
    for kind, said in named:
        text = text.replace(sign(kind), said, 1)
    return text
