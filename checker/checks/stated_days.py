"""Where a text states a number of days: ``{days}`` and ``{any_days}`` in the patterns of a rule."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from checker.assemble.numerals import parse_chinese_numeral
from checker.rulebook.kinds_legal import Patterns
from checker.rulebook.wording import compiled

_NUMBER = r"(?<![\d.第月年一二三四五六七八九十])(?P<n%d>\d{1,3}|[一二三四五六七八九十]{1,4})"
_UNITS = {"{days}": "个?工作日", "{any_days}": "(?:个?工作日|个?自然日|[日天](?!期))"}
_SIGN = re.compile(r"\{(?:any_)?days\}")


class StatedDays(NamedTuple):
    """A place in a text that states numbers of days, in the order of the text."""

    start: int
    end: int
    days: tuple[int, ...]


@cache
def _filled(pattern: str) -> re.Pattern[str]:
    """A pattern in which the signs are numbers of days."""
    parts = _SIGN.split(pattern)
    numbers = [_NUMBER % i + _UNITS[s] for i, s in enumerate(_SIGN.findall(pattern))]
    return compiled("".join(a + b for a, b in zip(parts, (*numbers, ""), strict=True)))


def stated_days(patterns: Patterns, text: str) -> Iterator[StatedDays]:
    """Every place in folded text that one of the patterns covers."""
    for pattern in patterns:
        for match in _filled(pattern).finditer(text):
            numbers = [whole_number(printed) for printed in match.groupdict().values()]
            days = tuple(n for n in numbers if n is not None)
            if len(days) == len(numbers):
                yield StatedDays(*match.span(), days)


def whole_number(printed: str) -> int | None:
    """A number in digits or in Chinese."""
    if printed.isdecimal():
        return int(printed)
    value = parse_chinese_numeral(printed)
    return None if value is None else int(value)
