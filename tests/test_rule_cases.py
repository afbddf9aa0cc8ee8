"""Every case of every rule: ids like ``T301:one_request_lost:2021``."""

import pytest

from checker.domain.finding import CellEvidence, Finding
from checker.rulebook import load_rulebook
from tests.rule_cases import BoundCase, bound_cases, full, run

CASES = tuple(bound_cases())


def _places(finding: Finding) -> str:
    shown = (e.cell if isinstance(e, CellEvidence) else e.quote for e in finding.evidence)
    return "\n".join(shown)


def _as_tuple(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


@pytest.mark.parametrize("bound", CASES, ids=[c.id for c in CASES])
def test_rule_says_what_the_case_expects(bound: BoundCase) -> None:
    case = bound.case
    result = run(bound)
    assert result.problems == ()
    outcome = next(o for o in result.outcomes if o.rule == bound.rule)
    told = [f for f in result.findings if f.rule == bound.rule or bound.rule in f.also_rules]
    assert outcome.status == case.expect, (outcome, [f.message for f in told])
    for piece in _as_tuple(case.at):
        assert any(piece in _places(f) for f in told), [_places(f) for f in told]
    for words in _as_tuple(case.says):
        spoken = [f"{f.message}\n{f.fix_hint}" for f in told] or [outcome.reason]
        assert any(words in text for text in spoken), spoken
    if case.count is not None:
        assert len(told) == case.count, [f.message for f in told]
    if case.severity is not None:
        assert {f.severity for f in told} == {case.severity}
    if case.suspect is not None:
        wanted = full(case.suspect, load_rulebook().rules[bound.rule])
        assert wanted in {f.suspect_cell for f in told}, [f.message for f in told]
    if case.suggested is not None:
        assert case.suggested in {f.suggested_value for f in told}
    for finding in told:
        assert "{" not in finding.message + finding.fix_hint
