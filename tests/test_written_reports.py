"""Long reports of fictitious bodies, written by people who did not see the checker.

All figures of the prose agree with the tables. A report may hold one thing for a person to look at,
which is named here with the rule that says so; errors there are none.
"""

from pathlib import Path

import pytest

from checker.pipeline import check_report
from eval.report_suite import File, load_part

FILES = sorted((Path(__file__).parent / "fixtures" / "written").iterdir())
TOLD = {
    "r09-county-gov19": "C105",  # the amount of 政府集中采购 stands without a unit
    "s09-prov-gov2022": "N105",  # more notices than unpaid fees
    "h13-prov-gov": "N104",  # cases of the counties among those of the province
}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_nothing_is_wrong_in_a_report_without_a_fault(path: Path) -> None:
    run = check_report(path.read_bytes(), name=path.name)
    serious = [f for f in run.findings if f.severity != "note"]
    assert {f.rule for f in serious} <= {TOLD.get(path.stem)}, [f.message for f in serious]
    assert run.report.doubts == ()
    assert run.problems == ()


_MOST_WARNINGS = 3
UNSTATED = {"D102"}  # some of them do not state the reporting period, which a person may accept
REPORTS = [(corpus.name, file) for corpus in load_part("tuning") for file in corpus.clean]


@pytest.mark.parametrize(
    "file",
    [f for _, f in REPORTS],
    ids=[f"{name}-{f.name.partition('-')[0]}" for name, f in REPORTS],
)
def test_a_report_of_the_tuning_part_has_no_error_and_few_warnings(file: File) -> None:
    run = check_report(file.data, name=file.name)
    told = [f for f in run.findings if f.severity != "note" and f.rule not in UNSTATED]
    assert [f.message for f in told if f.severity == "error"] == []
    assert len(told) <= _MOST_WARNINGS, [f.message for f in told]
    assert run.problems == ()
