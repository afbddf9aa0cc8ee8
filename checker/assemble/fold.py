"""Text made comparable without losing its place: width, white space and old forms of characters.

Only for matching; whatever is shown or quoted is taken from the original text.
"""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\xad\u200e\u200f")
_PUNCTUATION = {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "○": "〇", "﹒": "."}


class Folded(NamedTuple):
    """A folded text.

    Attributes:
        text: without white space, full-width forms made half-width.
        at: for every character of ``text`` the offset of the original one.
        end: offset behind the original text.
    """

    text: str
    at: tuple[int, ...]
    end: int

    def start_of(self, index: int) -> int:
        """Offset of the original character at a folded index."""
        return self.at[index] if index < len(self.at) else self.end

    def end_of(self, index: int) -> int:
        """Offset behind the original character before a folded index."""
        return self.at[index - 1] + 1 if index else self.start_of(0)


class _Characters(dict[int, str]):
    """What every character becomes, worked out once."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character.isspace() or character in _INVISIBLE:
            folded = ""
        elif character in _PUNCTUATION:
            folded = _PUNCTUATION[character]
        else:
            folded = "".join(unicodedata.normalize("NFKC", character).split())
        self[code] = folded
        return folded


_CHARACTERS = _Characters()


def fold(text: str, offset: int = 0) -> Folded:
    """Fold a text.

    Args:
        text: the original.
        offset: where the original starts in the document, added to all places.
    """
    folded = text.translate(_CHARACTERS)
    lengths = [len(_CHARACTERS[ord(c)]) for c in text]
    if all(n == 1 for n in lengths):
        at: Sequence[int] = range(offset, offset + len(text))
    else:
        at = [i for i, n in enumerate(lengths, start=offset) for _ in range(n)]
    return Folded(folded, tuple(at), offset + len(text))


def fold_text(text: str) -> str:
    """The folded text alone."""
    return text.translate(_CHARACTERS)
