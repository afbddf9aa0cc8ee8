"""A mistyped value in data that staff may extend is refused when it is read, not passed over."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from checker.answers.grid import load_grid
from checker.answers.questions import load_questions
from checker.cli.main import main
from checker.errors import RuleFormatError
from checker.rulebook import loader
from checker.rulebook.term_values import VALUES
from checker.rulebook.terms import load_terms

RULES_DAMAGED = 3  # as for every damaged rule
RULES = Path(__file__).parents[2] / "rules"
LOADERS: tuple[Callable[..., object], ...] = (load_terms, load_questions, load_grid)


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the rules that the program reads instead of its own, with what it has parsed."""
    folder = tmp_path / "rules"
    shutil.copytree(RULES, folder)
    monkeypatch.setattr(loader, "rules_folder", lambda: folder)
    for load in LOADERS:
        load.cache_clear()  # type: ignore[attr-defined]
    yield folder
    monkeypatch.undo()
    for load in LOADERS:
        load.cache_clear()  # type: ignore[attr-defined]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "load", "old", "new", "words"),
    [
        (
            "terms.yaml", load_terms, "value: received,", "value: receivd,",
            ("meanings", "新增 当年新增", "“receivd”", "是否指“received”", "new_received"),
        ),
        (
            "terms.yaml", load_terms, "{facet: stage, value: carried_over_out, pattern",
            "{facet: stage, value: next_year, pattern",
            ("patterns", "“next_year”", "carried_over_out"),
        ),
        ("terms.yaml", load_terms, "stages: [due,", "stages: [du,", ("share_bases", "“du”", "due")),
        (
            "terms.yaml", load_terms, "  declined.duplicate: ", "  declined.dup: ",
            ("short_rows", "“declined.dup”", "declined.duplicate"),
        ),
        ("terms.yaml", load_terms, "facet: topic,", "facet: topik,", ("“topik”", "topic", "stage")),
        (
            "questions.yaml", load_questions,
            "  requests/new_received: ", "  requests/new_receivd: ",
            ("questions.yaml", "rows", "“requests/new_receivd”", "是否指“requests/new_received”"),
        ),
        ("grid.yaml", load_grid, "\n  sum:", "\n  sun:", ("grid.yaml", "“sun”", "overview")),
    ],
)  # fmt: skip
def test_a_mistyped_value_is_told_with_file_entry_and_what_is_allowed(
    rules: Path,
    *,
    file: str,
    load: Callable[[], object],
    old: str,
    new: str,
    words: tuple[str, ...],
) -> None:
    change(rules / file, old, new)
    with pytest.raises(RuleFormatError) as caught:
        load()
    assert caught.value.path == f"rules/{file}"
    assert all(w in str(caught.value) for w in words), str(caught.value)


def test_the_command_line_says_so(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(rules / "terms.yaml", "value: received,", "value: receivd,")
    report = Path(__file__).parents[1] / "fixtures" / "written" / "s07-county-health19.md"
    assert main(["ledger", str(report)]) == RULES_DAMAGED
    assert "“receivd”" in capsys.readouterr().err


def test_every_value_that_is_allowed_is_used() -> None:
    terms = load_terms()
    used = {(s.facet, s.value) for s in terms.meanings}
    used |= {(s.facet, s.value) for s in terms.patterns}
    assert used == {(facet, value) for facet, values in VALUES.items() for value in values}
