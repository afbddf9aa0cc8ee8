"""What a file holds of the official tables and nobody sees, and labels that are taken back."""

import re

import pytest

from checker.domain.run import CheckRun
from checker.pipeline import check_report
from tests.builders import clean_report
from tests.readers.files import docx, p, r, tbl, tc, tr
from tests.renderers import to_html

_ROW = "二、上年结转政府信息公开申请数量"
_PAGE = to_html(clean_report("2021")).decode()


def _run(page: str) -> CheckRun:
    return check_report(page.encode(), name="报告.html")


def _told(run: CheckRun, rule: str) -> list[tuple[str, str]]:
    return [(f.verdict, f.message) for f in run.findings if f.rule == rule]


def _third_table(before: str, attribute: str = "", behind: str = "") -> str:
    start = _PAGE.index("<table", _PAGE.index("<h2>三、"))
    end = _PAGE.index("</table>", start) + len("</table>")
    table = _PAGE[start:end].replace("<table", f"<table {attribute}", 1)
    return _PAGE[:start] + before + table + behind + _PAGE[end:]


def _with_row(row: str) -> str:
    found = re.search(rf"<tr>(<td[^>]*>){_ROW}</td>(.*?)</tr>", _PAGE)
    assert found is not None
    return _PAGE.replace(found[0], row.format(label=f"{found[1]}{_ROW}</td>", cells=found[2]))


@pytest.mark.parametrize(
    "page",
    [
        _third_table("", "style='display:none'"),
        _third_table("", "hidden"),
        _third_table("<div style='visibility:hidden'>", "", "</div>"),
        _third_table("<style>table.x td{color:#fff}</style>", "class=x"),
        _third_table("<style>.y .x{font-size:0}</style><div class=y>", "class=x", "</div>"),
        _third_table("<details><summary>点开看表</summary>", "", "</details>"),
    ],
)
def test_a_hidden_table_is_not_told_as_missing(page: str) -> None:
    run = _run(page)
    ((verdict, message),) = _told(run, "F102")
    assert verdict == "review"
    assert "文件里有这张表，但页面上看不见" in message
    ((verdict, message),) = _told(run, "W106")
    assert verdict == "review"
    assert f"表三的“一、本年新收政府信息公开申请数量”、“{_ROW}”" in message
    assert "等25行，公众看不到" in message


def test_table_four_may_be_hidden_as_well() -> None:
    start = _PAGE.index("<table", _PAGE.index("<h2>四、"))
    run = _run(_PAGE[:start] + "<table hidden" + _PAGE[start + len("<table") :])
    assert "没有看到表四" in _told(run, "F102")[0][1]
    assert "看不见的表格内容（设为隐藏）：表四，公众看不到" in _told(run, "W106")[0][1]


def test_a_hidden_copy_of_a_table_is_nothing_to_tell() -> None:
    start = _PAGE.index("<table", _PAGE.index("<h2>三、"))
    table = _PAGE[start : _PAGE.index("</table>", start)] + "</table>"
    assert _told(_run(_third_table(f"<div hidden>{table}</div>")), "W106") == []
    other = table.replace(">66<", ">67<")
    assert other != table
    ((_, message),) = _told(_run(_third_table(f"<div hidden>{other}</div>")), "W106")
    assert "表三的“一、本年新收政府信息公开申请数量”行" in message


@pytest.mark.parametrize(
    ("row", "how"),
    [
        ("<tr style='display:none'>{label}{cells}</tr>", "设为隐藏，看不见"),
        ("<tr style='visibility:collapse'>{label}{cells}</tr>", "设为隐藏，看不见"),
        ("<tr style='color:#fff'>{label}{cells}</tr>", "字色与底色相同，看不见"),
        ("<tr style='text-decoration:line-through'>{label}{cells}</tr>", "加了删除线"),
    ],
)
def test_a_row_that_is_hidden_or_struck_is_told_so(row: str, how: str) -> None:
    run = _run(_with_row(row))
    assert f"缺少“{_ROW}”行（这一行{how}）" in _told(run, "F103")[0][1]
    hidden = "看不见" in how
    assert bool(_told(run, "W106")) == hidden


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("<s>{}</s>", "的行名加了删除线"),
        ("<del>{}</del>", "的行名已在修订中删除"),
        ("<font color=white>{}</font>", "的行名字色与底色相同，看不见"),
        ("<!--{}-->", "没有印行名"),
    ],
)
def test_a_label_that_is_taken_back_is_told_so(label: str, told: str) -> None:
    run = _run(_PAGE.replace(f">{_ROW}<", f">{label.format(_ROW)}<", 1))
    ((_, message),) = _told(run, "F103")
    assert f"“{_ROW}”行{told}" in message
    assert "印作“”" not in message


def test_a_struck_label_in_a_word_file_is_told_so() -> None:
    rows = [("规章", r("规章", "<w:strike/>")), ("行政规范性文件", r("行政规范性文件"))]
    table = tbl(
        tr("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
        *(tr(tc(p(label)), "0", "0", "0") for _, label in rows),
        tr("信息内容", "本年处理决定数量"),
        tr("行政许可", "1"),
    )
    data = docx(p("甲县政府信息公开工作年度报告") + p("二、主动公开政府信息情况") + table)
    ((_, message), *_) = _told(check_report(data, name="报告.docx"), "F103")
    assert "“规章”行的行名加了删除线" in message or "“规章”行（这一行加了删除线）" in message


def test_hidden_headings_and_sentences_between_the_lines_are_told() -> None:
    place = _PAGE.index("<h2>三、")
    sentence = "对照检查的结果已经逐项进行了整改落实，并持续跟踪问效。"
    page = f"{_PAGE[:place]}<p hidden>{sentence}</p>{_PAGE[place:]}"
    ((_, message),) = _told(_run(page.replace("<h2>六、", "<h2 hidden>六、")), "W106")
    assert sentence[:20] in message
    assert "六、其他需要报告的事项" in message


def test_hidden_figures_of_one_row_are_quoted_together() -> None:
    page = _with_row("<tr>{label}" + "<td hidden>8</td><td hidden>7</td>" + "{cells}</tr>")
    ((_, message),) = _told(_run(page), "W106")
    assert "“8 7”" in message
