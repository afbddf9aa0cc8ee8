"""Checks of the documents a report names: superseded ones, 文号, and what numbers belong to."""

import re
from collections.abc import Iterator, Sequence

from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.checks.references import Reference, references
from checker.checks.sentences import Narrative, Span, matches, narratives, unreadable
from checker.domain.finding import TextEvidence
from checker.rulebook.documents import AnnualPoints, KnownDocument, load_documents, parse_number
from checker.rulebook.kinds_legal import DocumentNumberRule, SupersededBasisRule
from checker.rulebook.lexicon import found

_LEAST_TITLE = 8  # characters; shorter ones such as 《通知》 stand for a title printed before

_NATIONAL = ("国办", "国务院")
_TITLE_ALONE = re.compile(r"(?P<shown>《(?P<title>[^《》]{8,60})》)(?!\"?\([^()]{0,20}号)")


@evaluate.register
def _(rule: SupersededBasisRule, context: CheckContext) -> KindResult:
    open_point = unreadable(context, needs_year=True)
    if open_point is not None:
        return open_point
    year = context.report.identity.year or 0
    known = load_documents().documents
    old = [d for d in known if d.last_year is not None and d.last_year < year]
    drafts: list[Draft] = []
    tests = 0
    for reference in references(context):
        tests += 1
        drafts += _too_early(rule, context, reference, year=year)
        document = next((d for d in old if reference.is_number(d.parts)), None)
        if document is None or _is_history(rule, reference.narrative, reference.span, document):
            continue
        values: dict[str, str | int] = {
            "number": reference.printed,
            "since": (document.last_year or 0) + 1,
            "by": document.superseded_by,
        }
        evidence = reference.narrative.evidence(context, reference.span)
        drafts.append(Draft(values=values, evidence=(evidence,)))
    drafts += _old_regulation(rule, context)
    drafts += _titles_alone(rule, context, old)
    return KindResult(drafts=tuple(drafts), tests=max(tests, 1))


def _is_history(
    rule: SupersededBasisRule, narrative: Narrative, span: Span, document: KnownDocument
) -> bool:
    """Whether the sentence speaks of the past, or names what is in force as well."""
    sentence = narrative.text[slice(*narrative.sentence(*span))]
    by = parse_number(document.superseded_by)
    mark = f"第{by.serial}号" if by.year is None else f"{by.year}〕{by.serial}号"
    return mark in sentence or found(rule.history, sentence) is not None


def _too_early(
    rule: SupersededBasisRule, context: CheckContext, reference: Reference, *, year: int
) -> Iterator[Draft]:
    """A document that applies to later report years only; a person decides if it is the basis."""
    for document in load_documents().documents:
        since = document.first_year
        if since is None or since <= year or not reference.is_number(document.parts):
            continue
        narrative = reference.narrative
        sentence = narrative.text[slice(*narrative.sentence(*reference.span))]
        if not found(rule.early_not, sentence):
            yield Draft(
                values={"number": reference.printed, "since": since, "year": year},
                evidence=(narrative.evidence(context, reference.span),),
                verdict="review",
                severity="warning",
                message=rule.early_message,
            )


def _old_regulation(rule: SupersededBasisRule, context: CheckContext) -> Iterator[Draft]:
    """The old regulation as the basis, told by its articles or by its years."""
    for narrative in narratives(context):
        if "条例" not in narrative.text:
            continue
        for match in matches(rule.articles, narrative.text):
            if not found(rule.history, _sentence(narrative, match)):
                yield _told(context, narrative, match, rule.article_message)
        for match in matches(rule.editions, narrative.text):
            sentence = _sentence(narrative, match)
            if not found(rule.history, sentence) and not found(rule.edition_not, sentence):
                yield _told(context, narrative, match, rule.edition_message)


def _sentence(narrative: Narrative, match: re.Match[str]) -> str:
    return narrative.text[slice(*narrative.sentence(*match.span()))]


def _told(context: CheckContext, narrative: Narrative, match: re.Match[str], message: str) -> Draft:
    evidence = narrative.evidence(context, Span(*match.span()))
    values = {"quote": "".join(evidence.quote.split())}
    return Draft(values=values, evidence=(evidence,), message=message)


