"""Tall label cells at the left of a table of which a page shows no horizontal line.

Where a page holds nothing but the middle of a group, the cells of the group have open ends above
and below, and the table finder does not see them. The page before says where the table begins.
"""

from collections.abc import Sequence
from itertools import pairwise

from checker.readers.pdf_cells import FieldCell, Fragment, cell_text
from checker.readers.pdf_lines import Line
from checker.readers.pdf_orphans import Adopted
from checker.readers.pdf_shapes import Box

# Ruling lines stand where they stood on the page before, up to so many points.
_SHIFT = 3.0


def with_open_cells(above: Fragment, fragment: Fragment, lines: Sequence[Line]) -> Adopted:
    """The part of a table with the tall cells that stand left of it, if it lacks any.

    Args:
        above: the last table of the page before.
        fragment: the first table of the page.
        lines: the lines of the page that are in no table.
    """
    left = fragment.xs[0]
    missing = [x for x in above.xs if x < left - _SHIFT]
    if not missing or not _continues(above, fragment):
        return Adopted(fragment, list(lines))
    beside = [line for line in lines if _is_beside(line, fragment, missing[0])]
    taken = set(map(id, beside))
    glyphs = [glyph for line in beside for glyph in line.glyphs]
    cells = [c._replace(column=c.column + len(missing)) for c in fragment.cells]
    for number, (x0, x1) in enumerate(pairwise((*missing, left))):
        text = cell_text([g for g in glyphs if x0 <= g.cx < x1])
        box = Box(x0, fragment.box.top, x1, fragment.box.bottom)
        cells.append(FieldCell(text, 0, number, fragment.rows, 1, box))
    whole = fragment._replace(
        xs=(*missing, *fragment.xs),
        box=fragment.box._replace(x0=missing[0]),
        cells=tuple(sorted(cells, key=lambda c: (c.row, c.column))),
        full=frozenset(column + len(missing) for column in fragment.full),
    )
    return Adopted(whole, [line for line in lines if id(line) not in taken])


def _continues(above: Fragment, fragment: Fragment) -> bool:
    """Whether the upright lines of a part stand where they stood on the page before."""
    left = fragment.xs[0]
    few, many = sorted(([x for x in above.xs if x > left - _SHIFT], fragment.xs), key=len)
    return (
        above.page == fragment.page - 1
        and abs(above.xs[-1] - fragment.xs[-1]) <= _SHIFT
        and all(min(abs(x - other) for other in many) <= _SHIFT for x in few)
    )


def _is_beside(line: Line, fragment: Fragment, left: float) -> bool:
    """Whether a line stands left of a table, at its height."""
    middle = (line.top + line.bottom) / 2
    return (
        left - _SHIFT <= line.x0
        and line.x1 <= fragment.xs[0] + _SHIFT
        and fragment.box.top <= middle <= fragment.box.bottom
    )
