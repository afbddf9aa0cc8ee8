"""Typed view of the folder ``rules/``."""

from checker.rulebook.book import Clause, Regulation, Rule, Rulebook
from checker.rulebook.forms import (
    BlockSpec,
    ColumnSpec,
    FormSpec,
    GroupSpec,
    LabelSpec,
    RowSpec,
    SectionSpec,
    TableSpec,
    form_for_year,
    form_of_report,
)
from checker.rulebook.loader import load_forms, load_regulations, load_rulebook

__all__ = [
    "BlockSpec",
    "Clause",
    "ColumnSpec",
    "FormSpec",
    "GroupSpec",
    "LabelSpec",
    "Regulation",
    "RowSpec",
    "Rule",
    "Rulebook",
    "SectionSpec",
    "TableSpec",
    "form_for_year",
    "form_of_report",
    "load_forms",
    "load_regulations",
    "load_rulebook",
]
