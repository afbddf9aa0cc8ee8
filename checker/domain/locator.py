"""Where something stands in a file."""

from checker.domain.base import Frozen


class Locator(Frozen):
    """A place in a document.

    Attributes:
        start: offset of the first character in ``Document.text``.
        end: offset behind the last character in ``Document.text``.
        block: 0-based index in ``Document.blocks``.
        page: 1-based page number, where the format has pages.
        row: 0-based row within the printed table.
        column: 0-based column within the printed table.
    """

    start: int
    end: int
    block: int
    page: int | None = None
    row: int | None = None
    column: int | None = None
