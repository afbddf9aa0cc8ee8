"""Writes JSON with exact decimals, which the standard encoder can only write as floats."""

import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from checker.checks.operands import number

STEP = "  "
_LONE = re.compile("[\ud800-\udfff]")
_ESCAPING = json.JSONEncoder()
_PLAIN = json.JSONEncoder(ensure_ascii=False)


def dumps(value: object) -> str:
    """A value as JSON: sorted keys, indented, Chinese readable, decimals digit for digit.

    Raises:
        TypeError: the value holds something that JSON has no form for.
    """
    parts: list[str] = []
    _encode(value, "\n", parts)
    return "".join(parts)


def _encode(value: object, newline: str, parts: list[str]) -> None:
    match value:
        case str():
            parts.append(_string(value))
        case None | bool() | int():
            parts.append(json.dumps(value))
        case Decimal() if value.is_finite():
            parts.append(number(value))
        case Mapping():
            members = ((f"{_string(str(key))}: ", value[key]) for key in sorted(value, key=str))
            _container("{}", members, newline, parts)
        case list() | tuple():
            _container("[]", (("", item) for item in value), newline, parts)
        case _:
            raise TypeError(type(value).__name__)


def _container(
    brackets: str, members: Iterable[tuple[str, object]], newline: str, parts: list[str]
) -> None:
    inner = newline + STEP
    parts.append(brackets[0])
    empty = True
    for prefix, item in members:
        parts.append(f"{'' if empty else ','}{inner}{prefix}")
        _encode(item, inner, parts)
        empty = False
    parts.append(f"{'' if empty else newline}{brackets[1]}")


def _string(text: str) -> str:
    # A lone surrogate cannot be written as UTF-8; its escape can.
    return _ESCAPING.encode(text) if _LONE.search(text) else _PLAIN.encode(text)
