"""What may stand on a page that is an image is left open; what is lacking elsewhere is told."""

import pytest

from checker.domain.run import CheckRun
from checker.pipeline import check_report
from tests.builders import ReportPlan, clean_report
from tests.pdf_maker import PdfPage, make_pdf
from tests.renderers import pdf_pages

_BOTTOMS = (770, 400, 330)


def _checked(plan: ReportPlan, *scanned: int, bottom: float = 400) -> CheckRun:
    """The report with these pages (from 1) as images."""
    pages = pdf_pages(plan, bottom)
    for number in scanned:
        pages[number - 1] = PdfPage()
        pages[number - 1].image()
    return check_report(make_pdf(*pages), name="a.pdf")


def _told(run: CheckRun) -> list[str]:
    return [f"{f.rule} {f.message}" for f in run.findings]


def _reason(run: CheckRun, rule: str) -> str:
    return next(o.reason for o in run.outcomes if o.rule == rule)


@pytest.mark.parametrize("bottom", _BOTTOMS)
@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("many", [1, 2])
def test_nothing_on_an_image_page_is_called_missing(form: str, bottom: float, many: int) -> None:
    count = len(pdf_pages(clean_report(form), bottom))
    for first in range(1, count + 2 - many):
        pages = range(first, first + many)
        run = _checked(clean_report(form), *pages, bottom=bottom)
        assert run.report.document.image_pages == tuple(pages)
        assert not _told(run), pages
        assert run.verdict == "review"


def test_reasons_name_the_page() -> None:
    run = _checked(clean_report(), 6)
    assert "第6页是图片" in _reason(run, "S101")
    run = _checked(clean_report(), 4)
    assert "第4页是图片" in _reason(run, "F103")


@pytest.mark.parametrize("page", range(3, 6))
def test_a_section_that_is_lacking_on_pages_that_were_read_is_told(page: int) -> None:
    spoilt = clean_report().drop_section("overview")
    told = [t for t in _told(_checked(spoilt, page)) if t.startswith("S101")]
    assert len(told) == 1
    assert "一、总体情况" in told[0]
    assert "四、" not in told[0]


@pytest.mark.parametrize("page", [1, 5, 6])
def test_a_row_that_is_lacking_among_rows_that_were_read_is_told(page: int) -> None:
    spoilt = clean_report().drop_row("requests", "denied.internal_affairs")
    told = [t for t in _told(_checked(spoilt, page)) if t.startswith("F103")]
    assert len(told) == 1
    assert "缺少“5.属于三类内部事务信息”行" in told[0]


@pytest.mark.parametrize("page", [3, 4, 5])
def test_what_a_section_on_read_pages_does_not_say_is_told(page: int) -> None:
    spoilt = clean_report().set_section("other_matters", "没有其他需要报告的事项。")
    assert any(t.startswith("S107") for t in _told(_checked(spoilt, page)))


def test_only_the_report_before_a_second_one_has_image_pages() -> None:
    pages = [*pdf_pages(clean_report()), PdfPage(), *pdf_pages(clean_report()), PdfPage()]
    for page in pages:
        if not page.parts:
            page.image()
    run = check_report(make_pdf(*pages), name="a.pdf")
    assert run.report.document.image_pages == (4,)
