"""Changes cells in a copy of a report, applies all rules again and compares: a pure function.

The report that was read is never edited, and nothing is written anywhere.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Final, NamedTuple

from checker.answers.types import Change
from checker.answers.view import View
from checker.answers.whatif.reword import Edit, Edits
from checker.assemble.numbers import parse_cell
from checker.checks import run_checks
from checker.checks.blame import cells_of
from checker.checks.context import CheckContext
from checker.checks.equations import Judged, judge, place, side_text
from checker.checks.operands import gap_text, number
from checker.domain.claim import Claim
from checker.domain.finding import Finding, TextEvidence
from checker.domain.quantity import CellValue
from checker.domain.report import AnnualReport, split_address
from checker.domain.run import CheckRun
from checker.rulebook import load_rulebook
from checker.rulebook.kinds_tables import EquationRule

_UNEQUAL: Final = re.compile(r"[<>]| or | iff ")


class Altered(NamedTuple):
    """A finding that is still there and says something else."""

    before: Finding
    after: Finding


class Turned(NamedTuple):
    """A figure of the narrative with another verdict than before."""

    before: Claim
    after: Claim


class WhatIf(NamedTuple):
    """What becomes of a report when cells are changed.

    Attributes:
        changes: as applied.
        figures: the changed figures of the narrative as the ledger judges them then.
        before: the report as it is, by the rules alone.
        after: the changed copy, by the same rules.
        gone, new, stayed: findings of the rules, told apart by rule and place.
        left_out: findings of the run that the rules alone do not give: a model raised them.
        sums: the equations that a changed cell takes part in, with the new figures.
    """

    changes: tuple[Change, ...]
    before: CheckRun
    after: CheckRun
    gone: tuple[Finding, ...]
    new: tuple[Finding, ...]
    stayed: tuple[Altered, ...]
    turned: tuple[Turned, ...]
    left_out: tuple[Finding, ...]
    sums: tuple[str, ...]
    figures: tuple[Claim, ...] = ()


def new_value(view: View, cell: str, words: str) -> CellValue | None:
    """What a cell would hold if these words were written into it; None when they are no figure."""
    if not words:
        return CellValue(printed="", presence="blank")
    table, _, column = split_address(cell)
    spec = view.spec(table).column(column)
    read = parse_cell(words, unit=spec.unit if spec else None)
    if read.value is None:
        return None
    return CellValue(printed=number(read.value), presence="given", value=read.value)


def what_if(view: View, changes: Sequence[Change]) -> WhatIf:
    """Apply changes to a copy and compare what the rules find.

    Args:
        view: the report.
        changes: cells that the report prints and figures of its narrative, each once.

    Raises:
        RulebookError: the rules that came with the program are damaged.
    """
    before = run_checks(view.run.report)
    edits = Edits([Edit(c.figure, c.printed) for c in changes if c.figure])
    report = _changed(view, edits.report(view.run.report), [c for c in changes if c.cell])
    after = run_checks(report)
    pairs = tuple(_pairs(before.findings, after.findings, edits))
    kept = {id(f) for pair in pairs for f in pair}
    known = {f.fingerprint for f in before.findings}
    return WhatIf(
        changes=tuple(changes),
        before=before,
        after=after,
        gone=tuple(f for f in before.findings if id(f) not in kept),
        new=tuple(f for f in after.findings if id(f) not in kept),
        stayed=pairs,
        turned=tuple(_turned(before.claims, after.claims, edits)),
        left_out=tuple(f for f in view.run.findings if f.fingerprint not in known),
        sums=tuple(_sums(view, report, {c.cell for c in changes if c.cell})),
        figures=tuple(_judged_anew(changes, after.claims, edits)),
    )


def _judged_anew(
    changes: Sequence[Change], after: Sequence[Claim], edits: Edits
) -> Iterator[Claim]:
    """What the ledger says of each changed figure."""
    for change in changes:
        if change.figure is not None:
            start = edits.moved(change.figure.start)
            found = [c for c in after if c.figure.start == start]
            yield from found[:1]


def _changed(view: View, report: AnnualReport, changes: Sequence[Change]) -> AnnualReport:
    """A copy with other values; doubts about how the changed cells were read fall away."""
    values = {c.cell: new_value(view, c.cell, c.printed) for c in changes}
    tables = []
    for table in report.tables:
        parts = {
            name: tuple(
                c.model_copy(update={"value": v}) if (v := values.get(c.address)) else c
                for c in cells
            )
            for name, cells in (("cells", table.cells), ("subtotals", table.subtotals))
        }
        tables.append(table.model_copy(update=parts))
    document = report.document
    read = tuple(d for d in document.doubts if not d.touched or d.touched - values.keys())
    return report.model_copy(
        update={
            "tables": tuple(tables),
            "doubts": tuple(d for d in report.doubts if not d.touched or d.touched - values.keys()),
            "document": document.model_copy(update={"doubts": read}),
        }
    )


def _pairs(before: Sequence[Finding], after: Sequence[Finding], edits: Edits) -> Iterator[Altered]:
    """Findings of one rule about the same place, the most alike first, each once."""
    olds, news = list(before), list(after)
    ranked = sorted(
        ((_likeness(o, n, edits), i, k) for i, o in enumerate(olds) for k, n in enumerate(news)),
        key=lambda found: (-found[0], found[1], found[2]),
    )
    used_old: set[int] = set()
    used_new: set[int] = set()
    for likeness, i, k in ranked:
        if likeness and i not in used_old and k not in used_new:
            used_old.add(i)
            used_new.add(k)
            yield Altered(olds[i], news[k])


def _likeness(old: Finding, new: Finding, edits: Edits) -> int:
    if old.rule != new.rule:
        return 0
    if old.fingerprint == new.fingerprint:
        return 1_000_000
    ours, theirs = _places(old, edits), _places(new, Edits(()))
    shared = len(ours & theirs)
    return shared if shared or ours or theirs else 1


def _places(finding: Finding, edits: Edits) -> frozenset[str | int]:
    """Cells, quotes and where these begin; a finding of the whole report has none."""
    texts = [e for e in finding.evidence if isinstance(e, TextEvidence)]
    starts = (edits.moved(e.locator.start) for e in texts)
    return frozenset((*cells_of(finding), *(e.quote for e in texts), *starts))


def _turned(before: Sequence[Claim], after: Sequence[Claim], edits: Edits) -> Iterator[Turned]:
    """Figures are told apart by their place."""
    olds = {(edits.moved(c.figure.start), c.kind): c for c in before}
    for new in after:
        old = olds.get((new.figure.start, new.kind))
        if old is not None and old.verdict != new.verdict:
            yield Turned(old, new)


def sums_over(view: View, cells: frozenset[str], *, result: bool = False) -> Iterator[str]:
    """Every equation that all of the cells take part in, written out with the printed figures.

    Args:
        view: the report.
        cells: their addresses.
        result: only those in which the cells are one side, alone.
    """
    context = CheckContext(report=view.run.report, form=view.form, forms=view.forms)
    for judged in _judged(context):
        alone = any(
            cells == {p.reading.address for p in side.parts if p.reading}
            for side in (judged.left, judged.right)
        )
        if cells <= {c.address for c in judged.cells} and (alone or not result):
            yield _sum(judged, context)


def _sums(view: View, report: AnnualReport, cells: set[str]) -> Iterator[str]:
    """Every equation over a changed cell, written out with the figures of the copy."""
    context = CheckContext(report=report, form=view.form, forms=view.forms)
    for judged in _judged(context):
        if cells.intersection(c.address for c in judged.cells):
            yield _sum(judged, context)


def _judged(context: CheckContext) -> Iterator[Judged]:
    """Every equation of the rules in force, at every place."""
    for rule in load_rulebook().rules.values():
        if not isinstance(rule, EquationRule) or rule.status == "retired":
            continue
        if context.form_of(rule.table).id in rule.forms:
            yield from judge(rule, context)


def _sum(judged: Judged, context: CheckContext) -> str:
    left = side_text(judged.left, judged, context)
    right = side_text(judged.right, judged, context)
    held = {
        True: "符合",
        False: f"不符合，相差{gap_text(judged.difference)}",
        None: "有空白或读不准的格，不能确定",
    }[judged.truth]
    if _UNEQUAL.search(judged.rule.formula):  # its two sides say nothing without the condition
        held = "不符合" if judged.truth is False else held
        return f"{judged.rule.id} {place(judged, context)}：{judged.rule.title}：{held}。"
    return f"{judged.rule.id} {place(judged, context)}：{left}；{right}：{held}。"


def shifted(value: CellValue | None, by: Decimal) -> str | None:
    """The figure of a cell with something added, as words; None when it has no figure."""
    if value is None or value.value is None:
        return None
    try:
        return number(value.value + by)
    except InvalidOperation:
        return None


def printed_in(view: View, changes: Sequence[Change]) -> Mapping[str, CellValue | None]:
    """What the cells hold when the changes are made."""
    values = {a: c.value for a, c in view.cells.items()}
    return values | {c.cell: new_value(view, c.cell, c.printed) for c in changes if c.cell}
