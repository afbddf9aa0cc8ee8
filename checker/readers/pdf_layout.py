"""The parts of a PDF in print order: ruled tables, tables without ruling lines, lines of text.

Ruling lines that do not part every cell are worse than none. Where they leave figures in no cell,
or several in one, the same pages are read by the places of labels and figures, and that reading is
taken if it leaves nothing open.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from checker.readers.pdf_cells import UNREADABLE, Fragment
from checker.readers.pdf_flow import flow
from checker.readers.pdf_join import may_continue, relation
from checker.readers.pdf_lines import Line
from checker.readers.pdf_paragraphs import Margins, find_margins
from checker.readers.pdf_shapes import PageContent
from checker.readers.pdf_unruled import Unruled, split_unruled
from checker.readers.plain_labels import is_value

# A cell with so many figures holds several cells of the print.
_SEVERAL = 3


class RuledParts(NamedTuple):
    """The parts of one ruled table, page by page.

    Attributes:
        split: the table on the next page may be another part of it.
        crowded: texts stand in columns that are not their own, here or in a part before.
    """

    fragments: tuple[Fragment, ...]
    split: bool = False
    crowded: bool = False


class Layout(NamedTuple):
    """What stands in the document, in print order.

    Attributes:
        pages: the pages as they were read for this.
        margins: edges of the running text.
    """

    pages: tuple[PageContent, ...]
    parts: tuple[RuledParts | Unruled | list[Line], ...]
    margins: Margins

    @property
    def unruled_pages(self) -> set[int]:
        """Pages with figures that were read without ruling lines."""
        unruled = [p for p in self.parts if isinstance(p, Unruled)]
        return {p.page for u in unruled for cell in u.reading.cells for p in cell.figures}

    @property
    def overrun_pages(self) -> set[int]:
        """Pages with a text that seems to run over into the cell below."""
        ruled = [p for p in self.parts if isinstance(p, RuledParts)]
        return {f.page for p in ruled for f in p.fragments if f.overrun}


def choose_layout(pages: Sequence[PageContent]) -> Layout:
    """Read the pages by their ruling lines, or without them where these are no help."""
    layout = _layout(pages)
    fragments = [f for p in layout.parts if isinstance(p, RuledParts) for f in p.fragments]
    mixed = bool(fragments) and any(isinstance(p, Unruled) for p in layout.parts)
    useless = mixed or any(map(is_coarse, fragments))
    if not (useless or any(p.overloaded for p in pages) or any(map(_leaves_open, fragments))):
        return layout
    other = _layout([page._replace(tables=(), overloaded=False) for page in pages])
    gained = _figures(other) - _figures(layout)
    better = (gained >= 0 and _is_whole(other)) or (useless and gained > 0)
    return other if better else layout


def _layout(pages: Sequence[PageContent]) -> Layout:
    items = flow(pages)
    parts: list[RuledParts | Unruled | list[Line]] = []
    for is_table, group in groupby(items, key=lambda item: isinstance(item, Fragment)):
        if is_table:
            parts += _tables([item for item in group if isinstance(item, Fragment)])
        else:
            parts += split_unruled([item for item in group if isinstance(item, Line)])
    margins = find_margins([item for item in items if isinstance(item, Line)])
    return Layout(tuple(pages), tuple(_with_crowded(parts)), margins)


def _tables(fragments: Sequence[Fragment]) -> Iterator[RuledParts]:
    """Parts of ruled tables with nothing between them, table by table."""
    start = 0
    for number, (upper, lower) in enumerate(pairwise(fragments), start=1):
        found = relation(upper, lower)
        if found != "one":
            yield RuledParts(tuple(fragments[start:number]), split=found == "unsure")
            start = number
    yield RuledParts(tuple(fragments[start:]))


def _with_crowded(
    parts: Sequence[RuledParts | Unruled | list[Line]],
) -> Iterator[RuledParts | Unruled | list[Line]]:
    """Mark crowded tables; what goes on below in the same width has the same columns."""
    last: Fragment | None = None
    for part in parts:
        if isinstance(part, RuledParts):
            follows = last is not None and may_continue(last, part.fragments[0])
            crowded = follows or any(f.crowded for f in part.fragments)
            last = part.fragments[-1] if crowded else None
            yield part._replace(crowded=crowded)
        else:
            yield part


def is_coarse(fragment: Fragment) -> bool:
    """Whether a cell of the finder holds several cells of the print."""
    return any(
        sum(map(is_value, cell.text.split())) >= _SEVERAL
        for cell in fragment.cells
        if len(cell.text) > _SEVERAL
    )


def _leaves_open(fragment: Fragment) -> bool:
    """Whether figures are in no cell for sure."""
    return bool(fragment.spilled or fragment.beside or fragment.cut) or any(
        g.char.isdigit() for g in fragment.strays
    )


def _figures(layout: Layout) -> int:
    """How many figures stand in a cell of their own."""
    count = 0
    for part in layout.parts:
        if isinstance(part, RuledParts):
            texts = [c.text for f in part.fragments for c in f.cells]
        elif isinstance(part, Unruled):
            texts = [c.text for c in part.reading.cells if c.figures]
        else:
            continue
        count += sum(map(is_value, texts))
    return count


def _is_whole(layout: Layout) -> bool:
    """Whether every figure without ruling lines is in its cell, and every label is known."""
    readings = [p.reading for p in layout.parts if isinstance(p, Unruled)]
    return bool(readings) and all(
        not r.lost
        and not r.unnamed
        and r.heads_whole
        and not any(c.text.startswith(UNREADABLE) for c in r.cells)
        for r in readings
    )
