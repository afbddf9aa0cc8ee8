"""Splits a line without marks into cells by its spaces, labels and figures."""

import re
from typing import Literal, NamedTuple

from checker.readers.plain_labels import (
    is_fragment,
    is_sentence,
    is_value,
    known,
    label_run,
    may_begin,
)
from checker.rulebook.heading_figures import heading_before, heading_figure

TokenKind = Literal["text", "value", "pair", "glued"]

_GAP = re.compile(r"[ \u00a0\u2002\u2003]{2,}|[ \u00a0]*[\t\u3000]\s*")
_WORD = re.compile(r"\S+")
_UNIT = re.compile(r"[十百千万亿]{0,2}元|[件条宗项]")
_GLUED = re.compile(
    r"(?P<label>.*[^\d.,．，０-９+\-])(?P<digits>[+\-]?\d[\d.,+\-]*(?:[十百千万亿]{0,2}元)?)",
    re.ASCII | re.DOTALL,
)
_MOST_JOINED = 6
_LONGEST_GLUED = 120
_LEAST_LOOSE_VALUES = 3
_LEAST_NAMED = 2  # labels side by side, so that one between them that nobody knows is one too


class Token(NamedTuple):
    """A cell or a part of one.

    Attributes:
        at: offset in its line, where it begins.
        end: offset behind it.
        kind: ``text``, ``value``, ``pair`` (two figures or one broken by a space) or ``glued``
            (figures of several cells without a space).
    """

    text: str
    at: int
    end: int
    kind: TokenKind = "text"


def tokenise(line: str) -> tuple[Token, ...]:
    """The cells of a line, left to right."""
    out: list[Token] = []
    start = len(line) - len(line.lstrip())
    body = line.rstrip()
    spaced = len(body.split(maxsplit=1)) > 1  # most lines of prose are not
    for gap in _GAP.finditer(body, start) if spaced else ():
        out += _chunk(body[start : gap.start()], start)
        start = gap.end()
    out += _chunk(body[start:], start)
    return tuple(_joined(_first_figure(out))) if len(out) > 1 else tuple(out)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a stretch; a unit behind a space belongs to its figure (120.5 万元)."""
    return tuple(word.text for word in _words(text, 0))


def _words(text: str, at: int) -> list[Token]:
    out: list[Token] = []
    for found in _WORD.finditer(text):
        if out and _UNIT.fullmatch(found.group()) and is_value(out[-1].text):
            first = out.pop().at - at
            out.append(_token(text[first : found.end()], at + first))
        else:
            out.append(_token(found.group(), at + found.start()))
    return out


def _first_figure(tokens: list[Token]) -> list[Token]:
    """A piece of a label parted from the first figure of its row by one space only."""
    first, *others = tokens
    head, _, figure = first.text.rpartition(" ")
    figures = len(others) >= _LEAST_LOOSE_VALUES - 1 and all(t.kind != "text" for t in others)
    if first.kind != "text" or not figures or not is_value(figure) or not is_fragment(head):
        return tokens
    return [_token(head, first.at), _token(figure, first.end - len(figure), "value"), *others]


def _token(text: str, at: int, kind: TokenKind = "text") -> Token:
    return Token(text, at, at + len(text), kind)


def _chunk(text: str, at: int) -> list[Token]:
    """A stretch with at most single spaces inside."""
    named = heading_figure(text)
    if not text or (known(text) is not None and (named is None or not named.apart)):
        return [_token(text, at)] if text else []
    words = _words(text, at)
    figures = sum(is_value(word.text) for word in words)
    if figures == len(words) == 2:
        return [_token(text, at, "pair")]
    if figures == len(words) > 1:
        return [word._replace(kind="value") for word in words]
    if is_value(text):
        return [_token(text, at, "value")]
    if len(words) > 1:
        return _label_and_figures(text, at, words) or _fragments(text, at, words)
    return _run_together(text, at)


def _label_and_figures(text: str, at: int, words: list[Token]) -> list[Token]:
    """Labels with figures behind them, parted by single spaces; nothing when it is not so."""
    count = 0
    while count < len(words) - 1 and is_value(words[-1 - count].text):
        count += 1
    if not count:
        return []
    head = text[: words[-count - 1].end - at]
    texts = [_token(head, at)]
    begun = is_fragment(head) and may_begin(head)  # it goes on in the next line
    if known(head) is None and not begun:
        texts = _joined(words[:-count])
        if any(known(token.text) is None and not is_value(token.text) for token in texts):
            if count < _LEAST_LOOSE_VALUES or is_sentence(head):
                return []
            texts = _behind_groups(texts, text, at)
    if count == 2:
        first = words[-count].at
        return [*texts, _token(text[first - at :], first, "pair")]
    return [*texts, *(word._replace(kind="value") for word in words[-count:])]


def _behind_groups(labels: list[Token], text: str, at: int) -> list[Token]:
    """Headings of groups in front, and all that stands behind them as one label."""
    first = 0
    while first < len(labels) - 1 and _is_group(labels[first].text):
        first += 1
    start = labels[first].at
    return [*labels[:first], _token(text[start - at : labels[-1].end - at], start)]


def _is_group(text: str) -> bool:
    found = known(text)
    return found is not None and found.kinds == {"group"}


def _fragments(text: str, at: int, words: list[Token]) -> list[Token]:
    """Parts of several labels side by side, or one text."""
    if not is_fragment(text) and all(is_fragment(word.text) for word in words):
        return words
    labels = _joined(words)
    named = sum(known(label.text) is not None for label in labels)
    return labels if named >= _LEAST_NAMED and 2 * named > len(labels) else [_token(text, at)]


def _run_together(text: str, at: int) -> list[Token]:
    """Cells without anything between them: labels in a row, a label and its figures."""
    if len(text) > _LONGEST_GLUED or is_fragment(text):
        return [_token(text, at)]
    glued = _GLUED.fullmatch(text)
    label = glued["label"] if glued else text
    run = [_token(part.text, at + part.at) for part in label_run(label)]
    if glued is None or (not run and known(label) is None):
        return run or [_token(text, at)]
    digits = _token(glued["digits"], at + glued.start("digits"), "glued")
    return [*(run or [_token(label, at)]), digits]


def _joined(tokens: list[Token]) -> list[Token]:
    """Neighbours that are one label with a space inside, e.g. 总 计, become one token."""
    out: list[Token] = []
    index = 0
    while index < len(tokens):
        size = _size_of_label(tokens, index)
        pieces = tokens[index : index + size]
        text = " ".join(piece.text for piece in pieces)
        out.append(Token(text, pieces[0].at, pieces[-1].end, pieces[0].kind))
        index += size
    return out


def _size_of_label(tokens: list[Token], index: int) -> int:
    """How many tokens from here make one official label; 1 when they make none."""
    pair = tokens[index : index + 2]
    if all(token.kind == "text" for token in pair) and heading_before(
        " ".join(t.text for t in pair)
    ):
        return len(pair)
    if tokens[index].kind != "text" or known(tokens[index].text) is not None:
        return 1
    text, best = "", 1
    for size, token in enumerate(tokens[index : index + _MOST_JOINED], start=1):
        text += token.text
        if token.kind != "text" or not may_begin(text):
            break
        if size > 1 and known(text) is not None:
            best = size
    return best
