"""What a Word document states beside its body: core properties, headers, footers, comments.

It is kept as the file's statements about itself: rules on the report never see it, only the search
for words to a machine does. A part that cannot be read is left out; the report lies elsewhere.
"""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from checker.domain.document import Metadata
from checker.readers import docx_names as w
from checker.readers.characters import map_compatible, strip_invisible

_PROPERTIES: Final = {
    "{http://purl.org/dc/elements/1.1/}title": "dc:title",
    "{http://purl.org/dc/elements/1.1/}subject": "dc:subject",
    "{http://purl.org/dc/elements/1.1/}description": "dc:description",
    "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords": (
        "cp:keywords"
    ),
    "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}category": (
        "cp:category"
    ),
}
PARTS_BESIDE: Final = ("header", "footer", "comments")
"""The kinds of parts that print or say something beside the body."""


def stated_properties(core: etree._Element) -> Iterator[Metadata]:
    """The properties of the file that a person writes, under the names that they have there."""
    for element in core:
        key = _PROPERTIES.get(str(element.tag))
        if key is not None:
            yield from _entry(key, "".join(map(str, element.itertext())))


def stated_beside(kind: str, root: etree._Element) -> Iterator[Metadata]:
    """The text of a header, a footer or of the comments under the name of that kind."""
    pieces: list[str] = []
    for element in root.iter(w.P, w.T):
        pieces.append("\n" if element.tag == w.P else element.text or "")
    yield from _entry(kind, "".join(pieces))


def _entry(key: str, text: str) -> Iterator[Metadata]:
    clean = map_compatible(strip_invisible(text).text).strip()
    if clean:
        yield Metadata(key=key, value=clean)
