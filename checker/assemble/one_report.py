"""Files with more than one report: the first is judged, and where the next begins is told.

Titles in a table of contents, in a menu or in a list of links begin no report: a report has most of
its sections and its tables.
"""

from collections.abc import Sequence
from typing import NamedTuple

from checker.assemble.candidates import Candidate, candidates
from checker.assemble.headings import QUALITY_RANK
from checker.assemble.text_lines import TextLine
from checker.assemble.titles import find_titles
from checker.domain.document import Document, Table
from checker.domain.finding import Doubt
from checker.domain.locator import Locator

_LEAST_SECTIONS = 5
_LEAST_TABLES = 2
_SHOWN = 40


class OneReport(NamedTuple):
    """A document down to the end of its first report.

    Attributes:
        lines: those of the document.
        doubts: where a second report begins, if one does.
    """

    document: Document
    lines: tuple[TextLine, ...]
    doubts: tuple[Doubt, ...] = ()


def first_report(document: Document, lines: tuple[TextLine, ...]) -> OneReport:
    """The first report of a document.

    Args:
        document: as read.
        lines: its lines.
    """
    if len(document.tables) < 2 * _LEAST_TABLES:
        return OneReport(document, lines)
    headings = [c for c in candidates(document, lines) if _names_section(c)]
    again = _begins_again(document, headings)
    if again is None:
        return OneReport(document, lines)
    before = [c for c in headings if c.locator.start < again.locator.start]
    between = [x for x in lines if before[-1].locator.end <= x.start < again.locator.start]
    titles = sorted(find_titles(between), key=lambda t: t.locator.start)
    place = titles[0].locator if titles else again.locator
    name = titles[0].text if titles else again.quote
    doubt = Doubt(
        kind="section",
        message=f"文件里不止一份年度报告：从“{name[:_SHOWN]}”起是第二份。只核对了第一份，"
        "请把各份报告分别存成文件再检查。",
        quote=document.text[place.start : place.end],
        locator=Locator(start=place.start, end=place.start, block=place.block, page=place.page),
    )
    kept = _upto(document, place.block)
    return OneReport(kept, tuple(x for x in lines if x.block < place.block), (doubt,))


def _names_section(heading: Candidate) -> bool:
    match = heading.match
    well = match is not None and QUALITY_RANK[match.quality] >= QUALITY_RANK["accepted"]
    return well and not heading.leader and not heading.in_table


def _begins_again(document: Document, headings: Sequence[Candidate]) -> Candidate | None:
    """The first heading of a second report: behind it most sections come once more, with tables."""
    first = headings[0].section if headings else None
    for number, heading in enumerate(headings):
        if number and heading.section == first:
            parts = headings[:number], headings[number:]
            whole = all(len({c.section for c in part}) >= _LEAST_SECTIONS for part in parts)
            tables = [b.locator.block for b in document.blocks if isinstance(b, Table)]
            behind = sum(1 for block in tables if block > heading.block)
            if whole and _LEAST_TABLES <= behind <= len(tables) - _LEAST_TABLES:
                return heading
    return None


def _upto(document: Document, block: int) -> Document:
    """The document without what stands in a block and behind it."""
    end, page = document.blocks[block].locator.start, document.blocks[block].locator.page or 0
    return document.model_copy(
        update={
            "text": document.text[:end],
            "blocks": document.blocks[:block],
            "hidden": tuple(x for x in document.hidden if x.locator.block < block),
            "set_aside": tuple(x for x in document.set_aside if x.locator.block < block),
            "pictures": tuple(p for p in document.pictures if p.block < block),
            "image_pages": tuple(p for p in document.image_pages if p < page),
            "doubts": tuple(
                d for d in document.doubts if d.locator is None or d.locator.block < block
            ),
        }
    )
