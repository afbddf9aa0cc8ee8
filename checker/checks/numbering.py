"""Checks of ordinals: sections, sub-headings, and the number of parts that is announced.

Restarting at one is normal wherever a new list begins; a number that our reading may have lost in
the middle of a paragraph is looked for before anybody is blamed.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from checker.assemble.fold import fold_text
from checker.assemble.headings import section_numbers, small_number
from checker.assemble.image_pages import ANYWHERE, pages_between
from checker.assemble.passages import EMPTY_FORM, Passage, SectionText, Subhead
from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.checks.sections import heading_evidence, named_sections, printed, section_texts
from checker.domain.locator import Locator
from checker.domain.report import Section
from checker.rulebook import load_forms
from checker.rulebook.kinds_structure import AnnouncedPartsRule, NumberingRule
from checker.rulebook.lexicon import found, load_lexicon, without

_DIGITS = "零一二三四五六七八九十"
_LEAST_TOPIC = 4  # characters of one among several topics in a heading
_NO_TOPIC = ("公开", "管理", "信息", "其他")
_LISTED = re.compile(r"^[由:,(即分别是为包括报告的]+|[)等]+$")


class _Numbered(NamedTuple):
    """A numbered heading and how messages show it."""

    number: int
    shown: str
    locator: Locator
    section: str | None


@evaluate.register
def _(rule: NumberingRule, context: CheckContext) -> KindResult:
    if context.report.empty_form:
        return KindResult(not_judged=EMPTY_FORM)
    drafts: list[Draft] = []
    tests = 0
    sections = named_sections(context)
    first = _breaks(_first_rank(context, sections), _missing_numbers(context))
    drafts += _number_drafts(context, _read_between(context, first))
    for text in context.section_texts:
        section = text.section
        if section.id == "introduction":
            continue
        heads = [h for h in text.subheads if h.ordinal.style == "paren" and h.ordinal.number]
        numbered = [
            _Numbered(h.ordinal.number or 0, _shown(context, h.locator), h.locator, section.id)
            for h in heads
        ]
        tests += len(numbered)
        breaks = _breaks(numbered, _printed_inside(text))
        drafts += _number_drafts(context, _read_between(context, breaks))
        drafts += _topic_drafts(rule, context, section, heads)
    return KindResult(drafts=tuple(drafts), tests=tests + len(sections))


def _shown(context: CheckContext, place: Locator) -> str:
    text = context.report.document.text[place.start : place.end]
    return f"“{''.join(text.split())}”"


def _first_rank(context: CheckContext, sections: Sequence[Section]) -> list[_Numbered]:
    numbered: list[_Numbered] = []
    for section in sections:
        number = small_number(section.ordinal) if section.ordinal else None
        if number is None:  # an ordinal lost in reading or in print counts as the right one
            number = numbered[-1].number + 1 if numbered else 1
        numbered.append(_Numbered(number, printed(context, section), section.locator, section.id))
    return numbered


def _missing_numbers(context: CheckContext) -> frozenset[int]:
    """Numbers of sections that are absent altogether: S101 reports them."""
    have = {s.id for s in context.report.sections}
    return frozenset(n for s, n in section_numbers().items() if s not in have)


def _printed_inside(text: SectionText) -> frozenset[int]:
    """Bracketed ordinals that stand inside paragraphs: not skipped, only not at a line start."""
    found = re.findall(r"\(([一二三四五六七八九十]{1,3})\)", text.text)
    heads = [h.ordinal.printed for h in text.subheads]
    inside = [f for f in found if f not in heads]
    return frozenset(n for f in inside if (n := small_number(f)) is not None)


class _Break(NamedTuple):
    """Two neighbours whose ordinals do not follow each other."""

    before: _Numbered
    after: _Numbered
    words: str


def _breaks(items: Sequence[_Numbered], known: frozenset[int]) -> Iterator[_Break]:
    """Repeats and gaps between neighbours; gaps that ``known`` numbers fill are none."""
    for before, after in pairwise(items):
        gap = set(range(before.number + 1, after.number))
        if after.number == before.number:
            yield _Break(before, after, f"{before.shown}和{after.shown}序号重复")
        elif gap - known and after.number > before.number:
            skipped = "、".join(_numeral(n) for n in sorted(gap - known))
            yield _Break(before, after, f"{before.shown}之后是{after.shown}，缺少“{skipped}”")
        elif 1 < after.number < before.number:
            yield _Break(before, after, f"{after.shown}排在{before.shown}之后")


def _read_between(context: CheckContext, breaks: Iterator[_Break]) -> Iterator[_Break]:
    """Those without a page between that was not read; other headings may stand on it."""
    document = context.report.document
    return (b for b in breaks if not pages_between(document, b.before.locator, b.after.locator))


def _numeral(number: int) -> str:
    if number <= 10:
        return _DIGITS[number]
    tens, units = divmod(number, 10)
    return f"{_DIGITS[tens] if tens > 1 else ''}十{_DIGITS[units] if units else ''}"


def _number_drafts(context: CheckContext, breaks: Iterator[_Break]) -> list[Draft]:
    """One finding for the headings of one list."""
    found = list(breaks)
    if not found:
        return []
    places = [b.after for b in found]
    evidence = tuple(context.text_evidence(p.locator, p.section) for p in places)
    words = "；".join(b.words for b in found)
    return [Draft(values={"faults": words}, evidence=evidence)]


def _topic_drafts(
    rule: NumberingRule, context: CheckContext, section: Section, heads: Sequence[Subhead]
) -> list[Draft]:
    """Two sub-headings of one list that name the same topic."""
    drafts: list[Draft] = []
    group: list[tuple[Subhead, frozenset[str]]] = []
    for head in heads:
        if head.ordinal.number == 1:
            group = []
        topics = _topics(head.title)
        for earlier, named in group:
            if named & topics:
                drafts.append(
                    Draft(
                        values={
                            "first": _shown(context, earlier.locator),
                            "second": _shown(context, head.locator),
                            "section": printed(context, section),
                        },
                        evidence=tuple(
                            context.text_evidence(h.locator, section.id) for h in (earlier, head)
                        ),
                        verdict="review",
                        message=rule.topic_message,
                    )
                )
                break
        group.append((head, topics))
    return drafts


def _topics(title: str) -> frozenset[str]:
    """The topics of a heading without the words that all headings share."""
    lexicon = load_lexicon()
    pieces = re.split("|".join(lexicon.topic_split), title)
    bare = [without(lexicon.topic_noise, p) for p in pieces]
    if len(bare) == 1:  # the whole heading is one topic, however short
        return frozenset(t for t in bare if t and t not in _NO_TOPIC)
    return frozenset(t for t in bare if len(t) >= _LEAST_TOPIC)


class _Announced(NamedTuple):
    """What the introduction says of the parts.

    Attributes:
        named: number of parts it names; None when it names none or they cannot be told apart.
        open: the list ends in 等, so it may name fewer.
    """

    parts: int
    named: int | None
    open: bool
    locator: Locator


@evaluate.register
def _(rule: AnnouncedPartsRule, context: CheckContext) -> KindResult:
    if context.report.empty_form:
        return KindResult(not_judged=EMPTY_FORM)
    texts = section_texts(context, "introduction")
    announced = [a for t in texts for p in t.passages if (a := _announced(p)) is not None]
    if not announced:
        return KindResult()
    first = announced[0]
    drafts = [*_count_drafts(rule, context, first), *_old_chapters(rule, context, first)]
    return KindResult(drafts=tuple(drafts), tests=2)


def _count_drafts(
    rule: AnnouncedPartsRule, context: CheckContext, announced: _Announced
) -> Iterator[Draft]:
    """One finding for a wrong number, whatever it disagrees with."""
    sections = named_sections(context)
    actual, named, parts = len(sections), announced.named, announced.parts
    # 总体情况等六个部分 leaves out on purpose; one name too few is more likely forgotten
    short = announced.open and named is not None and named < parts - 1
    unlike_list = named is not None and named != parts and not short
    # a part that is missing altogether is told by S101
    unlike_report = 0 < actual != parts and actual + len(_missing_numbers(context)) != parts
    if not (unlike_list or unlike_report):
        return
    fewer = announced.open and named is not None and named < parts
    sure = (unlike_list and not fewer) or (unlike_report and actual > 1)
    headings = (heading_evidence(context, s) for s in sections) if unlike_report else ()
    message = rule.both_message if unlike_list else rule.count_message
    yield Draft(
        values={"count": parts, "named": named or 0, "actual": actual},
        evidence=(context.text_evidence(announced.locator, "introduction"), *headings),
        verdict="fail" if sure else "review",
        message=message if unlike_report else None,
        lacks_in=() if unlike_list else (ANYWHERE,),
    )


def _old_chapters(
    rule: AnnouncedPartsRule, context: CheckContext, announced: _Announced
) -> Iterator[Draft]:
    """Chapters that reports had before 2019 in the list that the introduction gives."""
    place = announced.locator
    listed = fold_text(context.report.document.text[place.start : place.end])
    match = found(rule.old_chapters, "".join(listed.split()))
    if match is not None:
        evidence = (context.text_evidence(place, "introduction"),)
        values: dict[str, str | int | Decimal] = {"quote": match.group()}
        yield Draft(values=values, evidence=evidence, message=rule.old_message)


def _announced(passage: Passage) -> _Announced | None:
    for pattern in load_lexicon().announced:
        match = re.search(pattern, passage.text)
        count = small_number(match.group("count")) if match else None
        if match is None or not count:
            continue
        listed = match.groupdict().get("list") or ""
        return _Announced(
            parts=count,
            named=_count_parts(listed),
            open=bool(match.groupdict().get("open")) or listed.endswith("等"),
            locator=passage.locate(match.start(), match.end()),
        )
    return None


def _count_parts(listed: str) -> int | None:
    """How many parts an enumeration names; titles that hold 、 or 和 themselves count once."""
    text = _LISTED.sub("", listed)
    for title in _titles():
        text = text.replace(title, "#")
    text = re.sub(r"[《》\"]", "", text)
    pieces = [p for p in re.split(r"[、,;]|(?<=#)[和及与]|[和及与以](?=#)|以及", text) if p]
    if "由" in text:  # 由水务局编制，由六部分组成: what stands in front is no list
        return None
    if len(pieces) < 2 or any("和" in p or "及" in p for p in pieces if p != "#"):
        return None
    return len(pieces)


def _titles() -> list[str]:
    """Every listed section title, the longest first."""
    words = {
        fold_text(w)
        for form in load_forms().values()
        for spec in form.sections
        for w in (spec.label, *spec.accepted, *spec.recognised)
    }
    return sorted(words, key=len, reverse=True)
