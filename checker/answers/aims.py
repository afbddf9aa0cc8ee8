"""Finds which of several files a question is about, and what is left to ask of each.

It opens no file and answers nothing; a question that names no file is about the open one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Final, NamedTuple

from checker.answers.questions import ReportWords, Way
from checker.answers.types import Conversation
from checker.answers.wording import abbreviates, fold, ordinal, short_bodies
from checker.domain.run import CheckRun, Verdict

_NUMERAL: Final = "一二两三四五六七八九十百\\d"
_NTH: Final = re.compile(
    rf"第([{_NUMERAL}]+)(?:份(?:报告|文件|年报)?|(?=[和与跟、]?第?[{_NUMERAL}]+份))"
    rf"|(?<=[和与跟、])([{_NUMERAL}]+)份(?:报告|文件|年报)?"
)
_THAT_ONE: Final = re.compile(r"([^和与跟比同]{2,12}?)那份(?:报告)?")
_YEAR: Final = re.compile(r"((?:19|20)\d\d)年度?")
_OF_ROWS: Final = re.compile(r"去年(?:结转|没办|转来|遗留)")
_THIS: Final = ("这是", "这份是", "这个是", "这到底是", "这哪", "这份哪")
_SHORTEST: Final = 3
_SHORTEST_SAID: Final = 2
_ALL: Final = "都"
_AND: Final = ("和", "与", "跟", "同")
_OTHERS: Final = ("那份", "比", *_AND)
"""Beside the name of a file: another one is meant too."""
_LAST: Final = ("去年", "去年的报告", "去年那份", "上年的报告", "上年那份")


class Report(NamedTuple):
    """One of several files; ``run`` is None when it could not be checked, for the ``failure``."""

    number: int
    name: str
    run: CheckRun | None
    failure: str = ""

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
        unclear: some files are meant, and it is not said which.
        way: what is to be made of their answers.
    """

    numbers: tuple[int, ...]
    rest: str
    several: bool = False
    which: bool = False
    compared: bool = False
    second: str = ""
    missing: str = ""
    unclear: bool = False
    way: Way | None = None


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
    found = _by_number(plain, [r.number for r in reports]) or _beside(plain, reports, words, shown)
    found = found or _by_file_name(plain, reports)
    if found is None and len(reports) > 1:
        found = _by_names(plain, reports, known) or _by_time(plain, reports, words, shown)
        found = found or _by_name(plain, reports, shown, known)
    found = found or _several(plain, reports, words)
    if found is not None:
        return _with_way(found, words) if found.several else found
    if known.context.report is None or _take(plain, words.here):
        return None
    there = _take(plain, words.there)
    return Aim((known.context.report,), there[1] if there else plain)


def is_empty(rest: str, *known: Iterable[str]) -> bool:
    """Whether nothing but some words is left of a question."""
    longest = sorted((fold(w) for words in known for w in words), key=len, reverse=True)
    return not re.sub("|".join(map(re.escape, longest)), "", rest)


def _take(plain: str, words: Iterable[str]) -> tuple[str, str] | None:
    """The longest of some words in a question, and the question without it."""
    found = max((w for w in map(fold, words) if w in plain), key=len, default=None)
    return (found, plain.replace(found, "", 1)) if found else None


def _with_way(aim: Aim, words: ReportWords) -> Aim:
    """What is to be made of the answers; the first way of the list that is named."""
    for way, own in words.ways.items():
        if taken := _take(aim.rest, own):
            return aim._replace(rest=taken[1], way=way)
    return aim


def _by_number(plain: str, known: Sequence[int]) -> Aim | None:
    """第二份, 第1份和第3份, 第1和3份."""
    matches = list(_NTH.finditer(plain))
    if not matches or not plain[matches[0].start()].startswith("第"):
        return None
    numbers = tuple(n for m in matches if (n := ordinal(m[1] or m[2])) is not None)
    missing = next((m[0] for m in matches if ordinal(m[1] or m[2]) not in known), "")
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


def _by_names(plain: str, reports: Sequence[Report], known: Known) -> Aim | None:
    """街道那份和文旅局那份: files that are named, each by words that fit no other one."""
    found: dict[int, str] = {}
    for match in _THAT_ONE.finditer(plain):
        meant = [r.number for r in reports if _is_called(r, match[1])]
        if len(meant) == 1:
            found.setdefault(meant[0], match[0])
    for report in reports:
        names = _names(report, plain, known.unknown)
        if names and report.number not in found:
            found[report.number] = max(names, key=len)
    if len(found) < _SHORTEST_SAID and not _THAT_ONE.search(plain):
        return None
    if not found or any(a != b and a in b for a in found.values() for b in found.values()):
        return None
    rest = plain
    for said in found.values():
        rest = rest.replace(said, "", 1)
    numbers = tuple(sorted(found, key=lambda n: plain.index(found[n])))
    return Aim(numbers, rest, several=len(numbers) > 1)


