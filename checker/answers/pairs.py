"""Two figures named by their numbers: where each stands, what it counts, whether they must agree.

Only a comparison that the ledger or an equation has made says that two figures belong together;
without one nothing is claimed about them.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import Final, NamedTuple

from checker.answers.types import Answer, Citation, Conversation
from checker.answers.view import View
from checker.answers.whatif.compute import sums_over
from checker.checks.operands import number
from checker.domain.claim import Claim, ClaimVerdict, Scope
from checker.domain.finding import TextEvidence

_MOST: Final = 4
_SCOPES: Final[Mapping[Scope, str]] = {
    "own": "",
    "whole_area": "说的是整个地区",
    "prior_year": "说的是上一年",
    "next_year": "说的是下一年",
    "other_population": "说的是另一个范围",
    "unclear": "说的范围看不清楚",
}
_BOUND: Final[Mapping[ClaimVerdict, str]] = {
    "refuted": "两处应当一致",
    "supported": "两处不要求相同，放在一起核对是对得上的",
    "not_enough_info": "不能认定两处必须一致",
}
UNBOUND: Final = (
    "没有一条规则把这两个数放在一起核对，不能认定必须一致；是不是同一件事，请对照上面的原文。"
)
WHICH: Final = "哪一个不对，报告里没有依据，请对照台账核实。"
MAY_BOTH: Final = "两个数可能都对；"


class _Places(NamedTuple):
    """Everywhere a figure stands."""

    value: Decimal
    claims: tuple[Claim, ...]
    cells: tuple[str, ...]

    @property
    def known(self) -> int:
        """How many places there are."""
        return len(self.claims) + len(self.cells)


def tell_pair(
    view: View, one: Decimal, other: Decimal, *, cells: frozenset[str] | None, which: bool
) -> Answer | None:
    """Both figures side by side; None when the report has neither.

    Args:
        view: the report.
        one: a figure.
        other: another one.
        cells: only these are meant; any when None.
        which: it is asked which of them is right.
    """
    pair = [_places(view, value, cells) for value in (one, other)]
    if not any(p.known for p in pair):
        return None
    lines = [line for p in pair for line in _told(view, p)]
    bound: list[str] = []
    both = all(p.known for p in pair)
    if both:
        lines.append(f"两个数相差{number(abs(one - other))}。")
        bound = list(dict.fromkeys(_relations(view, *pair)))[:_MOST]
        lines += bound or [UNBOUND]
    touched = _findings(view, pair)
    if touched:
        lines.append(f"有关的问题：{'、'.join(f'第{n}条' for n in touched)}。")
    if which and both:
        must = any(line.startswith(_BOUND["refuted"]) for line in bound)
        lines.append(WHICH if must else f"{MAY_BOTH}{WHICH}")
    return _answer(view, lines, pair, touched)


def _places(view: View, value: Decimal, cells: frozenset[str] | None) -> _Places:
    claims = tuple(c for c in view.run.claims if c.value == value)
    found = (a for a, c in view.cells.items() if c.value.value == value)
    return _Places(value, claims, tuple(a for a in found if cells is None or a in cells))


def _told(view: View, places: _Places) -> Iterator[str]:
    name = number(places.value)
    if not places.known:
        yield f"{name}：报告的正文和三张表里都没有这个数。"
        return
    told = [_claim(view, c) for c in places.claims]
    told += [f"{view.label(a)}填{name}" for a in places.cells]
    rest = f"；等{len(told)}处" if len(told) > _MOST else ""
    yield f"{name}：{'；'.join(told[:_MOST])}{rest}。"


def _claim(view: View, claim: Claim) -> str:
    page = f"，第{claim.locator.page}页" if claim.locator.page else ""
    label = next((s.label for s in view.form.sections if s.id == claim.section), "")
    section = label or ("引言" if claim.section == "introduction" else "正文")
    scope = f"，{_SCOPES[claim.scope]}" if _SCOPES[claim.scope] else ""
    return f"正文“{''.join(claim.quote.split())}”（{section}{page}{scope}）"


def _relations(view: View, one: _Places, other: _Places) -> Iterator[str]:
    """What was found when the two were held against each other, each way."""
    for mine, theirs in ((one, other), (other, one)):
        for claim in mine.claims:
            yield from _compared(claim, theirs)
    if one.cells and other.cells:
        for first, second in product(one.cells[:_MOST], other.cells[:_MOST]):
            for told in sums_over(view, frozenset((first, second))):
                yield f"表里两格不要求相等，同在一个等式里：{told}"


def _compared(claim: Claim, other: _Places) -> Iterator[str]:
    places = {c.figure.start for c in other.claims} | {c.locator.start for c in other.claims}
    for check in claim.checks:
        with_cell = not set(other.cells).isdisjoint(check.cells)
        with_claim = any(r.start in places for r in check.related)
        same_target = check.expected == other.value and (with_cell or not check.cells)
        if with_claim or same_target or (with_cell and len(check.cells) == 1):
            yield f"{_BOUND[check.verdict]}：{check.reason}"


def _findings(view: View, pair: Sequence[_Places]) -> tuple[int, ...]:
    """Findings about a place where one of the figures stands, as far as both are in them."""
    quotes = {c.locator for p in pair for c in p.claims}
    return tuple(
        n
        for n, f in enumerate(view.findings, 1)
        if any(isinstance(e, TextEvidence) and e.locator in quotes for e in f.evidence)
        and all(number(p.value) in f.message for p in pair)
    )


def _answer(
    view: View, lines: Sequence[str], pair: Sequence[_Places], touched: Sequence[int]
) -> Answer:
    claims = [c for p in pair for c in p.claims[:_MOST]]
    cells = tuple(a for p in pair for a in p.cells[:_MOST])
    return Answer(
        kind="compare",
        text="\n".join(lines),
        citations=(
            *(Citation(quote=c.quote, locator=c.locator) for c in claims),
            *(view.cite_cell(a) for a in cells),
            *(Citation(finding=n, rule=view.finding(n).rule) for n in touched),
        ),
        highlight=cells,
        context=Conversation(
            focus="finding" if len(touched) == 1 else "none",
            finding=touched[0] if len(touched) == 1 else None,
        ),
    )
