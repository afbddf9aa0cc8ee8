"""What stands on a page: characters, cells, tables with their places; no behaviour of its own.

All coordinates are points from the upper left corner of the page as it is displayed.
"""

from typing import NamedTuple

from checker.domain.document import HiddenReason


class Box(NamedTuple):
    """A rectangle."""

    x0: float
    top: float
    x1: float
    bottom: float


class Glyph(NamedTuple):
    """A printed character; ``order`` is its position in the content of the page.

    Attributes:
        cx: horizontal centre.
        cy: vertical centre.
        doubtful: the font does not say which character this is.
        sideways: vertical writing, for which the library knows no line box.
    """

    char: str
    x0: float
    top: float
    x1: float
    bottom: float
    cx: float
    cy: float
    order: int
    doubtful: bool = False
    sideways: bool = False


class CellReading(NamedTuple):
    """A cell as the table finder sees it, with its reading of the text."""

    box: Box
    text: str


class RuledTable(NamedTuple):
    """Cells between connected ruling lines."""

    box: Box
    cells: tuple[CellReading, ...]


class Concealed(NamedTuple):
    """Characters that a reader of the printed page does not see."""

    text: str
    reason: HiddenReason


class PageContent(NamedTuple):
    """What stands on one page.

    Attributes:
        number: 1-based.
        glyphs: visible characters without white space, in the order of the file.
        pictured: an image covers most of the page.
        layered: the characters are an invisible layer over an image, so somebody's OCR.
        ruled: there are lines that may make a table of at least two columns.
        overloaded: more ruling lines than a table can have; tables were not looked for.
        pictures: pictures that are large enough for a table and have no text beside or on them.
        clipped: characters that are clipped away, where this was asked for; ``concealed`` too.
        behind: characters of a watermark.
        turn: by how many degrees the page was turned to be read.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    tables: tuple[RuledTable, ...] = ()
    concealed: tuple[Concealed, ...] = ()
    pictured: bool = False
    layered: bool = False
    ruled: bool = True
    overloaded: bool = False
    clipped: str = ""
    behind: str = ""
    pictures: tuple[Box, ...] = ()
    turn: int | None = None


class Mark(NamedTuple):
    """A character as the other extraction sees it, and where its middle is."""

    char: str
    cx: float
    cy: float


class PdfContent(NamedTuple):
    """All pages, and the title that the file states about itself."""

    pages: tuple[PageContent, ...]
    title: str


class Frame(NamedTuple):
    """Maps user space of a page, where y counts upwards, to the page as displayed."""

    left: float
    upper: float
    width: float
    height: float
    rotation: int

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The displayed rectangle of one in user space."""
        left, right = x0 - self.left, x1 - self.left
        top, bottom = self.upper - y1, self.upper - y0
        if self.rotation == 90:
            return Box(self.height - bottom, left, self.height - top, right)
        if self.rotation == 180:
            return Box(
                self.width - right, self.height - bottom, self.width - left, self.height - top
            )
        if self.rotation == 270:
            return Box(top, self.width - right, bottom, self.width - left)
        return Box(left, top, right, bottom)

    @property
    def is_plain(self) -> bool:
        """Whether the page is displayed as it is in user space, upside down."""
        return not self.rotation and not self.left and self.upper == self.height

    @property
    def shown(self) -> tuple[float, float]:
        """Width and height as displayed."""
        turned = self.rotation in (90, 270)
        return (self.height, self.width) if turned else (self.width, self.height)
