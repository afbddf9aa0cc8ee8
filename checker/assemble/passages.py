"""The text of a section as logical paragraphs and sub-headings, for the rules that read it."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from checker.assemble.bodies import looks_like_body
from checker.assemble.fold import Folded, fold
from checker.assemble.headings import Ordinal, OrdinalStyle, parse_ordinal
from checker.domain.document import Document, Paragraph
from checker.domain.locator import Locator
from checker.domain.report import AnnualReport, Section
from checker.rulebook.lexicon import found, load_lexicon

EMPTY_FORM = "这是没有填写的空白表式，不核对内容。"

_ENDS = re.compile(r"[。;:!?)》\"]$")
_ENUMERATION = re.compile(
    r"^(?:[一二三四五六七八九十]是|第[一二三四五六七八九十][,、是]|首先|其次)"
)
# 收到申请1 / 2件: a line that ends within a number
_CUT_NUMBER = re.compile(r"[一-鿿][0-9][0-9,.]{0,12}$")
_REST_OF_NUMBER = re.compile(
    r"[0-9]{0,9}(?:[,.][0-9]{1,4})?(?:余|多|万|亿)*(?:[件条篇份起宗项次期场个家人元]|%)"
)
_HEAD_END = re.compile(r"[。:;,]")
_LONGEST_HEAD = 28
_LONGEST_BARE_HEAD = 20
_LEAST_TITLE = 4
_LEADING = " \t\r\n\u3000\xa0。：:;；，,、．."  # what parts a heading from the text behind it
_PROSE_CELL = 20  # a table cell with that many characters, or a sentence, is prose


class Passage(NamedTuple):
    """A logical paragraph: lines that a file broke apart are joined.

    Attributes:
        folded: its folded text with places in the document.
    """

    folded: Folded
    block: int
    page: int | None

    @property
    def text(self) -> str:
        """The folded text."""
        return self.folded.text

    def locate(self, start: int, end: int) -> Locator:
        """The place of a part of the folded text."""
        return Locator(
            start=self.folded.start_of(start),
            end=self.folded.end_of(end),
            block=self.block,
            page=self.page,
        )


class Subhead(NamedTuple):
    """A sub-heading and its text.

    Attributes:
        title: folded, without ordinal.
        body: folded text up to the next sub-heading of its own or of a higher rank.
        locator: ordinal and title.
        stopped: a full stop stands behind the title, as behind a sentence.
    """

    ordinal: Ordinal
    title: str
    body: str
    locator: Locator
    stopped: bool


class SectionText:
    """What a section says.

    Args:
        report: the report.
        section: one of its sections.
    """

    def __init__(self, report: AnnualReport, section: Section) -> None:
        self.section = section
        self.passages = tuple(_passages(report, section))

    @cached_property
    def text(self) -> str:
        """All folded text."""
        return "\n".join(p.text for p in self.passages)

    @cached_property
    def subheads(self) -> tuple[Subhead, ...]:
        """Sub-headings in order."""
        heads = [(i, head) for i, p in enumerate(self.passages) if (head := _head(p))]
        styles = [head[0].style for _, head in heads]
        result: list[Subhead] = []
        for n, (index, (ordinal, start, end)) in enumerate(heads):
            stop = next(
                (heads[m][0] for m in range(n + 1, len(heads)) if not _below(styles, n, m)),
                len(self.passages),
            )
            passage = self.passages[index]
            rest = [
                passage.text[end:].lstrip("。:;,、."),
                *(p.text for p in self.passages[index + 1 : stop]),
            ]
            title, stopped = passage.text[start:end], passage.text[end : end + 1] == "。"
            place = passage.locate(0, end)
            result.append(Subhead(ordinal, title, "".join(rest), place, stopped))
        return tuple(result)

    @cached_property
    def opening(self) -> tuple[Passage, ...]:
        """What stands before the first sub-heading."""
        for index, passage in enumerate(self.passages):
            if _head(passage):
                return self.passages[:index]
        return self.passages

    @property
    def is_empty(self) -> bool:
        """No text, or only what the empty form prints, or the signature below the report."""
        words = load_lexicon().empty_words
        return all(
            not p.text or found(words, p.text) or looks_like_body(p.text) for p in self.passages
        )


def _passages(report: AnnualReport, section: Section) -> Iterator[Passage]:
    start, end = _bounds(report, section)
    pending: list[Folded] = []
    first: tuple[int, int | None] = (0, None)
    listed = frozenset(place.start for place in report.contents)
    for line, block, page in _lines(report.document, section, start, end):
        if line.start_of(0) in listed:
            continue
        if pending and not _goes_on(pending[-1].text, line.text):
            yield Passage(Folded.join(pending), *first)
            pending = []
        if not pending:
            first = (block, page)
        pending.append(line)
    if pending:
        yield Passage(Folded.join(pending), *first)


def _bounds(report: AnnualReport, section: Section) -> tuple[int, int]:
    """From behind the heading to the next heading."""
    start = section.locator.end
    behind = [s.locator.start for s in report.sections if s.locator.start > section.locator.start]
    return start, min(behind, default=len(report.document.text))


def _lines(
    document: Document, section: Section, start: int, end: int
) -> Iterator[tuple[Folded, int, int | None]]:
    for index in range(section.first_block, min(section.last_block, len(document.blocks))):
        block = document.blocks[index]
        if isinstance(block, Paragraph):
            pieces = [(block.text, block.locator)]
        else:
            cells = [c for c in block.cells if len(c.text) > _PROSE_CELL and "。" in c.text]
            pieces = [(c.text, c.locator) for c in cells]
        for text, locator in pieces:
            offset = locator.start
            for raw in text.splitlines(keepends=True):
                low, high = max(offset, start), min(offset + len(raw), end)
                offset += len(raw)
                piece = document.text[low:high]
                low += len(piece) - len(piece.lstrip(_LEADING))
                if low < high:
                    yield fold(document.text[low:high], low), index, locator.page


def _goes_on(previous: str, line: str) -> bool:
    """Whether a line continues the one before: that one was cut off in mid-sentence."""
    if _CUT_NUMBER.search(previous) and _REST_OF_NUMBER.match(line):
        return True
    if len(previous) < _LONGEST_HEAD or _ENDS.search(previous):
        return False
    return parse_ordinal(line).style == "none" and not _ENUMERATION.match(line)


def _head(passage: Passage) -> tuple[Ordinal, int, int] | None:
    """Ordinal, start and end of the title with which a passage begins, if any."""
    text = passage.text
    ordinal = parse_ordinal(text)
    if ordinal.style in ("none", "lost"):
        bare = len(text) <= _LONGEST_BARE_HEAD and not _HEAD_END.search(text.rstrip(":"))
        if bare and not _ENUMERATION.match(text):
            return ordinal, 0, len(text.rstrip(":"))
        cut = text.find(":")
        if 0 < cut <= _LONGEST_BARE_HEAD and not re.search(r"[。;,]", text[:cut]):
            return ordinal, 0, cut
        return None
    start = ordinal.length
    mark = _HEAD_END.search(text, start)
    end = mark.start() if mark else len(text)
    gaps = (i for i in range(start + _LEAST_TITLE, end) if passage.folded.gap_before(i))
    end = next(gaps, end)  # white space parts title and text
    return (ordinal, start, end) if 0 < end - start <= _LONGEST_HEAD else None


def _below(styles: Sequence[OrdinalStyle], head: int, other: int) -> bool:
    """Whether a heading is of lower rank: its style came up after that of ``head``."""
    own, style = styles[head], styles[other]
    if style in ("none", "lost"):  # a bare heading stands below a numbered one
        return own not in ("none", "lost")
    return styles.index(style) > styles.index(own)


def sentences(text: str) -> list[str]:
    """Folded text cut at full stops and semicolons."""
    return [s for s in re.split(r"[。;!?\n]", text) if s]


def clauses(text: str) -> list[str]:
    """Folded text cut at commas too."""
    return [c for c in re.split(r"[。;!?,:\n]", text) if c]
