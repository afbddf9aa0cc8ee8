"""What kind of file it is, by content; everything we do not read gets one clear sentence.

A suffix is only quoted in messages, when the content contradicts it.
"""

import re
from pathlib import PurePath
from typing import Literal, NamedTuple

from checker.domain.document import FileKind
from checker.errors import InputError, UnreadableFileError, UnsupportedFormatError
from checker.readers.archive import Archive, encrypted
from checker.readers.decoding import decode, refuse_long_text
from checker.settings import Limits

SUPPORTED = (".docx", ".html", ".mht", ".pdf", ".txt", ".md")

ContentKind = FileKind | Literal["mht"]
"""How the content is packed; a web archive holds a page."""

_GIVE_TEXT = "请提供 Word、网页、PDF 或文本格式的报告。"
_SAVE_AS_DOCX = "请用 Word 或 WPS 打开后另存为 .docx 再试。"
_SAVE_AS_PDF = "请导出为 PDF 或 Word 文件再试。"
_UNPACK = "请先解压，再提供其中的报告文件。"


class Kind(NamedTuple):
    """A kind of file that we do not read: its Chinese name, its usual suffixes, what to do."""

    label: str
    suffixes: tuple[str, ...]
    hint: str


_JPEG = Kind("JPG 图片", (".jpg", ".jpeg"), _GIVE_TEXT)
_PNG = Kind("PNG 图片", (".png",), _GIVE_TEXT)
_GIF = Kind("GIF 图片", (".gif",), _GIVE_TEXT)
_BMP = Kind("BMP 图片", (".bmp",), _GIVE_TEXT)
_TIFF = Kind("TIFF 图片", (".tif", ".tiff"), _GIVE_TEXT)
_WEBP = Kind("WebP 图片", (".webp",), _GIVE_TEXT)
_HEIF = Kind("HEIC 图片", (".heic", ".heif", ".avif"), _GIVE_TEXT)
_MEDIA = Kind("音频或视频", (".mp4", ".mov", ".mp3", ".avi", ".wav", ".m4a"), _GIVE_TEXT)
_DOC = Kind("旧版 Word 或 WPS 文档", (".doc", ".wps", ".dot", ".wpt"), _SAVE_AS_DOCX)
_XLS = Kind("旧版 Excel 表格", (".xls", ".et"), _GIVE_TEXT)
_PPT = Kind("旧版 PPT 演示文稿", (".ppt", ".dps"), _GIVE_TEXT)
_OLE = Kind("旧版 Office 文件", (".doc", ".wps", ".xls", ".ppt", ".msg"), _SAVE_AS_DOCX)
_XLSX = Kind("Excel 表格", (".xlsx", ".xlsm"), _GIVE_TEXT)
_PPTX = Kind("PPT 演示文稿", (".pptx", ".pptm"), _GIVE_TEXT)
_ODF = Kind("OpenDocument 文档", (".odt", ".ods", ".odp"), _SAVE_AS_DOCX)
_OFD = Kind("OFD 版式文件", (".ofd",), "请在 OFD 阅读器中" + _SAVE_AS_PDF[1:])
_EPUB = Kind("EPUB 电子书", (".epub",), _GIVE_TEXT)
_ZIP = Kind("ZIP 压缩包", (".zip",), _UNPACK)
_RAR = Kind("RAR 压缩包", (".rar",), _UNPACK)
_SEVEN = Kind("7z 压缩包", (".7z",), _UNPACK)
_GZIP = Kind("压缩包", (".gz", ".tgz", ".bz2", ".xz", ".tar", ".zst"), _UNPACK)
_PROGRAM = Kind("可执行程序", (".exe", ".dll", ".msi", ".so", ".com", ".scr"), _GIVE_TEXT)
_RTF = Kind("RTF 文档", (".rtf",), _SAVE_AS_DOCX)
_WORD_XML = Kind("Word 的 XML 文档", (".xml",), _SAVE_AS_DOCX)
_XML = Kind("XML 数据文件", (".xml", ".svg", ".rss"), _GIVE_TEXT)
_RUBBISH = Kind("无法识别的二进制数据", (), _GIVE_TEXT)

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff", _JPEG),
    (b"\x89PNG\r\n\x1a\n", _PNG),
    (b"GIF87a", _GIF),
    (b"GIF89a", _GIF),
    (b"II*\x00", _TIFF),
    (b"MM\x00*", _TIFF),
    (b"Rar!\x1a\x07", _RAR),
    (b"7z\xbc\xaf\x27\x1c", _SEVEN),
    (b"\x1f\x8b\x08", _GZIP),
    (b"BZh", _GZIP),
    (b"\xfd7zXZ\x00", _GZIP),
    (b"\x28\xb5\x2f\xfd", _GZIP),
    (b"\x7fELF", _PROGRAM),
    (b"\xcf\xfa\xed\xfe", _PROGRAM),
    (b"\xca\xfe\xba\xbe", _PROGRAM),
    (b"ID3", _MEDIA),
    (b"OggS", _MEDIA),
    (b"\x1aE\xdf\xa3", _MEDIA),
    (b"{\\rtf", _RTF),
)
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (("WordDocument", _DOC), ("Workbook", _XLS), ("PowerPoint Document", _PPT))
_OFFICE_MAINS = (("xl/workbook.", _XLSX), ("ppt/presentation.", _PPTX), ("OFD.xml", _OFD))
_ODF_TYPE = b"application/vnd.oasis.opendocument."
_EPUB_TYPE = b"application/epub+zip"
_PDF_WINDOW = 1024
_HEAD = 4096

