"""Answers questions about several files: which of them are meant, then what they say together.

Cells and findings of a file that is not open are told, never marked: the page shows another one.
"""

from collections.abc import Sequence
from typing import Final

from checker.answers.aims import Aim, Known, Report, find_aim, is_empty
from checker.answers.embedded import answer, lexicon_of
from checker.answers.library import load_library
from checker.answers.parse import understand
from checker.answers.questions import QuestionBook, load_questions
from checker.answers.several import HOW, NOT_CHECKED, line_of, tell_several
from checker.answers.types import UNTOLD, Answer, Conversation
from checker.answers.wording import fold
from checker.domain.run import CheckRun

__all__ = ["Report", "answer_on_reports"]

_MOST_NAMED: Final = 20


def answer_on_reports(
    question: str, reports: Sequence[Report], *, context: Conversation, shown: int | None
) -> Answer | None:
    """The answer to a question about several files, or about one that is not open.

    None when it is a question about the open file.

    Args:
        question: as typed.
        reports: all that are loaded, in the order of the page.
        context: the conversation so far.
        shown: number of the file that is open.
    """
    book = load_questions()
    if (unread := _unread(question, reports, book)) is not None:
        return Answer(kind="reports", text=unread, context=context)
    own = next((r.run for r in reports if r.number == shown), None)
    lexicon = lexicon_of(load_library().form_of(own), own)
    known = Known(context, understand(question, lexicon).unknown)
    aim = find_aim(question, reports, words=book.reports, known=known, shown=shown)
    if aim is None:
        return None
    if aim.unclear and aim.rest and (own is None or not _is_known(aim.rest, own)):
        return None  # 两份天气怎么样
    if aim.missing or aim.unclear:
        return _asked_back(aim, reports, book, context)
    meant = [r for n in aim.numbers for r in reports if r.number == n]
    if not aim.several:
        return _of_one(meant[0], aim.rest, book, context=context, shown=shown)
    told = tell_several(meant, aim, book)
    return None if told is None else Answer(kind="reports", text=told, context=context)


def _unread(question: str, reports: Sequence[Report], book: QuestionBook) -> str | None:
    """Which files could not be read and why; None when it is not asked."""
    words, plain = book.reports, fold(question)
    said = [w for w in words.unread if w in plain]
    failed = [r for r in reports if r.run is None]
    named = any(w in plain for w in (*words.files, *words.which, *words.how_many))
    # 为什么读不了 alone is about a file only where there is one that could not be read.
    known = (words.unread, words.files, words.which, words.which_ones, words.how_many, words.each)
    asking = (words.fillers, book.intents["why"])
    if not said or not (named or failed) or not is_empty(plain, *known, *asking):
        return None
    if not failed:
        return words.all_read.format(count=len(reports))
    lines = (f"{line_of(r)}：{r.failure}" for r in failed)
    return "\n".join((words.unread_told.format(count=len(failed)), *lines))


def _is_known(rest: str, run: CheckRun) -> bool:
    """Whether what is asked of the files is answered."""
    return answer(rest, run, context=Conversation()).kind not in UNTOLD


def _asked_back(
    aim: Aim, reports: Sequence[Report], book: QuestionBook, context: Conversation
) -> Answer:
    words = book.reports
    if aim.unclear:
        names = "；".join(line_of(r) for r in reports[:_MOST_NAMED])
        text = words.which_one.format(count=len(reports), names=names)
    elif len(reports) == 1 and not aim.numbers:
        text = words.only_one.format(name=reports[0].name, word=f"{aim.missing}怎么样")
    else:
        text = words.none_such.format(name=aim.missing.removesuffix("报告"), count=len(reports))
    return Answer(kind="ask_back", text=text, context=context)


def _of_one(
    report: Report, rest: str, book: QuestionBook, *, context: Conversation, shown: int | None
) -> Answer:
    """What is asked of one file; the talk goes on about it until another one is named."""
    if report.run is None:
        text = f"{line_of(report)}：{NOT_CHECKED}。{report.failure}"
        return Answer(kind="reports", text=text, context=context)
    spoken = report.number == (context.report or shown)
    before = context.model_copy(update={"report": None}) if spoken else Conversation()
    empty = is_empty(rest, book.reports.fillers, book.reports.there)
    found = answer(HOW if empty else rest, report.run, context=before)
    if report.number == shown:
        return found.model_copy(update={"text": f"{line_of(report)}：{found.text}"})
    kept = found.context.model_copy(update={"report": report.number})
    return found.model_copy(
        update={
            "text": f"{line_of(report)}：{found.text}",
            "highlight": (),
            "citations": tuple(c for c in found.citations if c.finding is None and c.cell is None),
            "context": kept,
        }
    )
