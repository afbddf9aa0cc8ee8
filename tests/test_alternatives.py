"""Alternations that look ahead find what plain ones find."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.rulebook.alternatives import any_of

_WORDINGS = (
    "(?P<back>撤(?:诉|回))",
    "(?:结果为|予以|均)*维持",
    "[0-9]{1,3}件",
    r"(?<=共)\d+",
    "收到|新收",
    "[^,。]{2}率",
    "(?:未)?",
    "[一-鿿]系统",
    r"(?:-|[a-c\]])+\.",
    "(?!不予)予以公开",
    "(?P<last>公开)",
)


@given(st.text("撤诉回结果为予以均维持0129件共收到新率未系统-ab].公开不,。x", max_size=30))
def test_finds_what_a_plain_alternation_finds(text: str) -> None:
    plain, sooner = re.compile("|".join(_WORDINGS)), re.compile(any_of(_WORDINGS))

    found = [(m.span(), m.lastgroup) for m in sooner.finditer(text)]

    assert found == [(m.span(), m.lastgroup) for m in plain.finditer(text)]


@pytest.mark.parametrize(
    ("wordings", "expected"),
    [
        (("收到|新收", "(?:被)?撤诉"), "(?=[撤收新被])(?:收到|新收|(?:被)?撤诉)"),
        (("收到", "[^,]率", "撤诉"), "(?=[收])(?:收到)|[^,]率|(?=[撤])(?:撤诉)"),
        (("(?:未)?",), "(?:未)?"),
        ((), ""),
    ],
)
def test_looks_ahead_where_the_beginning_is_known(wordings: tuple[str, ...], expected: str) -> None:
    assert any_of(wordings) == expected


def test_says_which_pattern_is_none() -> None:
    with pytest.raises(re.error):
        any_of(("收到", "(撤诉"))
