"""One finding for one fault: a wrong cell that breaks its sums and a rule on single cells too."""

from collections.abc import Sequence
from typing import Final

from checker.domain.finding import CellEvidence, Finding

_OF_A_CELL: Final = ("C103",)  # a count below 0 or with a fraction


def one_for_one_cell(sums: Sequence[Finding], others: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings, what is said of a cell told with the sums that name it as the wrong one.

    Args:
        sums: of rules that are localised together.
        others: of all other rules.
    """
    left: list[Finding] = []
    said: dict[str, Finding] = {}
    suspects = {f.suspect_cell for f in sums if f.suspect_cell is not None}
    for finding in others:
        cell = _cell_of(finding)
        if cell in suspects and cell not in said:
            said[cell] = finding
        else:
            left.append(finding)
    return (*(_with(f, said.pop(f.suspect_cell or "", None)) for f in sums), *left)


def _cell_of(finding: Finding) -> str:
    """The only cell of a finding on single cells; empty for all others."""
    cells = [e.cell for e in finding.evidence if isinstance(e, CellEvidence)]
    return cells[0] if finding.rule in _OF_A_CELL and len(cells) == 1 else ""


def _with(finding: Finding, cell: Finding | None) -> Finding:
    if cell is None:
        return finding
    rules = (*finding.also_rules, cell.rule)
    return finding.model_copy(
        update={"also_rules": rules, "message": f"{finding.message}{cell.message}"}
    )
