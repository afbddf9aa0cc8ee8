"""A statutory table as read, laid beside the official form; shared by listing and HTML."""

from typing import Final, NamedTuple

from checker.domain.report import AnnualReport, ReportCell, ReportTable, TableId, split_address
from checker.output.phrases import one_line
from checker.rulebook import FormSpec, form_of_report, load_forms
from checker.rulebook.forms import TableSpec

MISSING: Final = "（未印出）"
BLANK: Final = "（空）"
UNREADABLE: Final = "（不能确认）"
_LONGEST = 24  # characters of figures that could not be told apart; whole columns run together


class ExtraCell(NamedTuple):
    """A cell that has no place in the official form."""

    column: str
    cell: ReportCell


class ExtraRow(NamedTuple):
    """Cells outside the form that share a row, with the label printed there."""

    row: str
    label: str
    cells: tuple[ExtraCell, ...]


class TableView(NamedTuple):
    """The official table and what was read; ``table`` is None when none was found."""

    form: FormSpec
    spec: TableSpec
    table: ReportTable | None

    def cell(self, row: str, column: str) -> ReportCell | None:
        """The cell at a row (or group) and column id."""
        return self.table.cell(row, column) if self.table else None

    def printed_label(self, label_id: str) -> str | None:
        """The wording in the report, where it is not an accepted one."""
        deviations = self.table.deviations if self.table else ()
        return next(
            (
                one_line(d.printed)
                for d in deviations
                if d.id == label_id and d.printed and d.kind.startswith("renamed")
            ),
            None,
        )

    def group_is_filled(self, group: str) -> bool:
        """Whether figures stand in the heading of a group of rows."""
        cells = self.table.by_address if self.table else {}
        return any(split_address(a).row == group for a in cells)

    def chain(self, group: str | None) -> tuple[str, ...]:
        """Ids of the groups over a row or column, the outermost first."""
        chain: list[str] = []
        while group is not None and group not in chain:
            spec = self.spec.group(group)
            if spec is None:
                break
            chain.insert(0, group)
            group = spec.group
        return tuple(chain)

    def extra_rows(self) -> tuple[ExtraRow, ...]:
        """What was printed outside the official form, in order of appearance."""
        if self.table is None:
            return ()
        official = set(self.spec.addresses())
        groups = {g.id for g in self.spec.groups}
        columns = {c.id for c in self.spec.columns}
        rows: dict[str, list[ExtraCell]] = {}
        for address, cell in self.table.by_address.items():
            _, row, column = split_address(address)
            if address in official or (row in groups and column in columns):
                continue
            rows.setdefault(row, []).append(ExtraCell(self._column_name(column), cell))
        return tuple(
            ExtraRow(row, self._row_name(row), tuple(cells)) for row, cells in rows.items()
        )

    def _row_name(self, row: str) -> str:
        spec = self.spec.row(row) or self.spec.group(row)
        return self._added(row) or (spec.name if spec else "没有名称的行")

    def _column_name(self, column: str) -> str:
        spec = self.spec.column(column)
        return self._added(column, column=True) or (spec.name if spec else "没有名称的列")

    def _added(self, label_id: str, *, column: bool = False) -> str:
        """The printed label of an added row or column; empty when the form knows the id."""
        if self.spec.row(label_id) or self.spec.column(label_id) or self.table is None:
            return ""
        return self.table.added_label(label_id, column=column)


def view(report: AnnualReport, table_id: TableId) -> TableView:
    """The table of a report beside the form whose labels it carries.

    Without a table of its own the form of the report decides, then the report year, then the
    form in force.
    """
    forms = load_forms()
    table = report.table(table_id)
    own = forms.get(table.form) if table else None
    form = own or form_of_report(forms, report)
    return TableView(form, form.table(table_id), table)


def cell_text(cell: ReportCell | None) -> str:
    """What stands in a cell, for people: missing, blank and uncertain are told apart."""
    if cell is None:
        return MISSING
    printed = one_line(cell.value.printed)
    if cell.value.presence == "blank":
        return BLANK
    if cell.value.presence == "unreadable":
        shown = printed if len(printed) <= _LONGEST else f"{printed[:_LONGEST]}……"
        return f"{UNREADABLE}{shown}"
    return printed
