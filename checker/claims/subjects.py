"""Says what a figure counts: the words around it, and what is carried over from before.

It looks first in the figure's own segment, then back over segments without figures, then at the
figure before it. What stays open stays open: nothing is taken over across an unknown noun.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from checker.claims.figures import Figure
from checker.claims.sentences import Segment, Sentence, unknown_length
from checker.claims.words import Word

APPEALS: Final = frozenset(
    ("reconsideration", "litigation", "litigation_direct", "litigation_after_reconsideration")
)
DOCUMENTS: Final = frozenset(("administrative_rules", "normative_documents"))
DECISIONS: Final = frozenset(("licensing", "other_services", "penalties", "compulsion"))
MONEY: Final = frozenset(("fees", "procurement", "information_fee"))
NO_CELL: Final = frozenset(("other", "published"))
_WEAK_STAGES: Final = frozenset(("received", "handled", "closed", "answered"))
_PARTS_OF_LEAVES: Final = ("not_held_part", "third_party_part")
_CARRIED: Final = frozenset(("carried_over_in", "carried_over_out", "carried", "new_received"))
# Only applications are said to be these; 办结 or 收到 is said of many things.
_TELLING: Final = frozenset(
    (
        *("granted", "partially_granted", "granted_or_partially", "denied", "unavailable"),
        *("declined", "other", "not_held_part", "third_party_part"),
        *("new_received", "carried_over_in", "carried_over_out"),
    )
)
_JOINED: Final = frozenset(("、", "和", "及", "与", "或", "以及", "或者", "/"))
_TOPICAL: Final = ("topic", "stage", "applicant", "channel", "action", "outcome")
_NAMED: Final = re.compile("申请|复议|诉")
# 14件申请中有3件; 因不掌握等原因无法提供
_AMONG: Final = re.compile("(?<!其)中有?$")
_ET_CETERA: Final = re.compile("等(?:原因|情形|情况|事由)")
_WITH_CARRY: Final = re.compile(r"[(,](?:其中)?(?:包括|包含|含)")
_FROM_BEFORE: Final = re.compile("(?:上|去)(?:一)?年度?[^,。;]{0,6}(?:结转|转结|延续|转来)")
_WITHOUT_CARRY: Final = re.compile(r"[(,](?:不含|不包括|不包含)(?:上|去)")
_ORGANIZATION_KINDS: Final = frozenset(
    ("commercial", "research", "public_benefit", "legal_services")
)
_OTHER: Final = re.compile("其[他它]$")
_LEVEL: Final = re.compile("(?:降至|增至|升至|增加到|减少到|达到?)$")
_REST: Final = re.compile("其余|剩余|余下|其它$")
_LONGEST_HEAD: Final = 16
_IN_ALL: Final = re.compile("(?:共计?|合计|总计)$")
_LEAST_RESIDUE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a figure counts.

    Attributes:
        topics: one, or several that are counted together.
        stages: steps or results of applications, several when counted together.
        residue: unknown words stand beside it, so it may be a part of what the cell counts.
        tied: the words tie it to 政府信息公开.
        own_topic: the topic stands beside the figure and was not carried over.
        with_carry: it is said to include what was carried over from last year.
    """

    topics: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    applicant: str | None = None
    channel: bool = False
    action: str | None = None
    outcome: str | None = None
    residue: bool = False
    tied: bool = False
    own_topic: bool = False
    with_carry: bool = False

    @property
    def topic(self) -> str | None:
        """The topic when there is just one, 行政复议 and 行政诉讼 being one when together."""
        return self.topics[0] if self.topics else None

    @property
    def empty(self) -> bool:
        """Nothing was recognised."""
        return not (
            self.topics
            or self.stages
            or self.applicant
            or self.channel
            or self.action
            or self.outcome
        )


def topical(words: Sequence[Word]) -> bool:
    """Whether any of the words says what is counted."""
    return any(m.facet in _TOPICAL for w in words for m in w.meanings)


