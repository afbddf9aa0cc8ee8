"""Tells whether a whole row or column of a table adds up: the equations that go through it."""

from typing import Final

from checker.answers.findings import headline
from checker.answers.library import Library
from checker.answers.locate import Line
from checker.answers.types import Answer, Citation, Conversation
from checker.answers.view import View
from checker.domain.report import split_address
from checker.domain.run import RuleOutcome
from checker.rulebook.kinds_tables import EquationRule

_HELD: Final = "没有发现问题"


def tell_sums(view: View, library: Library, lines: tuple[Line, ...]) -> Answer | None:
    """Every equation over the lines with its result; None when no equation goes through them.

    The cells of such a line are never simply added: details and totals stand side by side in it.
    """
    told: list[str] = []
    citations: list[Citation] = []
    for line in lines:
        rules = _equations(view, library, line)
        if not rules:
            return None
        told.append(f"{line.name}：")
        for outcome in rules:
            numbers = sorted(set(view.about_rule(outcome.rule)) & set(_touching(view, line)))
            told.append(f"{outcome.rule} {outcome.title}：{_result(outcome, numbers)}。")
            citations.append(Citation(rule=outcome.rule))
        for n in _touching(view, line):
            told.append(f"涉及：{headline(n, view.finding(n))}。")
            citations.append(Citation(finding=n, rule=view.finding(n).rule))
    cells = tuple(dict.fromkeys(c for line in lines for c in line.cells))
    return Answer(
        kind="status",
        text="\n".join(told),
        citations=tuple(citations),
        highlight=cells,
        context=Conversation(focus="table", table=lines[0].table, aspect="healthy"),
    )


def _touching(view: View, line: Line) -> tuple[int, ...]:
    return view.blaming_cells(line.cells)


def _equations(view: View, library: Library, line: Line) -> list[RuleOutcome]:
    """The equations that are repeated over such lines and apply to this report."""
    by_row = len({split_address(a).row for a in line.cells}) == 1
    wanted = []
    for outcome in view.run.outcomes:
        rule = library.rules.get(outcome.rule)
        if not isinstance(rule, EquationRule) or rule.table != line.table:
            continue
        through = rule.for_each == ("row" if by_row else "column") and " = " in rule.formula
        if through and outcome.status != "not_applicable":
            wanted.append(outcome)
    return wanted


def _result(outcome: RuleOutcome, numbers: list[int]) -> str:
    if numbers:
        return f"见第{'、'.join(map(str, numbers))}条"
    if outcome.status == "not_judged":
        return f"没有判定，{outcome.reason.rstrip('。')}"
    partly = f"；只核对了一部分：{outcome.reason.rstrip('。')}" if outcome.reason else ""
    return f"{_HELD}{partly}"
