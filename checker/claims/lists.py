"""Totals with their parts: which figures a list adds up, and whether it means to be complete.

An open list (其中…, …等) proves nothing when its parts are less than the total.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from checker.claims.beside import around, printed_before
from checker.claims.figures import Figure
from checker.claims.ratios import RATIO_UNITS
from checker.claims.sentences import Sentence
from checker.claims.several import completes, in_one_breath
from checker.claims.subjects import RESULTS, Subject
from checker.rulebook.late import late_regex

Openness = Literal["closed", "among", "near", "open"]
_COMPLETE: Final = frozenset(
    ("具体为", "具体包括", "具体是", "分别为", "分别是", "分别", "分为", "包括")
)
_INCLUDED: Final = "含"
_INCOMING: Final = frozenset(("received", "new_received"))
_CARRIED: Final = frozenset(("carried_over_in", "carried_over_out", "carried"))
_HANDLED: Final = frozenset(
    ("closed", "answered", "handled", "carried", "carried_over_out", "postponed")
)
_DIVIDES: Final = ("其中", "分别", "分别是", "分别为", "包括", "包含", "含", "主要包括")
_DIVIDED: Final = late_regex(
    r"的?(?:来源|构成|组成|分布)(?:是|为)?[,:]|[^,。;:0-9]{0,8}(?:中|里|当中|之中)[,:](?![^,。;]*其中)"
    r"|(?P<namely>,即)"
    r"|(?:[^,。;:0-9]{0,6},[^,。;:0-9]{0,12})?(?P<as>[^,。;:0-9]{0,4}(?:为|是|如下|构成|包括)):"
    r"|(?P<bare>:)"
    r"|[,:]?(?P<kind>按[^,。;0-9]{2,10}(?:划?分|统计)?|从[^,。;0-9]{2,8}看)[,:]"
)
_GOES_ON: Final = late_regex(
    "(?:(?P<among>其中)|(?:具体|分别)(?:为|是|包括)|(?:具体)?构成(?:为|是|如下)?|[^,。;:0-9]{0,4}按[^,。;0-9]{1,10}(?:划?分|统计)|从[^,。;0-9]{2,8}看"
    "|[^,。;:0-9]{0,8}(?:途径|渠道|载体|方式|内容|类别|层级|领域|对象|形式|来源)(?:上|方面|来看|统计|划分|区分|分布)?(?=[,:]))[,:]?"
)
_NUMBERED: Final = late_regex(
    r"\(2\).*;合计$|(?:^|[,;])[三四五六七][类项种家](?:案件|申请|文件|信息)?(?:合计|共计|总计|共)$"
)
_LISTED: Final = late_regex(
    r"(?:的?(?:来源|构成|组成|分布)[,:]|(?:其中|包括|如下|分别为):)[^,。;:]*$"
)
_IN_ALL: Final = late_regex(
    r"[,;](?:以上|上述)?(?:[两二三四五六七][项类者种家])?(?:合计|共计|总计|总数|共|合计共)(?:[^,。;0-9]{0,6}(?:发布|公开|收到|新收))?$"
)
OTHERS: Final = late_regex("其[他它](?:各?类|方面|信息|事项|内容|类型|项目|部门|单位)*$")
_SEASONS: Final = (("上半年", "下半年"), ("一季度", "二季度", "三季度", "四季度"))
_LEAST_CHANNELS: Final = 3  # 网络, 信函 and 当面 are all ways to apply; two of them may not be
_ONE_BY_ONE: Final = late_regex("分别[^,。;0-9]{0,8}$")
_PLAUSIBLE: Final = 4  # a slip is small beside its total; what differs by more is no division
_MADE_UP: Final = late_regex("组成|构成")
_PEOPLE: Final = frozenset(("人", "人次", "名"))
# 网络提交171件，信函和当面提交分别为46件、7件: what is told in order is no part of the 171
_OF_OTHERS: Final = late_regex("[,;][^,。;:]*[^,。;:]{2}(?:[和与及]|、)[^,。;:]{2,}$")
_NAME: Final = late_regex("[,、;:和与及]|的|有$")
_NAMED_TOGETHER: Final = late_regex("[和与及、]")
_SUMMED: Final = late_regex(
    "[,;、]?(?:这|以上|上述|前述)?(?:[两二三四五六][项类种者])?(?:合计|共计|总计|合起来|加起来|合在一起|一共|共)"
    "[^,。;0-9]{0,4}"
)
_BASE: Final = late_regex("[^,。;、()0-9]{0,6}的")  # 占申请总数120件的
_RATIO: Final = late_regex("[0-9]比$")
_ET_CETERA_REACH: Final = 6
_NEW_PART: Final = 5
_MORE_REACH: Final = 20
_MARK: Final = late_regex("[,。;:、()]")
_MORE: Final = late_regex("[,、;](?:其余|其他|其它|剩余|余下|另有)[^,。;0-9]{0,4}(?:为|是|均|属)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A total and its parts, as indices into the figures of one sentence.

    Attributes:
        openness: ``closed`` a complete list, ``among`` 其中 without 等, ``near`` one that a
            slip may keep from its total, ``open`` with 等.
        by_noun: the total is the one of several whose noun its part names.
    """

    total: int
    parts: tuple[int, ...]
    openness: Openness
    by_noun: bool = False


