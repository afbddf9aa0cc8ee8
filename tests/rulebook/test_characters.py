"""The table of traditional characters, and what it does to a text."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from checker.assemble.fold import fold, fold_text
from checker.rulebook.characters import CharacterForms, load_character_forms

RULES = Path(__file__).parents[2] / "rules"
# Characters of the table that stand in printed Chinese of both kinds; they must not be folded.
SIMPLIFIED_TOO = "乾著覆瞭藉么后里面干复征发系制台只准几斗"


def test_every_traditional_character_is_folded_in_place() -> None:
    folded = fold("全年收到政府信息公開申請２件，行政複議0件。", 10)
    assert folded.text == "全年收到政府信息公开申请2件,行政复议0件。"
    place = folded.text.index("申请")
    assert folded.start_of(place) == 10 + "全年收到政府信息公開申請２件".index("申請")


def test_simplified_characters_stay() -> None:
    assert fold_text(SIMPLIFIED_TOO) == SIMPLIFIED_TOO
    pairs = load_character_forms().by_character
    assert not set(pairs) & set(pairs.values())


def test_no_rule_is_written_in_characters_that_are_folded_away() -> None:
    old = load_character_forms().by_character.keys()
    for path in RULES.rglob("*.yaml"):
        if path.name != "characters.yaml":
            assert not old & set(path.read_text(encoding="utf-8")), path


def test_rows_of_unequal_length_are_refused() -> None:
    with pytest.raises(ValidationError, match="字数不同"):
        CharacterForms(simplified_forms=(("請將", "请"),))
