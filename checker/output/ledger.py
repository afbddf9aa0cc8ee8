"""The number ledger as text and the one line that sums it up."""

from collections.abc import Iterator, Mapping
from typing import Final

from checker.checks.discreet import discreet_run
from checker.domain.claim import Claim, ClaimVerdict
from checker.domain.run import CheckRun
from checker.output.labels import SECTIONS
from checker.output.phrases import identity_line, one_line
from checker.output.width import columns

MARKS: Final[Mapping[ClaimVerdict, str]] = {
    "supported": "一致",
    "refuted": "不一致",
    "not_enough_info": "无法核对",
}


def ledger_line(run: CheckRun) -> str:
    """How many statements there are, and what became of them."""
    claims = run.claims
    if not claims:
        return "正文里没有认出数字。"
    counts = {v: sum(c.verdict == v for c in claims) for v in MARKS}
    told = "，".join(f"{MARKS[v]}{n}" for v, n in counts.items() if n)
    return f"正文数字和说法{len(claims)}处：{told}。"


def ledger_pointer(run: CheckRun) -> str:
    """The same with where the rest stands, for where the ledger itself does not stand."""
    more = "逐条见数字核对表（xxgk ledger）。" if run.claims else ""
    return f"{ledger_line(run)}{more}"


def list_ledger(run: CheckRun) -> str:
    """Every figure and statement of the narrative with its verdict and the reason."""
    lines = [identity_line(run.report.identity), ledger_line(run)]
    section: str | None = ""
    for claim in discreet_run(run).claims:
        if claim.section != section:
            section = claim.section
            lines += ["", f"【{SECTIONS.get(section or '', '其他部分')}】"]
        lines += list(_row(claim))
    return "\n".join(lines) + "\n"


def _row(claim: Claim) -> Iterator[str]:
    page = f"第{claim.locator.page}页 " if claim.locator.page else ""
    head = [(MARKS[claim.verdict], claim.printed, f"{page}“{one_line(claim.quote)}”")]
    yield from columns(head, open_ended=2)
    yield f"    {one_line(claim.reason)}"
    for check in claim.checks:
        if check.verdict != "supported" and check.reason != claim.reason:
            yield f"    {one_line(check.reason)}"
