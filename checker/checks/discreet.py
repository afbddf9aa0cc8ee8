"""A run for readers, without the personal numbers that a rule warns of.

The finding keeps the literal quotation for machines; what people read must not spread it, however
the number is spaced there and wherever a quotation was cut. A number is masked by as many
characters as it has, so that every offset still holds.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Final, TypeVar

from checker.checks.wording_private import masked, personal_numbers
from checker.domain.base import Frozen
from checker.domain.report import AnnualReport
from checker.domain.run import CheckRun
from checker.rulebook import load_rulebook
from checker.rulebook.kinds_wording import PersonalDataRule

_Value = TypeVar("_Value", bound=Frozen)
_Hide = Callable[[str], str]

_BETWEEN: Final = r"[\s\\-]*"  # a number may be broken over lines, and a mark escaped
_LEAST: Final = 7
"""Fewer characters of a number that a quotation was cut in are nobody's number."""
_WIDE: Final = 0xFEE0


def discreet_run(run: CheckRun) -> CheckRun:
    """The same run with every such number masked, wherever it stands."""
    return _discreet(run, run.report)


def discreet_report(report: AnnualReport) -> AnnualReport:
    """The same report with every such number masked, wherever it stands."""
    return _discreet(report, report)


def discreet_text(text: str, run: CheckRun) -> str:
    """A text about a run with every such number masked."""
    hide = _hiding(run.report)
    return hide(text) if hide else text


def _discreet(value: _Value, report: AnnualReport) -> _Value:
    hide = _hiding(report)
    return _copied(value, hide) if hide else value


def _copied(value: _Value, hide: _Hide) -> _Value:
    """A copy that keeps nothing of what the old one had worked out of its fields."""
    names = type(value).model_fields
    copied = value.model_copy(update={n: _masked(getattr(value, n), hide) for n in names})
    for worked_out in copied.__dict__.keys() - names.keys():
        del copied.__dict__[worked_out]
    return copied


def _masked(value: object, hide: _Hide) -> object:
    """A field of a domain type with every text in it masked."""
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, tuple):
        return tuple(_masked(item, hide) for item in value)
    if isinstance(value, Frozen):
        return _copied(value, hide)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{f.name: _masked(getattr(value, f.name), hide) for f in fields(value)}
        )
    return value


def _hiding(report: AnnualReport) -> _Hide | None:
    """How to mask every number of a report; None when there is none."""
    rules = load_rulebook().rules.values()
    numbers = {
        number
        for rule in rules
        if isinstance(rule, PersonalDataRule)
        for number in personal_numbers(rule, report)
    }
    if not numbers:
        return None
    longest_first = sorted(numbers, key=lambda n: (-len(n), n))
    pattern = re.compile("|".join(_shape(number) for number in longest_first))
    return lambda text: pattern.sub(lambda found: masked(found[0]), text)


def _shape(number: str) -> str:
    """A number however spaced and however wide; also its rest where a quotation was cut."""
    letters = [_letter(c) for c in number]
    whole = rf"(?<![\dA-Za-z]){_BETWEEN.join(letters)}(?![\dA-Za-z])"
    if len(letters) <= _LEAST:
        return whole
    first, last = _BETWEEN.join(letters[:_LEAST]), _BETWEEN.join(letters[-_LEAST:])
    behind = _more(f"{_BETWEEN}{c}" for c in letters[_LEAST:])
    before = _more((f"{c}{_BETWEEN}" for c in reversed(letters[:-_LEAST])), behind=False)
    begun = rf"(?<![\dA-Za-z]){first}{behind}(?=[”\"…]|$)"
    ended = rf"(?:(?<=[“\"…])|^){before}{last}(?![\dA-Za-z])"
    return f"{whole}|{begun}|{ended}"


def _more(letters: Iterable[str], *, behind: bool = True) -> str:
    """As many of the letters as there are, in this order away from a known part."""
    pattern = ""
    for letter in reversed([*letters]):
        pattern = f"(?:{letter}{pattern})?" if behind else f"(?:{pattern}{letter})?"
    return pattern


def _letter(character: str) -> str:
    wide = chr(ord(character) + _WIDE) if "!" <= character <= "~" else ""
    return f"[{re.escape(character)}{wide}]"
