"""Rows of table 三 that stand in tables of their own are read; figures elsewhere are none of it."""

import pytest

from checker.pipeline import check_report
from tests.builders import clean_report
from tests.renderers import to_html

_LAST = ("other.miscellaneous", "total", "carried_over_out")


def _figures(page: str) -> dict[str, list[str]]:
    """Figures of table 三 by row."""
    table = check_report(page.encode(), name="a.html").report.table("requests")
    assert table is not None
    found: dict[str, list[str]] = {}
    for cell in table.cells:
        found.setdefault(cell.address.split("/")[1], []).append(cell.value.printed)
    return found


def _apart(page: str, empty: int) -> str:
    """The page with the last three rows in tables of their own, behind empty cells."""
    end = start = page.index("</table>", page.index("三、收到和处理"))
    for _ in range(len(_LAST)):
        start = page.rindex("<tr>", 0, start)
    cells = "<td></td>" * empty
    rows = page[start:end].replace("<tr>", f"</table><table border='1'><tr>{cells}")
    return page[:start] + rows + page[end:]


@pytest.mark.parametrize("empty", [0, 1, 2])
def test_rows_in_tables_of_their_own_are_read(empty: int) -> None:
    page = to_html(clean_report()).decode()
    assert set(_LAST) <= set(_figures(page))
    assert _figures(_apart(page, empty)) == _figures(page)


def test_text_between_ends_the_table() -> None:
    page = to_html(clean_report()).decode()
    text = "<p>其他统计。</p><table border='1'><tr><td></td><td>3.其他</td><td>8</td></tr></table>"
    end = page.index("</table>", page.index("三、收到和处理")) + len("</table>")
    run = check_report((page[:end] + text + page[end:]).encode(), name="a.html")
    assert not run.report.doubts
    assert not run.findings
