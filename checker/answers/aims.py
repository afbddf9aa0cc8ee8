"""Finds which of several files a question is about, and what is left to ask of each.

It opens no file and answers nothing; a question that names no file is about the open one.
"""

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import Final, NamedTuple

from checker.answers.questions import ReportWords, Words
from checker.answers.types import Conversation
from checker.answers.wording import abbreviates, fold, ordinal, short_bodies
from checker.domain.run import CheckRun, Verdict

_NTH: Final = re.compile(r"第([一二两三四五六七八九十百\d]+)份(?:报告|文件|年报)?")
_YEAR: Final = re.compile(r"((?:19|20)\d\d)年度?")
_OF_ROWS: Final = re.compile(r"去年(?:结转|没办|转来|遗留)")
_SHORTEST: Final = 3
_ALL: Final = "都"
_AND: Final = ("和", "与", "跟", "同")
_LAST: Final = ("去年", "去年的报告", "去年那份", "上年的报告", "上年那份")


class Report(NamedTuple):
    """One of several files; ``run`` is None when it could not be checked."""

    number: int
    name: str
    run: CheckRun | None

    @property
    def verdict(self) -> Verdict | None:
        """What the checking came to."""
        return self.run.verdict if self.run else None

    @property
    def year(self) -> int | None:
        """The year of the report."""
        return self.run.report.identity.year if self.run else None

    @property
    def agency(self) -> str | None:
        """The body that reports."""
        return self.run.report.identity.agency if self.run else None


class Known(NamedTuple):
    """What is known beside the question.

    Attributes:
        context: for the file that was spoken of last.
        unknown: words of the question that mean nothing in the open report.
    """

    context: Conversation
    unknown: Sequence[str]


class Aim(NamedTuple):
    """What a question about files is about.

    Attributes:
        numbers: of the files that are meant.
        rest: what is asked of them, folded.
        several: it is asked of all these files at once.
        which: it is asked which of them.
        compared: the first is held against the second.
        second: what is asked of the second file, when it is something else.
        missing: the file that is named and not there, in the words of the question.
    """

    numbers: tuple[int, ...]
    rest: str
    several: bool = False
    which: bool = False
    compared: bool = False
    second: str = ""
    missing: str = ""


def find_aim(
    question: str,
    reports: Sequence[Report],
    *,
    words: ReportWords,
    known: Known,
    shown: int | None,
) -> Aim | None:
    """The files that a question names; None when it names none but the open one.

    Args:
        question: as typed.
        reports: all that are loaded, in the order of the page.
        words: how files are named.
        known: what was spoken of last, and which words mean something else.
        shown: number of the open file.
    """
    plain = fold(question)
    everything = tuple(r.number for r in reports)
    found = _by_number(plain, everything) or _beside(plain, reports, words, shown)
    if found is None and len(reports) > 1:
        found = _by_time(plain, reports, words, shown) or _by_name(plain, reports, shown, known)
    found = found or _several(plain, everything, words)
    if found is not None or known.context.report is None or _take(plain, words.here):
        return found
    there = _take(plain, words.there)
    return Aim((known.context.report,), there[1] if there else plain)


def is_empty(rest: str, *known: Words) -> bool:
    """Whether nothing but some words is left of a question."""
    longest = sorted((fold(w) for words in known for w in words), key=len, reverse=True)
    return not re.sub("|".join(map(re.escape, longest)), "", rest)


def _take(plain: str, words: Words) -> tuple[str, str] | None:
    """The longest of some words in a question, and the question without it."""
    found = max((w for w in map(fold, words) if w in plain), key=len, default=None)
    return (found, plain.replace(found, "", 1)) if found else None


def _by_number(plain: str, known: tuple[int, ...]) -> Aim | None:
    """第二份, 第1份和第3份."""
    matches = list(_NTH.finditer(plain))
    if not matches:
        return None
    numbers = tuple(n for m in matches if (n := ordinal(m[1])) is not None)
    missing = next((m[0] for m in matches if ordinal(m[1]) not in known), "")
    rest = _NTH.sub("", plain)
    return Aim(numbers, rest, several=len(numbers) > 1, missing=missing)


