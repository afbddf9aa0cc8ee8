"""Kinds of check on sections and their contents: the fields their rules add.

Wordings they look for are in ``rules/lexicon.yaml``, not here.
"""

from typing import Annotated, Literal

from pydantic import Field

from checker.domain.report import KindOfBody, SectionId
from checker.rulebook.schema import RuleBase


class SectionsPresentRule(RuleBase):
    """All sections of the form are there.

    Attributes:
        untitled_message: when the table of the section is there and only its heading is missing.
    """

    check: Literal["sections_present"]
    untitled_message: str


class SectionTitlesRule(RuleBase):
    """Sections stand in the order of the form and carry its titles."""

    check: Literal["section_titles"]


class SectionContentRule(RuleBase):
    """No section consists of its title alone."""

    check: Literal["section_content"]


class AspectsRule(RuleBase):
    """A section writes about all five aspects.

    Attributes:
        error_from: number of missing aspects from which it is an error.
    """

    check: Literal["aspects"]
    section: SectionId
    error_from: int


class AccountabilityRule(RuleBase):
    """A government reports assessment, public evaluation and sanctions.

    Attributes:
        kinds: kinds of bodies that have to.
        not_in: sections whose words do not count, because they hold plans.
    """

    check: Literal["accountability"]
    kinds: tuple[KindOfBody, ...]
    not_in: tuple[SectionId, ...]


class ProblemsRule(RuleBase):
    """A section names a concrete problem and an improvement."""

    check: Literal["problems"]
    section: SectionId


class FeeStatementRule(RuleBase):
    """A section says what was charged for information.

    Attributes:
        elsewhere_message: when another section says it.
    """

    check: Literal["fee_statement"]
    section: SectionId
    elsewhere_message: str


class NumberingRule(RuleBase):
    """Ordinals of sections and sub-headings run on; no two sub-headings share a topic.

    Attributes:
        topic_message: for two headings on one topic.
    """

    check: Literal["numbering"]
    topic_message: str


class LengthRule(RuleBase):
    """A section is no longer than recommended.

    Attributes:
        limit: characters, white space not counted.
        tolerance: per cent above the limit that are let pass, since the limit is approximate.
    """

    check: Literal["length"]
    section: SectionId
    limit: int
    tolerance: int


class AnnouncedPartsRule(RuleBase):
    """The number of parts announced is the number named and the number there.

    Attributes:
        count_message: when the report has another number of sections.
        both_message: when it has, and the introduction names yet another number.
        old_chapters: names of chapters that reports had before 2019.
        old_message: when the introduction lists one.
    """

    check: Literal["announced_parts"]
    count_message: str
    both_message: str
    old_chapters: tuple[str, ...]
    old_message: str


class TitlePartsRule(RuleBase):
    """The title names year and body.

    Attributes:
        absent_message: when the text has no title.
    """

    check: Literal["title_parts"]
    absent_message: str


StructureRule = Annotated[
    SectionsPresentRule
    | SectionTitlesRule
    | SectionContentRule
    | AspectsRule
    | AccountabilityRule
    | ProblemsRule
    | FeeStatementRule
    | NumberingRule
    | LengthRule
    | AnnouncedPartsRule
    | TitlePartsRule,
    Field(discriminator="check"),
]
