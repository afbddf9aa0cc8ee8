"""What words of the narrative mean, as data: the dictionary of the number ledger.

``rules/terms.yaml`` says what a word stands for, never what is right.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Literal, NamedTuple, Self

from pydantic import field_validator, model_validator

from checker.domain.base import Frozen
from checker.rulebook.loader import data_file
from checker.rulebook.term_values import Facet, require_value

ItemPart = Literal["before", "up", "down", "added", "removed", "now", "decisions", "handled"]
ElsewhereKind = Literal["matter", "thing", "place", "example", "incident", "cause"]


class Meaning(NamedTuple):
    """One thing that a word stands for."""

    facet: Facet
    value: str


class MeaningSpec(Frozen):
    """Words, separated by white space, that share a meaning."""

    facet: Facet
    value: str
    words: str

    @model_validator(mode="after")
    def _known(self) -> Self:
        require_value(self.facet, self.value, self.words)
        return self


class PatternSpec(Frozen):
    """A regular expression over folded text for wordings that cannot be listed."""

    facet: Facet
    value: str
    pattern: str

    @model_validator(mode="after")
    def _known(self) -> Self:
        require_value(self.facet, self.value, self.pattern)
        return self


class ShareBase(Frozen):
    """What a total of applications is called behind 占.

    Attributes:
        stages: the stages that may be meant, the likeliest first.
        pattern: a regular expression over folded text.
    """

    stages: tuple[str, ...]
    pattern: str

    @model_validator(mode="after")
    def _known(self) -> Self:
        for stage in self.stages:
            require_value("stage", stage, self.pattern)
        return self


class Elsewhere(Frozen):
    """What a sentence may speak of that is no application for government information.

    Attributes:
        kind: ``matter``: a field of work that opens a sentence and holds for all of it;
            ``thing``: what is counted, and what became of it; ``example``: no statistics at all;
            ``place``: a place that serves visitors, whose figures are its own;
            ``incident``: leaks and the like; ``cause``: what else cases were about.
        words: a regular expression over folded text.
        reason: why its figures are not held against the tables, in Chinese.
    """

    kind: ElsewhereKind
    words: str
    reason: str


class Terms(Frozen):
    """The words of ``rules/terms.yaml``; comments there say what each list is for.

    Attributes:
        filler_patterns: regular expressions over folded text for names and asides that change
            no meaning.
        fillers: words that change no meaning, separated by white space.
        no_figures: regular expressions over folded text for figures that count nothing.
        same_deeds: words, separated by white space, that say the same deed of the same thing.
        share_bases: totals that a share may name; the first that is found counts.
        applications: a regular expression for applications for government information.
        elsewhere: what is spoken of when it is none of these.
        short_rows: rows of table 三 by their short names, which are those rows among results only.
        area_report: how an introduction says that its data are those of all bodies of the area.
        area_left_out: how it says that they are not.
        item_parts: what stands in front of a number of 事项 or of decisions in table 二.
    """

    meanings: tuple[MeaningSpec, ...]
    patterns: tuple[PatternSpec, ...]
    filler_patterns: tuple[str, ...]
    fillers: str
    counting_words: tuple[str, ...]
    no_figures: tuple[str, ...]
    same_deeds: tuple[str, ...]
    share_bases: tuple[ShareBase, ...]
    applications: str
    elsewhere: tuple[Elsewhere, ...]
    short_rows: Mapping[str, str]
    area_report: str
    area_left_out: str
    item_parts: Mapping[ItemPart, str]

    @field_validator("short_rows")
    @classmethod
    def _known(cls, short_rows: Mapping[str, str]) -> Mapping[str, str]:
        for row, words in short_rows.items():
            require_value("stage", row, words)
        return short_rows

    @cached_property
    def by_word(self) -> Mapping[str, tuple[Meaning, ...]]:
        """All meanings of every word; a filler has none."""
        found: dict[str, tuple[Meaning, ...]] = dict.fromkeys(self.fillers.split(), ())
        for spec in self.meanings:
            for word in spec.words.split():
                found[word] = (*found.get(word, ()), Meaning(spec.facet, spec.value))
        return found


load_terms = data_file("terms.yaml", Terms)
"""The words."""
