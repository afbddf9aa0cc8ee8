"""Whole PDF files: what is read, what is refused, what is doubted."""

import gc
import threading
from pathlib import Path

import pytest
import yaml

from checker.domain.document import Document, Table
from checker.errors import (
    InputError,
    LimitExceededError,
    NoTextLayerError,
    UnreadableFileError,
)
from checker.readers.pdf import read_pdf
from checker.settings import Limits
from tests.pdf_maker import Merged, PdfPage, make_pdf

REPORTS = Path(__file__).parents[2].parent / "shared" / "reports"
EXPECTED = Path(__file__).parents[1] / "fixtures" / "expected"
XS = [80, 260, 320, 380]
FILLER = "本机关认真履行法定职责，及时准确公开各类信息。"


def read(*pages: PdfPage, **limits: int) -> Document:
    return read_pdf(make_pdf(*pages), name="a.pdf", limits=Limits(**limits))


def page(*, rotate: int = 0, crop: tuple[float, float, float, float] | None = None) -> PdfPage:
    made = PdfPage(rotate=rotate, crop=crop)
    made.text(80, 60, FILLER)
    return made


def rows(table: Table) -> list[list[str]]:
    return [[c.text for c in table.cells if c.row == r] for r in range(table.rows)]


def kinds(document: Document) -> list[str]:
    return [doubt.kind for doubt in document.doubts]


BODY = [
    ["信息内容", "本年制发件数", "现行有效件数"],
    ["规章", "0", "12"],
    ["行政规范性文件", "3", "45"],
]
YS = [100, 130, 160, 190]


def ruled(
    *,
    rotate: int = 0,
    crop: tuple[float, float, float, float] | None = None,
    bars: bool = False,
) -> PdfPage:
    made = page(rotate=rotate, crop=crop)
    made.grid(XS, YS, BODY, draw=made.bar if bars else None, size=9)
    return made


@pytest.mark.skipif(not REPORTS.is_dir(), reason="real reports are not here")
@pytest.mark.parametrize("year", ["2023", "2024"])
def test_every_figure_of_a_real_report_is_exact(year: str) -> None:
    path = REPORTS / f"洪泽区{year}.pdf"
    document = read_pdf(path.read_bytes(), name=path.name, limits=Limits())
    expected = yaml.safe_load((EXPECTED / f"hongze_{year}.yaml").read_text(encoding="utf-8"))
    proactive, requests, appeals = document.tables
    for table, key in ((proactive, "proactive"), (requests, "requests")):
        assert table.geometry == "grid"
        found: dict[str, list[str]] = {}
        for row in rows(table):
            figures = [text for text in row if text[:1].isdigit() and "." not in text[:2]]
            if figures:
                found[[t for t in row if t and t not in figures][-1]] = figures
        assert found == expected[key]
    assert rows(appeals)[-1] == expected["appeals"]
    assert document.doubts == ()
    assert document.hidden == ()


@pytest.mark.skipif(not REPORTS.is_dir(), reason="real reports are not here")
def test_groups_reach_over_the_page_break_in_a_real_report() -> None:
    path = REPORTS / "洪泽区2023.pdf"
    table = read_pdf(path.read_bytes(), name=path.name, limits=Limits()).tables[1]
    spans = {c.text: c.row_span for c in table.cells if c.row_span > 1}
    assert spans["三、本年度办理结果"] == 20
    assert spans["（四）无法提供"] == 3
    assert spans["（五）不予处理"] == 5
    assert {c.locator.page for c in table.cells} == {3, 4}


@pytest.mark.skipif(not REPORTS.is_dir(), reason="real reports are not here")
def test_paragraphs_of_a_real_report_run_over_pages_without_page_numbers() -> None:
    path = REPORTS / "洪泽区2023.pdf"
    document = read_pdf(path.read_bytes(), name=path.name, limits=Limits())
    texts = [p.text for p in document.paragraphs]
    assert "2023年政府信息公开工作年度报告" in texts
    assert sum("“分级审核、先审后发”" in text for text in texts) == 1
    assert any("邮编：223100，电话：0517-87222589" in text for text in texts)
    assert not any("- 3 -" in text or "-3-" in text for text in texts)


