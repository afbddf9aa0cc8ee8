"""A file as text and tables, before anybody asks what it means."""

from typing import Annotated, Literal

from pydantic import Field

from checker.domain.base import Frozen, frozen_value
from checker.domain.finding import Doubt
from checker.domain.locator import Locator

FileKind = Literal["docx", "html", "pdf", "txt", "md"]
Geometry = Literal["grid", "rows", "stream"]
AsideReason = Literal["deleted", "struck"]
HiddenReason = Literal["hidden", "white", "tiny", "comment", "zero_width", "off_page"]


class SourceFile(Frozen):
    """Identity of the file: its name, content hash, size in bytes and kind by content."""

    name: str
    sha256: str
    size: int
    kind: FileKind


class Paragraph(Frozen):
    """One paragraph; ``text`` equals ``Document.text[locator.start:locator.end]``.

    Attributes:
        heading: the file marks it as a title or heading (style, ``<h1>``…).
        linked: all of it is a link to another place, as in menus and lists of other pages.
    """

    type: Literal["paragraph"] = "paragraph"
    text: str
    locator: Locator
    heading: bool = False
    linked: bool = False


@frozen_value(frozen=True, slots=True, kw_only=True)
class TableCell:
    """One printed cell; a merged cell occurs once, at its upper left corner.

    ``text`` equals ``Document.text[locator.start:locator.end]``; line breaks inside are kept.
    A plain dataclass for the same reason as ``Locator``.
    """

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    locator: Locator


class Table(Frozen):
    """A printed table.

    Attributes:
        cells: in reading order (by row, then column).
        rows: number of grid rows.
        columns: number of grid columns.
        geometry: how far ``row`` and ``column`` can be trusted. ``grid``: both are exact and
            spans are known. ``rows``: cells of a row belong together, the column is only their
            ordinal. ``stream``: only the order is known; every cell has a row of its own.
    """

    type: Literal["table"] = "table"
    cells: tuple[TableCell, ...]
    rows: int
    columns: int
    geometry: Geometry
    locator: Locator


Block = Annotated[Paragraph | Table, Field(discriminator="type")]


class HiddenText(Frozen):
    """Text that a reader of the printed page does not see; it is not in ``Document.text``.

    ``locator`` is the place (start == end) where it would stand.
    """

    text: str
    reason: HiddenReason
    locator: Locator


class TextSetAside(Frozen):
    """Text that is printed as taken back and is not in ``Document.text``.

    ``locator`` is the place (start == end) where it would stand.

    Attributes:
        reason: a line goes through it, or a tracked change deletes it.
    """

    text: str
    reason: AsideReason
    locator: Locator


class Metadata(Frozen):
    """One entry that the file states about itself, e.g. ``PubDate`` of a web page."""

    key: str
    value: str


class Document(Frozen):
    """What was read from a file.

    Attributes:
        text: all visible text in document order; paragraphs end with a line break, the cells of
            a table row are separated by tabs. All offsets point into it.
        pages: number of pages, where the format has pages.
        pictures: where pictures stand that are large enough for a table (start == end).
        image_pages: numbers of the pages of which nothing was read, because they are images.
        doubts: what we may have misread.
    """

    source: SourceFile
    text: str
    blocks: tuple[Block, ...]
    hidden: tuple[HiddenText, ...] = ()
    set_aside: tuple[TextSetAside, ...] = ()
    metadata: tuple[Metadata, ...] = ()
    pages: int | None = None
    pictures: tuple[Locator, ...] = ()
    image_pages: tuple[int, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables, in document order."""
        return tuple(b for b in self.blocks if isinstance(b, Table))

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs, in document order."""
        return tuple(b for b in self.blocks if isinstance(b, Paragraph))
