"""Kinds of check on wording: the fields their rules add.

Expressions, organs, meetings, residue and words to machines are data files beside the rules.
Patterns are regular expressions over folded text.
"""

from typing import Annotated, Literal

from pydantic import Field

from checker.domain.report import Level, SectionId
from checker.rulebook.schema import RuleBase

Patterns = tuple[str, ...]


class ExpressionsRule(RuleBase):
    """Fixed expressions are worded as they are, lists of them stand in their order.

    Attributes:
        order_message: for a list in another order.
        gap_message: for a list that leaves a member out.
    """

    check: Literal["expressions"]
    order_message: str
    gap_message: str


class OutdatedNamesRule(RuleBase):
    """No organ goes by its name from before a reform, no older meeting is given as the latest.

    Attributes:
        congress_message: an older congress leads and the latest is not named at all.
        plenum_message: likewise for a plenum.
        thought_message: an older thought is the only guide.
        guide: what stands near a meeting that leads the work.
        passed: what stands behind a meeting that is only part of history.
        thought: how a sentence tells its guides; the group ``guides`` holds them.
        latest_thought: without which they are outdated, from ``thought_from`` on.
    """

    check: Literal["outdated_names"]
    congress_message: str
    plenum_message: str
    thought_message: str
    guide: str
    passed: str
    thought: str
    latest_thought: str
    thought_from: int


class ResidueRule(RuleBase):
    """Nothing of a template or of a generating program is left."""

    check: Literal["residue"]


class SlipsRule(RuleBase):
    """No doubled words or marks, no open brackets, no sentence that stops in its middle.

    Attributes:
        doubled_right: doubled words that are right, as they stand in the text around them.
        particles: single characters whose doubling is a slip.
        unfinished: how a paragraph ends that was cut off; never with a full stop.
        leads_in: how a paragraph ends that a list or table follows.
        no_object: verbs behind which a full stop stands though they need an object.
        cases: words of a section that lists cases, each of which may end as if cut off.
    """

    check: Literal["slips"]
    doubled_right: Patterns
    particles: Patterns
    unfinished: Patterns
    leads_in: Patterns
    no_object: Patterns
    cases: Patterns


class OtherBodyRule(RuleBase):
    """The report speaks of its own body, by its own kind of name.

    Attributes:
        self_message: for 我镇 in the report of a bureau.
        nobody_message: for text that could be of any body.
        called: how a text calls its own body or area, as the group ``word``.
        office_words: what a government may call itself because its office writes.
        opening: what may stand between a full stop and the subject of a sentence.
        claims: what a sentence tells of its subject's own disclosure.
        attitudes: likewise for a government; partners of a department are told of like that too.
        lead_in: what may stand before a body of another place as well.
        affairs: what a sentence tells of its subject's affairs, where that is of another place.
        no_place: what no name of a place holds.
        no_place_words: words in front of 县 or 市 that are no name of a place.
        together: words of a sentence that tells of a body of another place rightly.
        praised: likewise, of its affairs.
        organs: how names of departments end that can be another's report's.
        no_body: what no name of a body holds.
        asked: how a text names the body that made it; ``%name%`` stands for the name.
        nobody: subjects that are no body in particular.
        nobody_subject: such subjects at the head of a clause, which no bureau or town writes.
        own: words by which a section speaks of its own body or area after all.
        nobody_section: where such subjects are looked for.
        nobody_levels: levels of bodies whose own area has no parts of that size.
    """

    check: Literal["other_body"]
    self_message: str
    nobody_message: str
    called: str
    office_words: tuple[str, ...]
    opening: str
    claims: str
    attitudes: str
    lead_in: str
    affairs: str
    no_place: str
    no_place_words: str
    together: Patterns
    praised: Patterns
    organs: str
    no_body: str
    asked: Patterns
    nobody: Patterns
    nobody_subject: Patterns
    own: Patterns
    nobody_section: SectionId
    nobody_levels: tuple[Level, ...]


class ConcealedRule(RuleBase):
    """Nothing in the file speaks to a machine or is hidden from the reader of the page.

    Attributes:
        doubtful_message: for words that may be meant for people.
        hidden_message: for a statement that the page does not show.
        table_message: for rows of an official table that the page does not show.
        marks_message: for characters that nobody sees.
        stray_message: for single ones inside words.
        stated: how messages call what a letter states beside its body, by its key.
        reasons: how messages call the ways of hiding.
    """

    check: Literal["concealed"]
    doubtful_message: str
    hidden_message: str
    table_message: str
    marks_message: str
    stray_message: str
    stated: dict[str, str]
    reasons: dict[str, str]


class PersonalDataRule(RuleBase):
    """No mobile number, identity number or private mailbox of a person is published.

    Attributes:
        providers: domains of mail providers for everybody.
        official: what the local part of an office's mailbox at such a provider looks like.
        of_office: what a sentence says that gives the address of an office.
        not_phone: what follows a number of eleven digits that counts something.
    """

    check: Literal["personal_data"]
    providers: Patterns
    official: str
    of_office: str
    not_phone: str


WordingRule = Annotated[
    ExpressionsRule
    | OutdatedNamesRule
    | ResidueRule
    | SlipsRule
    | OtherBodyRule
    | ConcealedRule
    | PersonalDataRule,
    Field(discriminator="check"),
]
