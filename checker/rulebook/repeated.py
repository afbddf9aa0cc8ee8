"""How the total of a year is worded that is told twice, as data (``rules/repeated.yaml``)."""

from collections.abc import Mapping

from checker.domain.base import Frozen
from checker.rulebook.loader import data_file


class RepeatedWords(Frozen):
    """Regular expressions over folded text; comments in the file explain each.

    Attributes:
        same_things: names of one thing, by spaces.
        media: the wordings of each medium, by its usual name.
    """

    filler: str
    owner: str
    total: str
    disclosed: str
    deeds: str
    behind: str
    restricted: str
    same_things: tuple[str, ...]
    media: Mapping[str, str]
    in_media: str


load_repeated = data_file("repeated.yaml", RepeatedWords)
"""The wordings as shipped."""
