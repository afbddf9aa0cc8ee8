"""How it is said whose applications are meant, and about what, as data."""

from checker.domain.base import Frozen
from checker.rulebook.loader import data_file


class WhichRequests(Frozen):
    """Regular expressions over folded text; comments in the file explain each."""

    frame: str
    ends: str
    proposed: str
    new: str
    head: str
    opinion: str
    all_but: str
    at_some_time: str
    tried: str
    not_final: str
    already_public: str
    told_where: str
    about: str
    of_any: str
    asked_for: str
    about_head: str
    asked_about: str
    answered_so: str
    anybody: str
    somebody: str


load_which_requests = data_file("which_requests.yaml", WhichRequests)
"""The wordings of ``rules/which_requests.yaml``."""
