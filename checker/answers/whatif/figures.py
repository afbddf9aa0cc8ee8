"""Which figure of the narrative a supposition is about, and how the new one is printed there."""

import re
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Final

from checker.answers.locate import find_lines
from checker.answers.parse import Question
from checker.answers.types import Change
from checker.answers.view import View
from checker.assemble.numerals import parse_chinese_numeral
from checker.checks.operands import number
from checker.domain.claim import Claim

_FIGURE: Final = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?[万亿]?")
_PER_CENT: Final = re.compile(r"\s*[%％]$")
_WORDS: Final = ("absence", "quantifier")  # 未收到, 均: there is no figure to replace


def is_about_prose(question: Question) -> bool:
    """Whether a figure of the narrative is named: 正文里的167条, 总体情况里的167条."""
    return question.asks("prose") or bool(question.all("section") and question.all("number"))


def figures_meant(view: View, question: Question) -> tuple[Claim, ...]:
    """The figures of the narrative that a question may mean, each place once.

    Args:
        view: the report.
        question: names a number, a section, or the cells that the figure is held against.
    """
    values = {Decimal(n) for n in question.all("number")}
    sections = question.all("section")
    cells: Collection[str] = ()
    if question.places:
        lines = find_lines(view, places=question.places, tables=question.all("table"))
        cells = {a for line in lines for a in line.cells}
    found: dict[int, Claim] = {}
    for claim in view.run.claims:
        bound = any(a in cells for k in claim.checks for a in k.cells)
        if (
            claim.kind not in _WORDS
            and claim.value is not None
            and (not values or claim.value in values)
            and (not sections or claim.section in sections)
            and (not question.places or bound)
        ):
            found.setdefault(claim.figure.start, claim)
    return tuple(found.values())


def reworded(claim: Claim, words: str | None, by: Decimal) -> Change | None:
    """The figure of a claim replaced; None when what is wished is no figure.

    Args:
        claim: where it stands.
        words: the figure as typed; None when something is added.
        by: what is added.
    """
    printed = words
    if words is None:
        value = (claim.value or Decimal(0)) + by
        printed = number(value) if value >= 0 else None
    elif _FIGURE.fullmatch(words) is None:
        read = parse_chinese_numeral(words)
        printed = number(read) if read is not None else None
    if printed is None:
        return None
    share = _PER_CENT.search(claim.printed)
    quote = "".join(claim.quote.split())
    return Change(printed=printed + (share[0] if share else ""), figure=claim.figure, quote=quote)


def places_of(view: View, changes: Collection[Change]) -> Iterator[str]:
    """Figures and cells among which the user has to choose, numbered."""
    text = view.run.report.document.text
    for index, change in enumerate(changes, 1):
        if change.figure is None:
            yield f"第{index}处 {view.label(change.cell)}"
            continue
        page = f"，第{change.figure.page}页" if change.figure.page else ""
        printed = text[change.figure.start : change.figure.end]
        yield f"第{index}处 正文“{change.quote}”里的{printed}{page}"
