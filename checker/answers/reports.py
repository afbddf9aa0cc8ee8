"""Answers which of several reports did not pass, and which one is asked about."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from checker.answers.overview import VERDICT_NAMES
from checker.answers.questions import load_questions
from checker.answers.types import Answer, Conversation
from checker.answers.wording import fold, ordinal
from checker.domain.run import Verdict

_NOT_CHECKED: Final = "没有核对"
_NTH: Final = re.compile(r"第([一二两三四五六七八九十百\d]+)份")


class Report(NamedTuple):
    """One of several files; ``verdict`` is None when it could not be checked."""

    number: int
    name: str
    verdict: Verdict | None


def answer_on_reports(
    question: str, reports: Sequence[Report], *, context: Conversation
) -> Answer | None:
    """The answer to a question about the files as such; None when it is about something else.

    Args:
        question: as typed.
        reports: all that are loaded, in the order of the page.
        context: kept as it is.
    """
    words, plain = load_questions().reports, fold(question)
    nth = _NTH.search(plain)
    which = any(w in plain for w in words.which)
    if not (nth or which):
        return None
    verdict = next((v for v in ("fail", "review", "pass") if _says(plain, words.verdicts[v])), None)
    known = (*words.which, *words.fillers, *(w for v in words.verdicts.values() for w in v))
    longest = sorted(map(fold, known), key=len, reverse=True)
    if re.sub("|".join(map(re.escape, longest)), "", _NTH.sub("", plain)):
        return None
    if nth:
        told = [r for r in reports if r.number == ordinal(nth[1])]
        text = "\n".join(map(_line, told)) + words.turn if told else f"没有{nth[0]}报告。"
    else:
        told = [r for r in reports if verdict in (None, r.verdict)]
        name = f"“{VERDICT_NAMES[verdict]}”的" if verdict else "报告"
        head = f"共{len(reports)}份，{name}{len(told)}份" if verdict else f"共{len(reports)}份"
        text = "\n".join((f"{head}{'：' if told else '。'}", *map(_line, told)))
    return Answer(kind="overview", text=text, context=context)


def _says(plain: str, wordings: Sequence[str]) -> bool:
    return any(w in plain for w in wordings)


def _line(report: Report) -> str:
    told = VERDICT_NAMES[report.verdict] if report.verdict else _NOT_CHECKED
    return f"第{report.number}份 {report.name}：{told}。"
