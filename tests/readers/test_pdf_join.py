"""A page break through the heading rows of table four."""

from collections.abc import Sequence

from checker.readers.pdf_cells import FieldCell, Fragment
from checker.readers.pdf_join import join_fragments
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
