"""Files that the mouse drags from the desktop onto the page, by real drag events of the browser."""

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.ui.conftest import Visit
from tests.ui.make_sample import TARGET as SAMPLE
from ui import strings


@pytest.fixture
def reports(tmp_path: Path) -> tuple[Path, Path]:
    made = (tmp_path / "甲局2024.docx", tmp_path / "乙局2024.docx")
    for path in made:
        path.write_bytes(SAMPLE.read_bytes())
    return made


def test_a_dropped_report_is_checked(visit: Visit, reports: tuple[Path, Path]) -> None:
    let_fall = visit.drag(reports[0])
    expect(visit.page.locator("body")).to_contain_class("xg-dragging")
    let_fall()
    expect(visit.page.locator(".xg-progress")).to_contain_text("核对完成：甲局2024.docx")
    expect(visit.page.locator(".xg-verdict strong")).to_have_text("不通过")
    expect(visit.page.locator(".xx-table")).to_have_count(3)
    expect(visit.page.locator("body")).not_to_contain_class("xg-dragging")
    assert visit.complaints == []


def test_two_dropped_reports_are_both_checked(visit: Visit, reports: tuple[Path, Path]) -> None:
    visit.drag(*reports)()
    choices = visit.page.locator("#xg-reports label:has(input)")
    expect(choices).to_have_count(2)
    expect(choices.nth(0)).to_contain_text("甲局2024.docx（不通过）")
    expect(choices.nth(1)).to_contain_text("乙局2024.docx（不通过）")
    assert visit.complaints == []


def test_a_report_dropped_beside_the_field_is_checked_too(
    visit: Visit, reports: tuple[Path, Path]
) -> None:
    visit.drag(reports[0], onto="#xg-tables")()
    expect(visit.page.locator(".xg-progress")).to_contain_text("核对完成：甲局2024.docx")
    assert visit.page.url.startswith("http://127.0.0.1")
    assert visit.complaints == []


def test_a_dropped_folder_is_opened(visit: Visit, reports: tuple[Path, Path]) -> None:
    folder = reports[0].parent / "一批报告"
    (folder / "下级").mkdir(parents=True)
    reports[0].rename(folder / reports[0].name)
    reports[1].rename(folder / "下级" / reports[1].name)
    (folder / "~$甲局2024.docx").write_bytes(b"lock file of the word processor")
    (folder / ".DS_Store").write_bytes(b"")
    visit.drag(folder)()
    choices = visit.page.locator("#xg-reports label:has(input)")
    expect(choices).to_have_count(2)
    shown = "".join(choices.all_inner_texts())
    assert "甲局2024.docx（不通过）" in shown
    assert "乙局2024.docx（不通过）" in shown
    assert visit.complaints == []


def test_an_empty_folder_gives_one_sentence(visit: Visit, tmp_path: Path) -> None:
    folder = tmp_path / "空文件夹"
    folder.mkdir()
    visit.drag(folder)()
    said = strings.IN_PAGE["empty_folder"].format(name="空文件夹")
    expect(visit.page.locator("#xg-progress")).to_contain_text(said)
    assert visit.complaints == []


def test_a_dropped_archive_says_to_unpack_it(visit: Visit, reports: tuple[Path, Path]) -> None:
    archive = reports[0].parent / "全部.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(reports[0], reports[0].name)
    visit.drag(archive)()
    failed = visit.page.locator(".xg-failed")
    expect(failed).to_contain_text("“全部.zip”没有核对：")
    expect(failed).to_contain_text("请先解压")
    assert visit.complaints == []


def test_text_dragged_within_the_page_uploads_nothing(visit: Visit) -> None:
    before = len(visit.requests)
    visit.page.drag_and_drop("#xg-header h1", "#xg-tables")
    expect(visit.page.locator("body")).not_to_contain_class("xg-dragging")
    assert not [u for u in visit.requests[before:] if "upload" in u]


def test_a_lost_connection_is_told_in_chinese(visit: Visit) -> None:
    visit.page.context.set_offline(True)
    visit.page.click("#xg-sample")
    toast = visit.page.locator(".toast-body").first
    expect(toast).to_contain_text(strings.IN_PAGE["offline"])
    assert "Connection" not in visit.page.inner_text("body")
    assert "Error" not in visit.page.inner_text("body")
