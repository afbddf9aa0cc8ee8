"""Places of wordings in a report: which block and section they stand in, how messages show them."""

from bisect import bisect_right
from collections.abc import Sequence

from checker.checks.context import CheckContext
from checker.domain.document import Document, Table
from checker.domain.finding import TextEvidence
from checker.domain.locator import Locator
from checker.domain.report import AnnualReport, SectionId

MOST_PLACES = 20
"""Evidence of one finding; a fault that is everywhere need not be listed whole."""
_MOST_QUOTES = 3
_QUOTE = 60


def place_at(document: Document, start: int, end: int) -> Locator:
    """The place of a part of the text that begins in a block."""
    index = max(bisect_right(document.blocks, start, key=lambda b: b.locator.start) - 1, 0)
    block = document.blocks[index]
    if isinstance(block, Table):
        for cell in block.cells:
            if cell.locator.start <= start < cell.locator.end:
                return cell.locator.part(start, end)
    return block.locator.part(start, end)


def section_at(report: AnnualReport, offset: int) -> SectionId | None:
    """The section that a place lies in; None in front of the first one."""
    before = [s for s in report.sections if s.locator.start <= offset]
    return before[-1].id if before else None


def evidence_at(context: CheckContext, start: int, end: int) -> TextEvidence:
    """A part of the text as evidence."""
    place = place_at(context.report.document, start, end)
    return context.text_evidence(place, section_at(context.report, start))


def section_name(context: CheckContext, section: str | None) -> str:
    """A section as messages name it."""
    label = next((s.label for s in context.form.sections if s.id == section), "")
    if label:
        return f"“{label}”部分"
    return "引言" if section == "introduction" else "正文"


def shortened(text: str) -> str:
    """A quotation on one line, its end left out when it is long.

    Braces become wide ones: a message must never look like a template that was not filled in.
    """
    line = " ".join(text.split()).replace("{", "｛").replace("}", "｝")
    return line if len(line) <= _QUOTE else f"{line[:_QUOTE]}……"


def quoted(texts: Sequence[str]) -> str:
    """Quotations as messages list them: each once, the first few, then how many there are."""
    different = list(dict.fromkeys(shortened(t) for t in texts))
    listed = "、".join(f"“{t}”" for t in different[:_MOST_QUOTES])
    rest = len(different) - _MOST_QUOTES
    return f"{listed}等{len(different)}处" if rest > 0 else listed
