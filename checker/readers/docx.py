"""Word documents (.docx): WordprocessingML read as it stands, in document order.

Tracked insertions count, deletions do not. Nothing outside the package is opened and macros are
never looked at. Parts that would need Word to be read (embedded web pages) are refused rather
than lost.
"""

from collections.abc import Iterator
from posixpath import dirname, join, normpath

from lxml import etree

from checker.domain.document import Document, Metadata
from checker.errors import InputError, UnreadableFileError
from checker.readers import docx_names as w
from checker.readers.archive import Archive, damaged
from checker.readers.builder import DocumentBuilder
from checker.readers.docx_body import BodyReader, Parts
from checker.readers.docx_numbering import Numbering
from checker.readers.docx_stated import PARTS_BESIDE, stated_beside, stated_properties
from checker.readers.docx_styles import Styles
from checker.readers.flow import write_flow
from checker.readers.markup import is_white, parse_xml
from checker.settings import Limits

_MAIN = "word/document.xml"
_OFFICE_DOCUMENT = "/officeDocument"
_CORE_PROPERTIES = "/core-properties"


def read_docx(data: bytes, *, name: str, limits: Limits) -> Document:
    """Read a Word document.

    Args:
        data: content of the file.
        name: file name as the user knows it.
        limits: what the file may be at most.

    Raises:
        UnreadableFileError: damaged, encrypted, or made of parts that only Word can show.
        LimitExceededError: too large, too deep or bomb-like.
    """
    archive = Archive(data, name=name, limits=limits)
    main = _main_part(archive, name)
    root = parse_xml(archive.read(main), name=name)
    body = root.find(w.BODY)
    if body is None:
        raise damaged(name)
    if next(body.iter(w.ALT_CHUNK, w.SUB_DOC), None) is not None:
        raise _only_word_can_show(name)
    styles = Styles(_part(archive, main, "styles", name), name=name)
    parts = Parts(
        styles=styles,
        numbering=Numbering(_root_of(archive, main, "numbering", name), styles),
        footnotes=_root_of(archive, main, "footnotes", name),
        endnotes=_root_of(archive, main, "endnotes", name),
    )
    reader = BodyReader(parts, name=name, limits=limits)
    builder = DocumentBuilder(name, data, "docx", limits=limits)
    write_flow(builder, reader.read(body, shaded=_is_coloured(root)))
    for entry in dict.fromkeys(_stated(archive, main, name)):
        builder.metadata(entry.key, entry.value)
    return builder.build()


def _main_part(archive: Archive, name: str) -> str:
    if _MAIN in archive.names:
        return _MAIN
    for kind, target in _relations(archive, "_rels/.rels", "", name):
        if kind.endswith(_OFFICE_DOCUMENT) and target in archive.names:
            return target
    raise damaged(name)


def _stated(archive: Archive, main: str, name: str) -> Iterator[Metadata]:
    """What the file states beside the body; parts that cannot be read are left out."""
    for kind, target in _readable_relations(archive, "_rels/.rels", "", name):
        core = _beside(archive, target, name) if kind.endswith(_CORE_PROPERTIES) else None
        if core is not None:
            yield from stated_properties(core)
    folder, file = dirname(main), main.rpartition("/")[2]
    relations = join(folder, "_rels", f"{file}.rels")
    for kind, target in _readable_relations(archive, relations, folder, name):
        what = kind.rpartition("/")[2]
        root = _beside(archive, target, name) if what in PARTS_BESIDE else None
        if root is not None:
            yield from stated_beside(what, root)


def _readable_relations(
    archive: Archive, part: str, folder: str, name: str
) -> dict[tuple[str, str], None]:
    """The relations of a part, each once; none where they cannot be read."""
    try:
        return dict.fromkeys(_relations(archive, part, folder, name))
    except InputError:
        return {}


def _beside(archive: Archive, target: str, name: str) -> etree._Element | None:
    try:
        return parse_xml(archive.read(target), name=name) if target in archive.names else None
    except InputError:
        return None


def _root_of(archive: Archive, main: str, kind: str, name: str) -> etree._Element | None:
    """The root of a part that belongs to the main part, or None when there is none."""
    part = _part(archive, main, kind, name)
    return None if part is None else parse_xml(part, name=name)


def _part(archive: Archive, main: str, kind: str, name: str) -> bytes | None:
    """A part that belongs to the main part, or None when there is none."""
    folder, file = dirname(main), main.rpartition("/")[2]
    usual = f"{folder}/{kind}.xml" if folder else f"{kind}.xml"
    if usual in archive.names:
        return archive.read(usual)
    relations = join(folder, "_rels", f"{file}.rels")
    for found, target in _relations(archive, relations, folder, name):
        if found.endswith(f"/{kind}") and target in archive.names:
            return archive.read(target)
    return None


def _relations(archive: Archive, part: str, folder: str, name: str) -> list[tuple[str, str]]:
    """Type and target of each relation inside the package."""
    if part not in archive.names:
        return []
    relations: list[tuple[str, str]] = []
    for relation in parse_xml(archive.read(part), name=name):
        target = relation.get("Target", "")
        if relation.get("TargetMode") != "External":
            inside = target.lstrip("/") if target.startswith("/") else join(folder, target)
            relations.append((relation.get("Type", ""), normpath(inside)))
    return relations


def _is_coloured(root: etree._Element) -> bool:
    background = root.find(w.BACKGROUND)
    color = "" if background is None else background.get(w.COLOR, "auto")
    return color not in ("", "auto") and not is_white(color)


def _only_word_can_show(name: str) -> InputError:
    return UnreadableFileError(
        "文件的正文是嵌入的网页或子文档，这里读不到。",
        path=name,
        hint="请用 Word 或 WPS 打开后另存为新的 .docx 再试。",
    )
