"""Rows and columns under unusual labels: matched where place and label agree, else told."""

from itertools import pairwise

import pytest

from checker.assemble.labels import label_index
from checker.assemble.tables import find_tables
from checker.domain.document import Document
from checker.domain.report import ReportTable
from checker.readers import read
from checker.readers.builder import DocumentBuilder, RawCell
from checker.settings import Limits
from tests.builders import APPLICANTS, Grid, ReportPlan, clean_report
from tests.readers.plain_layouts import text_of

COLUMNS = (*APPLICANTS, "total")
LAYOUTS = ("grid", "E", "A", "B", "C", "S", "tabs", "P1", "P3", "md")


def marked(form: str = "2021") -> ReportPlan:
    """A report in which no two figures of table 三 are alike."""
    plan = clean_report(form)
    for number, cells in enumerate(plan.tables["requests"].values(), start=1):
        cells |= {c: f"{number}0{i}" for i, c in enumerate(COLUMNS, start=1)}
    return plan


def document_of(plan: ReportPlan, layout: str) -> Document:
    if layout == "grid":
        return plan.document()
    return read(text_of(plan, layout), name="a.txt", limits=Limits())


def read_table(plan: ReportPlan, layout: str = "grid", name: str = "requests") -> ReportTable:
    tables = find_tables(document_of(plan, layout), (), year=plan.year).tables
    return next(t for t in tables if t.id == name)


def right(table: ReportTable, plan: ReportPlan) -> set[str]:
    """The rows whose figures are those of the plan; a figure of another row is an error."""
    rows = set()
    for cell in table.cells:
        _, row, column = cell.address.split("/")
        wanted = plan.tables[table.id].get(row, {}).get(column)
        if wanted is not None and cell.value.presence != "unreadable":
            assert cell.value.printed == wanted, cell.address
            rows.add(row)
    return rows


UNCLEAR = {
    "declined.duplicate": "2.一事多次",
    "denied.deliberative_process": "6.内部信息",
    "other.miscellaneous": "3.逾期",
    "other.fee_unpaid": "3.逾期",
    "granted": "全部公开",
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("row", "label"), UNCLEAR.items())
def test_a_label_that_is_not_clear_in_the_place_of_a_row_is_not_taken_for_it(
    row: str, label: str, layout: str
) -> None:
    plan = marked().rename_row("requests", row, label)
    table = read_table(plan, layout)
    assert right(table, plan) == set(plan.tables["requests"]) - {row}
    assert {d.kind for d in table.deviations} == {"extra_row", "missing_row"}


ORDINALS = {
    "new_received": "一、新收",
    "granted": "（一）公开",
    "total": "（七）总的",
    "carried_over_out": "四、结转到下年度",
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("row", "label"), ORDINALS.items())
def test_a_row_that_could_be_a_heading_by_its_number_is_read(
    row: str, label: str, layout: str
) -> None:
    plan = marked().rename_row("requests", row, label)
    assert right(read_table(plan, layout), plan) >= set(plan.tables["requests"]) - {row}


@pytest.mark.parametrize(
    "label", ["其中：重复申请", "其中：网络申请", "合计", "相关信息", "行政机关", "（八）其他"]
)
@pytest.mark.parametrize("layout", ["grid", "E"])
@pytest.mark.parametrize("after", ["carried_over_in", "denied.state_secret"])
def test_an_own_row_takes_the_figures_of_no_other(label: str, layout: str, after: str) -> None:
    values = tuple(f"9{i}" for i in range(7))
    plan = marked().extra_row("requests", after=after, label=label, values=values)
    table = read_table(plan, layout)
    assert right(table, plan) == set(plan.tables["requests"])
    added = [d for d in table.deviations if d.kind == "extra_row"]
    assert [d.printed for d in added] == [label]
    assert {c.value.printed for c in table.cells if f"/{added[0].id}/" in c.address} == set(values)


