"""A difference that may be none is asked about; one that a slip explains is a fault."""

import pytest

from checker.checks import run_checks
from checker.domain.finding import Finding
from eval.builders import clean_report

TABLE = {
    "requests/new_received/natural_person": "51",
    "requests/new_received/commercial_enterprise": "15",
    "requests/new_received/total": "66",
    "requests/granted/total": "66",
    "requests/total/total": "66",
    "appeals/reconsideration/upheld": "2",
    "appeals/reconsideration/corrected": "1",
    "appeals/reconsideration/total": "3",
    "appeals/litigation_direct/upheld": "1",
    "appeals/litigation_direct/total": "1",
    "appeals/litigation_after_reconsideration/upheld": "2",
    "appeals/litigation_after_reconsideration/total": "2",
}


def told(text: str, rule: str) -> list[Finding]:
    """What a rule finds in an overview that says this."""
    plan = clean_report("2021", body="云溪县水务局", year=2024, base="all_zero")
    for address, value in TABLE.items():
        plan.set_cell(address, value)
    plan.set_section("overview", text)
    return [f for f in run_checks(plan.report()).findings if f.rule == rule]


def only(text: str, rule: str = "N101") -> Finding:
    """The one finding."""
    found = told(text, rule)
    assert len(found) == 1, [f.message for f in found]
    return found[0]


@pytest.mark.parametrize("printed", ["65", "76", "86", "666", "6"])
def test_plain_words_leave_no_doubt(printed: str) -> None:
    found = only(f"全年收到政府信息公开申请{printed}件。")
    assert (found.severity, found.verdict) == ("error", "fail")


def test_a_slip_is_a_fault_whatever_stands_beside_it() -> None:
    found = only("面对骤增的压力，全年收到政府信息公开申请86件。")
    assert (found.severity, found.verdict) == ("error", "fail")


def test_a_strange_word_makes_it_a_question_that_names_the_word() -> None:
    found = only("琥珀计划启动后，全年收到政府信息公开申请41件。")
    assert (found.severity, found.verdict) == ("warning", "review")
    assert "“琥珀”" in found.message


def test_a_single_strange_character_is_not_shown() -> None:
    found = only("面对骤增的压力，全年收到政府信息公开申请41件。")
    assert found.severity == "warning"
    assert "句中有不常见的说法" in found.message


def test_a_cell_told_elsewhere_makes_it_a_question_that_names_the_other_figure() -> None:
    found = only("全年收到政府信息公开申请66件。年内我局收到申请41件。")
    assert (found.severity, found.verdict) == ("warning", "review")
    assert "正文另一处已经写到（66件）" in found.message


def test_both_together_are_a_note() -> None:
    found = only("全年收到政府信息公开申请66件。面对骤增的压力，年内我局收到申请41件。")
    assert (found.severity, found.verdict) == ("note", "review")


def test_one_of_the_cells_added_up() -> None:
    found = only("因政府信息公开被提起行政诉讼3件，维持2件。")
    assert (found.severity, found.verdict) == ("warning", "review")
    assert "正文的2件与其中一格相同" in found.message


def test_none_of_the_cells_added_up() -> None:
    assert only("因政府信息公开被提起行政诉讼3件，维持7件。").severity == "error"


def test_what_is_denied_of_all_although_it_is_told_elsewhere() -> None:
    found = only("行政复议3件，其中纠正1件。行政复议中没有被纠正的案件。", "N102")
    assert (found.severity, found.verdict) == ("warning", "review")
    assert only("行政复议中没有被纠正的案件。", "N102").severity == "error"


def test_what_is_said_of_all_although_others_are_told_elsewhere() -> None:
    all_upheld = "因政府信息公开被申请行政复议3件，均维持。"
    found = only(f"政府信息公开行政复议维持2件、纠正1件。{all_upheld}", "N103")
    assert (found.severity, found.verdict) == ("warning", "review")
    assert only(all_upheld, "N103").severity == "error"


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("网站发布信息100条，分别为甲类60条、乙类30条。", "error"),
        ("网站发布信息100条，分别为甲类61条、乙类78条。", "warning"),
    ],
)
def test_a_sum_that_no_slip_explains_is_a_question(text: str, severity: str) -> None:
    assert only(text, "A101").severity == severity


def test_a_figure_of_many_digits_is_a_fault_and_no_crash() -> None:
    assert only(f"全年收到政府信息公开申请{'9' * 40}件。").severity == "error"


def test_a_figure_that_completes_a_sum_beside_it_may_be_another_quantity() -> None:
    # 51 and 66 agree with their cells; 15 is what is left of them
    found = only("全年收到政府信息公开申请66件，自然人51件，复议15件。")
    assert (found.severity, found.verdict) == ("warning", "review")
    assert "51＋15＝66" in found.message


def test_a_sum_with_a_figure_that_differs_itself_explains_nothing() -> None:
    found = told("66件申请办结61件，结转下年5件。", "N101")
    assert {f.severity for f in found} == {"error"}
