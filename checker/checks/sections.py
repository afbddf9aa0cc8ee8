"""Checks of the sections: there, in order, titled as prescribed, not empty, not too long."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from checker.assemble.image_pages import pages_between, pages_of, told_pages
from checker.assemble.passages import EMPTY_FORM, SectionText
from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.domain.finding import Evidence, TextEvidence
from checker.domain.report import Section
from checker.rulebook import SectionSpec
from checker.rulebook.kinds_structure import (
    LengthRule,
    SectionContentRule,
    SectionsPresentRule,
    SectionTitlesRule,
    TitlePartsRule,
)

NO_SECTION = "没有认出任何一个部分的标题，无法核对。"
_LEAST_SECTIONS = 2  # with fewer found, our reading is more suspect than the report


def shown(spec: SectionSpec) -> str:
    """A section as messages name it."""
    return f"“{spec.ordinal}、{spec.label}”"


def printed(context: CheckContext, section: Section) -> str:
    """A heading as printed, on one line."""
    text = context.report.document.text[section.locator.start : section.locator.end]
    return f"“{''.join(text.split()).rstrip('。：:；;，,．.')}”"


def section_texts(context: CheckContext, section: str) -> tuple[SectionText, ...]:
    """The texts of all sections of that id; a part printed in two is two sections."""
    return tuple(t for t in context.section_texts if t.section.id == section)


def text_length(texts: Iterable[SectionText]) -> int:
    """Characters of what is written, white space and tables not counted."""
    return sum(len("".join(p.text for p in t.passages)) for t in texts)


def heading_evidence(context: CheckContext, section: Section) -> TextEvidence:
    """The heading of a section as evidence."""
    return context.text_evidence(section.locator, section.id)


def named_sections(context: CheckContext) -> tuple[Section, ...]:
    """All headings of first rank."""
    return tuple(s for s in context.report.sections if s.id != "introduction")


@evaluate.register
def _(rule: SectionsPresentRule, context: CheckContext) -> KindResult:
    if context.report.empty_form:
        return KindResult(not_judged=EMPTY_FORM)
    have = {s.id for s in context.report.sections}
    missing = [s for s in context.form.sections if s.id not in have]
    found = [s for s in named_sections(context) if s.id is not None]
    pages = {s.id: _unread_pages(s, found, context) for s in missing}
    open_ = [s for s in missing if pages[s.id]]
    untitled = [s for s in missing if s not in open_ and context.report.table(s.id) is not None]
    absent = [s for s in missing if s not in untitled and s not in open_]
    drafts: list[Draft] = []
    if absent:
        sure = len(found) >= _LEAST_SECTIONS
        drafts.append(
            Draft(
                values={"sections": "、".join(map(shown, absent))},
                evidence=_around(absent, found, context),
                verdict="fail" if sure else "review",
            )
        )
    if untitled:
        drafts.append(
            Draft(
                values={"sections": "、".join(map(shown, untitled))},
                evidence=_around(untitled, found, context),
                verdict="review",
                severity="warning",
                message=rule.untitled_message,
            )
        )
    reason = ""
    if open_:
        unread = told_pages(sorted({p for s in open_ for p in pages[s.id]}))
        names = "、".join(map(shown, open_))
        reason = f"没有找到标题{names}，但{unread}，不能断定缺少。"
    tests = len(context.form.sections) - len(open_)
    return KindResult(drafts=tuple(drafts), tests=tests, not_judged=reason)


def _unread_pages(
    missing: SectionSpec, found: Sequence[Section], context: CheckContext
) -> tuple[int, ...]:
    """The image pages between the headings around the place of a section."""
    order = [s.id for s in context.form.sections]
    rank = order.index(missing.id)
    places = [(order.index(s.id), s.locator) for s in found if s.id in order]
    before = [p for r, p in places if r < rank]
    behind = [p for r, p in places if r > rank]
    return pages_between(
        context.report.document, before[-1] if before else None, behind[0] if behind else None
    )


def _around(
    missing: Sequence[SectionSpec], found: Sequence[Section], context: CheckContext
) -> tuple[Evidence, ...]:
    """The headings between which the missing sections belong, in document order."""
    order = [s.id for s in context.form.sections]
    near: list[Section] = []
    for spec in missing:
        rank = order.index(spec.id)
        before = [s for s in found if s.id is not None and order.index(s.id) < rank]
        behind = [s for s in found if s.id is not None and order.index(s.id) > rank]
        near += [*before[-1:], *behind[:1]]
    return tuple(heading_evidence(context, s) for s in found if s in near)


@evaluate.register
def _(rule: SectionTitlesRule, context: CheckContext) -> KindResult:
    if context.report.empty_form:
        return KindResult(not_judged=EMPTY_FORM)
    sections = named_sections(context)
    if not sections:
        return KindResult(not_judged=NO_SECTION)
    specs = {s.id: s for s in context.form.sections}
    faults: list[str] = []
    evidence: list[Evidence] = []
    for section in sections:
        if section.id is None:
            faults.append(f"{printed(context, section)}不是规定的部分")
        elif not section.official_title:
            faults.append(f"{printed(context, section)}应为{shown(specs[section.id])}")
        else:
            continue
        evidence.append(heading_evidence(context, section))
    for early, late in _misplaced(sections, [s.id for s in context.form.sections]):
        faults.append(f"{printed(context, late)}排在{printed(context, early)}之后")
        evidence.append(heading_evidence(context, late))
    if not faults:
        return KindResult(tests=len(sections))
    draft = Draft(values={"faults": "；".join(faults)}, evidence=tuple(evidence))
    return KindResult(drafts=(draft,), tests=len(sections))


def _misplaced(
    sections: Sequence[Section], order: Sequence[str]
) -> Iterator[tuple[Section, Section]]:
    """Sections that stand behind one that should come later; the first of each id counts."""
    seen: list[Section] = []
    for section in sections:
        if section.id is None or section.id in [s.id for s in seen]:
            continue
        rank = order.index(section.id)
        later = [s for s in seen if s.id is not None and order.index(s.id) > rank]
        if later:
            yield later[-1], section
        seen.append(section)


@evaluate.register
def _(rule: SectionContentRule, context: CheckContext) -> KindResult:
    if context.report.empty_form:
        return KindResult(not_judged=EMPTY_FORM)
    # A section that should hold a table and has nothing is told once, by F102.
    elsewhere = {None, "introduction", *(t.section for t in context.form.tables)}
    known = [t for t in context.section_texts if t.section.id not in elsewhere]
    empty = [t.section for t in known if _is_empty(context, t)]
    unread = [s for s in empty if s.id and pages_of(context.report, s.id)]
    drafts = [
        Draft(
            values={"sections": "、".join(printed(context, s) for s in some)},
            evidence=tuple(heading_evidence(context, s) for s in some),
            lacks_in=tuple(s.id for s in some if s.id) if some is unread else (),
        )
        for some in (unread, [s for s in empty if s not in unread])
        if some
    ]
    return KindResult(drafts=tuple(drafts), tests=len(known))


def _is_empty(context: CheckContext, text: SectionText) -> bool:
    """Nothing but the title; a heading that comes again with text is one section in two parts."""
    parts = section_texts(context, text.section.id or "")
    return text.is_empty and all(t.is_empty for t in parts)


@evaluate.register
def _(rule: LengthRule, context: CheckContext) -> KindResult:
    texts = section_texts(context, rule.section)
    if not texts or context.report.empty_form:
        return KindResult(not_judged=EMPTY_FORM if context.report.empty_form else "")
    length = text_length(texts)
    if 100 * length <= rule.limit * (100 + rule.tolerance):
        return KindResult(tests=1)
    values: dict[str, str | int | Decimal] = {
        "section": printed(context, texts[0].section),
        "length": length,
        "limit": rule.limit,
    }
    draft = Draft(
        values=values,
        evidence=(heading_evidence(context, texts[0].section),),
        verdict="review",
        lacks_in=(rule.section,),  # its end, where the next heading was not read
    )
    return KindResult(drafts=(draft,), tests=1)


@evaluate.register
def _(rule: TitlePartsRule, context: CheckContext) -> KindResult:
    report = context.report
    if report.empty_form:
        return KindResult(not_judged=EMPTY_FORM)
    if report.identity.title is None:
        draft = Draft(
            values={},
            evidence=(),
            verdict="review",
            message=rule.absent_message,
            lacks_in=("introduction",),
        )
        return KindResult(drafts=(draft,), tests=1)
    stated = {e.field for e in report.identity.evidence if e.source == "标题"}
    lacking = [
        word for field, word in (("year", "年份"), ("agency", "机关名称")) if field not in stated
    ]
    if not lacking:
        return KindResult(tests=2)
    places = [e.locator for e in report.identity.evidence if e.field == "title"]
    evidence = tuple(context.text_evidence(p) for p in places if p is not None)
    values = {"title": report.identity.title, "lacking": "和".join(lacking)}
    return KindResult(drafts=(Draft(values=values, evidence=evidence),), tests=2)
