"""The wording on whole rows or columns in each other's place, or moved along together.

It only words what ``exchanged`` and ``rotated`` found.
"""

from collections.abc import Sequence

from checker.checks.context import CheckContext
from checker.checks.exchanged import Exchange
from checker.checks.operands import line_name
from checker.checks.rotated import Rotation
from checker.checks.shift_texts import CHECK, HELD_BACK
from checker.domain.finding import Doubt
from checker.domain.report import split_address

Displaced = Sequence[Exchange | Rotation]
"""Ways to explain the same broken sums; they cannot be told apart."""
MOST_LISTED = 3
_CHECK_ALL = "请对照原件：原件也这样印的，改正错位的地方；不是的，是识读错位，以原件为准。"


def displaced_doubt(ways: Displaced, context: CheckContext) -> Doubt:
    """One doubt, where several ways are possible with all of them."""
    first = ways[0]
    sums = f"不相等的{len(first.repaired)}处合计"
    if len(ways) > 1:
        ways_told = [_possible(w, context) for w in ways]
        which = (
            f"可能是{'，也可能是'.join(ways_told)}。每一种都能使{sums}相等，程序分不清是哪一种。"
        )
        if len(ways) > MOST_LISTED:
            which = f"有{len(ways)}种移法都能使{sums}相等，程序分不清是哪一种。"
        message = f"{_place(ways, context)}看来错了位：{which}{_CHECK_ALL}"
    elif isinstance(first, Exchange):
        message = (
            f"{_both(first, context)}的数看来互换了（也可能是名称印反了）。"
            f"换回后，{sums}就都相等。{CHECK}"
        )
    else:
        told = f"{_place(ways, context)}看来都{_moved(first)}：{_ends(first, context)}"
        message = f"{told}。移回后，{sums}就都相等。{CHECK}"
    return Doubt(kind="shifted_cells", message=message, cell=first.lines[0])


def displaced_held(ways: Displaced, context: CheckContext) -> str:
    """Why sums over these lines are not judged."""
    return HELD_BACK.format(places=_place(ways, context))


def _place(ways: Displaced, context: CheckContext) -> str:
    """Whose figures are out of place."""
    first = ways[0]
    if isinstance(first, Exchange) and len(ways) == 1:
        return f"{_both(first, context)}的数"
    table = split_address(first.lines[0]).table
    ordinal = context.form_of(table).table(table).ordinal
    kinds = {w.column for w in ways}
    lines = "各行列" if len(kinds) > 1 else "各列" if first.column else "各行"
    return f"表{ordinal}{lines}的数"


def _possible(way: Exchange | Rotation, context: CheckContext) -> str:
    """One of several ways, without the table."""
    if isinstance(way, Exchange):
        return f"{_bare(_both(way, context))}互换了（或名称印反了）"
    return f"{'各列' if way.column else '各行'}都{_moved(way)}（{_ends(way, context)}）"


def _moved(way: Rotation) -> str:
    """Which way, and how far."""
    sides, unit = ("左右", "列") if way.column else ("上下", "行")
    count = "一" if abs(way.step) == 1 else str(abs(way.step))
    return f"{sides[way.step > 0]}移了{count}{unit}"


def _ends(way: Rotation, context: CheckContext) -> str:
    """What became of the figures that fell off."""
    first, before, last = (_line(way, at, context) for at in (0, -2, -1))
    if way.lost:
        return f"{first}全空，{last}印的是{before}的数，{last}原来的数没有印出"
    if abs(way.step) > 1:
        return "移出一边的，接在另一边"
    source, into = (last, first) if way.step > 0 else (first, last)
    return f"{source}的数印在{into}"


def _line(way: Exchange | Rotation, at: int, context: CheckContext) -> str:
    return _bare(_name(way, at, context))


def _bare(name: str) -> str:
    return name[len("表三") :]


def _both(way: Exchange, context: CheckContext) -> str:
    """The two rows or columns by their names: 表三“自然人”列和“总计”列."""
    return f"{_name(way, 0, context)}和{_line(way, 1, context)}"


def _name(way: Exchange | Rotation, at: int, context: CheckContext) -> str:
    table, row, column = split_address(way.lines[at])
    if way.column:
        return line_name(context, table, row=None, column=column)
    return line_name(context, table, row=row, column=None)
