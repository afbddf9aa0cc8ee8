"""The data files of the family W: they load, and their shortcuts hide nothing."""

from pathlib import Path

import pytest
import yaml

from checker.assemble.fold import fold_text
from checker.errors import RuleFormatError
from checker.rulebook.meetings import Meeting, load_meetings, named_meetings
from checker.rulebook.wording import (
    Wording,
    all_matches,
    compiled,
    load_expressions,
    load_machine_address,
    load_organs,
    load_residue,
)

FIXTURES = Path(__file__).parents[1] / "fixtures"


def texts(name: str, key: str) -> list[str]:
    entries = yaml.safe_load((FIXTURES / name).read_text(encoding="utf-8"))[key]
    return [e if isinstance(e, str) else e["text"] for e in entries]


def test_every_pattern_is_one() -> None:
    known = load_expressions()
    patterns = [e.near for e in known.expressions] + [a for e in known.expressions for a in e.also]
    patterns += [w.pattern for w in load_machine_address().expanded]
    patterns += [p for c in load_machine_address().together for p in c.patterns]
    patterns += [w.pattern for k in load_residue().kinds for w in k.wordings]
    assert all(compiled(p) for p in patterns)
    assert not any("%" in w.pattern for w in load_machine_address().expanded)


@pytest.mark.parametrize(
    ("name", "key"), [("attacks.yaml", "attacks"), ("lookalikes.yaml", "harmless")]
)
def test_the_words_of_a_wording_are_needed_by_its_pattern(name: str, key: str) -> None:
    words = load_machine_address()
    for text in texts(name, key):
        plain = fold_text(text).lower()
        every = [m.span() for w in words.expanded for m in compiled(w.pattern).finditer(plain)]
        assert every == [m.span() for m in all_matches(words.expanded, plain)], text
        for combination in words.together:
            if compiled(combination.patterns[0]).search(plain):
                assert any(word in plain for word in combination.sought), text


def test_a_right_expression_is_not_its_own_near_miss() -> None:
    for expression in load_expressions().expressions:
        if not expression.extends and expression.most_edits is None and expression.swap is None:
            match = compiled(expression.near).search(expression.right)
            allowed = [a for a in expression.also if compiled(a).search(expression.right)]
            assert match is None or allowed, expression.right


def test_a_broken_pattern_is_told() -> None:
    broken = Wording(words="甲", pattern="甲(")
    with pytest.raises(RuleFormatError, match="正则表达式"):
        list(all_matches((broken,), "甲乙"))


def test_no_organ_is_renamed_twice() -> None:
    names = [n for o in load_organs().organs for n in o.names.split()]
    assert len(names) == len(set(names))


def test_meetings_stand_in_the_order_of_time() -> None:
    known = load_meetings()
    for meetings in (known.congresses, known.plenums):
        held = [m.held for m in meetings]
        assert held == sorted(held)


def test_a_list_of_plenums_names_each() -> None:
    text = "党的二十大和二十届二中、三中全会精神"
    assert [m.meeting.name for m in named_meetings(text)] == [
        "二十大",
        "二十届二中全会",
        "二十届三中全会",
    ]
    assert next(text[m.start : m.end] for m in named_meetings(text)) == "二十大"


@pytest.mark.parametrize(
    "text",
    ["共青团十九大", "中国工会第十八次全国代表大会", "二十大类事项", "二十大会议室", "三十大"],
)
def test_other_meetings_are_none_of_these(text: str) -> None:
    assert list(named_meetings(text)) == []


def test_a_month_is_written_as_year_and_month() -> None:
    with pytest.raises(ValueError, match="年-月"):
        Meeting(congress="二十", held="2022年10月")
