"""What printing makes of a report: cut heads, narrow columns, watermarks, turned pages."""

import pytest

from checker.domain.document import Document, Table
from checker.readers.pdf import read_pdf
from checker.settings import Limits
from tests.pdf_maker import Merged, PdfPage, make_pdf

XS = [80, 150, 270, 340, 410, 480]
FULL = "本机关认真履行法定的职责，及时准确公开各类信息，便于群众查阅，"
CORNER = "（本列数据的\n勾稽关系为：\n第一项加第二\n项之和，等于\n第三项加第四\n项之和）"


def read(*pages: PdfPage) -> Document:
    return read_pdf(make_pdf(*pages), name="a.pdf", limits=Limits())


def rows(table: Table) -> list[list[str]]:
    return [[c.text for c in table.cells if c.row == r] for r in range(table.rows)]


def kinds(document: Document) -> list[str]:
    return [doubt.kind for doubt in document.doubts]


def _head_page(corner: str, body: list[list[str]]) -> PdfPage:
    """A page of table 三 below its heads, with the corner as far as it was printed."""
    made = PdfPage()
    ys = [60, 140, *(170 + 30 * n for n in range(len(body)))]
    made.grid(
        XS,
        ys,
        [["", "", "自然人", "商业企业", "总计"], *body],
        merged=[
            Merged(0, 0, 1, 2, corner),
            *(Merged(n, 0, n + 1, 2, row[0]) for n, row in enumerate(body, 1) if not row[1]),
        ],
        size=10,
    )
    return made


def test_a_repeated_head_that_is_cut_short_is_the_head_again() -> None:
    whole = _head_page(CORNER, [["一、本年新收政府信息公开申请数量", "", "3", "4", "7"]])
    cut = _head_page(CORNER.rpartition("\n")[0], [["四、结转下年度继续办理", "", "1", "2", "3"]])
    document = read(whole, cut)
    assert rows(document.tables[0])[1:] == [
        ["一、本年新收政府信息公开申请数量", "3", "4", "7"],
        ["四、结转下年度继续办理", "1", "2", "3"],
    ]
    assert document.doubts == ()


def test_text_that_is_clipped_away_is_in_no_cell() -> None:
    whole = _head_page(CORNER, [["一、本年新收政府信息公开申请数量", "", "3", "4", "7"]])
    cut = _head_page(CORNER.rpartition("\n")[0], [["（一）予以公开", "", "1", "2", "3"]])
    last = "第三项加第四".encode("utf-16-be").hex()
    behind = 1 + next(n for n, part in enumerate(cut.parts) if last in part)
    tail = PdfPage()
    tail.text(100, 142, "项之和）", size=10)
    cut.parts[behind:behind] = ["q 80 702 190 80 re W n", *tail.parts, "Q"]
    document = read(whole, cut)
    assert rows(document.tables[0])[-1] == ["（一）予以公开", "1", "2", "3"]
    assert [(h.text, h.reason) for h in document.hidden] == [("项之和）", "off_page")]
    assert document.doubts == ()


def _narrow(size: float, texts: list[list[str]]) -> PdfPage:
    """A table whose columns of figures are narrower than its characters."""
    made = PdfPage()
    xs = [80, 240, 256, 272, 288]
    ys = [60, 140, 170, 200]
    made.grid(xs, ys, [["", "", "", ""]] * 3)
    for row, line in enumerate(texts):
        for column, text in enumerate(line):
            for place, char in enumerate(text if row == 0 and column else [text]):
                top = ys[row] + 3 + place * size * 1.1
                made.text(xs[column] + 4, top, char, size=size if column else 10)
    return made


def test_figures_of_narrow_columns_are_not_one_number() -> None:
    made = _narrow(10, [["信息内容", "制发件数", "废止件数", "现行有效"], ["规章"], ["行政许可"]])
    for row, figures in enumerate(("201", "304")):
        for column, figure in enumerate(figures):
            made.text(243 + 16 * column, 142 + 30 * row, figure, size=28)
    document = read(made)
    assert rows(document.tables[0])[1:] == [["规章", "2", "0", "1"], ["行政许可", "3", "0", "4"]]
    assert kinds(document) == []


def test_a_table_whose_heads_stand_in_other_columns_is_not_read() -> None:
    heads = ["信息内容", "制发件数", "废止件数", "现行有效"]
    document = read(_narrow(26, [heads, ["规章", "2", "0", "1"], ["行政许可", "3", "0", "4"]]))
    assert document.tables == ()
    assert kinds(document) == ["missing_cells"]
    assert "列太窄" in document.doubts[0].message


def _ruled(*, askew: int = 0) -> PdfPage:
    made = PdfPage(askew=askew)
    made.grid(
        [80, 260, 320, 380],
        [100, 130, 160, 190],
        [
            ["信息内容", "本年制发件数", "现行有效件数"],
            ["规章", "0", "12"],
            ["行政规范性文件", "3", "45"],
        ],
        size=9,
    )
    return made


