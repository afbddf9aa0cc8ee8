"""What the number ledger says: how many figures agree, which do not, and why."""

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from typing import Final

from checker.answers.types import Answer, Citation, Conversation
from checker.answers.view import View
from checker.answers.wording import fold
from checker.domain.claim import Claim, ClaimVerdict

_MOST: Final = 8
_MOST_ALIKE: Final = 5
_MOST_CELLS: Final = 12
_MOST_REASONS: Final = 6
_LONGEST_PIECE: Final = 24
_APART: Final = re.compile(r"[、，,；;：:]")
_NAMED: Final = re.compile(r"“[^”]*”")
VERDICTS: Final[dict[ClaimVerdict, str]] = {
    "supported": "一致",
    "refuted": "不一致",
    "not_enough_info": "无法用表格核对",
}


def summary(view: View) -> str:
    """One sentence on all figures and statements of the narrative."""
    return counted(view.run.claims)


def counted(claims: Sequence[Claim]) -> str:
    """How many figures and statements there are, by verdict."""
    if not claims:
        return "正文里没有认出数字。"
    counts = {v: sum(c.verdict == v for c in claims) for v in VERDICTS}
    told = "，".join(f"{VERDICTS[v]}{n}处" for v, n in counts.items() if n)
    return f"正文的数字和说法共{len(claims)}处：{told}。"


def tell_ledger(view: View, *, unjudged: bool = False, sections: Collection[str] = ()) -> Answer:
    """The figures that do not agree, or that all do; the rest is in the ledger.

    Args:
        view: the report.
        sections: only the figures of these; all when empty.
        unjudged: tell those that could not be held against anything, with the reason.
    """
    claims = [c for c in view.run.claims if not sections or c.section in sections]
    if unjudged:
        told = [c for c in claims if c.verdict == "not_enough_info"]
        lines = [counted(claims), "没有表格或原文可以对照的：" if told else "每个数字都核对过。"]
        lines += _alike(told)
        return ledger_answer(view, lines if claims else lines[:1], told[:_MOST])
    wrong = [c for c in claims if c.verdict == "refuted"]
    asked = [c for c in claims if c.verdict == "not_enough_info" and c.checks]
    lines = [counted(claims)]
    if not wrong and claims:
        lines.append("没有发现与表格矛盾的数字。")
    return _answer(view, wrong or asked, lines)


def _alike(claims: Sequence[Claim]) -> Iterator[str]:
    """One line for every reason, with the figures that have it."""
    reasons: dict[str, list[str]] = {}
    for claim in claims:
        one = len(_NAMED.findall(claim.reason)) == 1
        same = _NAMED.sub("这一项", claim.reason) if one else claim.reason
        reasons.setdefault(same.rstrip("。"), []).append(piece(claim))
    ranked = sorted(reasons.items(), key=lambda item: -len(item[1]))
    for told, pieces in ranked[:_MOST_REASONS]:
        rest = f"等{len(pieces)}处" if len(pieces) > _MOST_ALIKE else ""
        yield f"{told}：{'；'.join(pieces[:_MOST_ALIKE])}{rest}。"
    if left := sum(len(pieces) for _, pieces in ranked[_MOST_REASONS:]):
        yield f"还有{left}处，见数字核对表。"


def piece(claim: Claim) -> str:
    """The words that lead to a figure, with the figure: 政务微信330条; the end of long ones."""
    told = lead(claim)
    return told if len(told) <= _LONGEST_PIECE else f"……{told[-_LONGEST_PIECE:]}"


def lead(claim: Claim) -> str:
    """The words that lead to a figure, with the figure; what 均 and 未收到 say to the end."""
    quote, end = claim.quote, claim.figure.end - claim.locator.start
    before = _APART.split(quote[: claim.figure.start - claim.locator.start])[-1]
    rest = quote[end:]
    unit = claim.unit if claim.unit and rest.lstrip().startswith(claim.unit) else ""
    word = rest if claim.value is None or claim.kind in ("absence", "quantifier") else unit
    return "".join(f"{before}{claim.printed}{word}".split()).rstrip("。；;，,")


