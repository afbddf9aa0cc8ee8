"""Doubts about shifted figures arise only where no single cell explains the fault."""

from checker.checks import run_checks
from tests.builders import clean_report


def test_a_located_fault_is_no_sign_of_shifted_figures() -> None:
    run = run_checks(clean_report().set_cell("requests/granted/research", "-1").report())
    assert {f.suspect_cell for f in run.findings} >= {"requests/granted/research"}
    assert run.doubts == ()
