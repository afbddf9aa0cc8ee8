"""Plain text for a terminal or a file: verdict first, then findings by severity; no wrapping."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from checker.checks.discreet import discreet_run
from checker.domain.finding import Severity
from checker.domain.run import CheckRun, Verdict
from checker.output import phrases
from checker.output.labels import DOUBTS_TITLE, EMPTY_FORM, SEVERITIES, VERDICTS
from checker.output.ledger import ledger_pointer
from checker.output.phrases import Numbered, one_line
from checker.output.results import CheckedFile, FailedFile, FileResult
from checker.output.width import columns

Paint = Callable[[str, str], str]

BOLD_RED: Final = "1;31"
BOLD_YELLOW: Final = "1;33"
BOLD_GREEN: Final = "1;32"
BOLD: Final = "1"
SEVERITY_COLOURS: Final[dict[Severity, str]] = {
    "error": BOLD_RED,
    "warning": BOLD_YELLOW,
    "note": BOLD,
}
VERDICT_COLOURS: Final[dict[Verdict, str]] = {
    "fail": BOLD_RED,
    "review": BOLD_YELLOW,
    "pass": BOLD_GREEN,
}


def _plain(text: str, _code: str) -> str:
    return text


def _ansi(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"


def _finding(run: CheckRun, item: Numbered, paint: Paint) -> Iterator[str]:
    finding = item.finding
    code = SEVERITY_COLOURS[finding.severity]
    yield f"{item.number}. {paint(phrases.heading(finding), code)}"
    yield f"   {one_line(finding.message)}"
    for line in phrases.repair_lines(finding):
        yield f"   {line}"
    for place in phrases.places(run, finding):
        quote = f"：“{place.quote}”" if place.quote else ""
        yield f"   位置：{place.text}{quote}"
    if finding.basis:
        yield f"   依据：{phrases.basis_line(finding)}"
    if finding.fix_hint:
        yield f"   怎么改：{one_line(finding.fix_hint)}"
    yield ""


def _listed(title: str, lines: Sequence[str], paint: Paint) -> Iterator[str]:
    if lines:
        yield paint(title, BOLD)
        yield from (f" · {line}" for line in lines)
        yield ""


def _run(file: str, run: CheckRun, paint: Paint) -> Iterator[str]:
    verdict = paint(VERDICTS[run.verdict], VERDICT_COLOURS[run.verdict])
    yield f"文件：{one_line(file)}"
    yield f"结论：{verdict}（{phrases.counts_line(run)}）"
    yield phrases.identity_line(run.report.identity)
    if run.report.empty_form:
        yield EMPTY_FORM
    yield ""
    for group in phrases.grouped(run):
        title = f"【{SEVERITIES[group.severity]}】{len(group.findings)} 项"
        yield paint(title, SEVERITY_COLOURS[group.severity])
        for item in group.findings:
            yield from _finding(run, item, paint)
    if not run.findings:
        yield "没有发现问题。"
        yield ""
    yield from _listed(DOUBTS_TITLE, [phrases.doubt_line(d) for d in run.doubts], paint)
    yield from _listed("程序没有完成的部分", [one_line(p.message) for p in run.problems], paint)
    yield phrases.checked_line(run)
    yield from _listed("没有判定的", phrases.not_judged_lines(run), paint)
    yield ledger_pointer(run)
    if run.model.not_assessed:
        yield run.model.not_assessed


def result_text(result: FileResult, *, colour: bool = False) -> str:
    """One file: its report, or why it could not be checked."""
    paint = _ansi if colour else _plain
    if isinstance(result, FailedFile):
        verdict = paint("没有核对", BOLD_RED)
        return f"文件：{one_line(result.file)}\n结论：{verdict}。{one_line(reason(result))}\n"
    return "\n".join(_run(result.file, discreet_run(result.run), paint)) + "\n"


def reason(failed: FailedFile) -> str:
    """Why a file could not be checked and what to do."""
    return f"{failed.message}{failed.hint}"


SEPARATOR: Final = f"\n{'─' * 40}\n\n"
SUMMARY_HEAD: Final = ("文件", "单位", "年度", "结论", "错误", "警告", "提示", "存疑")


def summary_row(result: FileResult) -> tuple[str, ...]:
    """One line of the summary; a file that failed names its reason in place of the counts."""
    if isinstance(result, FailedFile):
        return (one_line(result.file), "", "", f"没有核对：{one_line(reason(result))}")
    identity = result.run.report.identity
    return (
        one_line(result.file),
        one_line(identity.agency or "未能认定"),
        str(identity.year or "未能认定"),
        VERDICTS[result.run.verdict],
        *(str(n) for n in phrases.counts(result.run)),
    )


def summary_totals(results: Sequence[FileResult]) -> str:
    """How many files passed, failed, or could not be checked."""
    verdicts = [r.run.verdict for r in results if isinstance(r, CheckedFile)]
    parts = [f"{word} {verdicts.count(v)} 份" for v, word in VERDICTS.items()]
    failed = sum(isinstance(r, FailedFile) for r in results)
    return f"共 {len(results)} 份：{'，'.join(parts)}，没有核对 {failed} 份。"


def outcome_line(results: Sequence[FileResult]) -> str:
    """The outcome in one line, for when the results themselves go to a file."""
    if len(results) == 1 and isinstance(results[0], CheckedFile):
        run = results[0].run
        return f"结论：{VERDICTS[run.verdict]}（{phrases.counts_line(run)}）。"
    return summary_totals(results)


def summary_text(results: Sequence[FileResult]) -> str:
    """The table at the end of a run over several files."""
    rows = [SUMMARY_HEAD, *(summary_row(r) for r in results)]
    # A failed file has only four fields: its reason must not widen the column of verdicts.
    lines = columns(rows, right=frozenset({4, 5, 6, 7}), open_ended=3)
    return "\n".join(["汇总", *lines, summary_totals(results)]) + "\n"


def render_text(results: Sequence[FileResult], *, colour: bool = False) -> str:
    """All results, and the summary when there are several."""
    parts = [result_text(r, colour=colour) for r in results]
    if len(results) > 1:
        parts.append(summary_text(results))
    return SEPARATOR.join(parts)
