"""Table 四 in pieces below each other is read by its labels; printed twice it is a doubt."""

import re

import pytest

from checker.domain.run import CheckRun
from checker.pipeline import check_report
from tests.builders import clean_report
from tests.renderers import to_html

_TABLE = re.compile(r"<table.*?</table>", re.S)
_HEADS = "".join(f"<td>{h}</td>" for h in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))
_FIGURES = {"行政复议": "12317", "未经复议直接起诉": "01012", "复议后起诉": "30003"}


def _figures(*labels: str) -> str:
    return "".join(f"<td>{figure}</td>" for label in labels for figure in _FIGURES[label])


def _piece(*lines: str) -> str:
    return "".join(f"<tr>{line}</tr>" for line in lines)


def _head(label: str, columns: int = 5) -> str:
    return f'<td colspan="{columns}">{label}</td>'


def _part(*labels: str, above: tuple[str, ...] = ()) -> str:
    """Groups side by side with their heads and figures."""
    names = "".join(map(_head, labels))
    own = [re.split("[－:]", label)[-1] for label in labels]
    over = [_head(a, 5 * len(labels)) for a in above]
    return _piece(*over, names, _HEADS * len(labels), _figures(*own))


_REVIEW = _part("行政复议")
_SUED = _part("未经复议直接起诉", "复议后起诉", above=("行政诉讼",))
_DIRECT = _part("未经复议直接起诉", above=("行政诉讼",))
_AFTER = _part("复议后起诉")
_WHOLE = _part("行政复议", "未经复议直接起诉", "复议后起诉")


def _checked(*tables: str) -> CheckRun:
    """A clean report with these tables for table 四."""
    page = to_html(clean_report()).decode()
    own = list(_TABLE.finditer(page))[-1]
    text = "".join(f"<table border=1>{t}</table>" for t in tables)
    return check_report((page[: own.start()] + text + page[own.end() :]).encode(), name="a.html")


def _read(run: CheckRun) -> dict[str, str]:
    table = run.report.table("appeals")
    assert table is not None
    rows: dict[str, str] = {}
    for cell in table.cells:
        row = cell.address.split("/")[1]
        rows[row] = rows.get(row, "") + cell.value.printed
    return rows


@pytest.mark.parametrize(
    "tables",
    [
        (_REVIEW, _SUED),
        (_REVIEW + _SUED,),
        (_REVIEW, _DIRECT, _AFTER),
        (_REVIEW + _DIRECT + _AFTER,),
        (_REVIEW + _part("行政诉讼－未经复议直接起诉") + _part("行政诉讼－复议后起诉"),),
    ],
)
def test_pieces_below_each_other_are_read(tables: tuple[str, ...]) -> None:
    run = _checked(*tables)
    assert list(_read(run).values()) == list(_FIGURES.values())
    assert not [f.message for f in run.findings if f.rule == "F103"]
    assert not run.report.doubts


@pytest.mark.parametrize("tables", [(_WHOLE, _WHOLE), (_WHOLE + _WHOLE,)])
def test_the_table_printed_twice_is_a_doubt(tables: tuple[str, ...]) -> None:
    run = _checked(*tables)
    assert list(_read(run).values()) == list(_FIGURES.values())
    assert not [f.message for f in run.findings if f.rule == "F103"]
    (doubt,) = run.report.doubts
    assert "出现不止一次" in doubt.message
    assert "各次数字相同" in doubt.message


def test_a_second_line_of_figures_is_an_added_row() -> None:
    second = _piece(_figures("行政复议", "未经复议直接起诉", "复议后起诉"))
    note = _piece(_head("注：含上年结转", 15))
    for more in (second, note + second):
        (finding,) = [f for f in _checked(_WHOLE + more).findings if f.rule == "F103"]
        assert "多出一行没有行名的" in finding.message


def _fifteen(figure: str) -> str:
    return _piece(f"<td>{figure}</td>" * 15)


def test_rows_without_text_before_the_figures_are_skipped() -> None:
    at = _WHOLE.rindex("<tr>")
    run = _checked(_WHOLE[:at] + _fifteen("") * 2 + _WHOLE[at:])
    assert list(_read(run).values()) == list(_FIGURES.values())
    assert not run.findings


def test_of_two_lines_of_other_figures_none_is_taken() -> None:
    at = _WHOLE.rindex("<tr>")
    run = _checked(_WHOLE[:at] + _fifteen("0") + _WHOLE[at:])
    (doubt,) = run.report.doubts
    assert "没有参加核对" in doubt.message
    table = run.report.table("appeals")
    assert table is not None
    assert {c.value.presence for c in table.cells} == {"unreadable"}


def test_a_table_without_figures_stays_empty() -> None:
    at = _WHOLE.rindex("<tr>")
    run = _checked(_WHOLE[:at] + _fifteen(""))
    assert "F102" in {f.rule for f in run.findings}


@pytest.mark.parametrize("word", ["合计", "小计"])
def test_another_word_for_the_total_is_read_and_told(word: str) -> None:
    run = _checked(_WHOLE.replace("总计", word))
    assert list(_read(run).values()) == list(_FIGURES.values())
    (finding,) = run.findings
    assert finding.rule == "F103"
    assert word in finding.message
