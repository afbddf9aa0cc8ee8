"""Long alternations that pass over a character at once where none of the alternatives can begin.

The engine of ``re`` tries every alternative at every character. The characters with which they
begin are read from the patterns themselves, so that a list of wordings can grow freely.
"""

import re
from collections.abc import Iterable
from importlib import import_module
from typing import Any, Final, NamedTuple

_MOST: Final = 200
"""A range of more characters passes nearly everything on, so that looking ahead gains nothing."""
_PLACES: Final = frozenset(("ASSERT", "ASSERT_NOT", "AT"))
_REPEATS: Final = frozenset(("MAX_REPEAT", "MIN_REPEAT"))

_Content = Any  # what the parser of re makes of a part has no public type


class _Beginnings(NamedTuple):
    """With what a pattern may begin.

    Attributes:
        members: of a class of characters.
        empty: it may match nothing.
    """

    members: frozenset[str]
    empty: bool


def any_of(alternatives: Iterable[str]) -> str:
    """A pattern that finds what ``|`` between the alternatives finds, and finds it sooner.

    Args:
        alternatives: regular expressions without flags, each of which could stand alone.
    """
    joined: list[str] = []
    run: list[str] = []
    members: set[str] = set()
    for alternative in alternatives:
        begun = _beginnings(_parsed(alternative))
        if begun is not None and not begun.empty:
            run.append(alternative)
            members |= begun.members
            continue
        joined += [*_guarded(run, members), alternative]
        run, members = [], set()
    return "|".join((*joined, *_guarded(run, members)))


def _guarded(run: list[str], members: set[str]) -> tuple[str, ...]:
    return (f"(?=[{''.join(sorted(members))}])(?:{'|'.join(run)})",) if run else ()


def _parsed(pattern: str) -> _Content:
    try:
        return import_module("re._parser").parse(pattern)
    except ImportError:  # it may move in another Python; then every alternative is tried
        return [("UNKNOWN", None)]


def _beginnings(parts: Iterable[tuple[object, _Content]]) -> _Beginnings | None:
    """With what a row of parts may begin; None where that is anything."""
    members: frozenset[str] = frozenset()
    for kind, content in parts:
        if str(kind) in _PLACES:
            continue
        begun = _of_part(str(kind), content)
        if begun is None:
            return None
        members |= begun.members
        if not begun.empty:
            return _Beginnings(members, empty=False)
    return _Beginnings(members, empty=True)


def _of_part(kind: str, content: _Content) -> _Beginnings | None:
    if kind == "LITERAL":
        return _of_members([(kind, content)])
    if kind == "IN":
        return _of_members(content)
    if kind == "SUBPATTERN":
        return _beginnings(content[-1])
    if kind == "BRANCH":
        return _of_branches(content[-1])
    if kind in _REPEATS:
        least, _, repeated = content
        begun = _beginnings(repeated)
        return begun and _Beginnings(begun.members, empty=begun.empty or not least)
    return None


def _of_branches(branches: Iterable[_Content]) -> _Beginnings | None:
    members: frozenset[str] = frozenset()
    empty = False
    for branch in branches:
        begun = _beginnings(branch)
        if begun is None:
            return None
        members, empty = members | begun.members, empty or begun.empty
    return _Beginnings(members, empty=empty)


def _of_members(content: Iterable[tuple[object, _Content]]) -> _Beginnings | None:
    members = [_member(str(k), c) for k, c in content]
    known = frozenset(m for m in members if m is not None)
    return _Beginnings(known, empty=False) if None not in members else None


def _member(kind: str, content: _Content) -> str | None:
    """A member of a class of characters, as it is written there; None for one too wide."""
    if kind == "LITERAL":
        return re.escape(chr(content))
    if kind == "RANGE" and content[1] - content[0] < _MOST:
        return "-".join(re.escape(chr(c)) for c in content)
    return r"\d" if kind == "CATEGORY" and str(content) == "CATEGORY_DIGIT" else None
