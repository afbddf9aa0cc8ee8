"""Joins the stages: bytes → Document → AnnualReport → CheckRun. Nothing is decided here."""

from collections.abc import Callable
from typing import Final

from checker.assemble import assemble
from checker.domain.report import AnnualReport, SectionId
from checker.domain.run import CheckRun
from checker.errors import NotAnAnnualReportError
from checker.readers import read
from checker.settings import Settings, load_settings

STAGES: Final = ("读取", "表格", "规则", "完成")

# Other papers have 总体情况, 存在的主要问题 and 其他事项 too; these three are found nowhere else.
TELLING_SECTIONS: Final[frozenset[SectionId]] = frozenset({"proactive", "requests", "appeals"})
LOOKED_FOR: Final = (
    "标题（……政府信息公开工作年度报告）",
    "“主动公开政府信息情况”等部分的标题",
    "表二、表三、表四",
)


def read_report(
    data: bytes,
    *,
    name: str,
    settings: Settings | None = None,
    on_stage: Callable[[str], None] | None = None,
) -> AnnualReport:
    """Read a file as an annual report, without judging it.

    Args:
        data: content of the file.
        name: file name as the user knows it.
        settings: limits; those of this process by default.
        on_stage: told the name of each stage when it begins.

    Raises:
        InputError: the file cannot be read.
        NotAnAnnualReportError: nothing of an annual report is in it.
    """
    tell = on_stage or _nobody
    limits = (settings or load_settings()).limits
    tell("读取")
    document = read(data, name=name, limits=limits)
    tell("表格")
    report = assemble(document)
    if not _is_annual_report(report):
        raise NotAnAnnualReportError(
            "文件里没有找到政府信息公开工作年度报告的标题、部分标题和统计表，看来不是年度报告。",
            path=name,
            looked_for=LOOKED_FOR,
            hint="请确认选对了文件。",
        )
    return report


def check_report(
    data: bytes,
    *,
    name: str,
    settings: Settings | None = None,
    on_stage: Callable[[str], None] | None = None,
) -> CheckRun:
    """Check one report: a pure function of the bytes, the rules and the settings.

    Args:
        data: content of the file.
        name: file name as the user knows it.
        settings: limits; those of this process by default.
        on_stage: told the name of each stage when it begins, and 完成 at the end.

    Raises:
        InputError: the file cannot be read or is no annual report.
        RulebookError: the rules that came with the program are damaged.
    """
    from checker.checks import run_checks

    tell = on_stage or _nobody
    report = read_report(data, name=name, settings=settings, on_stage=on_stage)
    tell("规则")
    run = run_checks(report)
    tell("完成")
    return run


def _is_annual_report(report: AnnualReport) -> bool:
    found = {s.id for s in report.sections}
    return bool(report.tables or report.identity.title or found & TELLING_SECTIONS)


def _nobody(_stage: str) -> None:
    """Nobody wants to hear about the stages."""