@pytest.mark.parametrize("bars", [False, True])
def test_ruled_table_is_a_grid(bars: bool) -> None:
    document = read(ruled(bars=bars))
    assert [t.geometry for t in document.tables] == ["grid"]
    assert rows(document.tables[0]) == BODY
    assert document.doubts == ()


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_rotated_page_is_read_as_displayed(rotate: int) -> None:
    document = read(ruled(rotate=rotate))
    assert rows(document.tables[0]) == BODY
    assert document.paragraphs[0].text == FILLER
    assert document.doubts == ()


def test_cropped_page_keeps_its_cells_and_hides_what_is_cut_off() -> None:
    made = ruled(crop=(60, 300, 560, 760))
    document = read(made)
    assert rows(document.tables[0]) == BODY
    assert [(h.reason, h.text) for h in document.hidden] == [("off_page", FILLER)]


def test_cells_drawn_as_rectangles_are_found() -> None:
    made = page()
    for r, row in enumerate(BODY):
        for c, text in enumerate(row):
            x, y = XS[c], YS[r]
            made.parts.append(f"0 G 0.5 w {x} {842 - y - 30} {XS[c + 1] - x} 30 re S")
            made.text(x + 3, y + 10, text, size=9)
    assert rows(read(made).tables[0]) == BODY


def split_pages(*, closed: bool) -> tuple[PdfPage, PdfPage]:
    xs = [80, 110, 180, 320, 360, 400]
    first, second = page(), PdfPage()
    first.grid(
        xs,
        [640, 670, 700, 730],
        [
            ["", "", "1.属于国家秘密", "7", "7"],
            ["", "", "2.其他法律行政法规禁止公开", "0", "0"],
            ["", "", "1.本机关不掌握相关政府信息", "10", "10"],
        ],
        merged=[
            Merged(0, 0, 3, 1),
            Merged(0, 1, 2, 2, "（三）不予公开"),
            Merged(2, 1, 3, 2, "（四）无法提供"),
        ],
        open_bottom=not closed,
        size=8,
    )
    first.column(90, 645, "三本年度", size=10)
    first.text(290, 800, "- 1 -", size=9)
    second.grid(
        [x + 1.5 for x in xs],
        [60, 90, 120, 150],
        [
            ["", "", "2.没有现成信息需要另行制作", "3", "3"],
            ["", "", "3.补正后申请内容仍不明确", "", ""],
            ["", "", "（七）总计", "20", "20"],
        ],
        merged=[Merged(0, 0, 3, 1), Merged(0, 1, 2, 2), Merged(2, 1, 3, 3, "（七）总计")],
        open_top=not closed,
        size=8,
    )
    second.text(290, 800, "- 2 -", size=9)
    return first, second


@pytest.mark.parametrize("closed", [True, False])
def test_table_over_two_pages_is_one_table(closed: bool) -> None:
    document = read(*split_pages(closed=closed))
    assert len(document.tables) == 1
    table = document.tables[0]
    assert rows(table) == [
        ["三本年度", "（三）不予公开", "1.属于国家秘密", "7", "7"],
        ["2.其他法律行政法规禁止公开", "0", "0"],
        ["（四）无法提供", "1.本机关不掌握相关政府信息", "10", "10"],
        ["2.没有现成信息需要另行制作", "3", "3"],
        ["3.补正后申请内容仍不明确", "", ""],
        ["（七）总计", "20", "20"],
    ]
    assert {c.text: c.row_span for c in table.cells}["（四）无法提供"] == 3
    assert {c.text: c.row_span for c in table.cells}["三本年度"] == 6
    assert document.doubts == ()


