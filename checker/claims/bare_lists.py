"""Lists that nothing opens and that are complete all the same.

三个渠道发布1363条：网站704条，公众号391条，报刊268条 says how many parts there are; 食品436件，…，
其他145件 ends with the rest; 上半年703件，下半年581件 is the whole year.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from checker.assemble.numerals import parse_chinese_numeral
from checker.claims.beside import printed_before
from checker.claims.figures import Figure
from checker.claims.lists import OTHERS, Parts, makes, same_unit, whole_year
from checker.claims.ratios import RATIO_UNITS
from checker.claims.sentences import Sentence
from checker.claims.subjects import APPEALS, Subject
from checker.rulebook.late import late_regex

_LEAST_PARTS: Final = 2
_LEAST_CHANNELS: Final = 3
_INCOMING: Final = frozenset(("received", "new_received"))
_PLAUSIBLE: Final = 4  # a slip is small beside its total; what differs by more is no division
_KINDS: Final = late_regex(
    "(?P<count>[两二三四五六七八九]|[2-9])(?:个|大|类|种|级|项|条)*"
    "(?:渠道|平台|途径|方式|类别|类型|领域|方面|层级|主体|来源|部分|类|级)[^,。;0-9]{0,12}$"
)
# 发布信息342条, not 工作动态118条, which is a part like those behind it
_TOTAL: Final = late_regex(
    "(?:(?<!公)共(?!享)|合计|总计?|累计|作出|发布|公开|制作|办理|受理|推送|上传|推出|收到|开展|组织|更新|决定|资金|补贴|制发|公文)[^,。;0-9]{0,14}$"
)
_CLAUSE: Final = late_regex("[^,。;]*$")
_WAYS: Final = ("主动公开", "依申请公开", "不予公开")
_OPENS: Final = late_regex("[,:]|[^,。;:0-9]{0,4}:")
_JOINED: Final = late_regex("[,、;]|[和与及]")
_IN_ALL: Final = late_regex(
    "[,;](?:以上|上述)?(?:[两二三四五][项类种者])?(?:全年|合计|共计|总计|一共|总共|共)[^,。;0-9]{0,14}$"
)
_ASIDE: Final = late_regex(r"\([^()]*\)|,?占比?[0-9.]+%")
_ALSO: Final = late_regex("另|还|此外|同时|其中")


def bare_lists(
    sentence: Sentence, subjects: Sequence[Subject], apart: frozenset[int]
) -> Iterator[Parts]:
    """Totals with the parts that follow them and plainly leave nothing out.

    Args:
        sentence: where to look.
        subjects: what its figures count; those of tables 三 and 四 are held against their cells.
        apart: figures that are no totals or parts: changes, and those of other years.
    """
    for total, figure in enumerate(sentence.figures):
        if total in apart or figure.unit in RATIO_UNITS or figure.unit is None:
            continue
        if not _TOTAL.search(printed_before(sentence, total)):
            continue
        parts = _following(sentence, total, apart)
        if len(parts) < _LEAST_PARTS or _in_tables(sentence, subjects, parts):
            continue
        ends = range(len(parts), _LEAST_PARTS - 1, -1)
        # 上半年173条，下半年223条，下半年多出50条: what makes up the total is the list
        exact = [e for e in ends if makes(parts[:e], total, sentence.figures)]
        for end in exact or ends:
            if _complete(sentence, total, parts[:end]) and _plausible(sentence, total, parts[:end]):
                yield Parts(total=total, parts=parts[:end], openness="closed")
                break


def channel_lists(sentence: Sentence, subjects: Sequence[Subject]) -> Iterator[Parts]:
    """27件，其中自然人22件；当面5件，信函10件，网上12件: all ways to apply are all of them."""
    run: list[int] = []
    for number, subject in enumerate(subjects):
        if subject.channel and sentence.figures[number].unit not in RATIO_UNITS:
            run.append(number)
        elif run and sentence.figures[number].unit not in RATIO_UNITS:
            break
    heads = [
        i
        for i in range(run[0] if run else 0)
        if subjects[i].topic == "requests"
        and set(subjects[i].stages) & _INCOMING
        and not subjects[i].applicant
        and same_unit(sentence.figures[i], sentence.figures[run[0]])
    ]
    if not run or _goes_on(sentence, run[-1]):
        return  # …，当面63件，其他方式47件
    if len(run) >= _LEAST_CHANNELS and len(heads) == 1:
        yield Parts(total=heads[0], parts=tuple(run), openness="closed")


def lists_before(sentence: Sentence, subjects: Sequence[Subject]) -> Iterator[Parts]:
    """网络37件、信函9件，共收到46件; 一季度9件……四季度22件，全年58件: the total is behind."""
    figures = sentence.figures
    for total, figure in enumerate(figures):
        if not _IN_ALL.search(sentence.text, sentence.start, figure.start):
            continue
        first = total
        while first and same_unit(figures[first - 1], figure) and _listed(sentence, first, total):
            first -= 1
        parts = tuple(range(first, total))
        if len(parts) < _LEAST_PARTS or not _plausible(sentence, total, parts):
            continue
        by_channel = all(subjects[i].channel for i in parts)
        of_requests = subjects[total].topic == "requests" and not subjects[total].applicant
        if whole_year(sentence, parts) or (by_channel and of_requests):
            yield Parts(total=total, parts=parts, openness="closed")


def _listed(sentence: Sentence, number: int, total: int) -> bool:
    """Whether a figure is followed at once by the next of its list, or by the total."""
    one, other = sentence.figures[number - 1], sentence.figures[number]
    between = sentence.text[one.behind : other.start]
    return number == total or not re.search("[。;:]|其中|另|等", between)


def _goes_on(sentence: Sentence, number: int) -> bool:
    """Whether an enumeration has more figures of the same unit before its semicolon."""
    figures = sentence.figures
    last = figures[number]
    following = next((f for f in figures[number + 1 :] if same_unit(f, last)), None)
    return following is not None and ";" not in sentence.text[last.behind : following.start]


def _following(sentence: Sentence, total: int, apart: frozenset[int]) -> tuple[int, ...]:
    """Figures of the same unit behind a total, with nothing of another kind between."""
    figures = sentence.figures
    depth = sentence.depth_at(figures[total].start)
    found: list[int] = []
    last = figures[total]
    for number in range(total + 1, len(figures)):
        figure = figures[number]
        at = sentence.depth_at(figure.start)
        changed = sentence.telling("mark", last.behind, figure.start)
        if (
            figure.unit in RATIO_UNITS
            or at > depth
            or any(w.has("mark", "growth") for w in changed)
        ):
            continue  # 市容131件（占61.8%），违法建设57件
        between = sentence.text[last.behind : figure.start]
        opened = (_JOINED if found else _OPENS).match(_bare(between))
        if at < depth or number in apart or not same_unit(figure, figures[total]):
            break
        if opened is None or _ALSO.search(between):
            break
        found.append(number)
        last = figure
    return tuple(found)


def _bare(text: str) -> str:
    """Text without its brackets."""
    return _ASIDE.sub("", text) if "(" in text or "占" in text else text


def _in_tables(sentence: Sentence, subjects: Sequence[Subject], parts: Sequence[int]) -> bool:
    return not _by_way(sentence, parts) and any(
        subjects[i].topic in ("requests", *APPEALS) for i in parts
    )


def _complete(sentence: Sentence, total: int, parts: Sequence[int]) -> bool:
    figures = sentence.figures
    if OTHERS.search(printed_before(sentence, parts[-1])) or whole_year(sentence, parts):
        return True
    if _by_way(sentence, parts):
        return True
    clause = _CLAUSE.search(sentence.text, sentence.start, figures[total].start)
    named = clause and _KINDS.search(clause[0])
    count = parse_chinese_numeral(named["count"].replace("两", "二")) if named else None
    return count == len(parts)


def _by_way(sentence: Sentence, parts: Sequence[int]) -> bool:
    """公文276份，主动公开33份，依申请公开120份，不予公开123份: all ways to mark a document."""
    said = "".join(printed_before(sentence, i) for i in parts)
    return all(way in said for way in _WAYS)


def _plausible(sentence: Sentence, total: int, parts: Sequence[int]) -> bool:
    figures = sentence.figures
    whole = _value(figures[total])
    values = [_value(figures[i]) for i in parts]
    return max(values) < whole and abs(whole - sum(values)) <= whole / _PLAUSIBLE


def _value(figure: Figure) -> Decimal:
    return figure.value or Decimal(0)
