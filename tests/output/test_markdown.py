"""The feedback sheet."""

from collections.abc import Callable

from checker.output import CheckedFile, FailedFile, render
from checker.output.markdown import escape
from tests.output.sample import failing_run

FAILING = CheckedFile(file="云溪县林业局.docx", run=failing_run())
FAILED = FailedFile(file="a|b.docx", kind="UnreadableFileError", message="损坏。")


def test_the_sheet_is_as_expected(expected: Callable[[str, str], None]) -> None:
    expected("output/failing.md", render([FAILING], "markdown"))


def test_markup_in_a_report_is_text() -> None:
    assert escape("<b>|*_x_*|`[a](b)") == r"\<b\>\|\*\_x\_\*\|\`\[a\](b)"


def test_a_sheet_names_problem_place_basis_and_remedy() -> None:
    sheet = render([FAILING], "markdown")
    assert all(f"   - {word}：" in sheet for word in ("问题", "位置", "依据", "怎么改"))


def test_the_summary_has_a_line_for_every_file_and_equal_columns() -> None:
    sheet = render([FAILING, FAILED], "markdown")
    lines = [line for line in sheet.splitlines() if line.startswith("|")]
    assert len(lines) == 4
    assert len({line.replace(r"\|", "").count("|") for line in lines}) == 1
