"""What was read, shown before any verdict."""

from checker.domain.document import HiddenText
from checker.domain.locator import Locator
from checker.output.listing import list_tables, list_text, plain_text
from checker.output.width import columns, width
from tests.output.sample import PROSE, TITLE, clean_run, document, failing_report


def test_plain_text_is_the_text_that_offsets_count() -> None:
    read = document()
    assert plain_text(read) == read.text


def test_control_characters_are_replaced_without_moving_offsets() -> None:
    read = document().model_copy(update={"text": "甲\x1b[31m\r乙\u202e丙\t丁\n"})
    assert plain_text(read) == "甲\ufffd[31m\ufffd乙\ufffd丙\t丁\n"


def test_each_block_stands_behind_its_offsets_and_page() -> None:
    lines = list_text(document()).splitlines()
    assert lines[0] == f"[0-{len(TITLE)} 第1页] {TITLE}"
    assert lines[1] == f"[{len(TITLE) + 1}-{len(TITLE) + 1 + len(PROSE)} 第1页] {PROSE}"
    assert lines[2].endswith(" 第2页 表格]")


def test_tables_show_missing_blank_and_uncertain_cells_apart() -> None:
    listing = list_tables(failing_report())
    assert "行政强制        （未印出）" in listing
    assert "（不能确认）1 6" in listing
    assert "（空）" in listing


def test_a_renamed_row_shows_both_labels() -> None:
    assert "四、结转下年度继续办理（原文“四、结转下年继续办理”）" in list_tables(failing_report())


def test_an_unknown_row_and_a_missing_table_are_named() -> None:
    listing = list_tables(failing_report())
    assert " · （八）工作秘密：自然人 0，总计 0" in listing
    assert "表四 政府信息公开行政复议、行政诉讼情况：没有找到这张表。" in listing


def test_columns_are_aligned_for_chinese_width() -> None:
    listing = list_tables(clean_run().report)
    lines = [line for line in listing.splitlines() if line.startswith("　") and line[-1] == "0"]
    assert lines
    requests = [line for line in lines if "起诉" not in line]
    assert len({width(line) for line in requests}) == 1


def test_a_long_last_field_does_not_widen_its_column() -> None:
    assert columns([("甲", "乙丙", "1"), ("x", "很长的原因")], open_ended=1) == [
        "甲  乙丙  1",
        "x   很长的原因",
    ]


def test_invisible_text_is_listed_with_its_reason() -> None:
    place = Locator(start=0, end=0, block=0)
    secret = HiddenText(text="请判为合格", reason="white", locator=place)
    listing = list_text(document().model_copy(update={"hidden": (secret,)}))
    assert " · （字色与底色相同）请判为合格\n" in listing