def find_lists(
    sentence: Sentence, subjects: Sequence[Subject], *, apart: frozenset[int] = frozenset()
) -> Iterator[Parts]:
    """Every total with its parts in a sentence.

    Args:
        sentence: where to look.
        subjects: what its figures count.
        apart: figures that are no totals: last year's, and changes.
    """
    figures = sentence.figures
    for word in sentence.telling("mark", sentence.start, sentence.end):
        if word.value("mark") not in ("parts", "open") or not word.has("mark", "parts"):
            continue
        if word.start and sentence.text[word.start - 1] in "不未":
            continue  # 7个站所，不含11个行政村
        total = _total_before(sentence, word.start, apart, subjects)
        if total is None or _of_ratios(sentence, word.end):
            continue
        parts = _whole_list(sentence, word.end, total)
        if len(parts) < 2 and word.text not in ("其中", "含"):
            continue
        made_up = _MADE_UP.search(sentence.text, word.end, sentence.end)
        if word.text == "由" and parts and (parts[0] in apart or not made_up):
            continue  # 由上年末的27件变为28件; 51件由自然人提出，3件由企业提出
        if word.text.startswith("分别") and _in_order(sentence, total, parts):
            continue
        between = sentence.words_between(figures[total].behind, word.start)
        told = any(w.value("outcome") or w.value("stage") for w in between)
        if word.text.startswith("分别") and told and not makes(parts, total, figures):
            continue  # 复议后起诉668件，尚未审结者分别为58件、97件
        if _OF_OTHERS.search(sentence.text[figures[total].behind : word.start]) and not makes(
            parts, total, figures
        ):
            continue
        if parts:
            openness = _openness(sentence, word.text, parts, subjects, total)
            openness = "open" if _goes_on(sentence, total, parts, subjects) else openness
            yield Parts(total=total, parts=parts, openness=openness)
    yield from _bracketed(sentence, subjects)
    yield from _added_up(sentence)
    yield from _divided(sentence, subjects)
    yield from _with_rest(sentence, subjects)


def continued(
    sentence: Sentence, start: int, total: int, subjects: Sequence[Subject]
) -> Parts | None:
    """The parts that a sentence tells of a figure of the one before: 收到40件。其中自然人35件….

    Args:
        sentence: both sentences as one.
        start: where the second begins.
        total: index of the figure that may be divided.
        subjects: what the figures of both count.
    """
    opened = _GOES_ON.match(sentence.text, start)
    told = [s for f, s in zip(sentence.figures, subjects, strict=True) if f.start >= start]
    rest = completes(sentence, len(sentence.figures) - 1)
    if opened is None and sum(s.channel for s in told) < _LEAST_CHANNELS and not rest:
        return None
    parts = _whole_list(sentence, opened.end() if opened else start, total)
    by_channel = len(parts) >= _LEAST_CHANNELS and all(subjects[i].channel for i in parts)
    by_rest = rest and len(parts) == len(told) > 1
    if not parts or not (opened or by_channel or by_rest) or _handled_too(sentence, parts):
        return None
    word = "其中" if opened and opened["among"] else "包括"
    openness = _openness(sentence, word, parts, subjects, total)
    return Parts(total=total, parts=parts, openness=openness)


