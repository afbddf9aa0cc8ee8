"""Shares whose total the words tell are recomputed, and others are left alone."""

import pytest

from checker.checks import run_checks
from eval.builders import clean_report

APPEALS = "政府信息公开行政复议7件，审结5件，尚未审结2件。"


def spoken(text: str, section: str = "overview") -> set[str]:
    """The rules that speak; 66 applications came, 68 were closed, 3 of 5 cases were upheld."""
    plan = clean_report("2021", body="云溪县水务局", year=2024)
    if section == "appeals":
        plan.set_section("appeals", APPEALS + text)
    else:
        plan.set_section("overview", text)
    return {f.rule for f in run_checks(plan.report()).findings} & {"A102"}


WRONG = (
    "培训对象中，干部185人，占77.1%；群众55人，占32.9%。",
    "文件类57条，占67.9%；图表类27条（23.1%）。",
    "四大板块分别为1843条、1217条、1486条、660条，占比依次为35.4%、28.5%、23.4%和12.7%。",
    "文字、图表、视频分别为50条、30条、20条，分别占50%、20%、30%。",
    "企业申请的公开率是62.7%（37件除以企业办结58件）。",
    "满意率为80.0%（40人除以参评42人）。",
    "予以公开20件，部分公开8件，二者共28件，占办结数的48.2%。",
    "新收政府信息公开申请66件，办结68件，办结率94.1%。",
    "全年公开信息2976条。局机关发布1488条，不到四成。",
    "公开信息4180条，其中考试院1254条，占四成整。",
    "公开信息4180条。考试院发布1254条，超过一半。",
    "行政许可1286件，甲所办的286件，乙所办的1000件，乙所所占比重61.3%。",
    "公开信息100条。通知公告50条，工作动态30条，图解20条。比重最大的是通知公告，达52.0%。",
)
RIGHT = (
    "培训对象中，干部185人，占77.1%；群众55人，占22.9%。",
    "文件类57条，占67.9%；其中图表类27条（47.4%）。",
    "公开240条，文字185条，占77.1%；图表40条，占16.7%。",
    "四大板块分别为1843条、1217条、1486条、660条，占比依次为35.4%、23.4%、28.5%和12.7%。",
    "企业申请的公开率是63.8%（37件除以企业办结58件）。",
    "予以公开20件，部分公开8件，二者共28件，占办结数的41.2%。",
    "新收政府信息公开申请66件，办结68件，办结率95.8%。",
    "全年公开信息2976条。局机关发布1488条，恰为一半。",
    "公开信息4180条，其中考试院1254条，占三成整。",
    "公开信息4180条，其中考试院1254条，不到三分之一。",
    "公开信息4180条。考试院发布1254条，超过一成。",
    "行政许可1286件，甲所办的286件，乙所办的1000件，乙所所占比重77.8%。",
    "公开信息100条。通知公告50条，工作动态30条，图解20条。比重最大的是通知公告，达50.0%。",
)


@pytest.mark.parametrize("text", WRONG)
def test_another_share_is_told(text: str) -> None:
    assert spoken(text)


@pytest.mark.parametrize("text", RIGHT)
def test_nothing_is_said_of_a_right_share(text: str) -> None:
    assert not spoken(text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("审结者维持3件，占审结之79.0%。", True),
        ("审结者维持3件，占审结之60.0%。", False),
        ("审结5件中被纠正的占18.8%。", True),
        ("审结5件中被纠正的占20.0%。", False),
    ],
)
def test_shares_of_concluded_cases(text: str, wrong: bool) -> None:
    assert bool(spoken(text, "appeals")) == wrong
