"""Reports read from files and checked by every stage, to put questions about."""

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final, Literal

from checker.domain.run import CheckRun
from checker.pipeline import check_report

Written = Literal["document", "faulty", "street", "thin", "water"]
WRITTEN: Final = Path(__file__).parent.parent / "fixtures" / "written"
_IMPROVED: Final = (
    "改进情况：与市城建档案馆建立联合查档机制，累计协助查档38卷；停办更新困难的栏目4个。"
)
_SILENT_ON_FEE: Final = (
    "本年度对1件信息量大的申请按量计收信息处理费，费用共计340元。",
    "没有其他需要报告的事项。",
)


@cache
def checked(name: Written) -> CheckRun:
    """The checked report of that name.

    document: the sample of the page, six findings. faulty: two wrong figures in the text.
    street: of 2020, no fault. thin: without its improvements. water: a wrong total that the text
    contradicts too, a dash, a unit, no word on fees, a cell that cannot be read.
    """
    made: dict[Written, Callable[[], CheckRun]] = {
        "document": lambda: check_report(
            files("ui").joinpath("assets", "sample.docx").read_bytes(), name="sample.docx"
        ),
        "faulty": lambda: _edited(
            "h14-city-bureau.txt",
            ("其中自然人118件", "其中自然人119件"),
            ("被申请行政复议13件", "被申请行政复议15件"),
        ),
        "street": lambda: _edited("r08-street2020.txt"),
        "thin": lambda: _edited("h14-city-bureau.txt", (_IMPROVED, "")),
        "water": lambda: _edited(
            "h24-water-bureau.txt",
            ("行政处罚53件", "行政处罚35件"),
            _cells("1.本机关不掌握相关政府信息", "3 1 0 0 0 0 4", "3 1 0 0 0 0 5"),
            _cells("6.属于四类过程性信息", "1 0", "1 —"),
            _cells("行政规范性文件", "0 1 6", "0 1 6件"),
            _cells("二、上年结转政府信息公开申请数量", "3", "?3"),
            _SILENT_ON_FEE,
        ),
    }
    return made[name]()


def _cells(label: str, old: str, new: str) -> tuple[str, str]:
    """An edit of the cells behind a label, each in a paragraph of its own."""
    before, after = ("\n\n".join((label, *cells.split())) for cells in (old, new))
    return before, after


def _edited(name: str, *edits: tuple[str, str]) -> CheckRun:
    text = (WRITTEN / name).read_text(encoding="utf-8")
    for old, new in edits:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return check_report(text.encode(), name=name)
