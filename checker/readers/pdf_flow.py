"""All pages as one flow of lines and table parts, without page numbers and running heads."""

import re
from collections import Counter
from collections.abc import Sequence

from checker.readers.pdf_cells import Fragment, read_fragment
from checker.readers.pdf_labels import is_label
from checker.readers.pdf_lines import Line, make_lines
from checker.readers.pdf_orphans import adopt_rows
from checker.readers.pdf_shapes import PageContent
from checker.readers.plain_labels import is_value

# Part of the page height in which page numbers and running heads stand.
_MARGIN = 0.12
_PAGE_NUMBER = re.compile(
    r"[-—–―－·•.~\s]*(?:第\s*)?(?P<number>\d{1,3})\s*(?P<word>页)?"
    r"(?:\s*(?:[/／,，]\s*共?|共)\s*\d{1,3}\s*页?)?[-—–―－·•.~\s]*"
)
# Nothing else stands so near above or below a page number, in heights of its line.
_APART = 0.5
_DIGITS = re.compile(r"\d+")
_LEAST_REPEATS = 3
# So many figures in a line are no page number and year.
_FIGURES = 3


def flow(pages: Sequence[PageContent]) -> list[Line | Fragment]:
    """Lines and parts of tables in reading order."""
    lines: dict[int, list[Line]] = {}
    fragments: dict[int, list[Fragment]] = {}
    for page in pages:
        found = [read_fragment(page, table) for table in page.tables]
        used = set().union(*(f.used for f in found)) if found else set()
        rest = [g for g in page.glyphs if g.order not in used] if used else page.glyphs
        fragments[page.number] = found
        lines[page.number] = make_lines(rest, page.number)
    furniture = _furniture(pages, lines)
    items: list[Line | Fragment] = []
    for page in pages:
        body = [line for line in lines[page.number] if id(line) not in furniture]
        whole: list[Fragment] = []
        for fragment in fragments[page.number]:
            adopted = adopt_rows(fragment, body)
            whole.append(adopted.fragment)
            body = adopted.lines
        items += sorted([*body, *whole], key=_top)
    return items


def _top(item: Line | Fragment) -> float:
    return item.top if isinstance(item, Line) else item.box.top


def _furniture(pages: Sequence[PageContent], lines: dict[int, list[Line]]) -> set[int]:
    """Page numbers, and lines that stand in the same place on at least three pages, by identity.

    To compare lines themselves would be to compare all their characters.
    """
    marginal: list[tuple[PageContent, Line]] = []
    for page in pages:
        for line in lines[page.number]:
            centre = (line.top + line.bottom) / 2 / page.height
            if not _MARGIN < centre < 1 - _MARGIN:
                marginal.append((page, line))
    seen = Counter(key for page, line in marginal for key in _places(line))
    steps = Counter(step for page, line in marginal if (step := _step(page, line)) is not None)
    found: set[int] = set()
    for page, line in marginal:
        step = _step(page, line)
        bare = line.text.strip().isdigit()
        numbered = step is not None and (not bare or step == 0 or steps[step] >= 2)
        repeated = any(seen[key] >= _LEAST_REPEATS for key in _places(line))
        if (numbered and _is_apart(line, lines[page.number])) or (
            repeated and not _is_tabular(line)
        ):
            found.add(id(line))
    return found


def _is_apart(line: Line, others: Sequence[Line]) -> bool:
    """Whether no other line is near; a figure of a table has its label and neighbours."""
    reach = _APART * (line.bottom - line.top)
    return not any(
        other is not line and other.bottom > line.top - reach and other.top < line.bottom + reach
        for other in others
    )


def _is_tabular(line: Line) -> bool:
    """Whether the line is one of a table: its heads repeat on every page, its figures may."""
    tokens = line.text.split()
    return sum(map(is_value, tokens)) >= _FIGURES or any(map(is_label, tokens))


def _places(line: Line) -> tuple[tuple[str, int], tuple[str, int]]:
    """What makes a running head; two overlapping grids of height, so that none splits it."""
    text = _DIGITS.sub("#", line.text)
    return (text, round(line.top / 6) * 2), (text, round(line.top / 6 + 0.5) * 2 + 1)


def _step(page: PageContent, line: Line) -> int | None:
    """Printed page number minus place of the page, if the line is a page number."""
    match = _PAGE_NUMBER.fullmatch(line.text)
    return int(match["number"]) - page.number if match else None
