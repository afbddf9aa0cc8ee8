"""Whom a sentence is about: the reporting body, or another one that it names.

A name that could be a short form of the reporting body is its own.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from checker.claims.sentences import Sentence
from checker.rulebook.late import late_regex

_VERBS: Final = (
    "(?:本级)?(?:全年|今年|年内|共|总共|累计|分别|合计|统一|自行|直接|均|都|已|未|没有|无|新收|收到|接到|受理"
    "|收办|收件|承办|(?:主动|依申请)?公开|作出|制定|制发|出台|印发|发布|废止|办理|办结|答复|处理|被|因|发生|申请|审理)"
)
_SUBJECT: Final = late_regex(
    r"(?:^|(?<=[,;:(、。\n]))(?:(?:19|20)\d\d年度?|全年|去年|上一?年度?|今年|本年度?|年内|其中|其余|[,:])*"
    r"(?P<name>(?:[下所直局厅委省市县区镇乡]属(?:[0-9]{1,3}[家个])?|各|下级|基层|其[他余])?"
    r"(?:(?!通过|[我本收向对由被因经在转从按给为受随以将把据含不未无没已均都就即请])[一-鿿A-Z]){0,14}?"
    r"(?:委员会|管委会|人民政府|政府|法院|[局委厅镇乡]|街道办事处|街道办?|镇街|社区|村居|[村居]委会|站所|学校|医院|单位|部门|系统|机构|中心))"
    rf"(?:[、和及][一-鿿A-Z]{{1,10}}(?:局|委|厅|镇|乡|街道|部门|单位|镇街))?(?:\([^)]{{1,8}}\))?(?={_VERBS})"
)
_SELF: Final = late_regex(
    "[我本](?:行政)?(?:局|机关|单位|委|厅|办|镇|乡|街道|县|区|市|州|旗|院|所|中心|站|队|校|部门|级|部)|机关本[级部]|[局厅委]机关|自收|自行受理"
)
_OWN_NAME: Final = late_regex("[我本该全][一-鿿]{1,8}")
# 县政府均维持了我局答复: who decides on an appeal is no body whose figures are told
_DECIDES: Final = late_regex(
    "(?:经|依法|均|都|已|全部|分别|审理|审查|复议|后|予以|决定|作出|了|,)*"
    "(?:维持|驳回|责令(?:重新|限期|履行)|确认[^,。;0-9]{0,8}违法|受理(?=[,。;])"
    "|作出(?:了)?(?:不予受理|维持|驳回|终止)"
    "|(?:撤销|纠正|变更)(?:了)?(?:原|其|该|[我本][一-鿿]{1,4})[^,。;0-9]{0,6}(?:答复|决定|行为|告知))"
)
_RECEIVES: Final = late_regex("(?:全年|共|累计)*(?:受理|收到|收案)")
_BARE: Final = ("政府", "街道", "镇", "乡", "委", "局")
_LOOSE: Final = ("单位", "部门", "系统", "机构", "中心")
_OTHERS: Final = late_regex(
    "[下所直局厅委省市县区镇乡]属|^各|^其[他余]|下级|基层|[省市县区]直|[省市县区]级|二级"
)


class _Named(NamedTuple):
    place: int
    own: bool


def of_another_body(sentence: Sentence, place: int) -> bool:
    """Whether the body named last before a place, as the one that acts, is another one."""
    named = [n for n in _named(sentence) if n.place <= place]
    return bool(named) and not max(named).own


def own_since(sentence: Sentence, start: int, place: int) -> bool:
    """Whether the reporting body is named between two places: 全区137件，我单位66件."""
    return _SELF.search(sentence.text, start, place) is not None


@lru_cache(maxsize=4)  # a sentence is asked about once for each of its figures
def _named(sentence: Sentence) -> tuple[_Named, ...]:
    return tuple(_find_named(sentence))


def _find_named(sentence: Sentence) -> Iterator[_Named]:
    for match in _SELF.finditer(sentence.text, sentence.start, sentence.end):
        yield _Named(match.start(), own=True)
    for match in _SUBJECT.finditer(sentence.text[: sentence.end], sentence.start):
        tries = match["name"].endswith("法院") and not _RECEIVES.match(sentence.text, match.end())
        tries = tries or _DECIDES.match(sentence.text, match.end()) is not None
        own = None if tries else _is_own(match["name"], sentence.own)
        if own is not None:
            yield _Named(match.end("name"), own=own)


def _is_own(name: str, names: frozenset[str]) -> bool | None:
    """None when the name tells nothing."""
    if _OTHERS.search(name):
        return False
    if name.endswith(_LOOSE) or not names or name in _BARE:
        return None
    return _OWN_NAME.fullmatch(name) is not None or any(_shortens(name, n) for n in names)


def _shortens(short: str, name: str) -> bool:
    """住建局 and 住房和城乡建设局: all its characters, in this order."""
    rest = iter(name)
    return all(character in rest for character in short)
