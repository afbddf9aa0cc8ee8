"""How the total of a year is worded that is told twice, as data (``rules/repeated.yaml``)."""

from checker.domain.base import Frozen
from checker.rulebook.loader import data_file


class RepeatedWords(Frozen):
    """Regular expressions over folded text; comments in the file explain each."""

    filler: str
    owner: str
    total: str
    disclosed: str
    deeds: str
    behind: str
    restricted: str


load_repeated = data_file("repeated.yaml", RepeatedWords)
"""The wordings as shipped."""
