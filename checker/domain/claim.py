"""What the narrative states about figures: the rows of the number ledger."""

from decimal import Decimal
from typing import Literal

from checker.domain.base import Frozen
from checker.domain.locator import Locator
from checker.domain.report import SectionId

ClaimKind = Literal["count", "parts_sum", "share", "growth_rate", "absence", "quantifier"]
Approximation = Literal["exact", "about", "more_than", "less_than"]
Scope = Literal["own", "whole_area", "prior_year", "next_year", "other_population", "unclear"]
ClaimVerdict = Literal["supported", "refuted", "not_enough_info"]
Confidence = Literal["high", "medium", "low"]
ClaimTest = Literal[
    "cell",
    "absence",
    "presence",
    "quantifier",
    "scope",
    "counting_word",
    "fee",
    "parts",
    "near_parts",
    "share",
    "growth",
    "derived",
    "repetition",
    "part_of_whole",
    "precision",
    "empty_universal",
]
"""What a statement was held against; every test is one rule of the family ``narrative``."""


class ClaimCheck(Frozen):
    """One comparison of a claim with cells, with other claims or with itself.

    Attributes:
        target: what it was compared with, as in the machine interface, e.g.
            ``requests/new_received/total`` or ``text: 1320+85``; None when nothing holds it.
        target_label: the same in Chinese, e.g. 表三“一、本年新收…”“总计”.
        expected: the value that the target gives, in the unit of the claim; None when it has none.
        reason: why the verdict is what it is, in Chinese, with the arithmetic.
        cells: addresses of the cells that take part, in the order of ``target``.
        related: places of the other claims that take part.
        open: a point for a person to look at, whatever the verdict.
        opposite: growth that is printed in the wrong direction.
        confidence: how sure it is that a difference is a fault; below ``high`` a person decides.
    """

    test: ClaimTest
    target: str | None = None
    target_label: str = ""
    expected: Decimal | None = None
    verdict: ClaimVerdict
    reason: str
    cells: tuple[str, ...] = ()
    related: tuple[Locator, ...] = ()
    open: bool = False
    opposite: bool = False
    confidence: Confidence = "high"

    def unproved(self, reason: str) -> "ClaimCheck":
        """The same comparison where something else may be meant, so that it proves nothing."""
        return self.model_copy(
            update={"verdict": "not_enough_info", "reason": reason, "open": False}
        )


class Claim(Frozen):
    """A figure, an absence or a universal statement of the narrative, and what became of it.

    Attributes:
        quote: the clause in which it stands; equals ``Document.text[locator.start:locator.end]``.
        printed: the figure or the word (未收到, 均, 100%) as it stands in the file.
        figure: place of ``printed``.
        value: in base units: counts with 万 and 亿 expanded, money in yuan, shares and growth in
            per cent; None for words such as 均.
        unit: ``yuan``, ``percent`` or the counting word; None when there is none.
        subject: what the figure counts, in the words of the file; empty when not recognised.
        checks: all comparisons made, the deciding one first.
        target, expected, verdict, reason: those of the deciding comparison.
        judged: False when the code could neither bind it nor say that nothing holds it.
        unread: it was not looked at, because the report holds more figures than any report does.
    """

    section: SectionId | None
    quote: str
    locator: Locator
    printed: str
    figure: Locator
    value: Decimal | None
    unit: str | None = None
    kind: ClaimKind
    approximation: Approximation = "exact"
    scope: Scope = "own"
    subject: str = ""
    target: str | None = None
    expected: Decimal | None = None
    verdict: ClaimVerdict
    reason: str
    checks: tuple[ClaimCheck, ...] = ()
    judged: bool = True
    unread: bool = False
