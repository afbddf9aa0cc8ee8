"""The prompts: listed, complete, of known reply types, and never edited once released."""

import hashlib
import re
from pathlib import Path
from typing import get_args

import pytest
import yaml

import prompts
from checker.domain.reading import ContradictionKind, Relation, Topic
from checker.errors import PromptError, PromptNotFoundError, PromptVariableError
from checker.llm import prompts as loader
from checker.llm.parse import parse_reply
from checker.llm.prompts import PromptSpec, load_manifest, load_prompts, prompt, read_prompt
from checker.llm.replies import REPLIES

FOLDER = Path(prompts.__file__).parent
SPECS = load_manifest().prompts


def named(spec: PromptSpec) -> str:
    return f"{spec.id}.v{spec.version}"


def test_every_text_is_listed_once() -> None:
    listed = [spec.file for spec in SPECS]
    assert sorted(listed) == sorted(p.name for p in FOLDER.glob("*.md"))
    assert len(set(listed)) == len(listed)


@pytest.mark.parametrize("spec", SPECS, ids=named)
def test_a_file_is_named_after_id_and_version(spec: PromptSpec) -> None:
    assert spec.file == f"{spec.id}.v{spec.version}.md"


@pytest.mark.parametrize("spec", SPECS, ids=named)
def test_a_text_uses_the_variables_of_the_list(spec: PromptSpec) -> None:
    values = {name: f"《{name}》" for name in spec.variables}
    filled = read_prompt(spec).fill(**values)
    assert "{{" not in filled
    assert all(value in filled for value in values.values())


@pytest.mark.parametrize("spec", SPECS, ids=named)
def test_a_reply_type_is_known(spec: PromptSpec) -> None:
    assert spec.reply is None or spec.reply in REPLIES


@pytest.mark.parametrize("spec", SPECS, ids=named)
def test_a_released_text_was_not_edited(spec: PromptSpec) -> None:
    content = (FOLDER / spec.file).read_bytes().replace(b"\r\n", b"\n")
    assert spec.sha256 == hashlib.sha256(content).hexdigest(), (
        "a released prompt is never edited: add a file with the next version"
    )


@pytest.mark.parametrize("spec", [s for s in SPECS if s.reply], ids=named)
def test_the_example_of_a_prompt_is_a_good_reply(spec: PromptSpec) -> None:
    text = read_prompt(spec).text
    examples = re.findall(r"^格式举例：(\{.*\})$", text, re.MULTILINE)
    if "任务：" in text:
        assert len(examples) == 1
    for example in examples:
        parse_reply(example, REPLIES[spec.reply or ""])


@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("coverage", get_args(Topic)),
        ("statements", get_args(Relation)),
        ("contradictions", get_args(ContradictionKind)),
    ],
)
def test_a_prompt_explains_every_choice_and_no_other(name: str, choices: tuple[str, ...]) -> None:
    listed = re.findall(r"^- (\w+)：", prompt(name).text, re.MULTILINE)
    assert tuple(listed) == choices


def test_all_prompts_load() -> None:
    assert set(load_prompts()) == {spec.id for spec in SPECS}


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(PromptVariableError, match="claims"):
        prompt("figures").fill()


def test_an_unknown_value_is_an_error() -> None:
    with pytest.raises(PromptVariableError, match="body"):
        prompt("figures").fill(claims="", body="")


def test_braces_in_a_value_stay_as_they_are() -> None:
    filled = prompt("report").fill(mark="〔a〕", lines="{{tables}} {{claims}}", tables="T")
    assert "{{tables}} {{claims}}" in filled


def test_an_unknown_prompt_is_an_error() -> None:
    with pytest.raises(PromptNotFoundError, match="verdict"):
        prompt("verdict")


def write(folder: Path, text: str, **changes: object) -> PromptSpec:
    entry = {"id": "a", "version": 1, "file": "a.v1.md", "variables": [], "reply": None}
    spec = {**entry, "sha256": "", **changes}
    (folder / "manifest.yaml").write_text(yaml.safe_dump({"prompts": [spec]}), "utf-8")
    (folder / "a.v1.md").write_text(text, "utf-8")
    return PromptSpec.model_validate(spec)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(loader, "files", lambda _package: tmp_path)
    return tmp_path


def test_an_unused_variable_is_an_error(folder: Path) -> None:
    with pytest.raises(PromptVariableError, match="lines"):
        read_prompt(write(folder, "没有变量", variables=["lines"]))


def test_a_variable_outside_the_list_is_an_error(folder: Path) -> None:
    with pytest.raises(PromptVariableError, match="lines"):
        read_prompt(write(folder, "有 {{lines}}"))


def test_a_missing_text_is_an_error(folder: Path) -> None:
    spec = write(folder, "x")
    (folder / "a.v1.md").unlink()
    with pytest.raises(PromptNotFoundError, match=r"a\.v1\.md"):
        read_prompt(spec)


@pytest.mark.parametrize("text", ["prompts: [", "prompts: [{id: a}]", "other: []"])
def test_a_damaged_list_is_an_error(folder: Path, text: str) -> None:
    (folder / "manifest.yaml").write_text(text, "utf-8")
    with pytest.raises(PromptError, match=r"manifest\.yaml"):
        load_manifest()
