"""Checks of what the overview has to write about: five aspects, and three more of a government.

They judge whether something is written about at all, never how well. A sentence that only
professes a guideline does not count.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.checks.passages import EMPTY_FORM, SectionText, clauses, sentences
from checker.checks.sections import heading_evidence, printed, section_texts
from checker.rulebook.kinds_structure import AccountabilityRule, AspectsRule
from checker.rulebook.lexicon import Topic, found, load_lexicon, without

_STRUCTURED = 3  # from so many aspects with headings of their own on, the headings divide the text


class _Said(NamedTuple):
    """A statement; ``aside`` when it stands where another aspect is written about."""

    text: str
    aside: bool


@evaluate.register
def _(rule: AspectsRule, context: CheckContext) -> KindResult:
    if context.report.empty_form:
        return KindResult(not_judged=EMPTY_FORM)
    texts = [t for t in section_texts(context, rule.section) if not t.is_empty]
    if not texts:
        return KindResult()
    aspects = load_lexicon().aspects
    structured = sum(_headed(a, texts) for a in aspects) >= _STRUCTURED
    statements = [s for t in texts for s in _statements(t, structured=structured)]
    missing = [a for a in aspects if not _covered(a, texts, statements)]
    if not missing:
        return KindResult(tests=len(aspects))
    bare = [a for a in missing if _headed(a, texts)]
    names = [f"{a.label}（有标题、没有内容）" if a in bare else a.label for a in missing]
    values: dict[str, str | int | Decimal] = {
        "section": printed(context, texts[0].section),
        "aspects": "、".join(names),
        "count": len(missing),
    }
    draft = Draft(
        values=values,
        evidence=tuple(heading_evidence(context, t.section) for t in texts),
        severity="error" if len(missing) >= rule.error_from else None,
    )
    return KindResult(drafts=(draft,), tests=len(aspects))


def _headed(aspect: Topic, texts: Sequence[SectionText]) -> bool:
    return any(found(aspect.heading, h.title) for t in texts for h in t.subheads)


def _covered(aspect: Topic, texts: Sequence[SectionText], statements: Sequence[_Said]) -> bool:
    """A sub-heading with text under it, or a sentence that is about the aspect."""
    if _left_empty(aspect, texts):
        return False
    for text in texts:
        for head in text.subheads:
            if found(aspect.heading, head.title) and head.body.strip("。,;:"):
                return True
    return any(
        found(aspect.wording, said.text) or (not said.aside and found(aspect.weak, said.text))
        for said in statements
    )


def _left_empty(aspect: Topic, texts: Sequence[SectionText]) -> bool:
    """The aspect has numbered headings of its own, word for word, and no text under any."""
    noise = load_lexicon().topic_noise
    topic = without(noise, aspect.label)
    own = [
        h
        for t in texts
        for h in t.subheads
        if h.ordinal.number is not None and without(noise, h.title) == topic
    ]
    return bool(own) and not any(h.body.strip("。,;:") for h in own)


def _statements(text: SectionText, *, structured: bool) -> Iterator[_Said]:
    """What is said; of professing sentences in the opening only clauses that tell a fact."""
    lexicon = load_lexicon()
    opening = "\n".join(p.text for p in text.opening)
    if not text.subheads:
        professed, stated = sentences(opening)[:1], sentences(opening)[1:]
    else:
        professed, stated = sentences(opening), []
    for sentence in professed:
        if found(lexicon.guiding, sentence):
            facts = [c for c in clauses(sentence) if found(lexicon.facts, c)]
            yield from (_Said(c, aside=structured) for c in facts)
        else:
            yield _Said(sentence, aside=structured)
    yield from (_Said(s, aside=structured) for s in stated)
    for head in text.subheads:
        if head.body and not found(lexicon.guiding, head.title):
            taken = any(found(a.heading, head.title) for a in lexicon.aspects)
            yield _Said(f"{head.title},{head.body}", aside=structured and taken)


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
    missing = [t.label for t in topics if not any(found(t.wording, s) for s in sentences(whole))]
    if not missing:
        return KindResult(tests=len(topics))
    first = next((t.section for t in texts if t.section.id == "overview"), texts[0].section)
    draft = Draft(
        values={"topics": "、".join(missing)}, evidence=(heading_evidence(context, first),)
    )
    return KindResult(drafts=(draft,), tests=len(topics))
