"""Finds the table of contents of a report: its lines are no prose and no headings.

An entry is a title with a page number behind it, perhaps on a line of its own. A figure at the end
of a line alone makes no list of contents: the entries stand together, their page numbers do not go
down, and they name sections or stand below 目录.
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
_MOST_LINES = 3  # ordinal, title and page may stand below each other
_HEAD = frozenset(("目录", "目次"))
_ENTRY = re.compile(r"(?P<title>\D.*?)(?P<leader>[\s.．…·・—_-]*)[(（]?(?P<page>\d{1,3})[)）]?")
_PAGE = re.compile(r"[\s.．…·・—_-]*[(（]?\d{1,3}[)）]?")
_SENTENCE = re.compile(r"[。；;！!？?]")


class _Entry(NamedTuple):
    """Lines that may be an entry; ``names_section`` when their title is that of a section."""

    lines: tuple[TextLine, ...]
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
    at = 0
    while at < len(lines):
        entry = _entry_at(document, lines, at)
        used = len(entry.lines) if entry is not None else 1
        if entry is None or (run and entry.page < run[-1].page):
            found += _listed(head, run, lines[at:])
            run, head = [], None
        if entry is not None:
            run.append(entry)
        elif lines[at].folded.text in _HEAD:
            head = lines[at]
        at += used
    return (*found, *_listed(head, run, ()))


def _listed(
    head: TextLine | None, run: Sequence[_Entry], behind: Sequence[TextLine]
) -> list[Locator]:
    """The places of a run of entries that is a table of contents."""
    names = sum(e.names_section for e in run)
    if names < (1 if head is not None else _LEAST):
        return []
    if any(len(e.lines) > 1 for e in run) and not any(_names_section(x) for x in behind):
        return []  # the titles themselves, with figures below them
    lines = [*([head] if head is not None else []), *(x for e in run for x in e.lines)]
    return [Locator(start=x.start, end=x.end, block=x.block, page=x.page) for x in lines]


def _names_section(line: TextLine) -> bool:
    text = line.folded.text
    return exact_title(text[parse_ordinal(text).length :]) is not None


def _entry_at(document: Document, lines: Sequence[TextLine], at: int) -> _Entry | None:
    """The entry that begins with a line; broken over several, it names a section as a whole."""
    for count in range(1, _MOST_LINES + 1):
        part = tuple(lines[at : at + count])
        entry = _entry(document, part) if len(part) == count else None
        if entry is not None and (count == 1 or entry.names_section):
            return entry
        if (
            not part[-1].whole
            or part[-1].in_table
            or _PAGE.fullmatch(document.text[part[-1].start : part[-1].end])
        ):
            break
    return None


def _entry(document: Document, lines: tuple[TextLine, ...]) -> _Entry | None:
    text = "".join(document.text[x.start : x.end] for x in lines)
    whole = len(text) <= _LONGEST and not any(x.in_table for x in lines)
    match = _ENTRY.fullmatch(text) if whole else None
    if match is None or _SENTENCE.search(match["title"]):
        return None
    title = fold_text(match["title"])
    ordinal = parse_ordinal(title)
    named = exact_title(title[ordinal.length :]) is not None
    if not named and not match["leader"]:
        return None
    return _Entry(lines, int(match["page"]), named)
