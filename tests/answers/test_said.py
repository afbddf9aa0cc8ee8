"""Sentences of a model with true citations: the right ones are shown, the false ones are not."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from checker.answers.embedded import lexicon_of
from checker.answers.library import load_library
from checker.answers.model.facts import FactReader
from checker.answers.model.meanings import load_chat_meaning
from checker.answers.model.memory import Memory
from checker.answers.model.shelf import Shelf
from checker.answers.model.verify import Verifier
from checker.answers.model.words import load_chat_words
from checker.answers.types import Change
from checker.answers.view import View
from checker.answers.whatif import what_if
from tests.answers.runs import checked_run, sample_run

SAID: dict[str, dict[str, list[Any]]] = yaml.safe_load(
    (Path(__file__).parent / "said.yaml").read_text(encoding="utf-8")
)
LAW = "中华人民共和国政府信息公开条例"
CELLS = (
    "requests/new_received/total", "requests/new_received/natural_person",
    "requests/new_received/commercial", "requests/carried_over_in/total",
    "requests/granted/total", "appeals/reconsideration/upheld",
    "appeals/reconsideration/corrected", "proactive/penalties/decisions",
    "proactive/fees/amount",
)  # fmt: skip


RUNS = {
    "before": checked_run,
    "after": checked_run,
    "last": sample_run,
    "again": checked_run,
    "final": sample_run,
}


def shelf_of(half: str) -> Shelf:
    """What can be cited, of two reports, with a sum and a supposition.

    格1–9 are CELLS; 问题1 N101 67 and 68, 问题2 S104, 问题3 T303 68 for 66; 条例 by number. Of
    ``sample_run`` 问题1 T303 17 for 15, 问题2 T401 5 for 4, 问题3 C101, 问题4 S104, 问题5 C104.
    """
    run, library = RUNS[half](), load_library()
    view = View(run, library.form_of(run), library.forms)
    shelf = Shelf(view, library, load_chat_words(), Memory())
    shelf.verdict()
    for number in range(1, len(view.findings) + 1):
        shelf.finding(number)
    for claim in run.claims:
        shelf.claim(claim)
    for address in CELLS:
        shelf.cell(address)
    for article in library.articles:
        shelf.article(article, LAW)
    for rule in ("T303", "N101", "T301"):
        shelf.rule(rule)
    new = "requests/new_received"
    shelf.total((f"{new}/natural_person", f"{new}/commercial"), ())
    shelf.supposed(what_if(view, (Change(cell=f"{new}/total", printed="15"),)))
    return shelf


AUDITED = (
    "正文写68件，表三总计为67[问题1]。", "县级以上部门3月31日前提交报告[条例49]。",
    "部门不需要在1月31日前提交报告[条例49]。", "新收68件[格1]，建议报送[结论]。",
    "表三新收总计应当改成67件[问题1]。",
)  # fmt: skip
"""What the acceptance audit saw shown, told of this report."""
HIDDEN_THOUGH_RIGHT = 5
"""Right sentences that may be lost; today 都 of a count, three that share few words, 可以."""


def verifier(shelf: Shelf) -> Verifier:
    view = shelf.view
    places = lexicon_of(view.form, view.run).places
    reader = FactReader(load_chat_meaning(), places, frozenset(view.cells))
    return Verifier(shelf.given, load_chat_words(), ("自然人", "商业企业"), reader, "没有依据。")


HELD = {half: verifier(shelf_of(half)) for half in SAID}


@pytest.mark.parametrize(
    ("half", "kind", "said"),
    [
        *((half, w["kind"], w["said"]) for half, both in SAID.items() for w in both["wrong"]),
        *(("before", "audit", said) for said in AUDITED),
    ],
)
def test_a_false_sentence_with_a_true_citation_is_not_shown(
    half: str, kind: str, said: str
) -> None:
    assert HELD[half].verify(said) is None, kind


def test_right_sentences_are_shown() -> None:
    right = [(half, said) for half, both in SAID.items() for said in both["right"]]
    hidden = [said for half, said in right if HELD[half].verify(said) is None]
    assert len(right) >= 100
    assert len(hidden) <= HIDDEN_THOUGH_RIGHT, hidden


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("自然人新收比商业企业多48件[格2][格3]。", True),
        ("自然人新收比商业企业少48件[格2][格3]。", False),
        ("自然人新收比去年多48件[格2][格3]。", False),
        ("行政处罚417件，比收费多[格8][格9]。", False),
        ("商业企业新收少于自然人新收[格2][格3]。", True),
        ("商业企业新收多于自然人新收[格2][格3]。", False),
    ],
)
def test_a_comparison_is_computed_again(said: str, shown: bool) -> None:
    assert (HELD["before"].verify(said) is not None) is shown


def test_what_a_list_is_headed_with_counts_for_its_items() -> None:
    held = HELD["before"]
    assert held.verify("如果改为15，第3条会消失[假设1]。") is None
    assert held.verify("如果改为15，第3条不受影响[假设1]。") is None
    assert held.verify("如果改为15，第3条仍在，但数字变了[假设1]。") is not None
