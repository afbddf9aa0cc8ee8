"""Rows are found by their labels where heading cells of a page reach too far, or are cut off."""

import re

import pytest

from checker.assemble.tables import FoundTables, find_tables
from checker.readers import read
from checker.settings import Limits
from tests.assemble.test_tables import expected, printed, table
from tests.builders import ReportPlan, clean_report
from tests.renderers import to_html

_ROW = re.compile(r"<tr>.*?</tr>", re.S)
_CUT = "</table><table border='1'>"


def distinct() -> ReportPlan:
    """A report in whose table 三 every figure is another, so that none can change places."""
    plan = clean_report()
    for number, (row, cells) in enumerate(plan.tables["requests"].items()):
        for place, column in enumerate(cells):
            plan.set_cell(f"requests/{row}/{column}", str(100 + 7 * number + place))
    return plan


def found(page: str) -> FoundTables:
    return find_tables(read(page.encode(), name="a.html", limits=Limits()), (), year=2024)


def respan(page: str, label: str, rows: int) -> str:
    """The page with another rowspan for the cell of a label."""
    before, behind = page.split(f">{label}", 1)
    at = before.rindex("rowspan='")
    rest = before[at:].split("'", 2)[2]
    return f"{before[:at]}rowspan='{rows}'{rest}>{label}{behind}"


@pytest.mark.parametrize(
    ("label", "rows"),
    [
        ("（三）不予公开", 9),
        ("（三）不予公开", 7),
        ("（三）不予公开", 0),
        ("（三）不予公开", 1),
        ("（四）无法提供", 5),
        ("三、本年度办理结果", 23),
        ("三、本年度办理结果", 20),
        ("三、本年度办理结果", 0),
        ("自然人", 3),
        ("（六）其他处理", 2),
    ],
)
def test_a_heading_cell_of_a_wrong_height_loses_no_row(label: str, rows: int) -> None:
    plan = distinct()
    result = found(respan(to_html(plan).decode(), label, rows))
    assert printed(result) == expected(plan)
    assert not result.doubts
    assert not table(result, "requests").deviations


@pytest.mark.parametrize("cut", range(8, 30))
@pytest.mark.parametrize("between", ["", "<p>（续表）</p>"])
def test_a_table_cut_in_two_inside_a_group_loses_no_row(cut: int, between: str) -> None:
    plan = distinct()
    head, start, tail = to_html(plan).decode().partition("<td rowspan='3' colspan='3'>")
    rows = list(_ROW.finditer(start + tail))
    place = rows[cut - 7].end()
    body = start + tail
    cut_off = _CUT.replace("<table", f"{between}<table")
    page = f"{head}{body[:place]}{cut_off}{body[place:]}"
    result = found(page)
    assert printed(result) == expected(plan)
    assert not table(result, "requests").deviations


def test_a_table_of_which_every_row_is_a_table_loses_no_row() -> None:
    plan = distinct()
    result = found(to_html(plan).decode().replace("</tr><tr>", f"</tr>{_CUT}<tr>"))
    requests = {a: t for a, t in printed(result).items() if a.startswith("requests/")}
    assert requests == {a: t for a, t in expected(plan).items() if a.startswith("requests/")}
    assert not table(result, "requests").deviations


def test_heads_that_were_moved_aside_make_a_doubt_and_no_wrong_figure() -> None:
    plan = distinct()
    page = to_html(plan).decode()
    corner = re.search(r"<td rowspan='3' colspan='3'>", page)
    assert corner is not None
    result = found(page.replace(corner.group(), "<td rowspan='2' colspan='3'>", 1))
    requests = table(result, "requests")
    assert {c.value.presence for c in requests.cells} == {"unreadable"}
    assert not [d for d in requests.deviations if d.kind == "missing_row"]
    assert [d.kind for d in result.doubts] == ["missing_cells"]


def test_a_table_of_our_own_behind_table_three_stays_out_of_it() -> None:
    plan = distinct()
    rows = "<tr><td>其他</td><td>3</td></tr><tr><td>总计</td><td>5</td></tr>"
    own = f"<p>按来源分：</p><table>{rows}</table>"
    head, start, tail = to_html(plan).decode().partition("四、结转下年度继续办理")
    page = head + start + tail.replace("</table>", f"</table>{own}", 1)
    result = found(page)
    assert printed(result) == expected(plan)
    assert not result.doubts


@pytest.mark.parametrize(
    "label", ["1.属于国家秘密", "1.本机关不掌握相关政府信息", "1.信访举报投诉类申请"]
)
def test_a_row_without_a_name_beside_its_group_is_no_subtotal(label: str) -> None:
    result = found(to_html(distinct()).decode().replace(f">{label}<", "><"))
    requests = table(result, "requests")
    assert requests.subtotals == ()
    assert {(d.kind, d.printed or d.official) for d in requests.deviations} == {
        ("missing_row", label),
        ("extra_row", None),
    }


def test_figures_beside_a_group_are_its_subtotal_where_no_row_is_missing() -> None:
    page = to_html(distinct()).decode()
    row = next(r for r in _ROW.findall(page) if "（五）不予处理" in r)
    alone = re.sub(r"rowspan='\d+'([^>]*)>（五）", r"rowspan='1'\1>（五）", row)
    unnamed = alone.replace("1.信访举报投诉类申请", "")
    assert unnamed not in page
    both = page.replace(row, unnamed + row.replace("（五）不予处理", ""))
    assert len(table(found(both), "requests").subtotals) == 7
