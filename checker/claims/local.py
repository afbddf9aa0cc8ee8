"""Reads what the words of a figure's own segment say that it counts."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from checker.claims.beside import (
    around,
    before_bracket,
    in_front_of_bracket,
    past_bracket,
    right_of,
    until_universal,
)
from checker.claims.respective import respective
from checker.claims.sentences import Segment, Sentence, unknown_length
from checker.claims.several import (
    REST,
    counted_kinds,
    with_following,
    with_neighbours,
    with_outcome_before,
)
from checker.claims.short_rows import short_row
from checker.claims.subjects import (
    DECISIONS,
    DOCUMENTS,
    JOINED,
    NO_CELL,
    ORGANIZATIONS,
    TELLING,
    TOPICAL,
    WEAK_STAGES,
    Subject,
    read_subject,
    topical,
)
from checker.claims.words import Word
from checker.rulebook.late import late_regex

# 14件申请中有3件; 因不掌握等原因无法提供
_AMONG: Final = late_regex("(?<!其)[中里](?:就|便|只)?[有占]?$")
_AMONG_REST: Final = late_regex("(?:其余|剩余|余下|剩下)[0-9]+[件起宗](?:申请|案件)?中[^,。;]*$")
_ET_CETERA: Final = late_regex("等(?:原因|情形|情况|事由)")
# 企业、社会组织等申请12件
_AND_OTHERS: Final = late_regex(
    "等(?:各类)?(?:单位|组织|机构|法人|主体)*(?:提出|提交)?的?(?:申请)?$"
)
_PUBLISHED: Final = ("全部公开", "公开", "已公开", "主动公开")
_STOPS: Final = ",;。"
# 自然人的申请加上结转件计639件
_WITH_CARRIED: Final = late_regex("[^,。;]{2}(?:加上|连同|加)结转")
_LEAST_RESIDUE: Final = 2
_UNCLEAR: Final = "unavailable.unclear_after_correction"
_TO_CORRECT: Final = late_regex("告知[^,。;]{0,6}补正|补正通知|要求[^,。;]{0,6}补正")
_GROUPS: Final = frozenset(("denied", "unavailable", "declined"))
# 因需加工、制作无法提供3件: only those for the reason that is told
_REASON: Final = late_regex(
    "(?:^|[,;。(])[^,;。()]{0,12}?(?:因|由于|以)[^,;。()0-9]*、[^,;。()0-9]*$"
)
_OF_CASES: Final = ("upheld", "corrected")


def local_subject(sentence: Sentence, number: int) -> Subject:
    """What the words of the figure's own segment say."""
    figure = sentence.figures[number]
    segment = sentence.segment_at(figure.start)
    before, after = around(sentence, number, segment)
    printed = sentence.text[before : figure.start]
    told = _told_otherwise(sentence, number, segment)
    if told is not None:
        return told
    left = _left_of(sentence, segment, before, figure.start)
    right = until_universal(
        sentence.words_between(figure.behind, after), always=naming(left) and topical(left)
    )
    own, used = _applicants_known(read_subject(left), sentence), left
    if not naming(left):
        whole = right_of(sentence, number, segment)
        whole = () if whole and whole[0].text in JOINED else whole  # 公开34件和部分公开9件
        right = whole if REST.search(printed) else until_universal(whole or right)
        if topical(right):
            own, used = _as_told_before(read_subject(right), left), right
        elif not topical(left):
            own, used = Subject(), (*left, *right)
        if own.topic == "other" and _published_documents(right):
            own = replace(own, stages=())
        elif set(own.stages) & TELLING and own.topic == "other":
            own, used = replace(own, topics=(), own_topic=False), ()
    else:
        own = _with_right(own, right)
    own = _with_stages(own, used, printed)
    own = with_neighbours(_of_cases(own), sentence, segment)
    own = with_outcome_before(own, sentence, segment)
    own = with_following(own, sentence, number, segment)
    said = sentence.text[used[0].start : used[-1].end].rstrip(_STOPS) if used else ""
    own = _and_others(own, printed if naming(left) else said)
    if not (naming(left) or own.stages):  # 1件申请（涉及资料48页）发出收费通知
        used = (*used, *past_bracket(sentence, number))
    residue = _is_part(own, used, sentence)
    return own if own.residue == residue else replace(own, residue=residue)


def _told_otherwise(sentence: Sentence, number: int, segment: Segment) -> Subject | None:
    """What a figure counts where the order or the place tells it, and not the words beside it."""
    return (
        short_row(sentence, number)
        or respective(sentence, number)
        or counted_kinds(sentence, number)
        or _of_what_was_told(sentence, number, segment)
    )


def _as_told_before(own: Subject, left: Sequence[Word]) -> Subject:
    """新制定的4件规范性文件和废止的1件: what was done stands in front of the figure."""
    action = read_subject(left).action if left and left[-1].text == "的" else None
    return replace(own, action=action) if action and own.topic in DOCUMENTS else own


def _left_of(sentence: Sentence, segment: Segment, start: int, place: int) -> tuple[Word, ...]:
    """The words in front of a figure, from a place on; past a bracket where one parts them."""
    left = sentence.words_between(start, place)
    if left and left[-1].text in JOINED:
        left = ()  # 规章文本及11件规范性文件: the words before belong to something else
    if segment.mark == "(" and not sentence.text[start:place].strip():
        return before_bracket(sentence, segment)
    if segment.mark == ")":
        return (*in_front_of_bracket(sentence, segment), *left)
    return left


