"""What a Word file states beside its body: properties, headers, footers and comments."""

import pytest

from checker.readers import read
from tests.readers.files import LIMITS, W, p, texts, zipped


def _beside(**changed: str) -> bytes:
    """A document with properties, two headers, a footer and comments; parts may be replaced."""
    space = f'xmlns:w="{W}"'
    kinds = {"header1": "header", "header2": "header", "footer1": "footer", "comments": "comments"}
    dc, cp = (
        "http://purl.org/dc/elements/1.1/",
        "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    )
    parts = {
        "[Content_Types].xml": "<T/>",
        "_rels/.rels": '<Relationships><Relationship Type="http://x/metadata/core-properties"'
        ' Target="docProps/core.xml"/></Relationships>',
        "docProps/core.xml": f'<cp:p xmlns:dc="{dc}" xmlns:cp="{cp}"><dc:title>年度报告</dc:title>'
        "<dc:creator>某人</dc:creator><cp:keywords>公开</cp:keywords><dc:subject/></cp:p>",
        "word/document.xml": f"<w:document {space}><w:body>{p('正文')}</w:body></w:document>",
        "word/_rels/document.xml.rels": "<Relationships>"
        + "".join(
            f'<Relationship Type="http://x/{kind}" Target="{name}.xml"/>'
            for name, kind in kinds.items()
        )
        + "</Relationships>",
        "word/header1.xml": f"<w:hdr {space}>{p('云溪县文件')}</w:hdr>",
        "word/header2.xml": f"<w:hdr {space}>{p('云溪县文件')}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {space}>{p(' ')}</w:ftr>",
        "word/comments.xml": f"<w:comments {space}><w:comment>{p('请核对')}{p('再报')}"
        "</w:comment></w:comments>",
    }
    return zipped(parts | changed)


def test_properties_headers_and_comments_are_statements_of_the_file() -> None:
    document = read(_beside(), name="a.docx", limits=LIMITS)
    assert texts(document) == ["正文"]
    assert [(m.key, m.value) for m in document.metadata] == [
        ("dc:title", "年度报告"),
        ("cp:keywords", "公开"),
        ("header", "云溪县文件"),
        ("comments", "请核对\n再报"),
    ]


@pytest.mark.parametrize(
    "part",
    ["_rels/.rels", "docProps/core.xml", "word/header1.xml"],
)
def test_a_broken_part_beside_the_body_does_not_cost_the_report(part: str) -> None:
    document = read(_beside(**{part: "<broken"}), name="a.docx", limits=LIMITS)
    assert texts(document) == ["正文"]
