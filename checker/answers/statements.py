"""Tells what the narrative says of a subject, with what became of every figure and statement.

The statements are those of the number ledger; what the ledger does not hold is not judged here.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from checker.answers.ledger import VERDICTS, ledger_answer, quoted, reason, segment, told_claims
from checker.answers.parse import Token
from checker.answers.types import Answer
from checker.answers.view import View
from checker.answers.wording import fold, label_forms
from checker.checks.operands import number
from checker.domain.claim import Claim, ClaimCheck, ClaimKind, ClaimVerdict

_MOST: Final = 6
_MOST_ELSEWHERE: Final = 2
_MOST_CELLS: Final = 12
_SHORTEST: Final = 2
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_ENDS: Final = "。！？；!?;\n"
_ORDER: Final[tuple[ClaimVerdict, ...]] = ("refuted", "not_enough_info", "supported")
_HEADS: Final[dict[ClaimVerdict, str]] = {
    "supported": "正文是这样写的，核对一致：",
    "refuted": "正文是这样写的，但核对不一致：",
    "not_enough_info": "正文是这样写的，无法用表格核对：",
}


class Subject(NamedTuple):
    """What is asked about.

    Attributes:
        name: as the user calls it.
        cells: of the tables; none when the tables do not know it.
        words: a statement is about it, too, when its clause has one of each of these.
    """

    name: str
    cells: frozenset[str] = frozenset()
    words: Sequence[Sequence[str]] = ()


def words_of(view: View, places: Sequence[Token]) -> tuple[tuple[str], ...]:
    """The words of places that the official labels have, so that a clause may be known by them."""
    kept = []
    for place in places:
        labels = {form for tag in place.tags for form in labels_of(view, tag.value)}
        if len(place.text) >= _SHORTEST and any(place.text in label for label in labels):
            kept.append((place.text,))
    return tuple(kept) if len(kept) == len(places) else ()


def labels_of(view: View, address: str) -> Iterator[str]:
    """How the form calls the row, column or group of ``table/id``, folded."""
    table, _, item = address.partition("/")
    spec = next((s for s in view.specs if s.id == table), None)
    found = (spec.row(item), spec.column(item), spec.group(item)) if spec else ()
    for one in found:
        if one is not None:
            yield from (*label_forms(one.label), fold(one.name))


def about(view: View, subject: Subject) -> tuple[Claim, ...]:
    """The figures and statements about a subject, those that disagree first."""
    text = view.run.report.document.text
    found = [
        c
        for c in view.run.claims
        if any(a in subject.cells for k in c.checks for a in k.cells)
        or _says(text, c, subject.words, wide=False)
    ]
    return tuple(sorted(found, key=lambda c: _ORDER.index(c.verdict)))


def _says(text: str, claim: Claim, words: Sequence[Sequence[str]], *, wide: bool) -> bool:
    if not words:
        return False
    if not wide:
        return _has(fold(segment(claim)), words)
    return _has(fold(text[_sentence_start(text, claim) : claim.locator.end]), words)


def _has(plain: str, words: Sequence[Sequence[str]]) -> bool:
    return all(any(w in plain for w in alike) for alike in words)


def tell_statements(
    view: View, subject: Subject, *, numbers: Sequence[str] = (), cells_told: str = ""
) -> Answer | None:
    """What the narrative says of a subject; None when it says nothing that the ledger holds.

    Args:
        view: the report.
        subject: what is asked about.
        numbers: the figures that it is said to have, as typed.
        cells_told: what the cells hold, one sentence.
    """
    found = about(view, subject)
    values = {Decimal(m[0]) for n in numbers if (m := _NUMBER.match(n))}
    fitting = tuple(c for c in found if c.value in values) if values else found
    if not fitting and not (values and (found or cells_told)):
        return None
    lines = []
    shown = fitting
    if not values:
        lines.append(f"正文说到“{subject.name}”的有{len(found)}处：{_counted(found)}。")
    elif fitting:
        lines.append(_HEADS[fitting[0].verdict])
    elif found:
        lines.append(f"正文没有写“{subject.name}”是{'、'.join(numbers)}。正文说到它的是：")
        shown = found
    else:
        lines.append(f"正文里没有认出说到“{subject.name}”的数字。")
    lines += told_claims(shown[:_MOST])
    lines += [f"还有{len(shown) - _MOST}处，见数字核对表。"] if len(shown) > _MOST else []
    lines += [cells_told] if values and not fitting and cells_told else []
    lines += _elsewhere(view, values) if values and not found else []
    few = sorted(subject.cells) if len(subject.cells) <= _MOST_CELLS else ()
    return ledger_answer(view, lines, shown[:_MOST], cells=() if fitting else few)


def _counted(claims: Sequence[Claim]) -> str:
    counts = {v: sum(c.verdict == v for c in claims) for v in VERDICTS}
    return "，".join(f"{VERDICTS[v]}{n}处" for v, n in counts.items() if n)


def _elsewhere(view: View, values: Collection[Decimal]) -> Iterator[str]:
    """What the figure counts where it does stand."""
    others = [c for c in view.run.claims if c.value in values]
    for claim in others[:_MOST_ELSEWHERE]:
        yield f"正文里的这个数说的是：“{quoted(claim)}”。"


def tell_kind(view: View, subject: Subject, kind: ClaimKind) -> Answer | None:
    """Shares, or growth, that the narrative states of a subject; None when it states none.

    A statement is of the subject, too, when a figure held against its cells is in the sentence.
    """
    text = view.run.report.document.text
    bound = about(view, Subject(subject.name, subject.cells)) if subject.cells else ()
    sentences = {_sentence_start(text, c) for c in bound}
    found = tuple(
        c
        for c in view.run.claims
        if c.kind == kind
        and (_sentence_start(text, c) in sentences or _says(text, c, subject.words, wide=True))
    )
    if not found:
        return None
    shown = found[:_MOST]
    lines = [f"正文写到“{subject.name}”的有：" if subject.name else "正文写的有："]
    for sentence, claims in _by_sentence(text, shown).items():
        told = "；".join(f"{c.printed}：{reason(c).rstrip('。')}" for c in claims)
        lines.append(f"“{sentence}”\n　{told}。")
    return ledger_answer(view, lines, shown)


def _by_sentence(text: str, claims: Sequence[Claim]) -> dict[str, list[Claim]]:
    """Claims by the sentence they stand in, without line breaks."""
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        start = _sentence_start(text, claim)
        ended = re.compile(f"[{_ENDS}]").search(text, claim.figure.end)
        sentence = "".join(text[start : ended.start() if ended else len(text)].split())
        found.setdefault(sentence, []).append(claim)
    return found


def part_of(view: View, words: Sequence[Sequence[str]]) -> tuple[Claim, Claim] | None:
    """A figure and the whole that the ledger has added up from it; None when there is no one."""
    pairs = [
        (part, whole)
        for whole in view.run.claims
        for check in whole.checks
        if check.test == "parts" and check.verdict == "supported"
        for part in view.run.claims
        if part is not whole and _is_part(part, check) and _has(fold(segment(part)), words)
    ]
    return pairs[0] if len(pairs) == 1 else None


def _is_part(claim: Claim, check: ClaimCheck) -> bool:
    """Whether a figure is one of those that were added up."""
    if claim.value is None or check.target is None:
        return False
    inside = any(r.start <= claim.figure.start < r.end for r in check.related)
    return inside and number(claim.value) in check.target.removeprefix("text: ").split("+")


def part_of_cell(
    view: View, words: Sequence[Sequence[str]], totals: Sequence[str]
) -> tuple[Claim, str] | None:
    """A figure that makes up the total of a cell with its like in the sentence: 当面4件、网上9件.

    Args:
        view: the report.
        words: that lead to the figure.
        totals: addresses of the cells that may be the whole.
    """
    text = view.run.report.document.text
    parts = [c for c in view.run.claims if c.kind == "count" and _has(fold(segment(c)), words)]
    if len(parts) != 1:
        return None
    (part,) = parts
    start = _sentence_start(text, part)
    alike = [
        c.value
        for c in view.run.claims
        if c.reason == part.reason and c.unit == part.unit and _sentence_start(text, c) == start
    ]
    whole = sum((v for v in alike if v is not None), Decimal(0))
    held = (a for a in totals if (v := view.value(a)) is not None and v.value == whole)
    cell = next(held, None) if len(alike) > 1 and None not in alike else None
    return (part, cell) if cell else None


def _sentence_start(text: str, claim: Claim) -> int:
    return max((text.rfind(mark, 0, claim.figure.start) for mark in _ENDS), default=-1) + 1
