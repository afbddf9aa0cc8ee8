"""A table of contents with page numbers is neither prose nor headings; other lists stay prose."""

import pytest

from checker.assemble.passages import SectionText
from checker.domain.run import CheckRun
from checker.pipeline import check_report
from tests.builders import clean_report
from tests.renderers import to_html

_TITLES = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
_PAGES = ("1", "2", "3", "5", "6", "6")


def _checked(*lines: str) -> CheckRun:
    """A clean report with lines below its title."""
    text = "".join(f"<p>{line}</p>" for line in lines)
    page = to_html(clean_report()).decode().replace("</h1>", f"</h1>{text}", 1)
    return check_report(page.encode(), name="a.html")


def _texts(run: CheckRun) -> list[str]:
    return [SectionText(run.report, s).text for s in run.report.sections]


def _list(leader: str) -> list[str]:
    return [f"{t}{leader}{p}" for t, p in zip(_TITLES, _PAGES, strict=True)]


@pytest.mark.parametrize("leader", ["…………", "......", "　　", "", "·····"])
@pytest.mark.parametrize("head", [(), ("目　录",)])
def test_entries_are_no_prose(leader: str, head: tuple[str, ...]) -> None:
    run = _checked(*head, *_list(leader))
    assert not run.findings
    assert len(run.report.contents) == len(_TITLES) + len(head)
    assert _texts(run) == _texts(_checked())


def test_entries_of_lower_rank_belong_to_it() -> None:
    lines = _list("……")
    lines.insert(1, "（一）主动公开……1")
    run = _checked("目录", *lines)
    assert _texts(run) == _texts(_checked())


def test_what_stands_around_it_is_kept() -> None:
    run = _checked("前面的一段文字。", "目录", *_list("……"), "后面的一段文字。")
    text = _texts(run)[0]
    assert "前面的一段文字" in text
    assert "后面的一段文字" in text
    assert "目录" not in text


@pytest.mark.parametrize(
    "lines",
    [
        ["四、政府信息公开行政复议、行政诉讼情况……5"],
        ["公开规章 3", "公开规范性文件 5", "公开其他信息 9"],
        ["目录", "公开规章 3", "公开规范性文件 5"],
        list(reversed(_list("……"))),
    ],
)
def test_other_lines_with_a_figure_are_none(lines: list[str]) -> None:
    assert not _checked(*lines).report.contents


def _broken(*pieces: str) -> list[str]:
    """The list with its entries over several lines; the pieces say how."""
    out: list[str] = []
    for title, page in zip(_TITLES, _PAGES, strict=True):
        parts = {"ordinal": title[:2], "name": title[2:], "title": title, "page": page}
        parts |= {"dots": f"……{page}", "first": title[:5], "rest": f"{title[5:]}……{page}"}
        out += [parts[p] for p in pieces]
    return out


@pytest.mark.parametrize("head", [(), ("目录",)])
@pytest.mark.parametrize(
    "pieces",
    [("title", "dots"), ("title", "page"), ("ordinal", "name", "dots"), ("first", "rest")],
)
def test_entries_over_several_lines_are_no_headings(
    pieces: tuple[str, ...], head: tuple[str, ...]
) -> None:
    run = _checked(*head, *_broken(*pieces))
    assert not run.findings
    assert [s.id for s in run.report.sections] == [s.id for s in _checked().report.sections]
    assert _texts(run) == _texts(_checked())


def test_titles_that_do_not_come_again_are_headings() -> None:
    page = "".join(f"<p>{line}</p>" for line in _broken("title", "page"))
    run = check_report(f"<body>{page}</body>".encode(), name="云溪县水务局2024年年度报告.html")
    assert not run.report.contents
    assert len(run.report.sections) >= len(_TITLES)
