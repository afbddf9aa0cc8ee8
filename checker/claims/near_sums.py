"""Lists that no word calls complete and that miss their total by one slip of the pen.

全年发文95件，主动公开31件，依申请公开38件，不予公开36件 makes 105: one digit put right gives 95. A
list of some things only misses its total by more, or by what no slip explains.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate
from typing import Final

from checker.assemble.numerals import parse_chinese_numeral
from checker.claims.figures import Figure
from checker.claims.lists import Parts, qualifies_next, same_unit
from checker.claims.portions import CHANGED
from checker.claims.ratios import RATIO_UNITS
from checker.claims.sentences import Sentence
from checker.domain.claim import ClaimCheck
from checker.rulebook.late import late_regex

_LEAST_PARTS: Final = 2
_LEAST_TOTAL: Final = 5
_PLAUSIBLE: Final = 7  # a slip is small beside its total
_ASIDE: Final = late_regex(r"\([^()]*\)|\[[^\[\]]*\]|,?占[^,。;、()]{0,8}[0-9.]+%")
_OPENS: Final = late_regex(
    "其中|包括|构成|组成|来源|评[出为定价]|涉及|计有|按[^,。;]{1,10}分|从[^,。;]{1,8}看|[中即:]|^,?[是有为含]"
)
_RATED: Final = late_regex("评[出为定价]|打分|测评|评议|考[核评]")
# 发布信息342条 and 作出许可143件 are totals, 工作动态118条 is a part like those behind it
_TOTAL: Final = late_regex(
    "(?:共|合计|总计?|累计|作出|发布|公开|制作|办理|受理|推送|上传|推出|收到|新收|开展|组织|更新|决定"
    "|资金|补贴|制发|公文|发文|印发|发出|标注|复核|评估|核对|清理|涉及|入库|征集|参评|参与|放上去"
    "|许可|处罚|评议|申请|会议|培训|抽检|样品|检测)[^,。;0-9]{0,16}$|其[他它余]$"
)
_OF_SOME: Final = late_regex("其中|分别|依次|具体|按[^,。;]{1,10}分|从[^,。;]{1,8}看|、[^、]*$")
_ANOTHER: Final = late_regex(
    "另|还|此外|同时|上年|去年|[同环]比|[比较][上去0-9]|相比|增[长加幅]|减少|上升|升幅|下降|降幅|提高|合计|共计|总计"
    "|累计|加上|结转|扣除|平均|每|超|回应"
)
_LABEL: Final = late_regex("[,、;]?(?:[和与及]|以及)?[^,。;:]{1,24}")
_FIRST: Final = late_regex("(?!、)[^。;]{0,40}")
_DOCUMENT_UNITS: Final = ("件", "份", "篇")
_CLAUSE: Final = late_regex("[^,。;:]*$")
_IN_ORDER: Final = late_regex("[^,。;0-9]{0,6}(?:分别|依次)")
_ET_CETERA: Final = late_regex("[,)]?等")
_IN_ALL: Final = late_regex(
    "[,;:](?:以上|上述)?(?:(?P<count>[两二三四五六七])(?:[项类者种家处批级][^,。;0-9]{0,4}|个[^,。;0-9]{1,4}))?"
    "(?:合计|共计|总计|一共|总共|加起来|共(?=[发公收新办开推]))"
    "(?:为|[^,。;0-9]{0,6}(?:发布|公开|收到|新收|推送|许可|处罚|强制|收费)[^,。;0-9]{0,4})?$"
)


def near_lists(
    sentence: Sentence, apart: frozenset[int], judged: frozenset[int], earlier: frozenset[Decimal]
) -> Iterator[Parts]:
    """Totals with a list that is complete but for one wrong digit, or two in the wrong order.

    Args:
        sentence: where to look.
        apart: figures that are no totals or parts: changes, and those of other years.
        judged: figures of applications and cases that the tables judge.
        earlier: values of the sentence before, which the whole list may divide.
    """
    for total, figure in enumerate(sentence.figures):
        if not _countable(figure) or total in apart or (figure.value or 0) < _LEAST_TOTAL:
            continue
        before = _before(sentence, total, apart)
        behind = _behind(sentence, total, apart)
        if _exact(sentence, total, before[::-1]) or _exact(sentence, total, behind):
            continue
        for parts in (before, behind, _until_semicolon(sentence, behind)):
            if len(parts) < _LEAST_PARTS or judged & set(parts):
                continue
            listed = [sentence.figures[i] for i in parts]
            if parts is not before and any(f.value == figure.value for f in listed):
                continue  # 网站264条、公众号170条 of 264
            wholes = earlier | {f.value for f in sentence.figures[:total] if same_unit(f, figure)}
            if sum((f.value or Decimal(0) for f in (figure, *listed)), Decimal(0)) in wholes:
                break  # 150件。由县政府办公室受理74件，…: the first is one of the parts
            if slipped(figure, listed):
                yield Parts(total=total, parts=parts, openness="near")
                break


def _exact(sentence: Sentence, total: int, parts: Sequence[int]) -> bool:
    """Whether the parts nearest to a total make it up, so that those behind belong elsewhere."""
    figures = sentence.figures
    sums = tuple(accumulate(figures[i].value or Decimal(0) for i in parts))
    ends = [i for i, s in enumerate(sums) if i and s == figures[total].value]
    if not ends:
        return False
    last = figures[parts[ends[0]]]
    return sentence.text[last.behind : last.behind + 1] != "、"  # 满意26人、基本满意6人、不满意1人


def slipped(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether one digit changed, or two neighbours exchanged, makes the parts their total."""
    step = total.step
    if any(f.step != step or f.value is None for f in (total, *parts)):
        return False
    whole, *terms = (int((f.value or Decimal(0)) / step) for f in (total, *parts))
    added = sum(terms)
    if added < whole and len(terms) <= _LEAST_PARTS:
        return False  # 公开900条，其中网站520条，公众号300条
    if added == whole or abs(added - whole) * _PLAUSIBLE > whole or max(terms) > whole:
        return False
    return one_slip(whole, terms)


