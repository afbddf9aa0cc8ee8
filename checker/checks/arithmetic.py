"""Equation rules: one finding per fault, with the cell that is most likely wrong.

It proposes values and never writes them anywhere; where several repairs exist it lists them.
"""

import dataclasses
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from checker.assemble.fold import fold_text
from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.checks.equations import (
    Judged,
    evidence_cells,
    judge,
    words,
)
from checker.checks.lines import lines_of, wrong_lines
from checker.checks.operands import cell_name, row_name
from checker.checks.proposals import (
    MAX_LISTED,
    Fix,
    exchange,
    fixes_of,
    repair_of,
    repairs_text,
    suspect_text,
    whole_line,
)
from checker.checks.repair import Equation, RepairResult, connected, minimal_repairs
from checker.checks.shifts import Explained, extra_rows, shifted_lines
from checker.checks.swaps import Swap, swapped_neighbours
from checker.domain.finding import FindingVerdict
from checker.domain.report import split_address
from checker.rulebook.kinds_tables import EquationRule
from checker.rulebook.lexicon import found

MAX_CHANGES = 3
MAX_REPAIRS = 200
"""So many repairs are compared; with more of them none of their cells is called certain."""
MANY_PLACES = 4
"""From so many unexplained places of one rule on they share one finding."""

JOINTLY = "表{ordinal}有空白格，而且无论填什么数，各项合计都不能同时成立。{advice}"
WHOLE_LINE = "{line}{printed}，与各项合计不符。应为：{cells}。"
SWAPPED = "{line}：{cells}，看来两格的数填反了：互换后，{places}的合计就相等。"
EXCHANGE = "对照台账核实后，把这两格的数互换。"
REFILL = "对照台账重填这一{kind}，再核对各项合计。"


@evaluate.register
def _(rule: EquationRule, context: CheckContext) -> KindResult:
    judged = judge(rule, context)
    failed = [j for j in judged if j.truth is False]
    if rule.one_finding and failed:
        return _result(rule, judged, [_merged(failed, context)], context)
    return _result(rule, judged, [_draft([j], context) for j in failed], context)


def check_family(rules: Sequence[EquationRule], context: CheckContext) -> Mapping[str, KindResult]:
    """Judge the rules that are localised together; a fault that breaks several is told once.

    Args:
        rules: equations with ``localise``, of any table.
        context: the report.
    """
    judged = {j.id: j for rule in rules for j in judge(rule, context)}
    extra = extra_rows(tuple(judged.values()), context)
    drafts = [_explained(e, context) for e in extra.explained]
    in_doubt = {j.id for j in judged.values() if not j.truth} | extra.terms.keys()
    # With nothing but blanks, as in an empty form, 0 everywhere makes all sums hold.
    if in_doubt and any(c.value is not None for j in judged.values() for c in j.cells):
        equations = [_equation(j, extra.terms.get(j.id, ())) for j in judged.values()]
        for part in connected(equations):
            if not in_doubt.isdisjoint(e.id for e in part):
                drafts += _localised(part, judged, context)
    doubts = shifted_lines(_unexplained(judged.values(), drafts), tuple(judged.values()), context)
    results: dict[str, KindResult] = {}
    for rule in rules:
        own = [d.draft for d in drafts if d.rule is rule]
        result = _result(rule, [j for j in judged.values() if j.rule is rule], own, context)
        if doubts:
            result = dataclasses.replace(result, doubts=doubts)
            doubts = ()
        results[rule.id] = result
    return results


class _Told(NamedTuple):
    """A draft, the rule that tells it, and the sums that it explains for good."""

    rule: EquationRule
    draft: Draft
    explained: frozenset[str] = frozenset()


def _unexplained(judged: Collection[Judged], drafts: Sequence[_Told]) -> list[Judged]:
    """The sums that no wrong cell explains, if any sum is wrong.

    A sum that one wrong cell explains says nothing about a line read one place off.
    """
    if all(j.truth is not False for j in judged):
        return []
    suspects = {t.draft.suspect_cell for t in drafts}
    explained = {j for t in drafts for j in t.explained}
    return [
        j for j in judged if j.id not in explained and len(suspects & j.coefficients.keys()) != 1
    ]


