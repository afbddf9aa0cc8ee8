"""Sentences, their segments, words and figures: the ground on which claims are read."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from checker.assemble.passages import Passage, SectionText
from checker.claims.figures import Figure, find_figures
from checker.claims.turns import Turn, turns
from checker.claims.words import Word, cut
from checker.domain.locator import Locator
from checker.domain.report import AnnualReport, SectionId
from checker.rulebook.late import late_regex
from checker.rulebook.term_values import Facet

_SENTENCE_END = late_regex(r"[。!?\n]")
_SEGMENT_END = late_regex(r"[,;:、()\[\]]")
_PART_END = late_regex(r"[,;、]")
_BRACKET = late_regex(r"[()\[\]]")
_PLACE = late_regex(r"^.{2,10}?(?:自治区|自治州|自治县|省|市|州|盟|县|区|旗)(?=.{2,})")
_OFFICE = late_regex(r"人民政府办公[室厅]$")
_OFFICE_NAMES = ("政府办", "政府办公室", "政府办公厅", "人民政府办公室", "人民政府办公厅")
_BY_NAME = ("街道", "镇", "乡")  # 以街道名义作出的处罚 are those of the street that reports
_TEAMS = ("综合行政执法队", "综合执法队", "综合行政执法大队")
_HAN = late_regex(r"[一-鿿]")
_THOUSANDS = "٬"  # stands for the comma of 1,947, so that no comma in a number parts clauses
_LONGEST = 2000  # characters; what is longer was never written as one sentence
_MOST_FIGURES = 60


class Segment(NamedTuple):
    """A stretch between two marks of punctuation, by places in the folded passage.

    Attributes:
        mark: the mark in front of it; empty at the start of the sentence.
        depth: how many brackets are open.
    """

    start: int
    end: int
    mark: str
    depth: int


class Ground(NamedTuple):
    """What the sentences of a passage have in common.

    Attributes:
        passage: where they stand.
        text: the folded text of the passage, with ``٬`` for the commas inside numbers.
        section: id of the section.
        own: names of the reporting body.
    """

    passage: Passage
    text: str
    section: SectionId | None
    own: frozenset[str]


class Sentence:
    """One sentence of a passage.

    Attributes:
        text: that of the whole passage; all places refer to it.

    Args:
        ground: the passage.
        span: its first place in the folded passage, and the place behind it.
        figures: those of the sentence.
    """

    def __init__(self, ground: Ground, span: tuple[int, int], figures: tuple[Figure, ...]) -> None:
        self._ground = ground
        self.passage, self.text, self.section, self.own = ground
        self.start, self.end = span
        self.figures = figures

    def with_next(self, following: "Sentence") -> "Sentence":
        """This sentence and one behind it in the same passage, read as one."""
        span = (self.start, following.end)
        return Sentence(self._ground, span, (*self.figures, *following.figures))

    @cached_property
    def wordless(self) -> bool:
        """It holds one figure without a counting word and nothing else."""
        if len(self.figures) != 1 or self.figures[0].unit is not None:
            return False
        start, _, behind, *_ = self.figures[0]
        return start == self.start and self.text[behind : self.end] in ("", "。")

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words, figures included as words of no meaning."""
        return tuple(cut(self.text, self.start, self.end, own=self.own))

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(w.start for w in self.words)

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The stretches between punctuation; marks inside a word or a figure part nothing."""
        whole = {i for w in self.words if len(w.text) > 1 for i in range(w.start, w.end)}
        whole |= {i for f in self.figures for i in range(f.start, f.end)}
        found: list[Segment] = []
        start, mark, depth = self.start, "", 0
        for match in _SEGMENT_END.finditer(self.text, self.start, self.end):
            at = match.start()
            if at in whole:
                continue
            found.append(Segment(start, at, mark, depth))
            depth += {"(": 1, ")": -1}.get(match[0], 0)
            start, mark = match.end(), match[0]
        found.append(Segment(start, self.end, mark, depth))
        return tuple(found)

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """Where it turns to applications or to something that no table holds, in order."""
        return turns(self.text, self.start, self.end)

    @cached_property
    def _segment_ends(self) -> tuple[int, ...]:
        return tuple(s.end for s in self.segments)

    @cached_property
    def _brackets(self) -> tuple[int, ...]:
        return tuple(m.start() for m in _BRACKET.finditer(self.text, self.start, self.end))

    @cached_property
    def _depths(self) -> tuple[int, ...]:
        """How many brackets are open in front of the first, the second ... and behind the last."""
        steps = (1 if self.text[i] in "([" else -1 for i in self._brackets)
        return tuple(accumulate(steps, initial=0))

    def depth_at(self, place: int) -> int:
        """How many brackets are open at a place."""
        return self._depths[bisect_left(self._brackets, place)]

    def segment_at(self, place: int) -> Segment:
        """The segment that holds a place."""
        return self.segments[self.segment_of(place)]

    def segment_of(self, place: int) -> int:
        """Index of the segment that holds a place."""
        return bisect_left(self._segment_ends, place)

    @cached_property
    def _numbers(self) -> dict[int, int]:
        return {f.start: number for number, f in enumerate(self.figures)}

    def number_of(self, figure: Figure) -> int:
        """Index of a figure among those of the sentence."""
        return self._numbers[figure.start]

    def words_between(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that lie wholly between two places."""
        return _wholly_between(self.words, self._starts, start, end)

    @cached_property
    def _by_facet(self) -> dict[Facet, tuple[tuple[Word, ...], tuple[int, ...]]]:
        telling: dict[Facet, dict[int, Word]] = {}
        for word in self.words:
            for meaning in word.meanings:
                telling.setdefault(meaning.facet, {})[word.start] = word
        return {f: (tuple(found.values()), tuple(found)) for f, found in telling.items()}

    def telling(self, facet: Facet, start: int, end: int) -> tuple[Word, ...]:
        """The words between two places that mean something in one facet: few of all words."""
        return _wholly_between(*self._by_facet.get(facet, ((), ())), start, end)

    def clause(self, start: int, end: int) -> Locator:
        """The place of the clause around a stretch: up to the nearest comma or full stop."""
        left = max((self.text.rfind(c, self.start, start) + 1 for c in ",;:"), default=self.start)
        right = min(
            (i for c in ",;" if (i := self.text.find(c, end, self.end)) >= 0), default=self.end
        )
        return self.passage.locate(max(left, self.start), max(right, end))


