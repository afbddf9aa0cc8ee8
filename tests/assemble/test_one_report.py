"""Two reports in one file: the first is judged as if it stood alone, the second is told."""

import pytest

from checker.domain.run import CheckRun
from checker.pipeline import check_report
from tests.builders import clean_report
from tests.renderers import to_html, to_md, to_txt

_SECOND = "滨湖县档案馆2023年政府信息公开工作年度报告"


def _pages(second: str) -> tuple[bytes, bytes]:
    """A report, and the same with the body of a page behind it."""
    one = to_html(clean_report()).decode()
    return one.encode(), one.replace("</body>", f"{second}</body>").encode()


def _told(run: CheckRun) -> list[str]:
    return [d.message for d in run.report.doubts if "不止一份" in d.message]


def _other() -> str:
    plan = clean_report()
    plan.title = [_SECOND]
    return to_html(plan).decode().partition("<body>")[2].partition("</body>")[0]


def test_a_second_report_is_told_and_the_first_judged_alone() -> None:
    alone, both = _pages(_other())
    one, two = (check_report(data, name="a.html") for data in (alone, both))
    (told,) = _told(two)
    assert _SECOND in told
    assert not _told(one)
    assert two.verdict == "review"
    assert [f.message for f in two.findings] == [f.message for f in one.findings]
    assert two.report.tables == one.report.tables
    assert two.report.identity.agency == one.report.identity.agency


def test_faults_of_the_second_report_are_not_those_of_the_first() -> None:
    plan = clean_report()
    plan.set_cell("requests/total/total", "9999")
    second = to_html(plan).decode().partition("<body>")[2].partition("</body>")[0]
    one, two = (check_report(data, name="a.html") for data in _pages(second))
    assert len(_told(two)) == 1
    assert [f.message for f in two.findings] == [f.message for f in one.findings]


@pytest.mark.parametrize("kind", ["txt", "md"])
def test_a_second_report_is_told_in_text_too(kind: str) -> None:
    plan = clean_report()
    write = to_txt if kind == "txt" else to_md
    run = check_report(write(plan) + b"\n\n" + write(plan), name=f"a.{kind}")
    assert len(_told(run)) == 1


def test_contents_links_and_a_repeated_title_are_no_second_report() -> None:
    plan = clean_report()
    titles = [
        "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]  # fmt: skip
    listed = "".join(f"<p>{t}</p>" for t in (plan.title[0], *titles))
    page = to_html(plan).decode()
    for made in (
        page.replace("<body>", f"<body>{listed}"),
        page.replace("</body>", f"{listed}</body>"),
        page.replace("</body>", f"<p>上一篇：{_SECOND}</p></body>"),
    ):
        assert not _told(check_report(made.encode(), name="a.html"))
