"""Typed view of the folder ``rules/``."""

from checker.rulebook.forms import (
    BlockSpec,
    ColumnSpec,
    FormSpec,
    GroupSpec,
    LabelSpec,
    RowSpec,
    SectionSpec,
    TableSpec,
)
from checker.rulebook.loader import load_forms

__all__ = [
    "BlockSpec",
    "ColumnSpec",
    "FormSpec",
    "GroupSpec",
    "LabelSpec",
    "RowSpec",
    "SectionSpec",
    "TableSpec",
    "load_forms",
]