_LEADING = re.compile(r"\s*(?:(?:<!--.*?-->|<\?.*?\?>)\s*)*", re.DOTALL)
_STARTS_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|link|base|style|script|article|section|main"
    r"|header|div|p|table|tbody|tr|td|h[1-6]|span|font|center|ul|ol|a|b|strong|em|i|u|o:p|br|hr"
    r"|img|form|blockquote|pre|dl|nav|footer|iframe|noscript|input)(?=[\s>/])",
    re.IGNORECASE,
)
_PAGE = re.compile(r"<(?:html|body)[\s>]", re.IGNORECASE)
_TABLE = re.compile(r"<table[\s>]", re.IGNORECASE)
_CELL = re.compile(r"<t[dh][\s>]", re.IGNORECASE)
_WORD_PROGID = re.compile(r"progid=.Word\.Document|<w:wordDocument|/office/2006/xmlPackage")
_MHT_HEAD = re.compile(r"^(?:from|mime-version|subject|date|content-type):", re.I)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_DASHES = r"[ \t]*:?-{2,}:?[ \t]*"
_PIPE_TABLE = re.compile(rf"^(?:[ \t]*\|)?{_DASHES}(?:\|{_DASHES})+(?:\|[ \t]*)?$", re.M)
_HEADING_MARK = re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.M)


def detect(data: bytes, *, name: str, limits: Limits) -> ContentKind:
    """The kind of file, by content.

    Args:
        data: content of the file.
        name: file name, to say when its suffix contradicts the content.
        limits: limits for looking into a container.

    Raises:
        UnsupportedFormatError: a kind that we do not read.
        UnreadableFileError: empty, damaged or encrypted.
    """
    if not data:
        raise UnreadableFileError(
            "文件是空的（0 字节）。", path=name, hint="请确认文件已完整下载或保存后再试。"
        )
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _inside_zip(data, name, limits)
    if data.startswith(_OLE_MAGIC):
        raise _old_office(data, name)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise _unsupported(kind, name)
    _refuse_binary(data[:_HEAD], data, name)
    if b"%PDF-" in data[:_PDF_WINDOW] and not data.lstrip().startswith(b"<"):
        return "pdf"
    return _text_kind(data, name, limits)


def text_kind(text: str) -> FileKind:
    """``md`` when the text has a Markdown pipe table or heading marks, otherwise ``txt``."""
    # Most texts have neither mark, which is known without looking at every line.
    table = "|" in text and _PIPE_TABLE.search(text)
    return "md" if table or ("#" in text and _HEADING_MARK.search(text)) else "txt"


