"""What the number ledger says: how many figures agree, which do not, and why."""

from collections.abc import Iterator
from typing import Final

from checker.answers.types import Answer, Citation, Conversation
from checker.answers.view import View
from checker.domain.claim import Claim, ClaimVerdict

_MOST: Final = 8
_NAMES: Final[dict[ClaimVerdict, str]] = {
    "supported": "一致",
    "refuted": "不一致",
    "not_enough_info": "无法用表格核对",
}


def summary(view: View) -> str:
    """One sentence on all figures and statements of the narrative."""
    claims = view.run.claims
    if not claims:
        return "正文里没有认出数字。"
    counts = {v: sum(c.verdict == v for c in claims) for v in _NAMES}
    told = "，".join(f"{_NAMES[v]}{n}处" for v, n in counts.items() if n)
    return f"正文的数字和说法共{len(claims)}处：{told}。"


def tell_ledger(view: View) -> Answer:
    """The figures that do not agree, or that all do; the rest is in the ledger."""
    claims = view.run.claims
    wrong = [c for c in claims if c.verdict == "refuted"]
    asked = [c for c in claims if c.verdict == "not_enough_info" and c.checks]
    shown = (wrong or asked)[:_MOST]
    lines = [summary(view)]
    if not wrong and claims:
        lines.append("没有发现与表格矛盾的数字。")
    lines += _told(shown)
    rest = len(wrong or asked) - len(shown)
    if rest > 0:
        lines.append(f"还有{rest}处，见数字核对表。")
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
        f"（{c.printed}：{_NAMES[c.verdict]}。{c.reason}）"
        for c in view.run.claims
        if c.quote.strip("。；;，, ") and c.quote.strip("。；;，, ") in piece
    )


def _told(claims: list[Claim]) -> Iterator[str]:
    for claim in claims:
        yield f"“{''.join(claim.quote.split())}”：{claim.reason}"
