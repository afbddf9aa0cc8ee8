"""Doubts about shifted figures arise only where no single cell explains the fault."""

from collections.abc import Sequence

import pytest

from checker.checks import run_checks
from tests.builders import APPLICANTS, clean_report

COLUMNS = (*APPLICANTS, "total")


def shifted(row: str, printed: Sequence[str]) -> list[str]:
    plan = clean_report()
    for column, figure in zip(COLUMNS, printed, strict=True):
        plan.set_cell(f"requests/{row}/{column}", figure)
    doubts = run_checks(plan.report()).doubts
    return [d.message for d in doubts if d.kind == "shifted_cells"]


def figures(row: str) -> list[str]:
    cells = clean_report().tables["requests"][row]
    return [cells[c] for c in COLUMNS]


def test_a_located_fault_is_no_sign_of_shifted_figures() -> None:
    run = run_checks(clean_report().set_cell("requests/granted/research", "-1").report())
    assert {f.suspect_cell for f in run.findings} >= {"requests/granted/research"}
    assert run.doubts == ()


@pytest.mark.parametrize("row", ["granted", "denied.deliberative_process", "new_received"])
def test_a_row_read_one_place_off_is_a_doubt(row: str) -> None:
    own = figures(row)
    for printed, way in (
        (["0", *own[:-1]], "行的数字整体左移一列"),
        ([own[-1], *own[:-1]], "行的数字整体左移一列"),
        ([*own[1:], ""], "行的数字整体右移一列"),
        ([*own[1:], own[0]], "行的数字整体右移一列"),
        (["0", *own[:5], own[6]], "行（末列除外）的数字整体左移一列"),
    ):
        if own[5] != "0" and "末列" in way:
            continue
        (told,) = shifted(row, printed)
        assert way in told


def test_the_row_that_kept_its_total_is_a_doubt() -> None:
    (told,) = shifted("granted", ["2", "0", "1", "3", "0", "0", "20"])
    assert told.startswith("表三“（一）予以公开”行（末列除外）的数字整体右移一列后合计相等")


@pytest.mark.parametrize(
    "printed",
    [
        ["2", "14", "0", "1", "3", "0", "20"],  # two neighbours in each other's place
        ["13", "3", "0", "1", "3", "0", "20"],  # two cells that make up for each other
        ["14", "2", "1", "0", "3", "0", "20"],
        ["0", "0", "0", "0", "0", "0", "0"],
    ],
)
def test_other_faults_of_a_row_are_no_shift(printed: list[str]) -> None:
    assert figures("granted") == ["14", "2", "0", "1", "3", "0", "20"]
    assert shifted("granted", printed) == []


def test_a_lone_figure_in_the_wrong_column_is_no_shift() -> None:
    assert figures("declined.duplicate") == ["1", "0", "0", "0", "0", "0", "1"]
    assert shifted("declined.duplicate", ["0", "1", "0", "0", "0", "0", "1"]) == []