def by_noun(sentence: Sentence, found: Parts, nouns: Sequence[str]) -> tuple[Parts, ...]:
    """建议33件、提案41件，其中32件建议、38件提案: each part is one of the total that it names.

    Args:
        sentence: where the list stands.
        found: the list as its place tells it.
        nouns: what the figures of the sentence count.
    """
    figures = sentence.figures
    start = sentence.text.rfind(";", sentence.start, figures[found.total].start) + 1
    totals = [
        i
        for i in range(found.total + 1)
        if nouns[i] and figures[i].start >= start and same_unit(figures[i], figures[found.total])
    ]
    named = [
        next((t for t in reversed(totals) if _same_noun(nouns[t], nouns[p])), None)
        for p in found.parts
    ]
    if found.total > found.parts[0] or None in named or set(named) <= {found.total}:
        return (found,)
    return tuple(
        Parts(total=t, parts=(p,), openness="among", by_noun=True)
        for t, p in zip(named, found.parts, strict=True)
        if t is not None
    )


def _same_noun(one: str, other: str) -> bool:
    """政协提案 and 提案."""
    return bool(one and other) and (one.endswith(other) or other.endswith(one))


def _handled_too(sentence: Sentence, parts: Sequence[int]) -> bool:
    """咨询类412件，投诉类298件，办结860件: what became of all of them is no part beside kinds."""
    figures = sentence.figures
    starts = (around(sentence, i, sentence.segment_at(figures[i].start))[0] for i in parts)
    before = zip(starts, (figures[i].start for i in parts), strict=True)
    handled = [
        any(w.value("stage") in _HANDLED for w in sentence.telling("stage", *span))
        for span in before
    ]
    return any(handled) and not all(handled)


def _with_rest(sentence: Sentence, subjects: Sequence[Subject]) -> Iterator[Parts]:
    """申请12件，自然人10件，其余2件…: a list that nothing opens and that the rest completes."""
    figures = sentence.figures
    for number, figure in enumerate(figures):
        if number < 2 or not completes(sentence, number):
            continue
        start = max(sentence.text.rfind(";", sentence.start, figure.start), sentence.start)
        same = [
            i
            for i in range(number)
            if figures[i].start >= start
            and same_unit(figures[i], figure)
            and sentence.depth_at(figures[i].start) == sentence.depth_at(figure.start)
        ]
        opened = any(w.has("mark", "parts") for w in sentence.words_between(start, figure.start))
        kinds = [_kind_of_part(subjects[i]) for i in same]
        # 支持我局16件，纠正1件，其余3件撤诉: the first is a part whose words are not known
        whole = bool(kinds) and kinds[0] == "" and subjects[same[0]].own_topic
        told = whole and len(set(kinds[1:])) == 1 and kinds[1] != ""
        if not opened and (told or _apart_from_tables(sentence, same, number, subjects)):
            rest = in_one_breath(sentence, number)
            yield Parts(total=same[0], parts=(*same[1:], *rest), openness="closed")


