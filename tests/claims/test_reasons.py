"""Why a figure cannot be held against the tables: one wording for one reason, kept as data."""

import re
from pathlib import Path

import pytest

from checker.checks import run_checks
from checker.rulebook.reasons import Reasons, load_reasons
from tests.builders import clean_report

CLAIMS = Path(__file__).parents[2] / "checker" / "claims"


def reason_of(sentence: str, printed: str) -> str:
    run = run_checks(clean_report().set_section("overview", sentence).report())
    (claim,) = [c for c in run.claims if c.printed == printed]
    assert claim.verdict == "not_enough_info"
    return claim.reason


@pytest.mark.parametrize(
    ("sentence", "printed", "reason"),
    [
        ("本局建有网站3个。", "3", "三张表不统计“网站”，无法用表格核对。"),
        ("全年培训4次。", "4", "三张表不统计“培训”，无法用表格核对。"),
        ("本局主动公开政府信息328条。", "328", load_reasons().no_published),
        ("通过信函收到政府信息公开申请31件。", "31", load_reasons().no_channel),
        ("满意率达到98.7%。", "98.7%", load_reasons().no_ratio),
        ("参加活动20至30人。", "20至30", load_reasons().range),
    ],
)
def test_a_reason_is_worded_as_the_data_says(sentence: str, printed: str, reason: str) -> None:
    assert reason_of(sentence, printed) == reason


def test_no_reason_is_worded_in_python() -> None:
    for path in CLAIMS.glob("*.py"):
        assert not re.search(
            "无法用表格核对|，无法核对|三张表里没有|不在三张表里", path.read_text("utf-8")
        ), path


def test_every_reason_is_said_once_and_ends_as_a_sentence() -> None:
    told = [
        w
        for n, w in load_reasons().model_dump().items()
        if n not in ("this_item", "published_items")
    ]
    assert len(set(told)) == len(told)
    assert all(w.endswith("。") and w.count("。") == 1 for w in told)


@pytest.mark.parametrize(
    ("name", "wording"),
    [("not_in_tables", "三张表不统计。"), ("range", "一个{what}。"), ("other_scope", "{where}。")],
)
def test_a_wrong_brace_is_told_with_its_field(name: str, wording: str) -> None:
    data = {**load_reasons().model_dump(), name: wording}
    with pytest.raises(ValueError, match=name):
        Reasons.model_validate(data)
