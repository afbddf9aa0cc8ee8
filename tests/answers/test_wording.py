"""Folding, ordinals and clause names."""

import pytest

from checker.answers.wording import clause_name, fold, label_forms, ordinal, short_bodies


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("第２条，为什么？", "第2条为什么"),
        ("t301 是什么", "T301是什么"),
        ("58.6 万元", "58.6万元"),
        ("1.属于国家秘密", "1属于国家秘密"),
        ("危及“三安全一稳定”", "危及三安全一稳定"),
    ],
)
def test_folding_keeps_only_what_carries_meaning(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_label_is_known_with_and_without_ordinal_and_remark() -> None:
    assert {"不予公开", "三不予公开"} <= set(label_forms("（三）不予公开"))
    assert "部分公开" in label_forms("（二）部分公开（区分处理的，只计这一情形，不计其他情形）")


@pytest.mark.parametrize("number", [1, 2, 10, 11, 20, 49, 50, 99, 100, 101, 110, 111, 356, 999])
def test_clause_name_reads_back_as_its_number(number: int) -> None:
    assert ordinal(clause_name(number)[1:-1]) == number


@pytest.mark.parametrize(
    ("text", "number"), [("十二", 12), ("四十九", 49), ("007", 7), ("九千", None)]
)
def test_ordinal_is_read_or_refused(text: str, number: int | None) -> None:
    assert ordinal(text) == number


def test_number_that_no_article_has_gets_no_name() -> None:
    assert clause_name(0) == clause_name(1000) == ""


@pytest.mark.parametrize(
    ("agency", "word", "known"),
    [
        ("洪泽区人民政府", "洪泽", True),
        ("拱墅区湖墅街道", "湖墅", True),
        ("云溪县文化和旅游局", "云溪", False),  # the county is another body
        ("拱墅区湖墅街道", "拱墅", False),
    ],
)
def test_body_is_called_by_the_name_of_its_own_area(agency: str, word: str, known: bool) -> None:
    assert (word in short_bodies(agency)) is known
