"""Finds the command, runs it, and turns every outcome into an exit status."""

import gc
import sys
import traceback
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from checker import __version__
from checker.cli.console import OutputClosedError, abandon_stdout, complain, emit, prepare
from checker.cli.faults import CommandError, status_of, unforeseen
from checker.errors import CheckerError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP: Final = "xxgk.commands"
INTERRUPTED: Final = 130  # what shells use for Ctrl+C
# Libraries and rules are there to stay: looking through them for rubbish after every few hundred
# new objects, as Python does, costs a twentieth of the start and of every report.
COLLECT_AFTER: Final = (20_000, 20, 20)
OUTPUT_CLOSED: Final = 141  # what shells use for a closed pipe

COMMANDS: Final[Mapping[str, str]] = {
    "check": "核对年度报告，列出问题",
    "text": "显示读到的文字和每段的位置",
    "tables": "显示读到的三张表，与官方格式对照",
    "ledger": "显示数字核对表：正文里每个数字对的是哪一格",
    "rules": "列出规则的类别；可按类别、按词查找，rules show 编号 显示一条规则",
    "schema": "输出 json 结果的结构说明（JSON Schema）",
    "llm": "xxgk llm check 试一试设置的语言模型接口",
}
# Commands of packages above us are not imported for the help: the page takes seconds to load.
REGISTERED: Final[Mapping[str, str]] = {"ui": "打开核对页面，选项见 xxgk ui --help"}
SEE_HELP: Final = "说明见 xxgk {name} --help"
HELP: Final = """\
用法：xxgk 命令 [参数…]

政府信息公开工作年度报告核对工具：核对统计表、正文和报告格式，不改动原文件；
没有设置语言模型接口时不联网。

命令：
{commands}

选项：
  -h, --help     显示这段说明；xxgk 命令 --help 显示该命令的说明
  --version      显示版本号
  --debug        程序内部出错时显示详细信息，可能含报告内容

例：
  xxgk check 某局2024年年度报告.docx
"""


def entry() -> int:
    """What the console script ``xxgk`` calls."""
    gc.set_threshold(*COLLECT_AFTER)
    status = main(sys.argv[1:])
    # The process ends and gives its memory back as a whole; without this Python would go through
    # all libraries and rules once more for rubbish, for a seventh of the time of one report.
    gc.freeze()
    return status


def main(argv: Sequence[str]) -> int:
    """Run one command line.

    Args:
        argv: the words behind ``xxgk``.

    Returns:
        0 nothing failed, 1 a report failed, 2 the input cannot be used, 3 our own fault.
    """
    debug = "--debug" in argv
    prepare(debug=debug)
    try:
        return _dispatch([a for a in argv if a != "--debug"], debug=debug)
    except SystemExit as stop:  # how argparse ends after --help
        return stop.code if isinstance(stop.code, int) else 0
    except OutputClosedError:
        abandon_stdout()
        return OUTPUT_CLOSED
    except KeyboardInterrupt:
        complain("已中断。")
        return INTERRUPTED
    except CheckerError as error:
        complain(f"错误：{error}")
        return status_of(error)
    except Exception as error:  # a border: the user gets a sentence, not a traceback
        if debug:
            complain(traceback.format_exc())
        complain(unforeseen(error))
        return 3


def _dispatch(argv: Sequence[str], *, debug: bool) -> int:
    if not argv or argv[0] in ("-h", "--help"):
        emit(_help())
        return 0
    name, rest = argv[0], argv[1:]
    if name in ("--version", "-V"):
        emit(f"xxgk {__version__}\n")
        return 0
    if name in COMMANDS:
        return _own(name, rest, debug=debug)
    for point in _registered():
        if point.name == name:
            status: int = point.load()(list(rest))
            return status
    raise _unknown(name)


def _own(name: str, argv: Sequence[str], *, debug: bool) -> int:
    # Each command is imported when it is called: a start must stay far below a second.
    if name == "check":
        from checker.cli.check import run

        return run(argv, debug=debug)
    if name == "llm":
        from checker.cli.llm import run as run_llm

        return run_llm(argv)
    from checker.cli import show

    commands = {
        "text": show.run_text,
        "tables": show.run_tables,
        "ledger": show.run_ledger,
        "rules": show.run_rules,
        "schema": show.run_schema,
    }
    return commands[name](argv)


def _registered() -> "Sequence[EntryPoint]":
    """Commands of packages above us, which we may not import."""
    from importlib.metadata import entry_points

    return sorted(entry_points(group=GROUP), key=lambda p: p.name)


def _help() -> str:
    listed = dict(COMMANDS)
    for point in _registered():
        listed.setdefault(point.name, REGISTERED.get(point.name, SEE_HELP.format(name=point.name)))
    size = max(map(len, listed)) + 2
    return HELP.format(commands="\n".join(f"  {n:<{size}}{s}" for n, s in listed.items()))


def _unknown(name: str) -> CommandError:
    from difflib import get_close_matches

    from checker.cli.inputs import looks_like_file

    if looks_like_file(name):
        return CommandError(f"“{name}”不是命令。", hint=f"要核对文件，请用 xxgk check {name}")
    names = [*COMMANDS, *(p.name for p in _registered())]
    close = get_close_matches(name, names, n=1)
    hint = f"是不是要用 xxgk {close[0]}？" if close else "全部命令见 xxgk --help。"
    return CommandError(f"没有“{name}”这个命令。", hint=hint)
