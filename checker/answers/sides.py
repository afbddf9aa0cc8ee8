"""正文错了还是表格错了: asked of findings, or of the report as a whole.

Which side is wrong stands in no report; a finding that uses only one side says so.
"""

from collections.abc import Sequence
from typing import Final

from checker.answers.findings import tell_finding
from checker.answers.library import Library
from checker.answers.parse import Question
from checker.answers.questions import QuestionBook
from checker.answers.types import Answer
from checker.answers.view import View
from checker.domain.finding import CellEvidence, TextEvidence

_TABLE: Final = "表"
_OR: Final = "还是"
_JUDGED: Final = frozenset({"prose", "why", "healthy", "problems", "value", "must", "fix"})


def asks_side(question: Question, book: QuestionBook) -> bool:
    """Whether it is asked which of narrative and table is wrong, of no figure or row."""
    if question.places or question.all("number"):
        return False
    if question.asks("which_side"):
        return True
    both = question.asks("prose") and any(
        _TABLE in t.text and not t.values("table") for t in question.tokens
    )
    which = any(t.text in book.matching.which for t in question.tokens)
    either = any(t.text == _OR for t in question.tokens) and question.intents <= _JUDGED
    judged = question.asks("why", "healthy", "problems")
    return both and (which or (either and judged))


def tell_sides(
    view: View, library: Library, numbers: Sequence[int], *, undecided: str
) -> tuple[Answer, ...]:
    """What each finding rests on, and that the report does not say which side is wrong.

    Args:
        view: the report.
        library: for what the findings say.
        numbers: of the findings.
        undecided: why it cannot be told.
    """
    told = []
    for n in numbers:
        found = tell_finding(view, library, number=n, aspects=("should",))
        evidence = view.finding(n).evidence
        cells = any(isinstance(e, CellEvidence) for e in evidence)
        texts = any(isinstance(e, TextEvidence) for e in evidence)
        said = undecided
        if not (cells and texts):
            said = (
                f"第{n}条只用到表里的格，没有用到正文。" if cells else f"第{n}条没有用到表里的格。"
            )
        head, _, rest = found.text.partition("\n")
        told.append(found.model_copy(update={"text": f"{head}\n{said}\n{rest}"}))
    return tuple(told)
