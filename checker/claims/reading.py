"""Reads what every figure counts, sentence by sentence.

It looks first in the figure's own segment, then back over segments without figures, then at the
figure before it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from checker.claims.applicants import said_of
from checker.claims.beside import (
    DISCLOSED,
    around,
    before_bracket,
    bracket_depth,
    lookback,
    mentions_carry,
    of_all_cases,
    of_other_frame,
    printed_before,
    right_of,
    run_of_things,
    tied_before,
    told_later,
    until_universal,
    words_behind,
)
from checker.claims.elsewhere import other_cause, spoken_of
from checker.claims.figures import Figure
from checker.claims.sentences import Segment, Sentence, unknown_length
from checker.claims.short_rows import short_row
from checker.claims.subjects import (
    APPEALS,
    DECISIONS,
    JOINED,
    MONEY,
    NO_CELL,
    TELLING,
    TOPICAL,
    WEAK_STAGES,
    Subject,
    filled,
    read_subject,
    rest_of,
    topical,
)
from checker.claims.words import Word
from checker.domain.claim import Scope

_NAMED: Final = re.compile("申请|复议|诉")
# 14件申请中有3件; 因不掌握等原因无法提供
_AMONG: Final = re.compile("(?<!其)中有?$")
_ET_CETERA: Final = re.compile("等(?:原因|情形|情况|事由)")
_WITHOUT_CARRY: Final = re.compile(r"[(,](?:不含|不包括|不包含)(?:上|去)")
_OTHER: Final = re.compile("其[他它](?:情形|情况|原因|事由|类)?$")
_LEVEL: Final = re.compile(
    "(?:(?:[升降增减]|增加|减少|上升|下降|提高|提升|降低|增长)(?:至|到|为)|达到?)(?:(?:本年度?|今年)的?)?$"
)
_REST: Final = re.compile("其余|剩余|余下|剩下|其它$|[另还尚仍]有$|余$")
# 收到行政复议52件，其中因信息公开3件: those of a body that decides on appeals
_BY_OTHERS: Final = re.compile(
    "(?:收到|受理|收案|审理|审结|立案)(?!.*[我本](?:局|机关|单位|委|厅|办))"
)
_LITIGATION: Final = ("litigation_direct", "litigation_after_reconsideration")
_LONGEST_HEAD: Final = 16
_OLD_AND_NEW: Final = (
    [("new_received",), ("carried_over_in",)],
    [("received",), ("carried_over_in",)],
)
_IN_ALL: Final = re.compile("(?:(?:共计?|合计|总计)|(?:相加|之和)为?)$")
_LEAST_RESIDUE: Final = 2
_BY_ORIGIN: Final = frozenset(("received", "new_received", "carried_over_in"))
_LEAST_PARTS: Final = 2
_CONTENTS: Final = re.compile(
    "(?:从|按)照?[^,。;]{0,6}(?:内容|类别|领域|主题|区域|地域|行业|事由|信息类型|需求|科室|专业|属性)"
    "[^,。;]{0,4}(?:看|分|统计|区分)"
)
_EXCEPT: Final = re.compile("除[^,。;]*$")
_EXCEPTED: Final = re.compile("[^,。;]{0,20}外")
_OF_REQUESTS: Final = ("件", "份", "件次")
_APPLICANT: Final = re.compile("申请人")
_WITH_PARTIAL: Final = re.compile(r"[^,。;()0-9]{0,8}\((?:其中)?(?:含|包括|包含)部分公开")


class Reader:
    """Reads the subjects of a section, sentence by sentence.

    Args:
        covers_area: the report says that it is that of its whole area.

    Attributes:
        carried_out: what the text itself says is carried over to next year.
        reason: why the last figure is not that of applications, though its words may be theirs.
    """

    def __init__(self, *, covers_area: bool = False) -> None:
        self._covers_area = covers_area
        self._last_table = Subject()
        self._in_sentence = Subject()
        self.carried_out: Decimal | None = None
        self.reason = ""
        self._fresh = False
        self._told: list[Subject] = []
        self._passage: tuple[Sentence, ...] = ()

    def open(self, passage: tuple[Sentence, ...]) -> None:
        """A new passage: its sentences may be asked for what was named before."""
        self._passage = passage

    def scope(self, said: Scope) -> Scope:
        """全市 is the body's own scope where the report is that of all of the city."""
        return "own" if said == "whole_area" and self._covers_area else said

    @property
    def last_table(self) -> Subject:
        """The subject of a table that was spoken of last under this sub-heading."""
        return self._last_table

    def begin(self, sentence: Sentence) -> None:
        """A new sub-heading: what was spoken of before is over."""
        head = sentence.words_between(sentence.start, sentence.start + _LONGEST_HEAD)
        self._last_table = replace(read_subject(head), own_topic=False)
        self._fresh = True
        if self._last_table.topic in NO_CELL:
            self._last_table = Subject()

    def phrase(self, sentence: Sentence, figure: Figure) -> str:
        """All that stands beside a figure in its segment, without words of no meaning."""
        segment = sentence.segments[sentence.segment_of(figure.start)]
        before, _ = around(sentence, sentence.figures.index(figure), segment)
        words = sentence.words_between(before, figure.start)
        return "".join(w.text for w in words if w.meanings or not w.known)

    def noun(self, sentence: Sentence, figure: Figure) -> str:
        """The thing without a cell that a figure counts, such as 政策解读; empty for others."""
        segment = sentence.segments[sentence.segment_of(figure.start)]
        before, after = around(sentence, sentence.figures.index(figure), segment)
        left = sentence.words_between(before, figure.start)
        for words in (tuple(reversed(left)), sentence.words_between(figure.behind, after)):
            run = run_of_things(words)
            if run is not None:
                return max(run, key=len, default="")
        return ""

    def subject(self, sentence: Sentence, figure: Figure) -> Subject:
        """What a figure counts; figures have to come in order."""
        number = sentence.figures.index(figure)
        if number == 0 and not sentence.text.startswith("其中", sentence.start):
            self._in_sentence = Subject()
        own = self._local(sentence, number)
        full = self._completed(sentence, number, own)
        self.reason = "" if own.tied else self.elsewhere(sentence, figure.start, full)
        if self.reason:
            full = Subject(topics=("other",), residue=True)
        if mentions_carry(sentence, figure):
            full = replace(full, with_carry=True)
        elif _WITHOUT_CARRY.match(sentence.text, figure.behind) and full.stages == ("received",):
            full = replace(full, stages=("new_received",))
        if number == 0:
            self._told.clear()
        full = replace(full, said_of=said_of(sentence, number, full, self._told))
        self._told.append(full)
        self._fresh = False
        if not full.empty:
            self._in_sentence = full
        if full.topics and full.topic not in NO_CELL:
            # 其中涉及信息公开3件 ties its own figure, not the cases that are spoken of next
            among = number and of_all_cases(sentence, sentence.figures[number - 1])
            self._last_table = replace(full, tied=False) if among else full
        excepted = full.stages in ((), ("carried",), ("postponed",)) and _excepted(sentence, figure)
        if ("carried_over_out" in full.stages and not full.applicant) or excepted:
            self.carried_out = figure.value
        return full

    def elsewhere(self, sentence: Sentence, place: int, subject: Subject) -> str:
        """Why what is said at a place is not said of a table; empty when it may be."""
        taken_over = subject.topic == "other" and not subject.own_topic
        if taken_over or subject.topic in (None, "requests"):
            found = spoken_of(sentence, place, self._passage)
        elif subject.topic in APPEALS:
            found = other_cause(sentence, place)
        else:
            return ""
        return found.reason if found else ""

    def _mentioned(self, sentence: Sentence, figure: Figure) -> tuple[str, ...]:
        """The topic of a table that was named last in this passage, figures or not."""
        upto = [s for s in self._passage if s.start <= sentence.start]
        for one in reversed(upto):
            if not _NAMED.search(one.text, one.start, one.end):
                continue
            topics = [
                v
                for w in one.words
                if w.end <= figure.start or one is not sentence
                if (v := w.value("topic")) in ("requests", *APPEALS)
            ]
            if topics:
                return (topics[-1],)
        return ()

    def _local(self, sentence: Sentence, number: int) -> Subject:
        """What the words of the figure's own segment say."""
        row = short_row(sentence, number)
        if row is not None:
            return row
        figure = sentence.figures[number]
        segment = sentence.segments[sentence.segment_of(figure.start)]
        before, after = around(sentence, number, segment)
        printed = sentence.text[before : figure.start]
        among = _AMONG.search(sentence.text[segment.start : figure.start])
        whose = sentence.words_between(segment.start, figure.start)
        if among and (number or any(w.value("topic") == "requests" for w in whose)):
            told = read_subject(right_of(sentence, number, segment))
            if len(told.stages) == 1 and told.stages[0] in TELLING:
                return replace(told, topics=("requests",), own_topic=True)
            return Subject(residue=True)  # 14件申请中有3件: a part of which no more is known
        left = sentence.words_between(before, figure.start)
        if left and left[-1].text in JOINED:
            left = ()  # 规章文本及11件规范性文件: the words before belong to something else
        if segment.mark == "(" and not printed.strip():
            left = before_bracket(sentence, segment)
        right = until_universal(
            sentence.words_between(figure.behind, after), always=naming(left) and topical(left)
        )
        own, used = _applicants_known(read_subject(left), sentence), left
        if not naming(left):
            whole = right_of(sentence, number, segment)
            right = whole if _REST.search(printed) else until_universal(right or whole)
            if topical(right):
                own, used = read_subject(right), right
            elif not topical(left):
                own, used = Subject(), (*left, *right)
            if set(own.stages) & TELLING and own.topic == "other":
                own, used = replace(own, topics=(), own_topic=False), ()
        else:
            own = _with_right(own, right)
        if _ET_CETERA.search(printed):
            last = [v for w in used if (v := w.value("stage")) is not None]
            own = replace(own, stages=tuple(last[-1:]))
        own = _with_neighbours(own, sentence, segment)
        return replace(own, residue=_is_part(own, used, sentence))

    def _completed(self, sentence: Sentence, number: int, own: Subject) -> Subject:
        """The local subject with what it lacks taken from before."""
        figure = sentence.figures[number]
        if _by_content(own, sentence, figure):
            return Subject(residue=True)
        if _part_of_closed(own, self._told, sentence, number):
            own = replace(own, residue=True)
        if of_all_cases(sentence, figure):
            own = replace(own, all_cases=True, tied=False)
        full = self._about_disclosure(sentence, number, own) or own
        for segment in lookback(sentence, number):
            words = sentence.words_between(segment.start, segment.end)
            if not topical(words) or (own.own_topic and unknown_length(words)):
                continue
            said = read_subject(words)
            if full.empty and not own.residue and said.topic not in NO_CELL:
                full = replace(said, own_topic=False)
            full = filled(full, said, figure)
        full = filled(full, self._before(sentence, number), figure) if number else full
        if not full.topics and not full.empty:
            full = filled(full, self._last_table, figure)
        if own.applicant and not own.stages and self._of_all_received(sentence, number):
            full = replace(full, stages=("received",)) if full.topic == "requests" else full
        full = self._by_position(sentence, figure, full)
        full = self._told_behind(sentence, number, full)
        full = _specified(sentence, number, full)
        if _REST.search(printed_before(sentence, number)) and not own.stages:
            full = _of_rest(sentence, number, full)
        full = self._with_topic(sentence, figure, full)
        if full.topic == "requests" and self._of_something_else(sentence, number, own, full):
            full = replace(full, residue=True)
        tied = full.tied or tied_before(sentence, number) or self._last_table.tied
        tied = tied or sentence.section == "appeals"
        return replace(full, tied=tied and not full.all_cases)

    def _before(self, sentence: Sentence, number: int) -> Subject:
        """The subject told last; behind 直接起诉1件、复议后起诉2件 it is all litigation."""
        outside = self._outside(sentence, number)
        if outside is not None:
            return outside
        kinds = [t.topics for t in self._told[-2:] if t.outcome is None]
        between = sentence.text[
            sentence.figures[number - 1].behind : sentence.figures[number].start
        ]
        of_last = between.startswith("(") or "其中" in between
        if kinds == [(k,) for k in _LITIGATION] and not of_last:
            return replace(self._in_sentence, topics=("litigation",))
        return self._in_sentence

    def _with_topic(self, sentence: Sentence, figure: Figure, full: Subject) -> Subject:
        """The topic of stages and applicants beside which none is named."""
        if not full.topics and full.stages and not full.residue:
            full = replace(full, topics=self._mentioned(sentence, figure))
            if not full.topics and told_later(sentence, figure):
                full = replace(full, topics=("requests",))
        if not full.topics and any(s in TELLING or "." in s for s in full.stages):
            full = replace(full, topics=("requests",))
        if not full.topics and full.applicant and not full.residue and figure.unit in _OF_REQUESTS:
            named = _APPLICANT.search(sentence.text, sentence.start, figure.start)
            full = replace(full, topics=("requests",) if named else ())
        return full

    def _of_something_else(
        self, sentence: Sentence, number: int, own: Subject, full: Subject
    ) -> bool:
        """信访事项中，不予受理4件; 受理工单9件，办结9件: 申请 is not what this is about."""
        start = sentence.figures[number].start
        if of_other_frame(sentence, start):
            return True
        if own.own_topic or not number or len(self._told) < number:
            return False
        said = self._told[:number]  # the first count of a sentence names what it is about
        asked = any(t.topic == "requests" and t.own_topic and not t.residue for t in said)
        unknown = said[0].residue and said[0].topic != "requests" and not asked
        return unknown and not DISCLOSED.search(sentence.text, sentence.start, start)

    def _of_all_received(self, sentence: Sentence, number: int) -> bool:
        """办结8件；自然人7件: applicants told anew are those of all that came in."""
        figures = sentence.figures
        if not number:
            return self._last_table.stages not in ((), ("closed",), ("answered",), ("handled",))
        between = sentence.text[figures[number - 1].behind : figures[number].start]
        before = self._told[number - 1] if number <= len(self._told) else Subject()
        return ";" in between or (before.applicant is not None and before.stages == ("received",))

    def _outside(self, sentence: Sentence, number: int) -> Subject | None:
        """The subject told before a bracket that is closed: 其余10件（含上年1件），自然人4件."""
        figures = sentence.figures
        depth = bracket_depth(sentence, figures[number].start)
        if bracket_depth(sentence, figures[number - 1].start) <= depth:
            return None
        before = (
            self._told[i]
            for i in range(number - 1, -1, -1)
            if i < len(self._told) and bracket_depth(sentence, figures[i].start) <= depth
        )
        return next((t for t in before if not t.empty), None)

    def _told_behind(self, sentence: Sentence, number: int, full: Subject) -> Subject:
        """余下3件因需征求意见，结转下年: what became of them is told in the next clauses."""
        figure, before = sentence.figures[number], self._in_sentence
        segment = sentence.segments[sentence.segment_of(figure.start)]
        left = sentence.words_between(around(sentence, number, segment)[0], figure.start)
        asked = before.topic == "requests" if number else self._last_table.topic == "requests"
        known = full.topic == "requests" or (asked and figure.unit == "件")
        if naming(left) or not known or not set(full.stages) <= WEAK_STAGES:
            return full
        words = words_behind(sentence, number)
        for index, word in enumerate(words):
            stage = word.value("stage")
            if stage is None or not (stage in TELLING or "." in stage):
                continue
            unknown = unknown_length(words[:index], sentence.figures) >= _LEAST_RESIDUE
            rest = _REST.search(sentence.text[segment.start : figure.start])
            residue = unknown and not rest
            return Subject(topics=("requests",), stages=(stage,), residue=residue)
        return full

    def _about_disclosure(self, sentence: Sentence, number: int, own: Subject) -> Subject | None:
        """行政复议8件，其中涉及政府信息公开3件: the cases that table 四 counts."""
        before = self._in_sentence
        if not (number and before.all_cases and set(before.topics) <= APPEALS):
            return None
        if own.topic in APPEALS:
            return None
        if not of_all_cases(sentence, sentence.figures[number - 1]):
            return None
        # who received or tried them counts those of others too
        others = _BY_OTHERS.search(sentence.text[sentence.start : sentence.figures[number].start])
        return Subject(topics=before.topics, tied=not others, residue=bool(others), own_topic=True)

    def _whole(self, sentence: Sentence, figure: Figure) -> Subject | None:
        """全年共3件 below a sub-heading on applications; 新收3件，上年1件，共4件."""
        counted = [s.stages for s in self._told[-2:]]
        text = sentence.text[sentence.start : figure.start]
        if _IN_ALL.search(text):
            if counted in _OLD_AND_NEW:
                return Subject(topics=("requests",), stages=("new_received", "carried_over_in"))
            summed = _sum_of(self._told)
            if summed is not None:
                return summed
        if self._fresh and self._last_table.topic == "requests":
            return replace(self._last_table, stages=("received",))
        return None

    def _by_position(self, sentence: Sentence, figure: Figure, full: Subject) -> Subject:
        """A figure whose own words say nothing: an amount, a level, 共3件, 其他3件."""
        before = self._in_sentence
        if figure.unit == "yuan" and not full.topics and before.topic in MONEY:
            return replace(full, topics=before.topics)
        if not full.empty or full.residue:
            return full
        text = sentence.text[sentence.start : figure.start]
        segment = sentence.segments[sentence.segment_of(figure.start)]
        words = sentence.words_between(segment.start, figure.start)
        scoped = any(w.value("scope") == "office" for w in words)
        if _LEVEL.search(text) or (scoped and before.topic == "requests"):
            return before  # 2023年降至3件; 全系统74件，其中本级12件
        rest = rest_of(before) if _OTHER.search(text) else None
        return self._whole(sentence, figure) or rest or full


