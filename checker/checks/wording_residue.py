"""Check for what templates and generating programs leave behind: placeholders, notes, marks.

Figures that were never filled in are told by rule A107 and left out here; so are the cells of the
statutory tables, whose words other rules tell. The official empty form is not judged.
"""

from collections.abc import Iterator, Set

from checker.assemble.passages import EMPTY_FORM
from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.checks.wording_places import MOST_PLACES, evidence_at, quoted
from checker.domain.document import Document
from checker.domain.report import AnnualReport
from checker.rulebook.kinds_wording import ResidueRule
from checker.rulebook.wording import ResidueKind, all_matches, load_residue

_MARKDOWN_NAMES = (".md", ".markdown")


@evaluate.register
def _(rule: ResidueRule, context: CheckContext) -> KindResult:
    report = context.report
    if report.empty_form:
        return KindResult(not_judged=EMPTY_FORM)
    start, end = _own_text(report)
    text = report.document.text[start:end]
    tables = _statutory_tables(report)
    present = load_residue().vocabulary.present(text)
    drafts: list[Draft] = []
    for kind in load_residue().kinds:
        if kind.markdown and _is_markdown(report.document):
            continue
        spans = [(start + s, start + e) for s, e in _spans(kind, text, present)]
        told = [(s, e) for s, e in spans if not any(a <= s < b for a, b in tables)]
        if told:
            evidence = [evidence_at(context, *span) for span in told[:MOST_PLACES]]
            values = {"kind": kind.name, "quotes": quoted([e.quote for e in evidence])}
            drafts.append(Draft(values=values, evidence=tuple(evidence)))
    return KindResult(drafts=tuple(drafts), tests=len(load_residue().kinds))


def _own_text(report: AnnualReport) -> tuple[int, int]:
    """From the title to the end of the last section; what a web page adds lies outside."""
    blocks = report.document.blocks
    titles = [
        e.locator.start
        for e in report.identity.evidence
        if e.field == "title" and e.locator is not None
    ]
    starts = [*titles, *(s.locator.start for s in report.sections)]
    ends = [blocks[s.last_block - 1].locator.end for s in report.sections if s.last_block]
    return min(starts, default=0), max(ends, default=len(report.document.text))


def _statutory_tables(report: AnnualReport) -> list[tuple[int, int]]:
    blocks = report.document.blocks
    places = [blocks[i].locator for t in report.tables for i in t.blocks]
    return [(p.start, p.end) for p in places]


def _is_markdown(document: Document) -> bool:
    """Whether marks belong to the file: its name says so. A page or a letter has none."""
    return document.source.name.lower().endswith(_MARKDOWN_NAMES)


def _spans(kind: ResidueKind, text: str, present: Set[str]) -> Iterator[tuple[int, int]]:
    """Places of one kind, none told twice."""
    last = 0
    for start, end in sorted(m.span() for m in all_matches(kind.wordings, text, present)):
        if start >= last:
            last = end
            yield start + len(text[start:end]) - len(text[start:end].lstrip()), end
