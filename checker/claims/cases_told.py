"""Cases that only a sub-heading ties to 政府信息公开: whether a total tells whose they are."""

from collections.abc import Sequence
from dataclasses import replace

from checker.claims.rows import Row
from checker.claims.subjects import APPEALS
from checker.rulebook.reasons import load_reasons


def of_table(row: Row, earlier: Sequence[Row]) -> None:
    """行政复议4件，维持3件: where 4 is the total of table 四, its results are those of the table.

    Args:
        row: a figure that was not compared yet.
        earlier: the figures in front of it, compared.
    """
    if row.subject.by_heading and any(_judged(r, "supported") for r in _totals(row, earlier)):
        row.subject = replace(row.subject, by_heading=False)


def asked_once(rows: Sequence[Row]) -> None:
    """行政复议9件，维持5件、纠正4件: one question about the total is one about its results."""
    ending = load_reasons().with_first
    for number, row in enumerate(rows):
        beside = [r for r in rows[:number] if r.sentence is row.sentence]
        if not any(_judged(r, "not_enough_info") for r in _totals(row, beside)):
            continue
        for place, check in enumerate(row.checks):
            if check.test == "scope" and check.verdict == "not_enough_info":
                changes = {"test": "cell", "reason": check.reason + ending}
                row.checks[place] = check.model_copy(update=changes)


def _totals(row: Row, earlier: Sequence[Row]) -> list[Row]:
    """The figures in front of a result of cases that count all of these cases."""
    said = row.subject
    if said.topic not in APPEALS or not said.outcome:
        return []
    return [r for r in earlier if r.subject.topics == said.topics and not r.subject.outcome]


def _judged(row: Row, verdict: str) -> bool:
    """Whether a total is one of the table, or one about which a person is asked."""
    test = "cell" if verdict == "supported" else "scope"
    return any(c.test == test and c.verdict == verdict for c in row.checks)
