"""``xxgk check``: checks files one after the other; a bad file never stops the rest."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Literal

from checker.cli.arguments import Parser, one_of
from checker.cli.console import coloured, complain, emit
from checker.cli.faults import status_of, unforeseen
from checker.cli.inputs import Chosen, Selection, load, select
from checker.cli.target import verify, write
from checker.domain.reading import Usage
from checker.errors import CheckerError, InputError
from checker.output import FORMATS, CheckedFile, FailedFile, FileResult, OutputFormat, render
from checker.output.results import exit_status
from checker.settings import Settings, load_settings

LlmUse = Literal["auto", "off"]  # as in checker.pipeline, which is loaded later

LLM_USES: Final[tuple[LlmUse, ...]] = ("auto", "off")
SENT_TO: Final = (
    "正文和表里的数字会发送给语言模型 {model}（{url}），请它补充意见；不发送请加 --llm off。"
)
BY_SUFFIX: Final[dict[str, OutputFormat]] = {
    ".txt": "text",
    ".json": "json",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
}
DESCRIPTION: Final = """\
核对政府信息公开工作年度报告：先给结论，再按错误、警告、提示列出问题，
每个问题说明在哪张表、哪一行、哪一列，为什么，怎么改。
可以给多个文件、文件夹（只看这一层）和通配符 * ?；一个文件出错不影响其他文件。

退出码：0 没有不通过的；1 有报告不通过；2 有文件不能核对；3 程序自身出错。多个文件时取最大的。"""
EXAMPLES: Final = (
    "xxgk check 某局2024年年度报告.docx",
    "xxgk check 报送材料 -o 反馈单.html",
    "xxgk check *.pdf --format json -o 结果.json",
)


def _parser() -> Parser:
    parser = Parser(
        "check",
        usage="文件… [--format 格式] [-o 结果文件] [--llm off]",
        description=DESCRIPTION,
        examples=EXAMPLES,
    )
    parser.positional(
        "files", metavar="文件", text="要核对的报告：.docx .html .pdf .txt .md，也可以是文件夹"
    )
    parser.option(
        "--format",
        metavar="格式",
        kind=one_of(FORMATS),
        text="text（默认）、json、markdown 或 html；不写时按结果文件的后缀决定。\n"
        "json：一个文件输出一个对象，多个文件输出一个数组，结构见 xxgk schema",
    )
    parser.option(
        "--llm",
        metavar="方式",
        kind=one_of(LLM_USES),
        text="auto（默认）：设置了语言模型接口时，把正文和表里的数字发给它，请它补充意见；\n"
        "off：不使用语言模型。接口怎样设置见 xxgk llm check",
    )
    parser.option("-o", "--output", metavar="结果文件", text="把结果写进文件，不显示在屏幕上")
    return parser


def run(argv: Sequence[str], *, debug: bool = False) -> int:
    """Check the files that a command line names.

    Args:
        argv: arguments behind ``check``.
        debug: let an unforeseen fault through, with its traceback.

    Raises:
        CommandError: the command line asks for something that cannot be done.
    """
    parser = _parser()
    arguments = parser.parse_args(argv)
    if not arguments.files:
        parser.fail("没有写要核对的文件。")
    selection = select(arguments.files)
    target = Path(arguments.output) if arguments.output is not None else None
    if target is not None:
        verify(target, (c.path for c in selection.files))
    form = _format(arguments.format, target)
    settings = load_settings()
    llm: LlmUse = "off" if arguments.llm == "off" else "auto"
    if llm == "auto" and settings.llm.configured and selection.files:
        complain(SENT_TO.format(model=settings.llm.model, url=settings.llm.base_url))
    results = _results(selection, settings, llm=llm, debug=debug)
    if form == "text" and target is None and len(selection.items) > 1:
        done = _stream(results)
    else:
        done = tuple(results)
        _deliver(done, form, target)
    _name_left_out(selection.left_out)
    _name_usage(done)
    return max(exit_status(r) for r in done)


def _format(asked: OutputFormat | None, target: Path | None) -> OutputFormat:
    if asked is not None:
        return asked
    return BY_SUFFIX.get(target.suffix.lower(), "text") if target is not None else "text"


def _results(
    selection: Selection, settings: Settings, *, llm: LlmUse, debug: bool
) -> Iterator[FileResult]:
    for item in selection.items:
        if isinstance(item, InputError):
            yield _failed(item.path, item)
        else:
            yield check_file(item, settings, llm=llm, debug=debug)


def check_file(
    chosen: Chosen, settings: Settings, *, llm: LlmUse = "off", debug: bool = False
) -> FileResult:
    """Check one file; whatever goes wrong becomes a result with its reason.

    Args:
        chosen: the file.
        settings: limits and the language model.
        llm: whether a language model may be asked.
        debug: let an unforeseen fault through, with its traceback.
    """
    from checker.pipeline import check_report

    try:
        data = load(chosen, settings.limits)
        run = check_report(data, name=chosen.path.name, settings=settings, llm=llm)
    except CheckerError as error:
        return _failed(chosen.shown, error)
    except Exception as error:  # a border: one file must not stop the rest
        if debug:
            raise
        message = unforeseen(error)
        return FailedFile(file=chosen.shown, kind="InternalError", message=message, status=3)
    return CheckedFile(file=chosen.shown, run=run)


def _failed(shown: str, error: CheckerError) -> FailedFile:
    return FailedFile(
        file=shown,
        kind=type(error).__name__,
        message=error.message,
        hint=error.hint,
        status=status_of(error),
    )


def _stream(results: Iterator[FileResult]) -> tuple[FileResult, ...]:
    """Show every report as soon as it is checked, and the summary at the end."""
    from checker.output.text import SEPARATOR, result_text, summary_text

    colour = coloured()
    done: list[FileResult] = []
    for result in results:
        emit(result_text(result, colour=colour) + SEPARATOR)
        done.append(result)
    emit(summary_text(done))
    return tuple(done)


def _deliver(results: Sequence[FileResult], form: OutputFormat, target: Path | None) -> None:
    """Write all results at once, to the file or to the screen."""
    first = results[0]
    if len(results) == 1 and isinstance(first, FailedFile) and form != "json":
        complain(f"错误：{first.file}：{first.message}{first.hint}")
    elif target is None:
        emit(render(results, form, colour=coloured()))
    else:
        from checker.output.text import outcome_line

        write(target, render(results, form))
        emit(f"{outcome_line(results)}结果已写入 {target}\n")


def _name_left_out(names: Sequence[str]) -> None:
    if names:
        complain(f"没有核对文件夹里的其他 {len(names)} 个文件：{'、'.join(names)}")


def _name_usage(results: Sequence[FileResult]) -> None:
    """What the questions to a model came to, when there were any."""
    usage = sum((r.run.model.usage for r in results if isinstance(r, CheckedFile)), Usage())
    if usage.requests or usage.cached:
        cost = f"，费用 {usage.cost:.4f}" if usage.cost is not None else ""
        complain(
            f"语言模型：提问 {usage.requests} 次，取用缓存 {usage.cached} 次，"
            f"用了 {usage.prompt_tokens}＋{usage.completion_tokens} 个 token{cost}。"
        )