def one_slip(whole: int, terms: Sequence[int]) -> bool:
    """Whether parts make up their total once one digit is changed or two are exchanged."""
    gap = whole - sum(terms)
    return whole - gap in slips_of(whole) or any(t + gap in slips_of(t) for t in terms)


def weighed(
    check: ClaimCheck, total: Decimal, terms: Sequence[Decimal], step: Decimal = Decimal(1)
) -> ClaimCheck:
    """A sum that no slip of the pen explains may be of other things."""
    if check.verdict != "refuted" or one_slip(int(total / step), [int(t / step) for t in terms]):
        return check
    return check.model_copy(update={"confidence": "medium"})


@lru_cache(maxsize=1024)
def slips_of(number: int) -> frozenset[int]:
    """What a clerk may print for a number: 46 for 48, 84 for 48."""
    digits = str(number)
    changed = {
        digits[:at] + other + digits[at + 1 :]
        for at in range(len(digits))
        for other in "0123456789"
    }
    exchanged = {
        digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        for at in range(len(digits) - 1)
    }
    return frozenset(int(d) for d in changed | exchanged if d == "0" or d[0] != "0") - {number}


def _countable(figure: Figure) -> bool:
    return (
        figure.unit is not None
        and figure.unit not in RATIO_UNITS
        and figure.value is not None
        and figure.approximation == "exact"
    )


def _behind(sentence: Sentence, total: int, apart: frozenset[int]) -> tuple[int, ...]:
    """The figures of a list that follows its total."""
    figures, text = sentence.figures, sentence.text
    last, depth = figures[total], sentence.depth_at(figures[total].start)
    found: list[int] = []
    for number in range(total + 1, len(figures)):
        figure = figures[number]
        at = sentence.depth_at(figure.start)
        if at > depth or figure.unit in RATIO_UNITS or _counts_names(sentence, figure, found):
            continue
        between = _ASIDE.sub("", text[last.behind : figure.start])
        if at < depth or number in apart or not _goes_on(figure, figures[total], between):
            break
        shape = _LABEL if found else _FIRST
        if not shape.fullmatch(between) or (found and _OPENS.search(between)):
            break
        if (
            found
            and ";" in between
            and ":" not in text[figures[total].behind : figures[found[0]].start]
        ):
            break
        if not found and not _heads(sentence, total, between):
            break
        found.append(number)
        last = figure
    if found and _ET_CETERA.match(text, last.behind):
        return ()
    return tuple(found)


