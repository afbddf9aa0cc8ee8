"""Writes results to a file: never over an input, never half of it."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from checker.cli.faults import CommandError


def verify(target: Path, inputs: Iterable[Path]) -> None:
    """Refuse a place that cannot or must not be written, before any work is done.

    Raises:
        CommandError: the folder does not exist, the place is a folder or an input file.
    """
    try:
        has_folder, is_folder, exists = target.parent.is_dir(), target.is_dir(), target.exists()
    except (OSError, ValueError) as error:
        raise CommandError("结果文件的名称不能用。", hint="请换一个文件名。") from error
    if not has_folder:
        raise CommandError(
            f"文件夹“{target.parent}”不存在，结果没有地方写。",
            hint="请先建好文件夹，或换一个位置。",
        )
    if is_folder:
        raise CommandError(f"“{target}”是文件夹。", hint="请在 -o 后面写结果文件的名称。")
    if exists and any(_same(target, path) for path in inputs):
        raise CommandError(
            f"结果文件“{target}”就是要核对的文件，不能覆盖。", hint="请换一个文件名。"
        )


def _same(target: Path, path: Path) -> bool:
    try:
        return target.samefile(path)
    except (OSError, ValueError):  # an input that does not exist
        return False


def write(target: Path, text: str) -> None:
    """Write the whole text or nothing: a reader never sees half a result.

    Raises:
        CommandError: the file cannot be written.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", errors="replace", newline="\n") as stream:
            stream.write(text)
        part.replace(target)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise CommandError(
            f"结果写不进“{target}”（系统错误 {error.errno}）。",
            hint="文件可能正被别的程序打开，或没有写入权限。",
        ) from error
