"""Counts of applications that no single row of table three holds, but the cells give.

收到66件，办结63件 tells of those that came this year; the total of the results, 68, holds those
carried in as well. 依申请公开政府信息28件 tells of whatever was disclosed, in full or in part.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from checker.claims.judge import plain
from checker.claims.rows import Row
from checker.claims.several import is_rest
from checker.claims.targets import Tables
from checker.domain.claim import ClaimCheck
from checker.rulebook.late import late_regex
from checker.rulebook.reasons import load_reasons

_NEW: Final = "requests/new_received/total"
_CARRIED_IN: Final = "requests/carried_over_in/total"
_ANSWERED: Final = "requests/total/total"
_GRANTED: Final = "requests/granted/total"
_PARTLY: Final = "requests/partially_granted/total"
_WHOLES: Final = (("total",), ("new_received",), ("new_received", "carried_over_in"))
_AMONG: Final = late_regex("其中|(?:申请|件)[中里]")
_CLOSED: Final = late_regex("办结|答复|办理完毕|办完|处理完毕|结案")
_THIS_YEAR: Final = late_regex(
    "(?:当年|本年|年内)[^,。;0-9]{0,8}(?:当年|本年|年内)[^,。;0-9]{0,6}$"
)
_DISCLOSED: Final = late_regex(
    "依申请(?:予以)?(?:公开|提供)(?:的?政府信息|信息)?(?:共|共计|合计)?$"
)


def another_count(
    row: Row, rows: Sequence[Row], earlier: Sequence[Row], check: ClaimCheck, tables: Tables
) -> str | None:
    """Which count of applications a figure may be, that differs from its cell; None for no other.

    Args:
        row: that of the figure.
        rows: those of the sentence, in order.
        earlier: those of the passage before it.
        check: the comparison that failed.
        tables: the cells.
    """
    if row.figure is None or row.figure.value is None:
        return None
    value, text = row.figure.value, row.sentence.text
    before = text[row.sentence.start : row.start]
    if check.cells in ((_ANSWERED,), (_NEW,)):
        if _of_the_new(value, row, [*earlier, *rows], check, tables):
            return load_reasons().new_and_answered
        if told := _but_for_some(value, row, rows, tables):
            return load_reasons().other_reading.format(told=told)
    granted, partly = tables.value(_GRANTED), tables.value(_PARTLY)
    if granted and partly and granted + partly == value and _DISCLOSED.search(before):
        sums = f"予以公开、部分公开合计{plain(granted)}＋{plain(partly)}＝{plain(value)}"
        return load_reasons().other_reading.format(told=sums)
    return None


def _of_the_new(
    value: Decimal, row: Row, told: Sequence[Row], check: ClaimCheck, tables: Tables
) -> bool:
    """收到66件，办结63件; 受理的66件申请中，已办结64件; 办结数中，本年新收63件.

    ``told`` are the rows of the passage up to the end of the sentence.
    """
    total, carried, new = map(tables.value, (_ANSWERED, _CARRIED_IN, _NEW))
    if not (total and carried and new):
        return False
    text, start = row.sentence.text, row.sentence.start
    if _THIS_YEAR.search(text, start, row.start):  # 当年申请当年办结63件
        return total - carried <= value <= min(total, new)
    if check.cells == (_NEW,):
        return value == total - carried and _CLOSED.search(text, start, row.start) is not None
    if value == total - carried and any(r.figure and r.figure.value == new for r in told):
        return True
    heads = (r.figure for r in reversed(told) if r.sentence is row.sentence)
    head = next((f for f in heads if f is not None and f.start < row.start), None)
    if head is None or head.value != new:
        return False
    among = _AMONG.search(text, head.behind, row.start)
    return among is not None and total - carried <= value <= min(total, new)


def _but_for_some(value: Decimal, row: Row, rows: Sequence[Row], tables: Tables) -> str:
    """除依法延期的9件外，其余59件按期答复: with those, all that came in or were answered."""
    sentence, figure = row.sentence, row.figure
    last = next((r.figure for r in reversed(rows) if r.figure and r.start < row.start), None)
    if figure is None or last is None or last.value is None or last.unit != figure.unit:
        return ""
    if not is_rest(sentence, sentence.number_of(figure)):
        return ""
    wholes = (tables.holding(tables.requests(t)).value for t in _WHOLES)
    found = next((w for w in wholes if w == value + last.value), None)
    return f"{plain(found)}－{plain(last.value)}＝{plain(value)}" if found else ""
