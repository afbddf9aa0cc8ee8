"""Works out what share one figure of a table is of another, with the division written out.

A blank, a word or a total of 0 gives no share; what has no total in its table has none either.
"""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from typing import Final

from checker.answers.cells import findings_line
from checker.answers.contests import Contest, specs_of, two_sides
from checker.answers.ledger import quoted, reason
from checker.answers.locate import TOTAL, Pick, chosen, inside, picks
from checker.answers.parse import Question, Token
from checker.answers.types import Answer, Citation, Conversation
from checker.answers.view import View
from checker.checks.operands import number
from checker.rulebook import TableSpec

_MOST: Final = 4
_CAME_IN: Final = ("new_received", "carried_over_in")
_BALANCE: Final = frozenset((*_CAME_IN, TOTAL, "carried_over_out"))
_OF: Final = "占"
_INSIDE: Final = frozenset({"里", "里面", "里头", "中", "当中", "中间", "其中"})
_Groups = tuple[tuple[str, ...], ...]
_TENTH, _HUNDREDTH = Decimal("0.1"), Decimal("0.01")


def find_shares(view: View, question: Question, places: tuple[Token, ...]) -> tuple[Contest, ...]:
    """Each share that the words of a question may mean: the part and its whole.

    Args:
        view: the report.
        question: for the word 占, behind which the whole may stand, and the tables named.
        places: words that name rows, columns or groups; those of the question come first.
    """
    named = len(question.places)
    behind = _behind(question)
    ahead = 0 if behind else _ahead(question)
    found: dict[Contest, None] = {}
    for spec in specs_of(view, question.all("table")):
        for picked in picks(spec, places):
            parts = (*picked[ahead : named - behind], *picked[named:])
            whole_named = (*picked[:ahead], *picked[named - behind : named])
            sides = [*_sides(spec, parts, whole_named)]
            if question.asks("sum") and len({whole for _, whole in sides}) == 1:
                sides = [(tuple(c for part, _ in sides for c in part), sides[0][1])]
            for part, whole in sides:
                if part != whole:
                    found[two_sides(view, spec, (part, whole))] = None
    return tuple(found)


def _behind(question: Question) -> int:
    """How many places stand behind 占, if some stand before it."""
    at = next((i for i, t in enumerate(question.tokens) if t.text.startswith(_OF)), None)
    if at is None:
        return 0
    before = sum(any(p.text == t.text for p in question.places) for t in question.tokens[:at])
    return len(question.places) - before if before else 0


def _ahead(question: Question) -> int:
    """How many places stand before 里面, if one stands behind it: 办结的里面不予公开的占几成."""
    tokens, texts = question.tokens, [p.text for p in question.places]
    at = next((i for i, t in enumerate(tokens) if t.text in _INSIDE), len(tokens))
    before = sum(t.text in texts for t in tokens[:at])
    return before if before < len(texts) and any(t.text in texts for t in tokens[at:]) else 0


def _sides(
    spec: TableSpec, part: Sequence[Pick], whole: Sequence[Pick]
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Part and whole as cells; several when a word alone names parts of several rows."""
    if spec.row(TOTAL) is None and spec.column(TOTAL) is None:
        return  # figures of this table have nothing in common
    part_rows, part_columns = _named(spec, part)
    whole_rows, whole_columns = _named(spec, whole)
    total = ((TOTAL,),)
    if whole_rows or (whole_columns and part_rows):
        within = whole_rows[0] if whole_rows else (TOTAL,)
        for rows, columns in product(
            part_rows or whole_rows, part_columns or whole_columns or total
        ):
            alone = bool(part_columns) and not part_rows
            yield _cells(spec, rows, columns), _cells(spec, within, (TOTAL,) if alone else columns)
        return
    for rows, columns in product(part_rows or _rows_without_name(spec), part_columns or total):
        if part_columns:
            yield _cells(spec, rows, columns), _cells(spec, rows, (TOTAL,))
        elif (over := _over(spec, rows)) is not None:
            yield _cells(spec, rows, columns), _cells(spec, over, (TOTAL,))


def _named(spec: TableSpec, picked: Sequence[Pick]) -> tuple[_Groups, _Groups]:
    """Rows and columns that are named, those of a group together."""
    choice = chosen(spec, tuple(picked))
    rows: list[tuple[str, ...]] = [(r,) for r in choice.rows]
    rows += [
        tuple(r.id for r in spec.rows if r.id != TOTAL and inside(spec, r.id, g))
        for g in choice.row_groups
        if not any(inside(spec, r, g) for r in choice.rows)
    ]
    columns: list[tuple[str, ...]] = [(c,) for c in choice.columns]
    columns += [tuple(c.id for c in spec.columns if c.group == g) for g in choice.column_groups]
    return tuple(rows), tuple(columns)


def _rows_without_name(spec: TableSpec) -> _Groups:
    """The rows that are meant when only a column is named: applications received, every group."""
    if spec.row(_CAME_IN[0]) is not None:
        return ((_CAME_IN[0],),)
    return tuple((r.id,) for r in spec.rows)


def _over(spec: TableSpec, rows: Sequence[str]) -> tuple[str, ...] | None:
    """The rows that a row is a part of: all that came in, or all that was done."""
    if spec.row(TOTAL) is None:
        return None
    return _CAME_IN if set(rows) <= _BALANCE else (TOTAL,)


def _cells(spec: TableSpec, rows: Sequence[str], columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{spec.id}/{r}/{c}" for r in rows for c in columns)


def tell_shares(view: View, shares: Sequence[Contest]) -> Answer:
    """The shares with the division written out, and what the narrative says of them."""
    shown = shares[:_MOST]
    cells = tuple(dict.fromkeys(c for s in shown for a in s.amounts for c in a.cells))
    parts = tuple(dict.fromkeys(c for s in shown for c in s.amounts[0].cells))
    lines = [_told(share) for share in shown]
    lines += _stated(view, shown)
    touched = view.blaming_cells(cells)
    lines += [findings_line(view, touched)] if touched else []
    return Answer(
        kind="share",
        text="\n".join(lines),
        citations=(
            *(view.cite_cell(a) for a in cells),
            *(Citation(finding=n, rule=view.finding(n).rule) for n in touched),
        ),
        highlight=cells,
        context=Conversation(focus="cells", cells=parts, aspect="share"),
    )


def _told(share: Contest) -> str:
    part, whole = share.amounts
    head = f"{share.where}：" if share.where else ""
    if part.value is None or whole.value is None:
        return f"{head}{part.told}，{whole.told}，算不出占比。"
    if not whole.value:
        return f"{head}{whole.told}，算不出占比。"
    return f"{head}{part.told}÷{whole.told}＝{percent(part.value, whole.value)}。"


def percent(part: Decimal, whole: Decimal) -> str:
    """A share to one place, small ones to two."""
    exact = part * 100 / whole
    places = _TENTH if exact >= 1 or not exact else _HUNDREDTH
    return f"{number(exact.quantize(places, ROUND_HALF_UP))}%"


def _stated(view: View, shares: Sequence[Contest]) -> Iterator[str]:
    """The shares that the narrative states of the same figures."""
    sums = {
        f"text: 100*{number(part.value)}/{number(whole.value)}"
        for part, whole in (s.amounts for s in shares)
        if part.value is not None and whole.value is not None
    }
    for claim in view.run.claims:
        if claim.kind == "share" and any(c.target in sums for c in claim.checks):
            yield f"正文“{quoted(claim)}”：{reason(claim)}"