@pytest.mark.parametrize("layout", ["grid", "E"])
def test_swapped_rows_keep_their_own_figures(layout: str) -> None:
    plan = marked().rename_row("requests", "denied.state_secret", "2.法律法规禁止")
    plan.rename_row("requests", "denied.prohibited_by_law", "1.国家秘密")
    table = read_table(plan, layout)
    first, second = plan.tables["requests"].keys() & {
        "denied.state_secret",
        "denied.prohibited_by_law",
    }
    for row in (first, second):
        cell = table.cell(row, "total")
        assert cell is None or cell.value.printed != plan.tables["requests"][row]["total"]


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_no_own_row_in_the_place_of_another_is_taken_for_a_third(form: str) -> None:
    own = "其中：网络申请|工作秘密|小计|当面申请|申请人撤回|2.工作秘密|（三）不予公开|3.转办"
    rows = list(marked(form).tables["requests"])
    for before, row in pairwise(rows):
        for label in own.split("|"):
            plan = marked(form).drop_row("requests", row)
            plan.extra_row("requests", after=before, label=label, values=("7",) * 7)
            assert right(read_table(plan), plan) >= set(rows) - {row}


def test_a_blank_row_under_a_shortened_label_is_that_row() -> None:
    plan = marked().rename_row("requests", "declined.petition_or_complaint", "信访类")
    blank = dict.fromkeys(COLUMNS, "")
    plan.tables["requests"]["declined.petition_or_complaint"] = blank
    table = read_table(plan)
    assert {d.kind for d in table.deviations} == {"renamed_row"}
    assert right(table, plan) == set(plan.tables["requests"])


COLUMN_LABELS = {
    "requests/commercial": "企业",
    "requests/research": "科研",
    "requests/public_benefit": "公益",
    "requests/legal_services": "法律服务",
    "appeals/pending": "未结",
    "proactive/issued": "制发",
    "proactive/decisions": "决定数",
    "proactive/amount": "收费",
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("place", "label"), COLUMN_LABELS.items())
def test_the_figures_below_a_shortened_head_are_read(place: str, label: str, layout: str) -> None:
    name, column = place.split("/")
    plan = marked()
    plan.rename_column(plan.form.table(name).id, column, label)
    table = read_table(plan, layout, name)
    assert {d.kind for d in table.deviations} == {"renamed_column"}
    assert right(table, plan) == set(plan.tables[table.id])


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("column", "label"), [("natural_person", "群众"), ("research", "高校院所")]
)
def test_an_unknown_head_shifts_no_other_column(column: str, label: str, layout: str) -> None:
    plan = marked().rename_column("requests", column, label)
    table = read_table(plan, layout)
    assert right(table, plan) == set(plan.tables["requests"])
    assert all(not c.address.endswith(f"/{column}") for c in table.cells)


@pytest.mark.parametrize("layout", ["E", "P1", "P3"])
def test_swapped_heads_in_a_text_are_a_doubt(layout: str) -> None:
    plan = marked().rename_column("requests", "commercial", "科研机构")
    plan.rename_column("requests", "research", "商业企业")
    table = read_table(plan, layout)
    assert not right(table, plan)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("row", "label"),
    [
        ("reconsideration", "复议"),
        ("litigation_direct", "直接起诉"),
        ("litigation_after_reconsideration", "经复议后起诉"),
    ],
)
def test_a_group_of_appeals_under_a_shortened_label_is_read(
    row: str, label: str, layout: str
) -> None:
    plan = clean_report().rename_row("appeals", row, label)
    table = read_table(plan, layout, "appeals")
    assert {d.kind for d in table.deviations} == {"renamed_row"}
    assert right(table, plan) == set(plan.tables["appeals"])


def test_a_title_inside_table_four_is_no_group() -> None:
    plan = clean_report()
    grids = [item for item in plan.items() if isinstance(item, Grid) and item.table == "appeals"]
    cells = [c._replace(row=c.row + 1) for c in grids[0].cells]
    title = RawCell("行政复议和行政诉讼案件数量统计", 0, 0, 1, 15)
    builder = DocumentBuilder("a.docx", b"x", "docx")
    builder.table([title, *cells], geometry="grid")
    (table,) = find_tables(builder.build(), (), year=2024).tables
    assert right(table, plan) == set(plan.tables["appeals"])
    assert not table.deviations


def test_numbers_of_all_forms_are_compared() -> None:
    index = label_index("2021", "requests")
    unread = ["denied.state_secret"]
    assert index.meant("⑴国家秘密", "row", "denied.state_secret", unread)
    assert index.meant("一、国家秘密", "row", "denied.state_secret", unread)
    assert not index.meant("2.国家秘密", "row", "denied.state_secret", unread)
    assert not index.meant("其中：国家秘密", "row", "denied.state_secret", unread)
