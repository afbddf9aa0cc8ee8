"""From what is wrong with sums to findings: which cells, rows or columns, and what to do.

It proposes values and never writes them anywhere; where several repairs exist it lists them.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from checker.assemble.fold import fold_text
from checker.checks.causes import MAX_CHANGES, MAX_REPAIRS, PartCause
from checker.checks.context import CheckContext, Draft
from checker.checks.equations import Judged, evidence_cells, words
from checker.checks.extra_rows import Explained
from checker.checks.lines import lines_of, wrong_lines
from checker.checks.operands import row_name
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
from checker.checks.repair import Equation
from checker.checks.shift_texts import rivals_text
from checker.checks.swaps import Swap
from checker.domain.finding import FindingVerdict, Repair
from checker.domain.report import split_address
from checker.rulebook.kinds_tables import EquationRule
from checker.rulebook.lexicon import found

MANY_PLACES = 4
"""From so many unexplained places of one rule on they share one finding."""

JOINTLY = "表{ordinal}有空白格，而且无论填什么数，各项合计都不能同时成立。{advice}"
WHOLE_LINE = "{line}{printed}，与各项合计不符。应为：{cells}。{advice}"
SWAPPED = "{line}，看来两格的数填反了：互换后，{places}的合计就相等。{advice}"
SWAPPED_SOMEWHERE = (
    "相邻两格的数看来填反了，是下列之一：{line}。互换后，{places}的合计就相等。{advice}"
)
EXCHANGE = "对照台账核实后，把这两格的数互换。"
REFILL = "对照台账重填这一{kind}，再核对各项合计。"


class Told(NamedTuple):
    """A draft, and the rule that tells it."""

    rule: EquationRule
    draft: Draft


def faults_of(cause: PartCause, judged: Mapping[str, Judged], context: CheckContext) -> list[Told]:
    """The findings of one group of equations that hang together."""
    told: list[Told] = []
    if cause.swapped is not None:
        told = [_exchanged(swap, judged, context) for swap in cause.swapped.swaps]
        cause = cause._replace(values=cause.swapped.values, found=cause.swapped.found)
    told += _changed(cause, judged, context)
    if not cause.rivals or not told:
        return told
    first = told[0].draft
    advice = f"{first.values['advice']}{rivals_text(cause.rivals, context)}"
    shifts = [[Fix(c, v) for c, v in w.changes.items()] for w in cause.rivals[:MAX_LISTED]]
    named = first.repairs or _as_repairs(first, context)
    draft = dataclasses.replace(
        first,
        values={**first.values, "advice": advice},
        repairs=(*named, *(repair_of(s, context) for s in shifts)),
    )
    return [told[0]._replace(draft=draft), *told[1:]]


def _as_repairs(draft: Draft, context: CheckContext) -> tuple[Repair, ...]:
    """The one suspect cell as the repair that it is."""
    if draft.suspect_cell is None:
        return ()
    return (repair_of([Fix(draft.suspect_cell, draft.suggested_value)], context),)


def _changed(cause: PartCause, judged: Mapping[str, Judged], context: CheckContext) -> list[Told]:
    """The findings whose repair changes cells one by one, or whole lines."""
    part, values, found = cause.equations, cause.values, cause.found
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
    told: list[Told] = []
    rest = list(broken)
    whole = _left_zero(certain, values)
    for fixes in [certain] if whole else _together(certain, part):
        mine = [j for j in rest if j.id in settled and _touches(j, fixes)]
        if mine:
            rest = [j for j in rest if j not in mine]
            told.append(
                _line_draft(mine, fixes, context)
                if whole
                else _cells_draft(mine, fixes, context, sure=not cause.rivals)
            )
    if not rest:
        return told
    known = {f.cell for f in certain} if told else set()
    open_repairs = [tuple(f for f in r if f.cell not in known) for r in repairs]
    return [*told, *_unlocated(rest, [r for r in open_repairs if r], context)]


def _in_lines(
    broken: Sequence[Judged], lines: Sequence[Sequence[Fix]], context: CheckContext
) -> Told:
    """A whole row or column is wrong; when it may be one of several, they are listed."""
    if len(lines) == 1:
        return _line_draft(broken, lines[0], context)
    return Told(broken[0].rule, draft_of(broken, context, repairs=lines))


def _together(fixes: Sequence[Fix], part: Sequence[Equation]) -> list[list[Fix]]:
    """Changes of which one needs the other: cells of one sum are told together."""
    groups: list[list[Fix]] = []
    for fix in fixes:
        own = {e.id for e in part if any(c == fix.cell for c, _ in e.terms)}
        near = [
            g
            for g in groups
            if any(e.id in own and any(c == f.cell for c, _ in e.terms) for e in part for f in g)
        ]
        groups = [g for g in groups if g not in near]
        groups.append([*(f for g in near for f in g), fix])
    return groups


def _cells_draft(
    broken: Sequence[Judged], fixes: Sequence[Fix], context: CheckContext, *, sure: bool = True
) -> Told:
    """One cell is wrong, or several that make sums fail together."""
    rule = broken[0].rule
    if len(fixes) == 1:
        return Told(rule, draft_of(broken, context, fix=fixes[0], sure=sure))
    return Told(rule, draft_of(broken, context, repairs=[fixes]))


def _line_draft(broken: Sequence[Judged], fixes: Sequence[Fix], context: CheckContext) -> Told:
    """A whole row or column is wrong."""
    rule = broken[0].rule
    if len(fixes) == 1:
        return _cells_draft(broken, fixes, context)
    draft = Draft(
        values={**whole_line(fixes, context), "advice": ""},
        message=WHOLE_LINE,
        fix_hint=REFILL,
        evidence=tuple(context.cell_evidence(f.cell) for f in fixes),
        verdict=rule.verdict,
        also_rules=_also_rules(broken),
        repairs=(repair_of(fixes, context),),
    )
    return Told(rule, draft)


def _exchanged(same: Sequence[Swap], judged: Mapping[str, Judged], context: CheckContext) -> Told:
    """Two neighbours stand in each other's cells; when it may be other two, they are listed."""
    broken = _ranked(j for e, j in judged.items() if e in same[0].repaired)
    ways = [
        [Fix(c, context.reading(o).value) for c, o in zip(s.cells, reversed(s.cells), strict=True)]
        for s in same
    ]
    rule = broken[0].rule
    draft = Draft(
        values={**exchange(ways, broken, context), "advice": ""},
        message=SWAPPED if len(ways) == 1 else SWAPPED_SOMEWHERE,
        fix_hint=EXCHANGE,
        evidence=tuple(context.cell_evidence(f.cell) for way in ways for f in way),
        verdict=rule.verdict,
        also_rules=_also_rules(broken),
        repairs=tuple(repair_of(way, context) for way in ways),
    )
    return Told(rule, draft)


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
) -> list[Told]:
    """Findings without a single suspect: several repairs are possible, or none is small."""
    if repairs:
        return [Told(broken[0].rule, draft_of(broken, context, repairs=repairs))]
    told: list[Told] = []
    for rule in dict.fromkeys(j.rule for j in broken):
        same = [j for j in broken if j.rule is rule]
        if len(same) >= MANY_PLACES:
            told.append(Told(rule, merged(same, context)))
        else:
            told += [Told(rule, draft_of([j], context)) for j in same]
    return told


