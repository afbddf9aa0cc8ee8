"""Order in tables whose columns are kept apart by spaces: widths, heads, figures of a row."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from checker.readers.plain_glued import split_by_totals
from checker.readers.plain_join import TokenLine
from checker.readers.plain_labels import known
from checker.readers.plain_padding import Context
from checker.readers.plain_region import Misgiving, Row
from checker.readers.plain_tokens import Token, words_of

_LEAST_COLUMNS = 3


class Read(NamedTuple):
    """The rows of a table and what is doubtful about them."""

    rows: tuple[Row, ...]
    misgivings: tuple[Misgiving, ...]


def measured(lines: Sequence[TokenLine]) -> tuple[TokenLine, ...]:
    """The lines with offsets in the measure that lines the figures up.

    Some tools pad by characters, others count a Chinese character as two columns.
    """
    wide = tuple(_in_columns(line) for line in lines)
    return wide if _spread(wide) < _spread(lines) else tuple(lines)


def _in_columns(line: TokenLine) -> TokenLine:
    widths = (2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line.text)
    place = [0, *accumulate(widths)]
    return line._replace(
        tokens=tuple(t._replace(at=place[t.at], end=place[t.end]) for t in line.tokens)
    )


def _spread(lines: Sequence[TokenLine]) -> int:
    """How far the figures of the rows are from standing below each other."""
    rows = [[t for t in line.tokens if t.kind == "value"] for line in lines]
    sizes = Counter(len(row) for row in rows if len(row) >= _LEAST_COLUMNS)
    if not sizes:
        return 0
    size = sizes.most_common(1)[0][0]
    alike = [row for row in rows if len(row) == size]
    return sum(_distance(alike, column) for column in range(size))


def _distance(rows: Sequence[Sequence[Token]], column: int) -> int:
    """Left, right or centre: figures of a column share one of them."""
    measures: tuple[Callable[[Token], int], ...] = (
        lambda t: 2 * t.at,
        lambda t: 2 * t.end,
        lambda t: t.at + t.end,
    )
    spreads = ([measure(row[column]) for row in rows] for measure in measures)
    return min(max(places) - min(places) for places in spreads)


def ordered_heads(lines: Sequence[TokenLine]) -> tuple[TokenLine, ...]:
    """The lines with the column labels of a head of several lines in one line, left to right."""
    out: list[TokenLine] = []
    head: list[TokenLine] = []
    for line in lines:
        if line.valued:
            out += _one_head(head)
            head = []
            out.append(line)
        else:
            head.append(line)
    return (*out, *_one_head(head))


def _one_head(lines: Sequence[TokenLine]) -> list[TokenLine]:
    """Lines between figures; heads of one line, or of a cell per line, stay as they are."""
    with_heads = [i for i, line in enumerate(lines) if any(map(_is_head, line.tokens))]
    if len(with_heads) < 2 or all(len(line.tokens) == 1 for line in lines):
        return list(lines)
    heads = _heads([lines[i] for i in with_heads])
    if any(left.end > right.at for left, right in pairwise(heads)):
        # Labels that cover each other are not set in columns: their place says nothing.
        return list(lines)
    out: list[TokenLine] = []
    for index, line in enumerate(lines):
        others = tuple(t for t in line.tokens if t not in heads or index not in with_heads)
        if others:
            out.append(line._replace(tokens=others))
        if index == with_heads[-1]:
            out.append(TokenLine(heads, line.page))
    return out


def _heads(lines: Sequence[TokenLine]) -> tuple[Token, ...]:
    """The column labels of these lines, left to right, with unknown ones between or behind them."""
    known_heads = [t for line in lines for t in line.tokens if _is_head(t)]
    first = min(t.at for t in known_heads)
    unknown = (
        t
        for line in lines
        for t in line.tokens
        if t.kind == "text" and known(t.text) is None and t.at > first
    )
    return tuple(sorted((*known_heads, *unknown), key=lambda t: t.at))


def _is_head(token: Token) -> bool:
    found = known(token.text) if token.kind == "text" else None
    return found is not None and found.kinds == {"column"}


def rows_of(lines: Sequence[TokenLine]) -> Read:
    """The printed rows; figures on a line of their own belong to the row label above them."""
    context = Context()
    rows: list[Row] = []
    misgivings: list[Misgiving] = []
    for line in lines:
        for token in line.tokens:
            if token.kind == "text":
                context.see(token.text)
        cells: list[str] = []
        label = _last_text(line.tokens) or (rows[-1].cells[-1] if rows else "")
        for token in line.tokens:
            figures = _figures(token, line, context)
            if figures is None:
                misgivings.append(_lost(label, token.text))
            cells += figures or ()
        alone = bool(cells) and all(t.kind != "text" for t in line.tokens) and len(cells) > 1
        if alone and rows and _awaits_figures(rows[-1]):
            rows[-1] = Row((*rows[-1].cells, *cells), rows[-1].page)
        elif cells:
            rows.append(Row(tuple(cells), line.page))
    return Read(tuple(rows), tuple(misgivings))


def _last_text(tokens: Sequence[Token]) -> str:
    return next((t.text for t in reversed(tokens) if t.kind == "text"), "")


def _awaits_figures(row: Row) -> bool:
    """Whether a row is the label of a row and nothing else."""
    found = known(row.cells[-1])
    return len(row.cells) == 1 and found is not None and "row" in found.kinds


def _figures(token: Token, line: TokenLine, context: Context) -> tuple[str, ...] | None:
    """The cells that a token holds; None when figures cannot be told apart."""
    if token.kind == "text":
        return (token.text,)
    expected = context.expected()
    if token.kind == "pair":
        others = sum(t.kind == "value" for t in line.tokens)
        pairs = sum(t.kind == "pair" for t in line.tokens)
        if expected is not None and others + 2 * pairs == expected:
            return words_of(token.text)
        return (token.text,)
    if token.kind == "value" and (not context.totals() or len(token.text) < sum(context.totals())):
        return (token.text,)
    return _glued(token, line, context)


def _glued(token: Token, line: TokenLine, context: Context) -> tuple[str, ...] | None:
    """The cells of figures without a space, which a line of figures alone may be as well."""
    expected = context.expected()
    alone = sum(t.kind != "text" for t in line.tokens) == 1
    if token.kind == "glued" and expected == 1:
        return (token.text,)
    if expected == len(token.text) and set(token.text) == {"0"}:
        return tuple(token.text)
    cells = split_by_totals(token.text, context.totals()) if alone and context.totals() else None
    if cells is None and token.kind == "value":
        return (token.text,)
    return cells


def _lost(label: str, figures: str) -> Misgiving:
    message = f"“{label}”后面的“{figures}”几格连在一起，分不清各格是多少，没有读入，请核对原文。"
    return Misgiving("unassigned_numbers", message, f"{label}{figures}")
