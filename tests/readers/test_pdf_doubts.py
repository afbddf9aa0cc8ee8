"""What is not certain of a table of a PDF is told once, with how many places that are."""

from checker.readers.builder import DocumentBuilder
from checker.readers.pdf_cells import Disagreement
from checker.readers.pdf_doubts import report_disagreements, report_split
from checker.readers.pdf_join import JoinedTable
from checker.readers.pdf_layout import RuledParts


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