def _counts_names(sentence: Sentence, figure: Figure, found: Sequence[int]) -> bool:
    """教育、卫生、财政三个领域分别为…: how many there are."""
    return not found and _IN_ORDER.match(sentence.text, figure.behind) is not None


def _goes_on(figure: Figure, total: Figure, between: str) -> bool:
    alike = _countable(figure) and (same_unit(figure, total) or _pieces(figure, total))
    return alike and not _ANOTHER.search(between) and not between.endswith("各")


def _pieces(part: Figure, total: Figure) -> bool:
    """公开信息97条，其中规范性文件3件、预决算4条: a document is a piece of information too."""
    return total.unit == "条" and part.unit in _DOCUMENT_UNITS


def _heads(sentence: Sentence, total: int, between: str) -> bool:
    """Whether a figure is told as a whole, not as one of several things of a kind."""
    opened = _OPENS.search(between) is not None
    figure = sentence.figures[total]
    since = max(sentence.text.rfind(";", sentence.start, figure.start), sentence.start)
    earlier = [f for f in sentence.figures[:total] if f.start >= since and same_unit(f, figure)]
    clause = _CLAUSE.search(sentence.text, sentence.start, figure.start)
    told = clause[0] if clause else ""
    if _RATED.search(between):
        return True  # 22个单位中评出优秀5个
    if _OF_SOME.search(told) or (earlier and not opened):
        return False
    return _TOTAL.search(told) is not None or (opened and not told)  # 22个单位中优秀5个


def _until_semicolon(sentence: Sentence, parts: Sequence[int]) -> tuple[int, ...]:
    figures = sentence.figures
    if not parts:
        return ()
    stop = sentence.text.find(";", figures[parts[0]].start, figures[parts[-1]].start)
    return tuple(i for i in parts if stop < 0 or figures[i].start < stop)


def _before(sentence: Sentence, total: int, apart: frozenset[int]) -> tuple[int, ...]:
    """The figures of a list that ends with its total: 23份、19份、21份，一共62份."""
    figures, text = sentence.figures, sentence.text
    told = _IN_ALL.search(text, sentence.start, figures[total].start)
    if told is None:
        return ()
    depth = sentence.depth_at(figures[total].start)
    if told["count"]:
        count = int(parse_chinese_numeral(told["count"].replace("两", "二")) or 0)
        return _last(sentence, total, apart, count)
    found: list[int] = []
    following = figures[total]
    for number in range(total - 1, -1, -1):
        figure = figures[number]
        named = figure.start >= told.start() or qualifies_next(sentence, number)
        if named or sentence.depth_at(figure.start) > depth or figure.unit in RATIO_UNITS:
            continue
        between = _ASIDE.sub("", text[figure.behind : following.start])
        ended = found and not _LABEL.fullmatch(between)
        alike = _countable(figure) and same_unit(figure, figures[total])
        if number in apart or not alike or ended or (found and ";" in between):
            break
        found.insert(0, number)
        following = figure
    return tuple(found)


def _last(sentence: Sentence, total: int, apart: frozenset[int], count: int) -> tuple[int, ...]:
    """新收21件；上年结转1件，两项合计22件: so many figures before a total as it says."""
    figures = sentence.figures
    depth = sentence.depth_at(figures[total].start)
    same = [
        i
        for i in range(total)
        if i not in apart
        and _countable(figures[i])
        and not CHANGED.search(sentence.text, sentence.start, figures[i].start)
        and same_unit(figures[i], figures[total])
        and sentence.depth_at(figures[i].start) <= depth
    ]
    return tuple(same[-count:]) if len(same) >= count else ()
