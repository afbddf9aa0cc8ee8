"""A run for readers, without the personal numbers that a rule warns of.

The finding keeps the literal quotation for machines; what people read must not spread it.
"""

from checker.checks.wording_private import masked
from checker.domain.finding import CellEvidence, Evidence, Finding, TextEvidence
from checker.domain.run import CheckRun
from checker.rulebook import load_rulebook


def discreet_run(run: CheckRun) -> CheckRun:
    """The same run with every such number masked in findings, doubts and the number ledger."""
    numbers = _personal(run)
    if not numbers:
        return run
    return run.model_copy(
        update={
            "findings": tuple(_finding(f, numbers) for f in run.findings),
            "claims": tuple(
                c.model_copy(
                    update={
                        "quote": _hidden(c.quote, numbers),
                        "printed": _hidden(c.printed, numbers),
                        "reason": _hidden(c.reason, numbers),
                    }
                )
                for c in run.claims
            ),
            "doubts": tuple(
                d.model_copy(
                    update={
                        "message": _hidden(d.message, numbers),
                        "quote": _hidden(d.quote, numbers),
                    }
                )
                for d in run.doubts
            ),
        }
    )


def discreet_text(text: str, run: CheckRun) -> str:
    """A text about a run with every such number masked."""
    return _hidden(text, _personal(run))


def _finding(finding: Finding, numbers: tuple[str, ...]) -> Finding:
    return finding.model_copy(
        update={
            "message": _hidden(finding.message, numbers),
            "evidence": tuple(_evidence(e, numbers) for e in finding.evidence),
        }
    )


def _evidence(evidence: Evidence, numbers: tuple[str, ...]) -> TextEvidence | CellEvidence:
    if isinstance(evidence, CellEvidence):
        return evidence
    return evidence.model_copy(update={"quote": _hidden(evidence.quote, numbers)})


def _personal(run: CheckRun) -> tuple[str, ...]:
    """The numbers that are warned of, as printed and without the line breaks within."""
    rules = {i for i, r in load_rulebook().rules.items() if r.check == "personal_data"}
    quotes = {
        e.quote
        for f in run.findings
        if not rules.isdisjoint((f.rule, *f.also_rules))
        for e in f.evidence
        if isinstance(e, TextEvidence)
    }
    every = quotes | {" ".join(q.split()) for q in quotes} | {"".join(q.split()) for q in quotes}
    return tuple(sorted((q for q in every if q), key=lambda q: (-len(q), q)))


def _hidden(text: str, numbers: tuple[str, ...]) -> str:
    for number in numbers:
        text = text.replace(number, masked(number))
    return text
