"""A checked report as the answerer looks at it: findings by number, cells by address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from checker.answers.types import Citation
from checker.checks.blame import blamed_cells, cells_of
from checker.domain.claim import Claim
from checker.domain.finding import Basis, Finding, Severity, TextEvidence
from checker.domain.quantity import CellValue
from checker.domain.report import ReportCell, split_address
from checker.domain.run import CheckRun
from checker.rulebook import FormSpec, TableSpec
from checker.rulebook.forms import NO_LABEL
from checker.rulebook.schema import RuleBasis

SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "note")
SEVERITY_NAMES: Final = {"error": "错误", "warning": "警告", "note": "提示"}
MOST_LISTED: Final = 12


@dataclass(frozen=True)
class View:
    """One report and the forms by which its cells are named.

    Attributes:
        form: the form of the report as a whole.
        forms: all forms, because a table may carry the labels of another one.
    """

    run: CheckRun
    form: FormSpec
    forms: Mapping[str, FormSpec]

    @cached_property
    def specs(self) -> tuple[TableSpec, ...]:
        """The three tables, each by the form whose labels it carries."""
        return tuple(self._spec(t) for t in self.form.tables)

    def _spec(self, table: TableSpec) -> TableSpec:
        found = self.run.report.table(table.id)
        form = self.forms.get(found.form) if found else None
        return form.table(table.id) if form else table

    def spec(self, table: str) -> TableSpec:
        """The official form of one table."""
        return next(s for s in self.specs if s.id == table)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Findings in the order of their numbers: by severity, then as the engine gave them.

        Those of a model come last, so that the others keep their numbers when it is asked later.
        """
        return tuple(
            sorted(
                self.run.findings,
                key=lambda f: (f.judged_by == "model", SEVERITIES.index(f.severity)),
            )
        )

    def finding(self, number: int) -> Finding:
        """The finding of that number, counted from 1."""
        return self.findings[number - 1]

    @cached_property
    def cells(self) -> dict[str, ReportCell]:
        """Every cell and printed subtotal, by address."""
        return {a: c for t in self.run.report.tables for a, c in t.by_address.items()}

    def value(self, address: str) -> CellValue | None:
        """What stands in a cell; None when it was not printed."""
        cell = self.cells.get(address)
        return cell.value if cell else None

    def label(self, address: str) -> str:
        """A cell address in the clerk's words."""
        table, row, column = split_address(address)
        spec = self.spec(table)
        name = self.column_name(table, column)
        return f"表{spec.ordinal}“{self.row_name(table, row)}”行“{name}”列"

    def short_row(self, table: str, row: str) -> str:
        """A row in the clerk's words without its group."""
        spec = self.spec(table)
        found = spec.row(row) or spec.group(row)
        return found.name if found else self._extra(table, row)

    def _extra(self, table: str, item: str, *, column: bool = False) -> str:
        found = self.run.report.table(table)
        return (found.added_label(item, column=column) if found else "") or NO_LABEL

    def column_name(self, table: str, column: str) -> str:
        """A column in the clerk's words."""
        spec = self.spec(table).column(column)
        return spec.name if spec else self._extra(table, column, column=True)

    def is_money(self, address: str) -> bool:
        """Whether a cell holds an amount of money."""
        table, _, column = split_address(address)
        spec = self.spec(table).column(column)
        return spec is not None and spec.kind == "money"

    def row_name(self, table: str, row: str) -> str:
        """A row in the clerk's words, its group before it."""
        spec = self.spec(table)
        found = spec.row(row) or spec.group(row)
        if found is None:
            return self._extra(table, row)
        parent = spec.group(found.group) if found.group else None
        return f"{parent.name} {found.name}" if parent else found.name

    def about_cells(self, addresses: Iterable[str]) -> tuple[int, ...]:
        """Numbers of the findings that rest on one of these cells."""
        wanted = set(addresses)
        return tuple(n for n, f in enumerate(self.findings, 1) if wanted.intersection(cells_of(f)))

    def blaming_cells(self, addresses: Iterable[str]) -> tuple[int, ...]:
        """Numbers of the findings that would be repaired by changing one of these cells."""
        wanted = set(addresses)
        return tuple(
            n for n, f in enumerate(self.findings, 1) if wanted.intersection(blamed_cells(f))
        )

    def about_table(self, table: str) -> tuple[int, ...]:
        """Numbers of the findings that rest on a cell of a table."""
        return tuple(
            n
            for n, f in enumerate(self.findings, 1)
            if any(c.startswith(f"{table}/") for c in cells_of(f))
        )

    def about_rule(self, rule: str) -> tuple[int, ...]:
        """Numbers of the findings that a rule took part in."""
        return tuple(n for n, f in enumerate(self.findings, 1) if rule in (f.rule, *f.also_rules))

    def about_section(self, section: str) -> tuple[int, ...]:
        """Numbers of the findings that quote a section."""
        return tuple(
            n
            for n, f in enumerate(self.findings, 1)
            if any(isinstance(e, TextEvidence) and e.section == section for e in f.evidence)
        )

    def about_claims(self, claims: Iterable[Claim]) -> tuple[int, ...]:
        """Numbers of the findings that quote the clause of one of these figures."""
        places = {c.locator for c in claims if c.verdict != "supported"}
        return tuple(
            n
            for n, f in enumerate(self.findings, 1)
            if any(isinstance(e, TextEvidence) and e.locator in places for e in f.evidence)
        )

    def cite_cell(self, address: str) -> Citation:
        """A citation of a cell, with its place where it was printed."""
        cell = self.cells.get(address)
        if cell is None:
            return Citation(cell=address)
        return Citation(cell=address, quote=cell.value.printed, locator=cell.locator)


def clauses(bases: Iterable[Basis | RuleBasis]) -> str:
    """The clauses of a rule or finding; articles of one law together, its name once."""
    named: dict[str, list[str]] = {}
    for basis in bases:
        law = basis.clause.startswith("第") and not basis.source.endswith("号")
        source = f"《{basis.source}》" if law else f"{basis.source} "
        named.setdefault(source, []).append(basis.clause)
    told = (f"{source}{'、'.join(found)}".strip() for source, found in named.items())
    return "；".join(told) or "规则本身"


def listed(names: Iterable[str], *, most: int = MOST_LISTED) -> str:
    """Names joined for a sentence, the rest counted when there are too many."""
    every = tuple(names)
    shown = "、".join(every[:most])
    return shown if len(every) <= most else f"{shown}等{len(every)}处"
