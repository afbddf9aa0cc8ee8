"""The wording on lines that stand one place off: where, which way, printed, what it should be.

It only words what ``shifts`` found.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from checker.checks.context import CheckContext
from checker.checks.intervals import ZERO
from checker.checks.operands import column_name, line_name, number, row_name
from checker.checks.printed_lines import PrintedLine, Span
from checker.checks.shifts import Cause, Shift, Way
from checker.domain.finding import Doubt
from checker.domain.report import split_address

MAX_NAMED = 10
"""So many changed cells of a column are named; the rest is counted."""
MAX_LINES = 4
"""So many lines are told with their figures; the others are only named."""
FROM_SOME_CELL_ON = 2
CHECK = "请对照原件：原件也这样印的，按此改正；不是的，是识读错位，以原件为准。"
HELD_BACK = "{places}看来错了位，对照原件后才能核对有关合计。"


def shift_doubt(cause: Cause, context: CheckContext) -> Doubt:
    """One doubt for one cause; where several are possible they are listed."""
    first = cause[0].shifts[0]
    alone = [w.shifts[0] for w in cause if len(w.shifts) == 1]
    if len(alone) == len(cause) > 1 and all(s.line is first.line for s in alone):
        told = _alternatives_text(alone, context)
    else:
        told = "；或者".join(_way_text(way, context) for way in cause)
    repaired = len(cause[0].repaired)
    message = f"{told}。移回后，不相等的{repaired}处合计就都相等。{CHECK}"
    return Doubt(kind="shifted_cells", message=message, cell=next(iter(first.changes)))


def held_back(causes: Sequence[Cause], context: CheckContext) -> str:
    """Why sums over lines that stand one place off are not judged."""
    shifts = (s for cause in causes for way in cause for s in way.shifts)
    first, *others = dict.fromkeys(_place(s, context) for s in shifts)
    table = first[: len("表三")]
    places = "、".join((first, *(o.removeprefix(table) for o in others)))
    return HELD_BACK.format(places=places)


def rivals_text(rivals: Sequence[Way], context: CheckContext) -> str:
    """What explains as much as the cells of a finding; empty when nothing does."""
    shifts = [s for way in rivals for s in way.shifts]
    if not shifts:
        return ""
    if len(shifts) == 1:
        return f"也可能是{_slip(shifts[0], context)}：应为{_should(shifts[0], context)}。"
    kind = "列" if _is_column(shifts[0]) else "行"
    if len(rivals) == 1:
        return f"也可能是有{len(shifts)}{kind}的数{_slip(shifts[0], context)}。"
    if all(s.whole for s in shifts) and not any(_stands_abreast(s) for s in shifts):
        return f"也可能是其中一{kind}的数整体错了一格。"
    places = list(dict.fromkeys(_place(s, context) for s in shifts))
    ways = dict.fromkeys("漏了一格" if s.step < 0 else "多了一格" for s in shifts)
    where = "本组" if len(places) == 1 and _stands_abreast(shifts[0]) else "、".join(places)
    return f"也可能是{where}{'或'.join(ways)}，其后的数跟着错了位。"


def _way_text(way: Way, context: CheckContext) -> str:
    told = [_full_text(s, context) for s in way.shifts[:MAX_LINES]]
    slips = {_slip(s, context) for s in way.shifts}
    head = ""
    if len(way.shifts) > 1 and len(slips) == 1:
        head = f"表{_ordinal(way, context)}有{len(way.shifts)}行看来{slips.pop()}："
        told = [_figures_text(s, context) for s in way.shifts[:MAX_LINES]]
    more = "、".join(_place(s, context) for s in way.shifts[MAX_LINES:])
    return f"{head}{'；'.join(told)}{f'；{more}也是这样' if more else ''}"


def _ordinal(way: Way, context: CheckContext) -> str:
    table = split_address(way.shifts[0].cells[0]).table
    return context.form_of(table).table(table).ordinal


def _figures_text(shift: Shift, context: CheckContext) -> str:
    """A row with its figures, where the table and the way it moved are said already."""
    row = row_name(context, *split_address(shift.cells[0])[:2])
    return f"“{row}”{_printed(shift, context)}应为{_should(shift, context)}"


def _full_text(shift: Shift, context: CheckContext) -> str:
    where = f"{_place(shift, context)}看来{_slip(shift, context)}"
    return f"{where}：{_printed(shift, context)}应为{_should(shift, context)}"


def _alternatives_text(shifts: Sequence[Shift], context: CheckContext) -> str:
    """One line that may have moved in several ways; the most natural one with its figures."""
    first, *others = shifts
    if len(others) == 1 and not _is_column(first) and not _stands_abreast(first):
        (other,) = others
        told = f"{_full_text(first, context)}；或者{_slip(other, context)}"
        return f"{told}，应为{_should(other, context)}"
    ways = dict.fromkeys("漏" if s.step < 0 else "多" for s in others)
    more = "或".join(f"{way}了一格" for way in ways)
    return f"{_full_text(first, context)}；也可能是其中{more}，只有其后的数错了位"


def _printed(shift: Shift, context: CheckContext) -> str:
    if _is_column(shift):
        return ""
    shown = _shown(shift)
    return f"印作{_listed(shown, [_content(c, context) for c in shown])}，"


def _place(shift: Shift, context: CheckContext) -> str:
    """The row, column or group; the whole table when cells of several groups change."""
    parts = [split_address(c) for c in _shown(shift)]
    rows, columns = {p.row for p in parts}, {p.column for p in parts}
    return line_name(
        context,
        parts[0].table,
        row=rows.pop() if len(rows) == 1 else None,
        column=columns.pop() if len(columns) == 1 else None,
    )


def _shown(shift: Shift) -> Sequence[str]:
    """The line, so far as anything of it changes: of rows that stand side by side only those."""
    if _is_column(shift):
        return shift.line.cells
    rows = {split_address(c).row for c in shift.changes}
    return [c for c in shift.line.cells if split_address(c).row in rows]


def _slip(shift: Shift, context: CheckContext) -> str:
    """Which cells moved, and where to."""
    abreast = _stands_abreast(shift)
    if _is_column(shift):
        moved = f"{'下移' if shift.step > 0 else '上移'}了一行"
    else:
        moved = f"{'右移' if shift.step > 0 else '左移'}了一{'格' if abreast else '列'}"
    if shift.rank == 0:
        return f"整{'列' if _is_column(shift) else '行'}{moved}"
    rows = list(dict.fromkeys(split_address(c).row for c in shift.cells))
    if abreast and shift.span in (*_groups(shift.line, len(rows)),):
        if len(rows) == 1:
            return f"整组{moved}"
        table = split_address(shift.cells[0]).table
        names = "".join(f"“{row_name(context, table, r)}”" for r in rows)
        return f"{names}的数{moved}"
    first, last = (_name(c, shift, context) for c in (shift.cells[0], shift.cells[-1]))
    if shift.rank != FROM_SOME_CELL_ON:
        return f"“{first}”至“{last}”{moved}"
    return f"“{first}”处{'漏' if shift.step < 0 else '多'}了一格，其后各格{moved}"


def _stands_abreast(shift: Shift) -> bool:
    rows = {split_address(c).row for c in shift.line.cells}
    return len(rows) > 1 and not _is_column(shift)


def _groups(line: PrintedLine, count: int) -> Iterator[Span]:
    """The spans of whole groups that stand side by side."""
    starts = [
        i
        for i, c in enumerate(line.cells)
        if i == 0 or split_address(c).row != split_address(line.cells[i - 1]).row
    ]
    ends = [*starts[1:], len(line.cells)]
    for at in range(len(starts) - count + 1):
        yield Span(starts[at], ends[at + count - 1] - 1)


def _is_column(shift: Shift) -> bool:
    return shift.line.direction == "column"


def _should(shift: Shift, context: CheckContext) -> str:
    """What the cells should hold: all of a row in its order, of a column those that change."""
    if not _is_column(shift):
        shown = _shown(shift)
        held = (shift.changes.get(c, context.reading(c).value or ZERO) for c in shown)
        return _listed(shown, [number(v) for v in held])
    changed = [c for c in shift.cells if c in shift.changes]
    named = [
        f"{_name(c, shift, context)}{number(shift.changes[c])}（印作{_content(c, context)}）"
        for c in changed[:MAX_NAMED]
    ]
    more = f"等{len(changed)}格" if len(changed) > MAX_NAMED else ""
    return "、".join(named) + more


def _content(cell: str, context: CheckContext) -> str:
    value = context.reading(cell).value
    return "空白" if value is None else number(value)


def _listed(cells: Sequence[str], figures: Sequence[str]) -> str:
    """Figures of a row; those of groups that stand side by side are set apart."""
    rows = [split_address(c).row for c in cells]
    marks = ["、" if row == before else "；" for before, row in pairwise(rows)]
    return "".join(f + m for f, m in zip(figures, [*marks, ""], strict=True))


def _name(cell: str, shift: Shift, context: CheckContext) -> str:
    """A cell within its line."""
    table, row, column = split_address(cell)
    if _is_column(shift):
        return row_name(context, table, row)
    name = column_name(context.form_of(table).table(table), column)
    several = len({split_address(c).row for c in shift.cells}) > 1
    return f"{row_name(context, table, row)} {name}" if several else name
