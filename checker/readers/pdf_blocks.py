"""Labels of an unruled table and what stands beside them: heads, rows, groups.

A label fills no more than its own row, so what stands at its height is in its row. What stands at
the height of no label is lost, and nothing is called blank beside what is lost.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from checker.readers.pdf_chains import Label, Labelled
from checker.readers.pdf_columns import Span, is_level, overlap
from checker.readers.pdf_lines import join_lines
from checker.readers.pdf_pieces import Piece
from checker.readers.plain_labels import is_fragment, key
from checker.rulebook import LabelSpec, load_forms

_ORDINAL = re.compile(r"^(?:[（(][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+、|\d[.．])")
# Shorter texts without an ordinal may be other labels.
_TELLING = 4
# Lines of one label follow each other within so many widths of a character.
_PITCH = 2.2


@dataclass
class Row:
    """A printed row.

    Attributes:
        label: the pieces of its label.
        first: centre of the first line of the label; ``last`` that of the last one.
        left: where the label begins; ``right`` where it ends.
        known: the label is one of a form.
        groups: labels over several rows that stand beside this one.
        pieces: what stands right of the label.
        near: figures between this row and the next one that may belong to it.
        unsure: its figures are not certain.
    """

    text: str
    label: tuple[Piece, ...]
    first: float
    last: float
    left: float
    right: float
    em: float
    known: bool = True
    groups: list[Label] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    near: list[Piece] = field(default_factory=list)
    unsure: bool = False

    def holds(self, piece: Piece) -> bool:
        """Whether the piece stands right of the label at its height."""
        return piece.x0 >= self.right - 1 and self.distance(piece) == 0

    def distance(self, piece: Piece) -> float:
        """How far above or below the row the piece stands at least, in widths of a character."""
        away = max(self.first - piece.cy, piece.cy - self.last, 0.0) / self.em
        return max(away - 0.5, 0.0)


class Head(NamedTuple):
    """The head of a column.

    Attributes:
        end: where its last line ends.
        known: it is a label of a form.
        vague: it may be the heads of several columns.
        pieces: of an unknown one.
    """

    text: str
    x0: float
    x1: float
    end: float
    known: bool = True
    vague: bool = False
    pieces: tuple[Piece, ...] = ()


@dataclass
class Block:
    """Rows below the same heads.

    Attributes:
        top: where it begins.
        title: a line over all columns (第二十条第（一）项).
        over: other labels among the heads: the corner, labels over several columns.
        notes: texts that name no column.
        unread: among the heads stands a part of a label, perhaps of a column.
    """

    top: float
    title: Label | None = None
    over: list[Label] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unread: bool = False

    @property
    def left(self) -> float:
        """Where the columns of figures begin, at the latest."""
        return min((h.x0 for h in self.heads), default=float("inf"))

    @property
    def head_end(self) -> float:
        """Where the heads end, or the first row begins if there are none."""
        first = min((r.first - 0.5 * r.em for r in self.rows), default=float("inf"))
        return min(max((h.end for h in self.heads if h.known), default=first), first)


class Arranged(NamedTuple):
    """All blocks from top to bottom, and the pieces that stand in none of their cells."""

    blocks: tuple[Block, ...]
    lost: tuple[Piece, ...]


@cache
def _columns_of_forms() -> tuple[tuple[frozenset[str], ...], ...]:
    """The wordings of all columns of each block of the forms."""
    found: list[tuple[frozenset[str], ...]] = []
    for form in load_forms().values():
        for table in form.tables:
            for block in table.blocks:
                specs = [spec for spec in table.columns if spec.id in block.columns]
                found.append(tuple(frozenset(map(key, _wordings(spec))) for spec in specs))
    return tuple(found)


def are_complete(heads: Sequence[Head]) -> bool:
    """Whether the heads are those of all columns, some perhaps under another name."""
    known = {key(h.text) for h in heads if h.known}
    return any(
        len(columns) == len(heads)
        and len(known) == sum(h.known for h in heads)
        and all(any(name in column for column in columns) for name in known)
        for columns in _columns_of_forms()
    )


@cache
def _members() -> dict[str, frozenset[str]]:
    """Labels of a group by the label of the group, over all forms."""
    found: dict[str, set[str]] = {}
    for form in load_forms().values():
        for table in form.tables:
            for group in table.groups:
                inside = [
                    *(spec for spec in table.rows if spec.group == group.id),
                    *(spec for spec in table.columns if spec.group == group.id),
                    *(spec for spec in table.groups if spec.group == group.id),
                ]
                texts = {name for spec in inside for name in _names(spec)}
                for name in _names(group):
                    found.setdefault(name, set()).update(texts)
    return {name: frozenset(inside) for name, inside in found.items()}


def _names(spec: LabelSpec) -> set[str]:
    """All wordings made comparable, also those without their ordinal if that is telling."""
    full = {key(text) for text in _wordings(spec)}
    bare = {key(_ORDINAL.sub("", text)) for text in _wordings(spec)}
    return full | {name for name in bare if len(name) >= _TELLING}


def _wordings(spec: LabelSpec) -> tuple[str, ...]:
    return (spec.label, *spec.accepted, *spec.recognised)


def arrange(found: Labelled) -> Arranged:
    """Sort labels into blocks and everything else into their rows."""
    printed = {key(label.text) for label in found.labels}
    groups = [b for b in found.labels if _members().get(key(b.text), frozenset()) & printed]
    blocks = _blocks([b for b in found.labels if b not in groups], found.rest)
    ends = [*(b.top for b in blocks[1:]), float("inf")]
    above = blocks[0].top if blocks else float("inf")
    lost = [p for p in found.rest if p.cy < above]
    for block, end in zip(blocks, ends, strict=True):
        inside = [p for p in found.rest if block.top <= p.cy < end]
        lost += _fill(block, inside, [g for g in groups if block.top <= g.first < end])
    return Arranged(tuple(blocks), tuple(lost))


def _blocks(labels: Sequence[Label], rest: Sequence[Piece]) -> list[Block]:
    """Heads open a block, the rows below belong to it."""
    blocks: list[Block] = []
    for label in labels:
        is_row = _names_row(label, rest)
        ended = not is_row and bool(blocks) and bool(blocks[-1].rows)
        if not blocks or ended or label.is_kind("heading"):
            blocks.append(Block(top=label.first - 0.5 * label.em))
        if label.is_kind("heading"):
            blocks[-1].title = label
        elif is_row:
            blocks[-1].rows.append(_row(label.pieces, label.text))
        elif label.is_kind("column"):
            blocks[-1].heads.append(head_of(label))
        else:
            blocks[-1].over.append(label)
    return blocks


def head_of(label: Label) -> Head:
    """The head that a label of a form makes."""
    return Head(label.text, label.x0, label.x1, label.last + 0.5 * label.em)


def _names_row(label: Label, rest: Sequence[Piece]) -> bool:
    """Whether a label names a row: by the form, or because figures stand beside it."""
    if label.is_kind("heading", "corner"):
        return False
    if not label.is_kind("column"):
        return True
    return any(p.is_figure and p.x0 >= label.x1 and label.covers(p) for p in rest)


def _row(pieces: Sequence[Piece], text: str, *, known: bool = True) -> Row:
    return Row(
        text=text,
        label=tuple(pieces),
        first=min(p.cy for p in pieces),
        last=max(p.cy for p in pieces),
        left=min(p.x0 for p in pieces),
        right=max(p.x1 for p in pieces),
        em=pieces[0].em,
        known=known,
    )


def _fill(block: Block, rest: Sequence[Piece], groups: Sequence[Label]) -> list[Piece]:
    """Give every row what stands beside its label; returns what nobody claims."""
    known = tuple(block.rows)
    end = block.head_end
    lost = _claimed(known, rest)
    heads = _add_heads(block, [p for p in lost if not p.is_figure], end)
    lost = [p for p in lost if p.cy >= end and p not in heads]
    border = block.left + 1
    unnamed = _unknown_rows([p for p in lost if not p.is_figure and p.x1 <= border], known)
    lost = _claimed(unnamed, lost)
    for row in unnamed:
        # A line of text and a figure in every column is a row; anything else may be less.
        if not is_level((*row.label, *row.pieces)) or len(row.pieces) != len(block.heads):
            row.unsure = True
            lost += row.pieces
    unnamed = [row for row in unnamed if any(p.is_figure for p in row.pieces)]
    block.rows = sorted([*known, *unnamed], key=lambda r: r.first)
    lost = [p for p in lost if not any(p in row.label for row in unnamed)]
    for group in groups:
        if group.x1 > border:
            block.over.append(group)
        else:
            lost = _place_group(block, group, lost)
    _doubt_rows(block, lost)
    return lost


def _claimed(rows: Sequence[Row], pieces: Sequence[Piece]) -> list[Piece]:
    """Give pieces to the rows that hold them; returns the others."""
    lost: list[Piece] = []
    for piece in pieces:
        holders = [row for row in rows if row.holds(piece)]
        if len(holders) == 1:
            holders[0].pieces.append(piece)
            continue
        lost.append(piece)
        for row in holders:
            row.unsure = True
    return lost


def _add_heads(block: Block, texts: Sequence[Piece], end: float) -> list[Piece]:
    """Texts over no known head are heads that no form knows, down to the first row.

    Args:
        block: its labels.
        texts: what stands in none of its rows.
        end: where the known heads end; what else is above names nothing.

    Returns:
        The pieces of the heads.
    """
    labels_end = max((row.right for row in block.rows), default=0.0)
    first = min((row.first for row in block.rows), default=float("inf"))
    known = [Span(h.x0, h.x1) for h in block.heads]
    above = [p for p in texts if p.cy < first and p.x0 >= labels_end - 1]
    unknown = unknown_heads(above, known)
    pieces = [p for head in unknown for p in head.pieces]
    others = [p for p in texts if p.cy < end and p not in pieces]
    part = [p for p in others if len(p.key) >= _TELLING and is_fragment(p.text)]
    block.notes += [p.text for p in others if p not in part]
    block.unread |= bool(part)
    block.heads = sorted([*block.heads, *unknown], key=lambda h: h.x0)
    return pieces


def unknown_heads(texts: Sequence[Piece], known: Sequence[Span]) -> list[Head]:
    """Heads that no form knows: texts over columns without a known one.

    Args:
        texts: what stands at the height of the heads.
        known: where the known heads stand.
    """
    groups: list[list[Piece]] = []
    for piece in sorted(texts, key=lambda p: p.x0):
        if any(overlap(Span(piece.x0, piece.x1), span) for span in known):
            continue
        if groups and piece.x0 < max(p.x1 for p in groups[-1]):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [_unknown_head(sorted(group, key=lambda p: (p.cy, p.x0))) for group in groups]


def _unknown_head(pieces: Sequence[Piece]) -> Head:
    return Head(
        text=join_lines([p.text for p in pieces]),
        x0=min(p.x0 for p in pieces),
        x1=max(p.x1 for p in pieces),
        end=pieces[-1].cy + 0.5 * pieces[-1].em,
        known=False,
        vague=len(pieces) > 1,
        pieces=tuple(pieces),
    )


def _unknown_rows(texts: Sequence[Piece], known: Sequence[Row]) -> list[Row]:
    """Texts between the known labels, line by line, as labels that no form knows."""
    runs: list[list[Piece]] = []
    for piece in sorted(texts, key=lambda p: (p.cy, p.x0)):
        if any(row.distance(piece) == 0 for row in known):
            continue
        last = runs[-1][-1] if runs else None
        if (
            last is not None
            and piece.cy - last.cy <= _PITCH * piece.em
            and not any(last.cy < row.first < piece.cy for row in known)
        ):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return [_row(run, join_lines([p.text for p in run]), known=False) for run in runs]


def _place_group(block: Block, group: Label, lost: Sequence[Piece]) -> list[Piece]:
    """Write a group beside its nearest row, or as a row if it has a line of figures of its own."""
    row = _row(group.pieces, group.text)
    own = [p for p in lost if p.is_figure and row.holds(p)]
    apart = all(other.first > row.last or other.last < row.first for other in block.rows)
    if apart and len(own) == len(block.heads) > 0 and is_level(own):
        row.pieces.extend(own)
        block.rows = sorted([*block.rows, row], key=lambda r: r.first)
        return [p for p in lost if p not in own]
    if block.rows:
        middle = group.first + group.last
        min(block.rows, key=lambda r: abs(r.first + r.last - middle)).groups.append(group)
    return list(lost)


def _doubt_rows(block: Block, lost: Sequence[Piece]) -> None:
    """Doubt rows whose label may be another one, and what a lost figure may belong to."""
    for piece in lost:
        if piece.is_figure:
            for row in _neighbours(piece.cy, block.rows):
                row.near.append(piece)
    for row in block.rows:
        broken = any(not p.is_figure and row.distance(p) == 0 and p.x1 > row.left for p in lost)
        row.unsure |= broken or row.right > block.left + 1
        if not row.known:
            blank = [r for r in _neighbours(row.first, block.rows, row) if not r.pieces]
            row.unsure |= bool(blank)
            for other in blank:
                other.unsure = True


def _neighbours(height: float, rows: Sequence[Row], itself: Row | None = None) -> list[Row]:
    """The rows between which a height is."""
    above = [r for r in rows if r.first <= height and r is not itself]
    below = [r for r in rows if r.first > height]
    return [
        *([max(above, key=lambda r: r.last)] if above else ()),
        *([min(below, key=lambda r: r.first)] if below else ()),
    ]
