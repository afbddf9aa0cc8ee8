"""Statements without a figure: that nothing happened, and that all were treated alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from checker.claims.judge import plain, shown
from checker.claims.sentences import Segment, Sentence
from checker.claims.subjects import APPEALS, DECISIONS, DOCUMENTS, Subject, read_subject
from checker.claims.targets import ORGANIZATIONS, Tables, Target
from checker.claims.words import Word
from checker.domain.claim import ClaimCheck, ClaimTest, ClaimVerdict

_OUTCOMES = ("upheld", "corrected", "other", "pending")
_NEAR = 4
_CARRY = ("carried_over_out",)
_RESULTS = frozenset(
    ("granted", "partially_granted", "granted_or_partially", "denied", "unavailable", "declined")
)
_PENDING = frozenset(("carried_over_in", "carried_over_out"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """An absence or a universal, with the word that states it.

    Attributes:
        start, end: the word in the folded passage.
        target: cells that have to be 0; None when the tables hold nothing of it.
    """

    start: int
    end: int
    subject: Subject
    target: Target | None
    check: ClaimCheck


def clauses(sentence: Sentence) -> Iterator[tuple[Segment, ...]]:
    """Segments grouped by comma: an enumeration with 、 is one clause."""
    group: list[Segment] = []
    for segment in sentence.segments:
        if group and segment.mark != "、":
            yield tuple(group)
            group = []
        group.append(segment)
    if group:
        yield tuple(group)


def absences(sentence: Sentence, context: Subject, tables: Tables) -> Iterator[Statement]:
    """Statements that something did not happen: 未收到…申请, 未发生…复议, 无结转."""
    for clause in clauses(sentence):
        words = sentence.words_between(clause[0].start, clause[-1].end)
        at = next((i for i, w in enumerate(words) if w.value("negation")), None)
        if at is None:
            continue
        if any(clause[0].start <= f.start < clause[-1].end for f in sentence.figures):
            continue
        word, rest = words[at], words[at + 1 :]
        subject = _absent_subject(word, words[:at], rest, context)
        if subject is None:
            continue
        target = absent_target(subject, tables)
        yield Statement(
            start=word.start,
            end=word.end,
            subject=subject,
            target=target,
            check=_absence_check(word.text, target, tables, fee=subject.topic == "any_charge"),
        )


def _absent_subject(
    word: Word, before: Sequence[Word], rest: Sequence[Word], context: Subject
) -> Subject | None:
    """What did not happen, or None when the words do not say it."""
    near = [w for w in rest if w.meanings or not w.known]
    if word.value("negation") == "none" and not (near and near[0].meanings):
        return None
    found = read_subject(rest)
    if not found.topics and not found.stages:
        earlier = read_subject(before)
        found = earlier if earlier.topics and word.value("negation") != "none" else found
    if word.value("negation") == "none_received":
        if found.topic in (None, "published") and context.topic == "requests" and not near:
            return Subject(topics=("requests",), stages=("received",), tied=True)
        if found.topic == "requests":
            return Subject(topics=("requests",), stages=("received",), tied=True)
    if found.stages and set(found.stages) <= _PENDING:
        return Subject(topics=("requests",), stages=found.stages, tied=True)
    if found.topic == "requests":
        plain_none = word.value("negation") in ("none", "none_received", "none_happened")
        stages = found.stages or (("received",) if plain_none else ())
        return Subject(topics=("requests",), stages=stages) if stages else None
    if found.outcome is not None and found.topic in (None, *APPEALS):
        named = found.topics or read_subject(before).topics or context.topics
        if named and set(named) <= APPEALS:
            return Subject(topics=named, outcome=found.outcome, tied=True)
    if found.topic in DOCUMENTS and found.action is None:
        return replace(found, action="repealed" if "废" in word.text else "issued")
    if found.topic in APPEALS or found.topic in DOCUMENTS or found.topic in DECISIONS:
        return found
    if found.topic in ("information_fee", "fees", "any_charge") or (
        found.topic == "other" and word.value("negation") not in ("none_made",)
    ):
        return found
    return None


def absent_target(subject: Subject, tables: Tables) -> Target | None:
    """The cells that have to be 0 when a thing did not happen."""
    topic = subject.topic
    if topic == "requests":
        stages = [
            s for s in subject.stages if s not in ("received", "handled", "closed", "answered")
        ]
        return tables.requests(tuple(stages) or ("new_received",))
    if topic in APPEALS:
        outcomes = (subject.outcome,) if subject.outcome else ("total",)
        return tables.appeals(subject.topics, *outcomes)
    if topic in DOCUMENTS or topic in DECISIONS:
        return next(iter(tables.readings(subject)), None)
    if topic in ("fees", "any_charge"):
        return next(iter(tables.money("fees")), None)
    return None


def _absence_check(
    word: str, target: Target | None, tables: Tables, *, fee: bool = False
) -> ClaimCheck:
    test: ClaimTest = "fee" if fee else "absence"
    if target is None:
        return ClaimCheck(
            test=test,
            verdict="not_enough_info",
            reason="三张表里没有这一项，无法用表格核对。",
        )
    holding = tables.holding(target)
    if holding.value is None:
        return ClaimCheck(
            test=test,
            target=target.expression,
            target_label=target.label,
            verdict="not_enough_info",
            reason=f"{target.label}没有读到可用的数字，无法核对。",
            cells=target.addresses,
        )
    agrees = holding.value == 0
    return ClaimCheck(
        test=test,
        target=target.expression,
        target_label=target.label,
        expected=holding.value,
        verdict="supported" if agrees else "refuted",
        reason=f"正文写“{word}”，{shown(tables, target, holding.value)}，"
        + ("一致。" if agrees else "不一致。"),
        cells=target.addresses,
    )


def universals(
    sentence: Sentence, spoken: "Spoken", tables: Tables, *, excepted: Decimal | None = None
) -> Iterator[Statement]:
    """Universal statements about applications and appeals: 均已办结, 均为自然人, 均维持.

    Args:
        sentence: where to look.
        spoken: what was spoken of.
        tables: the cells.
        excepted: what the text itself says was carried over (除2件结转外均已办结).
    """
    for clause in clauses(sentence):
        words = sentence.words_between(clause[0].start, clause[-1].end)
        for at, word in enumerate(words):
            if not word.has("universal", "all"):
                continue
            rest = words[at + 1 :]
            if any(w.has("universal", "all") for w in rest[:_NEAR]):
                continue
            if any(w.value("negation") or w.text.startswith(("未", "不", "无")) for w in rest[:2]):
                continue
            if any(word.end <= f.start < clause[-1].end for f in sentence.figures):
                continue
            said = _Said(word, read_subject(words[:at]), read_subject(rest), _in_time(words))
            base = spoken.base(clause[0].start, word.start)
            statement = _universal(said, spoken.before(word.start), base, tables, excepted)
            if statement is not None:
                yield statement
                break


def _in_time(words: Sequence[Word]) -> bool:
    return any(w.has("universal", "in_time") for w in words)


class _Said(NamedTuple):
    """A universal word, what stands before and behind it in the clause."""

    word: Word
    around: Subject
    predicate: Subject
    in_time: bool


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a sentence spoke of, by place.

    Attributes:
        earlier: the subject of a table that was spoken of before the sentence.
        told: places and subjects of the sentence, in order.
    """

    earlier: Subject
    told: tuple[tuple[int, Subject], ...]

    def before(self, place: int) -> tuple[Subject, ...]:
        """All subjects up to a place, the last one last."""
        return (self.earlier, *(s for at, s in self.told if at < place))

    def base(self, start: int, end: int) -> Subject:
        """What the clause itself counts before the universal word."""
        inside = [s for at, s in self.told if start <= at < end]
        return inside[-1] if inside else Subject()


