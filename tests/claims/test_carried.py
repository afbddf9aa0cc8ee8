"""What is carried over is held against its rows, however it is told, and nothing else is."""

import pytest

from checker.checks import run_checks
from eval.builders import clean_report

RULES = {"N101", "N102", "N103", "A103"}
LEAD = "本年新收政府信息公开申请66件。"


def spoken(text: str) -> set[str]:
    """The rules of the ledger that speak about an overview.

    Its tables hold 3 applications that go on, 2 of persons and 1 of a law firm, and 5 that came.
    """
    plan = clean_report("2021", body="云溪县水务局", year=2024)
    plan.set_section("overview", LEAD + text)
    return {f.rule for f in run_checks(plan.report()).findings} & RULES


WRONG = (
    "办结68件，剩下6件带入下一年。",
    "到年底，另有2件留到2025年。",
    "年末尚有1件结转到2025年办理。",
    "其余4件顺延至次年。",
    "年末结转5件。",
    "转入下年的有2件。",
    "上年底没办完的4件在一季度办完。",
    "2023年没有办完、延续到本年的6件都已答复。",
    "3件转至2025年继续办理，转至2025年的均为自然人所提。",
    "3件转至2025年继续办理，转至2025年的自然人和企业所提都有。",
    "办完68件，还有3件跨年。跨年的3件有2件是律师事务所提的，都在期限里。",
    "没有办结的3件顺延至2025年，其中自然人1件、法律服务机构2件。",
    "全年需处理71件，处理完68件，未处理完3件。这3件都在12月下旬收到，均来自个人。",
    "2023年没有办完、延续到本年的5件，自然人提出4件、商业企业提出1件。",
    "结转量较上年增加2件。",
    "结转下年的数量比上年减少3件。",
)
RIGHT = (
    "办结68件，剩下3件带入下一年。",
    "到年底，另有3件留到2025年。",
    "年末尚有3件结转到2025年办理。",
    "其余3件顺延至次年。",
    "年末结转3件。",
    "上年底没办完的5件在一季度办完。",
    "2023年没有办完、延续到本年的5件都已答复。",
    "3件转至2025年继续办理，转至2025年的自然人和律师事务所所提都有。",
    "办完68件，还有3件跨年。跨年的3件有2件是自然人提的，都在期限里。",
    "没有办结的3件顺延至2025年，其中自然人2件、法律服务机构1件。",
    "3件转至2025年继续办理，自然人申请全部办结。",
    "2023年没有办完、延续到本年的5件，自然人提出3件、商业企业提出1件、律师事务所1件。",
    "结转量较上年减少2件。",
    "政协提案办结6件，剩下2件带入下一年。",
    "上年底没办完的4件工单在一季度办完。",
    "发现问题8个，整改7个，其余1个留到2025年。",
    "涉及部门的1件结转到2025年。",
    "3件转至2025年。新收的申请中，自然人51件、商业企业3件。",
)


@pytest.mark.parametrize("text", WRONG)
def test_another_count_or_applicant_is_told(text: str) -> None:
    assert spoken(text)


@pytest.mark.parametrize("text", RIGHT)
def test_nothing_is_said_of_what_agrees_or_is_of_something_else(text: str) -> None:
    assert not spoken(text)
