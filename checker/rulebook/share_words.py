"""How shares are worded whose total the words tell, as data (``rules/shares.yaml``)."""

from checker.domain.base import Frozen
from checker.rulebook.loader import data_file


class ShareBases(Frozen):
    """What stands between a count and its share when the total is named there."""

    closed: str
    received: str
    concluded: str


class ShareWords(Frozen):
    """Regular expressions over folded text; comments in the file explain each."""

    bare: str
    among: str
    bases: ShareBases
    of_them: str
    in_order: str
    ordered: str
    joined: str
    divided: str
    bracket: str
    spoken: str
    end: str
    named: str
    closing_rate: str
    closed_of_all: str


load_share_words = data_file("shares.yaml", ShareWords)
"""The wordings as shipped."""
