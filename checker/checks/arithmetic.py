"""Equation rules: one finding per fault, with the cell that is most likely wrong.

It counts what was judged; what is wrong is worked out in ``causes`` and told in ``faults``.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from checker.checks.causes import Figures, TableCause, causes_of
from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.checks.displaced_texts import displaced_doubt, displaced_held
from checker.checks.equations import Judged, judge
from checker.checks.extra_rows import ExtraRows, extra_rows
from checker.checks.faults import draft_of, explained_by_rows, faults_of, merged
from checker.checks.operands import places
from checker.checks.readings import UNKNOWN
from checker.checks.repair import Equation
from checker.checks.shift_texts import held_back, shift_doubt
from checker.checks.shifts import repaired_by
from checker.domain.report import split_address
from checker.rulebook.kinds_tables import EquationRule

ALL_BLANK = "有关各格都没有数字，无法核对。"
SOME_BLANK = "有关各处都有空白格，填上以后才能核对。"
MAX_UNREAD = 3
"""So many places that cannot be read are named; the rest is counted."""


@evaluate.register
def _(rule: EquationRule, context: CheckContext) -> KindResult:
    judged = judge(rule, context)
    failed = [j for j in judged if j.truth is False]
    if rule.one_finding and failed:
        return _result(rule, judged, [merged(failed, context)], context)
    return _result(rule, judged, [draft_of([j], context) for j in failed], context)


def check_family(rules: Sequence[EquationRule], context: CheckContext) -> Mapping[str, KindResult]:
    """Judge the rules that are localised together; a fault that breaks several is told once.

    Args:
        rules: equations with ``localise``, of any table.
        context: the report.
    """
    judged = {j.id: j for rule in rules for j in judge(rule, context)}
    extra = extra_rows(tuple(judged.values()), context)
    drafts = [explained_by_rows(e, context) for e in extra.explained]
    causes = causes_in(judged, extra, context)
    for part in (p for table in causes for p in table.parts):
        drafts += faults_of(part, judged, context)
    shifted = [cause for table in causes for cause in table.shifted]
    displaced = [table.displaced for table in causes if table.displaced]
    doubts = (
        *(shift_doubt(cause, context) for cause in shifted),
        *(displaced_doubt(ways, context) for ways in displaced),
    )
    results: dict[str, KindResult] = {}
    for rule in rules:
        own = [d.draft for d in drafts if d.rule is rule]
        result = _result(rule, [j for j in judged.values() if j.rule is rule], own, context)
        held = [c for c in shifted if any(judged[i].rule is rule for i in repaired_by([c]))]
        reasons = [held_back(held, context)] if held else []
        moved = {c: v for cause in held for c, v in cause[0].changes.items()}
        for ways in displaced:
            if any(judged[i].rule is rule for i in ways[0].repaired):
                reasons.append(displaced_held(ways, context))
                for way in reversed(ways):
                    moved |= way.changes
        results[rule.id] = dataclasses.replace(
            result,
            doubts=doubts,
            moved=moved,
            not_judged=result.not_judged or "".join(reasons),
        )
        doubts = ()
    return results


def causes_in(
    judged: Mapping[str, Judged], extra: ExtraRows, context: CheckContext
) -> Sequence[TableCause]:
    """What explains the broken sums of rules that are localised together.

    Args:
        judged: the sums by id, of any table.
        extra: what rows beside the form add to them.
        context: the report.
    """
    in_doubt = {j.id for j in judged.values() if not j.truth} | extra.terms.keys()
    # With nothing but blanks, as in an empty form, 0 everywhere makes all sums hold.
    if not in_doubt or all(c.value is None for j in judged.values() for c in j.cells):
        return ()
    equations = [_equation(j, extra.terms.get(j.id, ())) for j in judged.values()]
    return causes_of(equations, in_doubt, _figures(equations, context))


def _equation(judged: Judged, added: Iterable[tuple[str, int]]) -> Equation:
    own = ((a, int(c)) for a, c in judged.coefficients.items())
    return Equation(judged.id, (*own, *added))


def _figures(equations: Sequence[Equation], context: CheckContext) -> Figures:
    own = {c for e in equations for c, _ in e.terms}
    cells = dict.fromkeys((*(c for c in context.cells if c in own), *sorted(own)))
    readings = {c: context.reading(c) for c in cells}
    tables = {split_address(c).table for c in cells}
    return Figures(
        values={c: r.value for c, r in readings.items()},
        unreadable={c for c, r in readings.items() if r.certainty in UNKNOWN},
        missing={c for c, r in readings.items() if r.certainty == "missing"},
        across={t for t in tables if context.form_of(t).table(t).orientation == "across"},
    )


def _result(
    rule: EquationRule,
    judged: Sequence[Judged],
    drafts: Sequence[Draft],
    context: CheckContext,
) -> KindResult:
    """Count what was decided; say what could not be."""
    decided = [j for j in judged if j.truth is not None]
    missing = dict.fromkeys(a for j in judged if j.truth is None for a in j.unknown)
    reason = ""
    if missing:
        reason = f"{_unread(list(missing), context)}没有印出或无法识读，有关合计无法核对。"
    elif judged and not decided:
        known = any(c.value is not None for j in judged for c in j.cells)
        reason = SOME_BLANK if known else ALL_BLANK
    return KindResult(drafts=tuple(drafts), tests=len(decided), not_judged=reason)


def _unread(cells: Sequence[str], context: CheckContext) -> str:
    tables: dict[str, list[str]] = {}
    for cell in cells:
        tables.setdefault(split_address(cell).table, []).append(cell)
    return "、".join(
        f"表{context.form_of(table).table(table).ordinal}{places(context, own, limit=MAX_UNREAD)}"
        for table, own in tables.items()
    )
