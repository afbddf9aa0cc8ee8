"""Known wordings: each leads to its own question, and that question is answered."""

from collections.abc import Iterator
from typing import Final

import pytest

from checker.answers import Conversation, answer
from checker.answers.embedded import TO_THE_LETTER, lexicon_of
from checker.answers.library import load_library
from checker.answers.paraphrases import Group, load_paraphrases, nearest
from checker.answers.parse import understand
from checker.answers.shapes import filled, shape_of
from tests.answers.documents import checked

RUN = checked("document")
LEXICON = lexicon_of(load_library().form_of(RUN), RUN)
BOOK = load_paraphrases()
NAMED: Final = {
    "条": ("第3条", "第5条"), "规则": ("T303",), "表": ("表三",), "部分": ("第五部分",),
    "格": ("保护第三方总计", "自然人新收"), "数": ("67", "8"), "题": ("社会评议",),
    "法": ("条例",), "年": ("2023年",),
}  # fmt: skip
BEFORE: Final = ("第3条是什么", "第1条和第2条")
TOLD_APART: Final = frozenset({"not_understood", "ask_back"})


def spoken(wording: str) -> str:
    """A wording about something that the report has."""
    for kind, names in NAMED.items():
        wording = filled(wording, [(kind, name) for name in names])
    return wording


def said(pattern: str) -> Iterator[str]:
    """Ways to say a wording: every choice the first way, the last way, and a way between."""
    pieces = pattern.replace("）", "（").split("（")
    for at in (0, -1, 1):
        yield "".join(
            (c := p.split("|"))[min(at, len(c) - 1)] if i % 2 else p for i, p in enumerate(pieces)
        )


@pytest.mark.parametrize("group", BOOK.groups, ids=lambda g: g.ask)
def test_every_question_that_wordings_lead_to_is_answered(group: Group) -> None:
    for before in BEFORE:
        context = answer(before, RUN, context=Conversation()).context
        found = answer(spoken(group.ask), RUN, context=context)
        if found.kind not in TOLD_APART:
            return
    pytest.fail(found.text)


@pytest.mark.parametrize("group", BOOK.groups, ids=lambda g: g.ask)
def test_every_wording_leads_to_its_own_question(group: Group) -> None:
    asks = {g.ask for g in BOOK.groups if g.ask == group.ask}
    for pattern in group.said:
        for question in map(spoken, said(pattern)):
            near = nearest(shape_of(understand(question, LEXICON)))
            if near:
                letter = {n.ask for n in near if n.cost <= near[0].cost + TO_THE_LETTER}
                assert asks & letter, f"{question}: {near}"


@pytest.mark.parametrize("pattern", BOOK.refused)
def test_what_is_refused_is_never_answered(pattern: str) -> None:
    for question in map(spoken, said(pattern)):
        found = answer(question, RUN, context=Conversation())
        assert found.kind in ("no_basis", "not_understood", "help"), f"{question}: {found.text}"
        assert not found.citations
