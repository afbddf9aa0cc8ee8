"""The part of a text that comes closest to an expression, and how the two differ.

rapidfuzz compares whole strings or windows of one length; here the best part of any length is
wanted, of texts of a few dozen characters and only where something is already known to be wrong.
"""

from difflib import SequenceMatcher
from typing import NamedTuple

_MISSING = 2  # cost of a character too few or too many
_OTHER = 3  # cost of another character: dearer than one, cheaper than one too few and one too many


class Nearest(NamedTuple):
    """A part of a text and how far it is from what is wanted: 2 for each character, about."""

    cost: int
    start: int
    end: int


def closest(wanted: str, text: str) -> Nearest:
    """The part of ``text`` that is cheapest to change into ``wanted``.

    Edit distance against every part at once (Sellers, 1980): a part may begin anywhere free of
    charge, and every field remembers where its part began. Of equals the longest is taken, so that
    words put in belong to the part.
    """
    before = [Nearest(0, i, i) for i in range(len(text) + 1)]
    for row, character in enumerate(wanted, start=1):
        now = [Nearest(row * _MISSING, 0, 0)]
        for column, printed in enumerate(text, start=1):
            same = before[column - 1]
            options = (
                (same.cost + (0 if character == printed else _OTHER), same.start),
                (before[column].cost + _MISSING, before[column].start),
                (now[-1].cost + _MISSING, now[-1].start),
            )
            now.append(Nearest(*min(options), column))
        before = now
    return min(before, key=lambda n: (n.cost, n.start, -n.end))


def difference(printed: str, right: str) -> str:
    """What a clerk has to change, in Chinese: 多了“总书记”, 少了“中国”, “时期”应为“时代”."""
    if sorted(printed) == sorted(right):
        return "字的次序不对"
    told: list[str] = []
    for what, a, b, c, d in SequenceMatcher(None, printed, right, autojunk=False).get_opcodes():
        if what == "delete":
            told.append(f"多了“{printed[a:b]}”")
        elif what == "insert":
            told.append(f"少了“{right[c:d]}”")
        elif what == "replace":
            told.append(f"“{printed[a:b]}”应为“{right[c:d]}”")
    return "，".join(told)
