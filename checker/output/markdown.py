"""A feedback sheet (反馈单) as Markdown, for a reviewer to paste into a message."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from checker.checks.discreet import discreet_run
from checker.domain.run import CheckRun
from checker.output import phrases
from checker.output.labels import DOUBTS_TITLE, EMPTY_FORM, SEVERITIES, VERDICTS
from checker.output.ledger import ledger_pointer
from checker.output.phrases import Numbered, one_line
from checker.output.results import FailedFile, FileResult
from checker.output.text import SUMMARY_HEAD, reason, summary_row, summary_totals

SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|~#&!])")


def escape(text: str) -> str:
    """Text of a report as literal text: no markup, no HTML, no table bar takes effect."""
    return SPECIAL.sub(r"\\\1", one_line(text))


def _finding(run: CheckRun, item: Numbered) -> Iterator[str]:
    finding = item.finding
    yield f"{item.number}. **{escape(phrases.heading(finding))}**"
    problem = "".join(
        [one_line(finding.message), *(f" {r}" for r in phrases.repair_lines(finding))]
    )
    yield f"   - 问题：{escape(problem)}"
    for place in phrases.places(run, finding):
        quote = f"：“{escape(place.quote)}”" if place.quote else ""
        yield f"   - 位置：{escape(place.text)}{quote}"
    if finding.basis:
        yield f"   - 依据：{escape(phrases.basis_line(finding))}"
    if finding.fix_hint:
        yield f"   - 怎么改：{escape(finding.fix_hint)}"


def _listed(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"\n## {title}\n"
        yield from (f"- {escape(line)}" for line in lines)


def _run(run: CheckRun) -> Iterator[str]:
    yield f"# 反馈单：{escape(run.report.identity.title or run.report.document.source.name)}\n"
    yield f"**结论：{VERDICTS[run.verdict]}**（{phrases.counts_line(run)}）\n"
    yield f"{escape(phrases.identity_line(run.report.identity))}\n"
    yield f"文件：{escape(run.report.document.source.name)}"
    if run.report.empty_form:
        yield f"\n{EMPTY_FORM}"
    for group in phrases.grouped(run):
        yield f"\n## {SEVERITIES[group.severity]}（{len(group.findings)} 项）\n"
        for item in group.findings:
            yield from _finding(run, item)
    if not run.findings:
        yield "\n没有发现问题。"
    yield from _listed(DOUBTS_TITLE, [phrases.doubt_line(d) for d in run.doubts])
    yield from _listed("程序没有完成的部分", [p.message for p in run.problems])
    yield "\n## 核对了什么\n"
    yield f"- {phrases.checked_line(run)}"
    yield from (f"- 没有判定：{escape(line)}" for line in phrases.not_judged_lines(run))
    yield f"- {ledger_pointer(run)}"
    if run.model.not_assessed:
        yield f"- {escape(run.model.not_assessed)}"


def _result(result: FileResult) -> str:
    if isinstance(result, FailedFile):
        return f"# {escape(result.file)}\n\n**没有核对**：{escape(reason(result))}\n"
    return "\n".join(_run(discreet_run(result.run))) + "\n"


def _summary(results: Sequence[FileResult]) -> str:
    size = len(SUMMARY_HEAD)
    lines = ["# 汇总", "", f"| {' | '.join(SUMMARY_HEAD)} |", f"|{' --- |' * size}"]
    for result in results:
        cells = [escape(c) for c in summary_row(result)]
        lines.append(f"| {' | '.join(cells + [''] * (size - len(cells)))} |")
    return "\n".join([*lines, "", summary_totals(results)]) + "\n"


def render_markdown(results: Sequence[FileResult]) -> str:
    """One sheet per file, and a summary table when there are several."""
    parts = [_result(r) for r in results]
    if len(results) > 1:
        parts.append(_summary(results))
    return "\n---\n\n".join(parts)
