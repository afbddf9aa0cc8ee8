"""Standard output and error of the process; never a traceback because of an encoding."""

import errno
import io
import logging
import os
import sys
from contextlib import suppress

from checker.cli.faults import CommandError


class OutputClosedError(Exception):
    """Whoever read our output has gone away, e.g. ``xxgk check … | head``."""


def prepare(*, debug: bool) -> None:
    """UTF-8 with plain line breaks into pipes and files; what a terminal cannot show becomes ``?``.

    A pipe on Windows would otherwise get the code page of the machine. What the program logs is
    for programmers and may hold report text: it is shown when ``debug`` asks for it.
    """
    log = logging.getLogger("checker")
    log.handlers = [logging.StreamHandler() if debug else logging.NullHandler()]
    log.setLevel(logging.DEBUG if debug else logging.NOTSET)
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")


def emit(text: str) -> None:
    """Write to standard output.

    Raises:
        OutputClosedError: the reader has gone away.
        CommandError: the output cannot be written, e.g. the disk is full.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError as error:
        raise OutputClosedError from error
    except OSError as error:
        # Windows reports a closed pipe as an invalid argument.
        if os.name == "nt" and error.errno == errno.EINVAL:
            raise OutputClosedError from error
        raise CommandError(
            f"结果写不出去（系统错误 {error.errno}）。", hint="请检查磁盘空间。"
        ) from error


def complain(text: str) -> None:
    """Write one line to standard error; a closed one is no reason to fail."""
    with suppress(OSError, ValueError):
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()


def abandon_stdout() -> None:
    """Point a closed standard output at nowhere, so that the interpreter ends quietly."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def coloured() -> bool:
    """Whether to send colour codes: only to a terminal whose user did not ask for none.

    Older Windows consoles print the codes as they are, so Windows gets none.
    """
    if os.name == "nt" or not sys.stdout.isatty():
        return False
    from checker.settings import no_color

    return not no_color()
