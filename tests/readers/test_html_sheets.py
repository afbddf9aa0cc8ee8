"""What the style sheets inside a page do to its text, as a browser shows it."""

import pytest

from checker.domain.document import Document
from tests.readers.files import grid, read_page, texts

_DESK = '<div id="m" class="c"><table><tr class="r"><td>规章</td><td class="v">{}</td></tr></table>'


def _cell(sheet: str, content: str = '<span class="h">8</span>9') -> Document:
    head = f"<!DOCTYPE html><html><head><style>{sheet}</style></head><body>"
    return read_page(head + _DESK.format(content))


@pytest.mark.parametrize(
    "selector",
    [
        ".c .h",
        "td.v>span.h",
        "#m table td .h",
        "table > tbody > tr > td > .h",
        "p, .z .h, .c span.h",
        "td + td .h",
        "td ~ td > .h",
        "td:nth-child(2) .h",
        "td:last-child span:first-child",
        "[class=v] span",
        "td:not(.w) .h",
        ".C .x, .c :is(.h, .x)",
        ".c\n.h",
        "SPAN.h",
        "/* .q */ .c .h",
        r".\68",
    ],
)
@pytest.mark.parametrize(
    "block", ["%s", "@media screen{%s}", "@media all and (min-width:800px){@supports (x:y){%s}}"]
)
def test_a_struck_figure_is_not_read_whatever_selects_it(selector: str, block: str) -> None:
    page = _cell(block % f"{selector}{{text-decoration:line-through}}")
    assert page.text.split() == ["规章", "9"]
    (doubt,) = page.doubts
    assert "1 处文字加了删除线（“8”）" in doubt.message
    (aside,) = page.set_aside
    assert (aside.text, aside.reason, aside.locator.row, aside.locator.column) == (
        "8", "struck", 0, 1,
    )  # fmt: skip


@pytest.mark.parametrize(
    "sheet",
    [
        "@media print{.c .h{text-decoration:line-through}}",
        "@media (max-width:768px){.c .h{display:none}}",
        "@media not screen{.h{display:none}}",
        "@media (sorcery:yes){.h{display:none}}",
        "@supports not (display:grid){.h{display:none}}",
        "@page{.h{display:none}}",
        ".c .h:hover{display:none}",
        ".c .h::before{display:none}",
        ".c .h:sorcery{display:none}",
        ".c > .h{display:none}",
        ".h .c{display:none}",
        ".h{display:none} .c .h{display:inline}",
        ".c .h{display:inline} .h{display:none}",
        ".h{display:none} span{display:inline !important}",
        "@layer x{.c .h{display:none}} .h{display:inline}",
        ".h, .q{{display:none}",
        "..h{display:none}",
        ".h, ..q{display:none}",
        ".h{.q{display:none}}",
        ".h{height:0;overflow:hidden}",
        ".h{text-indent:-9999px}",
        ".v{height:0;overflow:hidden}",
        "#m{text-indent:-9999px}",
        ".v{color:#fff;background:#08c}",
        "tr{background:#08c url(a.png)} .h{color:#08c}",
        '.h{background:url("};.h{display:none}")}',
        "@media print{.h{display:none}",
        ".h{opacity:0;animation:show 1s forwards} @keyframes show{to{opacity:1}}",
        ".h{opacity:0} .c .h{animation-name:show}",
        "@keyframes hide{.h{display:none}}",
    ],
)
def test_a_sheet_that_hides_nothing_on_a_desk_top_leaves_all(sheet: str) -> None:
    page = _cell(sheet)
    assert page.text.split() == ["规章", "89"]
    assert page.hidden == ()
    assert page.doubts == ()


@pytest.mark.parametrize(
    ("style", "reason"),
    [
        ("display:none", "hidden"),
        ("visibility:hidden", "hidden"),
        ("opacity:0", "hidden"),
        ("color:transparent", "hidden"),
        ("position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)", "hidden"),
        ("clip-path:inset(50%)", "hidden"),
        ("font-size:0", "tiny"),
        ("font:0/0 a", "tiny"),
        ("color:#fff", "white"),
        ("color:hsl(0,0%,100%)", "white"),
        ("color:#08c;background:rgb(0,136,204)", "white"),
        ("color:navy;background:#000080", "white"),
        ("position:absolute;left:-9999px", "off_page"),
        ("position:fixed;left:-100%", "off_page"),
    ],
)
def test_a_figure_hidden_by_a_sheet_is_recorded(style: str, reason: str) -> None:
    page = _cell(f".c .h{{{style}}}")
    assert page.text.split() == ["规章", "9"]
    assert [(h.text, h.reason) for h in page.hidden] == [("8", reason)]


