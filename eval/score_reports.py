"""Scores whole reports without a model: ``python -m eval.score_reports``.

Findings on reports without a fault are false alarms. A planted fault is found when the edited copy
has an error or a warning that the clean report has not; the place is not compared. A twin may have
none. The part that nobody looked at shows figures only.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from checker.domain.finding import Finding
from checker.output.width import columns
from checker.pipeline import check_report
from eval.report_suite import PARTS, Corpus, Edit, File, Part, load_part

_NAMES: dict[Part, str] = {
    "tuning": "调试",
    "held_out": "保留（平实）",
    "held_out_rich": "保留（数字多）",
}
_HEADINGS = ("部分", "报告", "错误级误报", "警告级", "正文错查出", "表格错查出", "孪生误报")
Checker = Callable[[File], Sequence[Finding]]


@dataclass(slots=True)
class Score:
    """What was found in the reports of a part.

    Attributes:
        errors, warnings: on reports without a fault.
        prose, cells, twins: edits with a new finding and all edits.
        shown: what to look at, a line each.
    """

    reports: int = 0
    errors: int = 0
    warnings: int = 0
    prose: list[int] = field(default_factory=lambda: [0, 0])
    cells: list[int] = field(default_factory=lambda: [0, 0])
    twins: list[int] = field(default_factory=lambda: [0, 0])
    shown: list[str] = field(default_factory=list)


def product(file: File) -> Sequence[Finding]:
    """The errors and warnings of the product without a model."""
    return [f for f in check_report(file.data, name=file.name).findings if f.severity != "note"]


def score(corpora: Iterator[Corpus], checker: Checker) -> Score:
    """Run a checker over reports and their edited copies."""
    total = Score()
    for corpus in corpora:
        known = {f.name: _told(total, corpus, f, checker(f)) for f in corpus.clean}
        for edit in corpus.edits:
            found = checker(corpus.spoiled[edit.id])
            new = [f for f in found if (f.rule, f.message) not in known[edit.file]]
            _count(total, corpus, edit, new)
    return total


def _told(
    total: Score, corpus: Corpus, file: File, findings: Sequence[Finding]
) -> frozenset[tuple[str, str]]:
    total.reports += 1
    total.errors += sum(f.severity == "error" for f in findings)
    total.warnings += sum(f.severity == "warning" for f in findings)
    total.shown += [f"{corpus.name}/{file.name} 误报？{f.rule} {f.message}" for f in findings]
    return frozenset((f.rule, f.message) for f in findings)


def _count(total: Score, corpus: Corpus, edit: Edit, new: Sequence[Finding]) -> None:
    tally = total.twins if edit.type == "twin" else total.cells if edit.in_table else total.prose
    tally[0] += bool(new)
    tally[1] += 1
    if bool(new) == (edit.type == "twin"):
        rules = "、".join(f.rule for f in new)
        told = f"孪生误报 {rules}" if new else "未查出"
        change = f"{edit.old} → {edit.new}".replace("\n", " ")
        total.shown.append(f"{corpus.name}/{edit.id} {told}：{change}（{edit.what}）")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of both parts."""
    parser = argparse.ArgumentParser(prog="python -m eval.score_reports", description=__doc__)
    parser.add_argument("--show", choices=PARTS, help="逐条列出误报和没有查出的错")
    asked = parser.parse_args(arguments)
    rows: list[tuple[str, ...]] = [_HEADINGS]
    for part in PARTS:
        found = score(load_part(part), product)
        if found.reports:
            rows.append(_cells(part, found))
        if part == asked.show:
            print("\n".join(found.shown))
    print("\n".join(columns(rows)))
    return 0


def _cells(part: Part, found: Score) -> tuple[str, ...]:
    each = f"（每份{found.errors / found.reports:.2f}）"
    shares = ("/".join(map(str, t)) for t in (found.prose, found.cells, found.twins))
    return (
        _NAMES[part],
        str(found.reports),
        f"{found.errors}{each}",
        str(found.warnings),
        *shares,
    )


if __name__ == "__main__":
    sys.exit(main())
