"""A claim while its comparisons are being made; nothing outside this package sees it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from checker.claims.figures import Figure
from checker.claims.ratios import is_ratio
from checker.claims.sentences import Sentence
from checker.claims.subjects import Subject
from checker.domain.claim import ClaimCheck, ClaimKind, Scope
from checker.domain.locator import Locator


@dataclass(kw_only=True)
class Row:
    """One row of the ledger in the making.

    Attributes:
        start, end: the figure or the word in the folded passage.
        figure: None for an absence or a universal.
        other_time: the sentence is about another year, so 上年结转 is not that of the table.
        noun: the thing without a cell that is counted, such as 政策解读.
        phrase: the words beside the figure, by which a repetition is recognised.
        change: ``up``, ``down``, ``times`` or ``flat`` when it tells a change; empty for others.
        elsewhere: why its words, which may be those of a table, are said of something else.
        unread: it was not looked at: too many figures stand in front of it.
        settled: judged as an item of table 二; nothing else may be read into it.
        moved: such an item that came or went.
    """

    sentence: Sentence
    start: int
    end: int
    figure: Figure | None
    subject: Subject
    scope: Scope
    kind: ClaimKind
    checks: list[ClaimCheck] = field(default_factory=list)
    other_time: bool = False
    noun: str = ""
    phrase: str = ""
    change: str = ""
    elsewhere: str = ""
    unread: bool = False
    settled: bool = False
    moved: bool = False

    @property
    def locator(self) -> Locator:
        """The place of the figure or the word."""
        return self.sentence.passage.locate(self.start, self.end)

    @property
    def unit(self) -> str | None:
        """The counting word of the figure."""
        return self.figure.unit if self.figure else None

    @property
    def printed(self) -> str:
        """The figure with its counting word, or the word."""
        end = self.figure.behind if self.figure else self.end
        return self.sentence.passage.text[self.start : end]


Passage = Sequence[tuple[Sentence, list[Row]]]
"""The sentences of a passage with the rows of their figures."""


def count_of(row: Row) -> Decimal | None:
    """The value of a count that is more than 0; None for changes and ratios."""
    if row.figure is None or row.change or is_ratio(row.figure):
        return None
    return row.figure.value or None


def text_between(one: Row, other: Row) -> str:
    """The folded text from behind one figure to the start of a later one of its sentence."""
    start = one.figure.behind if one.figure else one.end
    return one.sentence.text[start : other.start]
