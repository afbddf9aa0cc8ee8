"""Columns and rows that the form does not have: the official cells are read, the rest is told."""

from collections.abc import Callable, Sequence

import pytest

from checker.assemble import assemble
from checker.checks import run_checks
from checker.domain.document import Document
from checker.domain.report import TableId
from checker.domain.run import CheckRun
from checker.readers.builder import DocumentBuilder, RawCell
from tests.builders import Grid, clean_report

Change = Callable[[list[RawCell]], list[RawCell]]
HEADS = 3  # lines of heads in tables 三 and 四


def _height(cells: Sequence[RawCell]) -> int:
    return max(c.row + c.row_span for c in cells)


def _width(cells: Sequence[RawCell]) -> int:
    return max(c.column + c.column_span for c in cells)


def behind(head: str, text: str) -> Change:
    """A column behind the last one of table 三 or 四."""

    def change(cells: list[RawCell]) -> list[RawCell]:
        lines = range(HEADS, _height(cells))
        column = _width(cells)
        return [
            *cells,
            RawCell(head, 0, column, HEADS),
            *(RawCell(text, r, column) for r in lines),
        ]

    return change


def in_blocks(head: str, text: str) -> Change:
    """A column behind the last one of every block of table 二."""

    def change(cells: list[RawCell]) -> list[RawCell]:
        column = _width(cells)
        lines = range(_height(cells))
        heads = {c.row for c in cells if c.text == "信息内容"}
        titles = {c.row for c in cells if c.column_span == column}
        more = [RawCell(head if r in heads else text, r, column) for r in lines if r not in titles]
        wide = [c._replace(column_span=column + 1) if c.row in titles else c for c in cells]
        return [*wide, *more]

    return change


def years(*names: str, head: str = "年度") -> Change:
    """Table 四 with a line of figures for each of these years; those of others are 9."""

    def change(cells: list[RawCell]) -> list[RawCell]:
        heads = [c._replace(column=c.column + 1) for c in cells if c.row < HEADS]
        made = [RawCell(head, 0, 0, HEADS), *heads]
        for number, name in enumerate(names):
            own = "2024" in name or name.startswith("本")
            made.append(RawCell(name, HEADS + number, 0))
            made += [
                c._replace(row=HEADS + number, column=c.column + 1, text=c.text if own else "9")
                for c in cells
                if c.row == HEADS
            ]
        return made

    return change


def numbered(*, name: str) -> Change:
    """A line that numbers the columns of figures, below the heads of table 三 or 四."""

    def change(cells: list[RawCell]) -> list[RawCell]:
        lower = [c._replace(row=c.row + 1) if c.row >= HEADS else c for c in cells]
        first = min(c.column for c in cells if c.text.isdigit())
        numbers = range(first, _width(cells))
        label = [RawCell(name, HEADS, 0, 1, first)] if first else []
        return [*lower, *label, *(RawCell(f"{c - first + 1}", HEADS, c) for c in numbers)]

    return change


def document(table: TableId, change: Change, form: str) -> Document:
    plan = clean_report(form, year=2024 if form == "2021" else 2020)
    builder = DocumentBuilder("report.docx", b"x", "docx")
    for item in plan.items():
        if isinstance(item, Grid):
            cells = list(item.cells)
            builder.table(change(cells) if item.table == table else cells, geometry="grid")
        else:
            builder.paragraph(item.text, heading=item.rank == 1)
    return builder.build()


def checked(table: TableId, change: Change, form: str = "2021") -> CheckRun:
    return run_checks(assemble(document(table, change, form)))


def official(run: CheckRun, form: str) -> bool:
    """Whether every official cell holds what it should."""
    plan = clean_report(form)
    right = {
        f"{t}/{r}/{c}": text
        for t, rows in plan.tables.items()
        for r, columns in rows.items()
        for c, text in columns.items()
    }
    cells = {c.address: c.value.printed for t in run.report.tables for c in t.cells}
    return right.items() <= cells.items()


def told(run: CheckRun) -> list[tuple[str, str]]:
    return [(f.rule, f.message.split("不一致：")[-1]) for f in run.findings]


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize(
    ("table", "change", "head"),
    [
        ("requests", behind("备注", ""), "备注"),
        ("requests", behind("备注", "无"), "备注"),
        ("requests", behind("备注", "含网络申请"), "备注"),
        ("requests", behind("上年", "77"), "上年"),
        ("appeals", behind("备注", ""), "备注"),
        ("appeals", behind("备注", "含上年1件"), "备注"),
        ("appeals", behind("案件总数", "14"), "案件总数"),
        ("proactive", in_blocks("备注", ""), "备注"),
        ("proactive", in_blocks("备注", "见附件"), "备注"),
        ("proactive", in_blocks("上年数", "77"), "上年数"),
    ],
)
def test_a_column_that_was_added_is_told_and_its_cells_are_no_faults(
    table: TableId, change: Change, head: str, form: str
) -> None:
    run = checked(table, change, form)
    assert official(run, form)
    assert told(run) == [("F103", f"多出表式没有的“{head}”列。")]
    assert run.findings[0].severity == "warning"
    assert not run.doubts


@pytest.mark.parametrize(
    ("names", "other"),
    [
        (("2024年", "2023年"), "2023年"),
        (("2023", "2024"), "2023"),
        (("本年", "上年"), "上年"),
        (("上年度", "本年度"), "上年度"),
    ],
)
def test_of_lines_named_after_years_the_one_of_the_report_is_read(
    names: Sequence[str], other: str
) -> None:
    run = checked("appeals", years(*names))
    assert official(run, "2021")
    ((rule, message),) = told(run)
    assert rule == "F103"
    assert f"多出表式没有的“{other}”行" in message


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("table", ["requests", "appeals"])
@pytest.mark.parametrize("name", ["栏次", ""])
def test_a_line_that_numbers_the_columns_holds_no_figures(
    table: TableId, name: str, form: str
) -> None:
    run = checked(table, numbered(name=name), form)
    assert official(run, form)
    assert told(run) == []


def test_figures_that_happen_to_count_up_are_read() -> None:
    def change(cells: list[RawCell]) -> list[RawCell]:
        return [c._replace(text=str(c.column + 1)) if c.row == HEADS else c for c in cells]

    table = checked("appeals", change).report.table("appeals")
    assert table is not None
    assert [c.value.printed for c in table.cells] == [str(n) for n in range(1, 16)]


def test_one_line_named_after_the_year_is_read() -> None:
    run = checked("appeals", years("2024年"))
    assert official(run, "2021")
    assert told(run) == [("F103", "多出表式没有的“年度”列。")]


def test_lines_of_which_none_is_named_after_the_year_of_the_report_are_not_read() -> None:
    run = checked("appeals", years("2021年", "2022年"))
    table = run.report.table("appeals")
    assert table is not None
    assert {c.value.presence for c in table.cells} == {"unreadable"}
    assert [d.kind for d in run.doubts] == ["missing_cells"]
    assert not [f for f in run.findings if f.severity == "error"]


def test_a_blank_official_cell_beside_an_added_column_is_still_told() -> None:
    def change(cells: list[RawCell]) -> list[RawCell]:
        emptied = [c._replace(text="") if (c.row, c.column) == (5, 4) else c for c in cells]
        return behind("备注", "")(emptied)

    told_blank = [f.message for f in checked("requests", change).findings if f.rule == "C101"]
    assert len(told_blank) == 1
    assert told_blank[0].startswith("表三1格空白")
