"""Arithmetic that a sentence writes out is judged, and what may be otherwise is not."""

import pytest

from checker.checks import run_checks
from checker.domain.run import CheckRun
from eval.builders import clean_report


def spoken(text: str) -> set[str]:
    """The rules that speak about an overview; 66 applications came."""
    return {f.rule for f in checked(text).findings} & {"A101", "A102", "A103"}


def checked(text: str) -> CheckRun:
    """A clean report with another overview."""
    plan = clean_report("2021", body="云溪县水务局", year=2024)
    plan.set_section("overview", text)
    return run_checks(plan.report())


WRONG = (
    "超出30页的55页按每页10元计，通知金额850元。",
    "前10件免费，余16件每件100元，计2600元。",
    "复印材料70页、每页10元，图纸30页、每页20元，合计2600元。",
    "发放补助40户，每户500元，共计2500元。",
    "应收300元，实收500元。",
    "通知金额940元，实际缴纳1940元。",
    "一名申请人缴纳1100元，另一名缴纳600元。两人合计1750元。",
    "培训业务骨干71人，分2期，头期39人、次期38人。",
    "参加培训120人，分三批，甲班40人、乙班40人、丙班50人。",
    "收到政府信息公开申请66件。分季度看，收到16件、20件、15件、17件。",
    "上半年收到政府信息公开申请31件，下半年收到36件。",
    "全年收到政府信息公开申请66件。上、下半年分别收到31件、36件。",
    "收到政府信息公开申请66件。一季度16件，二季度20件，三季度15件，四季度17件。",
    "一至四季度分别收到政府信息公开申请16件、20件、15件、17件。",
    "满意率为30.3%，2023年为25.6%（51件、办结199件），升高5.7个百分点。",
    "满意率为30.3%，上年为35.6%，上升5.3个百分点。",
    "企业公开率59.4%，低于自然人的50.5%。",
    "网上占40.1%，高于信函的50.5%。",
    "收到建议312件，同意312件，不同意7件。",
    "征集意见11条，办完12条。",
    "发现问题22个，整改25个。",
    "其他3件中撤回2件、不予受理2件。",
    "过审信息203条，其中退回补充17条，最终公开的为168条。",
)
RIGHT = (
    "超出30页的55页按每页10元计，通知金额550元。",
    "前10件免费，余16件每件100元，计1600元。",
    "申请26件，前10件免费，每件100元，计1600元。",
    "复印材料70页、每页10元，图纸30页、每页20元，合计1300元。",
    "发放补助40户，每户500元，共计20000元。",
    "应收300元，实收300元。",
    "通知金额940元，实际缴纳440元。",
    "一名申请人缴纳1100元，另一名缴纳600元。两人合计1700元。",
    "培训业务骨干71人，分2期，头期39人、次期32人。",
    "收到政府信息公开申请66件。分季度看，收到16件、20件、15件、15件。",
    "收到政府信息公开申请66件。分季度看，网上收到6件、10件、5件、5件。",
    "上半年收到政府信息公开申请31件，下半年收到35件。",
    "上半年收到政府信息公开申请31件，下半年收到40件（含上年结转5件）。",
    "上半年收到政府信息公开申请31件，下半年办结36件。",
    "收到政府信息公开申请66件。上半年组织活动31件，下半年36件。",
    "收到政府信息公开申请66件。上半年制发文件31件，下半年制发36件。",
    "满意率为30.3%，2023年为25.6%（51件、办结199件），升高4.7个百分点。",
    "满意率为30.3%，上年为35.6%，下降5.3个百分点。",
    "企业公开率59.4%，高于自然人的50.5%。",
    "收到建议312件，同意300件，不同意7件。",
    "征集意见11条，办完11条。",
    "收到申请66件，办结68件。",
    "发现问题22个，连同上年的整改25个。",
    "其他3件中撤回2件、不予受理1件。",
    "其他3件中涉及征地2件、涉及拆迁2件。",
    "过审信息203条，其中退回补充17条，最终公开的为186条。",
)


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_result_is_told(text: str) -> None:
    assert spoken(text)


@pytest.mark.parametrize("text", RIGHT)
def test_nothing_is_said_of_a_right_result(text: str) -> None:
    assert not spoken(text)


def test_halves_that_make_up_what_came_in_are_judged() -> None:
    run = checked("收到政府信息公开申请66件。上半年31件，下半年35件。")
    told = [c.verdict for c in run.claims if c.printed in ("31", "35")]
    assert told == ["supported", "supported"]
