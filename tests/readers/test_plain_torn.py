"""Text in which lines broke inside a cell: nothing rests on what is left of it."""

from checker.domain.run import CheckRun
from checker.pipeline import check_report
from tests.builders import ReportPlan, clean_report
from tests.readers.plain_layouts import text_of

_TABLE_RULES = ("T301", "T302", "T303", "T304", "T305", "C101", "C105", "F103", "N101")


def tabbed(plan: ReportPlan) -> str:
    """A row per line as a word processor copies it: the cells that begin in it, tabs between."""
    return text_of(plan, "tabs_short").decode()


def told(run: CheckRun) -> list[str]:
    return [f.message for f in run.findings if f.rule in _TABLE_RULES]


def checked(text: str) -> CheckRun:
    return check_report(text.encode(), name="report.txt")


def presence(run: CheckRun, address: str) -> str:
    table = next(t for t in run.report.tables if address in t.by_address)
    return table.by_address[address].value.presence


def test_a_number_broken_over_a_line_is_not_read_by_half() -> None:
    plan = clean_report("2021")
    plan.set_cell("proactive/licensing/decisions", "8124")
    plan.set_section("overview", "全年作出行政许可决定8124件。")
    whole = tabbed(plan)
    assert told(checked(whole)) == []
    run = checked(whole.replace("\t8124", "\t812\n4"))
    assert presence(run, "proactive/licensing/decisions") == "unreadable"
    assert presence(run, "proactive/penalties/decisions") == "given"
    assert told(run) == []
    assert any("行政许可" in d.message for d in run.doubts)


def test_no_row_is_trusted_where_the_widths_of_many_are_broken() -> None:
    lines = text_of(clean_report("2021"), "P3").decode().split("\n")
    for label in ("一、本年新收政府", "（一）予以公开", "（七）总计"):
        at = next(i for i, line in enumerate(lines) if label in line)
        lines[at : at + 1] = [f"{lines[at]}1", "3"]
    run = checked("\n".join(lines))
    (table,) = [t for t in run.report.tables if t.id == "requests"]
    assert {c.value.presence for c in table.cells} == {"unreadable"}
    assert told(run) == []
    assert any("表三" in d.message for d in run.doubts)


def test_a_figure_lost_among_the_heads_belongs_to_the_row_below() -> None:
    lines = text_of(clean_report("2021"), "P3").decode().split("\n")
    at = next(i for i, line in enumerate(lines) if "一、本年新收政府" in line)
    lines[at : at + 1] = ["500", lines[at].rpartition(" ")[0], "4"]
    run = checked("\n".join(lines))
    assert presence(run, "requests/new_received/total") == "unreadable"
    assert told(run) == []


def test_a_unit_on_the_line_below_its_head_is_a_part_of_it() -> None:
    plan = clean_report("2019")
    whole = tabbed(plan)
    assert "采购总金额" in whole
    for broken in ("采购总金额\n（万元）", "采购总金额（\n万元）"):
        run = checked(whole.replace("采购总金额", broken))
        assert told(run) == []
        assert presence(run, "proactive/procurement/amount") == "given"
        assert not run.doubts


def test_a_row_of_which_the_pieces_stand_between_the_halves_of_a_table_is_not_missing() -> None:
    lines = text_of(clean_report("2021"), "P1_wide").decode().split("\n")
    at = next(i for i, line in enumerate(lines) if "2.没有现成信息" in line)
    end = next(i for i, line in enumerate(lines) if "3.补正后申请" in line)
    figures = "        ".join("3000003")
    torn = ["—1—", "（四）无 2.没有现成信息需要另", figures, "法提供         行制作"]
    run = checked("\n".join((*lines[:at], *torn, *lines[end:])))
    assert told(run) == []
    assert any("2.没有现成信息需要另行制作" in d.message for d in run.doubts)


def test_figures_behind_a_group_of_which_the_first_row_has_no_name_are_no_subtotal() -> None:
    plan = clean_report("2021")
    run = checked(tabbed(plan).replace("1.信访举报投诉类申请\t", ""))
    (table,) = [t for t in run.report.tables if t.id == "requests"]
    assert table.subtotals == ()
    assert {f.verdict for f in run.findings if f.rule == "F103"} == {"review"}
    assert not any(f.rule == "T305" for f in run.findings)


def test_labels_of_several_lines_in_quotation_marks_are_read_whole() -> None:
    """As a text editor gets the cells of a spreadsheet; the first line of a table has no tab."""
    labels = ("第二十条第（一）项", "一、本年新收政府信息公开申请数量", "1.信访举报投诉类申请")
    for form in ("2019", "2021"):
        plan = clean_report(form)
        for layout in ("tabs", "tabs_short"):
            text = text_of(plan, layout).decode()
            for label in labels:
                text = text.replace(label, f'"{label[:5]}\n{label[5:]}"')
            run = checked(text)
            assert told(run) == []
            assert not run.doubts
            assert all(c.value.presence == "given" for t in run.report.tables for c in t.cells)


def test_a_label_that_a_line_break_leaves_a_shorter_wording_is_read_whole() -> None:
    whole = text_of(clean_report("2021"), "tabs").decode()
    run = checked(whole.replace("1.信访举报投诉类申请", "1.信访举报投诉\n类申请"))
    assert told(run) == []
    assert not run.doubts
