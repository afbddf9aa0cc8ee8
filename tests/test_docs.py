"""README names only what exists, and every setting that a user needs."""

import re
from pathlib import Path

import pytest

from checker.answers import Conversation, answer
from checker.answers.types import UNTOLD
from checker.cli import main
from checker.pipeline import check_report
from checker.settings import Limits, Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_make_target_of_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)", README))
    assert {"run", "test"} <= named <= targets


def test_every_command_of_the_readme_exists(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--help"])
    told = capsys.readouterr().out
    named = set(re.findall(r"`xxgk ([a-z]+)", README))
    assert {"check", "tables", "text", "rules", "schema", "ui"} <= named
    assert all(re.search(rf"^  {name} ", told, re.MULTILINE) for name in named)


def test_every_setting_of_the_readme_exists_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `(XXGK_[A-Z]+)` \| .* \| `(.*)` \|$", README, re.MULTILINE))
    assert rows == {"XXGK_HOST": Settings().host, "XXGK_PORT": str(Settings().port)}
    limits = set(re.findall(r"XXGK_LIMITS__([A-Z_]+)", README))
    assert {name.lower() for name in limits} <= set(Limits.model_fields)
    assert str(Limits().file_bytes) in README


def test_questions_of_the_readme_are_answered_about_the_sample() -> None:
    (passage,) = re.findall(r"还可以接着问(.+?)，会按规则重新核对", README)
    questions = re.findall(r"“(.+?)”", passage)
    sample = ROOT / "ui" / "assets" / "sample.docx"
    run = check_report(sample.read_bytes(), name=sample.name)
    kinds = {q: answer(q, run, context=Conversation()).kind for q in questions}
    assert len(kinds) >= 8
    assert not {q for q, kind in kinds.items() if kind in UNTOLD}, kinds


def test_files_that_the_readme_links_are_there() -> None:
    for target in re.findall(r"\]\(((?!http)[^)]+)\)", README):
        assert (ROOT / target).is_file(), target