def _by_file_name(plain: str, reports: Sequence[Report]) -> Aim | None:
    """坏.docx为什么不能核对: the one file that is named by its whole name, however short."""
    named = {r.number: fold(r.name) for r in reports if "." in r.name and fold(r.name) in plain}
    longest = max(named.values(), key=len, default="")
    best = [r for r in reports if named.get(r.number) == longest]
    others = [n for n in named.values() if n not in longest]
    if len(best) != 1 or others or (len(reports) == 1 and best[0].run is not None):
        return None
    rest = plain.replace(longest, "", 1)
    return None if any(w in rest for w in map(fold, _OTHERS)) else Aim((best[0].number,), rest)


def _is_called(report: Report, said: str) -> bool:
    """Whether a word is part of the name of a file or of its body, or short for it."""
    stem, agency = fold(PurePath(report.name).stem), fold(report.agency or "")
    return said in stem or said in agency or abbreviates(said, agency)


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
    """湖墅街道: the body or the file is named, and only one report is of it."""
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


def _several(plain: str, reports: Sequence[Report], words: ReportWords) -> Aim | None:
    """哪几份, 四份各, 几份, 都, 谁."""
    everything = tuple(r.number for r in reports)
    verdicts = (words.fillers, words.problems, *words.verdicts.values())
    if (found := _which(plain, everything, words)) is not None:
        return found
    if (taken := _take(plain, words.how_many)) and is_empty(taken[1], *verdicts):
        return Aim(everything, taken[1], several=True)
    if (found := _counted(plain, reports, words)) is not None:
        return found
    taken = _take(plain, words.each)
    if taken is None or (taken[0] == _ALL and not is_empty(taken[1], *verdicts)):
        return None
    if len(everything) == 1:
        return None if taken[0] == _ALL else Aim((), taken[1], missing=taken[0])
    return Aim(everything, taken[1], several=True)


def _which(plain: str, everything: tuple[int, ...], words: ReportWords) -> Aim | None:
    """哪几份没通过, 谁新收最多; with one file they ask something else of it."""
    of_files = tuple(w for w in words.which if "份" in w or "报告" in w)
    taken = _take(plain, words.which if len(everything) > 1 else of_files)
    if taken is None and len(everything) > 1:
        kinds = (words.fillers, *words.verdicts.values())
        left = re.sub("|".join(map(re.escape, _longest(words.which_ones))), "", plain)
        if left != plain and left and is_empty(left, *kinds) and not is_empty(left, words.fillers):
            return Aim(everything, left, several=True, which=True)
    if taken is None or plain.startswith(_THIS):
        return None
    if plain.partition(taken[0])[2].startswith(words.not_files):
        return None  # 哪家公司
    taken = (taken[0], _counting(words).sub("", taken[1], count=1))
    of_file = any(w in taken[0] for w in ("份", "报告"))
    if not of_file and is_empty(taken[1], words.fillers) and _ALL not in taken[1]:
        return None  # 哪个单位, of the open file
    return Aim(everything, taken[1], several=True, which=True)


def _longest(words: Iterable[str]) -> Iterator[str]:
    yield from sorted(map(fold, words), key=len, reverse=True)


def _counting(words: ReportWords) -> re.Pattern[str]:
    """四份报告, 这4个文件里面."""
    counters = "|".join(map(re.escape, _longest(words.counters)))
    return re.compile(rf"(?:这|那|全部|所有)?(?<!第)([{_NUMERAL}]+)(?:{counters})(?:里面|里|中)?")


def _counted(plain: str, reports: Sequence[Report], words: ReportWords) -> Aim | None:
    """四份报告, with the number of all, or of all that were checked; of fewer, not said which."""
    everything = tuple(r.number for r in reports)
    match = _counting(words).search(plain)
    number = ordinal(match[1]) if match else None
    if match is None or number is None or number < _SHORTEST_SAID:
        return None
    rest = plain.replace(match[0], "", 1)
    if number == len(everything):
        return Aim(everything, rest, several=True)
    if "份" not in match[0] or match.start():
        return None  # 制发3份文件
    checked = tuple(r.number for r in reports if r.run is not None)
    if number == len(checked):
        return Aim(checked, rest, several=True)
    if len(everything) == 1:
        return Aim((), rest, missing=match[0])
    return Aim((), rest, unclear=True)
