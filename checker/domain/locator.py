"""Where something stands in a file."""

from checker.domain.base import frozen_value


@frozen_value(frozen=True, slots=True, kw_only=True)
class Locator:
    """A place in a document.

    A plain dataclass: a report has hundreds of places, all of them computed by us, and a model
    would take three times as long to make.

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

    def part(self, start: int, end: int) -> "Locator":
        """A part of this place, by its offsets in ``Document.text``."""
        return Locator(  # half the time of ``dataclasses.replace``, for every piece of evidence
            start=start,
            end=end,
            block=self.block,
            page=self.page,
            row=self.row,
            column=self.column,
        )
