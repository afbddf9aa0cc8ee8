"""Typed view of ``rules/chat_meaning.yaml``: words by which the meaning of a sentence is held."""

from collections.abc import Mapping
from typing import Literal

from checker.answers.questions import Words
from checker.domain.base import Frozen
from checker.rulebook.loader import data_file

Side = Literal["prose", "proactive", "requests", "appeals", "any"]
Unit = Literal["case", "count", "workday", "day", "month", "year", "money", "page", "piece"]


class ChatMeaning(Frozen):
    """Words by which figures get a role and sentences a direction; the file says what each is."""

    sides: Mapping[Side, Words]
    proposed: Words
    proposed_behind: Words
    advised: Words
    added: Words
    added_weakly: Words
    differing: Words
    no_difference: Words
    more: Words
    less: Words
    than: Words
    more_than: Words
    less_than: Words
    too_much: Words
    too_little: Words
    blamed: Words
    either: Words
    upper_behind: Words
    lower_behind: Words
    upper_before: Words
    lower_before: Words
    units: Mapping[Unit, Words]
    levels: Words
    fates: Words
    negators: Words
    opposed: Words
    differ: Words
    otherwise: Words
    excepted: Words
    universal: Words
    only: Words
    must: Words
    may: Words
    send: Words
    urged: Words
    send_later: Words
    stated: Words


load_chat_meaning = data_file("chat_meaning.yaml", ChatMeaning)
"""The words as shipped."""
