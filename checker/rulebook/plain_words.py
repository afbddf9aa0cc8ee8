"""Words among which a figure was found to mean what the tables count, as data.

``python -m eval.learn_words`` writes ``rules/plain_words.yaml`` from reports without a fault: the
words of sentences whose figures agree with their cells. They prove nothing by themselves; a word
that is not among them may restrict what a figure counts.
"""

from functools import cached_property

from checker.domain.base import Frozen
from checker.rulebook.loader import data_file


class PlainWords(Frozen):
    """The words of ``rules/plain_words.yaml``.

    Attributes:
        added: words put in by hand, separated by white space.
        learnt: words found in the reports of at least two writers, separated by white space.
    """

    added: str
    learnt: str

    @cached_property
    def words(self) -> frozenset[str]:
        """All of them."""
        return frozenset((*self.added.split(), *self.learnt.split()))


load_plain_words = data_file("plain_words.yaml", PlainWords)
"""The words as shipped."""
