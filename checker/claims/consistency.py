"""Lists that the tables show to be complete: they name all rows in which anything stands."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from checker.claims.lists import Parts
from checker.claims.rows import Row
from checker.claims.sums import ASKED, LIKE_A_SLIP
from checker.claims.targets import Tables, Target
from checker.domain.claim import ClaimCheck

_BY_CELL: Final = ("cell", "absence")
_LEAST_KNOWN: Final = 2


def closed(check: ClaimCheck, found: Parts, rows: Sequence[Row], tables: Tables) -> ClaimCheck:
    """The check of a list that may leave something out, where the tables show that it does not.

    不予公开7件，其中商业秘密2件、执法案卷3件、内部事务1件 is complete when no other row of 不予公开
    holds anything; its sum is then wrong.

    Args:
        check: whether the parts make up the total.
        found: the list.
        rows: those of the sentence.
        tables: the cells.
    """
    asked = check.open or check.test == "near_parts"
    if not (asked and _names_all(found, rows, tables)):
        return check
    reason = check.reason.replace(ASKED, "。").replace(LIKE_A_SLIP, "。")
    known = {"test": "parts", "verdict": "refuted", "open": False, "reason": reason}
    return check.model_copy(update=known)


def told_by_parts(found: Parts, rows: Sequence[Row], tables: Tables) -> None:
    """公开的有86件（予以公开67件、部分公开19件）: the parts say what the total counts.

    Where they add up and agree with their cells, a total that was held against some of these cells
    is right.
    """
    total = rows[found.total]
    parts = [_target(rows[i], tables) for i in found.parts]
    agree = all(
        any(c.test in _BY_CELL and c.verdict == "supported" for c in rows[i].checks)
        for i in found.parts
    )
    counted = {a for p in parts if p is not None for a in p.addresses}
    for place, check in enumerate(total.checks):
        refuted = check.test in _BY_CELL and check.verdict == "refuted"
        if refuted and agree and set(check.cells) < counted:
            right = {
                "verdict": "supported",
                "target": " + ".join(p.expression for p in parts if p is not None),
                "expected": total.figure.value if total.figure else None,
                "cells": tuple(sorted(counted)),
                "reason": f"正文写{total.printed}，是所列各项之和，各项都与表格一致。",
            }
            total.checks[place] = check.model_copy(update=right)


def _names_all(found: Parts, rows: Sequence[Row], tables: Tables) -> bool:
    """Whether the parts are told of all rows of the total in which something stands."""
    whole = _target(rows[found.total], tables)
    if whole is None or len(whole.addresses) < _LEAST_KNOWN:
        return False
    parts = [_target(rows[i], tables) for i in found.parts]
    named = {a for p in parts if p is not None for a in p.addresses}
    if None in parts or not named <= set(whole.addresses):
        return False
    others = [a for a in whole.addresses if a not in named]
    rest = tables.holding(Target(expression="", addresses=tuple(others), label=""))
    return rest.value == Decimal(0)


def _target(row: Row, tables: Tables) -> Target | None:
    """The cells that a figure was held against."""
    return next(iter(tables.readings(row.subject)), None) if row.subject.topics else None
