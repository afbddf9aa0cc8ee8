"""Lines that may be headings: their ordinal, their title, and the section a title names.

Refuses to decide whether a line *is* a heading of the report; ``sections`` does that from all of
them together.
"""

import re
from functools import cache
from typing import Literal, NamedTuple

from checker.assemble.fold import Folded, fold_text
from checker.domain.report import SectionId
from checker.rulebook import load_forms
from checker.rulebook.lexicon import found, load_lexicon

OrdinalStyle = Literal["cn", "part", "arabic", "paren", "paren_arabic", "lost", "none"]
TitleQuality = Literal["official", "accepted", "recognised", "alike", "pattern"]

QUALITY_RANK: dict[TitleQuality, int] = {
    "official": 4,
    "accepted": 3,
    "recognised": 2,
    "alike": 1,
    "pattern": 0,
}

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_ORDINALS: tuple[tuple[OrdinalStyle, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"第({_NUMERAL}|\d{{1,2}})(?:部分|章|篇|节)[、.,:]?")),
    ("paren", re.compile(rf"\(({_NUMERAL})\)[、.,:]?")),
    ("paren_arabic", re.compile(r"\((\d{1,2})\)[、.,:]?")),
    ("cn", re.compile(rf"({_NUMERAL})[、.,:]")),
    ("arabic", re.compile(r"(\d{1,2})(?:[、)]|[.,](?!\d))")),
    ("lost", re.compile(r"()[、.](?=\w)")),
)
_BARE_ORDINAL = re.compile(rf"({_NUMERAL})(?=\D)")
_DIGITS = {d: i for i, d in enumerate("一二三四五六七八九", start=1)}
_YEAR = re.compile(r"^20\d\d年?度?")
_NOT_TITLE = re.compile(r"""[、,.:;。"'“”()\-—·《》的]""")


class Ordinal(NamedTuple):
    """A leading ordinal.

    Attributes:
        printed: the numeral alone, e.g. 三; empty when it was lost or there is none.
        number: None when there is no numeral.
        length: folded characters it takes, punctuation included.
    """

    style: OrdinalStyle
    printed: str
    number: int | None
    length: int


NO_ORDINAL = Ordinal("none", "", None, 0)


class TitleMatch(NamedTuple):
    """The section that a title names, and how surely."""

    section: SectionId
    quality: TitleQuality


def small_number(numeral: str) -> int | None:
    """A number below one hundred in Arabic or Chinese digits."""
    if numeral.isdecimal():
        return int(numeral)
    tens, ten, units = numeral.rpartition("十")
    if not ten:
        return _DIGITS.get(numeral)
    high = _DIGITS.get(tens) if tens else 1
    low = _DIGITS.get(units) if units else 0
    return None if high is None or low is None else high * 10 + low


def parse_ordinal(text: str) -> Ordinal:
    """The ordinal at the start of a folded line."""
    for style, pattern in _ORDINALS:
        match = pattern.match(text)
        if match:
            numeral = match.group(1)
            number = small_number(numeral) if numeral else None
            if numeral and number is None:
                continue
            return Ordinal(style, numeral, number, match.end())
    bare = _BARE_ORDINAL.match(text)
    if bare and exact_title(text[bare.end() :]) is not None:
        return Ordinal("cn", bare.group(1), small_number(bare.group(1)), bare.end())
    return NO_ORDINAL


def title_key(text: str) -> str:
    """A title without punctuation and 的, which real titles drop and add freely."""
    return _NOT_TITLE.sub("", text)


@cache
def _titles() -> dict[str, TitleMatch]:
    titles: dict[str, TitleMatch] = {}
    forms = load_forms().values()
    qualities: tuple[TitleQuality, ...] = ("official", "accepted", "recognised")
    for quality in qualities:
        for form in forms:
            for spec in form.sections:
                words = {
                    "official": (spec.label,),
                    "accepted": spec.accepted,
                    "recognised": spec.recognised,
                }[quality]
                for word in words:
                    titles.setdefault(title_key(fold_text(word)), TitleMatch(spec.id, quality))
    return titles


@cache
def _beginnings() -> frozenset[str]:
    """The first two characters of all titles, to reject most lines at once."""
    return frozenset(title[:2] for title in _titles())


@cache
def section_numbers() -> dict[SectionId, int]:
    """The official ordinals of the six sections as numbers."""
    numbers: dict[SectionId, int] = {}
    for form in load_forms().values():
        for spec in form.sections:
            numbers[spec.id] = small_number(spec.ordinal) or 0
    return numbers


def exact_title(text: str) -> TitleMatch | None:
    """The section that a folded title names in a listed wording."""
    key = title_key(text)
    match = _titles().get(key)
    if match is None and _YEAR.match(key):
        match = _titles().get(_YEAR.sub("", key))
        match = match and TitleMatch(match.section, "recognised")
    return match


def any_title(text: str) -> TitleMatch | None:
    """The section that a folded title names, misspelt and paraphrased titles included."""
    match = exact_title(text)
    if match is not None:
        return match
    key = _YEAR.sub("", title_key(text))
    return _alike(key) or _paraphrase(key)


def _alike(key: str) -> TitleMatch | None:
    """A title with one wrong character (two in a long one) that resembles one section only."""
    if len(key) < 6:
        return None
    from rapidfuzz.distance import Levenshtein

    allowed = 1 if len(key) < 10 else 2
    near = {
        match.section
        for title, match in _titles().items()
        if Levenshtein.distance(key, title, score_cutoff=allowed) <= allowed
    }
    return TitleMatch(near.pop(), "alike") if len(near) == 1 else None


def _paraphrase(key: str) -> TitleMatch | None:
    sections = [s for s, words in load_lexicon().section_patterns.items() if found(words, key)]
    return TitleMatch(sections[0], "pattern") if len(sections) == 1 else None


_CUTS = re.compile(r"[。:;.,]")
_FOLLOWS = frozenset("本我无未没全区县市省截在一二三(12")


class TitleSpan(NamedTuple):
    """A title at the start of a line; ``end`` is its folded end in the line."""

    match: TitleMatch
    end: int


def leading_title(folded: Folded, ordinal: Ordinal) -> TitleSpan | None:
    """A listed title with which a longer line begins (“六、其他需要报告的事项。本年度…”)."""
    text = folded.text
    start = ordinal.length
    if _YEAR.sub("", title_key(text[start : start + 24]))[:2] not in _beginnings():
        return None
    for cut in range(start + 2, min(len(text), start + 40)):
        if _CUTS.match(text[cut]) or folded.gap_before(cut):
            match = exact_title(text[start:cut])
            if match is not None:
                return TitleSpan(match, cut)
    for cut in range(min(len(text) - 1, start + 40), start + 3, -1):
        if text[cut] not in _FOLLOWS:
            continue
        match = exact_title(text[start:cut])
        if (
            match is not None
            and match.quality != "recognised"
            and ordinal.number == section_numbers()[match.section]
        ):
            return TitleSpan(match, cut)
    return None
