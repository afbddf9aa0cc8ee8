"""Scores single sentences against the tables of our own report: ``python -m eval.score_sentences``.

Writers who saw neither program nor rules, but the tables of ``eval.builders.clean_report``,
wrote sentences that agree with them (t) or do not (f), as offices write them. An error or a warning
on the first is a false alarm; on the second it is a find, whatever the rule. The part that nobody
looked at shows figures only.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, NamedTuple

from checker.checks import run_checks
from checker.domain.finding import Finding
from checker.domain.report import SectionId
from checker.output.width import columns
from eval.builders import clean_report

FOLDER: Final = Path(__file__).parent / "suites" / "sentences"
Part = Literal["tuning", "held_out"]
PARTS: Final[dict[Part, tuple[str, ...]]] = {
    "tuning": ("a", "b", "c", "d", "e", "g", "h", "i", "j", "m"),
    "held_out": ("f", "k", "l"),
}
"""Files that the program was improved on, and those whose sentences nobody looked at."""
_NAMES: Final[dict[Part, str]] = {"tuning": "调试", "held_out": "保留"}
_HEADINGS: Final = ("部分", "无误的句子", "错误级误报", "警告级", "有误的句子", "查出")
_FEES: Final = ("信息处理费", "收费通知")
_FAMILIES: Final = ("A", "N")


class Labelled(NamedTuple):
    """One line of a file.

    Attributes:
        right: whether it agrees with the tables and with itself.
        form: of the report that it is put into.
        why: what is wrong with it; empty where nothing is.
    """

    right: bool
    form: str
    text: str
    why: str = ""


@dataclass(slots=True)
class Score:
    """Sentences by what was said of them; ``shown`` holds those to look at, a line each."""

    right: int = 0
    errors: int = 0
    warnings: int = 0
    wrong: int = 0
    found: int = 0
    shown: list[str] = field(default_factory=list)


def read_sentences(path: Path) -> Iterator[Labelled]:
    """The sentences of a file: label, form, text and what is wrong, parted by tabs.

    Raises:
        ValueError: a line has another shape.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        label, form, text, *why = [*line.split("\t"), "", ""][:4]
        if label not in ("t", "f") or form not in ("2019", "2021") or not text:
            raise ValueError(f"{path.name} 第{number}行不是“t 或 f、表式、句子、错在哪里”四栏。")
        yield Labelled(label == "t", form, text, "".join(why))


def told(one: Labelled) -> Sequence[Finding]:
    """The errors and warnings on the figures and statements of a report with that sentence."""
    section: SectionId = "other_matters" if any(f in one.text for f in _FEES) else "overview"
    report = clean_report(one.form).set_section(section, [one.text]).report()
    found = run_checks(report).findings
    return [f for f in found if f.rule.startswith(_FAMILIES) and f.severity != "note"]


def score(sentences: Iterator[Labelled]) -> Score:
    """Run the checker over sentences."""
    total = Score()
    for one in sentences:
        findings = told(one)
        error = any(f.severity == "error" for f in findings)
        if one.right:
            total.right += 1
            total.errors += error
            total.warnings += bool(findings) and not error
        else:
            total.wrong += 1
            total.found += bool(findings)
        if bool(findings) == one.right:
            said = "；".join(f"{f.rule} {f.message}" for f in findings) or f"未查出：{one.why}"
            total.shown.append(f"{one.form} {one.text} {said}")
    return total


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the score of both parts; ``--show``: also what to look at in the tuning part."""
    parser = argparse.ArgumentParser(prog="python -m eval.score_sentences")
    parser.add_argument("--show", action="store_true", help="列出调试部分的误报和漏报")
    options = parser.parse_args(arguments)
    rows = [list(_HEADINGS)]
    for part, names in PARTS.items():
        paths = [p for n in names if (p := FOLDER / f"{n}.tsv").exists()]
        total = score(s for p in paths for s in read_sentences(p))
        figures = (total.right, total.errors, total.warnings, total.wrong, total.found)
        rows.append([_NAMES[part], *map(str, figures)])
        if options.show and part == "tuning":
            print("\n".join(total.shown))
    print("\n".join(columns(rows)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
