"""What a check may look at, and what it gives back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, singledispatch
from typing import TypeVar, cast

from checker.assemble.passages import SectionText
from checker.checks.readings import Reading, reading_of
from checker.claims import read_claims
from checker.domain.claim import Claim
from checker.domain.finding import (
    CellEvidence,
    Doubt,
    DoubtPoint,
    Evidence,
    FindingVerdict,
    Repair,
    Severity,
    TextEvidence,
)
from checker.domain.locator import Locator
from checker.domain.report import AnnualReport, ReportCell, ReportTable, split_address
from checker.errors import RuleFormatError
from checker.rulebook import FormSpec
from checker.rulebook.schema import RuleBase

_Found = TypeVar("_Found")


@dataclass(frozen=True, kw_only=True)
class CheckContext:
    """One report and the form that it is judged by.

    Attributes:
        form: the form whose labels the tables carry (of the report year when unknown).
        forms: all forms by id.
    """

    report: AnnualReport
    form: FormSpec
    forms: Mapping[str, FormSpec]

    @cached_property
    def oldest(self) -> int:
        """The first year for which there is a form."""
        return min(f.first_year for f in self.forms.values())

    @cached_property
    def cells(self) -> Mapping[str, ReportCell]:
        """Every printed cell of all tables by address, subtotals included."""
        return {a: c for t in self.report.tables for a, c in t.by_address.items()}

    def official_cells(self, table: ReportTable) -> list[ReportCell]:
        """The cells in columns of the form: an added column is told as such, not cell by cell."""
        columns = {c.id for c in self.form_of(table.id).table(table.id).columns}
        return [c for c in table.cells if split_address(c.address).column in columns]

    @cached_property
    def values(self) -> Mapping[str, Decimal]:
        """The number of every cell that has one, by address."""
        return {a: c.value.value for a, c in self.cells.items() if c.value.value is not None}

    @cached_property
    def printed_rows(self) -> Mapping[str, frozenset[str]]:
        """The rows of which something was printed, by table."""
        return {
            t.id: frozenset(split_address(a).row for a in t.by_address) for t in self.report.tables
        }

    @cached_property
    def section_texts(self) -> tuple[SectionText, ...]:
        """What every section says, in document order."""
        return tuple(SectionText(self.report, s) for s in self.report.sections)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The number ledger."""
        return read_claims(self.report, self.form, self.forms, texts=self.section_texts)

    def once(self, work: "Callable[[CheckContext], _Found]") -> _Found:
        """What a function makes of the report, worked out once for all rules that ask."""
        if work not in self._worked_out:
            self._worked_out[work] = work(self)
        return cast("_Found", self._worked_out[work])

    @cached_property
    def _worked_out(self) -> "dict[Callable[[CheckContext], object], object]":
        return {}

    def reading(self, address: str) -> Reading:
        """A cell as an operand; several sums look at one cell."""
        found = self._readings.get(address)
        if found is None:
            cell, spec = self.cells.get(address), None
            if cell is None or cell.value.value is None:
                table, _, column = split_address(address)
                spec = self.form_of(table).table(table).column(column)
            found = self._readings[address] = reading_of(address, cell, spec)
        return found

    @cached_property
    def _readings(self) -> dict[str, Reading]:
        return {}

    def form_of(self, table: str) -> FormSpec:
        """The form whose labels a table carries; tables of one report may differ."""
        return self._forms_of_tables.get(table, self.form)

    @cached_property
    def _forms_of_tables(self) -> Mapping[str, FormSpec]:
        return {t.id: self.forms.get(t.form, self.form) for t in reversed(self.report.tables)}

    def label(self, address: str) -> str:
        """A cell address in official Chinese labels; an unknown row keeps its printed one."""
        table, row, column = split_address(address)
        spec = self.form_of(table).table(table)
        official = spec.cell_labels.get(address)
        if official is not None:
            return official
        found = self.report.table(table)
        known = spec.row(row) or spec.group(row) or found is None
        printed = row if known or found is None else self.added_label(table, row)
        heads = (
            column
            if spec.column(column) or found is None
            else self.added_label(table, column, column=True)
        )
        return spec.cell_label(printed, heads)

    def added_label(self, table: str, label_id: str, *, column: bool = False) -> str:
        """The printed label of a row (or column) that the form does not have; empty without."""
        known = self._added_labels
        key = (table, label_id, column)
        if key not in known:
            found = self.report.table(table)
            known[key] = found.added_label(label_id, column=column) if found else ""
        return known[key]

    @cached_property
    def _added_labels(self) -> dict[tuple[str, str, bool], str]:
        return {}

    def cell_evidence(self, address: str) -> CellEvidence:
        """A cell as evidence; ``printed`` is empty when the cell was not printed."""
        cell = self.cells.get(address)
        return CellEvidence(
            cell=address,
            label=self.label(address),
            printed=cell.value.printed if cell else "",
            value=cell.value.value if cell else None,
            locator=cell.locator if cell else None,
        )

    def text_evidence(self, locator: Locator, section: str | None = None) -> TextEvidence:
        """A passage as evidence, quoted literally from the document."""
        quote = self.report.document.text[locator.start : locator.end]
        return TextEvidence(section=section, quote=quote, locator=locator)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A finding before the engine gives it words.

    Attributes:
        values: what fills the braces of the rule's message and fix hint.
        verdict: ``fail`` or ``review``; trial rules are lowered to ``review`` by the engine.
        severity: overrides the severity of the rule.
        message: template used instead of the one of the rule.
        fix_hint: template used instead of the one of the rule.
        settles: the doubts that say the same and need not be told beside it.
        lacks_in: sections that are said to lack something; not told where they may go on on a page
            that was not read.
    """

    values: Mapping[str, str | int | Decimal]
    evidence: tuple[Evidence, ...]
    verdict: FindingVerdict = "fail"
    severity: Severity | None = None
    message: str | None = None
    fix_hint: str | None = None
    also_rules: tuple[str, ...] = ()
    suspect_cell: str | None = None
    suggested_value: Decimal | None = None
    repairs: tuple[Repair, ...] = ()
    settles: DoubtPoint | None = None
    lacks_in: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class KindResult:
    """What a kind of check found for one rule.

    Attributes:
        tests: single comparisons made; 0 means that the rule had nothing to judge.
        not_judged: why something could not be judged, in Chinese; empty when all was.
        moved: cells whose figures seem to stand one place off, with what they would hold.
    """

    drafts: tuple[Draft, ...] = ()
    tests: int = 0
    not_judged: str = ""
    doubts: tuple[Doubt, ...] = ()
    moved: Mapping[str, Decimal] = field(default_factory=dict)


@singledispatch
def evaluate(rule: RuleBase, context: CheckContext) -> KindResult:
    """Apply one rule; every kind of check registers itself for its class of rule.

    Raises:
        RuleFormatError: no module registered the kind.
    """
    raise RuleFormatError(f"规则 {rule.id} 的检查方式没有实现。", path=rule.id, key="check")
