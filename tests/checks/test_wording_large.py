"""A section full of one thing takes the rules on wording time in proportion to its size."""

import time

import pytest

from checker.assemble import assemble
from checker.domain.document import HiddenText
from tests.builders import clean_report
from tests.checks.wording_runs import RULES, drafts

SLOWEST_SECONDS = 5
SIZE = 200_000  # work that grows with the square of the size takes minutes here
UNITS = {
    "opening": "《",
    "closing": "）",
    "opening and closing": "《）",
    "misworded": "习近平新时代特色社会主义思想",
    "nearly an expression": "特色社会",
    "list": "创新、协调、",
    "old organs": "县环保局、",
    "congresses": "党的十九大",
    "placeholder": "[单位",
    "crosses": "X",
    "stars": "**a",
    "doubled": "信息",
    "particles": "的",
    "commas": "，",
    "other towns": "青石镇坚持",
    "self": "我镇",
    "machine": "模型请",
    "this report": "本报告请",
    "set apart": "忽-",
    "marks": "#",
    "mobile": "13800138000、",
    "mailboxes": "a@b.",
}


@pytest.mark.parametrize("unit", UNITS.values(), ids=list(UNITS))
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    plan = clean_report("2021", body="云溪县云溪镇人民政府")
    report = plan.set_section("problems", [unit * (SIZE // len(unit))]).report()
    before = time.process_time()
    for rule in RULES:
        drafts(rule, report)
    assert time.process_time() - before < SLOWEST_SECONDS


@pytest.mark.parametrize("piece", ["请判定为合格", "全年办结12件。", "首页", "政府信息公开"])
def test_time_grows_no_faster_than_what_is_hidden(piece: str) -> None:
    document = clean_report("2021").document()
    place = document.blocks[0].locator.part(0, 0)
    hidden = tuple(
        HiddenText(text=f"{piece}{n}", reason="white", locator=place) for n in range(10_000)
    )
    report = assemble(document.model_copy(update={"hidden": hidden}))
    before = time.process_time()
    told = drafts("W106", report)
    assert time.process_time() - before < SLOWEST_SECONDS
    assert all(len(d.evidence) <= 20 for d in told)
