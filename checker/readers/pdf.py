"""PDF with a text layer → Document: tables exactly, everything else as paragraphs.

Scans are refused, not guessed. Where two extractions of a figure differ, the cell is unreadable.
Tables are read by their ruling lines. Those without, or with lines that do not part every cell,
are read by the places of labels and figures.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from checker.domain.document import Document, Geometry
from checker.readers.builder import DocumentBuilder, RawCell
from checker.readers.pdf_check import compare
from checker.readers.pdf_doubts import (
    refuse_nameless,
    refuse_pictures,
    report_crowded,
    report_cut,
    report_disagreements,
    report_fragment,
    report_pages,
    report_split,
    report_unread,
    report_unruled,
)
from checker.readers.pdf_join import join_fragments
from checker.readers.pdf_labels import is_label
from checker.readers.pdf_layout import Layout, RuledParts, choose_layout
from checker.readers.pdf_lines import Line, is_wide
from checker.readers.pdf_load import load_pdf, read_marks, without_clipped
from checker.readers.pdf_paragraphs import paragraphs
from checker.readers.pdf_rows import RowsTable, split_rows
from checker.readers.pdf_shapes import Mark, PageContent
from checker.readers.pdf_unruled import Unruled
from checker.settings import Limits

# So many official labels make a statutory table.
_STATUTORY = 2


def read_pdf(data: bytes, *, name: str, limits: Limits) -> Document:
    """Read a PDF that has a text layer.

    Args:
        data: content of the file.
        name: file name, for messages.
        limits: what we accept.

    Raises:
        UnreadableFileError: damaged or encrypted.
        NoTextLayerError: scanned, or the text layer has no meaning.
        LimitExceededError: too many pages, characters or cells.
    """
    content = load_pdf(data, name=name, limits=limits)
    refuse_pictures(content.pages, name)
    builder = DocumentBuilder(name, data, "pdf", limits=limits)
    if content.title.strip():
        builder.metadata("Title", content.title.strip())
    for text in dict.fromkeys(page.behind for page in content.pages if page.behind):
        builder.metadata("Watermark", text)
    layout = choose_layout(content.pages)
    if layout.overrun_pages:
        pages = without_clipped(data, content.pages, layout.overrun_pages, name=name)
        if pages != content.pages:
            layout = choose_layout(pages)
    report_pages(builder, layout.pages)
    refuse_nameless(builder, content.pages, name)
    numbers = layout.unruled_pages
    marks = read_marks(data, layout.pages, numbers, name=name) if numbers else {}
    writer = _Writer(builder, layout, marks)
    writer.write()
    return builder.build(pages=len(content.pages))


class _Writer:
    """Adds the parts of a layout to the document, each with what is hidden on its page before it.

    Args:
        builder: receives everything.
        layout: what stands in the file.
        marks: characters of the other extraction, of pages with tables without ruling lines.
    """

    def __init__(
        self, builder: DocumentBuilder, layout: Layout, marks: Mapping[int, Sequence[Mark]]
    ) -> None:
        self._builder = builder
        self._layout = layout
        self._marks = marks
        self._pages = list(layout.pages)
        self._pictures = sorted(_pictures(layout.pages))

    def write(self) -> None:
        """Add all parts."""
        alone = len(self._layout.parts) == 1
        ruled = [part for part in self._layout.parts if isinstance(part, RuledParts)]
        report_crowded(self._builder, [part for part in ruled if part.crowded])
        for part in self._layout.parts:
            if isinstance(part, Unruled):
                self._unruled(part)
            elif isinstance(part, RuledParts):
                self._ruled(part)
            else:
                self._lines(part, alone=alone)
        self._hidden(len(self._layout.pages))
        for page, _ in self._pictures:
            self._builder.picture(page=page)

    def _hidden(self, page: int) -> None:
        """Record what is hidden on the pages up to this one."""
        while self._pages and self._pages[0].number <= page:
            before = self._pages.pop(0)
            for concealed in before.concealed:
                self._builder.hidden(concealed.text, concealed.reason, page=before.number)

    def _paragraph(self, text: str, page: int) -> None:
        self._hidden(page)
        self._builder.paragraph(text, page=page)

    def _table(self, cells: Sequence[RawCell], geometry: Geometry, page: int) -> None:
        self._hidden(page)
        self._builder.table(cells, geometry=geometry, page=page)

    def _lines(self, lines: Sequence[Line], *, alone: bool) -> None:
        """Add running text, and tables of the body's own; ``alone`` if no other table is read."""
        start = 0
        for number, line in enumerate(lines):
            above = [p for p in self._pictures if p < (line.page, line.top)]
            if above:
                self._text(lines[start:number], alone=alone)
                for page, _ in above:
                    self._builder.picture(page=page)
                self._pictures = self._pictures[len(above) :]
                start = number
        self._text(lines[start:], alone=alone)

    def _text(self, lines: Sequence[Line], *, alone: bool) -> None:
        for part in split_rows(lines):
            if not isinstance(part, RowsTable):
                for block in paragraphs(part, self._layout.margins):
                    self._paragraph(block.text, block.page)
            elif _is_own(part, alone=alone):
                self._table(part.cells, "rows", part.page)
            else:
                report_unread(self._builder, part.page)
                for _, row in groupby(part.cells, key=lambda c: c.row):
                    self._paragraph(" ".join(c.text for c in row), part.page)

    def _unruled(self, table: Unruled) -> None:
        reading, disagreements = compare(table.reading, self._marks)
        report_disagreements(self._builder, disagreements, table.page)
        report_unruled(self._builder, reading, table.page)
        self._table([cell.raw() for cell in reading.cells], "grid", table.page)
        for text in (*(p.text for p in reading.lost), *reading.notes):
            self._paragraph(text, table.page)

    def _ruled(self, parts: RuledParts) -> None:
        if parts.crowded:
            return
        for fragment in parts.fragments:
            report_fragment(self._builder, fragment)
        report_cut(self._builder, parts, {p.number: p for p in self._layout.pages})
        table = join_fragments(parts.fragments)
        report_split(self._builder, table, parts)
        self._table(table.cells, "grid", table.page)


def _pictures(pages: Sequence[PageContent]) -> Iterator[tuple[int, float]]:
    """Page and upper edge of the pictures that do not stand in the same place of several pages."""
    places = [(page.number, box) for page in pages for box in page.pictures]
    seen = Counter(tuple(map(round, box)) for _, box in places)
    for number, box in places:
        if seen[tuple(map(round, box))] == 1:
            yield number, box.top


def _is_own(table: RowsTable, *, alone: bool) -> bool:
    """Whether figures in lines are no part of a statutory table.

    Those are read by places or not at all: the order of figures alone is no certain reading.
    """
    labels = sum(is_label(cell.text) for cell in table.cells)
    worded = any(is_wide(char) for cell in table.cells for char in cell.text)
    return worded and (not labels or (alone and labels < _STATUTORY))
