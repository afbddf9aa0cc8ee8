"""Turns what a language model pointed out into findings for a person: never a fail, never a pardon.

What the code found stays as it is, and what the code has judged is not judged again.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final, get_args

from checker.assemble.fold import fold_text
from checker.checks.context import CheckContext
from checker.checks.model_figures import check_link, label_of, with_link
from checker.checks.model_part import STAGE
from checker.claims.figures import find_figures
from checker.claims.judge import plain
from checker.domain.claim import Claim, ClaimCheck
from checker.domain.finding import Basis, CellEvidence, Evidence, Finding, TextEvidence
from checker.domain.reading import (
    Contradiction,
    ContradictionKind,
    Coverage,
    FigureLink,
    ModelReading,
    Quoted,
    Statement,
)
from checker.domain.run import CheckRun, ModelPart, Problem
from checker.rulebook import Rulebook, form_of_report, load_rulebook
from checker.rulebook.points import ModelPoints, PointSpec, load_model_points

_LONGEST_QUOTE: Final = 60
_FEW: Final = 3
_MOST_PASSAGES: Final = 5
_DECIDED: Final = frozenset({"supported", "refuted"})
_APPLIED: Final = frozenset({"pass", "fail", "review"})


def add_reading(run: CheckRun, reading: ModelReading) -> CheckRun:
    """The run with the points that a model raised; nothing of the code is changed or removed.

    Raises:
        RulebookError: the rules that came with the program are damaged.
    """
    rulebook = load_rulebook()
    form = form_of_report(rulebook.forms, run.report)
    context = CheckContext(report=run.report, form=form, forms=rulebook.forms)
    raised = _Raised(run, reading, context, rulebook, load_model_points())
    points = {f.fingerprint: f for f in raised.findings()}
    findings = sorted(
        (*run.findings, *points.values()), key=lambda f: (f.rule, _start(f.evidence), f.fingerprint)
    )
    return run.model_copy(
        update={
            "findings": tuple(findings),
            "claims": raised.claims(),
            "verdict": "review" if points and run.verdict == "pass" else run.verdict,
            "problems": (*run.problems, *_problems(reading), *raised.problems()),
            "model": ModelPart(
                status="used",
                base_url=reading.use.base_url,
                use=reading.use,
                usage=reading.usage,
            ),
        }
    )


def _problems(reading: ModelReading) -> Iterator[Problem]:
    """What did not work and touched nothing: it is told, and the verdict stays."""
    count = sum(d.count for d in reading.dropped)
    if count:
        message = load_model_points().dropped.format(count=count)
        yield Problem(stage=STAGE, message=message)
    yield from (Problem(stage="store", message=note) for note in reading.notes)


@dataclass(frozen=True)
class _Raised:
    """The points of one reading."""

    run: CheckRun
    reading: ModelReading
    context: CheckContext
    rulebook: Rulebook
    words: ModelPoints

    def claims(self) -> tuple[Claim, ...]:
        """The ledger; rows without a cell tell which one was named, and keep their verdict."""
        rows = list(self.run.claims)
        for link, check in self._links:
            if link.claim is not None and check.verdict == "supported":
                rows[link.claim] = with_link(rows[link.claim], check)
        return tuple(rows)

    def findings(self) -> Iterator[Finding]:
        """All points, by kind."""
        for link, check in self._links:
            if check.verdict != "supported" and check.expected is not None:
                yield self._figure(link, check)
        for statement in self.reading.statements:
            wrong = "" if self._decided(statement.passage) else self._wrong(statement)
            if wrong:
                yield self._statement(statement, wrong)
        yield from self._coverage()
        pairs = [p for p in self.reading.contradictions if _may_differ(p)]
        for kind in get_args(ContradictionKind):
            for passages in _joined(p for p in pairs if p.kind == kind):
                yield self._contradiction(kind, passages)

    def problems(self) -> Iterator[Problem]:
        """What the model was asked and no point tells."""
        yield from self._unanswered()
        yield from self._overruled()

    def _unanswered(self) -> Iterator[Problem]:
        """The required contents about which the model said nothing that could be used."""
        answered = {c.topic for c in self.reading.coverage}
        topics = [
            f"“{spec.label}”"
            for topic, spec in self.words.topics.items()
            if topic not in answered and self._applied(spec.rule)
        ]
        if topics:
            message = self.words.unanswered.format(topics="、".join(topics))
            yield Problem(stage=STAGE, message=message)

    def _overruled(self) -> Iterator[Problem]:
        """The required contents that a model misses or finds empty and that the code has seen."""
        topics = [
            f"“{self.words.topics[c.topic].label}”" for c in self.reading.coverage if self._seen(c)
        ]
        if topics:
            message = self.words.overruled.format(topics="、".join(dict.fromkeys(topics)))
            yield Problem(stage=STAGE, message=message)

    @cached_property
    def _links(self) -> Sequence[tuple[FigureLink, ClaimCheck]]:
        checked = [(k, check_link(k, self.run.claims, self.context)) for k in self.reading.links]
        return [(link, check) for link, check in checked if check is not None]

    def _figure(self, link: FigureLink, check: ClaimCheck) -> Finding:
        values = {"quote": _shown(link.passage), "reason": check.reason}
        evidence: tuple[Evidence, ...] = (_text(link.passage), *self._cells(check.cells))
        return self._finding(self.words.points.figure, values, evidence)

    def _decided(self, passage: Quoted) -> bool:
        """Whether the code has held something of the passage against the cells already."""
        place = passage.locator
        return any(
            check.verdict in _DECIDED and check.cells
            for claim in self.run.claims
            if place.start <= claim.figure.start < place.end
            for check in claim.checks
        )

    def _wrong(self, statement: Statement) -> str:
        """What the cells hold when it is not what is said; empty when it is, or not known."""
        ones = [self._value(a) for a in statement.cells]
        others = [self._value(a) for a in statement.others]
        values, other_values = [[v for v in n if v is not None] for n in (ones, others)]
        if len(values) < len(ones) or len(other_values) < len(others):
            return ""
        total, other = sum(values, Decimal(0)), sum(other_values, Decimal(0))
        both = f"前者是{plain(total)}，后者是{plain(other)}"
        match statement.relation:
            case "zero":
                filled = [(a, v) for a, v in zip(statement.cells, values, strict=True) if v]
                return "；".join(f"{self.context.label(a)}是{plain(v)}" for a, v in filled[:_FEW])
            case "not_zero":
                return "" if total else "表格里是0"
            case "equal":
                return "" if total == other else both
            case "at_most":
                return "" if total <= other else both

    def _value(self, address: str) -> Decimal | None:
        cell = self.context.cells.get(address)
        return cell.value.value if cell else None

    def _statement(self, statement: Statement, wrong: str) -> Finding:
        points = self.words.points
        values = {
            "quote": _shown(statement.passage),
            "cells": label_of(statement.cells, self.context),
            "others": label_of(statement.others, self.context),
            "reason": wrong,
        }
        cells = self._cells((*statement.cells, *statement.others))
        alone = {"zero": points.zero, "not_zero": points.not_zero}
        spec = alone.get(statement.relation, points.relation)
        return self._finding(spec, values, (_text(statement.passage), *cells))

    def _coverage(self) -> Iterator[Finding]:
        """One finding for each rule and kind, naming all its contents."""
        by_rule: dict[str, list[Coverage]] = {}
        for coverage in self.reading.coverage:
            if self._asked(coverage) and not self._seen(coverage):
                rule = self.words.topics[coverage.topic].rule
                by_rule.setdefault(rule, []).append(coverage)
        for rule, found in by_rule.items():
            missing = [c for c in found if c.passage is None]
            heading = self._heading(missing)
            if missing and heading:
                yield self._contents(self.words.points.missing, rule, missing, (heading,))
            vague = [c for c in found if c.passage is not None]
            if vague:
                quotes = tuple(_text(c.passage) for c in vague if c.passage is not None)
                yield self._contents(self.words.points.vague, rule, vague, quotes)

    def _asked(self, coverage: Coverage) -> bool:
        """Whether it is a reproach, the rule is for this report, and the code has not made it."""
        spec = self.words.topics[coverage.topic]
        told = any(f.rule == spec.rule and spec.label in f.message for f in self.run.findings)
        return not coverage.concrete and self._applied(spec.rule) and not told

    def _seen(self, coverage: Coverage) -> bool:
        """Whether the code has seen what a model reproaches a report with: it is told as such."""
        if not self._asked(coverage):
            return False
        if coverage.passage is None:
            return self.words.topics[coverage.topic].certain
        return self._tells(coverage.passage)

    def _applied(self, rule: str) -> bool:
        return any(o.rule == rule and o.status in _APPLIED for o in self.run.outcomes)

    def _tells(self, passage: Quoted) -> bool:
        """Whether the line of a passage states a figure or an absence: that is concrete."""
        text, place = self.context.report.document.text, passage.locator
        start = text.rfind("\n", 0, place.start) + 1
        end = text.find("\n", place.end)
        end = len(text) if end < 0 else end
        return any(start <= claim.figure.start < end for claim in self.run.claims)

    def _heading(self, missing: Sequence[Coverage]) -> TextEvidence | None:
        for coverage in missing:
            section = self.context.report.section(self.words.topics[coverage.topic].section)
            if section:
                return self.context.text_evidence(section.locator, section.id)
        return None

    def _contents(
        self,
        spec: PointSpec,
        rule: str,
        contents: Sequence[Coverage],
        evidence: tuple[Evidence, ...],
    ) -> Finding:
        topics = "、".join(f"“{self.words.topics[c.topic].label}”" for c in contents)
        return self._finding(spec, {"topics": topics}, evidence, rule=rule)

    def _contradiction(self, kind: ContradictionKind, passages: Sequence[Quoted]) -> Finding:
        points = self.words.points
        specs = {"quantity": points.quantity, "fact": points.fact, "boast": points.boast}
        *most, last = [f"“{_shown(p)}”" for p in passages]
        values = {"quotes": f"{'、'.join(most)}和{last}"}
        return self._finding(specs[kind], values, tuple(map(_text, passages)))

    def _cells(self, addresses: Sequence[str]) -> tuple[CellEvidence, ...]:
        return tuple(self.context.cell_evidence(a) for a in addresses)

    def _finding(
        self,
        spec: PointSpec,
        values: Mapping[str, str],
        evidence: tuple[Evidence, ...],
        *,
        rule: str = "",
    ) -> Finding:
        told_by = self.rulebook.rules[spec.rule or rule]
        message = spec.message.format_map(values)
        basis = [b for b in told_by.basis if not b.forms or self.context.form.id in b.forms]
        return Finding(
            rule=told_by.id,
            title=spec.title,
            severity=spec.severity,
            verdict="review",
            judged_by="model",
            message=message,
            fix_hint=spec.fix_hint,
            basis=tuple(Basis(source=b.source, clause=b.clause) for b in basis),
            fingerprint=_fingerprint(spec, told_by.id, evidence, values.get("topics", "")),
            evidence=evidence,
        )


def _fingerprint(spec: PointSpec, rule: str, evidence: Sequence[Evidence], topics: str) -> str:
    """Stable while kind, place and content stay; where it stands in the file does not count."""
    parts = ["model", spec.title, rule, topics]
    for piece in evidence:
        if isinstance(piece, CellEvidence):
            parts.append(f"{piece.cell}={piece.printed}")
        else:
            parts.append("".join(piece.quote.split()))
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:16]


def _text(passage: Quoted) -> TextEvidence:
    return TextEvidence(section=passage.section, quote=passage.quote, locator=passage.locator)


def _shown(passage: Quoted) -> str:
    """A passage in a message: on one line, shortened; the evidence holds it whole."""
    quote = "".join(passage.quote.split()).rstrip("。；;，,")
    return quote if len(quote) <= _LONGEST_QUOTE else f"{quote[:_LONGEST_QUOTE]}……"


def _may_differ(pair: Contradiction) -> bool:
    """Whether two passages hold, of one quantity, figures that differ and count the same."""
    if pair.kind != "quantity":
        return True
    first, second = _figures(pair.first), _figures(pair.second)
    counted = {unit for _, unit in first} & {unit for _, unit in second}
    return any({v for v, u in first if u == c} != {v for v, u in second if u == c} for c in counted)


def _figures(passage: Quoted) -> frozenset[tuple[Decimal | None, str | None]]:
    return frozenset((f.value, f.unit) for f in find_figures(fold_text(passage.quote)))


def _joined(pairs: Iterable[Contradiction]) -> Iterator[Sequence[Quoted]]:
    """The passages of pairs that share one, together: they are about the same matter."""
    groups: list[list[Quoted]] = []
    for pair in pairs:
        both = [pair.first, pair.second]
        touched = [g for g in groups if any(p in g for p in both)]
        groups = [g for g in groups if g not in touched]
        groups.append([p for g in touched for p in g] + both)
    for group in groups:
        passages = {p.locator.start: p for p in group}
        yield [passages[start] for start in sorted(passages)][:_MOST_PASSAGES]


def _start(evidence: Sequence[Evidence]) -> int:
    return min((e.locator.start for e in evidence if e.locator is not None), default=0)
