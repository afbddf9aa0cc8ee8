"""Says what a figure counts: the words around it, and what is carried over from before.

It looks first in the figure's own segment, then back over segments without figures, then at the
figure before it. What stays open stays open: nothing is taken over across an unknown noun.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from checker.claims.figures import Figure
from checker.claims.sentences import Segment, Sentence, unknown_length
from checker.claims.words import Word
from checker.domain.claim import Scope

APPEALS: Final = frozenset(
    ("reconsideration", "litigation", "litigation_direct", "litigation_after_reconsideration")
)
DOCUMENTS: Final = frozenset(("administrative_rules", "normative_documents"))
DECISIONS: Final = frozenset(("licensing", "penalties", "compulsion"))
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
_WITH_CARRY: Final = re.compile(r"[(,](?:其中)?(?:包括|包含|含)(?:上|去)(?:一)?年度?(?:结转|转结)")
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
    for word in words:
        value = next((m.value for m in word.meanings if m.facet == facet), None)
        if value is not None:
            adjacent = word.start == last and value in APPEALS
            if not (joined or keep or adjacent):
                found.clear()
            last = word.end
            if value not in found:
                found.append(value)
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
        head = sentence.segments[0]
        self._last_table = read_subject(sentence.words_between(head.start, head.end))
        if self._last_table.topic in NO_CELL:
            self._last_table = Subject()

    def phrase(self, sentence: Sentence, figure: Figure) -> str:
        """All that stands beside a figure in its segment, without words of no meaning."""
        segment = sentence.segments[sentence.segment_of(figure.start)]
        before, _ = _around(sentence, sentence.figures.index(figure), segment)
        words = sentence.words_between(before, figure.start)
        return "".join(w.text for w in words if w.meanings or not w.known)

    def noun(self, sentence: Sentence, figure: Figure) -> str:
        """The thing without a cell that a figure counts, such as 政策解读; empty for others."""
        segment = sentence.segments[sentence.segment_of(figure.start)]
        before, after = _around(sentence, sentence.figures.index(figure), segment)
        for words in (
            reversed(sentence.words_between(before, figure.start)),
            sentence.words_between(figure.behind, after),
        ):
            for word in words:
                if word.value("topic") is not None:
                    return word.text if word.value("topic") == "other" else ""
        return ""

    def subject(self, sentence: Sentence, figure: Figure) -> Subject:
        """What a figure counts; figures have to come in order."""
        number = sentence.figures.index(figure)
        if number == 0:
            self._in_sentence = Subject()
        own = self._local(sentence, number)
        full = self._completed(sentence, number, own)
        if _WITH_CARRY.match(sentence.text, figure.behind):
            full = replace(full, with_carry=True)
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
        figure = sentence.figures[number]
        segment = sentence.segments[sentence.segment_of(figure.start)]
        before, after = _around(sentence, number, segment)
        left = sentence.words_between(before, figure.start)
        right = _until_universal(sentence.words_between(figure.behind, after))
        own, used = read_subject(left), left
        among = (
            number > 0 and _AMONG.search(sentence.text[segment.start : figure.start]) is not None
        )
        if among:  # 14件申请中有3件: a part of which nothing more is known
            return Subject(residue=True)
        if not topical(left):
            if not right:
                right = _until_universal(_right_of(sentence, number, segment))
            own, used = read_subject(right), right
        elif not own.topics and topical(right):
            behind = read_subject(right)
            own = replace(own, topics=behind.topics, own_topic=bool(behind.topics))
        elif not own.stages:
            behind = read_subject(right)
            if not behind.topics:
                own = replace(own, stages=behind.stages, outcome=own.outcome or behind.outcome)
        others = [w for w in used if w.value("topic") == "other"]
        subset = bool(others) and own.topic not in NO_CELL
        unknown = unknown_length(used, sentence.figures) >= _LEAST_RESIDUE
        if _ET_CETERA.search(sentence.text[before : figure.start]):
            last = [v for w in used if (v := w.value("stage")) is not None]
            own = replace(own, stages=tuple(last[-1:]))
        return replace(own, residue=unknown or subset)

    def _completed(self, sentence: Sentence, number: int, own: Subject) -> Subject:
        """The local subject with what it lacks taken from before."""
        figure = sentence.figures[number]
        earlier = _lookback(sentence, number)
        full = own
        for segment in earlier:
            words = sentence.words_between(segment.start, segment.end)
            if topical(words):
                full = _filled(full, read_subject(words), figure)
        full = _filled(full, self._in_sentence, figure) if number else full
        if not full.topics and not full.empty:
            full = _filled(full, self._last_table, figure)
        if full.empty and figure.unit == "yuan" and self._in_sentence.topic in MONEY:
            full = replace(full, topics=self._in_sentence.topics)
        if not full.topics and full.stages and not full.residue:
            full = replace(full, topics=self._mentioned(sentence, figure))
        if not full.topics and full.stages and not full.residue and _told_later(sentence, figure):
            full = replace(full, topics=("requests",))
        if not full.topics and any(s in _TELLING or "." in s for s in full.stages):
            full = replace(full, topics=("requests",))
        tied = any(
            w.has("mark", "disclosure") or "信息公开" in w.text
            for w in sentence.words
            if w.end <= figure.behind
        )
        return replace(full, tied=full.tied or tied or self._last_table.tied)


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


def _around(sentence: Sentence, number: int, segment: Segment) -> tuple[int, int]:
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
    if not own.topics and before.topics and _fits(own, before):
        own = replace(own, topics=before.topics, tied=own.tied or before.tied)
    if own.topic == "requests" and not own.stages:
        own = replace(own, stages=before.stages)
    if own.topic in DOCUMENTS and own.action is None and not own.own_topic:
        own = replace(own, action=before.action)
    if own.topic in APPEALS and own.outcome is None and not own.own_topic:
        own = replace(own, outcome=before.outcome)
    return own


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


def topic_before(sentence: Sentence, place: int) -> str | None:
    """The topic spoken of last in a sentence before a place."""
    words = (w for w in reversed(sentence.words) if w.end <= place)
    return next((v for w in words if (v := w.value("topic")) is not None), None)


_SCOPES: Final[Mapping[str, Scope]] = {
    "whole_area": "whole_area",
    "office": "other_population",
    "filing": "other_population",
    "prior_year": "prior_year",
    "next_year": "next_year",
    "planned": "next_year",
}
_CUT_OFF: Final = re.compile(
    r"截[至止](?:到)?(?:20\d\d年)?(\d{1,2}月(?:\d{1,2}日|底|末)?|目前|年底|年末|底)"
)
_LASTING: Final = ("whole_area", "office", "next_year")  # these hold for the rest of a sentence


def read_scope(sentence: Sentence, figure: Figure, *, year: int | None) -> Scope:
    """The population and the time a figure speaks of, by the nearest word before it."""
    segment = sentence.segments[sentence.segment_of(figure.start)]
    number = sentence.figures.index(figure)
    before, _ = _around(sentence, number, segment)
    if not _is_year_end(sentence.text[sentence.start : figure.start]):
        return "unclear"
    near = sentence.words_between(before, figure.start)
    if near and near[-1].has("mark", "compared"):
        return "prior_year"
    if len(near) > 1 and near[-1].text == "的" and near[-2].has("mark", "compared"):
        return "prior_year"
    for word in reversed(near):
        found = _scope_of(word)
        if found:
            return found
    stated = _year_before(sentence.text[max(before, segment.start) : figure.start])
    if stated is not None and year is not None and stated != year:
        return "prior_year" if stated < year else "next_year"
    since = max(sentence.text.rfind(";", sentence.start, before) + 1, sentence.start)
    for word in reversed(sentence.words_between(since, before)):
        if word.value("scope") in _LASTING:
            return _SCOPES[word.value("scope") or ""]
    return "own"


def _scope_of(word: Word) -> Scope | None:
    return _SCOPES.get(word.value("scope") or "")


def _is_year_end(text: str) -> bool:
    """No cut-off date is named, or the end of the year."""
    dates = _CUT_OFF.findall(text)
    return not dates or dates[-1] in ("12月31日", "12月底", "年底", "年末", "底")


def _year_before(text: str) -> int | None:
    years = re.findall(r"((?:19|20)\d\d)年", text)
    return int(years[-1]) if years else None
