"""What is not certain of a table of a PDF is told once, with how many places that are."""

from checker.domain.run import CheckRun
from checker.pipeline import check_report
from checker.readers.builder import DocumentBuilder
from checker.readers.pdf_cells import Disagreement
from checker.readers.pdf_doubts import report_disagreements, report_split
from checker.readers.pdf_join import JoinedTable
from checker.readers.pdf_layout import RuledParts
from tests.pdf_maker import PdfPage, make_pdf


def test_cells_that_two_extractions_read_differently_are_one_doubt_of_their_page() -> None:
    builder = DocumentBuilder("a.pdf", b"x", "pdf")
    report_disagreements(builder, [], 1)
    report_disagreements(builder, [Disagreement("14", "1")], 1)
    report_disagreements(builder, [Disagreement(f"1{n}", f"{n}") for n in range(8)], 2)
    one, many = builder.build().doubts
    assert one.message == "第 1 页表格的一格，两种读法不同：“14”和“1”，请对照原件。"
    assert many.message.startswith("第 2 页表格的 8 格，两种读法不同：“10”和“0”；“11”和“1”；")
    assert many.message.endswith("；等 8 格，请对照原件。")


def test_rows_open_at_a_page_break_are_one_doubt() -> None:
    builder = DocumentBuilder("a.pdf", b"x", "pdf")
    table = JoinedTable((), 3, open=("1.属于国家秘密", "2.重复申请"))
    report_split(builder, table, RuledParts(()))
    (doubt,) = builder.build().doubts
    assert "“1.属于国家秘密”“2.重复申请”行有的格没有数字" in doubt.message


HEADS = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]


def _with_table(right: float) -> CheckRun:
    """A report whose table 二 ends at some width; the paper is 595 points wide."""
    made = PdfPage()
    made.text(80, 40, "某某县水务局2023年政府信息公开工作年度报告")
    made.text(80, 70, "二、主动公开政府信息情况")
    xs = [80 + (right - 80) * part / 4 for part in range(5)]
    rows = [["第二十条第（一）项", "", "", ""], HEADS]
    rows += [["规章", "0", "0", "0"], ["行政规范性文件", "1", "2", "3"]]
    made.grid(xs, [100, 130, 160, 190, 220], rows, size=9)
    return check_report(make_pdf(made), name="a.pdf")


def _lacks_a_column(run: CheckRun) -> bool:
    return any(f.rule == "F103" and "现行有效件数" in f.message for f in run.findings)


def test_a_table_that_runs_over_the_edge_of_the_paper_is_a_doubt_of_ours() -> None:
    run = _with_table(780)
    (doubt,) = [d for d in run.report.document.doubts if "纸外" in d.message]
    assert doubt.message.startswith("第 1 页的表格伸到了纸外，纸边的名称和数字没有读全。")
    assert not _lacks_a_column(run)
    outcome = next(o for o in run.outcomes if o.rule == "F103")
    assert "表二没有读全" in outcome.reason


def test_a_table_that_ends_before_the_edge_of_the_paper_is_none() -> None:
    run = _with_table(590)
    assert not [d for d in run.report.document.doubts if "纸外" in d.message]
    table = run.report.table("proactive")
    assert table is not None
    assert table.cell("normative_documents", "in_force") is not None
