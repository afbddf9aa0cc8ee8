"""One self-contained page: no script, no outside request, readable on screen and on paper."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files

from checker.checks.blame import blamed_cells
from checker.checks.discreet import discreet_run
from checker.domain.finding import Severity
from checker.domain.run import CheckRun
from checker.output import phrases
from checker.output.html_ledger import html_ledger
from checker.output.html_table import cell_id, html_table
from checker.output.labels import (
    DOUBTS_TITLE,
    EMPTY_FORM,
    SEVERITIES,
    TABLES,
    VERDICTS,
    severity_rank,
)
from checker.output.phrases import Numbered, Place, one_line
from checker.output.results import FailedFile, FileResult
from checker.output.text import SUMMARY_HEAD, reason, summary_row, summary_totals

__all__ = ["cell_marks", "finding_numbers", "html_table", "render_html"]

PAGE_TITLE = "政府信息公开工作年度报告核对结果"
# Nothing is loaded from anywhere, even if an escape were forgotten.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
LINKED_CELLS = 12


def cell_marks(run: CheckRun) -> dict[str, Severity]:
    """Wrong cells with the gravest severity of their findings."""
    marks: dict[str, Severity] = {}
    for finding in sorted(run.findings, key=lambda f: severity_rank(f.severity)):
        for address in blamed_cells(finding):
            marks.setdefault(address, finding.severity)
    return marks


def finding_numbers(run: CheckRun) -> Mapping[str, Sequence[int]]:
    """Wrong cells with the numbers of all findings about them."""
    numbers: dict[str, list[int]] = {}
    for group in phrases.grouped(run):
        for item in group.findings:
            for address in blamed_cells(item.finding):
                numbers.setdefault(address, []).append(item.number)
    return numbers


def _row(label: str, html: str) -> str:
    return f"<dt>{label}</dt><dd>{html}</dd>" if html else ""


def _place(place: Place, anchor: str) -> str:
    quote = f"<q>{escape(place.quote)}</q>" if place.quote else ""
    links = "".join(
        f' <a href="#{escape(cell_id(anchor, address))}">看这一格</a>'
        if len(place.cells) == 1
        else f' <a href="#{escape(cell_id(anchor, address))}">格{n}</a>'
        for n, address in enumerate(place.cells[:LINKED_CELLS], start=1)
    )
    return f"<div>{escape(place.text)}{quote}{links}</div>"


def _card(run: CheckRun, item: Numbered, anchor: str) -> str:
    finding = item.finding
    places = "".join(_place(p, anchor) for p in phrases.places(run, finding))
    repairs = "".join(f"<p><strong>{escape(r)}</strong></p>" for r in phrases.repair_lines(finding))
    return (
        f'<article class="xx-finding xx-{finding.severity}" id="{anchor}finding-{item.number}">'
        f'<h3>{item.number}. <span class="xx-tag">{SEVERITIES[finding.severity]}</span> '
        f"{escape(phrases.heading(finding))}</h3>"
        f"<p>{escape(one_line(finding.message))}</p>{repairs}<dl>"
        f"{_row('位置', places)}{_row('依据', escape(phrases.basis_line(finding)))}"
        f"{_row('怎么改', escape(one_line(finding.fix_hint)))}</dl></article>"
    )


def _listed(title: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<section><h2>{escape(title)}</h2><ul>{items}</ul></section>"


def _report(run: CheckRun, anchor: str) -> Iterator[str]:
    name = one_line(run.report.document.source.name)
    yield f"<h1>{escape(one_line(run.report.identity.title or name))}</h1>"
    yield (
        f'<p class="xx-verdict xx-verdict-{run.verdict}">结论：{VERDICTS[run.verdict]}'
        f"<small>（{escape(phrases.counts_line(run))}）</small></p>"
    )
    yield f"<p>{escape(phrases.identity_line(run.report.identity))}</p>"
    yield f"<p>文件：{escape(name)}</p>"
    if run.report.empty_form:
        yield f"<p>{EMPTY_FORM}</p>"
    yield "<section><h2>发现的问题</h2>"
    for group in phrases.grouped(run):
        yield from (_card(run, item, anchor) for item in group.findings)
    yield "</section>" if run.findings else "<p>没有发现问题。</p></section>"
    yield _listed(DOUBTS_TITLE, [phrases.doubt_line(d) for d in run.doubts])
    yield _listed("程序没有完成的部分", [one_line(p.message) for p in run.problems])
    yield "<section><h2>读到的三张表（标色的格有问题，数字是问题的编号）</h2>"
    marks, numbers = cell_marks(run), finding_numbers(run)
    for table in TABLES:
        yield html_table(run, table, mark=marks, references=numbers, anchor=anchor)
    yield f"</section><section><h2>数字核对表</h2>{html_ledger(run)}"
    yield "</section><section><h2>核对了什么</h2>"
    yield f"<p>{escape(phrases.checked_line(run))}</p>"
    if run.model.not_assessed:
        yield f"<p>{escape(run.model.not_assessed)}</p>"
    yield "</section>"
    yield _listed("没有判定的", phrases.not_judged_lines(run))


def _result(result: FileResult, anchor: str) -> str:
    if isinstance(result, FailedFile):
        why = escape(one_line(reason(result)))
        body = (
            f"<h1>{escape(one_line(result.file))}</h1>"
            f'<p class="xx-verdict xx-verdict-fail">没有核对</p><p>{why}</p>'
        )
    else:
        body = "".join(_report(discreet_run(result.run), anchor))
    return f'<main class="xx-report" id="{anchor}">{body}</main>'


def _summary(results: Sequence[FileResult], anchors: Sequence[str]) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in SUMMARY_HEAD)
    rows = []
    for result, anchor in zip(results, anchors, strict=True):
        first, *rest = summary_row(result)
        wide = f' colspan="{len(SUMMARY_HEAD) - len(rest)}"'
        cells = [f"<td>{escape(c)}</td>" for c in rest[:-1]]
        cells.append(
            f"<td{wide if len(rest) < len(SUMMARY_HEAD) - 1 else ''}>{escape(rest[-1])}</td>"
        )
        rows.append(f'<tr><td><a href="#{anchor}">{escape(first)}</a></td>{"".join(cells)}</tr>')
    return (
        f'<main class="xx-table"><h1>{PAGE_TITLE}</h1><p>{summary_totals(results)}</p>'
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></main>"
    )


def render_html(results: Sequence[FileResult]) -> str:
    """One page; with several files the summary stands first and links to each."""
    style = files("checker.output").joinpath("page.css").read_text(encoding="utf-8")
    anchors = [f"r{n}-" for n in range(1, len(results) + 1)]
    parts = [_summary(results, anchors)] if len(results) > 1 else []
    parts += [_result(r, a) for r, a in zip(results, anchors, strict=True)]
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{PAGE_TITLE}</title><style>\n{style}</style></head>\n<body>\n"
        + "\n".join(parts)
        + "\n</body></html>\n"
    )