def _equation(judged: Judged, added: Iterable[tuple[str, int]]) -> Equation:
    own = ((a, int(c)) for a, c in judged.coefficients.items())
    return Equation(judged.id, (*own, *added))


def _localised(
    part: Sequence[Equation], judged: Mapping[str, Judged], context: CheckContext
) -> list[_Told]:
    """The findings of one group of equations that hang together."""
    own = {c for e in part for c, _ in e.terms}
    cells = dict.fromkeys((*(c for c in context.cells if c in own), *sorted(own)))
    values = {c: context.reading(c).value for c in cells}
    found = minimal_repairs(part, values, max_changes=MAX_CHANGES, max_repairs=MAX_REPAIRS)
    swapped = swapped_neighbours(
        part, values, found, max_changes=MAX_CHANGES, max_repairs=MAX_REPAIRS
    )
    if swapped is None:
        return _changed(part, values, found, judged, context)
    told = [_exchanged(swap, judged, context) for swap in swapped.swaps]
    return [*told, *_changed(part, swapped.values, swapped.found, judged, context)]


def _changed(
    part: Sequence[Equation],
    values: Mapping[str, Decimal | None],
    found: RepairResult,
    judged: Mapping[str, Judged],
    context: CheckContext,
) -> list[_Told]:
    """The findings whose repair changes cells one by one, or whole lines."""
    repairs = [fixes_of(r) for r in found.repairs]
    broken = _ranked(judged[b] for b in found.broken)
    if not broken:
        return [_jointly([judged[e.id] for e in part], repairs, context)] if repairs else []
    if not repairs and len(broken) > MAX_CHANGES:
        lines = wrong_lines(part, values, found.broken)
        if 0 < len(lines) <= MAX_LISTED:
            return [_in_lines(broken, [fixes_of(line) for line in lines], context)]
    certain = _certain(repairs) if len(repairs) < MAX_REPAIRS else []
    settled = {e.id for e in part if _settles(e, certain, values)}
    told: list[_Told] = []
    rest = list(broken)
    for fixes in [certain] if _left_zero(certain, values) else [[f] for f in certain]:
        mine = [j for j in broken if j.id in settled and _touches(j, fixes)]
        if mine:
            rest = [j for j in rest if j not in mine]
            told.append(_certainly(mine, fixes, context))
    if not rest:
        return told
    known = {f.cell for f in certain} if told else set()
    open_repairs = [tuple(f for f in r if f.cell not in known) for r in repairs]
    return [*told, *_unlocated(rest, [r for r in open_repairs if r], context)]


def _in_lines(
    broken: Sequence[Judged], lines: Sequence[Sequence[Fix]], context: CheckContext
) -> _Told:
    """A whole row or column is wrong; when it may be one of several, they are listed."""
    if len(lines) == 1:
        return _certainly(broken, lines[0], context)
    return _Told(broken[0].rule, _draft(broken, context, repairs=lines))


def _certainly(broken: Sequence[Judged], fixes: Sequence[Fix], context: CheckContext) -> _Told:
    """One cell is wrong, or one whole row or column."""
    rule = broken[0].rule
    if len(fixes) == 1:
        return _Told(rule, _draft(broken, context, fix=fixes[0]))
    draft = Draft(
        values=whole_line(fixes, context),
        message=WHOLE_LINE,
        fix_hint=REFILL,
        evidence=tuple(context.cell_evidence(f.cell) for f in fixes),
        verdict=rule.verdict,
        also_rules=_also_rules(broken),
        repairs=(repair_of(fixes, context),),
    )
    return _Told(rule, draft)


