"""What is said of something else is held against no table, and what is said of applications is."""

from collections.abc import Sequence

import pytest

from checker.checks import run_checks
from checker.claims.turns import turns
from eval.builders import clean_report

RULES = ("N101", "N102", "N103", "N104")


def spoken(text: str) -> set[str]:
    """The rules of the ledger that speak about an overview; the tables hold other figures."""
    plan = clean_report("2021", body="云溪县水务局", year=2024)
    plan.set_section("overview", text)
    return {f.rule for f in run_checks(plan.report()).findings} & set(RULES)


ELSEWHERE = (
    "受理政民互动事项523件，答复520件，3件仍在办理。",
    "全年受理信访事项27件。已全部办结，无结转。",
    "行政审批方面，收到申请1735件，办结1735件，不予受理4件。",
    "存量文件公开属性复审中，不予公开61件，部分公开5件。",
    "受理公积金提取申请1830件，办结1830件。",
    "开展依申请公开模拟测试，发出测试申请26件，按时答复25件。",
    "未出现泄露国家秘密和个人隐私的情况。",
    "全年未发生因行政处罚引发的行政诉讼。",
    "因征地补偿被提起行政诉讼2件，法院均判决驳回。",
    "抽查行政处罚案卷24份。",
    "申请法院强制执行4件。",
    "全年收到政府信息公开申请66件，行政审批类6件。",
    "行政处罚立案23件。",
)
APPLICATIONS = (
    ("受理信访事项27件，收到政府信息公开申请12件，办结9件。", "N101"),
    ("全年受理咨询1730次。收到申请12件。", "N101"),
    ("依申请公开方面，收到申请66件，不予公开9件。", "N101"),
    ("不予处理9件，其中信访投诉举报类申请9件。", "N101"),
    ("开展演练2次，收到政府信息公开申请24件。", "N101"),
    ("没有因涉及国家秘密不予公开的申请。", "N102"),
    ("未发生因政府信息公开引发的行政诉讼。", "N102"),
    ("因政府信息公开引发的行政复议7件，均予维持。", "N103"),
    ("属于行政执法案卷不予公开24件。", "N101"),
    ("作出行政强制执行决定4件。", "N101"),
    ("信访事项均已办结，政府信息公开申请全部办结。", "N103"),
)


@pytest.mark.parametrize("text", ELSEWHERE)
def test_what_is_said_of_something_else_is_not_judged(text: str) -> None:
    assert spoken(text) == set()


@pytest.mark.parametrize(("text", "rule"), APPLICATIONS)
def test_what_is_said_of_applications_is_still_judged(text: str, rule: str) -> None:
    assert rule in spoken(text)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("受理信访事项27件,收到政府信息公开申请12件。", ["thing", None]),
        ("收到申请12件,其中信访事项2件。", [None]),
        ("信访投诉类3件。", []),
        ("申请人撤回3件。", []),
    ],
)
def test_turns_are_found_in_order(text: str, kinds: Sequence[str | None]) -> None:
    assert [t.spec and t.spec.kind for t in turns(text, 0, len(text))] == kinds


def test_the_reason_is_that_of_what_is_said() -> None:
    plan = clean_report("2021", body="云溪县水务局", year=2024)
    plan.set_section("overview", "项目审批中，受理申请27件，办结27件。")
    claims = run_checks(plan.report()).claims
    closed = [c for c in claims if c.section == "overview" and c.printed == "27"]
    assert "不是政府信息公开申请" in (closed[-1].reason or "")
