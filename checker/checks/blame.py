"""Which cells a finding rests on, and which of them it blames; one answer for every output."""

from checker.domain.finding import CellEvidence, Finding


def cells_of(finding: Finding) -> tuple[str, ...]:
    """Addresses of the cells of a finding, the suspect one first."""
    cells = [e.cell for e in finding.evidence if isinstance(e, CellEvidence)]
    first = [finding.suspect_cell] if finding.suspect_cell else []
    return tuple(dict.fromkeys((*first, *cells)))


def blamed_cells(finding: Finding) -> tuple[str, ...]:
    """The cells to mark: the suspect one, else those of the repairs, else all it rests on."""
    if finding.suspect_cell is not None:
        return (finding.suspect_cell,)
    repairs = dict.fromkeys(c.cell for r in finding.repairs for c in r.changes)
    return tuple(repairs) or cells_of(finding)
