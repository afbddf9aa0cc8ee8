"""Clean reports of fictitious bodies, and ways to spoil them."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from checker.assemble import assemble
from checker.domain.document import Document
from checker.domain.report import AnnualReport, SectionId, TableId
from checker.readers.builder import DocumentBuilder, RawCell
from checker.rulebook import FormSpec, TableSpec, load_forms

APPLICANTS = (
    "natural_person",
    "commercial",
    "research",
    "public_benefit",
    "legal_services",
    "other_organization",
)
Figures = dict[str, dict[str, str]]

_PROACTIVE_2021: Figures = {
    "administrative_rules": {"issued": "0", "repealed": "0", "in_force": "0"},
    "normative_documents": {"issued": "4", "repealed": "1", "in_force": "23"},
    "licensing": {"decisions": "1286"},
    "penalties": {"decisions": "417"},
    "compulsion": {"decisions": "32"},
    "fees": {"amount": "58.6"},
}
_PROACTIVE_2019: Figures = {
    "administrative_rules": {"made": "0", "published": "0", "published_total": "0"},
    "normative_documents": {"made": "4", "published": "4", "published_total": "23"},
    "licensing": {"prior_items": "46", "change": "-2", "decisions": "1286"},
    "other_services": {"prior_items": "31", "change": "0", "decisions": "205"},
    "penalties": {"prior_items": "118", "change": "3", "decisions": "417"},
    "compulsion": {"prior_items": "12", "change": "0", "decisions": "32"},
    "fees": {"prior_items": "2", "change": "0"},
    "procurement": {"projects": "7", "amount": "382.45万元"},
}
_LEAVES: Mapping[str, tuple[int, ...]] = {
    "granted": (14, 2, 0, 1, 3, 0),
    "partially_granted": (5, 1, 0, 0, 2, 0),
    "denied.state_secret": (1, 0, 0, 0, 0, 0),
    "denied.security_and_stability": (2, 0, 0, 0, 0, 1),
    "denied.third_party_rights": (3, 1, 0, 0, 0, 0),
    "denied.deliberative_process": (2, 0, 0, 0, 1, 0),
    "denied.enforcement_file": (4, 0, 0, 0, 1, 0),
    "unavailable.not_held": (9, 0, 1, 0, 2, 0),
    "unavailable.creation_required": (3, 0, 0, 0, 0, 0),
    "declined.petition_or_complaint": (6, 0, 0, 0, 0, 0),
    "declined.duplicate": (1, 0, 0, 0, 0, 0),
    "other.miscellaneous": (2, 0, 0, 0, 0, 0),
}
_CARRIED_IN = (3, 1, 0, 0, 1, 0)
_CARRIED_OUT = (2, 0, 0, 0, 1, 0)
_APPEALS: Mapping[str, tuple[int, ...]] = {
    "reconsideration": (3, 1, 1, 2),
    "litigation_direct": (1, 0, 0, 0),
    "litigation_after_reconsideration": (2, 0, 1, 1),
}

_OVERVIEW = """\
{year}年，本单位认真贯彻《中华人民共和国政府信息公开条例》，公开工作平稳有序。
（一）主动公开。全年通过门户网站发布各类信息，机构职能、财政预决算、行政执法等栏目均按时更新。
（二）依申请公开。畅通当面、信函和网络三种申请渠道，逐件登记、审核、答复，答复文书由法制机构把关。
（三）政府信息管理。发布前逐条进行保密审查，对历年发布的文件开展清理，标注有效、失效或废止。
（四）政府信息公开平台建设。调整门户网站公开专栏，政务新媒体账号由专人维护，失效链接及时修复。
（五）监督保障。公开工作纳入年度工作考核，邀请群众代表开展社会评议，组织业务培训；全年未发生需要责任追究的情形。"""
_PROBLEMS = """\
存在的主要问题：一是部分栏目更新不够及时；二是政策解读形式较为单一。
改进措施：一是建立栏目更新提醒清单，每季度核对一次；二是增加图解、问答等解读方式。"""
_OTHER = "本年度未收取政府信息公开信息处理费，没有其他需要报告的事项。"
_INTRODUCTION = """\
本报告依据《中华人民共和国政府信息公开条例》和年度报告格式（{notice}）编制。
数据统计期限为{year}年1月1日至{year}年12月31日。"""


def _rows_of_requests(form: FormSpec, *, zero: bool) -> Figures:
    spec = form.table("requests")
    merged_other = spec.row("other") is not None
    leaves = {
        ("other" if merged_other and r.startswith("other.") else r): v for r, v in _LEAVES.items()
    }
    rows: dict[str, tuple[int, ...]] = {}
    for row in spec.blocks[0].rows:
        rows[row] = (0,) * 6 if zero else leaves.get(row, (0,) * 6)
    if not zero:
        results = [
            r
            for r in rows
            if r not in ("new_received", "carried_over_in", "total", "carried_over_out")
        ]
        rows["total"] = tuple(sum(rows[r][i] for r in results) for i in range(6))
        rows["carried_over_in"], rows["carried_over_out"] = _CARRIED_IN, _CARRIED_OUT
        rows["new_received"] = tuple(
            t + o - i for t, o, i in zip(rows["total"], _CARRIED_OUT, _CARRIED_IN, strict=True)
        )
    return {
        row: dict(zip((*APPLICANTS, "total"), map(str, (*values, sum(values))), strict=True))
        for row, values in rows.items()
    }


def _rows_of_appeals(*, zero: bool) -> Figures:
    columns = ("upheld", "corrected", "other", "pending", "total")
    figures: Figures = {}
    for row, values in _APPEALS.items():
        used = (0,) * 4 if zero else values
        figures[row] = dict(zip(columns, map(str, (*used, sum(used))), strict=True))
    return figures


def _zeroed(figures: Figures) -> Figures:
    return {row: dict.fromkeys(columns, "0") for row, columns in figures.items()}


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
    dropped_tables: set[TableId] = field(default_factory=set)
    table_in_section: dict[TableId, SectionId] = field(default_factory=dict)
    before: list[str] = field(default_factory=list)
    behind: dict[TableId, list[str]] = field(default_factory=dict)
    after: list[str] = field(default_factory=list)
    name: str = "report.docx"

    def copy(self) -> "ReportPlan":
        return deepcopy(self)

    def set_cell(self, address: str, printed: str) -> "ReportPlan":
        table, row, column = self._parts(address)
        self.tables[table][row][column] = printed
        return self

    def add(self, address: str, delta: int) -> "ReportPlan":
        table, row, column = self._parts(address)
        value = Decimal(self.tables[table][row][column]) + delta
        self.tables[table][row][column] = str(value)
        return self

    def set_section(self, section: SectionId, lines: str | Sequence[str]) -> "ReportPlan":
        self.sections[section] = lines.splitlines() if isinstance(lines, str) else list(lines)
        return self

    def drop_section(self, section: SectionId) -> "ReportPlan":
        self.sections.pop(section, None)
        self.section_titles.pop(section)
        return self

    def set_section_title(self, section: SectionId, title: str) -> "ReportPlan":
        self.section_titles[section] = title
        return self

    def drop_row(self, table: TableId, row: str) -> "ReportPlan":
        self.dropped_rows.add((table, row))
        return self

    def rename_row(self, table: TableId, row: str, label: str) -> "ReportPlan":
        self.labels[table, row] = label
        return self

    def rename_column(self, table: TableId, column: str, label: str) -> "ReportPlan":
        self.column_labels[table, column] = label
        return self

    def extra_row(
        self, table: TableId, *, after: str, label: str, values: Sequence[str]
    ) -> "ReportPlan":
        self.extra_rows.setdefault(table, []).append(ExtraRow(after, label, tuple(values)))
        return self

    def subtotal(self, group: str, values: Sequence[str]) -> "ReportPlan":
        self.subtotals[group] = tuple(values)
        return self

    def drop_table(self, table: TableId) -> "ReportPlan":
        self.dropped_tables.add(table)
        return self

    def move_table(self, table: TableId, section: SectionId) -> "ReportPlan":
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
        found = spec.row(row)
        assert found is not None
        return self.labels.get((spec.id, row), found.label)

    def column_label(self, spec: TableSpec, column: str) -> str:
        found = spec.column(column)
        assert found is not None
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
        found = spec.row(row)
        assert found is not None
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
        if group not in (None, "results") and group not in seen:
            assert group is not None
            seen.add(group)
            members = sum(1 for g, _, _ in lines if g == group)
            if group in plan.subtotals:
                cells.append(RawCell(groups[group].label, line, 1, 1, 2))
                cells += [RawCell(v, line, 3 + i) for i, v in enumerate(plan.subtotals[group])]
                line += 1
            else:
                cells.append(RawCell(groups[group].label, line, 1, members, 1))
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


def clean_report(
    form: str = "2021",
    *,
    body: str = "云溪县交通运输局",
    year: int | None = None,
    base: str = "clean",
) -> ReportPlan:
    """A report without any fault; ``base`` is ``clean`` or ``all_zero``."""
    spec = load_forms()[form]
    used_year = year or (2024 if form == "2021" else 2020)
    zero = base == "all_zero"
    proactive = deepcopy(_PROACTIVE_2019 if form == "2019" else _PROACTIVE_2021)
    words = {"year": used_year, "notice": spec.basis.source}
    return ReportPlan(
        form=spec,
        body=body,
        year=used_year,
        title=[f"{body}{used_year}年政府信息公开工作年度报告"],
        introduction=_INTRODUCTION.format(**words).splitlines(),
        sections={
            "overview": _OVERVIEW.format(**words).splitlines(),
            "problems": _PROBLEMS.splitlines(),
            "other_matters": [_OTHER],
        },
        section_titles={s.id: f"{s.ordinal}、{s.label}" for s in spec.sections},
        tables={
            "proactive": _zeroed(proactive) if zero else proactive,
            "requests": _rows_of_requests(spec, zero=zero),
            "appeals": _rows_of_appeals(zero=zero),
        },
    )
