"""One finding for one fault: wrong cells that break their sums and other rules too."""

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from checker.checks.context import CheckContext
from checker.checks.misplaced import Judge, with_figures
from checker.domain.finding import CellEvidence, Finding

_OF_A_CELL: Final = ("C103",)  # a count below 0 or with a fraction


class Told(NamedTuple):
    """Findings of rules that are localised together, and those of all other rules."""

    sums: tuple[Finding, ...]
    others: tuple[Finding, ...]


def without_repaired(
    told: Told, rules: Collection[str], context: CheckContext, judge: Judge
) -> Told:
    """The findings without those that go away once the wrong cells of the sums are put right.

    Args:
        told: all findings.
        rules: ids of rules that compare figures and are not localised.
        context: the report.
        judge: applies one rule, by id, to another context.
    """
    right = {
        f.suspect_cell: f.suggested_value
        for f in told.sums
        if f.suspect_cell is not None and f.suggested_value is not None
    }
    resting = [f for f in told.others if f.rule in rules and not right.keys().isdisjoint(_cells(f))]
    repaired = with_figures(context, right) if resting else context
    sums, others = told
    for finding in resting:
        again = judge(finding.rule, repaired)
        if any(not right.keys().isdisjoint(_cells(f)) for f in again):
            continue  # whoever reads it shall see the figures that are printed
        others = (*(f for f in others if f.rule != finding.rule), *again)
        sums = tuple(
            f.model_copy(update={"also_rules": rules_with(f, [finding])})
            if f.suspect_cell in _cells(finding)
            else f
            for f in sums
        )
    return Told(sums, others)


def one_for_one_cell(sums: Sequence[Finding], others: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings, what is said of a cell told with the sums that name it as a wrong one.

    Args:
        sums: of rules that are localised together.
        others: of all other rules.
    """
    left: list[Finding] = []
    said: dict[str, list[Finding]] = {}
    named = {c: f for f in reversed(sums) for c in _wrong_in(f)}
    for finding in others:
        told_with = named.get(_cell_of(finding))
        if told_with is None:
            left.append(finding)
        else:
            said.setdefault(told_with.fingerprint, []).append(finding)
    return (*(_with(f, said.get(f.fingerprint, ())) for f in sums), *left)


def _wrong_in(finding: Finding) -> frozenset[str]:
    """The cells that are wrong whichever of its repairs is the right one."""
    sets = [frozenset(c.cell for c in r.changes) for r in finding.repairs]
    sure = frozenset.intersection(*sets) if sets else frozenset[str]()
    return sure | ({finding.suspect_cell} if finding.suspect_cell else set())


def _cell_of(finding: Finding) -> str:
    """The only cell of a finding on single cells; empty for all others."""
    cells = _cells(finding)
    return cells[0] if finding.rule in _OF_A_CELL and len(cells) == 1 else ""


def _cells(finding: Finding) -> list[str]:
    return [e.cell for e in finding.evidence if isinstance(e, CellEvidence)]


def _with(finding: Finding, cells: Sequence[Finding]) -> Finding:
    if not cells:
        return finding
    message = "".join((finding.message, *(c.message for c in cells)))
    rules = rules_with(finding, cells)
    return finding.model_copy(update={"also_rules": rules, "message": message})


def rules_with(finding: Finding, others: Sequence[Finding]) -> tuple[str, ...]:
    """The other rules that a finding breaks once other findings are told with it."""
    added = (r for o in others for r in (o.rule, *o.also_rules))
    rules = dict.fromkeys((*finding.also_rules, *added))
    return tuple(r for r in rules if r != finding.rule)
