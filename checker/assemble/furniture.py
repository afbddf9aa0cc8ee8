"""Lists of other reports and pages that a web page prints behind a report.

A title of another year or body behind the last section, with no sentence behind it, is a link to
another report; so are several links in a row at the very end. A report of its own is told apart
before (``one_report``).
"""

from collections.abc import Sequence

from checker.assemble.text_lines import TextLine
from checker.assemble.titles import Title, find_titles
from checker.domain.document import Document, Paragraph

_TITLE_LINES = 400
_LEAST_LINKS = 3


def before_other_reports(
    document: Document, lines: Sequence[TextLine], start: int, above: int
) -> int:
    """Index of the block where the list begins, or behind the last block.

    Args:
        document: as read.
        lines: its lines.
        start: the first block of the last section.
        above: where the first section begins; the own title stands above it.
    """
    tail = [x for x in lines if x.block >= start and not x.in_table]
    titles = sorted(find_titles(tail), key=lambda t: t.locator.start)
    own = _own_title(lines, above) if titles else None
    for title in titles:
        behind = (x for x in tail if x.start >= title.locator.start)
        told = any("。" in document.text[x.start : x.end] for x in behind)
        if own is not None and _is_other(title, own) and not told:
            return title.locator.block
    return _before_links(document, start)


def _own_title(lines: Sequence[TextLine], above: int) -> Title | None:
    before = [x for x in lines if x.end <= above and not x.linked][-_TITLE_LINES:]
    return next(iter(find_titles(before)), None)


def _is_other(title: Title, own: Title) -> bool:
    """Whether a title names another year or another body than the report."""
    years, own_years = set(title.parts.years), set(own.parts.years)
    if years and own_years and not years & own_years:
        return True
    body, own_body = _body(title), _body(own)
    return bool(body and own_body) and body not in own_body and own_body not in body


def _body(title: Title) -> str:
    return title.folded.text[slice(*title.parts.body)] if title.parts.body else ""


def _before_links(document: Document, start: int) -> int:
    """Index of the first of several links, with days between them, at the end of a page."""
    at, links = len(document.blocks), 0
    while at > start:
        block = document.blocks[at - 1]
        if not isinstance(block, Paragraph) or not (block.linked or _wordless(block.text)):
            break
        links += block.linked
        at -= 1
    return at if links >= _LEAST_LINKS else len(document.blocks)


def _wordless(text: str) -> bool:
    return not any("一" <= ch <= "鿿" for ch in text)
