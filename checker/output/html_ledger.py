"""The number ledger as an HTML table, for the report page and the chat page."""

from collections.abc import Iterator
from html import escape
from typing import Final

from checker.checks.discreet import discreet_run
from checker.domain.claim import Claim, ClaimVerdict
from checker.domain.run import CheckRun
from checker.output.labels import SECTIONS
from checker.output.ledger import MARKS, ledger_line
from checker.output.phrases import one_line

_CLASSES: Final[dict[ClaimVerdict, str]] = {
    "supported": "xx-same",
    "refuted": "xx-differs",
    "not_enough_info": "xx-unknown",
}


def html_ledger(run: CheckRun) -> str:
    """A sentence that sums it up, and one row per statement in the order of the text."""
    line = f"<p>{escape(ledger_line(run))}</p>"
    if not run.claims:
        return line
    rows = "".join(_row(c) for c in discreet_run(run).claims)
    heads = "".join(f'<th scope="col">{h}</th>' for h in ("结论", "数字", "正文", "说明"))
    return (
        f'{line}<table class="xx-ledger"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _row(claim: Claim) -> str:
    section = SECTIONS.get(claim.section or "", "其他部分")
    page = f"，第{claim.locator.page}页" if claim.locator.page else ""
    told = "<br>".join(escape(text) for text in _reasons(claim))
    return (
        f'<tr class="{_CLASSES[claim.verdict]}"><td>{MARKS[claim.verdict]}</td>'
        f"<td>{escape(one_line(claim.printed))}</td>"
        f"<td>{escape(one_line(claim.quote))}<small>（{section}{page}）</small></td>"
        f"<td>{told}</td></tr>"
    )


def _reasons(claim: Claim) -> Iterator[str]:
    yield one_line(claim.reason)
    for check in claim.checks:
        if check.verdict != "supported" and check.reason != claim.reason:
            yield one_line(check.reason)
