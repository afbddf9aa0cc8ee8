"""Figures of a text: what counts something, what counts nothing, and how it is read."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.assemble.fold import fold_text
from checker.claims.figures import find_figures

DIGITS = "零一二三四五六七八九"


def figures(text: str) -> list[tuple[str, Decimal | None, str | None, str]]:
    folded = fold_text(text)
    return [
        (folded[f.start : f.end], f.value, f.unit, f.approximation) for f in find_figures(folded)
    ]


@pytest.mark.parametrize(
    ("text", "printed", "value", "unit", "approximation"),
    [
        ("公开信息1,058条", "1,058", "1058", "条", "exact"),
        ("公开信息１０５８条", "1058", "1058", "条", "exact"),
        ("申请一百零三件", "一百零三", "103", "件", "exact"),
        ("浏览量18万余次", "18万余", "180000", "次", "more_than"),
        ("浏览量1.8万次", "1.8万", "18000", "次", "exact"),
        ("收费3.5万元", "3.5万", "35000", "yuan", "exact"),
        ("投入3.2亿元", "3.2亿", "320000000", "yuan", "exact"),
        ("增长12.3%", "12.3%", "12.3", "percent", "exact"),
        ("占百分之十二点五", "百分之十二点五", "12.5", "percent", "exact"),
        ("近2000人次", "2000", "2000", "人次", "less_than"),
        ("约30篇", "30", "30", "篇", "about"),
        ("300条以上", "300", "300", "条", "more_than"),
        ("张贴十余条", "十余", "10", "条", "more_than"),
        ("收费金额为零", "零", "0", None, "exact"),
        ("下降三成", "三", "30", "成", "exact"),
        ("下降近三成", "三", "30", "成", "less_than"),
        ("增长3成以上", "3", "30", "成", "more_than"),
        ("增长一成", "一", "10", "成", "exact"),
        ("办结率达到九成八，", "九成八", "98", "成", "exact"),
        ("占三成五以上", "三成五", "35", "成", "more_than"),
        ("增加一倍", "一", "1", "倍", "exact"),
        ("翻了一番", "一", "1", "番", "exact"),
    ],
)
def test_a_figure_is_read(
    text: str, printed: str, value: str, unit: str | None, approximation: str
) -> None:
    assert figures(text) == [(printed, Decimal(value), unit, approximation)]


@pytest.mark.parametrize(
    "text",
    [
        "国办公开办函〔2021〕30号",
        "国务院令第711号",
        "2024年1月1日至12月31日",
        "电话：0700-1234567，邮编：223100",
        "编号2024-015的通知，受理号：XX202400017，文号为2024-3",
        "洪湖路90号3号楼502室",
        "拨打12345热线",
        "条例第五十条第（四）项",
        "一是加强领导，二是落实责任",
        "20个工作日内答复，24小时值守",
        "三安全一稳定、五公开、两个维护、十四五",
        "由六个部分组成，分五个方面",
        "一次性告知，一个窗口，一系列措施",
        "https://www.example.cn/2024/index.html",
        "全年未发生一起行政诉讼",
        "《2024年工作要点》",
    ],
)
def test_what_counts_nothing_is_no_figure(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "printed", "ends", "unit"),
    [
        ("召开会议3至5次", "3至5", (3, 5), "次"),
        ("每篇800-1,200字", "800-1,200", (800, 1200), "字"),
        ("培训三到五期", "三到五", (3, 5), "期"),
    ],
)
def test_a_range_is_one_figure_with_two_ends(
    text: str, printed: str, ends: tuple[int, int], unit: str
) -> None:
    folded = fold_text(text)
    (figure,) = find_figures(folded)
    assert folded[figure.start : figure.end] == printed
    low, high = ends
    assert (figure.lower, figure.upper) == (Decimal(low), Decimal(high))
    assert (figure.value, figure.unit) == (None, unit)


@given(st.integers(min_value=0, max_value=10**9), st.sampled_from(["件", "条", "次", "份"]))
def test_every_printed_number_is_read_as_itself(number: int, unit: str) -> None:
    for printed in (str(number), f"{number:,}"):
        assert figures(f"全年共收到申请{printed}{unit}。") == [
            (printed, Decimal(number), unit, "exact")
        ]


@given(st.integers(min_value=2, max_value=99))
def test_every_chinese_number_below_a_hundred_is_read(number: int) -> None:
    tens, ones = divmod(number, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    printed = lead + (DIGITS[ones] if ones else "")
    if printed in ("十",):  # 十件 is said of about ten as often as of ten
        return
    assert figures(f"收到申请{printed}件。") == [(printed, Decimal(number), "件", "exact")]


@given(st.text(alphabet="0123456789一二三百万亿.,%件条约近余多以上年月日〔〕第号（）", max_size=40))
def test_no_text_makes_it_stumble(text: str) -> None:
    folded = fold_text(text)
    found = find_figures(folded)
    assert all(0 <= f.start < f.end <= f.behind <= len(folded) for f in found)
    assert all(a.behind <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    "text", ["三成员单位", "统一成册", "一成不变", "逐一成立小组", "做了一番努力", "增长两成半"]
)
def test_what_only_looks_like_tenths_or_doublings_counts_nothing(text: str) -> None:
    assert figures(text) == []
