"""Cells are found by their labels, in every layout, and nothing is guessed."""

from collections.abc import Callable

import pytest

from checker.assemble.tables import FoundTables, find_tables
from checker.domain.document import Document
from checker.domain.report import ReportTable
from checker.readers import read
from checker.readers.builder import DocumentBuilder, RawCell
from checker.settings import Limits
from tests.builders import Grid, ReportPlan, clean_report
from tests.renderers import to_html


def found(plan: ReportPlan) -> FoundTables:
    return find_tables(plan.document(), (), year=plan.year)


def table(result: FoundTables, name: str) -> ReportTable:
    return next(t for t in result.tables if t.id == name)


def printed(result: FoundTables) -> dict[str, str]:
    return {c.address: c.value.printed for t in result.tables for c in t.cells}


def expected(plan: ReportPlan) -> dict[str, str]:
    return {
        f"{t}/{r}/{c}": text
        for t, rows in plan.tables.items()
        for r, columns in rows.items()
        for c, text in columns.items()
    }


def as_sequence(plan: ReportPlan, *, keep_blank: bool = True) -> Document:
    """The tables as one cell per line, as a text export has them."""
    builder = DocumentBuilder("report.txt", b"x", "txt")
    for item in plan.items():
        if isinstance(item, Grid):
            cells = sorted(item.cells, key=lambda c: (c.row, c.column))
            kept = [c for c in cells if c.text or keep_blank]
            builder.table([RawCell(c.text, i, 0) for i, c in enumerate(kept)], geometry="stream")
        else:
            builder.paragraph(item.text)
    return builder.build()


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("base", ["clean", "all_zero"])
def test_every_cell_of_the_official_layout_is_read(form: str, base: str) -> None:
    plan = clean_report(form, base=base)
    result = found(plan)
    assert result.form == form
    assert printed(result) == expected(plan)
    assert not result.doubts
    assert all(not t.deviations for t in result.tables)


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_one_cell_per_line_gives_the_same_cells(form: str) -> None:
    plan = clean_report(form)
    result = find_tables(as_sequence(plan), (), year=plan.year)
    assert printed(result) == expected(plan)
    assert not result.doubts


def test_a_lost_cell_in_a_text_export_makes_its_row_unreadable_and_no_other() -> None:
    plan = clean_report().set_cell("requests/granted/research", "")
    result = find_tables(as_sequence(plan, keep_blank=False), (), year=plan.year)
    requests = table(result, "requests")
    unreadable = {c.address for c in requests.cells if c.value.presence == "unreadable"}
    assert {a.split("/")[1] for a in unreadable} == {"granted"}
    rows, layout = result.doubts
    assert "予以公开" in rows.message
    assert "没有核对" in layout.message
    assert not requests.deviations
    others = {a: t for a, t in expected(plan).items() if "/granted/" not in a}
    assert others.items() <= printed(result).items()


def test_a_single_row_for_other_results_is_reported_as_merged() -> None:
    requests = table(found(clean_report().merge_other()), "requests")
    assert [d.kind for d in requests.deviations] == ["merged_rows"]
    cell = requests.cell("other", "natural_person")
    assert cell is not None
    assert cell.value.printed == "2"
    assert not requests.subtotals


def test_figures_in_a_group_heading_are_subtotals_not_cells() -> None:
    values = ("12", "1", "0", "0", "2", "1", "16")
    requests = table(found(clean_report().subtotal("denied", values)), "requests")
    assert tuple(c.value.printed for c in requests.subtotals) == values
    assert all("/denied/" not in c.address for c in requests.cells)


