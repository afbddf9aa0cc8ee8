"""What went wrong, in one Chinese sentence, and the exit status that belongs to it."""

import traceback
from typing import Literal

from checker.errors import CheckerError, PromptError, RulebookError

FailureStatus = Literal[2, 3]


class CommandError(CheckerError):
    """The command line asks for something that cannot be done."""


def status_of(error: Exception) -> FailureStatus:
    """2 when the user can help it, 3 when the fault is ours."""
    if isinstance(error, CheckerError) and not isinstance(error, (RulebookError, PromptError)):
        return 2
    return 3


def unforeseen(error: Exception) -> str:
    """A fault of ours in one sentence: kind and place, never the text of the report.

    The message of the exception is left out, because it may quote the report.
    """
    frames = traceback.extract_tb(error.__traceback__)
    names = [f for f in frames if "checker" in f.filename] or list(frames)
    place = "未知位置"
    if names:
        last = names[-1]
        folder = last.filename.replace("\\", "/").rpartition("/checker/")[2]
        place = f"{folder}:{last.lineno}"
    return (
        f"程序内部错误：{type(error).__name__}（{place}）。"
        "这不是报告的问题，请把这一行告诉维护人员。"
    )
