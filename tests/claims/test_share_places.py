"""A share is of the part and of the whole to which its place in the sentence points."""

import pytest

from checker.checks import run_checks
from eval.builders import clean_report


def rules(text: str) -> set[str]:
    """The rules that speak about the shares and changes of an overview."""
    plan = clean_report("2021")
    plan.set_section("overview", text)
    found = run_checks(plan.report()).findings
    return {f.rule for f in found if f.rule in ("A102", "A103", "N103") and f.severity != "note"}


@pytest.mark.parametrize(
    "text",
    [
        "科研机构、社会公益组织和其他主体各提出申请1件，三者合计占新收量的4.55%。",
        "本机关不掌握相关信息的答复中，自然人申请9件，占四分之三。",
        "行政处罚决定417件，月均约35件，约占三类执法决定总数的24%。",
        "属于国家秘密的1件，占不予公开总数的6.25%，过程性信息3件，占18.75%。",
        "自然人申请不予公开的12件，分别为国家秘密1件、三安全一稳定2件、第三方合法权益3件、"
        "过程性信息2件、行政执法案卷4件，占不予公开总数的75%。",
        "上年结转申请5件，自然人占60%（3件），商业企业、法律服务机构各占20%（各1件）。",
        "法人或者其他组织申请办结16件，其中予以公开6件、部分公开3件、不予公开4件，"
        "公开类答复占56.25%。",
        "行政许可决定由上年的1403件降至1286件，其中不见面办理的占71.5%。",
        "许可决定1286件，比上年1150件增加136件，增长11.83%，处罚决定417件，下降16.6%。",
        "培训由2次增加到4次，参训人次增长近七成。",
        "全年新收申请较上年的58件增加8件，增长13.79%，其中自然人由47件增至51件，增长8.51%。",
    ],
)
def test_a_right_share_is_left_alone(text: str) -> None:
    assert rules(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "属于国家秘密的1件，占不予公开总数的6.25%，过程性信息3件，占28.75%。",
        "本机关不掌握相关信息的答复中，自然人申请9件，占四分之一。",
        "上年结转申请5件，自然人占70%（3件）。",
        "自然人申请51件，占新收总量的87.27%。",
        "全年新收申请较上年的58件增加8件，增长23.79%，其中自然人由47件增至51件，增长8.51%。",
        "培训由2次增加到4次，培训次数增长近七成。",
    ],
)
def test_a_wrong_share_is_told(text: str) -> None:
    assert rules(text)
