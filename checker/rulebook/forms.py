"""The official forms as data: sections, tables, rows, columns, labels and their variants."""

import re
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Literal

from checker.domain.base import Frozen
from checker.domain.finding import Basis
from checker.domain.report import AnnualReport, FormId, SectionId, TableId, split_address

CellKind = Literal["count", "change", "money"]

NO_LABEL = "表式外"
"""How messages name a row or column that the form does not have and that has no label."""

_NOT_LETTERS = re.compile(r"[\W_]+")
_ORDINAL = re.compile(r"^[（(]?[0-9０-９一二三四五六七八九十]{1,2}[)）.．、，,]\s*")


@lru_cache(maxsize=4096)
def bare_label(label: str) -> str:
    """A label without its ordinal, spaces and punctuation, for comparison only."""
    return _NOT_LETTERS.sub("", _ORDINAL.sub("", label.strip()))


class LabelSpec(Frozen):
    """A printed label.

    Attributes:
        label: official wording.
        short: how messages name it, when the official wording is long.
        accepted: wordings that mean the same and are nobody's fault.
        recognised: wordings by which we know what is meant, reported as renamed.
    """

    label: str
    short: str = ""
    accepted: tuple[str, ...] = ()
    recognised: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The wording for messages."""
        return self.short or self.label


class ColumnSpec(LabelSpec):
    """A column; ``group`` is the id of the heading printed above it."""

    id: str
    kind: CellKind = "count"
    unit: str | None = None
    group: str | None = None


class RowSpec(LabelSpec):
    """A row; ``group`` is the id of the heading printed beside (or above) it."""

    id: str
    group: str | None = None


class GroupSpec(LabelSpec):
    """A heading over rows or columns; it holds no cell of its own."""

    id: str
    group: str | None = None


class BlockSpec(Frozen):
    """Rows that share one set of columns, under one heading.

    Attributes:
        heading: label printed above the block, empty when there is none.
        accepted: other wordings of the heading.
    """

    heading: str = ""
    accepted: tuple[str, ...] = ()
    rows: tuple[str, ...]
    columns: tuple[str, ...]


class TableSpec(Frozen):
    """A statutory table.

    Attributes:
        ordinal: 二, 三 or 四: messages say 表二, 表三, 表四.
        orientation: ``rows``: each row id is one printed row. ``across``: the row ids stand side
            by side in one printed row, each with all columns below it (table 四).
        corner: labels of head cells that name neither a row nor a column.
        groups: headings of rows and of columns.
    """

    id: TableId
    ordinal: str
    title: str
    section: SectionId
    orientation: Literal["rows", "across"] = "rows"
    corner: tuple[str, ...] = ()
    blocks: tuple[BlockSpec, ...]
    groups: tuple[GroupSpec, ...] = ()
    rows: tuple[RowSpec, ...]
    columns: tuple[ColumnSpec, ...]

    @cached_property
    def _rows_by_id(self) -> Mapping[str, RowSpec]:
        return {r.id: r for r in self.rows}

    @cached_property
    def _columns_by_id(self) -> Mapping[str, ColumnSpec]:
        return {c.id: c for c in self.columns}

    @cached_property
    def _groups_by_id(self) -> Mapping[str, GroupSpec]:
        return {g.id: g for g in self.groups}

    def row(self, row: str) -> RowSpec | None:
        """The row of that id."""
        return self._rows_by_id.get(row)

    def column(self, column: str) -> ColumnSpec | None:
        """The column of that id."""
        return self._columns_by_id.get(column)

    def group(self, group: str) -> GroupSpec | None:
        """The group of that id."""
        return self._groups_by_id.get(group)

    def block_of(self, row: str) -> BlockSpec | None:
        """The block that holds a row."""
        return next((b for b in self.blocks if row in b.rows), None)

    def addresses(self) -> tuple[str, ...]:
        """Every cell address of the table, in the order of the form."""
        return self._addresses

    @cached_property
    def _addresses(self) -> tuple[str, ...]:
        return tuple(f"{self.id}/{r}/{c}" for b in self.blocks for r in b.rows for c in b.columns)

    @cached_property
    def cell_labels(self) -> Mapping[str, str]:
        """Every place of the table in the clerk's words, by address."""
        parts = ((a, split_address(a)) for a in self._addresses)
        return {a: self.cell_label(p.row, p.column) for a, p in parts}

    def line_name(self, row: str) -> str:
        """A row or group as messages name it."""
        spec = self.row(row) or self.group(row)
        return spec.name if spec else row

    def cell_label(self, row: str, column: str) -> str:
        """A place in the clerk's words: ``表三“（三）不予公开 1.属于国家秘密”行“自然人”列``.

        An unknown row or column may be given by its printed label.
        """
        spec = self.row(row) or self.group(row)
        name = spec.name if spec else row or NO_LABEL
        parent = self.group(spec.group) if spec and spec.group else None
        if parent is not None and parent.group is not None:  # not 本年度办理结果, which holds all
            name = f"{parent.name} {name}"
        col = self.column(column)
        return f"表{self.ordinal}“{name}”行“{col.name if col else column or NO_LABEL}”列"


class SectionSpec(LabelSpec):
    """One of the six sections.

    Attributes:
        ordinal: 一 to 六.
    """

    id: SectionId
    ordinal: str


class FormSpec(Frozen):
    """A form with the report years it is for.

    Attributes:
        last_year: None while it is in force.
        basis: the notice that prescribes it.
    """

    id: FormId
    title: str
    first_year: int
    last_year: int | None = None
    basis: Basis
    sections: tuple[SectionSpec, ...]
    tables: tuple[TableSpec, ...]

    def table(self, table: str) -> TableSpec:
        """The table of that id.

        Raises:
            KeyError: the form has no such table.
        """
        for spec in self.tables:
            if spec.id == table:
                return spec
        raise KeyError(table)

    @cached_property
    def official_labels(self) -> Mapping[str, str]:
        """Every wording of a label that the form knows, bare → official label."""
        return {
            bare_label(wording): spec.label
            for table in self.tables
            for spec in (*table.rows, *table.columns, *table.groups)
            for wording in (*spec.recognised, *spec.accepted, spec.label, spec.short)
            if wording
        }

    def covers(self, year: int) -> bool:
        """Whether a report for that year has to use this form."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


def form_for_year(forms: Mapping[str, FormSpec], year: int | None) -> FormSpec | None:
    """The form that a report for that year has to use; the newest where several cover it."""
    covering = [f for f in forms.values() if year is not None and f.covers(year)]
    return max(covering, key=lambda f: f.first_year) if covering else None


def form_of_report(forms: Mapping[str, FormSpec], report: AnnualReport) -> FormSpec:
    """The form to judge a report by.

    The one whose labels are printed, else the one of the report year, else the one in force.
    """
    for form in (report.identity.form, *(t.form for t in report.tables)):
        if form in forms:
            return forms[form]
    newest = max(forms.values(), key=lambda f: f.first_year)
    return form_for_year(forms, report.identity.year) or newest
