"""The year of which a sentence speaks, as far as its words tell it.

It looks at years and words of time only; whom a figure is about is for ``scope`` to say.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from checker.claims.sentences import Sentence
from checker.domain.claim import Scope
from checker.rulebook.late import late_regex

Period = Literal["own", "prior_year", "next_year"]
_SEVERAL: Final = "(?:[两二三四五六七八九十]|[2-9]|[1-9][0-9])"
_TIME: Final = late_regex(
    r"(?P<title>《[^》]*》)"
    rf"|(?P<span>近年来?|[近前]{_SEVERAL}个?年|过去的?{_SEVERAL}个?年|{_SEVERAL}年(?:多)?(?:以?来|间|累计|里)"
    r"|(?:历年|历史上)(?!累?计?(?:对外)?公开)|\"?十[一二三四五]五\"?(?=期间|以来|时期|前|累计)|[自从][^,。;0-9]{0,20}以来"
    r"|(?P<began>(?:19|20)\d\d)年(?:\d{1,2}月)?(?:\d{1,2}[日号])?[^,。;0-9]{0,14}"
    r"(?:施行|实施|成立|开通|上线|修订|启用|运行)(?:以来|以?后)"
    r"|[自从](?P<since>(?:19|20)\d\d)年[^,。;]{0,20}?以来"
    r"|(?:19|20)\d\d(?:年度?)?(?:[-—~至到]|--)+(?:19|20)\d\d年度?|累计[至到](?:19|20)\d\d年"
    r"|(?:19|20)\d\d年度?(?:以前|之前|前)|以前年度)"
    r"|(?P<year>(?:19|20)\d\d)年(?!\d{1,2}月\d{1,2}[日号])度?"
    r"|(?P<end>截[至止]到?(?P<cut>(?:19|20)\d\d)年)"
    r"|(?P<prior>上一?个?年度?|去年|前年|往年|以往|[以此]前年度|前几年)"
    r"|(?P<own>今年|本年度?|报告期|本期)"
    r"|(?P<next>明年|下一?个?年度?|今后|下一步)"
)
_NO_TIME_BEFORE: Final = late_regex(
    "(?:比|比较|较|较之|与|同|相较|超过|低于|高于|占|由|从|自|至|到|入|转|下"
    "|(?:发布|公布|编制|公开|完成|撰写|印发|制定|执行|落实|依据|根据|按照|对照)[^,。;]{0,8})[(]?$"
)
# 五年来首次下降, 近五年最大的一次: this year is told of
_NO_TIME_BEHIND: Final = late_regex(
    "(?:以?来)?(?:的)?(?:首次|首度|第一次|最[高低多少大小好强快]|历史)"
    "|(?:同期|度)?(?:(?:年?末|年?底)?(?:尚?未(?:办|答)|[^,。;0-9]{0,8}(?:结转|转结|转入|转来|顺延|延续|遗留|留下))"
    "|[^,。;0-9]{0,8}(?:现行|继续)?有效|[^,。;]{0,20}(?:相比|持平|比较)|[^,。;0-9]{0,10}(?:要点|计划|任务|方案|规划|版|修订|修正|施行|实施)"
    "|的?(?:[0-9.]+|[一二两三四五六七八九十]+)倍)"
)
# 对2018年以来的文件, 梳理近3年案例, 2020年报告指出的问题: said of a thing, not of the sentence
_OPENS: Final = late_regex(
    "(?:^|[,;:。(]|[一二三四五六七八九]是|[1-9][.、])(?:[我本全][^,;:。()0-9]{1,3}|在|于|自|从|共)?$"
)
_HANDLES: Final = late_regex(
    "(?:[对将把就按由给]|关于|针对|梳理|收录|扫描|补录|清理|整理|编制|汇编)$"
)
_OF_A_THING: Final = late_regex(
    "[^,。;0-9]{0,8}(?:指出|提出|反馈|发现|查出)[^,。;]{0,8}的|[^,。;]{0,20}?(?:形成|留存|产生)的"
)
_ITEM: Final = late_regex(
    "(?:^|[,;:。])(?:[一二三四五六七八九]是|\\(?[一二三四五六七八九1-9]\\)|[1-9][.、])"
)
_CARRIED: Final = late_regex(
    "(?P<year>20[0-9]{2})年度?[^,。;0-9]{0,8}"
    "(?:结转|转结|延续|遗留|转来|[留剩]下|(?:未|没有?)(?:能|来得及)?(?:办结|办理完毕|办理?完|答复完?)|未[了完])"
    "[^,。;0-9]{0,6}$"
)
_JOINS: Final = late_regex("[、和与及]")
SEVERAL: Final = 0  # years that are no single one: 近三年, 往年, 2021—2023年
_LEAST_RUN: Final = 2
_SINGLE_PRIOR: Final = late_regex("[上去]")
_NEAR_CHANGE: Final = late_regex(
    "(?P<last>同比)|(?P<rolling>环比|[年月]均|平均|逐[年月]|历年|连续|[每逐]季)"
)
_UNKNOWN_YEAR: Final = 10_000  # stands for the year of a report that tells none
_GOES_ON: Final = late_regex("[^,;]*(?:,(?:其中|分别|包括)[^,;]*)?")


class _Time(NamedTuple):
    start: int
    end: int
    period: Period
    named: int
    span: bool = False


class Told(NamedTuple):
    """The year of a place, and whether it is that of the whole sentence."""

    period: Period
    heads: bool


def told_period(sentence: Sentence, place: int, *, year: int | None) -> Told | None:
    """The year that the words before a place give to it; None when they give none.

    What opens a sentence governs all of it (上年度，我局收到5件，办结4件) up to the next word of
    time; what comes behind other figures is said in passing (收到66件，上年5件，办结68件).
    """
    depth = sentence.depth_at(place)
    times = [
        t for t in _times(sentence, year) if t.end <= place and sentence.depth_at(t.start) <= depth
    ]
    if not times:
        return None
    last = times[-1]
    several = _respectively(sentence, times, place)
    if several is not None:
        return Told(several.period, heads=True)
    first = not any(t.period == "own" for t in times[:-1]) and not any(
        sentence.start <= f.start < last.start and sentence.depth_at(f.start) >= depth
        for f in sentence.figures
        if not any(t.start <= f.start < t.end for t in times)
        and not any(t.period != "own" and t.end <= f.start for t in times[:-1])
    )
    between = sentence.text[last.end : place]
    if last.period != "own" and _over(sentence, last, place):
        return None
    if last.period == "own" or first:
        return Told(last.period, heads=True)
    return Told(last.period, heads=False) if _GOES_ON.fullmatch(between) else None


def _over(sentence: Sentence, time: _Time, place: int) -> bool:
    """Whether a time that was said of a thing, or in a point of a list, no longer holds."""
    text, between = sentence.text, sentence.text[time.end : place]
    before = text[sentence.start : time.start]
    of_thing = _HANDLES.search(before) or _OF_A_THING.match(text, time.end)
    if time.span and (of_thing or not _OPENS.search(before)):
        return ";" in between
    if of_thing:
        return not _GOES_ON.fullmatch(between)
    return _ITEM.search(before) is not None and _ITEM.search(between) is not None


def carried_from_before(sentence: Sentence, place: int, *, year: int | None) -> bool:
    """2023年结转的8件: the figure behind is what came over from an earlier year."""
    carried = _CARRIED.search(sentence.text, sentence.start, place)
    return carried is not None and year is not None and int(carried["year"]) < year


def year_told(sentence: Sentence, place: int, *, year: int | None) -> int | None:
    """The one year that the nearest word of time before a place names.

    ``SEVERAL`` for 近三年 and the like; None when none is named. Unlike ``told_period`` it reads
    the year of a comparison too (较2022年的60件).
    """
    before = [t for t in _times(sentence, year) if t.end <= place]
    in_order = _respectively(sentence, before, place) if before else None
    if in_order is not None:
        return in_order.named
    depth = sentence.depth_at(place)
    last = None
    for match in _TIME.finditer(sentence.text, sentence.start, place):
        if not match["title"] and sentence.depth_at(match.start()) <= depth:
            last = match
    return None if last is None else _year_named(last, year)


def base_year(sentence: Sentence, start: int, place: int, *, year: int | None) -> int | None:
    """The year with which a change at a place is compared; None when it is not told.

    Args:
        sentence: where the change stands.
        start: behind the change before it.
        place: the start of the change.
        year: of the report.
    """
    now = year or _UNKNOWN_YEAR
    near = [*_NEAR_CHANGE.finditer(sentence.text, start, place)]
    if near:
        return now - 1 if near[-1]["last"] else SEVERAL
    told = year_told(sentence, place, year=year)
    return None if told == now else told


def last_year(year: int | None) -> int:
    """The year before that of the report."""
    return (year or _UNKNOWN_YEAR) - 1


def scope_of(told: Told | None) -> Scope | None:
    """The scope that a year means; None for the year of the report."""
    return told.period if told is not None and told.period != "own" else None


@lru_cache(maxsize=4)  # a sentence is asked about once for each of its figures
def _times(sentence: Sentence, year: int | None) -> tuple[_Time, ...]:
    return tuple(_find_times(sentence, year))


def _find_times(sentence: Sentence, year: int | None) -> Iterator[_Time]:
    for match in _TIME.finditer(sentence.text, sentence.start, sentence.end):
        period = _period(match, year)
        if period is None:
            continue
        before = sentence.text[sentence.start : match.start()]
        compared = _NO_TIME_BEFORE.search(before) and not match["span"] and not match["end"]
        aside = not match["end"] and _NO_TIME_BEHIND.match(sentence.text, match.end(), sentence.end)
        if compared or aside:
            continue
        named = _year_named(match, year)
        yield _Time(match.start(), match.end(), period, named, bool(match["span"]))


def _period(match: re.Match[str], year: int | None) -> Period | None:
    named: tuple[tuple[str, Period | None], ...] = (
        ("title", None),
        ("own", "own"),
        ("next", "next_year"),
    )
    for group, period in named:
        if match[group]:
            return period
    stated = match["year"] or match["cut"] or match["since"] or match["began"]
    if stated is None or year is None:
        return None if stated else "prior_year"
    if int(stated) == year:
        return "own"
    return "prior_year" if int(stated) < year else "next_year"


def _year_named(match: re.Match[str], year: int | None) -> int:
    """The year of a word of time; ``SEVERAL`` when it is not a single one."""
    now = year or _UNKNOWN_YEAR
    stated = match["year"] or match["cut"]
    if stated:
        return int(stated)
    if match["prior"]:
        return now - 1 if _SINGLE_PRIOR.match(match["prior"]) else SEVERAL
    return now if match["own"] else now + 1 if match["next"] else SEVERAL


def _respectively(sentence: Sentence, times: list[_Time], place: int) -> _Time | None:
    """2022年、2023年分别收到8件和14件: the years belong to the figures in their order."""
    run = times[-1:]
    for time in reversed(times[:-1]):
        if not _JOINS.fullmatch(sentence.text[time.end : run[0].start]):
            break
        run.insert(0, time)
    counted = [f for f in sentence.figures if run[-1].end <= f.start < place]
    if len(run) < _LEAST_RUN or "分别" not in sentence.text[run[-1].end : place]:
        return None
    return run[len(counted)] if len(counted) < len(run) else None
