"""Page breaks through heads, labels and figures; heads printed again on every page."""

from collections.abc import Sequence

import pytest

from checker.readers.pdf_cells import FieldCell, Fragment
from checker.readers.pdf_join import join_fragments, relation
from checker.readers.pdf_shapes import Box

XS = (0.0, 40.0, 80.0, 120.0)
BOX = Box(0, 0, 120, 20)
Spec = tuple[str, int, int, int]


def _part(page: int, rows: int, cells: Sequence[Spec]) -> Fragment:
    """A part of a table; a cell is text, row, column, row span."""
    placed = tuple(FieldCell(t, r, c, span, 1, BOX) for t, r, c, span in cells)
    return Fragment(page, BOX, XS, rows, placed)


def _joined(upper: Fragment, lower: Fragment) -> list[tuple[str, int, int, int]]:
    table = join_fragments([upper, lower])
    assert table.uncertain == ()
    return [(c.text, c.row, c.column, c.row_span) for c in table.cells]


def test_halves_of_merged_heads_are_one_label_each() -> None:
    upper = _part(1, 1, [("结果", 0, 0, 1), ("其他", 0, 1, 1), ("总计", 0, 2, 1)])
    lower = _part(2, 2, [
        ("维持", 0, 0, 1), ("结果", 0, 1, 1), ("", 0, 2, 1),
        ("3", 1, 0, 1), ("1", 1, 1, 1), ("4", 1, 2, 1),
    ])  # fmt: skip
    assert [t[0] for t in _joined(upper, lower)] == ["结果维持", "其他结果", "总计", "3", "1", "4"]


def test_a_half_may_be_a_short_form_of_the_label() -> None:
    upper = _part(1, 1, [("结果维", 0, 0, 1), ("尚", 0, 1, 1), ("总", 0, 2, 1)])
    lower = _part(2, 2, [
        ("持", 0, 0, 1), ("未审结", 0, 1, 1), ("计", 0, 2, 1),
        ("3", 1, 0, 1), ("", 1, 1, 1), ("4", 1, 2, 1),
    ])  # fmt: skip
    assert _joined(upper, lower) == [
        ("结果维持", 0, 0, 1), ("尚未审结", 0, 1, 1), ("总计", 0, 2, 1),
        ("3", 1, 0, 1), ("", 1, 1, 1), ("4", 1, 2, 1),
    ]  # fmt: skip


def test_a_blank_figure_below_a_mended_head_stays_a_cell() -> None:
    upper = _part(1, 2, [
        ("结果", 0, 0, 2), ("其他", 0, 1, 2), ("总计", 0, 2, 2),
    ])  # fmt: skip
    lower = _part(2, 2, [
        ("维持", 0, 0, 1), ("结果", 0, 1, 1), ("", 0, 2, 1),
        ("3", 1, 0, 1), ("", 1, 1, 1), ("4", 1, 2, 1),
    ])  # fmt: skip
    assert [t[0] for t in _joined(upper, lower)][3:] == ["3", "", "4"]


def test_two_rows_of_whole_labels_stay_two_rows() -> None:
    upper = _part(1, 1, [("自然人", 0, 0, 1), ("商业企业", 0, 1, 1), ("总计", 0, 2, 1)])
    lower = _part(2, 1, [("维持", 0, 0, 1), ("其他结果", 0, 1, 1), ("总计", 0, 2, 1)])
    assert {t[1] for t in _joined(upper, lower)} == {0, 1}


LABEL = "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"
HEAD: tuple[Spec, ...] = (("申请人情况", 0, 0, 1), ("自然人", 0, 1, 1), ("总计", 0, 2, 1))


def _texts(*parts: Fragment) -> list[list[str]]:
    table = join_fragments(parts)
    found: dict[int, list[str]] = {}
    for cell in table.cells:
        found.setdefault(cell.row, []).append(cell.text)
    return list(found.values())


def _rows(page: int, *rows: tuple[str, str, str], full: frozenset[int] = frozenset()) -> Fragment:
    """A part of a table below its repeated head."""
    cells = [(t, n, c, 1) for n, row in enumerate(rows, start=1) for c, t in enumerate(row)]
    return _part(page, len(rows) + 1, [*HEAD, *cells])._replace(full=full)


def test_a_label_may_be_cut_by_two_page_breaks() -> None:
    parts = (
        _rows(1, ("5.重复申请", "1", "1"), (LABEL[:6], "0", "2")),
        _rows(2, (LABEL[6:20], "", "")),
        _rows(3, (LABEL[20:], "", ""), ("3.其他", "4", "4")),
    )
    assert _texts(*parts)[2:] == [[LABEL, "0", "2"], ["3.其他", "4", "4"]]
    assert join_fragments(parts).uncertain == ()


