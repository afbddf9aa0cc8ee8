"""No official label, variant or part of one names another row than its own."""

from collections.abc import Iterator
from itertools import product

import pytest

from checker.assemble.labels import LabelIndex, label_index, label_key
from checker.assemble.tables import find_tables
from checker.domain.document import Document
from checker.readers import read
from checker.rulebook import LabelSpec, TableSpec, load_forms
from checker.settings import Limits
from tests.builders import Grid, ReportPlan, clean_report

TABLES = [(form, t.id) for form, spec in load_forms().items() for t in spec.tables]


def wordings(spec: LabelSpec) -> tuple[str, ...]:
    return (spec.label, *spec.accepted, *spec.recognised)


def renumbered(text: str) -> Iterator[str]:
    """A label as sites print it: ordinals of other kinds, behind the label, or none."""
    flat = label_key(text).flat
    yield from (flat, f"①{flat}", f"⑧{flat}", f"（2）{flat}", f"⑴{flat}", f"{flat}5.")


def stretches(text: str) -> Iterator[str]:
    """Every part of a label from two characters on, and the label without a middle part."""
    flat = label_key(text).flat
    for start, end in product(range(len(flat)), range(len(flat) + 1)):
        if end - start >= 2:
            yield flat[start:end]
        if 2 <= start < end <= len(flat) - 2:
            yield flat[:start] + flat[end:]


def rows_named(index: LabelIndex, text: str) -> set[str]:
    """The rows for which a label would be taken, whichever rows stand before it."""
    match = index.find(text, "row")
    if match is not None:
        return {match.id}
    order = [row.id for row in index.spec.rows]
    found = {index.near(text, "row", order[:n]) for n in range(len(order) + 1)}
    return {row for row in found if row is not None}


@pytest.mark.parametrize(("form", "table"), TABLES)
def test_a_label_of_one_row_never_names_another(form: str, table: str) -> None:
    index = label_index(form, table)
    for row in index.spec.rows:
        for text in wordings(row):
            assert rows_named(index, text) == {row.id}, text
            for variant in renumbered(text):
                assert rows_named(index, variant) <= {row.id}, variant


@pytest.mark.parametrize(("form", "table"), TABLES)
def test_a_part_of_a_label_never_names_another_row(form: str, table: str) -> None:
    index = label_index(form, table)
    names = {label_key(t).flat for r in index.spec.rows for t in wordings(r)}
    for row in index.spec.rows:
        for text in wordings(row):
            for part in set(stretches(text)) - names:
                assert rows_named(index, part) <= {row.id}, (row.id, part)


@pytest.mark.parametrize(("form", "table"), TABLES)
def test_a_part_of_a_group_or_head_never_names_a_row(form: str, table: str) -> None:
    spec: TableSpec = label_index(form, table).spec
    index = label_index(form, table)
    names = {label_key(t).flat for r in spec.rows for t in wordings(r)}
    for label in (*spec.groups, *spec.columns):
        for text in wordings(label):
            for part in set(stretches(text)) - names:
                assert not rows_named(index, part), part


SHORTENED = {
    "new_received": "一、本年新收|申请数量|"
    "一、本年新收申请数量|本年新收申请|一、新收申请|1.本年新收",
    "carried_over_in": "二、上年结转|上年结转申请数量|二、上年度结转申请|结转|二、结转",
    "granted": "（一）公开|①予以公开|公开",
    "partially_granted": "部分公开|（二）公开",
    "denied.state_secret": "国家秘密|①属于国家秘密|属于国家秘密1|1.涉及国家秘密",
    "denied.prohibited_by_law": "2.法律行政法规禁止公开",
    "denied.security_and_stability": "3.三安全一稳定",
    "denied.third_party_rights": "4.第三方合法权益|4.第三方",
    "denied.internal_affairs": "5.内部事务信息|5.内部信息",
    "denied.deliberative_process": "6.过程性信息|⑥过程性信息",
    "denied.enforcement_file": "7.行政执法案卷|7.案卷|7.行政执法案卷信息",
    "denied.registry_query": "8.行政查询事项|查询",
    "unavailable.not_held": "1.本机关不掌握",
    "unavailable.creation_required": "2.没有现成信息|另行制作",
    "unavailable.unclear_after_correction": "3.补正后仍不明确",
    "declined.petition_or_complaint": "1.信访举报投诉|信访类|1.信访、投诉、举报|1.信访举报类",
    "declined.published_material": "3.公开出版物",
    "declined.excessive": "4.大量反复申请",
    "declined.reconfirmation": "5.确认或重新出具",
    "other.miscellaneous": "③其他|其他3|（3）其他|其他|3.其他情形",
    "other.correction_overdue": "1.逾期|逾期|1.不补正|1.逾期未补正",
    "other.fee_unpaid": "2.逾期|未缴费|2.逾期未付费",
    "total": "（七）合计|总 计|（七）总 计",
    "carried_over_out": "四、结转下年度|结转下年度继续办理|四、结转下年|四、结转下年（度）|结转",
}
CASES = [(row, label) for row, labels in SHORTENED.items() for label in labels.split("|")]


@pytest.mark.parametrize(("row", "label"), CASES)
@pytest.mark.parametrize("layout", ["grid", "stream"])
def test_the_figures_of_a_shortened_row_are_read(row: str, label: str, layout: str) -> None:
    plan = clean_report().rename_row("requests", row, label)
    document = plan.document() if layout == "grid" else as_stream(plan)
    (requests,) = (t for t in find_tables(document, (), year=2024).tables if t.id == "requests")
    assert {d.kind for d in requests.deviations} <= {"renamed_row"}
    printed = {c.address: c.value.printed for c in requests.cells}
    assert printed == {
        f"requests/{r}/{c}": text
        for r, columns in plan.tables["requests"].items()
        for c, text in columns.items()
    }


def test_a_number_of_another_row_keeps_a_shortened_label_apart() -> None:
    plan = clean_report().rename_row("requests", "unavailable.not_held", "1.没有信息")
    plan.rename_row("requests", "unavailable.creation_required", "2.没有信息")
    tables = find_tables(plan.document(), (), year=2024).tables
    (requests,) = (t for t in tables if t.id == "requests")
    for column, printed in plan.tables["requests"]["unavailable.creation_required"].items():
        cell = requests.cell("unavailable.creation_required", column)
        assert cell is not None
        assert cell.value.printed == printed
    assert requests.cell("unavailable.not_held", "total") is None


def as_stream(plan: ReportPlan) -> Document:
    """The tables as a text file with one cell per line."""
    lines: list[str] = []
    for item in plan.items():
        if isinstance(item, Grid):
            cells = sorted(item.cells, key=lambda c: (c.row, c.column))
            lines += [c.text for c in cells]
        else:
            lines.append(item.text)
    return read("\n".join(lines).encode(), name="a.txt", limits=Limits())


@pytest.mark.parametrize("label", ["公开", "信息", "行政机关", "申请", "其他情况", "不予公开的"])
def test_what_could_be_several_rows_is_none(label: str) -> None:
    index = label_index("2021", "requests")
    assert rows_named(index, label) == set()


def test_numbers_in_circles_throughout_are_no_difference_from_the_form() -> None:
    plan = clean_report()
    for row in plan.form.table("requests").rows:
        number, _, rest = row.label.partition(".")
        if number.isdigit():
            plan = plan.rename_row("requests", row.id, f"{chr(ord('①') + int(number) - 1)}{rest}")
    result = find_tables(plan.document(), (), year=2024)
    assert all(not t.deviations for t in result.tables)
    assert not result.doubts
