"""The page in a real browser: from upload to answer, pointing, separation, no outside request."""

import re
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.ui.conftest import Visit, visiting
from tests.ui.make_sample import TARGET as SAMPLE
from ui import strings

# Product names, file kinds, rule ids and what the report itself prints.
ALLOWED = re.compile(r"^(xxgk|docx|pdf|html|txt|md|PDF|Word|[A-Z])$")


@pytest.fixture
def disguised(tmp_path: Path) -> Path:
    path = tmp_path / "其实是图片.docx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    return path


def test_from_upload_to_answer(visit: Visit, upload_folder: Path) -> None:
    visit.upload(SAMPLE)
    page = visit.page
    page.wait_for_selector(".xg-card")
    expect(page.locator(".xg-verdict strong")).to_have_text("不通过")
    expect(page.locator(".xg-progress")).to_contain_text("核对完成：sample.docx")
    expect(page.locator(".xg-steps .xg-done")).to_have_count(4)
    expect(page.locator(".xx-table")).to_have_count(3)
    assert "应为4" in visit.ask("第3条怎么改？")
    assert "第4条" in visit.ask("那第四条呢？")
    assert "报告和规则里没有依据" in visit.ask("今天天气怎么样")
    left = [p for p in upload_folder.rglob("*") if p.is_file()]
    assert left == []
    assert visit.complaints == []


def test_bad_file_gives_one_sentence_and_keeps_the_report(visit: Visit, disguised: Path) -> None:
    visit.sample()
    visit.upload(disguised)
    failed = visit.page.locator(".xg-failed")
    failed.wait_for()
    expect(failed).to_contain_text("“其实是图片.docx”没有核对：")
    expect(visit.page.locator(".xg-card").first).to_be_visible()
    assert "Traceback" not in visit.page.inner_text("body")
    assert visit.complaints == []


def test_a_card_without_cells_clears_what_was_marked(visit: Visit) -> None:
    visit.sample()
    page = visit.page
    lit = page.locator("#xg-tables .xx-highlight")
    page.click("#finding-3 .xg-show")
    expect(lit).to_have_count(1)
    plain = page.locator(".xg-card:not([data-cells])").first
    plain.locator("h4").click()
    expect(lit).to_have_count(0)
    expect(plain).to_have_class(re.compile("xg-chosen"))
    expect(page.locator(".xg-chosen")).to_have_count(1)
    assert visit.complaints == []


