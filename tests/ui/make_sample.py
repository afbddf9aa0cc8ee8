"""Writes ui/assets/sample.docx: a report of a fictitious body with six planted faults.

Run ``python -m tests.ui.make_sample`` after a change here and commit the file.
"""

from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from tests.builders import Grid, ReportPlan, clean_report

TARGET = Path(__file__).parents[2] / "ui" / "assets" / "sample.docx"
# What is planted: the rule that has to find it, and the cell it has to name.
PLANTED = {
    "T303": "requests/denied.third_party_rights/total",
    "T301": "requests/carried_over_out/legal_services",
    "T401": "appeals/litigation_direct/total",
    "C101": "proactive/compulsion/decisions",
    "S104": None,
    "N101": "requests/new_received/total",
}

# 政府信息公开平台建设 is left out; the table has 66 new applications, not 76.
OVERVIEW = """\
2024年，本局把政府信息公开作为服务群众的基础工作，全年运行平稳。
（一）主动公开。机构职能、财政预决算、行政执法和文化活动安排按时公开。全年主动公开信息842条，其中网站512条、政务微信330条；制发行政规范性文件4件，废止1件。
（二）依申请公开。全年新收政府信息公开申请76件，上年结转5件；予以公开20件，部分公开8件。答复文书由法规科把关。
（三）政府信息管理。公开前逐条进行保密审查，对历年制发的文件开展清理，标注有效、失效或废止。
（四）监督保障。公开工作纳入年度考核，邀请群众代表开展社会评议，组织业务培训；全年未发生需要责任追究的情形。"""


def plan() -> ReportPlan:
    """The report with its faults."""
    made = clean_report(body="云溪县文化和旅游局", year=2024)
    made.add("requests/denied.third_party_rights/total", 2)
    made.add("requests/carried_over_out/legal_services", 1)
    made.add("requests/carried_over_out/total", 1)
    made.add("appeals/litigation_direct/total", 1)
    made.set_cell("proactive/compulsion/decisions", "")
    return made.set_section("overview", OVERVIEW)


def write(made: ReportPlan, target: Path) -> None:
    """Print a plan as a Word file with merged cells."""
    paper = Document()
    style = paper.styles["Normal"]
    style.font.name = "FangSong"
    style.font.size = Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
    paper.core_properties.author = "示例"
    paper.core_properties.title = made.title[0]
    paper.core_properties.comments = ""
    for item in made.items():
        if isinstance(item, Grid):
            _write_grid(paper, item)
            continue
        line = paper.add_paragraph()
        run = line.add_run(item.text)
        run.bold = item.rank < 2
        if item.rank == 0:
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run.font.size = Pt(16)
    paper.save(str(target))


def _write_grid(paper: WordDocument, grid: Grid) -> None:
    rows = max(c.row + c.row_span for c in grid.cells)
    columns = max(c.column + c.column_span for c in grid.cells)
    table = paper.add_table(rows, columns)
    table.style = "Table Grid"
    for cell in grid.cells:
        first = table.cell(cell.row, cell.column)
        last = table.cell(cell.row + cell.row_span - 1, cell.column + cell.column_span - 1)
        first.merge(last).text = cell.text


if __name__ == "__main__":
    write(plan(), TARGET)