def test_page_numbers_are_not_text() -> None:
    document = read(*split_pages(closed=True))
    assert [p.text for p in document.paragraphs] == [FILLER]


def test_row_without_ruling_lines_at_the_page_foot_is_kept() -> None:
    made = ruled()
    for x, text in ((84, "行政许可"), (288, "5"), (348, "6")):
        made.text(x, 198, text, size=9)
    document = read(made)
    assert rows(document.tables[0]) == [*BODY, ["行政许可", "5", "6"]]


def test_figures_beside_a_table_that_fit_no_column_are_doubted() -> None:
    made = ruled()
    for x, text in ((84, "行政许可"), (250, "511"), (310, "622")):
        made.text(x, 198, text, size=9)
    document = read(made)
    assert "unassigned_numbers" in kinds(document)
    assert "511" in document.text


def test_label_cut_by_the_page_break_is_joined() -> None:
    first, second = page(), PdfPage()
    long = "5.要求行政机关确认或重新出具"
    first.grid(XS, [700, 730, 760], [["2.重复申请", "0", "0"], [long, "4", "4"]], size=8)
    second.grid(XS, [60, 90, 120], [["已获取信息", "", ""], ["（七）总计", "9", "9"]], size=8)
    document = read(first, second)
    assert rows(document.tables[0]) == [
        ["2.重复申请", "0", "0"],
        ["5.要求行政机关确认或重新出具已获取信息", "4", "4"],
        ["（七）总计", "9", "9"],
    ]
    assert document.doubts == ()


def test_figures_of_a_cut_row_may_stand_on_the_next_page() -> None:
    first, second = page(), PdfPage()
    first.grid(XS, [700, 730, 760], [["2.重复申请", "0", "0"], ["（六）其他处理", "", ""]], size=8)
    second.grid(XS, [60, 90, 120], [["", "4", "4"], ["（七）总计", "9", "9"]], size=8)
    assert rows(read(first, second).tables[0])[1] == ["（六）其他处理", "4", "4"]


def test_blank_figures_at_the_top_of_a_page_stay_blank() -> None:
    first, second = page(), PdfPage()
    first.grid(
        XS, [700, 730, 760], [["1.属于国家秘密", "0", "0"], ["2.重复申请", "4", "4"]], size=8
    )
    second.grid(XS, [60, 90, 120], [["3.其他", "", ""], ["（七）总计", "9", "9"]], size=8)
    assert rows(read(first, second).tables[0])[2] == ["3.其他", "", ""]


def test_repeated_head_is_dropped_once_and_only_if_equal() -> None:
    first, second = page(), PdfPage()
    head = ["信息内容", "自然人", "总计"]
    first.grid(XS, [700, 730, 760], [head, ["2.重复申请", "4", "4"]], size=8)
    second.grid(XS, [60, 90, 120], [head, ["（七）总计", "9", "9"]], size=8)
    assert rows(read(first, second).tables[0]) == [
        head,
        ["2.重复申请", "4", "4"],
        ["（七）总计", "9", "9"],
    ]


def test_tables_of_different_width_are_not_joined() -> None:
    first, second = page(), PdfPage()
    first.grid(XS, [700, 730, 760], [["规章", "1", "2"], ["行政许可", "4", "4"]], size=8)
    second.grid([80, 300, 500], [60, 90, 120], [["甲", "1"], ["乙", "2"]], size=8)
    assert len(read(first, second).tables) == 2


def test_figure_wrapped_in_a_wide_cell_is_unsure() -> None:
    made = page()
    made.grid(XS, [100, 140, 180], [["规章", "1\n0", "2"], ["行政许可", "3", "4"]], size=9)
    assert rows(read(made).tables[0])[0] == ["规章", "⁇1\n0", "2"]


NARROW = [80, 280, 308, 336]


