"""S104 over many ways to write an overview: complete ones, and each with one aspect left out."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from checker.checks.context import CheckContext, Draft, evaluate
from checker.rulebook import load_rulebook
from tests.builders import clean_report

ASPECTS = {
    "公": "主动公开",
    "申": "依申请公开",
    "管": "政府信息管理",
    "平": "政府信息公开平台建设",
    "监": "监督保障",
}
FILE = Path(__file__).parents[1] / "fixtures" / "overviews.txt"
_SAID = re.compile(r"〔([公申管平监])\|([^〕]*)〕")
_MOST_UNSEEN = 0.03  # share of left out aspects that words of another aspect may hide
_LONGEST_LABEL = 12  # characters; a shorter line over the words of an aspect is their label


class Overview(NamedTuple):
    """One overview; ``lines`` mark which words are about which aspect."""

    name: str
    lines: tuple[str, ...]

    def without(self, aspect: str) -> list[str]:
        """Its lines as printed, without the words on one aspect."""
        kept: list[str] = []
        for line in self.lines:
            if {m[1] for m in _SAID.finditer(line)} == {aspect}:
                if kept and len(kept[-1]) < _LONGEST_LABEL and kept[-1][-1] not in "。：:":
                    kept.pop()
                continue
            kept.append(_SAID.sub(lambda m: "" if m[1] == aspect else m[2], line))
        return kept


def _overviews() -> Iterator[Overview]:
    for part in FILE.read_text(encoding="utf-8").split("\n== ")[1:]:
        name, *lines = part.strip().splitlines()
        yield Overview(name, tuple(lines))


OVERVIEWS = tuple(_overviews())


def _told(lines: list[str]) -> tuple[Draft, ...]:
    plan = clean_report().set_section("overview", lines)
    for table in plan.form.tables:
        plan.drop_table(table.id)
    book = load_rulebook()
    context = CheckContext(report=plan.report(), form=plan.form, forms=book.forms)
    return evaluate(book.rules["S104"], context).drafts


def _names(draft: Draft) -> list[str]:
    return str(draft.values["aspects"]).split("、")


@pytest.mark.parametrize("overview", OVERVIEWS, ids=lambda o: o.name)
def test_a_complete_overview_is_left_alone(overview: Overview) -> None:
    assert {m[1] for line in overview.lines for m in _SAID.finditer(line)} == set(ASPECTS)
    assert _told(overview.without("")) == ()


def test_an_aspect_left_out_is_seen_although_others_use_its_words() -> None:
    cases = [(o, mark) for o in OVERVIEWS for mark in ASPECTS]
    assert len(cases) >= 300
    named = {(o.name, m): [n for d in _told(o.without(m)) for n in _names(d)] for o, m in cases}
    unseen = [case for case, names in named.items() if not names]
    assert len(unseen) <= _MOST_UNSEEN * len(cases), unseen
    wrong = {c: n for c, n in named.items() if n and n != [ASPECTS[c[1]]]}
    assert wrong == {}


def test_an_unknown_way_of_writing_is_left_to_a_person() -> None:
    lines = [
        "2024年，本局公开工作有序进行。",
        "全年发布信息312条，收到申请3件，均已答复。",
        "发布前逐条进行保密审查，组织业务培训2次。",
        "小喇叭响在田埂上，村民端着饭碗就能听。",
    ]
    (unsure,) = _told(lines)
    assert unsure.verdict == "review"
    assert "没有认出" in str(unsure.values["said"])
    (certain,) = _told(lines[:3])
    assert certain.verdict == "fail"
    assert certain.values["said"] == "没有写到"
    assert _names(unsure) == _names(certain) == ["政府信息公开平台建设"]
