"""An answer is about everything that a question says, or it is none."""

from typing import get_args

import pytest

from checker.answers import AnswerKind, Conversation, answer
from checker.answers.embedded import lexicon_of
from checker.answers.grid import left_aside, load_grid
from checker.answers.library import load_library
from checker.answers.parse import TagKind, understand
from checker.answers.types import UNTOLD, Answer
from tests.answers.documents import checked

RUN = checked("document")
LEXICON = lexicon_of(load_library().form_of(RUN), RUN)
FREE = {*UNTOLD, "supposed", "reports", "model"}


def test_every_kind_of_answer_that_tells_something_has_its_square() -> None:
    squares = {name.partition("/")[0] for name in load_grid().answers}
    assert squares == {*get_args(AnswerKind)} - FREE
    narrow = {n.partition("/")[2] for n in load_grid().answers if "/" in n}
    assert narrow <= {*get_args(TagKind)}


@pytest.mark.parametrize(
    ("question", "kind", "left"),
    [
        ("自然人新收多少", "cells", ()),
        ("自然人新收多少", "rule", ()),
        ("自然人占多少", "cells", ("占多少",)),
        ("哪些行加起来不对", "form", ("加起来不对",)),
        ("第3条怎么改", "overview", ()),
        ("第3条怎么改", "doubts", ("第3条", "怎么改")),
        ("第3条有哪些", "finding", ("有哪些",)),
        ("T303写了什么", "rule", ("写了什么",)),
        ("1等于几", "form", ("1", "等于")),
    ],
)
def test_the_words_that_an_answer_is_not_about_are_left_aside(
    question: str, kind: AnswerKind, left: tuple[str, ...]
) -> None:
    assert left_aside(understand(question, LEXICON), Answer(kind=kind, text="")) == left


@pytest.mark.parametrize(
    "question", ["通过的规则有几条", "表三有哪些", "第3条有哪些", "T303写了什么"]
)
def test_what_would_leave_a_word_aside_is_not_answered_so(question: str) -> None:
    found = answer(question, RUN, context=Conversation())
    assert not left_aside(understand(question, LEXICON), found)
