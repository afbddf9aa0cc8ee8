"""The bench measures our own report in every format and says so in aligned Chinese."""

import gc
from itertools import count
from pathlib import Path
from time import sleep

import pytest

from checker.cli.main import COLLECT_AFTER
from checker.pipeline import check_report
from eval import bench
from eval.bench import (
    FORMATS,
    Line,
    Sample,
    Timing,
    find_samples,
    measure,
    measure_on,
    measure_sample,
    print_table,
)
from eval.bench_process import copies, endure


def test_our_own_report_is_measured_in_every_format(tmp_path: Path) -> None:
    own = [s for s in find_samples(tmp_path) if s.origin == "自制样本"]
    assert tuple(s.kind for s in own) == FORMATS
    assert all(s.path.read_bytes() for s in own)


def test_rubbish_is_looked_for_as_seldom_as_in_the_product(monkeypatch: pytest.MonkeyPatch) -> None:
    before = gc.get_threshold()
    monkeypatch.setattr(bench, "find_samples", lambda _folder: ())
    try:
        assert bench.main(["--rounds", "1"]) == 0
        assert gc.get_threshold() == COLLECT_AFTER
    finally:
        gc.set_threshold(*before)


def test_the_first_call_is_told_apart() -> None:
    calls: list[int] = []
    timing = measure(lambda: calls.append(1), 4)
    assert len(calls) == 5
    assert timing.first > 0
    assert timing.median > 0
    assert timing.processor >= 0


def test_what_misses_its_aim_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    sample = Sample("txt", Path("报告.txt"), "自制样本")
    slow, fast = Timing(30.0, 20.0, 18.0), Timing(1.0, 0.5, 0.5)
    line = Line(sample, slow, fast, Timing(9.0, 7.25, 7.0), fast, [("读文件并分行", fast)])
    print_table(iter([line, "坏文件：打不开"]))
    head, row, bad = capsys.readouterr().out.splitlines()
    assert row.index("未达") < row.index("7.25") < row.index("达到")  # the ledger meets its own aim
    assert "21.00" in row  # without the ledger
    assert "19.00" in row  # processor time
    assert "38.0" in row  # in multiples of the bare library
    assert bad == "坏文件：打不开"
    assert head.index("文件") <= row.index("报告.txt")


def test_what_is_made_for_a_call_is_not_timed() -> None:
    numbers, used = count(1), list[int]()
    timing = measure_on(lambda: next(numbers), used.append, 3)
    assert used == [1, 2, 3, 4]
    slow = measure_on(lambda: sleep(0.05), lambda _: None, 1)
    assert slow.median < 25 > timing.median


def test_ledger_and_rules_are_measured_apart(tmp_path: Path) -> None:
    sample = next(s for s in find_samples(tmp_path) if s.kind == "txt" and s.origin == "自制样本")
    line = measure_sample(sample, 1)
    assert line.ledger.median > 0
    assert line.rules.median > 0
    assert line.problems == 0


def test_copies_for_the_long_run_are_reports_of_different_bodies(tmp_path: Path) -> None:
    own = next(s for s in find_samples(tmp_path) if s.kind == "docx" and s.origin == "自制样本")
    runs = [check_report(c, name="报告.docx") for c in copies(own.path.read_bytes(), 3)]
    assert len({r.report.identity.agency for r in runs}) == 3
    assert {r.verdict for r in runs} == {"pass"}


def test_the_long_run_gives_seconds_and_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eval.bench_process.REPORTS", 2)
    monkeypatch.setattr("eval.bench_process.WARM_UP", 1)
    own = next(s for s in find_samples(tmp_path) if s.kind == "docx" and s.origin == "自制样本")
    found = endure(str(own.path))
    assert found.seconds > 0
    assert found.processor > 0
    assert found.after >= found.before