def test_the_colour_behind_a_text_may_be_stated_around_it() -> None:
    page = _cell("#m tr{background:#08c} .v{color:#08c}", "8")
    assert [(h.text, h.reason) for h in page.hidden] == [("8", "white")]
    page = _cell("#m tr{background:#08c} .v{background:none;color:#fff}", "8")
    assert page.text.split() == ["规章", "8"]


@pytest.mark.parametrize(
    ("around", "sheet"),
    [
        ("font-size:0", ".h{font-size:14px}"),
        ("visibility:hidden", ".c .h{visibility:visible}"),
        ("display:none", "div i{display:block!important}"),
    ],
)
def test_a_sheet_shows_what_stands_in_something_hidden(around: str, sheet: str) -> None:
    page = read_page(
        f"<!DOCTYPE html><style>{sheet}</style><div class=c>看<i style='{around}'>"
        "<b class=h>见</b></i></div>"
    )
    assert "见" in page.text


def test_a_size_that_goes_by_the_text_around_is_as_small_as_that() -> None:
    page = read_page("<p>9<b style='font-size:0'><i style='font-size:1.2em'>8</i></b></p>")
    assert texts(page) == ["9"]
    page = read_page("<p>9<b style='font-size:0'><font size=3>8</font></b></p>")
    assert texts(page) == ["98"]


def test_what_an_element_holds_important_overrules_the_sheet() -> None:
    page = _cell(
        ".h{display:none!important}", '<span class="h" style="display:inline!important">8</span>9'
    )
    assert page.text.split() == ["规章", "89"]


def test_old_pages_do_not_hand_size_and_colour_down_to_tables() -> None:
    body = '<div style="font-size:0;color:#fff"><table><tr><td>规章<td>9</table></div>'
    assert read_page(f"<html>{body}").text.split() == ["规章", "9"]
    assert read_page(f"<!DOCTYPE html><html>{body}").text.split() == []


def test_a_page_for_screens_of_two_sizes_is_read_once() -> None:
    sheet = ".pc{display:none} @media (min-width:992px){.pc{display:block} .mob{display:none}}"
    table = "<table><tr><td>规章<td>0<tr><td>行政许可<td>5</table>"
    page = read_page(
        f"<!DOCTYPE html><style>{sheet}</style><p>报告<div class=pc>{table}</div>"
        f"<div class=mob>{table}</div>"
    )
    assert len(page.tables) == 1
    assert [h.text for h in page.hidden] == ["规章 0 行政许可 5"]


def test_line_breaks_that_a_sheet_keeps_end_paragraphs() -> None:
    page = read_page(
        "<style>.t{white-space:pre-wrap}</style><div class=t>一、总体情况\n全年公开</div>"
    )
    assert texts(page) == ["一、总体情况", "全年公开"]


def test_a_list_without_numbers_by_a_sheet_has_none() -> None:
    page = read_page("<style>.n{list-style:none}</style><ol class=n><li>甲</ol><ol><li>乙</ol>")
    assert texts(page) == ["甲", "1.乙"]


@pytest.mark.parametrize(
    "sheet",
    [
        "p:nth-child(2n+1){display:none}" * 200,
        ".a ~ .a ~ .a{display:none}" * 100,
        ":not(" * 300 + "p" + ")" * 300 + "{display:none}",
        "(" * 10_000 + "{display:none}",
        "@media screen{" * 2_000 + "p{display:none}",
        ".a" * 10_000 + "{display:none}",
        "p{" * 5_000 + "display:none",
        "+ + +{display:none}>{display:none}{display:none}.{display:none}",
        "@import url(http://a.invalid/x.css);@import 'y';",
    ],
)
def test_senseless_sheets_are_survived_in_short_time(sheet: str) -> None:
    page = read_page(f"<style>{sheet}</style><body><h1>看</h1>" + "<p class=a>x</p>" * 2_000)
    assert page.text.startswith("看")


def test_a_sheet_that_is_too_long_is_told() -> None:
    selectors = ",".join(f".a{n}" for n in range(10_000))
    page = read_page(f"<style>{selectors}{{display:none}}</style><h1>看</h1><p class=a>8</p>")
    (doubt,) = page.doubts
    assert "样式表太长" in doubt.message


def test_rows_and_columns_taken_out_by_a_sheet_are_not_in_the_grid() -> None:
    page = read_page(
        "<!DOCTYPE html><style>tr.x{visibility:collapse} col.y{visibility:collapse}</style>"
        "<table><col><col class=y><col><tr><td>甲<td>7<td>1<tr class=x><td>乙<td>8<td>2"
        "<tr><td colspan=2>丙<td>3</table>"
    )
    assert grid(page.tables[0]) == [
        (0, 0, 1, 1, "甲"), (0, 1, 1, 1, "1"), (1, 0, 1, 1, "丙"), (1, 1, 1, 1, "3"),
    ]  # fmt: skip
    assert [h.text for h in page.hidden] == ["乙 8 2", "7"]
