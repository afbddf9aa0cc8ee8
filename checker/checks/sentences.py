"""Where something stands in the narrative: matches, the sentence around them, the evidence.

It finds and quotes; what a sentence means is for the rules.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from checker.assemble.passages import EMPTY_FORM, Passage, SectionText
from checker.checks.context import CheckContext, KindResult
from checker.checks.sections import NO_SECTION
from checker.domain.finding import TextEvidence
from checker.domain.report import SectionId
from checker.rulebook.alternatives import any_of
from checker.rulebook.kinds_legal import Patterns
from checker.rulebook.wording import compiled

NO_YEAR = "看不出报告年度，无法核对。"
_STOPS = "。;!?\n"
_SENTENCE = re.compile(r"[^。;!?\n]+")
_REACH = 1000
"""Characters around a match that are searched for the ends of its sentence."""
_YEAR_IN_WORDS = re.compile(r"二[〇零○][〇零○一二三四五六七八九]{2}(?=年)")
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_ASIDE = re.compile(
    r"《[^》]{0,120}》|\((?![一二三四五六七八九十\d]{1,3}\))[^()]{0,120}\)"
    r"|〔[^〕]{0,20}〕|\[[^\]]{0,60}\]|【[^】]{0,60}】"
)


class Span(NamedTuple):
    """A part of a folded text."""

    start: int
    end: int


class Narrative(NamedTuple):
    """A paragraph, the section it stands in, and how many stand before it there."""

    section: SectionId | None
    passage: Passage
    rank: int

    @property
    def text(self) -> str:
        """The folded text."""
        return self.passage.folded.text

    def sentence(self, start: int, end: int) -> Span:
        """The whole sentence around a part of the text; of endless ones what is near."""
        text = self.passage.text
        low, high = max(0, start - _REACH), min(len(text), end + _REACH)
        before = max(text.rfind(stop, low, start) for stop in _STOPS)
        behind = (text.find(stop, end, high) for stop in _STOPS)
        last = min((i for i in behind if i >= 0), default=high)
        return Span(before + 1 if before >= 0 else low, last)

    def evidence(self, context: CheckContext, span: Span) -> TextEvidence:
        """A part of the text, quoted from the document."""
        return context.text_evidence(self.passage.locate(*span), self.section)


def narratives(context: CheckContext) -> tuple[Narrative, ...]:
    """Every paragraph of every section, in document order."""
    return context.once(_narratives)


def _narratives(context: CheckContext) -> tuple[Narrative, ...]:
    return tuple(narratives_in(context.section_texts))


def narratives_in(texts: Sequence[SectionText]) -> Iterator[Narrative]:
    """Every paragraph of these sections."""
    for text in texts:
        for index, passage in enumerate(text.passages):
            yield Narrative(text.section.id, passage, index)


def sentences(narrative: Narrative) -> Iterator[Span]:
    """The sentences of a paragraph."""
    for match in _SENTENCE.finditer(narrative.text):
        yield Span(*match.span())


@cache
def _joined(patterns: Patterns) -> re.Pattern[str]:
    return compiled(any_of(patterns))


def matches(patterns: Patterns, text: str) -> Iterator[re.Match[str]]:
    """Every place in folded text where one of the patterns of a rule matches, in order.

    Patterns with named groups are matched one by one: two may name a group alike.
    """
    if not any("(?P<" in p for p in patterns):
        return _joined(patterns).finditer(text)
    every = (m for p in patterns for m in _joined((p,)).finditer(text))
    return iter(sorted(every, key=lambda m: m.span()))


def digit_years(text: str) -> str:
    """Folded text of the same length in which years such as 二〇二四年 are written in digits."""
    return _YEAR_IN_WORDS.sub(lambda year: year.group().translate(_DIGITS), text)


def without_asides(text: str) -> str:
    """Folded text of the same length in which titles, brackets and 文号 are blotted out.

    Ordinals such as （一） stay.
    """
    return _ASIDE.sub(lambda found: "□" * len(found.group()), text)


def unreadable(context: CheckContext, *, needs_year: bool = False) -> KindResult | None:
    """Why the narrative cannot be judged, or None when it can."""
    if context.report.empty_form:
        return KindResult(not_judged=EMPTY_FORM)
    if not context.section_texts:
        return KindResult(not_judged=NO_SECTION)
    if needs_year and context.report.identity.year is None:
        return KindResult(not_judged=NO_YEAR)
    return None
