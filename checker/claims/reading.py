"""Reads what every figure counts, sentence by sentence.

It looks first in the figure's own segment, then back over segments without figures, then at the
figure before it.
"""

from dataclasses import replace
from decimal import Decimal
from typing import Final

from checker.claims.applicants import named_apart, said_of
from checker.claims.beside import (
    DISCLOSED,
    around,
    as_an_organ,
    carry_in_bracket,
    lookback,
    mentions_carry,
    of_all_cases,
    of_other_frame,
    past_bracket,
    printed_before,
    run_of_things,
    tied_before,
    told_later,
    words_behind,
)
from checker.claims.bodies import own_since
from checker.claims.elsewhere import other_cause, spoken_of
from checker.claims.figures import Figure
from checker.claims.heads import CASES_OF, headed, of_whole
from checker.claims.local import local_subject, naming
from checker.claims.ratios import is_ratio
from checker.claims.sentences import Sentence, unknown_length
from checker.claims.several import (
    REST,
    kinds_apart,
    of_rest,
    told_in_order,
    told_together,
    with_neighbours,
)
from checker.claims.short_rows import short_row
from checker.claims.subjects import (
    APPEALS,
    DECISIONS,
    DOCUMENTS,
    KINDS_OF_LITIGATION,
    MONEY,
    NO_CELL,
    TELLING,
    WEAK_STAGES,
    Subject,
    filled,
    only_of_requests,
    read_subject,
    rest_of,
    topical,
)
from checker.claims.surroundings import (
    by_content,
    by_court,
    excepted,
    for_a_reason,
    of_next_year,
    outcome_behind,
    own_part,
    part_of_closed,
    part_of_other,
    specified,
    sum_of,
    told_again,
    turned_into,
    unnamed_rest,
)
from checker.claims.which_requests import of_which
from checker.domain.claim import Scope
from checker.rulebook.late import late_regex

_OURS: Final = "[我本](?:单位|机关|局|委|办|厅|镇|乡|街道|县|市|区)"
_YEARS: Final = "(?:上一?年度?|去年|今年|本年度?|(?:19|20)[0-9]{2}年度?)"
_NAMED: Final = late_regex("申请|复议|诉")
_AMONG_REST: Final = late_regex("(?:其余|剩余|余下|剩下)[0-9]+[件起宗](?:申请|案件)?中[^,。;]*$")
_WITHOUT_CARRY: Final = late_regex(r"[(,](?:不含|不包括|不包含)(?:上|去)")
_OTHER: Final = late_regex("其[他它](?:情形|情况|原因|事由|类)?$")
_LEVEL: Final = late_regex(
    "(?:(?:[升降增减变]|增加|减少|上升|下降|提高|提升|降低|增长)(?:至|到|为)|达到?)(?:(?:本年度?|今年)的?)?$"
)
# 收到行政复议52件，其中因信息公开3件: those of a body that decides on appeals
_BY_OTHERS: Final = late_regex(
    "(?:收到|受理|收案|审理|审结|立案)(?!.*[我本](?:局|机关|单位|委|厅|办))"
)
_LONGEST_HEAD: Final = 16
_ABOVE: Final = late_regex("(?:以上|上述|前述)[^,。;0-9]{0,6}$")
_OLD_AND_NEW: Final = (
    [("new_received",), ("carried_over_in",)],
    [("received",), ("carried_over_in",)],
)
_IN_ALL: Final = late_regex("(?:(?:共计?|合计|总计)|(?:相加|之和)为?)$")
# 收到申请23件。连同上年结转2件，共25件
_WITH_OLD: Final = late_regex("(?:再)?(?:连同|加上|加|算上|计上|合并)")
_LEAST_RESIDUE: Final = 2
_OF_INFORMATION: Final = ("条", "篇", "则", "期")
_PAPERS: Final = "份"
_OF_REQUESTS: Final = ("件", "份", "件次")
_OUR_PART: Final = late_regex(f"{_OURS}(?:机关|本级)?(?:收到|受理|办理)?$")
_NOTHING_NAMED: Final = late_regex(
    f"(?:{_YEARS}|全年|年内|{_OURS})*,?(?:总数|数量|件数)?"
    "(?:共计?|合计|总计|累计|一共)?(?:为|是|达到?|有)?"
)
_APPLICANT: Final = late_regex("申请人")


