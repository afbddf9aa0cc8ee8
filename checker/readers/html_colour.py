"""Colours of web pages, as far as it matters whether a text can be told from what is behind it."""

import re
from functools import lru_cache
from typing import Final

from checker.readers.markup import LIGHTEST_SEEN

NO_COLOUR: Final = ""
"""Nothing is painted: what is behind shows through."""
UNKNOWN: Final = "?"
"""A picture, or a colour that only the browser knows; it never hides a text."""
WHITE: Final = "ffffff"

_HEX: Final = re.compile(r"#?([0-9a-f]{3,8})")
_RGB: Final = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)")
_NEAR: Final = 0xFF - LIGHTEST_SEEN
_FAINTEST: Final = 0.02
_PLAIN: Final = {
    "black": "000000",
    "blue": "0000ff",
    "currentcolor": UNKNOWN,
    "gray": "808080",
    "inherit": UNKNOWN,
    "initial": UNKNOWN,
    "navy": "000080",
    "none": NO_COLOUR,
    "red": "ff0000",
    "transparent": NO_COLOUR,
    "unset": UNKNOWN,
    "white": WHITE,
    "windowtext": "000000",
    "yellow": "ffff00",
}


@lru_cache(maxsize=1024)
def colour_of(value: str) -> str:
    """Six hexadecimal digits for a colour in lower case, ``NO_COLOUR`` or ``UNKNOWN``.

    Paint through which something shows counts as a colour of which nothing is known.
    """
    value = value.strip()
    if value in _PLAIN:
        return _PLAIN[value]
    digits = _HEX.fullmatch(value)
    if digits is not None and len(digits[1]) in (3, 6):
        return digits[1] if len(digits[1]) == 6 else "".join(d * 2 for d in digits[1])
    channels = _RGB.fullmatch(value)
    if channels is not None:
        return bytes(min(int(channel), 255) for channel in channels.groups()).hex()
    return _told(value)


def unseen_on(ink: str, ground: str) -> bool:
    """Whether a text in one colour cannot be seen on the other."""
    if ink == NO_COLOUR:
        return True
    if UNKNOWN in (ink, ground) or ground == NO_COLOUR:
        return False
    pairs = zip(bytes.fromhex(ink), bytes.fromhex(ground), strict=True)
    return all(abs(one - other) <= _NEAR for one, other in pairs)


def _told(value: str) -> str:
    """What a function or one of the many names means."""
    # Most pages name no such colour.
    from tinycss2.color4 import parse_color

    try:
        colour = parse_color(value)
        if colour is None or isinstance(colour, str):
            return UNKNOWN
        *channels, alpha = (part or 0 for part in colour.to("srgb"))
    except (ArithmeticError, NotImplementedError, TypeError, ValueError):
        return UNKNOWN
    if alpha < 1:
        return NO_COLOUR if alpha <= _FAINTEST else UNKNOWN
    return bytes(min(max(round(channel * 255), 0), 255) for channel in channels).hex()
