"""Which differences from the form may be told of a table that was not read whole.

A row whose figures we could not tell apart, or figures without a row, may come from labels that
fell apart in our hands. What they can have caused is not told; everything else is.
"""

from collections.abc import Collection, Sequence

from checker.assemble.fold import fold_text
from checker.assemble.reading import TableReading
from checker.domain.document import Document, Paragraph, Table
from checker.domain.finding import Doubt
from checker.domain.report import Deviation, split_address

# Doubts of the assembly by which a table was not read whole, and those of a reader.
_OWN = ("missing_cells", "unassigned_numbers")
_OF_READER = ("unassigned_numbers", "ambiguous_label", "table_split")
_SHOWN = 3


def left_open(document: Document, blocks: Collection[int], doubts: Sequence[Doubt]) -> list[Doubt]:
    """Doubts by which a statutory table was not read whole.

    Args:
        document: what the reader found.
        blocks: the printed tables of the statutory one.
        doubts: those of the assembly.
    """

    def here(doubt: Doubt) -> bool:
        return doubt.locator is not None and doubt.locator.block in blocks

    tables = (document.blocks[number] for number in blocks)
    exact = all(isinstance(t, Table) and t.geometry == "grid" for t in tables)
    own = [] if exact else [d for d in doubts if d.kind in _OWN and here(d)]
    return [*(d for d in document.doubts if d.kind in _OF_READER and here(d)), *own]


def withhold_deviations(reading: TableReading, doubts: Sequence[Doubt], document: Document) -> None:
    """Take out the differences that our own reading may have caused, with a doubt.

    Args:
        reading: the table, compared with the form.
        doubts: those by which it was not read whole; not empty.
        document: what the reader found.
    """
    scattered = not reading.unreadable or any(d.kind == "unassigned_numbers" for d in doubts)
    judge = _Certain(reading, document, scattered=scattered)
    told = [d for d in reading.deviations if judge.tells(d)]
    reading.withheld += [d for d in reading.deviations if d not in told]
    reading.deviations[:] = told
    if scattered:
        which = "它的行、列名称"
    else:
        names = "、".join(f"“{_label(reading, u.row)}”" for u in reading.unreadable[:_SHOWN])
        more = "等" if len(reading.unreadable) > _SHOWN else ""
        which = f"{names}{more}行前后的行、列名称"
    reading.doubts.append(
        Doubt(
            kind="missing_cells",
            message=f"表{reading.spec.ordinal}没有读全，{which}是否与表式一致没有核对，"
            "请对照原件，或换用 Word 文件再检查。",
            locator=doubts[0].locator,
        )
    )


def _label(reading: TableReading, row: str) -> str:
    spec = reading.spec.row(row)
    return spec.name if spec else row


class _Certain:
    """Decides about single differences.

    Args:
        reading: the table.
        document: what the reader found.
        scattered: there are figures of which nobody knows to which row they belong.
    """

    def __init__(self, reading: TableReading, document: Document, *, scattered: bool) -> None:
        self._reading = reading
        self._document = document
        self._scattered = scattered
        self._official = [row.id for row in reading.spec.rows]
        self._unread = {u.row for u in reading.unreadable}
        self._unread_at = {u.locator.start for u in reading.unreadable}

    def tells(self, deviation: Deviation) -> bool:
        """Whether the difference is one of the report for sure."""
        kind = deviation.kind
        if kind in ("renamed_row", "reordered_row"):
            return self._read(deviation.id) and (
                kind == "reordered_row" or self._is_listed(deviation)
            )
        if self._scattered:
            return False
        if kind == "missing_row":
            return self._read_around([deviation.id]) and not self._stands_loose(deviation.id)
        if kind == "merged_rows":
            rows = self._reading.spec.rows
            return self._read_around([r.id for r in rows if r.group == deviation.id])
        if kind == "extra_row":
            return self._read(deviation.id) and not self._beside_unread(deviation)
        return self._confirmed(deviation.id)

    def _is_listed(self, deviation: Deviation) -> bool:
        """Whether the printed label is a wording that the form lists, not only like one."""
        return self._reading.index.find(deviation.printed or "", "row") is not None

    def _read(self, row: str) -> bool:
        """Whether the figures of the row are certain."""
        cells = [c for c in self._reading.cells.values() if split_address(c.address).row == row]
        return bool(cells) and all(c.value.presence != "unreadable" for c in cells)

    def _read_around(self, rows: Sequence[str]) -> bool:
        """Whether the rows that should stand before and behind these were read."""
        printed = [r for r in self._official if r in self._reading.row_order or r in rows]
        places = [printed.index(r) for r in rows if r in printed]
        beside = [i for place in places for i in (place - 1, place + 1) if 0 <= i < len(printed)]
        return not any(printed[i] in self._unread for i in beside)

    def _stands_loose(self, row: str) -> bool:
        """Whether a line outside the table prints the label with figures behind it."""
        spec = self._reading.spec.row(row)
        label = fold_text(spec.label) if spec else ""
        return bool(label) and any(
            block.text[-1:].isdigit() and label in fold_text(block.text)
            for block in self._document.blocks
            if isinstance(block, Paragraph)
        )

    def _beside_unread(self, extra: Deviation) -> bool:
        """Whether a row that was not read stands directly before or behind an added one."""
        cells = self._reading.cells.values()
        own = [c.locator.start for c in cells if split_address(c.address).row == extra.id]
        first = extra.locator.start if extra.locator else min(own)
        starts = {c.locator.start for c in cells} - set(own)
        before = max((s for s in starts if s < first), default=-1)
        behind = min((s for s in starts if s > max(own)), default=-1)
        return before in self._unread_at or behind in self._unread_at

    def _confirmed(self, column: str) -> bool:
        """Whether a row below these heads was read, so that the heads are what they seem."""
        blocks = [b for b in self._reading.spec.blocks if column in b.columns]
        rows = {row for block in blocks for row in block.rows}
        return any(
            cell.value.presence != "unreadable" and (parts.column == column or parts.row in rows)
            for cell in self._reading.cells.values()
            for parts in (split_address(cell.address),)
        )
