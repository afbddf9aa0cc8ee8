"""Sentences about a run that every readable format shares; no markup in here."""

import unicodedata
from collections.abc import Iterable
from typing import Final, NamedTuple

from checker.checks.operands import number
from checker.checks.unjudged import unjudged_lines
from checker.domain.body_names import body_class, unknown_class
from checker.domain.finding import CellChange, CellEvidence, Doubt, Finding, Severity, TextEvidence
from checker.domain.locator import Locator
from checker.domain.report import Identity, split_address
from checker.domain.run import CheckRun
from checker.output.labels import (
    SECTIONS,
    SEVERITIES,
    TABLE_NAMES,
    UNKNOWN,
    form_name,
    severity_rank,
)

QUOTE_CHARS: Final = 80
LISTED: Final = 3


class Counts(NamedTuple):
    """How much the code found in one report; points of a model are not counted with it."""

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


def counts(run: CheckRun) -> Counts:
    """Findings by severity, and doubts."""
    seen = [f.severity for f in run.findings if f.judged_by == "code"]
    return Counts(seen.count("error"), seen.count("warning"), seen.count("note"), len(run.doubts))


def counts_line(run: CheckRun) -> str:
    """``错误2 警告1 提示0，存疑1``."""
    found = counts(run)
    raised = sum(f.judged_by == "model" for f in run.findings)
    model = f"，模型意见{raised}" if raised else ""
    unread = "；语言模型没有看完正文" if run.model.status == "failed" else ""
    told = f"错误{found.error} 警告{found.warning} 提示{found.note}，存疑{found.doubts}"
    return f"{told}{model}{unread}"


def grouped(run: CheckRun) -> tuple[Group, ...]:
    """Findings by severity, the gravest first, numbered through; empty severities left out.

    Those of a model have the last numbers, so that the others keep theirs with and without one.
    """
    ordered = sorted(
        run.findings, key=lambda f: (f.judged_by == "model", severity_rank(f.severity))
    )
    numbered = [Numbered(n, f) for n, f in enumerate(ordered, start=1)]
    groups = (Group(s, tuple(n for n in numbered if n.finding.severity == s)) for s in SEVERITIES)
    return tuple(g for g in groups if g.findings)


def identity_line(identity: Identity) -> str:
    """Whose report, of which year, on which form."""
    body = "；".join(filter(None, (body_class(identity), one_line(unknown_class(identity)))))
    agency = one_line(identity.agency) if identity.agency else UNKNOWN
    year = f"{identity.year}年" if identity.year else UNKNOWN
    form = form_name(identity.form)
    return f"单位：{agency}{f'（{body}）' if body else ''}　年度：{year}　表式：{form}"


def heading(finding: Finding) -> str:
    """Rule ids and title, and whether a person has to decide."""
    rules = "、".join((finding.rule, *finding.also_rules))
    review = "（需人工核对）" if finding.for_person else ""
    return f"{rules} {finding.title}{review}"


def basis_line(finding: Finding) -> str:
    """The clauses a finding rests on; articles of one law stand together, its name once."""
    named: dict[str, list[str]] = {}
    for basis in finding.basis:
        law = basis.clause.startswith("第") and not basis.source.endswith("号")
        source = f"《{basis.source}》" if law else f"{basis.source} "
        named.setdefault(source, []).append(basis.clause)
    return "；".join(f"{source}{'、'.join(clauses)}".strip() for source, clauses in named.items())


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
    """Few cells one by one; more of them by whole rows, else by whole columns."""
    pages = _pages(c.locator for c in cells)
    addresses = tuple(c.cell for c in cells)
    if len(cells) <= LISTED:
        return Place(pages + "、".join(_cell_phrase(run, c) for c in cells), cells=addresses)
    rows: dict[str, list[CellEvidence]] = {}
    columns: dict[str, list[CellEvidence]] = {}
    for cell in cells:
        table, row, column = split_address(cell.cell)
        rows.setdefault(f"{table}/{row}", []).append(cell)
        columns.setdefault(f"{table}/{column}", []).append(cell)
    if len(rows) <= LISTED:
        parts = [f"{_row_of(same[0])}的{len(same)}格" for same in rows.values()]
    elif len(columns) <= LISTED:
        parts = [f"{_column_of(same[0])}的{len(same)}格" for same in columns.values()]
    else:
        names = "、".join(dict.fromkeys(TABLE_NAMES[split_address(a).table] for a in addresses))
        listed = "、".join(_row_of(same[0]) for same in list(rows.values())[:LISTED])
        parts = [f"{names}的{len(cells)}格：{listed}等{len(rows)}行"]
    return Place(pages + "、".join(parts), cells=addresses)


def _row_of(cell: CellEvidence) -> str:
    """``表三“…”行`` out of the label of a cell."""
    row, found, _ = cell.label.partition("”行“")
    return f"{row}”行" if found else cell.label


def _column_of(cell: CellEvidence) -> str:
    """``表三“…”列`` out of the label of a cell."""
    row, found, column = cell.label.partition("”行“")
    return f"{row.partition('“')[0]}“{column}" if found else cell.label


def _is_title(text: TextEvidence) -> bool:
    """Whether a passage is the title of a section, whose name need not be said twice."""
    section = SECTIONS.get(text.section, "") if text.section else ""
    return bool(section) and one_line(text.quote).endswith(section)


def places(run: CheckRun, finding: Finding) -> tuple[Place, ...]:
    """Where a finding stands; the suspect cell first and alone when there is one."""
    cells = tuple(e for e in finding.evidence if isinstance(e, CellEvidence))
    suspect = tuple(c for c in cells if c.cell == finding.suspect_cell)
    result = [_cells_place(run, group) for group in (suspect or cells,) if group]
    texts = [e for e in finding.evidence if isinstance(e, TextEvidence)]
    titles = [t for t in texts if _is_title(t)]
    if titles:
        listed = "、".join(f"“{shorten(t.quote)}”" for t in titles)
        result.append(Place(f"{_pages(t.locator for t in titles)}标题{listed}"))
    for text in texts:
        if text not in titles:
            section = SECTIONS.get(text.section, "") if text.section else ""
            where = f"{_pages([text.locator])}{f'“{section}”部分' if section else ''}".strip()
            result.append(Place(where or "正文", quote=shorten(text.quote)))
    return tuple(result)


def repair_lines(finding: Finding) -> tuple[str, ...]:
    """The change that repairs all, with the full place of the cell.

    Nothing when the message says it already; the choices, where there are several, stand there too.
    """
    value, address = finding.suggested_value, finding.suspect_cell
    if address is None or value is None or f"应为{number(value)}。" in finding.message:
        return ()
    suspects: Iterable[CellEvidence | CellChange] = (
        *(e for e in finding.evidence if isinstance(e, CellEvidence)),
        *(c for r in finding.repairs for c in r.changes),
    )
    cell = next((s for s in suspects if s.cell == address), None)
    if cell is None:
        return ()
    printed = f"由“{one_line(cell.printed)}”" if cell.printed else ""
    return (f"建议值：{cell.label}{printed}改为 {number(value)}（请先核实）",)


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
    """What could not be judged, wholly or in part; the rules of one reason together."""
    return tuple(one_line(line) for line in unjudged_lines(run))
