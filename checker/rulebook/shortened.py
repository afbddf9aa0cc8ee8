"""Whether a printed label is an official one with parts left out; never a guess between two.

Labels are compared as keys: without ordinals, spaces and punctuation. What fits two official
labels fits none.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

_Name = TypeVar("_Name", bound=Hashable)

LEAST = 4  # shorter ones (公开, 其他) stand in too many labels; only their place can tell
_PIECE = 2


def is_shortened(short: str, whole: str) -> bool:
    """Whether a label is one stretch of another, or two in their order.

    补正后仍不明确 stands for 补正后申请内容仍不明确; single characters picked out do not count.
    """
    if not _PIECE <= len(short) < len(whole):
        return False
    for cut in range(len(short), _PIECE - 1, -1):
        at = whole.find(short[:cut])
        rest = short[cut:]
        if at >= 0 and (not rest or (len(rest) >= _PIECE and rest in whole[at + cut :])):
            return True
    return False


def only_fit(
    short: str, wordings: Mapping[_Name, Sequence[str]], *, among: Iterable[_Name] | None = None
) -> _Name | None:
    """The one label of which another is a shortened form; None when there are none or several.

    Args:
        short: key of the printed label.
        wordings: the keys of every wording, by what they name.
        among: names that are considered; all when not given.
    """
    names = list(wordings if among is None else among)
    fits = [name for name in names if any(is_shortened(short, w) for w in wordings[name])]
    return fits[0] if len(fits) == 1 else None


def in_order(short: str, whole: str) -> bool:
    """Whether all characters of a label stand in another, in the same order.

    信访类 stands for 信访举报投诉类申请; much fits by accident, so the place has to agree.
    """
    rest = iter(whole)
    return _PIECE <= len(short) < len(whole) and all(character in rest for character in short)