FIGURES_BEHIND = {
    "16": "16|16件|（16件）|（共16件）|(16)|：16| 小计16|，合计：16件|\n16|—16件|－16| 16 件"
    "|16件（次）|（16件，占50%）|16件（占50%）|〔16〕|（16项）",
    "1,016": "1,016件|（1,016）",
    "十六": "十六件|（十六件）|共十六件",
}
CASES_BEHIND = [
    (tail, figure) for figure, tails in FIGURES_BEHIND.items() for tail in tails.split("|")
]
REMARKS_BEHIND = (
    "共8类",
    "（8项）",
    "8项",
    "（八类）",
    "（第14条）",
    "（占16%）",
    "（含工作秘密）",
    "（3类情形）",
)


@pytest.mark.parametrize(("tail", "figure"), CASES_BEHIND)
@pytest.mark.parametrize("render", [ReportPlan.document, as_sequence])
def test_a_figure_behind_a_group_heading_is_the_subtotal_of_all_applicants(
    tail: str, figure: str, render: Callable[[ReportPlan], Document]
) -> None:
    plan = clean_report().rename_group("denied", f"（三）不予公开{tail}")
    document = render(plan)
    result = find_tables(document, (), year=2024)
    (subtotal,) = table(result, "requests").subtotals
    assert subtotal.address == "requests/denied/total"
    assert subtotal.value.printed == figure
    assert document.text[subtotal.locator.start : subtotal.locator.end] == figure
    assert printed(result) == expected(plan)
    assert not result.doubts


@pytest.mark.parametrize(
    "heading", ["（三）不予公开（2023年）", "（三）不予公开", "(三)不予公开〔3〕2"]
)
def test_other_figures_behind_a_group_heading_are_no_subtotal(heading: str) -> None:
    plan = clean_report().rename_group("denied", heading)
    assert table(found(plan), "requests").subtotals == ()


@pytest.mark.parametrize("tail", REMARKS_BEHIND)
@pytest.mark.parametrize("render", [ReportPlan.document, as_sequence])
def test_a_remark_behind_a_group_heading_is_neither_a_subtotal_nor_a_figure_of_a_row(
    tail: str, render: Callable[[ReportPlan], Document]
) -> None:
    plan = clean_report().rename_group("denied", f"（三）不予公开{tail}")
    result = find_tables(render(plan), (), year=2024)
    assert table(result, "requests").subtotals == ()
    assert printed(result) == expected(plan)
    assert not result.doubts


@pytest.mark.parametrize(
    "label",
    [
        "2．其他法律行政法规禁止公开",
        "其他法律行政法规禁止公开2.",
        "2、其他法律、行政法规禁止公开",
        "2.其他法律行政\n法规禁止公开",
        "其他法律行政法规禁止公开",
    ],
)
def test_harmless_variants_of_a_label_are_nobodys_fault(label: str) -> None:
    plan = clean_report().rename_row("requests", "denied.prohibited_by_law", label)
    assert not table(found(plan), "requests").deviations
    assert printed(found(plan)) == expected(plan)


@pytest.mark.parametrize(
    "label", ["2.其他法律行政止公开", "2.其他法律行政法规禁止公", "2.其他法律、法规禁止公开的"]
)
def test_a_mutilated_label_is_matched_and_reported_as_renamed(label: str) -> None:
    plan = clean_report().rename_row("requests", "denied.prohibited_by_law", label)
    requests = table(found(plan), "requests")
    assert [(d.kind, d.printed) for d in requests.deviations] == [("renamed_row", label)]
    assert printed(found(plan)) == expected(plan)


def test_an_unknown_row_keeps_its_label_and_figures() -> None:
    plan = clean_report().extra_row(
        "requests", after="declined.duplicate", label="非政府信息", values=list("1000001")
    )
    requests = table(found(plan), "requests")
    assert [(d.kind, d.printed, d.id) for d in requests.deviations] == [
        ("extra_row", "非政府信息", "extra.1")
    ]
    cell = requests.cell("extra.1", "total")
    assert cell is not None
    assert cell.value.printed == "1"


