"""Holds figures against the cells that a language model names for them.

The comparison is that of the number ledger. Only the choice of the cells is the model's, so a
difference proves nothing: it is a point for a person.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from checker.assemble.fold import fold_text
from checker.assemble.numerals import parse_chinese_numeral
from checker.checks.context import CheckContext
from checker.claims.figures import Figure, find_figures
from checker.claims.judge import Doubtful, against_cells
from checker.claims.targets import Tables, Target
from checker.domain.claim import Claim, ClaimCheck
from checker.domain.reading import FigureLink
from checker.domain.report import split_address
from checker.rulebook.points import load_model_points

CHOSEN: Final = "说的是不是这一格由语言模型认定"
HINT: Final = "语言模型认为说的是{cells}：{reason}请人工核对。"
_COUNTED: Final = frozenset({"count", "parts_sum"})
_BEHIND: Final = 8  # characters behind a figure in which its unit stands
_FEW: Final = 3


def check_link(
    link: FigureLink, claims: Sequence[Claim], context: CheckContext
) -> ClaimCheck | None:
    """The comparison of a figure with the cells named for it; None when there is none to make."""
    figure = _figure(link, claims, context)
    if figure is None or not link.cells or not _comparable(figure, link.cells):
        return None
    tables = Tables(context.report, context.form, context.forms)
    target = Target(
        expression=" + ".join(link.cells),
        addresses=link.cells,
        label=label_of(link.cells, context),
    )
    doubtful = Doubtful(CHOSEN, scope=False)
    return against_cells(figure, _printed(link, context), tables, (target,), doubtful)


def _comparable(figure: Figure, cells: Sequence[str]) -> bool:
    """Whether the counting word goes with the tables: 120条 are no applications."""
    if figure.unit is None:
        return True
    money = all(split_address(a).column == "amount" for a in cells)
    if figure.unit == "yuan" or money:
        return figure.unit == "yuan" and money
    units = load_model_points().units
    tables = {split_address(a).table for a in cells}
    return all(figure.unit in units[t] for t in units if t in tables)


def with_link(claim: Claim, check: ClaimCheck) -> Claim:
    """A row of the ledger with what the model said about it; its verdict stays.

    A model that obeys the report it reads would name whatever cell holds the figure.
    """
    told = check.model_copy(update={"open": True})
    reason = f"{claim.reason}{HINT.format(cells=check.target_label, reason=check.reason)}"
    return claim.model_copy(update={"reason": reason, "checks": (*claim.checks, told)})


def label_of(cells: Sequence[str], context: CheckContext) -> str:
    """Several cells in one breath."""
    labels = [context.label(address) for address in cells]
    if len(labels) > _FEW:
        return f"{labels[0]}等{len(labels)}格合计"
    return "、".join(labels) + ("合计" if len(labels) > 1 else "")


def _figure(link: FigureLink, claims: Sequence[Claim], context: CheckContext) -> Figure | None:
    """The figure as the code reads it, never as the model does."""
    read = _read(link, context)
    if link.claim is not None:
        claim = claims[link.claim]
        if claim.kind not in _COUNTED or read is None or read.value != claim.value:
            return None
        return read._replace(approximation=claim.approximation)
    if read is not None:
        return None  # the code reads it, and left it out where it stands: it counts nothing
    value = parse_chinese_numeral(fold_text(link.printed))
    if value is None:
        return None
    return Figure(0, len(link.printed), len(link.printed), value, Decimal(1), None, "exact")


def _read(link: FigureLink, context: CheckContext) -> Figure | None:
    text = context.report.document.text[link.figure.start : link.figure.end + _BEHIND]
    figures = find_figures(fold_text(text.partition("\n")[0]))
    return figures[0] if figures and figures[0].start == 0 else None


def _printed(link: FigureLink, context: CheckContext) -> str:
    """The figure with its counting word, as it stands in the text."""
    read = _read(link, context)
    if read is None:
        return link.printed
    text = context.report.document.text[link.figure.start : link.figure.end + _BEHIND]
    return fold_text(text)[: read.behind]
