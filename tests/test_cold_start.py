"""What one check costs as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import checker
from tests.builders import clean_report
from tests.renderers import to_txt

ROOT = Path(checker.__file__).parent.parent


def processor_time(compiled: Path, *line: str) -> float:
    """Seconds of processor time of a Python process that keeps compiled modules in a folder."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    env = {**kept, "PYTHONPYCACHEPREFIX": str(compiled)}
    command = [sys.executable, *line]
    before = os.times()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True, env=env)
    after = os.times()
    used = after.children_user + after.children_system
    return used - before.children_user - before.children_system


@pytest.mark.skipif(os.name == "nt", reason="Windows does not count the time of a child")
def test_one_check_costs_little_more_than_the_types_it_needs(tmp_path: Path) -> None:
    # The aim is 0.8 s on a quiet machine, which `make bench` measures. A busy machine stretches
    # every process alike, so this compares; importing gradio alone would break it. Modules are
    # compiled by the first of three runs, as they are in what a user has installed.
    report = tmp_path / "好.txt"
    report.write_bytes(to_txt(clean_report()))
    check = ("-m", "checker.cli", "check", str(report))
    types = ("-c", "import pydantic; pydantic.BaseModel")
    checked = min(processor_time(tmp_path, *check) for _ in range(3))
    loaded = min(processor_time(tmp_path, *types) for _ in range(3))
    assert checked < 12 * loaded
