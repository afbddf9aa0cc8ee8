"""Puts paragraphs and tables together into a Document; the only place that counts offsets."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter
from typing import NamedTuple

from checker.domain.document import (
    AsideReason,
    Block,
    Document,
    FileKind,
    Geometry,
    HiddenReason,
    HiddenText,
    Metadata,
    Paragraph,
    SourceFile,
    Table,
    TableCell,
    TextSetAside,
)
from checker.domain.finding import Doubt, DoubtKind
from checker.domain.locator import Locator
from checker.errors import LimitExceededError
from checker.settings import Limits


class RawCell(NamedTuple):
    """A cell as a format reader found it; page only where cells of one table span pages."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    page: int | None = None


class GridPlace(NamedTuple):
    """A place in a printed table, counted from 0."""

    row: int
    column: int


_PLACE = attrgetter("row", "column")


class DocumentBuilder:
    """Collects what a reader finds, in document order, and gives every piece its place.

    Args:
        name: file name as the user knows it.
        data: the bytes of the file.
        kind: kind by content.
        limits: how many blocks there may be.
    """

    def __init__(
        self, name: str, data: bytes, kind: FileKind, *, limits: Limits | None = None
    ) -> None:
        self._limit = (limits or Limits()).blocks
        self._source = SourceFile(
            name=name, sha256=hashlib.sha256(data).hexdigest(), size=len(data), kind=kind
        )
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._hidden: list[HiddenText] = []
        self._set_aside: list[TextSetAside] = []
        self._metadata: list[Metadata] = []
        self._pictures: list[Locator] = []
        self._image_pages: list[int] = []
        self._doubts: list[Doubt] = []

    def _add(self, block: Block) -> None:
        """Keep a block.

        Raises:
            LimitExceededError: the document has more blocks than we accept.
        """
        if len(self._blocks) >= self._limit:
            raise LimitExceededError(
                f"文件“{self._source.name}”有{self._limit}段以上，超过年度报告应有的长度。",
                path=self._source.name,
                limit="blocks",
                hint="请确认选对了文件，只保留年度报告正文后再检查。",
            )
        self._blocks.append(block)

    def _append(self, text: str) -> int:
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return start

    def paragraph(
        self, text: str, *, page: int | None = None, heading: bool = False, linked: bool = False
    ) -> None:
        """Add a paragraph; empty ones leave only a line break in the text."""
        body = text.strip("\r\n")
        start = self._append(body)
        if body.strip():
            place = Locator(start=start, end=start + len(body), block=len(self._blocks), page=page)
            self._add(Paragraph(text=body, locator=place, heading=heading, linked=linked))
        self._append("\n")

    def table(
        self, cells: Sequence[RawCell], *, geometry: Geometry, page: int | None = None
    ) -> None:
        """Add a table; an empty sequence adds nothing."""
        if not cells:
            return
        block = len(self._blocks)
        ordered = sorted(cells, key=_PLACE)
        first = self._length
        placed: list[TableCell] = []
        for cell in ordered:
            if placed:
                self._append("\t" if cell.row == placed[-1].row else "\n")
            placed.append(self._cell(cell, block, cell.page or page))
        place = Locator(start=first, end=self._length, block=block, page=ordered[0].page or page)
        self._add(
            Table(
                cells=tuple(placed),
                rows=max(c.row + c.row_span for c in ordered),
                columns=max(c.column + c.column_span for c in ordered),
                geometry=geometry,
                locator=place,
            )
        )
        self._append("\n")

    def _cell(self, cell: RawCell, block: int, page: int | None) -> TableCell:
        text, row, column, row_span, column_span, _ = cell
        text = text.strip()
        start = self._append(text)
        return TableCell(
            text=text,
            row=row,
            column=column,
            row_span=row_span,
            column_span=column_span,
            locator=Locator(
                start=start, end=self._length, block=block, page=page, row=row, column=column
            ),
        )

    def here(self, *, page: int | None = None) -> Locator:
        """An empty place at the current end of the text."""
        return Locator(start=self._length, end=self._length, block=len(self._blocks), page=page)

    def hidden(
        self,
        text: str,
        reason: HiddenReason,
        *,
        page: int | None = None,
        cell: GridPlace | None = None,
    ) -> None:
        """Record text that the printed page does not show.

        Args:
            text: as it stands in the file.
            reason: why nobody sees it.
            page: its page.
            cell: where it stands in the table that is added next.
        """
        place = self._at(cell, page=page)
        self._hidden.append(HiddenText(text=text, reason=reason, locator=place))

    def set_aside(self, text: str, reason: AsideReason, *, cell: GridPlace | None = None) -> None:
        """Record text that is printed as taken back.

        Args:
            text: as it stands in the file.
            reason: how it is taken back.
            cell: where it stands in the table that is added next.
        """
        place = self._at(cell)
        self._set_aside.append(TextSetAside(text=text, reason=reason, locator=place))

    def _at(self, cell: GridPlace | None, *, page: int | None = None) -> Locator:
        place = self.here(page=page)
        return place if cell is None else replace(place, row=cell.row, column=cell.column)

    def picture(self, *, page: int | None = None) -> None:
        """Record a picture at the current place; what is in it nobody has read."""
        self._pictures.append(self.here(page=page))

    def image_pages(self, numbers: Sequence[int]) -> None:
        """Record pages that are images as a whole."""
        self._image_pages += numbers

    def metadata(self, key: str, value: str) -> None:
        """Record what the file states about itself."""
        self._metadata.append(Metadata(key=key, value=value))

    def doubt(
        self, kind: DoubtKind, message: str, *, quote: str = "", page: int | None = None
    ) -> None:
        """Record what may have been misread, at the current place."""
        self._doubts.append(
            Doubt(kind=kind, message=message, quote=quote, locator=self.here(page=page))
        )

    def build(self, *, pages: int | None = None) -> Document:
        """The finished document."""
        return Document(
            source=self._source,
            text="".join(self._parts),
            blocks=tuple(self._blocks),
            hidden=tuple(self._hidden),
            set_aside=tuple(self._set_aside),
            metadata=tuple(self._metadata),
            pages=pages,
            pictures=tuple(self._pictures),
            image_pages=tuple(self._image_pages),
            doubts=tuple(self._doubts),
        )
