"""Every question of the files of cases beside this one gets its answer."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final, Literal

import pytest
import yaml

from checker.answers import Answer, AnswerKind, Conversation, answer
from checker.domain.base import Frozen
from checker.domain.run import CheckRun
from tests.answers.documents import Written, checked
from tests.answers.runs import checked_run, clean_run, review_run, sample_run

Run = Literal["sample", "clean", "review", "checked", "none"] | Written
HERE = Path(__file__).parent
LONGEST = 600
DOCUMENTS: Final = ("document", "faulty", "street", "thin", "water")


class Case(Frozen):
    q: str
    after: tuple[str, ...] = ()
    run: Run = "sample"
    kind: AnswerKind
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    only: tuple[str, ...] | None = None
    finding: int | None = None
    rule: str | None = None
    cell: str | None = None
    article: str | None = None


def _cases(name: str) -> list[Case]:
    text = (HERE / name).read_text(encoding="utf-8")
    return [Case.model_validate(c) for c in yaml.safe_load(text)["cases"]]


CASES = _cases("cases.yaml")
SPOKEN = _cases("spoken.yaml")
WIDER = _cases("wider.yaml")
ASKED = _cases("asked.yaml")
FURTHER = _cases("further.yaml")
EVERY = (*CASES, *SPOKEN, *WIDER, *ASKED, *FURTHER)


def _each(cases: Iterable[Case]) -> pytest.MarkDecorator:
    made = [pytest.param(c, id=f"{EVERY.index(c)}-{c.q}") for c in cases]
    return pytest.mark.parametrize("case", made)


@cache
def _run(name: Run) -> CheckRun | None:
    match name:
        case "sample":
            return sample_run()
        case "clean":
            return clean_run()
        case "review":
            return review_run()
        case "checked":
            return checked_run()
        case "none":
            return None
    return checked(name)


def _ask(case: Case) -> Answer:
    context = Conversation()
    for before in case.after:
        context = answer(before, _run(case.run), context=context).context
    return answer(case.q, _run(case.run), context=context)


@cache
def _answered(number: int) -> Answer:
    return _ask(EVERY[number])


@_each(EVERY)
def test_question_gets_its_answer(case: Case) -> None:
    found = _answered(EVERY.index(case))
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
    assert len(SPOKEN) >= 120
    assert len(WIDER) >= 200
    assert len(ASKED) >= 80


@_each(c for c in EVERY if c.run in DOCUMENTS)
def test_answer_stays_short(case: Case) -> None:
    assert len(_answered(EVERY.index(case)).text) <= LONGEST


@_each(c for c in EVERY if c.kind == "not_understood")
def test_what_is_offered_instead_is_understood(case: Case) -> None:
    told = _answered(EVERY.index(case)).text.partition("可以问：")[2]
    offered = re.findall(r"“([^”]+)”", told)
    for question in offered:
        found = answer(question, _run(case.run), context=Conversation())
        assert found.kind not in ("not_understood", "ask_back"), question


@_each(EVERY)
def test_answer_is_the_same_every_time(case: Case) -> None:
    assert _ask(case) == _answered(EVERY.index(case))