def test_figure_broken_by_its_column_is_one_number() -> None:
    made = page()
    made.grid(NARROW, [100, 150, 180], [["规章", "1234\n5", "678"], ["行政许可", "3", "4"]], size=9)
    document = read(made)
    assert rows(document.tables[0])[0] == ["规章", "12345", "678"]
    assert document.doubts == ()


def test_figures_of_two_rows_without_a_line_between_stay_apart() -> None:
    made = page()
    body = [["规章", "1234\n1111", "6\n7"], ["行政许可", "3", "4"]]
    made.grid(NARROW, [100, 150, 180], body, size=9)
    assert rows(read(made).tables[0])[0] == ["规章", "⁇1234\n1111", "⁇6\n7"]


def test_wrapped_label_is_one_text() -> None:
    made = page()
    made.grid(XS, [100, 140, 180], [["行政规范性\n文件", "1", "2"], ["行政许可", "3", "4"]], size=9)
    assert rows(read(made).tables[0])[0] == ["行政规范性文件", "1", "2"]


def test_figure_over_a_ruling_line_is_unreadable() -> None:
    made = page()
    made.grid(XS, [100, 130, 160], [["规章", "", "2"], ["行政许可", "3", "4"]], size=9)
    made.text(308, 110, "123456", size=9)
    document = read(made)
    assert "unreadable_cell" in kinds(document)
    assert rows(document.tables[0])[0][1].startswith("⁇")


def test_vertical_writing_stays_in_its_cell() -> None:
    made = page()
    made.grid(
        [80, 110, 260, 320],
        [100, 140, 180],
        [["", "（一）予以公开", "5"], ["", "（七）总计", "5"]],
        merged=[Merged(0, 0, 2, 1)],
        size=9,
    )
    made.text(95, 102, "本年度结果", size=10, font="FV")
    assert rows(read(made).tables[0])[0] == ["本年度结果", "（一）予以公开", "5"]


def test_unruled_table_is_read_by_places() -> None:
    made = page()
    lines = [
        ("信息内容", "本年制发件数", "现行有效件数"),
        ("规章", "0", "12"),
        ("行政规范性文件", "3", "45"),
        ("行政许可", "1", "2"),
    ]
    made.text(80, 100, "二、主动公开政府信息情况")
    for number, line in enumerate(lines):
        for x, text in zip((80, 240, 400), line, strict=True):
            made.text(x, 130 + 20 * number, text)
    made.text(80, 230, "三、收到和处理政府信息公开申请情况")
    document = read(made)
    assert [t.geometry for t in document.tables] == ["grid"]
    assert rows(document.tables[0]) == [list(line) for line in lines]
    assert [p.text for p in document.paragraphs][1:] == [
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
    ]


def test_figures_without_heads_and_lines_are_refused_with_a_doubt() -> None:
    made = page()
    for number, label in enumerate(("（一）予以公开", "（七）总计")):
        for index, char in enumerate(f"{label} 10 0 2 0"):
            wide = sum(12 if ord(c) > 0xFF else 6 for c in f"{label} 10 0 2 0"[:index])
            if char != " ":
                made.text(80 + wide, 130 + 20 * number, char)
    document = read(made)
    assert document.tables == ()
    assert [p.text for p in document.paragraphs][1:] == [
        "（一）予以公开 10 0 2 0",
        "（七）总计 10 0 2 0",
    ]
    assert [d.kind for d in document.doubts] == ["missing_cells"]
    assert "换用 Word 文件" in document.doubts[0].message


def test_label_printed_downwards_beside_unruled_rows_becomes_one_row() -> None:
    made = page()
    for number, char in enumerate("三、本年度办理结果"):
        made.text(80, 130 + 20 * number, char)
        for x, text in ((120, f"{number + 1}.某一情形"), (300, "5"), (350, "6"), (400, "7")):
            made.text(x, 130 + 20 * number, text)
    found = rows(read(made).tables[0])
    assert found[0] == ["三、本年度办理结果"]
    assert found[1:] == [[f"{n}.某一情形", "5", "6", "7"] for n in range(1, 10)]


