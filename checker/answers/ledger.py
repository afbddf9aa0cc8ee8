"""What the number ledger says: how many figures agree, which do not, and why."""

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from typing import Final

from checker.answers.types import Answer, Citation, Conversation
from checker.answers.view import View
from checker.domain.claim import Claim, ClaimVerdict

_MOST: Final = 8
VERDICTS: Final[dict[ClaimVerdict, str]] = {
    "supported": "一致",
    "refuted": "不一致",
    "not_enough_info": "无法用表格核对",
}


def summary(view: View) -> str:
    """One sentence on all figures and statements of the narrative."""
    claims = view.run.claims
    if not claims:
        return "正文里没有认出数字。"
    counts = {v: sum(c.verdict == v for c in claims) for v in VERDICTS}
    told = "，".join(f"{VERDICTS[v]}{n}处" for v, n in counts.items() if n)
    return f"正文的数字和说法共{len(claims)}处：{told}。"


def tell_ledger(view: View, *, unjudged: bool = False) -> Answer:
    """The figures that do not agree, or that all do; the rest is in the ledger.

    Args:
        view: the report.
        unjudged: tell those that could not be held against anything, with the reason.
    """
    claims = view.run.claims
    wrong = [c for c in claims if c.verdict == "refuted"]
    asked = [c for c in claims if c.verdict == "not_enough_info" and c.checks]
    if unjudged:
        told = [c for c in claims if c.verdict == "not_enough_info"]
        lines = [summary(view), "没有表格或原文可以对照的：" if told else "每个数字都核对过。"]
        return _answer(told, lines if claims else lines[:1])
    lines = [summary(view)]
    if not wrong and claims:
        lines.append("没有发现与表格矛盾的数字。")
    return _answer(wrong or asked, lines)


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
    return tell_claims(about)


def tell_claims(about: Sequence[Claim]) -> Answer | None:
    """What became of these figures; None when there are none."""
    if not about:
        return None
    return _answer(about, [f"正文里有{len(about)}处说到："], verdict=True)


def _answer(about: Sequence[Claim], lines: list[str], *, verdict: bool = False) -> Answer:
    shown = about[:_MOST]
    lines += _told(shown, verdict=verdict)
    if len(about) > len(shown):
        lines.append(f"还有{len(about) - len(shown)}处，见数字核对表。")
    return Answer(
        kind="ledger",
        text="\n".join(lines),
        citations=tuple(Citation(quote=c.quote, locator=c.locator) for c in shown),
        highlight=tuple(dict.fromkeys(a for c in shown for k in c.checks for a in k.cells)),
        context=Conversation(),
    )


def verdict_on(view: View, piece: str) -> str:
    """What the ledger says of the figures in a passage; empty when it has none there."""
    return "".join(
        f"（{c.printed}：{VERDICTS[c.verdict]}。{c.reason}）"
        for c in view.run.claims
        if c.quote.strip("。；;，, ") and c.quote.strip("。；;，, ") in piece
    )


def _told(claims: Sequence[Claim], *, verdict: bool) -> Iterator[str]:
    for claim in claims:
        said = f"{VERDICTS[claim.verdict]}。" if verdict else ""
        yield f"“{''.join(claim.quote.split())}”：{said}{claim.reason}"
