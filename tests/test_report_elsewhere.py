"""A page with only the title of a report and an attachment or picture is refused."""

import re

import pytest

from checker.errors import UnreadableFileError
from checker.pipeline import check_report
from tests.builders import clean_report
from tests.renderers import to_html

_TITLE = "<h1>云溪县交通运输局2024年政府信息公开工作年度报告</h1>"
_MENU = "<p>首页 &gt; 政府信息公开 &gt; 年报</p>"
_FILE = '<p><a href="a.pdf">附件：政府信息公开工作年度报告.pdf</a></p>'
_FRAME = '<iframe src="report.pdf" width="800" height="900"></iframe>'
_PICTURE = '<p><img src="a.png" width="800" height="900"></p>'


def _page(*parts: str) -> bytes:
    text = "".join(parts)
    return f"<html><head><meta charset='utf-8'></head><body>{text}</body></html>".encode()


@pytest.mark.parametrize(
    ("parts", "where"),
    [
        ((_MENU, _TITLE, "<p>发布日期：2025-01-20</p>", _FILE), "附件"),
        ((_TITLE, "<p>现将年度报告公布如下。</p>", _FILE), "附件"),
        ((_TITLE, _FRAME), "图片或嵌入的文件"),
        ((_TITLE, _PICTURE * 3), "图片或嵌入的文件"),
    ],
)
def test_a_title_alone_is_refused(parts: tuple[str, ...], where: str) -> None:
    with pytest.raises(UnreadableFileError, match=f"报告看来在{where}里"):
        check_report(_page(*parts), name="a.html")


@pytest.mark.parametrize("more", [_FILE, _PICTURE])
def test_a_report_with_sections_is_judged(more: str) -> None:
    page = to_html(clean_report()).decode()
    check_report(page.replace("</div></body>", f"{more}</div></body>").encode(), name="a.html")
    without = re.sub(r"<table.*?</table>", more, page, flags=re.S)
    check_report(without.encode(), name="a.html")


def test_prose_without_headings_is_judged() -> None:
    text = "<p>2024年，本单位主动公开政府信息30条。收到政府信息公开申请3件。没有行政复议。</p>"
    run = check_report(_page(_TITLE, text, _PICTURE, _FILE), name="a.html")
    assert "F102" in {f.rule for f in run.findings}
