"""Finds the table of contents of a report: its lines are no prose and no headings.

An entry is a title with a page number behind it. A figure at the end of a line alone makes no list
of contents: the entries stand together, their page numbers do not go down, and they name sections
or stand below 目录.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from checker.assemble.fold import fold_text
from checker.assemble.headings import exact_title, parse_ordinal
from checker.assemble.text_lines import TextLine
from checker.domain.document import Document
from checker.domain.locator import Locator

_LEAST = 3
_LONGEST = 160  # characters, dots included
_HEAD = frozenset(("目录", "目次"))
_ENTRY = re.compile(r"(?P<title>\D.*?)(?P<leader>[\s.．…·・—_-]*)[(（]?(?P<page>\d{1,3})[)）]?")
_SENTENCE = re.compile(r"[。；;！!？?]")


class _Entry(NamedTuple):
    """A line that may be an entry; ``names_section`` when its title is that of a section."""

    line: TextLine
    page: int
    names_section: bool


def contents_of(document: Document, lines: Sequence[TextLine]) -> tuple[Locator, ...]:
    """The lines of the table of contents, with the word 目录 above them.

    Args:
        document: as read.
        lines: its lines.
    """
    found: list[Locator] = []
    run: list[_Entry] = []
    head: TextLine | None = None
    for line in lines:
        entry = _entry(document, line)
        if entry is not None and (not run or entry.page >= run[-1].page):
            run.append(entry)
            continue
        found += _listed(head, run)
        run = [entry] if entry is not None else []
        head = line if line.folded.text in _HEAD else None
    return (*found, *_listed(head, run))


def _listed(head: TextLine | None, run: Sequence[_Entry]) -> list[Locator]:
    """The places of a run of entries that is a table of contents."""
    names = sum(e.names_section for e in run)
    if names < (1 if head is not None else _LEAST):
        return []
    lines = [*([head] if head is not None else []), *(e.line for e in run)]
    return [Locator(start=x.start, end=x.end, block=x.block, page=x.page) for x in lines]


def _entry(document: Document, line: TextLine) -> _Entry | None:
    text = document.text[line.start : line.end]
    match = _ENTRY.fullmatch(text) if len(text) <= _LONGEST and not line.in_table else None
    if match is None or _SENTENCE.search(match["title"]):
        return None
    title = fold_text(match["title"])
    ordinal = parse_ordinal(title)
    named = exact_title(title[ordinal.length :]) is not None
    if not named and not match["leader"]:
        return None
    return _Entry(line, int(match["page"]), named)
