"""Plain paragraphs of Word files are read in one go; they must be read as by the whole reader."""

import pytest
from lxml import etree

from checker.readers.docx_inline import InlineReader, plain_text
from checker.readers.docx_styles import NO_LOOK, Look, Styles

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_STYLES = (
    f'<w:styles xmlns:w="{_W}"><w:style w:type="character" w:styleId="Gone"><w:rPr><w:vanish/>'
    "</w:rPr></w:style></w:styles>"
).encode()
PLAIN = {
    "nothing": "",
    "one_run": "<w:r><w:t>收到3件</w:t></w:r>",
    "a_look_that_is_seen": '<w:r><w:rPr><w:b/><w:sz w:val="24"/></w:rPr><w:t>3</w:t></w:r>',
    "bookmarks": '<w:bookmarkStart w:id="0"/><w:r><w:t>一</w:t></w:r><w:proofErr/>'
    "<w:r><w:t>、</w:t></w:r>",
    "tabs_and_breaks": "<w:r><w:t>一</w:t><w:tab/><w:t>二</w:t><w:br/><w:t>三</w:t></w:r>",
    "spaces": '<w:r><w:t xml:space="preserve"> 3 </w:t></w:r><w:r><w:t> 件 </w:t></w:r>',
    "a_comment_of_xml": "<w:r><w:t>12<!-- x -->3</w:t></w:r>",
}
SPECIAL = {
    "hidden": "<w:r><w:rPr><w:vanish/></w:rPr><w:t>3</w:t></w:r>",
    "hidden_by_style": '<w:r><w:rPr><w:rStyle w:val="Gone"/></w:rPr><w:t>3</w:t></w:r>',
    "struck": "<w:r><w:rPr><w:strike/></w:rPr><w:t>3</w:t></w:r>",
    "white": '<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>3</w:t></w:r>',
    "deleted": "<w:del><w:r><w:delText>3</w:delText></w:r></w:del>",
    "inserted": "<w:ins><w:r><w:t>3</w:t></w:r></w:ins>",
    "field": '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>PAGE</w:t></w:r>',
    "symbol": '<w:r><w:sym w:font="Symbol" w:char="F033"/></w:r>',
    "formula": f'<m:t xmlns:m="{_M}">3</m:t>',
    "note": '<w:r><w:footnoteReference w:id="2"/></w:r>',
}


def _paragraph(inside: str) -> etree._Element:
    return etree.fromstring(f'<w:p xmlns:w="{_W}"><w:pPr/>{inside}</w:p>')


def _whole(inside: str, look: Look, *, shaded: bool) -> str:
    reader = InlineReader(Styles(_STYLES, name="x"), look, shaded=shaded, name="x", nesting=50)
    reader.read(_paragraph(inside), depth=1)
    return "".join(reader.found.read_pieces().pieces)


@pytest.mark.parametrize("inside", PLAIN.values(), ids=PLAIN.keys())
@pytest.mark.parametrize("shaded", [False, True])
def test_a_plain_paragraph_is_read_as_by_the_whole_reader(inside: str, shaded: bool) -> None:
    styles = Styles(_STYLES, name="x")
    text = plain_text(_paragraph(inside), styles, NO_LOOK, shaded=shaded)
    assert text is not None
    assert text == _whole(inside, NO_LOOK, shaded=shaded)


@pytest.mark.parametrize("inside", SPECIAL.values(), ids=SPECIAL.keys())
def test_what_is_special_is_left_to_the_whole_reader(inside: str) -> None:
    assert plain_text(_paragraph(inside), Styles(_STYLES, name="x"), NO_LOOK, shaded=False) is None


@pytest.mark.parametrize("look", [Look(vanish=True), Look(color="FFFFFF"), Look(size=1)])
def test_a_paragraph_that_nobody_sees_is_not_plain(look: Look) -> None:
    paragraph = _paragraph(PLAIN["one_run"])
    assert plain_text(paragraph, Styles(None, name="x"), look, shaded=False) is None


def test_white_text_on_coloured_paper_is_plain() -> None:
    paragraph, styles = _paragraph(SPECIAL["white"]), Styles(None, name="x")
    assert plain_text(paragraph, styles, NO_LOOK, shaded=True) == "3"
