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
