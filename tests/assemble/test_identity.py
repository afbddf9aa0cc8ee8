"""Body, level, kind, year, title, period and publication date, each with its evidence."""

from collections.abc import Sequence
from datetime import date

import pytest

from checker.assemble.identity import FoundIdentity, find_identity
from checker.assemble.sections import find_sections
from checker.assemble.text_lines import text_lines
from checker.readers.builder import DocumentBuilder, RawCell

OVERVIEW = ("一、总体情况", "全年工作平稳。")
OTHER = ("六、其他需要报告的事项", "没有其他事项。")


def identity(
    *printed: str,
    name: str = "1.docx",
    metadata: Sequence[tuple[str, str]] = (),
    table: Sequence[str] = (),
) -> FoundIdentity:
    builder = DocumentBuilder(name, b"x", "docx")
    for key, value in metadata:
        builder.metadata(key, value)
    if table:
        builder.table([RawCell(t, 0, i) for i, t in enumerate(table)], geometry="grid")
    for line in printed:
        builder.paragraph(line)
    document = builder.build()
    lines = text_lines(document)
    result = find_identity(document, lines, find_sections(document, lines).sections, "2021")
    for evidence in result.identity.evidence:
        place = evidence.locator
        assert evidence.quote == (document.text[place.start : place.end] if place else "")
    return result


@pytest.mark.parametrize(
    ("lines", "body"),
    [
        (["云溪县水务局2024年政府信息公开工作年度报告"], "云溪县水务局"),
        (["国家统计局云溪调查队2024年政府信息公开工作年度报告"], "国家统计局云溪调查队"),
        (
            ["云溪县机构编制委员会办公室2024年政府信息公开工作年度报告"],
            "云溪县机构编制委员会办公室",
        ),
        (["政府信息公开工作年度报告", "（2024年）", "云溪县水务局"], "云溪县水务局"),
        (["《云溪县水务局2024年政府信息公开工作年度报告》"], "云溪县水务局"),
        (["云溪县水务局：2024年政府信息公开工作年度报告全文"], "云溪县水务局"),
        (["【年报】云溪县水务局2024年政府信息公开工作年度报告"], "云溪县水务局"),
        (["[2024年度]云溪县水务局政府信息公开工作年度报告"], "云溪县水务局"),
        (["2024年云溪县水务局政府信息公开工作年度报告"], "云溪县水务局"),
        (["云溪县水务局2024年度政府信息公开年报"], "云溪县水务局"),
        (["关于云溪县水务局2024年政府信息公开工作的年度报告"], "云溪县水务局"),
        (["云溪县水务局政府信息公开工作2024年度报告"], "云溪县水务局"),
        (["云溪县水务局二〇二四年政府信息公开工作年度报告"], "云溪县水务局"),
        (["云溪县水务局２０２４年政府信息公开工作告年度报"], "云溪县水务局"),
        (["云溪县人民政府", "2024 年政府信息公开工作年度报告"], "云溪县人民政府"),
        (["2024年政府信息公开工作年度报告", "（云溪区青石街道）"], "云溪区青石街道"),
        (["云溪县人民政府", "2024年", "政府信息公开工作年度报告"], "云溪县人民政府"),
        (["云溪县水务局2024年政府信息", "公开工作年度报告"], "云溪县水务局"),
        (["云溪县人民政府信息公开工作年度报告", "（2024年）"], "云溪县人民政府"),
    ],
)
def test_title_names_year_and_body(lines: list[str], body: str) -> None:
    found = identity(*lines, *OVERVIEW, *OTHER)
    assert (found.identity.agency, found.identity.year) == (body, 2024)
    assert found.doubts == ()


def test_menu_entries_are_no_title() -> None:
    found = identity(
        "首页",
        "政府信息公开年报",
        "当前位置：首页 > 政府信息公开年报",
        "云溪县水务局2024年政府信息公开工作年度报告",
        *OVERVIEW,
        *OTHER,
    ).identity
    assert found.title == "云溪县水务局2024年政府信息公开工作年度报告"


def test_the_compiling_office_is_not_the_subject() -> None:
    found = identity(
        "云溪县人民政府2024年政府信息公开工作年度报告",
        "本报告由云山市云溪县人民政府办公室根据条例编制。",
        *OVERVIEW,
        *OTHER,
    )
    assert (found.identity.agency, found.identity.kind_of_body) == ("云溪县人民政府", "government")
    assert found.doubts == ()


