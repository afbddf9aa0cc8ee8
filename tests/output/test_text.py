"""The text for the terminal."""

from collections.abc import Callable

from checker.output import CheckedFile, FailedFile, render
from checker.output.labels import NOT_COVERED
from checker.output.text import outcome_line, result_text
from tests.output.sample import clean_run, failing_run

FAILED = FailedFile(
    file="坏.docx", kind="UnreadableFileError", message="文件损坏，打不开。", hint="请重新保存。"
)
FAILING = CheckedFile(file="云溪县林业局.docx", run=failing_run())
CLEAN = CheckedFile(file="好.txt", run=clean_run())


def test_the_text_is_as_expected(expected: Callable[[str, str], None]) -> None:
    expected("output/failing.txt", render([FAILING], "text"))


def test_several_files_end_in_a_summary(expected: Callable[[str, str], None]) -> None:
    expected("output/several.txt", render([CLEAN, FAILED], "text"))


def test_the_verdict_stands_before_the_findings() -> None:
    lines = result_text(FAILING).splitlines()
    assert lines[1] == "结论：不通过（错误2 警告1 提示1，存疑2）"


def test_errors_stand_before_warnings_and_notes() -> None:
    text = result_text(FAILING)
    assert text.index("F102") < text.index("T303") < text.index("C101") < text.index("T204")


def test_the_suspect_cell_is_named_with_its_value() -> None:
    assert (
        "最可能填错：表三“一、本年新收政府信息公开申请数量”行“总计”列，建议值 3\n"
        in result_text(FAILING)
    )


def test_several_repairs_are_listed() -> None:
    text = result_text(FAILING)
    assert "可能之1：" in text
    assert "可能之2：" in text


def test_what_is_not_covered_is_said() -> None:
    assert result_text(CLEAN).endswith(f"{NOT_COVERED}\n")


def test_the_report_cannot_steer_the_terminal() -> None:
    text = result_text(FAILING)
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_colour_only_adds_codes() -> None:
    coloured = result_text(FAILING, colour=True)
    assert "\x1b[1;31m不通过\x1b[0m" in coloured


def test_a_clean_report_says_so() -> None:
    text = result_text(CLEAN)
    assert "结论：通过" in text
    assert "没有发现问题。" in text


def test_one_line_tells_the_outcome_of_one_or_several_files() -> None:
    assert outcome_line([FAILING]) == "结论：不通过（错误2 警告1 提示1，存疑2）。"
    assert outcome_line([FAILING, FAILED]).startswith("共 2 份：不通过 1 份")
