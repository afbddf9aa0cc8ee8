"""Holds what is told in words of the results of appeals against table 四.

Only contradictions become rows: a result that is told while its column holds 0, and one that is
denied while it holds more. What a figure of the same sentence tells already is not told again.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from checker.claims.judge import shown
from checker.claims.outcomes import CaseReader, Cases, Result
from checker.claims.reading import Reader
from checker.claims.rows import Row
from checker.claims.sentences import Sentence
from checker.claims.subjects import APPEALS, ONE_FORM, Subject
from checker.claims.targets import Tables, Target
from checker.domain.claim import ClaimCheck, ClaimKind, ClaimTest
from checker.rulebook.late import late_regex

_ROWS: Final = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
_CLAUSE_ENDS: Final = late_regex("[,;。]")
_OF_REST: Final = late_regex(
    "(?:其余|余下|剩余|另外?)(?:的)?[0-9]+[件起宗](?:案件)?(?:均|都|则|也)*(?:[没未无]有?)?$"
)
_IN_WORDS: Final = ("absence", "quantifier")


def results(
    passage: Sequence[Sentence], rows: list[Row], cases: CaseReader, reader: Reader, tables: Tables
) -> None:
    """Add the results that a passage tells in words and table 四 contradicts.

    Args:
        passage: its sentences, in order.
        rows: those of the passage; a statement that is read here anew is taken out.
        cases: reads the results.
        reader: knows whose figures the section tells and what else it speaks of.
        tables: the cells.
    """
    cases.open()
    for sentence in passage:
        for result in cases.read(sentence):
            own = [r for r in rows if r.sentence.start == sentence.start]
            row = _contradiction(sentence, result, own, tables)
            if row is None or not _of_own_cases(row, result, own, cases, reader):
                continue
            rows[:] = [r for r in rows if not _same_words(r, row)]
            rows.append(row)


def _contradiction(
    sentence: Sentence, result: Result, told: Sequence[Row], tables: Tables
) -> Row | None:
    """The row of a result that table 四 contradicts; None for others."""
    kinds = _in_order(result.nearest if result.denied else result.cases)
    target = tables.appeals(kinds, *result.columns)
    value = tables.holding(target).value
    if value is None or (value > 0) != result.denied or _of_others(result, tables):
        return None
    printed = sentence.text[result.start : result.end]
    if result.denied and result.columns == ("corrected",) and ONE_FORM.search(printed):
        return None
    if result.denied and _OF_REST.search(sentence.text, sentence.start, result.start):
        return None
    subject = Subject(topics=kinds, outcome=result.columns[0], tied=True)
    whole = tables.appeals(kinds, "total")
    if any(_tells(r, result, target, whole, tables) for r in told):
        return None
    if result.universal and not _of_all(sentence, result, whole, tables):
        return None
    kind: ClaimKind = "absence" if result.denied and not result.universal else "quantifier"
    return Row(
        sentence=sentence,
        start=result.start,
        end=result.end,
        figure=None,
        subject=subject,
        scope="own",
        kind=kind,
        checks=[_check(sentence, result, target, tables, value)],
    )


def _of_others(result: Result, tables: Tables) -> bool:
    """双方和解 behind a sentence that names lawsuits, where a review ended so: told of that one."""
    elsewhere = tables.holding(tables.appeals(_ROWS, *result.columns)).value
    return result.named is None and not result.denied and elsewhere != 0


def _of_own_cases(
    row: Row, result: Result, told: Sequence[Row], cases: CaseReader, reader: Reader
) -> bool:
    """Whether a result is told of the cases of table 四.

    Where the words do not say so, a figure of the sentence does that agrees with the table.
    """
    agreeing = any(_agrees(r) for r in told)
    scope = reader.scope(cases.scope(row.sentence, result))
    own = scope == "own" or (scope == "whole_area" and agreeing)
    others = any(r.subject.all_cases for r in told)
    tied = (result.tied or agreeing) and not others
    return own and tied and not reader.elsewhere(row.sentence, result.start, row.subject)


def _in_order(cases: Cases) -> tuple[str, ...]:
    return tuple(r for r in _ROWS if r in cases)


def _agrees(row: Row) -> bool:
    """Whether table 四 holds a figure of the sentence."""
    return (
        row.figure is not None
        and bool(row.subject.topics)
        and set(row.subject.topics) <= APPEALS
        and any(c.test == "cell" and c.verdict == "supported" and c.expected for c in row.checks)
    )


def _tells(row: Row, result: Result, target: Target, whole: Target, tables: Tables) -> bool:
    """Whether a row tells this contradiction already, or that there were no cases at all."""
    wrong = {a for c in row.checks if c.verdict == "refuted" for a in c.cells}
    none = tables.holding(whole).value == 0 and bool(wrong & set(whole.addresses))
    return none or bool(wrong & set(target.addresses)) or (bool(wrong) and _of_clause(row, result))


def _of_all(sentence: Sentence, result: Result, whole: Target, tables: Tables) -> bool:
    """两件均已审结: what is counted right before is all of them, and not some."""
    start = max(sentence.text.rfind(c, sentence.start, result.start) for c in ",;:。")
    counted = [f.value for f in sentence.figures if start < f.start < result.start]
    return set(counted) <= {tables.holding(whole).value}


def _of_clause(row: Row, result: Result) -> bool:
    """均为结果纠正: a statement in words stands in the clause of a result, before it."""
    between = row.sentence.text[row.end : result.start]
    return row.figure is None and row.end <= result.start and not _CLAUSE_ENDS.search(between)


def _same_words(row: Row, result: Row) -> bool:
    """Whether a statement that was held against other cells ends in the words of a result."""
    apart = row.figure is not None or row.kind not in _IN_WORDS
    joined = row.sentence.start == result.sentence.start and row.end == result.start
    return joined and not apart


def _check(
    sentence: Sentence, result: Result, target: Target, tables: Tables, value: Decimal
) -> ClaimCheck:
    test: ClaimTest = "presence"
    if result.denied:
        test = "quantifier" if result.universal else "absence"
    printed = sentence.passage.text[result.start : result.end]
    words = f"没有“{printed}”" if test == "absence" else f"“{printed}”"
    return ClaimCheck(
        test=test,
        target=target.expression,
        target_label=target.label,
        expected=value,
        verdict="refuted",
        reason=f"正文写{words}，{shown(tables, target, value)}，不一致。",
        cells=target.addresses,
    )
