"""Days of publication that cannot all be right are a doubt; a signature before them is usual."""

import pytest

from checker.pipeline import check_report
from tests.builders import clean_report
from tests.renderers import to_html


def _doubts(above: str, below: str) -> list[str]:
    page = to_html(clean_report()).decode()
    page = page.replace("</h1>", f"</h1><p>{above}</p>", 1)
    page = page.replace("</div></body>", f"<p>{below}</p></div></body>")
    return [d.message for d in check_report(page.encode(), name="a.html").report.doubts]


@pytest.mark.parametrize(
    ("below", "told"),
    [
        ("2025年3月18日", "落款日期是2025-03-18，晚于发布日期2025-01-25"),
        ("发布时间：2025-03-18", "发布日期不一致"),
    ],
)
def test_days_that_disagree_are_told(below: str, told: str) -> None:
    (doubt,) = _doubts("发布日期：2025-01-25", below)
    assert told in doubt


@pytest.mark.parametrize("below", ["2025年1月20日", "2025年1月25日", "发布时间：2025-01-25", ""])
def test_days_that_agree_are_not(below: str) -> None:
    assert not _doubts("发布日期：2025-01-25", below)


@pytest.mark.parametrize("day", ["2025-02-30", "2025年13月1日", "2025/1/32", "2025-13-01 09:30"])
def test_a_day_that_does_not_exist_is_told(day: str) -> None:
    page = to_html(clean_report()).decode()
    shown = day.split(maxsplit=1)[0]
    meta = page.replace("<head>", f"<head><meta name='PubDate' content='{day}'>")
    line = page.replace("<h1>", f"<p>发布日期：{day}</p><h1>", 1)
    cells = "".join(f"<td>{text}</td>" for text in ("索引号", "12", "发布日期", day))
    table = page.replace("<h1>", f"<table><tr>{cells}</tr></table><h1>", 1)
    for spoiled in (meta, line, table):
        run = check_report(spoiled.encode(), name="a.html")
        assert run.report.identity.publication_date is None
        (doubt,) = run.doubts
        assert f"发布日期写的是“{shown}”，没有这一天" in doubt.message
        assert not run.findings


def test_a_day_that_a_rule_tells_is_no_doubt_beside_it() -> None:
    page = to_html(clean_report()).decode()
    page = page.replace("</div></body>", "<p>发布日期：2025年2月30日</p></div></body>")
    run = check_report(page.encode(), name="a.html")
    assert [f.rule for f in run.findings] == ["D104"]
    assert not run.doubts


def test_a_leap_day_exists() -> None:
    page = to_html(clean_report(year=2023)).decode()
    page = page.replace("<h1>", "<p>发布日期：2024-02-29</p><h1>", 1)
    run = check_report(page.encode(), name="a.html")
    assert str(run.report.identity.publication_date) == "2024-02-29"
    assert not run.doubts
