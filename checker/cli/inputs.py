"""Which files a command line names, and their bytes; folders and wildcards are expanded here."""

import glob
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from checker.errors import InputError, LimitExceededError
from checker.settings import Limits

# What a report may come in. Kinds that we cannot read yet are named too: a report that is
# passed over in silence would look like one that was checked.
DOCUMENT_SUFFIXES: Final = frozenset(
    {".docx", ".doc", ".wps", ".rtf", ".odt", ".ofd", ".pdf", ".html", ".htm", ".mht", ".mhtml"}
    | {".txt", ".md"}
)
LOCK_FILE: Final = "~$"


class Chosen(NamedTuple):
    """A file to check and how the user named it."""

    shown: str
    path: Path


class Selection(NamedTuple):
    """What a list of arguments comes to.

    Attributes:
        items: files to check, each once, and the reasons why an argument names none; in order.
        left_out: files of a folder that are no documents.
    """

    items: tuple[Chosen | InputError, ...]
    left_out: tuple[str, ...]

    @property
    def files(self) -> tuple[Chosen, ...]:
        """The files alone."""
        return tuple(i for i in self.items if isinstance(i, Chosen))


def select(arguments: Sequence[str]) -> Selection:
    """Expand folders (one level) and the wildcards ``*`` and ``?``, which Windows leaves to us."""
    items: list[Chosen | InputError] = []
    left_out: list[str] = []
    seen: set[Path] = set()
    for argument in arguments:
        try:
            for chosen in _expand(argument, left_out):
                identity = _identity(chosen.path)
                if identity not in seen:
                    seen.add(identity)
                    items.append(chosen)
        except InputError as error:
            items.append(error)
    return Selection(tuple(items), tuple(left_out))


def _expand(argument: str, left_out: list[str]) -> Iterator[Chosen]:
    for path in _matches(argument):
        if not _is_folder(path):
            yield Chosen(str(path), path)
            continue
        inside = _documents(path, left_out)
        if not inside:
            raise InputError(
                "这个文件夹里没有可以核对的文件。",
                path=argument,
                hint="只看这一层的 Word、网页、PDF 和文本文件，不看下级文件夹。",
            )
        yield from (Chosen(str(item), item) for item in inside)


def looks_like_file(word: str) -> bool:
    """Whether somebody may have meant a file by this word."""
    path = Path(word)
    return path.suffix.lower() in DOCUMENT_SUFFIXES or _exists(path)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _identity(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):  # no such name, or links in a circle
        return path


def _matches(argument: str) -> Iterator[Path]:
    path = Path(argument)
    if _exists(path) or not any(c in argument for c in "*?"):
        yield path
        return
    # Only * and ? are wildcards: file names with [ ] are common.
    found = sorted(glob.glob(argument.replace("[", "[[]")))  # noqa: PTH207  keeps drive and ./
    named = [Path(f) for f in found if not Path(f).name.startswith(LOCK_FILE)]
    if not named:
        raise InputError("没有符合的文件。", path=argument, hint="请检查文件夹和文件名。")
    yield from named


def _documents(folder: Path, left_out: list[str]) -> list[Path]:
    try:
        entries = sorted(p for p in folder.iterdir() if p.is_file())
    except OSError as error:
        raise InputError(
            f"打不开这个文件夹（系统错误 {error.errno}）。", path=str(folder)
        ) from error
    chosen: list[Path] = []
    for path in entries:
        if path.name.startswith((LOCK_FILE, ".")):
            continue
        if path.suffix.lower() in DOCUMENT_SUFFIXES:
            chosen.append(path)
        else:
            left_out.append(str(path))
    return chosen


def load(chosen: Chosen, limits: Limits) -> bytes:
    """The bytes of a file; its size is looked at before it is read.

    Raises:
        InputError: no such file, no permission, no ordinary file, or too large.
    """
    shown, path = chosen
    try:
        if not path.exists():
            raise InputError(
                "找不到这个文件。",
                path=shown,
                hint="请检查路径和文件名；名称里有空格时用引号括起来。",
            )
        if not path.is_file():
            raise InputError("这不是普通文件，不能读取。", path=shown)
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise LimitExceededError(
                f"文件有 {-(-size // 2**20)} MB，超过上限 {limits.file_bytes // 2**20} MB。",
                path=shown,
                limit="file_bytes",
                hint="请压缩或删去文件里的图片后再试。",
            )
        return path.read_bytes()
    except PermissionError as error:
        raise InputError(
            "打不开文件：没有读取权限，或文件正被别的程序占用。",
            path=shown,
            hint="请关闭正在使用它的程序后再试。",
        ) from error
    except (OSError, ValueError) as error:
        code = error.errno if isinstance(error, OSError) else "名称无效"
        raise InputError(f"读不出这个文件（系统错误 {code}）。", path=shown) from error