def _apart_from_tables(
    sentence: Sentence, same: Sequence[int], rest: int, subjects: Sequence[Subject]
) -> bool:
    """发现问题29个，已整改27个，余下2个: things that no table counts, and what is left of them."""
    figures = sentence.figures
    known = any(subjects[i].topic not in (None, "other", "published") for i in (*same, rest))
    if known or len(same) < len(("total", "part")) or same[-1] - same[0] != len(same) - 1:
        return False
    total = figures[same[0]].value or Decimal(0)
    parts = [figures[i].value or Decimal(0) for i in (*same[1:], rest)]
    before = sentence.text[sentence.start : figures[same[0]].start]
    between = sentence.text[figures[same[0]].behind : figures[rest].start]
    # 征地类9件、宅基地类6件，其余5件: the first is one of the parts
    heads = (
        not before.endswith("类") and not between.startswith(("、", "和")) and ";" not in between
    )
    return heads and abs(total - sum(parts)) <= total / _PLAUSIBLE


def _kind_of_part(subject: Subject) -> str:
    """By what a part is told from others of its list; empty when it may overlap with them."""
    kinds = (
        ("applicant", subject.applicant),
        ("outcome", subject.outcome),
        ("channel", subject.channel),
        ("result", RESULTS & {s.partition(".")[0] for s in subject.stages}),
    )
    return next((name for name, told in kinds if told), "")


def _in_order(sentence: Sentence, total: int, parts: Sequence[int]) -> bool:
    """复议20件、诉讼16件，分别维持12件、9件: told in the order of the figures before."""
    figures = sentence.figures
    first = total
    while (
        first
        and same_unit(figures[first - 1], figures[total])
        and ";" not in (sentence.text[figures[first - 1].behind : figures[first].start])
    ):
        first -= 1
    return total - first + 1 == len(parts)


def _of_ratios(sentence: Sentence, place: int) -> bool:
    """同比分别增长8.5%、下降12.5%: what follows are changes or shares, not parts."""
    first = next((f for f in sentence.figures if f.start >= place), None)
    return first is not None and (
        first.unit in RATIO_UNITS or ";" in sentence.text[place : first.start]
    )


def _divided(sentence: Sentence, subjects: Sequence[Subject]) -> Iterator[Parts]:
    """``70件申请中，网络45件…`` and ``8640条，按主体划分，…``: lists that no 其中 opens."""
    for number, figure in enumerate(sentence.figures):
        opened = _DIVIDED.match(sentence.text, figure.behind)
        between = sentence.text.rfind(";", sentence.start, figure.start)
        divided = between >= 0 and opened is not None and opened["kind"]
        if opened is None or divided or figure.unit in RATIO_UNITS:
            continue  # behind a semicolon another division of the same total begins
        parts = _whole_list(sentence, opened.end(), number)
        if len(parts) > 1:
            by_kind = "包括" if opened["kind"] or opened["as"] or opened["namely"] else "其中"
            openness = _openness(sentence, by_kind, parts, subjects, number)
            if opened["bare"] and openness == "among":
                openness = "open"  # 140条：政策文件40条、解读60条: nothing says that it is all
            if _goes_on(sentence, number, parts, subjects):
                openness = "open"
            yield Parts(total=number, parts=parts, openness=openness)


def _goes_on(
    sentence: Sentence, total: int, parts: Sequence[int], subjects: Sequence[Subject]
) -> bool:
    """17件，部分公开5件；不予公开5件，…: the results up to a semicolon are not all of them."""
    figures = sentence.figures
    added = sum((figures[i].value or Decimal(0) for i in parts), Decimal(0))
    last = figures[parts[-1]].behind
    behind = [
        i
        for i in range(parts[-1] + 1, len(figures))
        if same_unit(figures[i], figures[total]) and ";" in sentence.text[last : figures[i].start]
    ]
    if not behind or added >= (figures[total].value or 0):
        return False
    return all(_is_result(subjects[i]) for i in (*parts, behind[0]))


def _is_result(subject: Subject) -> bool:
    return bool(RESULTS & {s.partition(".")[0] for s in subject.stages})


