"""Tables without any mark: a cell per line, columns by spaces, figures behind their label.

Such a table is known by the official labels alone; ordinary text that happens to hold one of
them stays text.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from checker.readers.plain_columns import measured, ordered_heads, rows_of
from checker.readers.plain_join import TokenLine, join_labels
from checker.readers.plain_labels import (
    is_fragment,
    is_prose,
    is_value,
    known,
    may_begin,
)
from checker.readers.plain_region import (
    Line,
    Misgiving,
    Region,
    Row,
    is_statutory,
    leads_figures,
    rejected,
)
from checker.readers.plain_tokens import tokenise

_MOST_UNKNOWN = 3
_LONGEST_LINE = 2000
_PAGE_MARK = re.compile(r"\s*(?:[-—–－―]\s*\d{1,3}\s*[-—–－―]|第\s*\d{1,3}\s*页.{0,20})\s*")
_BARE_NUMBER = re.compile(r"\s*(\d{1,3})\s*", re.ASCII)


class _Collected(NamedTuple):
    """The lines of a table without page numbers; ``stop`` is where looking ended."""

    lines: tuple[TokenLine, ...]
    end: int
    stop: int
    loose: tuple[Line, ...]
    misgivings: tuple[Misgiving, ...]


def read_unmarked(lines: Sequence[Line], start: int) -> Region | None:
    """The table that begins with the line at ``start``, or None when it is text."""
    if not _may_start(lines[start].text):
        return None
    collected = _collect(lines, start)
    joined = join_labels(measured(collected.lines))
    if not joined or not is_statutory(
        [Row(tuple(t.text for t in line.tokens), line.page) for line in joined]
    ):
        return rejected(max(collected.stop, start + 1))
    rows, misgivings = rows_of(ordered_heads(joined))
    stream = all(len(row.cells) == 1 for row in rows)
    return Region(
        collected.end,
        rows,
        "stream" if stream else "rows",
        (*collected.misgivings, *misgivings),
        collected.loose,
    )


def _may_start(text: str) -> bool:
    """Whether a label, or a line that begins one, stands in the line."""
    if len(text) > _LONGEST_LINE:
        return False
    texts = [token.text for token in tokenise(text) if token.kind == "text"]
    if any(known(part) is not None for part in texts):
        return True
    return not is_prose(text.strip()) and any(may_begin(part) for part in texts)


def _collect(lines: Sequence[Line], start: int) -> _Collected:
    kept: list[TokenLine] = []
    loose: list[Line] = []
    misgivings: list[Misgiving] = []
    size, end, unknown, stop = 0, start, 0, len(lines)
    loose_size = 0
    for index in range(start, len(lines)):
        line = lines[index]
        if line.empty:
            continue
        if _is_page_number(lines, index):
            loose.append(line)
            continue
        if len(line.text) > _LONGEST_LINE:
            stop = index
            break
        tokens = tokenise(line.text)
        labelled = any(t.kind == "text" and known(t.text) is not None for t in tokens)
        figures_last = bool(tokens) and tokens[-1].kind != "text"
        ends = not (labelled or figures_last) and is_prose(line.text.strip())
        if ends and not (kept and leads_figures(lines, index)):
            stop = index
            break
        kept.append(TokenLine(tokens, line.page, line.text))
        if labelled or figures_last or is_fragment(line.text):
            unknown = 0
            size, end, loose_size = len(kept), index + 1, len(loose)
            continue
        unknown += 1
        if unknown > _MOST_UNKNOWN:
            stop = index
            break
    for line in loose[:loose_size]:
        if _BARE_NUMBER.fullmatch(line.text):
            message = (
                f"页末的“{line.text.strip()}”当作页码，没有读入表格；如果它是表里的数，请核对原文。"
            )
            misgivings.append(Misgiving("unassigned_numbers", message, line.text.strip()))
    return _Collected(tuple(kept[:size]), end, stop, tuple(loose[:loose_size]), tuple(misgivings))


def _is_page_number(lines: Sequence[Line], index: int) -> bool:
    """A page mark, or the number of the page as its last line."""
    text, page = lines[index].text, lines[index].page
    if _PAGE_MARK.fullmatch(text) and not is_value(text.strip()):
        return True
    number = _BARE_NUMBER.fullmatch(text)
    if number is None or page is None or int(number[1]) != page:
        return False
    for below in (lines[i] for i in range(index + 1, len(lines))):
        if not below.empty or below.page != page:
            return below.page != page
    return True
