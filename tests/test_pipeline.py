"""The stages joined."""

import pytest

from checker.domain.run import CheckRun
from checker.errors import InputError, NotAnAnnualReportError
from checker.pipeline import STAGES, check_report, read_report
from checker.settings import Limits, Settings
from tests.builders import clean_report
from tests.renderers import to_txt


def check(text: str) -> CheckRun:
    return check_report(text.encode(), name="文件.txt")


def test_a_report_goes_through_all_stages_in_order() -> None:
    told: list[str] = []
    run = check_report(to_txt(clean_report()), name="报告.txt", on_stage=told.append)
    assert run.verdict == "pass"
    assert tuple(told) == STAGES


def test_reading_alone_judges_nothing() -> None:
    told: list[str] = []
    report = read_report(to_txt(clean_report()), name="报告.txt", on_stage=told.append)
    assert [t.id for t in report.tables] == ["proactive", "requests", "appeals"]
    assert told == ["读取", "表格"]


def test_equal_bytes_give_equal_runs() -> None:
    data = to_txt(clean_report().add("requests/granted/total", 1))
    assert check_report(data, name="甲.txt") == check_report(data, name="甲.txt")


@pytest.mark.parametrize(
    "text",
    [
        "采购合同\n甲方：云溪县林业局\n乙方：某公司\n一、货物名称\n打印纸20箱。",
        "2024年工作总结\n一、总体情况\n全年植树3万株。\n二、存在的主要问题及改进情况\n人手不足。",
        "1\t2\t3\n4\t5\t6",
    ],
)
def test_an_unrelated_file_is_an_error_that_says_what_was_missing(text: str) -> None:
    with pytest.raises(NotAnAnnualReportError) as caught:
        check(text)
    assert caught.value.looked_for
    assert "不是年度报告" in caught.value.message


@pytest.mark.parametrize(
    "text",
    [
        "云溪县林业局2024年政府信息公开工作年度报告\n本年度工作有序开展。",
        "三、收到和处理政府信息公开申请情况\n本年度没有收到申请。",
    ],
)
def test_a_part_of_a_report_is_checked(text: str) -> None:
    assert check(text).verdict == "fail"


def test_the_settings_of_the_caller_count() -> None:
    with pytest.raises(InputError):
        check_report(
            to_txt(clean_report()), name="报告.txt", settings=Settings(limits=Limits(file_bytes=9))
        )