ASLANT = "0.866 0.5 -0.5 0.866"


@pytest.mark.parametrize("matrix", [ASLANT, "1 0 0 1"])
def test_a_watermark_is_in_no_cell(matrix: str) -> None:
    made = _ruled()
    made.text(240, 150, "内部", size=40, gray=0.8, matrix=matrix)
    document = read(made)
    assert rows(document.tables[0]) == rows(read(_ruled()).tables[0])
    assert [(m.key, m.value) for m in document.metadata] == [("Watermark", "内部")]
    assert document.doubts == ()


def test_a_large_title_is_no_watermark() -> None:
    made = _ruled()
    made.text(80, 40, "工作报告", size=30)
    assert [p.text for p in read(made).paragraphs] == ["工作报告"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_askew_is_read_upright(turn: int) -> None:
    document = read(_ruled(askew=turn))
    assert rows(document.tables[0]) == rows(read(_ruled()).tables[0])
    assert document.doubts == ()


def test_a_label_that_runs_over_the_end_of_its_page_is_whole() -> None:
    xs = [80, 260, 300, 340]
    first, second = PdfPage(), PdfPage()
    first.grid(xs, [640, 670], [["信息内容", "", ""]], open_bottom=True, size=10)
    for x in xs[1:-1]:
        first.column(x + 14, 645, "处理决定", size=10)
    second.grid(xs, [60, 90, 120], [["行政处罚", "1", "2"], ["行政强制", "3", "4"]], size=10)
    document = read(first, second)
    assert rows(document.tables[0]) == [
        ["信息内容", "处理决定", "处理决定"],
        ["行政处罚", "1", "2"],
        ["行政强制", "3", "4"],
    ]


def test_the_middle_of_a_group_has_the_cells_whose_ends_are_on_other_pages() -> None:
    xs = [80, 110, 180, 320, 360, 400]
    upper, lower = PdfPage(), PdfPage()
    upper.grid(
        xs,
        [640, 670, 700],
        [["", "", "1.属于国家秘密", "7", "7"], ["", "", "2.其他法律行政法规禁止公开", "0", "0"]],
        merged=[Merged(0, 0, 2, 1, "三\n本\n年"), Merged(0, 1, 2, 2, "（三）不予公开")],
        open_bottom=True,
        size=8,
    )
    lower.grid(
        xs[2:],
        [60, 90, 120],
        [["3.危及“三安全一稳定”", "1", "1"], ["4.保护第三方合法权益", "2", "2"]],
        size=8,
    )
    for x in xs[:2]:
        lower.line(x, 60, x, 120)
    document = read(upper, lower)
    assert len(document.tables) == 1
    assert rows(document.tables[0])[2:] == [
        ["3.危及“三安全一稳定”", "1", "1"],
        ["4.保护第三方合法权益", "2", "2"],
    ]
    assert document.doubts == ()


def test_a_title_in_the_middle_ends_where_the_text_begins() -> None:
    made = PdfPage()
    made.text(100, 60, "某某县水务局2023年政府信息公开工作年度报告", size=16)
    text = "根据《中华人民共和国政府信息公开条例》的要求，编制本报告。"
    made.text(80, 90, text[:24], size=16)
    made.text(80, 114, text[24:], size=16)
    assert [p.text for p in read(made).paragraphs] == [
        "某某县水务局2023年政府信息公开工作年度报告",
        text,
    ]


_LONG_TITLE = "某某县住房和城乡建设局2023年政府信息公开工作年度报告"


def _at_margin(*lines: str) -> list[str]:
    """Paragraphs of lines that all begin at the left edge and reach the right one."""
    made = PdfPage()
    for number, line in enumerate(lines):
        made.text(80, 60 + 24 * number, line, size=16)
    return [p.text for p in read(made).paragraphs]


def test_a_title_that_fills_its_line_is_not_run_into_the_introduction() -> None:
    text = "根据《中华人民共和国政府信息公开条例》（以下简称条例）的要求，编制本报告。"
    assert _at_margin(_LONG_TITLE, text[:27], text[27:]) == [_LONG_TITLE, text]


def test_a_title_that_fills_two_lines_stays_whole() -> None:
    name = "某某省某某市某某县住房和城乡建设局自然资源和规划"
    title = f"{name}局2023年政府信息公开工作年度报告"
    text = "根据《中华人民共和国政府信息公开条例》（以下简称条例）的要求，编制本报告。"
    lines = [title[:23], title[23:], text[:24], text[24:]]
    assert _at_margin(*lines)[0] == title


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"现将{_LONG_TITLE}", "公布如下，请予监督。"),
        (_LONG_TITLE, "，现予公布，请予监督，并提出意见。"),
        (f"本机关{_LONG_TITLE[5:]}", "涵盖六个部分，现予公布，请予监督。"),
        (_LONG_TITLE, "由总体情况等六个部分组成，现予公布。"),
    ],
)
def test_a_clause_that_ends_its_line_with_the_words_of_a_title_goes_on(
    first: str, second: str
) -> None:
    assert _at_margin(first, second) == [first + second]


