"""Labels that a text tool broke over several lines, put together where an official one results."""

from collections.abc import Sequence
from typing import NamedTuple

from checker.readers.plain_labels import key, known, labels
from checker.readers.plain_tokens import Token

_REACH = 24
_GAP = 2
_VERTICAL_GAP = 5
_TOLERANCE = 1


class TokenLine(NamedTuple):
    """The tokens of a line that is not empty, and the line itself."""

    tokens: tuple[Token, ...]
    page: int | None = None
    text: str = ""

    @property
    def valued(self) -> bool:
        """Whether figures stand in it."""
        return any(token.kind != "text" for token in self.tokens)


class _Place(NamedTuple):
    """Index of a line and of a token in it."""

    line: int
    token: int


class _Chain(NamedTuple):
    """Pieces of one label."""

    places: tuple[_Place, ...]


def join_labels(lines: Sequence[TokenLine]) -> tuple[TokenLine, ...]:
    """The same lines with broken labels joined.

    A joined label stands in the line with its figures when they are printed beside its pieces,
    otherwise in the line of its first piece. Pieces are joined only when the whole is an
    official label; in lines of several cells they must stand below each other.
    """
    stream = all(len(line.tokens) == 1 for line in lines)
    rows: list[list[Token | None]] = [list(line.tokens) for line in lines]
    moved: list[list[Token]] = [[] for _ in lines]
    for at, line in enumerate(lines):
        for position, token in enumerate(line.tokens):
            if rows[at][position] is None or token.kind != "text":
                continue
            chain = _chain(rows, lines, _Place(at, position), stream=stream)
            if len(chain.places) < 2:
                continue
            pieces = [rows[i][j] for i, j in chain.places]
            for i, j in chain.places:
                rows[i][j] = None
            whole = _whole([piece for piece in pieces if piece is not None])
            moved[_home(lines, rows, chain)].append(whole)
    out = (
        TokenLine(
            tuple(sorted((t for t in (*row, *extra) if t), key=_place)),
            line.page,
            line.text,
        )
        for row, extra, line in zip(rows, moved, lines, strict=True)
    )
    return tuple(line for line in out if line.tokens)


def _place(token: Token) -> tuple[int, bool]:
    """Order in a line: a label stands before figures that begin where it does."""
    return token.at, token.kind != "text"


def _whole(pieces: Sequence[Token]) -> Token:
    text = "\n".join(piece.text for piece in pieces)
    return Token(text, min(p.at for p in pieces), max(p.end for p in pieces))


def _home(lines: Sequence[TokenLine], rows: list[list[Token | None]], chain: _Chain) -> int:
    """The line in which a joined label belongs: that with its figures, else its first one."""
    for at, position in chain.places:
        behind = lines[at].tokens[position + 1 :]
        if behind and all(token.kind != "text" for token in behind):
            return at
    for index in range(chain.places[0].line, chain.places[-1].line + 1):
        if lines[index].valued and not any(map(_names_row, rows[index])):
            return index
    return chain.places[0].line


def _names_row(token: Token | None) -> bool:
    found = known(token.text) if token is not None and token.kind == "text" else None
    return found is not None and "row" in found.kinds


def _chain(
    rows: list[list[Token | None]], lines: Sequence[TokenLine], start: _Place, *, stream: bool
) -> _Chain:
    """The longest official label that begins with a token and goes on in the lines below."""
    at, position = start
    first = rows[at][position]
    if first is None or key(first.text) not in labels().prefixes:
        return _Chain(())
    whole = known(first.text) is not None
    text = key(first.text)
    places = [start]
    best = 1
    span = first
    gap, limit = 0, 0 if stream else (_GAP if len(text) > 1 else _VERTICAL_GAP)
    for index in range(at + 1, min(at + _REACH, len(rows))):
        # on another page the same column may begin elsewhere
        turned = lines[index].page != lines[places[-1].line].page
        found = _below(rows[index], text, span, stream=stream or turned, whole=whole)
        if found is None:
            gap += 1
            if gap > limit:
                break
            continue
        token = rows[index][found]
        if token is None:
            break
        text += key(token.text)
        places.append(_Place(index, found))
        span = token if turned else _whole((span, token))
        gap = 0
        if text in labels().known:
            best = len(places)
    return _Chain(tuple(places[:best]))


def _below(
    row: list[Token | None], text: str, span: Token, *, stream: bool, whole: bool
) -> int | None:
    """The token of a line that continues the label; a complete label only takes loose parts."""
    for index, token in enumerate(row):
        if token is None or token.kind != "text":
            continue
        beside = token.at > span.end + _TOLERANCE or token.end < span.at - _TOLERANCE
        if beside and not stream:
            continue
        if whole and known(token.text) is not None:
            continue
        if text + key(token.text) in labels().prefixes:  # a quotation mark of its own adds nothing
            return index
    return None