def test_an_office_alone_leaves_the_subject_open() -> None:
    found = identity("本报告由云溪县人民政府办公室编制，反映2024年情况。", *OVERVIEW, *OTHER)
    assert found.identity.kind_of_body is None
    assert any("看不出是政府的报告还是办公厅" in d.message for d in found.doubts)


def test_body_comes_from_the_introduction_when_the_title_has_none() -> None:
    found = identity(
        "2024年政府信息公开工作年度报告",
        "根据条例要求，现公布云溪县水务局2024年政府信息公开工作年度报告。",
        *OVERVIEW,
        *OTHER,
    )
    assert found.identity.agency == "云溪县水务局"


def test_file_name_is_the_last_resort() -> None:
    found = identity(
        "政府信息公开工作年度报告", *OVERVIEW, *OTHER, name="青石街道2024.txt"
    ).identity
    assert (found.agency, found.level, found.year) == ("青石街道", "township", 2024)


@pytest.mark.parametrize(
    "compiler", ["云溪区青石街道办事处党政和人大办公室", "青石街道党政办公室", "青石街道办事处"]
)
def test_an_office_of_the_body_compiles_its_report(compiler: str) -> None:
    found = identity(
        "云溪区青石街道办事处2024年政府信息公开工作年度报告",
        f"本报告由{compiler}编制，所列数据的统计期限自2024年1月1日起至2024年12月31日止。",
        *OVERVIEW,
    )
    assert found.doubts == ()
    assert found.identity.agency == "云溪区青石街道办事处"


def test_the_office_of_another_body_is_a_doubt() -> None:
    found = identity(
        "云溪区青石街道办事处2024年政府信息公开工作年度报告",
        "本报告由松林街道党政办公室编制，所列数据的统计期限自2024年1月1日起至2024年12月31日止。",
        *OVERVIEW,
    )
    assert any("松林街道党政办公室" in d.message for d in found.doubts)


def test_body_of_another_agency_is_a_doubt_that_names_both() -> None:
    found = identity(
        "云溪县水务局2024年政府信息公开工作年度报告",
        "本报告由云溪县教育局编制。",
        *OVERVIEW,
        *OTHER,
    )
    assert found.identity.agency == "云溪县水务局"
    message = found.doubts[0].message
    assert "云溪县水务局" in message
    assert "云溪县教育局" in message


def test_period_is_read_and_confirms_the_year() -> None:
    found = identity(
        "云溪县水务局2024年政府信息公开工作年度报告",
        "所列数据的统计期限自 2024 年 1 月 1 日起至 2024 年 12 月 31 日止。",
        *OVERVIEW,
        *OTHER,
    )
    period = found.identity.period
    assert period is not None
    assert (period.first, period.last) == (date(2024, 1, 1), date(2024, 12, 31))
    assert found.doubts == ()


@pytest.mark.parametrize(
    "stated",
    [
        "统计期限为2024年1—12月",
        "数据统计期限：2024年1-12月份",
        "统计期限为2024年1月-12月",
        "统计期限为2024年全年",
        "统计期限为2024年度",
        "统计时段：2024年度全年",
        "本报告反映的是2024年度的情况",
    ],
)
def test_a_year_stated_in_few_words_is_the_period(stated: str) -> None:
    title = "云溪县水务局2024年政府信息公开工作年度报告"
    found = identity(title, f"{stated}。", *OVERVIEW, *OTHER)
    period = found.identity.period
    assert period is not None
    assert (period.first, period.last) == (date(2024, 1, 1), date(2024, 12, 31))
    assert found.doubts == ()


@pytest.mark.parametrize(
    "told",
    [
        "统计期限内，2023年度遗留的申请全部办结",
        "统计数据显示，2024年1-6月收到申请较多",
        "据统计数据，比2023年度增长5%",
        "2023年度，本局继续推进公开",
    ],
)
def test_another_year_in_few_words_is_none(told: str) -> None:
    title = "云溪县水务局2024年政府信息公开工作年度报告"
    found = identity(title, f"{told}。", *OVERVIEW, *OTHER)
    assert found.identity.period is None
    assert found.doubts == ()


def test_period_of_another_year_is_a_doubt() -> None:
    found = identity(
        "云溪县水务局2024年政府信息公开工作年度报告",
        "统计期限为2023年1月1日至2023年12月31日。",
        *OVERVIEW,
        *OTHER,
    )
    assert found.identity.year == 2024
    assert "标题是2024年，统计期限是2023年" in found.doubts[0].message


