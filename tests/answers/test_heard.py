"""Spoken questions are answered right, or said to be not understood; hardly ever otherwise."""

from collections import Counter

import pytest

from tests.answers.heard.score import HALVES, Case, Half, load_cases, outcome, totals

LEAST = {"tuning": 0.95, "more": 0.93, "more_b": 0.97, "fresh": 0.95, "held_out": 0.90}
"""The share of right answers that is kept; today's figures are a little higher."""
MOST_WRONG = 0.01


@pytest.mark.parametrize("half", HALVES)
def test_questions_of_a_set_are_answered(half: Half) -> None:
    found = totals(half)
    count = sum(found.values())
    assert found["right"] >= LEAST[half] * count, found
    wrong = found["wrong_topic"] + found["invention"] + found["false_refusal"]
    assert wrong <= MOST_WRONG * count, found


def test_the_sets_are_large_and_cover_every_aim() -> None:
    cases = [c for half in HALVES for c in load_cases(half)]
    assert len({(c.q, c.run, c.after) for c in cases}) == len(cases) >= 700
    aims = Counter(c.aim for c in cases)
    assert len(aims) >= 25
    assert Counter(c.want for c in cases)["refuse"] >= 100


def test_a_wrong_answer_is_told_from_one_that_is_missing() -> None:
    asked = Case(aim="某格", q="自然人新收多少", run="document", has=("51",))
    assert outcome(asked)[0] == "right"
    assert outcome(asked.model_copy(update={"has": ("52",)}))[0] == "wrong_topic"
    assert outcome(asked.model_copy(update={"want": "refuse"}))[0] == "invention"
    assert outcome(asked.model_copy(update={"q": "天上有多少星"}))[0] == "unheard"
    assert outcome(asked.model_copy(update={"q": "行政处罚总计多少"}))[0] == "false_refusal"
