"""Measures time and memory beside the bare speed of the libraries; it judges no report.

``make bench`` or ``python -m eval.bench [--rounds N]``. Every figure is a median of this run on
this machine; the bare library reads the same file in the same process. Figures of two runs can be
compared when the fixed loop in the first line took as long in both: a busy machine makes them
differ by half. Processor time is the least of all rounds, which other programs disturb least.
"""

import argparse
import io
import statistics
import subprocess
import sys
import tempfile
import time
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from checker.errors import CheckerError
from checker.settings import Limits

ROOT = Path(__file__).parents[1]
REAL_REPORTS = ROOT.parent / "shared" / "reports"
FORMATS = ("docx", "html", "pdf", "txt")
AIMS_MS = {"docx": 15, "html": 8, "pdf": 40, "txt": 8}
AIM_START_MS = 800
AIM_MEMORY_MB = 150
COLD_STARTS = 5
LOOP_LENGTH = 100_000
# Below this a bare library does next to nothing, and a ratio to it tells nothing.
LEAST_BARE_MS = 0.2
_HEADS = (
    *("格式", "来源", "读取", "组表", "核对", "合计", "目标", "处理器", "倍数", "首次", "结论"),
    *("单用程序库", "文件"),
)
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


class Sample(NamedTuple):
    """A file to measure; ``path`` is a file on the disk, ``kind`` its format."""

    kind: str
    path: Path
    origin: str


class Timing(NamedTuple):
    """Milliseconds of the first call, and of the later ones the median and the least work.

    Attributes:
        processor: milliseconds that the processor worked, waiting left out.
    """

    first: float
    median: float
    processor: float


class ChildUsage(NamedTuple):
    """Peak memory in MB, and milliseconds that the processor worked, waiting left out."""

    peak: int
    processor: int


class Line(NamedTuple):
    """One row of the printed table; with ``problems`` rules failed and the times mean little."""

    sample: Sample
    read: Timing
    assemble: Timing
    check: Timing
    bare: Sequence[tuple[str, Timing]]
    problems: int = 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, help="每项测量的次数（默认 15）")
    rounds = max(1, parser.parse_args(arguments).rounds)
    with tempfile.TemporaryDirectory() as folder:
        samples = list(find_samples(Path(folder)))
        loop = measure(_fixed_loop, rounds)
        print(
            f"机器快慢：固定循环 {LOOP_LENGTH} 次用 {loop.median:.2f} 毫秒（中位数），"
            f"处理器最少 {loop.processor:.2f} 毫秒；与别次测量比较时先比这一行"
        )
        print(f"进程内用时（毫秒，{rounds} 次的中位数；“首次”含加载程序库）")
        print_table(_in_process(samples, rounds))
        if samples:
            print()
            print_start(samples, Path(folder))
    return 0


def find_samples(folder: Path) -> Iterator[Sample]:
    """Real reports where the checkout has them beside it, and our own report in every format."""
    for kind in FORMATS:
        for path in sorted(REAL_REPORTS.glob(f"*.{kind}")):
            yield Sample(kind, path, "真实报告")
        data = _own_report(kind)
        if data is not None:
            path = folder / f"自制样本.{kind}"
            path.write_bytes(data)
            yield Sample(kind, path, "自制样本")


def measure(action: Callable[[], object], rounds: int) -> Timing:
    """Time one action: first call, then the median and the least work after warm-up."""
    times: list[int] = []
    work: list[int] = []
    for _ in range(rounds + 1):
        start, worked = time.perf_counter_ns(), time.process_time_ns()
        action()
        work.append(time.process_time_ns() - worked)
        times.append(time.perf_counter_ns() - start)
    return Timing(times[0] / 1e6, statistics.median(times[1:]) / 1e6, min(work[1:]) / 1e6)


def _fixed_loop() -> int:
    """The same work in every run: it tells how fast the machine is at present."""
    total = 0
    for number in range(LOOP_LENGTH):
        total += number * number % 7
    return total


def measure_sample(sample: Sample, rounds: int) -> Line:
    """Time the three stages and the bare libraries on one file.

    Raises:
        CheckerError: the file cannot be read.
    """
    from checker.assemble import assemble
    from checker.checks import run_checks
    from checker.readers import read

    data, name, limits = sample.path.read_bytes(), sample.path.name, Limits()
    reading = measure(lambda: read(data, name=name, limits=limits), rounds)
    document = read(data, name=name, limits=limits)
    assembling = measure(lambda: assemble(document), rounds)
    report = assemble(document)
    checking = measure(lambda: run_checks(report), rounds)
    bare = [(label, measure(action, rounds)) for label, action in _bare_actions(sample, data)]
    problems = len(run_checks(report).problems)
    return Line(sample, reading, assembling, checking, bare, problems)


def _in_process(samples: Sequence[Sample], rounds: int) -> Iterator[Line | str]:
    for sample in samples:
        try:
            yield measure_sample(sample, rounds)
        except CheckerError as error:
            yield f"{sample.path.name}：{error}"


def _own_report(kind: str) -> bytes | None:
    """The report of the tests as a file; None outside a checkout."""
    if find_spec("tests") is None:
        return None
    renderers, builders = import_module("tests.renderers"), import_module("tests.builders")
    data = renderers.render(builders.clean_report(), kind)
    return data if isinstance(data, bytes) else None