def _titles_alone(
    rule: SupersededBasisRule, context: CheckContext, old: Sequence[KnownDocument]
) -> Iterator[Draft]:
    """The title of a superseded document that no current one shares, without any number."""
    known = load_documents().documents
    current = {k.only for k in known if not any(k is d for d in old)}
    own = [d for d in old if d.only and d.only not in current]
    for narrative in narratives(context) if own else ():
        for match in _TITLE_ALONE.finditer(narrative.text):
            document = next((d for d in own if found(d.only, match["title"])), None)
            if document is None or found(rule.history, _sentence(narrative, match)):
                continue
            evidence = narrative.evidence(context, Span(*match.span("shown")))
            values: dict[str, str | int] = {
                "title": "".join(evidence.quote.split()),
                "number": document.number,
                "since": (document.last_year or 0) + 1,
                "by": document.superseded_by,
            }
            yield Draft(
                values=values,
                evidence=(evidence,),
                verdict="review",
                severity="warning",
                message=rule.title_message,
            )


@evaluate.register
def _(rule: DocumentNumberRule, context: CheckContext) -> KindResult:
    open_point = unreadable(context)
    if open_point is not None:
        return open_point
    drafts: list[Draft] = []
    told: set[str] = set()
    tests = 0
    for reference in references(context):
        tests += 1
        if reference.printed in told:
            continue
        draft = _irregular(context, reference) or _mismatched(rule, context, reference)
        if draft is not None:
            told.add(reference.printed)
            drafts.append(draft)
    return KindResult(drafts=tuple(drafts), tests=max(tests, 1))


def _quoted(context: CheckContext, reference: Reference) -> TextEvidence:
    return reference.narrative.evidence(context, reference.span)


def _irregular(context: CheckContext, reference: Reference) -> Draft | None:
    if not reference.flaws:
        return None
    evidence = _quoted(context, reference)
    values = {"number": "".join(evidence.quote.split()), "flaws": "，".join(reference.flaws)}
    return Draft(values=values, evidence=(evidence,), verdict="review")


def _mismatched(
    rule: DocumentNumberRule, context: CheckContext, reference: Reference
) -> Draft | None:
    """A number of one document behind the title of another, as far as both are known."""
    title = reference.title
    if len(title) < _LEAST_TITLE:
        return None
    owner = _owner(reference)
    unsure = ""
    if owner is not None:
        unsure = "" if _checked(owner) else rule.unchecked
        fits = found(owner.named, title) if isinstance(owner, KnownDocument) else "要点" in title
        told = "" if fits else f"{owner.number}是{_shown(owner)}的文号"
    else:
        documents = _only_documents(reference)
        own = "或".join(d.number for d in documents)
        told = f"这份文件的文号是{own}" if own else ""
        unsure = "" if all(map(_checked, documents)) else rule.unchecked
    if not told:
        return None
    values = {"title": f"《{title}》", "number": reference.printed, "right": told + unsure}
    return Draft(
        values=values,
        evidence=(_quoted(context, reference),),
        verdict="review",
        message=rule.mismatch_message,
        fix_hint=rule.mismatch_fix_hint,
    )


def _owner(reference: Reference) -> KnownDocument | AnnualPoints | None:
    known = load_documents()
    every: tuple[KnownDocument | AnnualPoints, ...] = (*known.documents, *known.annual_points)
    return next((d for d in every if reference.is_number(d.parts)), None)


def _checked(document: KnownDocument | AnnualPoints) -> bool:
    """Whether its number was held against the document itself."""
    return not isinstance(document, KnownDocument) or document.checked


def _only_documents(reference: Reference) -> tuple[KnownDocument, ...]:
    """The documents of which the title can be one, when the number is not theirs."""
    if not reference.code.startswith(_NATIONAL):
        return ()
    documents = load_documents().documents
    return tuple(d for d in documents if found(d.only, reference.title))


def _shown(owner: KnownDocument | AnnualPoints) -> str:
    return f"《{owner.title}》" if isinstance(owner, KnownDocument) else f"{owner.year}年工作要点"
