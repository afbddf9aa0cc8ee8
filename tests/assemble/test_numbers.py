"""What a cell prints and what it is understood as."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.assemble.numbers import parse_cell, parse_chinese_numeral

LARGEST = 10**15 - 1
FIGURES = "零一二三四五六七八九"
FULL_WIDTH = str.maketrans("0123456789,", "０１２３４５６７８９，")


def four_digits(number: int) -> str:
    """A number below 10 000 in Chinese, with 零 for every gap, without one in front."""
    parts: list[str] = []
    gap = False
    for power, scale in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            parts.append(("零" if gap and parts else "") + FIGURES[digit] + scale)
            gap = False
        else:
            gap = True
    return "".join(parts)


def chinese(number: int) -> str:
    """A number below 10 ** 16 in Chinese, written out in full."""
    if number == 0:
        return "零"
    text = ""
    for power, scale in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // power if power == 10**8 else number // power % 10**4
        if not part:
            continue
        below = chinese(part) if part >= 10**4 else four_digits(part)
        needs_zero = text and (part < 1000 or number // power // 10**4 % 10**4 == 0)
        text += ("零" if needs_zero and not below.startswith("零") else "") + below + scale
    return text


@settings(deadline=None)
@given(st.integers(0, LARGEST))
def test_an_integer_parses_back_from_every_notation(number: int) -> None:
    printed = (
        str(number),
        f"{number:,}",
        f"{number:,}".replace(",", " "),
        str(number).translate(FULL_WIDTH),
        f"{number:,}".translate(FULL_WIDTH),
        f" {number}件",
        f"{number}（其中修订1件）",
        f"{number}.0" if number < 10**14 else str(number),
    )
    for text in printed:
        assert parse_cell(text).value == number, text


@settings(deadline=None)
@given(st.integers(0, LARGEST))
def test_an_integer_parses_back_from_a_chinese_numeral(number: int) -> None:
    assert parse_chinese_numeral(chinese(number)) == number
    assert parse_cell(chinese(number)).value == number


@settings(deadline=None)
@given(st.integers(1, LARGEST))
def test_signs_are_read(number: int) -> None:
    for text in (f"-{number}", f"－{number}", f"--{number}", f"减{number}", f"↓{number}"):
        assert parse_cell(text).value == -number, text
    for text in (f"+{number}", f"＋{number}", f"增{number}", f"↑{number}"):
        assert parse_cell(text).value == number, text


@settings(deadline=None)
@given(st.decimals(0, 10**9, places=4))
def test_yuan_becomes_ten_thousand_yuan_exactly(amount: Decimal) -> None:
    assert parse_cell(f"{amount}元", unit="万元").value == amount / 10000
    assert parse_cell(f"{amount}万元", unit="万元").value == amount


NUMERIC = "0123456789０９.,，．+-－（）() \n一二三十百千万亿零〇两元件条增减↑↓%余约其中"


@settings(deadline=None)
@given(st.one_of(st.text(), st.text(alphabet=NUMERIC, max_size=12)))
def test_any_text_is_understood_or_left(text: str) -> None:
    for unit in (None, "万元", "件"):
        cell = parse_cell(text, unit=unit)
        assert (cell.value is not None) == (cell.presence == "given")
        assert cell.printed == text.strip()
        assert parse_cell(text, unit=unit) == cell


@pytest.mark.parametrize(
    ("printed", "value", "unit", "notation"),
    [
        ("0", "0", None, ()),
        ("00", "0", None, ()),
        ("5120.36", "5120.36", None, ()),
        ("１２", "12", None, ("full_width",)),
        ("1,234", "1234", None, ("thousands",)),
        ("1\u2009234\u2009567", "1234567", None, ("thousands",)),
        ("18件", "18", "件", ("unit",)),
        ("18 宗", "18", "宗", ("unit",)),
        ("18（件）", "18", "件", ("unit",)),
        ("360000元", "360000", "元", ("unit",)),
        ("160.5964万元", "1605964", "万元", ("unit",)),
        ("3.2亿元", "320000000", "亿元", ("unit",)),
        ("1.8万", "18000", "万", ("unit",)),
        ("3千", "3000", "千", ("unit",)),
        ("￥36", "36", "元", ("unit",)),
        ("一百零三", "103", None, ("chinese",)),
        ("十二", "12", None, ("chinese",)),
        ("两千", "2000", None, ("chinese",)),
        ("廿", "20", None, ("chinese",)),
        ("卅五", "35", None, ("chinese",)),
        ("〇", "0", None, ("chinese",)),
        ("壹佰贰拾叁", "123", None, ("chinese",)),
        ("二〇二三", "2023", None, ("chinese",)),
        ("三件", "3", "件", ("chinese", "unit")),
        ("+19", "19", None, ("sign",)),
        ("-8", "-8", None, ()),
        ("－8", "-8", None, ("full_width",)),
        ("--253", "-253", None, ("sign",)),
        ("减4", "-4", None, ("sign",)),
        ("增1558", "1558", None, ("sign",)),
        ("↑3", "3", None, ("sign",)),
        ("3↓", "-3", None, ("sign",)),
    ],
)
def test_a_number_is_given(
    printed: str, value: str, unit: str | None, notation: tuple[str, ...]
) -> None:
    cell = parse_cell(printed)
    assert cell.presence == "given"
    assert (str(cell.value), cell.unit, cell.notation) == (value, unit, notation)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("36", "36"),
        ("360000元", "36"),
        ("160.5964万元", "160.5964"),
        ("2601.953875万", "2601.953875"),
        ("3.2亿元", "32000"),
        ("36（万元）", "36"),
        ("二十万元", "20"),
    ],
)
def test_money_is_given_in_the_unit_of_the_column(printed: str, value: str) -> None:
    assert parse_cell(printed, unit="万元").value == Decimal(value)


@pytest.mark.parametrize("printed", ["3千", "十万", "18件", "3人次"])
def test_a_unit_that_does_not_fit_the_column_gives_no_value(printed: str) -> None:
    assert parse_cell(printed, unit="万元").presence == "unreadable"


@pytest.mark.parametrize(
    ("printed", "value", "remark"),
    [
        ("15（其中修订 4 件）", 15, "其中修订 4 件"),
        ("55（含自然失效29件）", 55, "含自然失效29件"),
        ("15(其中修订4件)", 15, "其中修订4件"),
        ("15，其中修订４件", 15, "其中修订４件"),
        ("0（无此项）", 0, "无此项"),
    ],
)
def test_a_remark_stands_beside_the_number(printed: str, value: int, remark: str) -> None:
    cell = parse_cell(printed)
    assert (cell.value, cell.remark) == (Decimal(value), remark)
    assert "remark" in cell.notation


@pytest.mark.parametrize(
    "printed", ["1 6", "1\n6", "12 34", "1234 567", "0 000", "7 0 0", "1\n234"]
)
def test_a_number_broken_by_white_space_has_two_readings(printed: str) -> None:
    cell = parse_cell(printed)
    assert cell.presence == "unreadable"
    assert cell.notation == ("broken",)


@pytest.mark.parametrize(
    "printed",
    [
        "⁇12",
        "5%",
        "016",
        "1,23",
        "5/6",
        "（5）",
        "约5",
        "5余",
        "减-4",
        "一百三",
        "三四",
        "1" * 16,
        "1" * 12 + "万",
        "2023年",
        "1.2.3",
        "5.",
        "1,",
        "12、",
        "12。。",
        "1 6。",
        "约5。",
    ],
)
def test_a_number_of_uncertain_extent_is_unreadable(printed: str) -> None:
    assert parse_cell(printed).presence == "unreadable"


@pytest.mark.parametrize("printed", ["", " ", "\u3000", "\n\t", "\u00a0"])
def test_white_space_is_blank(printed: str) -> None:
    assert parse_cell(printed).presence == "blank"


@pytest.mark.parametrize("printed", ["/", "-", "—", "－", "_", "――", "--", "——", "／", "- -"])
def test_strokes_alone_are_a_dash(printed: str) -> None:
    assert parse_cell(printed).presence == "dash"


@pytest.mark.parametrize(
    "printed", ["无", "无。", "无此项", "不适用", "N/A", "×", "XX", "…", "增", "件", "+"]
)
def test_words_are_words(printed: str) -> None:
    assert parse_cell(printed).presence == "words"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "百",
        "万",
        "三四",
        "一百三",
        "一万五",
        "3千余",
        "十五十",
        "一百零",
        "零三",
        "二是",
        "一二",
    ],
)
def test_no_numeral_is_guessed(text: str) -> None:
    assert parse_chinese_numeral(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一百零三", 103),
        ("一百一十二", 112),
        ("一百十二", 112),
        ("一千二十三", 1023),
        ("一万零五", 10005),
        ("一万二千亿", 1_2000_0000_0000),
        ("十万", 100000),
        ("1.8万", 18000),
        ("3.2亿", 320_000_000),
        ("5百万", 5_000_000),
    ],
)
def test_numerals_are_read(text: str, value: int) -> None:
    assert parse_chinese_numeral(text) == value


def test_a_long_cell_takes_no_time() -> None:
    for text in (" " * 300 + "x", "1 " * 150, "(" * 300, "0" * 100_000, "三" * 100_000, "a " * 149):
        assert parse_cell(text).value is None


@pytest.mark.parametrize(
    ("printed", "unit", "value", "notation"),
    [
        ("+2", "件", "2", ("sign",)),
        ("-2", "件", "-2", ()),
        ("负4", "件", "-4", ("sign",)),
        ("02", "件", "2", ("leading_zero",)),
        ("12万5千元", "万元", "12.5", ("unit",)),
        ("12万5千", "件", "125000", ()),
        ("壹万元整", "万元", "1", ("chinese", "unit")),
        ("5元整", "元", "5", ("unit",)),
        ("12。", "件", "12", ("mark",)),
        ("12；", "件", "12", ("mark",)),
        ("12，", "件", "12", ("mark",)),
        ("１２ ;", "件", "12", ("full_width", "mark")),
        ("12件。", "件", "12", ("unit", "mark")),
    ],
)
def test_unusual_figures_with_one_reading_are_read(
    printed: str, unit: str, value: str, notation: tuple[str, ...]
) -> None:
    cell = parse_cell(printed, unit=unit)
    assert (cell.value, cell.notation) == (Decimal(value), notation)


@pytest.mark.parametrize(
    ("printed", "unit"), [("12万5千", "万元"), ("12万5", "件"), ("负负4", "件"), ("0 2", "件")]
)
def test_unusual_figures_with_two_readings_are_not_read(printed: str, unit: str) -> None:
    assert parse_cell(printed, unit=unit).presence == "unreadable"
