"""Finds the six sections of a report by their titles, and what stands between them.

A heading is a line of its own or the beginning of a line; a title mentioned in prose, in a table
of contents or in the introduction's enumeration is none. All candidates are judged together: the
style of ordinals that names most sections is the style of first rank.
"""

from collections.abc import Sequence
from typing import NamedTuple

from checker.assemble.candidates import Candidate, candidates
from checker.assemble.fold import fold_text
from checker.assemble.furniture import before_other_reports
from checker.assemble.headings import QUALITY_RANK, OrdinalStyle, TitleQuality, section_numbers
from checker.assemble.text_lines import TextLine
from checker.assemble.titles import find_titles
from checker.domain.document import Document, Paragraph
from checker.domain.finding import Doubt
from checker.domain.locator import Locator
from checker.domain.report import Section, SectionId
from checker.rulebook.lexicon import found, load_lexicon

_STYLES: tuple[OrdinalStyle, ...] = ("cn", "part", "arabic", "paren", "none", "paren_arabic")
_TITLE_LINES = 400  # web pages put long menus before the title
_CONTENTS_RUN = 3


class FoundSections(NamedTuple):
    """The sections in document order, and what is uncertain about them."""

    sections: tuple[Section, ...]
    doubts: tuple[Doubt, ...]


def find_sections(document: Document, lines: Sequence[TextLine]) -> FoundSections:
    """Find the sections of a report.

    The content of a section runs from ``first_block`` to ``last_block``. When a heading shares
    its block with text (“六、其他需要报告的事项。本年度…”), that block is part of the content
    and the text begins behind ``locator.end``; likewise the block in which the next heading
    stands belongs to both sections.

    Args:
        document: as read.
        lines: its lines.

    Returns:
        The introduction (if there is text before the first section), the sections, headings of
        first rank that are no official section (``id`` None), and doubts.
    """
    chosen = _choose(candidates(document, lines))
    end = _end_of_report(document, lines, chosen)
    sections = [
        _section(c, chosen[i + 1] if i + 1 < len(chosen) else None, end)
        for i, c in enumerate(chosen)
    ]
    introduction = _introduction(lines, chosen)
    if introduction is not None:
        sections.insert(0, introduction)
    return FoundSections(tuple(sections), _doubts(chosen))


def _section(heading: Candidate, following: Candidate | None, end: int) -> Section:
    match = heading.match
    last = end if following is None else following.block + (0 if following.opens_block else 1)
    first = heading.last_block + (1 if heading.closes_block else 0)
    return Section(
        id=match.section if match else None,
        ordinal=heading.ordinal.printed or None,
        title=heading.title,
        official_title=match is not None and match.quality in ("official", "accepted"),
        locator=heading.locator,
        first_block=first,
        last_block=max(first, last),
    )


def _introduction(lines: Sequence[TextLine], chosen: Sequence[Candidate]) -> Section | None:
    """What stands between the title and the first section."""
    if not chosen:
        return None
    first = chosen[0]
    before = [x for x in lines if x.end <= first.locator.start][-_TITLE_LINES:]
    titles = find_titles(before)
    if titles:
        behind = titles[0].locator.end
        inside = [x for x in before if x.start >= behind]
    else:
        inside = [x for x in before if not x.in_table and _is_prose(x)]
        inside = [x for x in before if inside and x.start >= inside[0].start]
    if not inside:
        return None
    start = inside[0]
    return Section(
        id="introduction",
        ordinal=None,
        title="",
        official_title=True,
        locator=Locator(start=start.start, end=start.start, block=start.block, page=start.page),
        first_block=start.block,
        last_block=first.block + (0 if first.opens_block else 1),
    )


def _is_prose(line: TextLine) -> bool:
    """Without a title, only whole sentences open the introduction; the rest is furniture."""
    text = line.folded.text
    return not line.whole or "。" in text or (len(text) > 20 and "," in text)


def _end_of_report(
    document: Document, lines: Sequence[TextLine], chosen: Sequence[Candidate]
) -> int:
    """Index behind the last block of the report; what a web page adds is left out."""
    if not chosen:
        return len(document.blocks)
    start = chosen[-1].last_block + (1 if chosen[-1].closes_block else 0)
    words = load_lexicon().furniture
    for index in range(start, len(document.blocks)):
        block = document.blocks[index]
        if isinstance(block, Paragraph) and found(words, fold_text(block.text[:60])):
            return index
    return before_other_reports(document, lines, start, chosen[0].locator.start)


