"""Document → AnnualReport: who, when, which form, the sections, the cells of the tables."""

from checker.assemble.contents import contents_of
from checker.assemble.identity import find_identity
from checker.assemble.one_report import first_report
from checker.assemble.pictures import picture_doubts, pictured
from checker.assemble.sections import find_sections
from checker.assemble.tables import empty_everywhere, find_tables, unfilled
from checker.assemble.text_lines import text_lines
from checker.domain.document import Document
from checker.domain.report import AnnualReport
from checker.rulebook import form_of_report, load_forms

__all__ = ["assemble"]


def assemble(document: Document) -> AnnualReport:
    """Understand a document as an annual report.

    Whatever is not in the document is None or absent in the result; nothing is repaired.
    """
    document, lines, others = first_report(document, text_lines(document))
    contents = contents_of(document, lines)
    listed = {place.start for place in contents}
    lines = tuple(x for x in lines if x.start not in listed)
    sections = find_sections(document, lines)
    first = find_identity(document, lines, sections.sections, "unknown")
    found = find_tables(document, sections.sections, year=first.identity.year)
    identity = first.identity.model_copy(update={"form": found.form})
    nobodys = identity.agency is None and identity.year is None
    empty_form = nobodys and empty_everywhere(found.tables)
    if empty_form:
        found = unfilled(found)
    report = AnnualReport(
        document=document,
        identity=identity,
        sections=sections.sections,
        tables=found.tables,
        contents=contents,
        empty_form=empty_form,
        doubts=(*others, *sections.doubts, *first.doubts, *found.doubts),
    )
    form = form_of_report(load_forms(), report)
    unread = tuple(picture_doubts(pictured(report, form), form))
    return report.model_copy(update={"doubts": (*report.doubts, *unread)}) if unread else report
