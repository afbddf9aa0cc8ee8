"""Writes what a reviewer sends back: the findings as a short list, in the words of the rules.

It adds nothing to the findings and decides nothing; what a language model raised is left out.
"""

from collections.abc import Sequence
from itertools import chain
from typing import Final

from checker.answers.findings import advice, cite, gist
from checker.answers.overview import cells_cited, limits
from checker.answers.types import Answer, Conversation
from checker.answers.view import View, clauses
from checker.checks.operands import number
from checker.domain.finding import Finding

_HEAD: Final = "按核对结果拟的意见，请核实后使用："
_AGAINST: Final = "经核对，{title}有下列{count}处问题，请改正后重新报送："
_OPEN: Final = "经核对，{title}没有查到确定的错误；下列{count}处请核实，有误的改正："
_ALSO: Final = "另有下列{count}处请一并核实，有误的改正："
_REMARKS: Final = "经核对，{title}没有查到错误；下列{count}处供参考："
_NOTHING: Final = "经核对，{title}没有查到问题。"
_EMPTY: Final = "这是一份没有填写的空白表式，填写后再写意见。"
_OF_MODEL: Final = "语言模型的意见{count}条没有写进去，请先人工核对。"
_MOST: Final = 20
_MOST_WITH_ADVICE: Final = 4
"""With more findings a line says what is wrong and no more."""


def tell_opinion(view: View, numbers: Sequence[int], *, where: str = "") -> Answer:
    """The findings as an opinion that can be copied.

    Args:
        view: the report.
        numbers: of the findings that it is about.
        where: the part of the report that was named; empty for all of it.
    """
    if view.run.report.empty_form:
        return Answer(kind="opinion", text=_EMPTY, context=Conversation(focus="overview"))
    own = [n for n in numbers if view.finding(n).judged_by == "code"]
    against = [n for n in own if view.finding(n).verdict == "fail"]
    others = [n for n in own if n not in against]
    lines = [_HEAD, *_body(view, against, others, where)]
    if own:
        bases = dict.fromkeys(chain.from_iterable(view.finding(n).basis for n in own))
        lines.append(f"依据：{clauses(bases)}。")
    raised = len(numbers) - len(own)
    lines += [_OF_MODEL.format(count=raised)] if raised else []
    lines += [told] if (told := limits(view)) else []
    return Answer(
        kind="opinion",
        text="\n".join(lines),
        citations=tuple(c for n in own for c in cite(n, view.finding(n))[:1]),
        highlight=cells_cited(view, own),
        context=Conversation(focus="overview", aspect="opinion", numbers=tuple(own)),
    )


def _body(view: View, against: Sequence[int], others: Sequence[int], where: str) -> list[str]:
    """What stands against the report, then what a person has to look at; numbered throughout."""
    title = f"{_title(view)}{where}"
    if not against and not others:
        return [_NOTHING.format(title=title)]
    lines: list[str] = []
    if against:
        lines.append(_AGAINST.format(title=title, count=len(against)))
        lines += _numbered(view, against, start=1)
    if others:
        only_notes = all(view.finding(n).severity == "note" for n in others)
        head = _ALSO if against else _REMARKS if only_notes else _OPEN
        lines.append(head.format(title=title, count=len(others)))
        lines += _numbered(view, others, start=len(against) + 1)
    return lines


def _is_told(finding: Finding, told: str) -> bool:
    """Whether the figure that is advised stands in a sentence already."""
    value = finding.suggested_value
    return value is not None and f"应为{number(value)}。" in told


def _title(view: View) -> str:
    title = "".join((view.run.report.identity.title or "").split())
    return f"《{title}》" if title else "报告"


def _numbered(view: View, numbers: Sequence[int], *, start: int) -> list[str]:
    few = len(numbers) <= _MOST_WITH_ADVICE
    lines = []
    for count, n in enumerate(numbers[:_MOST], start):
        finding = view.finding(n)
        told = gist(finding)
        fix = finding.fix_hint if _is_told(finding, told) else advice(finding)
        told += fix if few and fix not in told else ""
        lines.append(f"{count}. {told}")
    more = len(numbers) - _MOST
    return [*lines, f"还有{more}处，见问题清单。"] if more > 0 else lines
