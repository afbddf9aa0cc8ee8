"""Whether a figure that differs from its cells is another total that the sentence may speak of.

A figure whose own words do not name its cells (全部13件, 65件申请中已答复61件, what a list takes
over from its head) differs more often because it was read wrongly than because it is wrong. When
it is just another total of the same table, nothing is proven.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from checker.claims.beside import around
from checker.claims.judge import fits, in_unit, shown
from checker.claims.rows import Row
from checker.claims.sentences import Sentence
from checker.claims.subjects import (
    APPEALS,
    DECISIONS,
    DOCUMENTS,
    ORGANIZATIONS,
    TOPICAL,
    read_subject,
)
from checker.claims.targets import Tables, Target
from checker.claims.words import Word
from checker.domain.claim import ClaimCheck

_TESTS: Final = ("cell", "absence")
# all of something, or its rest: which something, the words before it tell
_GATHERED: Final = re.compile(
    "(?:(?:全部|所有|上述|以上|其余|剩余|余下|剩下|另外|占)[^0-9]{0,12}"
    "|合计|共计?|总计|分别[是为有]?)$"
)
_AMONG: Final = re.compile("[^,。;()0-9]{0,8}(?<!其)中|的[0-9]")
_TOTALS: Final = (
    ("new_received",),
    ("carried_over_in",),
    ("new_received", "carried_over_in"),
    ("total",),
    ("carried_over_out",),
)
_CLOSED: Final = ("upheld", "corrected", "other")
_CASES: Final = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")


def weigh(rows: list[Row], tables: Tables) -> None:
    """Take back what proves nothing: the difference of a figure that is another total as well."""
    for row in rows:
        for place, check in enumerate(row.checks):
            if check.test not in _TESTS or check.verdict != "refuted" or _named(row):
                continue
            told = () if _head(row) else [c.target for r in rows if r is not row for c in r.checks]
            other = _other_total(row, tables, told)
            if other is not None:
                row.checks[place] = _open(check, tables, other)


def _open(check: ClaimCheck, tables: Tables, other: Target) -> ClaimCheck:
    value = tables.holding(other).value
    told = shown(tables, other, value) if value is not None else other.label
    reason = f"{check.reason.removesuffix('，不一致。')}；{told}，正文说的可能是它，无法判断。"
    return check.model_copy(update={"verdict": "not_enough_info", "reason": reason})


def _head(row: Row) -> bool:
    """Whether a figure takes up again what was told: 18件中予以公开7件, 全部13件, 其余3件."""
    figure = row.figure
    if figure is None:
        return False
    before = row.sentence.text[row.sentence.start : figure.start]
    return bool(_GATHERED.search(before) or _AMONG.match(row.sentence.text, figure.behind))


def _named(row: Row) -> bool:
    """Whether the words right before a figure name its cells, and nothing else is needed."""
    sentence, figure = row.sentence, row.figure
    if figure is None:
        return True
    segment = sentence.segment_at(figure.start)
    before, _ = around(sentence, sentence.number_of(figure), segment)
    if _head(row) or (row.subject.with_carry and row.subject.stages != ("received",)):
        return False
    words = sentence.words_between(before, figure.start)
    one_stage = len([w for w in words if w.value("stage")]) <= 1
    each = sentence.text[before : figure.start].endswith("各")  # 复议、诉讼各5件
    return each or (one_stage and _adjacent(words) and _says(words, row))


def _says(words: tuple[Word, ...], row: Row) -> bool:
    """Whether words alone tell all that a figure counts, but for what cannot be otherwise."""
    said, meant = read_subject(words), row.subject
    if meant.topic in APPEALS:
        return (said.topics or meant.topics, said.outcome) == (meant.topics, meant.outcome)
    if meant.topic in DOCUMENTS | DECISIONS:
        return (said.topics, said.action) == (meant.topics, meant.action)
    return said.applicant == meant.applicant and (
        said.stages == meant.stages or (not said.stages and _only_stage(row))
    )


def _only_stage(row: Row) -> bool:
    """Whether no other stage than that of the figure is told before it in its sentence."""
    sentence, stages = row.sentence, row.subject.stages
    told = {
        v
        for w in sentence.words_between(sentence.start, row.start)
        if (v := w.value("stage")) is not None
    }
    return told == set(stages) or (not told and stages in (("received",), ("new_received",)))


def _adjacent(words: tuple[Word, ...]) -> bool:
    """Whether only words without meaning, and none unknown, stand behind the last telling one."""
    for word in reversed(words):
        if any(m.facet in TOPICAL for m in word.meanings):
            return True
        if not word.known:
            return False
    return False


def _other_total(row: Row, tables: Tables, told: Sequence[str | None]) -> Target | None:
    """A total that is just the figure; those that other figures of the sentence tell are not."""
    figure = row.figure
    if figure is None or not figure.value:  # every table has a total that is 0
        return None
    for target in _candidates(row, tables):
        if target.expression in told:
            continue
        holding = tables.holding(target)
        value = holding.value
        if "carried_over_in" in target.expression and 0 in holding.terms:
            continue  # the sum is the other row over again
        if value is not None and fits(figure, in_unit(value, target, figure)):
            return target
    return None


def _candidates(row: Row, tables: Tables) -> Iterator[Target]:
    """Totals of the same table, and what else the sentence names."""
    topic = row.subject.topic
    if topic in APPEALS:
        yield from _cases(row.sentence, tables)
    elif topic in DOCUMENTS | DECISIONS:
        subject = row.subject
        for word in row.sentence.words:
            named = word.value("topic")
            if named in DOCUMENTS | DECISIONS:
                yield from tables.readings(
                    subject.__class__(topics=(named,), action=subject.action)
                )
    else:
        yield from _applications(row, tables)


def _cases(sentence: Sentence, tables: Tables) -> Iterator[Target]:
    """Sums over the kinds of cases that the sentence names, or over all when it names none."""
    said = {v for w in sentence.words if (v := w.value("outcome")) is not None}
    kinds = {v for w in sentence.words if (v := w.value("topic")) in APPEALS}
    named = [c for c in _CASES if c in kinds] or list(_CASES)
    if "litigation" in kinds and not kinds & set(_CASES[1:]):
        named = [*named, *_CASES[1:]] if named != list(_CASES) else named
    for outcomes in (("total",), _CLOSED, *((o,) for o in sorted(said))):
        for size in range(1, len(named) + 1):
            for cases in combinations(named, size):
                yield tables.appeals(cases, *outcomes)


def _applications(row: Row, tables: Tables) -> Iterator[Target]:
    if row.subject.with_carry:
        yield tables.requests(("total",))  # 办理94件（含上年结转5件）
        return
    words = row.sentence.words
    applicants = [v for w in words if (v := w.value("applicant")) is not None]
    for columns in _columns(applicants):
        for rows in _TOTALS:
            yield tables.requests(rows, columns)
    for word in words:
        for meaning in word.meanings:
            if meaning.facet == "stage":
                yield from tables.readings(
                    row.subject.__class__(topics=("requests",), stages=(meaning.value,))
                )


def _columns(applicants: list[str]) -> Iterator[tuple[str, ...]]:
    """All applicants, each that is named, and those named together."""
    yield ("total",)
    kinds = tuple(dict.fromkeys(a for a in applicants if a in (*ORGANIZATIONS, "natural_person")))
    for kind in kinds:
        yield (kind,)
    if "organizations" in applicants:
        yield ORGANIZATIONS
    organizations = tuple(k for k in kinds if k in ORGANIZATIONS)
    for first in range(len(organizations) - 1):
        yield organizations[first:]
