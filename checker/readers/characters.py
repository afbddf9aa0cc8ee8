"""One-to-one character mapping and removal of characters that nobody sees.

Full-width digits are not mapped: the printed text is kept, and rule C104 reports them.
"""

import re
import unicodedata
from typing import NamedTuple

from checker.rulebook.late import late_regex

# Radicals that PDF producers and fonts print for ordinary characters and for which Unicode has
# no compatibility mapping. Only those that are whole characters; parts of characters stay.
_RADICALS = {
    "⺁": "厂", "⺇": "几", "⺌": "小", "⺎": "兀", "⺏": "尢", "⺐": "尢", "⺑": "尢", "⺒": "巳",
    "⺓": "幺", "⺛": "旡", "⺜": "日", "⺝": "月", "⺞": "歹", "⺠": "民", "⺥": "爪", "⺩": "王",
    "⺫": "目", "⺬": "示", "⺯": "糸", "⺱": "罓", "⺲": "罒", "⺶": "羊", "⺷": "羊", "⺸": "羊",
    "⺹": "耂", "⺻": "聿", "⺼": "月", "⺽": "臼", "⻁": "虎", "⻂": "衤", "⻃": "覀", "⻄": "西",
    "⻅": "见", "⻆": "角", "⻇": "角", "⻉": "贝", "⻊": "足", "⻋": "车", "⻌": "辶", "⻍": "辶",
    "⻎": "辶", "⻏": "邑", "⻐": "钅", "⻑": "長", "⻒": "镸", "⻓": "长", "⻔": "门", "⻕": "阜",
    "⻖": "阝", "⻗": "雨", "⻘": "青", "⻙": "韦", "⻚": "页", "⻛": "风", "⻜": "飞", "⻝": "食",
    "⻟": "飠", "⻠": "饣", "⻡": "首", "⻢": "马", "⻣": "骨", "⻤": "鬼", "⻥": "鱼", "⻦": "鸟",
    "⻧": "卤", "⻨": "麦", "⻩": "黄", "⻪": "黾", "⻫": "斉", "⻬": "齐", "⻭": "歯", "⻮": "齿",
    "⻯": "竜", "⻰": "龙", "⻱": "龟", "⻲": "亀",
}  # fmt: skip

_COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
# Line breaks that are not "\n", and U+E5E5, the full-width space of GBK (bytes A3 A0).
_REPLACED = {
    "\x0b": "\n",
    "\x0c": "\n",
    "\x85": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
    "\ue5e5": "\u3000",
}
_REPLACED_PATTERN = late_regex("[" + "".join(_REPLACED) + "]")
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff"
)
_CONTROL = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
_PRIVATE_PATTERN = late_regex(f"[{_PRIVATE}]")
# Letters and characters of words; figures are told apart.
_WORD = "A-Za-z\u4e00-\u9fff"
_UNSEEN_PATTERN = late_regex(f"[0-9{_WORD}]?[{_UNSEEN}]")
_REMOVED_PATTERN = late_regex(f"[{_UNSEEN}{_CONTROL}{_PRIVATE}]")
_CHANGED_PATTERN = re.compile(f"[{''.join(_REPLACED)}{_UNSEEN}{_CONTROL}{_PRIVATE}]")
# What was removed, with the digit before it where it splits a figure: 3<U+200B>2 reads as 32;
# likewise with the letter before it where it splits words.
_TOLD_PATTERN = late_regex(
    f"[0-9](?=[{_UNSEEN}]+[0-9])|(?<=[0-9])[{_UNSEEN}]+(?=[0-9])"
    f"|[{_WORD}](?=[{_UNSEEN}]+[{_WORD}])|{_REMOVED_PATTERN.pattern}"
)


class Stripped(NamedTuple):
    """Text without invisible characters, and the characters that were removed.

    Those that split a figure or words stand behind the digit or letter that they follow.
    """

    text: str
    removed: str


def map_compatible(text: str) -> str:
    """Replace radicals and CJK compatibility characters by ordinary ones, length preserved."""
    return _COMPATIBLE.sub(_ordinary, text)


def strip_invisible(text: str) -> Stripped:
    """Remove zero-width, bidi, private-use, control and lone surrogate characters.

    Line separators of other systems become line breaks; tab and line break stay.
    """
    if (text.isascii() and text.isprintable()) or _CHANGED_PATTERN.search(text) is None:
        return Stripped(text, "")  # nearly every text
    replaced = _REPLACED_PATTERN.sub(lambda found: _REPLACED[found.group()], text)
    removed = "".join(_TOLD_PATTERN.findall(replaced))
    return Stripped(_REMOVED_PATTERN.sub("", replaced) if removed else replaced, removed)


def unseen_only(removed: str) -> str:
    """Those of the removed characters that can hide in text: zero-width, bidi, tags, fillers.

    Stray control characters and glyphs of a symbol font do not hide anything.
    """
    return "".join(_UNSEEN_PATTERN.findall(removed))


def has_private_use(text: str) -> bool:
    """Whether a glyph of a private font is in the text: printed, but nobody can say what."""
    return _PRIVATE_PATTERN.search(text) is not None


def _ordinary(found: re.Match[str]) -> str:
    character = found.group()
    known = _RADICALS.get(character)
    if known is not None:
        return known
    mapped = unicodedata.normalize("NFKC", character)
    return mapped if len(mapped) == 1 else character
