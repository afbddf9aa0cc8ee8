"""A report in print order that can be changed piece by piece and read by the product itself.

Knows the layout of the official forms; holds no figures of its own.
"""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from checker.assemble import assemble
from checker.domain.document import Document
from checker.domain.report import AnnualReport, SectionId, TableId
from checker.readers.builder import DocumentBuilder, RawCell
from checker.rulebook import FormSpec, TableSpec
from checker.rulebook.forms import RowSpec

APPLICANTS = (
    "natural_person",
    "commercial",
    "research",
    "public_benefit",
    "legal_services",
    "other_organization",
)
Figures = dict[str, dict[str, str]]


class ExtraRow(NamedTuple):
    """A row that the form does not know; ``values`` are printed as they are."""

    after: str
    label: str
    values: tuple[str, ...]


@dataclass
class ReportPlan:
    """A report to be rendered; methods change it in place and return it.

    Attributes:
        before: lines in front of the title, as web pages have them.
        behind: lines behind a table.
        after: lines behind the last section: signature, what a web page adds.
    """

    form: FormSpec
    body: str
    year: int
    title: list[str]
    introduction: list[str]
    sections: dict[SectionId, list[str]]
    section_titles: dict[SectionId, str]
    tables: dict[TableId, Figures]
    dropped_rows: set[tuple[str, str]] = field(default_factory=set)
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    column_labels: dict[tuple[str, str], str] = field(default_factory=dict)
    extra_rows: dict[TableId, list[ExtraRow]] = field(default_factory=dict)
    subtotals: dict[str, tuple[str, ...]] = field(default_factory=dict)
    group_labels: dict[str, str] = field(default_factory=dict)
    dropped_tables: set[TableId] = field(default_factory=set)
    table_in_section: dict[TableId, SectionId] = field(default_factory=dict)
    before: list[str] = field(default_factory=list)
    behind: dict[TableId, list[str]] = field(default_factory=dict)
    after: list[str] = field(default_factory=list)
    name: str = "report.docx"

    def copy(self) -> "ReportPlan":
        """A plan of its own."""
        return deepcopy(self)

    def set_cell(self, address: str, printed: str) -> "ReportPlan":
        """Print something else in a cell."""
        table, row, column = self._parts(address)
        self.tables[table][row][column] = printed
        return self

    def add(self, address: str, delta: int) -> "ReportPlan":
        """Change a figure by so much."""
        table, row, column = self._parts(address)
        value = Decimal(self.tables[table][row][column]) + delta
        self.tables[table][row][column] = str(value)
        return self

    def set_section(self, section: SectionId, lines: str | Sequence[str]) -> "ReportPlan":
        """Replace the prose of a section."""
        self.sections[section] = lines.splitlines() if isinstance(lines, str) else list(lines)
        return self

    def drop_section(self, section: SectionId) -> "ReportPlan":
        """Leave a section out, heading and prose."""
        self.sections.pop(section, None)
        self.section_titles.pop(section)
        return self

    def set_section_title(self, section: SectionId, title: str) -> "ReportPlan":
        """Print another heading."""
        self.section_titles[section] = title
        return self

    def drop_row(self, table: TableId, row: str) -> "ReportPlan":
        """Leave a row out."""
        self.dropped_rows.add((table, row))
        return self

    def rename_row(self, table: TableId, row: str, label: str) -> "ReportPlan":
        """Print another label for a row."""
        self.labels[table, row] = label
        return self

    def rename_column(self, table: TableId, column: str, label: str) -> "ReportPlan":
        """Print another label for a column."""
        self.column_labels[table, column] = label
        return self

    def extra_row(
        self, table: TableId, *, after: str, label: str, values: Sequence[str]
    ) -> "ReportPlan":
        """Print a row that the form does not know."""
        self.extra_rows.setdefault(table, []).append(ExtraRow(after, label, tuple(values)))
        return self

    def subtotal(self, group: str, values: Sequence[str]) -> "ReportPlan":
        """Print figures in the heading of a group."""
        self.subtotals[group] = tuple(values)
        return self

    def rename_group(self, group: str, label: str) -> "ReportPlan":
        """Print another heading over a group of rows."""
        self.group_labels[group] = label
        return self

    def drop_table(self, table: TableId) -> "ReportPlan":
        """Leave a table out."""
        self.dropped_tables.add(table)
        return self

    def move_table(self, table: TableId, section: SectionId) -> "ReportPlan":
        """Print a table in another section."""
        self.table_in_section[table] = section
        return self

    def merge_other(self) -> "ReportPlan":
        """Print （六）其他处理 as one row, as some 2021 reports do."""
        rows = self.tables["requests"]
        leaves = [r for r in rows if r.startswith("other.")]
        columns = (*APPLICANTS, "total")
        sums = tuple(str(sum(int(rows[r][c]) for r in leaves)) for c in columns)
        for leaf in leaves:
            self.drop_row("requests", leaf)
        return self.extra_row(
            "requests", after="declined.reconfirmation", label="（六）其他处理", values=sums
        )

    def document(self) -> Document:
        """The report as a Document with exact grids."""
        builder = DocumentBuilder(self.name, repr(self).encode(), "docx")
        for item in self.items():
            if isinstance(item, Heading):
                builder.paragraph(item.text, heading=item.rank == 1)
            else:
                builder.table(item.cells, geometry="grid")
        return builder.build()

    def report(self) -> AnnualReport:
        """The report, read by the product's own assembly."""
        return assemble(self.document())

    def items(self) -> "list[Heading | Grid]":
        """Everything in print order: what every renderer needs."""
        out: list[Heading | Grid] = [Heading(t, 2) for t in self.before]
        out += [Heading(t, 0) for t in self.title]
        out += [Heading(t, 2) for t in self.introduction]
        for section in self.form.sections:
            if section.id not in self.section_titles:
                continue
            out.append(Heading(self.section_titles[section.id], 1))
            out += [Heading(t, 2) for t in self.sections.get(section.id, [])]
            for table in self.form.tables:
                home = self.table_in_section.get(table.id, table.section)
                if home == section.id and table.id not in self.dropped_tables:
                    out.append(Grid(table.id, tuple(self.grid(table))))
                    out += [Heading(t, 2) for t in self.behind.get(table.id, [])]
        return out + [Heading(t, 2) for t in self.after]

    def grid(self, spec: TableSpec) -> list[RawCell]:
        """The cells of one table in the layout of the official form."""
        if spec.orientation == "across":
            return _across_grid(self, spec)
        if spec.id == "requests":
            return _requests_grid(self, spec)
        return _blocks_grid(self, spec)

    def row_label(self, spec: TableSpec, row: str) -> str:
        """What is printed as label of a row."""
        return self.labels.get((spec.id, row), _row_spec(spec, row).label)

    def column_label(self, spec: TableSpec, column: str) -> str:
        """What is printed as label of a column."""
        found = next(c for c in spec.columns if c.id == column)
        return self.column_labels.get((spec.id, column), found.label)

    def _parts(self, address: str) -> tuple[TableId, str, str]:
        table, row, column = address.split("/")
        for spec in self.form.tables:
            if spec.id == table:
                return spec.id, row, column
        raise KeyError(address)


