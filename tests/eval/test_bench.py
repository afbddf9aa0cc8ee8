"""The bench measures our own report in every format and says so in aligned Chinese."""

from pathlib import Path

import pytest

from eval.bench import FORMATS, Line, Sample, Timing, find_samples, measure, print_table


def test_our_own_report_is_measured_in_every_format(tmp_path: Path) -> None:
    own = [s for s in find_samples(tmp_path) if s.origin == "自制样本"]
    assert tuple(s.kind for s in own) == FORMATS
    assert all(s.path.read_bytes() for s in own)


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
    print_table(iter([Line(sample, slow, fast, fast, [("读文件并分行", fast)]), "坏文件：打不开"]))
    head, row, bad = capsys.readouterr().out.splitlines()
    assert "未达" in row
    assert "21.00" in row
    assert "19.00" in row  # processor time
    assert "38.0" in row  # in multiples of the bare library
    assert bad == "坏文件：打不开"
    assert head.index("文件") <= row.index("报告.txt")
