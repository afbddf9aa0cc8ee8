"""How many rows stand under a heading: by the form, and as the report prints them."""

import pytest

from checker.answers import Conversation, answer
from checker.domain.run import CheckRun
from checker.pipeline import check_report
from tests.answers.documents import WRITTEN, checked

REPORT = "h14-city-bureau.txt"
HEADING = "（六）其他处理\n"


def merged_run() -> CheckRun:
    """The report with one row for the three of （六）其他处理."""
    text = (WRITTEN / REPORT).read_text(encoding="utf-8")
    before, _, behind = text.partition(HEADING)
    _, total, rest = behind.partition("（七）总计")
    row = HEADING + "\n".join(("9", "0", "0", "0", "0", "0", "9")) + "\n"
    return check_report((before + row + total + rest).encode(), name=REPORT)


@pytest.mark.parametrize(
    "question", ["其他处理为什么只有一行", "其他处理怎么只有一行", "其他处理不是应该有三行吗"]
)
def test_one_row_for_three_is_explained_with_its_finding(question: str) -> None:
    found = answer(question, merged_run(), context=Conversation())
    assert found.kind == "form"
    assert "应有3行" in found.text
    assert "读到的只有一行" in found.text
    assert "F103" in [c.rule for c in found.citations]
    assert found.highlight
    assert all(c.startswith("requests/other/") for c in found.highlight)


def test_a_report_with_all_rows_is_not_blamed() -> None:
    found = answer("其他处理为什么只有一行", checked("faulty"), context=Conversation())
    assert "本报告印了3行" in found.text
    assert "读到的只有一行" not in found.text


def test_a_row_that_is_no_heading_has_no_rows() -> None:
    found = answer("处罚为什么只有一行", checked("faulty"), context=Conversation())
    assert found.kind == "not_understood"
