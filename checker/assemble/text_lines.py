"""The lines of a document's paragraphs, and table cells that stand alone in their row."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from checker.assemble.fold import Folded, fold
from checker.domain.document import Document, Paragraph, Table

_FOLDED_PREFIX = 64  # longer lines are prose; a heading in front of prose is shorter


class TextLine(NamedTuple):
    """A line of text.

    Attributes:
        folded: the line folded (only its beginning when it is long), at document offsets.
        start: offset of its first character that is no white space.
        end: offset behind its last such character.
        first: nothing stands before it in its block.
        last: nothing stands behind it in its block.
        marked: the file marks the paragraph as a heading.
        in_table: it is a table cell.
        linked: its paragraph is a link to another place.
    """

    folded: Folded
    start: int
    end: int
    block: int
    page: int | None
    first: bool
    last: bool
    marked: bool
    in_table: bool
    linked: bool = False

    @property
    def whole(self) -> bool:
        """Whether ``folded`` is the whole line."""
        return self.folded.end >= self.end


def text_lines(document: Document) -> tuple[TextLine, ...]:
    """All lines in document order; empty lines are left out."""
    lines: list[TextLine] = []
    for index, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            lines.extend(_of_paragraph(block, index))
        else:
            lines.extend(_of_table(block, index))
    return tuple(lines)


def _of_paragraph(block: Paragraph, index: int) -> Iterator[TextLine]:
    offset = block.locator.start
    spans: list[tuple[int, str]] = []
    for raw in block.text.splitlines(keepends=True):
        body = raw.strip()
        if body:
            spans.append((offset + raw.index(body[0]), body))
        offset += len(raw)
    for number, (start, body) in enumerate(spans):
        yield TextLine(
            fold(body[:_FOLDED_PREFIX], start),
            start,
            start + len(body),
            index,
            block.locator.page,
            number == 0,
            number == len(spans) - 1,
            block.heading,
            in_table=False,
            linked=block.linked,
        )


def _of_table(block: Table, index: int) -> Iterator[TextLine]:
    """Cells without a neighbour that holds text; only these can be headings or prose."""
    filled = Counter(c.row for c in block.cells if c.text)
    first, last = min(filled, default=0), max(filled, default=0)
    for cell in block.cells:
        if cell.text and filled[cell.row] == 1:
            yield TextLine(
                fold(cell.text[:_FOLDED_PREFIX], cell.locator.start),
                cell.locator.start,
                cell.locator.end,
                index,
                cell.locator.page,
                cell.row == first,
                cell.row == last,
                marked=False,
                in_table=True,
            )