def _choose(all_candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that are headings of first rank, in document order."""
    live = _without_contents(all_candidates)
    style = _first_rank_style(live)
    chosen = _listed_in_style(live, style)
    chosen += _listed_in_other_style(live, chosen, style)
    chosen.sort(key=lambda c: c.locator.start)
    for candidate in live:
        if candidate not in chosen and _continues(candidate, chosen, style):
            chosen.append(candidate)
            chosen.sort(key=lambda c: c.locator.start)
    return chosen


def _without_contents(all_candidates: Sequence[Candidate]) -> list[Candidate]:
    """Leave out a table of contents: titles in a row that all come again."""
    live = [c for c in all_candidates if not c.leader]
    titled = [c for c in live if c.match is not None]
    runs: list[list[Candidate]] = []
    for candidate in titled:
        if runs and candidate.line - runs[-1][-1].last_line == 1:
            runs[-1].append(candidate)
        else:
            runs.append([candidate])
    last_line = {c.section: c.line for c in sorted(titled, key=lambda c: c.line)}
    dropped: set[int] = set()
    for run in runs:
        if len(run) < _CONTENTS_RUN:
            continue
        repeated = [c for c in run if last_line[c.section] > c.line]
        if len(repeated) >= _CONTENTS_RUN:
            dropped.update(c.line for c in repeated)
    return [c for c in live if c.line not in dropped]


def _first_rank_style(live: Sequence[Candidate]) -> OrdinalStyle:
    """The style of ordinals that names most sections; the more usual one when equal."""
    named: dict[OrdinalStyle, set[SectionId | None]] = {s: set() for s in _STYLES}
    for c in live:
        if c.match is not None and c.match.quality != "pattern" and c.ordinal.style in named:
            named[c.ordinal.style].add(c.section)
    return max(_STYLES, key=lambda s: (len(named[s]), -_STYLES.index(s)))


def _in_style(candidate: Candidate, style: OrdinalStyle) -> bool:
    own = candidate.ordinal.style
    return own == style or (own == "lost" and style == "cn")


def _rank(candidate: Candidate) -> int:
    return QUALITY_RANK[candidate.match.quality] if candidate.match else -1


def _listed_in_style(live: Sequence[Candidate], style: OrdinalStyle) -> list[Candidate]:
    """For every section the best-named candidates of the style; paraphrases come later."""
    chosen: list[Candidate] = []
    for section, number in section_numbers().items():
        pool = [c for c in live if c.section == section and _in_style(c, style) and _rank(c) > 0]
        best = [c for c in pool if _rank(c) == max(map(_rank, pool))]
        if style == "none" or len(best) > 1:
            best = [c for c in best if not c.in_table] or best
        if len(best) > 1 and _rank(best[0]) < QUALITY_RANK["accepted"]:
            best = [c for c in best if c.ordinal.number == number][:1] or best[:1]
        chosen += best
    return chosen


def _listed_in_other_style(
    live: Sequence[Candidate], chosen: Sequence[Candidate], style: OrdinalStyle
) -> list[Candidate]:
    """Sections not yet found whose title stands in its place with another ordinal or none."""
    have = {c.section for c in chosen}
    extra: list[Candidate] = []
    for section, number in section_numbers().items():
        if section in have:
            continue
        needed = QUALITY_RANK["accepted"]
        pool = [
            c
            for c in live
            if c.section == section
            and not _in_style(c, style)
            and (
                _rank(c) >= needed
                or (c.ordinal.style in ("cn", "part") and _rank(c) > 0)
                or (c.marked and _rank(c) > 0)
            )
            and (c.ordinal.style == "none" or c.ordinal.number == number)
            and _in_place(c, number, chosen)
        ]
        if pool:
            extra.append(max(pool, key=lambda c: (_rank(c), not c.in_table, c.locator.start)))
    return extra


def _in_place(candidate: Candidate, number: int, chosen: Sequence[Candidate]) -> bool:
    """Between the nearest sections of lower and of higher number."""
    numbers = section_numbers()
    for other in chosen:
        if other.section is None:
            continue
        order = numbers[other.section]
        behind = candidate.locator.start > other.locator.start
        if (order < number) != behind:
            return False
    return True


def _continues(candidate: Candidate, chosen: Sequence[Candidate], style: OrdinalStyle) -> bool:
    """An unlisted title is of first rank when its ordinal fits between its neighbours'."""
    number = candidate.ordinal.number
    if (
        number is None
        or style not in ("cn", "part")
        or not _in_style(candidate, style)
        or _rank(candidate) > 0
        or not candidate.alone
        or candidate.in_table
    ):
        return False
    before = [c for c in chosen if c.locator.start < candidate.locator.start]
    behind = [c for c in chosen if c.locator.start > candidate.locator.start]
    previous = before[-1].ordinal.number if before else 0
    following = behind[0].ordinal.number if behind else None
    if previous is None or (not before and candidate.match is None):
        return False
    return number == previous + 1 and (not behind or (following or 0) > number)


_WORDS: dict[TitleQuality, str] = {"alike": "有错字", "pattern": "与规定的标题不同"}


def _doubts(chosen: Sequence[Candidate]) -> tuple[Doubt, ...]:
    if not chosen:
        message = "没有认出任何一个部分的标题，章节类规则可能判断不准，请核对各部分标题是否完整。"
        return (Doubt(kind="section", message=message),)
    doubts: list[Doubt] = []
    for c in chosen:
        if c.match is None or c.match.quality not in _WORDS:
            continue
        part = f"第{'一二三四五六'[section_numbers()[c.match.section] - 1]}部分"
        message = f"标题“{c.title}”{_WORDS[c.match.quality]}，按{part}理解，请核对。"
        doubts.append(Doubt(kind="section", message=message, quote=c.quote, locator=c.locator))
    return tuple(doubts)
