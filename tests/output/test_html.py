"""The page: self-contained, escaped, with every cell in its place."""

from collections.abc import Callable, Iterator

import pytest
from lxml import html as lxml_html

from checker.domain.report import FormId, TableId
from checker.output import CheckedFile, FailedFile, render
from checker.output.html import cell_marks, html_table
from checker.output.html_table import Label, lay_out
from checker.output.labels import TABLES
from checker.rulebook import load_forms
from tests.output.sample import clean_run, failing_run, report, table

FAILING = CheckedFile(file="云溪县林业局.docx", run=failing_run())
FAILED = FailedFile(file="<b>坏</b>.docx", kind="UnreadableFileError", message="损坏。")


def page(*results: CheckedFile | FailedFile) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(render(results, "html"))


def test_the_page_is_as_expected(expected: Callable[[str, str], None]) -> None:
    expected("output/failing.html", render([FAILING], "html"))


def test_the_verdict_stands_before_the_findings() -> None:
    text = render([FAILING], "html")
    assert text.index("结论：不通过") < text.index("xx-finding xx-error")


def test_nothing_is_loaded_from_anywhere() -> None:
    tree = page(FAILING, FAILED)
    links = [link for _, _, link, _ in tree.iterlinks()]
    assert links
    assert all(link.startswith("#") for link in links)
    assert "default-src 'none'" in render([FAILING], "html")


def test_markup_in_a_report_is_text() -> None:
    tree = page(FAILING, FAILED)
    assert not tree.xpath("//script")
    assert not tree.xpath("//main//b")
    assert "<script>alert('x')</script>" in tree.text_content()


def test_ids_are_unique_and_all_links_lead_somewhere() -> None:
    tree = page(FAILING, FAILED, FAILING)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {h[1:] for h in tree.xpath("//a/@href")} <= set(ids)


def test_the_suspect_cell_is_marked_and_leads_to_its_finding() -> None:
    (cell,) = page(FAILING).xpath("//td[@data-cell='requests/new_received/total']")
    assert "xx-error" in cell.get("class").split()
    assert cell.xpath("./a/@href") == ["#r1-finding-2"]


def test_other_cells_of_the_sum_are_not_marked() -> None:
    marks = cell_marks(failing_run())
    assert marks["requests/new_received/total"] == "error"
    assert "requests/new_received/natural_person" not in marks


def test_presence_is_told_apart() -> None:
    tree = page(FAILING)

    def shown(address: str) -> str:
        (cell,) = tree.xpath(f"//*[@data-cell='{address}']")
        return str(cell.text)

    assert shown("requests/carried_over_in/total") == "（空）"
    assert shown("proactive/compulsion/decisions") == "（未印出）"
    assert shown("proactive/penalties/decisions") == "（不能确认）1 6"
    assert shown("proactive/licensing/decisions") == "/"
    assert shown("proactive/administrative_rules/issued") == "0"


def test_a_missing_table_is_said_to_be_missing() -> None:
    assert "没有找到这张表" in html_table(failing_run(), "appeals")


def test_cells_have_ids_only_when_links_are_asked_for() -> None:
    run = clean_run()
    assert ' id="' not in html_table(run, "appeals")
    assert ' id="a-cell-appeals-reconsideration-total"' in html_table(run, "appeals", anchor="a-")


def test_highlighted_cells_are_lit() -> None:
    text = html_table(clean_run(), "appeals", highlight=["appeals/reconsideration/total"])
    assert text.count("xx-highlight") == 1


def occupied(table_element: lxml_html.HtmlElement) -> Iterator[tuple[int, int]]:
    """Grid places of all cells of a table, as a browser lays them out."""
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(table_element.xpath(".//tr")):
        column = 0
        for cell in line.xpath("./th|./td"):
            while (row, column) in taken:
                column += 1
            for r in range(int(cell.get("rowspan", "1"))):
                for c in range(int(cell.get("colspan", "1"))):
                    taken.add((row + r, column + c))
                    yield row + r, column + c


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("table_id", TABLES)
def test_the_layout_is_a_full_rectangle_with_every_cell_once(
    form: FormId, table_id: TableId
) -> None:
    run = clean_run().model_copy(update={"report": report(table(table_id, form=form))})
    tree = lxml_html.fragment_fromstring(html_table(run, table_id))
    places = list(occupied(tree.xpath(".//table")[0]))
    rows, columns = (max(p[i] for p in places) + 1 for i in (0, 1))
    assert sorted(places) == [(r, c) for r in range(rows) for c in range(columns)]
    addresses = tree.xpath(".//td/@data-cell")
    assert sorted(addresses) == sorted(load_forms()[form].table(table_id).addresses())


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("table_id", TABLES)
def test_every_heading_says_what_it_heads(form: FormId, table_id: TableId) -> None:
    run = clean_run().model_copy(update={"report": report(table(table_id, form=form))})
    tree = lxml_html.fragment_fromstring(html_table(run, table_id))
    assert not tree.xpath(".//table/tr")
    assert {th.get("scope") for th in tree.xpath(".//thead//th")} <= {"col"}
    assert not tree.xpath(".//thead//td")
    blocks = load_forms()[form].table(table_id).blocks
    bodies = tree.xpath(".//tbody")
    assert len(bodies) == len(blocks)
    for body, block in zip(bodies, blocks, strict=True):
        (first, *rest) = body.xpath("./tr")
        if block.heading:  # a table of several blocks has column headings in each of them
            assert [(h.get("scope"), h.text) for h in first] == [("rowgroup", block.heading)]
            assert {h.get("scope") for h in rest[0]} == {"col"}
        else:
            assert tree.xpath(".//thead")
        rows = [r for r in body.xpath("./tr") if r.xpath("./td")]
        assert {h.get("scope") for r in rows for h in r.xpath("./th")} <= {"row"}


def test_the_summary_of_several_files_has_a_head() -> None:
    (head,) = page(FAILING, FAILED).xpath("//main[1]//thead/tr")
    assert {h.get("scope") for h in head} == {"col"}


def test_an_added_row_and_figures_in_a_heading_keep_the_rectangle() -> None:
    tree = lxml_html.fragment_fromstring(html_table(failing_run(), "requests"))
    places = list(occupied(tree.xpath(".//table")[0]))
    rows, columns = (max(p[i] for p in places) + 1 for i in (0, 1))
    assert len(places) == len(set(places)) == rows * columns
    assert "（八）工作秘密（官方格式没有这一行）" in tree.text_content()
    assert "（标题行内印出的数）" in tree.text_content()


def test_an_added_column_is_shown_outside_the_form() -> None:
    shown = report(table("appeals", extra={"appeals/reconsideration/extra.1": "7"}))
    run = clean_run().model_copy(update={"report": shown})
    tree = lxml_html.fragment_fromstring(html_table(run, "appeals"))
    (cell,) = tree.xpath(".//li//*[@data-cell='appeals/reconsideration/extra.1']")
    assert cell.text == "7"


def test_equal_headings_are_joined_only_side_by_side() -> None:
    a, b, x, y = (Label(i, i) for i in "abxy")
    heads = lay_out([(a, x), (a, y), (b,)], [1, 1, 1])
    assert [[(h.label.id, h.span, h.reach) for h in hs] for hs in heads] == [
        [("a", 2, 1), ("x", 1, 1)],
        [("y", 1, 1)],
        [("b", 1, 2)],
    ]
