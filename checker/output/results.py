"""What was asked to be checked and what became of it; the input of every renderer."""

from typing import Literal

from checker.domain.base import Frozen
from checker.domain.run import CheckRun

ExitStatus = Literal[0, 1, 2, 3]


class CheckedFile(Frozen):
    """A file that was checked.

    Attributes:
        file: the file as the user named it.
    """

    file: str
    run: CheckRun


class FailedFile(Frozen):
    """A file that could not be checked, with the reason.

    Attributes:
        file: the file as the user named it.
        kind: class of the error, e.g. ``UnreadableFileError``.
        message: what happened, in Chinese.
        hint: what to do, in Chinese.
        status: 2 the input cannot be checked, 3 the fault is ours.
    """

    file: str
    kind: str
    message: str
    hint: str = ""
    status: Literal[2, 3] = 2


FileResult = CheckedFile | FailedFile


def exit_status(result: FileResult) -> ExitStatus:
    """The exit status that one file asks for: 0 nothing failed, 1 failed, 2 or 3 not checked."""
    if isinstance(result, FailedFile):
        return result.status
    return 1 if result.run.verdict == "fail" else 0