def _wholly_between(
    words: tuple[Word, ...], starts: tuple[int, ...], start: int, end: int
) -> tuple[Word, ...]:
    found = words[bisect_left(starts, start) : bisect_left(starts, end)]
    return found[:-1] if found and found[-1].end > end else found


def unknown_length(words: tuple[Word, ...], figures: tuple[Figure, ...] = ()) -> int:
    """How many Chinese characters of these words are not in the dictionary."""
    return sum(
        len(_HAN.findall(w.text))
        for w in words
        if not w.known and not any(f.start <= w.start < f.behind for f in figures)
    )


def sentences(
    text: SectionText, *, own: frozenset[str] = frozenset()
) -> Iterator[tuple[Sentence, ...]]:
    """The sentences of a section, passage by passage."""
    for passage in text.passages:
        figures = find_figures(passage.text)
        told = _unparted(passage.text, figures)
        ground = Ground(passage, told, text.section.id, own)
        starts = [f.start for f in figures]
        found: list[Sentence] = []
        start = 0
        for end in _ends(told, figures, starts):
            inside = figures[bisect_left(starts, start) : bisect_left(starts, end)]
            found.append(Sentence(ground, (start, end), inside))
            start = end
        yield tuple(found)


def _unparted(text: str, figures: tuple[Figure, ...]) -> str:
    """The text with another character for the commas that part thousands."""
    inside = {i for f in figures for i in range(f.start, f.end) if text[i] == ","}
    return "".join(_THOUSANDS if i in inside else c for i, c in enumerate(text)) if inside else text


def _ends(text: str, figures: tuple[Figure, ...], starts: Sequence[int]) -> Iterator[int]:
    """Where the sentences end; one of absurd length ends at a mark, and never in a figure."""
    start = 0
    for end in (*(m.end() for m in _SENTENCE_END.finditer(text)), len(text)):
        while end > (limit := _limit(start, starts)):
            start = max((m.end() for m in _PART_END.finditer(text, start, limit)), default=limit)
            before = bisect_left(starts, start) - 1
            start = max(start, figures[before].behind) if before >= 0 else start
            yield start
        if end > start:
            yield end
            start = end


def _limit(start: int, starts: Sequence[int]) -> int:
    """How far a sentence may reach that begins at ``start``."""
    last = bisect_left(starts, start) + _MOST_FIGURES
    return min((start + _LONGEST, *starts[last : last + 1]))


def own_names(report: AnnualReport) -> frozenset[str]:
    """The name of the reporting body and its usual short forms."""
    agency = report.identity.agency
    if not agency:
        return frozenset()
    names = {agency}
    for ending in ("人民政府办公室", "人民政府办公厅", "人民政府", "办事处", "管理委员会"):
        if agency.endswith(ending):
            names.add(agency.removesuffix(ending))
    for body in _BY_NAME:
        if body in agency:
            names |= {f"以{n}名义" for n in (body, f"{body}政府", f"{body}办事处")}
            names |= set(_TEAMS)
    place = _PLACE.match(agency)
    if place is not None:
        names |= {n[place.end() :] for n in set(names) if len(n) > place.end() + 1}
        office = _OFFICE.search(agency)
        # 区政府办 is the body itself where the office reports, another population elsewhere
        names |= {f"{place[0][-1]}{n}" for n in _OFFICE_NAMES if office is not None}
    return frozenset(n for n in names if len(n) > 1)
