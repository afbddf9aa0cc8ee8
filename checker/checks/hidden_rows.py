"""Tables and rows of the official forms that stand in the file and that nobody sees.

They are no part of the report; but whoever reads that a table is missing has to know of them.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from checker.assemble.fold import fold_text
from checker.domain.document import Document, HiddenText
from checker.domain.report import TableId
from checker.rulebook import FormSpec, TableSpec

_FIGURES: Final = re.compile(r"\d+")
_LEAST_FIGURES: Final = 5


class HiddenRows(NamedTuple):
    """Rows of one table.

    Attributes:
        rows: as messages name them; empty for table 四, which has one row.
        most: it is most of the table, so that it is the table itself that is hidden.
        texts: where they stand.
    """

    table: TableId
    rows: tuple[str, ...]
    most: bool
    texts: tuple[HiddenText, ...]


def hidden_rows(document: Document, form: FormSpec) -> tuple[HiddenRows, ...]:
    """The rows that only hidden texts hold; figures that the page shows as well are left alone."""
    pieces = [piece for piece in _pieces(document.hidden) if _FIGURES.search(piece.folded)]
    if not pieces:
        return ()
    page = fold_text(document.text)
    unseen = [p for p in pieces if p.folded not in page]
    return tuple(found for spec in form.tables if (found := _of_table(spec, unseen, page)))


class _Piece(NamedTuple):
    """Hidden texts of one place, as one folded text."""

    folded: str
    texts: tuple[HiddenText, ...]


def _pieces(hidden: Sequence[HiddenText]) -> Iterator[_Piece]:
    """Hidden texts; those in the cells of one table together."""
    seen = [h for h in hidden if h.reason not in ("comment", "zero_width")]
    numbered = enumerate(seen)
    for _, group in groupby(numbered, lambda n: _table_of(n[1]) or (-1, n[0])):
        texts = tuple(h for _, h in group)
        yield _Piece(fold_text("".join(h.text for h in texts)), texts)


def _table_of(hidden: HiddenText) -> tuple[int, int] | None:
    place = hidden.locator
    return None if place.row is None or place.block is None else (place.block, 0)


def _of_table(spec: TableSpec, pieces: Sequence[_Piece], page: str) -> HiddenRows | None:
    if spec.orientation == "across":
        return _across(spec, pieces)
    rows: dict[str, None] = {}
    texts: list[HiddenText] = []
    for piece in pieces:
        found = [r.name for r in spec.rows if _only_here((r.label, *r.accepted), piece, page)]
        if found:
            rows.update(dict.fromkeys(found))
            texts += piece.texts
    if not rows:
        return None
    return HiddenRows(spec.id, tuple(rows), len(rows) * 2 >= len(spec.rows), tuple(texts))


def _only_here(labels: Sequence[str], piece: _Piece, page: str) -> bool:
    """Whether a row stands in a hidden text with figures that the page does not show for it."""
    for label in map(fold_text, labels):
        at = piece.folded.find(label)
        figures = _FIGURES.match(piece.folded, at + len(label)) if at >= 0 else None
        if figures is not None:
            return label + figures[0] not in page
    return False


def _across(spec: TableSpec, pieces: Sequence[_Piece]) -> HiddenRows | None:
    labels = [fold_text(column.label) for column in spec.columns]
    found = [
        p
        for p in pieces
        if all(label in p.folded for label in labels)
        and sum(c.isdigit() for c in p.folded) >= _LEAST_FIGURES
    ]
    texts = tuple(text for piece in found for text in piece.texts)
    return HiddenRows(spec.id, (), True, texts) if found else None
