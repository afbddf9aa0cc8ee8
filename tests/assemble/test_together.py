"""Cells and rows of a table with the same doubt share one, which names where they are."""

from checker.assemble.tables import FoundTables, find_tables
from checker.checks import run_checks
from checker.output import CheckedFile
from checker.output.machine import machine_result
from checker.readers.builder import DocumentBuilder
from tests.builders import APPLICANTS, ReportPlan, clean_report

ROWS = ("granted", "denied.state_secret", "declined.duplicate")


def torn(count: int) -> tuple[ReportPlan, list[str]]:
    cells = [f"requests/{r}/{c}" for r in ROWS for c in APPLICANTS][:count]
    plan = clean_report()
    for cell in cells:
        plan.set_cell(cell, "1 6")
    return plan, cells


def found(plan: ReportPlan) -> FoundTables:
    return find_tables(plan.document(), (), year=plan.year)


def test_many_cells_that_are_not_certain_are_one_doubt_that_names_them() -> None:
    plan, cells = torn(9)
    (doubt,) = found(plan).doubts
    assert doubt.message.startswith(
        "表三有9格的数不能确定是几，没有参加核对，请对照原件："
        "“（一）予以公开”行“自然人”列印作“1 6”；"
    )
    assert doubt.message.endswith("其余6格在“（一）予以公开”“1.属于国家秘密”行。")
    assert (doubt.cell, list(doubt.cells)) == (cells[0], cells)


def test_three_cells_that_are_not_certain_are_told_one_by_one() -> None:
    plan, cells = torn(3)
    assert [d.cell for d in found(plan).doubts] == cells


def test_doubts_of_two_tables_are_not_mixed() -> None:
    plan, _ = torn(4)
    for row, columns in plan.tables["appeals"].items():
        for column in list(columns)[:2]:
            plan.set_cell(f"appeals/{row}/{column}", "2 1")
    assert [d.message[:5] for d in found(plan).doubts] == ["表三有4格", "表四有6格"]


def test_the_machine_interface_lists_the_cells_of_a_doubt() -> None:
    plan, cells = torn(5)
    run = run_checks(plan.report())
    out = machine_result(CheckedFile(file="a.docx", run=run)).model_dump(mode="json")
    (doubt,) = out["doubts"]
    assert doubt["cell"] == cells[0]
    assert set(doubt["cells"]) == set(cells)


def test_rows_without_heads_are_one_doubt() -> None:
    plan = clean_report()
    grid = plan.grid(plan.form.table("proactive"))
    heads = {c.row for c in grid if c.text == "信息内容"}
    builder = DocumentBuilder("report.html", b"x", "html")
    builder.table([c for c in grid if c.row not in heads], geometry="grid")
    result = find_tables(builder.build(), (), year=2024)
    (doubt,) = [d for d in result.doubts if d.kind == "order"]
    assert doubt.message == (
        "表二“规章”“行政许可”“行政处罚”等4行起，上方没有读到列名，按官方表式的列序读取，请核对。"
    )
