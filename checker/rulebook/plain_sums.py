"""How simple arithmetic of one sentence is worded, as data (``rules/plain_sums.yaml``)."""

from checker.domain.base import Frozen
from checker.rulebook.loader import data_file


class PriceOfWords(Frozen):
    """55页按每页10元，计550元."""

    each: str
    amount: str
    tiered: str
    beyond: str


class DueWords(Frozen):
    """应收300元，实收300元."""

    asked: str
    paid: str
    in_full: str


class Seasons(Frozen):
    """Words that open so many figures of parts of the year, in order of time."""

    count: int
    pattern: str


class PlainSums(Frozen):
    """Regular expressions over folded text; comments in the file explain each."""

    price: PriceOfWords
    due: DueWords
    together: str
    rounds: str
    round_units: tuple[str, ...]
    seasons: tuple[Seasons, ...]
    named_seasons: tuple[tuple[str, ...], ...]
    season_lead: str
    of_requests: str
    of_other_things: str
    points: str
    points_base: str
    compared: str
    opposite: str
    denied: str
    done: str
    collected: str
    not_all: str
    of_them: str
    label: str
    not_disjoint: str


load_plain_sums = data_file("plain_sums.yaml", PlainSums)
"""The wordings as shipped."""
