"""Pages that only name a report: the report itself is in an attachment, a frame or a picture."""

import re
from itertools import pairwise

from checker.domain.document import Paragraph
from checker.domain.report import AnnualReport

_ATTACHED = re.compile(r"^\s*附件|附件下载|\.(?:pdf|docx?|wps|ofd|xlsx?|zip|rar|jpe?g|png)\b", re.I)
_SENTENCES = 1  # 现将……公布如下。


def report_elsewhere(report: AnnualReport) -> str:
    """What holds the report in place of this text, in words for the user; empty when none does.

    Only a title without sections, tables and sentences points elsewhere: a report that lacks its
    tables is judged as it is.

    Args:
        report: as assembled.
    """
    document = report.document
    if report.tables or report.sections or report.identity.title is None or document.image_pages:
        return ""
    paragraphs = [b for b in document.blocks if isinstance(b, Paragraph)]
    if len(document.tables) or sum(_sentences(b.text) for b in paragraphs) > _SENTENCES:
        return ""
    if any(_ATTACHED.search(line) for b in paragraphs for line in b.text.splitlines()):
        return "附件"
    return "图片或嵌入的文件" if document.pictures else ""


def _sentences(text: str) -> int:
    """How many full stops have words before them."""
    stops = [-1, *(i for i, ch in enumerate(text) if ch == "。")]
    return sum(after - before > 1 for before, after in pairwise(stops))
