"""Row labels that repeat the heading of their group: （三）不予公开-1.属于国家秘密."""

import pytest

from checker.assemble.labels import label_index
from checker.pipeline import check_report
from tests.builders import clean_report
from tests.renderers import render


def _named(text: str) -> str | None:
    match = label_index("2021", "requests").find(text, "row")
    return match.id if match else None


@pytest.mark.parametrize("kind", ["docx", "html", "pdf", "txt", "md"])
def test_rows_are_read_by_what_stands_behind_the_heading(kind: str) -> None:
    plan = clean_report()
    spec = plan.form.table("requests")
    for row in spec.rows:
        group = spec.group(row.group or "")
        if group is not None and group.id != "results":
            plan.rename_row("requests", row.id, f"{group.label}-{row.label}")
    run = check_report(render(plan, kind), name=f"a.{kind}")
    assert not run.findings
    assert not run.doubts
    table = run.report.table("requests")
    assert table is not None
    printed = {c.address: c.value.printed for c in table.cells}
    assert printed == {
        f"requests/{row}/{column}": figure
        for row, cells in clean_report().tables["requests"].items()
        for column, figure in cells.items()
    }


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("不予公开：1.属于国家秘密", "denied.state_secret"),
        ("（三）不予公开——属于国家秘密", "denied.state_secret"),
        ("（五）不予处理/2.重复申请", "declined.duplicate"),
        ("（六）其他处理 3.其他", "other.miscellaneous"),
        ("三、本年度办理结果（一）予以公开", "granted"),
    ],
)
def test_a_heading_before_its_own_row_names_the_row(text: str, row: str) -> None:
    assert _named(text) == row


@pytest.mark.parametrize(
    "text",
    [
        "（四）无法提供-1.属于国家秘密",  # of another group
        "（三）不予公开-2.属于国家秘密",  # has another number
        "（三）不予公开-9.其他情形",
        "（三）不予公开",
        "（三）不予公开-",
        "（三）不予公开 5",
    ],
)
def test_a_heading_before_anything_else_names_none(text: str) -> None:
    assert _named(text) is None