def _beside(
    plain: str, reports: Sequence[Report], words: ReportWords, shown: int | None
) -> Aim | None:
    """另一份, 上一份: relative to the one that is open."""
    numbers = [r.number for r in reports]
    if taken := _take(plain, words.other):
        others = tuple(n for n in numbers if n != shown)
        return Aim(others, taken[1], several=len(others) > 1, missing="" if others else taken[0])
    for step, own in ((-1, words.previous), (1, words.following)):
        if taken := _take(plain, own):
            at = numbers.index(shown) + step if shown in numbers else -1
            if 0 <= at < len(numbers):
                return Aim((numbers[at],), taken[1])
            return Aim((), taken[1], missing=taken[0])
    return None


def _by_time(
    plain: str, reports: Sequence[Report], words: ReportWords, shown: int | None
) -> Aim | None:
    """比去年, 2023年的: another year of the body whose report is open, or the only one of it."""
    own = next((r for r in reports if r.number == shown), None)
    if own is None or own.year is None:
        return None
    before = [r for r in reports if _same(r.agency, own.agency) and r.year == own.year - 1]
    taken = _take(plain, words.last_year) if not _OF_ROWS.search(plain) else None
    if taken and len(before) == 1:
        return _against_last_year(plain, taken[0], own.number, before[0].number)
    years = {int(y) for y in _YEAR.findall(plain)} - {own.year}
    named = [r for r in reports if r.year in years]
    if len(years) != 1 or len(named) != 1:
        return None
    both = str(own.year) in plain
    numbers = (own.number, named[0].number) if both else (named[0].number,)
    return Aim(numbers, _YEAR.sub("", plain), several=both, compared=both)


def _against_last_year(plain: str, word: str, own: int, before: int) -> Aim:
    """比去年多多少 is about both reports, 去年多少 about that of last year alone."""
    front, _, back = plain.partition(word)
    if front[:-1] and front[-1] in _AND and back:  # 上年结转和去年的结转下年对得上吗
        return Aim((own, before), front[:-1], several=True, compared=True, second=back)
    if word in _LAST:
        return Aim((before,), front + back)
    return Aim((own, before), front + back, several=True, compared=True)


def _by_name(plain: str, reports: Sequence[Report], shown: int | None, known: Known) -> Aim | None:
    """湖墅街道那份: the body or the file is named, and only one report is of it."""
    named = {r.number: max(w, key=len) for r in reports if (w := _names(r, plain, known.unknown))}
    longest = max(map(len, named.values()), default=0)
    best = [n for n, name in named.items() if len(name) == longest]
    if len(best) != 1 or (best[0] == shown and known.context.report is None):
        return None
    return Aim((best[0],), plain.replace(named[best[0]], "", 1))


def _names(report: Report, plain: str, unknown: Sequence[str]) -> list[str]:
    """The words of a question that name a file or its body, in full or abbreviated."""
    stem = re.sub(r"\d+", "", fold(PurePath(report.name).stem))
    agency = report.agency or ""
    full = [f for n in (*short_bodies(agency), stem) if len(f := fold(n)) >= _SHORTEST]
    found = [f for f in full if f in plain]
    found += [u for u in unknown if len(u) >= _SHORTEST and u in stem]
    return [*found, *(u for u in unknown if agency and abbreviates(u, agency))]


def _same(one: str | None, other: str | None) -> bool:
    """Whether two names are of one body: one may name the region above it too."""
    return bool(one and other) and (str(one).endswith(str(other)) or str(other).endswith(str(one)))


def _several(plain: str, everything: tuple[int, ...], words: ReportWords) -> Aim | None:
    """哪几份, 两份各, 几份, 都."""
    if taken := _take(plain, words.which):
        of_this = plain.startswith("这")
        return None if of_this else Aim(everything, taken[1], several=True, which=True)
    known = (words.fillers, words.problems, *words.verdicts.values())
    if (taken := _take(plain, words.how_many)) and is_empty(taken[1], *known):
        return Aim(everything, taken[1], several=True)
    taken = _take(plain, words.each)
    if taken is None or (taken[0] == _ALL and not is_empty(taken[1], *known)):
        return None
    if len(everything) == 1:
        return None if taken[0] == _ALL else Aim((), taken[1], missing=taken[0])
    return Aim(everything, taken[1], several=True)
