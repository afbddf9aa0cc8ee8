"""The words that stand beside a figure. Says where to look, never what is counted."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from checker.claims.figures import Figure
from checker.claims.sentences import Segment, Sentence
from checker.claims.subjects import APPEALS, TELLING, WEAK_STAGES
from checker.claims.words import Word
from checker.rulebook.case_counts import load_case_counts
from checker.rulebook.late import late_regex
from checker.rulebook.wording import compiled

_WITH_CARRY: Final = late_regex(
    r"[(,](?:其中)?(?:包括|包含|含)|\((?:其中)?[:,]?(?:本?年?度?新收|上)"
)
_SOME_OF_THEM: Final = late_regex(
    r"(?:[、,和及][^,。;、()0-9]{0,8}(?:复议|诉讼|应诉)(?:案件)?[0-9]{1,9}[件起宗]){0,20}"
    r"(?:,[^,。;0-9]{0,25})?(?:[,(;。]?(?:其中|含)[^。;()0-9]{0,12}(?:信息公开|依申请公开)"
    r"|[,(](?:涉及|涉|属于|属|因)?(?:政府)?信息公开(?:类|方面|领域)?(?:的|案件)?[0-9])"
)
_AMONG: Final = late_regex("(?<!其)中(?:,|被|有)")
_CARRY_BEFORE: Final = late_regex(
    r"\((?:其中)?(?P<not>不|未)?(?:包括|包含|含|计)(?:上|去)一?年度?[^()0-9]{0,4}(?:结转|转结|延续|转来|未办结)"
    r"[^()0-9]{0,6}\)[^,。;()0-9]{0,12}$"
)
_BRACKETED: Final = late_regex(r"[^,。;()]{0,8}\([^)]*\)")
_DISCLOSURE: Final = late_regex("信息公开|政务公开|依申请公开")
DISCLOSED: Final = late_regex("申请公开|信息公开|政务公开|公开申请|依申请")
_LEFT_OUT: Final = late_regex("[(,]?(?:不|未)(?:含|包括|包含|计|统计)")
_PREVAILING: Final = late_regex("(?:以[^,。;0-9]{1,12}为主|居多|占多数|占大多数|占绝大多数)$")
_LED: Final = ("有", "了", "共", "计", "共计")
_ANY_KIND: Final = late_regex("各类[^,。;0-9]{0,12}(?:案件|复议|应诉|诉讼)[^,。;0-9]{0,4}$")
_OF_OTHERS: Final = late_regex(
    "[^。;]{0,60}(?:[,(](?:但|这些|上述|以上|[均都也并])*(?:不(?:属于?|是|涉及?)|与)(?:政府)?信息公开(?:争议|案件|类|范围|引起|无关)"
    "|与表四无关|不在(?:此列|(?:上)?表四?(?:统计)?(?:之列|之内|内|里))|(?:不|未)(?:计|列|统计)[入在](?:上表|表四))"
)
_FRAME: Final = late_regex(
    "^[^,:;]{0,16}?(?:方面|领域|过程中|工作中|事项中|审批中|处理中|认定中|审核中|复审|查询中)[,:]"
)
_FRAME_OF_REQUESTS: Final = late_regex(
    "申请|答复|公开(?!属性)|复议|诉讼|数量|办理结果|处理结果|办理情况"
)
_FROM_BEFORE: Final = late_regex("(?:上|去)(?:一)?年度?[^,。;]{0,6}(?:结转|转结|延续|转来)")


def before_bracket(sentence: Sentence, segment: Segment) -> tuple[Word, ...]:
    """予以公开（20件）: the words in front of the bracket."""
    index = sentence.segments.index(segment)
    earlier = sentence.segments[index - 1] if index else segment
    inside = [f for f in sentence.figures if earlier.start <= f.start < earlier.end]
    if any(f.unit != "percent" for f in inside):
        return ()  # 自然人占91.4%（212件） is of 自然人 all the same
    return sentence.words_between(earlier.start, inside[0].start if inside else earlier.end)


def in_front_of_bracket(sentence: Sentence, segment: Segment) -> tuple[Word, ...]:
    """法律服务机构（多为律所）的申请有63件: the words that a bracket without figures parts."""
    index = sentence.segments.index(segment)
    outside = index - 1
    while outside > 0 and sentence.segments[outside].depth > segment.depth:
        outside -= 1
    earlier = sentence.segments[max(outside, 0)]
    inside = sentence.text[earlier.end : segment.start]
    if outside in (-1, index - 1) or any(c.isdigit() for c in inside):
        return ()
    return sentence.words_between(earlier.start, earlier.end)


def carry_in_bracket(sentence: Sentence, figure: Figure) -> str:
    """受理申请（含上年结转）51件: ``with`` or ``without`` what came over; empty for none."""
    said = _CARRY_BEFORE.search(sentence.text, sentence.start, figure.start)
    if said is None:
        return ""
    return "without" if said["not"] else "with"


def mentions_carry(sentence: Sentence, figure: Figure) -> bool:
    """Whether the figure is said to include what came over from last year."""
    opened = _WITH_CARRY.match(sentence.text, figure.behind)
    if opened is None:
        return False
    marks = ")。" if opened[0][0] == "(" else ",;)。"
    ends = [i for c in marks if (i := sentence.text.find(c, opened.end(), sentence.end)) >= 0]
    end = min(ends, default=sentence.end)
    words = sentence.telling("stage", opened.end() - 1, end)
    text = sentence.text[opened.start() : end]
    return any(w.value("stage") == "carried_over_in" for w in words) or bool(
        _FROM_BEFORE.search(text)
    )


def of_all_cases(sentence: Sentence, figure: Figure) -> bool:
    """行政复议8件，其中涉及政府信息公开3件: not all of them are about 政府信息公开."""
    return sentence.number_of(figure) in _of_all_cases(sentence)


@lru_cache(maxsize=4)  # a sentence is asked about for each of its figures
def _of_all_cases(sentence: Sentence) -> tuple[int, ...]:
    """The numbers of the figures behind which it is said of how many of them that is so."""
    text = sentence.text
    told = (_SOME_OF_THEM.match(text, f.behind) for f in sentence.figures)
    some = [number for number, found in enumerate(told) if found]
    return (*some, *(n for n, f in enumerate(sentence.figures) if _of_any_kind(sentence, f)))


def _of_any_kind(sentence: Sentence, figure: Figure) -> bool:
    """全年各类行政复议应诉案件共7件; 复议3起、诉讼1起，不属信息公开争议."""
    if _OF_OTHERS.match(sentence.text, figure.behind, sentence.end):
        return True
    start = sentence.segment_at(figure.start).start
    said = _ANY_KIND.search(sentence.text, start, figure.start)
    return bool(said) and not _DISCLOSURE.search(sentence.text, start, figure.start)


def as_an_organ(sentence: Sentence, number: int) -> bool:
    """全局被申请行政复议36件: cases of any cause, whatever was told of applications before."""
    start = sentence.figures[number - 1].behind if number else sentence.start
    end = sentence.figures[number].start
    said = compiled(load_case_counts().of_the_organ).search(sentence.text, start, end)
    return said is not None and not _DISCLOSURE.search(sentence.text, start, end)


def tied_before(sentence: Sentence, number: int) -> bool:
    """Whether the words up to a figure tie it to 政府信息公开; 其中… ties only what it divides."""
    figures = sentence.figures
    among = [n for n in _of_all_cases(sentence) if n < number - 1]
    place = figures[among[-1] + 1].behind if among else sentence.start
    return _DISCLOSURE.search(sentence.text, place, figures[number].behind) is not None


def of_other_frame(sentence: Sentence, place: int) -> bool:
    """Whether a sentence opens with a field of its own: 信访事项中，… and 行政执法方面，…."""
    frame = _FRAME.match(sentence.text[sentence.start : place])
    if frame is None or _FRAME_OF_REQUESTS.search(frame[0]):
        return False
    return DISCLOSED.search(sentence.text, sentence.start, place) is None


def told_later(sentence: Sentence, figure: Figure) -> bool:
    """Whether results that only applications have follow in the sentence."""
    words = sentence.telling("stage", figure.behind, sentence.end)
    return any(w.value("stage") in TELLING for w in words)


def until_universal(words: tuple[Word, ...], *, always: bool = False) -> tuple[Word, ...]:
    """The words before 均 or 没有: what is said of all or of none is another statement.

    Args:
        words: those behind a figure.
        always: even where nothing stands before it.
    """
    for index, word in enumerate(words):
        denied = word.value("negation") is not None
        if (denied or word.has("universal", "all")) and (index or always):
            return words[:index]
    return words


def right_of(sentence: Sentence, number: int, segment: Segment) -> tuple[Word, ...]:
    """The words up to the next figure of the segment, or up to 中 (13件案件中被纠正3件)."""
    figures = sentence.figures
    start, end = figures[number].behind, _listed(sentence, segment)
    if number + 1 < len(figures) and figures[number + 1].start < end:
        end = figures[number + 1].start
        among = _AMONG.search(sentence.text, start, end)
        if among is None:
            return _before_deed(sentence.words_between(start, end))
        end = among.start()
    return sentence.words_between(start, end)


def _listed(sentence: Sentence, segment: Segment) -> int:
    """来自科研机构、律师事务所, 12件复议、诉讼案件: where the list that a segment begins ends."""
    end = segment.end
    own = sentence.words_between(segment.start, end)
    last = own[-1] if own else None
    while last is not None and sentence.text[end : end + 1] == "、":
        following = sentence.segment_at(end + 1)
        words = sentence.words_between(following.start, following.end)
        counted = any(following.start <= f.start < following.end for f in sentence.figures)
        if not words or counted or not _of_one_kind(last, words[0]):
            break
        end, last = following.end, words[0]
    return end


def _of_one_kind(one: Word, other: Word) -> bool:
    """Whether two words name applicants, or kinds of cases."""
    cases = one.value("topic") in APPEALS and other.value("topic") in APPEALS
    return cases or (one.value("applicant") is not None and other.value("applicant") is not None)


def _before_deed(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """25件申请已办结22件: what was done stands in front of the next figure and is said of it."""
    for index in range(len(words) - 1, 0, -1):
        word = words[index]
        deed = word.value("stage")
        if deed in WEAK_STAGES or deed in TELLING or word.value("outcome"):
            of = APPEALS if word.value("outcome") else ("requests",)
            named = any(w.value("topic") in of for w in words[:index])
            return words[:index] if named and word.value("topic") is None else words
        if word.text not in _LED:
            break  # 7件被纠正的案件有5件: of those that were corrected
    return words


def past_bracket(sentence: Sentence, number: int) -> tuple[Word, ...]:
    """The words behind a bracket that stands behind a figure, up to the next mark or figure."""
    figures = sentence.figures
    bracket = _BRACKETED.match(sentence.text, figures[number].behind, sentence.end)
    if bracket is None:
        return ()
    end = sentence.segment_at(bracket.end()).end
    following = (f.start for f in figures if bracket.end() <= f.start < end)
    return sentence.words_between(bracket.end(), next(following, end))


def printed_before(sentence: Sentence, number: int) -> str:
    """The text of the segment that stands before a figure."""
    figure = sentence.figures[number]
    segment = sentence.segment_at(figure.start)
    return sentence.text[around(sentence, number, segment)[0] : figure.start]


def words_behind(
    sentence: Sentence, number: int, *, past_universals: bool = False
) -> tuple[Word, ...]:
    """The words behind a figure up to the next figure, a semicolon or a word such as 均.

    Args:
        sentence: where the figure stands.
        number: its index.
        past_universals: 均 and a bracket with figures do not end them.
    """
    figures = sentence.figures
    start = figures[number].behind
    if past_universals:
        close = _BRACKETED.match(sentence.text, figures[number].behind)
        start = close.end() if close else start
    following = [f for f in figures[number + 1 :] if f.start >= start]
    end = following[0].start if following else sentence.end
    if following:  # the clause of the next figure is its own
        end = max(start, sentence.segment_at(end).start)
    stop = sentence.text.find(";", start, end)
    words = sentence.words_between(start, stop if stop >= 0 else end)
    return words if past_universals else until_universal(words)


def around(sentence: Sentence, number: int, segment: Segment) -> tuple[int, int]:
    """The part of the segment that belongs to a figure: up to its neighbours."""
    figures = sentence.figures
    before = segment.start
    if number and figures[number - 1].behind > before:
        before = figures[number - 1].behind
    after = segment.end
    if number + 1 < len(figures) and figures[number + 1].start < after:
        after = figures[number].behind
    return before, after


def lookback(sentence: Sentence, number: int) -> tuple[Segment, ...]:
    """Segments without figures between the figure before and this one, the nearest first."""
    figures = sentence.figures
    own = sentence.segment_of(figures[number].start)
    found: list[Segment] = []
    beside = sentence.segments[own]
    told = sentence.telling("stage", beside.start, beside.end)
    mark = beside.mark
    for segment in reversed(sentence.segments[:own]):
        if mark == ";":
            break
        mark = segment.mark
        if any(segment.start <= f.start < segment.end for f in figures):
            break
        if _LEFT_OUT.match(sentence.text, segment.start):
            continue  # 240件（不含上年结转），2023年196件
        if told and _PREVAILING.search(sentence.text, segment.start, segment.end):
            continue  # 申请人以个人为主，新收23件
        found.append(segment)
    return tuple(found)


def run_of_things(words: Sequence[Word]) -> list[str] | None:
    """The things named next to a figure, 政策解读类稿件 being two; None when no topic is."""
    found: list[str] = []
    for word in words:
        topic = word.value("topic")
        if topic == "other":
            found.append(word.text)
        elif word.meanings or not word.known:
            return found if topic is not None or found else None
    return found or None
