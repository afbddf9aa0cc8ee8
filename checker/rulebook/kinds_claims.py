"""Kinds of check on the narrative: which comparisons of the number ledger a rule tells."""

from typing import Annotated, Literal

from pydantic import Field

from checker.domain.claim import ClaimTest
from checker.domain.report import SectionId
from checker.rulebook.schema import RuleBase


class ClaimsRule(RuleBase):
    """Tells the claims of the ledger that one of these comparisons contradicts.

    Attributes:
        tests: comparisons that this rule tells.
        review_message: for comparisons that a person has to decide; empty: they are not told.
    """

    check: Literal["claims"]
    tests: tuple[ClaimTest, ...]
    review_message: str = ""


class MissingFigureRule(RuleBase):
    """Figures that were never filled in: a gap or XX before a counting word.

    Attributes:
        gaps: regular expressions over folded text for a gap where a figure should stand.
        spaced: counting words before which white space shows that a figure was left out.
    """

    check: Literal["missing_figures"]
    gaps: tuple[str, ...]
    spaced: tuple[str, ...]


class FeeAgreementRule(RuleBase):
    """What a section says of the fee for information agrees with tables 二 and 三.

    Attributes:
        notice: wordings that say that notices to pay were sent.
        notice_counts: wordings that say how many, with ``{}`` where figure and counting word stand.
        no_charge: wordings that deny every charge, not only the one for information.
        unpaid_message: unpaid notices in table 三 of which the section says nothing.
        fewer_message: more unpaid notices in table 三 than the section says were sent.
        denied_message: every charge denied although table 二 holds some.
    """

    check: Literal["fee_agreement"]
    section: SectionId
    notice: tuple[str, ...]
    notice_counts: tuple[str, ...]
    no_charge: tuple[str, ...]
    unpaid_message: str
    fewer_message: str
    denied_message: str


NarrativeRule = Annotated[
    ClaimsRule | MissingFigureRule | FeeAgreementRule, Field(discriminator="check")
]
