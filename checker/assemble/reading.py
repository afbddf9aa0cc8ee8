"""What was read of one statutory table, and how printed rows become addressed cells."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from checker.assemble.labels import LONGEST_LABEL, LabelIndex, Quality, label_key
from checker.assemble.money_unit import named_unit
from checker.assemble.numbers import DISAGREE, parse_cell
from checker.domain.document import TableCell
from checker.domain.finding import Doubt
from checker.domain.locator import Locator
from checker.domain.quantity import CellValue
from checker.domain.report import (
    AddressParts,
    Deviation,
    DeviationKind,
    ReportCell,
    split_address,
)
from checker.rulebook import LabelSpec, TableSpec
from checker.rulebook.heading_figures import heading_before, heading_figure

NOT_SURE = "，不能确定是几，没有参加核对，请对照原件。"
_ROWS_TOLD = 3
_MOST_SHOWN = 60  # characters
_ALL = "total"  # the column of all applicants
# （三）不予公开-1.属于国家秘密
_ORDINAL_INSIDE = re.compile(r"[\-—–－/:：]\s*\d{1,2}[.．、]\s*[一-鿿]{2}")
_VALUE_WORDS = frozenset(
    (
        "无",
        "无此项",
        "不适用",
        "n/a",
        "na",
        "无此类",
        "无此类事项",
        "暂无",
        "没有",
        "无数据",
        "不涉及",
    )
)


@lru_cache(maxsize=8192)
def _parse(text: str, unit: str | None) -> CellValue:
    return parse_cell(text, unit=unit)


def is_value(text: str) -> bool:
    """Whether a cell holds a figure, nothing, a dash, or a word that stands for a figure."""
    return len(text) <= LONGEST_LABEL and _is_value(text)


@lru_cache(maxsize=8192)
def _is_value(text: str) -> bool:
    presence = parse_cell(text).presence
    if heading_before(text) is not None or _ORDINAL_INSIDE.search(text):
        return False
    if presence == "words":
        return "".join(text.split()).lower() in _VALUE_WORDS
    if presence != "unreadable" or text.startswith(DISAGREE):
        return True
    # 1.属于国家秘密 is a label whose ordinal looks like a figure
    flat = label_key(text).flat
    return any(ch.isdigit() for ch in flat) or not any("一" <= ch <= "鿿" for ch in flat)


class PrintedColumn(NamedTuple):
    """A column head: id (``extra.n`` when unknown) and the grid columns it covers."""

    id: str
    first: int
    last: int


class PrintedValue(NamedTuple):
    """A value cell below a column head; ``cell`` is None when the place could not be told."""

    column: str
    cell: TableCell | None


class RepeatedRow(NamedTuple):
    """A row that was read before.

    Attributes:
        label: where it stands again; None where its table prints no label in the row.
        differing: columns whose figures are not those of the first time, in print order.
    """

    row: str
    label: TableCell | None
    differing: tuple[str, ...]


class TakenLabel(NamedTuple):
    """The label by which a row was read, and how sure that is (``LabelIndex.certainty``)."""

    cell: TableCell
    certainty: int


class UnreadableRow(NamedTuple):
    """A row with another number of values than columns."""

    row: str
    expected: int
    found: int
    printed: str
    locator: Locator


@dataclass
class TableReading:
    """Collects rows, columns, deviations and doubts while a table is read.

    Attributes:
        row_order: ids of the rows of the form, in print order.
        lines: the same with those of rows that the form does not have.
        labels: of the rows of the form whose figures were read.
        column_heads: the first printed head of each column.
        unnamed: by group, the figures beside its label that may be those of a row without a name.
    """

    index: LabelIndex
    cells: dict[str, ReportCell] = field(default_factory=dict)
    subtotals: dict[str, ReportCell] = field(default_factory=dict)
    group_labels: dict[str, TableCell] = field(default_factory=dict)
    unnamed: dict[str, Sequence[PrintedValue]] = field(default_factory=dict)
    unreadable: list[UnreadableRow] = field(default_factory=list)
    repeated: list[RepeatedRow] = field(default_factory=list)
    deviations: list[Deviation] = field(default_factory=list)
    withheld: list[Deviation] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    row_order: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    labels: dict[str, TakenLabel] = field(default_factory=dict)
    column_order: list[str] = field(default_factory=list)
    column_heads: dict[str, TableCell] = field(default_factory=dict)
    money_units: dict[str, str] = field(default_factory=dict)
    headings: list[str] = field(default_factory=list)
    extra_rows: int = 0
    extra_columns: dict[str, str] = field(default_factory=dict)

    @property
    def spec(self) -> TableSpec:
        """The table of the form."""
        return self.index.spec

    def deviate(
        self,
        kind: DeviationKind,
        label_id: str,
        *,
        printed: TableCell | None = None,
        official: LabelSpec | None = None,
    ) -> None:
        """Note a difference from the form, once."""
        text = printed.text if printed else None
        if any(d.kind == kind and d.id == label_id and d.printed == text for d in self.deviations):
            return
        self.deviations.append(
            Deviation(
                kind=kind,
                printed=text,
                official=official.label if official else None,
                id=label_id,
                locator=printed.locator if printed else None,
            )
        )

    def column_group(self, text: str) -> bool:
        """Whether a text is a heading over several columns (法人或其他组织)."""
        match = self.index.find(text, "group")
        return match is not None and any(c.group == match.id for c in self.spec.columns)

    def column_head(self, cell: TableCell) -> str:
        """The column that a head cell names; an unknown one gets ``extra.n``."""
        match = self.index.find(cell.text, "column")
        label_id: str | None
        quality: Quality
        if match is not None:
            label_id, quality = match.id, match.quality
        else:
            label_id, quality = self.index.near(cell.text, "column"), "alike"
        if label_id is None:
            label_id = self.added_column(cell)
        elif quality in ("recognised", "alike"):
            self.deviate(
                "renamed_column", label_id, printed=cell, official=self.spec.column(label_id)
            )
            column, unit = self.spec.column(label_id), named_unit(cell.text)
            if column and column.kind == "money" and unit and unit != column.unit:
                self.money_units[label_id] = unit  # 本年收费金额（单位：元） in place of 万元
        if label_id not in self.column_order:
            self.column_order.append(label_id)
        self.column_heads.setdefault(label_id, cell)
        return label_id

    def added_column(self, cell: TableCell) -> str:
        """The ``extra.n`` of a column that the form does not have, by its head."""
        known = self.extra_columns.get(cell.text)
        label_id = known or f"extra.{len(self.extra_columns) + 1}"
        self.extra_columns[cell.text] = label_id
        self.deviate("extra_column", label_id, printed=cell)
        return label_id

    def row_head(self, cell: TableCell, *, text: str | None = None) -> str | None:
        """The row that a label names, None when the form has none like it."""
        printed = cell.text if text is None else text
        match = self.index.find(printed, "row")
        if match is not None:
            if match.quality == "recognised":
                self.deviate(
                    "renamed_row", match.id, printed=cell, official=self.spec.row(match.id)
                )
            return match.id
        label_id = self.index.near(printed, "row", self.row_order)
        if label_id is not None:
            self.deviate("renamed_row", label_id, printed=cell, official=self.spec.row(label_id))
        return label_id

    def add_row(self, row: str, label: TableCell | None, values: Sequence[PrintedValue]) -> None:
        """Keep the cells of a row; a row read before stays as it was, with a doubt.

        Unless it was less sure that its label names the row: then it is none of the form.
        """
        certainty = 2 if label is None else self.index.certainty(label.text, row)
        if row in self.labels and self.labels[row].certainty < certainty:
            self.set_apart(row)
        if row in self.row_order:
            differing = tuple(v.column for v in values if self._differs(row, v))
            self.repeated.append(RepeatedRow(row, label, differing))
            return
        self.row_order.append(row)
        self.lines.append(row)
        if label is not None:
            self.labels[row] = TakenLabel(label, certainty)
        for value in values:
            cell = self._report_cell(row, value)
            if cell is not None:
                self.cells[cell.address] = cell

    def add_extra_row(self, label: TableCell | None, values: Sequence[PrintedValue]) -> None:
        """Keep a row that the form does not know."""
        self.extra_rows += 1
        row = f"extra.{self.extra_rows}"
        self.lines.append(row)
        anchor = label or next((v.cell for v in values if v.cell), None)
        self.deviations.append(
            Deviation(
                kind="extra_row",
                printed=label.text if label else "",
                official=None,
                id=row,
                locator=anchor.locator if anchor else None,
            )
        )
        for value in values:
            cell = self._report_cell(row, value)
            if cell is not None:
                self.cells[cell.address] = cell

    def set_apart(self, row: str) -> None:
        """Make a row that was read one that the form does not have."""
        label = self.labels.pop(row).cell
        self.extra_rows += 1
        extra = f"extra.{self.extra_rows}"
        self.deviations[:] = [d for d in self.deviations if (d.kind, d.id) != ("renamed_row", row)]
        self.deviate("extra_row", extra, printed=label)
        self.lines[self.lines.index(row)] = extra
        self.row_order.remove(row)
        self.move(lambda p: p._replace(row=extra) if p.row == row else p)

    def forget(self, extra: str) -> None:
        """Take out a row that the form does not have."""
        self.lines.remove(extra)
        for address in [a for a in self.cells if split_address(a).row == extra]:
            del self.cells[address]
        self.deviations[:] = [d for d in self.deviations if (d.kind, d.id) != ("extra_row", extra)]

    def add_subtotal(self, group: str, label: TableCell, values: Sequence[PrintedValue]) -> None:
        """Keep figures printed in a group heading; another number in front makes it a row."""
        if len(values) > 1 and self.index.numbered_otherwise(label.text, group):
            self.add_extra_row(label, values)
            return
        self.group_labels.setdefault(group, label)
        for value in values:
            cell = self._report_cell(group, value)
            if cell is not None:
                self.subtotals.setdefault(cell.address, cell)

    def settle_unnamed(self) -> None:
        """Figures beside a group label are those of its first row where that seems missing.

        The cell for the name of the row is empty or not known: a row without a name, no subtotal.
        """
        for group, values in self.unnamed.items():
            first, *others = [row.id for row in self.spec.rows if row.group == group] or [group]
            if first not in self.row_order and any(row in self.row_order for row in others):
                for address in [a for a in self.subtotals if split_address(a).row == group]:
                    del self.subtotals[address]
                self.add_extra_row(None, values)

    def add_heading_figure(self, label: TableCell) -> None:
        """Keep the figure behind a group heading in its own cell: of all applicants together."""
        found = heading_figure(label.text)
        group = self.index.find(found.heading, "group") if found is not None else None
        column = self.spec.column(_ALL)
        if found is None or group is None or column is None:
            return
        place = label.locator
        if place.end - place.start == len(label.text):  # not put together from several cells
            place = place.part(place.start + found.start, place.start + found.end)
        figure = replace(label, text=label.text[found.start : found.end], locator=place)
        self.add_subtotal(group.id, label, [PrintedValue(column.id, figure)])

    def unreadable_row(
        self, row: str, label: TableCell, columns: Iterable[str], found: Sequence[TableCell]
    ) -> None:
        """A row whose figures cannot be told apart: every cell is unreadable."""
        names = list(columns)
        printed = " ".join(c.text for c in found if c.text)
        self.unreadable.append(UnreadableRow(row, len(names), len(found), printed, label.locator))
        if row not in self.row_order:
            self.row_order.append(row)
            self.lines.append(row)
        for name in names:
            address = f"{self.spec.id}/{row}/{name}"
            value = CellValue(printed=printed, presence="unreadable")
            self.cells.setdefault(
                address, ReportCell(address=address, value=value, locator=label.locator)
            )

    def _differs(self, row: str, value: PrintedValue) -> bool:
        """Whether a cell prints something else than the same cell did before."""
        before = self.cells.get(f"{self.spec.id}/{row}/{value.column}")
        now = "" if value.cell is None else _one_line(value.cell.text)
        return now != ("" if before is None else _one_line(before.value.printed))

    def doubt_columns(self, row: str, label: TableCell, found: Sequence[TableCell]) -> None:
        """A row that was read and of which the columns are not certain after all."""
        columns = [c.address for c in self.cells.values() if split_address(c.address).row == row]
        for address in columns:
            del self.cells[address]
        self.unreadable_row(row, label, (split_address(a).column for a in columns), found)

    def finish(self) -> None:
        """Tell in one doubt each which rows could not be read, and which are there twice."""
        if self.unreadable:
            self._tell_unreadable()
        if self.repeated:
            self._tell_repeated()

    def _tell_repeated(self) -> None:
        first = next((r for r in self.repeated if r.differing), self.repeated[0])
        names = list(dict.fromkeys(f"“{self.row_name(r.row)}”" for r in self.repeated))
        told = "、".join(names[:_ROWS_TOLD]) + (
            f"等{len(names)}" if len(names) > _ROWS_TOLD else ""
        )
        places = [self.spec.cell_label(r.row, c) for r in self.repeated for c in r.differing]
        outcome = "各次数字相同"
        if places:
            more = f"等{len(places)}处" if len(places) > _ROWS_TOLD else ""
            outcome = f"各次数字不同的是{'、'.join(places[:_ROWS_TOLD])}{more}"
        self.doubts.append(
            Doubt(
                kind="ambiguous_label",
                message=f"表{self.spec.ordinal}的{told}行出现不止一次，只采用第一次出现的数字，"
                f"{outcome}，请核对是否重复印了表格。",
                quote=first.label.text if first.label else "",
                locator=first.label.locator if first.label else None,
            )
        )

    def _tell_unreadable(self) -> None:
        first = self.unreadable[0]
        printed = first.printed.removeprefix(DISAGREE)
        together = (
            self.spec.orientation == "across" and len({u.printed for u in self.unreadable}) == 1
        )
        if together and printed:
            what = (
                f"的列名在文件里拆散了，或与数字对不齐，读到的{len(printed.split())}个数"
                f"（{shortened(printed)}）分不清各属哪一列，没有参加核对"
            )
        else:
            told = "；".join(
                f"“{self.row_name(u.row)}”{_found(u)}（{_figures_of(u)}）"
                for u in self.unreadable[:_ROWS_TOLD]
            )
            more = f"等{len(self.unreadable)}行" if len(self.unreadable) > _ROWS_TOLD else ""
            what = f"有的行分不清数字各属哪一列，没有参加核对：{told}{more}"
        self.doubts.append(
            Doubt(
                kind="missing_cells",
                message=f"表{self.spec.ordinal}{what}。请对照原件，或换用 Word 文件再检查。",
                cell=f"{self.spec.id}/{first.row}/{self.spec.blocks[0].columns[0]}"
                if self.spec.block_of(first.row) is self.spec.blocks[0]
                else None,
                quote=first.printed,
                locator=first.locator,
            )
        )

    def row_name(self, row: str) -> str:
        """A row as messages name it."""
        spec = self.spec.row(row)
        return spec.name if spec else row

    def printed_name(self, row: str) -> str:
        """A row of the form or another as messages name it."""
        return self.row_name(self._printed_row(row))

    def _report_cell(self, row: str, value: PrintedValue) -> ReportCell | None:
        if value.cell is None:
            return None
        spec = self.spec
        address = f"{spec.id}/{row}/{value.column}"
        parsed = self._parsed(value.cell.text, value.column)
        # Why nothing at all is known of a cell the reader has said.
        if parsed.presence == "unreadable" and parsed.printed != DISAGREE:
            place = spec.cell_label(self._printed_row(row), self._printed_column(value.column))
            self.doubts.append(
                Doubt(
                    kind="unreadable_cell",
                    message=f"{place}{_as_printed(parsed.printed)}{NOT_SURE}",
                    cell=address,
                    quote=value.cell.text,
                    locator=value.cell.locator,
                )
            )
        return ReportCell(address=address, value=parsed, locator=value.cell.locator)

    def _parsed(self, text: str, column_id: str) -> CellValue:
        """A cell in the unit of its column."""
        column, unit = self.spec.column(column_id), self.money_units.get(column_id)
        parsed = _parse(text, column.unit if column else None)
        if unit and column and parsed.presence == "given" and parsed.unit is None:
            told = _parse(f"{text.strip()}{unit}", column.unit)
            return told.model_copy(update={"printed": parsed.printed, "notation": parsed.notation})
        return parsed

    def move(self, place: Callable[[AddressParts], AddressParts]) -> None:
        """Give cells another address, with the doubts about them."""
        moved = {a: "/".join(place(split_address(a))) for a in self.cells}
        unread = {u.row for u in self.unreadable}  # of their cells nothing else is known
        cells = {
            moved[a]: c.model_copy(
                update={
                    "address": moved[a],
                    "value": c.value
                    if split_address(a).row in unread
                    else self._parsed(c.value.printed, split_address(moved[a]).column),
                }
            )
            if moved[a] != a
            else c
            for a, c in self.cells.items()
        }
        self.cells.clear()
        self.cells.update(cells)
        self.doubts[:] = [
            d.model_copy(update={"cell": moved[d.cell]}) if d.cell in moved else d
            for d in self.doubts
        ]

    def _printed_row(self, row: str) -> str:
        """The id of a row of the form, or the printed label of another."""
        if self.spec.row(row) or self.spec.group(row):
            return row
        printed = (
            d.printed or "" for d in self.deviations if d.kind == "extra_row" and d.id == row
        )
        return _one_line(next(printed, ""))

    def _printed_column(self, column: str) -> str:
        """The id of a column of the form, or the printed label of another."""
        names = {label_id: text for text, label_id in self.extra_columns.items()}
        return _one_line(names.get(column, column))


def _figures_of(row: UnreadableRow) -> str:
    return shortened(row.printed.removeprefix(DISAGREE)) or "无"


def _found(row: UnreadableRow) -> str:
    """How many figures a row has, in Chinese; as many as columns may still stand beside them."""
    if row.found == row.expected:
        return f"读到{row.found}个数，对不上列名"
    return f"应有{row.expected}个数，读到{row.found}个"


def _as_printed(text: str) -> str:
    """What a cell prints, with its spaces, on one line; or what was made of it."""
    verb = "读作" if text.startswith(DISAGREE) else "印作"
    return f"{verb}“{shortened(' '.join(text.removeprefix(DISAGREE).splitlines()))}”"


def shortened(text: str) -> str:
    """What is printed, its end left out where no figure is as long."""
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}……（共{len(text)}个字）"


def _one_line(text: str) -> str:
    return "".join(text.split())
