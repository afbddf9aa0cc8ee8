"""What a figure counts, and what of it may be taken over from before.

What stays open stays open: nothing is taken over across an unknown noun.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from checker.claims.figures import Figure
from checker.claims.words import Word
from checker.rulebook.late import late_regex

APPEALS: Final = frozenset(
    ("reconsideration", "litigation", "litigation_direct", "litigation_after_reconsideration")
)
KINDS_OF_LITIGATION: Final = ("litigation_direct", "litigation_after_reconsideration")
# each of these, like 撤销, is counted as 结果纠正; denying one does not deny the others
ONE_FORM: Final = late_regex("责令|违法|变更")
# Outcomes of cases that are no longer pending.
CONCLUDED: Final = ("upheld", "corrected", "other")
DOCUMENTS: Final = frozenset(("administrative_rules", "normative_documents"))
DECISIONS: Final = frozenset(("licensing", "other_services", "penalties", "compulsion"))
MONEY: Final = frozenset(("fees", "procurement", "information_fee"))
NO_CELL: Final = frozenset(("other", "published"))
WEAK_STAGES: Final = frozenset(("received", "handled", "closed", "answered"))
_PARTS_OF_LEAVES: Final = ("not_held_part", "third_party_part")
_WHOLE_LEAVES: Final[Mapping[str, str]] = {
    "not_held_part": "unavailable.not_held",
    "third_party_part": "denied.third_party_rights",
}
_OF_INFORMATION: Final = ("条", "篇", "则", "期")
_CARRIED: Final = frozenset(("carried_over_in", "carried_over_out", "carried", "new_received"))
# Only applications are said to be these; 办结 or 收到 is said of many things.
TELLING: Final = frozenset(
    (
        *("granted", "partially_granted", "granted_or_partially", "granted_any"),
        *("denied", "denied_any", "unavailable"),
        *("declined", "other", "not_held_part", "third_party_part"),
        *("new_received", "carried_over_in", "carried_over_out"),
    )
)
# What is said of applications alone: behind a count of other things, behind mere 信息.
_NEVER_OF_OTHERS: Final = frozenset(("partially_granted", "denied", "unavailable", "not_held_part"))
_NEVER_OF_INFORMATION: Final = TELLING - {"granted", "granted_any"}
JOINED: Final = frozenset(("、", "和", "及", "与", "或", "以及", "或者", "/", "加", "加上"))
TOPICAL: Final = ("topic", "stage", "applicant", "channel", "action", "outcome")
# The groups of results into which table 三 divides what was closed.
RESULTS: Final = frozenset(
    ("granted", "partially_granted", "denied", "unavailable", "declined", "other")
)
_LAST_RESULTS: Final = frozenset(("denied", "unavailable", "declined"))
ORGANIZATIONS: Final = (
    "commercial",
    "research",
    "public_benefit",
    "legal_services",
    "other_organization",
)
_ORGANIZATION_KINDS: Final = frozenset(ORGANIZATIONS) - {"other_organization"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a figure counts.

    Attributes:
        topics: one, or several that are counted together.
        stages: steps or results of applications, several when counted together.
        residue: unknown words stand beside it, so it may be a part of what the cell counts.
        tied: the words tie it to 政府信息公开.
        by_heading: only the sub-heading above ties it.
        own_topic: the topic stands beside the figure and was not carried over.
        or_topics: cases that were told together before, which an outcome may still be of.
        framed: the words in front of its list say whose applications all of it is of.
        said_of: the applicant whose applications were spoken of before, which it may still mean.
        with_applicants: kinds of applicants counted together with ``applicant``: 企业和律所12件.
        named_apart: for 其他组织, the kinds of organisations that its list names before.
        with_carry: it is said to include what was carried over from last year.
        all_cases: it is said that only some of these cases were about 政府信息公开.
    """

    topics: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    applicant: str | None = None
    channel: bool = False
    action: str | None = None
    outcome: str | None = None
    residue: bool = False
    tied: bool = False
    by_heading: bool = False
    own_topic: bool = False
    with_carry: bool = False
    all_cases: bool = False
    framed: bool = False
    said_of: str | None = None
    or_topics: tuple[str, ...] = ()
    with_applicants: tuple[str, ...] = ()
    named_apart: tuple[str, ...] = ()

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
    return any(m.facet in TOPICAL for w in words for m in w.meanings)


def read_subject(words: Sequence[Word]) -> Subject:
    """What a run of words says, the last word winning in each facet.

    Topics and stages that are joined by 和 or 、 count together.
    """
    topics = _last_group(words, "topic")
    stages = _most_specific(_last_group(words, "stage", keep=True))
    applicants = _last_group(words, "applicant")
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
        with_applicants=joint_applicants(applicants),
        channel="channel" in last,
        action=last.get("action"),
        outcome=last.get("outcome"),
        tied=any(w.has("mark", "disclosure") or "信息公开" in w.text for w in words),
        own_topic=bool(topics),
    )


def joint_applicants(named: Sequence[str]) -> tuple[str, ...]:
    """The columns of several kinds of applicants that are counted together; else none."""
    columns = tuple(dict.fromkeys("natural_person" if a == "citizen" else a for a in named))
    known = set(columns) <= {"natural_person", *ORGANIZATIONS}
    return columns if known and len(columns) > 1 else ()


