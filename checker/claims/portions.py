"""Several figures of one sentence that speak of the same cell: each may be a portion of it."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from checker.claims.judge import plain
from checker.claims.leads import part_of
from checker.claims.rows import Row
from checker.domain.claim import ClaimCheck, ClaimVerdict
from checker.rulebook.late import late_regex
from checker.rulebook.reasons import load_reasons
from checker.rulebook.which_requests import load_which_requests
from checker.rulebook.wording import compiled

CHANGED: Final = late_regex("(?:减少|增加|下降|上升|增长|多|少)了?$")
_HELD: Final = ("cell", "scope")
_CAME: Final = frozenset(("received", "new_received", "handled"))
_LEAST_PORTIONS: Final = 2
_ASKED: Final = "同一句里另有说同一项的数字，可能只是其中一部分，请人工核对。"


def portions(rows: Sequence[Row]) -> None:
    """Do not blame a figure that is a portion of what its cell counts.

    ``已主动公开告知5件、同意公开3件`` are together what 予以公开 counts; and where one figure of
    the sentence is the whole of the cell, a smaller one is a part of it.
    """
    by_target: dict[str, list[Row]] = {}
    for row in rows:
        check = _by_cell(row)
        if check is not None and check.target is not None and not _is_change(row):
            by_target.setdefault(check.target, []).append(row)
    for same in by_target.values():
        if len(same) >= _LEAST_PORTIONS:
            _judged_together(same)
    for row in rows:
        _of_public_information(row)
    for one, other in pairwise(rows):
        _by_origin(one, other)


def _by_origin(one: Row, other: Row) -> None:
    """县政府转来4件、自行收到19件: together they are all that came in."""
    pair = (one, other)
    came = all(r.figure and set(r.subject.stages) <= _CAME for r in pair)
    if not came or one.scope == other.scope == "own" or _unit(one) != _unit(other):
        return
    values = [r.figure.value or Decimal(0) for r in pair if r.figure]
    added = sum(values, Decimal(0))
    sums = f"{'＋'.join(map(plain, values))}＝{plain(added)}"
    for row in pair:
        for place, check in enumerate(row.checks):
            if check.test in _HELD and check.verdict != "supported" and check.expected == added:
                open_one = check.unproved(load_reasons().one_of_parts.format(sums=sums))
                row.checks[place] = open_one.model_copy(update={"test": "cell"})


def _unit(row: Row) -> str | None:
    return row.figure.unit if row.figure else None


def _of_public_information(row: Row) -> None:
    """5件可通过已公开渠道获取，计入予以公开: one way only in which applications are granted."""
    figure, check = row.figure, _by_cell(row)
    if figure is None or check is None or row.subject.stages != ("granted",):
        return
    value, held = figure.value, check.expected
    fewer = value is not None and held is not None and value < held
    words, sentence = load_which_requests(), row.sentence
    segment = sentence.segment_at(figure.start)
    start, end = part_of(sentence, figure.start)
    beside = compiled(words.already_public).search(sentence.text, segment.start, segment.end)
    told = compiled(words.told_where).search(sentence.text, start, end)
    if fewer and beside and told:
        reason = load_reasons().some_of_them.format(figure=row.printed)
        row.checks = [c.unproved(reason) if c.test == "cell" else c for c in row.checks]


def _is_change(row: Row) -> bool:
    """37件，较上年减少4件: the 4 are none of the 37."""
    return CHANGED.search(row.sentence.text, row.sentence.start, row.start) is not None


def _by_cell(row: Row) -> ClaimCheck | None:
    return next((c for c in row.checks if c.test in _HELD), None)


def _judged_together(same: Sequence[Row]) -> None:
    _told_apart(same)
    wrong = [r for r in same if (c := _by_cell(r)) is not None and c.verdict == "refuted"]
    whole = any((c := _by_cell(r)) is not None and c.verdict == "supported" for r in same)
    values = [r.figure.value for r in wrong if r.figure and r.figure.value is not None]
    check = _by_cell(same[0])
    expected = check.expected if check else None
    if not values or expected is None or max(values) > expected:
        return
    added = sum(values, Decimal(0))
    if not whole and (len(values) < _LEAST_PORTIONS or added > expected):
        return
    for row in wrong:
        _replace(row, values, together=not whole and added == expected)


def _told_apart(same: Sequence[Row]) -> None:
    """全市860件，其中我局40件: the text itself tells the two apart; nothing to ask."""
    checks = [(r, i, c) for r in same for i, c in enumerate(r.checks) if c.test in _HELD]
    judged = [(r.scope, c.verdict) for r, _, c in checks if c.test == "cell"]
    own = [verdict for scope, verdict in judged if scope == "own"]
    held = any(verdict == "supported" for _, verdict in judged)
    for row, index, check in checks:
        if check.test != "scope" or check.verdict == "supported":
            continue
        value = row.figure.value if row.figure else None
        part = value is not None and check.expected is not None and value < check.expected
        wider = row.scope == "whole_area"  # 全区900件，其中我单位72件
        others = row.scope != "own" and bool({"refuted", "supported"} & set(own))
        if others or (held and (part or wider)):
            row.checks[index] = check.model_copy(update={"test": "cell"})


def _replace(row: Row, values: Sequence[Decimal], *, together: bool) -> None:
    for index, check in enumerate(row.checks):
        if check.test != "cell" or check.verdict != "refuted":
            continue
        written = "＋".join(map(plain, values)) + f"＝{plain(sum(values, Decimal(0)))}"
        told = check.reason.removesuffix("，不一致。")
        reason = f"{told}；正文分开写的{written}，合起来一致。" if together else f"{told}；{_ASKED}"
        verdict: ClaimVerdict = "supported" if together else "not_enough_info"
        row.checks[index] = check.model_copy(update={"verdict": verdict, "reason": reason})
