"""Readers: bytes of a file → Document, one module per format.

The kind is decided by content, never by suffix. Nothing is repaired and nothing is fetched.
"""

from typing import TYPE_CHECKING

from checker.domain.document import Document
from checker.errors import LimitExceededError, UnreadableFileError
from checker.settings import Limits

if TYPE_CHECKING:
    from checker.readers.detect import ContentKind

__all__ = ["read"]


def read(data: bytes, *, name: str, limits: Limits) -> Document:
    """Read a file into a Document.

    Args:
        data: content of the file.
        name: file name as the user knows it; only used in messages.
        limits: what a file may be at most.

    Raises:
        InputError: the file cannot be read; the message says why and what to do.
    """
    from checker.readers.decoding import refuse_long_text
    from checker.readers.detect import detect

    if len(data) > limits.file_bytes:
        raise LimitExceededError(
            f"文件有 {_megabytes(len(data))} MB，超过上限 {_megabytes(limits.file_bytes)} MB。",
            path=name,
            limit="file_bytes",
            hint="请压缩或删去文件里的图片后再试。",
        )
    # A name in another encoding reaches us with lone surrogates, which no output can print.
    name = name.encode("utf-8", "replace").decode("utf-8")
    document = _dispatch(detect(data, name=name, limits=limits), data, name, limits)
    refuse_long_text(len(document.text), name=name, limits=limits)
    if not document.blocks:
        raise UnreadableFileError(
            "文件里没有可读的文字，内容可能是图片或扫描件。",
            path=name,
            hint="请提供含文字的 Word、网页、PDF 或文本文件。",
        )
    return document


def _dispatch(kind: "ContentKind", data: bytes, name: str, limits: Limits) -> Document:
    # One format per call: the libraries of the others are not loaded.
    if kind == "docx":
        from checker.readers.docx import read_docx

        return read_docx(data, name=name, limits=limits)
    if kind == "html":
        from checker.readers.html import read_html

        return read_html(data, name=name, limits=limits)
    if kind == "mht":
        from checker.readers.mht import read_mht

        return read_mht(data, name=name, limits=limits)
    if kind == "pdf":
        from checker.readers.pdf import read_pdf

        return read_pdf(data, name=name, limits=limits)
    from checker.readers.plain import read_plain

    return read_plain(data, name=name, limits=limits)


def _megabytes(size: int) -> str:
    return f"{-(-size * 10 // (1024 * 1024)) / 10:g}"
