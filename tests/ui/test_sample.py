"""The sample behind “查看示例”: exactly the planted faults are found in it."""

from checker.domain.finding import CellEvidence
from checker.pipeline import check_report
from tests.ui.make_sample import PLANTED, TARGET, plan


def test_sample_yields_exactly_the_planted_findings() -> None:
    run = check_report(TARGET.read_bytes(), name=TARGET.name)
    assert {f.rule for f in run.findings} == set(PLANTED)
    assert len(run.findings) == len(PLANTED)
    assert run.doubts == ()
    assert run.problems == ()
    for finding in run.findings:
        planted = PLANTED[finding.rule]
        cells = [e.cell for e in finding.evidence if isinstance(e, CellEvidence)]
        assert planted is None or planted in cells


def test_sample_file_is_what_its_plan_says() -> None:
    read = check_report(TARGET.read_bytes(), name=TARGET.name).report
    planned = plan().report()
    for table, wanted in zip(read.tables, planned.tables, strict=True):
        values = {a: c.value for a, c in table.by_address.items()}
        assert values == {a: c.value for a, c in wanted.by_address.items()}


def test_sample_body_is_fictitious() -> None:
    run = check_report(TARGET.read_bytes(), name=TARGET.name)
    assert run.report.identity.agency == "云溪县文化和旅游局"
    assert run.report.identity.year == 2024
