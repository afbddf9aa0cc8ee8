"""Text that nobody sees and that says what a report says: figures, sentences, whole tables.

What a website hides of its own furniture, and copies of what the page shows, are left alone.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from checker.assemble.fold import fold_text
from checker.checks.context import CheckContext, Draft
from checker.checks.hidden_rows import HiddenRows, hidden_rows
from checker.checks.wording_places import MOST_PLACES, evidence_at, quoted
from checker.domain.document import HiddenText, Table
from checker.domain.finding import TextEvidence
from checker.domain.report import AnnualReport
from checker.rulebook.kinds_wording import ConcealedRule
from checker.rulebook.late import late_regex
from checker.rulebook.wording import compiled, load_machine_address

_MANY: Final = 200  # hidden texts from which only whole clauses are looked for on the page
_NEIGHBOUR: Final = 24  # characters of visible text by which a hidden one is located
_MOST_ROWS: Final = 3  # of a table that are named
_CHINESE: Final = late_regex(r"[\u4e00-\u9fff]")
_CLAUSE: Final = re.compile(r"[。;!?,:|>]|\s")


class _Visible(NamedTuple):
    """What the page shows.

    Attributes:
        text: folded; empty where so much is hidden that a search for every piece would take long.
        clauses: its folded clauses.
    """

    text: str
    clauses: frozenset[str]


def unseen(
    rule: ConcealedRule, hidden: Sequence[HiddenText], context: CheckContext
) -> Iterator[Draft]:
    """Statements that the page does not show."""
    if not hidden:
        return
    page = fold_text(context.report.document.text)
    visible = _Visible(page, frozenset(map(fold_text, _CLAUSE.split(context.report.document.text))))
    short = visible if len(hidden) <= _MANY else visible._replace(text="")
    told = [h for h in hidden if _is_statement(h, short, context)]
    for found in hidden_rows(context.report.document, context.form):
        texts = [h for h in found.texts if h not in told]
        if texts or found.most:
            told = [h for h in told if h not in found.texts]
            yield _of_a_table(rule, found, context)
    if told:
        values = {
            "reasons": _reasons(rule, told),
            "quotes": quoted([" ".join(h.text for h in row) for row in _by_row(told)]),
        }
        evidence = tuple(neighbour(h, context) for h in told[:MOST_PLACES])
        yield Draft(values=values, evidence=evidence, verdict="review", message=rule.hidden_message)


def _reasons(rule: ConcealedRule, told: Sequence[HiddenText]) -> str:
    return "、".join(dict.fromkeys(rule.reasons[h.reason] for h in told))


def _of_a_table(rule: ConcealedRule, found: HiddenRows, context: CheckContext) -> Draft:
    """Rows of an official table that the page does not show."""
    names = "、".join(f"“{name}”" for name in found.rows[:_MOST_ROWS])
    more = f"等{len(found.rows)}行" if len(found.rows) > _MOST_ROWS else "行"
    values = {
        "reasons": _reasons(rule, found.texts),
        "ordinal": context.form.table(found.table).ordinal,
        "rows": f"的{names}{more}" if names else "",
    }
    evidence = (neighbour(found.texts[0], context),)
    return Draft(values=values, evidence=evidence, verdict="review", message=rule.table_message)


def _by_row(told: Sequence[HiddenText]) -> Iterator[Sequence[HiddenText]]:
    """Hidden texts; those in the cells of one row together."""
    for _, group in groupby(enumerate(told), lambda pair: _row_of(pair[1]) or (pair[0],)):
        yield [h for _, h in group]


def _row_of(hidden: HiddenText) -> tuple[int | None, int, str] | None:
    place = hidden.locator
    return None if place.row is None else (place.block, place.row, hidden.reason)


def neighbour(hidden: HiddenText, context: CheckContext) -> TextEvidence:
    """The visible text at the place of a hidden one, which itself has no place on the page."""
    text = context.report.document.text
    start = hidden.locator.start
    start += len(text[start:]) - len(text[start:].lstrip())
    if start >= len(text):
        start = len(text[: hidden.locator.start].rstrip()) - _NEIGHBOUR
    start = max(start, 0)
    end = text.find("\n", start, start + _NEIGHBOUR)
    return evidence_at(context, start, end if end > start else min(start + _NEIGHBOUR, len(text)))


def _is_statement(hidden: HiddenText, visible: _Visible, context: CheckContext) -> bool:
    """Whether a hidden text says something that the page does not and that is no template's.

    Comments of a web page are never shown to anybody. Pages hide menus, notices and copies of
    their own text; there only what speaks of the matters of the report counts, figures in its
    tables, and headings and sentences between its lines. A letter has no template: there every
    word counts, however short.
    """
    report = context.report
    if hidden.reason == "comment":
        return False
    letter = report.document.source.kind == "docx"
    said = list(_said(hidden.text, visible, letter=letter))
    if letter:
        return any(c.isalnum() for text in said for c in text)
    if _in_table(report, hidden) and any(c.isdigit() for text in said for c in text):
        return True
    if report.document.source.kind == "html":
        sentences = "。" in hidden.text
        if _is_of_the_report(said, whole_sentences=sentences):
            return True
        return (sentences and _between_lines(hidden, said, report)) or _is_heading(said, context)
    words = load_machine_address().hidden
    whole = "".join(said)
    return bool(compiled(words.figure).search(whole) or len(_CHINESE.findall(whole)) >= words.least)


def _said(hidden: str, visible: _Visible, *, letter: bool) -> Iterator[str]:
    """The clauses of a hidden text that are neither of a template nor on the page as well.

    A word or two of a letter are on its page only where they stand there alone.
    """
    words = load_machine_address().hidden
    for clause in _CLAUSE.split(hidden):
        piece = fold_text(clause)
        templates = any(compiled(f).search(piece.lower()) for f in words.furniture)
        whole = letter and len(piece) < words.least
        shown = piece in visible.clauses or (not whole and piece in visible.text)
        if piece and not templates and not (shown and not piece.isdigit()):
            yield piece


def _is_of_the_report(clauses: Sequence[str], *, whole_sentences: bool) -> bool:
    """Whether a page hides what belongs in the report: figures or sentences on its matters."""
    words = load_machine_address().hidden
    for clause in clauses:
        if compiled(words.subjects).search(clause):
            long = whole_sentences and len(_CHINESE.findall(clause)) >= words.least
            if long or compiled(words.figure).search(clause):
                return True
    return False


def _between_lines(hidden: HiddenText, said: Sequence[str], report: AnnualReport) -> bool:
    """Whether sentences stand among those of the report, where no template puts its own."""
    numbered = [s for s in report.sections if s.ordinal is not None]
    if not numbered or numbered[0].first_block >= len(report.document.blocks):
        return False
    first = report.document.blocks[numbered[0].first_block].locator.end
    if not first <= hidden.locator.start < numbered[-1].locator.start:
        return False
    long = load_machine_address().hidden.least
    return any(len(_CHINESE.findall(clause)) >= long for clause in said)


def _is_heading(said: Sequence[str], context: CheckContext) -> bool:
    """Whether the heading of a section is hidden."""
    headings = [fold_text(f"{s.ordinal}、{s.label}") for s in context.form.sections]
    return any(heading in clause for clause in said for heading in headings)


def _in_table(report: AnnualReport, hidden: HiddenText) -> bool:
    """Whether the text stands in a table.

    The tables of a page may be those of its site: there only cells of a statutory one count.
    """
    blocks, index = report.document.blocks, hidden.locator.block
    if report.document.source.kind == "html":
        return hidden.locator.row is not None and any(index in t.blocks for t in report.tables)
    return index < len(blocks) and isinstance(blocks[index], Table)
