"""How counts of cases are worded, as data (``rules/case_counts.yaml``)."""

from checker.domain.base import Frozen
from checker.rulebook.loader import data_file


class CaseCountWords(Frozen):
    """Regular expressions over folded text; comments in the file explain each.

    Attributes:
        only_heading: why a count is asked about that only a sub-heading ties to 政府信息公开.
    """

    of_the_organ: str
    only_heading: str
    pending_before: str
    pending_behind: str
    direct: str
    after: str
    each: str
    others: str
    reconsideration: str
    litigation: str


load_case_counts = data_file("case_counts.yaml", CaseCountWords)
"""The wordings as shipped."""
