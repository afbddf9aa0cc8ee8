"""How 信息处理费 is told, as data (``rules/fees_told.yaml``)."""

from checker.domain.base import Frozen
from checker.rulebook.loader import data_file


class FeeWords(Frozen):
    """Regular expressions over folded text; comments in the file explain each."""

    of_information: str
    collected: str
    none_collected: str


load_fee_words = data_file("fees_told.yaml", FeeWords)
"""The wordings as shipped."""
