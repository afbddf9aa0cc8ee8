"""Measures time and memory beside the bare speed of the libraries; it judges no report.

``make bench`` or ``python -m eval.bench [--rounds N]``. Every figure is a median of this run on
this machine; the bare library reads the same file in the same process. Rubbish is looked for as
seldom as in every process of the product. Figures of two runs can be compared when the fixed loop
in the first line took as long in both: a busy machine makes them differ by half. Processor time is
the least of all rounds, which other programs disturb least. Verdicts are on the medians. The number
ledger stands by itself, because its aim is on top of that of reading, assembling and the rules.
"""

import argparse
import gc
import io
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple, TypeVar

from checker.cli.main import COLLECT_AFTER
from checker.errors import CheckerError
from checker.settings import Limits
from eval.bench_process import print_endurance, print_start
from eval.columns import aligned, judged

ROOT = Path(__file__).parents[1]
REAL_REPORTS = ROOT.parent / "shared" / "reports"
OWN = "自制样本"
FORMATS = ("docx", "html", "pdf", "txt")
AIMS_MS = {"docx": 15, "html": 8, "pdf": 40, "txt": 8}
"""For reading, assembling and the rules together; the ledger comes on top."""
AIM_LEDGER_MS = 15
LOOP_LENGTH = 100_000
# Below this a bare library does next to nothing, and a ratio to it tells nothing.
LEAST_BARE_MS = 0.2
_HEADS = (
    *("格式", "来源", "读取", "组表", "规则", "合计", "处理器", "目标", "结论"),
    *("数字核对", "处理器", "目标", "结论", "倍数", "首次", "单用程序库", "文件"),
)
_Made = TypeVar("_Made")


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


class Line(NamedTuple):
    """One row of the printed table; with ``problems`` rules failed and the times mean little.

    Attributes:
        ledger: the number ledger alone.
        rules: all rules, with the ledger at hand.
    """

    sample: Sample
    read: Timing
    assemble: Timing
    ledger: Timing
    rules: Timing
    bare: Sequence[tuple[str, Timing]]
    problems: int = 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, help="每项测量的次数（默认 15）")
    rounds = max(1, parser.parse_args(arguments).rounds)
    gc.set_threshold(*COLLECT_AFTER)
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
            firsts = {s.kind: s.path for s in reversed(samples)}
            print_start([(k, firsts[k]) for k in FORMATS if k in firsts], Path(folder))
        for own in (s for s in samples if s.kind == "docx" and s.origin == OWN):
            print_endurance(own.path)
    return 0


def find_samples(folder: Path) -> Iterator[Sample]:
    """Real reports where the checkout has them beside it, and our own report in every format."""
    for kind in FORMATS:
        for path in sorted(REAL_REPORTS.glob(f"*.{kind}")):
            yield Sample(kind, path, "真实报告")
        data = _own_report(kind)
        if data is not None:
            path = folder / f"{OWN}.{kind}"
            path.write_bytes(data)
            yield Sample(kind, path, OWN)


def measure(action: Callable[[], object], rounds: int) -> Timing:
    """Time one action: first call, then the median and the least work after warm-up."""
    return measure_on(lambda: None, lambda _: action(), rounds)


def measure_on(make: Callable[[], _Made], action: Callable[[_Made], object], rounds: int) -> Timing:
    """Time an action on something that is made anew for every call, outside the time."""
    times: list[int] = []
    work: list[int] = []
    for _ in range(rounds + 1):
        made = make()
        start, worked = time.perf_counter_ns(), time.process_time_ns()
        action(made)
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
    """Time the stages and the bare libraries on one file.

    Raises:
        CheckerError: the file cannot be read.
    """
    from checker.assemble import assemble
    from checker.checks.context import CheckContext
    from checker.checks.engine import context_of, run_in
    from checker.readers import read
    from checker.rulebook import load_rulebook

    data, name, limits = sample.path.read_bytes(), sample.path.name, Limits()
    reading = measure(lambda: read(data, name=name, limits=limits), rounds)
    document = read(data, name=name, limits=limits)
    assembling = measure(lambda: assemble(document), rounds)
    report = assemble(document)
    rulebook = load_rulebook()

    def fresh() -> CheckContext:
        return context_of(report, rulebook)

    def with_ledger() -> CheckContext:
        context = fresh()
        _ = context.claims
        return context

    ledger = measure_on(fresh, lambda context: context.claims, rounds)
    rules = measure_on(with_ledger, lambda context: run_in(context, rulebook), rounds)
    bare = [(label, measure(action, rounds)) for label, action in _bare_actions(sample, data)]
    problems = len(run_in(fresh(), rulebook).problems)
    return Line(sample, reading, assembling, ledger, rules, bare, problems)


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
    widths = (6, 10, 8, 8, 8, 8, 8, 6, 6, 10, 8, 6, 6, 6, 9, 36)
    print(aligned(_HEADS, widths))
    for line in lines:
        print(line if isinstance(line, str) else aligned(_cells(line), widths))


def _cells(line: Line) -> tuple[str, ...]:
    """One row; the ledger has an aim of its own and is in no sum but the first call."""
    stages = (line.read, line.assemble, line.rules)
    total, work = sum(t.median for t in stages), sum(t.processor for t in stages)
    first = sum(t.first for t in (*stages, line.ledger))
    aim = AIMS_MS[line.sample.kind]
    note = f"（{line.problems} 条规则运行出错，用时不作数）" if line.problems else ""
    return (
        line.sample.kind,
        line.sample.origin,
        *(f"{t.median:.2f}" for t in stages),
        f"{total:.2f}",
        f"{work:.2f}",
        f"≤ {aim}",
        judged(total, aim),
        f"{line.ledger.median:.2f}",
        f"{line.ledger.processor:.2f}",
        f"≤ {AIM_LEDGER_MS}",
        judged(line.ledger.median, AIM_LEDGER_MS),
        _ratio(work, line.bare),
        f"{first:.1f}",
        "，".join(f"{label} {timing.median:.2f}" for label, timing in line.bare),
        line.sample.path.name + note,
    )


def _ratio(work: float, bare: Sequence[tuple[str, Timing]]) -> str:
    """Our processor time in multiples of that of the first bare library."""
    least = bare[0][1].processor if bare else 0.0
    return f"{work / least:.1f}" if least >= LEAST_BARE_MS else "—"


if __name__ == "__main__":
    sys.exit(main())
