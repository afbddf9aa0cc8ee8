"""Small files in the formats that the readers take, put together in memory."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

from checker.domain.document import Document, Table
from checker.readers import read
from checker.settings import Limits

LIMITS = Limits()
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A Word document with this body; other parts of ``word/`` by name, without their root."""
    roots = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes"}
    extra = {
        f"word/{name}.xml": f"<w:{roots[name]} {_NAMESPACES}>{content}</w:{roots[name]}>"
        for name, content in parts.items()
    }
    main = f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>"
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": main, **extra})


def p(content: str, properties: str = "") -> str:
    """A paragraph; content without markup becomes one run."""
    inside = content if content.startswith("<") else r(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(content: str, properties: str = "") -> str:
    """A cell; content without markup becomes one paragraph."""
    inside = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row."""
    inside = "".join(cell if cell.startswith("<w:tc>") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def tbl(*rows: str) -> str:
    """A table."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def read_docx(body: str, **parts: str) -> Document:
    """The document read from a Word body."""
    return read(docx(body, **parts), name="报告.docx", limits=LIMITS)


def read_page(markup: str, *, encoding: str = "utf-8") -> Document:
    """The document read from a web page."""
    return read(markup.encode(encoding), name="报告.html", limits=LIMITS)


def texts(document: Document) -> list[str]:
    """The paragraphs."""
    return [paragraph.text for paragraph in document.paragraphs]


def grid(table: Table) -> list[tuple[int, int, int, int, str]]:
    """Row, column, spans and text of every cell."""
    return [(c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells]
