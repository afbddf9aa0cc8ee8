"""The population and the time that a figure speaks of."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from checker.assemble.fold import fold_text
from checker.assemble.passages import SectionText
from checker.claims.beside import around
from checker.claims.bodies import of_another_body, own_since
from checker.claims.figures import Figure
from checker.claims.periods import scope_of, told_period
from checker.claims.sentences import Sentence
from checker.claims.words import Word
from checker.domain.claim import Scope
from checker.rulebook.late import late_regex
from checker.rulebook.terms import load_terms


def topic_before(sentence: Sentence, place: int) -> str | None:
    """The topic spoken of last in a sentence before a place."""
    words = sentence.telling("topic", sentence.start, place)
    return words[-1].value("topic") if words else None


_SCOPES: Final[Mapping[str, Scope]] = {
    "whole_area": "whole_area",
    "office": "other_population",
    "filing": "other_population",
    "others": "other_population",
    "prior_year": "prior_year",
    "next_year": "next_year",
    "planned": "next_year",
    "intended": "next_year",
    "average": "unclear",
    "part_of_year": "unclear",
}
_CUT_OFF: Final = late_regex(
    r"(?:截[至止](?:到)?|(?:^|[,。;])至)(?:20\d\d年)?(\d{1,2}月(?:\d{1,2}日|底|末)?|目前|年底|年末|底)"
)
_COMPARISON_ENDS: Final = late_regex(
    "[^,;。]{0,20}相[比较]|[^,;。0-9]{0,20}(?:对比|比较|比(?=[,;]))"
)
_FROM: Final = late_regex(
    "(?:由|从)(?:(?:上一?年度?|去年|20[0-9]{2}年度?)(?:年?末|年?底|同期)?|年初|原来|原先)?(?:的)?$"
)
_TO: Final = late_regex("[,、]?[^,。;、()0-9]{1,6}(?:到|至|为|成)(?:本年度?的?|今年的?)?(?=[0-9])")
# 11月督查时，全县新收申请163件: what had come in by then
_AT_A_TIME: Final = late_regex(
    r"(?:^|[,;])[^,。;0-9]{0,12}(?:20\d\d年)?\d{1,2}月(?:份|底|初|中旬|[上下]旬|\d{1,2}[日号])?[^,。;0-9]{0,8}(?:之?时|期间|当[天日]),"
)
_LAST_YEARS: Final = late_regex(
    "(?:上一?年度?|去年|[比较与]20[0-9]{2}年度?)(?:同期|末)?[(][^(),;。0-9]{0,6}$"
)
_NAMED_YEAR: Final = late_regex("(?:(?P<year>20[0-9]{2})年度?|(?:上一?年度?|去年))[的之]?$")
_THIS_YEAR: Final = late_regex("(?:今年|本年度?|当年)[为有达是共]*$")
_PART_OF_YEAR: Final = late_regex(
    "(?:20[0-9]{2}年|今年|本年|全年)?(?:[上下]半年|第?[一二三四1-4]季度|[0-9]{1,2}月份?)(?:里|内|期间)?,"
)
_ALL_YEAR: Final = late_regex("[,;](?:[^,;。0-9]{0,4})(?:全年|年内|本年|截[至止]|年底|年末)")
_LONGEST_LAST_YEAR: Final = 16
# these hold for the rest of a sentence
_LASTING: Final = ("whole_area", "office", "next_year", "intended")


def covers_area(texts: Sequence[SectionText]) -> bool:
    """Whether the introduction says that the data are those of all bodies of the area."""
    words = load_terms()
    told = [fold_text(t.text) for t in texts if t.section.id == "introduction"]
    return any(
        re.search(words.area_report, t) and not re.search(words.area_left_out, t) for t in told
    )


def read_scope(sentence: Sentence, figure: Figure, *, year: int | None) -> Scope:
    """The population and the time a figure speaks of, by the nearest word before it."""
    segment = sentence.segment_at(figure.start)
    number = sentence.number_of(figure)
    before, _ = around(sentence, number, segment)
    said = sentence.text[sentence.start : figure.start]
    if not _is_year_end(said) or _AT_A_TIME.search(said.rpartition(";")[2]):
        return "unclear"
    near = sentence.words_between(before, figure.start)
    told = scope_of(told_period(sentence, figure.start, year=year))
    nearest = _nearest(near)
    # 上年58件、今年66件: the time of the first is not that of the second
    anew = _THIS_YEAR.search(sentence.text, before, figure.start) is not None
    told = None if anew and told == "prior_year" else told
    return (
        _was_before(sentence, figure)
        or _of_named_year(sentence, figure, year)
        or _compared(near)
        or _in_bracket(sentence, figure)
        or _in_comparison(sentence, figure)
        or (told if nearest == "whole_area" else None)  # 上年全市收到600件
        or nearest
        or (None if anew else _said_beside(sentence, before))
        or told
        or ("other_population" if of_another_body(sentence, figure.start) else None)
        or _lasting(sentence, figure.start)
        or in_part_of_year(sentence, figure.start)
        or "own"
    )


def scope_at(sentence: Sentence, place: int, *, year: int | None) -> Scope:
    """The population and the time of a statement in words, such as 均已办结."""
    start = max(sentence.text.rfind(c, sentence.start, place) + 1 for c in ",;:。")
    near = sentence.words_between(max(start, sentence.start), place)
    if not _is_year_end(sentence.text[sentence.start : place]):
        return "unclear"
    return (
        _goal(sentence, max(start, sentence.start), place)
        or _nearest(near)
        or scope_of(told_period(sentence, place, year=year))
        or ("other_population" if of_another_body(sentence, place) else None)
        or _lasting(sentence, place, (*_LASTING, "filing", "others"))
        or in_part_of_year(sentence, place)
        or "own"
    )


def of_other_time(sentence: Sentence, place: int, *, year: int | None) -> bool:
    """Whether the year that governs the whole sentence is not that of the report."""
    told = told_period(sentence, place, year=year)
    return told is not None and told.heads and told.period != "own"


def _was_before(sentence: Sentence, figure: Figure) -> Scope | None:
    """由5件降为3件: the first of the two is that of an earlier time."""
    start = max(sentence.start, figure.start - _LONGEST_LAST_YEAR)
    came = _FROM.search(sentence.text, start, figure.start)
    return "prior_year" if came and _TO.match(sentence.text, figure.behind) else None


def _of_named_year(sentence: Sentence, figure: Figure, year: int | None) -> Scope | None:
    """同2021年的58件比: the year that stands right before a figure is that of the figure."""
    start = max(sentence.start, figure.start - _LONGEST_LAST_YEAR)
    named = _NAMED_YEAR.search(sentence.text, start, figure.start)
    if named is None:
        return None
    return "prior_year" if not named["year"] or (year and int(named["year"]) < year) else None


def _compared(near: Sequence[Word]) -> Scope | None:
    """较上年的100条: the figure right behind is last year's."""
    last = [w for w in near[-3:] if w.text not in ("的", "(", "为")]
    return "prior_year" if last and last[-1].has("mark", "compared") else None


