"""Joins the stages: bytes → Document → AnnualReport → CheckRun. Nothing is decided here."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Final, Literal

from checker.assemble import assemble
from checker.assemble.elsewhere import report_elsewhere
from checker.domain.report import AnnualReport, SectionId
from checker.domain.run import CheckRun
from checker.errors import ModelError, NotAnAnnualReportError, UnreadableFileError
from checker.readers import read
from checker.settings import Settings, load_settings

if TYPE_CHECKING:
    from checker.store import Store

LlmUse = Literal["auto", "off"]

STAGES: Final = ("读取", "表格", "规则", "完成")
MODEL_STAGE: Final = "语言模型"  # between 规则 and 完成, when a model is asked

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
        UnreadableFileError: the report is not in the text, but in an attachment or a picture.
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
    elsewhere = report_elsewhere(report)
    if elsewhere:
        raise UnreadableFileError(
            f"文件里只有年度报告的标题，没有各部分的文字和统计表，报告看来在{elsewhere}里。",
            path=name,
            hint="请下载附件，或提供含文字的 Word、网页、PDF 或文本文件后再检查。",
        )
    return report


def check_report(  # noqa: PLR0913 - what one run can be told, all but the data optional
    data: bytes,
    *,
    name: str,
    settings: Settings | None = None,
    on_stage: Callable[[str], None] | None = None,
    llm: LlmUse = "off",
    cancel: Event | None = None,
) -> CheckRun:
    """Check one report: a pure function of the bytes, the rules and the settings.

    Args:
        data: content of the file.
        name: file name as the user knows it.
        settings: limits; those of this process by default.
        on_stage: told the name of each stage when it begins, and 完成 at the end.
        llm: ``auto`` asks a language model too, if the settings name one.
        cancel: stops asking the model when set; what the code found stands.

    Raises:
        InputError: the file cannot be read or is no annual report.
        RulebookError: the rules that came with the program are damaged.
        PromptError: the prompts that came with the program are damaged.
    """
    from checker.checks import run_checks

    tell = on_stage or _nobody
    report = read_report(data, name=name, settings=settings, on_stage=on_stage)
    tell("规则")
    run = run_checks(report)
    run = consult_model(run, settings=settings, llm=llm, on_stage=on_stage, cancel=cancel)
    tell("完成")
    return run


def consult_model(
    run: CheckRun,
    *,
    settings: Settings | None = None,
    llm: LlmUse = "auto",
    on_stage: Callable[[str], None] | None = None,
    cancel: Event | None = None,
) -> CheckRun:
    """The run with what a model points out; nothing is sent unless an endpoint is set.

    Args:
        run: of the code alone.
        settings: the endpoint; that of this process by default.
        llm: ``off`` asks no model.
        on_stage: told when a model is asked.
        cancel: stops asking when set; what the code found stands.

    Raises:
        RulebookError: the rules that came with the program are damaged.
        PromptError: the prompts that came with the program are damaged.
    """
    from checker.checks.model_part import with_failure, without_model

    settings = settings or load_settings()
    if llm == "off" or run.report.empty_form:
        return without_model(run, "off")
    if not settings.llm.configured:
        return without_model(run, "not_configured")
    from checker.checks.model_points import add_reading
    from checker.llm import read_with_model

    (on_stage or _nobody)(MODEL_STAGE)
    try:
        reading = read_with_model(
            run.report,
            run.claims,
            settings=settings.llm,
            store=_store(settings.store),
            cancel=cancel,
        )
    except ModelError as error:
        return with_failure(run, error, settings.llm.base_url)
    return add_reading(run, reading)


@cache
def _store(path: Path | None) -> "Store":
    """One for each file: what a server can do is found out once, with a file or without."""
    from checker.store import Store

    return Store(path)


def _is_annual_report(report: AnnualReport) -> bool:
    found = {s.id for s in report.sections}
    return bool(report.tables or report.identity.title or found & TELLING_SECTIONS)


def _nobody(_stage: str) -> None:
    """Nobody wants to hear about the stages."""
