"""Kinds of check on cells, tables and the form: the fields their rules add.

One class per value of ``check``; none of them holds code that judges.
"""

from string import Formatter
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from checker.domain.base import Frozen
from checker.domain.finding import FindingVerdict
from checker.domain.quantity import Notation
from checker.domain.report import KindOfBody, Level, TableId
from checker.rulebook.formula import Compare, Formula, parse_formula
from checker.rulebook.schema import RuleBase, RuleForm

EQUATION_WORDS = (
    "place",
    "left_side",
    "right_side",
    "left",
    "right",
    "delta",
    "cells",
    "advice",
)
"""What a message of an equation rule may hold in braces."""

ForEach = Literal["column", "row", "group", "none"]


class TableRuleBase(RuleBase):
    """What all rules on tables share.

    Attributes:
        verdict: ``fail`` when the report itself proves the fault, ``review`` when a person decides.
        table: the one table it looks at; all three when None.
    """

    verdict: FindingVerdict
    table: TableId | None = None


class EquationRule(TableRuleBase):
    """A formula over cells that has to hold.

    Attributes:
        for_each: what the formula is repeated over. ``column``: its names are rows and row groups;
            ``row``: columns and column groups; ``group``: ``subtotal`` and ``sum(group)``, for
            each printed subtotal; ``none``: names are ``row/column`` or full addresses.
        rows: rows to repeat over; all rows that have the named columns when empty.
        localise: the equation takes part in the search for the wrong cell.
        rank: which localised rule tells a fault that breaks several: the lowest.
        brief: how another finding mentions that this rule is broken too.
        one_finding: all places in one finding instead of one each.
        excused_by: patterns of the narrative, folded, that may explain it: the finding is then
            ``review``.
        excuse: sentence added in that case.
    """

    check: Literal["equation"]
    table: TableId
    for_each: ForEach
    rows: tuple[str, ...] = ()
    formula: str
    localise: bool = False
    rank: int = 0
    brief: str = ""
    one_finding: bool = False
    excused_by: tuple[str, ...] = ()
    excuse: str = ""

    @field_validator("formula")
    @classmethod
    def _is_formula(cls, value: str) -> str:
        parse_formula(value)
        return value

    @field_validator("brief", "message", "fix_hint")
    @classmethod
    def _has_known_braces(cls, value: str) -> str:
        unknown = [n for _, n, _, _ in Formatter().parse(value) if n and n not in EQUATION_WORDS]
        if unknown:
            known = " ".join(f"{{{w}}}" for w in EQUATION_WORDS)
            raise ValueError(f"不认识 {{{unknown[0]}}}，可用的有 {known}")
        return value

    @field_validator("localise")
    @classmethod
    def _is_equality(cls, value: bool, info: ValidationInfo) -> bool:
        """Only whole-number equalities can be repaired by changing counts."""
        source = info.data.get("formula")
        if value and isinstance(source, str):
            formula = parse_formula(source)
            if not isinstance(formula, Compare) or formula.op != "=":
                raise ValueError("只有等式才能推算填错的格子")
            terms = (*formula.left.terms, *formula.right.terms)
            if any(t.name is None or t.coefficient % 1 for t in terms):
                raise ValueError("推算填错格子的等式只能有整数倍的行或列")
        return value

    @property
    def parsed(self) -> Formula:
        """The formula as a tree."""
        return parse_formula(self.formula)


class PresenceRule(TableRuleBase):
    """Cells that hold no number: one finding per table."""

    check: Literal["presence"]
    presence: tuple[Literal["blank", "dash", "words"], ...]


class CountRule(TableRuleBase):
    """Counts are whole numbers from 0 up."""

    check: Literal["count"]


class NotationRule(TableRuleBase):
    """Numbers printed in an unusual way: one finding per table.

    Attributes:
        notations: what is reported, and how the message calls it.
    """

    check: Literal["notation"]
    notations: tuple["NotationName", ...]


class NotationName(Frozen):
    """A way of printing, and its name in Chinese."""

    notation: Notation | Literal["trailing_zero"]
    name: str