def _added_up(sentence: Sentence) -> Iterator[Parts]:
    """``新收52件，上年结转4件，合计56件``: a total behind its parts."""
    figures = sentence.figures
    for number, figure in enumerate(figures):
        if number < 2 or not _IN_ALL.search(sentence.text[sentence.start : figure.start]):
            continue
        start = max(sentence.text.rfind(";", sentence.start, figure.start), sentence.start)
        same = tuple(i for i in range(number) if same_unit(figures[i], figure))
        near = tuple(i for i in same if figures[i].start > start)
        exact = next((p for p in (*_tails(near), *_tails(same)) if makes(p, number, figures)), ())
        several = _NUMBERED.search(sentence.text[sentence.start : figure.start])
        parts = exact or (same if several else near)
        if exact or len(parts) == 2 or (several and len(parts) > 2) or _each_told(sentence, near):
            yield Parts(total=number, parts=parts, openness="closed")


def _each_told(sentence: Sentence, parts: tuple[int, ...]) -> bool:
    """分别培训120人、96人、108人，共324人次: nothing is left out."""
    figures = sentence.figures
    if not parts or not _ONE_BY_ONE.search(sentence.text[: figures[parts[0]].start]):
        return False
    between = [
        sentence.text[figures[i].behind : figures[i + 1].start] for i in range(parts[0], parts[-1])
    ]
    return len(between) == len(parts) - 1 and all(b in ("、", ",", "和") for b in between)


