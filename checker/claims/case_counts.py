"""Counts of cases that the words around them tell: 尚有1件没有审结, 直接起诉和复议后起诉各一件.

It looks at the section on appeals only, where all cases are those of table 四.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from checker.claims.judge import Doubtful, against_cells, plain
from checker.claims.leads import judged
from checker.claims.near_sums import weighed
from checker.claims.ratios import is_ratio
from checker.claims.rows import Passage, Row
from checker.claims.sentences import Sentence
from checker.claims.subjects import APPEALS, KINDS_OF_LITIGATION
from checker.claims.targets import Tables
from checker.rulebook.case_counts import load_case_counts
from checker.rulebook.wording import compiled

_OUTCOMES: Final = ("upheld", "corrected", "other", "pending")
_UNITS: Final = ("件", "起", "宗", "例")
_PLAINLY: Final = Doubtful()


def case_counts(told: Passage, tables: Tables) -> None:
    """Judge the counts of a passage of the section on appeals.

    Args:
        told: its sentences with the rows of their figures.
        tables: the cells.
    """
    words = load_case_counts()
    for sentence, rows in told:
        if sentence.section != "appeals":
            continue
        _all_results(rows, tables)
        if compiled(words.others).search(sentence.text, sentence.start, sentence.end):
            continue
        for row in rows:
            _pending(sentence, row, tables)
            _each(sentence, row, tables)


def _judged(row: Row) -> bool:
    return any(c.test == "cell" and c.verdict != "not_enough_info" for c in row.checks)


def _pending(sentence: Sentence, row: Row, tables: Tables) -> None:
    """至年底尚有1件没有审结, where the sentence speaks of one kind of cases."""
    words, figure = load_case_counts(), row.figure
    if figure is None or figure.unit not in _UNITS or row.scope != "own":
        return
    before = sentence.text[sentence.start : row.start]
    behind = sentence.text[figure.behind : sentence.end]
    if not compiled(words.pending_before).search(before):
        return
    lawsuits = compiled(words.litigation).search(sentence.text, sentence.start, sentence.end)
    reviews = compiled(words.reconsideration).search(sentence.text, sentence.start, sentence.end)
    if not compiled(words.pending_behind).search(behind) or bool(lawsuits) == bool(reviews):
        return
    topics = ("litigation",) if lawsuits else ("reconsideration",)
    target = tables.appeals(topics, "pending")
    row.subject = replace(row.subject, topics=topics, outcome="pending")
    row.elsewhere = ""
    row.checks = [c for c in row.checks if c.test != "cell"]  # not of what is 审结
    row.checks.append(against_cells(figure, row.printed, tables, [target], _PLAINLY))


def _each(sentence: Sentence, row: Row, tables: Tables) -> None:
    """直接起诉和先复议后起诉各一件: as many of the one kind as of the other."""
    words, figure = load_case_counts(), row.figure
    if figure is None or figure.unit not in _UNITS:
        return
    kinds = (words.direct, words.after)
    joined = "|".join(f"(?:{a})(?:和|与|、|及)(?:{b})" for a, b in (kinds, kinds[::-1]))
    lead = re.compile(f"(?:{joined}){words.each}")
    if not lead.search(sentence.text[sentence.start : row.start]):
        return
    row.checks = [c for c in row.checks if c.test != "cell" or c.verdict == "refuted"]
    if _judged(row):
        return
    for kind in KINDS_OF_LITIGATION:
        target = tables.appeals((kind,), "total")
        check = against_cells(figure, row.printed, tables, [target], _PLAINLY)
        row.checks.append(check)
        if check.verdict == "refuted":
            return


def _all_results(rows: Sequence[Row], tables: Tables) -> None:
    """维持7件，纠正1件，其他结果1件，2件尚未审结: all results make up the cases of their kind."""
    groups: dict[tuple[str, ...], dict[str, list[Row]]] = {}
    for row in rows:
        counted = row.figure is not None and not is_ratio(row.figure)  # 六成维持（6件）
        own = counted and row.scope == "own" and not row.subject.all_cases
        of_cases = len(row.subject.topics) == 1 and row.subject.topic in APPEALS
        if own and of_cases and row.subject.outcome in _OUTCOMES:
            of_kind = groups.setdefault(row.subject.topics, {})
            of_kind.setdefault(row.subject.outcome or "", []).append(row)
    for topics, found in groups.items():
        once = [rs[0] for rs in found.values() if len(rs) == 1]
        target = tables.appeals(topics, "total")
        total = tables.holding(target).value
        values = [r.figure.value for r in once if r.figure and r.figure.value is not None]
        if len(once) < len(_OUTCOMES) or len(values) < len(once) or not total:
            continue
        wrong = any(c.verdict == "refuted" for r in once for c in r.checks)
        doubted = [r for r in once if not any(_agrees(c.test, c.verdict) for c in r.checks)]
        added = sum(values, Decimal(0))
        if wrong or added == total or len(doubted) != 1:
            continue
        sums = "＋".join(map(plain, values))
        reason = f"{sums}＝{plain(added)}，{target.label}为{plain(total)}"
        check = judged(
            "parts",
            reason,
            total,
            right=False,
            target="+".join(map(plain, values)),
            related=once[0],
        )
        doubted[0].checks.append(weighed(check, total, values))


def _agrees(test: str, verdict: str) -> bool:
    return test in ("cell", "absence") and verdict == "supported"
