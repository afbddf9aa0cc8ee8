"""Tells what several files say together: each in one line, then their sum, the most, the best.

Every figure is that of one file; what is worked out from them is written out.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from checker.answers.aims import Aim, Report, is_empty
from checker.answers.cells import short_value, told_value, unit_of
from checker.answers.embedded import answer, lexicon_of
from checker.answers.library import load_library
from checker.answers.locate import TOTAL
from checker.answers.overview import VERDICT_NAMES, counts
from checker.answers.parse import Lexicon
from checker.answers.questions import Intent, QuestionBook, ReportWords, Way
from checker.answers.shares import percent
from checker.answers.types import UNTOLD, Answer, AnswerKind, Conversation
from checker.answers.view import SEVERITIES, SEVERITY_NAMES, View
from checker.answers.wording import fold
from checker.checks.operands import number
from checker.domain.finding import Severity
from checker.domain.report import split_address
from checker.domain.run import CheckRun, Verdict

NOT_CHECKED: Final = "没有核对"
HOW: Final = "怎么样"
_NO_ANSWER: Final = "没有这一项。"
_MAIN: Final = (TOTAL, "decisions")
"""The column of a row that is meant where none is named."""
_APPLICATIONS: Final = ("requests", "new_received")
_SHORT: Final = 60
_TWO: Final = 2
_ORDER: Final[tuple[Verdict, ...]] = ("fail", "review", "pass")
_COMPARING: Final[tuple[Intent, ...]] = (
    "most", "least", "differ", "gap", "greater", "less", "than", "growth", "prior", "relation",
)  # fmt: skip
_ENDS: Final[dict[Way, str]] = {"most": "多", "least": "少"}


class Told(NamedTuple):
    """What one file holds.

    Attributes:
        value: when it is one figure.
        unit: of that figure.
    """

    report: Report
    text: str
    value: Decimal | None = None
    unit: str = ""


def line_of(report: Report) -> str:
    """A file by its number and name."""
    return f"第{report.number}份 {report.name}"


def tell_several(meant: Sequence[Report], aim: Aim, book: QuestionBook) -> str | None:
    """What is asked of several files; None when none of them understands it.

    Args:
        meant: the files.
        aim: what is asked.
        book: the wordings.
    """
    words = book.reports
    if aim.way in ("best", "worst"):
        ranked = is_empty(aim.rest, words.fillers, words.problems)
        return _ranked(meant, words, best=aim.way == "best") if ranked else None
    if aim.way == "compare" and is_empty(aim.rest, words.fillers):
        return _side_by_side(meant, words)
    return _verdicts(meant, aim, book) or _each(meant, aim, book)


def _view(run: CheckRun) -> View:
    library = load_library()
    return View(run, library.form_of(run), library.forms)


def _number_of(report: Report, severity: Severity | None = None) -> int:
    """How many findings of the code a file has, of some severity or of all."""
    findings = report.run.findings if report.run else ()
    return sum(f.judged_by == "code" and severity in (None, f.severity) for f in findings)


def _state(report: Report) -> str:
    if report.run is None:
        return NOT_CHECKED
    found = counts(_view(report.run)).rstrip("。")
    return f"{VERDICT_NAMES[report.run.verdict]}，{found}"


# -- verdicts and findings ---------------------------------------------------------------------


def _verdicts(meant: Sequence[Report], aim: Aim, book: QuestionBook) -> str | None:
    """Which files passed, and how many findings each has; None when something else is asked."""
    words = book.reports
    comparing = [w for i in ("most", "least", "greater", "less") for w in book.intents[_intent(i)]]
    rest = aim.rest.replace("有没有", "有")
    kinds = (words.problems, *words.verdicts.values(), comparing)
    if not is_empty(rest, words.fillers, words.which_ones, *kinds):
        return None
    said = _said(rest, words)
    wanted = said[0] if len(said) == 1 and aim.which else None
    told = [r for r in meant if wanted in (None, r.verdict)]
    name = f"，“{VERDICT_NAMES[wanted]}”的{len(told)}份" if wanted else ""
    way = aim.way or _way_of(rest, book)
    if not said and aim.which and not way and any(w in rest for w in words.problems):
        told = [r for r in meant if r.verdict != "pass"]
        name = f"，有问题或者没有核对的{len(told)}份"
    if len(said) > 1:
        told = sorted(told, key=lambda r: (r.verdict is None, _ORDER.index(r.verdict or "fail")))
    head = f"共{len(meant)}份{name}{'：' if told else '。'}"
    plain = not said and not any(w in rest for w in words.problems)
    bodies = {r.number: f"（{r.agency}）" for r in told if plain and aim.which and r.agency}
    lines = [head, *(f"{line_of(r)}{bodies.get(r.number, '')}：{_state(r)}。" for r in told)]
    severity = next((s for s, own in words.severities.items() if any(w in rest for w in own)), None)
    if way in ("most", "least"):
        unit = f"条{SEVERITY_NAMES[severity]}" if severity else "条问题"
        rows = [Told(r, "", Decimal(_number_of(r, severity)), unit) for r in told if r.run]
        lines += _extreme(rows, way)
    elif way in ("sum", "mean"):
        lines.append(_all_findings([r for r in told if r.run]))
    return "\n".join(lines)


def _intent(name: str) -> Intent:
    known: dict[str, Intent] = {i: i for i in _COMPARING}
    return known[name]


def _said(rest: str, words: ReportWords) -> list[Verdict]:
    """The verdicts that are named, the longest words first: 没通过 is not 通过."""
    by_word = {fold(w): v for v, own in words.verdicts.items() for w in own}
    longest = sorted(by_word, key=len, reverse=True)
    found = {by_word[m] for m in re.findall("|".join(map(re.escape, longest)), rest)}
    return [v for v in _ORDER if v in found]


def _way_of(rest: str, book: QuestionBook) -> Way | None:
    left = rest.replace("多少", "")
    ways: tuple[tuple[Way, tuple[Intent, ...]], ...] = (
        ("most", ("most", "greater")), ("least", ("least", "less")),
    )  # fmt: skip
    return next(
        (w for w, own in ways if any(x in left for i in own for x in book.intents[i])), None
    )


def _all_findings(reports: Sequence[Report]) -> str:
    each = [f"{SEVERITY_NAMES[s]}{sum(_number_of(r, s) for r in reports)}条" for s in SEVERITIES]
    every = sum(map(_number_of, reports))
    return f"{len(reports)}份一共{every}条：{'、'.join(each)}。"


def _ranked(meant: Sequence[Report], words: ReportWords, *, best: bool) -> str:
    """The best or the worst file: by verdict, then by errors, then by all findings."""
    known = [r for r in meant if r.run]
    if not known:
        return "\n".join(f"{line_of(r)}：{NOT_CHECKED}。" for r in meant)

    def rank(report: Report) -> tuple[int, int, int]:
        verdict = _ORDER.index(report.verdict or "fail")
        return -verdict, _number_of(report, "error"), _number_of(report)

    end = (min if best else max)(map(rank, known))
    named = "；".join(f"{line_of(r)}（{_state(r)}）" for r in known if rank(r) == end)
    left = [line_of(r) for r in meant if not r.run]
    note = f"{'、'.join(left)}{NOT_CHECKED}，没有比较。" if left else ""
    return f"{'最好' if best else '问题最重'}的是{named}。{words.ranked}{note}"


def _side_by_side(meant: Sequence[Report], words: ReportWords) -> str:
    """Verdict and main figures of every file, and the rules that none of them keeps."""
    lines = []
    for report in meant:
        if report.run is None:
            lines.append(f"{line_of(report)}：{NOT_CHECKED}。")
            continue
        view = _view(report.run)
        held = (f"{name}{short_value(view.value(c))}件" for c, name in words.compared.items())
        body = "，".join(str(x) for x in (report.agency, report.year and f"{report.year}年") if x)
        lines.append(f"{line_of(report)}（{body}）：{_state(report)}；{'、'.join(held)}。")
    known = [r.run for r in meant if r.run]
    shared = set.intersection(*({f.rule for f in run.findings} for run in known)) if known else ()
    titles = {f.rule: f.title for run in known for f in run.findings}
    told = "；".join(f"{rule} {titles[rule]}" for rule in sorted(shared))
    if len(known) > 1:
        lines.append(f"都有的问题：{told}。" if told else "没有共同的问题。")
    return "\n".join(lines)


# -- what each file holds ----------------------------------------------------------------------


def _each(meant: Sequence[Report], aim: Aim, book: QuestionBook) -> str | None:
    """What is asked of every file, in one line each; None when none of them understands it."""
    first = next((r.run for r in meant if r.run), None)
    if first is None:
        return None
    lexicon = lexicon_of(load_library().form_of(first), first)
    asked, comparing = _without_comparing(aim.rest, lexicon)
    second = _without_comparing(aim.second, lexicon)[0] if aim.second else asked
    if not asked and not (aim.which or comparing):
        asked = second = HOW
    rows = [_told(r, second if i else asked) for i, r in enumerate(meant)]
    if all(told is None for told, report in zip(rows, meant, strict=True) if report.run):
        return None
    pairs = zip(rows, meant, strict=True)
    known = [told or Told(report, _NO_ANSWER) for told, report in pairs]
    lines = [f"{line_of(r.report)}：{r.text}" for r in known]
    way = aim.way or _way_asked(comparing, which=aim.which or len(meant) > _TWO)
    return "\n".join((*lines, *_together(known, way, comparing, growth=aim.compared)))


def _without_comparing(rest: str, lexicon: Lexicon) -> tuple[str, frozenset[str]]:
    """The question without the words that compare files, and what those ask."""
    kept, asked = "", set()
    for token in lexicon.cut(rest):
        own = set(token.values("intent")) & set(_COMPARING)
        asked |= own
        kept += "" if own else token.text
    return kept, frozenset(asked)


def _told(report: Report, asked: str) -> Told | None:
    """What one file answers, short; None when it has no answer."""
    if report.run is None:
        return Told(report, f"{NOT_CHECKED}。")
    found = answer(asked, report.run, context=Conversation())
    if found.kind in UNTOLD:
        return None
    view = _view(report.run)
    if found.kind == "cells" and (cell := _main_cell(found.highlight)):
        value, unit = view.value(cell), unit_of(view, cell) or ""
        told = f"{view.label(cell)}{told_value(value, unit=unit)}。"
        return Told(report, told, value.value if value else None, unit)
    if found.kind in _SHORTER:
        return Told(report, _SHORTER[found.kind](found))
    first = found.text.partition("\n")[0]
    text = found.text.replace("\n", "") if len(found.text) <= _SHORT else first
    return Told(report, text.rstrip("：。") + "。", _sum(view, found))


def _doubts(found: Answer) -> str:
    """How many places may have been misread."""
    doubts = len(found.citations)
    return f"识读存疑{doubts}处。" if doubts else "没有识读存疑。"


def _how_it_fared(found: Answer) -> str:
    """A rule, and what it found in this report: the first line and the last."""
    lines = found.text.split("\n")
    return "".join(dict.fromkeys((lines[0], lines[-1])))


_SHORTER: Final[dict[AnswerKind, Callable[[Answer], str]]] = {
    "doubts": _doubts,
    "rule": _how_it_fared,
}


def _main_cell(cells: Sequence[str]) -> str | None:
    """The one cell that is meant: the only one, or the main one of a row."""
    if len(cells) == 1:
        return cells[0]
    new = [c for c in cells if split_address(c)[:2] == _APPLICATIONS]
    if len(new) == 1 and len({split_address(c).column for c in cells}) == 1:
        return new[0]  # 自然人: the applications of the year
    rows = {split_address(c)[:2] for c in cells}
    for column in _MAIN:
        main = [c for c in cells if split_address(c).column == column]
        if len(rows) == len(main) == 1:
            return main[0]
    return None


def _sum(view: View, found: Answer) -> Decimal | None:
    values = [view.value(a) for a in found.highlight] if found.kind == "sum" else []
    known = [v.value for v in values if v is not None and v.value is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(values) else None


# -- what the figures of the files come to -----------------------------------------------------


def _way_asked(comparing: frozenset[str], *, which: bool) -> Way | None:
    """The most or the least, where words such as 多 are said of files."""
    if comparing & {"most", *(("greater",) if which else ())}:
        return "most"
    return "least" if comparing & {"least", *(("less",) if which else ())} else None


def _together(
    rows: Sequence[Told], way: Way | None, asked: frozenset[str], *, growth: bool
) -> Iterator[str]:
    """What the figures of the files come to, where that is asked."""
    known = [r for r in rows if r.value is not None]
    left = [f"第{r.report.number}份" for r in rows if r.value is None]
    note = f"{'、'.join(left)}没有数字，没有计入。" if left else ""
    if not known:
        return
    tellings: dict[Way, Callable[[Sequence[Told]], str]] = {"sum": _added, "mean": _mean}
    if way in tellings:
        yield f"{tellings[way](known)}{note}"
    elif way in _ENDS or (len(rows) > _TWO and (asked or growth)):
        yield from _extreme(known, "least" if way == "least" else "most")
        yield from (note,) * bool(note)
    elif (asked or growth or way == "compare") and len(known) > 1:
        yield _gap(known, growth=growth)


def _added(rows: Sequence[Told]) -> str:
    values = [r.value or Decimal(0) for r in rows]
    terms = "＋".join(map(number, values))
    return f"加起来：{terms}＝{number(sum(values, Decimal(0)))}{rows[0].unit}。"


def _mean(rows: Sequence[Told]) -> str:
    values = [r.value or Decimal(0) for r in rows]
    total = sum(values, Decimal(0))
    mean = (total / len(values)).quantize(Decimal("0.1"))
    return (
        f"平均：（{'＋'.join(map(number, values))}）÷{len(values)}＝{number(mean)}{rows[0].unit}。"
    )


def _extreme(rows: Sequence[Told], way: Way) -> list[str]:
    """Which file has the most, or the least; nothing when none holds a figure."""
    known = [(r.report, r.value, r.unit) for r in rows if r.value is not None]
    if not known:
        return []
    end = (min if way == "least" else max)(value for _, value, _ in known)
    names = "、".join(line_of(report) for report, value, _ in known if value == end)
    return [f"最{_ENDS[way]}的是{names}（{number(end)}{known[0][2]}）。"]


def _gap(rows: Sequence[Told], *, growth: bool) -> str:
    """By how much the first is more than the second."""
    one, other = (r.value or Decimal(0) for r in rows[:_TWO])
    if one == other:
        return "两份一样。"
    gap = abs(one - other)
    rate = f"（{number(gap)}÷{number(other)}＝{percent(gap, other)}）" if growth and other else ""
    way = "多" if one > other else "少"
    names = [f"第{r.report.number}份" for r in rows]
    return f"{names[0]}比{names[1]}{way}{number(gap)}{rate}。"
