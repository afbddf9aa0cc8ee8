"""Figures under the heading of a table without any name: said, not joined to another table."""

import re

import pytest

from checker.assemble.tables import find_tables
from checker.domain.run import CheckRun
from checker.pipeline import check_report
from tests.builders import clean_report
from tests.renderers import to_html

_HEADING = "四、政府信息公开行政复议、行政诉讼情况"
_FIGURES = "1 0 2 0 3 0 0 0 1 1 0 1 0 0 1"


def _page(content: str, heading: str = _HEADING) -> str:
    """The clean report with other content below a heading, in place of the table there."""
    page = to_html(clean_report()).decode()
    start = page.index(">", page.index(heading)) + 1
    start = page.index("<table", start)
    end = page.index("</table>", start) + len("</table>")
    return page[:start] + content + page[end:]


def _row(figures: str = _FIGURES) -> str:
    return (
        "<table border='1'><tr>"
        + "".join(f"<td>{f}</td>" for f in figures.split())
        + "</tr></table>"
    )


def _run(page: str) -> CheckRun:
    return check_report(page.encode(), name="a.html")


def _rules(run: CheckRun) -> set[str]:
    return {f.rule for f in run.findings}


@pytest.mark.parametrize(
    "content",
    [
        _row(),
        f"<p>{_FIGURES}</p>",
        "".join(f"<p>{f}</p>" for f in _FIGURES.split()),
        f"<p>（单位：件）</p><p>{_FIGURES}</p><p>以上为全部情况。</p>",
    ],
)
def test_figures_without_names_are_a_doubt_and_no_missing_table(content: str) -> None:
    run = _run(_page(content))
    (doubt,) = run.report.doubts
    assert doubt.message.startswith(
        f"表四的列名没有读到，读到的15个数（{_FIGURES}）分不清各属哪一列，没有参加核对。"
    )
    assert not _rules(run) & {"F102", "F103", "T401"}
    assert run.verdict == "review"
    table = run.report.table("appeals")
    assert table is not None
    assert {c.value.presence for c in table.cells} == {"unreadable"}
    assert len(table.cells) == 15
    outcomes = {o.rule: o.reason for o in run.outcomes}
    assert "表四没有读全" in outcomes["F103"]
    assert "无法识读" in outcomes["T401"]


def test_no_row_is_joined_to_the_table_above_the_heading() -> None:
    before = _run(to_html(clean_report()).decode()).report.table("requests")
    behind = _run(_page(_row())).report.table("requests")
    assert before is not None
    assert behind is not None
    assert len(behind.cells) == len(before.cells)
    assert not behind.deviations


def test_all_figures_of_table_three_without_names_are_a_doubt() -> None:
    rows = "".join(f"<tr>{'<td>4</td>' * 7}</tr>" for _ in range(25))
    run = _run(_page(f"<table border='1'>{rows}</table>", "三、收到和处理政府信息公开申请情况"))
    (doubt,) = run.report.doubts
    assert doubt.message.startswith("表三的行名和列名没有读到，读到的175个数（4 4 4 ")
    assert "分不清各属哪一行、哪一列" in doubt.message
    assert [t.id for t in run.report.tables] == ["proactive", "requests", "appeals"]
    assert "F102" not in _rules(run)


@pytest.mark.parametrize(
    "content",
    [
        "<p>本年度未发生行政复议、行政诉讼案件。</p>",
        "<p>见下页。</p><p>7</p>",
        "<p>2024年发生行政复议案件3件，其中维持1件、纠正1件、尚未审结1件，诉讼0件。</p>",
    ],
)
def test_a_section_without_its_table_still_lacks_it(content: str) -> None:
    run = _run(_page(content))
    assert "F102" in _rules(run)
    assert run.report.table("appeals") is None


def test_rows_below_the_same_heading_printed_again_are_joined() -> None:
    heading = "三、收到和处理政府信息公开申请情况"
    page = to_html(clean_report()).decode()
    end = page.index("</table>", page.index(heading))
    start = page.rindex("<tr>", 0, end)
    figures = "".join(re.findall(r"<td[^>]*>\d+</td>", page[start:end]))
    parted = f"</table><p>{heading}</p><table border='1'><tr>{figures}</tr>"
    run = _run(page[:start] + parted + page[end:])
    table = run.report.table("requests")
    assert table is not None
    assert len(table.blocks) == 2


def test_sections_are_not_needed_to_find_tables() -> None:
    assert len(find_tables(clean_report().document(), (), year=2024).tables) == 3
