"""Reads what a table cell prints as a figure; refuses to choose between two readings."""

import re
from decimal import Decimal
from typing import NamedTuple

from checker.assemble.numerals import parse_chinese_numeral
from checker.domain.quantity import CellValue, Notation

__all__ = ["DISAGREE", "parse_cell", "parse_chinese_numeral"]

_WIDE = str.maketrans("０１２３４５６７８９．，＋－﹣（）％", "0123456789.,+--()%")
_WIDE_CHARS = frozenset("０１２３４５６７８９．，＋－")
_SPACES = " \t\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000"
_DASHES = frozenset("/／\\＼-－﹣‐‑−–—―─━_＿")
# Readers put this in front of a cell about which two extractions disagree.
DISAGREE = "⁇"
_MAX_DIGITS = 15
_MAX_LENGTH = 300
_NUMERALS = frozenset("0123456789〇零一二三四五六七八九十百千万亿两廿卅壹贰叁肆伍陆柒捌玖拾佰仟余")
# Columns of numbers without a scale of their own; in others 三万 may be 三万元 or 三万万元.
_COUNTED = (None, "件", "条", "元")
_SCALES = frozenset("万亿")

_COUNT = re.compile(rf"[1-9][0-9]{{,{_MAX_DIGITS - 1}}}", re.ASCII)
_LED_BY_ZERO = re.compile(r"0(?P<count>[1-9])", re.ASCII)  # 02, as in a date; 016 may be two
_COMPOUND = re.compile(r"([0-9]+)万([1-9])千(元?)", re.ASCII)
_PLAIN = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?|0+", re.ASCII)
_COMMAS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?", re.ASCII)
_GROUPS = re.compile(rf"[1-9][0-9]{{0,2}}(?:[{_SPACES}][0-9]{{3}})+(?:\.[0-9]+)?", re.ASCII)
_BROKEN = re.compile(r"[0-9.,]+(?:\s+[0-9.,]+)+")
_REMARK = re.compile(
    r"(?P<core>[^()]*?)(?:\((?P<inner>.+)\)|(?P<tail>(?:其中|包括|含|均为|注).+))", re.DOTALL
)
_SIGN = re.compile(
    r"(?P<sign>\+|-{1,2}|[−–—]|增加?|减少?|负|↑|↓)\s*(?P<rest>[^+\-−–—增减负↑↓].*)", re.DOTALL
)
_ARROW_BEHIND = re.compile(r"(?P<rest>.*[^↑↓\s])\s*(?P<sign>[↑↓])", re.DOTALL)
_MINUS = frozenset(("-", "--", "−", "–", "—", "减", "减少", "负", "↓"))
# Below 0 is told of as such, and a change has either sign.
_NORMAL_SIGNS = frozenset(("-", "−"))
# A stop behind a figure belongs to prose; behind a point or an ASCII comma digits may be lost.
_MARKED = re.compile(r"(?P<figure>.*[^\s。；;，])\s*[。；;，]", re.DOTALL)
_UNIT = re.compile(
    r"(?P<prefix>人民币|[¥￥])?\s*(?P<number>.*?)\s*(?P<scale>[十百千]?[万亿]|[十百千])?\s*"
    r"(?P<base>元[整正]?|人次|件次|篇次|件|条|宗|起|项|份|个|次|篇|例|批|部|家|笔|人|户|期|场)?",
    re.DOTALL,
)
_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}


class _Figure(NamedTuple):
    """A number without sign and unit; ``value`` is None when it has no single reading."""

    value: Decimal | None
    notation: Notation | None = None


class _Reading(NamedTuple):
    """A number in the unit of its column."""

    value: Decimal | None
    unit: str | None
    notation: tuple[Notation, ...]


def parse_cell(printed: str, *, unit: str | None = None) -> CellValue:
    """Understand one cell.

    Args:
        printed: the characters of the file.
        unit: unit of the column, e.g. 万元. With 万元 a cell ``360000元`` holds 36. Without a
            unit 万 and 亿 are expanded and money is in 元.

    Returns:
        The value apart from blank, dash, words and numbers of uncertain extent; a value is given
        only when there is one reading.
    """
    text = printed.strip()
    if text == "0" or _COUNT.fullmatch(text):
        return CellValue(printed=text, presence="given", value=Decimal(text))
    if not text:
        return CellValue(printed=text, presence="blank")
    if all(c in _DASHES or c.isspace() for c in text):
        return CellValue(printed=text, presence="dash")
    if text.startswith(DISAGREE) or len(text) > _MAX_LENGTH:
        return _without_value(text, text)
    return _parse_marked(text, column_unit=unit)


def _parse_marked(text: str, *, column_unit: str | None) -> CellValue:
    """A cell that is neither a plain number nor empty."""
    if marked := _MARKED.fullmatch(text):
        cell = parse_cell(marked["figure"], unit=column_unit)
        given = cell.presence == "given"
        notation = (*cell.notation, "mark") if given else cell.notation
        return cell.model_copy(update={"printed": text, "notation": notation})
    return _parse_unmarked(text, column_unit=column_unit)