def tell_figures(view: View, *, numbers: Sequence[str], cells: Collection[str]) -> Answer | None:
    """What became of certain figures of the narrative; None when the ledger has none of them.

    Args:
        view: the report.
        numbers: figures as asked about; any when empty.
        cells: only figures that were held against one of these; any when empty.
    """
    values = {Decimal(n) for n in numbers}
    about = [
        c
        for c in view.run.claims
        if (not values or c.value in values)
        and (not cells or any(a in cells for k in c.checks for a in k.cells))
    ]
    return tell_claims(view, about)


def tell_claims(view: View, about: Sequence[Claim]) -> Answer | None:
    """What became of these figures; None when there are none."""
    if not about:
        return None
    return _answer(view, about, [f"正文里有{len(about)}处说到："])


def _answer(view: View, about: Sequence[Claim], lines: list[str]) -> Answer:
    shown = about[:_MOST]
    lines += told_claims(shown)
    if len(about) > len(shown):
        lines.append(f"还有{len(about) - len(shown)}处，见数字核对表。")
    return ledger_answer(view, lines, shown)


def ledger_answer(
    view: View, lines: Sequence[str], claims: Sequence[Claim], *, cells: Sequence[str] = ()
) -> Answer:
    """An answer that rests on statements of the narrative, and on cells.

    Args:
        view: the report.
        lines: what is told.
        claims: what it rests on.
        cells: addresses told beside them; those of the claims when empty.
    """
    bound = tuple(dict.fromkeys(a for c in claims for k in c.checks for a in k.cells))
    shown = tuple(cells) or bound
    numbers = view.about_claims(claims)
    return Answer(
        kind="ledger",
        text="\n".join(lines),
        citations=(
            *(Citation(quote=c.quote, locator=c.locator) for c in claims),
            *(view.cite_cell(a) for a in shown if len(shown) <= _MOST_CELLS),
            *(Citation(finding=n, rule=view.finding(n).rule) for n in numbers),
        ),
        highlight=shown,
        context=Conversation(
            focus="finding" if len(numbers) == 1 else "cells" if shown else "none",
            finding=numbers[0] if len(numbers) == 1 else None,
            cells=shown,
        ),
    )


def told_claims(claims: Sequence[Claim]) -> Iterator[str]:
    """Every clause once, with what became of its figures."""
    clauses: dict[tuple[int, str], list[str]] = {}
    for claim in claims:
        clauses.setdefault((claim.locator.start, quoted(claim)), []).append(reason(claim))
    for (_, quote), reasons in clauses.items():
        yield f"“{quote}”：{''.join(dict.fromkeys(reasons))}"


def segment(claim: Claim) -> str:
    """The part of the clause around the figure, up to the commas: what the figure is about."""
    at = claim.figure.start - claim.locator.start
    end = claim.figure.end - claim.locator.start
    before, behind = _APART.split(claim.quote[:at])[-1], _APART.split(claim.quote[end:])[0]
    return "".join(f"{before}{claim.printed}{behind}".split())


def quoted(claim: Claim) -> str:
    """The clause without line breaks and without the mark at its end."""
    return "".join(claim.quote.split()).rstrip("。；;，,")


def reason(claim: Claim) -> str:
    """Why the verdict is what it is; the verdict itself is said once."""
    verdict = VERDICTS[claim.verdict]
    return claim.reason if verdict in claim.reason else f"{verdict}。{claim.reason}"


def verdict_on(view: View, passage: str, words: Collection[str]) -> str:
    """What the ledger says of the figures in a passage that words lead to, or of all in it."""
    found = [c for c in view.run.claims if quoted(c) and quoted(c) in "".join(passage.split())]
    own = [c for c in found if all(w in fold(segment(c)) for w in words)]
    told = [*dict.fromkeys(reason(c) for c in own or found)]
    return f"：{''.join(told[:_MOST_ALIKE])}" if told else ""