def test_a_missing_row_is_reported_and_its_neighbours_stay_right() -> None:
    plan = clean_report().drop_row("requests", "declined.duplicate")
    requests = table(found(plan), "requests")
    assert [(d.kind, d.id) for d in requests.deviations] == [("missing_row", "declined.duplicate")]
    assert requests.cell("declined.duplicate", "total") is None
    kept = {a: t for a, t in expected(plan).items() if "declined.duplicate" not in a}
    assert printed(found(plan)) == kept


def test_the_year_decides_only_when_the_labels_do_not() -> None:
    merged = clean_report().merge_other().drop_table("proactive").drop_table("appeals")
    assert find_tables(merged.document(), (), year=2023).form == "2021"
    assert find_tables(merged.document(), (), year=2020).form == "2019"
    assert find_tables(clean_report().document(), (), year=2020).form == "2021"


def swapped_columns(cells: list[RawCell]) -> list[RawCell]:
    """总计 printed before the organisations."""
    moved = {3: 3, 9: 4, 4: 5, 5: 6, 6: 7, 7: 8, 8: 9}
    return [
        c._replace(column=moved.get(c.column, c.column)) if c.column >= 3 and c.row >= 1 else c
        for c in cells
    ]


def every_second_row_in_a_new_table(cells: list[RawCell]) -> list[list[RawCell]]:
    """The table cut in two at row 15, as a page break leaves it."""
    upper = [c for c in cells if c.row < 15]
    lower = [c._replace(row=c.row - 15) for c in cells if c.row >= 15]
    return [upper, lower]


def requests_document(change: Callable[[list[RawCell]], list[list[RawCell]]]) -> Document:
    plan = clean_report()
    grid = plan.grid(plan.form.table("requests"))
    builder = DocumentBuilder("report.html", b"x", "html")
    for part in change(grid):
        builder.table(part, geometry="grid")
    return builder.build()


def test_columns_are_found_by_their_heads_not_by_position() -> None:
    document = requests_document(lambda cells: [swapped_columns(cells)])
    result = find_tables(document, (), year=2024)
    figures = {a: t for a, t in expected(clean_report()).items() if a.startswith("requests/")}
    assert printed(result) == figures
    told = [(d.kind, d.id, d.printed) for d in table(result, "requests").deviations]
    assert told == [("reordered_column", "total", "总计")]


def test_a_table_in_two_pieces_is_read_whole() -> None:
    result = find_tables(requests_document(every_second_row_in_a_new_table), (), year=2024)
    figures = {a: t for a, t in expected(clean_report()).items() if a.startswith("requests/")}
    assert printed(result) == figures


def test_a_table_printed_twice_keeps_the_first_figures_and_says_so() -> None:
    result = find_tables(requests_document(lambda cells: [cells, cells]), (), year=2024)
    figures = {a: t for a, t in expected(clean_report()).items() if a.startswith("requests/")}
    assert printed(result) == figures
    (doubt,) = result.doubts
    assert doubt.kind == "ambiguous_label"
    assert "等25行出现不止一次" in doubt.message
    assert "各次数字相同" in doubt.message


def test_of_a_table_printed_twice_the_figures_that_differ_are_named() -> None:
    def change(cells: list[RawCell]) -> list[list[RawCell]]:
        where = {c.text: c.row for c in cells}["（一）予以公开"]
        other = [c._replace(text="99") if (c.row, c.column) == (where, 9) else c for c in cells]
        return [cells, other]

    (doubt,) = find_tables(requests_document(change), (), year=2024).doubts
    assert "各次数字不同的是表三“（一）予以公开”行“总计”列，" in doubt.message
    assert doubt.quote == "（一）予以公开"


def test_a_statistics_table_of_our_own_is_not_taken_for_a_statutory_one() -> None:
    builder = DocumentBuilder("report.html", b"x", "html")
    builder.table(
        [
            RawCell("栏目", 0, 0),
            RawCell("条数", 0, 1),
            RawCell("行政许可", 1, 0),
            RawCell("23", 1, 1),
        ],
        geometry="grid",
    )
    assert find_tables(builder.build(), (), year=2024).tables == ()


