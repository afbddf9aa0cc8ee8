"""Dates that a report prints: reporting period, publication date, years in prose."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from checker.assemble.bodies import looks_like_body
from checker.assemble.fold import fold, fold_text
from checker.assemble.numerals import parse_chinese_numeral
from checker.assemble.text_lines import TextLine
from checker.domain.document import Document, Table
from checker.domain.locator import Locator
from checker.domain.report import Period
from checker.rulebook.lexicon import found, load_lexicon

_PERIOD = re.compile(
    r"(?P<y1>20\d\d)[年.\-/](?P<m1>\d{1,2})(?:[月.\-/](?:(?P<d1>\d{1,2})日?)?|(?P<bare>(?=(?:至|到|—|-|~|～)+\d{1,2}月)))"
    r"(?:零时|0时)?(?:起|始|开始)?[,、]?(?:至|到|—+|-+|~|～)"
    r"(?:(?P<y2>20\d\d|同|当)[年.\-/])?(?P<m2>\d{1,2})[月.\-/](?:(?P<d2>\d{1,2})日?)?"
)
_WHOLE_YEAR = re.compile(r"(?P<y1>20\d\d)年?(?:度?全年度?|度)(?=[的,、.。;)\"']|$)")
# 统计期限为2024年度, 数据统计时段2024年1-12月; 统计期限内, 2024年度 tells of something else
_LED = re.compile(r"(?:[期限间段围度径]|[为是:自从系即取])$")
_DATE = re.compile(r"(20\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})(?!\d)日?")
_SIGNED = re.compile(
    r"^(?P<body>[\u4e00-\u9fff]{4,30}?)?\(?(?P<year>20\d\d|二[〇零○][〇零○一二三四五六七八九]{2})年"
    r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})日"
    r"(?:(?P<printed>印发)|公布|发布|公开)?\)?$"
)
_TITLE_END = re.compile(r"(?:报告|年报)[)》]?$")
_PROSE = re.compile(r"[。;、]")  # sentences and headings: the title is over
_HEAD = 60  # lines at the top among which the title stands
_BELOW_TITLE = 3  # lines behind it: the body, the year, the date
OF_THE_TEXT = frozenset({"落款日期", "标题下的日期", "印发日期"})
"""Sources that date the writing; the day of publication may be another one."""
_REFERENCE = re.compile(r"《[^》]*》|[〔\[(（]20\d\d[〕\])）]")
_PLAIN_YEAR = re.compile(r"(?<!\d)(20\d\d)年(?!\d{1,2}月)")
# 比2023年多, (2021年2306条), 是2021年的2倍, 结转2025年: years with which this one is compared
_ASIDE = re.compile(
    r"(?:[比较与同从由是自到至入转]|相比|对比|超过|低于|高于|结转)(?:于|自|到|至|上年)?20\d\d年"
    r"|[(（]20\d\d年|20\d\d年度?[^,，。;；\d]{0,6}(?:结转|转入|转来|遗留|顺延)"
)
_TAIL = 8  # lines at the end among which a signature date may stand


class FoundPeriod(NamedTuple):
    """A reporting period; ``period`` is None when its dates do not exist."""

    period: Period | None
    year: int
    locator: Locator


class LostDate(NamedTuple):
    """A date of publication that is stated and does not exist."""

    printed: str
    source: str
    locator: Locator | None


class FoundDate(NamedTuple):
    """A date of publication and where it is stated; no locator when it is not in the text."""

    date: date
    source: str
    locator: Locator | None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_NEAR_BEFORE = 60
_NEAR_BEHIND = 20


def find_periods(document: Document) -> tuple[FoundPeriod, ...]:
    """Every statement of the reporting period in the paragraphs."""
    words = load_lexicon().period_words
    periods: list[FoundPeriod] = []
    for paragraph in document.paragraphs:
        folded = fold(paragraph.text, paragraph.locator.start)
        if "20" not in folded.text:
            continue
        for match in _spans_of_time(folded.text):
            near = folded.text[max(0, match.start() - _NEAR_BEFORE) : match.start()]
            before = re.split(r"[。;]", near)[-1]
            if _in_few_words(match) and not _LED.search(before := before.split(",")[-1]):
                continue
            opens = before == "" or match.start() == 0
            behind = folded.text[match.end() : match.end() + _NEAR_BEHIND]
            behind = re.split(r"[。;]", behind)[0]
            if found(words, before) or (opens and found(words, behind)):
                place = paragraph.locator.part(
                    folded.start_of(match.start()), folded.end_of(match.end())
                )
                periods.append(FoundPeriod(_period(match), int(match.group("y1")), place))
    return tuple(periods)


def _spans_of_time(text: str) -> list[re.Match[str]]:
    found = [*_PERIOD.finditer(text), *_WHOLE_YEAR.finditer(text)]
    return sorted(found, key=lambda match: match.start())


def _in_few_words(match: re.Match[str]) -> bool:
    """2024年度, 2024年1-12月: also said of other things than the period."""
    return match.re is _WHOLE_YEAR or match["bare"] is not None


def _period(match: re.Match[str]) -> Period | None:
    year = int(match.group("y1"))
    if match.re is _WHOLE_YEAR:
        return Period(first=date(year, 1, 1), last=date(year, 12, 31))
    second = match.group("y2")
    last_year = int(second) if second and second.isdecimal() else year
    month = int(match.group("m2"))
    first = _date(year, int(match.group("m1")), int(match.group("d1") or 1))
    if match.group("d2"):
        last = _date(last_year, month, int(match.group("d2")))
    else:  # 1月至12月
        last = next((d for n in (31, 30, 29, 28) if (d := _date(last_year, month, n))), None)
    return Period(first=first, last=last) if first and last else None


class FoundPublications(NamedTuple):
    """Dates of publication, the most reliable first, and those that cannot be."""

    dates: tuple[FoundDate, ...]
    lost: tuple[LostDate, ...]


def find_publications(document: Document, lines: Sequence[TextLine]) -> FoundPublications:
    """Dates of publication: what the page states about itself first, a signature last."""
    keys = {k.lower() for k in load_lexicon().publication_keys}
    stated: list[FoundDate | LostDate] = []
    for entry in document.metadata:
        match = _DATE.search(entry.value) if entry.key.lower() in keys else None
        if match:
            stated.append(_dated(match, "网页信息中的发布日期", None))
    stated += _stated(document, lines)
    dates = [d for d in stated if isinstance(d, FoundDate)]
    below = _below_title(lines)
    top = below[0].locator.end if below and below[0].locator else 0
    signed, printed = _at_the_end([line for line in lines[-_TAIL:] if line.start >= top])
    dates.extend((*signed, *below, *printed))
    return FoundPublications(tuple(dates), tuple(d for d in stated if isinstance(d, LostDate)))


def _dated(match: re.Match[str], source: str, place: Locator | None) -> FoundDate | LostDate:
    day = _date(*map(int, match.groups()))
    return FoundDate(day, source, place) if day else LostDate(match.group(), source, place)


def _stated(document: Document, lines: Sequence[TextLine]) -> list[FoundDate | LostDate]:
    """``发布日期：2024-01-20``, in a line or in two neighbouring cells."""
    words = load_lexicon().publication_words
    dates: list[FoundDate | LostDate] = []
    pieces = [(document.text[x.start : x.end], x.start, x.block, x.page) for x in lines]
    for index, block in enumerate(document.blocks):
        place = block.locator
        if isinstance(block, Table) and _DATE.search(document.text, place.start, place.end):
            for label, value in zip(block.cells, block.cells[1:], strict=False):
                if label.row != value.row:
                    continue
                text = document.text[label.locator.start : value.locator.end]
                if _DATE.search(text) and found(words, fold_text(label.text)):
                    pieces.append((text, label.locator.start, index, label.locator.page))
    for text, start, block_index, page in pieces:
        match = _DATE.search(text)
        label_text = fold_text(text[: match.start()])[-12:] if match else ""
        if match and re.search(r"[:期间]$", label_text) and found(words, label_text):
            place = Locator(
                start=start + match.start(),
                end=start + match.end(),
                block=block_index,
                page=page,
            )
            dates.append(_dated(match, "发布日期", place))
    return dates


def _at_the_end(lines: Sequence[TextLine]) -> tuple[list[FoundDate], list[FoundDate]]:
    """The signature's date and that of printing: in a line alone or behind the name of the body."""
    printed: list[FoundDate] = []
    for line in reversed(lines):
        found = _signed(line)
        if found is not None and found.source == "印发日期":
            printed = printed or [found]
        elif found is not None:
            return [found], printed
    return [], printed


