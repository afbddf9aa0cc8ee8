"""Every question of ``cases.yaml`` gets the answer written there."""

from pathlib import Path
from typing import Literal

import pytest
import yaml

from checker.answers import Answer, AnswerKind, Conversation, answer
from checker.domain.base import Frozen
from checker.domain.run import CheckRun
from tests.answers.runs import checked_run, clean_run, review_run, sample_run


class Case(Frozen):
    q: str
    after: tuple[str, ...] = ()
    run: Literal["sample", "clean", "review", "checked", "none"] = "sample"
    kind: AnswerKind
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    only: tuple[str, ...] | None = None
    finding: int | None = None
    rule: str | None = None
    cell: str | None = None
    article: str | None = None


def _cases() -> list[Case]:
    text = (Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8")
    return [Case.model_validate(c) for c in yaml.safe_load(text)["cases"]]


CASES = _cases()
RUNS: dict[str, CheckRun | None] = {
    "sample": sample_run(),
    "clean": clean_run(),
    "review": review_run(),
    "checked": checked_run(),
    "none": None,
}


def _ask(case: Case) -> Answer:
    context = Conversation()
    for before in case.after:
        context = answer(before, RUNS[case.run], context=context).context
    return answer(case.q, RUNS[case.run], context=context)


@pytest.mark.parametrize("case", CASES, ids=[f"{i}-{c.q}" for i, c in enumerate(CASES)])
def test_question_gets_its_answer(case: Case) -> None:
    found = _ask(case)
    assert found.kind == case.kind, found.text
    for part in case.has:
        assert part in found.text
    for part in case.lacks:
        assert part not in found.text
    if case.only is not None:
        assert set(found.highlight) == set(case.only)
    for name in ("finding", "rule", "cell", "article"):
        wanted = case.model_dump()[name]
        if wanted is not None:
            assert wanted in [c.model_dump()[name] for c in found.citations]
    assert (case.kind == "no_basis") == found.text.startswith("报告和规则里没有依据。")
    assert (case.kind == "not_understood") == found.text.startswith("没有听懂")
    if case.kind in ("no_basis", "not_understood"):
        assert not found.citations
        assert not found.highlight


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 80


@pytest.mark.parametrize("case", CASES, ids=[f"{i}-{c.q}" for i, c in enumerate(CASES)])
def test_answer_is_the_same_every_time(case: Case) -> None:
    assert _ask(case) == _ask(case)