def test_a_cell_in_which_two_readings_disagree_is_unreadable() -> None:
    plan = clean_report().set_cell("requests/granted/natural_person", "⁇14／1")
    result = found(plan)
    cell = table(result, "requests").cell("granted", "natural_person")
    assert cell is not None
    assert cell.value.presence == "unreadable"
    assert [d.kind for d in result.doubts] == ["unreadable_cell"]


@pytest.mark.parametrize(
    ("printed", "told"),
    [("1  6", "印作“1  6”"), ("1\n6", "印作“1 6”"), ("⁇14／1", "读作“14／1”")],
)
def test_a_doubtful_figure_is_quoted_with_its_spaces(printed: str, told: str) -> None:
    doubt = found(clean_report().set_cell("requests/granted/natural_person", printed)).doubts[0]
    assert doubt.message == (
        f"表三“（一）予以公开”行“自然人”列{told}，不能确定是几，没有参加核对，请对照原件。"
    )
    assert doubt.quote == printed


def test_a_cell_of_which_the_reader_knows_nothing_is_told_by_the_reader_alone() -> None:
    result = found(clean_report().set_cell("requests/granted/natural_person", "⁇"))
    cell = table(result, "requests").cell("granted", "natural_person")
    assert cell is not None
    assert cell.value.presence == "unreadable"
    assert result.doubts == ()


@pytest.mark.parametrize(
    ("printed_head", "kind"), [("个人", "renamed_column"), ("群众", "extra_column")]
)
def test_a_column_under_another_name_is_reported_and_the_others_are_read(
    printed_head: str, kind: str
) -> None:
    plan = clean_report().rename_column("requests", "natural_person", printed_head)
    requests = table(found(plan), "requests")
    assert kind in {d.kind for d in requests.deviations}
    cell = requests.cell("granted", "commercial")
    assert cell is not None
    assert cell.value.printed == "2"
    natural = requests.cell("granted", "natural_person")
    assert (natural is not None) == (kind == "renamed_column")


