"""How the narrative tells what became of appeals, as data.

It says what wordings mean (``rules/outcomes.yaml``), never what is right.
"""

import re
from functools import cached_property
from typing import Literal

from checker.domain.base import Frozen
from checker.rulebook.alternatives import any_of
from checker.rulebook.loader import data_file

CaseRow = Literal["reconsideration", "litigation_direct", "litigation_after_reconsideration"]
CaseColumn = Literal["upheld", "corrected", "other", "pending"]


class Group(Frozen):
    """Wordings for one kind of cases, or for several of which one is meant."""

    rows: tuple[CaseRow, ...]
    words: str


class Outcome(Frozen):
    """Wordings for a result.

    Attributes:
        columns: where cases with this result may be counted.
        denied: the words say that there are no such cases.
        unless_before: what right before them gives them another meaning; empty for none.
    """

    columns: tuple[CaseColumn, ...]
    words: str
    denied: bool = False
    unless_before: str = ""


class Outcomes(Frozen):
    """The wordings of ``rules/outcomes.yaml``; comments there say what each is for."""

    groups: tuple[Group, ...]
    outcomes: tuple[Outcome, ...]
    court: str
    reviewer: str
    denial: str
    negation: str
    before: str
    behind: str
    not_fact: str
    elsewhere: str
    answer: str
    joined: str
    tied: str
    ended: str
    specified: str

    @cached_property
    def told(self) -> re.Pattern[str]:
        """Any of them; the name of the group that matches is its letter and number."""
        named = [(f"g{i}", g.words) for i, g in enumerate(self.groups)]
        named += [(f"o{i}", o.words) for i, o in enumerate(self.outcomes)]
        return re.compile(any_of(f"(?P<{n}>{compact(w)})" for n, w in named))


def compact(words: str) -> str:
    """A regular expression that is written over several lines."""
    return "".join(words.split())


load_outcomes = data_file("outcomes.yaml", Outcomes)
"""The wordings as shipped."""