def _in_bracket(sentence: Sentence, figure: Figure) -> Scope | None:
    """比上年（793件）增加67件: the bracket belongs to the word before it."""
    start = max(sentence.start, figure.start - _LONGEST_LAST_YEAR)
    return "prior_year" if _LAST_YEARS.search(sentence.text, start, figure.start) else None


def _in_comparison(sentence: Sentence, figure: Figure) -> Scope | None:
    """与上年收到19件、办结17件相比: all figures between the two words are last year's."""
    start = max(sentence.text.rfind(c, sentence.start, figure.start) for c in ",;")
    if _COMPARISON_ENDS.match(sentence.text, figure.behind) is None:
        return None
    words = sentence.telling("mark", max(start, sentence.start), figure.start)
    return "prior_year" if any(w.has("mark", "compared") for w in words) else None


def _nearest(near: Sequence[Word]) -> Scope | None:
    said = (w.value("scope") for w in reversed(near))
    return next((_SCOPES[v] for v in said if v is not None and v in _SCOPES), None)


def _goal(sentence: Sentence, start: int, place: int) -> Scope | None:
    """以零诉讼为目标, 确保均按期办结: what is aimed at."""
    ends = [i for c in ",;。" if (i := sentence.text.find(c, place, sentence.end)) >= 0]
    words = sentence.telling("scope", start, min(ends, default=sentence.end))
    return "next_year" if any(w.has("scope", "goal") for w in words) else None


def _said_beside(sentence: Sentence, place: int) -> Scope | None:
    """上年度收到5件、办结4件: in an enumeration last year's figures are not told anew."""
    since = max(sentence.text.rfind(c, sentence.start, place) + 1 for c in ",;")
    words = sentence.telling("scope", max(since, sentence.start), place)
    joined = sentence.text[place - 1 : place] == "、" if place else False
    last = words[-1].value("scope") if words else None
    return "prior_year" if joined and last == "prior_year" else None


def _lasting(sentence: Sentence, place: int, values: Sequence[str] = _LASTING) -> Scope | None:
    """A scope named earlier in the same part of the sentence, the body itself not since."""
    since = max(sentence.text.rfind(";", sentence.start, place) + 1, sentence.start)
    for word in reversed(sentence.telling("scope", since, place)):
        value = word.value("scope")
        if value is not None and value in values:
            return None if own_since(sentence, word.end, place) else _SCOPES[value]
    return None


def in_part_of_year(sentence: Sentence, place: int) -> Scope | None:
    """上半年，本局收到33件，办结29件: all that is told behind is of that part of the year."""
    since = max(sentence.text.rfind(";", sentence.start, place) + 1, sentence.start)
    opened = _PART_OF_YEAR.match(sentence.text, since, place)
    again = opened and _ALL_YEAR.search(sentence.text, opened.end(), place)
    return "unclear" if opened and not again else None


def _is_year_end(text: str) -> bool:
    """No cut-off date is named, or the end of the year."""
    dates = _CUT_OFF.findall(text)
    return not dates or dates[-1] in ("12月31日", "12月底", "年底", "年末", "底")
