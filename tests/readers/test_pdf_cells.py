"""Text of ruled cells: two readings of one cell, order of characters, places in the grid."""

from checker.readers.pdf_cells import Fragment, cell_text, read_fragment
from checker.readers.pdf_shapes import Box, CellReading, Glyph, PageContent, RuledTable


def glyph(char: str, x: float, top: float, order: int, *, sideways: bool = False) -> Glyph:
    return Glyph(
        char, x, top, x + 10, top + 10, x + 5, top + 5, order, doubtful=False, sideways=sideways
    )


def line(text: str, x: float, top: float, first: int = 0) -> list[Glyph]:
    return [glyph(char, x + 10 * n, top, first + n) for n, char in enumerate(text)]


def fragment(ours: list[Glyph], theirs: str) -> Fragment:
    """A table of two cells; the left one is read as ``ours`` and ``theirs``."""
    boxes = (Box(0, 0, 200, 40), Box(200, 0, 300, 40))
    table = RuledTable(
        Box(0, 0, 300, 40), (CellReading(boxes[0], theirs), CellReading(boxes[1], ""))
    )
    page = PageContent(number=1, width=600, height=800, glyphs=tuple(ours))
    return read_fragment(page, table)


def test_equal_readings_are_taken() -> None:
    found = fragment(line("10", 10, 10), "1 0")
    assert found.cells[0].text == "10"
    assert found.disagreements == ()


def test_different_figures_make_the_cell_unreadable() -> None:
    found = fragment(line("10", 10, 10), "1")
    assert found.cells[0].text == "⁇10／1"
    assert [(d.first, d.second) for d in found.disagreements] == [("10", "1")]


def test_digits_in_another_order_make_the_cell_unreadable() -> None:
    assert fragment(line("12", 10, 10), "21").cells[0].text == "⁇12／21"


def test_two_readings_must_agree_on_a_figure_that_its_column_breaks() -> None:
    lines = [*line("1234567890123456789", 5, 5), *line("5", 5, 20, 19)]
    assert fragment(lines, "1234567890123456789\n5").cells[0].text == "12345678901234567895"
    assert fragment(lines, "1234567890123456789").cells[0].text.startswith("⁇")


def test_a_lost_sign_makes_the_cell_unreadable() -> None:
    assert fragment(line("-5", 10, 10), "5").cells[0].text == "⁇-5／5"


def test_number_behind_its_label_is_only_another_order() -> None:
    found = fragment(line("1.属于国家秘密", 10, 10), "属于国家秘密1.")
    assert found.cells[0].text == "1.属于国家秘密"
    assert found.disagreements == ()


def test_compatibility_characters_are_no_difference() -> None:
    found = fragment(line("一行政", 10, 10), "⼀⾏政")
    assert found.cells[0].text == "一行政"
    assert found.disagreements == ()


def test_label_read_differently_is_kept_with_a_doubt() -> None:
    found = fragment(line("行政处罚", 10, 10), "行政强制")
    assert found.cells[0].text == "行政处罚"
    assert len(found.disagreements) == 1


def test_vertical_writing_of_a_neighbour_explains_a_surplus() -> None:
    vertical = [glyph("办", 400, 10, 50, sideways=True)]
    found = fragment([*line("5", 10, 10), *vertical], "办5")
    assert found.cells[0].text == "5"
    assert found.disagreements == ()


def test_vertical_writing_does_not_explain_other_digits() -> None:
    vertical = [glyph("3", 400, 10, 50, sideways=True)]
    assert fragment([*line("5", 10, 10), *vertical], "35").cells[0].text == "⁇5／35"


def test_figure_in_two_cells_makes_both_unreadable() -> None:
    found = fragment(line("12345", 170, 10), "123")
    assert [c.text[0] for c in found.cells] == ["⁇", "⁇"]
    assert found.spilled == ("123", "45")


def test_stacked_characters_are_read_downwards() -> None:
    stack = [glyph(char, 10, 11.0 * n, n) for n, char in enumerate("办理结果")]
    assert cell_text(stack) == "办理结果"


def test_text_turned_to_the_left_is_read_upwards() -> None:
    stack = [glyph(char, 10, 60 - 11.0 * n, n) for n, char in enumerate("办理结果")]
    assert cell_text(stack) == "办理结果"


def test_two_vertical_columns_are_read_from_the_right() -> None:
    right = [glyph(c, 30, 11.0 * n, n, sideways=True) for n, c in enumerate("本年度")]
    left = [glyph(c, 10, 11.0 * n, 9 + n, sideways=True) for n, c in enumerate("结果")]
    assert cell_text([*left, *right]) == "本年度结果"


def test_lines_of_digits_keep_their_break() -> None:
    assert cell_text([glyph("1", 10, 0, 0), glyph("0", 10, 12, 1)]) == "1\n0"


def test_spread_digits_keep_their_space() -> None:
    assert cell_text([glyph("1", 10, 0, 0), glyph("6", 26, 0, 1)]) == "1 6"


def test_characters_in_no_cell_are_strays() -> None:
    table = RuledTable(
        Box(0, 0, 200, 80),
        (
            CellReading(Box(0, 0, 100, 40), "甲"),
            CellReading(Box(100, 0, 200, 40), ""),
            CellReading(Box(0, 40, 100, 80), ""),
        ),
    )
    glyphs = (*line("甲", 10, 10), *line("7", 150, 60, first=5))
    found = read_fragment(PageContent(1, 600, 800, glyphs), table)
    assert [g.char for g in found.strays] == ["7"]
    assert 5 not in found.used


def test_a_border_around_cells_takes_nothing_from_them() -> None:
    boxes = (Box(0, 0, 300, 40), Box(100, 0, 300, 20), Box(100, 20, 300, 40))
    table = RuledTable(
        boxes[0], tuple(CellReading(b, t) for b, t in zip(boxes, ("12", "1", "2"), strict=True))
    )
    glyphs = (*line("1", 150, 5), *line("2", 150, 25, 1))
    found = read_fragment(PageContent(number=1, width=600, height=800, glyphs=glyphs), table)
    assert [(c.text, c.row, c.column) for c in found.cells] == [("1", 0, 1), ("2", 1, 1)]
    assert found.disagreements == ()
