"""A file full of one thing takes time in proportion to its size, or is refused."""

import time

import pytest

from checker.assemble import assemble
from checker.checks import run_checks
from checker.errors import LimitExceededError
from checker.readers import read
from checker.settings import Limits

SLOWEST_SECONDS = 5
ONE_BLOCK, MANY_BLOCKS = 400_000, 60_000
REPORT = "某区2023年政府信息公开工作年度报告\n一、总体情况\n"

# Work that grows with the square of the size takes minutes at these sizes.
CASES = {
    "characters.txt": ("", "政", ONE_BLOCK),
    "digits.txt": ("", "1", ONE_BLOCK),
    "numerals.txt": ("", "十万", ONE_BLOCK),
    "spaces.txt": ("年报", " ", ONE_BLOCK),
    "opening brackets.txt": ("", "（", ONE_BLOCK),
    "opening quotes.txt": ("", "《", ONE_BLOCK),
    "dates.txt": ("", "2023年1月1日至", ONE_BLOCK),
    "sentences.txt": (REPORT, "1。", 60_000),
    "figures.txt": (REPORT, "收到申请1件，", 40_000),
    "shares.txt": (REPORT, "占1%", 60_000),
    "percentages.txt": (REPORT, "1%", 60_000),
    "appeals.txt": (REPORT, "行政复议1件、", 40_000),
    "opened lists.txt": (REPORT, "1件（其中", 40_000),
    "carried.txt": (REPORT, "1件，含", 40_000),
    "respectively.txt": (REPORT, "分别1件和", 40_000),
    "levels.txt": (REPORT, "由1件降为", 40_000),
    "absences.txt": (REPORT, "未收到", 100_000),
    "colons.txt": (REPORT, "：", 100_000),
    "told.txt": (REPORT, "：1", 100_000),
    "notes.txt": (REPORT, "注：1", 100_000),
    "opened brackets.txt": (REPORT, "1(", 100_000),
    "underlines.txt": (REPORT, "_", 100_000),
    "zeros.txt": (REPORT, "零申请、", 40_000),
    "lost cells.txt": (REPORT, "1\n", MANY_BLOCKS),
    "parts.txt": ("", "一是加强学习；", ONE_BLOCK),
    "bodies.txt": ("", "市局办公室委员会", ONE_BLOCK),
    "tabs.txt": ("", "1\t", ONE_BLOCK),
    "lines.txt": ("", "1\n", MANY_BLOCKS),
    "headings.txt": ("", "一、总体情况\n", MANY_BLOCKS),
    "titles.txt": ("", "某区2023年政府信息公开工作年度报告\n", MANY_BLOCKS),
    "labels.txt": ("", "自然人\n总计\n其他\n", MANY_BLOCKS),
    "rows.txt": ("", "\t1\n\n", MANY_BLOCKS),
    "pipes.md": ("", "|", MANY_BLOCKS),
    "rows.md": ("", "|1|2|\n", MANY_BLOCKS),
    "headings.md": ("", "# 一\n", MANY_BLOCKS),
    "links.md": ("# 年报\n", "[a](", ONE_BLOCK),
    "comments.html": ("<html>年报", "<!--", ONE_BLOCK),
    "angles.html": ("<html>年报", "<", ONE_BLOCK),
    "paragraphs.html": ("<html>", "<p>1", MANY_BLOCKS),
    "tables.html": ("<html>", "<table><tr><td>1</table>", MANY_BLOCKS),
    "attributes.html": ("<html><p ", "a='b' ", ONE_BLOCK),
    "style.html": ("<html><p>1</p><p style='", "a:b;", ONE_BLOCK),
    "rules.html": ("<html><p>1</p><style>", ".a{display:none}", ONE_BLOCK),
    "selectors.html": ("<html><p class='a'>1</p><style>", ".a>", ONE_BLOCK),
    "css comments.html": ("<html><p class='a'>1</p><style>", "/*", ONE_BLOCK),
    "classes.html": ("<html><style>.a{display:none}</style><p class='", "a b", ONE_BLOCK),
}


@pytest.mark.parametrize("name", CASES)
def test_time_grows_no_faster_than_the_file(name: str) -> None:
    start, unit, size = CASES[name]
    data = (start + unit * (size // len(unit))).encode()
    before = time.process_time()
    try:
        run_checks(assemble(read(data, name=name, limits=Limits())))
    except LimitExceededError as refused:
        assert refused.hint
    assert time.process_time() - before < SLOWEST_SECONDS
