"""Writes out how the figure of a cell comes about: the equations of the rules that it stands in."""

from collections.abc import Sequence
from typing import Final

from checker.answers.cells import about_cells, findings_line, told_value, unit_of
from checker.answers.locate import TOTAL, Line
from checker.answers.types import Answer, Citation
from checker.answers.view import View
from checker.answers.whatif.compute import sums_over
from checker.domain.report import split_address

_MOST: Final = 3


def tell_additions(view: View, lines: Sequence[Line]) -> Answer | None:
    """The sums that a cell is the result of, else those it is part of.

    None when several cells are meant, or no equation goes through the one.

    Args:
        view: the report.
        lines: from ``find_lines``; of a whole row its total is meant.
    """
    cell = _meant(lines)
    if cell is None:
        return None
    sums = tuple(sums_over(view, frozenset((cell,)), result=True))
    sums = sums or tuple(sums_over(view, frozenset((cell,))))
    if not sums:
        return None
    touched = view.about_cells((cell,))
    told = told_value(view.value(cell), unit=unit_of(view, cell))
    text = [f"{view.label(cell)}{told}。", *sums[:_MOST]]
    return Answer(
        kind="cells",
        text="\n".join((*text, *([findings_line(view, touched)] if touched else []))),
        citations=(
            view.cite_cell(cell),
            *(Citation(rule=s.partition(" ")[0]) for s in sums[:_MOST]),
            *(Citation(finding=n, rule=view.finding(n).rule) for n in touched),
        ),
        highlight=(cell,),
        context=about_cells((cell,), split_address(cell).table, touched),
    )


def _meant(lines: Sequence[Line]) -> str | None:
    cells = tuple(dict.fromkeys(a for line in lines for a in line.cells))
    if any(line.summed for line in lines):
        return None
    if len(cells) == 1:
        return cells[0]
    totals = [a for a in cells if split_address(a).column == TOTAL]
    return totals[0] if len({split_address(a)[:2] for a in cells}) == len(totals) == 1 else None
