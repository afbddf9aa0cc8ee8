"""Shares in words (八成以上, 过半) are held against the total that the words name."""

import pytest

from checker.checks import run_checks
from checker.domain.run import CheckRun
from eval.builders import clean_report


def checked(text: str) -> CheckRun:
    """66 applications came, 51 of 自然人; 68 were closed, 20 granted, 8 in part, 16 denied."""
    plan = clean_report("2021", body="云溪县水务局", year=2024)
    plan.set_section("overview", text)
    return run_checks(plan.report())


def spoken(text: str) -> set[str]:
    """The rules that speak."""
    return {f.rule for f in checked(text).findings} & {"A102"}


WRONG = (
    "2024年，自然人提出申请51件，占新收总量的八成以上，是申请的绝对主力。",
    "法律服务机构提出申请9件，占新收量的近两成，位居第二。",
    "部分公开8件，占办结量的近两成，比重稳步上升。",
    "予以公开和部分公开合计28件，占办结总量过半。",
    "予以公开20件、部分公开8件、不予公开16件，三类合计占办结总量的七成以上。",
    "线上申请41件，占新收66件的七成多，网络渠道成为首选。",
    "网上申请36件、信函22件、当面8件，网上申请占全部66件的六成以上。",
    "无法提供15件，其中本机关不掌握相关信息的占九成。",
    "行政许可、行政处罚、行政强制三类决定合计1735件，其中行政许可占八成以上。",
    "三类处理决定合计1735件，其中行政处罚占三分之一。",
    "行政执法案卷5件，占不予公开总数的一半以上。",
    "自然人提出申请51件，占新收总量的八成五。",
    "予以公开和部分公开共28件，占办结量的四成八，即48.18%。",
)
RIGHT = (
    "2024年，自然人提出申请51件，占新收总量的七成以上，是申请的绝对主力。",
    "自然人提出申请51件，占新收总量的近八成。",
    "自然人提出申请51件，占新收总量的八成左右。",
    "自然人提出申请51件，占新收总量的七成七。",
    "商业企业3件，法律服务机构9件，占新收量的近两成。",
    "法律服务机构提出申请9件，占新收量的不足两成。",
    "不予公开16件、无法提供15件、不予处理7件，三类合计占办结总量过半。",
    "线上申请41件，占新收66件的六成多。",
    "网上申请36件、信函22件、当面8件，网上申请占全部66件的一半以上。",
    "无法提供15件，其中本机关不掌握相关信息的占八成。",
    "三类处理决定合计1735件，其中行政处罚占近四分之一。",
    "行政执法案卷5件，占不予公开总数的三成。",
)
OF_OTHERS = (
    "热线办结120件，其中路灯30件，占办结量的两成五。",
    "收到工单60件，办结58件，其中路灯类20件，占办结量的三成五。",
    "法律服务机构提出申请9件，占同类申请的近九成。",
    "法律服务机构提出申请9件，占全县新收量的近八成。",
    "自然人提出申请51件，占比超过九成。",
    "去年新收60件，自然人51件，占新收量的八成五。",
    "收到建议提案50件，占办结量的九成。",
    "下一步，力争网上申请40件，占新收总量的九成以上。",
)


@pytest.mark.parametrize("text", WRONG)
def test_another_share_than_that_of_the_named_total_is_told(text: str) -> None:
    assert spoken(text)


@pytest.mark.parametrize("text", (*RIGHT, *OF_OTHERS))
def test_nothing_is_said_of_a_right_share_or_of_another_total(text: str) -> None:
    assert not spoken(text)


def test_half_is_a_claim_of_its_own() -> None:
    claims = checked("不予公开16件、无法提供15件、不予处理7件，合计占办结总量过半。").claims
    half = next(c for c in claims if c.printed == "过半")
    assert (half.kind, half.verdict) == ("share", "supported")
    assert half.reason == "38÷68（表三“（七）总计”行“总计”列）＝55.9%，一致。"
