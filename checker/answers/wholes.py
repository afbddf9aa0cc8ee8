"""Finds the share whose whole a question names by its figure, or leaves to what was spoken of.

A figure that is no total of the tables makes no share.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from checker.answers.contests import Contest, specs_of, two_sides
from checker.answers.locate import TOTAL, Choice, chosen, inside, picks
from checker.answers.parse import Question, Token
from checker.answers.view import View
from checker.domain.report import split_address
from checker.rulebook import TableSpec

_OF: Final = "占"
_MAIN: Final = frozenset(("new_received", "carried_over_in", TOTAL, "carried_over_out"))
_Cells = tuple[str, ...]


def names_whole_only(question: Question) -> bool:
    """Whether all that is named stands behind 占: 占办结总数多大比例."""
    tokens = question.tokens
    at = next((i for i, t in enumerate(tokens) if t.text == _OF), None)
    if at is None or not question.places:
        return False
    texts = [p.text for p in question.places]
    return all(any(t.text == text for t in tokens[at + 1 :]) for text in texts)


def shares_of_spoken(
    view: View, places: Sequence[Token], cells: Sequence[str]
) -> tuple[Contest, ...]:
    """What share the cells spoken of last are of the row or the column that is named."""
    parts = [split_address(a) for a in cells]
    tables = {p.table for p in parts}
    if len(tables) != 1:
        return ()
    spec = view.spec(tables.pop())
    if len({p.row for p in parts}) == 1 and any(p.column == TOTAL for p in parts):
        cells = [f"{spec.id}/{parts[0].row}/{TOTAL}"]  # the whole row was told
    columns = {split_address(a).column for a in cells}
    rows = {split_address(a).row for a in cells}
    found: dict[Contest, None] = {}
    for picked in picks(spec, tuple(places)):
        choice = chosen(spec, picked)
        whole: _Cells = ()
        if choice.rows and len(columns) == 1:
            column = choice.columns[0] if choice.columns else next(iter(columns))
            whole = tuple(f"{spec.id}/{r}/{column}" for r in choice.rows)
        elif choice.row_groups and len(columns) == 1:
            whole = _of_groups(spec, choice, next(iter(columns)))
        elif choice.columns and len(rows) == 1:
            whole = tuple(f"{spec.id}/{r}/{c}" for r in rows for c in choice.columns)
        if whole and set(whole) != set(cells):
            found[two_sides(view, spec, (tuple(cells), whole))] = None
    return tuple(found)


def shares_of_several(view: View, cells: Sequence[str]) -> tuple[Contest, ...]:
    """What share cells that were added are of the total of their row, or of their column."""
    parts = [split_address(a) for a in cells]
    if len({p.table for p in parts}) != 1:
        return ()
    spec = view.spec(parts[0].table)
    rows, columns = {p.row for p in parts}, {p.column for p in parts}
    if len(rows) == 1 and spec.column(TOTAL) is not None and TOTAL not in columns:
        whole = f"{spec.id}/{parts[0].row}/{TOTAL}"
    elif len(columns) == 1 and spec.row(TOTAL) is not None and not rows & _MAIN:
        whole = f"{spec.id}/{TOTAL}/{parts[0].column}"
    else:
        return ()
    return (two_sides(view, spec, (tuple(cells), (whole,))),)


def _of_groups(spec: TableSpec, choice: Choice, column: str) -> _Cells:
    return tuple(
        f"{spec.id}/{r.id}/{column}"
        for r in spec.rows
        if r.id != TOTAL and any(inside(spec, r.id, g) for g in choice.row_groups)
    )


def of_figures(view: View, shares: Sequence[Contest], question: Question) -> tuple[Contest, ...]:
    """The shares of which one figure is as typed: 95件里企业占多少.

    Args:
        view: the report.
        shares: those that the words alone may mean.
        question: its figures, and the row or the column that is the part.
    """
    typed = {Decimal(n) for n in question.all("number")}
    own = [s for s in shares if typed <= {a.value for a in s.amounts}]
    found: dict[Contest, None] = dict.fromkeys(own)
    for spec in specs_of(view, question.all("table")) if len(typed) == 1 and not own else ():
        for picked in picks(spec, question.places):
            sides = [*_sides(view, spec, chosen(spec, picked), next(iter(typed)))]
            main = [s for s in sides if split_address(s[1][0]).row in _MAIN]
            done = [s for s in main if split_address(s[1][0]).row == TOTAL]
            by_row = not chosen(spec, picked).columns
            for part, whole in (done if by_row else main) or main or sides:
                found[two_sides(view, spec, (part, whole))] = None
    return tuple(found)


def _sides(
    view: View, spec: TableSpec, choice: Choice, figure: Decimal
) -> Iterator[tuple[_Cells, _Cells]]:
    """Each total that is the figure, with the part of it that is named."""
    if spec.row(TOTAL) is None and spec.column(TOTAL) is None:
        return
    for address in spec.addresses():
        value = view.value(address)
        if value is None or value.value != figure:
            continue
        _, row, column = split_address(address)
        if choice.columns and not choice.rows and not choice.row_groups and column == TOTAL:
            part: _Cells = tuple(f"{spec.id}/{row}/{c}" for c in choice.columns)
        elif choice.column_groups and not choice.rows and column == TOTAL:
            part = tuple(
                f"{spec.id}/{row}/{c.id}" for c in spec.columns if c.group in choice.column_groups
            )
        elif choice.rows and not choice.columns and row in _MAIN:
            part = tuple(f"{spec.id}/{r}/{column}" for r in choice.rows)
        elif choice.row_groups and not choice.columns and row in _MAIN:
            part = _of_groups(spec, choice, column)
        else:
            continue
        if address not in part and column == TOTAL:
            yield part, (address,)