def _exchanged(swap: Swap, judged: Mapping[str, Judged], context: CheckContext) -> _Told:
    """Two neighbours stand in each other's cells."""
    broken = _ranked(j for e, j in judged.items() if e in swap.repaired)
    one, two = swap.cells
    values = (context.reading(two).value, context.reading(one).value)
    fixes = [Fix(c, v) for c, v in zip(swap.cells, values, strict=True)]
    rule = broken[0].rule
    draft = Draft(
        values=exchange(fixes, broken, context),
        message=SWAPPED,
        fix_hint=EXCHANGE,
        evidence=tuple(context.cell_evidence(c) for c in swap.cells),
        verdict=rule.verdict,
        also_rules=_also_rules(broken),
        repairs=(repair_of(fixes, context),),
    )
    return _Told(rule, draft, swap.repaired)


def _touches(judged: Judged, fixes: Sequence[Fix]) -> bool:
    return not {f.cell for f in fixes}.isdisjoint(judged.coefficients)


def _ranked(judged: Iterable[Judged]) -> list[Judged]:
    return sorted(judged, key=lambda j: (j.rule.rank, j.rule.id))


def _certain(repairs: Sequence[Sequence[Fix]]) -> list[Fix]:
    """What all minimal repairs change; the value only where they agree on it."""
    first = repairs[0] if repairs else ()
    shared = [f for f in first if all(any(g.cell == f.cell for g in r) for r in repairs)]
    return [f if all(f in r for r in repairs) else Fix(f.cell, None) for f in shared]


def _left_zero(certain: Sequence[Fix], values: Mapping[str, Decimal | None]) -> bool:
    """Whether the certain changes are all of one row or column that holds nothing but 0."""
    cells = {f.cell for f in certain}
    known = len(cells) > 1 and all(f.value is not None for f in certain)
    return known and any(
        cells <= set(line) and not any(values[c] for c in line) for line in lines_of(values)
    )


def _settles(
    equation: Equation, certain: Sequence[Fix], values: Mapping[str, Decimal | None]
) -> bool:
    """Whether the certain changes alone make an equation hold, or leave it open."""
    changed = {**values, **{f.cell: f.value for f in certain}}
    rest = Decimal(0)
    for cell, coefficient in equation.terms:
        value = changed[cell]
        if value is None:
            return True
        rest += coefficient * value
    return rest == 0


def _unlocated(
    broken: Sequence[Judged], repairs: Sequence[Sequence[Fix]], context: CheckContext
) -> list[_Told]:
    """Findings without a single suspect: several repairs are possible, or none is small."""
    if repairs:
        return [_Told(broken[0].rule, _draft(broken, context, repairs=repairs))]
    told: list[_Told] = []
    for rule in dict.fromkeys(j.rule for j in broken):
        same = [j for j in broken if j.rule is rule]
        if len(same) >= MANY_PLACES:
            told.append(_Told(rule, _merged(same, context)))
        else:
            told += [_Told(rule, _draft([j], context)) for j in same]
    return told


def _draft(
    broken: Sequence[Judged],
    context: CheckContext,
    *,
    fix: Fix | None = None,
    repairs: Sequence[Sequence[Fix]] = (),
) -> Draft:
    """One fault: told by the first of the broken equations, the others mentioned."""
    first = broken[0]
    cells = dict.fromkeys(a for j in broken for a in evidence_cells(j))
    cells |= dict.fromkeys([fix.cell] if fix else [f.cell for r in repairs for f in r])
    advice = "".join(
        (
            suspect_text(fix, first, context) if fix else "",
            repairs_text(repairs, first, context),
            _also_text(broken[1:], context),
        )
    )
    excuse = _excuse(first.rule, context)
    verdict: FindingVerdict = "review" if excuse else first.rule.verdict
    return Draft(
        values={**words(first, context), "advice": advice + excuse},
        evidence=tuple(context.cell_evidence(a) for a in cells),
        verdict=verdict,
        also_rules=_also_rules(broken),
        suspect_cell=fix.cell if fix else None,
        suggested_value=fix.value if fix else None,
        repairs=tuple(repair_of(r, context) for r in repairs[:MAX_LISTED]),
    )