def test_the_name_of_the_report_within_the_text_parts_no_paragraph() -> None:
    told = "本机关认真履行法定职责。"
    assert _at_margin(told, _LONG_TITLE, "一经公开，受到好评。")[-1] == (
        f"{_LONG_TITLE}一经公开，受到好评。"
    )


def test_a_first_line_that_stands_in_the_middle_by_chance_goes_on() -> None:
    made = PdfPage()
    lines = [
        "本报告由某某县水务局依照《中华人民共和国信息公开条例》",
        f"（以下简称条例）{FULL[8:-2]}",
    ]
    made.text(104, 60, lines[0])
    made.text(80, 80, lines[1])
    made.text(80, 100, FULL)
    assert [p.text for p in read(made).paragraphs] == ["".join(lines) + FULL]


def test_the_title_of_a_section_ends_where_it_is_whole() -> None:
    made = PdfPage()
    lines = ["五、存在的主要问题及改进情况", "存在的主要问题：一是政策解读", "形式较为单一。"]
    for number, line in enumerate(lines):
        made.text(80, 60 + 30 * number, line, size=20)
    assert [p.text for p in read(made).paragraphs] == [lines[0], lines[1] + lines[2]]


@pytest.mark.parametrize(
    ("first", "joined"),
    [
        ("各类情况与建议均可向本机关反映。地址本县公园路，邮编：", True),
        ("各类情况与建议均可向本机关反映。地址本县公园路边上。", False),
    ],
)
def test_a_line_ends_early_before_a_number_that_is_never_broken(first: str, joined: bool) -> None:
    made = PdfPage()
    lines = [FULL, first, "540001，电话见网站。"]
    for number, line in enumerate(lines):
        made.text(80, 60 + 20 * number, line)
    texts = [p.text for p in read(made).paragraphs]
    assert texts == (["".join(lines)] if joined else ["".join(lines[:2]), lines[2]])


def test_a_title_over_two_lines_is_not_taken_into_the_table_below() -> None:
    made = PdfPage()
    made.text(80, 60, "四、政府信息公开行政复议、", size=30)
    made.text(80, 100, "行政诉讼情况", size=30)
    made.text(80, 160, "行政复议")
    made.text(230, 160, "未经复议直接起诉")
    made.text(400, 160, "复议后起诉")
    for group in range(3):
        for column, (upper, lower) in enumerate(
            (("结果", "维持"), ("结果", "纠正"), ("其他", "结果"), ("尚未", "审结"), ("总", "计"))
        ):
            x = 60 + group * 165 + column * 32
            made.text(x, 190, upper)
            made.text(x, 204, lower)
            made.text(x + 4, 230, str(column))
    document = read(made)
    assert [p.text for p in document.paragraphs] == ["四、政府信息公开行政复议、行政诉讼情况"]
    assert rows(document.tables[0])[-1] == ["0", "1", "2", "3", "4"] * 3


@pytest.mark.parametrize("printed", ["120.5", "1,234.56", "12,345,678"])
def test_marks_in_a_font_without_a_height_stay_in_their_figure(printed: str) -> None:
    made = PdfPage()
    made.text(80, 60, "本机关认真履行法定职责，及时准确公开各类信息。")
    body = [["信息内容", "采购项目数量", "采购总金额"], ["政府集中采购", "4", ""]]
    made.grid([80, 260, 340, 440], [100, 140, 180], body)
    made.text(370, 154, printed, size=10, font="FT")
    document = read(made)
    assert [c.text for c in document.tables[0].cells][-2:] == ["4", printed]
    assert not document.doubts


def test_a_cell_over_a_page_break_is_told_as_a_doubt_of_its_row() -> None:
    upper, lower = PdfPage(), PdfPage()
    upper.text(80, 60, "三、收到和处理政府信息公开申请情况")
    head = ["申请人情况", "自然人", "总计"]
    upper.grid([80, 280, 360, 440], [700, 730, 760], [head, ["一、本年新收", "6", "9"]])
    lower.grid([80, 280, 360, 440], [60, 90], [["二、上年结转", "", "1"]])
    document = read(upper, lower)
    assert rows(document.tables[0])[2] == ["二、上年结转", "⁇", "1"]
    assert kinds(document) == ["unreadable_cell"]
    assert "二、上年结转" in document.doubts[0].message
