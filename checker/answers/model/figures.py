"""Every figure that a sentence states, so that each can be looked for in its evidence.

A numeral counts where it counts something or names a table, a year or an article; the first
character of 一致 does not.
"""

import re
import unicodedata
from decimal import Decimal
from typing import Final, NamedTuple

from checker.assemble.numerals import parse_chinese_numeral

_ARABIC: Final = re.compile(r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(万|亿|%)?")
_CHINESE: Final = re.compile(
    r"(百分之)?([零〇一二两三四五六七八九十百千万亿]+(?:点[零一二三四五六七八九]+)?)"
)
_COUNTED: Final = frozenset(
    "件条个项宗次份篇人起天日年月格处列行页张部期场家户名位种类元倍成分号例批轮余多几"
)
_NAMED: Final = ("第", "表")
# 这一条, 每一项, 上一年 count nothing.
_POINTING: Final = frozenset("这那每同任某另哪上下其前后唯统进")
_SCALES: Final = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}


class Figure(NamedTuple):
    """A number in base units; ``share`` for per cent, ``words`` when it cannot be read."""

    value: Decimal | None
    share: bool = False
    words: str = ""


class Placed(NamedTuple):
    """A figure and where it stands in the text it was found in, which is in NFKC."""

    figure: Figure
    start: int
    end: int


def placed_figures(text: str) -> tuple[Placed, ...]:
    """All figures of a text in NFKC, in order."""
    found: list[Placed] = []
    for match in _ARABIC.finditer(text):
        value = Decimal(match[1].replace(",", ""))
        scale = _SCALES.get(match[2] or "", Decimal(1))
        figure = Figure(value * scale, match[2] == "%")
        found.append(Placed(figure, match.start(), match.end()))
    for match in _CHINESE.finditer(text):
        if _states(text, match):
            read = parse_chinese_numeral(match[2])
            figure = Figure(read, bool(match[1]), "" if read is not None else match[2])
            found.append(Placed(figure, match.start(), match.end()))
    return tuple(sorted(found, key=lambda f: f.start))


def figures_in(text: str, *, plain_too: bool = False) -> frozenset[Figure]:
    """All figures of a text.

    Args:
        text: a sentence or an evidence.
        plain_too: 58.6万元 is also 58.6, as a cell prints it.
    """
    plain = unicodedata.normalize("NFKC", text)
    found = {p.figure for p in placed_figures(plain)}
    if plain_too:
        scaled = (m for m in _ARABIC.finditer(plain) if m[2] in _SCALES)
        found |= {Figure(Decimal(m[1].replace(",", ""))) for m in scaled}
    return frozenset(found)


def _states(text: str, match: re.Match[str]) -> bool:
    """Whether a numeral says how many or which one."""
    before, behind = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if match[1] or before in _NAMED:
        return True
    if before in _POINTING or before.isdigit():
        return False
    return behind in _COUNTED or (len(match[2]) > 1 and any(c in match[2] for c in "十百千万亿"))