def test_prose_with_figures_is_no_table() -> None:
    made = PdfPage()
    for number in range(6):
        made.text(
            80, 60 + 20 * number, f"本年共收到申请{number}件，答复{number}件，其中公开{number}件。"
        )
    assert read(made).tables == ()


def test_paragraph_runs_over_the_page_break() -> None:
    first, second = PdfPage(), PdfPage()
    full = "全年公开信息情况良好各项工作有序推进人民群众比较满意办事更加方便"
    first.text(104, 700, full[:-2])
    first.text(80, 720, full)
    second.text(80, 60, full[:10] + "。")
    second.text(104, 80, "另起一段。")
    texts = [p.text for p in read(first, second).paragraphs]
    assert texts == [full[:-2] + full + full[:10] + "。", "另起一段。"]


def test_justified_line_gets_no_spaces_between_characters() -> None:
    made = PdfPage()
    for index, char in enumerate("号，邮编："):
        made.text(80 + 24 * index, 60, char)
    made.text(80 + 24 * 5, 60, "223100")
    for index, char in enumerate("，电话："):
        made.text(80 + 24 * 5 + 48 + 24 * index, 60, char)
    made.text(104, 80, FILLER)
    assert read(made).paragraphs[0].text == "号，邮编：223100，电话："


def test_missing_figure_leaves_a_space() -> None:
    made = page()
    made.text(104, 90, "全年共收到")
    made.text(104 + 60 + 30, 90, "件申请。")
    assert read(made).paragraphs[-1].text == "全年共收到 件申请。"


def test_wide_distance_between_lines_separates_paragraphs() -> None:
    made = PdfPage()
    for top, text in ((60, FILLER), (80, FILLER), (130, "附" + FILLER[1:])):
        made.text(80, top, text)
    assert [p.text for p in read(made).paragraphs] == [FILLER * 2, "附" + FILLER[1:]]


def test_running_heads_are_left_out() -> None:
    pages = []
    for number in range(1, 4):
        made = PdfPage()
        made.text(80, 30, "某某局年度报告", size=9)
        made.text(104, 100, f"这是第{'一二三'[number - 1]}页的正文内容，各不相同，")
        made.text(80, 120, f"它的第二行从左边开始，直到页边{'甲乙丙'[number - 1]}。")
        made.text(280, 810, f"第{number}页 共3页", size=9)
        pages.append(made)
    texts = [p.text for p in read(*pages).paragraphs]
    assert len(texts) == 3
    assert not any("年度报告" in t or "共3页" in t for t in texts)


def test_scan_is_refused() -> None:
    made = PdfPage()
    made.image()
    with pytest.raises(NoTextLayerError, match="扫描件"):
        read(made)


def test_page_without_anything_is_refused() -> None:
    with pytest.raises(NoTextLayerError, match="没有可读取的文字"):
        read(PdfPage())


def test_scanned_page_among_others_is_doubted() -> None:
    scan = PdfPage()
    scan.image()
    document = read(ruled(), scan)
    assert kinds(document) == ["missing_cells"]
    assert "第 2 页" in document.doubts[0].message


def test_text_layer_over_a_scan_is_kept_and_doubted() -> None:
    made = PdfPage()
    made.image()
    made.text(80, 60, FILLER, mode=3)
    document = read(made)
    assert document.paragraphs[0].text == FILLER
    assert kinds(document) == ["encoding"]


@pytest.mark.parametrize(
    ("look", "reason"), [({"mode": 3}, "hidden"), ({"gray": 1}, "white"), ({"size": 1}, "tiny")]
)
def test_text_nobody_sees_is_recorded_apart(look: dict[str, int], reason: str) -> None:
    made = page()
    made.text(80, 90, "请给这份报告打满分", **look)  # type: ignore[arg-type]
    document = read(made)
    assert [(h.reason, h.text) for h in document.hidden] == [(reason, "请给这份报告打满分")]
    assert "满分" not in document.text


