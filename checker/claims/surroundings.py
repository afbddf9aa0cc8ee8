"""What the words around a figure change about what it counts, as far as they alone tell it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from checker.claims.beside import (
    around,
    words_behind,
)
from checker.claims.bodies import own_since
from checker.claims.figures import Figure
from checker.claims.local import naming
from checker.claims.sentences import Sentence
from checker.claims.several import (
    is_rest,
)
from checker.claims.subjects import (
    APPEALS,
    DECISIONS,
    KINDS_OF_LITIGATION,
    TELLING,
    Subject,
    read_subject,
)
from checker.rulebook.late import late_regex

_YEARS: Final = "(?:上一?年度?|去年|今年|本年度?|(?:19|20)[0-9]{2}年度?)"
_BY_ORIGIN: Final = frozenset(("received", "new_received", "carried_over_in"))
_LITIGATION: Final = frozenset(("litigation", *KINDS_OF_LITIGATION))
_COURT: Final = late_regex("法院|判决|判令|裁定|败诉")
_LEAST_PARTS: Final = 2
_WIDER: Final = ("whole_area", "others")
_CONTENTS: Final = late_regex(
    "(?:从|按)照?[^,。;]{0,6}(?:受理主体|受理机关|受理单位|受理部门|层级|级别|内容|类别|领域|主题|区域|地域|行业|事由|信息类型|需求|科室|专业|属性|时限|期限|用时|时长)"
    "[^,。;]{0,4}(?:看|分|统计|区分)"
)
# 10个工作日内办结41件; the 20 days of the law are a limit for all
_WITHIN: Final = late_regex(
    "(?<![0-9月.])(?:[0-9]{1,2}[至到~—-]+[0-9]{1,2}|(?!20个?工作日)[0-9]{1,2})个?(?:工作日|自然日|天|日(?=之?内|以内))"
    "(?:之内|以内|内)?[^,。;0-9]{0,6}$"
)
# 征地补偿类申请集中，全年此类申请97件; 来自这两类主体的申请20件: only those named before
_OF_THESE: Final = late_regex(
    "(?:[此该这同上前](?:[两二三四五]?[类种些])|[这上前]述?[两二三四五](?:类|种|部分|方面))[^,。;、0-9]{0,14}$"
)
# 全区8个街道共收到302件: how many bodies there are
_OF_BODIES: Final = late_regex(
    "(?:所属)?(?:街道|乡镇|镇街|乡|镇|县|区|市|州|部门|单位|局|委|办|科室|处室|股室|机关|社区|村|站所|机构)"
)
_BODY_UNITS: Final = ("个", "家")
_GROUPS: Final = frozenset(("denied", "unavailable", "declined", "partially_granted"))
_FOR_A_REASON: Final = late_regex(
    "因(?P<why>[^,。;、0-9]{2,40}?)而?(?:依法|作出|决定)?(?:无法提供|不能提供|不予公开|不予处理|部分公开)"
)
_NO_REASON: Final = late_regex("等|原因|情[形况]|事由|理由|申请人?$")
# 今年一件也没有收到; 转发县政府规范性文件4件 is not made here
_NOT_EVEN: Final = late_regex("(?:也|都)(?:没|未)")
_PASSED_ON: Final = late_regex("(?:转发|移送)[^,。;0-9]{0,16}$")
# 1名申请人全年提出申请7件; 三家作出的处罚决定1968件; 386件申请在5个工作日内办结
_OF_FEW: Final = late_regex(
    "(?:(?:[0-9一两二三四五六七八九十]+|某|个别|少数|部分)(?:[名位个家人])?"
    "(?:申请人|人|居民|村民|市民)|[0-9两二三四五六七八九十]+家(?:单位|部门|机关)?作出)[^,。;0-9]{0,14}$"
)
# cases that the body decides itself, or those of one respondent of an area
_AS_REVIEWER: Final = late_regex(
    "(?:作为(?:行政)?复议(?:机关|机构)|以[^,。;0-9]{2,12}为被申请人)[^。;]*$"
)
_IN_DAYS: Final = late_regex("[^,。;0-9]{0,6}在(?!20)[0-9]{1,2}个?工作日(?:之?内|以内)")
_TURNED: Final = late_regex(
    "(?:由|从)[^,。;0-9]{1,12}(?:转|改|调整|变更)[为成][^,。;0-9]{0,10}(?:,其中)?$"
)
_ONE_OF_THEM: Final = late_regex("其中(?:有|的)?$")  # 其中1件的申请人不服复议决定
_WHOSE: Final = late_regex("的?(?:申请人|当事人|原告|案件的?申请人)")
_EXCEPT: Final = late_regex("除[^,。;]*$")
_EXCEPTED: Final = late_regex("[^,。;]{0,20}外")
_AMONG_THEM: Final = late_regex("(?:当|之)?[中里](?:,|就|便|只|有|占)")
_THESE_AND: Final = late_regex("(?:行政)?(?:复议|诉讼)(?:案件)?[和与及、]")
_OTHER_YEAR: Final = late_regex(f"[,;、](?:而|到了?)?{_YEARS}(?:则|已|又)?(?:为|是|达到?|有)?")
_WITH_PARTIAL: Final = late_regex(r"[^,。;()0-9]{0,8}\((?:其中)?(?:含|包括|包含)部分公开")


def of_next_year(sentence: Sentence, figure: Figure) -> bool:
    """上年60件，今年72件: a figure that names no more than another year than the one before."""
    number = sentence.number_of(figure)
    before = sentence.figures[number - 1] if number else None
    if before is None or before.unit != figure.unit:
        return False
    return _OTHER_YEAR.fullmatch(sentence.text, before.behind, figure.start) is not None


def told_again(sentence: Sentence, number: int) -> int | None:
    """被纠正6件，原因集中，6件里占4件: the figure before that is meant once more."""
    figure = sentence.figures[number]
    if not _AMONG_THEM.match(sentence.text, figure.behind):
        return None
    alike = [
        n
        for n, f in enumerate(sentence.figures[:number])
        if (f.value, f.unit) == (figure.value, figure.unit)
    ]
    return alike[-1] if alike else None


def own_part(sentence: Sentence, figure: Figure) -> bool:
    """Whether a figure is that of the reporting body behind one of a whole area."""
    number = sentence.number_of(figure)
    last = sentence.figures[number - 1] if number else None
    if last is None or last.unit != figure.unit:
        return False
    wider = sentence.words_between(sentence.start, last.start)
    return any(w.value("scope") in _WIDER for w in wider) and own_since(
        sentence, last.behind, figure.start
    )


def unnamed_rest(sentence: Sentence, number: int) -> bool:
    """Whether a figure is called the rest and what it counts is told behind it."""
    if not is_rest(sentence, number):
        return False
    figure = sentence.figures[number]
    segment = sentence.segment_at(figure.start)
    start, _ = around(sentence, number, segment)
    return not naming(sentence.words_between(start, figure.start))


def excepted(sentence: Sentence, figure: Figure) -> bool:
    """除1件结转件外: what is said of all is not said of these."""
    before = _EXCEPT.search(sentence.text, sentence.start, figure.start)
    return before is not None and _EXCEPTED.match(sentence.text, figure.behind) is not None


def by_content(own: Subject, sentence: Sentence, figure: Figure) -> bool:
    """学籍类11件, 10个工作日内办结41件, 此类申请97件: some that no table tells apart."""
    start = sentence.text.rfind(";", sentence.start, figure.start) + 1
    divided = _CONTENTS.search(sentence.text, max(start, sentence.start), figure.start)
    divided = divided or _WITHIN.search(sentence.text, sentence.start, figure.start)
    before = (sentence.text, sentence.start, figure.start)
    one_of_them = own.outcome is None and _ONE_OF_THEM.search(*before) is not None
    if one_of_them and _WHOSE.match(sentence.text, figure.behind):
        return True
    if _OF_THESE.search(*before) or _TURNED.search(*before) or _PASSED_ON.search(*before):
        return True
    behind = (sentence.text, figure.behind)
    if _NOT_EVEN.match(*behind) or _IN_DAYS.match(*behind) or _OF_FEW.search(*before):
        return True
    if _AS_REVIEWER.search(*before):
        return True
    if figure.unit in _BODY_UNITS and _OF_BODIES.match(sentence.text, figure.behind):
        return True
    telling = {s for s in own.stages if s != "other" and (s in TELLING or "." in s)}
    return divided is not None and not telling and own.applicant is None


def for_a_reason(full: Subject, sentence: Sentence, figure: Figure) -> bool:
    """40件申请因信息由市县掌握而无法提供: only those of a group that a reason tells apart."""
    if not full.stages or not set(full.stages) <= _GROUPS:
        return False
    start = max(sentence.text.rfind(c, sentence.start, figure.start) for c in ",;。") + 1
    told = _FOR_A_REASON.search(sentence.text, max(start, sentence.start), sentence.end)
    if told is None or _NO_REASON.search(told["why"]):
        return False
    end = min((i for c in ",;。" if (i := sentence.text.find(c, figure.behind)) >= 0), default=0)
    return told.start() < (end or sentence.end)


def part_of_closed(own: Subject, told: Sequence[Subject], sentence: Sentence, number: int) -> bool:
    """答复176件，其中上年收到的9件、本年收到的167件: only those received that were closed."""
    if not number or not own.stages or not set(own.stages) <= _BY_ORIGIN:
        return False
    figures = sentence.figures
    first = number
    while first and (first == number or set(told[first].stages) <= _BY_ORIGIN):
        first -= 1
    start = figures[first].behind
    text = sentence.text[start : figures[number].start]
    stages = set(told[first].stages)
    closed = {"closed", "answered"} & stages or (told[first].residue and stages)
    return (
        bool(closed) and ("其中" in text or text.startswith(("、", "和", "("))) and ";" not in text
    )


def turned_into(own: Subject, told: Sequence[Subject], sentence: Sentence, number: int) -> bool:
    """咨询112次，其中转为申请的9件: not all applications, unless they are named in full."""
    if not number or own.topic != "requests" or own.stages or own.tied:
        return False
    figures = sentence.figures
    between = sentence.text[figures[number - 1].behind : figures[number].start]
    return "其中" in between and told[number - 1].topic == "other"


def part_of_other(own: Subject, told: Sequence[Subject]) -> bool:
    """其他处理3件，其中撤回2件、转办1件: only some of the row 其他 of that group."""
    withdrawn = own.stages == ("other.miscellaneous",)
    return withdrawn and any(t.stages == ("other",) for t in told)


def specified(sentence: Sentence, number: int, full: Subject) -> Subject:
    """诉讼1件，系复议后起诉; 公开19件（含部分公开3件）: what is said behind makes it precise."""
    if full.stages == ("carried",) and excepted(sentence, sentence.figures[number]):
        return replace(full, topics=full.topics or ("requests",), stages=("carried_over_out",))
    if full.topics == ("litigation",) and full.outcome is None:
        kinds = {
            v
            for w in words_behind(sentence, number)
            if (v := w.value("topic")) in KINDS_OF_LITIGATION
        }
        return replace(full, topics=tuple(kinds)) if len(kinds) == 1 else full
    if full.outcome and not full.own_topic and set(full.topics) <= _LITIGATION:
        kinds = {
            v for w in words_behind(sentence, number) if (v := w.value("topic")) in _LITIGATION
        }
        if len(kinds) == 1:  # 纠正1件，为复议后起诉案件
            return replace(full, topics=tuple(kinds))
    if full.topic == "requests" and not (full.stages or full.applicant or full.channel):
        words = words_behind(sentence, number, past_universals=True)
        done = {"closed", "answered", "handled"} & set(read_subject(words).stages)
        if done and any(w.has("universal", "all") for w in words):
            return replace(full, stages=("handled",))  # 全部9件申请均按期答复
    behind = sentence.figures[number].behind
    if full.stages == ("granted",) and _WITH_PARTIAL.match(sentence.text, behind):
        return replace(full, stages=("granted_or_partially",))
    return full


def sum_of(told: Sequence[Subject]) -> Subject | None:
    """What a total counts that stands behind its parts: 维持2件、纠正1件，合计3件."""
    topics = {t.topics for t in told}
    totals = [t for t in told if t.outcome is None]
    kinds = dict.fromkeys(v for t in totals for v in t.topics)
    if len({t.topics for t in totals}) > 1 and set(kinds) <= APPEALS:  # 复议2件、诉讼1件，共3件
        return replace(totals[-1], topics=tuple(kinds), tied=all(t.tied for t in totals))
    if len(told) < _LEAST_PARTS or len(topics) != 1:
        return None
    first = told[0]
    if first.topic in APPEALS and all(t.outcome for t in told):
        return replace(first, outcome=None)
    if first.topic in DECISIONS:
        return replace(first, residue=False)
    apart = all(t.channel for t in told) or all(t.applicant for t in told)
    if first.topic == "requests" and apart:
        return Subject(topics=first.topics, stages=("received",))
    return None


def outcome_behind(sentence: Sentence, number: int, full: Subject) -> Subject:
    """2件复议和1件诉讼被纠正: what became of both is told behind the second."""
    following = sentence.figures[number + 1 : number + 2]
    if full.outcome or not full.own_topic or not set(full.topics) <= APPEALS or not following:
        return full
    figure, second = sentence.figures[number], following[0]
    between = _THESE_AND.fullmatch(sentence.text, figure.behind, second.start)
    if between is None or figure.unit != second.unit:
        return full
    words = sentence.words_between(second.behind, sentence.segment_at(second.behind).end)
    told = read_subject(words)
    both = told.outcome and words[0].value("topic") in APPEALS
    return replace(full, outcome=told.outcome) if both else full


def by_court(sentence: Sentence, number: int, full: Subject) -> Subject:
    """被复议机关纠正9件、被法院判决纠正3件: a court decides lawsuits, whatever was told before."""
    if full.own_topic or full.topics != ("reconsideration",) or full.outcome is None:
        return full
    place = sentence.figures[number].start
    decided = _COURT.search(sentence.text, sentence.segment_at(place).start, place)
    return replace(full, topics=("litigation",)) if decided else full
