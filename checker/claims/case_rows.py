"""Sentences on appeals of which several figures differ from one row of table 四.

A slip changes one figure. Where several of a sentence differ, and are not just exchanged, the
sentence is more likely of other cases than it was read: of both kinds of lawsuits, or of reviews.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, groupby
from typing import Final

from checker.claims.rows import Row
from checker.claims.subjects import APPEALS, KINDS_OF_LITIGATION
from checker.claims.targets import Tables
from checker.domain.claim import ClaimCheck
from checker.rulebook.late import late_regex
from checker.rulebook.reasons import load_reasons

_KINDS: Final = ("reconsideration", *KINDS_OF_LITIGATION)
_TOGETHER: Final = tuple(c for n in range(1, len(_KINDS) + 1) for c in combinations(_KINDS, n))
_SEVERAL: Final = 2
_ROWS_OF: Final = late_regex("表四(?:“[^”]*”)+行")


def several_wrong(rows: Sequence[Row], tables: Tables) -> Mapping[int, tuple[str, ...]]:
    """Why differences of figures that stand together may be none, by the identity of the row.

    Where all of them are those of other cases, they are taken back at once.

    Args:
        rows: those of the whole report, judged.
        tables: the cells.
    """
    doubts: dict[int, tuple[str, ...]] = {}
    for group in _groups(rows):
        wrong = [r for r in group if _check(r).verdict == "refuted"]
        if len(wrong) < _SEVERAL or _exchanged(wrong):
            continue
        cases, words = _fitting(group, tables), load_reasons()
        for row in wrong:
            if cases:
                _take_back(row, words.other_cases.format(cases=cases))
                continue
            reason = words.several_differ.format(count=len(wrong))
            doubts[id(row)] = (reason,) if row is wrong[0] else (reason, words.with_first)
    return doubts


def _groups(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The figures of a sentence that were held against the same row of table 四."""
    counted = [r for r in rows if r.figure and r.subject.topic in APPEALS and _checks(r)]
    for _, same in groupby(counted, key=lambda r: (r.sentence.start, r.subject.topics)):
        yield [*same]


def _checks(row: Row) -> list[ClaimCheck]:
    return [c for c in row.checks if c.test == "cell" and c.verdict != "not_enough_info"]


def _check(row: Row) -> ClaimCheck:
    return _checks(row)[0]


def _exchanged(wrong: Sequence[Row]) -> bool:
    """维持2件、纠正1件 for 1 and 2: a slip that makes two figures wrong at once."""
    printed = [r.figure.value for r in wrong if r.figure]
    expected = [_check(r).expected for r in wrong]
    return sorted(map(str, printed)) == sorted(map(str, expected))


def _fitting(group: Sequence[Row], tables: Tables) -> str:
    """The row of table 四, or rows together, that holds all figures; empty for none."""
    told = [r for r in group if r.subject.outcome]
    for topics in _TOGETHER if len(told) >= _SEVERAL else ():
        targets = [tables.appeals(topics, r.subject.outcome or "") for r in told]
        held = [tables.holding(t).value for t in targets]
        if all(r.figure and v == r.figure.value for r, v in zip(told, held, strict=True)):
            named = _ROWS_OF.match(targets[0].label)
            return named[0] if named else targets[0].label
    return ""


def _take_back(row: Row, reason: str) -> None:
    for place, check in enumerate(row.checks):
        if check.test == "cell" and check.verdict == "refuted":
            row.checks[place] = check.unproved(reason)
