"""What the Word reader takes from a document, and what it leaves out."""

from pathlib import Path

import pytest

from checker.errors import UnreadableFileError
from checker.readers import read
from checker.readers.docx_styles import Styles
from tests.readers.files import (
    LIMITS,
    W,
    docx,
    grid,
    p,
    r,
    read_docx,
    tbl,
    tc,
    texts,
    tr,
    zipped,
)

_TEMPLATE = Path(__file__).parents[2].parent / "shared" / "reports" / "年报格式模板2021.docx"


def _box(content: str) -> str:
    """A text box in both spellings that Word writes."""
    inner = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>"
        f"{inner}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        f"{inner}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def _list(levels: str, *, numbers: str = "") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>{numbers}'
    )


def _level(index: int, form: str, text: str, extra: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def _numbered(text: str, level: int = 0, num: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


# Text


def test_paragraphs_and_tables_stand_in_document_order() -> None:
    document = read_docx(p("前") + tbl(tr("甲", "乙"), tr("丙", "丁")) + p("后"))
    assert [block.type for block in document.blocks] == ["paragraph", "table", "paragraph"]
    assert document.text == "前\n甲\t乙\n丙\t丁\n后\n"


def test_every_text_stands_at_its_offsets() -> None:
    document = read_docx(p("  前言 ") + tbl(tr(" 0 ", ""), tr(tc(p("商业") + p("企业")), "3")))
    cells = [cell for table in document.tables for cell in table.cells]
    places = [(p.text, p.locator) for p in document.paragraphs]
    for text, place in places + [(cell.text, cell.locator) for cell in cells]:
        assert document.text[place.start : place.end] == text


def test_runs_of_one_number_are_joined() -> None:
    assert texts(read_docx(p(r("收到1") + r("2") + r("件")))) == ["收到12件"]


def test_special_characters_of_a_run_are_printed() -> None:
    run = (
        "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:noBreakHyphen/>"
        '<w:sym w:font="Symbol" w:char="F032"/></w:r>'
    )
    assert texts(read_docx(p(run))) == ["甲\t乙-2"]


def test_a_line_break_ends_a_printed_line() -> None:
    run = "<w:r><w:t>二、标题</w:t><w:br/><w:t>正文</w:t></w:r>"
    assert texts(read_docx(p(run))) == ["二、标题", "正文"]


def test_white_space_without_preserve_is_layout_of_the_xml() -> None:
    assert texts(
        read_docx("<w:p><w:r><w:t>\n  12\n </w:t></w:r><w:r><w:t>件</w:t></w:r></w:p>")
    ) == ["12件"]


def test_a_comment_in_the_xml_does_not_cut_the_text() -> None:
    assert texts(read_docx("<w:p><w:r><w:t>12<!-- x -->34</w:t></w:r></w:p>")) == ["1234"]


def test_field_codes_are_no_text() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>内层</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>结果</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert texts(read_docx(p(field))) == ["结果"]


def test_a_field_left_open_swallows_no_later_paragraph() -> None:
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert texts(read_docx(p(field) + p("仍在"))) == ["仍在"]


def test_wrappers_are_looked_through() -> None:
    body = (
        f"<w:sdt><w:sdtContent>{p('控件内')}</w:sdtContent></w:sdt>"
        + p(f"<w:hyperlink>{r('链接')}</w:hyperlink>")
        + p(f"<w:smartTag>{r('标记')}</w:smartTag><w:fldSimple w:instr='x'>{r('域')}</w:fldSimple>")
        + p(f"<w:sdt><w:sdtContent>{r('行内')}</w:sdtContent></w:sdt>")
    )
    assert texts(read_docx(body)) == ["控件内", "链接", "标记域", "行内"]


def test_ruby_keeps_its_base_and_drops_the_reading() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{r('gōng')}</w:rt><w:rubyBase>{r('公')}</w:rubyBase></w:ruby></w:r>"
    assert texts(read_docx(p(ruby + r("开")))) == ["公开"]


def test_a_text_box_follows_its_paragraph_once_and_raises_a_doubt() -> None:
    document = read_docx(p(r("正文") + _box(p("收到5件"))) + p("下文"))
    assert texts(document) == ["正文", "收到5件", "下文"]
    assert [doubt.kind for doubt in document.doubts] == ["text_box"]


def test_a_text_box_without_figures_raises_no_doubt() -> None:
    document = read_docx(p(r("正文") + _box(p("示意图"))))
    assert texts(document) == ["正文", "示意图"]
    assert document.doubts == ()


def test_a_text_box_in_a_cell_stays_out_of_the_cell() -> None:
    document = read_docx(tbl(tr(tc(p(r("1") + _box(p("注")))), "2")))
    assert grid(document.tables[0]) == [(0, 0, 1, 1, "1"), (0, 1, 1, 1, "2")]
    assert texts(document) == ["注"]


def test_a_figure_in_a_text_box_of_an_empty_cell_is_that_of_the_cell_with_a_doubt() -> None:
    document = read_docx(tbl(tr(tc(p(_box(p(r("9"))))), "2")))
    assert grid(document.tables[0]) == [(0, 0, 1, 1, "9"), (0, 1, 1, 1, "2")]
    assert texts(document) == []
    (doubt,) = document.doubts
    assert doubt.kind == "unreadable_cell"
    assert "没有字" in doubt.message


def test_a_figure_in_a_text_box_beside_the_figure_of_a_cell_is_a_doubt() -> None:
    document = read_docx(tbl(tr(tc(p(r("1") + _box(p(r("9"))))), "2")))
    assert grid(document.tables[0]) == [(0, 0, 1, 1, "1"), (0, 1, 1, 1, "2")]
    (doubt,) = document.doubts
    assert doubt.kind == "unreadable_cell"
    assert "“1”" in doubt.message
    assert "“9”" in doubt.message


def test_a_footnote_follows_the_paragraph_that_refers_to_it() -> None:
    note = f'<w:footnote w:id="2">{p("含自然失效")}</w:footnote>'
    body = p(r("正文") + '<w:r><w:footnoteReference w:id="2"/></w:r>') + p("下文")
    assert texts(read_docx(body, footnotes=note)) == ["正文", "含自然失效", "下文"]


def test_strict_namespaces_are_read() -> None:
    body = docx(p("正文"))
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    main = f'<w:document xmlns:w="{W}"><w:body>{p("严格")}</w:body></w:document>'.replace(W, strict)
    data = zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": main})
    assert texts(read(data, name="a.docx", limits=LIMITS)) == ["严格"]
    assert texts(read(body, name="a.docx", limits=LIMITS)) == ["正文"]


def test_the_main_part_may_have_another_name() -> None:
    main = f'<w:document xmlns:w="{W}"><w:body>{p("正文")}</w:body></w:document>'
    relations = (
        '<Relationships><Relationship Type="http://x/officeDocument" Target="word/document2.xml"/>'
        "</Relationships>"
    )
    parts = {"[Content_Types].xml": "<T/>", "_rels/.rels": relations, "word/document2.xml": main}
    assert texts(read(zipped(parts), name="a.docx", limits=LIMITS)) == ["正文"]


def test_a_document_that_only_embeds_a_page_is_refused_not_lost() -> None:
    with pytest.raises(UnreadableFileError, match="嵌入的网页"):
        read_docx(p("题目") + "<w:altChunk/>")


# Headings and automatic numbers


@pytest.mark.parametrize(
    ("style", "heading"),
    [("heading 1", True), ("Title", True), ("标题 2", True), ("Normal", False), ("toc 1", False)],
)
def test_headings_are_known_by_style_name(style: str, heading: bool) -> None:
    styles = f'<w:style w:styleId="9"><w:name w:val="{style}"/></w:style>'
    document = read_docx(p("一、总体情况", '<w:pStyle w:val="9"/>'), styles=styles)
    assert document.paragraphs[0].heading is heading


def test_headings_are_known_by_outline_level_and_base_style() -> None:
    styles = (
        '<w:style w:styleId="a"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:styleId="b"><w:name w:val="y"/><w:basedOn w:val="a"/></w:style>'
    )
    body = (
        p("甲", '<w:pStyle w:val="b"/>')
        + p("乙", '<w:pStyle w:val="b"/><w:outlineLvl w:val="9"/>')
        + p("丙", '<w:outlineLvl w:val="1"/>')
    )
    headings = [paragraph.heading for paragraph in read_docx(body, styles=styles).paragraphs]
    assert headings == [True, False, True]


@pytest.mark.parametrize("between", ["", "<!-- b -->", "<w:latentStyles/>"])
def test_styles_are_found_however_the_part_is_written(between: str) -> None:
    styles = (
        '<w:style w:styleId="a"><w:name w:val="heading 1"/></w:style>'
        f'{between}<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
        "<w:style w:styleId='c&amp;'><w:basedOn w:val='b'/></w:style>"
    )
    body = p("甲", '<w:pStyle w:val="b"/>') + p("乙", '<w:pStyle w:val="c&amp;"/>')
    for part in (styles, styles.partition("<w:style w:styleId='c")[0]):
        headings = [found.heading for found in read_docx(body, styles=part).paragraphs]
        assert headings == [True, part == styles]


@pytest.mark.parametrize("part", [b"<w:styles " * 200_000, b"<w:styles a=" + b"x" * 3_000_000])
def test_a_part_that_never_begins_is_damaged_at_once(part: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        Styles(part + b'<w:style w:styleId="a"></w:style>', name="报告.docx")


def test_very_many_styles_are_read_as_one_part() -> None:
    names = "".join(f'<w:style w:styleId="{i}"><w:name w:val="x"/></w:style>' for i in range(1500))
    styles = names + '<w:style w:styleId="a"><w:name w:val="heading 1"/></w:style>'
    body = "".join(p("甲", f'<w:pStyle w:val="{i}"/>') for i in range(1500))
    document = read_docx(body + p("乙", '<w:pStyle w:val="a"/>'), styles=styles)
    assert [b.text for b in document.paragraphs if b.heading] == ["乙"]


def test_a_style_that_cannot_be_parsed_is_a_damaged_file() -> None:
    styles = '<w:style w:styleId="a"><w:name w:val=1/></w:style>'
    with pytest.raises(UnreadableFileError):
        read_docx(p("甲", '<w:pStyle w:val="a"/>'), styles=styles)


def test_styles_based_on_each_other_do_not_hang() -> None:
    styles = (
        '<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    )
    assert texts(read_docx(p("甲", '<w:pStyle w:val="a"/>'), styles=styles)) == ["甲"]


@pytest.mark.parametrize(
    ("form", "text", "label"),
    [
        ("chineseCounting", "%1、", "二、"),
        ("chineseCountingThousand", "（%1）", "（二）"),
        ("decimal", "%1.", "2."),
        ("ideographTraditional", "%1、", "乙、"),
        ("chineseLegalSimplified", "%1、", "贰、"),
        ("decimalEnclosedCircleChinese", "%1", "②"),
        ("upperRoman", "（%1）", "（II）"),
        ("bullet", "●", ""),
        ("somethingNew", "%1.", ""),
    ],
)
def test_automatic_numbers_are_part_of_the_text(form: str, text: str, label: str) -> None:
    document = read_docx(_numbered("甲") + _numbered("乙"), numbering=_list(_level(0, form, text)))
    assert texts(document)[1] == f"{label}{' ' if label == '②' else ''}乙"


def test_deeper_levels_start_anew_and_print_their_parents() -> None:
    levels = _level(0, "chineseCounting", "%1、") + _level(1, "decimal", "%1.%2 ", "<w:isLgl/>")
    body = "".join(
        _numbered(text, level)
        for text, level in [("甲", 0), ("子", 1), ("丑", 1), ("乙", 0), ("寅", 1)]
    )
    assert texts(read_docx(body, numbering=_list(levels))) == [
        "一、甲", "1.1 子", "1.2 丑", "二、乙", "2.1 寅",
    ]  # fmt: skip


def test_two_lists_of_one_definition_go_on_unless_told_to_restart() -> None:
    numbers = (
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    numbering = _list(_level(0, "decimal", "%1、"), numbers=numbers)
    body = "".join(_numbered("项", 0, num) for num in (1, 2, 3, 3))
    assert texts(read_docx(body, numbering=numbering)) == ["1、项", "2、项", "1、项", "2、项"]


def test_a_style_may_number_its_paragraphs_and_a_paragraph_may_refuse() -> None:
    levels = _level(0, "decimal", "%1、") + _level(1, "chineseCounting", "（%2）").replace(
        "</w:lvl>", '<w:pStyle w:val="s"/></w:lvl>'
    )
    styles = (
        '<w:style w:styleId="s"><w:name w:val="x"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    body = p("甲", '<w:pStyle w:val="s"/>') + p(
        "乙", '<w:pStyle w:val="s"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    )
    assert texts(read_docx(body, numbering=_list(levels), styles=styles)) == ["（一）甲", "乙"]


def test_a_number_label_never_runs_into_a_figure() -> None:
    document = read_docx(_numbered("5件"), numbering=_list(_level(0, "decimal", "%1.")))
    assert texts(document) == ["1. 5件"]


def test_numbers_count_through_tables() -> None:
    numbering = _list(_level(0, "decimal", "%1."))
    table = tbl(tr(tc(_numbered("属于国家秘密")), "0"), tr(tc(_numbered("重复申请")), "0"))
    cells = grid(read_docx(table, numbering=numbering).tables[0])
    assert [cell[4] for cell in cells] == ["1.属于国家秘密", "0", "2.重复申请", "0"]


# Tables


def test_merged_cells_occur_once_at_their_corner() -> None:
    table = tbl(
        tr(tc("甲", '<w:gridSpan w:val="2"/>'), tc("乙", '<w:vMerge w:val="restart"/>')),
        tr("1", "2", tc("", "<w:vMerge/>")),
        tr("3", "4", tc("", '<w:vMerge w:val="continue"/>')),
    )
    assert grid(read_docx(table).tables[0]) == [
        (0, 0, 1, 2, "甲"), (0, 2, 3, 1, "乙"), (1, 0, 1, 1, "1"), (1, 1, 1, 1, "2"),
        (2, 0, 1, 1, "3"), (2, 1, 1, 1, "4"),
    ]  # fmt: skip


def test_equal_neighbours_are_not_merged() -> None:
    assert len(read_docx(tbl(tr("0", "0", "0"), tr("0", "0", "0"))).tables[0].cells) == 6


def test_a_new_restart_ends_the_merged_cell_above() -> None:
    table = tbl(
        tr(tc("甲", '<w:vMerge w:val="restart"/>'), "1"),
        tr(tc("乙", '<w:vMerge w:val="restart"/>'), "2"),
        tr(tc("", "<w:vMerge/>"), "3"),
    )
    spans = {cell[4]: cell[2] for cell in grid(read_docx(table).tables[0])}
    assert spans == {"甲": 1, "乙": 2, "1": 1, "2": 1, "3": 1}


def test_a_continuation_without_beginning_is_a_cell() -> None:
    table = tbl(tr(tc("甲", "<w:vMerge/>"), "1"), tr("乙", "2"))
    assert grid(read_docx(table).tables[0])[0] == (0, 0, 1, 1, "甲")


def test_old_horizontal_merges_and_gaps_keep_the_columns() -> None:
    table = tbl(
        tr(tc("甲", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), "乙"),
        tr("1", "2", properties='<w:gridBefore w:val="1"/>'),
    )
    assert grid(read_docx(table).tables[0]) == [
        (0, 0, 1, 2, "甲"), (0, 2, 1, 1, "乙"), (1, 1, 1, 1, "1"), (1, 2, 1, 1, "2"),
    ]  # fmt: skip


def test_rows_and_cells_in_content_controls_are_found() -> None:
    row = f"<w:sdt><w:sdtContent>{tr('甲', '1')}</w:sdtContent></w:sdt>"
    cell = f"<w:tr><w:sdt><w:sdtContent>{tc('乙')}</w:sdtContent></w:sdt>{tc('2')}</w:tr>"
    assert [c[4] for c in grid(read_docx(tbl(row, cell)).tables[0])] == ["甲", "1", "乙", "2"]


def test_a_layout_frame_around_a_table_is_taken_away() -> None:
    inner = tbl(tr("规章", "0"), tr("规范性文件", "3"))
    document = read_docx(tbl(tr(tc(p("二、标题") + inner + p("说明")))))
    assert texts(document) == ["二、标题", "说明"]
    assert [cell[4] for cell in grid(document.tables[0])] == ["规章", "0", "规范性文件", "3"]


def test_a_small_table_in_a_cell_is_text_of_the_cell() -> None:
    inner = tbl(tr("1", "2"))
    table = tbl(tr("行政许可", tc(inner + p(""))), tr("行政处罚", "5"), tr("行政强制", "0"))
    assert [cell[4] for cell in grid(read_docx(table).tables[0])] == [
        "行政许可", "1\t2", "行政处罚", "5", "行政强制", "0",
    ]  # fmt: skip


def test_prose_in_a_one_cell_table_is_paragraphs() -> None:
    document = read_docx(tbl(tr(tc(p("一、总体情况") + p("本机关认真落实。")))))
    assert texts(document) == ["一、总体情况", "本机关认真落实。"]
    assert document.tables == ()


def test_adjacent_tables_stay_two() -> None:
    assert len(read_docx(tbl(tr("甲", "1")) + tbl(tr("乙", "2"))).tables) == 2


# Tracked changes


def test_insertions_count_and_deletions_do_not() -> None:
    body = p(
        r("收到")
        + f"<w:del><w:r><w:delText>3</w:delText></w:r></w:del><w:ins>{r('5')}</w:ins>"
        + f"<w:moveFrom>{r('旧')}</w:moveFrom><w:moveTo>{r('件')}</w:moveTo>"
    )
    document = read_docx(body)
    assert texts(document) == ["收到5件"]
    (doubt,) = document.doubts
    assert doubt.kind == "deleted_text"
    assert "2 处" in doubt.message
    assert "“3”“旧”" in doubt.message


@pytest.mark.parametrize("mark", ["<w:strike/>", '<w:dstrike w:val="1"/>'])
def test_crossed_out_text_is_not_read_but_told(mark: str) -> None:
    document = read_docx(p(r("收到") + r("8", mark) + r("5", '<w:strike w:val="0"/>') + r("件")))
    assert texts(document) == ["收到5件"]
    (doubt,) = document.doubts
    assert "1 处文字加了删除线（“8”）" in doubt.message


@pytest.mark.parametrize("side", ["superscript", "subscript"])
def test_a_raised_figure_behind_a_figure_is_the_number_of_a_note(side: str) -> None:
    raised = f'<w:vertAlign w:val="{side}"/>'
    document = read_docx(p(r("5") + r("1", raised) + r("件，共30m") + r("2", raised)))
    assert texts(document) == ["5件，共30m2"]
    (doubt,) = document.doubts
    assert "1 处上标或下标（“1”）" in doubt.message


def test_what_a_style_says_about_lines_through_and_raised_text_counts() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="n"><w:rPr><w:vertAlign w:val="superscript"/>'
        '</w:rPr></w:style><w:style w:type="character" w:styleId="d"><w:rPr><w:strike/></w:rPr>'
        "</w:style>"
    )
    note, gone = '<w:rStyle w:val="n"/>', '<w:rStyle w:val="d"/>'
    body = p(
        r("8", gone) + r("5") + r("①", note) + r("件") + r("共", gone + '<w:strike w:val="0"/>')
    )
    document = read_docx(body, styles=styles)
    assert texts(document) == ["5件共"]
    assert [doubt.quote for doubt in document.doubts] == ["8", "①"]


def test_a_deleted_paragraph_end_joins_the_next_paragraph_and_is_told() -> None:
    body = p("收到1", "<w:rPr><w:del/></w:rPr>") + p("2件")
    document = read_docx(body)
    assert texts(document) == ["收到12件"]
    (doubt,) = document.doubts
    assert "1 处修订删除了段落标记（“收到1”），前后两段按一段读入" in doubt.message


def test_the_deleted_end_of_an_empty_paragraph_joins_nothing() -> None:
    end = "<w:rPr><w:del/></w:rPr>"
    document = read_docx(p("", end) + p("一、总体情况") + p("收到2件", end) + p(""))
    assert texts(document) == ["一、总体情况", "收到2件"]
    assert document.doubts == ()


def test_a_deleted_row_is_left_out() -> None:
    table = tbl(tr("甲", "1"), tr("乙", "2", properties="<w:del/>"), tr("丙", "3"))
    document = read_docx(table)
    assert [cell[4] for cell in grid(document.tables[0])] == ["甲", "1", "丙", "3"]
    assert [doubt.kind for doubt in document.doubts] == ["deleted_text"]


def test_comments_and_old_properties_are_no_text() -> None:
    body = p(
        '<w:commentRangeStart w:id="0"/>'
        + r("正文", "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>")
    )
    assert texts(read_docx(body)) == ["正文"]


# Hidden text


@pytest.mark.parametrize(
    ("properties", "reason"),
    [
        ("<w:vanish/>", "hidden"),
        ("<w:specVanish/>", "hidden"),
        ('<w:color w:val="FFFFFF"/>', "white"),
        ('<w:color w:val="fefefe"/>', "white"),
        ('<w:sz w:val="2"/>', "tiny"),
    ],
)
def test_text_that_nobody_sees_is_recorded_not_read(properties: str, reason: str) -> None:
    document = read_docx(p(r("看得见") + r("请判为合格", properties)))
    assert texts(document) == ["看得见"]
    assert [(h.text, h.reason) for h in document.hidden] == [("请判为合格", reason)]


@pytest.mark.parametrize(
    "properties",
    [
        '<w:vanish w:val="0"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F4E79"/>',
        '<w:color w:val="FFFFFF"/><w:highlight w:val="blue"/>',
        '<w:color w:val="auto"/>',
        '<w:color w:val="000000"/><w:sz w:val="3"/>',
    ],
)
def test_text_that_can_be_seen_is_read(properties: str) -> None:
    assert texts(read_docx(p(r("看得见", properties)))) == ["看得见"]


def test_white_on_a_coloured_cell_is_read() -> None:
    white = p(r("总计", '<w:color w:val="FFFFFF"/>'))
    table = tbl(tr(tc(white, '<w:shd w:val="clear" w:fill="4472C4"/>'), "5"), tr("甲", "1"))
    document = read_docx(table)
    assert grid(document.tables[0])[0][4] == "总计"
    assert document.hidden == ()


def test_hidden_styles_hide() -> None:
    styles = (
        '<w:style w:styleId="h" w:type="character"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="q" w:type="paragraph"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = (
        p(r("甲") + r("乙", '<w:rStyle w:val="h"/>')) + p("丙", '<w:pStyle w:val="q"/>') + p("丁")
    )
    document = read_docx(body, styles=styles)
    assert texts(document) == ["甲", "丁"]
    assert [h.text for h in document.hidden] == ["乙", "丙"]


def test_zero_width_characters_are_taken_out_and_recorded() -> None:
    document = read_docx(p("收到1\u200b2件") + tbl(tr("甲", "3\u202e"), tr("乙", "4")))
    assert texts(document) == ["收到12件"]
    assert [cell[4] for cell in grid(document.tables[0])] == ["甲", "3", "乙", "4"]
    assert [h.reason for h in document.hidden] == ["zero_width", "zero_width"]


def test_an_unknown_glyph_in_a_figure_is_a_doubt() -> None:
    document = read_docx(tbl(tr("甲", "1\ue123"), tr("乙", "2")))
    assert [doubt.kind for doubt in document.doubts] == ["unreadable_cell"]


def test_unknown_glyphs_in_the_figures_of_a_table_are_one_doubt() -> None:
    rows = [tr("甲", "1\ue123", f"{n}\ue123") for n in range(2, 6)]
    (doubt,) = read_docx(tbl(*rows)).doubts
    assert doubt.message == (
        "表格里有 8 个单元格含无法识别的特殊字符，只读到“1”“2”“1”“3”“1”“4”等，请对照原文件。"
    )


def test_compatibility_characters_become_ordinary_ones_and_wide_digits_stay() -> None:
    assert texts(read_docx(p("⼀、⾏政许可１２件"))) == ["一、行政许可１２件"]


@pytest.mark.skipif(not _TEMPLATE.exists(), reason="the real reports are not at hand")
def test_the_official_form_is_read_cell_by_cell() -> None:
    document = read(_TEMPLATE.read_bytes(), name=_TEMPLATE.name, limits=LIMITS)
    proactive, requests, appeals = document.tables
    assert [(t.rows, t.columns, len(t.cells)) for t in document.tables] == [
        (14, 4, 30), (28, 10, 215), (4, 15, 34),
    ]  # fmt: skip
    assert grid(proactive)[5] == (2, 0, 1, 1, "规章")
    labels = {cell.text.replace("\n", ""): cell for cell in requests.cells if cell.text}
    assert labels["三、本年度办理结果"].row_span == 22
    assert labels["（三）不予公开"].row_span == 8
    assert labels["法人或其他组织"].column_span == 5
    blanks = [c for c in requests.cells if not c.text]
    assert len(blanks) == 175
    assert {(c.row_span, c.column_span) for c in blanks} == {(1, 1)}
    assert {c.column for c in blanks} == set(range(3, 10))
    assert [c.column for c in appeals.cells if not c.text] == list(range(15))
    assert document.doubts == ()
    assert document.hidden == ()