def _of_rest(sentence: Sentence, number: int, full: Subject) -> Subject:
    """除1件结转外，其余10件申请均已办结: the rest is not what the figure before was."""
    if full.topic != "requests":
        return full
    said = read_subject(words_behind(sentence, number, past_universals=True))
    return replace(full, stages=said.stages, residue=full.residue or not said.stages)


def _excepted(sentence: Sentence, figure: Figure) -> bool:
    """除1件结转件外: what is said of all is not said of these."""
    before = _EXCEPT.search(sentence.text, sentence.start, figure.start)
    return before is not None and _EXCEPTED.match(sentence.text, figure.behind) is not None


def _by_content(own: Subject, sentence: Sentence, figure: Figure) -> bool:
    """从申请内容看，学籍类11件: how applications are divided that no table divides so."""
    start = sentence.text.rfind(";", sentence.start, figure.start) + 1
    divided = _CONTENTS.search(sentence.text, max(start, sentence.start), figure.start)
    telling = {s for s in own.stages if s != "other" and (s in TELLING or "." in s)}
    return divided is not None and not telling and own.applicant is None


def _part_of_closed(own: Subject, told: Sequence[Subject], sentence: Sentence, number: int) -> bool:
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


def _specified(sentence: Sentence, number: int, full: Subject) -> Subject:
    """诉讼1件，系复议后起诉; 公开19件（含部分公开3件）: what is said behind makes it precise."""
    if full.stages == ("carried",) and _excepted(sentence, sentence.figures[number]):
        return replace(full, topics=full.topics or ("requests",), stages=("carried_over_out",))
    if full.topics == ("litigation",) and full.outcome is None:
        kinds = {
            v for w in words_behind(sentence, number) if (v := w.value("topic")) in _LITIGATION
        }
        return replace(full, topics=tuple(kinds)) if len(kinds) == 1 else full
    if full.topic == "requests" and not (full.stages or full.applicant or full.channel):
        words = words_behind(sentence, number, past_universals=True)
        done = {"closed", "answered", "handled"} & set(read_subject(words).stages)
        if done and any(w.has("universal", "all") for w in words):
            return replace(full, stages=("handled",))  # 全部9件申请均按期答复
    behind = sentence.figures[number].behind
    if full.stages == ("granted",) and _WITH_PARTIAL.match(sentence.text, behind):
        return replace(full, stages=("granted_or_partially",))
    return full


