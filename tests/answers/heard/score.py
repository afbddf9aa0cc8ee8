"""How many spoken questions are answered right, and how the others go wrong.

    python -m tests.answers.heard.score                totals of every set
    python -m tests.answers.heard.score tuning more    and every question that goes wrong

Single questions are told of the sets for tuning only.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final, Literal

import yaml

from checker.answers import Answer, AnswerKind
from checker.domain.base import Frozen
from tests.answers.documents import Written, checked
from ui.handlers import ask
from ui.session import Session

Half = Literal["tuning", "more", "more_b", "fresh", "held_out"]
Outcome = Literal["right", "offered", "unheard", "false_refusal", "wrong_topic", "invention"]
HERE: Final = Path(__file__).parent
HALVES: Final[tuple[Half, ...]] = ("tuning", "more", "more_b", "fresh", "held_out")
OUTCOMES: Final[tuple[Outcome, ...]] = (
    "right", "offered", "unheard", "false_refusal", "wrong_topic", "invention",
)  # fmt: skip
_REFUSALS: Final[tuple[AnswerKind, ...]] = (
    "not_understood", "no_basis", "ask_back", "help", "need_report",
)  # fmt: skip
_LONGEST: Final = 650
_LONGEST_SUPPOSED: Final = 900


class Case(Frozen):
    """A question, what was asked before it, and what its answer must hold.

    Attributes:
        aim: what kind of question it is.
        run: which report is open; ``files`` and ``two`` are several, the first one open.
        want: an answer, a refusal, or either of them.
        has: all of these stand in the answer; of ``any`` one does, of ``lacks`` none.
        only: exactly these cells are marked; ``cell`` is among those it cites.
        kinds: only answers of these kinds are right.
        short: it is one line.
    """

    aim: str
    q: str
    run: Written | Literal["none", "files", "two"]
    after: tuple[str, ...] = ()
    want: Literal["answer", "refuse", "either"] = "answer"
    has: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    only: tuple[str, ...] | None = None
    cell: str = ""
    kinds: tuple[AnswerKind, ...] = ()
    short: bool = False


@cache
def load_cases(half: Half) -> tuple[Case, ...]:
    """The questions of one half."""
    text = (HERE / f"{half}.yaml").read_text(encoding="utf-8")
    return tuple(Case.model_validate(c) for c in yaml.safe_load(text)["cases"])


def outcome(case: Case) -> tuple[Outcome, Answer]:
    """How the answer of the page turns out; ``offered`` when “是” brings the right one."""
    session = Session()
    for name in _reports(case):
        run = checked(name)
        session = session.with_file(run.report.document.source.name, run=run)
    session = session.showing(1)
    for question in (*case.after, case.q):
        session = ask(session, question)
    found = session.exchanges[-1].answer
    how = _outcome(case, found)
    if how == "unheard" and found.context.offered:
        said_yes = ask(session, "是").exchanges[-1].answer
        return ("offered" if _outcome(case, said_yes) == "right" else how), found
    return how, found


def _reports(case: Case) -> tuple[Written, ...]:
    match case.run:
        case "none":
            return ()
        case "two":
            return ("document", "street")
        case "files":
            return ("document", "street", "faulty", "water")
    return (case.run,)


def _outcome(case: Case, found: Answer) -> Outcome:
    fits = _fits(case, found)
    refused = found.kind in _REFUSALS
    if case.want == "refuse":
        return "right" if refused and fits and not found.citations else "invention"
    if case.want == "either":
        return "right" if refused or fits else "wrong_topic"
    if fits and (not refused or found.kind in case.kinds):
        return "right"
    if found.kind == "no_basis":
        return "false_refusal"
    return "unheard" if refused else "wrong_topic"


def _fits(case: Case, found: Answer) -> bool:
    """Whether the answer holds what it must, and nothing that it must not."""
    text = found.text
    cells = [c.cell for c in found.citations]
    return (
        all(part in text for part in case.has)
        and (not case.any or any(part in text for part in case.any))
        and not any(part in text for part in case.lacks)
        and (case.only is None or set(case.only) == set(found.highlight))
        and (not case.cell or case.cell in cells)
        and (not case.kinds or found.kind in case.kinds)
        and len(text) <= (_LONGEST_SUPPOSED if found.kind == "supposed" else _LONGEST)
        and not (case.short and "\n" in text)
    )


def totals(half: Half) -> Counter[Outcome]:
    """How many answers of one half turned out how."""
    return Counter(outcome(case)[0] for case in load_cases(half))


def main(arguments: Sequence[str]) -> None:
    """Print the totals, and the questions of the tuning half that go wrong."""
    for half in HALVES:
        found = totals(half)
        print(half, sum(found.values()), *(f"{name} {found[name]}" for name in OUTCOMES))
    told = [c for half in HALVES[:-1] if half in arguments for c in load_cases(half)]
    for case in told:
        how, answer = outcome(case)
        if how != "right":
            print(f"\n[{how}] {case.aim} {case.run} {case.q} {case.after or ''}")
            print(f"  wants {case.want} {case.has} {case.any} not {case.lacks} {case.kinds}")
            print("  " + answer.kind + ": " + answer.text[:400].replace("\n", "\n  "))


if __name__ == "__main__":
    main(sys.argv[1:])
