"""Universal statements: 均已办结, 均为自然人, 均维持."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, NamedTuple

from checker.claims.judge import plain, shown
from checker.claims.local import naming
from checker.claims.sentences import Sentence
from checker.claims.statements import Spoken, Statement, clauses, unheld
from checker.claims.subjects import (
    APPEALS,
    KINDS_OF_LITIGATION,
    ORGANIZATIONS,
    Subject,
    read_subject,
)
from checker.claims.targets import Tables, Target
from checker.claims.words import Word
from checker.domain.claim import ClaimCheck, ClaimVerdict
from checker.rulebook.late import late_regex
from checker.rulebook.reasons import load_reasons

_OUTCOMES: Final = ("upheld", "corrected", "other", "pending")
_NOUN: Final = late_regex("(?:办结|答复|办理|申请)(?:件|案件)")
_OR_PARTLY: Final = late_regex("(?:公开)?(?:或者?|和|、|及)部分")
_NEAR: Final = 4
_REST: Final = late_regex("(?:其余|余者|剩余|余下|剩下|其他|其它|另有?)")
_CARRY: Final = ("carried_over_out",)
# 所有答复均加盖公章 tells how they were given, not that all were
_OF_REPLIES: Final = late_regex(
    "(?:所有|全部)的?答复(?:书|文书|意见|件)*(?:[,均都皆已全]|统一|全部)+(?!按[时期]|办结|完毕|作出|答复|送达)"
)
_OLD: Final = frozenset(("carried_over_in", "carried_over_out", "carried"))
# The rows of what is said to come from one kind of applicant; one that agrees is enough.
_SPOKEN_ROWS: Final[Mapping[str, tuple[str, ...]]] = {
    "received": ("new_received",),
    "handled": ("new_received",),
    "carried": ("carried_over_out", "carried_over_in"),
    "closed": (),  # those of some result, as a rule
    "answered": (),
}
_RESULTS: Final = frozenset(
    ("granted", "partially_granted", "granted_or_partially", "denied", "unavailable", "declined")
)


class _Said(NamedTuple):
    """A universal word, what stands before and behind it in the clause.

    Attributes:
        won: it is said of lawsuits that they were won, which those that ended otherwise may be.
    """

    word: Word
    around: Subject
    predicate: Subject
    in_time: bool
    of_rest: bool
    of_old: bool
    won: bool


def universals(
    sentence: Sentence, spoken: Spoken, tables: Tables, *, excepted: Decimal | None = None
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
            if not word.has("universal", "all") or _OF_REPLIES.match(sentence.text, word.start):
                continue
            rest = words[at + 1 :]
            again = next((i for i, w in enumerate(rest[:_NEAR]) if w.has("universal", "all")), None)
            if again is not None and not naming(rest[:again]):
                continue  # 均全部办结, but 均已审结且全部维持 says two things
            rest = rest if again is None else rest[:again]
            late = any(w.has("universal", "in_time") for w in rest[:1])  # 均未超出法定期限
            if not late and any(_denies(w) for w in rest[:2]):
                continue
            if any(word.end <= f.start < clause[-1].end for f in sentence.figures):
                continue
            if _NOUN.match(sentence.text, word.end) or _OR_PARTLY.match(sentence.text, word.end):
                continue  # 全部办结件的类型, 全部或者部分公开
            # 其余31件均已答复: said of the rest, so what is carried over does not contradict it
            remainder = _REST.search(sentence.text, clause[0].start, word.start) is not None
            around, result = read_subject(words[:at]), read_subject(rest)
            old = _of_old(words[:at], sentence.start, word.start, spoken)
            won = any(w.text == "胜诉" for w in rest)
            said = _Said(word, around, result, remainder or _in_time(words), remainder, old, won)
            if remainder and (result.applicant or result.outcome or set(result.stages) & _RESULTS):
                continue  # 其余11件均予以公开: some had another result
            base = spoken.base(clause[0].start, word.start)
            statement = _universal(said, spoken.before(word.start), base, tables, excepted)
            if statement is not None:
                some = spoken.part(word.start, statement.subject.topics)
                yield (
                    _unproved(statement, load_reasons().some_of_them.format(figure=some))
                    if some
                    else statement
                )
                if again is None:
                    break


def _of_old(before: Sequence[Word], start: int, place: int, spoken: Spoken) -> bool:
    """上年结转3件，均已办结: said of what came over alone; 收到和上年结转的申请 are all."""
    stages = {v for w in before if (v := w.value("stage")) is not None}
    told = stages or spoken.stages(start, place)
    return (bool(told) and told <= _OLD) or (not stages and spoken.only_old(place))


def _denies(word: Word) -> bool:
    return bool(word.value("negation")) or word.text.startswith(("未", "不", "无"))


def _in_time(words: Sequence[Word]) -> bool:
    return any(w.has("universal", "in_time") or "工作日" in w.text for w in words)


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
        if predicate.outcome is not None and "answered" in predicate.stages:
            return None  # 都维持了我局的答复 is said of cases
        # 部分公开的3件均作了区分处理: said of those alone
        same = predicate.stages in (contexts[-1].stages, said.around.stages)
        same = same or any(_only_leaves(c.stages, predicate.stages) for c in contexts[1:])
        part = base.residue or base.channel or "carried_over_in" in base.stages
        part = part or (same and bool(set(predicate.stages) & _RESULTS))
        found = None if part else _of_requests(said, contexts, tables, excepted)
        # what goes over to next year may all be new, so it proves nothing of the old ones
        told_of_old = predicate.applicant and not predicate.stages
        old = found is not None and said.of_old and not told_of_old
        return (
            _unproved(found, load_reasons().carried_or_new) if found is not None and old else found
        )
    return _of_cases(said, topics, contexts, tables) if topics else None


def _only_leaves(counted: Sequence[str], group: Sequence[str]) -> bool:
    """过程性信息、第三方权益的各3件，均不予公开: all that was counted are rows of that group."""
    return bool(counted) and all(c.partition(".")[0] in group and "." in c for c in counted)


def _of_cases(
    said: _Said, topics: tuple[str, ...], contexts: Sequence[Subject], tables: Tables
) -> Statement | None:
    """The same of appeals: 均已审结, 均为复议后起诉, 均维持."""
    predicate = said.predicate
    if not set(topics) <= APPEALS:
        return None
    if "closed" in predicate.stages:
        return _of_closed_cases(said, topics, contexts, tables)
    if predicate.outcome is None:
        return _of_one_kind(said, contexts, tables)
    if not _maybe_of_others(said, contexts):
        concluded = any("closed" in c.stages for c in (*contexts[-1:], said.around))
        found = _of_appeals(said.word, predicate.outcome, topics, tables, concluded=concluded)
        lost = ("corrected",) if concluded else ("corrected", "pending")
        known = all_check(said.word.text, tables.appeals(topics, *lost), tables)
        won = said.won and known.verdict == "supported"
        return _unproved(found, load_reasons().won_in_other_ways) if won else found
    return None


def _unproved(found: Statement, reason: str) -> Statement:
    """A contradiction that is none because something else may be meant."""
    if found.check.verdict != "refuted":
        return found
    return replace(found, check=found.check.unproved(reason))


def _maybe_of_others(said: _Said, contexts: Sequence[Subject]) -> bool:
    """Whether the cases spoken of may have other causes than 政府信息公开."""
    counted = [c for c in contexts if c.topics and set(c.topics) <= APPEALS]
    tied = said.around.tied or said.predicate.tied
    return bool(counted) and not (counted[-1].tied or tied)


def _of_one_kind(said: _Said, contexts: Sequence[Subject], tables: Tables) -> Statement | None:
    """行政诉讼2件，均为复议后起诉: there are none of the other kind."""
    last = contexts[-1]
    if len(said.predicate.topics) != 1 or said.predicate.topics[0] not in KINDS_OF_LITIGATION:
        return None
    lawsuits = set(last.topics) in ({"litigation"}, set(KINDS_OF_LITIGATION))
    if not (last.tied and lawsuits) or last.outcome or said.of_rest:
        return None
    kind = said.predicate.topics[0]
    others = tuple(k for k in KINDS_OF_LITIGATION if k != kind)
    check = all_check(said.word.text, tables.appeals(others, "total"), tables)
    return _statement(said.word, Subject(topics=(kind,), tied=True), check)


def _of_closed_cases(
    said: _Said, topics: tuple[str, ...], contexts: Sequence[Subject], tables: Tables
) -> Statement | None:
    """行政复议7件，均已审结: none is pending; with applications in the same breath it is open."""
    mixed = any(c.topic == "requests" for c in contexts[1:]) and not said.around.topics
    if said.of_rest or mixed or _maybe_of_others(said, contexts):
        return None
    check = all_check(said.word.text, tables.appeals(topics, "pending"), tables)
    return _statement(said.word, Subject(topics=topics, stages=("closed",), tied=True), check)


def _topic_of(contexts: Sequence[Subject]) -> tuple[str, ...]:
    """The topic spoken of last."""
    return next((c.topics for c in reversed(contexts) if c.topics), ())


def _of_requests(
    said: _Said, contexts: Sequence[Subject], tables: Tables, excepted: Decimal | None
) -> Statement | None:
    word, predicate = said.word, said.predicate
    stages = predicate.stages
    whose = {a for c in contexts[1:] if (a := c.applicant or c.said_of) is not None}
    columns = columns_of(said.around.applicant or (whose.pop() if len(whose) == 1 else None))
    subject = Subject(topics=("requests",), stages=stages, applicant=predicate.applicant)
    if predicate.applicant is not None and not stages:
        own = said.around.stages if said.of_old else ()
        spoken = own or next((c.stages for c in reversed(contexts) if c.stages), ("received",))
        natural = predicate.applicant == "natural_person"
        columns = ORGANIZATIONS if natural else ("natural_person",)
        tried = [
            all_check(word.text, tables.requests((row,), columns), tables)
            for row in _SPOKEN_ROWS.get(spoken[0], (spoken[0],))
        ]
        unknown = ClaimCheck(
            test="quantifier", verdict="not_enough_info", reason=load_reasons().which_requests
        )
        best = min(tried, key=lambda c: c.verdict == "refuted", default=unknown)
        return _statement(word, subject, best)
    if stages and stages[0] in _RESULTS:
        return _all_one_result(word, stages, subject, tables, columns)
    group = stages[0].partition(".")[0] if len(stages) == 1 and "." in stages[0] else ""
    if group and contexts[-1].stages == (group,) and not contexts[-1].residue:
        return _all_one_reason(word, subject, group, tables)
    target = tables.requests(_CARRY, columns)
    if "closed" in stages:
        late_only = said.of_rest
        check = all_check(word.text, target, tables, in_time=late_only, excepted=excepted)
        return _statement(word, subject, check)
    if set(stages) & {"answered", "handled"}:
        late_only = said.in_time or "answered" not in stages
        check = all_check(word.text, target, tables, in_time=late_only, excepted=excepted)
        return _statement(word, subject, check)
    return None


def columns_of(applicant: str | None) -> tuple[str, ...]:
    """自然人申请全部办结: the columns of those of whom it is said."""
    if applicant == "organizations":
        return ORGANIZATIONS
    if applicant in (None, "citizen"):
        return ("total",)
    return (applicant,)


def _all_one_result(
    word: Word,
    stages: tuple[str, ...],
    subject: Subject,
    tables: Tables,
    columns: tuple[str, ...],
) -> Statement:
    """均予以公开: the rows of that result hold all that was closed."""
    only = columns[0] if len(columns) == 1 and columns != ("total",) else None
    asked = Subject(topics=("requests",), stages=stages, applicant=only)
    target = next(iter(tables.readings(asked)))
    held = tables.holding(target).value
    total = tables.requests(("total",), columns)
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
    return _statement(word, subject, check)


def _all_one_reason(word: Word, subject: Subject, group: str, tables: Tables) -> Statement | None:
    """其他处理3件，均系逾期不补正: the other rows of the group hold nothing."""
    asked = replace(subject, applicant=None)
    own = next(iter(tables.readings(asked)), None)
    whole = next(iter(tables.readings(replace(asked, stages=(group,)))), None)
    if own is None or whole is None:
        return None
    others = tuple(a for a in whole.addresses if a not in own.addresses)
    if not others or set(own.addresses) - set(whole.addresses):
        return None
    label = f"{whole.label}中除{own.label}外的各行"
    rest = Target(expression=" + ".join(others), addresses=others, label=label)
    return _statement(word, subject, all_check(word.text, rest, tables))


def _of_appeals(
    word: Word, outcome: str, topics: tuple[str, ...], tables: Tables, *, concluded: bool
) -> Statement:
    """均维持: no other outcome; of concluded cases only when the words say so."""
    outcomes = ("upheld", "corrected", "other") if concluded else _OUTCOMES
    others = tuple(o for o in outcomes if o != outcome)
    target = tables.appeals(topics, *others)
    check = all_check(word.text, target, tables)
    return _statement(word, Subject(topics=topics, outcome=outcome), check)


def _statement(word: Word, subject: Subject, check: ClaimCheck) -> Statement:
    return Statement(start=word.start, end=word.end, subject=subject, check=check)


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
        excepted: how many the text itself excepts.
        in_time: the statement is only about time limits: carry-over contradicts it when there is
            more of it than came in this year (DOMAIN 10, 20).
    """
    open_point = unheld(target, "quantifier", tables)
    if open_point is not None:
        return open_point
    value = tables.holding(target).value or Decimal(0)
    limit = excepted or Decimal(0)
    none_closed = in_time and excepted is None and bool(value) and _none_closed(tables)
    late = in_time and excepted is None and not none_closed
    if late:
        received = tables.holding(tables.requests(("new_received",))).value
        limit = received if received is not None else value
    agrees = value <= limit
    told = shown(tables, target, value)
    if agrees:
        reason = f"正文写“{word}”，{told}，不矛盾。"
    elif none_closed:
        reason = f"正文写“{word}”已答复，但{told}，本年没有办结的申请，不一致。"
    elif late:
        reason = f"正文写“{word}”在期限内答复，但{told}，多于本年新收{plain(limit)}件，不一致。"
    else:
        besides = f"除{plain(limit)}件外" if excepted is not None else ""
        reason = f"正文写{besides}“{word}”，但{told}，不一致。"
    return ClaimCheck(
        test="quantifier",
        target=target.expression,
        target_label=target.label,
        expected=value,
        verdict="supported" if agrees else "refuted",
        reason=reason,
        cells=target.addresses,
    )


def _none_closed(tables: Tables) -> bool:
    """Whether no application at all was closed this year."""
    return tables.holding(tables.requests(("total",))).value == 0
