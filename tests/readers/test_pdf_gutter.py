"""Pages set in two columns."""

from checker.readers.pdf import read_pdf
from checker.settings import Limits
from tests.pdf_maker import PdfPage, make_pdf

LEFT = [
    "一、总体情况",
    "本机关认真履行法定职责及时公开信息",
    "各栏目按时更新内容真实准确完整规范",
    "全年没有发生追究责任的情形和事件呀",
]
RIGHT = [
    "二、主动公开",
    "本机关按要求公布规范性文件及其解读",
    "并对历年的文件开展清理标注是否有效",
    "行政许可和行政处罚结果都按时限公布",
]


def _texts(left: list[str], right: list[str], *, x: float = 320) -> list[str]:
    page = PdfPage()
    for number, (one, other) in enumerate(zip(left, right, strict=True)):
        page.text(70, 150 + 40 * number, one)
        page.text(x, 150 + 40 * number, other)
    page.text(290, 800, "- 1 -")
    document = read_pdf(make_pdf(page), name="a.pdf", limits=Limits())
    return [line for p in document.paragraphs for line in p.text.split("\n")]


def test_columns_of_prose_are_read_one_after_the_other() -> None:
    text = "".join(_texts(LEFT, RIGHT))
    assert text == "".join((*LEFT, *RIGHT))


def test_labels_with_figures_beside_them_are_no_columns() -> None:
    text = " ".join(_texts(LEFT, ["3", "4", "5", "6"]))
    assert text.index("3") < text.index(LEFT[1])


def test_words_of_a_heading_row_are_no_columns() -> None:
    heads = ["结果维持  结果纠正  其他结果  尚未审结"] * 4
    text = "".join(_texts(LEFT, heads))
    assert text.index("结果维持") < text.index(LEFT[1])