def read_subject(words: Sequence[Word]) -> Subject:
    """What a run of words says, the last word winning in each facet.

    Topics and stages that are joined by 和 or 、 count together.
    """
    topics = _last_group(words, "topic")
    stages = _most_specific(_last_group(words, "stage", keep=True))
    last: dict[str, str] = {}
    for word in words:
        for meaning in word.meanings:
            last[meaning.facet] = meaning.value
    if topics == ("other",) and any("." in s for s in stages):
        topics = ()  # 以信息公开名义信访: the row of the form goes before the thing
    return Subject(
        topics=topics,
        stages=stages,
        applicant=last.get("applicant"),
        channel="channel" in last,
        action=last.get("action"),
        outcome=last.get("outcome"),
        tied=any(w.has("mark", "disclosure") or "信息公开" in w.text for w in words),
        own_topic=bool(topics),
    )


def _last_group(words: Sequence[Word], facet: str, *, keep: bool = False) -> tuple[str, ...]:
    """The last value of a facet with those joined to it; ``keep``: all values, in order."""
    found: list[str] = []
    joined, last = False, -1
    result_behind = -1
    for word in words:
        values = [m.value for m in word.meanings if m.facet == facet]
        if values == ["published"] and word.start == result_behind:
            values = []  # 属于行政执法案卷信息: what is counted are applications
        result_behind = word.end if word.value("stage") is not None else -1
        if values:
            adjacent = word.start == last and values[0] in APPEALS
            if not (joined or keep or adjacent):
                found.clear()
            last = word.end
            found.extend(v for v in values if v not in found)
            joined = False
        elif word.text in _JOINED:
            joined = bool(found)
        elif word.meanings or not word.known:
            joined = False
    if (
        facet == "topic"
        and len(found) > 1
        and not (set(found) <= APPEALS or set(found) <= DOCUMENTS)
    ):
        return (found[-1],)
    return tuple(found)


def _most_specific(stages: tuple[str, ...]) -> tuple[str, ...]:
    """Results go before carry-over, and that before 收到 or 办理."""
    leaves = tuple(s for s in stages if "." in s or s in _PARTS_OF_LEAVES)
    if leaves:
        return leaves
    results = tuple(s for s in stages if s not in _WEAK_STAGES and s not in _CARRIED)
    if results:
        return results
    carried = tuple(s for s in stages if s in _CARRIED)
    return carried or stages[-1:]


