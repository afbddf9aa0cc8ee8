"""Sentences about a run that every readable format shares; no markup in here."""

import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Final, NamedTuple

from checker.domain.finding import CellChange, CellEvidence, Doubt, Finding, Severity, TextEvidence
from checker.domain.locator import Locator
from checker.domain.report import Identity, split_address
from checker.domain.run import CheckRun
from checker.output.labels import (
    FORMS,
    SECTIONS,
    SEVERITIES,
    TABLE_NAMES,
    UNKNOWN,
    body_class,
    severity_rank,
)

QUOTE_CHARS: Final = 80
LISTED_CELLS: Final = 3


class Counts(NamedTuple):
    """How much was found in one report."""

    error: int
    warning: int
    note: int
    doubts: int


class Numbered(NamedTuple):
    """A finding and its number within the report."""

    number: int
    finding: Finding


class Group(NamedTuple):
    """All findings of one severity."""

    severity: Severity
    findings: tuple[Numbered, ...]


class Place(NamedTuple):
    """Where a finding stands: in words, and the cell to point at where there is one."""

    text: str
    quote: str = ""
    cells: tuple[str, ...] = ()


def visible(text: str) -> str:
    """Replace control and direction characters one to one; line breaks and tabs stay.

    A report must not steer a terminal or turn the text around.
    """
    return "".join("\ufffd" if _steers(c) else c for c in text)


def _steers(char: str) -> bool:
    if char in "\n\t":
        return False
    if unicodedata.category(char) in ("Cc", "Cs"):
        return True
    return (
        char in "\u200e\u200f\u061c" or "\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069"
    )


def one_line(text: str) -> str:
    """Text of a report on one line."""
    return visible(" ".join(text.split()))


def shorten(text: str) -> str:
    """A quotation for display: on one line, the end left out when it is long."""
    line = one_line(text)
    return line if len(line) <= QUOTE_CHARS else f"{line[:QUOTE_CHARS]}……"


def figure(value: Decimal) -> str:
    """A number as we write it: no exponent, no trailing zeros.

    Formatting instead of ``str(int(…))``: Python refuses that beyond 4300 digits.
    """
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def counts(run: CheckRun) -> Counts:
    """Findings by severity, and doubts."""
    seen = [f.severity for f in run.findings]
    return Counts(seen.count("error"), seen.count("warning"), seen.count("note"), len(run.doubts))


def counts_line(run: CheckRun) -> str:
    """``错误2 警告1 提示0，存疑1``."""
    found = counts(run)
    return f"错误{found.error} 警告{found.warning} 提示{found.note}，存疑{found.doubts}"


def grouped(run: CheckRun) -> tuple[Group, ...]:
    """Findings by severity, the gravest first, numbered through; empty severities left out."""
    ordered = sorted(run.findings, key=lambda f: severity_rank(f.severity))
    numbered = [Numbered(n, f) for n, f in enumerate(ordered, start=1)]
    groups = (Group(s, tuple(n for n in numbered if n.finding.severity == s)) for s in SEVERITIES)
    return tuple(g for g in groups if g.findings)


def identity_line(identity: Identity) -> str:
    """Whose report, of which year, on which form."""
    body = body_class(identity)
    agency = one_line(identity.agency) if identity.agency else UNKNOWN
    year = f"{identity.year}年" if identity.year else UNKNOWN
    return (
        f"单位：{agency}{f'（{body}）' if body else ''}　年度：{year}　表式：{FORMS[identity.form]}"
    )


def heading(finding: Finding) -> str:
    """Rule ids and title, and whether a person has to decide."""
    rules = "、".join((finding.rule, *finding.also_rules))
    review = "（需人工核对）" if finding.verdict == "review" else ""
    return f"{rules} {finding.title}{review}"


def basis_line(finding: Finding) -> str:
    """The clauses a finding rests on."""
    return "；".join(f"{b.source} {b.clause}".strip() for b in finding.basis)


def _cell_phrase(run: CheckRun, evidence: CellEvidence) -> str:
    printed = one_line(evidence.printed)
    table, row, column = split_address(evidence.cell)
    found = run.report.table(table)
    cell = found.cell(row, column) if found else None
    if printed:
        return f"{evidence.label}（填“{printed}”）"
    return f"{evidence.label}（{'未印出' if cell is None else '空'}）"