def test_a_date_that_does_not_exist_is_no_period() -> None:
    found = identity(
        "云溪县水务局2024年政府信息公开工作年度报告",
        "统计期限为2024年1月1日至2024年12月32日。",
        *OVERVIEW,
        *OTHER,
    )
    assert found.identity.period is None
    assert "不存在的日期" in found.doubts[0].message


def test_without_a_year_in_the_title_the_period_tells() -> None:
    found = identity(
        "云溪县水务局政府信息公开工作年度报告",
        "数据统计期限为2022年1月1日至12月31日。",
        *OVERVIEW,
        *OTHER,
    ).identity
    assert found.year == 2022
    assert found.period is not None
    assert found.period.last == date(2022, 12, 31)


def test_publication_date_gives_the_year_before_it() -> None:
    found = identity(
        "云溪县水务局政府信息公开工作年度报告", "发布时间：2025-01-20 10:30", *OVERVIEW, *OTHER
    ).identity
    assert found.publication_date == date(2025, 1, 20)
    assert found.year == 2024


def test_publication_date_stands_in_an_index_table_or_in_the_page_data() -> None:
    lines = ("云溪县水务局2024年政府信息公开工作年度报告", *OVERVIEW, *OTHER)
    table = ("索引号", "12345", "发布日期", "2025-01-21")
    assert identity(*lines, table=table).identity.publication_date == date(2025, 1, 21)
    page = (("PubDate", "2025-01-22 09:00"),)
    assert identity(*lines, metadata=page).identity.publication_date == date(2025, 1, 22)


def test_signature_is_the_last_source_of_the_publication_date() -> None:
    lines = ("云溪县水务局2024年政府信息公开工作年度报告", *OVERVIEW, *OTHER)
    found = identity(*lines, "云溪县水务局", "2025年1月23日").identity
    assert found.publication_date == date(2025, 1, 23)


def test_two_years_in_the_title_are_a_doubt_and_the_period_decides() -> None:
    found = identity(
        "云溪县水务局2024年政府信息公开工作2023年度报告",
        "统计期限为2024年1月1日至2024年12月31日。",
        *OVERVIEW,
        *OTHER,
    )
    assert found.identity.year == 2024
    assert "两个年份" in found.doubts[0].message


def test_the_empty_form_has_neither_year_nor_body() -> None:
    found = identity(
        "政府信息公开工作年度报告格式模板", *OVERVIEW, *OTHER, name="年报格式模板2021.docx"
    )
    assert (found.identity.agency, found.identity.year) == (None, None)
    assert found.doubts == ()


@pytest.mark.parametrize(
    "title",
    [
        "××××年政府信息公开工作年度报告",
        "（单位名称）20××年政府信息公开工作年度报告",
        "（行政机关名称）____年度政府信息公开工作年度报告",
        "□□□□年政府信息公开工作年度报告",
    ],
)
def test_what_is_to_be_filled_in_is_no_body(title: str) -> None:
    found = identity(title, *OVERVIEW, *OTHER)
    assert (found.identity.agency, found.identity.year) == (None, None)


def test_an_empty_document_says_what_is_unknown() -> None:
    found = identity()
    assert found.identity.agency is None
    assert len(found.doubts) == 2


@pytest.mark.parametrize("self_word", ["本街道", "本单位", "我镇政府", "我局"])
def test_a_word_for_oneself_is_no_other_body(self_word: str) -> None:
    found = identity(
        "云溪县柳岸街道办事处2024年政府信息公开工作年度报告",
        f"现将{self_word}2024年度政府信息公开工作情况报告如下。",
        "一、总体情况",
        f"2024年，{self_word}认真做好信息公开。",
        *OTHER,
    )
    assert found.identity.agency == "云溪县柳岸街道办事处"
    assert found.doubts == ()


def test_the_body_that_the_report_is_of_is_read_from_the_introduction() -> None:
    found = identity(
        "2024年政府信息公开工作年度报告",
        "本报告是云溪县水务局按照有关规定编制的年度报告。",
        *OVERVIEW,
        *OTHER,
    )
    assert found.identity.agency == "云溪县水务局"


OLD_YEARS = (
    "一、总体情况",
    "收到申请43件，比2023年多5件；公开信息1047条（2023年954条），同比增长9.7%。",
    "与2023年相比，上年结转减少，2件结转2025年。",
)


def test_years_of_comparison_are_not_the_year_of_the_text() -> None:
    found = identity("云溪县水务局2024年政府信息公开工作年度报告", *OLD_YEARS, *OTHER)
    assert found.identity.year == 2024
    assert found.doubts == ()


