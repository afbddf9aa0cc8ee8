"""Why a figure of the narrative cannot be held against the tables, in one wording each, as data.

It words reasons (``rules/reasons.yaml``); which of them applies is for the claims.
"""

from string import Formatter
from typing import Final

from pydantic import model_validator

from checker.domain.base import Frozen
from checker.rulebook.loader import data_file

_FILLED: Final = {
    "not_in_tables": "what",
    "other_scope": "scope",
    "unread_cells": "cells",
    "other_last_year": "figures",
    "some_of_them": "figure",
    "other_reading": "told",
    "subtotal": "subtotal",
    "one_of_parts": "sums",
    "adds_up": "sums",
    "told_elsewhere": "figure",
    "one_of_several": "figure",
    "of_figure": "figure",
    "other_cases": "cases",
    "several_differ": "count",
    "unfamiliar_words": "words",
}


class Reasons(Frozen):
    """The wordings; comments in the file say what each is for."""

    not_in_tables: str
    this_item: str
    published_items: str
    no_ratio: str
    no_such_kind: str
    no_channel: str
    information_not_documents: str
    all_cases: str
    other_fees: str
    carried_or_new: str
    some_of_them: str
    excepted: str
    range: str
    unknown_thing: str
    other_scope: str
    unread_cells: str
    no_last_year: str
    other_last_year: str
    other_reading: str
    which_requests: str
    from_about: str
    unknown_ratio: str
    subtotal: str
    one_of_parts: str
    told_elsewhere: str
    one_of_several: str
    other_cases: str
    several_differ: str
    with_first: str
    new_and_answered: str
    won_in_other_ways: str
    one_form_of_correction: str
    unfamiliar_words: str
    unfamiliar_wording: str
    perhaps_no_part: str
    of_figure: str
    pending_apart: str
    adds_up: str

    @model_validator(mode="after")
    def _braces(self) -> "Reasons":
        for name in type(self).model_fields:
            found = [f for _, f, _, _ in Formatter().parse(getattr(self, name)) if f is not None]
            if found != [n for k, n in _FILLED.items() if k == name]:
                raise ValueError(f"{name} 的大括号不对")
        return self

    def missing(self, noun: str) -> str:
        """The tables do not count this, which the narrative may name."""
        return self.not_in_tables.format(what=f"“{noun}”" if noun else self.this_item)

    @property
    def no_published(self) -> str:
        """The tables do not count what was published."""
        return self.not_in_tables.format(what=self.published_items)


load_reasons = data_file("reasons.yaml", Reasons)
"""The wordings as shipped."""
