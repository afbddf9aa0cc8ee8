"""Numbers in front of the labels and remarks behind the figures of tables in plain text."""

import pytest

from checker.domain.run import CheckRun
from checker.pipeline import check_report
from checker.readers.builder import RawCell
from tests.builders import Grid, Heading, ReportPlan, clean_report
from tests.renderers import render

_HEADS = 3  # lines of heads in tables 三 and 四
BESIDE = [("序号", "", ""), ("", "备注", ""), ("", "备注", "无"), ("行次", "说明", "见附件3")]


class _Wider(ReportPlan):
    """A report whose tables have a column more in front, behind, or both."""

    front, last, remark, step = "", "", "", 1

    def items(self) -> list[Heading | Grid]:
        return [self._wider(i) if isinstance(i, Grid) else i for i in super().items()]

    def _wider(self, item: Grid) -> Grid:
        width = max(c.column + c.column_span for c in item.cells)
        lines = range(max(c.row + c.row_span for c in item.cells))
        shift, all_columns = bool(self.front), width + bool(self.front) + bool(self.last)
        titles = {c.row for c in item.cells if c.column_span == width}
        heads = {c.row for c in item.cells if c.text == "信息内容"} or {0}
        below = 0 if len(heads) > 1 else _HEADS
        data = [r for r in lines if r >= below and r not in titles | heads]
        cells = [
            c._replace(column_span=all_columns) if c.row in titles else _moved(c, shift)
            for c in item.cells
        ]
        for head, column in ((self.front, 0), (self.last, width + shift)):
            cells += [RawCell(head, r, column, below or 1) for r in heads if head]
        if self.front:
            cells += [RawCell(str(n * self.step + 1), r, 0) for n, r in enumerate(data)]
        if self.last:
            cells += [RawCell(self.remark, r, width + shift) for r in data]
        return Grid(item.table, tuple(cells))


def _moved(cell: RawCell, by: int) -> RawCell:
    return cell._replace(column=cell.column + by)


def _plan(form: str, front: str, last: str, remark: str) -> _Wider:
    plan = _Wider(**vars(clean_report(form)))
    plan.front, plan.last, plan.remark = front, last, remark
    return plan


def _cells(run: CheckRun) -> dict[str, str]:
    cells = [c for t in run.report.tables for c in t.cells if "/extra" not in c.address]
    return {c.address: c.value.printed for c in cells}


def _checked(plan: ReportPlan, kind: str) -> CheckRun:
    return check_report(render(plan, kind), name=f"a.{kind}")


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("kind", ["txt", "md"])
@pytest.mark.parametrize(("front", "last", "remark"), BESIDE)
def test_official_cells_are_read(kind: str, form: str, front: str, last: str, remark: str) -> None:
    run = _checked(_plan(form, front, last, remark), kind)
    assert _cells(run) == _cells(_checked(clean_report(form), kind))
    told = [f.message.split("：")[-1] for f in run.findings]
    assert told == [f"多出表式没有的“{last}”列。"] * 3 * bool(last)
    assert not run.doubts


@pytest.mark.parametrize("kind", ["txt", "md"])
@pytest.mark.parametrize(("front", "last", "remark"), BESIDE)
def test_a_blank_figure_is_never_filled_by_a_neighbour(
    kind: str, front: str, last: str, remark: str
) -> None:
    plan = _plan("2021", front, last, remark)
    emptied = ("proactive/normative_documents/repealed", "requests/granted/research")
    for address in (*emptied, "requests/total/total"):
        plan.set_cell(address, "")
    cells = _cells(_checked(plan, kind))
    assert [cells[a] for a in emptied] == ["", ""]
    assert cells["proactive/normative_documents/in_force"] == "23"
    assert cells["requests/granted/total"] == "20"
    assert cells["requests/total/natural_person"] in ("52", "52 4 1 1 9 1")  # or told as unread


@pytest.mark.parametrize("kind", ["txt", "md"])
def test_numbers_that_do_not_count_up_are_no_ordinals(kind: str) -> None:
    plan = _plan("2021", "序号", "", "")
    plan.step = 3
    run = _checked(plan, kind)
    longer = [t for t in run.report.tables if t.id != "appeals"]
    assert {c.value.presence for t in longer for c in t.cells} == {"unreadable"}
    assert run.doubts