def _last_group(words: Sequence[Word], facet: str, *, keep: bool = False) -> tuple[str, ...]:
    """The last value of a facet with those joined to it; ``keep``: all values, in order."""
    found: list[str] = []
    joined, last = False, -1
    result_behind = -1
    came = -1
    for word in words:
        if not word.meanings:  # most words of a report
            result_behind = -1
            joined = bool(found) if word.text in JOINED else joined and word.known
            continue
        values = [m.value for m in word.meanings if m.facet == facet]
        if values == ["litigation"] and found and set(found) <= set(KINDS_OF_LITIGATION):
            continue  # 复议后起诉的行政诉讼
        if values == ["published"] and word.start == result_behind:
            values = []  # 属于行政执法案卷信息: what is counted are applications
        if came == word.start and values == ["carried_over_out"] and word.value("outcome"):
            values = []  # 上年未办结的5件 are those that came over
        came = word.end if values == ["carried_over_in"] else -1
        result_behind = word.end if word.value("stage") is not None else -1
        if values:
            adjacent = word.start == last and values[0] in APPEALS
            if not (joined or keep or adjacent):
                found.clear()
            last = word.end
            found.extend(v for v in values if v not in found)
            joined = False
        elif word.text in JOINED:
            joined = bool(found)
        else:
            joined = False
    if (
        facet == "topic"
        and len(found) > 1
        and not any(set(found) <= kind for kind in (APPEALS, DOCUMENTS, DECISIONS))
    ):
        return (found[-1],)
    if not set(found).isdisjoint(KINDS_OF_LITIGATION):  # 行政诉讼未经复议直接起诉1件
        found = [f for f in found if f != "litigation"]
    return tuple(found)


def _most_specific(stages: tuple[str, ...]) -> tuple[str, ...]:
    """Results go before carry-over, and that before 收到 or 办理."""
    leaves = tuple(s for s in stages if "." in s or s in _PARTS_OF_LEAVES)
    if leaves:  # 第三方商业秘密 is all of the leaf of which 商业秘密 alone may be a part
        return tuple(s for s in leaves if _WHOLE_LEAVES.get(s) not in leaves)
    results = tuple(s for s in stages if s not in WEAK_STAGES and s not in _CARRIED)
    if results:
        return results
    carried = tuple(s for s in stages if s in _CARRIED)
    return carried or stages[-1:]


def filled(own: Subject, before: Subject, figure: Figure) -> Subject:
    """Take over what the local words leave open, where it fits."""
    if before.empty or own.empty:
        return own
    if not own.topics and before.topic in APPEALS and own.stages == ("other",):
        own = replace(own, stages=(), outcome="other")  # 维持12件、作其他处理3件
    if not own.topics and before.topic in APPEALS and own.stages == ("carried_over_out",):
        own = replace(own, stages=(), outcome="pending")  # 维持21件，年末未结3件
    if not own.topics and before.topic in APPEALS and own.stages == ("declined",):
        return replace(own, topics=before.topics, stages=(), residue=True)  # 1件逾期申请不予受理
    asked = before.topic == "requests" and figure.unit not in _OF_INFORMATION
    if not own.topics and asked and _only_published(own):
        own = replace(own, stages=("granted",), action=None)  # 申请3件：2件公开
    if not own.topics and before.topics and _fits(own, before):
        part = before.residue and before.topic == "requests" and set(own.stages) <= WEAK_STAGES
        own = replace(
            own,
            topics=before.topics,
            or_topics=before.or_topics,
            tied=own.tied or before.tied,
            by_heading=before.by_heading and not own.tied,
            residue=own.residue or part,
        )
    open_stage = own.topic == "requests" and not own.stages and not own.residue
    if open_stage and before.topic in (None, "requests"):
        own = replace(own, stages=before.stages)
    if own.topic in DOCUMENTS and own.action is None and before.topic in (None, *DOCUMENTS):
        own = replace(own, action=before.action)
    if own.topic in APPEALS and own.outcome is None and not own.own_topic:
        own = replace(own, outcome=before.outcome)
    return own


def _only_published(own: Subject) -> bool:
    return own.action == "published" and not (own.stages or own.applicant or own.residue)


def only_of_requests(subject: Subject) -> bool:
    """Whether only applications end so; licences too are 撤回 or 不予受理."""
    shared = "other.miscellaneous"
    return any(s in _NEVER_OF_OTHERS or ("." in s and s != shared) for s in subject.stages)


def _fits(own: Subject, before: Subject) -> bool:
    """Whether a topic can be meant by words of these facets."""
    topic = before.topic
    if topic in NO_CELL:  # only applications are 不予公开 or 结转, whatever was spoken of before
        telling = _NEVER_OF_OTHERS if topic == "other" else _NEVER_OF_INFORMATION
        return not any(s in telling or "." in s for s in own.stages)
    if topic in APPEALS:
        return bool(own.outcome) or bool(
            set(own.stages) & {"received", "closed", "answered", "handled"}
        )
    if topic == "requests":
        return bool(own.stages or own.applicant or own.channel)
    if topic in DOCUMENTS:
        return own.action is not None
    return False


def rest_of(before: Subject) -> Subject | None:
    """其他3件: the rest of what is being listed."""
    if any(s.startswith("other") for s in before.stages):
        return Subject(topics=("requests",), stages=("other.miscellaneous",))
    if before.topic == "requests" and before.applicant in _ORGANIZATION_KINDS:
        return replace(before, applicant="other_organization")
    if before.topic in APPEALS and before.outcome:
        return replace(before, outcome="other")
    if before.topic == "requests" and set(before.stages) & _LAST_RESULTS:
        return Subject(topics=("requests",), stages=("other",), residue=True)
    return None
