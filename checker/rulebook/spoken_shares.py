"""How shares in words name their total, as data (``rules/spoken_shares.yaml``)."""

from checker.domain.base import Frozen
from checker.rulebook.loader import data_file


class NamedTotal(Frozen):
    """What a total of applications is called, and the stages that it counts."""

    words: str
    stages: tuple[str, ...]


class SpokenShares(Frozen):
    """Regular expressions over folded text; comments in the file explain each."""

    half: str
    between: str
    base: str
    names: tuple[NamedTotal, ...]
    counted: str
    of_it: str
    tail: str
    among: str


load_spoken_shares = data_file("spoken_shares.yaml", SpokenShares)
"""The wordings as shipped."""
