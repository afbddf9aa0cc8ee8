"""A note in a row of its own is no row of the form, whatever figures stand in it."""

import re
from collections.abc import Callable
from typing import Literal

import pytest

from checker.assemble import assemble
from checker.domain.document import Document
from checker.domain.report import AnnualReport
from checker.pipeline import check_report
from checker.readers import read
from checker.readers.builder import DocumentBuilder, RawCell
from checker.settings import Limits
from eval.report_plan import Grid
from tests.builders import clean_report
from tests.readers.plain_layouts import text_of
from tests.renderers import to_md

NOTES = (
    "填报单位：云溪县水务局 填报日期：2025年1月8日",
    "注：行政处罚含简易程序2件",
    "2024年度",
    "（续表3）",
    "联系电话：0700-88001234",
    "表内数据由各科室核对，共核对2次",
)


def redrawn(table: Callable[[Grid], list[RawCell]]) -> Document:
    """A report with other cells in its tables."""
    builder = DocumentBuilder("report.docx", b"x", "docx")
    for item in clean_report(year=2024).items():
        if isinstance(item, Grid):
            cells = sorted(table(item), key=lambda c: (c.row, c.column))
            builder.table(cells, geometry="grid")
        else:
            builder.paragraph(item.text)
    return builder.build()


def width_of(grid: Grid) -> int:
    return max(c.column + c.column_span for c in grid.cells)


def with_note(*notes: str, top: bool) -> Document:
    """A report whose tables all carry a row of notes over their whole width."""

    def noted(grid: Grid) -> list[RawCell]:
        height = max(c.row + c.row_span for c in grid.cells)
        cells = [c._replace(row=c.row + top) for c in grid.cells]
        size = width_of(grid) // len(notes)
        for place, note in enumerate(notes):
            reach = size if place + 1 < len(notes) else width_of(grid) - place * size
            cells.append(RawCell(note, 0 if top else height, place * size, 1, reach))
        return cells

    return redrawn(noted)


def values(report: AnnualReport) -> dict[str, str]:
    return {c.address: c.value.printed for t in report.tables for c in t.cells}


@pytest.mark.parametrize("top", [True, False], ids=["top", "bottom"])
@pytest.mark.parametrize("note", NOTES)
def test_a_note_over_the_whole_width_changes_nothing(note: str, top: bool) -> None:
    report = assemble(with_note(note, top=top))
    plain = assemble(clean_report(year=2024).document())
    assert values(report) == values(plain)
    assert [d for t in report.tables for d in t.deviations] == []
    assert report.doubts == ()


@pytest.mark.parametrize("top", [True, False], ids=["top", "bottom"])
@pytest.mark.parametrize(
    "notes",
    [
        ("填报单位：云溪县水务局", "填报日期：2025年1月8日"),
        ("云溪县水务局", "2024年度"),
        ("备注", "无"),
        ("单位负责人：张某", "2025.1.8"),
    ],
)
def test_a_note_in_two_cells_changes_nothing(notes: tuple[str, str], top: bool) -> None:
    report = assemble(with_note(*notes, top=top))
    assert values(report) == values(assemble(clean_report(year=2024).document()))
    assert [d for t in report.tables for d in t.deviations] == []


def test_a_caption_in_the_first_row_of_a_table_loses_no_cell() -> None:
    lines = text_of(clean_report(year=2024), "md").decode().splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("|") and "行政复议" in line)
    lines.insert(at, "| 含街道 |" + "  |" * (lines[at].count("|") - 2))
    run = check_report("\n".join(lines).encode(), name="report.md")
    assert values(run.report) == values(assemble(clean_report(year=2024).document()))
    assert [f.message for f in run.findings if f.rule == "F103"] == []


def test_a_row_in_one_cell_is_a_doubt_and_not_missing() -> None:
    def glued(grid: Grid) -> list[RawCell]:
        row = next((c.row for c in grid.cells if "行政许可" in c.text), None)
        cells = [c for c in grid.cells if c.row != row]
        if row is not None:
            cells.append(RawCell("行政许可：15件", row, 0, 1, width_of(grid)))
        return cells

    report = assemble(redrawn(glued))
    assert [d.kind for t in report.tables for d in t.deviations] == []
    assert any("行政许可" in d.message for d in report.doubts)


@pytest.mark.parametrize("layout", ["A", "md", "tabs"])
def test_a_note_in_front_of_a_table_of_a_text_changes_nothing(layout: str) -> None:
    text = text_of(clean_report(year=2024), layout).decode()
    lines = text.splitlines()
    at = next(i for i, line in enumerate(lines) if "申请人情况" in line)
    blank = {"md": "| {} |", "A": "{}", "tabs": "{}\t"}[layout]
    lines.insert(at, blank.format("（续表3）"))
    run = check_report("\n".join(lines).encode(), name="report.txt")
    assert [f.message for f in run.findings if f.rule == "F103"] == []


def test_figures_in_a_merged_row_without_words_are_still_told() -> None:
    report = assemble(with_note("1 0 0 0 0 0 1", top=False))
    assert any(d.kind == "extra_row" for t in report.tables for d in t.deviations) or report.doubts


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_a_long_remark_does_not_make_a_table_disappear(kind: Literal["docx", "html"]) -> None:
    from tests.renderers import render

    remark = "8（其中本年修订2件，" + "另有部分文件因机构职能调整转由其他部门管理，" * 15 + "）"
    plan = clean_report(year=2024).set_cell("proactive/normative_documents/in_force", remark)
    data = render(plan, kind)
    report = assemble(read(data, name=f"report.{kind}", limits=Limits()))
    assert [t.id for t in report.tables] == ["proactive", "requests", "appeals"]


def test_a_padded_cell_over_the_whole_width_is_read_at_once() -> None:
    report = assemble(with_note(f"2{' ' * 40_000}云溪县水务局", top=False))
    assert [t.id for t in report.tables] == ["proactive", "requests", "appeals"]


REMARKS = (
    "数据来源：某系统，截至2024-01-05",
    "以上数据由县大数据中心2024年1月5日导出",
    "口径：含所属12个事业单位",
    "更新于2024/1/8",
    "统计口径与2022年一致",
    "（单位：件）",
)


@pytest.mark.parametrize("remark", REMARKS)
def test_a_remark_below_a_table_of_markdown_is_no_row(remark: str) -> None:
    plan = clean_report(year=2024)
    text = to_md(plan).decode()
    ends = [m.end() for m in re.finditer(r"(?:^\|.*\n)+", text, re.M)]
    for end in reversed(ends):
        text = f"{text[:end]}| {remark} |  |  |\n{text[end:]}"
    noted, plain = (
        assemble(read(t.encode(), name="a.md", limits=Limits()))
        for t in (text, to_md(plan).decode())
    )
    assert values(noted) == values(plain)
    assert [d for t in noted.tables for d in t.deviations] == []
    assert noted.doubts == plain.doubts == ()


@pytest.mark.parametrize("row", ["新增事项：15件", "本年受理15", "15"])
def test_what_may_be_a_row_below_a_table_is_never_lost(row: str) -> None:
    text = to_md(clean_report(year=2024)).decode()
    ends = [m.end() for m in re.finditer(r"(?:^\|.*\n)+", text, re.M)]
    text = f"{text[: ends[1]]}| {row} |  |  |\n{text[ends[1] :]}"
    report = assemble(read(text.encode(), name="a.md", limits=Limits()))
    told = [d for t in report.tables for d in t.deviations]
    assert told or report.doubts
