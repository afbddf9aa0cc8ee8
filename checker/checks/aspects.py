"""Checks of what the overview has to write about: five aspects, and three more of a government.

They judge whether something is written about at all, never how well. A sentence that only
professes a guideline does not count, and what is named in passing while another aspect is written
about does not either.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from checker.assemble.headings import small_number
from checker.assemble.image_pages import ANYWHERE
from checker.assemble.passages import EMPTY_FORM, SectionText, Subhead, clauses, sentences
from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.checks.sections import heading_evidence, printed, section_texts
from checker.rulebook.kinds_structure import AccountabilityRule, AspectsRule
from checker.rulebook.lexicon import Topic, found, load_lexicon, without

_STRUCTURED = 3  # from so many aspects with headings of their own on, the headings divide the text
_LEAST_TOLD = 2  # characters that a sentence says beyond the names of aspects
_POINT = re.compile(r"([一二三四五六七八九十])是")
_LEAST_STATEMENT = 8  # characters; shorter clauses are openings such as 具体情况如下


class _Said(NamedTuple):
    """The clauses of a sentence.

    Attributes:
        aside: it stands under the heading of an aspect.
        preface: it stands where reports say what they will say.
    """

    clauses: tuple[str, ...]
    aside: bool = False
    preface: bool = False


class _Heard(NamedTuple):
    """What the sentences are about.

    Attributes:
        aspects: ids of the aspects written about.
        unknown: a sentence says something that was recognised as none of them.
    """

    aspects: frozenset[str]
    unknown: bool


def _hear(
    statements: Iterator[_Said], aspects: Sequence[Topic], enough: frozenset[str] | None
) -> _Heard:
    """What clauses name outright; a hint counts only where the sentence names no other aspect.

    A sentence that names three or more lists everything in one breath, so its hints count too.

    Args:
        statements: in the order of the report.
        aspects: what is listened for.
        enough: ids with which nothing is missing, so that the rest need not be heard.
    """
    heard: set[str] = set()
    unknown = False
    for said in statements:
        named = [{a.id for a in aspects if found(a.wording, c)} for c in said.clauses]
        outright = set().union(*named)
        if len(outright) >= _STRUCTURED and _tells_nothing("".join(said.clauses)):
            continue
        heard |= outright
        if not said.aside and (not outright or len(outright) >= _STRUCTURED):
            hinted = {
                a.id
                for c, own in zip(said.clauses, named, strict=True)
                for a in aspects
                if not own and found(a.weak, c)
            }
            heard |= hinted
            told = not said.preface and sum(map(len, said.clauses)) >= _LEAST_STATEMENT
            unknown = unknown or (told and not outright and not hinted)
        if enough is not None and enough <= heard:
            break
    return _Heard(frozenset(heard), unknown)


def _tells_nothing(words: str) -> bool:
    """Whether words only name aspects and praise them, with no figure and nothing done."""
    return len(without(load_lexicon().bare_list, words).strip("。")) < _LEAST_TOLD


@evaluate.register
def _(rule: AspectsRule, context: CheckContext) -> KindResult:
    if context.report.empty_form:
        return KindResult(not_judged=EMPTY_FORM)
    texts = [t for t in section_texts(context, rule.section) if not t.is_empty]
    if not texts:
        return KindResult()
    aspects = load_lexicon().aspects
    headed = [a for a in aspects if _headed(a, texts)]
    numbered = _numbered_heads(texts)
    told = [a for a in aspects if not _left_empty(a, numbered)]
    open_ids = frozenset(a.id for a in told if not (a in headed and _headed_with_text(a, texts)))
    if not open_ids and len(told) == len(aspects):
        return KindResult(tests=len(aspects))
    structured = len(headed) >= _STRUCTURED
    statements = (s for t in texts for s in _statements(t, structured=structured))
    enough = open_ids if len(told) == len(aspects) else None
    heard = _hear(statements, aspects, enough)
    missing = [a for a in aspects if a not in told or a.id in open_ids - heard.aspects]
    if not missing:
        return KindResult(tests=len(aspects))
    bare = [a for a in missing if a in headed]
    names = [f"{a.label}（有标题、没有内容）" if a in bare else a.label for a in missing]
    values: dict[str, str | int | Decimal] = {
        "section": printed(context, texts[0].section),
        "said": "没有认出写到下列方面的话，请人工核对" if heard.unknown else "没有写到",
        "aspects": "、".join(names),
    }
    draft = Draft(
        values=values,
        evidence=tuple(heading_evidence(context, t.section) for t in texts),
        verdict="review" if heard.unknown else "fail",
        severity="error" if len(missing) >= rule.error_from and not heard.unknown else None,
        lacks_in=(rule.section,),
    )
    return KindResult(drafts=(draft,), tests=len(aspects))


def _headed(aspect: Topic, texts: Sequence[SectionText]) -> bool:
    return any(found(aspect.heading, h.title) for t in texts for h in t.subheads)


def _headed_with_text(aspect: Topic, texts: Sequence[SectionText]) -> bool:
    """Whether a sub-heading names the aspect and has text under it, or tells something itself."""
    return any(
        found(aspect.heading, head.title) and (head.body.strip("。,;:") or _is_told(head))
        for text in texts
        for head in text.subheads
    )


def _is_told(head: Subhead) -> bool:
    """Whether a numbered point is a sentence: it says more than what it is about.

    Only a full stop, or words that tell what was done, part a sentence from a heading that was
    left without its text; what names and strengthens an aspect (加强平台建设。) says nothing.
    """
    lexicon = load_lexicon()
    if head.ordinal.number is None:
        return False
    topics = tuple(w for a in lexicon.aspects for w in a.heading)
    more = without(lexicon.topic_words, without(topics, head.title))
    told = head.stopped or found(lexicon.told_without_stop, head.title)
    return bool(told) and len(more) >= _LEAST_TOLD


def _numbered_heads(texts: Sequence[SectionText]) -> dict[str, list[Subhead]]:
    """The numbered sub-headings by their title without the words that say nothing."""
    noise = load_lexicon().topic_noise
    heads: dict[str, list[Subhead]] = {}
    for head in (h for t in texts for h in t.subheads if h.ordinal.number is not None):
        heads.setdefault(without(noise, head.title), []).append(head)
    return heads


def _left_empty(aspect: Topic, numbered: Mapping[str, Sequence[Subhead]]) -> bool:
    """The aspect has numbered headings of its own, word for word, and no text under any."""
    own = numbered.get(without(load_lexicon().topic_noise, aspect.label), ())
    return bool(own) and not any(h.body.strip("。,;:") for h in own)


def _statements(text: SectionText, *, structured: bool) -> Iterator[_Said]:
    """What is said, clause by clause; of professing sentences only clauses that tell a fact."""
    lexicon = load_lexicon()
    opening = sentences("\n".join(p.text for p in text.opening))
    professing = len(opening) if text.subheads else 1
    for number, sentence in enumerate(opening):
        preface = number < professing
        professed = preface and found(lexicon.guiding, sentence)
        told = [c for c in clauses(sentence) if not professed or found(lexicon.facts, c)]
        if told:
            yield _Said(tuple(told), preface=preface)
    for head in text.subheads:
        if (head.body or _is_told(head)) and not found(lexicon.guiding, head.title):
            taken = any(found(a.heading, head.title) for a in lexicon.aspects)
            inside, behind = _own_points(head)
            for sentence in (head.title, *inside):
                yield _Said(tuple(clauses(sentence)), aside=structured and taken)
            yield from (_Said(tuple(clauses(s))) for s in behind)


def _own_points(head: Subhead) -> tuple[list[str], list[str]]:
    """The sentences under a heading, and those from a point on that goes on its numbering.

    Behind “（三）…” a sentence “四是…” is the next point of the report, unless “三是…” stands
    between them.
    """
    said = sentences(head.body)
    number = head.ordinal.number or 0
    points = [small_number(m[1]) if (m := _POINT.match(s)) else None for s in said]
    first = next((i for i, p in enumerate(points) if p is not None), None)
    if first is None or not 1 < number + 1 == points[first]:
        return said, []
    return said[:first], said[first:]


@evaluate.register
def _(rule: AccountabilityRule, context: CheckContext) -> KindResult:
    report = context.report
    if report.empty_form:
        return KindResult(not_judged=EMPTY_FORM)
    kind = report.identity.kind_of_body
    if kind is None:
        return KindResult(not_judged="看不出报告主体是不是人民政府，请人工核对这三项。")
    if kind not in rule.kinds:
        return KindResult()
    skipped = (*rule.not_in, "introduction")
    texts = [t for t in context.section_texts if t.section.id not in skipped]
    whole = "\n".join(t.text for t in texts)
    if not whole.strip():
        return KindResult()
    topics = load_lexicon().accountability
    said = [_results(s, report.identity.year) for s in sentences(whole)]
    told = [s for s in said if not (_names_all(topics, s) and _tells_nothing(s))]
    missing = [t.label for t in topics if not any(found(t.wording, s) for s in told)]
    if not missing:
        return KindResult(tests=len(topics))
    first = next((t.section for t in texts if t.section.id == "overview"), texts[0].section)
    draft = Draft(
        values={"topics": "、".join(missing)},
        evidence=(heading_evidence(context, first),),
        lacks_in=(ANYWHERE,),
    )
    return KindResult(drafts=(draft,), tests=len(topics))


def _names_all(topics: Sequence[Topic], sentence: str) -> bool:
    return all(found(t.wording, sentence) for t in topics)


def _results(sentence: str, year: int | None) -> str:
    """The sentence up to where it turns to plans: 下一步…, or the year behind with 将."""
    lexicon = load_lexicon()
    if match := found(lexicon.planned, sentence):
        sentence = sentence[: match.start()]
    coming = "" if year is None else f"{year + 1}年"
    before, named, after = sentence.partition(coming) if coming else (sentence, "", "")
    return before if named and found(lexicon.will, after) else sentence
