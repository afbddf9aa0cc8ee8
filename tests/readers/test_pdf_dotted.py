"""Tables with borders of dots: nobody looks for lines that the table finder leaves out."""

import pytest

from checker.readers.pdf import read_pdf
from checker.readers.pdf_load import load_pdf
from checker.settings import Limits
from tests.pdf_maker import PdfPage, make_pdf

XS = [80, 260, 350, 440]
ROWS = [
    ["信息内容", "本年制发件数", "本年废止件数"],
    ["规章", "1", "2"],
    ["行政规范性文件", "3", "4"],
]


def _with_borders(piece: float, gap: float) -> bytes:
    """A table whose lines are made of pieces, the last one of a line cut to fit."""
    made = PdfPage()

    def draw(x0: float, top0: float, x1: float, top1: float) -> None:
        length, at = max(x1 - x0, top1 - top0), 0.0
        while at + piece <= length:
            x, top = (x0 + at, top0) if x1 > x0 else (x0, top0 + at)
            across = piece if x1 > x0 else 0.5
            made.fill(x, top, x + across, top + (0.5 if x1 > x0 else piece))
            at += piece + gap

    made.grid(XS, [100, 130, 160, 190], ROWS, draw=draw, size=9)
    made.text(80, 60, "本机关认真履行法定职责，及时准确公开各类信息。")
    return make_pdf(made)


def _searched(data: bytes) -> bool:
    (page,) = load_pdf(data, name="a.pdf", limits=Limits()).pages
    return page.ruled


def test_dots_are_not_searched_for_tables_and_the_table_is_read_by_places() -> None:
    data = _with_borders(0.75, 0.75)
    assert not _searched(data)
    (table,) = read_pdf(data, name="a.pdf", limits=Limits()).tables
    figures = [c.text for c in table.cells if c.text.isdigit()]
    assert figures == ["1", "2", "3", "4"]


@pytest.mark.parametrize(("piece", "gap"), [(6.0, 1.5), (30.0, 0.0)])
def test_pieces_that_make_lines_are_searched(piece: float, gap: float) -> None:
    data = _with_borders(piece, gap)
    assert _searched(data)
    (table,) = read_pdf(data, name="a.pdf", limits=Limits()).tables
    assert table.geometry == "grid"
    assert [c.text for c in table.cells] == [text for row in ROWS for text in row]


def test_short_dashes_are_searched() -> None:
    assert _searched(_with_borders(2.0, 1.0))


def test_a_few_dots_beside_lines_change_nothing() -> None:
    made = PdfPage()
    made.grid(XS, [100, 130, 160, 190], ROWS, size=9)
    made.text(80, 60, "本机关认真履行法定职责，及时准确公开各类信息。")
    for at in range(200):
        made.fill(80 + at, 80, 80.5 + at, 80.5)
    data = make_pdf(made)
    assert _searched(data)
    (table,) = read_pdf(data, name="a.pdf", limits=Limits()).tables
    assert [c.text for c in table.cells] == [text for row in ROWS for text in row]
