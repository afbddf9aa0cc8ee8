"""Whether the unit of an amount of money is printed in its cell, a label or beside the table."""

import re
from typing import Final

from checker.domain.document import Document
from checker.domain.report import ReportCell, ReportTable

_NEAR: Final = re.compile(r"单位\s*[:：]?\s*[(（]?\s*(?:人民币)?\s*[百千万亿]*元")
_IN_LABEL: Final = re.compile(r"[(（][^()（）]*元[^()（）]*[)）]")


def unit_printed(cell: ReportCell, table: ReportTable, document: Document) -> bool:
    """Whether a unit of money stands in the cell, in a label of its table or close by."""
    if cell.value.unit is not None or "元" in cell.value.printed:
        return True
    for index in table.blocks:
        block = document.blocks[index]
        if block.type == "table" and any(_names_unit(c.text) for c in block.cells):
            return True
    near = [b for i in table.blocks for b in document.blocks[max(0, i - 2) : i + 2]]
    return any(b.type == "paragraph" and _NEAR.search(b.text) for b in near)


def _names_unit(label: str) -> bool:
    if "元" not in label:
        return False
    return bool(_NEAR.search(label) or (_IN_LABEL.search(label) and "收费" not in label))
