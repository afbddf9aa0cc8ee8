"""Scores the number ledger against the labelled sentences: ``python -m eval.score_ledger``.

A hit is the same figure at the same place; it is bound when target and verdict are right too. The
part that was not tuned on shows figures only, unless its misses are asked for.
"""

import argparse
import math
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from checker.checks import run_checks
from checker.domain.claim import Claim
from checker.domain.report import AnnualReport
from checker.output.width import columns
from checker.rulebook import FormSpec, load_forms
from eval.ledger_suite import PARTS, LabelledCase, LabelledClaim, Part, Span, load_part
from eval.ledger_targets import accepts

RULES = frozenset(
    [*(f"N10{i}" for i in range(1, 7)), *(f"A10{i}" for i in range(1, 9))],
)
"""The rules that the cases label; others may say what they want."""
_SAME = {"A109": "A101"}
"""A109 asks about a sum where A101, which the cases label, would need words that close the list."""


class Checked(NamedTuple):
    """What a checker made of a report: rows of the ledger, and the rules that spoke."""

    claims: Sequence[Claim]
    rules: Sequence[str]


Checker = Callable[[AnnualReport], Checked]


@dataclass(slots=True)
class Tally:
    """What was right, what was given and what was wanted."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    def add(self, other: "Tally") -> None:
        """Count another tally in."""
        self.right += other.right
        self.given += other.given
        self.wanted += other.wanted

    @property
    def precision(self) -> float:
        """Share of what was given that is right."""
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        """Share of what was wanted that was given right."""
        return self.right / self.wanted if self.wanted else 1.0


@dataclass(slots=True)
class CaseScore:
    """One case, or the sum of several.

    Attributes:
        fields: of the hits, how many have value, unit and approximation right.
        alarms: true cases about which a rule spoke or a row is refuted.
        misses: what was not as labelled, for people.
    """

    extraction: Tally = field(default_factory=Tally)
    binding: Tally = field(default_factory=Tally)
    findings: Tally = field(default_factory=Tally)
    fields: Tally = field(default_factory=Tally)
    cases: int = 0
    quiet: int = 0
    alarms: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, other: "CaseScore") -> None:
        """Count another score in."""
        self.extraction.add(other.extraction)
        self.binding.add(other.binding)
        self.findings.add(other.findings)
        self.fields.add(other.fields)
        self.cases += other.cases
        self.quiet += other.quiet
        self.alarms += other.alarms
        self.misses += other.misses


class Match(NamedTuple):
    """A row and the label at its place; one of the two may be missing."""

    label: LabelledClaim | None
    claim: Claim | None


def product(report: AnnualReport) -> Checked:
    """The checker of this project, without a model."""
    run = run_checks(report)
    return Checked(run.claims, [f.rule for f in run.findings])


def score_cases(cases: Sequence[LabelledCase], checker: Checker = product) -> CaseScore:
    """Run a checker over all cases and count.

    Raises:
        ValueError: a label does not fit its text.
    """
    total = CaseScore()
    forms = load_forms()
    for case in cases:
        total.add(score_case(case, checker, form=forms[case.form]))
    return total


def score_case(case: LabelledCase, checker: Checker, *, form: FormSpec) -> CaseScore:
    """Run a checker over one case and count."""
    report = case.plan().report()
    start = report.document.text.index(case.text)
    checked = checker(report)
    score = CaseScore(cases=1, quiet=int(case.must_not_fire))
    matches = list(match_claims(case, checked.claims, start=start))
    for match in matches:
        _count(score, match, form=form)
    spoken = {_SAME.get(r, r) for r in checked.rules} & set(RULES)
    _count_findings(score, case, spoken)
    refuted = any(m.claim is not None and m.claim.verdict == "refuted" for m in matches)
    score.alarms = int(case.must_not_fire and (bool(spoken) or refuted))
    score.misses = [f"{case.id} {m}" for m in score.misses]
    return score


def match_claims(case: LabelledCase, claims: Sequence[Claim], *, start: int = 0) -> Iterator[Match]:
    """Pair rows with labels by their place.

    The extent of a word (未收到, 未收到过) is a matter of taste: for words it is enough that the
    two places overlap. Rows about an optional label are left out.

    Args:
        case: the labels.
        claims: rows of the whole report.
        start: where the text of the case begins in the document.
    """
    inside = [
        c for c in claims if start <= c.figure.start and c.figure.end <= start + len(case.text)
    ]
    for label, place in zip(case.claims, case.places, strict=True):
        found = next((c for c in inside if _same_place(label, place, c, start)), None)
        if found is not None:
            inside.remove(found)
        if not label.optional:
            yield Match(label, found)
    yield from (Match(None, c) for c in inside)


def _same_place(label: LabelledClaim, place: Span, claim: Claim, start: int) -> bool:
    first, last = claim.figure.start - start, claim.figure.end - start
    if label.is_word and claim.kind in ("absence", "quantifier"):
        return first < place.end and place.start < last
    return claim.printed == label.printed and (first, last) == place


def _count(score: CaseScore, match: Match, *, form: FormSpec) -> None:
    label, claim = match
    hit = label is not None and claim is not None
    given, wanted = int(claim is not None), int(label is not None)
    score.extraction.add(Tally(int(hit), given, wanted))
    bound = label is not None and claim is not None and is_bound(label, claim, form=form)
    score.binding.add(Tally(int(bound), given, wanted))
    if label is not None and claim is not None:
        score.fields.add(Tally(int(_same_fields(label, claim)), 1, 1))
    if not bound:
        score.misses.append(_describe(match))
    elif label is not None and claim is not None and not _same_fields(label, claim):
        score.misses.append(f"读数 {_told(label)} ≠ {claim.value} {claim.unit}")


def is_bound(label: LabelledClaim, claim: Claim, *, form: FormSpec) -> bool:
    """Whether a row is held against the right thing, with the right verdict."""
    held = any(accepts(t, claim.target, form=form) for t in label.target)
    return held and claim.verdict in label.verdict


def _same_fields(label: LabelledClaim, claim: Claim) -> bool:
    return (
        claim.value == (None if label.value is None else Decimal(label.value))
        and claim.unit == label.unit
        and claim.approximation == label.approximation
    )


def _count_findings(score: CaseScore, case: LabelledCase, spoken: set[str]) -> None:
    known = {r for e in case.expected for r in e.rules}
    required = [e for e in case.expected if not e.optional]
    right = [e for e in required if spoken.intersection(e.rules)]
    score.findings.add(Tally(len(right), len(right) + len(spoken - known), len(required)))
    score.misses += [f"应报 {'或'.join(e.rules)}" for e in required if e not in right]
    score.misses += [f"误报 {r}" for r in sorted(spoken - known)]


def _describe(match: Match) -> str:
    label, claim = match
    given = "无此行" if claim is None else f"{claim.printed} {claim.target} {claim.verdict}"
    if label is None:
        return f"多出 {given}（{claim.quote if claim else ''}）"
    kind = "漏取" if claim is None else "核对"
    return f"{kind} {_told(label)}；得到 {given}"


def _told(label: LabelledClaim) -> str:
    targets = "或".join(t or "无" for t in label.target)
    return f"{label.printed}={label.value} {label.unit} {targets} {'或'.join(label.verdict)}"


def interval(right: int, total: int) -> str:
    """A share with its 95 % interval (Wilson)."""
    if not total:
        return "—"
    z, share = 1.96, right / total
    centre = (share + z * z / (2 * total)) / (1 + z * z / total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total**2))
    half = spread / (1 + z * z / total)
    low, high = max(0.0, centre - half), min(1.0, centre + half)
    return f"{share:.1%} ({low:.1%}–{high:.1%})"


_HEADS = ("部分", "项目", "准确率（95% 区间）", "召回率（95% 区间）", "正确/给出/应有")
_NAMES: dict[Part, str] = {"tuning": "调试", "held_out": "保留"}


def table(scores: Sequence[tuple[Part, CaseScore]]) -> list[str]:
    """The figures of all parts as aligned lines."""
    rows: list[Sequence[str]] = [_HEADS]
    for part, score in scores:
        tallies = (("取数", score.extraction), ("核对", score.binding), ("规则", score.findings))
        for name, tally in (*tallies, ("读数", score.fields)):
            counts = f"{tally.right}/{tally.given}/{tally.wanted}"
            precision, recall = (interval(tally.right, n) for n in (tally.given, tally.wanted))
            rows.append((_NAMES[part], name, precision, recall, counts))
    notes = [
        f"{_NAMES[part]}：{s.cases} 例，其中 {s.quiet} 例无误，误报 {s.alarms} 例"
        for part, s in scores
    ]
    return [*columns(rows), *notes]


def main(arguments: Sequence[str] | None = None, *, checker: Checker = product) -> int:
    """Print the figures of the parts that are there, and the misses of those asked for."""
    parser = argparse.ArgumentParser(prog="python -m eval.score_ledger", description=__doc__)
    parser.add_argument("--show", action="append", choices=PARTS, default=[], help="逐条列出不符")
    shown: list[Part] = parser.parse_args(arguments).show
    scores: list[tuple[Part, CaseScore]] = [
        (part, score_cases(cases, checker)) for part in PARTS if (cases := load_part(part))
    ]
    for part, score in scores:
        if part in shown:
            print("\n".join([f"{_NAMES[part]}部分的不符：", *score.misses, ""]))
    print("\n".join(table(scores)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