def _inside_zip(data: bytes, name: str, limits: Limits) -> FileKind:
    archive = Archive(data, name=name, limits=limits)
    names = archive.names
    if "word/document.xml" in names:
        return "docx"
    for main, kind in _OFFICE_MAINS:
        if any(part.startswith(main) for part in names):
            raise _unsupported(kind, name)
    if "[Content_Types].xml" in names and any(part.startswith("word/") for part in names):
        return "docx"
    if "mimetype" in names:
        mimetype = archive.read("mimetype")
        if mimetype.startswith(_ODF_TYPE):
            raise _unsupported(_ODF, name)
        if mimetype.startswith(_EPUB_TYPE):
            raise _unsupported(_EPUB, name)
    raise _unsupported(_ZIP, name)


def _old_office(data: bytes, name: str) -> InputError:
    if _utf16("EncryptedPackage") in data:
        return encrypted(name)
    kinds = (kind for stream, kind in _OLE_STREAMS if _utf16(stream) in data)
    return _unsupported(next(kinds, _OLE), name)


def _refuse_binary(head: bytes, data: bytes, name: str) -> None:
    """Refuse kinds whose mark is too short to be believed without a second sign."""
    if head.startswith(b"BM") and len(data) >= 14 and head[6:10] == b"\0\0\0\0":
        raise _unsupported(_BMP, name)
    if head.startswith(b"RIFF"):
        raise _unsupported(_WEBP if head[8:12] == b"WEBP" else _MEDIA, name)
    if head[4:8] == b"ftyp":
        still = head[8:12] in {b"heic", b"heix", b"mif1", b"avif"}
        raise _unsupported(_HEIF if still else _MEDIA, name)
    if head.startswith(b"MZ") and b"\0" in head:
        raise _unsupported(_PROGRAM, name)
    if head[257:262] == b"ustar":
        raise _unsupported(_GZIP, name)


def _text_kind(data: bytes, name: str, limits: Limits) -> ContentKind:
    decoded = decode(data)
    text = decoded.text
    if not text.strip():
        raise UnreadableFileError(
            "文件里只有空白，没有文字。", path=name, hint="请确认选对了文件，保存后再试。"
        )
    # Text has next to no control characters; a damaged spot does not make it binary.
    controls = len(text) - len(_CONTROL.sub("", text))
    if controls * 50 > len(text) or decoded.lost * 10 > len(text):
        raise _unsupported(_RUBBISH, name)
    start = text[_after_leading(text) :][:_HEAD]
    if _MHT_HEAD.match(start) and re.search(r"^mime-version:", start, re.I | re.M):
        return "mht"
    if _STARTS_HTML.match(start):
        return "html"
    if _WORD_PROGID.search(text[:_HEAD]):
        raise _unsupported(_WORD_XML, name)
    if text.lstrip("\ufeff \t\r\n").startswith("<?xml") and not _has_page(text):
        raise _unsupported(_XML, name)
    if _has_page(text):
        return "html"
    refuse_long_text(len(text), name=name, limits=limits)
    return text_kind(text)


def _has_page(text: str) -> bool:
    """Whether markup of a page or a table follows something else, e.g. a line of plain text."""
    return bool(_PAGE.search(text)) or bool(_TABLE.search(text) and _CELL.search(text))


def _after_leading(text: str) -> int:
    found = _LEADING.match(text)
    return found.end() if found else 0


def _unsupported(kind: Kind, name: str) -> UnsupportedFormatError:
    suffix = PurePath(name).suffix.lower()
    disguised = suffix and suffix not in kind.suffixes
    said = (
        f"文件名是 {suffix}，内容却是{_spaced(kind.label)}"
        if disguised
        else f"这是{_spaced(kind.label)}"
    )
    return UnsupportedFormatError(
        f"{said}，不能核对。", path=name, found=kind.label, supported=SUPPORTED, hint=kind.hint
    )


def _spaced(label: str) -> str:
    return f" {label}" if label[0].isascii() else label


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")
