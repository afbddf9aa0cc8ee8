"""How much of what was to be done was done: 办结率 beside counts of applications alone.

Told without its own figures it is of all that was due, or of what came in this year without what
came over. A rate that two figures of its sentence give is of something else.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import permutations
from typing import Final

from checker.claims.figures import without_approximation
from checker.claims.judge import plain
from checker.claims.plain_shares import decides
from checker.claims.ratios import is_so_much
from checker.claims.rows import Passage, Row, count_of
from checker.claims.sentences import Sentence
from checker.claims.subjects import Subject
from checker.claims.targets import Tables, Target
from checker.domain.claim import ClaimCheck
from checker.rulebook.share_words import load_share_words
from checker.rulebook.wording import compiled

_HUNDREDTHS: Final = ("percent", "成")
_HUNDRED: Final = Decimal(100)
_ENDS: Final = ",;:。("


def closing_rates(told: Passage, tables: Tables) -> None:
    """Judge the rates of a passage at which applications were closed.

    Args:
        told: its sentences with the rows of their figures.
        tables: the cells.
    """
    before: Sequence[Row] = ()
    for sentence, rows in told:
        counted = [r for r in rows if count_of(r)]
        for row in rows:
            if _is_rate(sentence, row):
                check = _check(row, counted or [r for r in before if count_of(r)], tables)
                row.checks += [check] if check is not None else []
        before = rows


def _is_rate(sentence: Sentence, row: Row) -> bool:
    """办结率93.77% that nothing was held against; 办结率100% is a universal statement."""
    figure = row.figure
    if figure is None or figure.unit not in _HUNDREDTHS or figure.value in (None, _HUNDRED):
        return False
    if row.kind != "share" or row.scope != "own" or any(decides(c) for c in row.checks):
        return False
    start = max(sentence.text.rfind(c, sentence.start, row.start) for c in _ENDS) + 1
    lead = without_approximation(sentence.text[max(start, sentence.start) : row.start])
    return compiled(load_share_words().closed_of_all).fullmatch(lead) is not None


def _check(row: Row, counted: Sequence[Row], tables: Tables) -> ClaimCheck | None:
    """The rate from the tables, where every figure beside it is one of applications."""
    figure = row.figure
    wholes = (_readings("new_received", tables), _readings("due", tables))
    done = _readings("closed", tables)
    known = {t.expression for t in (*wholes, done)}
    agreed = {c.target for r in counted for c in r.checks if c.verdict == "supported"}
    new, due, closed = (tables.holding(t).value for t in (*wholes, done))
    if figure is None or not new or not due or closed is None or closed > due:
        return None
    written = {due, closed} <= {count_of(r) for r in counted}  # 71件里办了68件
    if not (agreed & known or written) or not all(map(_of_applications, counted)):
        return None
    tried = [(closed, due), (closed - (due - new), new)]
    tried += [(closed, new)] if closed <= new else []
    fitting = [(p, w) for p, w in tried if is_so_much(figure, p / w * 100)]
    if not fitting and any(is_so_much(figure, s) for s in _shares(counted)):
        return None
    part, whole = (fitting or tried)[0]
    exact = (part / whole * 100).quantize(min(figure.step, Decimal("0.01")))
    ending = "一致。" if fitting else "与正文不一致。"
    of = f"{done.label}为{plain(closed)}，{wholes[1].label}为{plain(due)}，"
    return ClaimCheck(
        test="share",
        target=f"text: 100*{plain(part)}/{plain(whole)}",
        expected=exact,
        verdict="supported" if fitting else "refuted",
        reason=f"{of}{plain(part)}÷{plain(whole)}＝{plain(exact)}%，{ending}",
    )


def _readings(stage: str, tables: Tables) -> Target:
    return tables.readings(Subject(topics=("requests",), stages=(stage,)))[0]


def _of_applications(row: Row) -> bool:
    """Whether a figure may count all applications, and nothing else."""
    said = row.subject
    others = row.noun or said.applicant or said.channel or said.outcome
    return not others and said.topics in ((), ("requests",))


def _shares(counted: Sequence[Row]) -> Iterator[Decimal]:
    values = [v for r in counted if (v := count_of(r))]
    return (p / w * 100 for p, w in permutations(values, 2) if p < w)