def test_an_overview_that_tells_another_year_is_a_doubt() -> None:
    told = ("一、总体情况", "2023年，我局公开信息954条。", "2023年收到申请38件。")
    found = identity("云溪县水务局2024年政府信息公开工作年度报告", *told, *OTHER)
    assert "总体情况里提到最多的是2023年" in found.doubts[0].message


def test_counties_below_a_city_of_no_list_tell_its_level() -> None:
    title = "玉衡市人民政府2024年政府信息公开工作年度报告"
    city = identity(title, "本报告汇总各县（市、区）政府数据编制。", *OVERVIEW, *OTHER)
    unknown = identity(title, "本报告汇总市政府各部门数据编制。", *OVERVIEW, *OTHER)
    assert (city.identity.level, unknown.identity.level) == ("city", None)


def test_the_whole_city_is_no_other_body() -> None:
    found = identity(
        "云溪县人民政府2024年政府信息公开工作年度报告",
        "现公布全县政府信息公开工作情况。",
        *OVERVIEW,
        *OTHER,
    )
    assert found.doubts == ()


@pytest.mark.parametrize(
    ("name", "doubted"),
    [
        ("a2021.docx", False),
        ("水务局2021.docx", False),
        ("按2021年格式填的年报.docx", False),
        ("年报格式模板2021.docx", False),
        ("20210131.docx", False),
        ("云溪县水务局2023年年报.docx", False),
        ("云溪县水务局2024年报.docx", False),
        ("云溪县水务局2021年报.docx", True),
        ("水务局2021年度报告.docx", True),
        ("云溪县水务局2021年政府信息公开工作年度报告.docx", True),
    ],
)
def test_a_year_in_a_file_name_is_compared_where_it_is_that_of_the_report(
    name: str, doubted: bool
) -> None:
    title = "云溪县水务局2023年政府信息公开工作年度报告"
    found = identity(title, *OVERVIEW, *OTHER, name=name)
    assert found.identity.year == 2023
    assert [d.message for d in found.doubts] == (
        ["文件名写的是2021年，标题是2023年；按2023年度核对。"] if doubted else []
    )


def test_what_is_not_known_of_the_body_has_a_reason() -> None:
    known = identity("云溪县水务局2024年政府信息公开工作年度报告", *OVERVIEW, *OTHER)
    assert known.identity.class_reason == ""
    branch = identity("云溪县公安局城关分局2024年政府信息公开工作年度报告", *OVERVIEW, *OTHER)
    assert (branch.identity.level, branch.doubts) == (None, ())
    assert "分局" in branch.identity.class_reason


BARE = "2024年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    "introduction",
    [
        "云溪县水务局根据《中华人民共和国政府信息公开条例》，编制本报告。",
        "云溪县水务局（以下简称我局）按照条例要求编制并发布本年度报告。",
        "依据县政府办公室通知，云溪县水务局编写本年度报告。",
        "云溪县水务局对2024年1月1日至12月31日的工作作了总结，形成本报告。",
    ],
)
def test_who_writes_the_introduction_is_the_body(introduction: str) -> None:
    found = identity(BARE, introduction, *OVERVIEW, *OTHER)
    assert (found.identity.agency, found.identity.level) == ("云溪县水务局", "county")
    assert found.doubts == ()
    sources = {e.source for e in found.identity.evidence if e.field == "agency"}
    assert sources == {"引言"}


@pytest.mark.parametrize(
    "signature",
    [
        ("云溪县水务局", "2025年1月20日"),
        ("云溪县水务局　2025年1月20日",),
        ("云溪县水务局", "二〇二五年一月二十日"),
        ("云溪县水务局",),
    ],
)
def test_who_signs_is_the_body(signature: tuple[str, ...]) -> None:
    found = identity(BARE, *OVERVIEW, *OTHER, *signature)
    assert (found.identity.agency, found.doubts) == ("云溪县水务局", ())
    assert "落款" in {e.source for e in found.identity.evidence if e.field == "agency"}


def test_an_office_that_signs_may_do_so_for_its_government() -> None:
    signed = ("云溪县人民政府办公室", "2025年1月20日")
    alone = identity(BARE, *OVERVIEW, *OTHER, *signed)
    assert alone.identity.kind_of_body is None
    written = "云溪县人民政府根据条例编制本报告。"
    found = identity(BARE, written, *OVERVIEW, *OTHER, *signed)
    assert (found.identity.agency, found.doubts) == ("云溪县人民政府", ())


