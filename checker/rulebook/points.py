"""How the opinions of a language model are worded, and under which rule each is told, as data."""

from collections.abc import Iterator, Mapping
from typing import Literal

from checker.domain.base import Frozen
from checker.domain.reading import Topic
from checker.domain.report import SectionId, TableId
from checker.rulebook.loader import data_file


class PointSpec(Frozen):
    """One kind of opinion.

    Attributes:
        rule: the rule under which it is told; None when the topic names it.
        message: template; the names in braces are filled by the check.
    """

    rule: str | None = None
    severity: Literal["warning", "note"]
    title: str
    message: str
    fix_hint: str


class TopicSpec(Frozen):
    """A required content, the rule that asks for it and the section it belongs to.

    Attributes:
        certain: the code knows whether it is there; a model that finds none is overruled, which
            is told.
    """

    rule: str
    section: SectionId
    label: str
    certain: bool = False


class Points(Frozen):
    """All kinds of opinions, by what they are about."""

    figure: PointSpec
    zero: PointSpec
    not_zero: PointSpec
    relation: PointSpec
    missing: PointSpec
    vague: PointSpec
    quantity: PointSpec
    fact: PointSpec
    boast: PointSpec


class ModelPoints(Frozen):
    """``rules/model_points.yaml``.

    Attributes:
        units: counting words of figures that may stand in the cells of a table.
        not_assessed: told when no model was used.
        not_answered: told when a model was asked and gave no usable answer.
        dropped: told when proposals failed verification.
        unanswered: told when a required content got no answer that could be used.
        overruled: told when a model misses, or finds empty, a content that the code has seen.
    """

    points: Points
    topics: Mapping[Topic, TopicSpec]
    units: Mapping[TableId, tuple[str, ...]]
    not_assessed: str
    not_answered: str
    dropped: str
    unanswered: str
    overruled: str

    def rules(self) -> Iterator[str]:
        """The ids of all rules that are named."""
        kinds: Iterator[PointSpec] = (spec for _, spec in self.points)
        yield from (k.rule for k in kinds if k.rule is not None)
        yield from (t.rule for t in self.topics.values())


load_model_points = data_file("model_points.yaml", ModelPoints)
"""The wordings."""
