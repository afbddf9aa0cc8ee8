"""Counts of cases in the words of the section on appeals are held against table 四."""

import pytest

from checker.checks import run_checks
from eval.builders import clean_report


def spoken(text: str, direct: int = 1) -> set[str]:
    """The rules that speak: 7 reviews, 2 pending; 1 direct lawsuit, 4 others, 1 pending."""
    plan = clean_report("2021", body="云溪县水务局", year=2024)
    if direct == 0:
        for column in ("upheld", "total"):
            plan.set_cell(f"appeals/litigation_direct/{column}", "0")
            plan.set_cell(
                f"appeals/litigation_after_reconsideration/{column}",
                {"upheld": "1", "total": "2"}[column],
            )
        plan.set_cell("appeals/litigation_after_reconsideration/other", "0")
    plan.set_section("appeals", text)
    return {f.rule for f in run_checks(plan.report()).findings} & {"N101", "A101"}


WRONG = (
    "因政府信息公开引起的行政复议7件，至年底尚有1件没有审结。",
    "以我局为被申请人的政府信息公开复议案件7件，年末还有3件未审结。",
    "政府信息公开行政诉讼5件，到年底仍有2件没有结案。",
    "政府信息公开行政诉讼5件，另有3件尚未宣判。",
    "政府信息公开行政诉讼案件，复议后起诉的，维持3件，纠正0件，其他结果1件，1件尚未审结。",
)
RIGHT = (
    "因政府信息公开引起的行政复议7件，至年底尚有2件没有审结。",
    "以我局为被申请人的政府信息公开复议案件7件，年末还有2件未审结。",
    "政府信息公开行政诉讼5件，到年底仍有1件没有结案。",
    "政府信息公开行政复议7件、行政诉讼5件，年底尚有3件没有审结。",
    "公开信息维持2条、纠正1条、其他1条、未审结1条。",
    "政府信息公开行政诉讼案件，复议后起诉的，维持2件，纠正0件，其他结果1件，1件尚未审结。",
)


@pytest.mark.parametrize("text", WRONG)
def test_another_count_is_told(text: str) -> None:
    assert spoken(text)


@pytest.mark.parametrize("text", RIGHT)
def test_nothing_is_said_of_what_agrees(text: str) -> None:
    assert not spoken(text)


@pytest.mark.parametrize(
    "text",
    [
        "政府信息公开行政诉讼2件，直接起诉和先复议后起诉各一件。",
        "政府信息公开行政诉讼2件，未经复议直接起诉、复议后起诉的各1件。",
        "政府信息公开行政诉讼2件，经复议后起诉与直接起诉的各1件。",
    ],
)
def test_as_many_of_each_kind(text: str) -> None:
    assert spoken(text, direct=0)