class Heading(NamedTuple):
    """A line of text; rank 0 the title, 1 a section title, 2 prose."""

    text: str
    rank: int


class Grid(NamedTuple):
    """A table as printed."""

    table: TableId
    cells: tuple[RawCell, ...]


def _row_spec(spec: TableSpec, row: str) -> RowSpec:
    found = spec.row(row)
    if found is None:
        raise KeyError(row)
    return found


def _extra(plan: ReportPlan, spec: TableSpec, after: str) -> list[ExtraRow]:
    return [e for e in plan.extra_rows.get(spec.id, []) if e.after == after]


def _blocks_grid(plan: ReportPlan, spec: TableSpec) -> list[RawCell]:
    width = 1 + max(len(b.columns) for b in spec.blocks)
    cells: list[RawCell] = []
    line = 0

    def data_line(label: str, values: Sequence[str]) -> None:
        nonlocal line
        cells.append(RawCell(label, line, 0))
        for i, value in enumerate(values):
            span = width - 1 - i if i == len(values) - 1 else 1
            cells.append(RawCell(value, line, 1 + i, 1, span))
        line += 1

    for block in spec.blocks:
        cells.append(RawCell(block.heading, line, 0, 1, width))
        line += 1
        data_line("信息内容", [plan.column_label(spec, c) for c in block.columns])
        for row in block.rows:
            if (spec.id, row) not in plan.dropped_rows:
                figures = plan.tables[spec.id][row]
                data_line(plan.row_label(spec, row), [figures[c] for c in block.columns])
            for extra in _extra(plan, spec, row):
                data_line(extra.label, extra.values)
    return cells


