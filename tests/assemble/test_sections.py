"""Sections are found by their titles, wherever and however these are printed."""

from collections.abc import Sequence

import pytest

from checker.assemble.sections import FoundSections, find_sections
from checker.assemble.text_lines import text_lines
from checker.domain.document import Document
from checker.readers.builder import DocumentBuilder, RawCell

TITLE = "云溪县水务局2024年政府信息公开工作年度报告"
TABLE = [["规章", "0"], ["行政许可", "1"]]
Piece = str | list[list[str]]
BODY: tuple[Piece, ...] = (
    "一、总体情况",
    "全年工作平稳。",
    "二、主动公开政府信息情况",
    TABLE,
    "三、收到和处理政府信息公开申请情况",
    TABLE,
    "四、政府信息公开行政复议、行政诉讼情况",
    TABLE,
    "五、存在的主要问题及改进情况",
    "公开不够及时。",
    "六、其他需要报告的事项",
    "没有其他事项。",
)
SIX = ["overview", "proactive", "requests", "appeals", "problems", "other_matters"]


def document(pieces: Sequence[Piece]) -> Document:
    builder = DocumentBuilder("report.docx", b"x", "docx")
    for piece in pieces:
        if isinstance(piece, str):
            builder.paragraph(piece)
        else:
            cells = [RawCell(t, r, c) for r, row in enumerate(piece) for c, t in enumerate(row)]
            builder.table(cells, geometry="grid")
    return builder.build()


def found(*pieces: Piece) -> FoundSections:
    return found_in(document(pieces))


def found_in(text: Document) -> FoundSections:
    return find_sections(text, text_lines(text))


def ids(result: FoundSections) -> list[str | None]:
    return [s.id for s in result.sections]


def test_six_sections_and_the_introduction_are_found() -> None:
    result = found(TITLE, "本报告依据条例编制。", *BODY)
    assert ids(result) == ["introduction", *SIX]
    assert result.doubts == ()


def test_every_locator_covers_the_printed_heading() -> None:
    text = document((TITLE, *BODY))
    for section in found_in(text).sections:
        quote = text.text[section.locator.start : section.locator.end]
        assert quote == f"{section.ordinal}、{section.title}"


def test_content_lies_between_the_headings() -> None:
    text = document((TITLE, *BODY))
    overview = found_in(text).sections[0]
    blocks = text.blocks[overview.first_block : overview.last_block]
    assert [b.text for b in blocks if b.type == "paragraph"] == ["全年工作平稳。"]


def test_a_table_of_contents_is_no_section() -> None:
    contents = [p for p in BODY if isinstance(p, str) and "、" in p[:2]]
    assert ids(found(TITLE, "目录", *contents, *BODY)) == ["introduction", *SIX]


def test_lines_with_leaders_are_no_headings() -> None:
    assert ids(found(TITLE, "目录", "一、总体情况……1", "二、主动公开政府信息情况 2", *BODY)) == [
        "introduction",
        *SIX,
    ]


def test_an_enumeration_in_the_introduction_is_no_section() -> None:
    text = "本报告由总体情况、主动公开政府信息情况、其他需要报告的事项等部分组成。"
    assert ids(found(TITLE, text, *BODY)) == ["introduction", *SIX]


@pytest.mark.parametrize(
    "heading",
    [
        "一.总体情况",
        "一．总 体 情 况",
        "一、总体情况：",
        "第一部分 总体情况",
        "总体情况",
        "一 总体情况",
        "、总体情况",
    ],
)
def test_a_heading_is_known_whatever_its_ordinal(heading: str) -> None:
    first = found(TITLE, heading, *BODY[1:]).sections[0]
    assert (first.id, first.title, first.official_title) == ("overview", "总体情况", True)


def test_text_in_the_line_of_the_heading_belongs_to_the_section() -> None:
    text = document((TITLE, *BODY[:-2], "六、其他需要报告的事项。本年度未收取费用。"))
    last = found_in(text).sections[-1]
    assert text.text[last.locator.start : last.locator.end] == "六、其他需要报告的事项"
    assert (last.first_block, last.last_block) == (last.locator.block, len(text.blocks))


def test_a_heading_broken_over_two_lines_is_one() -> None:
    result = found(TITLE, *BODY[:6], "四、政府信息公开行政复议、", "行政诉讼情况", TABLE, *BODY[8:])
    assert ids(result) == SIX
    assert result.sections[3].title == "政府信息公开行政复议、行政诉讼情况"


def test_lines_inside_one_paragraph_are_told_apart() -> None:
    joined = "\n".join(p for p in BODY[8:] if isinstance(p, str))
    assert ids(found(TITLE, *BODY[:8], joined)) == SIX


def test_a_heading_inside_a_table_is_found() -> None:
    table = [["二、主动公开政府信息情况", ""], *TABLE]
    result = found(TITLE, *BODY[:2], table, *BODY[4:])
    assert ids(result) == SIX
    assert result.sections[1].first_block == 3
    assert result.sections[0].last_block == 3


def test_rows_of_a_table_are_no_headings() -> None:
    rows = ["一、本年新收政府信息公开申请数量", "四、结转下年度继续办理"]
    assert ids(found(TITLE, *BODY[:5], *rows, *BODY[6:])) == SIX


def test_sub_headings_in_the_style_of_sections_are_no_sections() -> None:
    inside = ["一、主动公开情况", "发布信息。", "二、依申请公开情况", "没有。", "三、平台建设"]
    assert ids(found(TITLE, BODY[0], *inside, *BODY[2:])) == SIX


def test_a_heading_of_first_rank_that_is_no_section_is_kept() -> None:
    last = found(TITLE, *BODY, "七、附件", "略").sections[-1]
    assert (last.id, last.ordinal, last.title) == (None, "七", "附件")


def test_numbering_may_restart() -> None:
    order = [*BODY[:2], *BODY[8:], "一、主动公开政府信息情况", TABLE]
    assert ids(found(TITLE, *order)) == ["overview", "problems", "other_matters", "proactive"]


def test_a_misspelt_title_is_recognised_with_a_doubt() -> None:
    result = found(TITLE, *BODY[:4], "三、收到和处里政府信息公开申请情况", *BODY[5:])
    assert ids(result) == SIX
    assert not result.sections[2].official_title
    assert "有错字" in result.doubts[0].message


def test_what_a_page_adds_below_is_no_content() -> None:
    text = document((TITLE, *BODY, "打印 关闭", "主办单位：云溪县人民政府"))
    assert found_in(text).sections[-1].last_block == len(text.blocks) - 2


def test_a_document_without_headings_has_a_doubt_and_no_section() -> None:
    result = found("通知", "请各单位按时报送。")
    assert result.sections == ()
    assert [d.kind for d in result.doubts] == ["section"]


def test_an_empty_document_has_no_section() -> None:
    assert found().sections == ()
