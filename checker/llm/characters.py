"""Characters that count as the same when a quote is looked up: one for one, so offsets hold."""

import unicodedata
from typing import Final

_SAME: Final = {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "○": "〇", "﹒": "."}


class _Normal(dict[int, str]):
    """What every character counts as, worked out once."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character in _SAME:
            counted = _SAME[character]
        elif character.isspace():
            counted = " "
        else:
            counted = unicodedata.normalize("NFKC", character)
        self[code] = counted if len(counted) == 1 else character
        return self[code]


_NORMAL: Final = _Normal()


def normal(text: str) -> str:
    """The text with full-width forms made half-width; its length stays."""
    return text.translate(_NORMAL)
