"""The prompts: texts below ``prompts/``, listed in its manifest; no prompt text stands in code."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from pydantic import ValidationError

from checker.domain.base import Frozen
from checker.errors import (
    PromptError,
    PromptNotFoundError,
    PromptVariableError,
    RuleFormatError,
)
from checker.rulebook.loader import read_yaml

_VARIABLE: Final = re.compile(r"\{\{([a-z_]+)\}\}")


class PromptSpec(Frozen):
    """One entry of the manifest.

    Attributes:
        id: what the prompt is for.
        version: released texts are never edited; a change is a new version.
        file: name below ``prompts/``.
        variables: names in double braces that the text has to contain.
        reply: name of the reply type, None when the prompt is only a part of a request.
        sha256: of the text, by which a test sees that nobody edited it.
    """

    id: str
    version: int
    file: str
    variables: tuple[str, ...]
    reply: str | None
    sha256: str


class Manifest(Frozen):
    """``prompts/manifest.yaml``."""

    prompts: tuple[PromptSpec, ...]


class Prompt(Frozen):
    """A prompt and its text."""

    spec: PromptSpec
    text: str

    @property
    def name(self) -> str:
        """Id and version, e.g. ``coverage.v1``."""
        return f"{self.spec.id}.v{self.spec.version}"

    def fill(self, **values: str) -> str:
        """The text with its variables filled in; braces inside the values stay as they are.

        Raises:
            PromptVariableError: a value is missing, or there is no such variable.
        """
        wrong = sorted(values.keys() ^ set(self.spec.variables))
        if wrong:
            raise PromptVariableError(
                f"提示词 {self.name} 的变量不对：{'、'.join(wrong)}。", prompt_id=self.name
            )
        return _VARIABLE.sub(lambda found: values[found[1]], self.text)


def variables_in(text: str) -> frozenset[str]:
    """The variables that a text contains."""
    return frozenset(_VARIABLE.findall(text))


def load_manifest() -> Manifest:
    """The list of all prompts.

    Raises:
        PromptError: the manifest is damaged.
    """
    try:
        data = read_yaml(files("prompts") / "manifest.yaml", "prompts/manifest.yaml")
        return Manifest.model_validate(data)
    except (RuleFormatError, ValidationError) as error:
        raise PromptError(
            "提示词清单 prompts/manifest.yaml 读不出来。", prompt_id="", hint="请重新安装程序。"
        ) from error


def read_prompt(spec: PromptSpec) -> Prompt:
    """A prompt with its text.

    Raises:
        PromptNotFoundError: the file is not there.
        PromptVariableError: the text and the manifest name different variables.
    """
    try:
        text = (files("prompts") / spec.file).read_text(encoding="utf-8")
    except OSError as error:
        raise PromptNotFoundError(
            f"没有提示词文件 prompts/{spec.file}。", prompt_id=spec.id, hint="请重新安装程序。"
        ) from error
    prompt = Prompt(spec=spec, text=text.replace("\r\n", "\n").strip())
    wrong = sorted(variables_in(text) ^ set(spec.variables))
    if wrong:
        raise PromptVariableError(
            f"提示词 prompts/{spec.file} 的变量与清单不符：{'、'.join(wrong)}。",
            prompt_id=prompt.name,
        )
    return prompt


@cache
def load_prompts() -> Mapping[str, Prompt]:
    """The newest version of every prompt, by id.

    Raises:
        PromptError: the manifest or a text is damaged.
    """
    newest: dict[str, PromptSpec] = {}
    for spec in load_manifest().prompts:
        if spec.id not in newest or newest[spec.id].version < spec.version:
            newest[spec.id] = spec
    return MappingProxyType({spec.id: read_prompt(spec) for spec in newest.values()})


def prompt(name: str) -> Prompt:
    """The newest version of a prompt.

    Raises:
        PromptNotFoundError: there is none of that id.
    """
    found = load_prompts().get(name)
    if found is None:
        raise PromptNotFoundError(
            f"没有名为“{name}”的提示词。", prompt_id=name, hint="请重新安装程序。"
        )
    return found
