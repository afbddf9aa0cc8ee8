"""Check for slips of the pen: doubled words and marks, lone brackets, sentences that stop.

All slips of one section are one finding. Reduplication that the language knows is left alone, and
so is every line that a list or a table follows.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from checker.assemble.bodies import looks_like_body
from checker.assemble.headings import parse_ordinal
from checker.assemble.passages import EMPTY_FORM, Passage, SectionText
from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.checks.sentences import matches
from checker.checks.wording_brackets import lone_marks, may_be_lone
from checker.checks.wording_places import MOST_PLACES, evidence_at, section_name, shortened
from checker.rulebook.kinds_wording import SlipsRule
from checker.rulebook.lexicon import found
from checker.rulebook.wording import compiled

_WORDS = re.compile(r"([\u4e00-\u9fff]{2,8})\1|([\u4e00-\u9fff])\2\2")
_CHARACTERS = re.compile(r"([\u4e00-\u9fff])\1")
_CLAUSES = re.compile(r"([\u4e00-\u9fff]{6,40}+)[,、;。]\1")
_MARKS = re.compile(r"[,。、;:]{2,}")
_SPACE = re.compile(r"[ \t\u3000\xa0]")
_NUMERALS = frozenset("零一二三四五六七八九十百千万")
_AROUND = 4  # characters around a doubled word that may show that it is none
_CUT_FROM = 15  # shorter lines are headings and labels
_FULL_STOPS = frozenset("。;!?")  # behind them nothing is unfinished
_SHOWN = 20  # characters at the end of a sentence that stops
_DATE = re.compile(r"\(?20\d\d年\d{1,2}月\d{1,2}日\)?")
_LATER = re.compile(r"^[二三四五六七八九十]是|^其次|^再次|^最后")
_NAMES = {"“": "左引号", "”": "右引号"} | {m: f"“{m}”" for m in "《》（）〔〕"}
_WITH_TABLES = ("proactive", "requests", "appeals")
_MOST_TOLD = 5


class _Slip(NamedTuple):
    """What is told, and where it stands in the document."""

    words: str
    start: int
    end: int


@evaluate.register
def _(rule: SlipsRule, context: CheckContext) -> KindResult:
    if context.report.empty_form:
        return KindResult(not_judged=EMPTY_FORM)
    drafts: list[Draft] = []
    for text in context.section_texts:
        slips = sorted(_slips(rule, text, context), key=lambda s: s.start)
        if slips:
            drafts.append(_draft(text, slips, context))
    return KindResult(drafts=tuple(drafts), tests=len(context.section_texts))


def _draft(text: SectionText, slips: list[_Slip], context: CheckContext) -> Draft:
    told = list(dict.fromkeys(s.words for s in slips))
    more = f"等{len(told)}处" if len(told) > _MOST_TOLD else ""
    values = {
        "section": section_name(context, text.section.id),
        "slips": "；".join(told[:_MOST_TOLD]) + more,
    }
    evidence = tuple(evidence_at(context, s.start, s.end) for s in slips[:MOST_PLACES])
    return Draft(values=values, evidence=evidence, verdict="review")


def _slips(rule: SlipsRule, text: SectionText, context: CheckContext) -> Iterator[_Slip]:
    document = context.report.document.text
    for passage in text.passages:
        yield from _doubled(rule, passage, document)
        yield from _without_object(rule, passage, document)
    if text.passages and may_be_lone(_printed(text, context)):
        yield from _lone(text, document)
    yield from _unfinished(rule, text, document)


def _printed(text: SectionText, context: CheckContext) -> str:
    """The section as printed, quotation marks as they are."""
    report = context.report
    first = report.document.blocks[text.section.first_block].locator.start
    last = report.document.blocks[text.section.last_block - 1].locator.end
    return report.document.text[first:last]


def _lone(text: SectionText, document: str) -> Iterator[_Slip]:
    places = [p.locate(0, len(p.text)) for p in text.passages]
    told = 0
    for lone in sorted(lone_marks(document, [(p.start, p.end) for p in places])):
        if lone.start >= told:
            quote = shortened(document[lone.start : lone.end])
            yield _Slip(f"“{quote}”缺{_NAMES[lone.partner]}", lone.start, lone.end)
            told = lone.end


def _doubled(rule: SlipsRule, passage: Passage, document: str) -> Iterator[_Slip]:
    for pattern, what in ((_WORDS, "重复"), (_CLAUSES, "重复"), (_MARKS, "标点重复")):
        for match in pattern.finditer(passage.text):
            if pattern is _WORDS and _is_right(rule, passage.text, match):
                continue
            yield from _slip(passage, match.span(), document, what)
    if _CHARACTERS.search(passage.text) is None:
        return
    for particle in rule.particles:
        for match in matches((particle,), passage.text):
            yield from _slip(passage, match.span(), document, "重复")


def _slip(passage: Passage, span: tuple[int, int], document: str, what: str) -> Iterator[_Slip]:
    """The slip, unless white space parts its halves: then they are two entries of a list."""
    place = passage.locate(*span)
    printed = document[place.start : place.end]
    if _SPACE.search(printed) is None:
        yield _Slip(f"“{shortened(printed)}”{what}", place.start, place.end)


def _is_right(rule: SlipsRule, text: str, match: re.Match[str]) -> bool:
    """Whether the doubling is of the language: 一件一件, 研究研究, 政府政府信息."""
    # What is right has to hold the seam of the two halves: 年年 in 2024年年度年度 does not.
    if set(match.group()) <= _NUMERALS:
        return True
    first = max(0, match.start() - _AROUND)
    around = text[first : match.end() + _AROUND]
    seam = match.start() + (len(match[1]) if match[1] else 1) - first
    right = (m for p in rule.doubled_right for m in compiled(p).finditer(around))
    return any(m.start() < seam < m.end() for m in right)


def _without_object(rule: SlipsRule, passage: Passage, document: str) -> Iterator[_Slip]:
    """Sentences that stop behind a verb that needs an object, as in 有效推动了."""
    for match in matches(rule.no_object, passage.text):
        place = passage.locate(max(match.start(), match.end() - _SHOWN), match.end())
        quote = shortened(document[place.start : place.end]).lstrip("，。；：、")
        yield _Slip(f"“……{quote}。”没有写完", place.start, place.end)


def _unfinished(rule: SlipsRule, text: SectionText, document: str) -> Iterator[_Slip]:
    """Paragraphs that stop in mid-sentence at the end of the section or before a later point."""
    if text.section.id in _WITH_TABLES:
        return
    passages = [p for p in text.passages if p.text and not _is_signature(p.text)]
    for index, passage in enumerate(passages):
        following = passages[index + 1].text if index + 1 < len(passages) else None
        if len(passage.text) < _CUT_FROM or passage.text[-1] in _FULL_STOPS:
            continue
        if following is not None and not _is_later_point(following):
            continue
        if passage.text.endswith("的") and any(found(rule.cases, p.text) for p in passages):
            continue
        if found(rule.unfinished, passage.text) and not found(rule.leads_in, passage.text):
            first = max(0, len(passage.text) - _SHOWN)
            place = passage.locate(first, len(passage.text))
            quote = shortened(document[place.start : place.end])
            yield _Slip(f"“……{quote}”没有写完", place.start, place.end)


def _is_signature(text: str) -> bool:
    return looks_like_body(text) or _DATE.fullmatch(text) is not None


def _is_later_point(text: str) -> bool:
    """Whether a line begins the second or a later point of a list: what comes before it is over."""
    ordinal = parse_ordinal(text)
    later = ordinal.number is not None and ordinal.number > 1
    return later or _LATER.match(text) is not None
