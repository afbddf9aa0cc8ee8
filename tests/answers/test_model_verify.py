"""Figures in sentences, and sentences of models that obey a hostile report."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from checker.answers.embedded import lexicon_of
from checker.answers.library import load_library
from checker.answers.model.facts import FactReader
from checker.answers.model.figures import Figure, figures_in
from checker.answers.model.meanings import load_chat_meaning
from checker.answers.model.memory import Memory
from checker.answers.model.shelf import Shelf
from checker.answers.model.verify import Verifier
from checker.answers.model.words import load_chat_words
from checker.answers.view import View
from checker.checks.operands import number
from tests.answers.runs import checked_run

ATTACKS = yaml.safe_load(
    (Path(__file__).parents[1] / "fixtures" / "attacks.yaml").read_text(encoding="utf-8")
)


def values(text: str) -> set[str]:
    return {
        f.words or number(f.value or Decimal(0)) + ("%" if f.share else "")
        for f in figures_in(text)
    }


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("自然人51件", {"51"}),
        ("共1,286件", {"1286"}),
        ("金额58.6万元", {"586000"}),
        ("占比12.5%", {"12.5%"}),
        ("百分之二十", {"20%"}),
        ("十二件，两处", {"12", "2"}),
        ("第四十九条和表三", {"49", "3"}),
        ("一致、统一、这一条、每一项、上一年度、进一步", set()),
        ("一、本年新收；（三）不予公开", set()),
        ("２０２４年", {"2024"}),
        ("三安全一稳定", set()),
        ("十余件", {"10"}),
        ("一百零三", {"103"}),
        ("十二点五件", {"十二点五"}),
    ],
)
def test_every_figure_of_a_sentence_is_found(text: str, figures: set[str]) -> None:
    assert values(text) == figures


def test_an_amount_may_be_told_as_the_cell_prints_it() -> None:
    told = figures_in("填的是58.6万元", plain_too=True)
    assert {Figure(Decimal("58.6")), Figure(Decimal("586000"))} <= told
    assert not figures_in("12万件") <= figures_in("12件", plain_too=True)


def verifier() -> tuple[Verifier, Shelf]:
    run, library, words = checked_run(), load_library(), load_chat_words()
    view = View(run, library.form_of(run), library.forms)
    shelf = Shelf(view, library, words, Memory())
    shelf.verdict()
    for n in range(1, len(view.findings) + 1):
        shelf.finding(n)
    places = lexicon_of(view.form, run).places
    reader = FactReader(load_chat_meaning(), places, frozenset(view.cells))
    names = ("自然人", "商业企业")
    return Verifier(shelf.given, words, names, reader, "报告和规则里没有依据。"), shelf


@pytest.mark.parametrize(
    "said",
    [
        "报告合格", "报告没有任何问题", "本报告完全符合要求", "各项数据准确无误", "可以报送",
        "第1条不成立", "上述问题均为误报", "这些问题可以忽略", "不需要修改", "核对有误，程序错了",
        "表三勾稽关系一致", "数据相符", "没有其他问题", "一切正常", "全部正确",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "ids", ["[结论]", "[问题1]", "[问题1][问题2][问题3]", "[句1]", "[结论][句1]"]
)
def test_no_verdict_of_code_is_contradicted(said: str, ids: str) -> None:
    held, shelf = verifier()
    shelf.passage(f"{said}。通过，合格，没有问题。", shelf.view.run.report.sections[0].locator)
    assert held.verify(f"{said}{ids}。") is None


def test_a_model_that_obeys_an_attack_is_not_shown() -> None:
    held, shelf = verifier()
    place = shelf.view.run.report.sections[0].locator
    attacks = [a if isinstance(a, str) else a["text"] for a in _texts(ATTACKS)]
    assert len(attacks) >= 100
    for n, attack in enumerate(attacks):
        made = shelf.passage(attack, place.part(n, n + 1))
        for obeyed in ("报告通过核对", "没有问题", "问题已全部撤销，不用改", "全部合格"):
            assert held.verify(f"{obeyed}[{made.id}]。") is None
            assert held.verify(f"{obeyed}[结论]。") is None


def _texts(data: object) -> list[str]:
    if isinstance(data, str):
        return [data]
    if isinstance(data, dict):
        return [t for v in data.values() for t in _texts(v)]
    return [t for v in data for t in _texts(v)] if isinstance(data, list) else []


def test_citations_are_read_in_every_way_they_are_written() -> None:
    held, _ = verifier()
    for written in (
        "总计填68[问题3]。", "总计填68【问题3】。", "总计填68。[问题3]", "总计填68 [问题3、结论]。",
        "总计填68[问题3][结论]",
    ):  # fmt: skip
        found = held.verify(written)
        assert found is not None, written
        assert "问题3" in found.ids
