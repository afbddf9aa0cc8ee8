"""Text files: every layout in which the three tables arrive, and prose that only looks like one."""

import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from checker.assemble import assemble
from checker.assemble.numbers import parse_cell
from checker.domain.document import Document, Table
from checker.errors import InputError, LimitExceededError
from checker.pipeline import check_report
from checker.readers.plain import read_plain
from checker.settings import Limits
from tests.builders import Heading, ReportPlan, blank_form, clean_report
from tests.readers.plain_layouts import BROKEN_LAYOUTS, LAYOUTS, text_of

REPORTS = Path(__file__).parents[2].parent / "shared" / "reports"
# Layouts that print an empty cell; in the others a blank cannot be seen, only missed.
SHOWING_BLANKS = ("A", "A2", "C", "S", "tabs", "commas", "md", "md_bare", "box")


def read(text: str | bytes, **limits: int) -> Document:
    data = text.encode() if isinstance(text, str) else text
    return read_plain(data, name="report.txt", limits=Limits(**limits))


def rows(table: Table) -> list[list[str]]:
    out: dict[int, list[str]] = {}
    for cell in table.cells:
        out.setdefault(cell.row, []).append(cell.text)
    return list(out.values())


def only_table(text: str) -> Table:
    (table,) = read(text).tables
    return table


def figures(plan: ReportPlan) -> dict[str, str]:
    return {
        f"{table}/{row}/{column}": printed
        for table, lines in plan.tables.items()
        for row, columns in lines.items()
        for column, printed in columns.items()
    }


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_every_cell_and_the_prose(layout: str, form: str) -> None:
    plan = clean_report(form)
    document = read(text_of(plan, layout))
    report = assemble(document)
    cells = {c.address: c.value.printed for table in report.tables for c in table.cells}
    assert cells == figures(plan)
    assert [p.text for p in document.paragraphs] == [
        item.text for item in plan.items() if isinstance(item, Heading)
    ]
    assert document.doubts == ()
    assert report.doubts == ()
    assert [d for table in report.tables for d in table.deviations] == []


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("layout", BROKEN_LAYOUTS)
def test_a_layout_that_lost_cells_gives_doubts_and_blames_nobody(layout: str, form: str) -> None:
    plan = clean_report(form)
    run = check_report(text_of(plan, layout), name="report.txt")
    wanted = figures(plan)
    given = [c for t in run.report.tables for c in t.cells if c.value.presence == "given"]
    assert all(cell.value.printed == wanted[cell.address] for cell in given)
    assert [f.message for f in run.findings if f.verdict == "fail"] == []
    assert any(d.kind in ("missing_cells", "unassigned_numbers") for d in run.doubts)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_layout_gives_a_figure_to_the_wrong_cell(layout: str) -> None:
    plan = clean_report("2019")
    chosen = random.Random(layout).sample(sorted(figures(plan)), 14)
    for address, printed in zip(chosen, ["", "", "/", "1,234", "无", "-2", "+3"] * 2, strict=True):
        plan.set_cell(address, printed)
    report = assemble(read(text_of(plan, layout)))
    wanted = figures(plan)
    for table in report.tables:
        for cell in table.cells:
            if cell.value.presence == "given" or layout in SHOWING_BLANKS:
                assert cell.value.printed == wanted[cell.address], cell.address


