"""Lists of other reports on a web page are no part of the report that it prints."""

import pytest

from checker.domain.run import CheckRun
from checker.pipeline import check_report
from tests.builders import clean_report
from tests.renderers import to_html

_OTHERS = (
    "云溪县财政局2024年政府信息公开工作年度报告",
    "云溪县教育局2023年政府信息公开工作年度报告",
    "云溪县交通运输局2023年政府信息公开工作年度报告",
)
_YEARS = tuple(f"{y}年政府信息公开工作年度报告" for y in (2023, 2022, 2021))
_NEWS = ("云溪县财政局召开2023年工作会议", "云溪县教育局2022年招生公告", "2021年预算公开")


def _links(texts: tuple[str, ...], day: str = "") -> str:
    items = "".join(f"<li><a href='/1.html'>{t}</a>{day}</li>" for t in texts)
    return f"<ul>{items}</ul>"


def _checked(*, above: str = "", below: str = "") -> CheckRun:
    page = to_html(clean_report()).decode()
    page = page.replace("<body>", f"<body>{above}", 1).replace("</body>", f"{below}</body>")
    return check_report(page.encode(), name="a.html")


@pytest.mark.parametrize("texts", [_OTHERS, _OTHERS[2:], _YEARS, _NEWS])
def test_links_beside_a_report_are_not_judged(texts: tuple[str, ...]) -> None:
    items = (_links(texts), _links(texts, "<span>2024-01-30</span>"))
    for run in [_checked(above=i) for i in items] + [_checked(below=i) for i in items]:
        assert not run.findings
        assert not run.doubts
        identity = run.report.identity
        assert (identity.agency, identity.year) == ("云溪县交通运输局", 2024)


@pytest.mark.parametrize("texts", [_OTHERS, _YEARS])
def test_titles_of_others_behind_a_report_need_no_link(texts: tuple[str, ...]) -> None:
    run = _checked(below="".join(f"<p>{t}</p><p>2024-01-30</p>" for t in texts))
    assert not run.findings


def test_a_printed_title_of_another_year_is_a_doubt() -> None:
    run = _checked(above=f"<p>{_OTHERS[2]}</p>")
    (doubt,) = run.doubts
    assert "与报告年度2024年不同" in doubt.message


def test_text_behind_such_a_title_is_judged() -> None:
    run = _checked(below=f"<p>{_OTHERS[2]}</p><p>2023年，共收到申请9件，全部办结。</p>")
    assert run.findings


def test_a_title_that_is_a_link_is_the_title_all_the_same() -> None:
    page = to_html(clean_report()).decode()
    page = page.replace("<h1>", "<h1><a href='#'>", 1).replace("</h1>", "</a></h1>", 1)
    run = check_report(page.encode(), name="a.html")
    assert run.report.identity.title == "云溪县交通运输局2024年政府信息公开工作年度报告"
    assert not run.findings


def test_attachments_at_the_end_are_read() -> None:
    run = _checked(below="<p><a href='/1.docx'>附件：2022年度情况一览</a></p>")
    last = run.report.sections[-1]
    assert last.last_block == len(run.report.document.blocks)