def _parse_unmarked(text: str, *, column_unit: str | None) -> CellValue:
    notation: list[Notation] = []
    if not _WIDE_CHARS.isdisjoint(text):
        notation.append("full_width")
    core, remark = _split_remark(text.translate(_WIDE))
    remark = remark if remark is None else _as_printed(text, remark)
    if remark is not None:
        notation.append("remark")
    sign, core = _split_sign(core)
    if sign and sign not in _NORMAL_SIGNS:
        notation.append("sign")
    reading = _with_unit(core, column_unit=column_unit)
    notation.extend(reading.notation)
    if reading.value is None:
        return _without_value(text, core, broken="broken" in notation)
    value = -reading.value if sign in _MINUS else reading.value
    return CellValue(
        printed=text,
        presence="given",
        value=_tidy(value),
        unit=reading.unit,
        remark=remark,
        notation=tuple(notation),
    )


def _without_value(text: str, core: str, *, broken: bool = False) -> CellValue:
    """A cell without one certain number: digits that we cannot read, or words."""
    if text.startswith(DISAGREE):
        return CellValue(printed=text, presence="unreadable")
    has_digit = any("0" <= c <= "9" for c in text.translate(_WIDE))
    numeral = bool(core.strip()) and _NUMERALS.issuperset(core.strip())
    return CellValue(
        printed=text,
        presence="unreadable" if has_digit or numeral else "words",
        notation=("broken",) if broken else (),
    )


def _as_printed(text: str, translated: str) -> str:
    """The characters of the file for a part of their one-to-one translation."""
    start = text.translate(_WIDE).rfind(translated)
    return text[start : start + len(translated)]


def _split_remark(text: str) -> tuple[str, str | None]:
    """The figure and a remark behind it; a unit in brackets is a unit, not a remark."""
    match = _REMARK.fullmatch(text)
    if match is None or not match["core"].strip():
        return text, None
    inner = match["inner"] or match["tail"]
    unit = _UNIT.fullmatch(inner.strip())
    if unit is not None and not unit["number"] and not unit["prefix"]:
        return match["core"] + inner.strip(), None
    return match["core"].rstrip().rstrip(",;，；"), inner.strip()


def _split_sign(text: str) -> tuple[str, str]:
    match = _SIGN.fullmatch(text) or _ARROW_BEHIND.fullmatch(text)
    if match is None:
        return "", text
    return match["sign"], match["rest"]


def _with_unit(text: str, *, column_unit: str | None) -> _Reading:
    """A number with or without a unit, in the unit of the column."""
    compound = _COMPOUND.fullmatch(text)
    if compound is not None:  # 12万5千元; without 元 it may be 万元 or 元
        money = column_unit is not None and column_unit.endswith("元")
        digits = f"{compound[1]}{compound[2]}000" if compound[3] or not money else ""
        text = f"{digits}{compound[3]}"
    match = _UNIT.fullmatch(text)
    if match is None:
        return _Reading(None, None, ())
    base = (match["base"] or ("元" if match["prefix"] else "")).rstrip("整正")
    scale = match["scale"] or ""
    number = match["number"]
    if not any("0" <= c <= "9" for c in number):
        # 一百万 and 五百九十 are one numeral: their 万 and 十 are no units.
        number, scale = number + scale, ""
    figure = _figure(number)
    notation: tuple[Notation, ...] = (figure.notation,) if figure.notation else ()
    if base or scale:
        notation = (*notation, "unit")
    power = _shift(scale, base, column_unit=column_unit)
    spoken = figure.notation == "chinese" and not base
    if spoken and column_unit not in _COUNTED and not _SCALES.isdisjoint(text):
        power = None
    if figure.value is None or power is None:
        return _Reading(None, None, notation)
    value = figure.value.scaleb(power)
    if value >= 10**_MAX_DIGITS:
        return _Reading(None, None, ())
    return _Reading(value, scale + base or None, notation)


def _shift(scale: str, base: str, *, column_unit: str | None) -> int | None:
    """Power of ten from a printed unit to that of the column; None when they do not fit."""
    printed = sum(_POWERS[c] for c in scale)
    if column_unit is None or not column_unit.endswith("元"):
        return None if column_unit is not None and base == "元" else printed
    if base not in ("", "元"):
        return None
    if not base and scale not in ("万", "亿"):
        return None if scale else 0
    return printed - sum(_POWERS[c] for c in column_unit if c in _POWERS)


def _figure(text: str) -> _Figure:
    """An unsigned number without a unit."""
    if sum("0" <= c <= "9" for c in text) > _MAX_DIGITS:
        return _Figure(None)
    if _PLAIN.fullmatch(text):
        return _Figure(Decimal(text))
    if led := _LED_BY_ZERO.fullmatch(text):
        return _Figure(Decimal(led["count"]), "leading_zero")
    if _COMMAS.fullmatch(text) or _GROUPS.fullmatch(text):
        return _Figure(Decimal("".join(text.replace(",", "").split())), "thousands")
    if _BROKEN.fullmatch(text):
        return _Figure(None, "broken")
    chinese = None if text.isascii() else parse_chinese_numeral(text)
    return _Figure(chinese, None if chinese is None else "chinese")


def _tidy(value: Decimal) -> Decimal:
    """Without trailing zeros behind the point and without minus zero."""
    if value == value.to_integral_value():
        return Decimal(int(value))
    return value.normalize()