class Reader:
    """Reads the subjects of a section, sentence by sentence.

    Attributes:
        carried_out: what the text itself says is carried over to next year.
    """

    def __init__(self) -> None:
        self._last_table = Subject()
        self._in_sentence = Subject()
        self.carried_out: Decimal | None = None
        self._fresh = False
        self._told: list[Subject] = []
        self._passage: tuple[Sentence, ...] = ()

    def open(self, passage: tuple[Sentence, ...]) -> None:
        """A new passage: its sentences may be asked for what was named before."""
        self._passage = passage

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
            run = _run_of_things(words)
            if run is not None:
                return max(run, key=len, default="")
        return ""

    def subject(self, sentence: Sentence, figure: Figure) -> Subject:
        """What a figure counts; figures have to come in order."""
        number = sentence.figures.index(figure)
        if number == 0:
            self._in_sentence = Subject()
        own = self._local(sentence, number)
        full = self._completed(sentence, number, own)
        if _mentions_carry(sentence, figure):
            full = replace(full, with_carry=True)
        elif _WITHOUT_CARRY.match(sentence.text, figure.behind) and full.stages == ("received",):
            full = replace(full, stages=("new_received",))
        if number == 0:
            self._told.clear()
        self._told.append(full)
        self._fresh = False
        if not full.empty:
            self._in_sentence = full
        if full.topics and full.topic not in NO_CELL:
            self._last_table = full
        if "carried_over_out" in full.stages and not full.applicant:
            self.carried_out = figure.value
        return full

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
        figure = sentence.figures[number]
        segment = sentence.segments[sentence.segment_of(figure.start)]
        before, after = around(sentence, number, segment)
        printed = sentence.text[before : figure.start]
        if number and _AMONG.search(sentence.text[segment.start : figure.start]):
            return Subject(residue=True)  # 14件申请中有3件: a part of which no more is known
        left = sentence.words_between(before, figure.start)
        if left and left[-1].text in _JOINED:
            left = ()  # 规章文本及11件规范性文件: the words before belong to something else
        if segment.mark == "(" and not printed.strip():
            left = _before_bracket(sentence, segment)
        right = _until_universal(sentence.words_between(figure.behind, after))
        own, used = _applicants_known(read_subject(left), sentence), left
        if not _naming(left):
            whole = _right_of(sentence, number, segment)
            right = whole if _REST.search(printed) else _until_universal(right or whole)
            if topical(right) or not topical(left):
                own, used = read_subject(right), right
            if set(own.stages) & _TELLING and own.topic == "other":
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
        full = own
        for segment in _lookback(sentence, number):
            words = sentence.words_between(segment.start, segment.end)
            if not topical(words) or (own.own_topic and unknown_length(words)):
                continue
            said = read_subject(words)
            if full.empty and not own.residue and said.topic not in NO_CELL:
                full = replace(said, own_topic=False)
            full = _filled(full, said, figure)
        full = _filled(full, self._in_sentence, figure) if number else full
        if not full.topics and not full.empty:
            full = _filled(full, self._last_table, figure)
        full = self._by_position(sentence, figure, full)
        if not full.topics and full.stages and not full.residue:
            full = replace(full, topics=self._mentioned(sentence, figure))
            if not full.topics and _told_later(sentence, figure):
                full = replace(full, topics=("requests",))
        if not full.topics and any(s in _TELLING or "." in s for s in full.stages):
            full = replace(full, topics=("requests",))
        tied = any(
            w.has("mark", "disclosure") or "信息公开" in w.text
            for w in sentence.words
            if w.end <= figure.behind
        )
        return replace(full, tied=full.tied or tied or self._last_table.tied)

    def _whole(self, sentence: Sentence, figure: Figure) -> Subject | None:
        """全年共3件 below a sub-heading on applications; 新收3件，上年1件，共4件."""
        counted = [s.stages for s in self._told[-2:]]
        text = sentence.text[sentence.start : figure.start]
        if counted == [("new_received",), ("carried_over_in",)] and _IN_ALL.search(text):
            return Subject(topics=("requests",), stages=("new_received", "carried_over_in"))
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
        if _LEVEL.search(text):
            return before  # 2023年降至3件
        rest = _rest_of(before) if _OTHER.search(text) else None
        return self._whole(sentence, figure) or rest or full


def _rest_of(before: Subject) -> Subject | None:
    """其他3件: the rest of what is being listed."""
    if any(s.startswith("other") for s in before.stages):
        return Subject(topics=("requests",), stages=("other.miscellaneous",))
    if before.topic == "requests" and before.applicant in _ORGANIZATION_KINDS:
        return replace(before, applicant="other_organization")
    if before.topic in APPEALS and before.outcome:
        return replace(before, outcome="other")
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


def _naming(words: Sequence[Word]) -> bool:
    """Whether the words name what is counted, and not only what was done with it."""
    return any(m.facet in _TOPICAL and m.facet != "action" for w in words for m in w.meanings)


def _before_bracket(sentence: Sentence, segment: Segment) -> tuple[Word, ...]:
    """予以公开（20件）: the words in front of the bracket."""
    index = sentence.segments.index(segment)
    earlier = sentence.segments[index - 1] if index else segment
    if any(earlier.start <= f.start < earlier.end for f in sentence.figures):
        return ()
    return sentence.words_between(earlier.start, earlier.end)


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
    others = any(w.value("topic") == "other" for w in used)
    if others and own.topic not in NO_CELL:
        return True
    return unknown_length(tuple(used), sentence.figures) >= _LEAST_RESIDUE