def test_only_the_ordinal_of_a_label_may_stand_above_the_break() -> None:
    parts = _rows(1, ("1.", "0", "2")), _rows(2, (LABEL[2:], "", ""), ("3.其他", "4", "4"))
    assert _texts(*parts)[1:] == [[LABEL, "0", "2"], ["3.其他", "4", "4"]]
    group = _rows(1, ("（", "0", "2")), _rows(2, ("六）其他处理", "", ""))
    assert _texts(*group)[1:] == [["（六）其他处理", "0", "2"]]


def test_the_piece_above_may_be_a_label_by_itself_if_no_figures_are_below() -> None:
    parts = _rows(1, (LABEL[:15], "0", "2")), _rows(2, (LABEL[15:], "", ""))
    assert _texts(*parts)[1:] == [[LABEL, "0", "2"]]


def test_figures_beside_an_unknown_text_at_a_page_break_are_not_called_blank() -> None:
    parts = _rows(1, ("1.逾期未", "0", "2")), _rows(2, ("补齐材料的申请", "", ""))
    assert _texts(*parts)[2] == ["补齐材料的申请", "⁇", "⁇"]
    assert join_fragments(parts).uncertain == ("补齐材料的申请",)


def test_a_repeated_head_may_have_a_blank_corner() -> None:
    upper, lower = _rows(1, ("3.其他", "4", "4")), _rows(2, ("（七）总计", "9", "9"))
    blank = [f._replace(cells=(f.cells[0]._replace(text=""), *f.cells[1:])) for f in (upper, lower)]
    assert len(_texts(*blank)) == 3


def test_a_row_with_figures_may_be_repeated_as_part_of_the_head() -> None:
    rows = ("规章", "0", "8"), ("行政强制", "3", "3")
    upper = _rows(1, ("规章", "0", "8"), ("行政许可", "1", "1"))
    assert relation(upper, _rows(2, *rows)) == "one"
    assert [row[0] for row in _texts(upper, _rows(2, *rows))[1:]] == [
        "规章",
        "行政许可",
        "行政强制",
    ]
    other = _rows(2, ("规章", "1", "8"), ("行政强制", "3", "3"))
    assert relation(upper, other) == "apart"


def test_values_below_heads_on_the_page_before_are_a_row_of_their_own() -> None:
    upper = _part(1, 1, [("结果维持", 0, 0, 1), ("其他结果", 0, 1, 1), ("总计", 0, 2, 1)])
    lower = _part(2, 1, [("3", 0, 0, 1), ("1", 0, 1, 1), ("4", 0, 2, 1)])
    assert _texts(upper, lower) == [["结果维持", "其他结果", "总计"], ["3", "1", "4"]]


def test_figures_that_fill_their_column_go_on_behind_the_page_break() -> None:
    upper = _rows(1, ("（七）总计", "123", "12"), full=frozenset({1, 2}))
    assert _texts(upper, _rows(2, ("", "45", "")))[1:] == [["（七）总计", "12345", "12"]]
    cut = _rows(1, ("（七）总", "123", "12"), full=frozenset({1, 2})), _rows(2, ("计", "45", "6"))
    assert _texts(*cut)[1:] == [["（七）总计", "12345", "126"]]


def test_figures_that_do_not_all_fill_their_columns_are_not_put_together() -> None:
    upper = _rows(1, ("（七）总计", "123", "12"), full=frozenset({1}))
    assert _texts(upper, _rows(2, ("", "45", "6")))[1:] == [["（七）总计", "⁇123\n45", "⁇12\n6"]]


def test_figures_of_table_four_go_on_below_its_repeated_heads() -> None:
    heads = [("行政复议", 0, 0, 1), ("结果维持", 0, 1, 1), ("总计", 0, 2, 1)]
    upper = _part(1, 2, [*heads, ("1", 1, 0, 1), ("2", 1, 1, 1), ("3", 1, 2, 1)])
    lower = _part(2, 2, [*heads, ("4", 1, 0, 1), ("5", 1, 1, 1), ("6", 1, 2, 1)])
    assert relation(upper, lower) == "apart"
    upper = upper._replace(full=frozenset({0, 1, 2}))
    assert relation(upper, lower) == "one"
    assert _texts(upper, lower)[1] == ["14", "25", "36"]


def test_a_blank_behind_a_page_break_may_be_the_rest_of_a_merged_cell() -> None:
    parts = _rows(1, ("一、本年新收", "6", "9")), _rows(2, ("二、上年结转", "", "1"))
    assert _texts(*parts)[2] == ["二、上年结转", "⁇", "1"]
    assert join_fragments(parts).open == ("二、上年结转",)


@pytest.mark.parametrize(
    ("above", "below"),
    [(("6", "9"), ("", "")), (("", "9"), ("", "1")), (("6", "9"), ("0", "1"))],
)
def test_other_rows_behind_a_page_break_are_what_they_are(
    above: tuple[str, str], below: tuple[str, str]
) -> None:
    parts = _rows(1, ("一、本年新收", *above)), _rows(2, ("二、上年结转", *below))
    assert _texts(*parts)[2] == ["二、上年结转", *below]
    assert join_fragments(parts).open == ()
