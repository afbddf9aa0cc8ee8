"""Which lines of a table are notes, as data (``rules/table_notes.yaml``)."""

from checker.domain.base import Frozen
from checker.rulebook.loader import data_file


class TableNotes(Frozen):
    """A regular expression that matches from the first character of a line."""

    note: str


load_table_notes = data_file("table_notes.yaml", TableNotes)
"""The wordings as shipped."""