def draft_of(
    broken: Sequence[Judged],
    context: CheckContext,
    *,
    fix: Fix | None = None,
    sure: bool = True,
    repairs: Sequence[Sequence[Fix]] = (),
) -> Draft:
    """One fault: told by the first of the broken equations, the others mentioned.

    Args:
        broken: the sums that fail because of it.
        context: the report.
        fix: the one cell that explains all.
        sure: nothing else explains as much.
        repairs: the sets of cells of which one explains all.
    """
    first = broken[0]
    cells = dict.fromkeys(a for j in broken for a in evidence_cells(j))
    cells |= dict.fromkeys([fix.cell] if fix else [f.cell for r in repairs for f in r])
    advice = "".join(
        (
            suspect_text(fix, first, context, sure=sure) if fix else "",
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
        severity="warning" if excuse else None,
        also_rules=_also_rules(broken),
        suspect_cell=fix.cell if fix else None,
        suggested_value=fix.value if fix else None,
        repairs=tuple(repair_of(r, context) for r in repairs[:MAX_LISTED]),
    )


def merged(broken: Sequence[Judged], context: CheckContext) -> Draft:
    """Several places of one rule in one finding."""
    told = [words(j, context) for j in broken]
    advice = _same_elsewhere(broken[0].rule, told, context)
    cells = dict.fromkeys(a for j in broken for a in evidence_cells(j))
    return Draft(
        values={**told[0], "advice": advice},
        evidence=tuple(context.cell_evidence(a) for a in cells),
        verdict=broken[0].rule.verdict,
    )


def _same_elsewhere(
    rule: EquationRule, told: Sequence[Mapping[str, str]], context: CheckContext
) -> str:
    """The other places of one rule, short."""
    if len(told) == 1:
        return ""
    if not rule.localise:
        more = [
            f"{w['place']}：{w['left_side']}，{w['right_side']}" for w in told[1 : MAX_LISTED + 1]
        ]
        tail = f"；等，共{len(told)}处" if len(told) > MAX_LISTED + 1 else ""
        return f"同样情况还有：{'；'.join(more)}{tail}。"
    ordinal = context.form_of(rule.table).table(rule.table).ordinal
    places = [f"{w['place'].removeprefix(f'表{ordinal}')}差{w['delta']}" for w in told[1:]]
    tail = f"等{len(places)}处" if len(places) > MAX_LISTED else ""
    return f"同样不相等的还有：{'、'.join(places[:MAX_LISTED])}{tail}。"


def explained_by_rows(explained: Explained, context: CheckContext) -> Told:
    """Sums that hold once a row unknown to the form is counted: a person decides."""
    first = explained.broken[0]
    draft = merged(explained.broken, context)
    rows = dict.fromkeys(split_address(a).row for a in explained.cells)
    names = "、".join(f"“{row_name(context, first.rule.table, r)}”" for r in rows)
    hint = f"如果计入表式以外的{names}行，合计相等。"
    cells = tuple(context.cell_evidence(a) for a in explained.cells)
    values = {**draft.values, "advice": f"{draft.values['advice']}{hint}"}
    draft = dataclasses.replace(
        draft, values=values, evidence=(*draft.evidence, *cells), verdict="review"
    )
    return Told(first.rule, draft)


def _jointly(
    part: Sequence[Judged], repairs: Sequence[Sequence[Fix]], context: CheckContext
) -> Told:
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
    return Told(rule, draft)


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
