"""Where sentences end, and which figures say nothing about what they count."""

from checker.assemble import assemble
from checker.checks import run_checks
from checker.domain.claim import Claim
from checker.readers import read
from checker.settings import Limits

HEAD = "临江区2023年政府信息公开工作年度报告\n一、总体情况\n"


def _claims(text: str) -> tuple[Claim, ...]:
    return run_checks(assemble(read((HEAD + text).encode(), name="a.txt", limits=Limits()))).claims


def test_an_endless_sentence_is_cut_between_figures() -> None:
    claims = _claims("、".join(f"第{i}类信息{1000 + i}条" for i in range(400)) + "。")

    assert [c.value for c in claims] == [1000 + i for i in range(400)]


def test_a_sentence_of_sixty_figures_stays_whole() -> None:
    parts = "，".join(f"栏目{chr(0x4E00 + i)}公开2条" for i in range(59))
    total = _claims(f"全年公开政府信息118条，其中{parts}。")[0]

    assert (total.kind, total.verdict) == ("parts_sum", "supported")


def test_a_bare_number_is_not_bound_to_the_topic_above_it() -> None:
    page_number = _claims("（二）依申请公开\n3\n")[0]

    assert page_number.value == 3
    assert page_number.target is None


def test_a_bracket_may_hold_the_end_of_a_sentence() -> None:
    claims = _claims("对1件申请（内容见附表。其余另行说明）发出通知。")

    assert claims[0].value == 1
