"""Figures under the heading of a statutory table of which no row and no column name was read.

Nobody can tell which figure is which, but they are there: the table is not missing, and what we
could not read is said.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from checker.assemble.reading import is_value, shortened
from checker.domain.document import Document, Paragraph, Table
from checker.domain.finding import Doubt
from checker.domain.locator import Locator
from checker.domain.quantity import CellValue
from checker.domain.report import FormId, ReportCell, ReportTable, Section
from checker.rulebook import TableSpec

_LEAST = 5  # figures: as many as one group of 表四 has
_MARKS = re.compile(r"[|\s]+")


class _Line(NamedTuple):
    """A line or cell; ``figures`` is None when it holds anything else."""

    figures: Sequence[str] | None
    place: Locator


class Nameless(NamedTuple):
    """A table of which every cell is unreadable, and what is told of it."""

    table: ReportTable
    doubt: Doubt


def nameless_table(
    document: Document, sections: Sequence[Section], form: FormId, spec: TableSpec
) -> Nameless | None:
    """The figures that stand in the section of a table that was not found.

    Args:
        document: what the reader found.
        sections: their headings say what should stand there.
        form: of the report.
        spec: the table that was not found.
    """
    for section in sections:
        run: list[_Line] = []
        for line in _lines(document, section) if section.id == spec.section else ():
            if line.figures is not None:
                run.append(line)
            elif sum(len(x.figures or ()) for x in run) >= _LEAST:
                break
            else:
                run = []
        if sum(len(x.figures or ()) for x in run) >= _LEAST:
            return _told(document, run, form, spec)
    return None


def _lines(document: Document, section: Section) -> Iterator[_Line]:
    """What stands behind the heading of a section, without blank lines."""
    for number in range(section.first_block, section.last_block):
        block = document.blocks[number]
        cells = block.cells if isinstance(block, Table) else ()
        texts = [(c.text, c.locator.start) for c in cells]
        if isinstance(block, Paragraph):
            at = block.locator.start
            for text in block.text.splitlines(keepends=True):
                texts.append((text, at))
                at += len(text)
        for text, start in texts:
            words = [w for w in _MARKS.split(text) if w]
            if words and start >= section.locator.end:
                bare = all(is_value(w) and any(c.isdigit() for c in w) for w in words)
                place = Locator(
                    start=start, end=start + len(text), block=number, page=block.locator.page
                )
                yield _Line(words if bare else None, place)


def _told(document: Document, run: Sequence[_Line], form: FormId, spec: TableSpec) -> Nameless:
    figures = [figure for line in run for figure in line.figures or ()]
    blocks = dict.fromkeys(line.place.block for line in run)
    place = run[0].place.part(run[0].place.start, run[-1].place.end)
    value = CellValue(printed=" ".join(figures), presence="unreadable")
    table = ReportTable(
        id=spec.id,
        form=form,
        cells=tuple(ReportCell(address=a, value=value, locator=place) for a in spec.addresses()),
        section=spec.section,
        blocks=tuple(n for n in blocks if isinstance(document.blocks[n], Table)),
        locator=place,
    )
    across = spec.orientation == "across"
    names, which = ("列名", "哪一列") if across else ("行名和列名", "哪一行、哪一列")
    doubt = Doubt(
        kind="missing_cells",
        message=f"表{spec.ordinal}的{names}没有读到，读到的{len(figures)}个数（{shortened(value.printed)}）"
        f"分不清各属{which}，没有参加核对。请对照原件，或换用 Word 文件再检查。",
        quote=document.text[place.start : place.end],
        locator=place,
    )
    return Nameless(table, doubt)
