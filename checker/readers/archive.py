"""Zip containers, opened with suspicion.

Headers are not believed: parts are unpacked in bounded pieces and counted. Archives inside the
archive are never opened, and nothing is written to disk.
"""

import zipfile
import zlib
from io import BytesIO
from typing import IO

from checker.errors import InputError, LimitExceededError, UnreadableFileError
from checker.settings import Limits

# Every entry of the directory carries this mark, whatever the header says about their number.
_DIRECTORY_MARK = b"PK\x01\x02"
_MAX_ENTRIES = 5_000
_CHUNK = 256 * 1024
# Below this size a high ratio is normal: a table of zeros packs 100 to 1.
_RATIO_FLOOR = 4 * 1024 * 1024
_ENCRYPTED = 0x1
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# What zipfile raises on damaged input, beside its own error.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class Archive:
    """The parts of a zip file, within limits.

    Args:
        data: content of the file.
        name: file name for messages.
        limits: how much may be unpacked.

    Raises:
        UnreadableFileError: damaged or encrypted.
        LimitExceededError: too many parts, or too much to unpack.
    """

    def __init__(self, data: bytes, *, name: str, limits: Limits) -> None:
        self._name = name
        self._limits = limits
        self._unpacked = 0
        if data.count(_DIRECTORY_MARK) > _MAX_ENTRIES:
            raise self._too_large("压缩包里的文件太多", limit="unpacked_bytes")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _DAMAGE as error:
            raise damaged(name) from error
        entries = self._zip.infolist()
        self._entries = {entry.filename: entry for entry in entries}
        if len(self._entries) < len(entries):
            # Two parts of one name: readers would disagree about which one counts.
            raise damaged(name)
        if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
            raise self._too_large("文件解压后太大", limit="unpacked_bytes")

    @property
    def names(self) -> frozenset[str]:
        """Names of all parts."""
        return frozenset(self._entries)

    def read(self, part: str) -> bytes:
        """Unpack one part.

        Raises:
            UnreadableFileError: the part is absent, damaged or encrypted.
            LimitExceededError: it unpacks to more than the limits allow.
        """
        entry = self._entries.get(part)
        if entry is None or entry.compress_type not in _METHODS:
            raise damaged(self._name)
        if entry.flag_bits & _ENCRYPTED:
            raise encrypted(self._name)
        try:
            with self._zip.open(entry) as stream:
                return self._drain(stream, max(entry.compress_size, 1))
        except _DAMAGE as error:
            raise damaged(self._name) from error

    def _drain(self, stream: IO[bytes], packed: int) -> bytes:
        pieces: list[bytes] = []
        size = 0
        while piece := stream.read(_CHUNK):
            pieces.append(piece)
            size += len(piece)
            self._unpacked += len(piece)
            if self._unpacked > self._limits.unpacked_bytes:
                raise self._too_large("文件解压后太大", limit="unpacked_bytes")
            if size > _RATIO_FLOOR and size > packed * self._limits.unpack_ratio:
                raise self._too_large("文件的压缩比异常", limit="unpack_ratio")
        return b"".join(pieces)

    def _too_large(self, what: str, *, limit: str) -> LimitExceededError:
        return LimitExceededError(
            f"{what}，为安全起见没有打开。",
            path=self._name,
            limit=limit,
            hint="请用 Word 或 WPS 打开后另存为新的 .docx。",
        )


def damaged(name: str) -> InputError:
    """The error for a container or part that cannot be unpacked."""
    return UnreadableFileError(
        "文件已损坏或不完整，打不开。", path=name, hint="请重新导出或重新下载后再试。"
    )


def encrypted(name: str) -> InputError:
    """The error for a file that needs a password."""
    return UnreadableFileError(
        "文件已加密，打不开。", path=name, hint="请在 Word 或 WPS 中去掉密码后另存，再试一次。"
    )
