"""Text made comparable without losing its place: width, white space, forms of characters.

Only for matching; whatever is shown or quoted is taken from the original text.
"""

import unicodedata
from collections.abc import Sequence
from functools import cached_property

from checker.rulebook.characters import load_character_forms

_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\xad\u200e\u200f")
_LAST_LATIN = 0x2E7F  # Chinese characters begin behind it
_PUNCTUATION = {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "○": "〇", "﹒": "."}


class Folded:
    """A folded text that remembers where its characters stand in the document.

    Args:
        text: without white space, full-width forms made half-width, traditional characters
            simplified.
        end: offset behind the original text.
        sources: the original pieces, each with its offset.
    """

    def __init__(self, text: str, end: int, sources: tuple[tuple[str, int], ...]) -> None:
        self.text = text
        self.end = end
        self._sources = sources

    @cached_property
    def at(self) -> tuple[int, ...]:
        """For every character of ``text`` the offset of the original one."""
        places: list[int] = []
        for source, offset in self._sources:
            if _UNEVEN.isdisjoint(source):  # most lines: every character became one
                places += range(offset, offset + len(source))
                continue
            for index, character in enumerate(source, start=offset):
                size = len(_CHARACTERS[ord(character)])
                if size == 1:  # nearly all of them
                    places.append(index)
                elif size:
                    places += [index] * size
        return tuple(places)

    def start_of(self, index: int) -> int:
        """Offset of the original character at a folded index."""
        return self.at[index] if index < len(self.at) else self.end

    def end_of(self, index: int) -> int:
        """Offset behind the original character before a folded index."""
        return self.at[index - 1] + 1 if index else self.start_of(0)

    def gap_before(self, index: int) -> bool:
        """Whether white space was dropped before a folded index."""
        return self.at[index] - self.at[index - 1] > 1

    @classmethod
    def join(cls, pieces: "Sequence[Folded]") -> "Folded":
        """Several folded texts as one."""
        sources = tuple(source for piece in pieces for source in piece._sources)
        return cls("".join(piece.text for piece in pieces), pieces[-1].end, sources)


_UNEVEN: set[str] = set()
"""Characters met so far that become none or several; at most as many as there are in Unicode."""


class _Characters(dict[int, str]):
    """What every character becomes, worked out once."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character.isspace() or character in _INVISIBLE:
            folded = ""
        elif character in _PUNCTUATION:
            folded = _PUNCTUATION[character]
        elif "①" <= character <= "⑳":  # an ordinal, not a digit of the text behind it
            folded = f"({code - ord('①') + 1})"
        else:
            folded = "".join(unicodedata.normalize("NFKC", character).split())
            if code > _LAST_LATIN:
                folded = load_character_forms().by_character.get(folded, folded)
        if len(folded) != 1:
            _UNEVEN.add(character)  # first of all: another thread may fold the same character
        self[code] = folded
        return folded


_CHARACTERS = _Characters()


def fold(text: str, offset: int = 0) -> Folded:
    """Fold a text.

    Args:
        text: the original.
        offset: where the original starts in the document, added to all places.
    """
    return Folded(text.translate(_CHARACTERS), offset + len(text), ((text, offset),))


def fold_text(text: str) -> str:
    """The folded text alone."""
    return text.translate(_CHARACTERS)