def _below_title(lines: Sequence[TextLine]) -> list[FoundDate]:
    """（2025年1月15日） in a line of its own under the title."""
    for index, line in enumerate(lines[:_HEAD]):
        above = [x.folded.text for x in lines[max(0, index - _BELOW_TITLE) : index]]
        title = next((n for n, text in enumerate(above) if _TITLE_END.search(text)), None)
        if title is None or not line.folded.text.startswith("("):
            continue
        if any(_PROSE.search(text) for text in above[title + 1 :]):
            continue
        found = _signed(line)
        if found is not None:
            return [found._replace(source="标题下的日期")]
    return []


def _signed(line: TextLine) -> FoundDate | None:
    match = _SIGNED.match(line.folded.text) if line.whole else None
    if match is None or not (match["body"] is None or looks_like_body(match["body"])):
        return None
    numbers = [parse_chinese_numeral(match[part]) for part in ("year", "month", "day")]
    day = _date(*(int(n or 0) for n in numbers))
    if day is None:
        return None
    place = Locator(start=line.start, end=line.end, block=line.block, page=line.page)
    return FoundDate(day, "印发日期" if match["printed"] else "落款日期", place)


def majority_year(text: str) -> int | None:
    """The year that more than half of the mentions of a text name.

    Titles, 文号 and years that are only compared with do not count.
    """
    plain = _ASIDE.sub("", _REFERENCE.sub("", fold_text(text)))
    years = Counter(int(y) for y in _PLAIN_YEAR.findall(plain))
    if not years:
        return None
    year, count = years.most_common(1)[0]
    return year if count >= 2 and 2 * count > years.total() else None
