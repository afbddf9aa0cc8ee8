"""Lines that could be headings of first rank, each with its ordinal, title and place."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from checker.assemble.fold import Folded, fold_text
from checker.assemble.headings import (
    NO_ORDINAL,
    Ordinal,
    TitleMatch,
    any_title,
    exact_title,
    leading_title,
    parse_ordinal,
)
from checker.assemble.text_lines import TextLine
from checker.domain.document import Document
from checker.domain.locator import Locator
from checker.domain.report import SectionId
from checker.rulebook import load_forms

_LONGEST = 34
_LEADER = re.compile(r"(?:\.{3,}|…+|·{3,}|-{3,}|_{3,})\(?\d*\)?$")
_PAGE_NUMBER = re.compile(r"(?<=\D)\d{1,3}$")
_SENTENCE = re.compile(r"[。;!?]|,.*,")
_END_MARKS = "。:;.,"


class _Head(NamedTuple):
    """What a heading was recognised by; ``length`` folded characters belong to it."""

    ordinal: Ordinal
    match: TitleMatch | None
    length: int
    leader: bool = False


class Candidate(NamedTuple):
    """A line, or its beginning, that may be a heading.

    Attributes:
        match: the section its title names, None when it names none.
        title: printed title without ordinal.
        line: number of its (first) line; ``last_line`` of its last one.
        opens_block: nothing stands before it in its block.
        closes_block: nothing stands behind it in its block.
        alone: it is a whole line.
        leader: it ends in dots or a page number, as in a table of contents.
        marked: the file marks it as a heading.
    """

    match: TitleMatch | None
    ordinal: Ordinal
    title: str
    quote: str
    locator: Locator
    block: int
    last_block: int
    line: int
    last_line: int
    opens_block: bool
    closes_block: bool
    alone: bool
    leader: bool
    marked: bool
    in_table: bool

    @property
    def section(self) -> SectionId | None:
        """The section its title names."""
        return self.match.section if self.match else None


@cache
def _table_labels() -> frozenset[str]:
    """Row and group labels of the forms: 一、本年新收… is no heading."""
    labels: set[str] = set()
    for form in load_forms().values():
        for table in form.tables:
            for spec in (*table.rows, *table.groups):
                labels.update(map(fold_text, (spec.label, *spec.accepted, *spec.recognised)))
    return frozenset(labels)


def candidates(document: Document, lines: Sequence[TextLine]) -> tuple[Candidate, ...]:
    """All lines that could be headings, in document order."""
    out: list[Candidate] = []
    skip = -1
    for number, line in enumerate(lines):
        if number == skip or line.folded.text in _table_labels():
            continue
        following = lines[number + 1] if number + 1 < len(lines) else None
        candidate = _whole(document, line, number)
        if candidate is None or (candidate.match is None and following is not None):
            broken = following and _broken(document, line, following, number)
            if broken:
                skip = number + 1
                candidate = broken
        if candidate is None or candidate.match is None:
            candidate = _leading(document, line, number) or candidate
        if candidate is not None:
            out.append(candidate)
    return tuple(out)


def _whole(document: Document, line: TextLine, number: int) -> Candidate | None:
    """A line that is a heading and nothing else."""
    text = line.folded.text
    if not line.whole or len(text) > _LONGEST + 12:
        return None
    leader = _LEADER.search(text)
    bare = text[: leader.start()] if leader else text
    ordinal = parse_ordinal(bare)
    title = bare[ordinal.length :].rstrip(_END_MARKS)
    if not title or len(title) > _LONGEST or _SENTENCE.search(title):
        return None
    page = _PAGE_NUMBER.search(title)
    if page and exact_title(title[: page.start()]):
        leader, title = page, title[: page.start()]
    listed_only = ordinal is NO_ORDINAL or line.in_table
    match = exact_title(title) if listed_only else any_title(title)
    if match is None and (ordinal.style not in ("cn", "part") or line.in_table):
        return None
    head = _Head(ordinal, match, len(bare), leader is not None)
    return _candidate(document, (line,), number, head)


def _broken(
    document: Document, line: TextLine, following: TextLine, number: int
) -> Candidate | None:
    """A title broken over two lines, or an ordinal in a line of its own."""
    short = len(line.folded.text) <= 24 and len(following.folded.text) <= 24
    if not short or line.in_table or following.in_table or not following.whole:
        return None
    joined = line.folded.text + following.folded.text
    ordinal = parse_ordinal(joined)
    title = joined[ordinal.length :].rstrip(_END_MARKS)
    match = exact_title(title)
    if match is None or exact_title(following.folded.text) or ordinal is NO_ORDINAL:
        alone = line.folded.text.rstrip("、.,:") in "一二三四五六" and match is not None
        if not alone:
            return None
    head = _Head(ordinal, match, len(joined))
    return _candidate(document, (line, following), number, head)


def _leading(document: Document, line: TextLine, number: int) -> Candidate | None:
    """A heading with its text in the same line."""
    if line.in_table:
        return None
    ordinal = parse_ordinal(line.folded.text)
    span = leading_title(line.folded, ordinal)
    if span is None or (ordinal is NO_ORDINAL and span.match.quality == "recognised"):
        return None
    if ordinal is NO_ORDINAL and line.folded.text[span.end : span.end + 1] not in ("。", ":"):
        return None
    return _candidate(document, (line,), number, _Head(ordinal, span.match, span.end))


def _candidate(
    document: Document, lines: tuple[TextLine, ...], number: int, head: _Head
) -> Candidate:
    first, last = lines[0], lines[-1]
    folded = Folded.join([line.folded for line in lines])
    alone = head.length >= len(folded.text) and last.whole
    end = folded.end_of(head.length)
    title = document.text[folded.start_of(head.ordinal.length) : end]
    return Candidate(
        match=head.match,
        ordinal=head.ordinal,
        title="".join(title.split()).rstrip("。：:；;，,．."),
        quote=document.text[first.start : end],
        locator=Locator(start=first.start, end=end, block=first.block, page=first.page),
        block=first.block,
        last_block=last.block,
        line=number,
        last_line=number + len(lines) - 1,
        opens_block=first.first,
        closes_block=last.last and alone,
        alone=alone,
        leader=head.leader,
        marked=first.marked,
        in_table=first.in_table,
    )
