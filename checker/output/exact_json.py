"""Writes JSON with exact decimals, which the standard encoder can only write as floats."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal

from checker.checks.operands import number

STEP = "  "


def dumps(value: object) -> str:
    """A value as JSON: sorted keys, indented, Chinese readable, decimals digit for digit.

    Raises:
        TypeError: the value holds something that JSON has no form for.
    """
    return "".join(_encode(value, "\n"))


def _encode(value: object, newline: str) -> Iterator[str]:
    match value:
        case str():
            yield _string(value)
        case None | bool() | int():
            yield json.dumps(value)
        case Decimal() if value.is_finite():
            yield number(value)
        case Mapping():
            members = [(f"{_string(str(key))}: ", value[key]) for key in sorted(value, key=str)]
            yield from _container("{", members, "}", newline)
        case list() | tuple():
            yield from _container("[", [("", item) for item in value], "]", newline)
        case _:
            raise TypeError(type(value).__name__)


def _container(
    opening: str, members: list[tuple[str, object]], closing: str, newline: str
) -> Iterator[str]:
    inner = newline + STEP
    yield opening
    for index, (prefix, item) in enumerate(members):
        yield f"{',' if index else ''}{inner}{prefix}"
        yield from _encode(item, inner)
    yield f"{newline if members else ''}{closing}"


def _string(text: str) -> str:
    # A lone surrogate cannot be written as UTF-8; its escape can.
    lone = any("\ud800" <= c <= "\udfff" for c in text)
    return json.dumps(text, ensure_ascii=lone)
