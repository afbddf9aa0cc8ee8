"""Finds every figure of a text, and tells those that count something from those that do not.

Works on folded text (half-width, no white space). It never decides what a figure counts.
"""

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from checker.assemble.numerals import parse_chinese_numeral
from checker.domain.claim import Approximation
from checker.rulebook.alternatives import any_of
from checker.rulebook.late import late_regex
from checker.rulebook.terms import load_terms

_DIGIT = "0-9"
_HAN = "零〇一二三四五六七八九十百千万亿两廿卅壹贰叁肆伍陆柒捌玖拾佰仟"
_BEFORE: tuple[tuple[Approximation, str], ...] = (
    ("less_than", "将近|接近|不到|不足|未达|不满|少于|低于|不超过|至多|最多|近"),
    ("more_than", "超过|突破|至少|不少于|不低于|多于|高于|超|逾"),
    ("about", "大约|约为|约|大概|大致"),
)
_BEHIND: tuple[tuple[Approximation, str], ...] = (
    (
        "more_than",
        "以上|有余|余(?![0-9])|多(?![0-9出了于收办公发增受近约一二两三四五六七八九十])|之多",
    ),
    ("about", "左右|上下|前后"),
    ("less_than", "以下|以内|之内"),
)
_ENDS = 2
_TENTH = Decimal("0.1")
_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
# Counting words that go with a plain 一; in 一个窗口 or 一项工作 nothing is counted.
_TO = "[至到~—-]{1,2}"
_ALONE = frozenset("一十百千万亿")
_TENTHS = "成"
_ONE_COUNTS = frozenset("件条篇份起宗期场次例则倍成番")
_ENDS_CLAUSE = late_regex("[,。;、()]|$")
_ONE_MORE = late_regex("[一二三四五六七八九](?=[,。;、()的]|以上|左右|上下|$)")
# 未发生一起, 无一例: nothing is counted, something is denied.
_NOT_ONE = late_regex("(?:没有|从未|未|无)(?:发生|收到|出现|产生|接到|引发)?(?:过|任何)?$")


class Figure(NamedTuple):
    """A figure that counts something.

    Attributes:
        start, end: the printed figure in the folded text, 余 and % included, unit excluded.
        behind: index behind its counting word.
        value: in base units (万 and 亿 expanded, money in yuan, 成 in per cent); None when it has
            two readings.
        step: the unit of its last printed digit, in the same unit as ``value``.
        unit: ``yuan``, ``percent``, the counting word, or None.
        lower, upper: the ends of a range such as 3至5次, which has no value of its own.
    """

    start: int
    end: int
    behind: int
    value: Decimal | None
    step: Decimal
    unit: str | None
    approximation: Approximation
    lower: Decimal | None = None
    upper: Decimal | None = None


class _Patterns(NamedTuple):
    figure: re.Pattern[str]
    skip: re.Pattern[str]
    before: re.Pattern[str]
    behind: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    terms = load_terms()
    units = "|".join(map(re.escape, sorted(terms.counting_words, key=len, reverse=True)))
    arabic = rf"[{_DIGIT}]{{1,3}}(?:,[{_DIGIT}]{{3}})+(?![{_DIGIT}])(?:\.[{_DIGIT}]+)?"
    arabic += rf"|[{_DIGIT}]+(?:\.[{_DIGIT}]+)?"
    alternatives = (
        # A word of numerals is tried at its first character only: from every one costs its square.
        rf"(?P<hundredth>百分之(?P<per>[{_HAN}]+(?:点[{_HAN}]+)?))",
        rf"(?<![{_HAN}])(?P<whole>[{_HAN}]{{1,3}})分之(?P<share>[{_HAN}]{{1,3}})(?P<over>强)?(?P<under>弱)?",
        rf"(?P<low>{arabic}){_TO}(?P<high>{arabic})(?=(?:余|多)?(?:{units}))(?P<rangeunit>{units})",
        rf"(?<![{_HAN}])(?P<hanlow>[{_HAN}]{{1,4}})[至到](?P<hanhigh>[{_HAN}]{{1,4}})"
        rf"(?P<hanrangeunit>(?!类|本)(?:{units}))",
        rf"(?P<tens>{arabic})万(?P<ones>[{_DIGIT}]{{1,4}})元",
        rf"(?P<number>{arabic})(?P<scale>[十百千]?[万亿]|[百千](?=余|多|{units}))?"
        rf"(?P<more>[余多](?=[万亿]?(?:{units})|,|。|;|$))?(?P<late>[万亿](?!元))?"
        rf"(?P<unit>{units})?",
        rf"(?<![{_HAN}])(?P<han>[{_HAN}]+)(?P<hanmore>[余多](?=[万亿]?(?:{units})))?(?P<hanlate>[万亿](?!元))?"
        rf"(?P<hanunit>(?!类|本)(?:{units}))",
        rf"(?<=为)(?P<zero>零)(?![{_HAN}{_DIGIT}])",
    )
    return _Patterns(
        re.compile(any_of(alternatives)),
        re.compile(any_of(terms.no_figures)),
        re.compile("|".join(f"(?P<{n}>{p})" for n, p in _BEFORE)),
        re.compile("|".join(f"(?P<{n}>{p})" for n, p in _BEHIND)),
    )


