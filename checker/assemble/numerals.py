"""Chinese numerals as exact numbers; spoken or approximate forms are refused, not guessed."""

import re
from decimal import Decimal

_DIGITS = str.maketrans(
    "〇零○一二三四五六七八九两壹贰貳叁參参肆伍陆陸柒捌玖拾佰仟萬億",
    "00012345678921223334566789十百千万亿",
)
_TENS = {"廿": "2十", "卅": "3十", "卌": "4十"}
_SECTION = re.compile(
    r"(0?)(?:([1-9])千)?(0?)(?:([1-9])百)?(0?)(?:([1-9]?)十)?(0?)([1-9]?)", re.ASCII
)
_MIXED = re.compile(r"([0-9]+(?:\.[0-9]+)?)([十百千]?)([万亿]?)", re.ASCII)
_POSITIONAL = re.compile(r"[1-9][0-9]+", re.ASCII)
_POWERS = {"": 0, "十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_LONGEST = 40


def parse_chinese_numeral(text: str) -> Decimal | None:
    """The number that a numeral states, or None when it is none or has two readings.

    Read are 一百零三, 十二, 两千, 廿, 二〇二三, 壹拾贰 and mixed forms such as 1.8万. Refused are
    spoken short forms (一百三 is 130 in speech and 103 when a 零 was lost), neighbouring digits
    (三四 means three or four), a scale without a digit (百) and approximations (3千余).
    """
    if not text or len(text) > _LONGEST:
        return None
    if text[0] in "0123456789":
        mixed = _MIXED.fullmatch(text)
        if mixed is None:
            return None
        return Decimal(mixed[1]).scaleb(_POWERS[mixed[2]] + _POWERS[mixed[3]])
    if not text.isascii() and not any(c in "0123456789" for c in text):
        plain = text.translate(_DIGITS)
        for sign, tens in _TENS.items():
            plain = plain.replace(sign, tens)
        value = _whole(plain)
        return None if value is None else Decimal(value)
    return None


def _whole(text: str) -> int | None:
    """A numeral in ASCII digits and 十百千万亿."""
    if text == "0":
        return 0
    if _POSITIONAL.fullmatch(text) and (len(text) > 2 or text.endswith("0")):
        return int(text)
    head, hundred_million, tail = text.rpartition("亿")
    if hundred_million:
        return _joined(_below_hundred_million(head), tail, 10**8)
    return _below_hundred_million(text)


def _below_hundred_million(text: str, *, follows: bool = False) -> int | None:
    head, ten_thousand, tail = text.partition("万")
    if not ten_thousand:
        return _section(text, follows=follows)
    return _joined(_section(head, follows=follows), tail, 10**4)


def _joined(head: int | None, tail: str, scale: int) -> int | None:
    """A part counted in ``scale`` and what follows it."""
    if head is None:
        return None
    if not tail:
        return head * scale
    rest = _below_hundred_million(tail, follows=True)
    return None if rest is None or rest >= scale else head * scale + rest


def _section(text: str, *, follows: bool) -> int | None:
    """A number from 1 to 9999; ``follows``: a part in 万 or 亿 stands before it."""
    match = _SECTION.fullmatch(text)
    if match is None or not text or text.endswith("0"):
        return None
    lead, thousands, zero_1, hundreds, zero_2, tens, zero_3, ones = match.groups()
    if lead and not follows:
        return None
    has_tens = tens is not None
    if (
        ones
        and not has_tens
        and not (lead or zero_1 or zero_2 or zero_3)
        and (thousands or hundreds or follows)
    ):
        return None
    if sum(map(bool, (lead, zero_1, zero_2, zero_3))) > 2:
        return None
    ten = int(tens or 1) if has_tens else 0
    return int(thousands or 0) * 1000 + int(hundreds or 0) * 100 + ten * 10 + int(ones or 0)
