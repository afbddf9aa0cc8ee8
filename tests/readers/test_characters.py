"""Characters are mapped one to one, and what nobody sees is taken out."""

import pytest

from checker.readers.characters import (
    has_private_use,
    map_compatible,
    strip_invisible,
    unseen_only,
)


@pytest.mark.parametrize(
    ("printed", "ordinary"),
    [
        ("⼀⾏⽌", "一行止"),
        ("⺠⻚⻅⻋⻓⻔⻛⻰", "民页见车长门风龙"),
        ("⺟⺫⻄⻆⻉⻘", "母目西角贝青"),
        ("凉", "凉"),
    ],
)
def test_radicals_become_characters(printed: str, ordinary: str) -> None:
    assert map_compatible(printed) == ordinary


def test_every_mapping_keeps_the_length() -> None:
    block = "".join(map(chr, [*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00)]))
    assert len(map_compatible(block)) == len(block)


def test_wide_digits_and_punctuation_are_printed_as_they_are() -> None:
    assert map_compatible("１２（三）％①㎡") == "１２（三）％①㎡"


def test_invisible_characters_are_taken_out_and_told() -> None:
    text, removed = strip_invisible("1\u200b2\ufeff\u202e3\u00ad\x00\ue000\ud800")
    assert text == "123"
    assert removed == "1\u200b2\ufeff\u202e\u00ad\x00\ue000\ud800"  # what splits a figure
    assert unseen_only(removed) == "1\u200b2\ufeff\u202e\u00ad"


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("政\u200b府\u2060信\ufeff息", "政\u200b府\u2060信\ufeff"),
        ("政\u200b\u200d府", "政\u200b\u200d"),
        ("XX\u200bGK", "X\u200b"),
        ("政府，\u200b信息\u200b。12\u200b件", "\u200b\u200b\u200b"),  # at the ends of runs
    ],
)
def test_what_splits_words_is_told_with_the_letter_before_it(printed: str, told: str) -> None:
    assert unseen_only(strip_invisible(printed).removed) == told


def test_line_separators_become_line_breaks_and_the_wide_space_of_gbk_a_space() -> None:
    assert strip_invisible("一\x0b二\u2028三\ue5e5四\t五\n").text == "一\n二\n三\u3000四\t五\n"


def test_glyphs_of_private_fonts_are_noticed() -> None:
    assert has_private_use("1\ue123")
    assert not has_private_use("1一")
