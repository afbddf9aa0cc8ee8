"""Whether a part of a style sheet holds on the screen where reports are read.

A desk-top screen is taken, as those have who check reports. What holds for paper, for phones, or
under a condition that is not understood here does not hold.
"""

import re
from typing import Final

_WIDTH: Final = 1440
_HEIGHT: Final = 900
_PIXELS: Final = {"px": 1.0, "em": 16.0, "rem": 16.0, "pt": 4 / 3, "cm": 37.8, "in": 96.0}
_SCREENS: Final = frozenset({"all", "screen"})
# Features with the value that such a screen has; by its name alone a feature is asked for.
_FEATURES: Final = {
    "orientation": "landscape",
    "hover": "hover",
    "any-hover": "hover",
    "pointer": "fine",
    "any-pointer": "fine",
    "prefers-color-scheme": "light",
    "prefers-reduced-motion": "no-preference",
    "scripting": "enabled",
    "color": "",
}
_LENGTH: Final = r"(\d{1,6}(?:\.\d{1,6})?)\s*([a-z]{2,3})?"
_BOUND: Final = re.compile(rf"(min|max)-(?:device-)?(width|height)\s*:\s*{_LENGTH}")
_BEHIND: Final = re.compile(rf"(width|height)\s*([<>])=?\s*{_LENGTH}")
_BEFORE: Final = re.compile(rf"{_LENGTH}\s*([<>])=?\s*(width|height)(?:\s*([<>])=?\s*{_LENGTH})?")
_NAMED: Final = re.compile(r"([a-z-]{1,40})(?:\s*:\s*([a-z-]{1,40}))?")
_CONDITION: Final = re.compile(r"\s*\(([^()]{1,200})\)\s*")
_AND: Final = re.compile(r"\band\b")


def holds_on_screen(queries: str) -> bool:
    """Whether a list of media queries holds; an empty one always does."""
    text = queries.strip().lower()
    return not text or any(map(_query_holds, text.split(",")))


def _query_holds(query: str) -> bool:
    query = query.strip()
    negated = query.startswith("not ")
    parts = _AND.split(query.removeprefix("not ").removeprefix("only "))
    found = [_part_holds(part.strip()) for part in parts]
    if None in found:
        return False
    return all(found) != negated


def _part_holds(part: str) -> bool | None:
    """Whether a medium or a condition in brackets holds; None where nobody knows."""
    inside = _CONDITION.fullmatch(part)
    if inside is None:
        return part in _SCREENS if part.isalpha() else None
    condition = inside[1].strip()
    bound = _BOUND.fullmatch(condition)
    if bound is not None:
        return _compares(bound[2], "<" if bound[1] == "max" else ">", bound[3], bound[4])
    behind = _BEHIND.fullmatch(condition)
    if behind is not None:
        return _compares(behind[1], behind[2], behind[3], behind[4])
    before = _BEFORE.fullmatch(condition)
    if before is not None:
        turned = "<" if before[3] == ">" else ">"
        low = _compares(before[4], turned, before[1], before[2])
        return low and (not before[5] or _compares(before[4], before[5], before[6], before[7]))
    named = _NAMED.fullmatch(condition)
    if named is None or named[1] not in _FEATURES:
        return None
    return named[2] is None or named[2] == _FEATURES[named[1]]


def _compares(side: str, sign: str, number: str, unit: str | None) -> bool:
    """Whether a side of the screen is as wide or high as asked for."""
    own = _WIDTH if side == "width" else _HEIGHT
    asked = float(number) * _PIXELS.get(unit or "px", 1.0)
    return own <= asked if sign == "<" else own >= asked