def _tails(parts: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """The last figures before a total, from all of them down to two."""
    return (parts[i:] for i in range(len(parts) - 1))


def makes(parts: Sequence[int], total: int, figures: Sequence[Figure]) -> bool:
    """Whether some figures of a sentence add up to another."""
    return sum((figures[i].value or Decimal(0) for i in parts), Decimal(0)) == figures[total].value


def _bracketed(sentence: Sentence, subjects: Sequence[Subject]) -> Iterator[Parts]:
    """``12件（予以公开8件、部分公开4件）``: figures in a bracket right behind a total."""
    figures = sentence.figures
    for number, figure in enumerate(figures):
        if sentence.text[figure.behind : figure.behind + 1] not in ("(", "["):
            continue
        direct = tuple(_directly_inside(sentence, number))
        inside = tuple(i for i, f in direct if _counts_as(sentence, f, figure))
        apart = [f for i, f in direct if i not in inside]
        mixed = any(f.unit not in RATIO_UNITS for f in apart)
        last = max((f.behind for _, f in direct), default=figure.behind)
        words = sentence.words_between(figure.behind, last)
        if len(inside) > 1 and not any(w.has("mark", "parts") for w in words):
            told = RESULTS & {s.partition(".")[0] for i in inside for s in subjects[i].stages}
            # 收到10件（予以公开1件、部分公开1件）: results need not all be told
            openness = _openness(sentence, "其中" if told else "包括", inside, subjects, number)
            # 162篇（图文98篇、视频21个）: parts in other words are not added up
            yield Parts(total=number, parts=inside, openness="open" if mixed else openness)


def _directly_inside(sentence: Sentence, number: int) -> Iterator[tuple[int, Figure]]:
    """The figures of the bracket behind a figure, those of brackets within it left out."""
    depth = sentence.depth_at(sentence.figures[number].start) + 1
    for index, figure in enumerate(sentence.figures[number + 1 :], start=number + 1):
        at = sentence.depth_at(figure.start)
        if at < depth:
            return
        if at == depth:
            yield index, figure


def _total_before(
    sentence: Sentence, place: int, apart: frozenset[int], subjects: Sequence[Subject]
) -> int | None:
    """The figure that a list divides: the last one that is of this year and not in a bracket."""
    figures = sentence.figures
    depth = sentence.depth_at(place)
    before = [i for i, f in enumerate(figures) if f.behind <= place]
    counted = [
        i
        for i in before
        if figures[i].unit not in RATIO_UNITS
        and i not in apart
        and sentence.depth_at(figures[i].start) <= depth
    ]
    since = sentence.text.rfind(";", sentence.start, place) + 1
    if counted and figures[counted[-1]].start < since < place - _NEW_PART:
        return None  # 音频15条；同一内容多渠道推送，其中…: not a division of the 15
    part = next((i for i, f in enumerate(figures) if f.start >= place), None)
    if part is not None and set(subjects[part].stages) & _INCOMING:
        while len(counted) > 1 and set(subjects[counted[-1]].stages) & _CARRIED:
            counted.pop()  # 新收36件，上年结转1件，其中本级收到14件
    head = _split_before(figures, counted) if since == place else None
    return head if head is not None else counted[-1] if counted else None


def _split_before(figures: Sequence[Figure], counted: Sequence[int]) -> int | None:
    """诉讼5件：直接起诉2件，复议后起诉3件；其中…: the figure that those before a list make up."""
    for at in range(len(counted) - 3, -1, -1):
        parts = tuple(counted[at + 1 :])
        same = all(same_unit(figures[i], figures[counted[at]]) for i in parts)
        if same and makes(parts, counted[at], figures):
            return counted[at]
    return None


def _whole_list(sentence: Sentence, place: int, total: int) -> tuple[int, ...]:
    """The parts of a list; 另有 ends it, unless what it adds just makes up the total."""
    parts = _nearest_sum(sentence, _parts_after(sentence, place, total), total)
    longer = _nearest_sum(sentence, _parts_after(sentence, place, total, besides=True), total)
    figures = sentence.figures
    added = sum((figures[i].value or Decimal(0) for i in longer), Decimal(0))
    return longer if parts and added == figures[total].value else parts


def _parts_after(
    sentence: Sentence, place: int, total: int, *, besides: bool = False
) -> tuple[int, ...]:
    """The figures that a list names, down to where something else begins.

    Args:
        sentence: where the list stands.
        place: behind the word that opens it.
        total: index of the figure that it divides.
        besides: 另有 goes on with the list.
    """
    figures = sentence.figures
    depth = sentence.depth_at(place)
    found: list[int] = []
    for number, figure in enumerate(figures):
        if figure.start < place:
            continue
        at = sentence.depth_at(figure.start)
        if at < depth:
            break
        last = max(place, figures[number - 1].behind) if number else place
        between = sentence.words_between(last, figure.start)
        apart = not besides and any(w.value("mark") == "besides" for w in between)
        if apart or "。" in sentence.text[last : figure.start]:
            break
        if found and any(w.text in _DIVIDES for w in between) and at == depth:
            break
        if found and _SUMMED.fullmatch(sentence.text, last, figure.start):
            if len(found) > 1 and figure.value == sum(figures[i].value or 0 for i in found):
                continue  # 给了的66件，给了一部分的19件，合在一起85件；不予公开17件……
            break  # 65件、14件，两项合计79件
        if at > depth:
            continue
        if _tells_whose(sentence, number):
            continue
        if not _counts_as(sentence, figure, figures[total]):
            if figure.unit in RATIO_UNITS or qualifies_next(sentence, number):
                continue
            break
        marks = {w.value("mark") for w in between}
        if "growth" in marks or ("share" in marks and _BASE.match(sentence.text, figure.behind)):
            continue  # but 占道经营151件 is a part
        found.append(number)
    return tuple(found)


def qualifies_next(sentence: Sentence, number: int) -> bool:
    """21个行政村252期: a figure that tells whose the next one is."""
    figures = sentence.figures
    if number + 1 >= len(figures):
        return False
    between = sentence.text[figures[number].behind : figures[number + 1].start]
    return _MARK.search(between) is None


def _tells_whose(sentence: Sentence, number: int) -> bool:
    """针对3件规范性文件的3件: of what the next figure is."""
    figure = sentence.figures[number]
    if not qualifies_next(sentence, number):
        return False
    following = sentence.figures[number + 1]
    between = sentence.text[figure.behind : following.start]
    return len(between) > 1 and between.endswith("的") and same_unit(figure, following)


def _nearest_sum(sentence: Sentence, parts: tuple[int, ...], total: int) -> tuple[int, ...]:
    """Where a list ends: where its parts make up the total, else at a semicolon."""
    figures = sentence.figures
    added = Decimal(0)
    for count, index in enumerate(parts, start=1):
        added += figures[index].value or Decimal(0)
        ends = (figures[i].behind for i in parts[:count])
        goes_on = all(sentence.text[e : e + 1] == "、" for e in ends)
        if count > 1 and added == figures[total].value and not goes_on:
            return parts[:count]
    if not parts:
        return parts
    if _LISTED.search(sentence.text[sentence.start : figures[parts[0]].start]):
        return parts  # 其中：甲120条；乙66条；丙9条
    stop = sentence.text.find(";", figures[parts[0]].start, figures[parts[-1]].start)
    return tuple(i for i in parts if stop < 0 or figures[i].start < stop)


def same_unit(one: Figure, other: Figure) -> bool:
    """Whether two figures are counted by one word; people are counted by several."""
    return one.unit == other.unit or {one.unit, other.unit} <= _PEOPLE


def _counts_as(sentence: Sentence, part: Figure, total: Figure) -> bool:
    """10件（上年结转1、本年新收9）: the counting word of a part may be left out.

    粉丝突破210万 behind 微信22个、微博15个 is no part.
    """
    ratio = _RATIO.search(sentence.text, sentence.start, part.start)  # 大致为4.7比1
    bare = (
        part.unit is None
        and not ratio
        and _MARK.match(sentence.text[part.behind : part.behind + 1] or "。")
    )
    small = part.approximation == "exact" and (part.value or 0) <= (total.value or 0)
    return bool(bare and small) or same_unit(part, total)


def _openness(
    sentence: Sentence, word: str, parts: Sequence[int], subjects: Sequence[Subject], total: int
) -> Openness:
    figures = sentence.figures
    last = figures[parts[-1]].behind
    behind = sentence.text[last : last + _ET_CETERA_REACH]
    if _MORE.search(sentence.text, last, min(last + _MORE_REACH, sentence.end)):
        return "open"  # 其余为人事、财务等信息
    within = sentence.words_between(figures[total].behind, last)
    if behind.startswith(("等", ",等", ")等")) or any(w.has("mark", "open") for w in within):
        return "open"
    if word == _INCLUDED:
        return "open"  # 网站820条（含图解12条、视频8条）
    others = OTHERS.search(printed_before(sentence, parts[-1])) and not subjects[parts[-1]].stages
    if (
        completes(sentence, parts[-1])
        or whole_year(sentence, parts)
        or (others and len(parts) > 2)
        or word in _COMPLETE
        or _is_partition([subjects[i] for i in parts])
        or _names_all(sentence, total, parts)
    ):
        return "closed"
    return "among"


def _names_all(sentence: Sentence, total: int, parts: Sequence[int]) -> bool:
    """建议和提案37件，其中建议21件、提案16件; 样品1320批次，其中合格1297批次，不合格23批次."""
    said = [_NAME.sub("", printed_before(sentence, i)).removeprefix("其中") for i in parts]
    if len(parts) != len(("one", "other")) or not all(said):
        return False
    before = printed_before(sentence, total)
    joined = all(name in before for name in said) and _NAMED_TOGETHER.search(before) is not None
    return joined or said[1] == f"不{said[0]}"


def whole_year(sentence: Sentence, parts: Sequence[int]) -> bool:
    """上半年703件，下半年581件: nothing of the year is left out."""
    said = [printed_before(sentence, i) for i in parts]
    return any(
        len(said) == len(names) and all(n in s for n, s in zip(names, said, strict=True))
        for names in _SEASONS
    )


def _is_partition(parts: Sequence[Subject]) -> bool:
    """Parts that always make up the whole: who applied, by what way, old and new, results."""
    applicants = {p.applicant for p in parts}
    if applicants >= {"natural_person", "organizations"}:
        return True
    if len(parts) > 1 and all(p.channel for p in parts):
        return True
    stages = {p.stages[0] for p in parts if p.stages}
    if stages >= {"new_received", "carried_over_in"}:
        return True
    return len({s.partition(".")[0] for s in stages} & RESULTS) >= 5
