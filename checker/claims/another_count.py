"""Counts of applications that no single row of table three holds, but the cells give.

收到66件，办结63件 tells of those that came this year; the total of the results, 68, holds those
carried in as well. 依申请公开政府信息28件 tells of whatever was disclosed, in full or in part.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from checker.claims.judge import plain
from checker.claims.rows import Row
from checker.claims.targets import Tables
from checker.domain.claim import ClaimCheck
from checker.rulebook.late import late_regex
from checker.rulebook.reasons import load_reasons

_NEW: Final = "requests/new_received/total"
_CARRIED_IN: Final = "requests/carried_over_in/total"
_ANSWERED: Final = "requests/total/total"
_GRANTED: Final = "requests/granted/total"
_PARTLY: Final = "requests/partially_granted/total"
_AMONG: Final = late_regex("其中|(?:申请|件)[中里]")
_CLOSED: Final = late_regex("办结|答复|办理完毕|办完|处理完毕|结案")
_THIS_YEAR: Final = late_regex(
    "(?:当年|本年|年内)[^,。;0-9]{0,8}(?:当年|本年|年内)[^,。;0-9]{0,6}$"
)
_DISCLOSED: Final = late_regex(
    "依申请(?:予以)?(?:公开|提供)(?:的?政府信息|信息)?(?:共|共计|合计)?$"
)


def another_count(row: Row, rows: Sequence[Row], check: ClaimCheck, tables: Tables) -> str | None:
    """Which count of applications a figure may be, that differs from its cell; None for no other.

    Args:
        row: that of the figure.
        rows: those of the sentence, in order.
        check: the comparison that failed.
        tables: the cells.
    """
    if row.figure is None or row.figure.value is None:
        return None
    value, text = row.figure.value, row.sentence.text
    before = text[row.sentence.start : row.start]
    if check.cells in ((_ANSWERED,), (_NEW,)) and _of_the_new(value, row, rows, check, tables):
        return load_reasons().new_and_answered
    granted, partly = tables.value(_GRANTED), tables.value(_PARTLY)
    if granted and partly and granted + partly == value and _DISCLOSED.search(before):
        sums = f"予以公开、部分公开合计{plain(granted)}＋{plain(partly)}＝{plain(value)}"
        return load_reasons().other_reading.format(told=sums)
    return None


def _of_the_new(
    value: Decimal, row: Row, rows: Sequence[Row], check: ClaimCheck, tables: Tables
) -> bool:
    """收到66件，办结63件; 受理的66件申请中，已办结64件; 办结数中，本年新收63件."""
    total, carried, new = map(tables.value, (_ANSWERED, _CARRIED_IN, _NEW))
    if not (total and carried and new):
        return False
    text, start = row.sentence.text, row.sentence.start
    if _THIS_YEAR.search(text, start, row.start):  # 当年申请当年办结63件
        return total - carried <= value <= min(total, new)
    if check.cells == (_NEW,):
        return value == total - carried and _CLOSED.search(text, start, row.start) is not None
    head = next((r for r in reversed(rows) if r.figure and r.start < row.start), None)
    if head is None or head.figure is None or head.figure.value != new:
        return False
    among = _AMONG.search(text, head.figure.behind, row.start)
    possible = total - carried <= value <= min(total, new)
    return value == total - carried or (among is not None and possible)