def _with_stages(own: Subject, used: Sequence[Word], printed: str) -> Subject:
    """因不掌握等原因无法提供 is told of the last result; 加上结转件 counts both."""
    published = own.topic == "requests" and own.action == "published" and not own.stages
    if published and used and used[-1].text == "公开":  # 法律服务机构申请的办结结果为公开3件
        return replace(own, stages=("granted",), action=None)
    if _ET_CETERA.search(printed):
        last = [v for w in used if (v := w.value("stage")) is not None]
        return replace(own, stages=tuple(last[-1:]))
    if _WITH_CARRIED.search(printed) and own.stages == ("carried",):
        return replace(own, stages=("received", "carried"))
    return own


def _and_others(own: Subject, printed: str) -> Subject:
    """企业、社会组织等申请12件: those named and maybe other organisations."""
    if own.applicant not in ORGANIZATIONS or not _AND_OTHERS.search(printed):
        return own
    kinds = own.with_applicants or (own.applicant,)
    return replace(own, applicant="organizations", with_applicants=kinds)


def _of_cases(own: Subject) -> Subject:
    """1件答复被纠正: what was corrected was told of a case, not of what was answered."""
    told = own.outcome in _OF_CASES and not own.topics and set(own.stages) <= WEAK_STAGES
    return replace(own, stages=()) if told else own


def _of_what_was_told(sentence: Sentence, number: int, segment: Segment) -> Subject | None:
    """14件申请中有3件: a part of what was told before; None for others."""
    figure = sentence.figures[number]
    if _AMONG_REST.search(sentence.text, sentence.start, figure.start):
        return Subject(residue=True)  # 其余14件中12件结转、2件撤回: a part of a part
    among = _AMONG.search(sentence.text[segment.start : figure.start])
    whose = sentence.words_between(segment.start, figure.start)
    if among and not number and (part := _of_table_two(read_subject(whose))) is not None:
        return part
    if among and (number or any(w.value("topic") == "requests" for w in whose)):
        told = read_subject(right_of(sentence, number, segment))
        if len(told.stages) == 1 and told.stages[0] in TELLING:
            return replace(told, topics=("requests",), own_topic=True)
        return Subject(residue=True)  # 14件申请中有3件: a part of which no more is known
    return None


def _of_table_two(whole: Subject) -> Subject | None:
    """行政处罚决定中2件经听证, 本年制发的规范性文件中2件年内失效: some of what a cell counts.

    规范性文件中2件废止 names no cell that it could be a part of.
    """
    if whole.topic in DOCUMENTS and whole.action is None:
        return None
    counted = whole.topic in (*DOCUMENTS, *DECISIONS, "fees", "procurement")
    return replace(whole, residue=True) if counted else None


def _applicants_known(own: Subject, sentence: Sentence) -> Subject:
    """公民 is a kind of applicant beside others; alone it may be anybody."""
    if own.applicant != "citizen":
        return own
    others = {v for w in sentence.words if (v := w.value("applicant")) not in (None, "citizen")}
    return replace(own, applicant="natural_person") if others else own


def _of_a_reason(sentence: Sentence, used: Sequence[Word]) -> bool:
    """Whether a reason with a 、 in it stands before the words of a figure."""
    start = used[0].start if used else sentence.start
    return _REASON.search(sentence.text[sentence.start : start]) is not None


def _published_documents(right: Sequence[Word]) -> bool:
    """4件文件全部公开: what was issued was published, and nobody applied for it."""
    named = [w for w in right if w.meanings]
    return len(named) > 1 and named[0].text.endswith("文件") and named[1].text in _PUBLISHED


def naming(words: Sequence[Word]) -> bool:
    """Whether the words name what is counted, and not only what was done with it."""
    return any(m.facet in TOPICAL and m.facet != "action" for w in words for m in w.meanings)


def _with_right(own: Subject, right: Sequence[Word]) -> Subject:
    """What stands behind the figure adds what the words before it leave open."""
    behind = read_subject(right)
    if own.applicant and not own.stages and behind.stages == ("carried_over_out",):
        return replace(own, stages=behind.stages)  # 企业1件结转2025年办理
    if not own.topics and topical(right):
        own = replace(own, topics=behind.topics, own_topic=bool(behind.topics))
        return _asked_by(own, right)
    if not own.stages and not behind.topics:
        return replace(own, stages=behind.stages, outcome=own.outcome or behind.outcome)
    return own


def _asked_by(own: Subject, right: Sequence[Word]) -> Subject:
    """收到15件法人或其他组织申请: who applied stands right behind the figure."""
    whose = right[0].value("applicant") if right else None
    known = whose in ("natural_person", "organizations", *ORGANIZATIONS)
    asked = known and own.topic == "requests" and own.applicant is None
    return replace(own, applicant=whose) if asked else own


def _is_part(own: Subject, used: Sequence[Word], sentence: Sentence) -> bool:
    """Unknown words, or things of another kind, stand beside the figure."""
    if any(w.has("mark", "kind") or w.has("mark", "flaw") for w in used):
        return True
    if own.topic in DECISIONS and own.outcome:
        return True  # 撤销行政许可2件
    if set(own.stages) & _GROUPS and _of_a_reason(sentence, used):
        return True
    if (
        own.stages == (_UNCLEAR,)
        and used
        and _TO_CORRECT.search(sentence.text, used[-1].end, sentence.end)
    ):
        return True  # 内容不明确的27件申请，均一次性告知补正
    others = any(w.value("topic") == "other" for w in used)
    if others and own.topic not in NO_CELL:
        return True
    return unknown_length(tuple(used), sentence.figures) >= _LEAST_RESIDUE
