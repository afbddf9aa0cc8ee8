"""Whether the unit of an amount of money is printed in its cell, a label or beside the table."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from checker.domain.document import Document, Table
from checker.domain.report import ReportCell, ReportTable

_OPEN: Final = ("（", "(", "：", ":")
_NEAR: Final = re.compile(r"单位\s*[:：]?\s*[(（]?\s*(?:人民币)?\s*(?P<unit>[百千万亿]*元)")
_IN_LABEL: Final = re.compile(
    r"[(（\[［【:：][^()（）\[\]百千万亿元]*(?P<unit>[百千万亿]*元)[^()（）]*(?:[)）\]］】]|$)"
)


def printed_unit(cell: ReportCell, table: ReportTable, document: Document) -> str:
    """The unit of money in the cell, in a label of its table or close by; empty for none.

    Returns:
        As printed, such as 万元; 元 where the cell itself tells it.
    """
    if cell.value.unit is not None or "元" in cell.value.printed:
        return "元"
    for index in table.blocks:
        block = document.blocks[index]
        named = map(named_unit, _labels(block)) if block.type == "table" else ()
        unit = next((u for u in named if u), "")
        if unit:
            return unit
    near = (b for i in table.blocks for b in document.blocks[max(0, i - 2) : i + 2])
    told = (_NEAR.search(b.text) for b in near if b.type == "paragraph")
    return next((m["unit"] for m in told if m), "")


def _labels(table: Table) -> Iterator[str]:
    """The cells, and those with the next one that a line break parted inside brackets."""
    texts = [cell.text for cell in table.cells]
    yield from texts
    yield from (f"{a}{b}" for a, b in pairwise(texts) if a.endswith(_OPEN))


def named_unit(label: str) -> str:
    """The unit of money that a label names, as printed; empty for none."""
    if "元" not in label:
        return ""
    in_label = _IN_LABEL.search(label) if "收费" not in label or "金额" in label else None
    found = _NEAR.search(label) or in_label
    return found["unit"] if found else ""