def test_every_bad_file_of_one_upload_stands_in_the_red_bar(
    visit: Visit, disguised: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "空的.docx"
    empty.write_bytes(b"")
    visit.upload(disguised, SAMPLE, empty)
    page = visit.page
    failed = page.locator("#xg-progress .xg-failed p")
    expect(failed).to_have_count(2, timeout=20_000)
    expect(failed.nth(0)).to_contain_text("“其实是图片.docx”没有核对：")
    expect(failed.nth(1)).to_contain_text("“空的.docx”没有核对：")
    expect(page.locator(".xg-card").first).to_be_visible()
    assert visit.complaints == []


def test_finding_points_at_its_cells(visit: Visit) -> None:
    visit.sample()
    page = visit.page
    page.click("#finding-3 .xg-show")
    lit = page.locator("#xg-tables .xx-highlight")
    expect(lit).to_have_count(1)
    expect(lit).to_have_attribute("data-cell", "requests/denied.third_party_rights/total")
    expect(lit).to_be_in_viewport()
    page.click("#finding-4 .xg-show")
    cells = lit.evaluate_all("all => all.map(c => c.dataset.cell)")
    assert all(c.startswith("appeals/litigation_direct/") for c in cells)
    expect(lit.first).to_be_in_viewport()


def test_column_headings_stay_in_sight_while_rows_scroll(visit: Visit) -> None:
    visit.sample()
    page = visit.page
    page.click("#finding-3 .xg-show")
    expect(page.locator('[data-table="requests"] th', has_text="自然人")).to_be_in_viewport()
    sheet = page.locator("#xg-tables .xg-tables").bounding_box()
    head = page.locator('[data-table="requests"] th', has_text="自然人").bounding_box()
    assert sheet is not None
    assert head is not None
    assert sheet["y"] - 5 <= head["y"] <= sheet["y"] + sheet["height"]


def test_a_long_ledger_scrolls_and_leaves_the_question_box_in_sight(visit: Visit) -> None:
    visit.sample()
    visit.page.get_by_role("tab", name=strings.TAB_LEDGER).click()
    last = visit.page.locator("#xg-ledger tr").last
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport(ratio=1)
    expect(visit.page.get_by_role("textbox").last).to_be_in_viewport(ratio=1)


def test_finding_can_be_shown_by_keyboard(visit: Visit) -> None:
    visit.sample()
    visit.page.get_by_role("tab", name=strings.TAB_CHECKED).click()
    visit.page.focus("#finding-3 .xg-show")
    visit.page.keyboard.press("Enter")
    lit = visit.page.locator("#xg-tables .xx-highlight")
    expect(lit).to_have_count(1)
    expect(lit).to_be_visible()


def test_number_in_a_cell_leads_back_to_the_finding(visit: Visit) -> None:
    visit.sample()
    visit.page.click('[data-cell="requests/denied.third_party_rights/total"] .xx-ref')
    expect(visit.page.locator("#finding-3")).to_be_focused()
    expect(visit.page.locator("#finding-3")).to_be_in_viewport()


def test_answer_marks_the_cells_it_speaks_of(visit: Visit) -> None:
    visit.sample()
    visit.ask("自然人新收多少")
    lit = visit.page.locator("#xg-tables .xx-highlight")
    expect(lit).to_have_count(1)
    expect(lit).to_have_attribute("data-cell", "requests/new_received/natural_person")


def test_example_question_is_answered(visit: Visit) -> None:
    visit.sample()
    visit.page.get_by_role("button", name=strings.EXAMPLES[0]).click()
    expect(visit.page.locator(".xg-answer")).to_contain_text("第1条")


def test_clearing_removes_report_and_talk(visit: Visit) -> None:
    visit.sample()
    visit.ask("有什么问题")
    visit.page.click("#xg-clear")
    expect(visit.page.locator(".xg-card")).to_have_count(0)
    expect(visit.page.locator(".xg-answer")).to_have_count(0)
    expect(visit.page.locator("#xg-tables")).to_contain_text(strings.GUIDE_TITLE)
    assert "还没有上传报告" in visit.ask("有什么问题")


def test_one_of_several_reports_can_be_chosen(visit: Visit, tmp_path: Path) -> None:
    second = tmp_path / "第二份.docx"
    second.write_bytes(SAMPLE.read_bytes())
    visit.upload(SAMPLE, second)
    choices = visit.page.locator("#xg-reports label:has(input)")
    expect(choices).to_have_count(2)
    expect(choices.nth(1).locator("input")).to_be_checked()
    choices.nth(0).click()
    expect(choices.nth(0).locator("input")).to_be_checked()
    assert visit.ask("文件名").count("sample.docx") >= 1


def test_nothing_leaves_the_machine(visit: Visit) -> None:
    visit.sample()
    visit.ask("有什么问题")
    visit.page.get_by_role("tab", name=strings.TAB_OPEN).click()
    hosts = {u.split("/")[2].split(":")[0] for u in visit.requests if "//" in u}
    assert hosts == {"127.0.0.1"}
    assert visit.complaints == []


def test_english_browser_shows_no_english_word(visit: Visit) -> None:
    page = visit.page
    texts = [page.inner_text("body")]
    visit.sample()
    for tab in (strings.TAB_OPEN, strings.TAB_CHECKED, strings.TAB_TABLES):
        page.get_by_role("tab", name=tab).click()
        texts.append(page.inner_text("body"))
    attributes = page.eval_on_selector_all(
        "[placeholder],[title],[aria-label],[alt]",
        "all => all.filter(e => e.checkVisibility()).flatMap(e => "
        "['placeholder','title','aria-label','alt'].map(a => e.getAttribute(a) || ''))",
    )
    words = {w for t in (*texts, *attributes) for w in re.findall(r"[A-Za-z]+", t)}
    assert {w for w in words if not ALLOWED.match(w)} == set()
    assert page.title() == strings.TITLE
    assert page.get_attribute("html", "lang") == "zh-CN"


def test_two_users_do_not_see_each_other(browser: Browser, page_url: str) -> None:
    with visiting(browser, page_url) as first, visiting(browser, page_url) as second:
        first.sample()
        first.ask("有什么问题")
        expect(second.page.locator(".xg-card")).to_have_count(0)
        assert "还没有上传报告" in second.ask("有什么问题")
        expect(first.page.locator(".xg-answer")).to_have_count(1)


def test_page_has_security_headers(page_url: str) -> None:
    with urllib.request.urlopen(page_url) as response:
        headers = response.headers
        body = response.read().decode()
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "raw.githubusercontent" not in body