def _requests_grid(plan: ReportPlan, spec: TableSpec) -> list[RawCell]:
    columns = spec.blocks[0].columns
    cells = [
        RawCell(spec.corner[0], 0, 0, 3, 3),
        RawCell("申请人情况", 0, 3, 1, 7),
        RawCell(plan.column_label(spec, "natural_person"), 1, 3, 2, 1),
        RawCell("法人或其他组织", 1, 4, 1, 5),
        RawCell(plan.column_label(spec, "total"), 1, 9, 2, 1),
    ]
    cells += [RawCell(plan.column_label(spec, c), 2, 4 + i) for i, c in enumerate(columns[1:6])]
    lines: list[tuple[str | None, str, Sequence[str]]] = []
    for row in spec.blocks[0].rows:
        found = _row_spec(spec, row)
        if (spec.id, row) not in plan.dropped_rows:
            figures = plan.tables[spec.id][row]
            lines.append((found.group, plan.row_label(spec, row), [figures[c] for c in columns]))
        lines += [("results", e.label, e.values) for e in _extra(plan, spec, row)]
    cells += _request_lines(plan, spec, lines)
    return cells


def _request_lines(
    plan: ReportPlan, spec: TableSpec, lines: Sequence[tuple[str | None, str, Sequence[str]]]
) -> list[RawCell]:
    groups = {g.id: g for g in spec.groups}
    cells: list[RawCell] = []
    seen: set[str] = set()
    line = 3
    for group, label, values in lines:
        if group is not None and group != "results" and group not in seen:
            seen.add(group)
            members = sum(1 for g, _, _ in lines if g == group)
            heading = plan.group_labels.get(group, groups[group].label)
            if group in plan.subtotals:
                cells.append(RawCell(heading, line, 1, 1, 2))
                cells += [RawCell(v, line, 3 + i) for i, v in enumerate(plan.subtotals[group])]
                line += 1
            else:
                cells.append(RawCell(heading, line, 1, members, 1))
        if group is None:
            cells.append(RawCell(label, line, 0, 1, 3))
        elif group == "results" or group in plan.subtotals:
            cells.append(RawCell(label, line, 1, 1, 2))
        else:
            cells.append(RawCell(label, line, 2))
        cells += [RawCell(v, line, 3 + i) for i, v in enumerate(values)]
        line += 1
    inner = [c.row for c in cells if c.column == 1]
    if inner:
        span = max(inner) - min(inner) + 1
        cells.append(RawCell(groups["results"].label, min(inner), 0, span, 1))
    return cells


def _across_grid(plan: ReportPlan, spec: TableSpec) -> list[RawCell]:
    block = spec.blocks[0]
    k = len(block.columns)
    cells = [
        RawCell(plan.row_label(spec, block.rows[0]), 0, 0, 1, k),
        RawCell("行政诉讼", 0, k, 1, 2 * k),
    ]
    for i, column in enumerate(block.columns):
        cells.append(RawCell(plan.column_label(spec, column), 1, i, 2, 1))
    for j, row in enumerate(block.rows[1:], start=1):
        cells.append(RawCell(plan.row_label(spec, row), 1, j * k, 1, k))
        cells += [
            RawCell(plan.column_label(spec, c), 2, j * k + i) for i, c in enumerate(block.columns)
        ]
    for j, row in enumerate(block.rows):
        cells += [
            RawCell(plan.tables[spec.id][row][c], 3, j * k + i) for i, c in enumerate(block.columns)
        ]
    return cells
