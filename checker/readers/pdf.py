"""PDF with a text layer → Document: tables exactly, everything else as paragraphs.

Scans are refused, not guessed. Where two extractions of a figure differ, the cell is unreadable.
Tables are read by their ruling lines. Those without, or with lines that do not part every cell,
are read by the places of labels and figures.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby

from checker.domain.document import Document
from checker.readers.builder import DocumentBuilder
from checker.readers.pdf_cells import Fragment
from checker.readers.pdf_check import compare
from checker.readers.pdf_doubts import (
    refuse_nameless,
    refuse_pictures,
    report_disagreements,
    report_fragment,
    report_pages,
    report_unread,
    report_unruled,
)
from checker.readers.pdf_join import join_fragments
from checker.readers.pdf_labels import is_label
from checker.readers.pdf_layout import RuledParts, choose_layout
from checker.readers.pdf_lines import Line, is_wide
from checker.readers.pdf_load import load_pdf, read_marks
from checker.readers.pdf_paragraphs import Margins, paragraphs
from checker.readers.pdf_rows import RowsTable, split_rows
from checker.readers.pdf_shapes import Mark
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
    layout = choose_layout(content.pages)
    report_pages(builder, layout.pages)
    refuse_nameless(builder, content.pages, name)
    numbers = layout.unruled_pages
    marks = read_marks(data, numbers, name=name) if numbers else {}
    for part in layout.parts:
        if isinstance(part, Unruled):
            _add_unruled(builder, part, marks)
        elif isinstance(part, RuledParts):
            _add_table(builder, part.fragments)
        else:
            _add_lines(builder, part, layout.margins, alone=len(layout.parts) == 1)
    return builder.build(pages=len(content.pages))


def _add_lines(
    builder: DocumentBuilder, lines: Sequence[Line], margins: Margins, *, alone: bool
) -> None:
    """Add running text, and tables of the body's own; ``alone`` if no other table is read."""
    for part in split_rows(lines):
        if not isinstance(part, RowsTable):
            for block in paragraphs(part, margins):
                builder.paragraph(block.text, page=block.page)
        elif _is_own(part, alone=alone):
            builder.table(part.cells, geometry="rows", page=part.page)
        else:
            report_unread(builder, part.page)
            for _, row in groupby(part.cells, key=lambda c: c.row):
                builder.paragraph(" ".join(c.text for c in row), page=part.page)


def _is_own(table: RowsTable, *, alone: bool) -> bool:
    """Whether figures in lines are no part of a statutory table.

    Those are read by places or not at all: the order of figures alone is no certain reading.
    """
    labels = sum(is_label(cell.text) for cell in table.cells)
    worded = any(is_wide(char) for cell in table.cells for char in cell.text)
    return worded and (not labels or (alone and labels < _STATUTORY))


def _add_unruled(
    builder: DocumentBuilder, table: Unruled, marks: Mapping[int, Sequence[Mark]]
) -> None:
    reading, disagreements = compare(table.reading, marks)
    report_disagreements(builder, disagreements, table.page)
    report_unruled(builder, reading, table.page)
    builder.table([cell.raw() for cell in reading.cells], geometry="grid", page=table.page)
    for text in (*(p.text for p in reading.lost), *reading.notes):
        builder.paragraph(text, page=table.page)


def _add_table(builder: DocumentBuilder, fragments: Sequence[Fragment]) -> None:
    for fragment in fragments:
        report_fragment(builder, fragment)
    table = join_fragments(fragments)
    for text in table.uncertain:
        builder.doubt(
            "table_split",
            f"表格在第 {table.page} 页之后跨页，“{text}”属于哪一行不能确定，请对照原件。",
            quote=text,
            page=table.page,
        )
    builder.table(table.cells, geometry="grid", page=table.page)
