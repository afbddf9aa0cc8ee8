"""Whether the parts of a list make up its total, and how that is told."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from checker.claims.beside import printed_before
from checker.claims.judge import plain
from checker.claims.lists import Openness, Parts
from checker.claims.near_sums import slipped, weighed
from checker.claims.sentences import Sentence
from checker.domain.claim import ClaimCheck, ClaimVerdict
from checker.domain.locator import Locator
from checker.rulebook.late import late_regex

_FOR_EACH: Final = late_regex("[各每][^,。;、0-9]{0,6}$")
_FROM: Final = late_regex("[由从][^,。;、0-9]{0,6}$")
_CHANGED: Final = late_regex("[^,。;0-9]{0,4}[减增降升变调缩扩精压]")
_AND: Final = late_regex("^[^,。;]*[和与及]$")  # 16个司和7个局
# 原128项中，划出17项、新增22项，调整后为133项
_NEW_LEVEL: Final = late_regex("后[^,。;0-9]{0,4}[为达至到]$|[增减升降变][至到]$|达到?$|新增$")
# 15件配发文字解读，6件另外制作图解: one may be counted in both
_AT_ONCE: Final = late_regex(
    "另外|既有|又有|同时(?!期)|兼有|重复计|同一信息|多平台|多个平台|多渠道|交叉|均有|都有"
)
_POINT: Final = late_regex(r":(?:[一1]是|其一|第一|首先|\([一1]\)|1[.、]|①)")
_OF_MORE: Final = late_regex("[(][^()0-9]*(?:各类|全部|所有)[^()0-9]*共?$")
_FIGURES: Final = late_regex("[0-9]")
ASKED: Final = "；没有写明是否列全，请人工核对。"
LIKE_A_SLIP: Final = "，像是有一个数写错，请核对。"
_MEDIUM: Final = late_regex(
    "网站|网页|门户|公众号|微信|微博|客户端|抖音|快手|头条|视频号|报[纸刊]|电视|广播|公开栏|公示栏|新媒体|短信|APP"
)
_PIECES: Final = ("条", "篇", "次", "期", "则", "件", "份", "部", "条次")
_OF_CHANGE: Final = late_regex("[^0-9]{0,12}(?:[增减升降占多少涨幅]|同比|环比)|$")


def parts_check(
    sentence: Sentence, found: Parts, values: Mapping[int, Decimal]
) -> ClaimCheck | None:
    """Whether the parts of a list add up to its total; None when that cannot be asked."""
    figures = sentence.figures
    involved = (found.total, *found.parts)
    if any(i not in values for i in involved) or _in_points(sentence, found):
        return None
    steps = {figures[i].step for i in involved}
    whole = len(steps) == 1 or found.openness == "closed"
    money = figures[found.total].unit == "yuan" and whole  # in 亿元 to one decimal
    if any(figures[i].approximation != "exact" for i in involved) or (max(steps) > 1 and not money):
        return None
    total = values[found.total]
    terms = [values[i] for i in found.parts]
    if money and abs(sum(terms) - total) <= max(steps) * len(terms) / 2:
        total = sum(terms, Decimal(0))  # rounded
    over, same = sum(terms) > total, sum(terms) == total
    parts = [figures[i] for i in found.parts]
    media = over and _in_several_media(sentence, found)
    if (over and _AT_ONCE.search(sentence.text, sentence.start, sentence.end)) or (
        not same and any(_no_part(sentence, i) for i in found.parts)
    ):
        return None
    first, last = figures[min(found.parts)], figures[max(found.parts)]
    place = sentence.clause(first.start, last.behind)
    if max(terms) > total or len(terms) < 2:
        unsure = not found.by_noun and (
            _of_those_before(sentence, found, max(terms))
            or _among_equals(sentence, found.total)
            or _of_another_clause(sentence, found)
        )
        return None if unsure else _part_check(total, terms, place)
    openness = found.openness
    like_a_slip = slipped(figures[found.total], parts)
    if media and not like_a_slip:
        return None
    if like_a_slip and (media or (openness == "among" and not over)):
        openness = "near"
    check = _sum_check(total, terms, place, openness, _scale(sentence, involved))
    return check and weighed(check, total, terms, max(steps))


def _in_several_media(sentence: Sentence, found: Parts) -> bool:
    """412条，其中网站公开400条，微信公众号公开210条: one piece stands in several media."""
    total = sentence.figures[found.total]
    asked = "申请" in sentence.text[sentence.start : total.start]
    named = (printed_before(sentence, i) for i in found.parts)
    return total.unit in _PIECES and not asked and all(_MEDIUM.search(n) for n in named)


def _in_points(sentence: Sentence, found: Parts) -> bool:
    """问题有三个：一是8个社区中有3个…: the points are counted, not what stands in them."""
    start = sentence.figures[found.total].behind
    end = sentence.figures[found.parts[0]].start if found.parts else start
    return _POINT.search(sentence.text, start, max(start, end)) is not None


def _no_part(sentence: Sentence, number: int) -> bool:
    """9个村各设1块屏幕, 项目由21项减至20项: a figure that is no part as it stands."""
    figure = sentence.figures[number]
    before = sentence.text[sentence.segment_at(figure.start).start : figure.start]
    changed = _FROM.search(before) and _CHANGED.match(sentence.text, figure.behind)
    return bool(changed or _FOR_EACH.search(before) or _NEW_LEVEL.search(before))


def _among_equals(sentence: Sentence, total: int) -> bool:
    """行政处罚134件、行政强制3件，其中…41件: the part may be one of any of them."""
    if not total:
        return False
    one, other = sentence.figures[total - 1], sentence.figures[total]
    between = sentence.text[one.behind : other.start]
    return one.unit == other.unit and (between.startswith("、") or bool(_AND.search(between)))


def _of_those_before(sentence: Sentence, found: Parts, part: Decimal) -> bool:
    """建议52件，提案67件，其中省级两类119件; 自然人61件，律所3件；其中网上48件: a part of more.

    复议1件（管委会各类案件共7件，其余6件与此无关）: of all of which the whole is a part.
    """
    figures, whole = sentence.figures, sentence.figures[found.total]
    before = [f.value or Decimal(0) for f in figures[: found.total] if f.unit == whole.unit]
    if _OF_MORE.search(sentence.text[whole.behind : figures[min(found.parts)].start]):
        return True
    together = bool(before) and before[-1] + (whole.value or Decimal(0)) == part
    opened = sentence.text[whole.behind : whole.behind + 1] == ";"
    return found.total < min(found.parts) and (
        together or (opened and max(before, default=0) >= part)
    )


def _of_another_clause(sentence: Sentence, found: Parts) -> bool:
    """结转3件，办结的申请没有一件超期，其中征求意见的5件: a clause of its own stands between."""
    figures = sentence.figures
    between = sentence.text[figures[found.total].behind : figures[min(found.parts)].start]
    clauses = between.split(",")[1:-1] if found.total < min(found.parts) else []
    return any(not (_FIGURES.search(c) or _OF_CHANGE.match(c)) for c in clauses)


def _part_check(total: Decimal, terms: Sequence[Decimal], place: Locator) -> ClaimCheck:
    """A part is not larger than its whole."""
    part = max(terms)
    wrong = part > total
    compared = f"{plain(part)}，比总数{plain(total)}还大" if wrong else f"{plain(part)}，不超过总数"
    return ClaimCheck(
        test="part_of_whole",
        target="text: " + "+".join(map(plain, terms)),
        expected=total,
        verdict="refuted" if wrong else "supported",
        reason=f"其中一部分为{compared}。",
        related=(place,),
    )


class _Scale(NamedTuple):
    name: str
    power: int

    def shown(self, value: Decimal) -> str:
        """An amount as it would be printed."""
        return plain(value.scaleb(-self.power)) + self.name


_SCALES: Final = (_Scale("亿元", 8), _Scale("万元", 4), _Scale("", 0))


def _scale(sentence: Sentence, figures: Sequence[int]) -> _Scale:
    """万元 or 亿元 when all amounts are printed so."""
    printed = [sentence.text[f.start : f.behind] for f in (sentence.figures[i] for i in figures)]
    same = (s for s in _SCALES if s.name and all(p.endswith(s.name) for p in printed))
    return next(same, _SCALES[-1])


def _sum_check(
    total: Decimal, terms: Sequence[Decimal], place: Locator, openness: Openness, scale: _Scale
) -> ClaimCheck | None:
    """The parts make up the total; an open list may stay below it."""
    added = sum(terms, Decimal(0))
    if added < total and openness == "open":
        return None
    written = f"{'＋'.join(map(scale.shown, terms))}＝{scale.shown(added)}"
    near = openness == "near"
    doubtful = near or (added < total and openness == "among")
    gap = f"总数写{scale.shown(total)}，相差{scale.shown(abs(total - added))}"
    ending = (LIKE_A_SLIP if near else ASKED) if doubtful else "。"
    verdict: ClaimVerdict = "not_enough_info" if doubtful else "refuted"
    return ClaimCheck(
        test="near_parts" if near and added != total else "parts",
        target="text: " + "+".join(map(plain, terms)),
        expected=added,
        verdict="supported" if added == total else verdict,
        reason=f"{written}，与总数一致。"
        if added == total
        else f"所列各项{written}，{gap}{ending}",
        related=(place,),
        open=doubtful and not near,
    )
