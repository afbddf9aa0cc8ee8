"""Reports and claims for the tests of the language layer."""

from decimal import Decimal

from checker.domain.claim import Claim
from checker.domain.locator import Locator
from checker.domain.report import AnnualReport, SectionId
from tests.builders import ReportPlan, clean_report
from tests.llm.server import Json

OVERVIEW = """\
（一）主动公开。全年发布信息１２０条，政策解读0篇，政策解读成效显著。
（二）依申请公开。群众来要信息的共66件，其中给了的20件，给了一部分的捌件。
没有一位群众就信息公开把我局告上法庭。
（三）政府信息管理。发布前逐条进行保密审查。
（四）平台建设。门户网站公开专栏由专人维护。
（五）监督保障。公开工作纳入年度考核。"""


def report(overview: str = OVERVIEW, **changes: str) -> AnnualReport:
    """A clean report whose overview says what the tests ask about."""
    made: ReportPlan = clean_report().set_section("overview", overview)
    for address, printed in changes.items():
        made.set_cell(address, printed)
    return made.report()


def place(of: AnnualReport, words: str) -> Locator:
    """Where some words stand for the first time."""
    start = of.document.text.index(words)
    blocks = of.document.blocks
    block = next(i for i, b in enumerate(blocks) if b.locator.start <= start < b.locator.end)
    return Locator(start=start, end=start + len(words), block=block)


def claim(
    of: AnnualReport,
    quote: str,
    printed: str,
    *,
    value: str | None = None,
    unit: str | None = "件",
    judged: bool = False,
    section: SectionId = "overview",
) -> Claim:
    """A claim as the code makes one that it cannot bind."""
    whole = place(of, quote)
    at = whole.start + quote.index(printed)
    return Claim(
        section=section,
        quote=quote,
        locator=whole,
        printed=printed,
        figure=whole.part(at, at + len(printed)),
        value=Decimal(value or printed),
        unit=unit,
        kind="count",
        verdict="supported" if judged else "not_enough_info",
        reason="",
        judged=judged,
    )


def reply(**parts: object) -> Json:
    """A reply with all keys, empty where nothing is given."""
    keys = ("links", "figures", "statements", "coverage", "contradictions")
    return {key: parts.get(key, []) for key in keys}
