"""The prose that a model is shown, line by line, and the way back from a quote to its place."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import Final, NamedTuple

from checker.domain.locator import Locator
from checker.domain.reading import Quoted
from checker.domain.report import AnnualReport, SectionId
from checker.errors import QuoteNotFoundError
from checker.llm.characters import normal

_SHORTEST: Final = 4  # characters; shorter ones stand everywhere and say nothing
_LONGEST: Final = 400


class Line(NamedTuple):
    """A line of prose.

    Attributes:
        start, end: its place in ``Document.text``.
    """

    start: int
    end: int
    block: int
    page: int | None
    section: SectionId | None


class Passages:
    """The lines of a report outside its statutory tables; other tables cell by cell."""

    def __init__(self, report: AnnualReport) -> None:
        self._text = report.document.text
        self._normal = normal(self._text)
        self.lines = tuple(_lines(report))
        self._starts = [line.start for line in self.lines]

    def text_of(self, line: Line) -> str:
        """The words of a line."""
        return self._text[line.start : line.end]

    def find(self, quote: str, *, around: Locator | None = None) -> Quoted:
        """The place of a quote: the first one, or the one around a given place.

        Full-width and half-width forms count as the same character, one for one; nothing else
        is forgiven.

        Raises:
            QuoteNotFoundError: it does not stand in one line, or is too short to be a quote.
        """
        wanted = normal(quote).strip()
        if _SHORTEST <= len(wanted) <= _LONGEST:
            start = self._normal.find(wanted)
            while start >= 0:
                end = start + len(wanted)
                line = self._line_of(start, end)
                if line and (around is None or (start <= around.start and around.end <= end)):
                    locator = Locator(start=start, end=end, block=line.block, page=line.page)
                    return Quoted(
                        section=line.section, quote=self._text[start:end], locator=locator
                    )
                start = self._normal.find(wanted, start + 1)
        raise QuoteNotFoundError("引文不在报告里。")

    def inside(self, passage: Quoted, printed: str) -> Locator | None:
        """The place of a figure inside a passage, unless it is cut out of a longer figure."""
        wanted = normal(printed).strip()
        within = passage.locator
        start = self._normal.find(wanted, within.start, within.end) if wanted else -1
        while start >= 0:
            end = start + len(wanted)
            if not (_numeral(self._normal[start - 1 : start]) and _numeral(wanted[0])) and not (
                _numeral(wanted[-1]) and _numeral(self._normal[end : end + 1])
            ):
                return within.part(start, end)
            start = self._normal.find(wanted, start + 1, within.end)
        return None

    def _line_of(self, start: int, end: int) -> Line | None:
        """The line that holds a stretch wholly."""
        index = bisect_right(self._starts, start) - 1
        line = self.lines[index] if index >= 0 else None
        return line if line and end <= line.end else None


def _numeral(character: str) -> bool:
    return (
        bool(character)
        and character in "0123456789零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟."
    )


def _lines(report: AnnualReport) -> Iterator[Line]:
    statutory = {i for table in report.tables for i in table.blocks}
    for index, block in enumerate(report.document.blocks):
        if index in statutory:
            continue
        section = _section_of(report, index)
        pieces = [block] if block.type == "paragraph" else block.cells
        for piece in pieces:
            at = piece.locator.start
            for words in piece.text.split("\n"):
                if words.strip():
                    yield Line(at, at + len(words), index, piece.locator.page, section)
                at += len(words) + 1


def _section_of(report: AnnualReport, block: int) -> SectionId | None:
    for section in report.sections:
        if section.first_block <= block < section.last_block:
            return section.id
    return None