@pytest.mark.parametrize(
    "printed",
    [
        ("根据县政府办公室通知，编制本报告。", *OVERVIEW, *OTHER),
        ("组织县政府各部门根据条例编制报告。", *OVERVIEW, *OTHER),
        (*OVERVIEW, *OTHER, "联系单位：", "云溪县水务局办公室"),
        (*OVERVIEW, *OTHER, "云溪县水务局办公室", "电话：0539-1234567"),
        (*OVERVIEW, "云溪县水务局", *OTHER),
    ],
)
def test_other_bodies_in_the_text_are_not_that_of_the_report(printed: tuple[str, ...]) -> None:
    found = identity(BARE, *printed)
    assert found.identity.agency is None
    assert "落款和文件名里都没有认出机关名称" in found.doubts[0].message


def test_a_signature_of_another_body_is_a_doubt_that_names_it() -> None:
    title = "云溪区青石街道办事处2024年政府信息公开工作年度报告"
    own = identity(title, *OVERVIEW, *OTHER, "云溪区人民政府青石街道办事处", "2025年1月20日")
    other = identity(title, *OVERVIEW, *OTHER, "云溪区松林街道办事处", "2025年1月20日")
    assert own.doubts == ()
    assert "落款是“云溪区松林街道办事处”" in other.doubts[0].message


def test_a_phrase_with_a_site_is_no_body() -> None:
    told = ("一、总体情况", "在县政府门户网站公开信息12条。")
    assert identity(BARE, *told, *OTHER, "云溪县水务局").identity.agency == "云溪县水务局"


DATED = "云溪县水务局2024年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("printed", "source"),
    [
        ((DATED, "（2025年1月15日）", *OVERVIEW, *OTHER), "标题下的日期"),
        ((DATED, "（2025年1月15日公布）", *OVERVIEW, *OTHER), "标题下的日期"),
        ((BARE, "云溪县水务局", "（2025年1月15日）", *OVERVIEW, *OTHER), "标题下的日期"),
        ((DATED, *OVERVIEW, *OTHER, "2025年1月15日印发"), "印发日期"),
        ((DATED, *OVERVIEW, *OTHER, "云溪县水务局办公室　2025年1月15日印发"), "印发日期"),
        ((DATED, *OVERVIEW, *OTHER, "2025年1月15日", "2025年1月18日印发"), "落款日期"),
    ],
)
def test_the_date_below_the_title_and_that_of_printing(
    printed: tuple[str, ...], source: str
) -> None:
    found = identity(*printed)
    assert found.identity.publication_date == date(2025, 1, 15)
    assert found.doubts == ()
    sources = [e.source for e in found.identity.evidence if e.field == "publication_date"]
    assert sources[0] == source


def test_a_day_in_the_text_is_no_date_of_publication() -> None:
    found = identity(DATED, *OVERVIEW, "（2024年5月15日）", *["平稳。"] * 8, *OTHER)
    assert found.identity.publication_date is None


OF_NO_PLACE = {
    "云溪县人民政府": "县政府 区政府2024 市政府年报 某县政府 XX县人民政府办公室",
    "云溪区人民政府": "县政府 区政府办2024年报 附件1：区政府",
    "云溪县交通运输局": "县政府 县交通局 区交通局2024年年报 县交通运输局（定稿）",
    "青石街道办事处": "区政府2024 街道办年报 附件2：街道办事处2024年年报",
    "云溪市市场监督管理局": "市场监管局 县市场监管局 市市场监管局",
}
OF_ANOTHER = {
    "云溪县人民政府": "镇政府 乡政府年报 青河县政府 青石街道办事处",
    "云溪县交通运输局": "县财政局 云溪县财政局2024年报 乡政府",
    "云溪市市场监督管理局": "市交通局",
    "青石街道办事处": "白水街道办事处2024 县财政局",
}


@pytest.mark.parametrize(
    ("body", "name", "doubted"),
    [(b, n, False) for b, names in OF_NO_PLACE.items() for n in names.split()]
    + [(b, n, True) for b, names in OF_ANOTHER.items() for n in names.split()],
)
def test_only_a_file_name_of_another_body_disagrees(body: str, name: str, doubted: bool) -> None:
    title = f"{body}2024年政府信息公开工作年度报告"
    found = identity(title, *OVERVIEW, *OTHER, name=f"{name}.docx")
    assert found.identity.agency == body
    told = [d.message for d in found.doubts]
    assert any(m.startswith("机关名称不一致") for m in told) == doubted, told
