"""All pages as one flow of lines and table parts, without page numbers and running heads."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import partial

from checker.readers.pdf_cells import Fragment, read_fragment
from checker.readers.pdf_gutter import Gutter, find_gutter, is_marginal
from checker.readers.pdf_labels import is_label
from checker.readers.pdf_lines import Line, make_lines
from checker.readers.pdf_orphans import Adopted, adopt_rows
from checker.readers.pdf_shapes import Glyph, PageContent
from checker.readers.pdf_widened import with_open_cells
from checker.readers.plain_labels import is_value

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
    gutters: dict[int, Gutter | None] = {}
    for page in pages:
        found = [read_fragment(page, table) for table in page.tables]
        used = set().union(*(f.used for f in found)) if found else set()
        rest = [g for g in page.glyphs if g.order not in used] if used else page.glyphs
        fragments[page.number] = found
        gutter = find_gutter(page, rest, found)
        gutters[page.number] = gutter
        lines[page.number] = _lines(rest, page, gutter)
    furniture = _furniture(pages, lines)
    items: list[Line | Fragment] = []
    for page in pages:
        body = [line for line in lines[page.number] if id(line) not in furniture]
        whole: list[Fragment] = []
        for fragment in fragments[page.number]:
            before = items[-1] if items and not whole else None
            adopted = Adopted(fragment, body)
            if isinstance(before, Fragment) and before.xs[0] < fragment.xs[0]:
                adopted = with_open_cells(before, *adopted)
            adopted = adopt_rows(*adopted)
            whole.append(adopted.fragment)
            body = adopted.lines
        items += sorted([*body, *whole], key=partial(_place, gutters[page.number]))
    return items


def _lines(glyphs: Sequence[Glyph], page: PageContent, gutter: Gutter | None) -> list[Line]:
    if gutter is None:
        return make_lines(glyphs, page.number)
    across = [
        line
        for line in make_lines([g for g in glyphs if is_marginal(g, page)], page.number)
        if gutter.is_crossed(line)
    ]
    apart = {g.order for line in across for g in line.glyphs}
    rest = [g for g in glyphs if g.order not in apart]
    sides = [[g for g in rest if gutter.side(g.x0, g.x1) == side] for side in (0, 1)]
    return [*across, *(line for side in sides for line in make_lines(side, page.number))]


def _place(gutter: Gutter | None, item: Line | Fragment) -> tuple[int, float]:
    """Order of reading: column by column, from top to bottom."""
    box = item if isinstance(item, Line) else item.box
    return gutter.side(box.x0, box.x1) if gutter else 0, box.top


def _furniture(pages: Sequence[PageContent], lines: dict[int, list[Line]]) -> set[int]:
    """Page numbers, and lines that stand in the same place on at least three pages, by identity.

    To compare lines themselves would be to compare all their characters.
    """
    marginal: list[tuple[PageContent, Line]] = []
    for page in pages:
        for line in lines[page.number]:
            if is_marginal(line, page):
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
