"""One finding for one fault: wrong cells that break their sums and a rule on single cells too."""

from collections.abc import Sequence
from typing import Final

from checker.domain.finding import CellEvidence, Finding

_OF_A_CELL: Final = ("C103",)  # a count below 0 or with a fraction


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
    cells = [e.cell for e in finding.evidence if isinstance(e, CellEvidence)]
    return cells[0] if finding.rule in _OF_A_CELL and len(cells) == 1 else ""


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
