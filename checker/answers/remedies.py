"""What findings want changed, and which findings are gone when it is changed."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from checker.answers.types import Answer, Change, Citation, Conversation
from checker.answers.view import View
from checker.answers.whatif import what_if
from checker.answers.whatif.tell import number_of
from checker.checks.operands import number
from checker.domain.finding import Finding

_FEW: Final = 2


class Effect(NamedTuple):
    """What becomes of the findings when cells are changed.

    Attributes:
        gone: numbers of those that are no longer there.
        new: those that stand against the report only then.
    """

    gone: tuple[int, ...] = ()
    new: tuple[Finding, ...] = ()


def failing(view: View) -> tuple[int, ...]:
    """The findings because of which the report does not pass."""
    return tuple(n for n, f in enumerate(view.findings, 1) if f.verdict == "fail")


def ways_of(finding: Finding) -> Iterator[tuple[Change, ...]]:
    """Every way to repair a finding that the rules have worked out with all its figures."""
    if finding.suspect_cell and finding.suggested_value is not None:
        yield (Change(cell=finding.suspect_cell, printed=number(finding.suggested_value)),)
    for repair in finding.repairs:
        known = [(c.cell, c.value) for c in repair.changes]
        changes = tuple(Change(cell=c, printed=number(v)) for c, v in known if v is not None)
        if len(changes) == len(known):
            yield changes


def repair_of(finding: Finding) -> tuple[Change, ...]:
    """The cells that a finding wants changed, when there is one way to do it; else none."""
    ways = tuple(ways_of(finding))
    one = finding.suspect_cell is not None or len(finding.repairs) == 1
    return ways[0] if ways and one else ()


def effect_of(view: View, changes: Sequence[Change]) -> Effect:
    """What becomes of the findings; nothing where a cell was not printed."""
    if not changes or any(view.value(c.cell) is None for c in changes):
        return Effect()
    found = what_if(view, changes)
    gone = (number_of(view, f) for f in found.gone)
    return Effect(
        tuple(sorted(n for n in gone if n is not None)),
        tuple(f for f in found.new if f.verdict == "fail"),
    )


def numbered(numbers: Sequence[int]) -> str:
    """Findings by their numbers: 第1、2条, 第1至6条."""
    in_a_row = (
        list(numbers) == [*range(numbers[0], numbers[0] + len(numbers))] if numbers else False
    )
    if in_a_row and len(numbers) > _FEW:
        return f"第{numbers[0]}至{numbers[-1]}条"
    return f"第{'、'.join(map(str, numbers))}条"


def told_of(
    view: View, lines: Sequence[str], numbers: Sequence[int], *, cells: Sequence[str] = ()
) -> Answer:
    """An answer about findings as a whole.

    Args:
        view: the report.
        lines: what is told.
        numbers: the findings it is about; the talk goes on about them.
        cells: to mark.
    """
    return Answer(
        kind="overview",
        text="\n".join(lines),
        citations=(
            *(view.cite_cell(c) for c in cells),
            *(Citation(finding=n, rule=view.finding(n).rule) for n in numbers),
        ),
        highlight=tuple(cells),
        context=Conversation(
            focus="overview",
            aspect="fix",
            numbers=tuple(numbers),
            listed=len(numbers),
            finding=numbers[0] if len(numbers) == 1 else None,
        ),
    )
