"""argparse in Chinese: no English word in help or errors."""

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NoReturn

from checker.cli.faults import CommandError

# What argparse says in English, and what we say. Python versions differ in detail, so
# everything unknown falls back to one general sentence.
SENTENCES: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern, re.DOTALL), sentence)
    for pattern, sentence in (
        (r"unrecognized arguments: (.*)", "不认识“{0}”。"),
        (r"argument (\S+?)(?:/\S+)?: expected .*", "选项 {0} 后面缺少内容。"),
        (r"argument (\S+?)(?:/\S+)?: ignored explicit argument .*", "选项 {0} 后面不能带内容。"),
        (r"argument (\S+?)(?:/\S+)?: ([^a-zA-Z].*)", "选项 {0}：{1}"),
    )
)
GENERAL: Final = "命令的写法不对。"


class _Formatter(argparse.RawTextHelpFormatter):
    """Says 用法 instead of usage, and puts every explanation on a line of its own.

    argparse counts characters, not columns, so it cannot align beside Chinese words.
    """

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=6, width=100)

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, prefix or "用法：")


class Parser(argparse.ArgumentParser):
    """A parser for one command.

    Args:
        command: its name, e.g. ``check``.
        usage: what follows the name in the line 用法.
        description: what the command does, in Chinese.
        examples: command lines for the end of the help.
    """

    def __init__(
        self, command: str, *, usage: str, description: str, examples: Sequence[str] = ()
    ) -> None:
        self._command = command
        epilog = "\n".join(["例：", *(f"  {line}" for line in examples)]) if examples else None
        super().__init__(
            prog=f"xxgk {command}",
            usage=f"xxgk {command} {usage}".rstrip(),
            description=description,
            epilog=epilog,
            formatter_class=_Formatter,
            add_help=False,
            allow_abbrev=False,
        )
        self._arguments = self.add_argument_group("参数")
        self._options = self.add_argument_group("选项")
        self._options.add_argument("-h", "--help", action="help", help="显示这段说明")

    def positional(self, name: str, *, metavar: str, text: str) -> None:
        """Accept any number of words; the command checks how many there are."""
        self._arguments.add_argument(name, nargs="*", metavar=metavar, help=text)

    def switch(self, *flags: str, text: str) -> None:
        """An option without a value."""
        self._options.add_argument(*flags, action="store_true", help=text)

    def option(
        self, *flags: str, metavar: str, text: str, kind: Callable[[str], str] = str
    ) -> None:
        """An option with a value."""
        self._options.add_argument(*flags, metavar=metavar, type=kind, default=None, help=text)

    def fail(self, sentence: str) -> NoReturn:
        """Reject the command line with a sentence of our own.

        Raises:
            CommandError: always.
        """
        raise CommandError(sentence, hint=f"用法见 xxgk {self._command} --help。")

    def error(self, message: str) -> NoReturn:
        """What argparse calls; the sentence in Chinese.

        Raises:
            CommandError: always.
        """
        for pattern, sentence in SENTENCES:
            if match := pattern.fullmatch(message):
                self.fail(sentence.format(*match.groups()))
        self.fail(GENERAL)


def one_of(values: Sequence[str]) -> Callable[[str], str]:
    """A type of argument: one of a closed set."""

    def choose(value: str) -> str:
        if value not in values:
            raise argparse.ArgumentTypeError(f"“{value}”不能用，可用的有 {'、'.join(values)}。")
        return value

    return choose
