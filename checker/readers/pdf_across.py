"""Table 四 without ruling lines: three groups of heads above one line of figures.

Labels are over the columns that they overlap. The heads repeat from group to group, so the
columns of each group are known as soon as its label is over one of them.
"""

from collections.abc import Sequence

from checker.readers.pdf_blocks import Head, head_of, unknown_heads
from checker.readers.pdf_cells import UNREADABLE
from checker.readers.pdf_chains import Label, Labelled
from checker.readers.pdf_columns import Span, columns_of, is_one_row, overlap, tokens_of
from checker.readers.pdf_pieces import Piece
from checker.readers.pdf_placed import Placed, Reading, figure_cell
from checker.readers.plain_labels import key

_LEAST_GROUPS = 2
# The line of figures is so near below the heads, in widths of a character.
_REACH = 8.0
# Lines of one cell follow each other within so many widths of a character.
_PITCH = 2.8
# What stands in no cell makes all figures doubtful when it is so near.
_NEAR = 4.0


def reads_across(found: Labelled) -> bool:
    """Whether these are the labels of table 四, groups side by side."""
    groups = _groups(found)
    level = [g for g in groups if not any(p.is_figure and _beside(p, g) for p in found.rest)]
    return len(level) >= _LEAST_GROUPS


def _groups(found: Labelled) -> list[Label]:
    return [g for g in found.labels if g.is_only("appeals") and g.is_kind("row")]


def _beside(piece: Piece, label: Label) -> bool:
    return label.covers(piece) and piece.x0 >= label.x1


def read_across(found: Labelled) -> Reading:
    """Read table 四.

    Args:
        found: labels of which ``reads_across`` says that they are this table.
    """
    groups = sorted(_groups(found), key=lambda g: g.x0)
    known = [h for h in found.labels if h.is_kind("column")]
    others = [b for b in found.labels if b not in groups and b not in known]
    row, lost = _figures(found.rest, known)
    heads = _heads(known, [p for p in lost if not p.is_figure])
    lost = [p for p in lost if not any(p in head.pieces for head in heads)]
    size = _columns_of_a_group(groups, heads)
    blank = not row and any(p.is_figure for p in lost)
    clear = size is not None and not blank and not any(_is_close(p, known, row) for p in lost)
    cells = [Placed(o.text, 0, i) for i, o in enumerate(others)]
    cells += [Placed(g.text, 1, i * (size or 1), size or 1) for i, g in enumerate(groups)]
    cells += [Placed(h.text, 2, i) for i, h in enumerate(heads)]
    spans = [Span(h.x0, h.x1) for h in heads]
    cells += _values(row, spans) if clear else [_unreadable(row, len(heads))]
    return Reading(tuple(cells), tuple(lost), tuple(h.text for h in heads if not h.known))


def _figures(rest: Sequence[Piece], heads: Sequence[Label]) -> tuple[list[Piece], list[Piece]]:
    """The row of figures below the heads, over as many lines as its cells wrap; and the rest.

    A figure alone far below may be the number of the page.
    """
    end = max((h.last + 0.5 * h.em for h in heads), default=0.0)
    row: list[Piece] = []
    for piece in sorted((p for p in rest if p.cy > end and p.is_figure), key=lambda p: p.cy):
        if row and piece.cy - row[-1].cy > _PITCH * piece.em:
            break
        row.append(piece)
    far = bool(row) and row[0].cy - end > _REACH * row[0].em
    row = [] if far and len(row) < _LEAST_GROUPS else row
    return row, [p for p in rest if p not in row]


def _heads(known: Sequence[Label], texts: Sequence[Piece]) -> list[Head]:
    """Heads from left to right, with those between them that no form knows."""
    spans = [_span(h) for h in known]
    top = min((h.first - 0.5 * h.em for h in known), default=0.0)
    end = max((h.last + 0.5 * h.em for h in known), default=0.0)
    unknown = unknown_heads([p for p in texts if top < p.cy < end], spans)
    return sorted([*map(head_of, known), *unknown], key=lambda h: h.x0)


def _columns_of_a_group(groups: Sequence[Label], heads: Sequence[Head]) -> int | None:
    """How many columns each group has, if heads and labels leave no doubt about it."""
    size, surplus = divmod(len(heads), len(groups))
    names = [key(h.text) for h in heads]
    parts = [names[i : i + size] for i in range(0, len(names), size)] if size else []
    if surplus or not size or len(set(parts[0])) < size or any(p != parts[0] for p in parts):
        return None
    for number, group in enumerate(groups):
        over = {i // size for i, h in enumerate(heads) if overlap(_span(group), Span(h.x0, h.x1))}
        if over != {number}:
            return None
    return size


def _span(label: Label) -> Span:
    return Span(label.x0, label.x1)


def _is_close(piece: Piece, heads: Sequence[Label], row: Sequence[Piece]) -> bool:
    """Whether a piece in no cell is among the heads and figures, or a figure close to them."""
    places = [h.last for h in heads] + [p.cy for p in row]
    if piece.is_figure:
        return any(abs(piece.cy - place) < _NEAR * piece.em for place in places)
    low = max(g.first for g in heads) if heads else 0.0
    return low - 0.5 * piece.em < piece.cy < max(places, default=0.0) + 0.5 * piece.em


def _unreadable(row: Sequence[Piece], columns: int) -> Placed:
    text = " ".join(p.text for p in sorted(row, key=lambda p: p.x0))
    return Placed(f"{UNREADABLE}{text}", 3, 0, max(columns, 2))


def _values(row: Sequence[Piece], spans: Sequence[Span]) -> list[Placed]:
    tokens = tokens_of(row)
    places = columns_of(spans, [tokens], complete=True)[0]
    doubtful = {c for columns in places if len(columns) != 1 for c in columns}
    if not all(places) or not is_one_row(tokens, places):
        return [_unreadable(row, len(spans))]
    cells: list[Placed] = []
    for column in range(len(spans)):
        mine = [t for t, columns in zip(tokens, places, strict=True) if column in columns]
        cells.append(figure_cell(mine, 3, column, doubtful=column in doubtful))
    return cells
