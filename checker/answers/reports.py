"""Answers questions about several files: what each of them says, which did not pass.

Cells and findings of a file that is not open are told, never marked: the page shows another one.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from checker.answers.aims import Aim, Known, Report, find_aim, is_empty
from checker.answers.cells import told_value, unit_of
from checker.answers.embedded import answer, lexicon_of
from checker.answers.library import load_library
from checker.answers.locate import TOTAL
from checker.answers.overview import VERDICT_NAMES, counts
from checker.answers.parse import Lexicon, understand
from checker.answers.questions import Intent, QuestionBook, load_questions
from checker.answers.shares import percent
from checker.answers.types import UNTOLD, Answer, Conversation
from checker.answers.view import View
from checker.checks.operands import number
from checker.domain.report import split_address
from checker.domain.run import CheckRun, Verdict

__all__ = ["Report", "answer_on_reports"]

_NOT_CHECKED: Final = "没有核对"
_NO_ANSWER: Final = "没有这一项。"
_HOW: Final = "怎么样"
_SHORT: Final = 60
_TWO: Final = 2
_COMPARING: Final[tuple[Intent, ...]] = (
    "most", "least", "differ", "gap", "greater", "less", "than", "growth", "prior", "relation",
)  # fmt: skip


class _Told(NamedTuple):
    """What one file holds.

    Attributes:
        value: when it is one figure.
    """

    report: Report
    text: str
    value: Decimal | None = None


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
    own = next((r.run for r in reports if r.number == shown), None)
    lexicon = lexicon_of(load_library().form_of(own), own)
    known = Known(context, understand(question, lexicon).unknown)
    aim = find_aim(question, reports, words=book.reports, known=known, shown=shown)
    if aim is None:
        return None
    if aim.missing:
        return _missing(aim, reports, book, context)
    meant = [r for n in aim.numbers for r in reports if r.number == n]
    if not aim.several:
        return _of_one(meant[0], aim.rest, book, context=context, shown=shown)
    told = _verdicts(meant, aim, book) or _each(meant, aim, book)
    if told is None:
        return None
    return Answer(kind="reports", text=told, context=context)


def _missing(
    aim: Aim, reports: Sequence[Report], book: QuestionBook, context: Conversation
) -> Answer:
    words = book.reports
    if len(reports) == 1 and not aim.numbers:
        text = words.only_one.format(name=reports[0].name, word=f"{aim.missing}怎么样")
    else:
        text = words.none_such.format(name=aim.missing.removesuffix("报告"), count=len(reports))
    return Answer(kind="ask_back", text=text, context=context)


def _line(report: Report) -> str:
    return f"第{report.number}份 {report.name}"


def _view(run: CheckRun) -> View:
    library = load_library()
    return View(run, library.form_of(run), library.forms)


# -- one file ---------------------------------------------------------------------------------


def _of_one(
    report: Report, rest: str, book: QuestionBook, *, context: Conversation, shown: int | None
) -> Answer:
    """What is asked of one file; the talk goes on about it until another one is named."""
    if report.run is None:
        return Answer(kind="reports", text=f"{_line(report)}：{_NOT_CHECKED}。", context=context)
    spoken = report.number == (context.report or shown)
    before = context.model_copy(update={"report": None}) if spoken else Conversation()
    empty = is_empty(rest, book.reports.fillers, book.reports.there)
    found = answer(_HOW if empty else rest, report.run, context=before)
    if report.number == shown:
        return found.model_copy(update={"text": f"{_line(report)}：{found.text}"})
    kept = found.context.model_copy(update={"report": report.number})
    return found.model_copy(
        update={
            "text": f"{_line(report)}：{found.text}",
            "highlight": (),
            "citations": tuple(c for c in found.citations if c.finding is None and c.cell is None),
            "context": kept,
        }
    )


# -- several files ----------------------------------------------------------------------------


def _verdicts(meant: Sequence[Report], aim: Aim, book: QuestionBook) -> str | None:
    """Which files passed, and how many findings each has; None when something else is asked."""
    words = book.reports
    most = (*book.intents["most"], *book.intents["greater"])
    least = (*book.intents["least"], *book.intents["less"])
    rest = aim.rest.replace("有没有", "有")
    if not is_empty(rest, words.fillers, words.problems, *words.verdicts.values(), most, least):
        return None
    order: tuple[Verdict, ...] = ("fail", "review", "pass")
    said = [v for v in order if any(w in rest for w in words.verdicts[v])]
    wanted = said[0] if said and aim.which else None
    told = [r for r in meant if wanted in (None, r.verdict)]
    name = f"，“{VERDICT_NAMES[wanted]}”的{len(told)}份" if wanted else ""
    if not said and aim.which and any(w in rest for w in words.problems):
        told = [r for r in meant if r.verdict != "pass"]
        name = f"，有问题或者没有核对的{len(told)}份"
    head = f"共{len(meant)}份{name}{'：' if told else '。'}"
    lines = [f"{_line(r)}：{_state(r)}。" for r in told]
    left = rest.replace("多少", "")
    if any(w in left for w in (*most, *least)):
        rows = [_Told(r, "", Decimal(len(r.run.findings))) for r in told if r.run]
        lines += _extreme(rows, least=any(w in left for w in least), unit="条问题")
    return "\n".join((head, *lines))


def _state(report: Report) -> str:
    if report.run is None:
        return _NOT_CHECKED
    found = counts(_view(report.run)).rstrip("。")
    return f"{VERDICT_NAMES[report.run.verdict]}，{found}"


def _extreme(rows: Sequence[_Told], *, least: bool, unit: str = "") -> list[str]:
    """Which file has the most, or the least; nothing when none holds a figure."""
    known = [(r.report, r.value) for r in rows if r.value is not None]
    if not known:
        return []
    end = (min if least else max)(value for _, value in known)
    names = "、".join(_line(report) for report, value in known if value == end)
    return [f"最{'少' if least else '多'}的是{names}（{number(end)}{unit}）。"]


def _each(meant: Sequence[Report], aim: Aim, book: QuestionBook) -> str | None:
    """What is asked of every file, in one line each; None when none of them understands it."""
    first = next((r.run for r in meant if r.run), None)
    if first is None:
        return None
    lexicon = lexicon_of(load_library().form_of(first), first)
    asked, comparing = _without_comparing(aim.rest, lexicon)
    second = _without_comparing(aim.second, lexicon)[0] if aim.second else asked
    rows = [_told(r, second if i else asked) for i, r in enumerate(meant)]
    if all(told is None for told, report in zip(rows, meant, strict=True) if report.run):
        return None
    pairs = zip(rows, meant, strict=True)
    known = [told or _Told(report, _NO_ANSWER) for told, report in pairs]
    lines = [f"{_line(r.report)}：{r.text}" for r in known]
    return "\n".join((*lines, *_compared(known, comparing, growth=aim.compared)))


def _without_comparing(rest: str, lexicon: Lexicon) -> tuple[str, frozenset[str]]:
    """The question without the words that compare files, and what those ask."""
    kept, asked = "", set()
    for token in lexicon.cut(rest):
        own = set(token.values("intent")) & set(_COMPARING)
        asked |= own
        kept += "" if own else token.text
    return kept, frozenset(asked)


def _told(report: Report, asked: str) -> _Told | None:
    """What one file answers, short; None when it has no answer."""
    if report.run is None:
        return _Told(report, f"{_NOT_CHECKED}。")
    found = answer(asked or _HOW, report.run, context=Conversation())
    if found.kind in UNTOLD:
        return None
    view = _view(report.run)
    if found.kind == "cells" and (cell := _main_cell(found.highlight)):
        value = view.value(cell)
        told = f"{view.label(cell)}{told_value(value, unit=unit_of(view, cell))}。"
        return _Told(report, told, value.value if value else None)
    first = found.text.partition("\n")[0]
    text = found.text.replace("\n", "") if len(found.text) <= _SHORT else first
    return _Told(report, text.rstrip("：。") + "。", _sum(view, found))


def _main_cell(cells: Sequence[str]) -> str | None:
    """The one cell that is meant: the only one, or the total of a row."""
    if len(cells) == 1:
        return cells[0]
    rows = {split_address(c)[:2] for c in cells}
    totals = [c for c in cells if split_address(c).column == TOTAL]
    return totals[0] if len(rows) == len(totals) == 1 else None


def _sum(view: View, found: Answer) -> Decimal | None:
    values = [view.value(a) for a in found.highlight] if found.kind == "sum" else []
    known = [v.value for v in values if v is not None and v.value is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(values) else None


def _compared(rows: Sequence[_Told], asked: frozenset[str], *, growth: bool) -> list[str]:
    """How the figures of the files compare, where that is asked."""
    values = [r.value for r in rows if r.value is not None]
    if not values or not (asked or growth):
        return []
    if asked & {"most", "least"} or len(rows) > _TWO:
        return _extreme(rows, least="least" in asked)
    if len(values) < _TWO:
        return []
    one, other = values
    if one == other:
        return ["两份一样。"]
    gap = abs(one - other)
    rate = f"（{number(gap)}÷{number(other)}＝{percent(gap, other)}）" if growth and other else ""
    way = "多" if one > other else "少"
    names = [f"第{r.report.number}份" for r in rows]
    return [f"{names[0]}比{names[1]}{way}{number(gap)}{rate}。"]
