"""What the report got wrong (findings) and what we may have misread (doubts)."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from checker.domain.base import Frozen
from checker.domain.locator import Locator

Severity = Literal["error", "warning", "note"]
FindingVerdict = Literal["fail", "review"]
JudgedBy = Literal["code", "model"]
DoubtPoint = Literal["title_year", "period_year", "text_year", "period_date", "publication"]
DoubtKind = Literal[
    "hidden_text",
    "deleted_text",
    "readers_disagree",
    "unreadable_cell",
    "table_split",
    "missing_cells",
    "shifted_cells",
    "unassigned_numbers",
    "encoding",
    "identity",
    "section",
    "ambiguous_label",
    "text_box",
    "order",
]


class Basis(Frozen):
    """A clause that a finding rests on."""

    source: str
    clause: str


class CellEvidence(Frozen):
    """A cell that a finding rests on.

    Attributes:
        cell: address, ``table/row/column``.
        label: the same place in official Chinese labels, for the user.
        locator: None when the cell was not printed.
    """

    kind: Literal["cell"] = "cell"
    cell: str
    label: str
    printed: str
    value: Decimal | None
    locator: Locator | None


class TextEvidence(Frozen):
    """A passage that a finding rests on; ``quote`` stands in the document literally."""

    kind: Literal["text"] = "text"
    section: str | None
    quote: str
    locator: Locator


Evidence = Annotated[CellEvidence | TextEvidence, Field(discriminator="kind")]


class CellChange(Frozen):
    """One cell of a repair: what is printed, and what would make the sums agree.

    ``value`` is None when several values would do.
    """

    cell: str
    label: str
    printed: str
    value: Decimal | None


class Repair(Frozen):
    """A smallest set of cells whose change makes all broken sums agree."""

    changes: tuple[CellChange, ...]


class Finding(Frozen):
    """A fault of the report, or a point that a person must decide.

    Attributes:
        rule: id of the rule.
        also_rules: other rules broken by the same fault, told in this finding.
        message: what is wrong, in Chinese, with labels, printed values and arithmetic.
        fix_hint: what to do, in Chinese.
        fingerprint: stable while rule, place and evidence are unchanged.
        suspect_cell: the one cell whose change repairs all, or None.
        suggested_value: the value it would need.
        repairs: all minimal repairs, when there are several (at most 5, and as many lines that
            may stand one place off).
    """

    rule: str
    title: str
    severity: Severity
    verdict: FindingVerdict
    judged_by: JudgedBy = "code"
    message: str
    fix_hint: str
    basis: tuple[Basis, ...]
    fingerprint: str
    evidence: tuple[Evidence, ...]
    also_rules: tuple[str, ...] = ()
    suspect_cell: str | None = None
    suggested_value: Decimal | None = None
    repairs: tuple[Repair, ...] = ()

    @property
    def for_person(self) -> bool:
        """Whether a person has to decide it; a note of the code is only a remark."""
        return self.verdict == "review" and (self.severity != "note" or self.judged_by == "model")


class Doubt(Frozen):
    """Something that we may have misread; never a fault of the report.

    Attributes:
        point: what it is about when a rule may tell the same as a finding; then that is enough.
        message: what, where and what to look at, in Chinese.
        cell: address of the cell it touches, if any; the first one where there are several.
        cells: addresses of all cells where it is about several.
        quote: the text in question, as far as we have it.
    """

    kind: DoubtKind
    message: str
    point: DoubtPoint | None = None
    cell: str | None = None
    cells: tuple[str, ...] = ()
    quote: str = ""
    locator: Locator | None = None

    @property
    def touched(self) -> frozenset[str]:
        """Addresses of all cells that it touches."""
        return frozenset((*self.cells, *((self.cell,) if self.cell else ())))

    @property
    def harmless(self) -> bool:
        """Whether figures and identity are the same either way, so that it stops no pass."""
        return self.kind == "text_box"