def _mentions_carry(sentence: Sentence, figure: Figure) -> bool:
    """Whether the figure is said to include what came over from last year."""
    opened = _WITH_CARRY.match(sentence.text, figure.behind)
    if opened is None:
        return False
    ends = [i for c in ",;)。" if (i := sentence.text.find(c, opened.end())) >= 0]
    words = sentence.words_between(opened.end() - 1, min(ends, default=sentence.end))
    text = sentence.text[opened.start() : min(ends, default=sentence.end)]
    return any(w.value("stage") == "carried_over_in" for w in words) or bool(
        _FROM_BEFORE.search(text)
    )


def _run_of_things(words: Sequence[Word]) -> list[str] | None:
    """The things named next to a figure, 政策解读类稿件 being two; None when no topic is."""
    found: list[str] = []
    for word in words:
        topic = word.value("topic")
        if topic == "other":
            found.append(word.text)
        elif word.meanings or not word.known:
            return found if topic is not None or found else None
    return found or None


def _told_later(sentence: Sentence, figure: Figure) -> bool:
    """Whether results that only applications have follow in the sentence."""
    return any(
        w.start >= figure.behind and (v := w.value("stage")) is not None and v in _TELLING
        for w in sentence.words
    )


def _until_universal(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words before 均 or 全部: what is said of all is another statement."""
    for index, word in enumerate(words):
        if word.has("universal", "all") and index:
            return words[:index]
    return words


def _right_of(sentence: Sentence, number: int, segment: Segment) -> tuple[Word, ...]:
    """The words up to the next figure of the segment."""
    figures = sentence.figures
    end = segment.end
    if number + 1 < len(figures):
        end = min(end, figures[number + 1].start)
    return sentence.words_between(figures[number].behind, end)


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


def _lookback(sentence: Sentence, number: int) -> tuple[Segment, ...]:
    """Segments without figures between the figure before and this one, the nearest first."""
    figures = sentence.figures
    own = sentence.segment_of(figures[number].start)
    found: list[Segment] = []
    mark = sentence.segments[own].mark
    for segment in reversed(sentence.segments[:own]):
        if mark == ";":
            break
        mark = segment.mark
        if any(segment.start <= f.start < segment.end for f in figures):
            break
        found.append(segment)
    return tuple(found)


def _filled(own: Subject, before: Subject, figure: Figure) -> Subject:
    """Take over what the local words leave open, where it fits."""
    if before.empty or own.empty:
        return own
    if not own.topics and before.topic == "requests" and _only_published(own):
        own = replace(own, stages=("granted",), action=None)  # 申请3件：2件公开
    if not own.topics and before.topics and _fits(own, before):
        own = replace(own, topics=before.topics, tied=own.tied or before.tied)
    if own.topic == "requests" and not own.stages and before.topic in (None, "requests"):
        own = replace(own, stages=before.stages)
    if own.topic in DOCUMENTS and own.action is None and before.topic in (None, *DOCUMENTS):
        own = replace(own, action=before.action)
    if own.topic in APPEALS and own.outcome is None and not own.own_topic:
        own = replace(own, outcome=before.outcome)
    return own


def _only_published(own: Subject) -> bool:
    return own.action == "published" and not (own.stages or own.applicant or own.residue)


def _fits(own: Subject, before: Subject) -> bool:
    """Whether a topic can be meant by words of these facets."""
    topic = before.topic
    if topic in NO_CELL:
        return True
    if topic in APPEALS:
        return bool(own.outcome) or bool(
            set(own.stages) & {"received", "closed", "answered", "handled"}
        )
    if topic == "requests":
        return bool(own.stages or own.applicant or own.channel)
    if topic in DOCUMENTS:
        return own.action is not None
    return False
