"""What a rule file may hold; every kind of check adds its own fields."""

from typing import Literal

from checker.domain.base import Frozen
from checker.domain.finding import Severity

RuleStatus = Literal["trial", "stable", "retired"]
RuleForm = str  # the id of a form; that it exists is checked when the rulebook is loaded


class RuleBasis(Frozen):
    """A clause, and the forms for which it is the basis (all when empty)."""

    source: str
    clause: str
    forms: tuple[RuleForm, ...] = ()


class RuleExample(Frozen):
    """A short example for the catalogue, in Chinese."""

    wrong: str
    right: str


class RuleBase(Frozen, defer_build=True):
    """The fields that all rules share.

    Attributes:
        id: stable, e.g. ``T301``.
        forms: forms it applies to; a report of unknown form is judged by the form of its year.
        years: first and last report year, None for open.
        why: why the rule exists, in Chinese.
        message: template; the names in braces are filled by the kind of check.
        fix_hint: template like ``message``.
        exceptions: cases, in Chinese, in which the finding is no fault.
    """

    id: str
    title: str
    status: RuleStatus
    since: str
    severity: Severity
    forms: tuple[RuleForm, ...]
    first_year: int | None = None
    last_year: int | None = None
    basis: tuple[RuleBasis, ...]
    why: str
    message: str
    fix_hint: str
    exceptions: tuple[str, ...]
    example: RuleExample
