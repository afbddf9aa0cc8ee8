"""Which lines of a table are notes, as data (``rules/table_notes.yaml``)."""

from checker.domain.base import Frozen
from checker.rulebook.loader import data_file


class TableNotes(Frozen):
    """Regular expressions that match from the first character of a line.

    Attributes:
        note: the line is a note.
        subject: it begins with what it tells of.
        day: a day, anywhere in it.
    """

    note: str
    subject: str
    day: str


load_table_notes = data_file("table_notes.yaml", TableNotes)
"""The wordings as shipped."""
