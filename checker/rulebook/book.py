"""The rulebook: every rule by id, the forms, and the clauses that rules rest on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, TypeAdapter

from checker.domain.base import Frozen
from checker.rulebook.forms import FormSpec
from checker.rulebook.kinds_claims import NarrativeRule
from checker.rulebook.kinds_legal import LegalRule
from checker.rulebook.kinds_structure import StructureRule
from checker.rulebook.kinds_tables import TableRule
from checker.rulebook.kinds_wording import WordingRule

Rule = Annotated[
    TableRule | StructureRule | NarrativeRule | LegalRule | WordingRule,
    Field(discriminator="check"),
]

RuleFile: TypeAdapter[Rule] = TypeAdapter(Rule)


@dataclass(frozen=True, kw_only=True)
class Rulebook:
    """All rules of one version.

    Attributes:
        forms: by id, oldest first.
        rules: by id, in the order of the ids.
        version: hash over the rule files.
    """

    forms: Mapping[str, FormSpec]
    rules: Mapping[str, Rule]
    version: str

    def rule(self, rule: str) -> Rule | None:
        """The rule of that id."""
        return self.rules.get(rule)


class Clause(Frozen):
    """One clause in our own words."""

    clause: str
    summary: str


class Regulation(Frozen):
    """A document that rules rest on.

    Attributes:
        source: how ``basis`` names it.
        number: 文号, when the source is a title.
        in_force: since when, as printed in the document.
    """

    source: str
    number: str = ""
    in_force: str = ""
    about: str
    clauses: tuple[Clause, ...]

    def clause(self, clause: str) -> Clause | None:
        """The summary of a clause."""
        return next((c for c in self.clauses if c.clause == clause), None)