def find_figures(text: str) -> tuple[Figure, ...]:
    """All figures of a folded text that count something, in order.

    Left out are figures in numbers of documents, dates, times, phones, addresses, ordinals,
    clauses, names and slogans (DOMAIN guards: ``no_figures`` in ``rules/terms.yaml``).
    """
    patterns = _patterns()
    masked = patterns.skip.sub(lambda m: ("\x01" if m[0][-1] == "》" else "\x00") * len(m[0]), text)
    found: list[Figure] = []
    for match in patterns.figure.finditer(masked):
        figure = _figure(match, masked, patterns)
        if figure is not None:
            found.append(figure)
    return tuple(found)


def without_approximation(text: str) -> str:
    """The words in front of a figure without 约, 近, 超过 at their end."""
    found = [m for m in _patterns().before.finditer(text) if m.end() == len(text)]
    return text[: found[0].start()] if found else text


def _figure(match: re.Match[str], text: str, patterns: _Patterns) -> Figure | None:
    if match["zero"]:
        return Figure(*match.span(), match.end(), Decimal(0), Decimal(1), None, "exact")
    if match["per"] or match["share"]:
        return _hundredth(match) if match["per"] else _fraction(match, text, patterns)
    if match["low"] or match["hanlow"]:
        return _range(match)
    if match["han"] or match["tens"]:
        return _in_two(match) if match["tens"] else _chinese(match, text, patterns)
    start, end = match.start("number"), match.end("number")
    number = match["number"].replace(",", "")
    denied = number == "1" and _NOT_ONE.search(text[max(0, match.start() - 6) : match.start()])
    if denied or (len(number) > 1 and number.isdecimal() and number.startswith("0")):
        return None
    power = sum(_POWERS[c] for c in (match["scale"] or "") + (match["late"] or ""))
    end = max(end, match.end("scale"), match.end("more"), match.end("late"))
    unit = match["unit"]
    digits = len(number.partition(".")[2])
    value = Decimal(number).scaleb(power)
    return _finished(match, text, patterns, _Number(start, end, value, power - digits), unit)


class _Number(NamedTuple):
    """A number before its unit is known; ``exponent`` is that of its last printed digit."""

    start: int
    end: int
    value: Decimal
    exponent: int


def _finished(
    match: re.Match[str], text: str, patterns: _Patterns, number: _Number, unit: str | None
) -> Figure:
    start, end, value, exponent = number
    behind = match.end()
    name: str | None = unit
    if unit in ("%", "‰"):
        name, end = "percent", behind
    elif unit == _TENTHS:
        value, exponent = value.scaleb(1), exponent + 1
        more = _ONE_MORE.match(text, behind)
        if more is not None:  # 九成八
            value += parse_chinese_numeral(more[0]) or 0
            exponent, end, behind = 0, more.end(), more.end()
    elif unit is not None and unit.endswith("元"):
        shift = sum(_POWERS[c] for c in unit if c in _POWERS)
        value, exponent, name = value.scaleb(shift), exponent + shift, "yuan"
    approximation, behind = _approximation(text, start, behind, patterns)
    if match["more"] or match["hanmore"]:
        approximation = "more_than"
    step = Decimal(1).scaleb(exponent)
    return Figure(start, end, behind, _tidy(value), step, name, approximation)


