"""Brackets, quotation marks and title marks that were opened and not closed, or the reverse.

Kinds of marks are matched apart from each other and over at most two paragraphs, since an address
in brackets may run over a line. Ordinals such as 1） have no partner and want none.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_PAIRS = {"《": "》", "（": "）", "(": "）", "“": "”", "〔": "〕"}
_CLOSING = {"》": "》", "）": "）", ")": "）", "”": "”", "〕": "〕"}
_OPENING = {"》": "《", "）": "（", ")": "（", "”": "“", "〕": "〔"}
_MARKS = re.compile(r"[《》（(）)“”〔〕]")
_ORDINAL = re.compile(
    r"(?:^|[\s，,。；;：:、])(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z])\s*$"
)
_LONGEST_ORDINAL = 6  # 十二 and what parts it from the text before
_SHOWN = 14  # characters of text by which a lone mark is found again


class Lone(NamedTuple):
    """A mark without a partner.

    Attributes:
        start: of the words shown, in the document; they begin or end with the mark.
        end: behind the words shown.
        partner: the mark that is missing.
    """

    start: int
    end: int
    partner: str


class _Open(NamedTuple):
    mark: str
    position: int
    paragraph: int


def may_be_lone(text: str) -> bool:
    """Whether marks of a kind are not as many on either side; cheap, asked of every section."""
    count = text.count
    round_marks = count("（") + count("("), count("）") + count(")")
    others = (count(a) != count(b) for a, b in ("《》", "“”", "〔〕"))
    return round_marks[0] != round_marks[1] or any(others)


def lone_marks(document: str, paragraphs: Sequence[tuple[int, int]]) -> Iterator[Lone]:
    """Marks without a partner in the paragraphs of one section.

    Args:
        document: the text of the document.
        paragraphs: start and end of every paragraph, in order.
    """
    open_marks: dict[str, list[_Open]] = {closing: [] for closing in _PAIRS.values()}
    for number, (start, end) in enumerate(paragraphs):
        for kind, marks in open_marks.items():
            yield from (_unclosed(m, paragraphs) for m in marks if m.paragraph < number - 1)
            open_marks[kind] = [m for m in marks if m.paragraph >= number - 1]
        for found in _MARKS.finditer(document, start, end):
            mark, position = found.group(), found.start()
            if mark in _PAIRS:
                open_marks[_PAIRS[mark]].append(_Open(_PAIRS[mark], position, number))
                continue
            partners = open_marks[_CLOSING[mark]]
            before = document[max(start, position - _LONGEST_ORDINAL) : position]
            if partners:
                partners.pop()
            elif mark not in "）)" or not _ORDINAL.search(before):
                yield Lone(max(start, position - _SHOWN), position + 1, _OPENING[mark])
    for marks in open_marks.values():
        yield from (_unclosed(m, paragraphs) for m in marks)


def _unclosed(mark: _Open, paragraphs: Sequence[tuple[int, int]]) -> Lone:
    _, end = paragraphs[mark.paragraph]
    return Lone(mark.position, min(mark.position + _SHOWN, end), mark.mark)