def test_labels_without_any_figure_are_a_doubt_not_a_silent_loss() -> None:
    builder = DocumentBuilder("report.html", b"x", "html")
    labels = ["行政复议", "行政诉讼", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    builder.table([RawCell(t, 0, i) for i, t in enumerate(labels)], geometry="grid")
    result = find_tables(builder.build(), (), year=2024)
    assert result.tables == ()
    assert [d.kind for d in result.doubts] == ["missing_cells"]


@pytest.mark.parametrize("between", ["", "<p>续表</p>"])
def test_heads_in_a_table_of_their_own_name_the_columns_of_the_next(between: str) -> None:
    plan = clean_report("2021")
    start, table, rest = to_html(plan).decode().partition("<table border='1'><tr><td rowspan='3'")
    rows = rest.split("</tr>")
    rows[0] = rows[0].replace("colspan='3'", "colspan='1'", 1)
    heads, body = rows[:3], rows[3:]
    page = f"{start}{table}{'</tr>'.join(heads)}</tr></table>{between}<table>{'</tr>'.join(body)}"
    document = read(page.encode(), name="a.html", limits=Limits())
    result = find_tables(document, (), year=plan.year)
    assert printed(result) == expected(plan)
    assert [d for t in result.tables for d in t.deviations] == []


def as_lines(*lines: str) -> FoundTables:
    """Lines of a text file, read as it is, with the heads of table 三 above them."""
    document = read("\n".join(lines).encode(), name="a.txt", limits=Limits())
    return find_tables(document, (), year=2024)


def requests_lines(**changes: str | None) -> list[str]:
    """Table 三 as a text file, a row per line; some rows as other lines, or left out (None)."""
    spec = clean_report().form.table("requests")
    heads = "  ".join(c.label for c in spec.columns)
    lines = {r.id.replace(".", "_"): f"{r.label}  {'  '.join('0' * 7)}" for r in spec.rows}
    return [heads, *(text for text in (lines | changes).values() if text is not None)]


@pytest.mark.parametrize(
    "line", ["2.重复申 请：0 0 0 0 0 0", "重复申请（共0件） 0 0 0", "2.重复\n0 0 0 0 0\n申请"]
)
def test_a_row_that_is_printed_and_not_followed_is_no_missing_row(line: str) -> None:
    result = as_lines(*requests_lines(declined_duplicate=line))
    assert not [d for d in table(result, "requests").deviations if "duplicate" in d.id]
    assert any(d.kind in ("missing_cells", "unassigned_numbers") for d in result.doubts)


def proactive_lines(*left_out: str) -> list[str]:
    """Table 二 of 2019 as a text file, a row per line, without some rows."""
    spec = clean_report("2019").form.table("proactive")
    lines: list[str] = []
    for block in spec.blocks:
        heads = [c.label for c in spec.columns if c.id in block.columns]
        lines += [block.heading, "  ".join(["信息内容", *heads])]
        rows = [r for r in spec.rows if r.id in block.rows and r.id not in left_out]
        lines += [f"{r.label}  {'  '.join('0' * len(heads))}" for r in rows]
    return lines


def test_a_line_below_the_table_that_names_a_row_is_no_missing_row() -> None:
    lines = proactive_lines("procurement", "compulsion")
    result = as_lines(*lines, "政府集中采购：共4项，金额120.5万元")
    told = [(d.kind, d.id) for d in table(result, "proactive").deviations]
    assert told == [("missing_row", "compulsion")]
    assert [d.kind for d in result.doubts] == ["missing_cells"]
    assert "政府集中采购" in result.doubts[0].message


def test_a_label_of_which_the_rest_stands_elsewhere_is_not_renamed() -> None:
    lines = proactive_lines()
    at = next(i for i, line in enumerate(lines) if line.startswith("其他对外管理服务事项"))
    lines[at] = lines[at].replace("事项", "")
    assert [d.kind for d in table(as_lines(*lines), "proactive").deviations] == ["renamed_row"]
    torn = as_lines(*lines, "事项")
    assert not table(torn, "proactive").deviations
    assert any("其他对外管理服务事项" in d.message for d in torn.doubts)


def test_a_row_that_a_text_file_leaves_out_is_missing() -> None:
    result = as_lines(*requests_lines(declined_duplicate=None))
    deviations = table(result, "requests").deviations
    assert [(d.kind, d.id) for d in deviations] == [("missing_row", "declined.duplicate")]


def test_no_doubt_shows_an_internal_id() -> None:
    result = as_lines(*requests_lines(declined_duplicate="别的事项  1 6  0  0  0  0  0  17"))
    messages = [d.message for d in result.doubts]
    assert any("别的事项" in m for m in messages)
    assert not any("extra" in m for m in messages)


def test_columns_are_not_guessed_where_heads_and_other_rows_fell_apart() -> None:
    lines = ["法律服务机构", "其他", "总计", "二、上年结转政府信息公开申请数量", "1", "2"]
    lines += ["（七）总计", "7", "2", "0", "四、结转下年度继续办理", "0", "0", "0"]
    result = as_lines(*lines)
    cells = table(result, "requests").cells
    assert cells
    assert {c.value.presence for c in cells} == {"unreadable"}
    assert "“（七）总计”读到3个数，对不上列名（7 2 0）" in "".join(d.message for d in result.doubts)


def test_columns_left_out_throughout_are_read_by_the_heads_that_are_there() -> None:
    lines = ["法律服务机构", "其他", "总计", "二、上年结转政府信息公开申请数量", "1", "2", "3"]
    lines += ["（七）总计", "7", "2", "9", "四、结转下年度继续办理", "0", "0", "0"]
    cell = table(as_lines(*lines), "requests").cell("total", "total")
    assert cell is not None
    assert cell.value.printed == "9"