def _universal(
    said: _Said,
    contexts: Sequence[Subject],
    base: Subject,
    tables: Tables,
    excepted: Decimal | None,
) -> Statement | None:
    predicate = said.predicate
    if predicate.topics and predicate.topic != "requests" and predicate.topic not in APPEALS:
        return None
    topics = predicate.topics if predicate.topic in APPEALS else said.around.topics
    topics = topics or _topic_of(contexts)
    if topics and topics[0] == "requests":
        part = base.residue or base.channel or "carried_over_in" in base.stages
        return None if part else _of_requests(said, contexts, tables, excepted)
    if topics and set(topics) <= APPEALS and predicate.outcome:
        concluded = any("closed" in c.stages for c in contexts[-1:])
        return _of_appeals(said.word, predicate.outcome, topics, tables, concluded=concluded)
    return None


def _topic_of(contexts: Sequence[Subject]) -> tuple[str, ...]:
    """The topic spoken of last."""
    return next((c.topics for c in reversed(contexts) if c.topics), ())


def _of_requests(
    said: _Said, contexts: Sequence[Subject], tables: Tables, excepted: Decimal | None
) -> Statement | None:
    word, predicate = said.word, said.predicate
    stages = predicate.stages
    subject = Subject(topics=("requests",), stages=stages, applicant=predicate.applicant)
    if predicate.applicant is not None and not stages:
        spoken = next((c.stages for c in reversed(contexts) if c.stages), ("received",))
        row = "new_received" if spoken[0] in ("received", "handled") else spoken[0]
        natural = predicate.applicant == "natural_person"
        columns = ORGANIZATIONS if natural else ("natural_person",)
        return _statement(word, subject, tables.requests((row,), columns), tables)
    if stages and stages[0] in _RESULTS:
        return _all_one_result(word, stages, subject, tables)
    target = tables.requests(_CARRY)
    if "closed" in stages:
        return _statement(word, subject, target, tables, excepted=excepted)
    if set(stages) & {"answered", "handled"}:
        late_only = said.in_time or "answered" not in stages
        return _statement(word, subject, target, tables, in_time=late_only, excepted=excepted)
    return None


