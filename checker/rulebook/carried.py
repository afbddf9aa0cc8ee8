"""How the narrative words what is carried over, as data (``rules/carried.yaml``)."""

import re
from functools import cache

from pydantic import Field

from checker.domain.base import Frozen
from checker.rulebook.loader import data_file


class Direction(Frozen):
    """Words right before and right behind a count that say where it comes from or goes to."""

    before: str
    behind: str = ""
    lead: str = ""


class CarriedWords(Frozen):
    """Regular expressions; the names of years stand in them as <上年>, <本年> and <下年>."""

    next_year: str
    prior_year: str
    this_year: str
    out: Direction
    out_again: str
    in_: Direction = Field(alias="in")
    in_again: str
    change: str
    rises: str
    of_requests: str
    others: str
    all_of: str
    each_of: str
    ends: str


load_carried = data_file("carried.yaml", CarriedWords)
"""The wordings as shipped."""


@cache
def with_years(pattern: str, year: int) -> re.Pattern[str]:
    """A pattern for the report of one year."""
    words = load_carried()
    for name, told, of in (
        ("<下年>", words.next_year, year + 1),
        ("<上年>", words.prior_year, year - 1),
        ("<本年>", words.this_year, year),
    ):
        pattern = pattern.replace(name, told.replace("<Y>", str(of)))
    return re.compile(pattern)