def _bare_actions(sample: Sample, data: bytes) -> list[tuple[str, Callable[[], object]]]:
    """The fastest libraries on the same bytes, without any understanding."""
    if sample.kind == "docx":
        actions = [("lxml", lambda: _parse_document_xml(data))]
        if find_spec("kreuzberg"):
            actions.append(("kreuzberg", lambda: _extract_kreuzberg(data)))
        return actions
    if sample.kind == "html":
        return [("lxml.html", lambda: _parse_html(data))]
    if sample.kind == "pdf":
        return [("tablers", lambda: _find_tables(data)), ("pypdfium2", lambda: _page_texts(data))]
    return [("读文件并分行", lambda: sample.path.read_text(encoding="utf-8").splitlines())]


def _parse_document_xml(data: bytes) -> object:
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def _extract_kreuzberg(data: bytes) -> object:
    mime = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return import_module("kreuzberg").extract_bytes_sync(data, mime)


def _parse_html(data: bytes) -> object:
    from lxml import html

    return html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))


def _find_tables(data: bytes) -> object:
    tablers = import_module("tablers")
    document = tablers.Document(bytes=data)
    tables = [list(tablers.find_tables(page, extract_text=True)) for page in document.pages()]
    document.close()
    return tables


def _page_texts(data: bytes) -> object:
    pdfium = import_module("pypdfium2")
    document = pdfium.PdfDocument(data)
    texts = []
    for page in document:
        text_page = page.get_textpage()
        texts.append(text_page.get_text_range())
        text_page.close()
        page.close()
    document.close()
    return texts


def print_table(lines: Iterator[Line | str]) -> None:
    """Print one row per file as it is measured."""
    widths = (6, 10, 8, 8, 8, 8, 8, 8, 6, 9, 6, 36)
    print(_aligned(_HEADS, widths))
    for line in lines:
        if isinstance(line, str):
            print(line)
            continue
        total = line.read.median + line.assemble.median + line.check.median
        first = line.read.first + line.assemble.first + line.check.first
        aim = AIMS_MS[line.sample.kind]
        bare = "，".join(f"{label} {timing.median:.2f}" for label, timing in line.bare)
        note = f"（{line.problems} 条规则运行出错，用时不作数）" if line.problems else ""
        stages = (line.read, line.assemble, line.check)
        work = sum(t.processor for t in stages)
        cells = (
            line.sample.kind,
            line.sample.origin,
            *(f"{t.median:.2f}" for t in stages),
            f"{total:.2f}",
            f"≤ {aim}",
            f"{work:.2f}",
            _ratio(work, line.bare),
            f"{first:.1f}",
            _judge(total, aim),
            bare,
            line.sample.path.name + note,
        )
        print(_aligned(cells, widths))


def _ratio(work: float, bare: Sequence[tuple[str, Timing]]) -> str:
    """Our processor time in multiples of that of the first bare library."""
    least = bare[0][1].processor if bare else 0.0
    return f"{work / least:.1f}" if least >= LEAST_BARE_MS else "—"


def print_start(samples: Sequence[Sample], folder: Path) -> None:
    """Print cold start and peak memory of the command line, per format.

    Args:
        samples: the first of each format is checked.
        folder: where the compiled modules may be kept for the time of the measurement.
    """
    python = [sys.executable, "-X", f"pycache_prefix={folder / 'compiled'}", "-c"]
    bare = _median_start([*python, "pass"])
    print(f"命令行 xxgk check（新进程，模块已编译，{COLD_STARTS} 次的中位数）")
    heads = ("格式", "用时（毫秒）", "目标", "结论", "处理器用时", "内存峰值（MB）", "目标", "结论")
    widths = (6, 14, 8, 8, 12, 16, 8, 8)
    print(_aligned((*heads, "文件"), widths))
    firsts = {s.kind: s for s in reversed(samples)}
    for kind in (k for k in FORMATS if k in firsts):
        path = firsts[kind].path
        command = [*python, _START, "check", str(path)]
        _child_usage(command)  # the first start compiles
        taken, usage = _median_start(command), _child_usage(command)
        peak = usage.peak if usage else None
        cells = (
            kind,
            "无法测量" if taken is None else f"{taken:.0f}",
            f"≤ {AIM_START_MS}",
            _judge(taken, AIM_START_MS),
            str(usage.processor) if usage else "无法测量",
            str(usage.peak) if usage else "无法测量",
            f"≤ {AIM_MEMORY_MB}",
            _judge(peak, AIM_MEMORY_MB),
            path.name,
        )
        print(_aligned(cells, widths))
    alone = "无法测量" if bare is None else f"{bare:.0f}"
    print(f"对照：只启动 Python（python -c pass） {alone} 毫秒")


def _median_start(command: Sequence[str]) -> float | None:
    """Milliseconds until the process has ended; None when it did not do its work."""
    times: list[int] = []
    for _ in range(COLD_STARTS):
        start = time.perf_counter_ns()
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own
        times.append(time.perf_counter_ns() - start)
        if done.returncode not in (0, 1):
            return None
    return statistics.median(times) / 1e6


def _child_usage(command: Sequence[str]) -> ChildUsage | None:
    """Measured by a small process, as a child inherits the peak memory of its parent.

    None where the system does not tell (Windows).
    """
    helper = [sys.executable, "-c", _CHILD_USAGE, *command]
    done = subprocess.run(helper, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    return ChildUsage(*map(int, done.stdout.split())) if done.returncode == 0 else None


def _judge(measured: float | None, aim: int) -> str:
    if measured is None:
        return "—"
    return "达到" if measured <= aim else "未达"


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Cells padded to columns; a Chinese character is two wide. The last cell is free."""
    padded = [_pad(cell, width) for cell, width in zip(cells, widths, strict=False)]
    return "".join([*padded, *cells[len(widths) :]])


def _pad(cell: str, width: int) -> str:
    wide = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in cell)
    return cell + " " * max(1, width - wide)


if __name__ == "__main__":
    sys.exit(main())