def _all_one_result(
    word: Word, stages: tuple[str, ...], subject: Subject, tables: Tables
) -> Statement:
    """均予以公开: the rows of that result hold all that was closed."""
    target = next(iter(tables.readings(Subject(topics=("requests",), stages=stages))))
    held = tables.holding(target).value
    total = tables.requests(("total",))
    whole = tables.holding(total).value
    known = held is not None and whole is not None
    agrees = known and held == whole
    verdict: ClaimVerdict = "not_enough_info" if not known else "supported"
    if known and not agrees:
        verdict = "refuted"
    told = (
        f"{target.label}为{plain(held or Decimal(0))}，{total.label}为{plain(whole or Decimal(0))}"
    )
    check = ClaimCheck(
        test="quantifier",
        target=target.expression,
        target_label=target.label,
        expected=held,
        verdict=verdict,
        reason=f"正文写“{word.text}”，{told}，" + ("一致。" if agrees else "不一致。"),
        cells=(*target.addresses, *total.addresses),
    )
    return Statement(start=word.start, end=word.end, subject=subject, target=target, check=check)


def _of_appeals(
    word: Word, outcome: str, topics: tuple[str, ...], tables: Tables, *, concluded: bool
) -> Statement:
    """均维持: no other outcome; of concluded cases only when the words say so."""
    outcomes = ("upheld", "corrected", "other") if concluded else _OUTCOMES
    others = tuple(o for o in outcomes if o != outcome)
    target = tables.appeals(topics, *others)
    return _statement(word, Subject(topics=topics, outcome=outcome), target, tables)


def _statement(
    word: Word,
    subject: Subject,
    target: Target,
    tables: Tables,
    *,
    in_time: bool = False,
    excepted: Decimal | None = None,
) -> Statement:
    return Statement(
        start=word.start,
        end=word.end,
        subject=subject,
        target=target,
        check=all_check(word.text, target, tables, in_time=in_time, excepted=excepted),
    )


def all_check(
    word: str,
    target: Target,
    tables: Tables,
    *,
    in_time: bool = False,
    excepted: Decimal | None = None,
) -> ClaimCheck:
    """Whether the cells that a universal excludes are 0.

    Args:
        word: the universal word.
        target: cells that have to be 0.
        tables: the cells.
        in_time: the statement is only about time limits: carry-over contradicts it when there is
            more of it than came in this year (DOMAIN 10, 20).
    """
    holding = tables.holding(target)
    if holding.value is None:
        return ClaimCheck(
            test="quantifier",
            target=target.expression,
            target_label=target.label,
            verdict="not_enough_info",
            reason=f"{target.label}没有读到可用的数字，无法核对。",
            cells=target.addresses,
        )
    limit = excepted or Decimal(0)
    if in_time and excepted is None:
        received = tables.holding(tables.requests(("new_received",))).value
        limit = received if received is not None else holding.value
    agrees = holding.value <= limit
    told = shown(tables, target, holding.value)
    if agrees:
        reason = f"正文写“{word}”，{told}，不矛盾。"
    elif in_time:
        reason = f"正文写“{word}”在期限内答复，但{told}，多于本年新收{plain(limit)}件，不一致。"
    else:
        reason = f"正文写“{word}”，但{told}，不一致。"
    return ClaimCheck(
        test="quantifier",
        target=target.expression,
        target_label=target.label,
        expected=holding.value,
        verdict="supported" if agrees else "refuted",
        reason=reason,
        cells=target.addresses,
    )