def _pages(locators: Iterable[Locator | None]) -> str:
    pages = sorted({place.page for place in locators if place and place.page})
    return f"第{'、'.join(str(p) for p in pages)}页 " if pages else ""


def _cells_place(run: CheckRun, cells: tuple[CellEvidence, ...]) -> Place:
    pages = _pages(c.locator for c in cells)
    addresses = tuple(c.cell for c in cells)
    if len(cells) <= LISTED_CELLS:
        return Place(pages + "、".join(_cell_phrase(run, c) for c in cells), cells=addresses)
    first = cells[0].label
    parts = [split_address(a) for a in addresses]
    if len({(p.table, p.row) for p in parts}) == 1 and "“" in first:
        return Place(f"{pages}{first.rpartition('“')[0]}的{len(cells)}格", cells=addresses)
    names = "、".join(dict.fromkeys(TABLE_NAMES.get(p.table, p.table) for p in parts))
    listed = "、".join(c.label for c in cells[:LISTED_CELLS])
    return Place(f"{pages}{names}的{len(cells)}格：{listed}等", cells=addresses)


def places(run: CheckRun, finding: Finding) -> tuple[Place, ...]:
    """Where a finding stands; the suspect cell first and alone when there is one."""
    cells = tuple(e for e in finding.evidence if isinstance(e, CellEvidence))
    suspect = tuple(c for c in cells if c.cell == finding.suspect_cell)
    result = [_cells_place(run, group) for group in (suspect or cells,) if group]
    for text in finding.evidence:
        if isinstance(text, TextEvidence):
            section = SECTIONS.get(text.section, "") if text.section else ""
            where = f"{_pages([text.locator])}{f'“{section}”部分' if section else ''}".strip()
            result.append(Place(where or "正文", quote=shorten(text.quote)))
    return tuple(result)


def repair_lines(finding: Finding) -> tuple[str, ...]:
    """Which cell is most likely wrong and what it should hold; empty when nothing is known."""
    cells = [e for e in finding.evidence if isinstance(e, CellEvidence)]
    if finding.suspect_cell is not None:
        label = next((c.label for c in cells if c.cell == finding.suspect_cell), "")
        change = next(
            (c for r in finding.repairs for c in r.changes if c.cell == finding.suspect_cell), None
        )
        name = label or (change.label if change else finding.suspect_cell)
        value = finding.suggested_value
        should = f"，建议值 {figure(value)}" if value is not None else ""
        return (f"最可能填错：{name}{should}",)
    options = tuple("，".join(_change(c) for c in r.changes) for r in finding.repairs)
    if len(options) == 1:
        return (f"最可能填错：{options[0]}",)
    return tuple(f"可能之{n}：{option}" for n, option in enumerate(options, start=1))


def _change(change: CellChange) -> str:
    printed = f"填“{one_line(change.printed)}”" if change.printed else "没有填"
    if change.value is None:
        return f"{change.label}{printed}，应填的数不唯一"
    return f"{change.label}{printed}，改为 {figure(change.value)}"


def doubt_line(doubt: Doubt) -> str:
    """A doubt with its page; the quotation only where the message does not hold it."""
    page = _pages([doubt.locator])
    message = one_line(doubt.message)
    quote = shorten(doubt.quote)
    tail = f" 原文：“{quote}”" if quote and quote not in message else ""
    return f"{page}{message}{tail}"


def checked_line(run: CheckRun) -> str:
    """How many rules were judged and how many comparisons that took."""
    judged = [o for o in run.outcomes if o.status in ("pass", "fail", "review")]
    tests = sum(o.tests for o in judged)
    clean = sum(o.status == "pass" for o in judged)
    other = sum(o.status == "not_applicable" for o in run.outcomes)
    extra = f"；{other} 条规则不适用于本报告" if other else ""
    return f"核对了 {len(judged)} 条规则、{tests} 处比较，其中 {clean} 条规则没有发现问题{extra}。"


def not_judged_lines(run: CheckRun) -> tuple[str, ...]:
    """Rules that could not be judged, wholly or in part, with the reason."""
    return tuple(
        f"{o.rule} {o.title}：{one_line(o.reason) or '没有说明原因'}"
        for o in run.outcomes
        if o.status == "not_judged" or (o.reason and o.status != "not_applicable")
    )
