"""Which of two figures fits a cell: 总计应该是6还是8; what the findings come to with each of them.

No figure is called right: another cell of the same equation may be the one that is wrong.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from checker.answers.cells import about_cells, findings_line, told_value, unit_of
from checker.answers.findings import gist
from checker.answers.locate import Line, find_lines
from checker.answers.parse import Question
from checker.answers.questions import Words
from checker.answers.remedies import effect_of, numbered
from checker.answers.types import Answer, Change, Citation, Conversation
from checker.answers.view import View
from checker.answers.whatif.reply import one_cell
from checker.checks.operands import number
from checker.domain.finding import Finding, TextEvidence
from checker.domain.report import split_address

_FEW: Final = 2
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_NOT_SURE: Final = "用到这一格的等式里，也可能是别的格填错；哪一个对，请对照台账核实。"
_BOTH_FIT: Final = "规则分不出哪一个对，请对照台账核实。"


def cell_weighed(view: View, question: Question, context: Conversation, modal: Words) -> str | None:
    """The one cell that a choice between figures is about; None when none is meant.

    Args:
        view: the report.
        question: that gives the figures.
        context: for what was spoken of, where the question names no cell.
        modal: words that ask what should be.
    """
    tables = question.all("table")
    if question.places:
        lines = find_lines(view, places=question.places, tables=tables)
        lines = tuple(line for line in lines if len(lines) == 1 or _is_alone(line, lines))
        found = one_cell(lines).cells if lines and not lines[0].summed else ()
        return found[0] if len(found) == 1 else None
    if tables or not any(t.text in modal or t.text[:2] in modal for t in question.tokens):
        return None
    if context.focus == "cells" and len(context.cells) == 1:
        return context.cells[0]
    known = context.focus == "finding" and context.finding
    return view.finding(known).suspect_cell if known and known <= len(view.findings) else None


def tell_weighed(view: View, cell: str, values: Sequence[Decimal]) -> Answer | None:
    """What the cell holds, and what becomes of its findings with each figure.

    None when the report did not print the cell, or the two are figures of cell and narrative.
    """
    value = view.value(cell)
    touched = view.about_cells((cell,))
    if value is None or any(_is_between(view.finding(n), values) for n in touched):
        return None
    lines = [f"{view.label(cell)}{told_value(value, unit=unit_of(view, cell))}。"]
    if touched:
        lines.append(findings_line(view, touched))
        lines += [gist(view.finding(n)) for n in touched[:_FEW]]
    fates = [_fate(view, cell, v, touched) for v in values]
    lines += [f"填{number(v)}：{fate}。" for v, fate in zip(values, fates, strict=True)]
    lines += _advised(view, cell, touched)
    lines.append(_BOTH_FIT if len({*fates}) == 1 else _NOT_SURE)
    return Answer(
        kind="compare",
        text="\n".join(lines),
        citations=(
            view.cite_cell(cell),
            *(Citation(finding=n, rule=view.finding(n).rule) for n in touched),
        ),
        highlight=(cell,),
        context=about_cells((cell,), split_address(cell).table, touched),
    )


def _advised(view: View, cell: str, touched: Sequence[int]) -> Iterator[str]:
    """Which figure the findings themselves advise for the cell."""
    for n in touched:
        found = view.finding(n)
        if found.suspect_cell == cell and found.suggested_value is not None:
            yield f"第{n}条认为最可能填错的就是这一格，应为{number(found.suggested_value)}。"


def _fate(view: View, cell: str, value: Decimal, touched: Sequence[int]) -> str:
    """What the findings come to when the cell holds a figure."""
    held = view.value(cell)
    same = held is not None and held.value == value
    effect = effect_of(view, (Change(cell=cell, printed=number(value)),))
    stays = tuple(n for n in touched if same or n not in effect.gone)
    told = [f"{numbered(effect.gone)}会消失"] if effect.gone and not same else []
    told += [f"{numbered(stays)}仍在"] if stays else []
    if effect.new and not same:
        rules = "、".join(dict.fromkeys(f.rule for f in effect.new))
        told.append(f"会新出现{len(effect.new)}条问题（{rules}）")
    return "，".join(told) or "核对过的规则都不在这里报问题"


def _is_between(finding: Finding, values: Sequence[Decimal]) -> bool:
    """Whether a finding sets the figures of a cell and of the narrative side by side."""
    quotes = any(isinstance(e, TextEvidence) for e in finding.evidence)
    said = {Decimal(n) for n in _NUMBER.findall(finding.message)}
    return quotes and said.issuperset(values)


def _is_alone(line: Line, lines: Sequence[Line]) -> bool:
    """Whether of several ways to understand the words only this one names a single cell."""
    return len(line.cells) == 1 and sum(len(x.cells) == 1 for x in lines) == 1
