"""Tall label cells at the left of a table of which a page shows no horizontal line.

Where a page holds nothing but the middle of a group, the cells of the group have open ends above
and below, and the table finder does not see them. The page before says where they are.
"""

from collections.abc import Sequence

from checker.readers.pdf_cells import FieldCell, Fragment
from checker.readers.pdf_lines import Line, join_lines
from checker.readers.pdf_orphans import Adopted
from checker.readers.pdf_shapes import Box

# Ruling lines stand where they stood on the page before, up to so many points.
_SHIFT = 3.0


def with_open_cells(above: Fragment, fragment: Fragment, lines: Sequence[Line]) -> Adopted:
    """The part of a table with the tall cells that stand left of it.

    Args:
        above: the last table of the page before.
        fragment: the first table of the page.
        lines: the lines of the page that are in no table.
    """
    left = fragment.xs[0]
    open_cells = [
        c for c in above.cells if c.row + c.row_span == above.rows and c.box.x1 <= left + _SHIFT
    ]
    if (
        not open_cells
        or not _continues(above, fragment)
        or max(c.box.x1 for c in open_cells) < left - _SHIFT
    ):
        return Adopted(fragment, list(lines))
    xs = (*sorted({c.box.x0 for c in open_cells}), *fragment.xs)
    rest = list(lines)
    cells = [c._replace(column=c.column + len(open_cells)) for c in fragment.cells]
    for number, cell in enumerate(sorted(open_cells, key=lambda c: c.box.x0)):
        box = Box(cell.box.x0, fragment.box.top, cell.box.x1, fragment.box.bottom)
        mine = [line for line in rest if _is_inside(line, box)]
        rest = [line for line in rest if line not in mine]
        text = join_lines([line.text for line in mine])
        cells.append(FieldCell(text, 0, number, fragment.rows, 1, box))
    return Adopted(
        fragment._replace(
            xs=xs,
            box=fragment.box._replace(x0=xs[0]),
            cells=tuple(sorted(cells, key=lambda c: (c.row, c.column))),
            full=frozenset(column + len(open_cells) for column in fragment.full),
        ),
        rest,
    )


def _continues(above: Fragment, fragment: Fragment) -> bool:
    """Whether all upright lines of a part stand where they stood on the page before."""
    few = fragment.xs
    return (
        above.page == fragment.page - 1
        and abs(above.xs[-1] - few[-1]) <= _SHIFT
        and all(min(abs(x - other) for other in above.xs) <= _SHIFT for x in few)
    )


def _is_inside(line: Line, box: Box) -> bool:
    return (
        box.x0 - _SHIFT <= line.x0
        and line.x1 <= box.x1 + _SHIFT
        and box.top <= (line.top + line.bottom) / 2 <= box.bottom
    )
