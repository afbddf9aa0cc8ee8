"""Folds a question or a label to the characters that carry meaning, and reads its ordinals."""

import re
import unicodedata

_NUMERALS = "零一二三四五六七八九"
_DIGITS = {c: i for i, c in enumerate(_NUMERALS)} | {"〇": 0, "两": 2}
_LEADING = re.compile(r"^(?:[（(]?[一二三四五六七八九十]+[）)、.．]|\d+[、.．)）])\s*")
_NOTE = re.compile(r"[（(][^（）()]*[）)]$")
_NUMBERED = re.compile(r"(第)([一二三四五六七八九十百]+)(?=[条项])")
_REGIONS = re.compile(
    r"^(?:[^省市县区旗]{1,8}[省市县区旗])+(?=.*(?:区|县|市|街道|镇|乡|局|委|办|厅))"
)
_SEAT = re.compile(r"(?:人民政府|办事处)$")
_AREA = re.compile(r"(?:省|市|县|区|旗|街道|镇|乡)$")
_BIG_ORDINAL = 999
_SHORTEST_NAME = 3


def fold(text: str) -> str:
    """Letters, digits and Chinese characters only, half width, capitals.

    Decimal points between digits stay, so that ``58.6`` remains one number; ``1、2`` stay two.
    得 and 的 are one, as they are typed for one another.
    """
    narrow = unicodedata.normalize("NFKC", text).upper().replace("得", "的")
    kept: list[str] = []
    for i, char in enumerate(narrow):
        inside = 0 < i < len(narrow) - 1 and narrow[i - 1].isdigit() and narrow[i + 1].isdigit()
        if char.isalnum() or (char == "." and inside):
            kept.append(char)
        elif char == "、" and inside:
            kept.append("和")
    return "".join(kept)


def label_forms(label: str) -> tuple[str, ...]:
    """How a printed label may be cited: as it is, without ordinal, without remark in brackets."""
    bare = _LEADING.sub("", label)
    forms = {fold(label), fold(bare), fold(_NOTE.sub("", label)), fold(_NOTE.sub("", bare))}
    return tuple(sorted(f for f in forms if f))


def clause_forms(heading: str) -> tuple[str, ...]:
    """How a block heading such as 第二十条第（六）项 is cited: numerals or digits."""
    plain = fold(heading)
    half = _NUMBERED.sub(lambda m: f"{m[1]}{ordinal(m[2])}", plain, count=1)
    digits = _NUMBERED.sub(lambda m: f"{m[1]}{ordinal(m[2])}", plain)
    return (plain, half, digits) if "条第" in plain else ()


def short_bodies(agency: str) -> tuple[str, ...]:
    """A body as its own people call it: without the region above it, without 人民政府."""
    own = _REGIONS.sub("", agency, count=1)
    names = (agency, own if len(own) > 1 else agency)
    seats = [n for name in names for n in (name, _SEAT.sub("", name)) if n]
    places = [s for n in seats if len(s := _AREA.sub("", n)) > 1 and s != n]  # 洪泽 for 洪泽区
    return tuple(dict.fromkeys((*seats, *places)))


def abbreviates(word: str, agency: str) -> bool:
    """Whether a word is short for a body: 文旅局 for 云溪县文化和旅游局."""
    own = _REGIONS.sub("", agency, count=1)
    if len(word) < _SHORTEST_NAME or word[-1] != own[-1:]:
        return False
    rest = iter(own)
    return all(char in rest for char in word)


def ordinal(text: str) -> int | None:
    """The number of 第…条 in Chinese or Arabic digits, below 1000; None if it is none."""
    if text.isdecimal():
        return int(text) if len(text) <= len(str(_BIG_ORDINAL)) else None
    total, digit = 0, 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            return None
    return total + digit


def clause_name(number: int) -> str:
    """``第四十九条`` for 49; empty when there can be no such article."""
    if not 0 < number <= _BIG_ORDINAL:
        return ""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_NUMERALS[hundreds]}百" if hundreds else ""
    if tens:
        words += ("" if tens == 1 and not hundreds else _NUMERALS[tens]) + "十"
    elif hundreds and ones:
        words += "零"
    return f"第{words}{_NUMERALS[ones] if ones else ''}条"


def numeral(number: int) -> str:
    """A number from 1 to 99 in Chinese: 十二, 二十."""
    tens, ones = divmod(number, 10)
    front = "" if not tens else "十" if tens == 1 else f"{_NUMERALS[tens]}十"
    return front + (_NUMERALS[ones] if ones else "")
