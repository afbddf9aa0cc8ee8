"""In which order figures stand below column heads of which only the print order is known.

Heads of several levels are printed level by level: 自然人, 法人或其他组织, 总计 and then the heads
below 法人或其他组织, although their figures stand left of those of 总计.
"""

from collections.abc import Sequence

from checker.rulebook import BlockSpec, TableSpec


def value_order(
    printed: Sequence[str], group_at: int | None, block: BlockSpec, spec: TableSpec
) -> tuple[str, ...] | None:
    """The columns of the figures of a row, left to right; None when nobody can tell.

    One head that the form does not have takes the place of the one that is missing.

    Args:
        printed: ids of the heads in print order, with those that the form does not have.
        group_at: how many heads are printed before the heading over several columns, None where
            there is no such heading.
        block: the columns that the form has here.
        spec: its table.
    """
    unknown = [c for c in printed if c not in block.columns]
    missing = [c for c in block.columns if c not in printed]
    known = _levelled([c for c in printed if c in block.columns], printed[:group_at], spec)
    if known != [c for c in block.columns if c in known]:
        return None  # swapped in print, or by whatever wrote the text
    if len(unknown) == len(missing) == 1:
        return tuple(unknown[0] if c == missing[0] else c for c in block.columns)
    in_levels = any(_is_below(c, spec) for c in block.columns)
    if unknown:
        return None if in_levels else tuple(printed)
    return tuple(known)


def _levelled(heads: Sequence[str], before: Sequence[str], spec: TableSpec) -> list[str]:
    """Heads with those below a heading in its place: behind what is printed before it.

    Where no such heading is printed among them, the form tells its place. Heads in one level stay
    as they are: then not all of those below the heading come last.
    """
    below = [c for c in heads if _is_below(c, spec)]
    above = [c for c in heads if not _is_below(c, spec)]
    if list(heads) != [*above, *below] or not below:
        return list(heads)
    if not any(c in before for c in above) or len(before) > len(above):
        order = [c.id for c in spec.columns]
        first = min(order.index(c) for c in below)
        before = [c for c in above if order.index(c) < first]
    return [
        *(c for c in above if c in before),
        *below,
        *(c for c in above if c not in before),
    ]


def _is_below(column: str, spec: TableSpec) -> bool:
    found = spec.column(column)
    return found is not None and found.group is not None
