"""Typed view of ``rules/chat_words.yaml``: words by which a model would give a verdict."""

from checker.answers.questions import Words
from checker.domain.base import Frozen
from checker.rulebook.loader import data_file


class ChatWords(Frozen):
    """Words that a sentence may use only where code has used one of the same group.

    Attributes:
        verdicts: groups of words that call something right, or a finding wrong.
        negations: right before such a word they turn it around.
        norms: before it they say how something should be, or ask.
        whole: words by which a sentence is about the whole report.
        suppose: a sentence about a supposition has one of them.
        failed, stopped: notes when the model did not answer.
        withheld: note on sentences that are not shown.
        nothing: note when none is left.
    """

    verdicts: tuple[Words, ...]
    negations: Words
    norms: Words
    whole: Words
    suppose: Words
    failed: str
    stopped: str
    withheld: str
    nothing: str


load_chat_words = data_file("chat_words.yaml", ChatWords)
"""The words as shipped."""
