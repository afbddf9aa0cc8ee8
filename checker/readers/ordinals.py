"""Numbers of automatic lists as they are printed: 1, 一, 甲, ①, 壹, iv.

A format that is not known gives None: a label is left out rather than guessed.
"""

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_UNITS = ("", "拾", "佰", "仟")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST = 9999


def format_ordinal(number: int, style: str) -> str | None:
    """The number as a list of that style prints it, or None when we do not know.

    Args:
        number: the count, from 0.
        style: name of the number format in OOXML.
    """
    if not 0 <= number <= _LARGEST:
        return None
    formatter = _FORMATS.get(style)
    return formatter(number) if formatter else None


def join_label(label: str, text: str) -> str:
    """A label before its text; a space only where the two could be read as one number."""
    if label and text and (label[-1].isalnum() or label[-1] in ".．") and text[0].isalnum():
        wide_apart = label[-1] in ".．" and not text[0].isdigit()
        return label + ("" if wide_apart else " ") + text
    return label + text


def chinese(number: int) -> str:
    """Counting as in 一百零三, with 十二 rather than 一十二."""
    if number == 0:
        return "零"
    text = _counted(number, "零" + _DIGITS[1:], _UNITS)
    return text[1:] if text.startswith("一十") else text


def _legal(number: int) -> str:
    return _counted(number, _LEGAL_DIGITS, _LEGAL_UNITS) or "零"


def _counted(number: int, digits: str, units: tuple[str, ...]) -> str:
    text = ""
    gap = False
    figures = str(number)
    for place, figure in enumerate(figures):
        value = int(figure)
        if value == 0:
            gap = True
            continue
        text += (digits[0] if gap and text else "") + digits[value]
        text += units[len(figures) - 1 - place]
        gap = False
    return text


def _positional(number: int) -> str:
    return "".join(_DIGITS[int(figure)] for figure in str(number))


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _letters(number: int) -> str:
    # Word goes on with aa, bb, cc after z.
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else ""


def _circled(number: int) -> str | None:
    for first, last, code in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= number <= last:
            return chr(code + number - first)
    return None


def _block(code: int) -> Callable[[int], str | None]:
    return lambda number: chr(code + number - 1) if 1 <= number <= 20 else None


def _cycle(signs: str) -> Callable[[int], str | None]:
    return lambda number: signs[(number - 1) % len(signs)] if number else None


def _wide(number: int) -> str:
    return "".join(chr(0xFF10 + int(figure)) for figure in str(number))


_FORMATS: dict[str, Callable[[int], str | None]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "numberInDash": lambda number: f"- {number} -",
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "ideographDigital": _positional,
    "japaneseDigitalTenThousand": _positional,
    "taiwaneseDigital": _positional,
    "koreanDigital2": _positional,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographEnclosedCircle": lambda number: chr(0x327F + number) if 1 <= number <= 10 else None,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _block(0x2474),
    "decimalEnclosedFullstop": _block(0x2488),
    "none": lambda _: "",
}
