"""Measures whole processes: the start of the command line, and many reports one after the other.

It belongs to ``bench`` and judges no report.
"""

import io
import statistics
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from itertools import islice, product
from pathlib import Path
from typing import NamedTuple

from eval.columns import aligned, judged

AIM_START_MS = 800
AIM_MEMORY_MB = 150
COLD_STARTS = 5
REPORTS = 300
"""So many different reports in one process."""
WARM_UP = 30
"""So many before, until libraries and rules are loaded and the memory has its size."""
# An installed program has its modules compiled. A checkout whose environment forbids that compiles
# all of them at every start, which nobody who uses the program has to wait for.
_START = (
    "import sys; sys.dont_write_bytecode = False; from checker.cli import entry; sys.exit(entry())"
)
_CHILD_USAGE = (
    "import resource, subprocess, sys\n"
    "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n"
    "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
    "peak = used.ru_maxrss // 1024 if sys.platform == 'darwin' else used.ru_maxrss\n"
    "print(peak // 1024, round((used.ru_utime + used.ru_stime) * 1000))\n"
)
_ENDURE = (
    "import gc, sys; from checker.cli.main import COLLECT_AFTER; gc.set_threshold(*COLLECT_AFTER)\n"
    "from eval.bench_process import endure; print(*endure(sys.argv[1]))"
)
_PLACES = "东西南北山水云石清平安和永新"
_MAIN_PART = "word/document.xml"
_OWN_PLACE = "云溪"


class ChildUsage(NamedTuple):
    """Peak memory in MB, and milliseconds that the processor worked, waiting left out."""

    peak: int
    processor: int


class Endurance(NamedTuple):
    """Many reports in one process.

    Attributes:
        seconds: that they took together.
        processor: seconds that the processor worked.
        before: peak memory in MB after the warm-up; 0 where the system does not tell.
        after: peak memory in MB at the end.
    """

    seconds: float
    processor: float
    before: float
    after: float


def print_start(firsts: Sequence[tuple[str, Path]], folder: Path) -> None:
    """Print cold start and peak memory of the command line, per format.

    Args:
        firsts: a format and the file to check.
        folder: where the compiled modules may be kept for the time of the measurement.
    """
    python = [sys.executable, "-X", f"pycache_prefix={folder / 'compiled'}", "-c"]
    bare = _median_start([*python, "pass"])
    print(f"命令行 xxgk check（新进程，模块已编译，{COLD_STARTS} 次的中位数）")
    heads = ("格式", "用时（毫秒）", "目标", "结论", "处理器用时", "内存峰值（MB）", "目标", "结论")
    widths = (6, 14, 8, 8, 12, 16, 8, 8)
    print(aligned((*heads, "文件"), widths))
    for kind, path in firsts:
        command = [*python, _START, "check", str(path)]
        _child_usage(command)  # the first start compiles
        taken, usage = _median_start(command), _child_usage(command)
        peak = usage.peak if usage else None
        cells = (
            kind,
            "无法测量" if taken is None else f"{taken:.0f}",
            f"≤ {AIM_START_MS}",
            judged(taken, AIM_START_MS),
            str(usage.processor) if usage else "无法测量",
            str(usage.peak) if usage else "无法测量",
            f"≤ {AIM_MEMORY_MB}",
            judged(peak, AIM_MEMORY_MB),
            path.name,
        )
        print(aligned(cells, widths))
    alone = "无法测量" if bare is None else f"{bare:.0f}"
    print(f"对照：只启动 Python（python -c pass） {alone} 毫秒")


def print_endurance(path: Path) -> None:
    """Print how many reports a second one process checks, and how its memory grows.

    Args:
        path: our own report as a Word file; its copies carry other names of the body.
    """
    command = [sys.executable, "-c", _ENDURE, str(path)]
    done = _run(command)
    if done.returncode:
        print(f"连续核对：无法测量（{done.stderr.strip().splitlines()[-1:]}）")
        return
    found = Endurance(*map(float, done.stdout.split()))
    grown = f"{found.after - found.before:.1f} MB" if found.before else "无法测量"
    wall, worked = REPORTS / found.seconds, REPORTS / found.processor
    print(
        f"连续核对：一个进程核对 {REPORTS} 份不同的 docx（先热身 {WARM_UP} 份），"
        f"每秒 {wall:.1f} 份（按处理器时间 {worked:.1f} 份），"
        f"内存峰值增加 {grown}（从 {found.before:.1f} 到 {found.after:.1f} MB）"
    )


def endure(name: str) -> Endurance:
    """Check many reports one after the other, in this process.

    Args:
        name: path of the Word file whose copies are checked.

    Raises:
        CheckerError: a report cannot be checked.
    """
    from checker.pipeline import check_report

    reports = copies(Path(name).read_bytes(), WARM_UP + REPORTS)
    for report in islice(reports, WARM_UP):
        check_report(report, name="报告.docx")
    before, seconds, processor = _peak(), 0.0, 0.0
    for report in reports:
        start, worked = time.perf_counter(), time.process_time()
        check_report(report, name="报告.docx")
        processor += time.process_time() - worked
        seconds += time.perf_counter() - start
    return Endurance(seconds, processor, before, _peak())


def copies(data: bytes, count: int) -> Iterator[bytes]:
    """The same report of so many bodies: a memory of what was read would be seen growing."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    text = parts[_MAIN_PART].decode()
    for letters, _ in zip(product(_PLACES, repeat=3), range(count), strict=False):
        parts[_MAIN_PART] = text.replace(_OWN_PLACE, "".join(letters)).encode()
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as copy:
            for part, content in parts.items():
                copy.writestr(part, content)
        yield packed.getvalue()


def _peak() -> float:
    """Peak memory of this process in MB; 0 where the system does not tell (Windows)."""
    if find_spec("resource") is None:
        return 0.0
    resource = import_module("resource")
    used = float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return used / 1024 / (1024 if sys.platform == "darwin" else 1)


def _run(command: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    """A process of our own, to its end."""
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours


def _median_start(command: Sequence[str]) -> float | None:
    """Milliseconds until the process has ended; None when it did not do its work."""
    times: list[int] = []
    for _ in range(COLD_STARTS):
        start = time.perf_counter_ns()
        done = _run(command)
        times.append(time.perf_counter_ns() - start)
        if done.returncode not in (0, 1):
            return None
    return statistics.median(times) / 1e6


def _child_usage(command: Sequence[str]) -> ChildUsage | None:
    """Measured by a small process, as a child inherits the peak memory of its parent.

    None where the system does not tell (Windows).
    """
    helper = [sys.executable, "-c", _CHILD_USAGE, *command]
    done = _run(helper)
    return ChildUsage(*map(int, done.stdout.split())) if done.returncode == 0 else None