def _merged(broken: Sequence[Judged], context: CheckContext) -> Draft:
    """Several places of one rule in one finding."""
    told = [words(j, context) for j in broken]
    brief = broken[0].rule.brief or "{place}：{left_side}，{right_side}"
    more = [brief.format_map(w) for w in told[1 : MAX_LISTED + 1]]
    tail = f"；等，共{len(broken)}处" if len(told) > MAX_LISTED + 1 else ""
    advice = f"同样情况还有：{'；'.join(more)}{tail}。" if more else ""
    cells = dict.fromkeys(a for j in broken for a in evidence_cells(j))
    return Draft(
        values={**told[0], "advice": advice},
        evidence=tuple(context.cell_evidence(a) for a in cells),
        verdict=broken[0].rule.verdict,
    )


def _explained(explained: Explained, context: CheckContext) -> _Told:
    """Sums that hold once a row unknown to the form is counted: a person decides."""
    first = explained.broken[0]
    draft = _merged(explained.broken, context)
    rows = dict.fromkeys(split_address(a).row for a in explained.cells)
    names = "、".join(f"“{row_name(context, first.rule.table, r)}”" for r in rows)
    hint = f"如果计入表式以外的{names}行，合计相等。"
    cells = tuple(context.cell_evidence(a) for a in explained.cells)
    values = {**draft.values, "advice": f"{draft.values['advice']}{hint}"}
    draft = dataclasses.replace(
        draft, values=values, evidence=(*draft.evidence, *cells), verdict="review"
    )
    return _Told(first.rule, draft)


def _jointly(
    part: Sequence[Judged], repairs: Sequence[Sequence[Fix]], context: CheckContext
) -> _Told:
    """Blanks that could satisfy each sum, but not all of them at once."""
    ranked = _ranked(part)
    rule = ranked[0].rule
    readings = {c.address: c for j in part for c in j.cells if c.value is None}
    spec = context.form_of(rule.table).table(rule.table)
    cells = (*readings, *(f.cell for r in repairs for f in r))
    draft = Draft(
        values={"ordinal": spec.ordinal, "advice": repairs_text(repairs, ranked[0], context)},
        message=JOINTLY,
        evidence=tuple(context.cell_evidence(a) for a in dict.fromkeys(cells)),
        verdict="fail" if all(r.certainty == "blank" for r in readings.values()) else "review",
        repairs=tuple(repair_of(r, context) for r in repairs[:MAX_LISTED]),
    )
    return _Told(rule, draft)


def _also_text(others: Sequence[Judged], context: CheckContext) -> str:
    briefs = [j.rule.brief.format_map(words(j, context)) for j in others[:MAX_LISTED]]
    if not briefs:
        return ""
    more = f"；等共{len(others)}处" if len(others) > MAX_LISTED else ""
    return f"同时{'；'.join(briefs)}{more}。"


def _also_rules(broken: Sequence[Judged]) -> tuple[str, ...]:
    others = {j.rule.id for j in broken[1:]} - {broken[0].rule.id}
    return tuple(sorted(others))


def _excuse(rule: EquationRule, context: CheckContext) -> str:
    """The sentence that sends a finding to a person because the text may explain it."""
    report = context.report
    table = report.table(rule.table)
    remarks = (c.value.remark or "" for c in table.cells) if table else ()
    for text in (*(report.prose(s) for s in report.sections), *remarks):
        match = found(rule.excused_by, "".join(fold_text(text).split()))
        if match is not None:
            return rule.excuse.format(word=match.group())
    return ""


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
        named = [cell_name(context, a) for a in list(missing)[:3]]
        more = f"等{len(missing)}格" if len(missing) > 3 else ""
        reason = f"{'、'.join(named)}{more}没有印出或无法识读，有关合计无法核对。"
    elif judged and not decided:
        reason = "有关各格都没有数字，无法核对。"
    return KindResult(drafts=tuple(drafts), tests=len(decided), not_judged=reason)
