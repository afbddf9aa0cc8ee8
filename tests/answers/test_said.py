"""Sentences of a model with true citations: the right ones are shown, the false ones are not."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from checker.answers.embedded import lexicon_of
from checker.answers.library import load_library
from checker.answers.model.memory import Memory
from checker.answers.model.shelf import Shelf
from checker.answers.model.verify import Verifier
from checker.answers.model.words import load_chat_words
from checker.answers.view import View
from tests.answers.runs import checked_run, clean_run

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


def shelf_of() -> Shelf:
    """格1–9 are CELLS; 问题1 N101 67 and 68, 问题2 S104, 问题3 T303 68 for 66; 条例 by number."""
    run, library = checked_run(), load_library()
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
    return shelf