def _approximation(
    text: str, start: int, behind: int, patterns: _Patterns
) -> tuple[Approximation, int]:
    later = patterns.behind.match(text, behind)
    if later is not None and later.lastgroup:
        return _named(later.lastgroup), later.end()
    for match in patterns.before.finditer(text, max(0, start - 4), start):
        if match.end() == start and match.lastgroup:
            return _named(match.lastgroup), behind
    return "exact", behind


def _named(group: str) -> Approximation:
    return next(name for name, _ in (*_BEFORE, *_BEHIND) if name == group)


def _in_two(match: re.Match[str]) -> Figure:
    """3417万8600元."""
    tens = Decimal(match["tens"].replace(",", "")).scaleb(_POWERS["万"])
    value = _tidy(tens + Decimal(match["ones"]))
    end = match.end("ones")
    return Figure(match.start(), end, match.end(), value, Decimal(1), "yuan", "exact")


def _range(match: re.Match[str]) -> Figure | None:
    """3至5次: two ends and no value."""
    unit = match["rangeunit"] or match["hanrangeunit"]
    if match["low"]:
        ends = [Decimal(match[n].replace(",", "")) for n in ("low", "high")]
    else:
        read = [parse_chinese_numeral(match[n]) for n in ("hanlow", "hanhigh")]
        ends = [e for e in read if e is not None]
    if len(ends) < _ENDS or ends[0] >= ends[1]:
        return None
    name = "percent" if unit in ("%", "‰") else unit
    shift = sum(_POWERS[c] for c in unit if c in _POWERS) if unit.endswith("元") else 0
    low, high = (_tidy(e.scaleb(shift)) for e in ends)
    end = (
        match.end()
        if name == "percent"
        else match.end("high")
        if match["low"]
        else match.end("hanhigh")
    )
    name = "yuan" if unit.endswith("元") else name
    return Figure(
        match.start(), end, match.end(), None, Decimal(1), name, "about", lower=low, upper=high
    )


def _hundredth(match: re.Match[str]) -> Figure | None:
    whole, _, rest = match["per"].partition("点")
    value = Decimal(100) if whole == "百" else parse_chinese_numeral(whole)
    if value is None:
        return None
    places = 0
    for character in rest:
        digit = parse_chinese_numeral(character)
        if digit is None:
            return None
        places += 1
        value += digit.scaleb(-places)
    step = Decimal(1).scaleb(-places)
    return Figure(match.start(), match.end(), match.end(), value, step, "percent", "exact")


def _fraction(match: re.Match[str], text: str, patterns: _Patterns) -> Figure | None:
    """三分之一: a share that nobody means to the last digit."""
    whole, part = parse_chinese_numeral(match["whole"]), parse_chinese_numeral(match["share"])
    if not whole or not part or part > whole:
        return None
    approximation, behind = _approximation(text, match.start(), match.end(), patterns)
    if match["over"] or match["under"]:
        approximation = "more_than" if match["over"] else "less_than"
    elif approximation == "exact":
        approximation = "about"
    value = (part / whole * 100).quantize(_TENTH)
    return Figure(match.start(), match.end(), behind, value, _TENTH, "percent", approximation)


def _chinese(match: re.Match[str], text: str, patterns: _Patterns) -> Figure | None:
    word, unit = match["han"], match["hanunit"]
    start = match.start("han")
    dozens = word in ("十", "百", "千", "万") and match["hanmore"]  # 十余条
    ten = word == "十" and _ENDS_CLAUSE.match(text, match.end())  # but 十件民生实事
    if word in _ALONE and not (word == "一" and unit in _ONE_COUNTS) and not (dozens or ten):
        return None
    if word == "一" and _NOT_ONE.search(text[max(0, start - 6) : start]):
        return None
    if start and text[start - 1] in "第\x00":
        return None
    scaled = word[-1] in "十百千万亿" and (len(word) > 1 or bool(dozens))
    value = parse_chinese_numeral(f"一{word}" if dozens else word)
    if value is None:
        return None
    power = sum(_POWERS[c] for c in match["hanlate"] or "")
    end = max(match.end("han"), match.end("hanmore"), match.end("hanlate"))
    exponent = power + (_POWERS[word[-1]] if scaled else 0)
    whole = _Number(start, end, value.scaleb(power), exponent)
    return _finished(match, text, patterns, whole, unit)


def _tidy(value: Decimal) -> Decimal:
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()
