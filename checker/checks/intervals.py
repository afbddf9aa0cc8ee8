"""What can be said about sums when some operands are blank: exact bounds, three-valued truth.

It never guesses a value: a comparison is False only when no value of the blanks can make it true.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from checker.rulebook.formula import CompareOp, LogicOp

ZERO = Decimal(0)


class Interval(NamedTuple):
    """All values a sum can take; None stands for no bound on that side."""

    low: Decimal | None
    high: Decimal | None

    @property
    def exact(self) -> Decimal | None:
        """The value, when only one is possible."""
        return self.low if self.low is not None and self.low == self.high else None

    def plus(self, other: "Interval") -> "Interval":
        """The sum of two independent quantities."""
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(low, high)

    def times(self, factor: Decimal) -> "Interval":
        """The quantity multiplied by a number."""
        if factor == 1:
            return self
        if not factor:
            return Interval(ZERO, ZERO)
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        return Interval(low, high) if factor > 0 else Interval(high, low)


NON_NEGATIVE = Interval(ZERO, None)
ANY = Interval(None, None)


def point(value: Decimal) -> Interval:
    """A known value."""
    return Interval(value, value)


def total(parts: Iterable[tuple[Decimal, Interval]]) -> Interval:
    """The sum of independent quantities, each with its coefficient."""
    low: Decimal | None = ZERO
    high: Decimal | None = ZERO
    for coefficient, interval in parts:
        part = interval.times(coefficient)
        low = None if low is None or part.low is None else low + part.low
        high = None if high is None or part.high is None else high + part.high
    return Interval(low, high)


def compare(op: CompareOp, difference: Interval) -> bool | None:
    """Whether ``left op right`` holds, given all values of left − right; None when it depends."""
    low, high = difference
    if op in ("=", "<>"):
        equal: bool | None = None
        if difference.exact == ZERO:
            equal = True
        elif (low is not None and low > 0) or (high is not None and high < 0):
            equal = False
        return negate(equal) if op == "<>" else equal
    if op in (">", ">="):
        return negate(compare("<=" if op == ">" else "<", difference))
    strict = op == "<"
    if high is not None and (high < 0 or (high == 0 and not strict)):
        return True
    if low is not None and (low > 0 or (low == 0 and strict)):
        return False
    return None


def negate(truth: bool | None) -> bool | None:
    """The opposite; unknown stays unknown."""
    return None if truth is None else not truth


def join(op: LogicOp, left: bool | None, right: bool | None) -> bool | None:
    """Join two truths by a word of logic (Kleene)."""
    if op == "implies":
        return join("or", negate(left), right)
    if op == "iff":
        return None if left is None or right is None else left is right
    decisive = op == "or"
    if left is decisive or right is decisive:
        return decisive
    return None if left is None or right is None else not decisive
