"""The closest part of a text, against every part compared one by one."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from checker.checks.nearest import closest, difference

LETTERS = st.text(alphabet="甲乙丙丁", max_size=9)
INSERT, DELETE, OTHER = 2, 2, 3


@given(wanted=st.text(alphabet="甲乙丙丁", min_size=1, max_size=6), text=LETTERS)
def test_no_part_is_closer(wanted: str, text: str) -> None:
    parts = {text[i:j] for i in range(len(text) + 1) for j in range(i, len(text) + 1)}
    costs = [Levenshtein.distance(p, wanted, weights=(INSERT, DELETE, OTHER)) for p in parts]
    found = closest(wanted, text)
    assert found.cost == min(costs)
    part = text[found.start : found.end]
    assert Levenshtein.distance(part, wanted, weights=(INSERT, DELETE, OTHER)) == found.cost


def test_an_inserted_word_belongs_to_the_part() -> None:
    found = closest("甲乙丙丁", "戊甲乙己己丙丁戊")
    assert (found.start, found.end) == (1, 7)


def test_a_lost_word_is_not_made_up_from_the_neighbours() -> None:
    found = closest("甲乙丙丁", "戊己丙丁戊")
    assert (found.start, found.end) == (2, 4)


def test_differences_are_told_in_a_clerks_words() -> None:
    assert difference("甲乙戊丙", "甲乙丙") == "多了“戊”"
    assert difference("甲丙", "甲乙丙") == "少了“乙”"
    assert difference("甲戊丙", "甲乙丙") == "“戊”应为“乙”"
    assert difference("乙甲丙", "甲乙丙") == "字的次序不对"
