"""S101: a missing section is told where it belongs."""

import pytest

from checker.checks import run_checks
from checker.domain.finding import TextEvidence
from checker.domain.report import SectionId
from tests.builders import clean_report

TITLES = {s: t.strip() for s, t in clean_report().section_titles.items()}


@pytest.mark.parametrize(
    ("missing", "around"),
    [
        (("problems",), ("appeals", "other_matters")),
        (("other_matters",), ("problems",)),
        (("overview",), ("proactive",)),
        (("problems", "other_matters"), ("appeals",)),
        (("overview", "problems"), ("proactive", "appeals", "other_matters")),
    ],
)
def test_evidence_is_the_titles_between_which_a_section_is_missing(
    missing: tuple[SectionId, ...], around: tuple[SectionId, ...]
) -> None:
    plan = clean_report()
    for section in missing:
        plan.drop_section(section)
    (finding,) = (f for f in run_checks(plan.report()).findings if f.rule == "S101")
    quotes = [e.quote for e in finding.evidence if isinstance(e, TextEvidence)]
    assert quotes == [TITLES[s] for s in around]


def test_evidence_for_a_lost_title_is_the_titles_around_its_table() -> None:
    plan = clean_report().drop_section("appeals").move_table("appeals", "requests")
    (finding,) = (f for f in run_checks(plan.report()).findings if f.rule == "S101")
    quotes = [e.quote for e in finding.evidence if isinstance(e, TextEvidence)]
    assert quotes == [TITLES["requests"], TITLES["problems"]]
