"""Regular expressions that are compiled when they are first asked for.

A start has half a thousand of them, compiling all takes longer than checking ten reports, and one
report asks for half of them. Only for constants of modules; patterns of data files are compiled
late anyway.
"""

import re
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from collections.abc import Callable

_METHODS: Final = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")


def late_regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile`` gives, compiled when one of its methods is called first.

    Args:
        pattern: the regular expression; whether it is one shows when it is used.
        flags: of ``re``.
    """
    return cast("re.Pattern[str]", _Late(pattern, flags))


class _Asked:
    """A pattern that was asked for: its methods are those of the compiled one."""

    pattern: str
    flags: int


class _Late(_Asked):
    """A pattern that nobody has asked for yet."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> "Callable[..., object]":
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        methods = {method: getattr(compiled, method) for method in _METHODS}
        self.__dict__.update(methods)
        self.__class__ = _Asked  # type: ignore[assignment] # found at once from now on
        found: Callable[..., object] = methods[name]
        return found