@pytest.mark.parametrize("tail", ["99件", "（99件）", "：99", " 99", "—99件", "\u300099件"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_figure_in_a_group_heading_stays_with_it(layout: str, tail: str) -> None:
    plan = clean_report().rename_group("denied", f"（三）不予公开{tail}")
    report = assemble(read(text_of(plan, layout)))
    (requests,) = [t for t in report.tables if t.id == "requests"]
    told = [(c.address, c.value.printed.removesuffix("件")) for c in requests.subtotals]
    lost = layout in ("P1_wrapped", "P1_raw")  # where lines are torn, no figure is sure to be one
    assert told == ([] if lost else [("requests/denied/total", "99")])
    assert not requests.deviations
    assert "unreadable" not in {c.value.presence for c in requests.cells}
    assert report.doubts == assemble(read(text_of(clean_report(), layout))).doubts


@pytest.mark.parametrize("tail", ["（第14条）", "共8类", "（8项）"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_remark_behind_a_group_heading_leaves_all_rows_readable(layout: str, tail: str) -> None:
    plan = clean_report().rename_group("denied", f"（三）不予公开{tail}")
    report = assemble(read(text_of(plan, layout)))
    (requests,) = [t for t in report.tables if t.id == "requests"]
    assert not requests.subtotals
    assert not requests.deviations
    assert "unreadable" not in {c.value.presence for c in requests.cells}
    assert report.doubts == assemble(read(text_of(clean_report(), layout))).doubts


def test_text_of_cells_and_paragraphs_is_the_text_of_the_document() -> None:
    for layout in LAYOUTS:
        document = read(text_of(clean_report(), layout))
        placed = [(p.text, p.locator) for p in document.paragraphs]
        placed += [(c.text, c.locator) for t in document.tables for c in t.cells]
        assert [document.text[place.start : place.end] for _, place in placed] == [
            text for text, _ in placed
        ]


@pytest.mark.parametrize("last", ["1999", "2023", "2100"])
def test_a_last_figure_that_looks_like_a_year_belongs_to_its_row(last: str) -> None:
    plan = clean_report().set_cell("requests/new_received/total", last)
    report = assemble(read(text_of(plan, "tabs")))
    assert {c.address: c.value.printed for t in report.tables for c in t.cells} == figures(plan)
    assert report.doubts == ()


def test_a_line_of_blanks_between_a_figure_and_words_is_read_at_once() -> None:
    lines = [f"{figure}{' ' * 4000}云溪县水务局" for figure in ("2", "减5", "1,2 3", "5万元 （x")]
    document = read("\n".join([*lines, text_of(clean_report(), "md").decode()]))
    assert len(document.tables) == 3


def test_pipe_table_with_a_cell_for_every_column_is_a_grid() -> None:
    for layout in ("A", "md", "md_bare", "tabs", "box"):
        geometries = {t.geometry for t in read(text_of(clean_report(), layout)).tables}
        assert geometries == {"grid"}, layout


def test_spans_filled_up_at_the_line_end_are_no_grid() -> None:
    tables = read(text_of(clean_report(), "A_padded")).tables
    assert [t.geometry for t in tables] == ["grid", "rows", "rows"]


def test_padding_that_may_be_a_blank_is_a_doubt_and_gives_no_value() -> None:
    document = read(
        "（七）总计 |\n | | 1 | 0 | 0 | 0 | | 1 | |\n"
        "四、结转下年度继续办理 |\n0 | 0 | 0 | 0 | 0 | 0 | 0 |\n"
        "一、本年新收政府信息公开申请数量 |\n1 | 0 | 0 | 0 | 0 | 0 | 1 |\n"
    )
    assert [d.kind for d in document.doubts] == ["shifted_cells"]


def test_rows_of_which_the_padding_may_be_blanks_are_one_doubt() -> None:
    labels = ("（七）总计", "四、结转下年度继续办理", "（一）予以公开", "2.重复申请")
    lines = [f"{label} |\n | | 1 | 0 | 0 | 0 | | 1 | |" for label in labels]
    (doubt,) = read("\n".join(lines)).doubts
    assert doubt.kind == "shifted_cells"
    assert doubt.message.startswith(
        "“（七）总计”“四、结转下年度继续办理”“（一）予以公开”等4行的格数比表式多，"
    )


def test_figures_run_together_are_told_apart_only_when_there_is_one_way() -> None:
    document = read(
        "信息内容本年制发件数本年废止件数现行有效件数\n规章000\n行政规范性文件1512\n"
        "信息内容本年处理决定数量\n行政许可125\n"
    )
    assert rows(document.tables[0]) == [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "0", "0", "0"],
        ["行政规范性文件"],
        ["信息内容", "本年处理决定数量"],
        ["行政许可", "125"],
    ]
    assert [(d.kind, d.quote) for d in document.doubts] == [
        ("unassigned_numbers", "行政规范性文件1512")
    ]


ROWS_OF_APPLICANTS = "一、本年新收政府信息公开申请数量{}\n（一）予以公开{}\n（七）总计{}\n"


@pytest.mark.parametrize(
    ("figures", "cells"),
    [
        ("6200109", ["6", "2", "0", "0", "1", "0", "9"]),
        ("72001010", ["7", "2", "0", "0", "1", "0", "10"]),
        ("0000000", ["0"] * 7),
        ("6200108", []),  # adds up in no way
        ("1111111116", []),  # in several
    ],
)
def test_figures_run_together_are_parted_where_their_total_leaves_one_way(
    figures: str, cells: list[str]
) -> None:
    document = read(ROWS_OF_APPLICANTS.format("1000001", figures, "0000000"))
    assert rows(document.tables[0])[1] == ["（一）予以公开", *cells]
    assert [d.quote for d in document.doubts] == ([] if cells else [f"（一）予以公开{figures}"])


@pytest.mark.parametrize("figures", ["4120.5万元", "12+115", "4-2"])
def test_a_label_run_together_with_any_figures_stays_the_label_of_a_row(figures: str) -> None:
    document = read(
        f"信息内容 采购项目数量 采购总金额\n政府集中采购{figures}\n规章000\n行政许可1\n"
    )
    assert ["政府集中采购"] in rows(document.tables[0])
    assert f"政府集中采购{figures}" in [d.quote for d in document.doubts]


def test_a_group_and_a_row_run_together_are_two_labels() -> None:
    document = read(
        "一、本年新收政府信息公开申请数量0000000\n（三）不予公开1.属于国家秘密0000000\n"
        "2.重复申请0000000\n"
    )
    assert rows(document.tables[0])[1] == ["（三）不予公开", "1.属于国家秘密", *["0"] * 7]


def test_a_figure_that_could_be_a_year_stays_a_figure() -> None:
    table = only_table("行政许可 2023\n行政处罚 2024\n行政强制 7\n")
    assert rows(table) == [["行政许可", "2023"], ["行政处罚", "2024"], ["行政强制", "7"]]


def test_a_unit_behind_a_space_belongs_to_its_figure() -> None:
    document = read(
        "规章 0 0 0\n信息内容 采购项目数量 采购总金额\n政府集中采购 4 120.5 万元\n行政许可 1 2 3\n"
    )
    assert ["政府集中采购", "4", "120.5 万元"] in rows(document.tables[0])


def test_a_piece_of_a_label_is_parted_from_the_figures_of_its_row() -> None:
    document = read(
        "规章     0   0   0\n（一）予以 4   1   0   0   0   0   5\n公开\n行政处 5   6   7\n罚\n"
    )
    found = rows(document.tables[0])
    assert ["（一）予以\n公开", "4", "1", "0", "0", "0", "0", "5"] in found
    assert ["行政处\n罚", "5", "6", "7"] in found


def spoiled(layout: str, number: int, change: Callable[[str], str]) -> tuple[str, str]:
    """A report of which the row with ``number`` in table 三 is changed, and that line."""
    text = text_of(clean_report(), layout).decode()
    lines = text.split("\n")
    at = next(i for i, line in enumerate(lines) if f"{number}." in line and "确认或重新" in line)
    lines[at] = change(lines[at])
    return "\n".join(lines), str(at + 1)


MISTAKES: dict[str, Callable[[str, str], str]] = {
    "one too many": lambda line, sign: line.replace(f"{sign}0", f"{sign}{sign}0", 1),
    "one behind": lambda line, sign: line + sign,
    "one too few": lambda line, sign: line.replace(f"0{sign}0", "00", 1),
    "an open quotation mark": lambda line, sign: line.replace(f"{sign}0", f'{sign}"0', 1),
}


@pytest.mark.parametrize("layout", ["commas", "tabs"])
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_row_with_a_sign_too_many_or_few_is_a_doubt_that_names_its_line(
    mistake: str, layout: str
) -> None:
    sign = "," if layout == "commas" else "\t"
    text, number = spoiled(layout, 5, lambda line: MISTAKES[mistake](line, sign))
    run = check_report(text.encode(), name="report.txt")
    assert "fail" not in {f.verdict for f in run.findings}
    told = [d.message for d in run.doubts]
    named = any(f"第{number}行" in m for m in told)
    assert named if mistake != "an open quotation mark" else told
    wanted = figures(clean_report())
    for table in run.report.tables:
        for cell in table.cells:
            if cell.value.presence == "given":
                assert cell.value.printed == wanted[cell.address]


def test_commas_for_thousands_are_no_cells_of_their_own() -> None:
    text = text_of(clean_report(), "commas").decode().replace(",1286,", ",1,286,")
    run = check_report(text.encode(), name="report.txt")
    assert "fail" not in {f.verdict for f in run.findings}
    cell = next(t for t in run.report.tables if t.id == "proactive").cell("licensing", "decisions")
    assert cell is None or cell.value.presence == "unreadable"
    assert any("千分位逗号" in d.message for d in run.doubts)


def test_a_whole_report_from_a_spreadsheet_is_read() -> None:
    """Prose stands in the first of many cells, in quotation marks; a head goes over two lines."""
    lines: list[str] = []
    for line in text_of(clean_report(), "commas").decode().split("\n"):
        prose = line and "," not in line
        lines.append(f'"{line}"' + "," * 9 if prose and "“" not in line else line)
    text = "\n".join(lines).replace("本年制发件数", '"本年\n制发件数"')
    run = check_report(text.encode(), name="report.csv.txt")
    assert [(f.rule, f.message) for f in run.findings] == []
    assert not run.doubts
    assert len([c for t in run.report.tables for c in t.cells]) == 200


def test_heads_broken_over_lines_between_tabs_are_put_together() -> None:
    text = text_of(clean_report(), "tabs_short").decode()
    for head in ("商业企业", "科研机构", "法律服务机构", "结果维持", "尚未审结", "本年制发件数"):
        text = text.replace(head, f"{head[:2]}\n{head[2:]}")
    text = text.replace("社会公益组织", "社会\n公益\n组织")
    run = check_report(text.encode(), name="report.txt")
    assert [(f.rule, f.message) for f in run.findings] == []
    assert not run.doubts
    assert len([c for t in run.report.tables for c in t.cells]) == 200


def test_cells_in_quotation_marks_parted_by_tabs_are_read() -> None:
    text = text_of(clean_report(), "tabs").decode()
    quoted = "\n".join(
        "\t".join(f'"{cell}"' for cell in line.split("\t")) if "\t" in line else line
        for line in text.replace("“", "").replace("”", "").split("\n")
    )
    run = check_report(quoted.encode(), name="report.txt")
    assert [(f.rule, f.message) for f in run.findings] == []
    assert not run.doubts


def test_prose_with_commas_is_no_table() -> None:
    text = "规章,规范性文件,行政许可\n我局,今年,公开\n行政许可,行政处罚,行政强制\n其余,照旧,办理\n"
    assert read(f"按要求公开,及时,准确\n{text}其余。").text.count(",") == text.count(",") + 2


@pytest.mark.parametrize("layout", [*LAYOUTS, *BROKEN_LAYOUTS])
def test_the_blank_form_is_an_empty_form_in_every_layout(layout: str) -> None:
    run = check_report(text_of(blank_form(), layout), name="report.txt")
    assert run.report.empty_form
    assert run.verdict == "review"
    assert {f.rule for f in run.findings} == {"C101"}


def test_labels_without_values_stay_a_table() -> None:
    table = only_table("规章\n行政规范性文件\n行政许可\n行政处罚\n行政强制\n")
    assert table.geometry == "stream"
    assert len(table.cells) == 5


def test_head_of_one_character_per_line_is_put_together() -> None:
    table = only_table(
        "自\n然\n人\n科\n研\n机\n构\n一、本年新收政府信息公开申请数量 1 0 0 0 0 0 1\n"
        "四、结转下年度继续办理 0 0 0 0 0 0 0\n"
    )
    assert rows(table)[:2] == [["自\n然\n人"], ["科\n研\n机\n构"]]


def test_number_broken_over_two_lines_stays_one_cell() -> None:
    table = only_table("\t规章\n\t1\n6\n\t0\n\t0\n\n\t规范性文件\n\t0\n\t0\n\t5\n")
    assert [c.text for c in table.cells] == ["规章", "1\n6", "0", "0", "规范性文件", "0", "0", "5"]
    assert parse_cell(table.cells[1].text).presence == "unreadable"


def test_two_figures_where_one_belongs_stay_one_cell() -> None:
    table = only_table("信息内容 本年处理决定数量\n行政处罚 5\n行政许可 1 6\n行政强制 0\n")
    assert rows(table)[2] == ["行政许可", "1 6"]


def test_table_goes_on_behind_a_page_break() -> None:
    document = read(
        "信息内容 本年制发件数 本年废止件数 现行有效件数\n规章 0 0 0\n- 1 -\n"
        "\f行政规范性文件 1 2 3\n"
    )
    assert [len(t.cells) for t in document.tables] == [12]
    assert [(p.text, p.locator.page) for p in document.paragraphs] == [("- 1 -", 1)]
    assert [c.locator.page for c in document.tables[0].cells[-4:]] == [2] * 4
    assert (document.pages, document.doubts) == (2, ())


def test_bare_number_at_the_page_end_is_a_doubt() -> None:
    document = read("规章\n0\n0\n0\n1\n\f行政规范性文件\n1\n2\n3\n行政许可\n7\n行政处罚\n8\n")
    assert [d.kind for d in document.doubts] == ["unassigned_numbers"]


@pytest.mark.parametrize(
    "text",
    [
        "本年行政许可 12 件。\n行政许可\n我局办理许可12件。\n其他\n（一）公开\n行政复议\n全年3件。",
        "\t行政许可方面，全年办理12件。\n\t行政处罚方面，全年作出3件。\n",
        "首页 | 政务公开 | 行政许可\n当前位置",
        "其他\n总计\n维持\n5\n",
        "三、收到和处理政府信息公开申请情况\n全年收到申请3件。\n",
        "行政复议\n\n行政诉讼\n\n本年度未发生。",
    ],
)
def test_prose_that_names_labels_is_no_table(text: str) -> None:
    document = read(text)
    assert document.tables == ()
    assert [p.text for p in document.paragraphs] == [
        t.strip() for t in text.split("\n") if t.strip()
    ]


def test_loose_label_is_not_given_to_a_markdown_table_below_it() -> None:
    document = read(
        "一、本年新收政府信息公开申请数量\n\n"
        "| 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n|--|--|--|--|--|--|--|\n"
    )
    assert [p.text for p in document.paragraphs] == ["一、本年新收政府信息公开申请数量"]


def test_markdown_marks_are_no_text() -> None:
    document = read(
        "# 2023年\\_年报\n\n| 信息内容 | 本年<br>制发件数 |\n|:-:|-:|\n| **规章\\|甲** | `0` |\n"
    )
    assert (document.paragraphs[0].text, document.paragraphs[0].heading) == ("2023年_年报", True)
    assert rows(document.tables[0]) == [["信息内容", "本年\n制发件数"], ["规章|甲", "0"]]
    assert document.source.kind == "md"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encoding_is_found_by_content(encoding: str) -> None:
    document = read("云溪县年度报告\r\n规章情况".encode(encoding))
    assert [p.text for p in document.paragraphs] == ["云溪县年度报告", "规章情况"]
    assert document.doubts == ()


def test_bytes_that_cannot_be_decoded_are_a_doubt() -> None:
    document = read("云溪县政府信息公开工作年度报告，全年公开平稳。".encode() + b"\xff\n")
    assert [d.kind for d in document.doubts] == ["encoding"]


def test_invisible_characters_are_recorded_where_they_stood() -> None:
    document = read("第一段\n全年收到\u200b申请\u200b3件\n")
    assert [p.text for p in document.paragraphs] == ["第一段", "全年收到申请3件"]
    (hidden,) = document.hidden
    assert (hidden.text, hidden.reason, hidden.locator.block) == ("到\u200b\u200b", "zero_width", 1)


def test_compatible_characters_become_ordinary_ones() -> None:
    assert read("⾏政许可情况").paragraphs[0].text == "行政许可情况"


def test_limits_are_errors_with_a_name() -> None:
    with pytest.raises(LimitExceededError) as long:
        read("行" * 20, text_chars=10)
    with pytest.raises(LimitExceededError) as wide:
        read("规章\n0\n0\n0\n行政许可\n5\n行政处罚\n6\n", table_cells=3)
    assert (long.value.limit, wide.value.limit) == ("text_chars", "table_cells")


def test_damaged_input_gives_a_document_or_a_clear_error() -> None:
    generator = random.Random(20)
    sources = [text_of(clean_report(), layout) for layout in LAYOUTS]
    for number in range(60):
        data = bytearray(sources[number % len(sources)])
        for _ in range(generator.randrange(1, 40)):
            at = generator.randrange(len(data))
            piece = bytes(data[at : at + generator.randrange(30)])
            choice = generator.randrange(4)
            if choice == 0:
                data[at] = generator.randrange(256)
            elif choice == 1:
                del data[at : at + len(piece)]
            else:
                data[at:at] = generator.choice(
                    [b"|", b"\t", b"\n", b"\f", b"  ", b"0", b"-", piece]
                )
        try:
            document = read(bytes(data))
        except InputError:
            continue
        for table in document.tables:
            for cell in table.cells:
                assert document.text[cell.locator.start : cell.locator.end] == cell.text


@pytest.mark.skipif(not REPORTS.is_dir(), reason="real reports are not here")
def test_real_report_with_a_tab_before_every_cell() -> None:
    data = (REPORTS / "湖墅街道2020.txt").read_bytes()
    document = read(data)
    numbers = [
        sum(parse_cell(c.text).presence == "given" for c in t.cells) for t in document.tables
    ]
    assert numbers == [22, 161, 15]
    assert [t.geometry for t in document.tables] == ["rows"] * 3
    printed = rows(document.tables[0])
    assert printed[1] == ["信息内容", "本年新\n制作数量", "本年新\n公开数量", "对外公开总数量"]
    assert printed[-1] == ["政府集中采购", "18", "116014.331"]
    assert rows(document.tables[1])[2][:3] == ["", "", "商业企业"]
    assert parse_cell(printed[-1][2]).value == Decimal("116014.331")
    lines = data.decode().split("\n")
    prose = [line.strip() for line in lines if line.strip() and not line.startswith("\t")]
    prose = [line for line in prose if line not in ("制作数量", "公开数量")]
    assert [p.text for p in document.paragraphs] == prose
    assert document.doubts == ()