def _sum_of(told: Sequence[Subject]) -> Subject | None:
    """What a total counts that stands behind its parts: 维持2件、纠正1件，合计3件."""
    topics = {t.topics for t in told}
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


def _applicants_known(own: Subject, sentence: Sentence) -> Subject:
    """公民 is a kind of applicant beside others, and anybody when it stands alone."""
    if own.applicant != "citizen":
        return own
    others = {v for w in sentence.words if (v := w.value("applicant")) not in (None, "citizen")}
    return replace(own, applicant="natural_person" if others else None)


def _with_neighbours(own: Subject, sentence: Sentence, segment: Segment) -> Subject:
    """复议、诉讼共6件: topics of table 四 that are counted in one figure."""
    if not own.topics or not set(own.topics) <= APPEALS or segment.mark != "、":
        return own
    index = sentence.segments.index(segment)
    earlier = sentence.segments[index - 1]
    if any(earlier.start <= f.start < earlier.end for f in sentence.figures):
        return own
    before = read_subject(sentence.words_between(earlier.start, earlier.end)).topics
    return replace(own, topics=(*before, *own.topics)) if set(before) <= APPEALS else own


def naming(words: Sequence[Word]) -> bool:
    """Whether the words name what is counted, and not only what was done with it."""
    return any(m.facet in TOPICAL and m.facet != "action" for w in words for m in w.meanings)


def _with_right(own: Subject, right: Sequence[Word]) -> Subject:
    """What stands behind the figure adds what the words before it leave open."""
    behind = read_subject(right)
    if not own.topics and topical(right):
        return replace(own, topics=behind.topics, own_topic=bool(behind.topics))
    if not own.stages and not behind.topics:
        return replace(own, stages=behind.stages, outcome=own.outcome or behind.outcome)
    return own


def _is_part(own: Subject, used: Sequence[Word], sentence: Sentence) -> bool:
    """Unknown words, or things of another kind, stand beside the figure."""
    if any(w.has("mark", "kind") for w in used):
        return True
    others = any(w.value("topic") == "other" for w in used)
    if others and own.topic not in NO_CELL:
        return True
    return unknown_length(tuple(used), sentence.figures) >= _LEAST_RESIDUE
