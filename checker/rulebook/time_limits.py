"""The time limits of the regulation, as data (``rules/time_limits.yaml``).

It holds the limits and by what words a text speaks of one; what a text says of it is judged in
``checks``. In a pattern ``{days}`` stands for a number of working days and ``{any_days}`` for one
of days of any kind.
"""

from checker.domain.base import Frozen
from checker.rulebook.lexicon import Patterns
from checker.rulebook.loader import data_file


class TimeLimit(Frozen):
    """One time limit, counted in working days.

    Attributes:
        clause: where the regulation sets it.
        what: what has to be done.
        starts: what it is counted from.
        also: other numbers of days that are right in some cases.
        also_when: words by which a sentence on what is done speaks of such a case.
        former: number of days in the regulation before 2019.
        sure: words of a clause that speaks of it and of no other limit.
        about: words of a sentence that may speak of it.
        general: wordings of what is generally done, which may not take longer.
        fixed: wordings of what others are given, which may be neither longer nor shorter.
        verbatim: the words of the regulation.
    """

    id: str
    clause: str
    what: str
    starts: str
    days: int
    also: tuple[int, ...] = ()
    also_when: Patterns = ()
    former: int | None = None
    sure: Patterns
    about: Patterns
    general: Patterns
    fixed: Patterns = ()
    verbatim: Patterns = ()

    @property
    def right(self) -> frozenset[int]:
        """The numbers of days that are no fault."""
        return frozenset((self.days, *self.also))


class TimeLimits(Frozen):
    """All limits of ``rules/time_limits.yaml``.

    Attributes:
        named: wordings that call a number of days that of the law.
        not_named: words by which the number is another one, or that of the former law.
        other_law: words of matters that other laws are about.
    """

    limits: tuple[TimeLimit, ...]
    named: Patterns
    not_named: Patterns
    other_law: Patterns

    def limit(self, name: str) -> TimeLimit:
        """The limit of that id."""
        return next(one for one in self.limits if one.id == name)


load_time_limits = data_file("time_limits.yaml", TimeLimits)
"""The time limits, read when first asked for."""
