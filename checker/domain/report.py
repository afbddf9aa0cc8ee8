"""An annual report: who, when, which form, the sections and the cells of the three tables."""

from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from checker.domain.base import Frozen
from checker.domain.document import Document
from checker.domain.finding import Doubt
from checker.domain.locator import Locator
from checker.domain.quantity import CellValue

TableId = Literal["proactive", "requests", "appeals"]
SectionId = Literal[
    "introduction", "overview", "proactive", "requests", "appeals", "problems", "other_matters"
]
# The id of a file in rules/forms/, named after the year of its notice, or "unknown".
FormId = str
Level = Literal["ministry", "province", "city", "county", "township"]
KindOfBody = Literal["government", "office", "department", "branch", "vertical"]
IdentityField = Literal[
    "agency", "level", "kind_of_body", "year", "form", "title", "period", "publication_date"
]
DeviationKind = Literal[
    "missing_row",
    "extra_row",
    "renamed_row",
    "reordered_row",
    "merged_rows",
    "missing_column",
    "extra_column",
    "renamed_column",
    "reordered_column",
]


class AddressParts(NamedTuple):
    """The three parts of a cell address."""

    table: str
    row: str
    column: str


@lru_cache(maxsize=4096)
def split_address(address: str) -> AddressParts:
    """Split ``table/row/column``.

    Raises:
        ValueError: not three parts.
    """
    table, row, column = address.split("/")
    return AddressParts(table, row, column)


class ReportCell(Frozen):
    """One cell of a statutory table, found by its labels.

    Attributes:
        address: ``table/row/column``, e.g. ``requests/denied.state_secret/total``.
    """

    address: str
    value: CellValue
    locator: Locator


class Deviation(Frozen):
    """A difference between the printed table and the official form.

    Attributes:
        printed: the printed label, None when something is missing.
        official: the official label, None when something was added.
        id: row or column id in the form, or ``extra.n``.
    """

    kind: DeviationKind
    printed: str | None
    official: str | None
    id: str
    locator: Locator | None = None


class ReportTable(Frozen):
    """One of the three statutory tables as read.

    Attributes:
        form: the form whose labels it carries.
        cells: every printed cell of an official row, by address. A cell that was not printed has
            no entry; an unknown row has addresses ``table/extra.n/column``.
        subtotals: numbers printed in group headings; the row part is the group id, e.g.
            ``requests/denied/total``.
        withheld: differences that are not told because we may have misread the labels.
        section: the section in which the table stands.
        blocks: indices in ``Document.blocks`` of the printed tables it was read from.
    """

    id: TableId
    form: FormId
    cells: tuple[ReportCell, ...]
    subtotals: tuple[ReportCell, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    withheld: tuple[Deviation, ...] = ()
    section: SectionId | None = None
    blocks: tuple[int, ...] = ()
    locator: Locator

    def cell(self, row: str, column: str) -> ReportCell | None:
        """The cell at a row and column id, or None if it was not printed."""
        return self.by_address.get(f"{self.id}/{row}/{column}")

    def added_label(self, label_id: str, *, column: bool = False) -> str:
        """The printed label of a row (or column) that the form does not have, in one line."""
        found = (d for d in (*self.deviations, *self.withheld) if d.id == label_id and d.printed)
        texts = (d.printed or "" for d in found if d.kind.endswith("_column") == column)
        return next(("".join(t.split()) for t in texts), "")

    @property
    def by_address(self) -> dict[str, ReportCell]:
        """Cells and subtotals by address."""
        return {c.address: c for c in (*self.cells, *self.subtotals)}


class Section(Frozen):
    """A section, or a heading that belongs to none of the six.

    Attributes:
        id: None for a heading of first rank that is no official section.
        ordinal: the printed ordinal, e.g. 三, None when there is none.
        title: the printed title without its ordinal.
        official_title: the title is the official or an accepted one.
        locator: the heading; for the introduction an empty place at its start.
        first_block: index of the first block of the content.
        last_block: index behind the last block of the content.
    """

    id: SectionId | None
    ordinal: str | None
    title: str
    official_title: bool
    locator: Locator
    first_block: int
    last_block: int


class Period(Frozen):
    """The reporting period as printed."""

    first: date
    last: date


class IdentityEvidence(Frozen):
    """A passage that states something about the identity of the report.

    Attributes:
        value: what it states, printed plainly.
        source: where it stands in words for the user: 标题, 统计期限, 文件名…
        quote: literal text, empty when it is not in the document (file name).
    """

    field: IdentityField
    value: str
    source: str
    quote: str = ""
    locator: Locator | None = None


class Identity(Frozen):
    """Whose report, of which year, on which form; None where the file does not tell.

    Attributes:
        class_reason: why level or kind of the body is not known, in Chinese; empty when both are,
            and when the body itself is not known.
    """

    agency: str | None = None
    level: Level | None = None
    kind_of_body: KindOfBody | None = None
    class_reason: str = ""
    year: int | None = None
    form: FormId = "unknown"
    title: str | None = None
    period: Period | None = None
    publication_date: date | None = None
    evidence: tuple[IdentityEvidence, ...] = ()


class AnnualReport(Frozen):
    """A document understood as an annual report.

    Attributes:
        tables: those found, in the order of the form.
        contents: the lines of its table of contents, which are no prose.
        empty_form: the official template, not filled in.
        doubts: doubts of the assembly; those of reading are in ``document.doubts``.
    """

    document: Document
    identity: Identity
    sections: tuple[Section, ...]
    tables: tuple[ReportTable, ...]
    contents: tuple[Locator, ...] = ()
    empty_form: bool = False
    doubts: tuple[Doubt, ...] = ()

    def table(self, table: str) -> ReportTable | None:
        """The table of that id, or None if the report has none."""
        for found in self.tables:  # asked a thousand times for one report
            if found.id == table:
                return found
        return None

    def section(self, section: str) -> Section | None:
        """The first section of that id, or None."""
        return next((s for s in self.sections if s.id == section), None)

    def prose(self, section: Section) -> str:
        """Paragraphs of a section joined by line breaks, tables left out."""
        blocks = self.document.blocks[section.first_block : section.last_block]
        return "\n".join(b.text for b in blocks if b.type == "paragraph")