def _of_others(sentence: Sentence, number: int, full: Subject) -> bool:
    """办理结果：其他3件: some row of that name, and not all that was handled."""
    whole = set(full.stages) <= WEAK_STAGES and full.applicant is None
    return whole and _OTHER.search(printed_before(sentence, number)) is not None


def _is_base(sentence: Sentence, figure: Figure) -> bool:
    """复议后起诉4件，占行政诉讼总数的80%: of what it is a share is not what is told of next."""
    start = sentence.segment_at(figure.start).start
    return is_ratio(figure) and sentence.text.find("占", start, figure.start) >= 0


def _whose_only(said: Subject, full: Subject) -> bool:
    """自然人仍是主要群体，全年申请51件: who applied may stand in an earlier clause."""
    asked = said.topic in (None, "requests") and full.topic == "requests"
    return asked and said.applicant is not None and not full.applicant


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
        self._whose: str | None = None
        self._passage: tuple[Sentence, ...] = ()
        self._others: dict[int, Scope] = {}

    def open(self, passage: tuple[Sentence, ...]) -> None:
        """A new passage: its sentences may be asked for what was named before."""
        self._passage = passage
        self._others.clear()

    def ended_with(self, sentence: Sentence, scope: Scope) -> None:
        """The population of the last count of a sentence, for the sentence behind it."""
        self._others[sentence.end] = scope

    def taken_over(self, sentence: Sentence, figure: Figure, subject: Subject) -> Scope | None:
        """全市收到申请600件。办结590件: who is not named anew is whom the sentence before names."""
        named = not subject.topics or any(t.own_topic for t in self._told)
        if named or own_since(sentence, sentence.start, figure.start):
            return None
        return self._others.get(sentence.start)

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
        said = read_subject(head)
        self._last_table = replace(said, own_topic=False, by_heading=said.tied)
        self._fresh = True
        if self._last_table.topic in NO_CELL:
            self._last_table = Subject()

    def phrase(self, sentence: Sentence, figure: Figure) -> str:
        """All that stands beside a figure in its segment, without words of no meaning."""
        segment = sentence.segment_at(figure.start)
        before, _ = around(sentence, sentence.number_of(figure), segment)
        words = sentence.words_between(before, figure.start)
        return "".join(w.text for w in words if w.meanings or not w.known)

    def noun(self, sentence: Sentence, figure: Figure) -> str:
        """The thing without a cell that a figure counts, such as 政策解读; empty for others."""
        segment = sentence.segment_at(figure.start)
        before, after = around(sentence, sentence.number_of(figure), segment)
        left = sentence.words_between(before, figure.start)
        for words in (tuple(reversed(left)), sentence.words_between(figure.behind, after)):
            run = run_of_things(words)
            if run is not None:
                return max(run, key=len, default="")
        return ""

    def subject(self, sentence: Sentence, figure: Figure) -> Subject:
        """What a figure counts; figures have to come in order."""
        number = sentence.number_of(figure)
        if number == 0 and not sentence.text.startswith("其中", sentence.start):
            self._in_sentence = Subject()
            kinds = {t.topics for t in self._told[-2:] if t.outcome is None}
            if kinds == {(k,) for k in KINDS_OF_LITIGATION}:  # 法院已审结10件 of both
                self._last_table = replace(self._last_table, topics=("litigation",))
        own = local_subject(sentence, number)
        full = self._completed(sentence, number, own)
        self.reason = "" if own.tied else self.elsewhere(sentence, figure.start, full)
        if self.reason:
            full = Subject(topics=("other",), residue=True)
        carry = carry_in_bracket(sentence, figure)
        without = carry == "without" or _WITHOUT_CARRY.match(sentence.text, figure.behind)
        if carry == "with" or mentions_carry(sentence, figure):
            full = replace(full, with_carry=True)
        elif without and full.stages == ("received",):
            full = replace(full, stages=("new_received",))
        if number == 0:
            self._whose = self._whose_before(sentence)
            self._told.clear()
        whose, apart = said_of(sentence, number, full, self._told), named_apart(full, self._told)
        if not whose and full.topic == "requests" and not full.applicant and not full.channel:
            whose = self._whose
        if whose or apart:
            full = replace(full, said_of=whose or full.said_of, named_apart=apart)
        self._told.append(full)
        self._fresh = False
        if not (full.empty or _is_base(sentence, figure)):
            self._in_sentence = full
        if full.topics and full.topic not in NO_CELL:
            # 其中涉及信息公开3件 ties its own figure, not the cases that are spoken of next
            among = number and of_all_cases(sentence, sentence.figures[number - 1])
            self._last_table = replace(full, tied=False) if among else full
        is_excepted = full.stages in ((), ("carried",), ("postponed",)) and excepted(
            sentence, figure
        )
        if ("carried_over_out" in full.stages and not full.applicant) or is_excepted:
            self.carried_out = figure.value
        return full

    def _whose_before(self, sentence: Sentence) -> str | None:
        """企业申请共办结4件。其中予以公开2件: the applicant of all figures told before."""
        if not sentence.text.startswith("其中", sentence.start):
            return None
        whose = {t.applicant or t.said_of for t in self._told}
        return whose.pop() if len(whose) == 1 else None

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
            end = figure.start if one is sentence else one.end
            named = one.telling("topic", one.start, end)
            topics = [v for w in named if (v := w.value("topic")) in ("requests", *APPEALS)]
            if topics:
                return (topics[-1],)
        return ()

    def _completed(self, sentence: Sentence, number: int, own: Subject) -> Subject:
        """The local subject with what it lacks taken from before."""
        figure = sentence.figures[number]
        if by_content(own, sentence, figure):
            return Subject(residue=True)
        again = told_again(sentence, number)
        if again is not None:
            return self._told[again]
        if turned_into(own, self._told, sentence, number):
            own = replace(own, residue=True)
        if part_of_closed(own, self._told, sentence, number) or part_of_other(own, self._told):
            own = replace(own, residue=True)
        if of_all_cases(sentence, figure):
            own = replace(own, all_cases=True, tied=False)
        full = outcome_behind(sentence, number, self._from_before(sentence, number, own))
        full = by_court(sentence, number, full)
        full = self._in_bracket(sentence, number, own, full)
        full = self._by_position(sentence, figure, full)
        full = self._told_behind(sentence, number, full)
        full = specified(sentence, number, full)
        if unnamed_rest(sentence, number) and short_row(sentence, number) is None:
            full = of_rest(sentence, number, full, self._in_sentence)
        full = self._with_topic(sentence, figure, full)
        if full.topic == "requests" and (
            self._of_something_else(sentence, number, own, full)
            or _of_others(sentence, number, full)
            or for_a_reason(full, sentence, figure)
        ):
            full = replace(full, residue=True)
        return self._tied(sentence, number, own, of_which(sentence, number, full))

    def _tied(self, sentence: Sentence, number: int, own: Subject, full: Subject) -> Subject:
        """Whether the words, or only the sub-heading above, tie a figure to 政府信息公开."""
        if full.all_cases:
            return replace(full, tied=False, by_heading=False)
        if sentence.section == "appeals" or own.tied:
            return replace(full, tied=True, by_heading=False)
        if full.topic in APPEALS and as_an_organ(sentence, number):
            return replace(full, tied=False, by_heading=False)
        if tied_before(sentence, number) or (full.tied and not full.by_heading):
            return replace(full, tied=True, by_heading=False)
        before = self._last_table
        heading = full.by_heading or before.by_heading
        return replace(full, tied=full.tied or before.tied, by_heading=heading)

    def _from_before(self, sentence: Sentence, number: int, own: Subject) -> Subject:
        """What the clauses and the figures before a figure add to its own words."""
        figure = sentence.figures[number]
        full = self._about_disclosure(sentence, number, own) or own
        for segment in lookback(sentence, number):
            words = sentence.words_between(segment.start, segment.end)
            if not topical(words):
                continue
            said = with_neighbours(read_subject(words), sentence, segment)
            if not (own.own_topic and unknown_length(words)):
                if full.empty and not own.residue and said.topic not in NO_CELL:
                    full = replace(said, own_topic=False)
                full = filled(full, said, figure)
                of_cases = CASES_OF.search(sentence.text, segment.start, segment.end)
                if of_cases and own.topic in APPEALS and own.outcome is None and said.outcome:
                    full = replace(full, outcome=said.outcome)  # 被纠正的案件，复议3件、诉讼1件
            if _whose_only(said, full):
                full = replace(full, said_of=full.said_of or said.applicant)
        if own.topic in APPEALS and own.outcome is None and headed(sentence, number, self._told):
            full = replace(full, outcome=self._told[number - 1].outcome)
        if own.topic in APPEALS and not (own.outcome or own.stages):
            whole = of_whole(sentence, number, own, self._told) or full
            full = replace(full, outcome=whole.outcome, stages=whole.stages)
        in_turn = told_in_order(sentence, number, self._told[:number]) if number else None
        if in_turn is not None and not own.own_topic:
            outcome = own.outcome or self._in_sentence.outcome
            full = replace(in_turn, outcome=outcome, own_topic=False)
        full = filled(full, self._before(sentence, number), figure) if number else full
        if not full.topics and not full.empty:
            full = filled(full, self._last_table, figure)
        if own.applicant and not own.stages and self._of_all_received(sentence, number):
            full = replace(full, stages=("received",)) if full.topic == "requests" else full
        return full

    def _in_bracket(self, sentence: Sentence, number: int, own: Subject, full: Subject) -> Subject:
        """2件（企业、律所各1件）结转: who is told in a bracket applied for what stands before."""
        figures = sentence.figures
        depth = sentence.depth_at(figures[number].start)
        around_it = [
            i
            for i in range(number)
            if sentence.depth_at(figures[i].start) < depth and not is_ratio(figures[i])
        ]
        if not depth or not around_it or around_it[-1] >= len(self._told):
            return full
        outer = self._told[around_it[-1]]
        if own.topics and set(own.topics) <= APPEALS and own.outcome is None and outer.outcome:
            return replace(full, outcome=outer.outcome)  # 被纠正4件（复议3件、诉讼1件）
        if own.applicant is None or own.stages:
            return full
        return replace(full, stages=outer.stages, residue=full.residue or not outer.stages)

    def _before(self, sentence: Sentence, number: int) -> Subject:
        """The subject told last; behind 直接起诉1件、复议后起诉2件 it is all litigation."""
        outside = self._outside(sentence, number)
        counted = [i for i in range(number) if not is_ratio(sentence.figures[i])][-2:]
        kinds = [self._told[i].topics for i in counted if self._told[i].outcome is None]
        both = kinds == [(k,) for k in KINDS_OF_LITIGATION]
        if outside is not None:  # 直接起诉1件（占20%），复议后起诉4件（占80%），审结4件
            kinds_before = kinds_apart(sentence, number, self._told)
            together = ("litigation",) if both else kinds_before
            return replace(outside, or_topics=together) if together else outside
        between = sentence.text[
            sentence.figures[number - 1].behind : sentence.figures[number].start
        ]
        again = between.startswith(";其中") and self._split(sentence, number)
        before = sentence.figures[max(number - 2, 0)].behind
        apart = ";" in sentence.text[before : sentence.figures[number - 1].start]
        of_last = between.startswith("(") or ("其中" in between and not again)
        of_last = of_last or (
            apart and between.startswith(",")
        )  # 直接起诉1件；复议后起诉3件，维持2件
        if both and not of_last:
            return replace(self._in_sentence, topics=("litigation",))
        together = told_together(self._told[:number])
        together = together or kinds_apart(sentence, number, self._told)
        return replace(self._in_sentence, or_topics=together) if together else self._in_sentence

    def _split(self, sentence: Sentence, number: int) -> bool:
        """诉讼5件：直接起诉2件，复议后起诉3件: what was told last makes up what was told before."""
        if number < 3 or self._told[number - 3].topics != ("litigation",):
            return False
        whole, *parts = (f.value or Decimal(0) for f in sentence.figures[number - 3 : number])
        return sum(parts, Decimal(0)) == whole

    def _with_topic(self, sentence: Sentence, figure: Figure, full: Subject) -> Subject:
        """The topic of stages and applicants beside which none is named."""
        rest = full.stages == ("other",) and not full.own_topic
        if rest and self._told and self._told[-1].outcome:
            return replace(full, residue=True)  # 其余维持12件、作其他处理3件
        of_documents = any(t.topic in DOCUMENTS for t in self._told)
        asked = any(t.topic == "requests" for t in self._told)
        if of_documents and not asked and not full.topics and not full.action and full.stages:
            return replace(full, residue=True)  # 制作26件，其中2件涉及国家秘密不予公开
        if not full.topics and full.stages and not full.residue:
            full = replace(full, topics=self._mentioned(sentence, figure))
            if not full.topics and told_later(sentence, figure):
                full = replace(full, topics=("requests",))
        if not full.topics and any(s in TELLING or "." in s for s in full.stages):
            also = self._of_other_things() and not only_of_requests(full)
            also = also or figure.unit in _OF_INFORMATION  # 退改42条，其中涉及个人隐私25条
            full = replace(full, topics=() if also else ("requests",), residue=full.residue or also)
        if full.topic == "requests" and not full.own_topic and self._of_papers(sentence, figure):
            full = replace(full, residue=True)
        if not full.topics and full.applicant and not full.residue and figure.unit in _OF_REQUESTS:
            named = _APPLICANT.search(sentence.text, sentence.start, figure.start)
            full = replace(full, topics=("requests",) if named else ())
        return full

    def _of_papers(self, sentence: Sentence, figure: Figure) -> bool:
        """公文标注依申请公开52份、不予公开101份: what is counted in 份 before is no application."""
        told = zip(sentence.figures, self._told, strict=False)
        alike = [t for f, t in told if f.unit == figure.unit == _PAPERS and f.start < figure.start]
        return any(t.topic != "requests" for t in alike)

    def _of_other_things(self) -> bool:
        """The sentence counts licences or other things, and no applications for information."""
        topics = {t.topic for t in self._told}
        return bool(topics & {"other", *DECISIONS}) and "requests" not in topics

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
        listed = [t.stages for t in self._told[:number] if t.applicant]
        if ";" in between:  # 上年结转5件，自然人3件；企业1件: the list goes on
            return not listed or listed[-1] == ("received",)
        return before.applicant is not None and before.stages == ("received",)

    def _outside(self, sentence: Sentence, number: int) -> Subject | None:
        """The subject told before a bracket that is closed: 其余10件（含上年1件），自然人4件."""
        figures = sentence.figures
        depth = sentence.depth_at(figures[number].start)
        if sentence.depth_at(figures[number - 1].start) <= depth:
            return None
        before = (
            self._told[i]
            for i in range(number - 1, -1, -1)
            if i < len(self._told) and sentence.depth_at(figures[i].start) <= depth
        )
        return next((t for t in before if not t.empty), None)

    def _told_behind(self, sentence: Sentence, number: int, full: Subject) -> Subject:
        """余下3件因需征求意见，结转下年: what became of them is told in the next clauses."""
        figure, before = sentence.figures[number], self._in_sentence
        segment = sentence.segment_at(figure.start)
        left = sentence.words_between(around(sentence, number, segment)[0], figure.start)
        asked = before.topic == "requests" if number else self._last_table.topic == "requests"
        known = full.topic == "requests" or (asked and figure.unit == "件")
        named = full.topic in NO_CELL and full.own_topic
        if naming(left) or named or not known or not set(full.stages) <= WEAK_STAGES:
            return full
        if unknown_length(left) >= _LEAST_RESIDUE:  # 物业维修资金2件，没有上年结转的
            return full
        words = (*words_behind(sentence, number), *past_bracket(sentence, number))
        for index, word in enumerate(words):
            stage = word.value("stage")
            if stage is None or not (stage in TELLING or "." in stage):
                continue
            unknown = unknown_length(words[:index], sentence.figures) >= _LEAST_RESIDUE
            rest = REST.search(sentence.text[segment.start : figure.start])
            part = _AMONG_REST.search(sentence.text, sentence.start, figure.start) is not None
            residue = part or (unknown and not rest)
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

    def _just_named(self, sentence: Sentence, figure: Figure) -> bool:
        """依申请公开情况。今年为72件: applications are all that the sentence before names."""
        before = next((s for s in self._passage if s.end == sentence.start), None)
        if before is None or before.figures or figure.unit not in _OF_REQUESTS:
            return False
        topics = {v for w in before.words if (v := w.value("topic")) is not None}
        alone = _NOTHING_NAMED.fullmatch(sentence.text, sentence.start, figure.start)
        elsewhere = any(t.spec is not None for t in before.turns)
        return topics == {"requests"} and alone is not None and not elsewhere

    def _whole(self, sentence: Sentence, figure: Figure) -> Subject | None:
        """全年共3件 below a sub-heading on applications; 新收3件，上年1件，共4件."""
        counted = [s.stages for s in self._told[-2:]]
        text = sentence.text[sentence.start : figure.start]
        if _ABOVE.search(text):
            return sum_of(self._told)
        if _IN_ALL.search(text):
            with_old = counted == [("carried_over_in",)] and _WITH_OLD.match(text)
            if counted in _OLD_AND_NEW or with_old:
                return Subject(topics=("requests",), stages=("new_received", "carried_over_in"))
            summed = sum_of(self._told)
            if summed is not None:
                return summed
        if self._fresh and self._last_table.topic == "requests":
            return replace(self._last_table, stages=("received",))
        if sentence.figures[0] is figure and self._just_named(sentence, figure):
            return Subject(topics=("requests",), stages=("handled",))
        return None

    def _by_position(self, sentence: Sentence, figure: Figure, full: Subject) -> Subject:
        """A figure whose own words say nothing: an amount, a level, 共3件, 其他3件."""
        before = self._in_sentence
        if figure.unit == "yuan" and not full.topics and before.topic in MONEY:
            return replace(full, topics=before.topics)
        if not full.empty or full.residue:
            return full
        text = sentence.text[sentence.start : figure.start]
        segment = sentence.segment_at(figure.start)
        words = sentence.telling("scope", segment.start, figure.start)
        scoped = any(w.value("scope") == "office" for w in words)
        scoped = scoped or _OUR_PART.search(text) is not None
        told_on = _LEVEL.search(text) or of_next_year(sentence, figure)
        if told_on or (scoped and before.topic == "requests") or own_part(sentence, figure):
            return before  # 2023年降至3件; 上年60件，今年72件; 全系统74件，其中本级（我局）12件
        rest = rest_of(before) if _OTHER.search(text) else None
        return self._whole(sentence, figure) or rest or full