class SizeLimit(Frozen):
    """From which amount on a money cell of a body is doubtful.

    Attributes:
        kinds: kinds of body it is for; all when empty.
        at_least: in the unit of the column (万元).
    """

    level: Level
    kinds: tuple[KindOfBody, ...] = ()
    at_least: int


class MoneyUnitRule(TableRuleBase):
    """Money without a unit, or of a size that suggests 元 where 万元 is meant.

    Attributes:
        size_message: the message for a doubtful size; ``message`` is for a missing unit.
        sizes: the first entry that fits level and kind of the body counts; none fits, no test.
    """

    check: Literal["money_unit"]
    size_message: str
    size_fix_hint: str
    sizes: tuple[SizeLimit, ...]


class OrganDuty(Frozen):
    """Which rows an organ is expected to have decisions in.

    Attributes:
        words: the name of the body, or its second name in brackets, ends with one of them.
        rows: rows of table 二.
    """

    words: tuple[str, ...]
    rows: tuple[str, ...]


class ExpectedActivityRule(TableRuleBase):
    """An organ whose work it is reports none of it."""

    check: Literal["expected_activity"]
    table: TableId
    column: str
    organs: tuple[OrganDuty, ...]


class FormYearRule(TableRuleBase):
    """The form belongs to the report year.

    Attributes:
        at_least: so many different labels of another form make a wrong form; fewer are stray.
        superseded_labels: labels of the forms before 2019.
    """

    check: Literal["form_year"]
    at_least: int
    superseded_labels: tuple[str, ...]


class TableMissingRule(TableRuleBase):
    """A statutory table is there and has data.

    Attributes:
        empty_message: for a table that is printed without any number.
        hidden_message: for a table that the file holds and nobody sees.
    """

    check: Literal["table_missing"]
    empty_message: str
    hidden_message: str


class LayoutRule(TableRuleBase):
    """Rows and columns are those of the official form: one finding per table.

    Attributes:
        phrases: how the message tells each kind of deviation.
        review_only: kinds of deviation that alone give ``review``.
    """

    check: Literal["layout"]
    phrases: "LayoutPhrases"
    review_only: tuple[str, ...]


class LayoutPhrases(Frozen):
    """Templates with ``{printed}`` and ``{official}``, one for each kind of deviation.

    Attributes:
        set_aside_row: a missing row that stands in the file and is struck or hidden (``{how}``).
        unnamed_extra_row: an added row without a label.
        unnamed_row: a row without a label.
        set_aside_label: a row whose label is struck or hidden (``{how}``).
        how: what happened to a text, by the reason.
        possible_row: a row that was added in the place of a missing one.
        uneven_rows: rows that were added where another number of rows is missing.
    """

    how: dict[str, str]
    missing_row: str
    set_aside_row: str
    extra_row: str
    unnamed_extra_row: str
    renamed_row: str
    unnamed_row: str
    set_aside_label: str
    reordered_row: str
    possible_row: str
    uneven_rows: str
    merged_rows: str
    missing_column: str
    extra_column: str
    renamed_column: str
    reordered_column: str
    possible_column: str
    uneven_columns: str


class TableSectionRule(TableRuleBase):
    """Each table stands in its section."""

    check: Literal["table_section"]


TableRule = Annotated[
    EquationRule
    | PresenceRule
    | CountRule
    | NotationRule
    | MoneyUnitRule
    | ExpectedActivityRule
    | FormYearRule
    | TableMissingRule
    | LayoutRule
    | TableSectionRule,
    Field(discriminator="check"),
]

__all__ = [
    "CountRule",
    "EquationRule",
    "ExpectedActivityRule",
    "ForEach",
    "FormYearRule",
    "LayoutPhrases",
    "LayoutRule",
    "MoneyUnitRule",
    "NotationName",
    "NotationRule",
    "OrganDuty",
    "PresenceRule",
    "RuleForm",
    "SizeLimit",
    "TableMissingRule",
    "TableRule",
    "TableRuleBase",
    "TableSectionRule",
]
