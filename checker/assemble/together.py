"""One doubt where many cells or rows of a table have the same; no doubt gets lost in it."""

from collections.abc import Sequence
from typing import Final

from checker.assemble.reading import NOT_SURE, TableReading
from checker.domain.finding import Doubt
from checker.domain.report import split_address

SEVERAL: Final = 4
"""So many cells of one table share a doubt."""
_SHOWN: Final = 3


def gather(reading: TableReading) -> None:
    """Tell figures that are not certain, and rows without heads, once for a table."""
    cells = [d for d in reading.doubts if d.kind == "unreadable_cell" and d.cell is not None]
    if len(cells) >= SEVERAL:
        _replace(reading, cells, _of_cells(reading, cells))
    rows = [d for d in reading.doubts if d.kind == "order"]
    if len(rows) > 1:
        _replace(reading, rows, _of_rows(reading, rows))


def _replace(reading: TableReading, same: Sequence[Doubt], one: Doubt) -> None:
    at = reading.doubts.index(same[0])
    left = [d for d in reading.doubts if d not in same]
    reading.doubts[:] = [*left[:at], one, *left[at:]]


def _of_cells(reading: TableReading, same: Sequence[Doubt]) -> Doubt:
    table = f"表{reading.spec.ordinal}"
    told = "；".join(d.message.removesuffix(NOT_SURE).removeprefix(table) for d in same[:_SHOWN])
    addresses = tuple(d.cell for d in same if d.cell is not None)
    rest = len(addresses) - _SHOWN
    rows = dict.fromkeys(reading.printed_name(split_address(a).row) for a in addresses[_SHOWN:])
    return same[0].model_copy(
        update={
            "message": f"{table}有{len(same)}格的数不能确定是几，没有参加核对，请对照原件："
            f"{told}；其余{rest}格在{_listed(list(rows))}。",
            "cells": addresses,
        }
    )


def _of_rows(reading: TableReading, same: Sequence[Doubt]) -> Doubt:
    names = [d.quote for d in same]
    message = (
        f"表{reading.spec.ordinal}{_listed(names)}起，上方没有读到列名，"
        "按官方表式的列序读取，请核对。"
    )
    return same[0].model_copy(update={"message": message})


def _listed(names: Sequence[str]) -> str:
    more = f"等{len(names)}行" if len(names) > _SHOWN else "行"
    return "".join(f"“{name}”" for name in names[:_SHOWN]) + more
