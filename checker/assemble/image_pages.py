"""Pages that are images: nobody has read them, so what may stand there is not called missing."""

from collections.abc import Sequence
from math import inf

from checker.assemble.reading import TableReading
from checker.domain.document import Document
from checker.domain.locator import Locator
from checker.domain.report import AnnualReport, Deviation, Section, split_address

ANYWHERE = "anywhere"  # in the place of a section: the whole report


def pages_between(
    document: Document, before: Locator | None, behind: Locator | None
) -> tuple[int, ...]:
    """The image pages between two places; None is the beginning or the end of the file."""
    first = (before.page if before else None) or 0
    last = (behind.page if behind else None) or inf
    return tuple(p for p in document.image_pages if first < p < last)


def pages_of(report: AnnualReport, *sections: str) -> tuple[int, ...]:
    """The image pages on which a part of these sections may stand.

    Args:
        report: its sections.
        sections: ids; ``introduction`` also where none was found, ``ANYWHERE`` for all.
    """
    document = report.document
    if not document.image_pages or ANYWHERE in sections:
        return document.image_pages
    found = [s for s in report.sections if s.id != "introduction"]
    pages: set[int] = set()
    for number, section in enumerate(found):
        if section.id in sections:
            behind = found[number + 1].locator if number + 1 < len(found) else None
            pages.update(pages_between(document, section.locator, behind))
    if "introduction" in sections:
        pages.update(pages_between(document, None, found[0].locator if found else None))
    return tuple(sorted(pages))


def told_pages(pages: Sequence[int]) -> str:
    """These pages as reasons name them."""
    return f"第{'、'.join(map(str, pages))}页是图片，没有读取"


def withhold_unread(
    reading: TableReading, document: Document, sections: Sequence[Section], *, form_known: bool
) -> None:
    """Take out the differences that come of rows and heads on an image page.

    Args:
        reading: the table, compared with the form.
        document: what the reader found.
        sections: their headings bound the table.
        form_known: the year or a label told the form; else every difference may come of another.
    """
    if not document.image_pages or not (reading.cells or reading.subtotals):
        return
    place = _Place(reading, document, sections)
    lost = [d for d in reading.deviations if not form_known or place.explains(d)]
    reading.withheld += lost
    reading.deviations[:] = [d for d in reading.deviations if d not in lost]


class _Place:
    """Where a table stands among the image pages.

    Args:
        reading: the table.
        document: with its image pages.
        sections: their headings bound the table.
    """

    def __init__(
        self, reading: TableReading, document: Document, sections: Sequence[Section]
    ) -> None:
        cells = sorted(
            (*reading.cells.values(), *reading.subtotals.values()), key=lambda c: c.locator.start
        )
        heads = [s.locator for s in sections if s.id != "introduction"]
        first, last = cells[0].locator, cells[-1].locator
        self._document = document
        self._spec = reading.spec
        self._printed = {row: list[Locator]() for row in reading.row_order}
        for cell in cells:
            self._printed.setdefault(split_address(cell.address).row, []).append(cell.locator)
        self._first = first
        self._before = max((h for h in heads if h.start < first.start), default=None, key=_start)
        self._behind = min((h for h in heads if h.start > last.start), default=None, key=_start)

    def explains(self, deviation: Deviation) -> bool:
        """Whether an image page may hold what makes the difference."""
        kind = deviation.kind
        if kind == "missing_row":
            return self._row_unread(deviation.id)
        if kind == "merged_rows":
            rows = [r.id for r in self._spec.rows if r.group == deviation.id]
            return any(map(self._row_unread, rows))
        if kind == "missing_column":
            return self._heads_unread(deviation.id)
        if kind in ("extra_column", "renamed_column", "reordered_column"):
            return bool(pages_between(self._document, self._before, self._first))
        return self._beside(deviation)

    def _row_unread(self, row: str) -> bool:
        """Whether an image page lies between the rows that the form has around this one."""
        order = [r.id for r in self._spec.rows]
        at = order.index(row)
        below = [p for r in order[at + 1 :] for p in self._printed.get(r, ())]
        behind = min(below, key=_start) if below else self._behind
        return bool(pages_between(self._document, self._above(row), behind))

    def _beside(self, deviation: Deviation) -> bool:
        """Whether an image page lies directly before or behind a printed row."""
        own = self._printed.get(deviation.id) or [p for p in (deviation.locator,) if p]
        if not own:
            return False
        others = [p for row, places in self._printed.items() if row != deviation.id for p in places]
        before = max((p for p in others if p.start < own[0].start), default=None, key=_start)
        behind = min((p for p in others if p.start > own[-1].start), default=None, key=_start)
        return bool(
            pages_between(self._document, before or self._before, own[0])
            or pages_between(self._document, own[-1], behind or self._behind)
        )

    def _heads_unread(self, column: str) -> bool:
        """Whether an image page lies before the first row below a head of a column."""
        return any(
            bool(pages_between(self._document, self._above(row), places[0]))
            for block in self._spec.blocks
            if column in block.columns
            for row in block.rows[:1]
            if (places := [p for r in block.rows for p in self._printed.get(r, ())])
        )

    def _above(self, row: str) -> Locator | None:
        """What is printed last before the place of a row: a row of the form, or the heading."""
        order = [r.id for r in self._spec.rows]
        above = [p for r in order[: order.index(row)] for p in self._printed.get(r, ())]
        return max(above, key=_start) if above else self._before


def _start(place: Locator) -> int:
    return place.start
