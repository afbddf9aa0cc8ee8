"""Tells whether a table, or a whole row or column of it, adds up: the equations over it."""

from collections.abc import Sequence
from typing import Final

from checker.answers.findings import gist, headline
from checker.answers.library import Library
from checker.answers.locate import Line
from checker.answers.types import Answer, Citation, Conversation
from checker.answers.view import View
from checker.checks.blame import cells_of
from checker.domain.report import split_address
from checker.domain.run import RuleOutcome
from checker.rulebook.kinds_tables import EquationRule, ForEach

_HELD: Final = "没有发现问题"
_LINES: Final[dict[ForEach, str]] = {"row": "行", "column": "列"}
_EQUALS: Final = " = "


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
            told.append(f"{outcome.rule} {outcome.title}：{_result(outcome, numbers, _HELD)}。")
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
        through = rule.for_each == ("row" if by_row else "column") and _EQUALS in rule.formula
        if through and outcome.status != "not_applicable":
            wanted.append(outcome)
    return wanted


def _result(outcome: RuleOutcome, numbers: Sequence[int], held: str) -> str:
    if numbers:
        return f"不成立，见第{'、'.join(map(str, numbers))}条"
    if outcome.status == "not_judged":
        return f"没有判定，{outcome.reason.rstrip('。')}"
    partly = f"；只核对了一部分：{outcome.reason.rstrip('。')}" if outcome.reason else ""
    return f"{held}{partly}"


def tell_balance(
    view: View, library: Library, tables: Sequence[str], *, along: ForEach | None = None
) -> Answer:
    """Whether tables add up: every equation with its result, and what does not hold.

    Args:
        view: the report.
        library: the rules.
        tables: ids; all three when empty.
        along: only the equations repeated over rows, or over columns.
    """
    wanted = [s.id for s in view.specs if not tables or s.id in tables]
    told: list[str] = []
    citations: list[Citation] = []
    for table in wanted:
        outcomes = _of_table(view, library, table, along)
        numbers = sorted({n for o in outcomes for n in view.about_rule(o.rule)})
        told.append(_head(view, table, outcomes, numbers))
        told += [f"{o.rule} {o.title}：{_outcome(view, o)}。" for o in outcomes]
        told += [f"第{n}条：{gist(view.finding(n))}" for n in numbers]
        citations += [Citation(rule=o.rule) for o in outcomes]
        citations += [Citation(finding=n, rule=view.finding(n).rule) for n in numbers]
    cited = tuple(dict.fromkeys(citations))
    found = [c.finding for c in cited if c.finding]
    return Answer(
        kind="status",
        text="\n".join(told),
        citations=cited,
        highlight=tuple(dict.fromkeys(c for n in found for c in cells_of(view.finding(n)))),
        context=Conversation(
            focus="table" if len(wanted) == 1 else "overview",
            table=wanted[0] if len(wanted) == 1 else None,
            finding=found[0] if len(found) == 1 else None,
            aspect="balance",
        ),
    )


def tell_unbalanced(
    view: View, library: Library, tables: Sequence[str], *, along: ForEach
) -> Answer:
    """Only the rows, or the columns, that do not add up.

    Args:
        view: the report.
        library: the rules.
        tables: ids; all three when empty.
        along: rows, among which the groups of a table printed in one row count, or columns.
    """
    outcomes: list[RuleOutcome] = []
    for outcome in view.run.outcomes:
        rule = library.rules.get(outcome.rule)
        if not isinstance(rule, EquationRule) or (tables and rule.table not in tables):
            continue
        across = rule.for_each == "column" if along == "column" else rule.for_each != "column"
        if across and _EQUALS in rule.formula and outcome.status != "not_applicable":
            outcomes.append(outcome)
    numbers = sorted({n for o in outcomes for n in view.about_rule(o.rule)})
    name = _LINES[along]
    if numbers:
        lines = [f"加起来不对的{name}有{len(numbers)}处："]
        lines += [f"第{n}条：{gist(view.finding(n))}" for n in numbers]
    else:
        rules = "、".join(o.rule for o in outcomes)
        lines = [f"核对过的{name}都加得对（规则{rules}）。"]
    left = [f"{o.rule} {o.reason}" for o in outcomes if o.status == "not_judged" or o.reason]
    lines += [f"没有核对到的：{'；'.join(left)}"] if left else []
    return Answer(
        kind="status",
        text="\n".join(lines),
        citations=(
            *(Citation(rule=o.rule) for o in outcomes),
            *(Citation(finding=n, rule=view.finding(n).rule) for n in numbers),
        ),
        highlight=tuple(dict.fromkeys(c for n in numbers for c in cells_of(view.finding(n)))),
        context=Conversation(
            focus="overview", numbers=tuple(numbers), listed=len(numbers), aspect="balance",
            finding=numbers[0] if len(numbers) == 1 else None,
        ),
    )  # fmt: skip


def _of_table(view: View, library: Library, table: str, along: ForEach | None) -> list[RuleOutcome]:
    """The equations over a table that apply; where it has none, its other relations."""
    found: list[tuple[EquationRule, RuleOutcome]] = []
    for outcome in view.run.outcomes:
        rule = library.rules.get(outcome.rule)
        own = isinstance(rule, EquationRule) and rule.table == table
        if isinstance(rule, EquationRule) and own and outcome.status != "not_applicable":
            found.append((rule, outcome))
    kept = [o for r, o in found if _EQUALS in r.formula and along in (None, r.for_each)]
    return kept or [o for _, o in found]


def _head(view: View, table: str, outcomes: Sequence[RuleOutcome], numbers: Sequence[int]) -> str:
    name = f"表{view.spec(table).ordinal}"
    if view.run.report.table(table) is None:
        return f"报告里没有找到{name}。"
    if numbers:
        return f"{name}没有算平，有{len(numbers)}处："
    if not outcomes:
        return f"{name}没有可以核对的勾稽关系。"
    if any(o.status == "not_judged" or o.reason for o in outcomes):
        return f"{name}核对到的都算得平，有的没有核对："
    return f"{name}算得平："


def _outcome(view: View, outcome: RuleOutcome) -> str:
    return _result(outcome, view.about_rule(outcome.rule), f"成立，核对了{outcome.tests}处")
