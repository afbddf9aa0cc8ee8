"""Why a figure is held against no cell: old years and plans hold only for what they are said of."""

import pytest

from checker.checks import run_checks
from checker.domain.claim import Claim
from eval.builders import clean_report


def rows(text: str) -> dict[str, Claim]:
    made = clean_report("2021", body="岷岭县水务局", year=2024, base="all_zero")
    made.set_section("overview", text)
    run = run_checks(made.report())
    return {c.printed: c for c in run.claims if c.section == "overview"}


@pytest.mark.parametrize(
    ("text", "printed", "left_out"),
    [
        ("审核拟公开信息860条，退回12条。", "860", "今后"),
        ("对拟发布稿件逐篇校对，发现差错15处。", "15", "今后"),
        ("全年拟制公文302件，均标注公开属性。", "302", "今后"),
        ("公示拟征收土地公告5份。", "5", "今后"),
        ("将政务公开纳入12个科室考核。", "12", "今后"),
        ("将任务分解到8个镇，每季度通报。", "8", "今后"),
        ("一是2025年4月起培训；二是已抽查文书60件。", "60", "今后"),
        ("梳理近五年案例18件；举办培训140人次。", "140", "往年"),
        ("2023年报告提出的栏目重复问题，通过整合9个栏目解决。", "9", "往年"),
        ("点击量是上年的1.6倍，公众号推送信息210条。", "210", "往年"),
        ("编印典型案例2辑，收录案例30个。", "30", "演练"),
        ("对20个科室报送的信息统一审核。", "20", "条数"),
    ],
)
def test_a_word_that_is_said_of_something_else_is_no_reason(
    text: str, printed: str, left_out: str
) -> None:
    assert left_out not in rows(text)[printed].reason


@pytest.mark.parametrize(
    ("text", "printed", "reason"),
    [
        ("对2016年以来印发的412份文件开展清理，标注失效88份。", "412", "跨年度"),
        ("对2016年以来印发的412份文件开展清理，其中失效88份。", "88", "跨年度"),
        ("上年度，收到申请5件，办结4件。", "4", "往年"),
        ("近三年来，共收到申请270件，办结268件。", "268", "往年"),
        ("下一步，将制定制度3项，培训4次。", "4", "今后"),
        ("我局拟出台规范性文件4件。", "4", "今后"),
        ("我局将于明年开展培训5期。", "5", "今后"),
        ("典型案例中，答复3件。", "3", "演练"),
    ],
)
def test_a_word_of_time_holds_for_its_own_figures(text: str, printed: str, reason: str) -> None:
    assert reason in rows(text)[printed].reason


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("没有因政府信息公开被申请行政复议。", "没有因政府信息公开被申请行政复议"),
        ("没有被提起行政诉讼。", "没有被提起行政诉讼"),
        ("也未发生行政诉讼。", "未发生"),
    ],
)
def test_a_statement_is_quoted_so_that_it_says_something(text: str, printed: str) -> None:
    assert rows(text)[printed].verdict == "supported"


@pytest.mark.parametrize(
    "text",
    [
        "群众可拨打12389举报、12317监督电话。",
        "通过96110反诈热线、12393医保热线答疑。",
        "最晚的一期于3月刊发。",
    ],
)
def test_numbers_of_hotlines_count_nothing(text: str) -> None:
    assert rows(text) == {}


def test_a_list_that_is_found_twice_is_told_once() -> None:
    text = "其中网站公开的294条包括：名单84条、供养48条、救助96条、养老39条、组织44条、其他19条。"
    made = clean_report("2021", body="岷岭县水务局", year=2024, base="all_zero")
    made.set_section("overview", f"全年公开信息500条，{text}")
    findings = [f.message for f in run_checks(made.report()).findings if f.rule == "A101"]
    assert len(findings) == len(set(findings))
