"""Which lines and columns of a table are notes, as data (``rules/table_notes.yaml``)."""

from checker.domain.base import Frozen
from checker.rulebook.loader import data_file


class TableNotes(Frozen):
    """Regular expressions that match from the first character of a line.

    Attributes:
        note: the line is a note.
        subject: it begins with what it tells of.
        day: a day, anywhere in it.
        numbers: heads of a column that numbers the rows, without punctuation.
        remarks: heads of a column with remarks on the rows, without punctuation.
    """

    note: str
    subject: str
    day: str
    numbers: tuple[str, ...]
    remarks: tuple[str, ...]


load_table_notes = data_file("table_notes.yaml", TableNotes)
"""The wordings as shipped."""
