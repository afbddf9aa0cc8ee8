"""Results that are counted together: 不予公开、无法提供12件, 其余12件为不予公开及其他处理."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from checker.claims.applicants import with_applicant
from checker.claims.beside import printed_before, until_universal, words_behind
from checker.claims.figures import Figure
from checker.claims.ratios import is_ratio
from checker.claims.sentences import Segment, Sentence, unknown_length
from checker.claims.subjects import (
    APPEALS,
    DECISIONS,
    DOCUMENTS,
    JOINED,
    KINDS_OF_LITIGATION,
    ORGANIZATIONS,
    RESULTS,
    Subject,
    read_subject,
)
from checker.claims.words import Word
from checker.rulebook.late import late_regex

REST: Final = late_regex("其余|剩余|余下|剩下|其它$|[另还尚仍]有$|余$")
_BESIDES: Final = late_regex("[另还尚仍]有$")
_OTHERS: Final = late_regex("其[他它]$")
_BECAME: Final = late_regex("(?:申请|案件)?(?:均|都|则|分别)*(?:为|是|系|作|属)")
_ET_CETERA: Final = late_regex("等(?!待)")
_ONE_BY_ONE: Final = late_regex("分别|各")
EACH: Final = late_regex("各(?:自?[提新收申办递报有为是占计][^,。;、0-9]{0,4})?$")
_KINDS: Final = late_regex(
    "[两二三四2-4][类项种者](?:行政)?(?:执法)?(?:处理)?(?:决定|案件)?(?:数量?|总[数量])?(?:合计|共计?|总计|一共|为|达|是)*"
)
_ADDED: Final = late_regex("合计|总计|一?共计?")
_LEAST_KINDS: Final = 2
_LEAST_UNKNOWN: Final = 2
_NEXT_YEAR: Final = "carried_over_out"


def with_neighbours(own: Subject, sentence: Sentence, segment: Segment) -> Subject:
    """复议、诉讼共6件; 予以公开、部分公开27件; 企业、律所12件: what is named in the same breath."""
    index = sentence.segments.index(segment)
    while sentence.segments[index].mark == "、":
        index -= 1
        earlier = sentence.segments[index]
        if (counted := _last_figure(sentence, earlier)) is not None:
            own = (
                own
                if _last_figure(sentence, segment)
                else _of_both(own, sentence, counted, earlier)
            )
            break
        said = read_subject(sentence.words_between(earlier.start, earlier.end))
        if own.applicant in ORGANIZATIONS:
            own = with_applicant(own, said)
        elif own.topics and any(
            said.topics and {*own.topics, *said.topics} <= kinds for kinds in (APPEALS, DECISIONS)
        ):
            own = replace(own, topics=tuple(dict.fromkeys((*said.topics, *own.topics))))
        elif (
            _results(own) and _results(_published(said, own)) and not _one_by_one(sentence, segment)
        ):
            stages = (*_published(said, own).stages, *own.stages)
            own = replace(own, stages=tuple(dict.fromkeys(stages)))
        else:
            # 许可、办件、处罚、强制四类合计: one of them is no row that we know
            unknown = own.topics and set(own.topics) <= DECISIONS and len(own.topics) > 1
            return replace(own, topics=("other",)) if unknown else own
    return own


def _last_figure(sentence: Sentence, segment: Segment) -> Figure | None:
    """The last figure of a segment."""
    inside = (f for f in reversed(sentence.figures) if segment.start <= f.start < segment.end)
    return next(inside, None)


def _of_both(own: Subject, sentence: Sentence, counted: Figure, earlier: Segment) -> Subject:
    """12件行政复议、诉讼案件中，已审结9件: the kinds named behind a figure go together."""
    said = read_subject(sentence.words_between(counted.behind, earlier.end))
    if not (own.topics and said.topics and set(own.topics) | set(said.topics) <= APPEALS):
        return own
    return replace(own, topics=tuple(dict.fromkeys((*said.topics, *own.topics))))


def with_following(own: Subject, sentence: Sentence, number: int, segment: Segment) -> Subject:
    """16件新出台的规章、规范性文件: what is named behind a figure goes on behind the 、."""
    kinds = next((k for k in (DOCUMENTS, DECISIONS, APPEALS) if set(own.topics) <= k), None)
    if kinds is None or not own.topics or printed_before(sentence, number):
        return own
    at = sentence.segments.index(segment) + 1
    for following in sentence.segments[at:]:
        figures = any(following.start <= f.start < following.end for f in sentence.figures)
        words = sentence.words_between(following.start, following.end)
        said = read_subject(until_universal(words))
        if following.mark != "、" or figures or not set(said.topics) <= kinds or not said.topics:
            break
        own = replace(own, topics=tuple(dict.fromkeys((*own.topics, *said.topics))))
    return own


def with_outcome_before(own: Subject, sentence: Sentence, segment: Segment) -> Subject:
    """未审结的行政复议2件、行政诉讼1件: what stands before the first kind is said of all."""
    if not own.topics or not set(own.topics) <= APPEALS or own.outcome or own.stages:
        return own
    first = sentence.segments.index(segment)
    while sentence.segments[first].mark == "、":
        first -= 1
    head = sentence.segments[first]
    if first < 0 or head is segment:
        return own
    words = sentence.words_between(head.start, head.end)
    kind = next((n for n, w in enumerate(words) if w.value("topic") in APPEALS), 0)
    said = read_subject(words[:kind])
    if said.topics or not (said.outcome or said.stages == ("closed",)):
        return own
    return replace(own, outcome=said.outcome, stages=said.stages)


def counted_kinds(sentence: Sentence, number: int) -> Subject | None:
    """许可、处罚、强制三项决定合计1735件: as many kinds as were named right before."""
    figures = sentence.figures
    counter = figures[number - 1] if number else None
    if counter is None or counter.value is None:
        return None
    if not _KINDS.fullmatch(sentence.text, counter.start, figures[number].start):
        return None
    named = sentence.telling("topic", sentence.start, counter.start)
    topics = [v for w in named if (v := w.value("topic")) is not None]
    last = tuple(dict.fromkeys(topics[-int(counter.value) :]))
    known = any(set(last) <= kinds for kinds in (APPEALS, DECISIONS))
    return Subject(topics=last, own_topic=True) if known and len(last) == counter.value else None


def _published(said: Subject, own: Subject) -> Subject:
    """公开、部分公开27件: beside 部分公开, 公开 is a result."""
    bare = said.action == "published" and not said.stages and "partially_granted" in own.stages
    return replace(said, stages=("granted",), action=None) if bare else said


def _results(said: Subject) -> bool:
    """Whether it speaks of groups of results and of nothing else."""
    return bool(said.stages) and set(said.stages) <= RESULTS and said.topic in (None, "requests")


def _one_by_one(sentence: Sentence, segment: Segment) -> bool:
    return _ONE_BY_ONE.search(sentence.text, segment.start, segment.end) is not None


def is_rest(sentence: Sentence, number: int) -> bool:
    """Whether a figure is called the rest: 其余12件, and 其他12件为…, but not 其他1件."""
    said = printed_before(sentence, number)
    if REST.search(said):
        return True
    behind = sentence.figures[number].behind
    return bool(_OTHERS.search(said) and _BECAME.match(sentence.text, behind))


def completes(sentence: Sentence, number: int) -> bool:
    """Whether a rest leaves nothing out: 其余12件, but not 另有3件."""
    return is_rest(sentence, number) and not _BESIDES.search(printed_before(sentence, number))


def each(sentence: Sentence, place: int, said: Subject) -> tuple[Subject, ...]:
    """复议、诉讼各1件, 企业和律所各2件: one figure for every kind that is named before it."""
    if EACH.search(sentence.text, sentence.start, place) is None:
        return (said,)
    rows = _rows_joined(sentence, place)
    if len(rows) > 1 and said.stages == (rows[-1],):
        return tuple(replace(said, stages=(s,)) for s in rows)
    outcomes = _outcomes_joined(sentence, place)
    if len(outcomes) > 1:
        return tuple(
            replace(said, outcome=o, topics=_last_kind(sentence, place, said)) for o in outcomes
        )
    if said.topics == ("litigation",):
        return tuple(replace(said, topics=(k,)) for k in KINDS_OF_LITIGATION)
    return _taken_apart(said)


def _taken_apart(said: Subject) -> tuple[Subject, ...]:
    """A subject for each of the topics, rows or applicants that one tells together."""
    if len(said.topics) > 1:
        return tuple(replace(said, topics=(t,)) for t in said.topics)
    if len(said.stages) > 1:
        return tuple(replace(said, stages=(s,)) for s in said.stages)
    kinds = said.with_applicants
    return tuple(replace(said, applicant=k, with_applicants=()) for k in kinds) or (said,)


def _rows_joined(sentence: Sentence, place: int) -> tuple[str, ...]:
    """保护第三方合法权益、内部事务信息各1件: the rows that are named in one breath."""
    start = max(sentence.text.rfind(c, sentence.start, place) + 1 for c in ",;:()。")
    start = max(start, *(f.behind for f in sentence.figures if f.behind <= place), sentence.start)
    words = sentence.telling("stage", start, place)
    stages = tuple(dict.fromkeys(v for w in words if (v := w.value("stage")) is not None))
    return stages if all("." in s for s in stages) else ()


def _outcomes_joined(sentence: Sentence, place: int) -> tuple[str, ...]:
    """维持、其他结果、尚未审结各1件: the outcomes that are named in one breath."""
    start = max(sentence.text.rfind(c, sentence.start, place) + 1 for c in ",;:。(")
    words = sentence.telling("outcome", max(start, sentence.start), place)
    return tuple(dict.fromkeys(v for w in words if (v := w.value("outcome")) is not None))


def _last_kind(sentence: Sentence, place: int, said: Subject) -> tuple[str, ...]:
    """The kind of cases that was named last before a place."""
    words = sentence.telling("topic", sentence.start, place)
    named = [v for w in words if (v := w.value("topic")) in APPEALS]
    return (named[-1],) if named else said.topics


def told_in_order(sentence: Sentence, number: int, told: Sequence[Subject]) -> Subject | None:
    """复议20件、诉讼16件，分别维持12件、9件: the case of which an outcome is told in its turn."""
    figures = sentence.figures
    first = next((i for i in range(number, 0, -1) if "分别" in _between(sentence, i)), None)
    if first is None or any(_apart(sentence, i) for i in range(first + 1, number + 1)):
        return None
    before = list(told[:first])
    while before and before[-1].outcome:  # 分别维持3件、3件，分别纠正1件、0件
        before.pop()
    kinds: list[Subject] = []
    for subject in reversed(before):
        if len(subject.topics) != 1 or subject.outcome or not set(subject.topics) <= APPEALS:
            break
        kinds.insert(0, subject)
    at = number - first
    same = at < len(kinds) > 1 and figures[first].unit == figures[number].unit
    return kinds[at] if same and (first - len(before)) % len(kinds) == 0 else None


def _between(sentence: Sentence, number: int) -> str:
    return sentence.text[sentence.figures[number - 1].behind : sentence.figures[number].start]


def _apart(sentence: Sentence, number: int) -> bool:
    """Whether a figure is not joined to the one before it."""
    return _between(sentence, number)[:1] not in ("、", "和", "及", "与")


def told_together(told: Sequence[Subject]) -> tuple[str, ...]:
    """争议36件：复议20件、诉讼16件；维持21件: the cases that were counted in one figure.

    Nothing of an outcome may be told before; then it is the outcome of the last kind or of all.
    """
    if any(t.outcome for t in told):
        return ()
    several = [t.topics for t in told if len(t.topics) > 1 and set(t.topics) <= APPEALS]
    return several[-1] if several and told[-1].topics != several[-1] else ()


def kinds_apart(sentence: Sentence, number: int, told: Sequence[Subject]) -> tuple[str, ...]:
    """复议维持3件、诉讼维持3件，合计6件；纠正1件: the cases of which the last may be again.

    Args:
        sentence: where the figure stands.
        number: its index.
        told: what the figures before it count.
    """
    counted = [i for i in range(number) if not is_ratio(sentence.figures[i])]
    named = [i for i in counted if told[i].topics and set(told[i].topics) <= APPEALS]
    last = [told[i] for i in named if len(told[i].topics) == 1][-2:]
    if len(last) < _LEAST_KINDS:
        return ()
    alike = len({t.outcome for t in last}) == 1 and len({t.topics for t in last}) > 1
    since = sentence.text[sentence.figures[named[-1]].behind : sentence.figures[number].start]
    if not alike or not (";" in since or _ADDED.search(since) or len(told[named[0]].topics) > 1):
        return ()
    return tuple(dict.fromkeys(topic for t in last for topic in t.topics))


def in_one_breath(sentence: Sentence, number: int) -> tuple[int, ...]:
    """其余为维持3件、其他结果1件: a figure and those listed behind it."""
    figures, last = sentence.figures, number
    while (
        last + 1 < len(figures)
        and sentence.text.startswith("、", figures[last].behind)
        and figures[last + 1].unit == figures[number].unit
        and sentence.segment_at(figures[last + 1].start).start == figures[last].behind + 1
    ):
        last += 1
    return tuple(range(number, last + 1))


def of_rest(sentence: Sentence, number: int, full: Subject, before: Subject) -> Subject:
    """除1件结转外，其余10件均已办结; 其余12件为不予公开、无法提供: what became of the rest.

    Args:
        sentence: where the figure stands.
        number: its index.
        full: what it counts as far as its own clause tells.
        before: what the figure before it counts.
    """
    words = _told(sentence, number)
    said = read_subject(words)
    if full.topics and set(full.topics) <= APPEALS:
        outcomes = dict.fromkeys(v for w in words if (v := w.value("outcome")) is not None)
        outcome = next(iter(outcomes), None)
        unknown = len(outcomes) != 1 and "closed" not in said.stages
        return replace(full, outcome=outcome, stages=said.stages, residue=full.residue or unknown)
    return _rest_of_requests(sentence, full, before, words) if full.topic == "requests" else full


def _rest_of_requests(
    sentence: Sentence, full: Subject, before: Subject, words: Sequence[Word]
) -> Subject:
    """The same for applications, from the words that tell what became of the rest."""
    said = read_subject(words)
    results = tuple(dict.fromkeys(_results_told(words)))
    if results:
        unclear = _mixed(results) or _open(words)
        one_known = len(results) == 1 and any(w.text in JOINED for w in words)
        unclear = (
            unclear or one_known or unknown_length(tuple(words), sentence.figures) >= _LEAST_UNKNOWN
        )
        return replace(full, stages=_leaves(results), residue=full.residue or unclear)
    became = next((v for w in words if (v := w.value("stage"))), None)
    if became == _NEXT_YEAR:  # 另有1件企业申请结转2025年办理
        return replace(full, stages=(_NEXT_YEAR,))
    applicants = {v for w in words if (v := w.value("applicant")) is not None}
    if applicants:
        stages = before.stages if before.applicant else ("received",)
        several = len(applicants) > 1
        person = said.applicant == "citizen"  # beside other kinds, 公民 is one of them
        applicant = "natural_person" if person else said.applicant
        return replace(full, applicant=applicant, stages=stages, residue=several)
    if any(w.value("stage") == _NEXT_YEAR for w in words):
        return replace(full, stages=(_NEXT_YEAR,))
    return replace(full, stages=said.stages, residue=full.residue or not said.stages)


def _told(sentence: Sentence, number: int) -> Sequence[Word]:
    """The words that tell what became of the rest; none when figures tell it."""
    figures = sentence.figures
    if number + 1 < len(figures):
        segment = sentence.segments[sentence.segment_of(figures[number].start)]
        if figures[number + 1].start < segment.end:  # 其余4件分别为无法提供3件、其他1件
            return ()
    return words_behind(sentence, number, past_universals=True)


def _results_told(words: Sequence[Word]) -> Iterator[str]:
    return (v for w in words if (v := w.value("stage")) in RESULTS or (v and "." in v))


def _leaves(results: Sequence[str]) -> tuple[str, ...]:
    """属于过程性信息不予公开 is the row of the form and not its group."""
    groups = {r.partition(".")[0] for r in results if "." in r}
    return tuple(r for r in results if r not in groups)


def _mixed(results: Sequence[str]) -> bool:
    """不予公开、本机关不掌握无法提供: which of them are rows and which groups is not clear."""
    groups = {r.partition(".")[0] for r in results if "." in r}
    return bool(groups & set(results)) and len({r.partition(".")[0] for r in results}) > 1


def _open(words: Sequence[Word]) -> bool:
    return any(w.has("mark", "open") or _ET_CETERA.fullmatch(w.text) for w in words)