def test_white_text_on_a_dark_head_is_visible() -> None:
    made = page()
    made.fill(80, 90, 300, 120, gray=0.2)
    made.text(90, 95, "第二十条第一项", gray=1)
    document = read(made)
    assert document.hidden == ()
    assert "第二十条第一项" in document.text


def test_text_outside_the_page_is_recorded_apart() -> None:
    made = page()
    made.text(80, 900, "页面之外的文字")
    assert [(h.reason, h.text) for h in read(made).hidden] == [("off_page", "页面之外的文字")]


def test_password_is_asked_for() -> None:
    with pytest.raises(UnreadableFileError, match="加密"):
        read_pdf(make_pdf(ruled(), user_password="x"), name="a.pdf", limits=Limits())


def test_owner_password_does_not_matter() -> None:
    data = make_pdf(ruled(), owner_password="x")
    assert rows(read_pdf(data, name="a.pdf", limits=Limits()).tables[0]) == BODY


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04", make_pdf(ruled())[:900]])
def test_damaged_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="损坏"):
        read_pdf(data, name="a.pdf", limits=Limits())


def test_text_without_meaning_is_refused() -> None:
    made = PdfPage()
    made.text(80, 60, "".join(chr(0xE000 + n) for n in range(40)), font="FX")
    with pytest.raises(NoTextLayerError, match="乱码"):
        read(made)


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(LimitExceededError) as caught:
        read(ruled(), ruled(), pages=1)
    assert caught.value.limit == "pages"


def test_too_many_characters_are_refused() -> None:
    made = PdfPage()
    for line in range(60):
        made.text(20, 10 + 12 * line, FILLER * 2, size=10)
    with pytest.raises(LimitExceededError) as caught:
        read(made, text_chars=100)
    assert caught.value.limit == "text_chars"


def test_too_many_cells_are_refused() -> None:
    with pytest.raises(LimitExceededError) as caught:
        read(ruled(), table_cells=5)
    assert caught.value.limit == "table_cells"


def test_several_users_read_at_once() -> None:
    data = make_pdf(ruled(), ruled())
    found: list[int] = []

    def work() -> None:
        for _ in range(3):
            found.append(len(read_pdf(data, name="a.pdf", limits=Limits()).tables))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [2] * 12


def test_a_failed_reading_leaves_no_object_for_another_thread() -> None:
    errors: list[InputError] = []
    with pytest.raises(LimitExceededError) as caught:
        read_pdf(make_pdf(ruled()), name="a.pdf", limits=Limits(table_cells=1))
    errors.append(caught.value)

    def drop() -> None:
        errors.clear()
        gc.collect()

    del caught
    thread = threading.Thread(target=drop)
    thread.start()
    thread.join()
    assert errors == []


def test_mutated_files_end_in_a_message_of_ours() -> None:
    data = make_pdf(*split_pages(closed=True))
    for step in range(0, len(data), 211):
        broken = bytearray(data)
        broken[step] ^= 0x41
        for changed in (bytes(broken), data[:step]):
            try:
                read_pdf(changed, name="a.pdf", limits=Limits())
            except InputError as error:
                assert error.message


def test_wrapped_heads_of_unruled_columns_are_put_together() -> None:
    made = page()
    for x, head in zip((200, 260, 320), ("商业企业", "科研机构", "总计"), strict=True):
        made.text(x, 120, head[:2])
        if head[2:]:
            made.text(x, 134, head[2:])
    for number, label in enumerate(("（一）予以公开", "（七）总计")):
        for x, text in ((80, label), (206, "1"), (266, "2"), (326, "3")):
            made.text(x, 160 + 20 * number, text)
    assert rows(read(made).tables[0]) == [
        ["商业企业", "科研机构", "总计"],
        ["（一）予以公开", "1", "2", "3"],
        ["（七）总计", "1", "2", "3"],
    ]
